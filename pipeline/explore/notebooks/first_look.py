# /// script
# requires-python = ">=3.11"
# [tool.marimo.display]
# theme = "system"
# ///
"""The first table in ten lines: which stakeholders are named, where, and in which words."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="First look")


@app.cell(hide_code=True)
def _():
    import marimo as mo

    import pipeline
    from pipeline.errors import GcmrefsError

    live = mo.app_meta().mode in ("run", "edit")
    try:
        data = pipeline.load()
    except GcmrefsError as problem:
        if not live:
            raise SystemExit(f"error: {problem}") from None
        mo.stop(True, mo.callout(f"No tables yet. {problem}", kind="warn"))
    show = mo.show_code if live else (lambda frame: frame)
    return data, mo, show


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    # First look

    `data = pipeline.load()` has read the results of the last run. What follows is plain pandas.
    """)
    return


@app.cell
def _(data, show):
    references = data.references
    stakeholders = references[references.group == "stakeholder"]
    first = stakeholders.groupby("label").agg(
        documents=("document", "nunique"),
        references=("reference_id", "count"),
        words=("wording", lambda words: ", ".join(words.str.lower().value_counts().index[:3])),
    )
    first = first.sort_values("references", ascending=False)
    show(first)
    return (first,)


@app.cell
def _(data, show):
    places = data.concordance("diaspora", "diáspora")
    show(places[["document", "citation", "left", "keyword", "right"]])
    return


@app.cell(hide_code=True)
def _(first, mo):
    if mo.app_meta().mode == "script":
        print(first.to_string())
    return


if __name__ == "__main__":
    app.run()
