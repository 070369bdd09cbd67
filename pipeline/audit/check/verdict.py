"""What the analysed text says to a claim of a table or a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extractors.text.normalization import squash
from pipeline.audit.check import comparison, wording
from pipeline.audit.check.comparison import GAP, Token, tokens
from pipeline.audit.check.original import Original, TokenPlace, is_within, number_of
from pipeline.audit.check.wording import KnownWording, WordingHit
from pipeline.audit.claims import Claim, ComparedWords, Status, Verdict
from pipeline.segment.pointer import key_of

SURE = 0.62
"""Share of a quotation's words that a paragraph must have in order for it to be the one quoted."""
BETTER = 0.12
"""By how much another paragraph must be closer than the printed one to be the right one."""
_LISTED = 5


def verify(original: Original, claim: Claim, known: KnownWording) -> Verdict:
    """Check one claim against the text. Its paragraph is `wrong_paragraph` where the words stand elsewhere, and `ok` with a
    note where they stand in a sub-paragraph of the one printed.

    Where a printed number can be read in several ways ("23I"), the one that makes the claim true counts.
    """
    key = key_of(claim.printed)
    readings = original.readings(key)
    tried = [
        _quote(original, claim, known, name) if claim.quote else _table(original, claim, known, name)
        for name in readings
    ]
    order: dict[Status, int] = {"ok": 0, "wording_differs": 1, "wrong_paragraph": 2, "not_found": 3}
    if tried:
        at = min(range(len(tried)), key=lambda n: order[tried[n].status])
        verdict, read = tried[at], readings[at]
        if read != key:
            verdict = replace(verdict, notes=(_glyph(claim.printed, key, original.name(read)), *verdict.notes))
        return verdict
    verdict = _quote(original, claim, known, "") if claim.quote else _table(original, claim, known, "")
    above = original.parent(key)
    gone = f"the text has no paragraph {_spelled(key)}"
    if above:
        gone += f" ({original.name(above)} has no such part)"
    return replace(verdict, notes=(gone, *verdict.notes))


def _glyph(printed: str, key: str, name: str) -> str:
    if "I" in key:
        return f"printed “{printed}” (capital I for lower-case l or i), read as {name}"
    return f"printed “{printed}”, read as {name}"


def _spelled(key: str) -> str:
    """A key as it is cited: "50e" is 50(e)."""
    digits = "".join(c for c in key if not c.isalpha() or c.isupper()) if key[-1:].islower() else key
    rest = key[len(digits) :]
    return f"{digits}({rest})" if rest else key


def _table(original: Original, claim: Claim, known: KnownWording, key: str) -> Verdict:
    units = original.scope(key) if key else []
    name = original.name(key) if key else ""
    own = [n for n in units if original.ids[n] == name]
    hit = next(iter(wording.exact(original, claim.wording, own) or wording.exact(original, claim.wording, units)), None)
    categories = _categories(original, known, hit)
    if hit:
        return _placed(original, "ok", hit, name, categories)
    cased = next(iter(wording.any_case(original, claim.wording, own)), None)
    named = wording.other_words(original, known, own) or wording.other_words(original, known, units)
    if cased and (not named or _closer(claim.wording, cased, named)):
        named = cased
    if named:
        notes = (f"“{claim.wording}” is not in {original.ids[named.unit]}: {_kind_of(claim.wording, named.text)}",)
        found = _placed(original, "wording_differs", named, name, _categories(original, known, named))
        return replace(found, notes=notes + found.notes, pieces=_compared(claim.wording, named.text))
    return _elsewhere(original, claim, known, key)


def _closer(text: str, one: WordingHit, other: WordingHit) -> bool:
    return fuzz.ratio(squash(text), squash(one.text)) >= fuzz.ratio(squash(text), squash(other.text))


def _placed(original: Original, status: Status, hit: WordingHit, name: str, categories: frozenset[str]) -> Verdict:
    """A verdict at a hit, with a note where it stands below the printed paragraph."""
    true = original.ids[hit.unit]
    notes = () if not name or true == name else (f"printed one level too high: the words are in {true}",)
    return Verdict(status, true, hit.text, notes, (), categories)


def _categories(original: Original, known: KnownWording, hit: WordingHit | None) -> frozenset[str]:
    """Of what categories a claim speaks: those of its own words, else those of the mentions at its place."""
    if known.categories or hit is None:
        return known.categories
    start, end = original.tokens[hit.first].start, original.tokens[hit.last].end
    return frozenset(m.category for m in original.by_unit.get(hit.unit, ()) if m.start < end and m.end > start)


def _kind_of(printed: str, true: str) -> str:
    """Say in a word how two wordings differ."""
    if squash(printed) == squash(true):
        return f"it has “{true}” (other capitals)"
    if squash(printed) + "s" == squash(true) or squash(printed) == squash(true) + "s":
        return f"it has “{true}” (singular or plural)"
    return f"it has “{true}”"


def _compared(printed: str, true: str) -> tuple[ComparedWords, ...]:
    one, other = tokens(printed), tokens(true)
    return comparison.pieces(printed, one, true, other, comparison.changes(one, other))


