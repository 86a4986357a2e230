"""The text of a Word document (docx): its paragraphs, tables left out. Nothing of it is trusted: sizes are bounded, declared entities
refused, nothing but words is read."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.parsers import expat

from hydesk.domain.errors import HydeskError

MOST_BYTES = 16_000_000
"""How much of a document's text part is unpacked at most."""
_PART = "word/document.xml"
_DECLARED = re.compile(rb"<!DOCTYPE|<!ENTITY")
_OTHER = "请在 WPS 或 Word 里另存为 docx，或者把文字复制出来粘贴。"


def read_word_text(path: Path) -> tuple[str, int]:
    """The paragraphs of the document at ``path``, a line each, and how many tables were left out. Raises HydeskError where it
    is none, or too large."""
    try:
        with zipfile.ZipFile(path) as packed, packed.open(_PART) as part:
            data = part.read(MOST_BYTES + 1)
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as e:
        raise HydeskError(f"“{path.name}”不是能读的 Word 文档（docx），没有读取。{_OTHER}") from e
    if len(data) > MOST_BYTES:
        raise HydeskError(f"“{path.name}”的文字太多，没有读取。请把要学的段落复制出来粘贴。")
    if _DECLARED.search(data):
        raise HydeskError(f"“{path.name}”含有自定义的 XML 实体，正常的文档没有，没有读取。{_OTHER}")
    reader = _Paragraphs()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as e:
        raise HydeskError(f"“{path.name}”是坏的，没有读取。{_OTHER}") from e
    return "\n".join(line for line in reader.lines if line.strip()), reader.left_out


class _Paragraphs:
    """Collects w:t inside w:p, outside w:tbl; deleted text (w:del) is not read."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._words: list[str] = []
        self._tables = self._deleted = 0
        self.left_out = 0
        """Tables with words in them, those within others not counted."""
        self._worded = False
        self._reading = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data

    def _start(self, name: str, _attributes: object) -> None:
        match name.rpartition(":")[2]:
            case "tbl":
                self._tables += 1
            case "del":
                self._deleted += 1
            case "t":
                self._reading = not self._tables and not self._deleted
            case "br" | "cr":
                self._words.append("\n")
            case "tab":
                self._words.append(" ")

    def _end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "tbl":
                self._tables -= 1
                if not self._tables:
                    self.left_out += self._worded
                    self._worded = False
            case "del":
                self._deleted -= 1
            case "t":
                self._reading = False
            case "p" if not self._tables:
                self.lines.append("".join(self._words))
                self._words.clear()

    def _data(self, words: str) -> None:
        if self._reading:
            self._words.append(words)
        elif self._tables and words.strip():
            self._worded = True
