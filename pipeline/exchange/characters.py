"""Characters that XML 1.0 and UTF-8 can hold; what they cannot is replaced one for one, so that offsets stay."""

from __future__ import annotations

import re

_UNHELD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def held(text: str) -> str:
    """Return the text with each character that XML 1.0 cannot hold replaced by "�" (XML 1.0, production 2, `Char`).

    >>> held("a\\x00b\\ud800"), held("a\\tb 𝔸")
    ('a�b�', 'a\\tb 𝔸')
    """
    return _UNHELD.sub("\ufffd", text)
