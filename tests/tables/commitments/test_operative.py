import pytest

from extractors.model import ParagraphRow
from pipeline.tables.commitments.operative import Operative, operative_reader
from pipeline.tables.commitments.words import operative_words
from pipeline.tables.records import Mentioned, Placement, Unit


def units(*texts: str, language: str = "en", mentioned: tuple[Mentioned, ...] = ()) -> list[Unit]:
    """Paragraphs of a text: one in brackets is a heading, "12. " opens a numbered paragraph."""
    out = []
    for n, text in enumerate(texts, 1):
        number, _, rest = text.partition(". ")
        kind, paragraph = ("paragraph", number) if rest and number.isdigit() else ("body", f"¶{n}")
        if text.startswith("["):
            kind, paragraph, text = "heading", f"H:{text.strip('[]')}", text.strip("[]")
        row = ParagraphRow("plan", n, paragraph, paragraph, kind, "", None, None, "", text)
        out.append(Unit(row, language, Placement((), ""), mentioned))
    return out


def operatives(*texts: str, language: str = "en", is_deciding: bool = True) -> list[Operative]:
    found = operative_reader(language).operatives(units(*texts, language=language), is_deciding=is_deciding)
    return [operative for _, operative in found]


CASES = [
    (force.id, language, text, is_example)
    for force in operative_words().forces
    for is_example, words in ((True, force.examples), (False, force.counter_examples))
    for language, texts in words.items()
    for text in texts
]


@pytest.mark.parametrize(("force", "language", "text", "is_example"), CASES)
def test_words_of_the_file_have_their_examples(force: str, language: str, text: str, is_example: bool) -> None:
    assert [one.force for one in operatives(text, language=language)] == ([force] if is_example else [])


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        # an opinion leads to nothing, a decision does, also in infinitives
        ("We agreed that it is a good place for:|Opening counters, as we can.", "en", ""),
        ("They agreed:|To submit the list to all.|To request that the Chair write.|They met.", "en", "decide request"),
        (
            "Acordaron:|Someter la lista a todos.|Se abra una ventanilla.|Hicieron mención de ello.",
            "es",
            "decide decide",
        ),
        # a heading that decides leads to the items below the next headings; what is acknowledged there binds nobody
        ("[APPROVED]|[MATTERS]|1. To acknowledge the role of lists.|2. To adopt a list for all.", "en", "decide"),
        ("Expresaron su pesar. APROBARON PUNTOS|1. Adoptar la lista de mayo.", "es", "decide"),
        (
            "[HAVE AGREED AS FOLLOWS:]|TO OPEN counters in all the towns;|TO INVITE the Chair to write.",
            "en",
            "decide invite",
        ),
        ("[SONT CONVENUS DE CE QUI SUIT :]|OUVRIR des guichets dans les villes;", "fr", "decide"),
        # a list inside a paragraph
        ("Las siguientes acciones: Abrir ventanillas en mayo. Cerrar otras en junio.", "es", "recommend recommend"),
        # a subject alone leads to its verbs
        ("We therefore:|1. Recognize the need for lists;|2. Strengthen the lists of all.", "en", "commit"),
        (
            "We therefore:|1. Commit to open counters;|2. Given the need, request the Chair to act;",
            "en",
            "commit request",
        ),
        # nothing below the last words of a preamble
        ("[CONSIDERANDO:]|1. Que los países deben abrir.|[ACUERDAN:]|1. Abrir ventanillas en mayo.", "es", "decide"),
        # a speech goes on until the participants speak again
        (
            "Ambassador Fir stressed it. Policies should change. He urged all to act. Members agreed to act.",
            "en",
            "decide",
        ),
        ("Prime Minister Fir noted the day and urged members to write.", "en", ""),
        ("I enclose herewith the text that we agreed to read.", "en", ""),
        ("Los Viceministros decidieron", "es", ""),
        ("Recognizing the need, we will open counters. Considering the day, must all write.", "en", "commit"),
        ("We reaffirm our commitment to lists and encourage members to write.", "en", "affirm"),
        ("Welcomes the list, and calls upon all to write.|Further requests the Chair to write.", "en", "urge request"),
    ],
)
def test_operative_sentences(text: str, language: str, found: str) -> None:
    assert [one.force for one in operatives(*text.split("|"), language=language)] == found.split()


def test_what_another_body_said_is_no_decision_of_the_meeting() -> None:
    text = "The IOM emphasised that counters are few. It urged members to write. The meeting urged members to read."
    body = Mentioned("other.iom", "IOM", "IOM", ((4, 7),))
    found = operative_reader("en").operatives(units(text, mentioned=(body,)), is_deciding=True)
    assert [one.text for _, one in found] == ["The meeting urged members to read."]


def test_verbs_stand_where_the_offsets_say() -> None:
    text = "We met. We intend to write, and request the Chair to read."
    (one,) = operatives(text)
    assert [(v.force, text[v.span[0] : v.span[1]]) for v in one.verbs] == [
        ("commit", "We intend"),
        ("request", "request"),
    ]


@pytest.mark.parametrize(("is_deciding", "count"), [(True, 1), (False, 0)])
def test_the_past_decides_only_in_documents_that_decide(is_deciding: bool, count: int) -> None:
    assert len(operatives("Ministers agreed to open counters.", is_deciding=is_deciding)) == count


def test_a_language_without_words_has_no_operative_sentence() -> None:
    assert operatives("Wir verpflichten uns, Schalter zu öffnen.", language="de") == []
