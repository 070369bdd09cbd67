"""What a document is: its title, date, ISCM, role, work and language, decided by analysts over manifest and text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import quote

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from extractors.model import ROLES
from pipeline.corpus.manifest import MANIFEST, Source, read_manifest
from pipeline.errors import CorpusError, GcmrefsError
from pipeline.review import ledger
from pipeline.review.cuts import find_orphans
from pipeline.review.decision import Decision
from pipeline.review.facts import FIELDS, decide_fact, facts_standing, field_of
from pipeline.review.standing import Standing, standings
from pipeline.review.successors import OF_DOCUMENTS
from pipeline.translation import gettext, gettext_noop
from pipeline.webapp.pages.item import SAID, may_settle
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
OUT_OF_DATE = gettext_noop("Somebody has decided this while you looked at it: look again.")


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """One fact of a document as the form shows it: the value that counts, what the machine and the manifest say, and who
    said otherwise. `is_waiting` tells that the last run did not know yet what counts."""

    name: str
    value: str
    machine: str
    manifest: str
    standing: Standing | None
    is_waiting: bool

    @property
    def label(self) -> str:
        return FIELDS[self.name]

    @property
    def is_decided(self) -> bool:
        return self.standing is not None and self.standing.deciding is not None

    @property
    def verdicts(self) -> tuple[Decision, ...]:
        return self.standing.verdicts if self.standing else ()


def document_of(visit: Visit, slug: str) -> Mapping[str, object]:
    """The row of a document of the last run. Raises a 404 for one that it does not have."""
    row = visit.desk.documents.get(slug)
    if row is None:
        raise HTTPException(404)
    return row


def home(slug: str, **told: str) -> str:
    """The address of a document's page."""
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in told.items())
    return f"/document/{quote(slug, safe='')}{'?' if query else ''}{query}"


def decisions_about(visit: Visit, slug: str = "") -> list[Decision]:
    """What analysts said of documents and of how they are cut, on whichever copy; of one, or of all."""
    return [one for one in visit.desk.decisions_of(OF_DOCUMENTS) if slug in ("", one.document)]


def fact_fields(visit: Visit, slug: str, manifest: Source | None = None) -> list[DocumentFact]:
    """The facts of a document as they stand."""
    row = document_of(visit, slug)
    stood = facts_standing(decisions_about(visit, slug)).get(slug, {})
    rows = visit.desk.run.get("documents") or ()
    known = next((str(one.get("decided") or "") for one in rows if one.get("document") == slug), "")
    made = {told.partition(" ")[0] for told in known.split("; ")}
    out = []
    for name in FIELDS:
        standing, shown = stood.get(name), str(row.get(name) or "")
        deciding = standing.deciding if standing else None
        value = deciding.facts.get(name) if deciding and deciding.facts else shown
        machine = standing.verdicts[0].machine if standing and standing.verdicts else None
        out.append(
            DocumentFact(
                name,
                value,
                machine.get(name) if machine is not None and hasattr(machine, "get") else shown,
                str(getattr(manifest, name, "") or ""),
                standing,
                (deciding is not None) != (name in made) or value != shown,
            )
        )
    return out


def listed(visit: Visit, slug: str) -> Source | None:
    """What the manifest says of a document, None where it says nothing, or cannot be read now."""
    path = visit.site.settings.corpus / MANIFEST
    try:
        return next((one for one in read_manifest(path).sources if one.slug == slug), None) if path.is_file() else None
    except CorpusError:
        return None


@router.get("/document/{slug}/facts")
def show_facts(visit: Visiting, slug: str) -> Response:
    """Show the form."""
    visit.site.refresh()
    return _form(visit, slug, said=visit.request.query_params.get("said", ""))


def _form(visit: Visit, slug: str, *, problem: str = "", said: str = "", status: int = 200) -> Response:
    row = document_of(visit, slug)
    known = visit.desk.documents.values()
    return visit.page(
        "document_facts.html",
        status=status,
        here="documents",
        slug=slug,
        home=home(slug),
        facts=row,
        fields=fact_fields(visit, slug, listed(visit, slug)),
        roles=ROLES,
        choices={
            name: sorted({str(one.get(name) or "") for one in known} - {""}) for name in ("iscm", "work", "language")
        },
        typed=visit.form,
        problem=problem,
        settles=partial(may_settle, visit),
        said=gettext(SAID.get(said, "")),
    )


