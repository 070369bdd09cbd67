"""Search: every paragraph of the last run by its words, in both databases, in step with the store."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from extractors.model import Paragraph
from pipeline.errors import GcmrefsError
from pipeline.extract.document import Processed
from pipeline.store import documents, runs
from pipeline.webapp.search import index
from pipeline.webapp.search.index import EXCERPT, excerpt, find
from pipeline.webapp.search.query import parse

TEXTS = {
    "en": (
        "1. The Forum recalls the regional consultative processes on migration.",
        "2. A cross-regional dialogue was held; the review forum met twice.",
        "3. Ministers thanked the host.",
    ),
    "es": ("El diálogo regional sobre migración y la Organización.", "Los Ministros acordaron reunirse."),
    "ar": ("منتدى الهجرة في أفريقيا", "التعاون وللهجرة الآمنة"),
    "none": (),
}


def processed(slug: str, texts: tuple[str, ...]) -> Processed:
    lines = tuple(Paragraph(n, str(n), "paragraph", text, page_number=n) for n, text in enumerate(texts, 1))
    return Processed(slug, "0" * 64, slug, "", "", "en", "text", 1, False, lines, (), ())


def fill(engine: sa.Engine) -> sa.Engine:
    for slug, texts in TEXTS.items():
        documents.write(engine, processed(slug, texts), key="k", run_id="r1")
    return engine


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """A store that the tests read only."""
    postgres = request.param == "postgresql"
    file = tmp_path_factory.mktemp("store") / "gcmrefs.db"
    with documents.opened(request.getfixturevalue("url") if postgres else f"sqlite:///{file}") as engine:
        yield fill(engine)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    with documents.opened(f"sqlite:///{tmp_path / 'gcmrefs.db'}") as engine:
        yield fill(engine)


def places(engine: sa.Engine, query: str, **options: object) -> list[str]:
    found = find(engine, query, **options)  # type: ignore[arg-type]
    assert found.total >= len(found.hits)
    return sorted(f"{hit.document}/{hit.paragraph}" for hit in found.hits)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("forum", ["en/1", "en/2"]),
        ("FORUM", ["en/1", "en/2"]),
        ("the forum", ["en/1", "en/2"]),
        ("the host forum", []),
        ('"review forum"', ["en/2"]),
        ('"forum review"', []),
        ("forum -review", ["en/1"]),
        ('forum -"the review forum"', ["en/1"]),
        ("forum -review -recalls", []),
        ("review OR host", ["en/2", "en/3"]),
        ("forum review OR host -thanked OR dialogo", ["en/2", "es/1"]),
        ("minist*", ["en/3", "es/2"]),
        ("minist", []),
        ('"consultative pro*"', ["en/1"]),
        ("cross-regional", ["en/2"]),
        ("regional", ["en/1", "en/2", "es/1"]),
        ("dialogo", ["es/1"]),
        ("DIÁLOGO", ["es/1"]),
        ("migracion organizacion", ["es/1"]),
        ("افريقيا", ["ar/1"]),
        ("الهجرة", ["ar/1", "ar/2"]),
        ("مُنتدى", ["ar/1"]),
        ("منتدي", ["ar/1"]),
        ("3", ["en/3"]),
        ("-forum", []),
        ("", []),
        ("absent", []),
    ],
)
def test_what_is_found(shared: sa.Engine, query: str, expected: list[str]) -> None:
    assert places(shared, query) == expected
    assert find(shared, query).total == len(expected)
    assert places(shared, query, document="en") == [place for place in expected if place.startswith("en/")]
    assert places(shared, query, document="other") == []


@hypothesis_settings(deadline=None, max_examples=150)
@given(
    query=st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [*"\"'*-:()^{}+,\\&|!<>@\0 ", "OR", "AND", "NOT", "NEAR", "forum", "migr*", "é", "الهجرة", "ª"]
            )
        ).map(" ".join),
        st.text(alphabet="\"'*-:()&|!<> aOR"),
    )
)
def test_any_text_is_answered(shared: sa.Engine, query: str) -> None:
    found = find(shared, query)
    assert len(found.hits) == found.total
    if found.total:
        assert parse(query)


def test_all_paragraphs_are_found_by_document(shared: sa.Engine) -> None:
    assert index.find_paragraphs(shared, "forum OR regional") == {"en": frozenset("12"), "es": frozenset("1")}
    assert index.find_paragraphs(shared, "nothing") == index.find_paragraphs(shared, "") == {}


def test_a_hit_says_what_it_is(shared: sa.Engine) -> None:
    first, second = find(shared, "forum").hits
    assert {(hit.document, hit.citation, hit.kind, hit.page) for hit in (first, second)} == {
        ("en", "§1", "paragraph", 1),
        ("en", "§2", "paragraph", 2),
    }
    assert first.rank >= second.rank > 0
    for hit in (first, second):
        assert [piece.text.lower() for piece in hit.pieces if piece.is_match] == ["forum"]
        assert "".join(piece.text for piece in hit.pieces) == TEXTS["en"][int(hit.paragraph) - 1]


def test_pages_of_hits_do_not_overlap(shared: sa.Engine) -> None:
    every = [(hit.document, hit.paragraph) for hit in find(shared, "regional OR the").hits]
    paged = [find(shared, "regional OR the", limit=1, offset=n) for n in range(5)]
    assert [(hit.document, hit.paragraph) for found in paged for hit in found.hits] == every
    assert {found.total for found in paged} == {len(every)}
    assert find(shared, "forum", limit=0).hits == find(shared, "forum", limit=-3).hits == ()
    assert len(find(shared, "forum", limit=10**9, offset=-5).hits) == 2


def test_the_index_follows_the_store(engine: sa.Engine) -> None:
    assert index.refresh(engine) == len(TEXTS)
    assert index.refresh(engine) == 0
    documents.write(engine, processed("en", ("A forum, and nothing else.",)), key="k", run_id="r2")
    documents.write(engine, processed("new", ("One more forum.",)), key="k", run_id="r2")
    assert places(engine, "forum") == ["en/1", "new/1"]
    assert places(engine, "host") == []
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM documents WHERE document = 'new'"))
    assert places(engine, "forum") == ["en/1"]
    assert index.refresh(engine) == 0


def test_only_what_the_last_run_shows_is_found(engine: sa.Engine) -> None:
    runs.remember(engine, "r1", ["en", "es"])
    assert places(engine, "regional OR منتدى") == ["en/1", "en/2", "es/1"]
    runs.remember(engine, "r2", ["es", "ar"])
    assert places(engine, "regional OR منتدى") == ["ar/1", "es/1"]


def test_what_is_left_over_does_not_pile_up(engine: sa.Engine) -> None:
    texts = tuple(f"Paragraph {n} of a forum." for n in range(400))
    for turn in range(8):
        documents.write(engine, processed("long", texts), key="k", run_id=f"r{turn}")
        assert find(engine, "forum", document="long").total == 400
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM paragraph_search_docsize")) <= 2 * 410 + 1_000


def test_another_version_of_the_tables_starts_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"sqlite:///{tmp_path / 'gcmrefs.db'}"
    with documents.opened(address) as engine:
        assert places(fill(engine), "host") == ["en/3"]
    monkeypatch.setattr(documents, "SCHEMA", "next")
    with documents.opened(address) as engine:
        assert places(engine, "host") == []
        documents.write(engine, processed("en", ("The host.",)), key="k", run_id="r1")
        assert places(engine, "host") == ["en/1"]


def test_another_folding_of_words_indexes_anew(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert index.refresh(engine) == len(TEXTS)
    monkeypatch.setattr(index, "VERSION", "next")
    assert index.refresh(engine) == len(TEXTS)
    assert places(engine, "host") == ["en/3"]


def test_an_index_of_an_earlier_release_is_made_anew(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(index, "VERSION", "1")
        assert places(engine, "forum") == ["en/1", "en/2"]
    with engine.begin() as connection:  # as it was then: other columns under another name
        connection.exec_driver_sql('CREATE TABLE search_rows AS SELECT id, document, "order" FROM search_places')
        connection.exec_driver_sql("DROP TABLE search_places")
    assert places(engine, "forum") == ["en/1", "en/2"]
    assert not sa.inspect(engine).has_table("search_rows")


def test_a_store_that_was_vacuumed_keeps_its_index(engine: sa.Engine) -> None:
    index.refresh(engine)
    documents.write(engine, processed("en", ("The host.",)), key="k", run_id="r2")
    index.refresh(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM"))
    assert places(engine, "host") == ["en/1"]
    assert places(engine, "ministros") == ["es/2"]


def test_a_published_copy_can_be_searched(engine: sa.Engine, tmp_path: Path) -> None:
    index.refresh(engine)
    documents.publish(engine, tmp_path / "copy.db", ["en"])
    with documents.opened(f"sqlite:///{tmp_path / 'copy.db'}") as copy:
        assert places(copy, "forum OR regional") == ["en/1", "en/2"]


def test_many_search_while_a_run_writes(engine: sa.Engine) -> None:
    problems: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(12):
                for hit in find(engine, "forum").hits:
                    assert any(piece.is_match for piece in hit.pieces)
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(12):
        texts = tuple(f"{'The forum' if (n + turn) % 3 else 'No'} paragraph {n}." for n in range(30))
        documents.write(engine, processed("busy", texts), key="k", run_id=f"r{turn}")
    for thread in threads:
        thread.join()
    assert not problems
    assert find(engine, "forum", document="busy").total == 20


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with documents.opened(f"sqlite:///{tmp_path / 'gcmrefs.db'}") as engine:
        fill(engine)

        def locked(engine: sa.Engine) -> int:
            raise sa.exc.OperationalError("", {}, Exception("database is locked"))

        monkeypatch.setattr(index, "refresh", locked)
        with pytest.raises(GcmrefsError, match="the store is being written: try again"):
            find(engine, "forum")


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("The Forum met.", "forum", "The [Forum] met."),
        ("The Forum met.", "host", "The Forum met."),
        ("", "host", ""),
        ("forum forum", "forum", "[forum] [forum]"),
        ("the forum", '"the forum" forum', "[the forum]"),
        ("<b>forum</b> & co", "forum", "<b>[forum]</b> & co"),
    ],
)
def test_excerpts(text: str, query: str, expected: str) -> None:
    assert "".join(f"[{p.text}]" if p.is_match else p.text for p in excerpt(text, parse(query))) == expected


def test_long_paragraphs_are_cut_around_the_words() -> None:
    text = "town " * 200 + "the regional forum met " + "lake " * 200 + "forum" + " town" * 200
    pieces = excerpt(text, parse("forum regional"))
    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")
    assert [piece.text for piece in pieces if piece.is_match] == ["regional", "forum"]
    assert len("".join(piece.text for piece in pieces)) <= EXCERPT + 10


@given(st.text(st.sampled_from("ab é\n<-"), max_size=900), st.sampled_from(["a", "b*", '"a b"', "é OR ab", "c"]))
def test_an_excerpt_is_a_part_of_the_text(text: str, query: str) -> None:
    pieces = list(excerpt(text, parse(query)))
    inner = pieces[bool(pieces and pieces[0].text == "… ") : len(pieces) - bool(pieces and pieces[-1].text == " …")]
    assert "".join(piece.text for piece in inner) in text
    assert all(piece.text for piece in pieces)
    assert len("".join(piece.text for piece in pieces)) <= EXCERPT + 10
    wanted = {word.strip('"*') for word in query.split()} - {"OR"}
    assert not wanted & set(text.split()) or query == '"a b"' or any(piece.is_match for piece in pieces)
