"""The reference tables: wordings, quotes, objectives and counts, built from the rows of references and paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from extractors.lexicon.categories import SECTIONS, section_of
from pipeline.extract import quote
from pipeline.extract.quote import LIMIT, Span
from pipeline.segment.citation import citation
from pipeline.tables.columns import COLUMNS
from pipeline.tables.records import Rows, number, subsection
from pipeline.tables.sentences import Evidence
from pipeline.tables.table import Table, frame

HUMAN = {"accepted": "✓", "edited": "✎", "added": "✎"}
OBJECTIVES = range(1, 24)


def _wordings(source: Rows, section: str, evidence: Evidence) -> Table:
    rows = []
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    where: dict[tuple[str, str], set[str]] = {}
    first: dict[tuple[str, str, str], int] = {}
    for n, row in enumerate(_of(source, section)):
        key = (row["document"], row["category"], _folded(row["wording"]))
        found.setdefault(key, []).append(row)
        where.setdefault(key[1:], set()).add(row["document"])
        first.setdefault((row["document"], row["category"], row["canonical"] or key[2]), n)

    def place(key: tuple[str, str, str]) -> tuple[Any, ...]:
        name = found[key][0]["canonical"] or key[2]
        return (source.documents[key[0]], source.rank(key[1]), first[(*key[:2], name)])

    for key in sorted(found, key=place):
        group = found[key]
        status = Counter(row["status"] for row in group)
        rows.append(
            {
                "document": key[0],
                "label": source.label(key[1]),
                "wording": Counter(row["wording"] for row in group).most_common(1)[0][0],
                "canonical": next((row["canonical"] for row in group if row["canonical"]), ""),
                "paragraphs": source.cite(group),
                "objectives": ", ".join(str(n) for n in sorted({n for row in group for n in source.objectives(row)})),
                "documents": len(where[key[1:]]),
                "count": len(group),
                "mentions": sum(number(row["occurrences"]) for row in group),
                "status": _summary(status),
                "note": _note(status),
                "self": _self(evidence, group),
                "category": key[1],
            }
        )
    columns = (
        "document label wording canonical paragraphs objectives documents count mentions status note self category"
    )
    return Table(
        f"{section}_wordings",
        f"{SECTIONS[section]}: wordings",
        "One row for each wording in a document, with the paragraphs that use it.",
        "wordings",
        frame(rows, columns),
        section=section,
    )


def _quotes(source: Rows, section: str, evidence: Evidence) -> Table:
    bullets: dict[tuple[str, str, str, str, str], list[tuple[dict[str, Any], list[Span]]]] = {}
    texts: dict[tuple[str, str, str, str, str], str] = {}
    for row in _of(source, section):
        text, spans = source.passage(row)
        key = (row["document"], row["category"], subsection(source, row), row["paragraph"], text or row["quote"])
        bullets.setdefault(key, []).append((row, spans))
        texts[key] = text
    order = {key: n for n, key in enumerate(bullets)}
    leads: dict[tuple[str, ...], int] = {}
    for key, n in order.items():
        leads.setdefault(key[:3], n)
    rows, rich = [], []
    for key in sorted(order, key=lambda k: (source.documents[k[0]], source.rank(k[1]), leads[k[:3]], order[k])):
        group = [row for row, _ in bullets[key]]
        spans = [span for _, found in bullets[key] for span in found]
        wordings = list(dict.fromkeys(row["wording"] for row in group))
        if texts[key]:
            pieces = source.cut(texts[key], spans, min(LIMIT + 80 * (len(set(spans)) - 1), 2 * LIMIT))
        else:
            pieces = quote.mark(group[0]["quote"], wordings)
        status = Counter(row["status"] for row in group)
        rich.append(pieces)
        rows.append(
            {
                "document": key[0],
                "subsection": key[2],
                "citation": citation(key[3], source.short),
                "wording": "; ".join(wordings),
                "quote": quote.plain(pieces),
                "objective": next(iter(source.objectives(group[0])), None),
                "page": next((row["page"] for row in group if isinstance(row["page"], int)), None),
                "status": _summary(status),
                "note": _note(status),
                "self": _self(evidence, group),
                "label": source.label(key[1]),
                "category": key[1],
                "paragraph": key[3],
            }
        )
    columns = "document subsection citation wording quote objective page status note self label category paragraph"
    return Table(
        f"{section}_quotes",
        f"{SECTIONS[section]}: quotes",
        "One row for each paragraph under a name, wording or category. Wordings are bold; ... marks words left out.",
        "quotes",
        frame(rows, columns),
        rich={"quote": tuple(rich)},
        section=section,
    )


def _by_objective(source: Rows) -> Table:
    rows = []
    ordered = sorted(
        _of(source, "stakeholder"), key=lambda r: (source.documents[r["document"]], source.rank(r["category"]))
    )
    for (document, category), group in groupby(ordered, key=lambda r: (r["document"], r["category"])):
        cells: dict[str, list[dict[str, Any]]] = {}
        for row in group:
            for n in source.objectives(row) or [0]:
                cells.setdefault(f"objective_{n}" if n in OBJECTIVES else "elsewhere", []).append(row)
        cited = {column: source.cite(cell) for column, cell in cells.items()}
        rows.append({"document": document, "label": source.label(category), "category": category, **cited})
    return Table(
        "stakeholders_by_objective",
        "Non-State stakeholders by objective",
        "Paragraphs that name the stakeholder, under the objectives of the Global Compact that they belong to or, "
        "in other documents, are about.",
        "matrix",
        frame(rows, f"document label {_OBJECTIVE_COLUMNS} elsewhere category"),
        headers=_OBJECTIVE_HEADERS,
        section="stakeholder",
    )


def _by_objective_counts(source: Rows) -> Table:
    found: dict[str, dict[str, set[tuple[str, str]]]] = {
        category: {} for category in source.labels if category.startswith("stakeholder.")
    }
    for row in _of(source, "stakeholder"):
        cells = found.setdefault(row["category"], {})
        unit = (row["document"], row["paragraph"])
        for n in source.objectives(row) or [0]:
            cells.setdefault(f"objective_{n}" if n in OBJECTIVES else "elsewhere", set()).add(unit)
        cells.setdefault("total", set()).add(unit)
    names = [*_OBJECTIVE_COLUMNS.split(), "elsewhere", "total"]
    rows = [
        {"label": source.label(c), **{name: len(found[c].get(name, ())) for name in names}, "category": c}
        for c in sorted(found, key=source.rank)
    ]
    return Table(
        "stakeholders_by_objective_counts",
        "Non-State stakeholders by objective: counts",
        "Number of paragraphs of each objective that name the stakeholder, all documents together; "
        "a paragraph about several objectives counts once in the total.",
        "matrix",
        frame(rows, " ".join(["label", *names, "category"])),
        headers=_OBJECTIVE_HEADERS,
        section="stakeholder",
    )


def _by_category(source: Rows) -> Table:
    counts = Counter((row["category"], row["document"]) for row in source.references)
    sections = {row["category"]: SECTIONS[section_of(row)] for row in reversed(source.references)}
    documents = list(source.documents)
    columns = {document: f"document_{n}" for n, document in enumerate(documents, 1)}
    rows = [
        {
            "section": sections[category],
            "label": source.label(category),
            "total": sum(counts[category, document] for document in documents),
            **{columns[document]: counts[category, document] for document in documents},
            "category": category,
        }
        for category in sorted(sections, key=lambda c: (list(SECTIONS.values()).index(sections[c]), source.rank(c)))
    ]
    counted = frame(rows, " ".join(["section", "label", "total", *columns.values(), "category"]))
    return Table(
        "counts_by_category",
        "References by category and document",
        "Number of references of each category in each document.",
        "matrix",
        counted.rename(columns={c: f"document {d}" if d in COLUMNS else d for d, c in columns.items()}),
    )


def _by_document(source: Rows) -> Table:
    held = Counter(row["document"] for row in source.paragraphs)
    located: dict[str, list[dict[str, Any]]] = {}
    for row in source.references:
        located.setdefault(row["document"], []).append(row)
    rows = []
    for document in source.documents:
        found = located.get(document, [])
        sections = Counter(section_of(row) for row in found)
        rows.append(
            {
                "document": document,
                "title": source.titles.get(document, ""),
                "iscm": next((row["iscm"] for row in found if row["iscm"]), ""),
                "language": next((row["language"] for row in found if row["language"]), ""),
                "paragraph_count": held[document],
                "with_references": len({row["paragraph"] for row in found}),
                "count": len(found),
                "mentions": sum(number(row["occurrences"]) for row in found),
                **{f"{section}_count": sections[section] for section in SECTIONS},
                "reviewed": sum(row["status"] in HUMAN for row in found),
                "rejected": source.rejected[document],
            }
        )
    columns = (
        "document title iscm language paragraph_count with_references count mentions "
        "iscm_count igo_count stakeholder_count other_count reviewed rejected"
    )
    return Table(
        "counts_by_document",
        "Documents and their references",
        "One row for each document of the run, also those without any reference.",
        "counts",
        frame(rows, columns),
        headers={
            "iscm_count": "ISCMs",
            "igo_count": "IGOs",
            "stakeholder_count": "Stakeholders",
            "other_count": "Other",
        },
    )


_OBJECTIVE_COLUMNS = " ".join(f"objective_{n}" for n in OBJECTIVES)
_OBJECTIVE_HEADERS = {f"objective_{n}": str(n) for n in OBJECTIVES}


def _of(source: Rows, section: str) -> list[dict[str, Any]]:
    return [row for row in source.references if section_of(row) == section]


def _self(evidence: Evidence, group: Sequence[Mapping[str, Any]]) -> str:
    """ "self" where every reference of the group is the issuing mechanism's own name."""
    return "self" if all(evidence.is_self(row) for row in group) else ""


def _folded(wording: str) -> str:
    return " ".join(wording.casefold().translate({0x2019: "'", 0x2011: "-", 0x2010: "-"}).split())


def _summary(status: Counter[str]) -> str:
    """One status, or the number of each: "machine 2, accepted 1"."""
    if len(status) == 1:
        return next(iter(status))
    return ", ".join(f"{name} {status[name]}" for name in ("machine", *HUMAN) if status[name])


def _note(status: Counter[str]) -> str:
    return "".join(dict.fromkeys(sign for name, sign in HUMAN.items() if status[name]))