@router.post("/document/{slug}/facts")
def save_facts(visit: Visiting, slug: str) -> Response:
    """Decide the facts that were changed, and those that were ticked as right; back to the form."""
    form, right = visit.form, set(visit.every("right"))
    lines: list[Decision] = []
    try:
        for one in fact_fields(visit, slug):
            typed = " ".join(form.get(one.name, one.value).split())
            if typed == form.get(f"was-{one.name}", one.value) and one.name not in right:
                continue
            if form.get(f"was-{one.name}", one.value) != one.value:
                return _form(visit, slug, problem=gettext(OUT_OF_DATE), status=409)
            lines += _facts_said(visit, slug, one, typed)
        visit.desk.write(lines)
    except GcmrefsError as error:
        return _form(visit, slug, problem=str(error), status=422)
    return visit.go(f"{home(slug)}/facts?said={'facts' if lines else 'unchanged'}")


def _facts_said(visit: Visit, slug: str, one: DocumentFact, typed: str) -> list[Decision]:
    """The decision about a fact; a work is said of all documents that are of it now, so that it stays theirs under its name."""
    slugs = [slug]
    if one.name == "work":
        named = (other for other, row in visit.desk.documents.items() if str(row.get("work")) == typed)
        slugs += [other for other in named if other != slug]
    comment = visit.form.get("comment", "")
    out = []
    for other in slugs:
        held = one if other == slug else next(f for f in fact_fields(visit, other) if f.name == one.name)
        if other == slug or not held.is_decided:
            row = dict(document_of(visit, other)) | {one.name: held.machine}
            out.append(
                decide_fact(
                    row,
                    one.name,
                    typed,
                    by=visit.reviewer,
                    paragraphs=visit.desk.passages(other).paragraphs,
                    comment=comment if other == slug else "",
                    origin="web",
                )
            )
    return out


@router.post("/document/{slug}/take-back")
def take_back(visit: Visiting, slug: str) -> Response:
    """Take back one's own decision about the document or its paragraphs; a work goes with what was said of its documents."""
    decisions, number = decisions_about(visit), visit.form.get("decision", "")
    line = next((one for one in decisions if str(one.decision_id) == number), None)
    if line is None:
        raise HTTPException(404)
    taken = {one.undoes for one in decisions}
    same = (
        one
        for one in decisions
        if (one.by, one.at, one.kind, field_of(one)) == (line.by, line.at, line.kind, field_of(line))
        and one.action != "undo"
        and one.decision_id not in taken
    )
    for one in list(same) or [line]:
        ledger.undo(visit.site.engine, one.decision_id, by=visit.reviewer, origin="web")
    visit.desk.refresh()
    return visit.go(_back(visit, slug, "undo"))


@router.post("/document/{slug}/settle")
def settle(visit: Visiting, slug: str) -> Response:
    """Settle a conflict about a fact or a cut: what one of its sides said counts from now on."""
    number = visit.form.get("decision", "")
    found = standings(decisions_about(visit, slug)).values()
    stood = next(
        (one for one in found if one.has_conflict and number in {str(d.decision_id) for d in one.verdicts}), None
    )
    if stood is None:
        raise HTTPException(409, gettext("There is no such conflict any more."))
    if not may_settle(visit, stood):
        raise HTTPException(403, gettext("Somebody else settles this conflict."))
    chosen = next(one for one in stood.verdicts if str(one.decision_id) == number)
    visit.desk.write([said_again(visit, chosen, adjudicates=True)])
    return visit.go(_back(visit, slug, "settle"))


def said_again(visit: Visit, line: Decision, *, adjudicates: bool = False) -> Decision:
    """The same decision by who looks at it now."""
    told = {"by": visit.reviewer, "adjudicates": adjudicates, "comment": visit.form.get("comment", "").strip()}
    return replace(line, **told, decision_id=0, at="", origin="web", undoes=None)  # type: ignore[arg-type]


def _back(visit: Visit, slug: str, said: str) -> str:
    return f"{home(slug)}/facts?said={said}" if visit.form.get("to") == "facts" else home(slug, said=said)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something about a document that analysts disagree about, or a correction whose text is there no more."""

    document: str
    decision: Decision
    is_conflict: bool

    @property
    def label(self) -> str:
        """The fact that it is about, "" for a cut."""
        return FIELDS.get(field_of(self.decision), "")

    @property
    def address(self) -> str:
        place = "/facts" if self.decision.kind == "document" else ""
        return f"{home(self.document)}{place}"


def open_questions(visit: Visit) -> Sequence[OpenQuestion]:
    """Conflicts about documents and their paragraphs, and decisions about them that no longer attach."""
    decisions = decisions_about(visit)
    gone, said = find_orphans(decisions, visit.desk.documents), visit.desk.spoken_of
    return [
        OpenQuestion(stood.document, stood.verdicts[-1], stood.has_conflict)
        for name, stood in standings(decisions).items()
        if name in said and stood.verdicts and (stood.has_conflict or name in gone)
    ]
