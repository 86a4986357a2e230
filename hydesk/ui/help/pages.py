"""The handbook as pages: read from docs/handbook, in the order of its contents, and searched."""

from __future__ import annotations

import re
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.resource_files import handbook_folder
from hydesk.ui.help.markdown import PageHeading, plain, to_html

CONTENTS = "README"
"""The page with the contents; its links give the order of the others."""
_ROUND = 46
"""Characters of a line shown with a find."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``name`` is its file without .md; ``lines`` its text with the anchor each line stands under."""

    name: str
    title: str
    html: str
    headings: tuple[PageHeading, ...]
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Find:
    """Where words were found: ``anchor`` names the heading above (empty: the page's top)."""

    page: str
    anchor: str
    where: str
    excerpt: str


class Handbook:
    """All pages, by name and in order. Raises HydeskError where the handbook is not there."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or handbook_folder()
        contents = self.folder / f"{CONTENTS}.md"
        if not contents.is_file():
            raise HydeskError(f"没有找到使用手册（应在 {self.folder}）。请重新安装程序。")
        order = re.findall(r"\]\(([\w-]+)\.md\)", contents.read_text(encoding="utf-8"))
        self.pages = {name: _read(self.folder / f"{name}.md") for name in dict.fromkeys((CONTENTS, *order))}

    def find(self, words: str) -> list[Find]:
        """Lines that hold all ``words`` (blanks part them), a heading's own lines first; at most one a line."""
        wanted = words.lower().split()
        if not wanted:
            return []
        headings: list[Find] = []
        others: list[Find] = []
        for page in self.pages.values():
            named = {h.anchor: h.text for h in page.headings}
            for anchor, line in page.lines:
                if all(w in line.lower() for w in wanted):
                    title = named.get(anchor, "")
                    where = page.title if title in ("", page.title) else f"{page.title} › {title}"
                    found = Find(page.name, anchor, where, _around(line, wanted[0]))
                    (headings if line == title else others).append(found)
        return headings + others


def _around(line: str, word: str) -> str:
    at = line.lower().find(word)
    start = max(0, min(at - _ROUND // 3, len(line) - _ROUND))
    cut = line[start:start + _ROUND]
    return ("…" if start else "") + cut + ("…" if start + _ROUND < len(line) else "")


def _read(path: Path) -> Page:
    source = path.read_text(encoding="utf-8")
    html, headings = to_html(source)
    lines, anchor, left = [], "", list(headings)
    for line in source.splitlines():
        text = plain(re.sub(r"^[ >#-]*(\d+\. )?", "", line)).replace("|", "　").strip("　 -")
        if line.startswith("#") and left:
            anchor = left.pop(0).anchor
        if text:
            lines.append((anchor, text))
    return Page(path.stem, headings[0].text, html, tuple(headings), tuple(lines))
