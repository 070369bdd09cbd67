"""What a document is: told from its title and head where that is sure, and not told elsewhere."""

from __future__ import annotations

import pytest

from extractors.model import Kind, Paragraph
from pipeline.extract.front import Front, read_front

BODY = "the text of the document goes on about migration"


def front(*head: tuple[Kind, str], title: str = "", body: str = "", opening: str = BODY, form: str = "") -> Front:
    pieces: list[tuple[Kind, str]] = [*head, ("body", opening)]
    return read_front(title, body, [Paragraph(n, "x", kind, text) for n, (kind, text) in enumerate(pieces)], form)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Lima Declaration", "outcome"),
        ("Declaración de Quito", "outcome"),
        ("Plan d'action de Rabat", "outcome"),
        ("Comunicado conjunto de la Conferencia", "outcome"),
        ("Sixth Ministerial Conference, Co-Chairs’ Statement", "outcome"),
        ("إعلان القاهرة", "outcome"),
        ("Joint Recommendations to the Global Compact", "outcome"),
        ("Summary report of the second meeting", "report"),
        ("Report and Recommendations of the Conference", "report"),
        ("Remarks by the Minister at the Ministerial Conference", "speech"),
        ("Statement by H.E. the Minister of Labour", "speech"),
        ("Statement by the Ministers of the Process", "outcome"),
        ("Discurso del Ministro", "speech"),
        ("Allocution de la Présidente", "speech"),
        ("Zero draft of the outcome declaration", "draft"),
        ("Proyecto de declaración", "draft"),
        ("Projet de déclaration", "draft"),
        ("Background note", "analysis"),
        ("Mapping of consultative processes", "analysis"),
        ("Member States adopted the Dhaka Declaration", "account"),
        ("Ministers’ meeting concludes with a declaration", "account"),
        ("Concluye la Conferencia con una declaración", "account"),
        ("اختتام أعمال الاجتماع بإعلان", "account"),
        ("Closing Statement (press account)", "account"),
        ("The second meeting of the Process", ""),
        ("A note on freedom of speech", ""),
        ("Drafting committee", ""),
        ("The process and its welcome statement", ""),
        ("", ""),
    ],
)
def test_titles_tell_roles(title: str, role: str) -> None:
    assert front(title=title).role == role


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ([("furniture", "A/RES/73/195")], Front("A/RES/73/195", "resolution", "instrument")),
        (
            [
                ("frontmatter", "Resolution adopted by the General Assembly on 19 December 2018"),
                ("title", "73/195. Global Compact"),
            ],
            Front("A/RES/73/195", "resolution", "instrument", "2018-12-19"),
        ),
        (
            [("frontmatter", "Resolución aprobada por la Asamblea General"), ("title", "73/195. Pacto Mundial")],
            Front("A/RES/73/195", "resolution", "instrument"),
        ),
        ([("title", "The Compact (A/RES/73/195) and the processes")], Front()),
        ([("title", "73/195. A list of things")], Front()),
        ([("heading", "CO-CHAIRS’ STATEMENT")], Front("", "declaration", "outcome")),
        ([("heading", "Speech (check against delivery)")], Front("", "other", "speech")),
    ],
)
def test_heads_tell_symbol_kind_and_role(head: list[tuple[Kind, str]], told: Front) -> None:
    assert front(*head) == told


@pytest.mark.parametrize(
    "masthead",
    [
        "Resolución aprobada por la Asamblea General el 19 de diciembre de 2018",
        "Résolution adoptée par l’Assemblée générale le 19 décembre 2018",
        "قرار اتخذته الجمعية العامة في 19 كانون الأول/ديسمبر 2018",
    ],
)
def test_a_masthead_tells_when_a_resolution_was_adopted(masthead: str) -> None:
    assert front(("frontmatter", "Distr.: General 11 January 2019"), ("frontmatter", masthead)).adopted == "2018-12-19"


@pytest.mark.parametrize(
    ("opening", "form", "role"),
    [
        ("We, the Ministers of the participating States, agree", "", "outcome"),
        ("1. We, Ministers and representatives of the process", "", "outcome"),
        ("Nosotros, los representantes", "", "outcome"),
        ("Quito, 22 de septiembre de 2009.- La Conferencia", "", "account"),
        ("Manila, Philippines – A two-day meeting", "", "account"),
        ("MANILA: The meeting ended", "", "account"),
        ("The meeting was held in Manila", "", ""),
        ("The meeting was held in Manila", "html", "account"),
    ],
)
def test_openings_tell_roles_where_no_title_does(opening: str, form: str, role: str) -> None:
    assert front(opening=opening, form=form).role == role


@pytest.mark.parametrize(
    ("title", "body", "role"),
    [
        (
            "Recommendations of the meeting",
            "Global Meeting of Chairs and Secretariats of Consultative Processes",
            "report",
        ),
        ("Declaration of the Regional Preparatory Meeting for the Global Compact", "", "report"),
        ("Tunis Declaration", "Dialogue on Migration (foreign ministers' track)", "report"),
        ("Tunis Declaration", "Dialogue on Migration", "outcome"),
        ("Remarks by the chair of the Global Meeting of Chairs and Secretariats", "", "speech"),
    ],
)
def test_what_is_adopted_elsewhere_is_no_outcome_of_a_mechanism(title: str, body: str, role: str) -> None:
    assert front(title=title, body=body).role == role


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Lima Declaration", "declaration"),
        ("Déclaration de Rome", "declaration"),
        ("Rabat Plan of Action", "plan"),
        ("Comunicado conjunto", "communique"),
        ("GRCP 7 Highlights Document", "highlights"),
        ("Summary report of the meeting", "report"),
        ("Minutes", "other"),
    ],
)
def test_kinds(title: str, kind: str) -> None:
    assert read_front(title, "", ()).kind == kind


def test_an_endless_head_is_read_in_part() -> None:
    pieces = [Paragraph(n, "x", "heading", "word " * 10_000) for n in range(5_000)]
    assert read_front("", "", pieces) == Front()
