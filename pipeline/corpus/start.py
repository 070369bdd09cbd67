"""A corpus of one's own: the manifest and the sample that come with the project, copied to where they are worked with."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.corpus.manifest import MANIFEST
from pipeline.errors import CorpusError
from pipeline.files import write_text

CORPUS, README = "corpus", "README.md"
EMPTY = f"""# The documents of this corpus: gcmrefs corpus add FILE|URL writes entries, gcmrefs corpus check reads them over.
# Every key is told in {README} beside this folder.
sources: []
"""


def shipped_corpus() -> Path:
    """Return the folder of the manifest and the sample that come with the project: in the package, or in its sources."""
    packed = Path(__file__).with_name("shipped")
    return packed if packed.is_dir() else Path(__file__).parents[2] / "corpus"


def start_corpus(folder: Path, *, is_empty: bool = False) -> list[Path]:
    """Make a folder to work in and return the files and folders made; nothing that is there is changed.

    It gets `corpus/manifest.yaml` with the public documents that the project knows (or none), `corpus/sample/`, which stands in
    until the first document is there, and a `README.md` that says what comes next. Raises CorpusError where one of them exists.
    """
    shipped, corpus = shipped_corpus(), folder / CORPUS
    made = [folder / README, corpus / MANIFEST] + ([] if is_empty else [corpus / "sample"])
    for path in made:
        if path.exists():
            raise CorpusError(f"{path}: there already: name another folder, or go on with that one")
    try:
        corpus.mkdir(parents=True, exist_ok=True)
        if is_empty:
            write_text(corpus / MANIFEST, EMPTY)
        else:
            shutil.copyfile(shipped / MANIFEST, corpus / MANIFEST)
            shutil.copytree(shipped / "sample", corpus / "sample", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        shutil.copyfile(Path(__file__).with_name("first_steps.md"), folder / README)
    except OSError as error:
        raise CorpusError(f"{folder}: cannot be written: {error.strerror}: name another folder") from None
    return made
