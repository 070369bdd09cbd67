"""Ids: short hashes of a list of fields, the same on every machine and in every run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

Field = str | int | float | bool | None | Sequence["Field"] | Mapping[str, "Field"]


def make_identity(*fields: Field) -> str:
    """Return 16 hexadecimal digits that stand for this list of fields.

    The fields are hashed as one canonical JSON array, never joined end to end, so that `("ab", "c")` and `("a", "bc")`
    differ, as do `1` and `"1"`. Mappings count regardless of the order of their keys. Sixteen digits (64 bits) keep a
    million ids apart with odds of about 1 in 40 million.

    Raises ValueError for a number that is not finite and TypeError for anything that JSON cannot hold.

    >>> make_identity("A_RES_73_195", "47", "iscm.gfmd", "global forum on migration and development")
    '1c4513881e243d0b'
    """
    text = json.dumps(fields, ensure_ascii=True, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]


def identify_reference(document: str, paragraph: str, category: str, wording: str) -> str:
    """Return the id of a reference, which it keeps when its document is read again: wordings count as they are compared.

    >>> identify_reference("d", "17", "iscm.rcp", "the  Process") == identify_reference("d", "17", "iscm.rcp", "The process")
    True
    """
    from extractors.text.normalization import squash  # here, for a run without changes makes no id

    return make_identity(document, paragraph, category, squash(wording))
