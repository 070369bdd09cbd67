"""Declarations that nobody made, each another work: what a corpus costs that grows by new texts, not by copies.

Run it with `python -m benchmarks.distinct FOLDER NUMBER` to have them written. The same number gives the same text.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

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
    day, year = chance.randint(1, 28), chance.randint(2005, 2026)
    lines = [own, f"{town}, {day} June {year}", f"{town} Declaration", f"We, the Ministers of the {own}, agree:"]
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
                year=year + chance.randint(1, 6),
            )
            for _ in range(chance.randint(1, 2))
        )
        lines.append(f"{n}. {' '.join(sentences)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write_documents(Path(sys.argv[1]), int(sys.argv[2]))
