# /// script
# requires-python = ">=3.11"
# [tool.marimo.display]
# theme = "system"
# ///
"""Explore the references: filter, keyword in context, stakeholders and objectives, declarations side by side."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Explore the references")


@app.cell(hide_code=True)
def _():
    import altair as alt
    import marimo as mo
    import pandas as pd
    import vl_convert

    import pipeline
    from pipeline.errors import GcmrefsError
    from pipeline.explore import load_table

    live = mo.app_meta().mode in ("run", "edit")
    try:
        data = pipeline.load()
    except GcmrefsError as problem:
        if not live:
            raise SystemExit(f"error: {problem}") from None
        mo.stop(True, mo.callout(f"No tables yet. {problem}", kind="warn"))
    return alt, data, live, load_table, mo, pd, vl_convert


@app.cell(hide_code=True)
def _(live, mo, pd, vl_convert):
    usual = {"document": 210, "citation": 80, "wording": 160, "quote": 590}

    def table(frame, /, rows=10, **widths):
        """A frame with long text wrapped; `widths` are those of columns in pixels. In Jupyter a plain table."""
        if not live:
            with pd.option_context("display.max_colwidth", None):
                return mo.Html(frame.head(rows).to_html(index=frame.index.name is not None))
        narrow = {name for name, width in (usual | widths).items() if width < 200}
        text = [n for n in frame.columns if n not in narrow and not pd.api.types.is_numeric_dtype(frame[n])]
        return mo.ui.table(
            frame.reset_index(drop=frame.index.name is None),
            page_size=rows,
            selection=None,
            wrapped_columns=text,
            column_widths={name: width for name, width in (usual | widths).items() if name in frame},
            text_justify_columns={name: "right" for name in frame.columns if name == "left"},
            show_column_summaries=False,
            show_data_types=False,
        )

    def quiet(chart):
        """A chart for light and dark pages. In Jupyter a picture that is drawn here: no script comes from elsewhere."""
        chart = chart.configure(background="transparent").configure_view(stroke=None)
        chart = chart.configure_axis(gridOpacity=0.25, domainOpacity=0.4, tickOpacity=0.4, labelFontSize=11)
        if live:
            return chart
        return mo.Html(vl_convert.vegalite_to_svg(chart.properties(width=620).to_dict()))

    return quiet, table


@app.cell(hide_code=True)
def _(data, live, mo):
    _parts = data.documents.part
    _text = mo.md(f"""
    # Explore the references

    **{len(data.references):,}** references in **{len(data.paragraphs):,}** paragraphs of
    **{len(data.documents)}** documents: {(_parts == "Compact").sum()} of the Compact, {(_parts == "declaration").sum()}
    declarations, {(_parts == "other").sum()} others.
    The frames behind it are `data.references`, `data.paragraphs`, `data.objectives`, `data.decisions` and
    `data.documents`; their columns are explained at the end.
    """)
    _absent = mo.callout(
        "No document here is the Global Compact itself, so nothing can be compared with it. "
        "Get the documents of the manifest: gcmrefs corpus fetch, then gcmrefs run.",
        kind="info",
    )
    _static = mo.md("*The filters work in marimo (`gcmrefs explore`); here change the values in the code.*")
    mo.vstack([_text, *([] if live else [_static]), *([] if "Compact" in set(_parts) else [_absent])])
    return


@app.cell(hide_code=True)
def _(data, mo):
    def choice(label, values, width=None):
        return mo.ui.multiselect(options=values, label=label, full_width=bool(width))

    _labels = data.references[["label", "category"]].drop_duplicates().sort_values("label")
    by_part = choice("Part", [p for p in ("Compact", "declaration", "other") if p in set(data.documents.part)])
    by_type = choice("Kind of ISCM", [t for t in ("RCP", "IRF", "global") if data.documents.type.str.contains(t).any()])
    by_language = choice("Language", sorted(set(data.documents.language) - {""}))
    by_document = choice("Document", list(data.documents.document), width=True)
    by_category = choice("Category", dict(zip(_labels.label, _labels.category, strict=True)), width=True)
    by_objective = choice("Objective", {f"{n}. {o}": n for n, o in data.uptake().label.items()}, width=True)
    mo.vstack(
        [
            mo.md("## Filter"),
            mo.hstack([by_part, by_type, by_language], justify="start", wrap=True),
            mo.hstack([by_document, by_category, by_objective], widths="equal", wrap=True),
        ]
    )
    return (
        by_category,
        by_document,
        by_language,
        by_objective,
        by_part,
        by_type,
    )


@app.cell(hide_code=True)
def _(
    by_category,
    by_document,
    by_language,
    by_objective,
    by_part,
    by_type,
    data,
    mo,
    table,
):
    chosen = data.only(part=by_part.value, language=by_language.value, document=by_document.value, type=by_type.value)
    found = chosen.by_objective() if by_objective.value else chosen.references
    if by_objective.value:
        found = found[found.objective.isin(by_objective.value)]
    if by_category.value:
        found = found[found.category.isin(by_category.value)]
    mo.vstack(
        [
            mo.md(f"**{len(found):,}** references in **{found.document.nunique()}** documents."),
            table(
                found[["document", "citation", "label", "wording", "quote"]],
                rows=8,
                document=150,
                citation=75,
                label=205,
                wording=205,
                quote=420,
            ),
        ]
    )
    return (chosen,)


@app.cell(hide_code=True)
def _(mo):
    term = mo.ui.text(value="diaspora", label="Words, several with commas", full_width=True)
    width = mo.ui.slider(30, 150, step=10, value=70, label="Width", show_value=True)
    whole = mo.ui.checkbox(label="Whole words only")
    mo.vstack(
        [
            mo.md(
                """
                ## Keyword in context

                A term is found where a word begins with it, `*` stands for any letters; with a capital letter
                it is case-sensitive. The filter above applies.
                """
            ),
            mo.hstack([term, width, whole], widths=[3, 2, 1], align="center"),
        ]
    )
    return term, whole, width


@app.cell(hide_code=True)
def _(chosen, mo, table, term, whole, width):
    _terms = [t for t in term.value.split(",") if t.strip("* ")]
    mo.stop(not _terms, mo.md("*Write a word.*"))
    lines = chosen.concordance(*_terms, width=width.value, whole=whole.value)
    mo.vstack(
        [
            mo.md(f"**{len(lines):,}** places in **{lines.document.nunique()}** documents."),
            table(
                lines[["document", "citation", "left", "keyword", "right"]],
                document=190,
                left=340,
                keyword=105,
                right=340,
            ),
        ]
    )
    return


@app.cell(hide_code=True)
def _(alt, chosen, data, mo, pd, quiet):
    def heat(results):
        """Paragraphs in which a stakeholder and an objective stand together; empty cells stay empty."""
        long = (
            results.co_occurrence("label", "objective", group="stakeholder").stack().rename("paragraphs").reset_index()
        )
        long = long[long.paragraphs > 0].assign(title=lambda rows: rows.objective.map(data.uptake().label))
        if long.empty:
            return None
        base = alt.Chart(pd.DataFrame(long)).encode(
            x=alt.X("objective:O", title="Objective", axis=alt.Axis(labelAngle=0, orient="top")),
            y=alt.Y("label:N", title=None, sort=list(long.label.unique()), axis=alt.Axis(labelLimit=230)),
            tooltip=["label", "objective", "title", "paragraphs"],
        )
        shades = alt.Scale(range=["#a9c8ef", "#1b4b91"], type="sqrt")
        cells = base.mark_rect(cornerRadius=2).encode(color=alt.Color("paragraphs:Q", scale=shades, legend=None))
        high = alt.datum.paragraphs > long.paragraphs.max() / 4
        ink = alt.condition(high, alt.value("white"), alt.value("#10233f"))
        numbers = base.mark_text(fontSize=11).encode(text="paragraphs:Q", color=ink)
        return quiet((cells + numbers).properties(width="container", height=alt.Step(24)))

    _drawn = heat(chosen)
    mo.vstack(
        [
            mo.md(
                """
                ## Stakeholders and objectives

                Paragraphs that name the stakeholder and stand under the objective, or are about it.
                """
            ),
            _drawn if _drawn is not None else mo.md("*No stakeholder stands with an objective here.*"),
        ]
    )
    return


@app.cell(hide_code=True)
def _(data, mo):
    _declarations = data.documents[data.documents.part != "other"].document.tolist() or data.documents.document.tolist()
    sides = mo.ui.multiselect(
        options=data.documents.document.tolist(),
        value=_declarations[:2],
        label="Documents",
        full_width=True,
    )
    side_by = mo.ui.radio(
        options={"documents": "document", "Compact and declarations": "part", "kind of ISCM": "type"},
        value="Compact and declarations",
        label="Compare",
        inline=True,
    )
    mo.vstack([mo.md("## Side by side"), side_by, sides])
    return side_by, sides


@app.cell(hide_code=True)
def _(alt, data, live, mo, quiet, side_by, sides, table):
    _by = sides.value if side_by.value == "document" else side_by.value
    mo.stop(not len(_by), mo.md("*Choose documents.*"))
    shares = data.compare(_by)
    shares = shares[[column for column in shares.columns if column != ""]]
    _long = shares.rename_axis(index="label", columns="side").stack().rename("percent").reset_index()
    _bars = (
        alt.Chart(_long[_long.label.isin(shares.max(axis=1).nlargest(14).index)])
        .mark_bar(cornerRadiusEnd=2)
        .encode(
            x=alt.X("percent:Q", title="percent of paragraphs"),
            y=alt.Y("label:N", title=None, sort=list(shares.index), axis=alt.Axis(labelLimit=260)),
            yOffset=alt.YOffset("side:N", sort=list(shares.columns)),
            color=alt.Color(
                "side:N",
                sort=list(shares.columns),
                title=None,
                scale=alt.Scale(range=["#3b76c4", "#d98c2b", "#4aa58a", "#b0609e", "#8a8f98"]),
                legend=alt.Legend(orient="top", labelLimit=320),
            ),
            tooltip=["label", "side", "percent"],
        )
        .properties(width="container", height=alt.Step(9 if len(shares.columns) > 2 else 13))
    )
    mo.vstack(
        [
            mo.md("Percent of the paragraphs that name each category; the chart shows the fourteen named most."),
            quiet(_bars),
            mo.accordion({"All categories as a table": table(shares, rows=40)}) if live else table(shares, rows=40),
        ]
    )
    return


@app.cell(hide_code=True)
def _(alt, chosen, mo, quiet):
    _years = (
        chosen.references.dropna(subset="year").groupby(["year", "group"]).size().rename("references").reset_index()
    )
    _timeline = (
        alt.Chart(_years.astype({"year": int}))
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("references:Q"),
            color=alt.Color(
                "group:N",
                title=None,
                sort=["iscm", "igo", "stakeholder", "other"],
                scale=alt.Scale(range=["#3b76c4", "#4aa58a", "#d98c2b", "#8a8f98"]),
                legend=alt.Legend(orient="top"),
            ),
            tooltip=["year", "group", "references"],
        )
        .properties(width="container", height=220)
    )
    mo.vstack(
        [
            mo.md("## By year\n\nReferences in the documents that have a date; the filter applies."),
            quiet(_timeline) if len(_years) else mo.md("*No dated document here.*"),
        ]
    )
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ## Questions, each in under ten lines

    ### Which declarations name diasporas but not remittances?

    Remittances are no category, so the text is searched, in the words of each language.
    """)
    return


