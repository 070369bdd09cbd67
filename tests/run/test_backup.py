"""A backup brings back documents, manifest and decisions as they were; a hostile one changes nothing."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.review.decision import Decision
from pipeline.run import backup
from pipeline.run.backup import restore_backup, write_backup
from pipeline.settings import Settings
from pipeline.store import documents
from tests.run import fake

Entries = dict[str, bytes]


def settings(folder: Path) -> Settings:
    return Settings(corpus=folder / "corpus", outputs=folder / "outputs", database_url="", workers=1)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with a corpus, a run and two decisions, and its backup `a.zip`."""
    folder = tmp_path / "first"
    (folder / "corpus" / "added").mkdir(parents=True)
    (folder / "corpus" / "added" / "déclaration 1.txt").write_text("the forum\n", encoding="utf-8")
    (folder / "corpus" / "manifest.yaml").write_text("sources: []\n", encoding="utf-8")
    fake.run_corpus(settings=settings(folder))
    with documents.opened(documents.address(settings(folder))) as store:
        said = Decision(reference_id="r", document="d", paragraph="1", action="comment", by="Ana", comment="ñ\n\u202e")
        ledger.append(store, [said, replace(said, comment="two")])
        ledger.undo(store, 1, by="Ana")
    write_backup(settings(folder), folder / "a.zip")
    return folder


def test_there_and_back(made: Path, tmp_path: Path) -> None:
    other = settings(tmp_path / "second")
    told = restore_backup(other, made / "a.zip")
    assert (told.files, told.decisions) == (2, 3)
    with documents.opened(documents.address(settings(made))) as one, documents.opened(documents.address(other)) as two:
        assert ledger.read(one) == ledger.read(two)
        assert ledger.append(two, ledger.read(two)[1:2])[0].decision_id == 4
    files = {path.relative_to(made): path.read_bytes() for path in (made / "corpus").rglob("*") if path.is_file()}
    assert files == {p.relative_to(tmp_path / "second"): p.read_bytes() for p in other.corpus.rglob("*") if p.is_file()}
    assert fake.run_corpus(settings=other).counts["documents"] == 1


def test_nothing_that_is_there_is_overwritten(made: Path, tmp_path: Path) -> None:
    with pytest.raises(GcmrefsError, match="there already: give --corpus"):
        restore_backup(settings(made), made / "a.zip")
    with pytest.raises(GcmrefsError, match="has decisions already"):
        restore_backup(settings(made).model_copy(update={"corpus": tmp_path / "new"}), made / "a.zip")
    assert not (tmp_path / "new").exists()


def rewritten(source: Path, target: Path, change: Callable[[Entries], None]) -> Path:
    """An archive changed by whoever knows the form: its listing fits what is in it."""
    with zipfile.ZipFile(source) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    about = json.loads(entries.pop("backup.json", b"{}"))
    about["files"] = {name: sha256(data).hexdigest() for name, data in entries.items()}
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
        archive.writestr("backup.json", json.dumps(about))
    return target


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("../out.txt", b"x"),
        ("corpus/../../out.txt", b"x"),
        ("/tmp/out.txt", b"x"),
        ("corpus/C:/out.txt", b"x"),
        ("corpus\\..\\out.txt", b"x"),
        ("outputs/latest/run.json", b"x"),
        ("corpus/manifest.YAML", b"x"),
        ("decisions.jsonl", b'{"decision_id": 1}\n'),
        ("decisions.jsonl", b"nonsense\n"),
        ("decisions.jsonl", b""),
    ],
)
def test_a_hostile_archive_changes_nothing(made: Path, tmp_path: Path, name: str, data: bytes) -> None:
    file = rewritten(made / "a.zip", tmp_path / "b.zip", lambda entries: entries.update({name: data}))
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(GcmrefsError, match=r"b\.zip: "):
        restore_backup(settings(tmp_path / "second"), file)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_link_is_no_member(made: Path, tmp_path: Path) -> None:
    info = zipfile.ZipInfo("corpus/link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert not backup._is_safe(info)


@pytest.mark.parametrize("at", [0.3, 0.6, 0.98])
def test_a_damaged_archive_is_told(made: Path, tmp_path: Path, at: float) -> None:
    data = bytearray((made / "a.zip").read_bytes())
    data[int(len(data) * at) : int(len(data) * at) + 20] = bytes(20)
    (tmp_path / "b.zip").write_bytes(data)
    with pytest.raises(GcmrefsError, match=r"b\.zip: "):
        restore_backup(settings(tmp_path / "second"), tmp_path / "b.zip")
    assert not (tmp_path / "second").exists()


def test_a_bomb_is_refused_unread(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "MOST_BYTES", 100)
    with pytest.raises(GcmrefsError, match="too large"):
        restore_backup(settings(tmp_path / "second"), made / "a.zip")
    with pytest.raises(GcmrefsError, match="too large"):
        write_backup(settings(made), tmp_path / "c.zip")
    assert not (tmp_path / "c.zip").exists()
