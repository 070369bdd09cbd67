"""Akoma Ntoso style ids of paragraphs: `43(b)(iii)` is `para_43__subpara_b__point_iii`, and the way back.

They follow the OASIS Akoma Ntoso Naming Convention 1.0: parts `name_number` joined by `__`, outer part first. Every
paragraph id has exactly one eId and no two share one, whatever a document prints as its numbers.

    47                  para_47
    43(b)(iii)          para_43__subpara_b__point_iii
    OP2, PP1, PP0       para_OP2, rec_1, formula_1
    Annex II/8(h)       att_II__para_8__subpara_h
    Key findings/4      part_Key-findings__para_4
    T1/R2/C3            table_1__tr_2__td_3
    ¶5, ¶5(1)           hcontainer_5, hcontainer_5__subpara_1
    chapeau             hcontainer_chapeau
    H:Preamble          crossHeading_Preamble
    TITLE, FM1, BM1     preface__docTitle, preface__p_1, conclusions__p_1
    17#2, 17#n1         para_17__p_2, para_17__note_1

A space is `-`; letters, digits and "." stand as they are; any other character is its code in `~`: "," is `~2c~`.
"""

from __future__ import annotations

import re

from pipeline.errors import GcmrefsError

JOINT = "__"
_SUFFIX = re.compile(r"(.*)#(n?)([a-z]*[0-9]+)\Z", re.DOTALL)
_GROUPS = re.compile(r"([^()]*)((?:\([^()]*\))+)\Z", re.DOTALL)
_GROUP = re.compile(r"\(([^()]*)\)")
_CELL = re.compile(r"T([0-9]+)/R([0-9]+)/C([0-9]+)\Z")
_ANNEX = re.compile(r"Annex(?: ([^\s/]+))?\Z")
_COUNTED = re.compile(r"(PP|FM|BM|¶)([0-9]+)\Z")
_WORDS = frozenset({"chapeau", "furniture"})
_ESCAPED = re.compile(r"~([0-9a-f]*)~")
_SAFE = re.compile(r"(?:[^\W_]|[.~-])*\Z")


def format_eid(paragraph: str) -> str:
    """Return the eId of a paragraph id (with its suffix, as in `paragraphs.csv`).

    >>> format_eid("43(b)(iii)"), format_eid("Annex II/8(h)"), format_eid("H:Follow-up, review")
    ('para_43__subpara_b__point_iii', 'att_II__para_8__subpara_h', 'crossHeading_Follow~2d~up~2c~-review')
    """
    parts: list[str] = []
    tail = _SUFFIX.match(paragraph)
    rest = paragraph
    if tail:
        rest = tail[1]
        name = "note" if tail[2] and tail[3].isdigit() else "p"
        number = tail[3] if name == "note" else tail[2] + tail[3]
    while "/" in rest and not rest.startswith("H:") and not _CELL.match(rest):
        prefix, _, rest = rest.partition("/")
        annex = _ANNEX.match(prefix)
        parts.append(_part("att", annex[1]) if annex else f"part_{_written(prefix)}")
    parts += _own(rest)
    if tail:
        parts.append(f"{name}_{number}")
    return JOINT.join(parts)


def paragraph_id(value: str) -> str:
    """Return the paragraph id that an eId stands for.

    Raises GcmrefsError when it is no eId that `format_eid` gives.

    >>> paragraph_id("para_22__subpara_b"), paragraph_id("para_17__p_2"), paragraph_id("rec_1")
    ('22(b)', '17#2', 'PP1')
    """
    found = _read(value.split(JOINT))
    if found is None or format_eid(found) != value:
        raise GcmrefsError(f"{value[:80]!r}: no paragraph has this eId: use those that gcmrefs exchange writes")
    return found


def is_within(inner: str, outer: str) -> bool:
    """Tell whether an eId stands under another one.

    >>> is_within("para_22__subpara_b", "para_22"), is_within("para_220", "para_22")
    (True, False)
    """
    return inner.startswith(outer + JOINT)


def _own(rest: str) -> list[str]:
    """The parts of an id without prefix and suffix."""
    if rest.startswith("H:"):
        return [f"crossHeading_{_written(rest[2:])}"]
    if cell := _CELL.match(rest):
        return [f"table_{cell[1]}", f"tr_{cell[2]}", f"td_{cell[3]}"]
    groups = _GROUPS.match(rest)
    label, inner = (groups[1], _GROUP.findall(groups[2])) if groups else (rest, [])
    out = _label(label) if label or not inner else []
    return out + [f"{'point' if n else 'subpara'}_{_written(one)}" for n, one in enumerate(inner)]


def _label(label: str) -> list[str]:
    counted = _COUNTED.match(label)
    if label == "TITLE":
        return ["preface", "docTitle"]
    if label == "PP0":
        return ["formula_1"]
    if label in _WORDS:
        return [f"hcontainer_{label}"]
    if counted and counted[1] == "PP":
        return [f"rec_{counted[2]}"]
    if counted and counted[1] == "¶":
        return [f"hcontainer_{counted[2]}"]
    if counted:
        return ["preface" if counted[1] == "FM" else "conclusions", f"p_{counted[2]}"]
    return [f"para_{_written(label)}"]


def _read(parts: list[str]) -> str | None:
    """The id that parts stand for, None for unknown parts; that they are in the right order is for the caller to see."""
    out, place = "", 0
    while place < len(parts):
        part = parts[place]
        name, _, number = part.partition("_")
        word = _unwritten(number)
        if word is None:
            return None
        follows = parts[place + 1] if place + 1 < len(parts) else ""
        if name in ("att", "part"):
            prefix = word if name == "part" else f"Annex {word}" if number else "Annex"
            out += f"{prefix}/"
        elif part == "preface" and follows == "docTitle":
            out, place = f"{out}TITLE", place + 1
        elif part in ("preface", "conclusions") and follows.startswith("p_"):
            out, place = f"{out}{'FM' if part == 'preface' else 'BM'}{follows[2:]}", place + 1
        elif name in ("table", "tr", "td"):
            out += {"table": "T", "tr": "/R", "td": "/C"}[name] + word
        elif name in ("subpara", "point"):
            out += f"({word})"
        elif name in ("p", "note"):
            out += f"#{'n' if name == 'note' else ''}{number}"
        elif name == "hcontainer":
            out += word if word in _WORDS else f"¶{word}"
        elif part == "formula_1":
            out += "PP0"
        elif name in ("para", "rec", "crossHeading"):
            out += {"para": "", "rec": "PP", "crossHeading": "H:"}[name] + word
        else:
            return None
        place += 1
    return out


def _part(name: str, number: str | None) -> str:
    return name if number is None else f"{name}_{_written(number)}"


def _written(text: str) -> str:
    """Text as the number of a part: without spaces, joints and anything that an XML attribute or an IRI would change."""
    if not text:
        return "~~"
    return "".join(
        "-" if c == " " else c if c == "." or (c.isalnum() and c.isprintable()) else f"~{ord(c):x}~" for c in text
    )


def _unwritten(number: str) -> str | None:
    if not _SAFE.match(number):
        return None
    try:
        return _ESCAPED.sub(lambda code: chr(int(code[1], 16)) if code[1] else "", number.replace("-", " "))
    except (ValueError, OverflowError):
        return None
