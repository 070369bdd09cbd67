"""The audit as one web page: no network, no script, readable in light and dark and on paper."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from pipeline.audit.check.comparison import sides
from pipeline.audit.claims import Audit, Checked, ComparedWords, Missed, summary
from pipeline.cell import legible

if TYPE_CHECKING:
    from jinja2 import Template

LABELS = {
    "ok": "holds",
    "wrong_paragraph": "wrong paragraph",
    "wording_differs": "other words",
    "not_found": "not in the text",
    "debatable": "debatable",
}


def render_page(audit: Audit) -> bytes:
    """Return the page: summary, claims with both texts side by side (`del` and `ins`), the running text, what is missed.

    Everything from either document is escaped; the page asks for nothing and runs nothing.
    """
    html = _template().render(
        audit=audit,
        summary=legible(summary(audit)),
        labels=LABELS,
        left=printed_html,
        right=true_html,
        narrative=audit.narrative_rows(),
        quoted=quoted_html,
        legible=legible,
    )
    return html.encode("utf-8", "replace")


def printed_html(one: Checked) -> Markup:
    """The printed text with the words that the text does not have in `del`."""
    return _marked(sides(_pieces(one))[0], "del")


def true_html(one: Checked) -> Markup:
    """The true text with the words that the analysis does not have in `ins`."""
    if one.verdict.status == "not_found":
        return Markup("")
    return _marked(sides(_pieces(one))[1], "ins")


def quoted_html(missed: Missed) -> Markup:
    """The quote of a reference that is not cited, its wording marked."""
    start, end = missed.span
    parts = [(missed.quote[:start], False), (missed.quote[start:end], True), (missed.quote[end:], False)]
    return _marked(parts, "mark")


def _pieces(one: Checked) -> tuple[ComparedWords, ...]:
    if one.verdict.pieces:
        return one.verdict.pieces
    printed = one.claim.quote or one.claim.wording
    if not one.verdict.wording or one.claim.quote or printed == one.verdict.wording:
        return (ComparedWords("same", printed),)
    return (ComparedWords("printed", printed), ComparedWords("true", one.verdict.wording))


def _marked(parts: list[tuple[str, bool]], tag: str) -> Markup:
    out = Markup("")
    for text, differs in parts:
        piece = Markup.escape(legible(text))
        out += Markup("<{0}>{1}</{0}>").format(Markup(tag), piece) if differs else piece
    return out


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = files("pipeline.audit.write") / "templates"
    loader = FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8"))
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("audit.html.j2")
