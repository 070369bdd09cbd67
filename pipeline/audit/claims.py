"""What an audit speaks of: claims that a published analysis makes, and what the analysed text says to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias, cast

from extractors.model import Status as ReviewStatus

Kind = Literal["table", "quote"]
Status = Literal["ok", "wrong_paragraph", "wording_differs", "not_found", "debatable"]
Side = Literal["same", "printed", "true"]
AuditRow: TypeAlias = dict[str, str | int]

STATUSES: tuple[Status, ...] = ("ok", "wrong_paragraph", "wording_differs", "not_found", "debatable")
"""What the text says to a claim; only analysts find one debatable."""
COLUMNS: tuple[str, ...] = (
    "claim",
    "kind",
    "section",
    "wording",
    "quote",
    "paragraph_printed",
    "status",
    "paragraph_true",
    "wording_true",
    "note",
    "review",
)
"""Columns of the table of claims, as other tools read them; `review` is what analysts said of the row."""
NARRATIVE_COLUMNS: tuple[str, ...] = (
    "claim",
    "section",
    "wording",
    "text",
    "printed",
    "status",
    "true",
    "wording_true",
    "note",
    "review",
)
"""Columns of what the running text claims: `printed` and `true` are paragraphs ("26(d)") or objectives ("2, 3")."""
MISSED_COLUMNS: tuple[str, ...] = ("category", "label", "paragraph", "wording", "quote")
"""Columns of the references of the analysis's own categories that it does not cite."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of an analysis: this wording stands in this paragraph.

    `quote` is the quotation that is to prove it, "" for a table's row; `printed` is the paragraph as it is printed
    ("§23I"), `cited` all paragraphs that the same row or quotation names. `span` is the wording's place in `quote`
    (None where the words are not marked there), `is_sure` is False for a list item without quotation marks.
    """

    kind: Kind
    section: str
    wording: str
    quote: str
    printed: str
    cited: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    is_sure: bool = True
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class ComparedWords:
    """Words of a comparison: in both texts, only in the printed one or only in the true one."""

    side: Side
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the analysed text says to a claim; `pieces` compare both texts."""

    status: Status
    paragraph: str = ""
    wording: str = ""
    notes: tuple[str, ...] = ()
    pieces: tuple[ComparedWords, ...] = ()
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with its verdict; `number` counts the claims in the order of the analysis, from 1."""

    number: int
    claim: Claim
    verdict: Verdict
    review: ReviewStatus = "machine"

    def decided(self, said: Mapping[str, str], review: ReviewStatus) -> Checked:
        """The claim with an analyst's verdict: `verdict`, `paragraph_true`, `wording_true` and `note` of it."""
        verdict, words = self.verdict, said["wording_true"]
        found = replace(
            verdict,
            status=cast(Status, said["verdict"]),
            paragraph=said["paragraph_true"],
            wording=words,
            notes=(said["note"],) if said["note"] else (),
            pieces=verdict.pieces if words == verdict.wording else (),
        )
        return replace(self, verdict=found, review=review)

    def row(self) -> AuditRow:
        """The row with the columns of `COLUMNS`."""
        claim, verdict = self.claim, self.verdict
        return {
            "claim": self.number,
            "kind": claim.kind,
            "section": claim.section,
            "wording": claim.wording,
            "quote": claim.quote,
            "paragraph_printed": claim.printed,
            "status": verdict.status,
            "paragraph_true": verdict.paragraph,
            "wording_true": verdict.wording,
            "note": "; ".join(verdict.notes),
            "review": self.review,
        }


@dataclass(frozen=True, slots=True)
class Narrated:
    """A claim of the running text, checked: `text` is its sentence, `topic` what the citation is said to be about."""

    section: str
    wording: str
    text: str
    printed: str
    status: Status
    true: str = ""
    wording_true: str = ""
    notes: tuple[str, ...] = ()
    categories: frozenset[str] = frozenset()
    cited: tuple[str, ...] = ()
    review: ReviewStatus = "machine"

    def decided(self, said: Mapping[str, str], review: ReviewStatus) -> Narrated:
        """The claim with an analyst's verdict, as `Checked.decided` takes it."""
        return replace(
            self,
            status=cast(Status, said["verdict"]),
            true=said["paragraph_true"],
            wording_true=said["wording_true"],
            notes=(said["note"],) if said["note"] else (),
            review=review,
        )

    def row(self, number: int) -> AuditRow:
        """The row with the columns of `NARRATIVE_COLUMNS`."""
        return {
            "claim": number,
            "section": self.section,
            "wording": self.wording,
            "text": self.text,
            "printed": self.printed,
            "status": self.status,
            "true": self.true,
            "wording_true": self.wording_true,
            "note": "; ".join(self.notes),
            "review": self.review,
        }