@app.cell
def _(data, mo, table):
    remittances = ["remittance", "remesa", "remessa", "envois de fonds", "transferts de fonds", "تحويلات", "حوالات"]
    declarations = data.only(part="declaration")
    diasporas = declarations.naming("stakeholder.diasporas")
    only_diasporas = diasporas[~diasporas.document.isin(declarations.naming(*remittances).document)]
    evidence = declarations.references.query("category == 'stakeholder.diasporas'").merge(only_diasporas[["document"]])
    mo.show_code(table(evidence[["document", "citation", "wording", "quote"]]))
    return (only_diasporas,)


@app.cell(hide_code=True)
def _(data, mo):
    mo.md(f"""
    ### Which objectives has no RCP taken up?

    Of the **{data.only(type="RCP").documents.mechanism.nunique()}** RCPs with documents here. A document takes up an
    objective where it names it, or is about it (`basis` tells which; declarations older than the Compact can only be
    about it).
    """)
    return


@app.cell
def _(data, mo, table):
    taken = data.uptake(by="type", count="mechanisms")
    untouched = taken[taken["RCP"] == 0]
    mo.show_code(table(untouched))
    return (untouched,)


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ### How does the private sector's role differ between the Compact and the declarations?
    """)
    return


@app.cell
def _(data, mo, table):
    role = data.profile("stakeholder.private_sector", by="part").drop(columns="other", errors="ignore")
    quotes = data.only(part="declaration").references.query("category == 'stakeholder.private_sector'")
    quotes = quotes[["document", "citation", "wording", "quote"]]
    mo.show_code(mo.vstack([table(role, Compact=440, declaration=440), table(quotes)]))
    return (role,)


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ### Which bodies do the mechanisms name, and how?

    From the table `who_names_whom`: paragraphs by relation. States have their own table, `iscm_states`.
    """)
    return


