"""Errors that a user can act on; each is one line that names the file and the remedy."""

from __future__ import annotations


class GcmrefsError(Exception):
    """Base of every error shown to the user as one line without a traceback."""


class InputError(GcmrefsError):
    """A document that cannot be read: `name` is the file, `problem` what is wrong, `remedy` what to do about it.

    >>> str(InputError("a.pdf", "encrypted", "give --password"))
    'a.pdf: encrypted: give --password'
    """

    def __init__(self, name: str, problem: str, remedy: str = "") -> None:
        self.name, self.problem, self.remedy = name, problem, remedy
        super().__init__(f"{name}: {problem}" + (f": {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.name, self.problem, self.remedy), self.__dict__


class ProcessLostError(InputError):
    """A document whose process ended by something else than the document: it may go well next time."""


class CorpusError(GcmrefsError):
    """A manifest or corpus folder that cannot be used."""


class Refused(Exception):
    """An address or some bytes that gave no document; the text says why."""
