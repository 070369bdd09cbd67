"""A brief as one page of HTML that needs no network and prints on two sheets."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Template
from markupsafe import Markup

from pipeline.cell import legible
from pipeline.export.markup import html_templates, policy_hash
from pipeline.export.run_facts import RunFacts
from pipeline.store.runs import start_of_run
from pipeline.tables.brief import labels
from pipeline.tables.brief.content import Brief
from pipeline.translation import write_date

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def _template() -> tuple[Template, Markup, str]:
    """The template, its style, and the style's hash, which is all that the page's policy allows."""
    environment = html_templates(_TEMPLATES, lambda value: legible(value) if type(value) is str else value)
    style = (_TEMPLATES / "brief.css").read_text(encoding="utf-8")
    return environment.get_template("brief.html.j2"), Markup(style), policy_hash(style)


def render(brief: Brief, run: RunFacts) -> str:
    """Return the page. Text of documents is escaped, and a content security policy allows nothing but the page's style."""
    template, style, allowed = _template()
    made = write_date(start_of_run(run)) if run.get("started") else ""
    return template.render(brief=brief, style=style, allowed=allowed, made=made, labels=labels)
