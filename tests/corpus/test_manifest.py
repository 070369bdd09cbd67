"""The manifest, the discovery of documents, slugs, and getting documents."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corpus import add, fetch, fetched
from pipeline.corpus.discovery import check_files, discover, listed, make_slugs, select_sources, slug_of
from pipeline.corpus.manifest import Source, parse_manifest, read_manifest
from pipeline.corpus.web import Answer
from pipeline.errors import CorpusError, Refused
from pipeline.settings import Fetching

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("sources:\n- slug: a\n  colour: red\n", 3, "colour: unknown key"),
        ("# x\nsauces: []\n", 2, "sauces: unknown key"),
        ("sources:\n- slug: a\n- slug: b\n- slug: A\n", 4, "slug used twice: A"),
        ("sources:\n- slug: a\n  slug: b\n", 3, "slug: key given twice"),
        ("sources:\n- title: x\n", 2, "slug"),
        ("sources:\n- slug: a/b\n", 2, "slug"),
        ("sources:\n- slug: ..\n", 2, "slug"),
        ("sources:\n- slug: a\n  kind: poem\n", 3, "kind"),
        ("sources:\n- slug: a\n  date: yesterday\n", 3, "date"),
        ("sources:\n- slug: a\n  language: english\n", 3, "language"),
        ("sources:\n- slug: a\n  minimum: {references: -1}\n", 3, "greater than or equal to 0"),
        ("sources:\n- slug: a\n  minimum:\n    pages: 1\n", 4, "pages: unknown key"),
        ("sources:\n- slug: a\n  addresses: [ftp://x/y]\n", 3, "neither an http(s) address"),
        ("sources:\n- slug: a\n  addresses: ['file:../secret.pdf']\n", 3, "inside the manifest's folder"),
        ("sources:\n- slug: a\n  addresses: ['file:/etc/passwd']\n", 3, "inside the manifest's folder"),
        ("sources:\n- slug: a\n  addresses: ['file:a/../../b']\n", 3, "inside the manifest's folder"),
        ("sources:\n- slug: a\n  title: [\n", 4, "not valid YAML"),
        ("sources: &a [*a]\n", 1, "anchors and aliases"),
        ("just words\n", 1, "dictionary"),
    ],
)
def test_a_mistake_names_file_and_line(text: str, line: int, says: str) -> None:
    with pytest.raises(CorpusError) as caught:
        parse_manifest(text, "manifest.yaml")
    assert str(caught.value).startswith(f"manifest.yaml:{line}: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "read"), [("2018-12-19", "2018-12-19"), ("2018", "2018"), ("'2013-07'", "2013-07"), ("''", "")]
)
def test_dates(written: str, read: str) -> None:
    assert parse_manifest(f"sources:\n- slug: a\n  date: {written}\n", "m").sources[0].date == read


def test_an_empty_manifest_has_no_sources() -> None:
    assert parse_manifest("", "m").sources == parse_manifest("sources: []\n", "m").sources == ()


def test_the_projects_manifest_lists_the_compact_first() -> None:
    manifest = read_manifest(ROOT / "corpus" / "manifest.yaml")
    first = manifest.sources[0]
    assert (first.symbol, first.addresses[0]) == ("A/RES/73/195", "https://undocs.org/A/RES/73/195")
    assert len(manifest.sources) >= 15


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["a.pdf", "b.txt"], ["a", "b"]),
        (["A_RES_73_195.pdf", "A_RES_73_195.docx"], ["A_RES_73_195.docx", "A_RES_73_195.pdf"]),
        (["a.pdf", "A.docx", "b.pdf"], ["A.docx", "a.pdf", "b"]),
        (["x/a.pdf", "y/a.pdf"], ["x-a.pdf", "y-a.pdf"]),
        (["x/a.pdf", "y/a.txt"], ["a.pdf", "a.txt"]),
        (["a.en.txt", "a.es.txt"], ["a.en", "a.es"]),
        (["Déclaration (finale) nº 1.pdf"], ["Déclaration-finale-nº-1"]),
        (["(.pdf"], ["document"]),
        (["m.pdf"], ["m.pdf"]),
    ],
)
def test_slugs(files: list[str], expected: list[str]) -> None:
    assert sorted(make_slugs(map(PurePosixPath, files), taken=["m"]).values()) == expected


NAMES = st.text(alphabet="ab-/. é", min_size=1, max_size=6).map(
    lambda s: PurePosixPath("/".join(filter(None, s.split("/"))) + "x.pdf")
)


@given(st.sets(NAMES, max_size=8))
def test_slugs_are_distinct_valid_and_independent_of_order(files: set[PurePosixPath]) -> None:
    found = make_slugs(files)
    shuffled = list(files)
    random.Random(1).shuffle(shuffled)
    assert make_slugs(shuffled) == found
    assert set(found) == files
    assert len({slug.casefold() for slug in found.values()}) == len(files)
    assert all(Source(slug=slug) for slug in found.values())


@given(st.text(max_size=200))
def test_any_name_gives_a_valid_slug(name: str) -> None:
    assert Source(slug=slug_of(name)).slug


def corpus(folder: Path, files: dict[str, str], manifest: str | None = None) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    if manifest is not None:
        (folder / "manifest.yaml").write_text(manifest, encoding="utf-8")
    return folder


TWO = "sources:\n- slug: one\n- slug: two\n  addresses: ['file:docs/2.txt']\n"


@pytest.mark.parametrize(
    ("manifest", "files", "expected", "sample"),
    [
        (None, ["b/x.txt", "a.html", "INDEX.csv", "a.paragraphs.csv", "README.txt"], ["a", "x"], False),
        (None, [".hidden.txt", ".git/x.txt", "~$lock.docx", "a.DOCX"], ["a"], False),
        (None, ["old.doc"], ["old"], False),
        (TWO, ["fetched/one.pdf", "docs/2.txt", "sample/s.txt"], ["one", "two"], False),
        (TWO, ["fetched/one.pdf", "fetched/stray.pdf", "mine/m.txt"], ["one", "m"], False),
        (TWO, ["fetched/two.html", "docs/2.txt"], ["two", "2"], False),
        (TWO, ["mine/one.txt"], ["one.txt"], False),
        (TWO, ["sample/s.txt", "sample/s.docx", "sample/s.references.csv"], ["s"], True),
        ("sources: []\n", ["sample/s.txt"], ["s"], True),
    ],
)
def test_discovery(tmp_path: Path, manifest: str | None, files: list[str], expected: list[str], sample: bool) -> None:
    found = discover(corpus(tmp_path, dict.fromkeys(files, "x"), manifest))
    assert sorted(d.slug for d in found.documents) == sorted(expected)
    assert found.is_sample is sample


def test_manifest_entries_come_first_and_in_its_order(tmp_path: Path) -> None:
    manifest = "sources:\n- slug: z\n- slug: b\n- slug: none\n"
    found = discover(corpus(tmp_path, {"fetched/z.txt": "", "fetched/b.txt": "", "a.txt": ""}, manifest))
    assert [d.slug for d in found.documents] == ["z", "b", "a"]
    assert [s.slug for s in found.missing] == ["none"]


def test_a_link_that_leaves_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    folder = corpus(tmp_path / "c", {"a.txt": "x"}, "sources:\n- slug: s\n  addresses: ['file:link']\n")
    (folder / "link").symlink_to(tmp_path / "secret.txt")
    assert [s.slug for s in discover(folder).missing] == ["s"]
    assert [o.state for o in fetch.fetch_sources(folder, select_sources(folder))] == ["failed"]


@pytest.mark.parametrize("manifest", [None, TWO])
def test_no_documents_is_an_error(tmp_path: Path, manifest: str | None) -> None:
    with pytest.raises(CorpusError, match="no documents"):
        discover(corpus(tmp_path, {"notes.md": "x"}, manifest))


def docx() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return data.getvalue()


PUBLIC, PRIVATE = "93.184.216.34", "10.0.0.1"
PAGES: dict[str, httpx.Response] = {}


def redirect(to: str) -> httpx.Response:
    return httpx.Response(302, headers={"location": to})


ANSWERS: dict[str, Callable[[], httpx.Response]] = {
    "https://un.org/a": lambda: httpx.Response(200, content=b"%PDF-1.7 x", headers={"content-type": "text/html"}),
    "https://un.org/docx": lambda: httpx.Response(200, content=docx()),
    "https://un.org/page": lambda: httpx.Response(200, content=b"<!DOCTYPE html><p>x"),
    "https://un.org/zip": lambda: httpx.Response(200, content=b"PK\x03\x04rubbish"),
    "https://un.org/doc": lambda: httpx.Response(
        200, content=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    ),
    "https://un.org/empty": lambda: httpx.Response(200, content=b" \n"),
    "https://un.org/image": lambda: httpx.Response(200, content=b"\x89PNG\r\n\x1a\n\0\0\0"),
    "https://un.org/rtf": lambda: httpx.Response(200, content=b"{\\rtf1 We agreed.}"),
    "https://un.org/mht": lambda: httpx.Response(200, content=b"MIME-Version: 1.0\nContent-Type: multipart/related;\n"),
    "https://un.org/xml": lambda: httpx.Response(200, content=b"<?xml version='1.0'?><a>We agreed.</a>"),
    "https://un.org/svg": lambda: httpx.Response(200, content=b"<svg xmlns='x'><text>We agreed.</text></svg>"),
    "https://un.org/noise": lambda: httpx.Response(200, content=bytes(range(1, 32)) * 9),
    "https://un.org/big": lambda: httpx.Response(200, content=b"x" * 5000),
    "https://un.org/gone": lambda: httpx.Response(404),
    "https://un.org/moved": lambda: redirect("/a"),
    "https://un.org/inward": lambda: redirect("http://inside.local/a"),
    "https://un.org/local": lambda: redirect("file:///etc/passwd"),
    "https://un.org/loop": lambda: redirect("https://un.org/loop"),
    "http://inside.local/a": lambda: httpx.Response(200, content=b"plain text"),
}


TERMS = Fetching(interval=0, tries=1, robots=False)


def get(folder: Path, *addresses: str) -> fetch.Fetched:
    client = httpx.Client(transport=httpx.MockTransport(lambda request: ANSWERS[str(request.url)]()))
    source = Source(slug="a", addresses=addresses)
    resolver = {"un.org": [PUBLIC], "inside.local": [PRIVATE], "mixed.org": [PUBLIC, PRIVATE]}
    [outcome] = fetch.fetch_sources(
        folder, [source], again=True, client=client, resolver=resolver.__getitem__, limit=4000, terms=TERMS
    )
    return outcome


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://un.org/a", "a.pdf"),
        ("https://un.org/docx", "a.docx"),
        ("https://un.org/page", "a.html"),
        ("https://un.org/moved", "a.pdf"),
        ("http://inside.local/a", "a.txt"),
        ("file:docs/x", "a.txt"),
    ],
)
def test_fetched_by_content(tmp_path: Path, address: str, name: str) -> None:
    outcome = get(corpus(tmp_path, {"docs/x": "text", "fetched/a.pdf": "old"}), address)
    assert outcome.state == "changed"
    assert [p.name for p in (tmp_path / "fetched").glob("a.*")] == [name]
    assert fetched.record(tmp_path)["a"]["address"] == address


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://un.org/zip", "a damaged zip package: save it again or fetch it again"),
        ("https://un.org/doc", "looks like an old Word file (.doc): save it as .docx"),
        ("https://un.org/empty", "empty"),
        ("https://un.org/image", "looks like PNG: an image holds no text: fetch the document itself"),
        ("https://un.org/rtf", "looks like RTF: save it as PDF, Word (.docx), HTML or plain text"),
        ("https://un.org/mht", "looks like a web archive (MHTML): save the page as HTML only"),
        ("https://un.org/xml", "looks like XML: save it as PDF, Word (.docx), HTML or plain text"),
        ("https://un.org/svg", "looks like SVG, an image: save it as PDF, Word (.docx), HTML or plain text"),
        ("https://un.org/noise", "binary"),
        ("https://un.org/big", "larger than 4000 bytes"),
        ("https://un.org/gone", "HTTP 404"),
        ("https://un.org/inward", "private address"),
        ("https://un.org/local", "no http(s) address"),
        ("https://un.org/loop", "redirects"),
        ("file:docs/none", "no such file"),
    ],
)
def test_what_cannot_be_got_is_an_outcome_and_leaves_the_old_file(tmp_path: Path, address: str, says: str) -> None:
    outcome = get(corpus(tmp_path, {"fetched/a.pdf": "old"}), address)
    assert outcome.state == "failed"
    assert says in outcome.problem
    assert [p.name for p in (tmp_path / "fetched").iterdir()] == ["a.pdf"]


def test_addresses_are_tried_in_order_and_none_is_said_so(tmp_path: Path) -> None:
    assert "put the file at" in get(tmp_path).problem
    assert get(tmp_path, "https://un.org/gone", "https://un.org/page").address == "https://un.org/page"


def test_check_tells_what_changed_and_what_is_stray(tmp_path: Path) -> None:
    get(tmp_path, "https://un.org/a")
    entries = (Source(slug="a"), Source(slug="b"))
    assert [row[:2] for row in check_files(tmp_path, entries)] == [("a", "ok"), ("b", "not fetched")]
    (tmp_path / "fetched" / "a.pdf").write_bytes(b"%PDF- other")
    (tmp_path / "fetched" / "c.txt").write_bytes(b"x")
    assert [row[:2] for row in check_files(tmp_path, entries[:1])] == [("a", "changed"), ("c.txt", "stray")]


def offline(address: str) -> Answer:
    raise Refused("no network")


def test_an_added_entry_leaves_the_manifest_as_it_was(tmp_path: Path) -> None:
    before = "# mine\nsources:\n\n  - slug: one  # first\n"
    corpus(tmp_path, {}, before)
    for address in ("https://un.org/docs/One.pdf?x=1", "https://un.org/one%20and%20more"):
        found = add.propose(tmp_path, address, get=offline)
        assert "no network" in found.problem
        add.append(tmp_path, found.source)
    assert (tmp_path / "manifest.yaml").read_text().startswith(before.rstrip())
    assert [s.slug for s in read_manifest(tmp_path / "manifest.yaml").sources] == ["one", "One-2", "one-and-more"]
    assert [row["state"] for row in listed(tmp_path)] == ["not fetched"] * 3


@pytest.mark.parametrize(
    ("before", "done"),
    [
        (None, True),
        ("", True),
        ("sources: []\n", True),
        ("# x\nsources: []\n", True),
        ("sources:\n- slug: flush\n", True),
        ("sources: [{slug: a}]\n", False),
        ("watch:\n- slug: w\n  address: https://un.org/\n", True),
        (
            "sources:\n  - slug: a  # one\n  # of a\n\n# about watches\nwatch:\n- slug: w\n  address: https://un.org/\n",
            True,
        ),
        ("sources: []\nwatch:\n- slug: w\n  address: https://un.org/\n", True),
        ("sources:\n- slug: a\n  title: >-\n    two\n    lines\n\nwatch: []\n", True),
    ],
)
def test_an_entry_is_added_or_the_manifest_untouched(tmp_path: Path, before: str | None, done: bool) -> None:
    corpus(tmp_path, {}, before)
    path = tmp_path / "manifest.yaml"
    source = Source(slug="new", title="a: b # c", addresses=("https://un.org/x",))
    if not done:
        with pytest.raises(CorpusError, match="add it by hand"):
            add.append(tmp_path, source)
        assert path.read_text() == before
        return
    add.append(tmp_path, source)
    add.append(tmp_path, source.model_copy(update={"slug": "newer"}))
    assert [s.slug for s in read_manifest(path).sources][-2:] == ["new", "newer"]
    lines = [line for line in (before or "").splitlines() if line.strip() and not line.endswith("[]")]
    assert [line for line in path.read_text().splitlines() if line in lines] == lines


@pytest.mark.parametrize("what", ["nowhere.pdf", "ftp://x/y"])
def test_only_files_and_addresses_can_be_added(tmp_path: Path, what: str) -> None:
    with pytest.raises(CorpusError, match="neither a file nor"):
        add.propose(tmp_path, what)
