"""A published analysis checked against the text that it analyses. `audit_analysis` is the way in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.audit.claims import Audit, Checked, Claim
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.audit.check.original import Original
    from pipeline.audit.check.subject import Subjects
    from pipeline.ingest.line import Ingested
    from pipeline.settings import Limits

__all__ = ["Audit", "audit_analysis"]

MOST_CLAIMS = 20_000
"""Claims of one analysis that are checked; a document with more is no analysis."""


def audit_analysis(published: Path, against: Path, *, limits: Limits | None = None, password: str = "") -> Audit:
    """Find every claim of a published analysis and check it against the text it analyses.

    published  the analysis (PDF, Word, HTML or text): tables of wordings and paragraphs, quotations with their
               paragraphs, running text that cites paragraphs or objectives
    against    the analysed text, in any format
    limits     what all of it may cost (defaults: `Limits()`, from the environment); `password` opens encrypted PDFs
    raises     InputError for a file that cannot be read within them; one without a claim gives an empty result

        found = audit_analysis(Path("analysis.pdf"), Path("resolution.pdf"))
        [(one.claim.printed, one.verdict.paragraph) for one in found.claims if one.verdict.status == "wrong_paragraph"]
    """
    from pipeline.ingest.bounded import is_small, run_bounded
    from pipeline.settings import Limits as Defaults

    limits = limits or Defaults()
    if is_small(published) and is_small(against):
        return _audit(published, against, limits, password)
    name = f"{published.name} against {against.name}"
    return run_bounded(_audit, published, against, limits, password, name=name, limits=limits)


def _audit(published: Path, against: Path, limits: Limits, password: str) -> Audit:
    from pipeline.audit.check.missed import find_missed
    from pipeline.audit.check.narrative import check_narrative
    from pipeline.audit.check.subject import Subjects, quote_claims
    from pipeline.audit.read.blocks import passages
    from pipeline.audit.read.claim_readings import Quotation, read_claims
    from pipeline.extract.document import search_versions
    from pipeline.ingest import read_document

    known_versions = search_versions()
    analysis = read_document(published, limits=limits, password=password)
    original, language = _original(against, limits, password)
    found = read_claims(passages(analysis))
    quotations = [one for one in found.claims if isinstance(one, Quotation)]
    spoken = _language(analysis, [one.text for one in found.statements]) or language
    texts = [one.quote.text for one in quotations] + [h for one in quotations for h in one.headings[-1:]]
    texts += [one.section.rpartition(" > ")[2] for one in found.claims]
    texts += [one.wording for one in found.claims] + [one.text for one in found.statements]
    texts += [wording for one in quotations for wording in _bold(one)]
    subjects = Subjects(texts, spoken)
    quoted = quote_claims(quotations, subjects, original)
    claims: list[Claim] = []
    at = 0
    for one in found.claims:
        if isinstance(one, Quotation):
            claims += quoted[at]
            at += 1
        else:
            claims.append(one)
    warnings = [*analysis.warnings]
    if len(claims) > MOST_CLAIMS:
        warnings.append(f"only the first {MOST_CLAIMS:,} of {len(claims):,} claims were checked")
    checked = _checked(original, subjects, claims[:MOST_CLAIMS])
    narrative, unchecked = check_narrative(original, found.statements, subjects)
    if unchecked:
        warnings.append(
            f"{unchecked} sentences cite paragraphs for something that the lexicon does not know: not checked"
        )
    return Audit(
        published.name,
        against.name,
        original.title,
        tuple(checked),
        tuple(narrative),
        tuple(find_missed(original, checked, narrative, subjects)),
        dict(known_versions),
        tuple(warnings),
    )


def _original(path: Path, limits: Limits, password: str) -> tuple[Original, str]:
    """The analysed text, segmented and searched, and its language."""
    from pipeline.audit.check.original import Original
    from pipeline.extract.references import mentions
    from pipeline.ingest import read_document
    from pipeline.segment import split_paragraphs

    read = read_document(path, limits=limits, password=password)
    language = _language(read, [line.text for line in read.lines if line.role == "body"]) or "en"
    paragraphs = split_paragraphs(read, language=language)
    title = read.metadata.get("title", "") or next((p.text for p in paragraphs if p.kind == "title"), "")
    found = Original(paragraphs, mentions(paragraphs, language), " ".join(title.split())[:300], path.name)
    if not found.units:
        raise InputError(path.name, "no paragraph in it", "give the analysed text as the document")
    return found, language


def _language(read: Ingested, texts: Sequence[str]) -> str:
    """The language that a file names, if its text agrees, else the one its text shows; "" for an empty one."""
    from pipeline.ingest.language import LANGUAGE_SAMPLE, agreed, detect

    sample = "\n".join(texts)[:LANGUAGE_SAMPLE]
    if not sample.strip():
        return ""
    return agreed(read.metadata.get("language", ""), sample)[0] or detect(sample)


def _bold(one: object) -> list[str]:
    from pipeline.audit.read.claim_readings import Quotation, bold_words

    return [wording for wording, _ in bold_words(one.quote)] if isinstance(one, Quotation) else []


def _checked(original: Original, subjects: Subjects, claims: Sequence[Claim]) -> list[Checked]:
    """The claims with their verdicts; a list item without quotation marks that quotes nothing is running text, and out."""
    from pipeline.audit.check.verdict import verify

    out: list[Checked] = []
    for claim in claims:
        verdict = verify(original, claim, subjects.known(claim.wording, claim.quote))
        if claim.is_sure or verdict.status != "not_found":
            out.append(Checked(len(out) + 1, claim, verdict))
    return out
