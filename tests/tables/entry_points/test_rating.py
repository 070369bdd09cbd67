"""What a text gains by which words, and where: weights of different size, so that a score tells what it is made of."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.tables.entry_points.rating import Rater, rater
from pipeline.tables.entry_points.words import AreaOfWork, Engagement, Role, Weighted, engagement


def area(name: str, *objectives: int) -> AreaOfWork:
    return AreaOfWork(id=name, label="", focus=("a",), areas=("b",), objectives=objectives, terms={"en": (name,)})


def role(name: str, weight: int, *words: str) -> Role:
    return Role(id=name, label=name, sentence=name, weight=weight, terms={"en": words, "es": words})


@cache
def words() -> Engagement:
    known = {
        "opening_words": 4,
        "opening_factor": 2.0,
        "near_words": 2,
        "near_weight": 100.0,
        "mention_weights": {"iscm": 50_000.0, "other.iom": 100_000.0},
        "role_count": 2,
        "levels": {
            "regional": Weighted(weight=1, terms={"en": ("regional", "cross-regional"), "es": ("regional",)}),
            "global": Weighted(weight=10, terms={"en": ("global",)}),
        },
        "blocked": {"en": ("global warming",)},
        "unsuited": Weighted(weight=0.5, terms={"en": ("police",)}),
        "national": {"en": ("national", "local")},
        "at_home": {"en": ("survey{,s}",)},
        "shared_roles": ("exchange",),
        "roles": (role("exchange", 1_000, "talks"), role("skills", 4_000, "training"), role("data", 2_000, "data")),
        "topics": (area("pay", 6), area("work", 6, 18), area("health", 15)),
    }
    return engagement().model_copy(update=known)


def judge(language: str = "en") -> Rater:
    return rater(words(), language)


RATED = [
    ("Regional talks.", "2202 regional exchange | Regional talks"),
    ("We all hold regional talks.", "1202 regional exchange | regional talks"),
    ("We all now hold regional talks.", "1101 regional exchange | regional talks"),
    ("We all hold on to regional one two talks.", "1101 regional exchange | regional one two talks"),
    ("We all hold on to regional one two three talks.", "1001 regional exchange | regional"),
    ("We all hold on to talks one two regional.", "1101 regional exchange | talks one two regional"),
    ("We all hold on to talks one two three regional.", "1001 regional exchange | regional"),
    ("We all hold on to regional; talks.", "1001 regional exchange | regional"),
    ("We all hold on to regional, and talks.", "1001 regional exchange | regional"),
    ("We all hold on to regional, new talks.", "1101 regional exchange | regional, new talks"),
    ("We all hold on to talks, regional.", "1001 regional exchange | regional"),
    ("We all hold on to talks and regional data.", "3101 regional data exchange | regional data"),
    ("We all hold on to data one regional talks.", "3101 regional exchange data | regional talks"),
    ("We all hold on to training, data and regional talks.", "6101 regional exchange skills data | regional talks"),
    ("We all hold on to the Global Group and its talks.", ""),
    ("(Global talks of all.", "2220 global exchange | Global talks"),
    ("We all hold on to the global warming talks.", ""),
    ("We all hold on to talks on the river.", ""),
    ("We all hold on to the regional river.", ""),
    ("Regional one two three four five global talks.", "1112 global exchange | global talks"),
    ("Regional one two three four five global one two three talks.", "1012 regional exchange | Regional + global"),
    ("We all hold on to regional one two three talks of a big wide global river.", "1011 global exchange | regional + global"),
    ("We all hold on to regional talks and global data.", "3211 regional data exchange | regional talks + global data"),
    ("We all hold cross-regional and regional talks.", "1202 regional exchange | cross-regional and regional talks + regional talks"),
    ("Regional talks of police.", "2201.5 regional exchange | Regional talks"),
    ("Hold surveys and regional talks.", ""),
    ("Regional talks and surveys.", "2202 regional exchange | Regional talks"),
    ("We all hold on to surveys and regional talks.", "1101 regional exchange | regional talks"),
    ("We give training at the national, regional and global levels.", ""),
    ("We give training at the global, regional and local levels.", ""),
    ("We give training at the national town, regional and global levels.", "8011 global skills | regional + global"),
    ("We give training at the national, regional and global levels in talks.", "9111 global exchange skills | global levels in talks"),
    ("We give national training; the regional and global.", "8011 global skills | regional + global"),
]  # fmt: skip


def shown(text: str, language: str = "en", *mentioned: str) -> str:
    rated = judge(language).rate(text, mentioned)
    if rated is None:
        return ""
    bold = " + ".join(text[start:end] for start, end in rated.bold)
    return f"{rated.score:g} {rated.level} {' '.join(role.id for role in rated.roles)} | {bold}"


@pytest.mark.parametrize(("text", "expected"), RATED)
def test_what_a_text_gains(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("mentioned", "score"),
    [
        ((), 2_202),
        (("iscm.generic", "iscm.rcp"), 52_202),
        (("other.iom", "iscm"), 152_202),
        (("other.imrf", "igo.un_system"), 2_202),
    ],
)
def test_a_group_of_references_counts_once(mentioned: tuple[str, ...], score: int) -> None:
    assert shown("Regional talks.", "en", *mentioned).startswith(f"{score} ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hay que hablar en las talks, regional.", "1101 regional exchange | talks, regional"),
        ("Hay que hablar en las regional, talks.", "1001 regional exchange | regional"),
    ],
)
def test_a_level_may_stand_behind_what_it_qualifies(text: str, expected: str) -> None:
    assert shown(text, "es") == expected


@pytest.mark.parametrize(
    ("text", "objectives", "areas"),
    [
        ("pay and health", [6], "pay"),
        ("health", [6], "pay work"),
        ("health", [18], "work"),
        ("health and work", [], "work health"),
        ("rivers", [15, 18], "work health"),
        ("rivers", [], ""),
    ],
)
def test_areas_of_work(text: str, objectives: list[int], areas: str) -> None:
    assert " ".join(topic.id for topic in judge().topics(text, objectives)) == areas
