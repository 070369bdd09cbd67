"""The pages of the project itself (README, CHANGELOG ...) in the site, beside those of `docs/`; MkDocs calls this as a hook.

They stand at the root of the project, where its hosts look for them, so links from and to them are written for that place.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
PAGES = {
    "README.md": "overview.md",
    **{f"{name}.md": f"{name.lower()}.md" for name in ("CHANGELOG", "CONTRIBUTING", "SECURITY", "CODE_OF_CONDUCT")},
}
"""File at the root of the project -> page of the site."""
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|mailto:|#)([^()\s#]+)(#[^()\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    from mkdocs.structure.files import File

    for name, page in PAGES.items():
        files.append(File.generated(config, page, abs_src_path=str(ROOT / name)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return rewrite_links(markdown, page.file.src_uri)


def rewrite_links(markdown: str, page: str) -> str:
    """Return a page with its links as they have to be in the site; of a file that has no page there, its name stays.

    >>> rewrite_links("[a](docs/tutorial.md#b), [c](LICENSE)", "overview.md")
    '[a](tutorial.md#b), c'
    >>> rewrite_links("[a](../../CHANGELOG.md)", "how-to/install.md")
    '[a](../changelog.md)'
    """
    home = "" if page in PAGES.values() else posixpath.join("docs", posixpath.dirname(page))

    def rewritten(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(home, link[3]))
        if target in PAGES:
            target = PAGES[target]
        elif target.startswith("docs/"):
            target = target.removeprefix("docs/")
        else:
            return link[2]
        return f"{link[1]}[{link[2]}]({posixpath.relpath(target, posixpath.dirname(page) or '.')}{link[4] or ''})"

    return LINK.sub(rewritten, markdown)
