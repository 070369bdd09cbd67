"""What Windows lacks is not needed: the sample is read and searched with those parts of Python hidden."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("gcmrefs", "pipeline", "extractors", "lexicons", "flows")
HIDDEN_MODULES = ("fcntl", "resource", "pwd", "grp", "termios")
HIDDEN_NAMES = {
    "os": ("fork", "forkpty", "killpg", "setsid", "getpgid", "pread", "pwrite", "O_CLOEXEC", "geteuid", "getuid"),
    "signal": ("SIGALRM", "SIGKILL", "setitimer", "ITIMER_REAL"),
}
"""Parts of the standard library that Windows does not have."""
HIDE = f"""
import json, sys
for name in {HIDDEN_MODULES!r}:
    sys.modules[name] = None
for module, names in {HIDDEN_NAMES!r}.items():
    for name in names:
        vars(__import__(module)).pop(name, None)
import multiprocessing
multiprocessing.get_all_start_methods = lambda: ["spawn"]
multiprocessing.set_start_method("spawn", force=True)
"""


def alone(code: str, folder: Path) -> str:
    """Run code in a Python of its own that has none of these, and return what it printed."""
    words = [sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning:pipeline", "-c", HIDE + code]
    done = subprocess.run(words, cwd=folder, capture_output=True, encoding="utf-8", timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_module_of_the_core_can_be_imported(tmp_path: Path) -> None:
    names = [".".join(p.relative_to(ROOT).with_suffix("").parts) for p in (ROOT / "pipeline").rglob("*.py")]
    wanted = sorted(n.removesuffix(".__init__") for n in names if "notebooks" not in n and "webapp.server" not in n)
    assert alone(f"for name in {wanted!r}: __import__(name)\nprint('all')", tmp_path) == "all\n"


def test_documents_are_read_by_several_processes_and_within_their_time(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from pipeline.run import pool, loose_files
if __name__ == "__main__":
    pool.POOL_PAYS = 0
    files = sorted(Path({str(ROOT / "corpus" / "sample")!r}).glob("*.en.txt"))
    found = loose_files.extract_files(files, workers=2)
    print(json.dumps([len(found.done), found.failures, sum(len(done.references) for done in found.done)]))
"""
    done, failures, references = json.loads(alone(code, tmp_path))
    assert (done, failures) == (3, [])
    assert references > 50


@pytest.mark.parametrize("package", PACKAGES)
def test_text_files_say_their_encoding(package: str) -> None:
    """Windows reads and writes text as cp1252 where nothing is said."""
    assert list(unsaid(ROOT / package)) == []


def unsaid(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            said = {keyword.arg for keyword in node.keywords}
            place = node.args[0 if isinstance(node.func, ast.Attribute) and name == "open" else 1 :]
            modes = [arg.value for arg in place[:1] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            of_path = name == "write_text" or (name == "read_text" and not node.args)
            of_path = of_path and isinstance(node.func, ast.Attribute)
            opens = name in ("open", "fdopen") and any(set(mode) <= set("rwax+t") and mode for mode in modes)
            runs = name in ("run", "Popen", "check_output") and "text" in said
            if (of_path or opens or runs) and "encoding" not in said:
                yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
