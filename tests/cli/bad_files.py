"""Files as clerks send them that are no workbook, or one that cannot be opened."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.cli.command_line import write_return

SECTOR = 512
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE


def password_protected(path: Path) -> Path:
    """What Excel writes under a password: an OLE container with a stream named EncryptedPackage."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16))
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 0, 4096, END, 0, END, 0)[4:]
    header = bytearray(header.ljust(76, b"\0"))
    struct.pack_into("<IIIIIIIII", header, 40, 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", FREE) * 108
    streams = {"EncryptionInfo": bytes(4096), "EncryptedPackage": bytes(range(256)) * 16}
    sectors_each = 4096 // SECTOR
    fat = [0xFFFFFFFD, END]
    for index in range(len(streams)):
        first = 2 + index * sectors_each
        fat += [*range(first + 1, first + sectors_each), END]
    fat += [FREE] * (128 - len(fat))
    entries = [_entry("Root Entry", 5, child=1, start=END, size=0)]
    entries.append(_entry("EncryptionInfo", 2, right=2, start=2, size=4096))
    entries.append(_entry("EncryptedPackage", 2, start=2 + sectors_each, size=4096))
    entries.append(bytes(128))
    path.write_bytes(bytes(header) + struct.pack("<128I", *fat) + b"".join(entries) + b"".join(streams.values()))
    return path


def _entry(name: str, kind: int, *, right: int = FREE, child: int = FREE, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return (text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, right, child)
            + bytes(36) + struct.pack("<IQ", start, size))


def damaged(path: Path) -> Path:
    """A workbook whose transfer broke off half-way."""
    write_return(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def empty(path: Path) -> Path:
    """Nothing at all."""
    path.write_bytes(b"")
    return path


def not_a_workbook(path: Path) -> Path:
    """A picture under a workbook's name."""
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    return path


def noise(path: Path) -> Path:
    """Bytes that mean nothing."""
    path.write_bytes(bytes((i * 197 + i // 7) % 256 for i in range(5000)))
    return path


def without_projects(path: Path) -> Path:
    """A workbook with a letter in it."""
    from tests.cli.command_line import write_book

    return write_book(path, [["关于报送材料的函"], ["各单位："], ["请于本月底前报送。"]])


def missing(path: Path) -> Path:
    """A file that is not there."""
    return path


BAD_FILES = (password_protected, damaged, empty, not_a_workbook, noise, without_projects, missing)
