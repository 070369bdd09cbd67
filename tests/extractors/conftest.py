"""A small lexicon, so that the rules of matching are tested apart from the words that analysts edit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extractors.lexicon.yaml_file import default_folder

ENTRIES = """\
group: iscm
entries:
  - id: river-forum
    label: River Forum
    category: iscm.named
    section: References to ISCMs
    canonical: River Forum on Walking
    variants:
      en: [River Forum on Walking, RFW, {text: RF, match: short}]
      fr: [Forum du fleuve]
  - id: lake-forum
    label: Lake Forum
    category: iscm.named
    section: References to ISCMs
    canonical: Lake Forum
    variants:
      en: [Lake Forum, {text: LKF, match: short}]
    negatives:
      en: [Lake Forum of Anglers]
  - id: hill-process
    label: Hill Process
    category: iscm.named
    section: References to ISCMs
    variants:
      en: [Hill Process]
  - id: walkers
    label: Walkers
    category: stakeholder.migrants
    section: References to various categories of non-State stakeholders
    extend: true
    variants:
      en: ["walker{,s}", walking clubs]
    negatives:
      en: [sleep walkers]
  - id: path-organizations
    label: Path organizations
    category: igo.international_organization
    section: References to IGOs
    variants:
      en: [path organization, path organizations]
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few entries and the project's grammar."""
    folder = tmp_path_factory.mktemp("lexicon")
    (folder / "small.yaml").write_text(ENTRIES, encoding="utf-8")
    shutil.copytree(default_folder() / "languages", folder / "languages")
    return folder