def _elsewhere(original: Original, claim: Claim, known: KnownWording, key: str) -> Verdict:
    """The wording is not where it is printed: another paragraph has it that the row does not name, or none has."""
    cited = {original.name(name) for one in claim.cited for name in original.readings(one)} - {"", original.name(key)}
    hits = wording.exact(original, claim.wording) or wording.any_case(original, claim.wording)
    if not hits:
        hits = [
            WordingHit("other", m.wording, m.unit, *_ends(original.token_span(m)))
            for m in original.mentions
            if any(
                category == m.category and canonical and canonical == m.canonical
                for category, canonical in known.entries
            )
            or wording.is_alias(claim.wording, m)
        ]
    left = [h for h in hits if not original.ids[h.unit].startswith("H:")]
    left = [h for h in left if not any(is_within(original.ids[h.unit], name) for name in cited)]
    printed = original.name(key) or _spelled(key_of(claim.printed))
    gone = f"{printed} does not have “{claim.wording}”"
    if begun := wording.begun(original, claim.wording, original.scope(key) if key else []):
        gone += f", only “{begun}”"
    if not left:
        where = " nor has any paragraph that is not cited" if hits else " nor has any other paragraph"
        return Verdict("not_found", "", "", (gone + where,), (), known.categories)
    best = min(left, key=lambda h: (-likeness(original, key_of(claim.printed), h.unit), h.unit))
    others = list(dict.fromkeys(original.ids[h.unit] for h in left if h.unit != best.unit))
    notes = [gone]
    if others:
        listed = ", ".join(others[:_LISTED]) + (" ..." if len(others) > _LISTED else "")
        notes.append(f"the row does not name {listed} either")
    if reason := misread(original, key_of(claim.printed), best.unit):
        notes.append(reason)
    status: Status = "wrong_paragraph"
    return Verdict(
        status,
        original.ids[best.unit],
        best.text,
        tuple(notes),
        () if best.how == "exact" else _compared(claim.wording, best.text),
        _categories(original, known, best),
    )


def _ends(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], max(span[0], span[1] - 1)


def likeness(original: Original, key: str, unit: int) -> float:
    """How easily a printed citation is a slip for a unit's: same number or same letters, an objective's number (0 to 3)."""
    other = key_of(original.ids[unit])
    score = fuzz.ratio(key.lower(), other.lower()) / 100
    digits, letters = _split(key)
    theirs, parts = _split(other)
    score += 0.8 * (digits == theirs) + 0.8 * (bool(letters) and letters == parts)
    if digits.isdigit() and original.units[unit].objective == int(digits):
        score += 1
    return score


def misread(original: Original, key: str, unit: int) -> str:
    """Why a citation may be wrong: the number of an objective printed as that of a paragraph."""
    digits = _split(key)[0]
    if (
        digits.isdigit()
        and original.units[unit].objective == int(digits)
        and _split(key_of(original.ids[unit]))[0] != digits
    ):
        return f"the objective's number was taken for the paragraph's: objective {digits} is {number_of(original.ids[unit])}"
    return ""


def _split(key: str) -> tuple[str, str]:
    digits = "".join(c for c in key if c.isdigit())
    return digits, key.partition(digits)[2] if digits else ""


def _quote(original: Original, claim: Claim, known: KnownWording, key: str) -> Verdict:
    quote = tokens(claim.quote)
    runs = original.quoted(quote)
    name = original.name(key) if key else ""
    here = [run for run in runs if name and is_within(original.ids[original.unit_of(run[0].first)], name)]
    here.sort(key=lambda run: original.ids[original.unit_of(run[0].first)] != name)
    if here:
        return _verbatim(original, claim, known, quote, here[0], name, "ok")
    near, close = _closest(original, quote, original.scope(key)) if name else (None, 0.0)
    if runs and not (near is not None and close >= 0.97):
        best = max(runs, key=lambda run: likeness(original, key_of(claim.printed), original.unit_of(run[0].first)))
        return _verbatim(original, claim, known, quote, best, "", "wrong_paragraph")
    words = [token.text for token in quote if not token.is_sign and token.text != GAP]
    far, closer = _closest(original, quote, original.likeliest(words))
    if far is not None and closer >= SURE and (near is None or closer >= close + BETTER):
        found = _differing(original, claim, known, quote, far, "")
        reason = misread(original, key_of(claim.printed), original.unit_of(far.first))
        notes = (f"the quote is from {found.paragraph}", *((reason,) if reason else ()), *found.notes)
        return replace(found, status="wrong_paragraph", notes=notes)
    if near is not None and close >= SURE:
        return _differing(original, claim, known, quote, near, name)
    if claim.wording and name:
        units = original.scope(key)
        hit = next(iter(wording.exact(original, claim.wording, units)), None)
        if hit and close >= SURE / 2:
            found = _placed(original, "wording_differs", hit, name, _categories(original, known, hit))
            return replace(
                found, notes=("not verbatim: the paragraph has the wording, but other words around it", *found.notes)
            )
    return Verdict("not_found", "", "", ("no paragraph has these words",), (), known.categories)


