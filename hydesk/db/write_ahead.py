"""What SQLite's write-ahead log beside a file holds, put into the file's bytes without SQLite.

SQLite does this itself wherever the file can be opened; this is for one that cannot. The format is told at
https://www.sqlite.org/walformat.html.
"""

from __future__ import annotations

import struct
from pathlib import Path

_MAGIC = (0x377F0682, 0x377F0683)


def with_log(path: Path, *, first_only: bool = False) -> bytes:
    """The bytes of ``path`` as they stand after the last transaction in its log, or after the first. Raises OSError."""
    content = path.read_bytes()
    log = path.with_name(path.name + "-wal")
    if not log.is_file():
        return content
    frames = log.read_bytes()
    if len(frames) < 32:
        return content
    magic, _, size, _, salt_1, salt_2 = struct.unpack(">6I", frames[:24])
    if magic not in _MAGIC or size < 512:
        return content
    pages: dict[int, bytes] = {}
    committed: dict[int, bytes] = {}
    for at in range(32, len(frames) - size - 23, size + 24):
        number, length, first, second = struct.unpack(">4I", frames[at:at + 16])
        if (first, second) != (salt_1, salt_2) or not number:
            break  # of an earlier round
        pages[number] = frames[at + 24:at + 24 + size]
        if length:
            committed |= pages
            pages = {}
            if first_only:
                break
    whole = bytearray(content.ljust(max(committed, default=0) * size, b"\0"))
    for number, page in committed.items():
        whole[(number - 1) * size:number * size] = page
    return bytes(whole)