@app.cell
def _(load_table, mo, table):
    edges = load_table("who_names_whom").query("source_kind == 'mechanism' and target_kind != 'State'")
    bodies = edges.pivot_table(index="target", columns="relation", values="count", aggfunc="sum", fill_value=0)
    mo.show_code(table(bodies))
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ### What does one language version name that the other does not?
    """)
    return


@app.cell
def _(load_table, mo, table):
    differences = load_table("translation_differences")
    shown = ["work", "kind", "name", "wording", "language", "citation", "other_language", "other_citation"]
    mo.show_code(table(differences[shown]))
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ### How is a quote cited?
    """)
    return


@app.cell
def _(load_table, mo, table):
    cited = load_table("stakeholder_quotes")
    mo.show_code(table(cited[["subsection", "quote", "footnote"]], footnote=300))
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ### What is new in the last run?

    Rows that the run published before did not have; the same column stands in every table. In a first run nothing is new.
    """)
    return


@app.cell
def _(data, mo, table):
    arrived = data.documents.query("new_in_run")[["document", "mechanism", "date", "title"]]
    fresh = data.references.query("new_in_run")[["document", "citation", "label", "wording"]]
    mo.show_code(mo.vstack([table(arrived), table(fresh)]))
    return (arrived,)


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ### What does each outcome document of a mechanism take up anew, keep and drop?
    """)
    return


