"""Counts over the tidy frames: what stands together, who names what, who takes up which objective."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import pandas as pd

from extractors.lexicon.categories import CATEGORIES, SECTIONS
from extractors.lexicon.compact import load_compact
from pipeline.segment.citation import order_key
from pipeline.tables.registry import TYPES

Count = Literal["references", "paragraphs", "documents", "occurrences"]
Taken = Literal["documents", "mechanisms", "paragraphs"]

JOINT = "; "
"""Between the mechanisms, types and regions of a document that several mechanisms issued."""
_JOINED = ("mechanism", "type", "region")
_PLACE = ["document", "paragraph"]
PARTS = ("Compact", "declaration", "other")


def several(value: object) -> set[object]:
    """The single values of a joined one.

    >>> sorted(several("RCP; IRF"))
    ['IRF', 'RCP']
    """
    return set(value.split(JOINT)) if isinstance(value, str) else {value}


def by_objective(references: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """Return the references once for each objective that they belong to; see `Results.by_objective`."""
    about = _about(objectives)
    under = references[references["objective"].notna()]
    rest = references[references["objective"].isna()].drop(columns="objective")
    found = rest.reset_index().merge(about, on=_PLACE).set_index("index")
    both = pd.concat([under, found[under.columns]]) if len(found) else under
    return both.sort_index(kind="stable").astype({"objective": "Int64"}).reset_index(drop=True)


def _about(objectives: pd.DataFrame) -> pd.DataFrame:
    """(document, paragraph, objective), each once."""
    rows = objectives.loc[objectives["kind"] == "objective", ["document", "unit", "number"]]
    rows = rows.set_axis([*_PLACE, "objective"], axis=1).drop_duplicates()
    return rows.astype({"objective": "Int64"})


def co_occurrence(
    references: pd.DataFrame, objectives: pd.DataFrame, rows: str, columns: str, group: str
) -> pd.DataFrame:
    """Return in how many paragraphs the values of two columns stand together; see `Results.co_occurrence`."""
    chosen = of_group(references, group)
    if "objective" in (rows, columns):
        known = by_objective(chosen, objectives)
        pairs = known[[*_PLACE, *dict.fromkeys((rows, columns))]].drop_duplicates()
        one, other = pairs[rows], pairs[columns]
    else:
        left = chosen[[*_PLACE, rows]].drop_duplicates().rename(columns={rows: "one"})
        right = chosen[[*_PLACE, columns]].drop_duplicates().rename(columns={columns: "other"})
        pairs = left.merge(right, on=_PLACE)
        one, other = pairs["one"], pairs["other"]
    table = pd.crosstab(one, other)
    wanted = [order_values(list(found), name) for found, name in ((table.index, rows), (table.columns, columns))]
    table = table.reindex(index=wanted[0], columns=wanted[1], fill_value=0)
    return table.rename_axis(index=rows, columns=columns)


def mention_matrix(
    documents: pd.DataFrame, references: pd.DataFrame, rows: str, columns: str, count: Count, group: str
) -> pd.DataFrame:
    """Return how often each value of `rows` names each value of `columns`; see `Results.mention_matrix`."""
    chosen = single(of_group(references, group), rows, columns)
    if count == "occurrences":
        table = chosen.pivot_table(index=rows, columns=columns, values="occurrences", aggfunc="sum", observed=True)
    else:
        units = {"references": ["reference_id"], "paragraphs": _PLACE, "documents": ["document"]}[count]
        kept = chosen[list(dict.fromkeys([rows, columns, *units]))].drop_duplicates()
        table = pd.crosstab(kept[rows], kept[columns])
    there = single(documents, rows)[rows].dropna().unique() if rows in documents else table.index
    table = table.reindex(index=order_values(list(there), rows), columns=order_values(list(table.columns), columns))
    return table.fillna(0).astype("int64").rename_axis(index=rows, columns=columns)


def compare(
    documents: pd.DataFrame,
    references: pd.DataFrame,
    paragraphs: pd.DataFrame,
    by: str | Sequence[str],
    columns: str,
    group: str,
) -> pd.DataFrame:
    """Return the share of paragraphs that name each category, in percent; see `Results.compare`."""
    if isinstance(by, str):
        name, values = by, order_values(list(single(documents, by)[by].dropna().unique()), by)
    else:
        name, values = "document", list(dict.fromkeys(by))
    places = single(paragraphs[paragraphs["searched"]], name)[list(dict.fromkeys([name, "document", "unit"]))]
    totals = places.drop_duplicates().groupby(name).size()
    chosen = single(of_group(references, group), name)
    kept = chosen[list(dict.fromkeys([*_PLACE, name, columns]))].drop_duplicates()
    table = pd.crosstab(kept[columns], kept[name]).reindex(columns=values, fill_value=0)
    table = table.loc[table.sum(axis=1) > 0]
    share = table.div(totals.reindex(values).astype("float64"), axis=1).mul(100).fillna(0.0).round(1)
    share = share.reindex(order_values(list(share.index), columns))
    return share.rename_axis(index=columns, columns=None if name == "document" else name)


def uptake(
    documents: pd.DataFrame,
    objectives: pd.DataFrame,
    kind: str,
    by: str,
    count: Taken,
    basis: str | Sequence[str],
) -> pd.DataFrame:
    """Return how many documents, mechanisms or paragraphs take up each objective; see `Results.uptake`."""
    known = load_compact()
    titles: dict[str, list[tuple[int, str]]] = {
        "objective": [(o.number, o.label) for o in known.objectives],
        "principle": [(p.number, p.titles["en"]) for p in known.principles],
        "theme": [(t.number, t.label) for t in known.themes],
    }
    rows = objectives[objectives["kind"] == kind]
    wanted = [basis] if isinstance(basis, str) else list(basis)
    if any(wanted):
        rows = rows[rows["basis"].isin(wanted)]
    unit = {"documents": ["document"], "mechanisms": ["mechanism"], "paragraphs": ["document", "unit"]}[count]
    rows = single(rows, by, *unit)
    if count == "mechanisms":
        rows = rows[rows["mechanism"] != ""]
    kept = rows[list(dict.fromkeys(["number", by, *unit]))].drop_duplicates()
    table = pd.crosstab(kept["number"], kept[by])
    there = single(documents, by)[by].dropna().unique()
    columns = order_values([*(TYPES if by == "type" else ()), *(value for value in there if value != "")], by)
    table = table.reindex(index=[n for n, _ in titles[kind]], columns=columns, fill_value=0)
    table = table.astype("int64").rename_axis(index=kind, columns=None)
    table.insert(0, "label", [label for _, label in titles[kind]])
    return table


def of_group(references: pd.DataFrame, group: str) -> pd.DataFrame:
    """Keep the references of one group (iscm, igo, stakeholder, other) or all."""
    return references[references["group"] == group] if group else references


def single(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Give a document of several mechanisms, types or regions one row for each, where these columns are looked at."""
    for column in columns:
        if column in _JOINED and column in frame:
            frame = frame.assign(**{column: frame[column].str.split(JOINT)}).explode(column, ignore_index=True)
            frame = frame.drop_duplicates()
    return frame


def order_values(values: Iterable[object], column: str) -> list[object]:
    """Put values in the order in which the tables show them: categories, types, parts, paragraph numbers, else as they
    come or by themselves; all 23 objectives."""
    found = list(dict.fromkeys(values))
    if column == "objective":
        return [o.number for o in load_compact().objectives]
    known: Sequence[object] = {
        "category": list(CATEGORIES),
        "label": list(CATEGORIES.values()),
        "type": list(TYPES),
        "part": PARTS,
        "group": list(SECTIONS),
    }.get(column, ())
    if known:
        place = {value: n for n, value in enumerate(known)}
        return sorted(found, key=lambda value: (place.get(value, len(place)), str(value)))
    if column == "document":
        return found
    if column == "paragraph":
        return sorted(found, key=lambda value: order_key(str(value)))
    return sorted(found, key=lambda value: (value == "", value))
