"""What a run says of itself, in the words of the workbook, the Word file and the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

TITLE = "References to inter-State consultation mechanisms on migration and other actors"
WHAT = (
    "References to inter-State consultation mechanisms on migration (ISCMs), intergovernmental organizations (IGOs), "
    "non-State stakeholders and related processes in the documents listed below, each with the official number of the "
    "paragraph that it stands in."
)
HOW = (
    "Each document was split into its officially numbered paragraphs and searched by rules: lists of names and "
    "wordings, and patterns. Every reference keeps its exact place in the text and the rule that found it. Marks: "
    "✓ an analyst accepted the reference, ✎ an analyst edited or added it; what an analyst rejected is in no table. "
    "The rules can miss a wording that they do not know, so that a missing reference is no proof that the document has "
    "none."
)


class Problem(NamedTuple):
    """Something that a reader of the tables has to know: the document it is about ("" = the run) and one line."""

    document: str
    kind: str
    text: str


def documents(run: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [d for d in _listed(run.get("documents")) if isinstance(d, Mapping)]


def counts(run: Mapping[str, Any]) -> dict[str, Any]:
    found = run.get("counts")
    return {str(k): v for k, v in found.items()} if isinstance(found, Mapping) else {}


def versions(run: Mapping[str, Any]) -> dict[str, str]:
    """Version of the program, of its parts and of the libraries, in one list."""
    out = {"gcmrefs": str(run["version"])} if run.get("version") else {}
    for name in ("versions", "libraries"):
        found = run.get(name)
        if isinstance(found, Mapping):
            out |= {str(k): str(v) for k, v in found.items()}
    return out


def problems(run: Mapping[str, Any]) -> list[Problem]:
    """Failures first, then missed minimums, documents not fetched, and warnings."""
    out = []
    for failure in _listed(run.get("failures")):
        if isinstance(failure, Mapping):
            text = failure.get("problem") or failure.get("error") or "failed"
            out.append(Problem(str(failure.get("document") or ""), "failed", str(text)))
        else:
            out.append(Problem("", "failed", str(failure)))
    for document in documents(run):
        text = document.get("problem") or document.get("error")
        if text:
            out.append(Problem(str(document.get("document") or ""), "failed", str(text)))
    out += [Problem("", "minimum missed", str(text)) for text in _listed(run.get("missed"))]
    out += [Problem(str(slug), "not fetched", "no file in the corpus yet") for slug in _listed(run.get("not_fetched"))]
    for document in documents(run):
        name = str(document.get("document") or "")
        out += [Problem(name, "warning", str(text)) for text in _listed(document.get("warnings"))]
    return out + [Problem("", "warning", str(text)) for text in _listed(run.get("warnings"))]


def titles(run: Mapping[str, Any]) -> dict[str, str]:
    return {str(d.get("document") or ""): str(d.get("title") or "") for d in documents(run)}


def _listed(value: Any) -> Sequence[Any]:
    if isinstance(value, str):
        return [value] if value else []
    return list(value) if isinstance(value, Sequence) else []
