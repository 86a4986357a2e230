"""Old workbooks (xls) that are encrypted with Office's own default password: RC4, as of Excel 97 and as of Excel 2002.

The ways are Microsoft's [MS-XLS] 2.2.10 and [MS-OFFCRYPTO] 2.3.5 and 2.3.6. Only the bodies of records are encrypted,
in blocks of 1,024 bytes of the stream, each with a key of its own; heads and a few records stand as they are.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable

from hydesk.excel.xls_form import compound_stream

_PASSWORD = "VelvetSweatshop".encode("utf-16-le")
_FILE_PASS, _BOUND_SHEET, _BLOCK = 0x2F, 0x85, 1024
_PLAIN = frozenset({0x809, _FILE_PASS, 0x194, 0x195, 0xE1, 0x196, 0x138})
"""BOF, FilePass, UsrExcl, FileLock, InterfaceHdr, RRDInfo and RRDHead are never encrypted."""
_PASSED_OVER = 0x1FFE
"""No record of any program: readers pass it over."""
_Keys = Callable[[int], bytes]


def is_locked(content: bytes) -> bool:
    """Whether an xls asks for a password, the default one among them."""
    try:
        stream = compound_stream(content, "Workbook", "Book")
        return stream is not None and _file_pass(stream) >= 0
    except (struct.error, IndexError, ValueError):
        return False


def is_obscured(content: bytes) -> bool:
    """Whether an xls is encrypted in the way of before Excel 97 (XOR), which Office may open without asking for a password."""
    try:
        stream = compound_stream(content, "Workbook", "Book")
        at = _file_pass(stream) if stream else -1
        return stream is not None and at >= 0 and struct.unpack_from("<H", stream, at + 4)[0] == 0
    except (struct.error, IndexError, ValueError):
        return False


def xls_opened_by_default(content: bytes) -> bytes | None:
    """The workbook without its encryption; None where it has none, another password, or a way that is not known."""
    try:
        stream = compound_stream(content, "Workbook", "Book")
        at = _file_pass(stream) if stream else -1
        if stream is None or at < 0:
            return None
        keys = _keys(stream[at + 4 : at + 4 + struct.unpack_from("<H", stream, at + 2)[0]])
        return compound_of(_decrypted(stream, at, keys)) if keys is not None else None
    except (struct.error, IndexError, ValueError):
        return None


def _file_pass(stream: bytes) -> int:
    """Where the record stands that tells of a password; -1 where none does."""
    at = 0
    for _ in range(40):  # it follows right upon the first BOF and a few others
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _FILE_PASS:
            return at
        at += 4 + length
    return -1


def _keys(info: bytes) -> _Keys | None:
    """The key of each block, where the default password opens the workbook."""
    way, major, minor = struct.unpack_from("<3H", info, 0)
    if way != 1:
        return None
    if (major, minor) == (1, 1):
        salt, verifier, proof = info[6:22], info[22:38], info[38:54]
        short = hashlib.md5((hashlib.md5(_PASSWORD).digest()[:5] + salt) * 16).digest()[:5]
        return _proved(lambda block: hashlib.md5(short + struct.pack("<I", block)).digest(), verifier, proof, "md5")
    if minor != 2 or major not in (2, 3, 4):
        return None
    size, = struct.unpack_from("<I", info, 10)
    _, _, algorithm, hashed, bits = struct.unpack_from("<5I", info, 14)
    if algorithm not in (0x6801, 0) or hashed not in (0x8004, 0) or bits not in (0, 40, 56, 64, 80, 96, 112, 128):
        return None
    at = 14 + size
    salt, verifier = info[at + 4 : at + 20], info[at + 20 : at + 36]
    length, = struct.unpack_from("<I", info, at + 36)
    whole = hashlib.sha1(salt + _PASSWORD).digest()
    used = (bits or 40) // 8

    def key(block: int) -> bytes:
        made = hashlib.sha1(whole + struct.pack("<I", block)).digest()[:used]
        return made.ljust(16, b"\0") if used == 5 else made

    return _proved(key, verifier, info[at + 40 : at + 40 + min(length, 20)], "sha1")


def _proved(keys: _Keys, verifier: bytes, proof: bytes, digest: str) -> _Keys | None:
    opened = _xor(verifier + proof, _stream_of(keys(0), len(verifier) + len(proof)))
    return keys if hashlib.new(digest, opened[:16]).digest()[: len(proof)] == opened[16:] else None


def _stream_of(key: bytes, length: int) -> bytes:
    from Cryptodome.Cipher import ARC4

    return bytes(ARC4.new(key).encrypt(b"\0" * length))


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one, "little") ^ int.from_bytes(other, "little")).to_bytes(len(one), "little")


def _decrypted(stream: bytes, password_at: int, keys: _Keys) -> bytes:
    """The stream with the bodies of its records readable, and the record of the password passed over."""
    blocks = -(-len(stream) // _BLOCK)
    opened = _xor(stream, b"".join(_stream_of(keys(n), _BLOCK) for n in range(blocks))[: len(stream)])
    made = bytearray(stream)
    struct.pack_into("<H", made, password_at, _PASSED_OVER)
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind not in _PLAIN:
            begin = at + 4 + (4 if kind == _BOUND_SHEET else 0)  # where its sheet begins is not encrypted
            made[begin : at + 4 + length] = opened[begin : at + 4 + length]
        at += 4 + length
    return bytes(made[: len(stream)])


_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_of(stream: bytes) -> bytes:
    """A compound file ([MS-CFB]) with nothing but a workbook's stream. Raises ValueError where it is too large."""
    sector = 512 if len(stream) < 109 * 128 * 400 else 4096
    data = stream.ljust(max(-(-len(stream) // sector) * sector, 4096), b"\0")
    count, per = len(data) // sector, sector // 4
    tables = 1
    while tables * per < count + 1 + tables:
        tables += 1
    if tables > 109:
        raise ValueError("too large")
    following = [*range(1, count), _END, _END, *([_TABLE] * tables)]
    following += [_FREE] * (tables * per - len(following))
    directory = _entry("Root Entry", 5, _END, 0, 1) + _entry("Workbook", 2, 0, len(data), _FREE) + _entry("", 0, 0, 0, _FREE) * 2
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3 if sector == 512 else 4, 0xFFFE, 9 if sector == 512 else 12, 6,
        0 if sector == 512 else 1, tables, count, 0, 4096, _END, 0, _END, 0, count + 1)
    places = [count + 1 + n for n in range(1, tables)] + [_FREE] * (109 - tables)
    return (head + struct.pack("<108I", *places)).ljust(sector, b"\0") + data + directory.ljust(sector, b"\0") + struct.pack(
        f"<{len(following)}I", *following)


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0" if name else b""
    return struct.pack("<64sHBBIII36xIQ", letters, len(letters), kind, 1, _FREE, _FREE, child, start, size)
