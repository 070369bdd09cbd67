"""The layers of a PDF file that are switched off, and its dictionaries and lists as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral


def dictionary_of(value: object) -> dict[str, object]:
    """A dictionary of the file, by reference or in its place; an empty one for anything else."""
    found = resolve1(value)
    return found if isinstance(found, dict) else {}


def layers_off(document: PDFDocument) -> frozenset[int]:
    """Object numbers of the optional-content groups that are not shown when the file is opened."""
    properties = dictionary_of(document.catalog.get("OCProperties"))
    if not properties:
        return frozenset()
    default = dictionary_of(properties.get("D"))
    off = set(_numbers(default.get("OFF")))
    base = resolve1(default.get("BaseState"))
    if isinstance(base, PSLiteral) and base.name == "OFF":
        off = set(_numbers(properties.get("OCGs"))) - set(_numbers(default.get("ON")))
    for event in listed(default.get("AS")):
        rules = dictionary_of(event)
        if getattr(rules.get("Event"), "name", "") == "View":
            for group in listed(rules.get("OCGs")):
                state = dictionary_of(dictionary_of(dictionary_of(group).get("Usage")).get("View")).get("ViewState")
                if isinstance(group, PDFObjRef) and isinstance(state, PSLiteral):
                    (off.add if state.name == "OFF" else off.discard)(group.objid)
    return frozenset(off)


def listed(value: object) -> Sequence[object]:
    found = resolve1(value)
    return found if isinstance(found, list) else [] if found is None else [value]


def _numbers(value: object) -> Iterator[int]:
    return (ref.objid for ref in listed(value) if isinstance(ref, PDFObjRef))


def is_off(group: object, off: frozenset[int]) -> bool:
    """Whether a group, or a membership of several (ISO 32000-1, 8.11.2.2), is not shown."""
    if not off or (isinstance(group, PDFObjRef) and group.objid in off):
        return bool(off)
    membership = dictionary_of(group)
    states = [number in off for number in _numbers(membership.get("OCGs"))]
    policy = resolve1(membership.get("P"))
    rule = {"AllOn": any(states), "AnyOff": not any(states), "AllOff": not all(states)}
    return bool(states) and rule.get(str(getattr(policy, "name", "AnyOn")), all(states))
