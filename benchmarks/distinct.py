"""What a corpus costs that grows by new texts, not by copies: declarations that nobody made, each another work.

Run it with `python -m benchmarks.distinct [NUMBER ...]` (300 and 1,000 by default). For each number of documents it prints
what a first run takes, and the run after it with one document more: seconds and peak memory of the main process. The text of
a declaration follows from its number, and each is of a later day than those before it.
"""

from __future__ import annotations

import math
import random
import sys
import tempfile
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from benchmarks.refresh import Timed, timed
from pipeline.tables.registry import load_registry

_ACTIONS = (
    "strengthen", "expand", "review", "promote", "support", "develop", "improve", "monitor", "harmonize", "simplify",
    "finance", "evaluate", "coordinate", "extend", "document", "pilot",
)  # fmt: skip
_MATTERS = (
    "consular assistance", "the recognition of skills", "fair recruitment", "the fight against trafficking in persons",
    "remittances at lower cost", "the collection of data", "border management", "alternatives to detention",
    "the portability of social security", "safe and dignified return", "access to basic services", "birth registration",
    "pre-departure information", "search and rescue", "the inclusion of migrants", "family reunification",
    "the investments of diasporas", "labour inspection", "visa facilitation", "the screening of arrivals",
)  # fmt: skip
_PARTNERS = (
    "the International Organization for Migration (IOM)", "the International Labour Organization (ILO)", "UNHCR",
    "civil society", "the private sector", "trade unions", "employers", "academia", "local authorities", "the media",
    "migrants and diasporas", "national human rights institutions", "the African Union", "the League of Arab States",
    "the European Union", "the World Bank", "parliaments", "faith-based organizations", "youth organizations", "UNICEF",
)  # fmt: skip
_PLACES = (
    "border towns", "ports", "rural districts", "large cities", "the islands", "transit areas", "mining regions", "schools",
    "health centres", "labour markets", "consulates", "airports", "farms", "universities", "reception centres", "coasts",
)  # fmt: skip
_MANNERS = (
    "through joint training", "through yearly reports", "with a pilot project", "by means of a shared portal",
    "through bilateral agreements", "with a network of focal points", "through peer learning", "with a common manual",
    "by exchanging officers", "through a trust fund", "with model contracts", "by comparing statistics",
)  # fmt: skip
_SENTENCES = (
    "We commit to {action} {matter} in {place} {manner}, together with {partner}.",
    "We invite {partner} and {other} to {action} {matter} {manner} by {year}.",
    "We note that {matter} and {second} concern women and children in {place} most.",
    "We recall the work of the {mechanism} on {matter}, and encourage {partner} to {action} it {manner}.",
    "States should {action} {matter} in {place}, in line with the Global Compact for Safe, Orderly and Regular Migration.",
    "We welcome the contribution of {partner} to {second} in {place} {manner}.",
    "We decide to establish a working group on {matter} {manner}, which reports in {year}.",
)
_FIRST_DAY = date(1995, 1, 1)
_LENGTH = 6
"""Paragraphs of a declaration."""


def write_documents(folder: Path, number: int, *, start: int = 0) -> None:
    """Write so many declarations, the first of them that of the number `start`."""
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(load_registry().mechanisms)
    for n in range(start, start + number):
        (folder / f"declaration-{n:05}.txt").write_text(compose(n, names), encoding="utf-8")


def compose(number: int, names: list[str]) -> str:
    """The text of one declaration of one of these mechanisms."""
    chance = random.Random(number)
    own, town = chance.choice(names), f"{chance.choice('BDGKLMNPRST')}a{chance.choice('lmnrst')}o{number}ville"
    day = _FIRST_DAY + timedelta(days=4 * number)
    lines = [
        own,
        f"{town}, {day.day} {day:%B} {day.year}",
        f"{town} Declaration",
        f"We, the Ministers of the {own}, agree:",
    ]
    for n in range(1, _LENGTH + 1):
        (matter, second), (partner, other) = chance.sample(_MATTERS, 2), chance.sample(_PARTNERS, 2)
        sentences = (
            chance.choice(_SENTENCES).format(
                action=chance.choice(_ACTIONS),
                matter=matter,
                second=second,
                partner=partner,
                other=other,
                place=chance.choice(_PLACES),
                manner=chance.choice(_MANNERS),
                mechanism=chance.choice(names),
                year=day.year + chance.randint(1, 6),
            )
            for _ in range(chance.randint(1, 2))
        )
        lines.append(f"{n}. {' '.join(sentences)}")
    return "\n".join(lines) + "\n"


def measure(number: int) -> tuple[Timed, Timed]:
    """Time a first run over so many declarations, and the run after it with one more."""
    with tempfile.TemporaryDirectory(prefix="gcmrefs-bench-") as place:
        folder = Path(place)
        write_documents(folder / "corpus", number)
        first = timed(folder)
        write_documents(folder / "corpus", 1, start=number)
        return first, timed(folder)


def main() -> None:
    """Print a line for each number, and the exponents of time from each number to the next."""
    numbers = [int(word) for word in sys.argv[1:]] or [300, 1000]
    found = {}
    for number in numbers:
        first, one = found[number] = measure(number)
        print(f"{number} documents: {first.documents:.1f} s to read, {first.tables:.1f} s of tables, {first.peak:.0f} MB; "
              f"one more: {one.tables:.1f} s of tables, {one.peak:.0f} MB", flush=True)  # fmt: skip
    for few, many in pairwise(numbers):
        grown = [math.log(found[many][n].whole / found[few][n].whole, many / few) for n in range(2)]
        print(f"from {few} to {many}: exponent {grown[0]:.2f} of a first run, {grown[1]:.2f} of one more")


if __name__ == "__main__":
    main()
