"""Invented documents with everything that documents of their kind have, and lines at the borders of each rule."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.line import Line

GA = "The General Assembly,"
SAID = "The ministers met for two days by the river and spoke about walking and about the weather"


def sized(length: int, start: str = "", end: str = "") -> str:
    """Prose of so many characters, between two texts."""
    return start + ("walking along the river and resting at noon " * 20)[: length - len(start) - len(end)] + end


def worded(count: int, first: str) -> tuple[str, str]:
    """A line of so many words, and a paragraph after it."""
    return " ".join([first, *["Walk"] * (count - 1)]), "They rested."


def note(mark: str, text: str, page: int) -> Line:
    return Line(text, role="note", note=mark, page=page)


DOCUMENTS: dict[str, tuple[str, Sequence[str | Line]]] = {
    "resolution with pages, notes, tables and an annex of objectives": (
        "en",
        (
            Line("United Nations", role="furniture", page=1),
            Line("Seventieth session", page=1),
            Line("Agenda item 4", page=1),
            Line("Resolution adopted by the General Assembly on 5 May 2044", page=1),
            Line("70/999. On walking", page=1, heading=1),
            Line(GA, page=1),
            Line("Recalling its resolutions,", page=1, notes=("1",)),
            Line("Noting:", page=1),
            Line("(a) The Charter,", page=1, notes=("2",)),
            Line("(b) The Declaration:", page=1, depth=1),
            Line("(i) On walks,", page=1, depth=2),
            Line("(ii) On rests,", page=1, depth=2),
            note("1", "Resolution 69/1.", 1),
            note("2", "See below.", 1),
            Line("Aware of it all,", page=1),
            Line("1. Adopts the framework in the annex; “to walk” is", page=1),
            Line("A/RES/70/999", role="furniture", page=2),
            Line("On walking", role="furniture", page=2),
            Line("to walk;", page=2, has_break=False),
            Line("2. Decides:", page=2, notes=("3",)),
            Line("(a) To act;", page=2),
            Line("(b) To rest:", page=2),
            Line("(i) At night;", page=2),
            Line("(ii) At noon.", page=2),
            Line("It goes on;", page=2),
            note("3", "A third.", 2),
            note("3", "A fourth.", 2),
            Line("Walk", role="cell", cell="T1/R1/C1", page=2),
            Line("Rest", role="cell", cell="T1/R1/C2", page=2),
            Line("3. Requests a report.", page=2),
            Line("52nd plenary meeting", page=2),
            Line("5 May 2044", page=2),
            Line("Annex", page=3),
            Line("Framework for Walking", page=3),
            Line("We, the States, have agreed:", page=3),
            Line("Preamble", page=3),
            Line("1. We rely on the Charter.", page=3),
            Line("I. Vision", page=3),
            Line("2. We share it:", page=3),
            Line("(a) People-centred. We walk;", page=3),
            Line("(b) Cooperation. We rest.", page=3),
            Line("Objectives for Walking", page=3),
            Line("Objective 1: Collect and utilize accurate and disaggregated data as a basis for evidence-based policies", page=3),
            Line("3. We commit to it.", page=3),
            Line("To realize this, we will draw from these actions:", page=3),
            Line("(a) To count;", page=3),
            Line("Natural disasters", page=3),
            Line("(b) To measure.", page=3),
            Line("Objective 24: Walk more", page=3),
            Line("4. We commit to walk.", page=3),
            Line("Objective 23: Strengthen international cooperation and global partnerships for safe, orderly and regular migration", page=3),
            Line("5. We commit to meet.", page=3),
            Line("II. Follow-up", page=4),
            Line("A. Reviews", page=4),
            Line("6. We review.", page=4),
            Line("C. Forums", page=4),
            Line("7. We meet.", page=4),
            Line("Walk", role="cell", cell="T2/R1/C1", page=4),
        ),
    ),
    "resolution in parts with closing lines": (
        "en",
        (
            "99/1. Walking", GA, "Noting it,", "Also noting it,", "1. Decides to walk.", "2. Rests.", "52nd plenary meeting", "5 May 2044",
            "A", "Long walks", "Walks of the year", GA, "Noting them,", "Also noting them:", "(a) Here,", "Decides to rest.", "B", "Short walks", GA,
            "Noting those,", "1. Decides to sit.", "(a) Now.", "C", "is the third letter", "It goes on.", "2. Walks.",
        ),
    ),
    "resolution with unnumbered acts, an annex without numbers and one with": (
        "en",
        (
            GA, "Recalling it,", "Decides to hold a meeting;", "Also requests a report on it.", "Annex I", "Agenda", "The opening.", "The closing.", "Annex II", "Rules", "1. They walk.", "They rest:", "(a) Here.", "2. They eat.", "Annex III", "Rules", "1. They go.",
            "Annex IV", "Annex V", "3. They left.",
        ),
    ),
    "resolution that adopts a declaration inside": (
        "en",
        (
            "71/1. Declaration on Walking", GA, "Adopts the following declaration:", "Declaration on Walking", "We, the Heads of State, declare:",
            "We also declare it.", "I. Introduction", "1. We walk:", "(a) Often;", "10.7 Target of walks.", "2. We rest.", "19 May 2044", "II. Commitments", "3. We eat.",
            "Article 1", "1. They walk.", "Annex I", "Framework", "We go on.", "1. We act.", "Annex II", "Modalities", "1. We meet.", "(a) Once;", "We part.",
        ),
    ),
    "resolution that numbers its paragraphs does not adopt inside": (
        "en",
        (GA, "Adopts the following text:", "Declaration", "1. Decides to walk.", "2. Decides to rest."),
    ),
    "resolution with labels, insertions and alternatives": (
        "en",
        (
            GA, "PP1. Recalling it:", "(a) The Charter,", "(i) Its first part,", "It goes on,", "PP1 bis. Noting it,", "“1. To walk.”", "OP1. Invites:", "(a) States;",
            "“2. To rest.”", "They act.", "OP1 alt. Requests it.", "OP2. Decides.",
        ),
    ),
    "resolution with quotations before and after its numbers": (
        "en",
        (
            GA, "“1. To fly.”", "Recalling it:", "“1. To walk.", "“2. To rest.”", "1. Decides to amend it:", "“Walking and Resting", "“are good.”", "“Walking”",
            "(a) To walk.", "“(b) To rest.”", "2. Goes.",
        ),
    ),
    "resolution with articles": (
        "en",
        (
            GA, "Noting it,", "1. Adopts it.", "Article 5", "Annex", "Agreement", "Article 1 Walking and resting", "1. They walk:", "(a) Often.", "They go on.",
            "ARTICLE 2: " + sized(80), "They eat.", "They leave:", "(a) Soon.", "Art. 3. They rest.", "1. Always.", "Annex II", "Rules", "1. We go.",
        ),
    ),
    "annexed agreement without numbers": (
        "en",
        (GA, "Noting it,", "1. Adopts it.", "Annex", "Article 1", "They walk.", "Article 2. They rest.", "They eat."),
    ),
    "resolution with lists of the format": (
        "en",
        (
            GA, "Noting it,", Line("Decides:", mark="1."), Line("To act:", mark="(a)", depth=1), Line("To walk;", mark="(i)", depth=2), Line("To rest", mark="(ii)", depth=2),
            Line("Long walks", mark="I.", heading=1), Line("19 May 2044", mark="2."), Line("Rests", mark="3."), Line("19 May 2044", mark="(a)"),
            Line("Bold words of the day", is_bold=True), Line("Said.", mark="•"), Line("II. Walks", mark="4."), Line("1. To act"),
        ),
    ),
    "long lists": (
        "en",
        (
            GA, "Noting it,", "1. Lists:", *(f"({letter}) Walk;" for letter in "abcdefgh"), "(i) Rest;", "(j) Eat;", "(k) Sit.", "2. Lists:", *(f"({letter}) Walk;" for letter in "abcdefgh"),
            "(i) Rest;", "(ii) Eat.", "(i) Sit;", "(l) Go;", "(z) Leave.", "30. Jumps.", "61. Jumps on.", "(A) Walk;", "(I) Rest;", "(II) Eat.", "(B) Sit.", "(1) One;", "(2) Two.", "(9) Three.", "62. Ends.",
        ),
    ),
    "chapters and targets": (
        "en",
        ("Plan of the River", "1.1 They walk.", "1.2 They rest.", "3. They eat.", "(a) Fish.", "4.1 They sit.", "8.a They go.", "8.b They come.", "2. They leave.", "9.5 They end."),
    ),
    "declaration with everything": (
        "en",
        (
            Line("You are here", page=1), Line("Joint Statement", page=1, heading=1), Line("Bali, 5 May 2044", page=1), Line("E/ABC/XYZ/6", page=1), Line("to: Delegations", page=1), Line("Contents", page=1),
            Line("I. Walking 2", page=1), Line("II. Resting .... 3", page=1), Line("Next steps", page=1), Line(SAID + ", " + sized(200), page=2), Line("I. Walking", page=2), Line("1. " + SAID + " and", page=2, notes=("1",)),
            Line("2", page=2), note("1", "See it.", 2), Line("went on walking.", page=3), Line("2. They agreed:", page=3), Line("To walk", mark="•", page=3), Line("To rest", mark="•", page=3), Line("They thanked the hosts.", page=3),
            Line("a) Here;", page=3), Line("b) There:", page=3), Line("i) Now;", page=3), Line("ii) Then.", page=3), Line("II. Resting", page=3), Line("A. At noon", page=3), Line("3. They slept.", page=3),
            Line("Walk", role="cell", cell="T1/R1/C1", page=3), Line("Next steps", page=3), Line("They will meet again.", page=3), Line("4. They left.", page=3), Line("They waved.", page=3), Line("(Signed) A. Walker", page=4), Line("Bali, 6 May 2044", page=4),
            Line("Annex I", page=5), Line("Walkers", page=5), Line("1. Ann.", page=5), Line("Annex II", page=5), Line("Resters", page=5), Line("1. Bob.", page=5), Line("Objective 23: Strengthen international cooperation and global partnerships for safe, orderly and regular migration", page=5), Line("2. Cem.", page=5),
        ),
    ),
    "clauses": (
        "en",
        (
            "Declaration of the River", "WE,", "the Ministers of walking, who met by the river in the sun;", "RECALLING", "1. The walks;", "2. The rests;", "(a) At noon.", "AWARE OF IT ALL HERE,", "1. The sun.",
            "A" * 38 + ",", "1. The rain.", "A" * 39 + ",", "THIS HAS FIVE WORDS HERE", "1. The wind.", "AGREE:",
        ),
    ),
    "unmarked lists under a colon": (
        "en",
        (
            "Statement", f"{SAID}:", "Walking on foot", "Resting", "They said more:", "Walking", "Resting", "1. First", "2. Second", "The Walkers and Resters Said:", "Eating", "They left here:", Line("Bold walking", is_bold=True), Line("Bold resting", is_bold=True),
            "Eating", "They agreed to it:", "Sitting", "(1) One", "(2) Two", "They slept.", "Twelve chars:", "Walking",
        ),
    ),
    "points under paragraphs without numbers": (
        "en",
        ("Statement", "(a) To begin;", f"{SAID}:", "(a) To walk:", "(i) Often;", "(ii) Long;", "(b) To rest;", "“(c) To quote.”", "Said by: all", "•", "They ate.", "(a) To go;", "1. They left:", "(a) To stay.", "2. They came.", "They sat:", "(b) To rest."),
    ),
    "excerpt and marks alone": ("en", ("7.", "They walk.", "8.", "They rest.", "(a)", "To sit;", "•", "To go.", "9.", "10. They left.", "-", "11.")),
    "bare numbers": ("en", ("Statement", "1 Ministers walked.", "2 Ministers rested.", "2 bis They ate.", "3 They left.", "12 Ships came.")),
    "articles of a convention": (
        "en",
        (
            "Convention", "The Parties agree:", "Article 1 – Walking", "1. They walk.", "2. They rest:", "(a) Here.", "They go on.", "Article 2", "1. They eat.", "Article 3 bis. They sleep:", "(a) Often.", "They wake.", "Annex", "Walks",
            "Article 1", "1. One.", "Article 2", "1. Two.", "Signed,",
        ),
    ),
    "run-on texts": (
        "en",
        (
            f"Statement of walkers 1. {SAID}. 2. They ate on 3 May. 3. They left in paragraph 4. The end. 4. Go.", "5. They met. 6. They sat. 7) They stood.", "They came. 9. They said 1. Walk. 2. Rest.",
            Line("To walk. - To rest; - To eat.", mark="-"), "To walk. - To rest.", "They said . Walk . Rest", "They said . Walk", "• Walk • Rest", "x o walk o rest", "x o walk", "x; RECALLING it; THE WALKING of it; RING it", "x; THE LONG AND WALKING of it",
        ),
    ),
    "sentences over breaks": (
        "en",
        (
            "Statement", sized(40, "They ", "s"), "goes on here", "and here.", sized(41, "They ", "s"), "goes on here;", "it goes on", "They walked along the river of the", "Great Water of walks", "They rested, and", "(a) walking", Line("walked on", mark="•"), "They sat along the river for a long time in the", "Walk of",
            "Tel. 12 34", "a", "Tel. 12 34", "b", "Tel. 12 34", "Walk 1", "Walk 1", "www.walk", "www.walk", "c", "www.walk", "2044-05-06.", "12/13", "12/5/44", "- - -",
        ),
    ),
    "headings": (
        "en",
        (
            sized(220, "Long ", "s"), sized(221, "Long ", "s"), "lower case", "“Quoted words”", "…", "And more; and", "One more, or", "Objective 2:", "Objective 3: Walk.", worded(32, "Walks")[0], worded(33, "Walks")[0], "Walking and Resting by the River:", "Walking of Rests:", "The Walking and Resting:", "Walking Here There:", "End of it.",
        ),
    ),
    "contents": (
        "en",
        (
            "Report", "Table of Contents", "Walking", "Resting", "Figure 1: Walks 4", sized(199, "Walk ", " 9"), "Eating 9", sized(200, "Walk ", " 9"), "Eating 9", "Walking", "They walk.", "Resting", "They rest. Contents", "1. One", "Annex of walks", "It ends here and goes on for some time without any page.", "Walk.... 2 Rest.... 3 Eat.... 4",
            "Walk........", "Walk....... 5", "x" * 400 + " a.... 2 b.... 3 c.... 4", "They left.",
        ),
    ),
    "points before anything else, and annexes that begin lists anew": (
        "en",
        ("(a) They begin;", "(b) They go on.", "They end:", "(a) To go;", "They ate.", "(b) To sit;", "1. They rest.", "2. They left.", "Annex", "Walks", "(a) One;", "(b) Two."),
    ),
    "a colon leads in a list from its thirteenth character on": ("en", (f"{SAID}.", "They agreed:", "Walking", "They'd agree:", "Walking", "Walk on foot", "They left.")),
    "signatures are shorter than 160 characters": ("en", (f"{SAID}.", sized(159, "(Signed) ", "s"), sized(160, "(Signed) ", "s"), "They left.")),
    "headings with a colon have 4 to 20 words": (
        "en",
        (f"{SAID}.", "Walking Resting Eating:", "Walking Resting Eating Sitting:", worded(20, "Walking")[0] + ":", worded(21, "Walking")[0] + ":", "They left."),
    ),
    "labels of the page have at most 4 words": ("en", ("Statement", "date of the walk: now", "date of the long walk: now", "They left.")),
    "labels of the page stand before the body": ("en", ("PP1. They met.", "from: all", "OP1. They left.")),
    "numbered headings have at most 12 or 14 words": (
        "en",
        (f"{SAID}:", *worded(12, "1.1"), *worded(13, "1.2"), *worded(14, "1."), *worded(15, "2."), "They went.", "3. Walking", "7. They stayed.", "4. Walking", "(5) They came.", "They left."),
    ),
    "a list goes on over at most ten lines": ("en", ("1. They met.", *["They ate."] * 12, "2. They left.", "They sang.", "Heading", "3. They sat.", "They rose.", "(3) They went.")),
    "a signed word counts with words": ("es", (f"{SAID}.", "PRIMERO.- Andar.", "SEGUNDO.- Parar", "TERCERO.- Salir.", "Fin", "Salieron.")),
    "a word after numbers counts nothing": ("es", (f"{SAID}.", "1. Andar.", "SEGUNDO.- Parar", "Salieron.")),
    "numbers after points of a paragraph without one": ("en", (f"{SAID}:", "(a) To walk;", "(b) To rest.", "1. They ate.", "(a) Fish.", "2. They left.")),
    "one number, dash or bullet inside a line": (
        "en",
        (
            "Statement", "They said 1. Walk on.", "5. They met.", "They said that 1. Walk on.", "They came. 6. They sat.", Line("They walk. - They rest.", mark="-"), Line("They walk. - They rest.", mark="(a)"),
            "They walk. - They rest. - They eat.", "They said 7. 8. They left.", "They slept", "1" * 160, "1" * 161,
        ),
    ),
    "a page's control right after the heading of a list of links": ("en", ("Statement", "Related links", "Share", "Walk", "Rest", "Eat", "They met:", "They left.")),
    "four links are a list": ("en", ("Statement", "Related links", "Walk", "Rest", "Eat", "Sit", "They met:", "They left.")),
    "three links are none": ("en", ("Statement", "Related links", "Walk", "Rest", "Eat", "They met:", "They left.")),
    "links up to a line of 400 characters": ("en", ("Statement", "Related links", "Walk", "Rest", "Eat", sized(400, "Walk ", "s"), "Share", "Related links", "Walk", "Rest", "Eat", sized(401, "Walk ", "s"), "Share", "They left.")),
    "titles of articles have at most 14 words": ("en", ("Agreement", "Article 1: " + worded(14, "Walk")[0], "1. They walk.", "Article 2: " + worded(15, "Walk")[0], "1. They rest.")),
    "closing lines are shorter than 80 characters": ("en", (GA, "1. Walks.", sized(79, "52nd meeting ", "s"), sized(80, "52nd meeting ", "s"))),
    "a resolution that ends with a mark and an annex": ("en", (GA, "Noting it,", "1. Lists:", *(f"({letter}) Walk;" for letter in "abcdefgh"), "(i) Rest;", "(ii) Eat.", "Annex")),
    "a resolution that ends with a mark": ("en", (GA, "Noting it,", "1. Lists:", "(a) Walk;", "(b)")),
    "titles of running heads have at most 300 characters": (
        "en",
        (GA, sized(289, "Walk ", "s"), sized(290, "Walk ", "s"), "1. Walks.", sized(289, "Walk ", "s") + " A/RES/99/1", "A/RES/99/1 " + sized(290, "Walk ", "s"), "Walks/rests of the year", "A/RES/99/1 Walks"),
    ),
    "a declaration inside has its title in the three blocks after the act": ("en", (GA, "Adopts the text.", "We walk,", "we rest,", "Declaration", "1. We walk.")),
    "a title that comes later": ("en", (GA, "Adopts the text.", "We walk,", "we rest,", "we eat,", "Declaration", "1. We walk.")),
    "menus": (
        "en",
        ("Statement of the River", "Share", "Similar documents", "Walk", "Rest", "Eat", "Sit", "1. They walk.", "Related links", "Walk", "Rest", "Eat", "They sat:", "They left.", "Related news", "Walk.", "Rest", "Eat", "Sit.", "Go.", "They left."),
    ),
    "annexes and their names": (
        "en",
        ("Communiqué", "1. They met.", "ANNEX A", "Walks", "1. One.", "Appendix 5. List of bodies", "1. Two.", "Annex 6. List of bodies 43", "Annex to the report", "Annex First", "1. Three.", "Annex – ends"),
    ),
    "sections that number alike": (
        "en",
        ("Statement", "1. They met.", "I. Walks", "1. One.", "2. Two.", "II. Rests", "1. One.", "(a) Point.", "III. Meals", "5. Five.", "IV. Seats", "(1) One.", "(2) Two.", "Last words"),
    ),
    "numbers in the annex alone, in two annexes": (
        "en",
        ("Statement", "They met.", "Annex I", "Walks", "1. One.", "2. Two.", "Annex II", "Rests", "1. One.", "3. Three."),
    ),
    "declaración": (
        "es",
        ("Declaración de Montevideo", "Montevideo, 4 y 5 de mayo de 2044", "CONSIDERANDO:", "1. La voluntad.", "REITERANDO:", "1. La paz:", "a) Hoy;", "b) Mañana.", "ACUERDAN:", "1. Andar.", "2. Parar o descansar o comer.", "Artículo único", "(Firmado) Ana", "Anexo", "Lista", "1.- Uno."),
    ),
    "résolution": (
        "fr",
        ("70/1. Marche", "L’Assemblée générale,", "Rappelant:", "a) La Charte,", "1. Décide:", "a) De marcher;", "b) De manger.", "60e séance plénière", "Annexe", "Cadre", "I. Marche", "1. Nous marchons.", "Objectif 23 : Renforcer la coopération internationale et les partenariats mondiaux pour des migrations sûres, ordonnées et régulières", "2. Nous mangeons."),
    ),
}  # fmt: skip
