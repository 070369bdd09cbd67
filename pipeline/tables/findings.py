"""What the tables find in one document, kept from run to run while nothing changes that it depends on."""

from __future__ import annotations

import importlib
import io
import pickle
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import is_dataclass
from typing import TypeVar

from extractors.text.identity import make_identity

T = TypeVar("T")
_OURS = ("extractors.", "pipeline.")


Kept = tuple[str, bytes]
"""One finding as it is stored: what stands for all that it was made of, and the packed finding."""
Shelf = Mapping[str, Kept]
"""The findings of one name, by document."""
NameOf = Mapping[int, tuple[str, str]]
"""Where an object stands in `DocumentFindings.shared`, by its `id`."""


class DocumentFindings:
    """The findings of each document by name: taken from those that were kept, else made, and then held for the next run.

    keys    what stands for all that the rows of a document are made of; a document without one is always made anew
    read    gives what was kept under a name
    shared  objects that many findings refer to, by kind and name: their names are kept, not they themselves

    >>> DocumentFindings().of("length", "a", lambda: len("Lake"))
    4
    """

    def __init__(
        self,
        keys: Mapping[str, str] | None = None,
        read: Callable[[str], Shelf] = lambda name: {},
        shared: Mapping[str, Mapping[str, object]] | None = None,
    ) -> None:
        self.keys, self.shared = dict(keys or {}), dict(shared or {})
        self.fresh: dict[tuple[str, str], Kept] = {}
        self._read = read
        self._shelves: dict[str, Shelf] = {}
        self._names = {id(one): (kind, name) for kind, held in self.shared.items() for name, one in held.items()}

    def of(self, name: str, document: str, make: Callable[[], T], others: Collection[str] = ()) -> T:
        """Return what `make` gives for a document, without calling it where that is known.

        It must depend on nothing but the rows and facts of this document (and of `others`), the lexicon and the code, and
        give dataclasses or named tuples of ours, plain values, or tuples, lists and mappings of these.
        """
        key = self._key(document, others)
        if not key:
            return make()
        kept = self.fresh.get((name, document)) or self._shelf(name).get(document)
        if kept is not None and kept[0] == key:
            try:
                found: T = _FindingUnpickler(io.BytesIO(zlib.decompress(kept[1])), self.shared).load()
                return found
            except Exception:  # damaged, or of another time: made anew
                pass
        made = make()
        packed = io.BytesIO()
        _FindingPickler(packed, self._names).dump(made)
        self.fresh[name, document] = (key, zlib.compress(packed.getvalue(), 1))
        return made

    def _key(self, document: str, others: Collection[str]) -> str:
        own = self.keys.get(document, "")
        if not own or not others:
            return own
        keys = [self.keys.get(name, "") for name in sorted(others)]
        return make_identity(own, keys) if all(keys) else ""

    def _shelf(self, name: str) -> Shelf:
        if name not in self._shelves:
            self._shelves[name] = self._read(name)
        return self._shelves[name]


class _FindingPickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, names: NameOf) -> None:
        super().__init__(file, protocol=5)
        self._names = names

    def persistent_id(self, obj: object) -> tuple[str, str] | None:
        return self._names.get(id(obj))


class _FindingUnpickler(pickle.Unpickler):
    """Reads nothing but dataclasses and named tuples of this project: a store that somebody passes on runs no code."""

    def __init__(self, file: io.BytesIO, shared: Mapping[str, Mapping[str, object]]) -> None:
        super().__init__(file)
        self._shared = shared

    def persistent_load(self, pid: Sequence[str]) -> object:
        kind, name = pid
        return self._shared[kind][name]

    def find_class(self, module_name: str, global_name: str) -> type:
        if module_name.startswith(_OURS):
            found = getattr(importlib.import_module(module_name), global_name, None)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, tuple)):
                return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name}: no row of a table")
