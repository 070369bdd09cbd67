"""spaCy is imported without its command line, and loses nothing by that."""

from __future__ import annotations

import subprocess
import sys

_CODE = """
import sys
import extractors.references
import spacy
print("spacy.cli" in sys.modules)
print(hasattr(spacy, "nothing"), callable(spacy.info), callable(spacy.cli.download))
"""


def test_what_was_left_out_of_spacy_comes_when_it_is_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True", "True"]
