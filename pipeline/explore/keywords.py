"""What is special about the company of a category: its words, its objectives, the words around it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

import pandas as pd

from pipeline.explore.counts import by_objective, order_values, single
from pipeline.extract.quote import sentences

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SHORTEST, _RAREST, _SHOWN, _SURE = 5, 2, 8, 3.84
"""Letters of a word, times that it stands, words shown, and the log-likelihood of 95 % (one degree of freedom)."""

Place = tuple[str, str]


def profile(
    documents: pd.DataFrame,
    references: pd.DataFrame,
    paragraphs: pd.DataFrame,
    objectives: pd.DataFrame,
    category: str,
    by: str,
    language: str,
) -> pd.DataFrame:
    """Return a column of facts for each value of `by`; see `Results.profile`."""
    every = single(references, by)
    named = every[every["category"] == category]
    places = single(paragraphs[paragraphs["searched"]], by)[list(dict.fromkeys([by, "document", "unit"]))]
    places = places.drop_duplicates()
    assigned = single(by_objective(references[references["category"] == category], objectives), by)
    values = [value for value in order_values(single(documents, by)[by].dropna().unique(), by) if value != ""]
    around = {value: _around(named[named[by] == value], paragraphs, language) for value in values}
    columns = {}
    for value in values:
        mine, of = named[named[by] == value], every[every[by] == value]
        here = mine[["document", "paragraph"]].drop_duplicates()
        beside = of.merge(here, on=["document", "paragraph"])
        beside = beside[beside["category"] != category][["document", "paragraph", "label"]].drop_duplicates()
        others = sum((around[other] for other in values if other != value), Counter[str]())
        total = int((places[by] == value).sum())
        columns[value] = {
            "documents": mine["document"].nunique(),
            "of documents": int((single(documents, by)[by] == value).sum()),
            "references": len(mine),
            "paragraphs": len(here),
            "percent of paragraphs": round(100 * len(here) / total, 1) if total else 0.0,
            "wordings": _most(mine["wording"].str.lower()),
            "objectives": _most(sorted(assigned.loc[assigned[by] == value, "objective"])),
            "named beside": _most(beside["label"]),
            f"words around ({language})": ", ".join(characteristic(around[value], others)),
        }
    return pd.DataFrame(columns).rename_axis(index="fact", columns=by)


def characteristic(mine: Counter[str], others: Counter[str], limit: int = _SHOWN) -> list[str]:
    """The words that stand in one text more often than chance would have it, beside another, the surest first.

    Measured by Dunning's log-likelihood; only words that stand twice and are sure at 95 %.

    >>> characteristic(Counter(recruitment=9, migration=9), Counter(migration=90, recruitment=1))
    ['recruitment']
    """
    one, two = sum(mine.values()), sum(others.values())
    scores = {}
    for word, a in mine.items():
        b = others[word]
        if a < _RAREST or not two or a / one <= b / two:
            continue
        expected = one * (a + b) / (one + two), two * (a + b) / (one + two)
        scores[word] = 2 * (a * math.log(a / expected[0]) + (b * math.log(b / expected[1]) if b else 0.0))
    sure = [word for word, score in scores.items() if score >= _SURE]
    return sorted(sure, key=lambda word: (-scores[word], word))[:limit]


def _around(references: pd.DataFrame, paragraphs: pd.DataFrame, language: str) -> Counter[str]:
    """The words of the sentences that the references stand in, each sentence once and without their own wordings."""
    wanted = references[references["language"] == language]
    texts: dict[Place, list[str]] = {}
    for document, unit, text in zip(paragraphs["document"], paragraphs["unit"], paragraphs["text"], strict=True):
        texts.setdefault((document, unit), []).append(text)
    out: Counter[str] = Counter()
    for (document, paragraph), rows in wanted.groupby(["document", "paragraph"], sort=False):
        wordings = set(rows["wording"])
        own = {word.casefold() for wording in wordings for word in _WORD.findall(wording)}
        for text in texts.get((str(document), str(paragraph)), []):
            for start, end in sentences(text):
                said = text[start:end]
                if any(wording in said for wording in wordings):
                    words = (word.casefold() for word in _WORD.findall(said))
                    out.update(word for word in words if len(word) >= _SHORTEST and word not in own)
    return out


def _most(values: Iterable[object]) -> str:
    """The most frequent values with their numbers: "19 (4), 2 (3)"."""
    counted = Counter(values).most_common(6)
    return ", ".join(f"{value} ({number})" if number > 1 else str(value) for value, number in counted)
