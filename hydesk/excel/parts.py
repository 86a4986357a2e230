"""The parts of a zipped workbook, each unpacked once however many stages look at it."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cached_property

_MOST_KEPT = 8 * 1024 * 1024
"""Bytes of unpacked parts that are kept; what is beyond is unpacked anew by every stage."""
_READ = re.compile("sheet|sharedstrings|styles|workbook|content", re.IGNORECASE)
"""Parts whose content is looked at; a fault in any other is nobody's loss."""


class Parts:
    """A zip's members by name. Raises what ``zipfile`` raises for a damaged one."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self.members = self._archive.infolist()
        self._held: dict[str, bytes] = {}
        self._room = _MOST_KEPT

    @cached_property
    def lowered(self) -> dict[str, str]:
        """The members' names by what they are in small letters."""
        return {m.filename.lower(): m.filename for m in self.members}

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def read(self, name: str) -> bytes:
        """A member, unpacked."""
        held = self._held.get(name)
        if held is None:
            held = self._archive.read(name)
            if len(held) <= self._room:
                self._room -= len(held)
                self._held[name] = held
        return held

    def head(self, member: zipfile.ZipInfo, length: int) -> bytes:
        """A member's first bytes; the whole of one that will be read anyway is unpacked and kept."""
        if member.filename in self._held or (member.file_size <= self._room and _READ.search(member.filename)):
            return self.read(member.filename)[:length]
        with self._archive.open(member) as part:
            return part.read(length)