@app.cell
def _(load_table, mo, table):
    series = load_table("iscm_series")
    steps = series.groupby(["short", "date", "change"], sort=False)["objective"].agg("; ".join).unstack(fill_value="")
    mo.show_code(table(steps.reset_index()))
    return (steps,)


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ### Who takes up objective 12? Nobody?

    Objectives that no outcome document takes up, with the number of documents that were read.
    """)
    return


@app.cell
def _(load_table, mo, table):
    gaps = load_table("gaps")
    nobody = gaps[gaps.scope == "all"][["objective", "name", "documents_read", "taken_up_by", "told_in"]]
    mo.show_code(table(nobody))
    return (nobody,)


@app.cell(hide_code=True)
def _(data, mo, table):
    mo.vstack(
        [
            mo.md("## The columns"),
            table(data.columns_help(), rows=12, frame=110, column=140, meaning=790),
        ]
    )
    return


@app.cell(hide_code=True)
def _(arrived, mo, nobody, only_diasporas, role, steps, untouched):
    if mo.app_meta().mode == "script":
        for _title, _table in {
            "Declarations that name diasporas but not remittances": only_diasporas[["document", "title"]],
            "Objectives that no RCP has taken up": untouched,
            "The private sector in the Compact and in the declarations": role,
            "New documents in the last run": arrived,
            "Objectives from one outcome document to the next": steps,
            "Objectives that no outcome document takes up": nobody,
        }.items():
            print(f"\n{_title}\n{_table.to_string()}")
    return


if __name__ == "__main__":
    app.run()
