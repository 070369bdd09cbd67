"""What a measurement is: its values round by round, its goal, and how processor time and memory are told.

Rounds of what is compared are interleaved in one run and timed by the processor time of the process (or of its children),
so that a busy or slow machine shifts all sides alike.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

PEAK = """
import re
from pathlib import Path
status = Path("/proc/self/status")
if status.exists():  # VmHWM is that of this program; ru_maxrss begins with what the parent had
    print(int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) / 1024)
else:
    import resource, sys
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024))
"""
"""Code that prints the peak memory of the process that runs it, in MB."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement: one value a round; `goal` is the most that their median may be (the least, where `is_least`), None
    for a figure to watch."""

    name: str
    values: Sequence[float]
    goal: float | None = None
    is_least: bool = False
    how: str = ""

    @property
    def middle(self) -> float:
        return median(self.values)

    @property
    def spread(self) -> str:
        """The lowest and the highest value; "" for a single one."""
        return f"{shown(min(self.values))}-{shown(max(self.values))}" if len(self.values) > 1 else ""

    @property
    def is_missed(self) -> bool:
        if self.goal is None:
            return False
        return self.middle < self.goal if self.is_least else self.middle > self.goal

    @property
    def told_goal(self) -> str:
        return "" if self.goal is None else f"{'≥' if self.is_least else '≤'} {self.goal:g}"


def shown(value: float) -> str:
    """A value with three digits that count.

    >>> shown(0.04567), shown(4.567), shown(456.7)
    ('0.046', '4.57', '457')
    """
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.0f}"


def interleaved(
    *functions: Callable[[], object],
    rounds: int,
    clock: Callable[[], float] = time.process_time,
    is_warm: bool = False,
) -> list[list[float]]:
    """Time each function once a round, after one round to warm up unless all that is made once was made (`is_warm`); return
    the seconds of each, round by round."""
    times: list[list[float]] = [[] for _ in functions]
    for number in range(int(is_warm), rounds + 1):
        for function, taken in zip(functions, times, strict=True):
            began = clock()
            function()
            if number:
                taken.append(clock() - began)
    return times


def shares(part: Sequence[float], whole: Sequence[float]) -> list[float]:
    """One as a share of the other, round by round."""
    return [a / b for a, b in zip(part, whole, strict=True)]


def children() -> float:
    """Processor seconds that ended child processes have taken so far; seconds of the clock where the system does not tell."""
    if resource is None:
        return time.perf_counter()
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def spent() -> float:
    """Processor seconds of this process and of its children so far, those at work too where the system tells (Linux)."""
    return time.process_time() + (children() if resource else 0.0) + sum(map(_at_work, _descendants(os.getpid())))


def _descendants(process: int) -> list[int]:
    try:
        lists = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return []
    own = [int(number) for text in lists for number in text.split()]
    return own + [further for child in own for further in _descendants(child)]


def _at_work(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def run_python(code: str, *words: str) -> str:
    """Run code in a Python of its own, with compiled modules kept as installed programs have them; return what it prints."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GCMREFS_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, env=clean, check=True)
    return done.stdout
