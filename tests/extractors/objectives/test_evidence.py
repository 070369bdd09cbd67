"""What terms of an invented lexicon say of invented sentences, and what is measured of them: a golden file by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from extractors.objectives.judge import FEATURES, Looks, load
from extractors.objectives.likeness import Sketch
from extractors.objectives.topics import Finding, Reading, TopicLexicon, Topics
from extractors.text.normalization import normalize
from tests.golden_file import same_as_golden

MARKS = {
    "context": ["migrant{,s}"],
    "instruments": ["convention ... smuggling"],
    "enumerated": ["convention", "covenant", "protocol"],
    "never": ["without ... visas"],
    "bodies": ["committee", "forum"],
    "offices": ["minister of"],
    "agreements": ["convention"],
    "fulfilled": ["ratify", "implement"],
    "connectors": ["on", "of", "the", "and"],
    "procedural": ["takes note"],
    "reports": ["report"],
    "accounts": ["took place"],
    "asides": ["including", "such as"],
}
TOPICS: list[dict[str, object]] = [
    {"kind": "objective", "number": 5, "plain": ["visa{,s}"], "weak": ["pathways", "routes"]},
    {"kind": "objective", "number": 9, "strong": ["smuggling"], "never": ["smuggling ... arms"]},
    {
        "kind": "objective",
        "number": 10,
        "strong": ["trafficking in persons"],
        "plain": ["trafficking", "victims ... trafficking"],
        "weak": ["slavery"],
    },
    {"kind": "objective", "number": 20, "strong": ["cheap transfers"], "plain": ["remittance{,s}"], "weak": ["money"]},
    {"kind": "theme", "number": 6, "plain": ["crime"], "from": [9, 10]},
    {"kind": "element", "number": "c", "from": [5, 20]},
]
SENTENCES = """
Migrants need visas, routes and pathways; visas are dear.
Visas are dear, routes long, pathways dark.
Trafficking in persons and slavery, including visas and remittances, harm migrants.
Slavery is near trafficking; such as it is, trafficking in persons is nearer, and remittances of migrants end it.
Victims one two three four five six trafficking of migrants.
Victims one two three four five six seven trafficking of migrants.
Victims of it. Trafficking of migrants.
Victims of it, trafficking of migrants, and victims of trafficking in persons.
Smuggling one two three four five six seven eight nine ten eleven twelve thirteen fourteen arms.
Smuggling one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen arms of migrants.
We go without many visas or remittances, and visas come to migrants.
The Forum on Trafficking of Migrants and the committee on visas met.
The Visas Forum on of the and Remittances of Migrants met.
The Visas Forum on of the Remittances of Migrants met.
The Visas Forum on the Remittances, Money, of Migrants met, and Visas, Forum Slavery.
We ratify one two three four five six seven eight nine ten the Convention on Smuggling of Migrants.
We ratify one two three four five six seven eight nine ten eleven twelve the Convention on Smuggling of Migrants.
The Convention on Smuggling, the covenant and the protocol are for migrants; we implement the Convention on Smuggling.
The Convention on Smuggling and the covenant are for migrants, as is the convention against smuggling.
The Minister of Visas, Remittances and Money of the River spoke of pathways, and routes.
The minister of roads, bridges of remittances one two three four visas for migrants spoke.
The minister of roads, Bridges of remittances one two visas for migrants spoke.
The minister of roads one two three visas and money of migrants spoke, and the minister of roads one two visas spoke.
The minister of roads, bridges spoke; visas, (money) of migrants came.
The Assembly takes note of the report; a report and another report took place, and a report on remittances of migrants.
It is said that the Assembly takes note of cheap transfers of money and of remittance.
Cheap transfers! Such as visas? Remittances including slavery: money, including routes. Visas of migrants such as these
""".strip().split("\n")
SPANISH = ["Las remesas de los migrantes son baratas, incluso en las rutas.", "El río es largo."]


@cache
def topics(language: str) -> Topics:
    marks = {role: {"en": terms, "es": []} for role, terms in MARKS.items()}
    marks["context"]["es"] = ["migrantes"]
    rows: list[dict[str, object]] = [
        {k: {"en": v} if isinstance(v, list) and k != "from" else v for k, v in row.items()} for row in TOPICS
    ]
    rows[3]["weak"] = {"en": ["money"], "es": ["remesas"]}
    return Topics(TopicLexicon.model_validate({"group": "topics", **marks, "topics": rows}), language)


@cache
def looks(language: str) -> Looks:
    return Looks(Sketch.unpacked(load().sketch), language)


def _shown(finding: Finding, text: str) -> str:
    return f"{finding.kind} {finding.number} {finding.score} {text[finding.start : finding.end]!r}"


def told(text: str, language: str) -> Iterator[str]:
    finder = topics(language)
    reading: Reading = finder.read(normalize(text).text)
    yield f"{language}: {reading.text}"
    marks = {role: [str(reading.doc[a:b]) for a, b in sorted(spans)] for role, spans in sorted(reading.marks.items())}
    yield f"  marks {marks}"
    for about in (True, False):
        evidence = finder.weigh(reading, about=about, masked=[(0, 3)] if text.startswith("It is") else [])
        yield f"  {'about' if about else 'alone'}: " + "; ".join(
            f"{kind} {number} {[f'{t.strength} {reading.doc[t.start : t.end]}' for t in of.terms]} {of.blocked} {of.chance:.4f}"
            for (kind, number), of in evidence.items()
        )
        yield "  found " + "; ".join(_shown(one, reading.text) for one in finder.findings(reading, evidence))
    judged = [Finding("objective", 9, 61.0, 0, 3), Finding("objective", 10, 60.5, 0, 4)]
    yield "  judged " + "; ".join(_shown(one, reading.text) for one in finder.findings(reading, evidence, judged))
    evidence = finder.weigh(reading, about=True)
    listed = [5, 23] if text.startswith("Visas") else []
    look = looks(language).look(reading, evidence, preambular=text.startswith("We"), listed=listed)
    for number, row, (start, end) in zip(look.numbers, look.rows.tolist(), look.places, strict=True):
        values = " ".join(f"{n} {v:.3f}" for n, v in zip(FEATURES, row, strict=True) if abs(v) >= 0.0005)
        yield f"  {number} {reading.text[start:end]!r} {values}"


def test_evidence_is_the_golden_one() -> None:
    lines = [line for text in SENTENCES for line in told(text, "en")]
    lines += [line for text in SPANISH for line in told(text, "es")]
    same_as_golden("extractors/evidence.txt", ("\n".join(lines) + "\n").encode())
