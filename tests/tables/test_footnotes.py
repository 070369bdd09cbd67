"""A footnote of each kind of document and of each kind of place in it, in the form of the United Nations Editorial Manual."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import DocumentRow
from pipeline.tables.footnotes import Footnote, cite, footnote, printed_date
from tests.tables import sample

COMPACT = DocumentRow(
    "gcm", symbol="A/RES/73/195", kind="resolution", format="pdf", url="https://undocs.example/A/RES/73/195"
)
REPORT = DocumentRow("report", symbol="A/76/642", role="report", title="Report of the Secretary-General")
LAKE = DocumentRow(
    "lake",
    title="Lake Declaration",
    iscm="Lake Process",
    role="outcome",
    date="2022-06-10",
    url="https://lake.example/d",
)
UNDATED = DocumentRow("lake2", title="Joint Statement", iscm="Lake Process (LP)", role="outcome")
CANCUN = DocumentRow("c", title="VIII Conferencia, Cancún, 29 y 30 de mayo de 2003", date="2003-05-30", role="outcome")
PAGE = DocumentRow(
    "p", title="Lake Process meets", iscm="Lake Process", role="account", date="2019-07", url="https://lake.example/p"
)
SPEECH = DocumentRow("s", title="Opening remarks", iscm="Lake Process", role="speech", date="2011-03-30")
PDF = DocumentRow(
    "f", title="Plan of Action", role="outcome", date="2015", format="pdf", url="https://lake.example/f.pdf"
)


@pytest.mark.parametrize(
    ("document", "citation", "page", "expected"),
    [
        (COMPACT, "22(b)", 14, "A/RES/73/195, annex, para. 22 (b), p. 14"),
        (COMPACT, "§43(b)(iii)", None, "A/RES/73/195, annex, para. 43 (b) (iii)"),
        (COMPACT, "17#2", None, "A/RES/73/195, annex, para. 17"),
        (COMPACT, "§17, footnote 3", None, "A/RES/73/195, annex, para. 17, footnote 3"),
        (COMPACT, "FM1, TITLE; FM2; H:Aims", None, "A/RES/73/195, title; heading “Aims”"),
        (COMPACT, "OP2", 1, "A/RES/73/195, para. 2, p. 1"),
        (COMPACT, "PP2", 1, "A/RES/73/195, second preambular para., p. 1"),
        (COMPACT, "PP11", None, "A/RES/73/195, 11th preambular para."),
        (COMPACT, "PP22", None, "A/RES/73/195, 22nd preambular para."),
        (COMPACT, "PP2 bis", None, "A/RES/73/195, preambular para. 2 bis"),
        (COMPACT, "PP2, §47, 50(a), 52", None, "A/RES/73/195, second preambular para.; annex, paras. 47, 50 (a) and 52"),
        (COMPACT, "H:Objective 5: pathways, all", 12, "A/RES/73/195, heading “Objective 5: pathways, all”, p. 12"),
        (COMPACT, "TITLE", None, "A/RES/73/195, title"),
        (COMPACT, "FM3", 1, "A/RES/73/195, p. 1"),
        (COMPACT, "", None, "A/RES/73/195"),
        (REPORT, "12", 3, "A/76/642, para. 12, p. 3"),
        (REPORT, "Annex II/8(h)", None, "A/76/642, annex II, para. 8 (h)"),
        (REPORT, "Anexo/3", None, "A/76/642, annex, para. 3"),
        (REPORT, "Annex I", None, "A/76/642, annex I"),
        (REPORT, "T1/R2/C3, T1/R2/C4", None, "A/76/642, table 1, row 2, columns 3 and 4"),
        (REPORT, "IV.8", None, "A/76/642, sect. IV, para. 8"),
        (LAKE, "¶3", None, "Lake Process, “Lake Declaration”, 10 June 2022, unnumbered para. 3. Available at https://lake.example/d"),
        (UNDATED, "Article 2/1", None, "Lake Process (LP), “Joint Statement”, n.d., art. 2, para. 1"),
        (UNDATED, "Artículo 2", None, "Lake Process (LP), “Joint Statement”, n.d., art. 2"),
        (UNDATED, "H:CO-CHAIRS; ¶1", None, "Lake Process (LP), “Joint Statement”, n.d., heading “CO-CHAIRS”; unnumbered para. 1"),
        (CANCUN, "2", None, "“VIII Conferencia, Cancún, 29 y 30 de mayo de 2003”, para. 2"),
        (PAGE, "¶1", None, "“Lake Process meets”, July 2019, unnumbered para. 1. Available at https://lake.example/p"),
        (SPEECH, "¶4", None, "“Opening remarks”, statement, 30 March 2011, unnumbered para. 4"),
        (PDF, "4", 2, "“Plan of Action”, 2015, para. 4, p. 2. Available at https://lake.example/f.pdf#page=2"),
        (DocumentRow("x", title='On "walls"', url="file:x.txt"), "1", None, "“On ‘walls’”, n.d., para. 1"),
        (DocumentRow("x.docx"), "", None, "“x.docx”, n.d."),
    ],
)  # fmt: skip
def test_footnote(document: DocumentRow, citation: str, page: int | None, expected: str) -> None:
    assert footnote(document, citation, page) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2018-12-19", "19 December 2018"), ("2018-13-01", "2018"), ("2018 (or so)", "2018"), ("soon", "")],
)
def test_printed_date(date: str, expected: str) -> None:
    assert printed_date(date) == expected


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=30), st.text(max_size=10), st.integers(1, 9) | st.none())
def test_whatever_is_cited_gives_one_line(title: str, citation: str, date: str, page: int | None) -> None:
    made = cite(DocumentRow("d", title=title, date=date), citation.replace("\n", " ").replace("\r", " "), page)
    assert made.source and "\n" not in made.source
    assert str(made).startswith(made.source)


def test_every_table_with_documents_has_footnotes_and_a_matrix_has_none() -> None:
    for name, table in sample.tables().items():
        has_documents = "document" in table.columns and table.kind != "matrix"
        assert has_documents == bool(table.cited) == (table.columns[-1] == "footnote"), name
        for row, note in zip(table.rows, table.footnotes, strict=False):
            assert (note == Footnote("")) == (getattr(row, "document", "") in ("", "lexicon")), (name, row)
