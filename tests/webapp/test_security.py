"""What is refused: other hosts, other sites, forged forms, too much, wrong passwords, and ways to files."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from fastapi import FastAPI

from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.review.desk import Desk
from pipeline.settings import Settings
from pipeline.webapp import audit_log, signature
from pipeline.webapp.pages.sign_in import inside
from pipeline.webapp.security import BODY_BYTES, HEADERS, Throttle, is_loopback
from pipeline.webapp.signature import Signer
from pipeline.webapp.visit import COOKIE
from tests.review.corpus import named
from tests.webapp.browser import ADDRESS, Browser, log, review


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/item/none", "/nowhere", "/static/review.css", "/static/none", "/item/x/page/1.svg"]
)
def test_every_answer_has_the_headers(ana: Browser, path: str) -> None:
    answer = ana.client.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["cache-control"]


def test_the_policy_allows_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    for part in ("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self'"):
        assert part in policy.split("; ")


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_there_is_no_description_of_an_interface(ana: Browser, path: str) -> None:
    assert ana.open(path).status == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8350", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8350", 200),
        ("review.example.org", 400),
        ("127.0.0.1.example.org", 400),
        ("example.org@127.0.0.1", 400),
        ("127.0.0.1/x", 400),
        ("", 400),
    ],
)
def test_only_its_own_names_are_answered(app: FastAPI, host: str, status: int) -> None:
    assert Browser(app).client.get("/sign-in", headers={"host": host}).status_code == status


def test_names_that_were_given_are_answered(place: Settings) -> None:
    client = Browser(review(place, password="secret", hosts=("0.0.0.0", "Review.example.org"))).client
    hosts = ("10.1.2.3:8350", "review.EXAMPLE.org", "other.example.org")
    assert [client.get("/sign-in", headers={"host": host}).status_code for host in hosts] == [200, 200, 400]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"origin": ADDRESS, "sec-fetch-site": "same-origin"}, 303),
        ({"origin": "null"}, 403),
        ({"origin": "https://example.org"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "http://localhost:8350"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"content-length": "x"}, 413),
    ],
)
def test_a_write_comes_from_a_page_of_ours(ana: Browser, desk_of: Desk, headers: dict[str, str], status: int) -> None:
    path = f"/item/{named(desk_of, 'diasporas')}/accept"
    assert ana.post(path, {"csrf": ana.token()}, **headers).status_code == status
    assert len(ledger.read(desk_of.engine)) == (status == 303)


@pytest.mark.parametrize("action", ["accept", "reject", "category", "span", "comment", "undo", "adjudicate"])
def test_a_write_needs_the_token_of_this_reviewer(ana: Browser, ben: Browser, desk_of: Desk, action: str) -> None:
    path = f"/item/{named(desk_of, 'diasporas')}/{action}"
    data = {"comment": "x", "category": "media", "words": "diasporas"}
    for token in ("", "0" * 64, ben.token(), ana.token()[:-1] + "é"):
        assert ana.post(path, data | {"csrf": token}).status_code == 403
    assert Browser(ana.app).post(path, data | {"csrf": ana.token()}).status_code == 403
    assert ledger.read(desk_of.engine) == []


def test_adding_needs_the_token_too(ana: Browser, desk_of: Desk) -> None:
    data = {"paragraph": "3", "wording": "took part", "category": "media"}
    assert ana.post("/document/alpha.en/add", data).status_code == 403
    assert ledger.read(desk_of.engine) == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_none(ana: Browser, method: str) -> None:
    assert ana.client.request(method, "/").status_code == 405


def test_too_much_is_refused(ana: Browser, desk_of: Desk) -> None:
    path = f"/item/{named(desk_of, 'diasporas')}/comment"
    assert ana.post(path, {"csrf": ana.token(), "comment": "x" * BODY_BYTES}).status_code == 413
    many = {"csrf": ana.token()} | {f"f{n}": "x" for n in range(3_000)}
    assert ana.post(path, many).status_code == 400

    def parts() -> object:
        for _ in range(3):
            yield b"comment=" + b"x" * (BODY_BYTES // 2)

    form = {"content-type": "application/x-www-form-urlencoded"}
    assert ana.client.post(path, content=parts(), headers=form).status_code == 413
    assert ana.post(path, {"csrf": ana.token(), "comment": "x" * 4_001}).status_code == 422
    assert ledger.read(desk_of.engine) == []


@pytest.mark.parametrize(
    "path",
    [
        "/item/none",
        "/item/..%2f..%2fetc%2fpasswd",
        "/item/none/page/1.svg",
        "/document/none/page/1.png",
        "/document/..%2falpha.en/page/1.png",
        "/document/%2e%2e%2f%2e%2e%2f/page/1.png",
        "/document/alpha.en/page/1.png",
        "/document/alpha.en/page/1.png?width=77",
        "/static/..%2fsecurity.py",
        "/static/%2e%2e/app.py",
        "/static/../templates/base.html",
        "//etc/passwd",
        "/static//etc/passwd",
        "/item/%00",
    ],
)
def test_nothing_but_pages_of_ours(ana: Browser, path: str) -> None:
    answer = ana.client.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text and "root:" not in answer.text


@pytest.mark.parametrize("path", ["/document/alpha.en/page/x.png", "/document/alpha.en/page/1.png?width=x"])
def test_what_makes_no_sense_is_told_so(ana: Browser, path: str) -> None:
    assert (ana.open(path).status, "makes no sense" in ana.text) == (400, True)


@pytest.mark.parametrize("path", ["/", "/item/none", "/item/x/page/1.svg", "/document/alpha.en/page/1.png"])
def test_nobody_unknown_sees_anything(app: FastAPI, path: str) -> None:
    answer = Browser(app).client.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/sign-in")
    forger = Browser(app)
    forger.client.cookies.set(COOKIE, "WyJBbmEiLDAsIiJd." + "0" * 64)
    assert forger.client.get(path, follow_redirects=False).status_code == 303


def test_the_name_is_asked_first_and_leads_back(app: FastAPI, desk_of: Desk) -> None:
    path = f"/item/{named(desk_of, 'diasporas')}?show=all&words=a%26b"
    someone = Browser(app).open(path)
    assert someone.heading == "Who reviews?"
    someone.submit("/sign-in", name=" ")
    assert "Give a name" in someone.text
    someone.submit("/sign-in", name="  Ana  María ")
    assert someone.path == path
    assert "Reviewing as Ana María" in someone.text
    cookie = someone.client.cookies.jar
    assert all(c.name == COOKIE and c.has_nonstandard_attr("HttpOnly") for c in cookie)
    someone.submit("/sign-out")
    assert someone.open("/").heading == "Who reviews?"


@pytest.mark.parametrize(
    "to", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "/a\r\nb", ""]
)
def test_signing_in_leads_nowhere_else(app: FastAPI, to: str) -> None:
    assert inside(to) == "/"
    assert Browser(app).open("/sign-in").submit("/sign-in", name="Ana", to=to).path == "/"


def test_a_password_is_asked_and_guessing_slows_down(place: Settings) -> None:
    app = review(place, password="päss word")
    guest = Browser(app).open("/")
    for _ in range(Throttle.FREE):
        guest.submit("/sign-in", name="Eve", password="guess")
        assert (guest.status, "The password is wrong." in guest.text) == (403, True)
    guest.submit("/sign-in", name="Eve", password="päss word")
    assert (guest.status, "wait" in guest.text) == (429, True)
    other = Browser(app, "Ana", "päss word", peer="127.0.0.2")
    assert "Reviewing as Ana" in other.text
    lines = [json.loads(line) for line in log(place).splitlines()]
    assert [line["what"] for line in lines] == ["wrong password"] * 5 + ["sign in"]
    assert (lines[0]["who"], lines[0]["peer"], lines[5]["who"]) == ("Eve", "127.0.0.1", "Ana")
    assert "guess" not in log(place)


def test_another_password_makes_old_names_void(place: Settings) -> None:
    before = Browser(review(place, password="one"), "Ana", "one")
    cookie = before.client.cookies[COOKIE]
    after = Browser(review(place, password="two"))
    after.client.cookies.set(COOKIE, cookie)
    assert after.open("/").heading == "Who reviews?"


def test_a_proxy_says_who_it_is(place: Settings) -> None:
    app = review(place, user_header="X-Remote-User")
    inside = Browser(app)
    inside.client.headers["X-Remote-User"] = "Ana"
    inside.open("/")
    assert "Reviewing as Ana" in inside.text and "Sign out" not in inside.text
    inside.open(inside.links("/item/")[0]).submit("/accept")
    assert [d.by for d in ledger.read(app.state.site.engine)] == ["Ana"]
    inside.client.headers["X-Remote-User"] = "ana"
    assert "Reviewing as Ana" in inside.open("/").text, "one person, one spelling"
    assert Browser(app).open("/").status == 403
    outside = Browser(app, peer="10.0.0.7")
    outside.client.headers["X-Remote-User"] = "Ana"
    assert (outside.open("/").status, "did not say who you are" in outside.text) == (403, True)


def test_a_header_that_was_not_asked_for_says_nothing(app: FastAPI) -> None:
    assert Browser(app).open("/", **{"X-Remote-User": "Ana"}).heading == "Who reviews?"


def test_refused_writes_are_in_the_log(ana: Browser, place: Settings, desk_of: Desk) -> None:
    path = f"/item/{named(desk_of, 'diasporas')}/accept"
    ana.post(path, {"csrf": "x"})
    ana.post(path, {"csrf": ana.token()}, origin="https://example.org")
    lines = [json.loads(line) for line in log(place).splitlines()]
    assert [(line["what"], line["who"], line["detail"]) for line in lines] == [
        ("sign in", "Ana", ""),
        ("refused", "Ana", f"403 {path}"),
        ("refused", "", f"403 {path}"),
    ]


def test_the_log_is_bounded_and_stays_one_line_an_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.log.BYTES", 2_000)
    held = audit_log.Record(tmp_path / "review.log")
    for n in range(30):
        held.note("refused", who="a\nb\u202e", detail="x" * 9_000 + str(n))
    files = sorted(tmp_path.iterdir())
    assert [path.name for path in files] == ["review.log", "review.log.1"]
    assert all(path.stat().st_size <= 2_000 and stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    assert all(json.loads(line)["who"] == "a\nb\u202e" for line in files[0].read_text("ascii").splitlines())


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "store" / "review.key"
    made = signature.read_key(path)
    assert (signature.read_key(path), len(made), stat.S_IMODE(path.stat().st_mode)) == (made, 32, 0o600)
    path.write_text("short", encoding="ascii")
    with pytest.raises(GcmrefsError, match=r"review\.key"):
        signature.read_key(path)


@pytest.mark.parametrize("damage", ["", ".", "x.y", "cookie", "swap", "old", "other"])
def test_a_cookie_that_is_not_ours_names_nobody(damage: str) -> None:
    now = 1_000_000.0
    signer = Signer(b"k" * 32, clock=lambda: now)
    good = signer.cookie("Ana")
    assert signer.reviewer(good) == "Ana"
    body, _, signed = good.partition(".")
    bad = {"cookie": body + "." + signed[:-1] + "0", "swap": signed + "." + body}.get(damage, damage)
    if damage == "old":
        bad = Signer(b"k" * 32, clock=lambda: now - signature.COOKIE_SECONDS - 1).cookie("Ana")
    elif damage == "other":
        bad = Signer(b"j" * 32, clock=lambda: now).cookie("Ana")
    elif damage == "cookie" and bad == good:
        bad = body + "." + signed[:-1] + "1"
    assert signer.reviewer(bad) == ""


def test_the_throttle_forgets_after_a_right_password_and_stays_small() -> None:
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    waits = []
    for _ in range(9):
        throttle.fail("a")
        waits.append(throttle.wait("a"))
    assert waits == [0.0] * 4 + [1.0, 2.0, 4.0, 8.0, 16.0]
    now[0] = 10.0
    assert (throttle.wait("a"), throttle.wait("b")) == (6.0, 0.0)
    for _ in range(40):
        throttle.fail("a")
    assert throttle.wait("a") == Throttle.LONGEST
    throttle.succeed("a")
    assert throttle.wait("a") == 0.0
    for n in range(Throttle.PEERS + 50):
        throttle.fail(str(n))
    assert len(throttle._failed) == Throttle.PEERS


@pytest.mark.parametrize(
    ("host", "ours"), [("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("", False)]
)
def test_loopback(host: str, ours: bool) -> None:
    assert is_loopback(host) is ours
