"""Short names that a document defines, and head nouns of bodies that it named; what is resolved is tagged."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors.model import Mention, Paragraph
from extractors.references.definitions import stands_for
from pipeline.extract.references import mentions
from tests.extractors.tagged import marked

SIXTEEN = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
CASES = [
    # defined in parentheses
    ("en", "The Colombo Process (CP) met.|Chairs of the [[CP]] and all [[CP]] members; cp is no name."),
    ("en", "The [[CP]] (Colombo Process) met.|The [[CP]] agreed."),
    ("en", "The COMESA Regional Consultative Process (RCP) on Migration met.|The [[RCP]] agreed with RCPs elsewhere."),
    ("en", "The Colombo Process (XY) met.|XY agreed."),
    ("en", "The Rabat Process (hereinafter: [[the Process]]) met.|[[The Process]] goes on; in the process of talks."),
    ("en", "The Abu Dhabi Dialogue (“[[the Dialogue]]”, or “[[AD]]”) met.|[[The Dialogue]] and [[AD]] agreed; the dialogue is long."),
    ("en", "Members of the Bali Process (hereinafter “the Members”) met.|The Members of the Members agreed."),
    ("en", "The Harbour Dialogue (hereinafter “the Dialogue”) and the Abu Dhabi Dialogue met.|The Dialogue agreed."),
    ("es", "La Conferencia Regional sobre Migración (en adelante, [[la Conferencia]]) se reunió.|La sede de [[la Conferencia]]."),
    ("fr", "Le Processus de Khartoum (ci-après « [[le Processus]] ») a lieu.|Les membres du [[Processus]] et le processus de paix."),
    ("pt", "O Processo de Bali (doravante designado “[[o Processo]]”) reuniu-se.|Os membros do [[Processo]] e do grupo."),
    ("ar", 'عقد اجتماع لعملية بالي (يشار إليها فيما بعد بـ "[[العملية]]").|وترحب [[العملية]] بذلك.'),
    ("ar", "اجتمع أعضاء عملية بالي (المشار إليها فيما يلي باسم [[العملية]]).|اتفقوا."),
    # defined in a clause
    ("en", "The Rabat Process, hereinafter referred to as “[[the Process]]”, met.|[[The Process]] agreed."),
    ("es", "El Proceso de Bali, en lo sucesivo [[el Proceso]], se reunió.|Los países del [[Proceso]] acordaron."),
    ("fr", "La Conférence régionale sur les migrations, ci-après dénommée [[la Conférence]], a lieu.|[[La Conférence]] décide."),
    # the head noun of a body named before
    ("en", "The International Migration Review Forum meets.|[[Each forum]] and [[the first forum]] and [[future forums]] count."),
    ("en", "The Forum met.|The International Migration Review Forum meets.|[[The Forum]]'s chair; the Forum Bank, the Forum on Trade."),
    ("en", "The South American Conference on Migration met.|[[The Conference]] agreed, the conference was long."),
    ("en", "The Bali Process and the Rabat Process met.|The Process agreed."),
    ("en", "The Bali Process met.|The Rabat Process met; [[the Process]] agreed.|The Process agreed."),
    ("en", "The Global Forum on Migration and Development met.|The World Social Forum met; the Forum agreed.|The Forum agreed."),
    ("en", "A United Nations network on migration is established.|[[The network]] will report; the network of smugglers."),
    ("fr", "Le Processus de Rabat et le secteur privé prennent part aux travaux du Dialogue ; [[le Processus]] se réunit."),
    ("es", "El Foro Mundial sobre Migración y Desarrollo se celebró.|Los resultados del [[Foro]]; el foro político de alto nivel."),
    ("fr", "Le Réseau des Nations Unies sur les migrations existe.|[[Le Réseau]] fera rapport; le réseau de passeurs."),
    ("pt", "O Fórum Global sobre Migração e Desenvolvimento reuniu-se.|No [[Fórum]] e para [[o Fórum]]."),
    ("ar", "عقد المنتدى العالمي المعني بالهجرة والتنمية.|رحب [[المنتدى]] بذلك ووافق المنتدى الاقتصادي."),
    # how far names and definitions reach
    ("en", "The Rabat Process (hereinafter “[[the big old new green Process]]”) met.|[[The big old new green Process]] goes on."),
    ("en", "The Rabat Process (hereinafter “the big old new wide green Process”) met.|The big old new wide green Process goes on."),
    ("en", f"The Rabat Process {SIXTEEN} (hereinafter “[[the Process]]”) met.|[[The Process]] goes on."),
    ("en", f"The Rabat Process x {SIXTEEN} (hereinafter “the Process”) met.|The Process goes on."),
    ("en", "The Rabat Process is. It met (hereinafter “the Process”) again, and the Bali Process.|The Process goes on."),
    ("en", "The Colombo Process (CP) met, as did the Rabat Process (“[[the Process]]”).|The [[CP]], the Process Bank."),
    ("en", "The Colombo Process ([[the Process]]) and the Rabat Process met.|[[The Process]] agreed."),
    ("en", "The Colombo Process, known as [[the Process]], and the Rabat Process met.|[[The Process]] agreed."),
    ("en", "The Colombo Process: hereinafter: the [[Asian Talks Process]]; met.|[[Asian Talks Process]] agreed."),
    ("en", "The Colombo Process (hereinafter: “[[the Process]]”; “the CP”/“the Talks”) met.|[[The Process]], the [[CP]], the Talks."),
    ("en", "The Colombo Process (the talks) met.|The talks agreed."),
    ("en", "The Colombo Process ([[the consultation]]) met.|[[The Consultations]] agreed."),
    ("en", "The Colombo Process and the Prague Process (PP, CP) met.|[[PP]] agreed."),
    ("en", "The Colombo Process (CPs) met.|The [[CP]] agreed with [[CPs]]."),
    ("en", "The Forum on Rivers (hereinafter “the Forum”) met; so did the Global Forum on Migration and Development.|The Forum met."),
    ("en", "The Global Forum on Migration and Development (hereinafter “[[the Forum]]”). [[The Forum]], [[the forum]].|A forum."),
    ("es", "El Proceso de Quito (“[[el Proceso]]”) y la Conferencia Suramericana sobre Migraciones (CSM).|La [[CSM]]."),
    ("fr", "Le Processus de Rabat (ci-après dénommé « [[le Processus]] ») a lieu.|L'avenir du [[Processus]]."),
]  # fmt: skip


def resolved(paragraphs: list[Paragraph], language: str) -> list[tuple[Paragraph, Mention]]:
    return [(p, m) for p, m in mentions(paragraphs, language) if m.method == "resolved"]


@pytest.mark.parametrize(("language", "example"), CASES)
def test_short_names(language: str, example: str) -> None:
    parts = example.split("|")
    plain = [part.replace("[[", "").replace("]]", "") for part in parts]
    paragraphs = [Paragraph(n, str(n), "paragraph", text) for n, text in enumerate(plain, 1)]
    got = resolved(paragraphs, language)
    assert [marked(p.text, [m for q, m in got if q is p]) for p in paragraphs] == parts


@pytest.mark.parametrize("kind", ["title", "heading"])
def test_what_title_or_heading_names_is_meant_below_it(kind: str) -> None:
    name = "Review of the Global Forum on Migration and Development"
    paragraphs = [
        Paragraph(1, "1", "paragraph", "The Prague Process and the International Migration Review Forum met."),
        Paragraph(2, "TITLE", "title" if kind == "title" else "heading", name),
        Paragraph(3, "2", "paragraph", "The Forum agreed.", heading_path=() if kind == "title" else (name,)),
    ]
    (found,) = resolved(paragraphs, "en")
    assert found[1].rule == "gfmd/The Forum = Global Forum on Migration and Development (TITLE)"


def test_the_definition_is_the_evidence() -> None:
    paragraphs = [
        Paragraph(1, "4", "paragraph", "The Colombo Process (CP) met."),
        Paragraph(2, "5", "paragraph", "The CP."),
    ]
    (found,) = resolved(paragraphs, "en")
    assert (found[1].rule, found[1].canonical[:33]) == (
        "colombo-process/CP = Colombo Process (CP) (§4)",
        "Regional Consultative Process on ",
    )


@pytest.mark.parametrize(
    ("acronym", "name", "is_one"),
    [
        ("CP", "Colombo Process", True),
        ("NGOs", "non-governmental organizations", True),
        ("MIDSA", "Migration Dialogue for Southern Africa", True),
        ("IRFs", "interregional forums on migration", True),
        ("EU", "Rabat Process", False),
        ("PC", "Colombo Process", False),
        ("Cp", "Colombo Process", False),
        ("C", "Colombo", False),
        ("C-P", "Colombo Process", True),
        ("ABCDEFGH", "a b c d e f g h", True),
        ("ABCDEFGHI", "a b c d e f g h i", False),
        ("CP", f"Colombo {'x' * 72} Process", True),  # 80 letters between
        ("CP", f"Colombo {'x' * 73} Process", False),
        ("CP", f"Colombo Process{' x' * 92}", True),  # within the last 200 letters
        ("CP", f"Colombo Process{' x' * 93}", False),
        ("IR", "interregional", False),
    ],
)
def test_acronyms_of_a_name(acronym: str, name: str, is_one: bool) -> None:
    assert stands_for(acronym, name) == is_one


WORDS = 'the Rabat Process ( ) " “ ” , . hereinafter CP Colombo Forum forum and or known as first each of (“the Process”)'.split()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
@example(["Colombo", "Process", "CP"])
def test_no_text_breaks_it(words: list[str]) -> None:
    text = " ".join(words)
    for _, mention in resolved([Paragraph(1, "1", "paragraph", text)], "en"):
        assert 0 <= mention.start < mention.end <= len(text) and "/" in mention.rule