def _verbatim(
    original: Original,
    claim: Claim,
    known: KnownWording,
    quote: Sequence[Token],
    run: Sequence[TokenPlace],
    name: str,
    status: Status,
) -> Verdict:
    unit = original.unit_of(run[0].first)
    true = original.ids[unit]
    notes: list[str] = []
    if status == "wrong_paragraph":
        notes.append(f"the quote is {true} word for word")
        if reason := misread(original, key_of(claim.printed), unit):
            notes.append(reason)
    elif true != name:
        notes.append(f"printed one level too high: the words are in {true}")
    notes += _ellipses(original, quote, run[0].first, run[-1].last)
    text, categories, more = _words(original, claim, known, run[0].first, run[-1].last)
    if claim.wording and text and squash(text) != squash(claim.wording):
        notes += more
    return Verdict(status, true, text, tuple(notes), (ComparedWords("same", claim.quote),), categories)


def _ellipses(original: Original, quote: Sequence[Token], first: int, last: int) -> list[str]:
    """Notes for a quotation that begins or ends inside a paragraph and does not say so."""
    notes = []
    low, high = original.starts[original.unit_of(first)], original.starts[original.unit_of(last) + 1]
    if first > low and quote[0].text != GAP:
        notes.append("starts inside the paragraph without an ellipsis")
    left = [token for token in original.tokens[last + 1 : high] if not token.is_sign]
    if left and not any(token.text == GAP for token in quote[-2:]):
        notes.append("stops before the end of the paragraph without an ellipsis")
    return notes


def _words(
    original: Original, claim: Claim, known: KnownWording, first: int, last: int
) -> tuple[str, frozenset[str], list[str]]:
    """The true wording of a quotation's bold words: the reference that they are or are part of, else they themselves."""
    if not claim.wording:
        return "", known.categories, []
    words = [token.text for token in comparison.bare(tokens(claim.wording))]
    places = [p for p in original.places(words) if first <= p.first and p.last <= last]
    places = places or [p for p in original.places(words, has_case=False) if first <= p.first and p.last <= last]
    if not places:
        units = list(range(original.unit_of(first), original.unit_of(last) + 1))
        hit = wording.other_words(original, known, units)
        return (hit.text if hit else ""), _categories(original, known, hit), []
    place = places[0]
    covering = original.covering(place.first, place.last)
    text = original.source(place.first, place.last)
    if covering is None:
        return text, known.categories, []
    whole = frozenset((covering.category,)) | known.categories
    short = [token.text.lower() for token in comparison.bare(tokens(covering.wording))] != [w.lower() for w in words]
    part = short and not claim.is_inferred and wording.says_more_than_article(covering.wording, claim.wording)
    more = [f"the bold words are part of “{covering.wording}”"] if part else []
    return covering.wording if short else text, whole, more


def _closest(original: Original, quote: Sequence[Token], units: Sequence[int]) -> tuple[TokenPlace | None, float]:
    """The stretch of some units that is most like a quotation, each unit tried by itself and then all in a row."""
    words = [token.text for token in comparison.bare(quote) if token.text != GAP and not token.is_sign]
    best: tuple[float, TokenPlace] | None = None
    runs = [[n] for n in units[:60]]
    if len(units) > 1 and units[-1] - units[0] == len(units) - 1:
        runs.append(list(units[:60]))
    for run in runs:
        held = original.span_tokens(run)[: comparison.LONGEST]
        if not held:
            continue
        score = comparison.similarity(words, [original.tokens[t].text for t in held if not original.tokens[t].is_sign])
        if best is not None and score <= best[0] + 0.02:
            continue
        low, high = comparison.window(quote, [original.tokens[t] for t in held])
        if high > low:
            best = (score, TokenPlace(held[low], held[high - 1]))
    return (best[1], best[0]) if best else (None, 0.0)


def _differing(
    original: Original, claim: Claim, known: KnownWording, quote: Sequence[Token], place: TokenPlace, name: str
) -> Verdict:
    """A quotation that is not verbatim: what differs, word by word."""
    printed = comparison.bare(quote)
    low, high = comparison.trimmed(printed, original.tokens[place.first : place.last + 1])
    place = TokenPlace(place.first + low, place.first + max(high, low + 1) - 1)
    unit = original.unit_of(place.first)
    true = original.ids[unit]
    source = original.source(place.first, place.last)
    held = comparison.bare(tokens(source))
    found = comparison.changes(printed, held)
    notes = [] if not name or true == name else [f"printed one level too high: the words are in {true}"]
    if found:
        notes.append("not verbatim: the quote reads " + "; ".join(comparison.describe_changes(printed, held, found)))
    notes += _ellipses(original, quote, place.first, place.last)
    text, categories, more = _words(original, claim, known, place.first, place.last)
    status: Status = "wording_differs" if found else "ok"
    start, end = printed[0].start, printed[-1].end
    compared = comparison.pieces(claim.quote[start:end], _moved(printed, start), source, held, found)
    return Verdict(status, true, text, (*notes, *more), compared, categories)


def _moved(found: Sequence[Token], by: int) -> list[Token]:
    return [Token(token.text, token.start - by, token.end - by) for token in found]