@dataclass(frozen=True, slots=True)
class Missed:
    """A reference of the analysed text in a category of the analysis, in a paragraph that it does not cite for it."""

    category: str
    label: str
    paragraph: str
    wording: str
    quote: str
    span: tuple[int, int]

    def row(self) -> AuditRow:
        """The row with the columns of `MISSED_COLUMNS`."""
        return {name: getattr(self, name) for name in MISSED_COLUMNS}


@dataclass(frozen=True, slots=True)
class Audit:
    """The whole result: names of both files, checked claims, the running text's claims, what the analysis missed."""

    published: str
    document: str
    title: str
    claims: tuple[Checked, ...]
    narrative: tuple[Narrated, ...]
    missed: tuple[Missed, ...]
    versions: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have which status, every status named."""
        return {name: sum(one.verdict.status == name for one in self.claims) for name in STATUSES}

    def rows(self) -> list[AuditRow]:
        return [one.row() for one in self.claims]

    def narrative_rows(self) -> list[AuditRow]:
        return [one.row(number) for number, one in enumerate(self.narrative, start=1)]

    def missed_rows(self) -> list[AuditRow]:
        return [one.row() for one in self.missed]

    def as_dict(self) -> dict[str, object]:
        """Everything as JSON can hold it."""
        return {
            "published": self.published,
            "document": self.document,
            "title": self.title,
            "summary": summary(self),
            "counts": self.counts,
            "claims": self.rows(),
            "narrative": self.narrative_rows(),
            "missed": self.missed_rows(),
            "versions": dict(self.versions),
            "warnings": list(self.warnings),
        }


def summary(audit: Audit) -> str:
    """One paragraph for the reader who wants no table: how many claims hold, which paragraphs are wrong, what is missed.

    >>> summary(Audit("a.pdf", "b.pdf", "B", (), (), ()))
    'a.pdf makes no claim that cites a paragraph of b.pdf.'
    """
    if not audit.claims and not audit.narrative:
        return f"{audit.published} makes no claim that cites a paragraph of {audit.document}."
    parts = []
    if audit.claims:
        tables = sum(one.claim.kind == "table" for one in audit.claims)
        counts = audit.counts
        parts.append(
            f"{audit.published} makes {_count(len(audit.claims), 'claim')} about {audit.document} "
            f"({_count(tables, 'table entry', 'table entries')}, {_count(len(audit.claims) - tables, 'quote')}): "
            f"{_does(counts['ok'], 'hold')}, {_does(counts['wrong_paragraph'], 'cite')} a wrong paragraph, "
            f"{_does(counts['wording_differs'], 'have')} other words than the text, "
            f"{_does(counts['not_found'], 'are')} not in the text."
        )
        moved = [one for one in audit.claims if one.verdict.status == "wrong_paragraph"]
        if moved:
            listed = [
                f"{one.claim.printed} → {one.verdict.paragraph} (“{_short(one.claim.wording)}”)" for one in moved[:6]
            ]
            parts.append(f"Wrong paragraphs: {'; '.join(listed)}{'; ...' if len(moved) > 6 else ''}.")
        gone = [one for one in audit.claims if one.verdict.status == "not_found"]
        if gone:
            listed = [f"{one.claim.printed} (“{_short(one.claim.wording)}”)" for one in gone[:6]]
            parts.append(f"Not in the text: {'; '.join(listed)}{'; ...' if len(gone) > 6 else ''}.")
    if audit.narrative:
        off = sum(one.status != "ok" for one in audit.narrative)
        head = "Its running text makes" if audit.claims else f"The running text of {audit.published} makes"
        parts.append(f"{head} {_count(len(audit.narrative), 'further claim')}, {off} of which do not hold as printed.")
    debatable = audit.counts["debatable"]
    if debatable:
        parts.append(f"{_does(debatable, 'are')} debatable, as analysts say.")
    if audit.missed:
        places = {one.paragraph for one in audit.missed}
        parts.append(
            f"In its own categories it leaves out {_count(len(audit.missed), 'reference')} "
            f"in {_count(len(places), 'paragraph')}."
        )
    return " ".join(parts)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _does(number: int, verb: str) -> str:
    """A number with its verb: "1 is", "2 are"."""
    return f"{number} {({'have': 'has', 'are': 'is'}.get(verb) or verb + 's') if number == 1 else verb}"


def _short(text: str, limit: int = 48) -> str:
    return text if len(text) <= limit else text[:limit].rpartition(" ")[0] + "..."


def of_status(checked: Sequence[Checked], status: Status) -> list[Checked]:
    """The claims with a status, in their order."""
    return [one for one in checked if one.verdict.status == status]
