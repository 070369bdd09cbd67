"""`gcmrefs brief`: what one document says, and what is new in it, on two pages."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import Language, Outputs, check_output, settings_of, write_output
from pipeline.commands.terminal import clean, console

if TYPE_CHECKING:
    from rich.text import Text

    from pipeline.tables.brief.content import Brief, BriefLine

_COLOURS = {"new": "green", "resumed": "green", "dropped": "red", "kept": "dim"}


def write_brief(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="A document of the last run, or a file that is in no corpus.")
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write .docx, .html or .md there.")] = None,
    iscm: Annotated[
        str, typer.Option("--iscm", metavar="NAME", help="Who issued a file of your own, where it does not say so.")
    ] = "",
    date: Annotated[
        str, typer.Option("--date", metavar="DAY", help="Of when such a file is, where it does not say so: 2018-12-19.")
    ] = "",
    password: Annotated[str, typer.Option("--password", help="Opens encrypted PDFs.")] = "",
    language: Language = None,
    outputs: Outputs = None,
) -> None:
    """Show on two pages what a document commits to, takes up and names, and what of it is new for its mechanism.

    It is compared with the earlier outcome documents of the same mechanism in the last run.
    """
    from pipeline.export.brief import SUFFIXES
    from pipeline.export.brief import write_brief as write_file
    from pipeline.run.briefing import brief_document

    check_output(output, *SUFFIXES)
    brief, run = brief_document(
        settings_of(None, outputs, language=language).outputs, document, iscm=iscm, date=date, password=password
    )
    if output is None:
        _show(brief)
        return
    with tempfile.TemporaryDirectory() as folder:
        made = write_file(Path(folder) / f"brief{output.suffix.lower()}", brief, run)
        write_output(output, made.read_bytes())
    console().print(f"Brief: {output}", soft_wrap=True)


def _show(brief: Brief) -> None:
    """Print a brief; addresses are links where the terminal can open them."""
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    out.print(Text(clean(brief.title), style="bold"), soft_wrap=True)
    for fact in brief.facts:
        out.print(Text.assemble((f"{fact.name:<10} ", "dim"), clean(fact.text)), soft_wrap=True)
    for section in brief.sections:
        out.print(Text(f"\n{section.heading}", style="bold"))
        for line in section.lines:
            out.print(Padding(_text(line), (0, 0, 0, 2)))
        if section.remark:
            out.print(Text(f"  {section.remark}", style="dim"))


def _text(line: BriefLine) -> Text:
    from rich.text import Text

    from pipeline.tables.brief.labels import MARKS
    from pipeline.translation import gettext

    words = Text()
    for text, style in (
        (gettext(MARKS.get(line.mark, "")), _COLOURS.get(line.mark, "")),
        (clean(line.text), "" if line.quote else "bold"),
    ):
        words.append(f"{text} " if text else "", style)
    if line.quote:
        words.append("“")
        for run in line.quote:
            ends = [" " if run.text[at : at + 1].isspace() else "" for at in (0, len(run.text) - 1)]
            words.append(clean(run.text).join(ends), "bold" if run.is_bold else "")
        words.append("” ")
    words.append(f"{clean(line.notes)} " if line.notes else "", "dim")
    for number, place in enumerate(line.places):
        words.append(", " if number else "")
        words.append(
            clean(place.citation), f"link {place.url}" if place.url.isascii() and place.url.isprintable() else ""
        )
    return words
