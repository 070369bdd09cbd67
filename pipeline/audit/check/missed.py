"""References of the analysed text that an analysis leaves out, in the categories that it covers."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.lexicon.categories import category_label
from extractors.text.normalization import squash
from pipeline.audit.check.original import Original, is_within
from pipeline.audit.check.subject import Subjects
from pipeline.audit.claims import Checked, Missed, Narrated
from pipeline.extract.quote import quote_text
from pipeline.segment.pointer import key_of

_LONGEST = 260


def find_missed(
    original: Original, checked: Sequence[Checked], narrative: Sequence[Narrated], subjects: Subjects
) -> list[Missed]:
    """List the references of the claims' categories in paragraphs that no claim of the category names, nor a paragraph
    above them; one row for each paragraph, category and wording.

    A wording of several categories ("private sector and employers") speaks for that of its heading, if it has that.
    """
    covered: dict[str, set[str]] = {}
    meant: set[str] = set()
    for one in checked:
        headed = subjects.known(one.claim.section.rpartition(" > ")[2]).categories
        meant |= (one.verdict.categories & headed) or one.verdict.categories
        for category in one.verdict.categories:
            names = covered.setdefault(category, set())
            names.update({one.verdict.paragraph} - {""})
            if one.verdict.status != "not_found":
                names.update(original.name(key) for key in original.readings(key_of(one.claim.printed)))
    for said in narrative:
        if not checked and said.cited:
            meant |= said.categories
        for category in said.categories:
            covered.setdefault(category, set())
            covered[category].update(original.name(name) for key in said.cited for name in original.readings(key))
    out: dict[tuple[str, str, str], Missed] = {}
    for found in original.mentions:
        if found.category not in meant:
            continue
        unit = original.units[found.unit]
        name = original.ids[found.unit]
        if unit.kind in ("title", "frontmatter") or any(
            is_within(name, above) for above in covered[found.category] if above
        ):
            continue
        key = (found.category, name, squash(found.wording))
        if key not in out:
            text = quote_text(unit.text, [(found.start, found.end)], _LONGEST)
            at = max(0, text.find(found.wording))
            label = category_label(found.category, {})
            out[key] = Missed(found.category, label, name, found.wording, text, (at, at + len(found.wording)))
    order = {category: n for n, category in enumerate(covered)}
    return sorted(out.values(), key=lambda m: order[m.category])
