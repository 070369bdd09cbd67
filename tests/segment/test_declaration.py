"""Declarations: every way of numbering, or not numbering, paragraphs; one line a case."""

from __future__ import annotations

import pytest

from pipeline.ingest.line import Line
from tests.segment.page import ids, kinds, paragraphs

LONG = "The ministers met for two days by the river and spoke about walking and about the weather"
"""A body line without closing punctuation, longer than any label."""

CASES = {
    "numbers through the whole document": (
        f"Statement | 1. {LONG}. | Regional affairs | 2. They spoke. | 3. They ate. | Next steps | 4. They left.",
        "1 2 3 4",
    ),
    "lettered points": (f"Statement | 1. {LONG}: | (a) To walk; | (b) To rest: | (i) Often; | (ii) Long. | 2. They left.",
                        "1 1(a) 1(b) 1(b)(i) 1(b)(ii) 2"),
    "I.1 under a numbered heading": (
        f"Declaration | {LONG}: | 1. Considerations | I.1 Walking grows. | I.2 Walking helps. | 2. Recommendations | "
        "II.1 To walk more. | II.2 To rest more.",
        "¶1 I.1 I.2 II.1 II.2",
    ),
    "roman sections, numbers go on": (
        f"Declaration | I. Walking | 1. {LONG}. | 2. They ate. | II. Resting | 3. They slept. | III. Eating | 4. They ate.",
        "1 2 3 4",
    ),
    "roman sections, numbers restart": (
        f"Declaration | I. Walking | 1. {LONG}. | 2. They ate. | II. Resting | 1. They slept. | 2. They woke.",
        "I/1 I/2 II/1 II/2",
    ),
    "numbers inside clauses": (
        f"Declaration | {LONG}, | REITERATING: | 1. The will to walk. | 2. The need for rest. | DECIDE: | 1. To walk. | 2. To rest.",
        "¶1 REITERATING/1 REITERATING/2 DECIDE/1 DECIDE/2",
    ),
    "numbers inside one clause": (f"Declaration | {LONG}, | AGREE: | 1. To walk. | 2. To rest.", "¶1 1 2"),
    "no numbers, clause verbs alone": (
        f"Declaration | WE, | {LONG}; | RECALLING | the walks of the past, which were long and many; | HAVE AGREED: | To walk.",
        "¶1 ¶2 ¶3",
    ),
    "no numbers, clauses in capitals": (
        f"Declaration | WE, the Ministers of walking, {LONG}; | RECALLING the walks; | REAFFIRMING the rests;",
        "¶1 ¶2 ¶3",
    ),
    "clauses run together": (
        f"Declaration | WE, the Ministers of walking, {LONG}; RECALLING the walks; REAFFIRMING the rests; WISHING to go on.",
        "¶1 ¶2 ¶3 ¶4",
    ),
    "no numbers at all": (f"Declaration | {LONG}. | They ate. | They left.", "¶1 ¶2 ¶3"),
    "bullets": (f"Declaration | {LONG}: | •To walk; | •To rest. | They left.", "¶1 ¶2 ¶3 ¶4"),
    "bullets under numbers": (f"Declaration | 1. {LONG}: | •To walk; | •To rest. | 2. They left.", "1 1#2 1#3 2"),
    "bullets under the last number": (f"Declaration | 1. They met. | 2. {LONG}: | •To walk; | •To rest.", "1 2 2#2 2#3"),
    "bullets that became full stops": (f"Declaration | {LONG}: . Walk more . Rest more . Eat more", "¶1 ¶2 ¶3 ¶4"),
    "bullets inside a line": (f"Declaration | {LONG}: • To walk; • To rest; ● To eat.", "¶1 ¶2 ¶3 ¶4"),
    "bullets of another encoding": (f"Declaration | {LONG}: ï‚· To walk; ï‚· To rest.", "¶1 ¶2 ¶3"),
    "bullets as letters": (f"Declaration | {LONG}: o through long walks o through rests o and through food.", "¶1 ¶2 ¶3 ¶4"),
    "dashes inside a line": (f"Declaration | {LONG}: - To walk; - To rest; - To eat.", "¶1 ¶2 ¶3 ¶4"),
    "one dash is a dash": (f"Declaration | {LONG}. - They left.", "¶1"),
    "bullet before a printed mark": (f"Statement | 1. {LONG}: | •(i) To walk; | •(ii) To rest. | 2. They left.", "1 1(i) 1(ii) 2"),
    "bullet before a printed number": (f"Report | 1. {LONG}. | •2. Who walks? | •They ate. | •3. Who rests?", "1 2 2#2 3"),
    "marks inside a sentence": (f"Statement | 1. {LONG}, namely (1) walks, (2) rests and i) food. | 2. They left.", "1 2"),
    "numbers in parentheses": (f"Statement | (1) {LONG}. | (2) They ate. | (3) They left.", "1 2 3"),
    "points of an unnumbered paragraph": (f"Statement | {LONG}: | (a) To walk; | (b) To rest. | They left: | (a) By car; | (b) Soon.",
                                          "¶1 ¶1(a) ¶1(b) ¶2 ¶2(a) ¶2(b)"),
    "list whose marks were lost": (f"Statement | {LONG}: | Walking on foot | Resting | They left in peace.", "¶1 ¶2 ¶3 ¶4"),
    "headings over a numbered list are no items": (f"Statement | {LONG}: | Domain 1 | Walking | 1. Walk more | 2. Walk less | "
                                                   "Domain 2 | Resting | 3. Rest more | 4. Rest less", "¶1 1 2 3 4"),
    "headings over chapters of numbers are no items": (f"Plan | {LONG}: | Axis I: Walking | 1.1. Walk more. | 1.2. Walk less. | "
                                                       "Axis II: Resting | 2.1. Rest more.", "¶1 1.1 1.2 2.1"),
    "heading after a marked list": (f"Statement | {LONG}: | (1) Walking | (2) Resting | Next Steps | They will meet again.",
                                    "¶1 ¶1(1) ¶1(2) ¶2"),
    "line breaks lost": (f"Statement 1. {LONG}. 2. They ate. 3. They left.", "1 2 3"),
    "line breaks lost inside a numbered block": (f"Statement | 1. {LONG}. 2. They ate in paragraph 3. The end. 3. They left.", "1 2 3"),
    "numbers that are no marks": (f"Statement | 1. {LONG} on 2 May. See annex 2. It was hot, 35 degrees. | 2. They left.", "1 2"),
    "numbers after a block without one": (f"Statement | 1. They met. | {LONG}. 2. They ate. 3. They left.", "1 1#2 2 3"),
    "sums and years": (f"Statement | {LONG}. | 4.5 million walked. | 2016 was dry. | 1,200 rested. | 30 March is near the end of it.",
                       "¶1 ¶2 ¶3 ¶4 ¶5"),
    "place and date in parentheses": (f"Statement | {LONG} (23 March 2016, Bali). | They left.", "¶1 ¶2"),
    "note marks glued to words": (f"Statement | {LONG} and the Nations1. | 1. They ate3 well. | 2. They left.", "¶1 1 2"),
    "page number in a sentence": (f"Statement | {LONG} and | 2 | the rest of the sentence follows here. | They left.", "¶1 ¶2"),
    "false break before a name": (f"Statement | {LONG} of the | River Dialogue on Walking. | They left.", "¶1 ¶2"),
    "running line in a sentence": (
        f"Statement | {LONG} and | Tel. 0123 45 | went on. | They ate. | Tel. 0123 45 | They slept. | Tel. 0123 45 | They left.",
        "¶1 ¶2 ¶3 ¶4",
    ),
    "annex restarting": (
        f"Communiqué | 1. {LONG}. | 2. They left. | Annex | Programme | 1. They will walk. | 2. They will rest. | (a) Once;",
        "1 2 Annex/1 Annex/2 Annex/2(a)",
    ),
    "only the annex is numbered": (f"Communiqué | {LONG}. | Annex I | Programme | 1. They will walk. | 2. They will rest.", "¶1 1 2"),
    "covering letter and communiqué": (
        f"Letter dated 2 May 2044 | I enclose the text of a communiqué that was issued by the river. | (Signed) A. Walker | "
        f"Joint Communiqué | 1. {LONG}. | 2. They left.",
        "¶1 1 2",
    ),
    "contents list": (
        f"Report | Contents | 1. Walking 2 | 2. Resting 5 | Annex 1: Agenda | Walking | {LONG}. | Resting | They slept.",
        "¶1 ¶2",
    ),
    "contents without numbers": (f"Report | Contents: | Walking | Resting | Walking | {LONG}. | Resting | They slept.", "¶1 ¶2"),
    "contents of which an entry lost its page": (
        f"Report | Contents | Lis st of walks \\ | Walking 2 | Resting 5 | List of figures | Figure i. each river | "
        f"Figure 2: Walks 4 | Figure 3: Rests 5 | Walking | {LONG}. | They slept.", "¶1 ¶2"),
    "contents over numbered paragraphs": (
        f"Report | Contents | 1. Walking | 2. Resting | 1. They walk. | 2. They rest. | 3. {LONG}.", "1 2 3"),
    "contents whose parts are numbered as in it": (f"Report | Contents | 1. Walking | 2. Resting | 1. Walking | {LONG}. | "
                                                   "2. Resting | They slept.", "¶1 ¶2"),
    "contents with leaders": (f"Report | Walking........ 2 | Resting.............3 | Walking | {LONG}.", "¶1"),
    "contents on one line": (f"Report | Contents Walking...2 Resting...3 Eating...4 Leaving...5 | {LONG}.", "¶1"),
    "excerpt that begins with 5": (f"Statement | 5. {LONG}. | 6. They left.", "5 6"),
    "marks on lines of their own": (f"Statement | 1. | {LONG}. | 2. | They left.", "1 2"),
    "labels before the body": (f"Note | from: the Chair | to: the Members | {LONG}. | They left.", "¶1 ¶2"),
    "unnumbered line inside the list": (f"Statement | 1. They met. | {LONG}. | 2. They left.", "1 1#2 2"),
    "unnumbered line after the list": (f"Statement | 1. They met. | 2. They left. | {LONG}.", "1 2 ¶1"),
    "linked clauses are no headings": (f"Statement | {LONG}; | Recalling the walks; and | Aware of it; or | They left.", "¶1 ¶2 ¶3 ¶4"),
    "bis, ter, and one after a number that went": (
        f"Statement | 1. {LONG}. | 2. They ate: | (a) Fish; | (a bis) Rice; | (b) Bread. | 2 bis. They drank. | 2ter. They sang. | "
        "4 bis. They danced. | 5. They left.", "1 2 2(a) 2(a bis) 2(b) 2 bis 2 ter 4 bis 5"),
    "numbers without a full stop": (f"Statement | 1 {LONG}. | 2 They ate. | 2 bis They drank. | 3 They left.", "1 2 2 bis 3"),
    "numbers alone": (f"Statement | 1 | {LONG}. | 2 | They ate. | 3 | They left.", "1 2 3"),
    "numbers of pages at the head of each": (f"1 Statement of the river | {LONG}. | 2 Statement of the river | They left.", "¶1 ¶2"),
    "quantities are no numbers": (f"Statement | {LONG}. | 12 Ships came to the harbour. | 1 May 2044 was dry.", "¶1 ¶2 ¶3"),

     "letters past z": (f"Statement | 1. {LONG}: | " + " | "
     "".join(f"({c}) Walk;" for c in "abcdefghijklmnopqrstuvwxyz") + " | (aa) Eat; | (bb) Go.",
                       "1 " + " ".join(f"1({c})" for c in [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"])),

     "articles": ("Agreement | The Parties agree as follows: | Article 1 | Walking | 1. They walk. | "
     "2. They rest. | Article 2 | They eat: | "
                 "(a) Fish; | (b) Rice. | Article 3 – Leaving | 1. They leave.",
                 "¶1 Article 1/1 Article 1/2 Article 2 Article 2(a) Article 2(b) Article 3/1"),
    "articles without numbers in them": ("Agreement | Article 1 | They walk. | They rest. | Article 2 bis | They eat: | (a) Fish.",
                                         "1 1#2 2 bis 2 bis(a)"),
    "articles through which numbers run on": ("Agreement | Article 1 | 1. They walk. | 2. They rest. | Article 2 | 3. They eat.",
     "1 2 3"),
    "an article that is cited": (f"Statement | {LONG}. | Article 5 | They ate.", "¶1 ¶2"),

     "numbered recommendations": (f"Outcome | {LONG}. | Recommendation 1: To walk more. | Recommendation 2: To rest more.", "¶1 1 2"),
    "recommendations that are headings": (f"Outcome | Recommendation 1: Walking | {LONG}. | Recommendation 2: Resting | They slept.",
                                          "¶1 ¶2"),
    "labels of a draft": ("Draft | PP1. They met. | PP1 bis. They ate. | OP1 Decide: | (a) To walk; | "
     "OP1 alt. Decide to rest. | OP3 Go.",
                          "PP1 PP1 bis OP1 OP1(a) OP1 alt OP3"),
    "quoted paragraphs": (f"Statement | 1. {LONG}: | “1. To walk. | “2. To rest.” | 2. They left.", "1 1#2 1#3 2"),
    "short lines before the first long one": (f"Joint Statement | The Ministers agreed: | to walk; | to rest; | {LONG}.",
     "¶1 ¶2 ¶3 ¶4"),
    "a block without letters": (f"Statement | {LONG}. | ** | They ate. | 20 | They left.", "¶1 ¶2 ¶3"),
    "marks inside a sentence over two blocks": (f"Statement | {LONG}. | (1) Walks; (2) rests; and | (3) food.", "¶1 ¶2 ¶3"),
    "notes in brackets": (f"Statement | {LONG} [1] and more [2]. | They left. | [1] See it. | [2] Ibid.", "¶1 ¶2 ¶3 ¶4"),
    "annex with its title": (f"Report | 1. {LONG}. | 2. They left. | Annex 5. List of walkers | 1. Walker, of the river.",
                             "1 2 Annex 5/1"),
    "annex in a list of contents": (f"Report | {LONG}. | Annex 5. List of walkers 43 | They left.", "¶1 ¶2"),
    "chapters": (f"Plan | 1. Walking | 1.1 {LONG}. | 1.2 They ate. | 2. Resting | 2.1 They slept.", "1.1 1.2 2.1"),
}  # fmt: skip
OTHER = {
    "es cláusulas": ("es", f"Declaración | {LONG}, | REITERANDO: | 1. La voluntad. | 2. La paz. | ACUERDAN: | 1. Andar. | 2. Parar.",
                     "¶1 REITERANDO/1 REITERANDO/2 ACUERDAN/1 ACUERDAN/2"),
    "es corrido": ("es", f"Declaración | {LONG}; REAFIRMANDO la paz; CONSIDERANDO el río; RECORDANDO la ley.", "¶1 ¶2 ¶3 ¶4"),
    "es incisos": ("es", f"Comunicado | 1. {LONG}: | a) Andar; | b) Parar: | i) Hoy; | ii) Mañana. | 2. Salieron.",
                   "1 1(a) 1(b) 1(b)(i) 1(b)(ii) 2"),
    "es o": ("es", f"Comunicado | {LONG} uno o dos o tres o más personas.", "¶1"),
    "es anexo": ("es", f"Comunicado | 1. {LONG}. | Anexo | Programa | 1. Andar.", "1 Anexo/1"),
    "es índice": ("es", f"Informe | Índice | 1. Andar 2 | 2. Parar 3 | {LONG}.", "¶1"),
    "es 1.-": ("es", f"Declaración | {LONG}: | 1.- Andar: | a.- Hoy; | b.- Mañana. | 1bis.- Parar. | 2.- Salir.",
     "¶1 1 1(a) 1(b) 1 bis 2"),
    "es ordinales": ("es", f"Declaración | {LONG}: | PRIMERO.- Andar. | SEGUNDO.- Parar. | TERCERO.- Salir.", "¶1 1 2 3"),
    "es ordinales tras números": ("es", f"Acta | {LONG}, | CONSIDERAN: | 1. Andar. | ACUERDAN: | PRIMERO.- Andar. | SEGUNDO.- Parar.",
                                  "¶1 CONSIDERAN/1 ACUERDAN/1 ACUERDAN/2"),
    "es artículos": ("es", "Acuerdo | Artículo primero.- Las Partes andarán. | Artículo segundo.- Las Partes pararán.", "1 2"),
    "es artículos con números": ("es", "Acuerdo | Artículo 1.- Objeto | 1. Andar. | 2. Parar. | Artículo 2.- Fin | 1. Salir.",
                                 "Artículo 1/1 Artículo 1/2 Artículo 2/1"),
    "es ordinal en una frase": ("es", f"Declaración | {LONG}. | Segundo, salieron.", "¶1 ¶2"),
    "es encabezamiento con dos puntos": ("es", f"Declaración | {LONG}. | Las y los Viceministros y Jefes de Delegación: | Salieron.",
     "¶1 ¶2 ¶3"),
    "es ñ": ("es", "Declaración | 1. Acordaron: | " + " | ".join(f"{c}) Andar;" for c in "abcdefghijklmnñop"),
             "1 " + " ".join(f"1({c})" for c in "abcdefghijklmnñop")),
    "fr 1°": ("fr", f"Déclaration | 1° {LONG}. | 2° Ils partent.", "1 2"),
    "fr tirets": ("fr", "Déclaration | 1 – Les Ministres décident : | a – de marcher ; | b – de partir. | 2 – Ils partent.",
     "1 1(a) 1(b) 2"),
    "fr adverbes": ("fr", f"Déclaration | {LONG} : | Premièrement : ils marchent. | Deuxièmement : ils partent.", "¶1 1 2"),
    "fr articles": ("fr", "Accord | Article premier | Marche | 1. Ils marchent. | 2. Ils partent. | Article 2 | Ils mangent.",
                    "Article 1/1 Article 1/2 Article 2"),
    "pt 1º": ("pt", "Declaração | 1.º Os Ministros andam. | 2.º Os Ministros param.", "1 2"),
    "ar dash": ("ar",
     "إعلان | ١- يشكر الوزراء المنظمة على الدعم. | ٢- يتفق الوزراء: | (أ) العمل؛ | (ب) الراحة. | ٢ مكررا- يعمل الوزراء. | 3- النهاية.",
                "1 2 2(أ) 2(ب) 2 مكررا 3"),
    "ar abjad": ("ar", "إعلان | 1. يتفق الوزراء: | " + " | ".join(f"({c}) العمل؛" for c in "أبجدهوز"),
     "1 " + " ".join(f"1({c})" for c in "أبجدهوز")),
    "ar alphabet": ("ar", "إعلان | 1. يتفق الوزراء: | " + " | ".join(f"{c}- العمل؛" for c in "أبتثجح"),
     "1 " + " ".join(f"1({c})" for c in "أبتثجح")),
    "ar as some readers give it": ("ar", "إعلان | .1 يتفق الوزراء: | )أ( العمل؛ | )ب( الراحة. | .2 النهاية.", "1 1(أ) 1(ب) 2"),
    "ar articles": ("ar", "اتفاق | المادة 1 | 1. تعمل الأطراف. | 2. تتعاون. | المادة 2 | 1. تتشاور.",
     "المادة 1/1 المادة 1/2 المادة 2/1"),
    "ar ordinals": ("ar", "إعلان | أولا: يشكر الوزراء المنظمة. | ثانيا: يدعو الوزراء الدول.", "1 2"),
    "fr": ("fr", f"Déclaration | NOUS, | {LONG} ; | RAPPELANT les marches ; | RÉAFFIRMANT le repos ;", "¶1 ¶2 ¶3"),
    "fr corrido": ("fr", f"Déclaration | {LONG} ; RAPPELANT les marches ; SOULIGNANT le repos.", "¶1 ¶2 ¶3"),
    "pt": ("pt", f"Declaração | {LONG}; REAFIRMANDO a paz; CONSIDERANDO o rio.", "¶1 ¶2 ¶3"),
}  # fmt: skip


def lines(text: str) -> list[str | Line]:
    parts = (part.strip() for part in text.split("|"))
    return [Line(p[1:].strip(), mark="•") if p[0] == "•" else p for p in parts]


@pytest.mark.parametrize("name", CASES)
def test_ids(name: str) -> None:
    text, expected = CASES[name]
    assert " ".join(ids(*lines(text))) == expected


@pytest.mark.parametrize("name", OTHER)
def test_ids_in_other_languages(name: str) -> None:
    language, text, expected = OTHER[name]
    assert " ".join(ids(*lines(text), language=language)) == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Windhoek, 5 May 2044", "frontmatter"),
        ("5-6 May 2044", "frontmatter"),
        ("4 y 5 de mayo de 2044", "frontmatter"),
        ("15/11/2044", "frontmatter"),
        ("2044-05-06", "frontmatter"),
        ("E/ABC/XYZ/PREP/6", "frontmatter"),
        ("Publish date:", "frontmatter"),
        ("Ministerial Conference on Walking and Resting:", "heading"),
        ("Co-Chairs’ Statement", "heading"),
        ("The Vice-Ministers welcomed with joy:", "body"),
        ("The Ministers of Walking welcomed with joy that all States had come:", "body"),
        ("12", "furniture"),
        ("- 12 -", "furniture"),
        ("Page 2 of 15", "furniture"),
        ("2/15", "furniture"),
    ],
)
def test_lines_before_the_body(line: str, kind: str) -> None:
    assert kinds("Statement", line, f"{LONG}.", "They left.")[1][1] == kind


def test_the_files_own_title_is_the_title() -> None:
    from pipeline.segment import split_paragraphs
    from tests.segment.page import document

    made = document("You are here", "Walking Declaration", f"{LONG}.", metadata={"title": "Walking Declaration, 2044"})
    assert [p.kind for p in split_paragraphs(made)] == ["furniture", "title", "body"]


def test_place_and_date_at_the_end_are_back_matter() -> None:
    assert kinds("Statement", f"1. {LONG}.", "2. They left.", "Bali, 5 May 2044")[-1] == ("BM1", "backmatter")


@pytest.mark.parametrize(
    "line",
    [
        "Done at the upper landing on the fifteenth day of May",
        "Dado en la ciudad del puerto, a los veinte días del mes de mayo.",
        "Fait à Portville, en deux exemplaires",
        "Feito em Portville, aos 12 de maio de 2018.",
        "حرر في المدينة في اليوم الخامس من أيار",
    ],
)
def test_a_formula_of_place_at_the_end_is_back_matter(line: str) -> None:
    assert kinds("Declaration", f"1. {LONG}.", "2. They left.", line)[-1] == ("BM1", "backmatter")


def test_arabic_clauses_that_end_in_a_comma_are_no_headings() -> None:
    clauses = ("نحن وزراء المرفأ، المجتمعين في المدينة،", "وإذ نقدر دور البلدات،", "نتفق على ما يلي:")
    assert ids("إعلان المرفأ", *clauses, "١- إبقاء المصابيح مضاءة.", language="ar") == ["¶1", "¶2", "¶3", "1"]


def test_printed_marks_stay_in_the_text() -> None:
    found = paragraphs(f"1. {LONG}:", "(a) To walk;", Line("To rest.", mark="(b)"), Line("To eat.", mark="•"))
    assert [p.text for p in found][1:] == ["(a) To walk;", "(b) To rest.", "To eat."]


def test_headings_made_by_the_format_are_headings() -> None:
    assert (
        kinds(Line("Statement", heading=1), Line("Walking is good, said all.", heading=2), f"{LONG}.")[1][1]
        == "heading"
    )


def test_heading_path() -> None:
    found = {p.id: p.heading_path for p in paragraphs("Statement", "I. Walking", f"1. {LONG}.", "A. On foot", "2. They went.",
             "II. Resting", "3. They slept.")}  # fmt: skip
    assert found["2"] == ("I. Walking", "A. On foot") and found["3"] == ("II. Resting",)


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_gives_nothing(text: str) -> None:
    assert paragraphs(Line(text)) == []
