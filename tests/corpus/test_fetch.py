"""Fetching from a real server on loopback: every answer ends as described, within its time, and nothing is lost."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.corpus import fetch, fetched, web
from pipeline.corpus.discovery import check_files, discover
from pipeline.corpus.manifest import Source
from pipeline.settings import Fetching
from tests.corpus.loopback import Served, served

PDF = b"%PDF-1.7 the first edition"
TERMS = Fetching(interval=0, timeout=0.6, seconds=3.0, tries=3, backoff=0.02)


def body() -> bytes:
    """A real document where there is one, else a small stand-in."""
    path = Path(os.environ.get("GCMREFS_CORPUS", "")) / "un" / "A_RES_73_195.pdf"
    return path.read_bytes() if path.is_file() else PDF


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    with served() as state:
        state.files["/a.pdf"] = body()
        yield state


def get(
    folder: Path, *addresses: str, slug: str = "a", again: bool = False, missing: bool = False, terms: Fetching = TERMS
) -> fetch.Fetched:
    source = Source(slug=slug, addresses=addresses)
    [outcome] = fetch.fetch_sources(folder, [source], again=again, missing=missing, terms=terms, limit=2_000_000)
    return outcome


@pytest.mark.parametrize(
    ("path", "state", "says", "asked", "seconds"),
    [
        ("/a.pdf", "fetched", "", 1, 1),
        ("/none.pdf", "failed", "HTTP 404", 1, 1),
        ("/busy/a.pdf", "fetched", "", 2, 2.5),
        ("/later/a.pdf", "failed", "HTTP 429, asks to come back after 3600 s", 1, 1),
        ("/broken/a.pdf", "fetched", "", 3, 1),
        ("/dead/a.pdf", "failed", "HTTP 503", 3, 1),
        ("/moved/a.pdf", "fetched", "", 1, 1),
        ("/private/a.pdf", "failed", "redirected to a private address (10.0.0.1)", 1, 1),
        ("/metadata/a.pdf", "failed", "redirected to a private address (169.254.169.254)", 1, 1),
        ("/otherport/a.pdf", "failed", "redirected to a private address (127.0.0.1)", 1, 1),
        ("/file/a.pdf", "failed", "no http(s) address", 1, 1),
        ("/loop/a.pdf", "failed", "more than 5 redirects", 6, 1),
        ("/endless/a.pdf", "failed", "larger than 2000000 bytes", 1, 3),
        ("/claims/a.pdf", "failed", "larger than 2000000 bytes", 1, 1),
        ("/hang/a.pdf", "failed", "no answer in time", 3, 4),
        ("/drip/a.pdf", "failed", "no answer in time", 1, 4),
    ],
)
def test_every_answer_ends_as_described(
    server: Served, tmp_path: Path, path: str, state: str, says: str, asked: int, seconds: float
) -> None:
    began = time.monotonic()
    outcome = get(tmp_path, server.url + path)
    assert (outcome.state, says in outcome.problem) == (state, True), outcome
    assert (server.asked[path], time.monotonic() - began < seconds) == (asked, True)
    if state == "failed":
        assert outcome.problem.startswith(server.url + path)
        assert not list(tmp_path.rglob("*.pdf"))
    else:
        assert (tmp_path / "fetched" / "a.pdf").read_bytes() == body()


def test_a_closed_port_is_a_warning_and_the_mirror_address_serves(server: Served, tmp_path: Path) -> None:
    outcome = get(tmp_path, "http://127.0.0.1:1/a.pdf", f"{server.url}/a.pdf")
    assert (outcome.state, outcome.address) == ("fetched", f"{server.url}/a.pdf")
    assert "refused" in get(tmp_path, "http://127.0.0.1:1/a.pdf", slug="b").problem.lower()


@pytest.mark.parametrize("way", ["etag", "dated"])
def test_what_did_not_change_is_not_sent_again(server: Served, tmp_path: Path, way: str) -> None:
    address = f"{server.url}/{way}/a.pdf"
    assert [get(tmp_path, address).state for _ in range(3)] == ["fetched", "kept", "kept"]
    before = server.asked.total()
    assert get(tmp_path, address, missing=True).state == "kept"
    assert server.asked.total() == before
    (tmp_path / "fetched" / "a.pdf").unlink()
    assert get(tmp_path, address).state == "fetched"


def test_a_changed_document_is_a_new_version_and_the_old_one_is_kept(server: Served, tmp_path: Path) -> None:
    for number, data in enumerate([b"%PDF-1", b"%PDF-2", b"%PDF-2", b"<html>three</html>"]):
        server.files["/a.pdf"] = data
        states = ("fetched", "changed", "kept", "changed")
        assert get(tmp_path, f"{server.url}/a.pdf").state == states[number]
    entry = fetched.record(tmp_path)["a"]
    kept = [(tmp_path / "fetched" / version["file"]).read_bytes() for version in entry["versions"]]
    assert (kept, entry["file"]) == ([b"%PDF-1", b"%PDF-2"], "a.html")
    assert [row[1] for row in check_files(tmp_path, [Source(slug="a")])] == ["ok"]


@pytest.mark.parametrize("step", ["write_bytes", "write_text"])
def test_killed_while_a_new_version_is_put_there(
    server: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    address = f"{server.url}/a.pdf"
    for data in (b"%PDF-1", b"%PDF-2"):
        server.files["/a.pdf"] = data

        def killed(*words: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(fetched, step, killed)
            get(tmp_path, address)
        assert get(tmp_path, address).state in ("fetched", "changed")
        assert get(tmp_path, address).state == "kept"
    entry = fetched.record(tmp_path)["a"]
    assert [(tmp_path / "fetched" / v["file"]).read_bytes() for v in entry["versions"]] == [b"%PDF-1"]
    assert (tmp_path / "fetched" / "a.pdf").read_bytes() == b"%PDF-2"


def test_one_document_under_two_addresses_is_one_document(server: Served, tmp_path: Path) -> None:
    get(tmp_path, f"{server.url}/a.pdf")
    outcome = get(tmp_path, f"{server.url}/moved/a.pdf", slug="b")
    assert (outcome.state, outcome.of) == ("same", "a")
    (tmp_path / "manifest.yaml").write_text("sources:\n- slug: a\n- slug: b\n- slug: c\n")
    found = discover(tmp_path)
    assert ([d.slug for d in found.documents], [s.slug for s in found.missing]) == (["a"], ["c"])


def test_a_failure_leaves_the_file_and_what_a_person_put_there_stays(server: Served, tmp_path: Path) -> None:
    (tmp_path / "fetched").mkdir()
    (tmp_path / "fetched" / "a.pdf").write_bytes(b"%PDF- mine")
    assert get(tmp_path, f"{server.url}/a.pdf").state == "kept"
    assert server.asked.total() == 0
    assert get(tmp_path, f"{server.url}/none.pdf", again=True).state == "failed"
    assert (tmp_path / "fetched" / "a.pdf").read_bytes() == b"%PDF- mine"
    assert get(tmp_path, f"{server.url}/a.pdf", again=True).state == "changed"


@pytest.mark.parametrize(
    ("robots", "path", "state"),
    [
        (b"User-agent: *\nDisallow: /a", "/a.pdf", "failed"),
        (b"User-agent: *\nDisallow: /*.pdf$", "/a.pdf", "failed"),
        (b"User-agent: other\nDisallow: /", "/a.pdf", "fetched"),
        (b"User-agent: *\nDisallow: /a", "/moved/a.pdf", "failed"),
    ],
)
def test_robots(server: Served, tmp_path: Path, robots: bytes, path: str, state: str) -> None:
    server.robots = robots
    outcome = get(tmp_path, server.url + path)
    assert (outcome.state, "robots.txt" in outcome.problem) == (state, state == "failed")
    rude = TERMS.model_copy(update={"robots": False})
    assert get(tmp_path, server.url + path, slug="b", terms=rude).state in ("fetched", "same")


def test_a_host_is_asked_no_faster_than_agreed(server: Served, tmp_path: Path) -> None:
    sources = [Source(slug=slug, addresses=(f"{server.url}/a.pdf?{slug}",)) for slug in ("a", "b", "c")]
    list(fetch.fetch_sources(tmp_path, sources, terms=TERMS.model_copy(update={"interval": 0.2})))
    assert all(two - one > 0.18 for one, two in zip(server.times, server.times[1:], strict=False))


def test_a_name_is_resolved_once_and_the_connection_goes_there(server: Served, tmp_path: Path) -> None:
    port = server.url.rsplit(":", 1)[1]
    answers = [["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]]
    with web.opened(TERMS.model_copy(update={"robots": False}), resolver=lambda host: answers.pop(0)) as opened:
        found = web.get(opened, f"http://changing.example:{port}/a.pdf", limit=2_000_000)
    assert (found.data, len(answers)) == (body(), 2)


@pytest.mark.parametrize("place", ["a.pdf", "un.org/docs/a?l=en", "un.org/docs/a/index.html?l=en", "a?l=en"])
def test_a_mirror_stands_for_the_web(server: Served, tmp_path: Path, place: str) -> None:
    (tmp_path / "m" / place).parent.mkdir(parents=True)
    (tmp_path / "m" / place).write_bytes(PDF)
    source = Source(slug="a", addresses=("https://un.org/docs/a?l=en",))
    [outcome] = fetch.fetch_sources(tmp_path / "c", [source], mirror=tmp_path / "m")
    assert (outcome.state, outcome.path) == ("fetched", tmp_path / "c" / "fetched" / "a.pdf")
    [other] = fetch.fetch_sources(
        tmp_path / "c", [Source(slug="b", addresses=("https://un.org/b",))], mirror=tmp_path / "m"
    )
    assert "not in the mirror" in other.problem


@pytest.mark.parametrize("address", ["https://un.org/../../secret.pdf", "https://un.org/%2e%2e/%2e%2e/secret.pdf"])
def test_no_address_leaves_the_mirror(tmp_path: Path, address: str) -> None:
    (tmp_path / "m" / "un.org").mkdir(parents=True)
    (tmp_path / "secret.pdf").write_bytes(PDF)
    [outcome] = fetch.fetch_sources(tmp_path / "c", [Source(slug="a", addresses=(address,))], mirror=tmp_path / "m")
    assert outcome.state == "failed"


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [("5", 5, 5), ("0", 0, 0), ("soon", None, None), ("", None, None), ("Wed, 19 Dec 2018 15:00:00 GMT", 0.1, 0.1)],
)
def test_retry_after(header: str, low: float | None, high: float | None) -> None:
    assert web._after(header) == low == high
