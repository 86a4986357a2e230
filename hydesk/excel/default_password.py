"""Workbooks that are encrypted with Office's own default password, which nobody typed and nobody is asked for.

Excel and WPS encrypt so where a book is only protected against changes; every office program opens it without a
question. The ways of encryption are Microsoft's [MS-OFFCRYPTO] 2.3.4 (standard and agile).
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
from collections.abc import Mapping

from hydesk.excel.xls_form import compound_stream

_PASSWORD = "VelvetSweatshop".encode("utf-16-le")
_MOST_SPINS = 1_000_000
_SEGMENT = 4096
_KEY, _INPUT, _VALUE = bytes.fromhex("146e0be7abacd0d6"), bytes.fromhex("fea7d2763b4b9e79"), bytes.fromhex("d7aa0f6d3061344e")
_HASHES = {"SHA1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}
_STANDARD_SPINS = 50_000
_ATTRIBUTE = re.compile(rb"\b(\w{1,40})\s*=\s*\"([^\"]{0,400})\"")


def opened_by_default(content: bytes) -> bytes | None:
    """The workbook inside; None where another password was set, or the way of encryption is not known."""
    try:
        info, package = compound_stream(content, "EncryptionInfo"), compound_stream(content, "EncryptedPackage")
        if not info or not package or len(package) < 24:
            return None
        major, minor = struct.unpack_from("<HH", info, 0)
        plain = _agile(info[8:], package) if (major, minor) == (4, 4) else _standard(info, package) if minor == 2 else None
        size = struct.unpack_from("<Q", package, 0)[0]
        return plain[:size] if plain is not None and plain.startswith(b"PK") else None
    except (struct.error, IndexError, ValueError, KeyError):
        return None


def _decrypt(key: bytes, data: bytes, vector: bytes | None) -> bytes:
    from Cryptodome.Cipher import AES

    data = data[: len(data) // 16 * 16]
    cipher = AES.new(key, AES.MODE_CBC, vector) if vector is not None else AES.new(key, AES.MODE_ECB)
    return bytes(cipher.decrypt(data))


def _attributes(xml: bytes, tag: bytes) -> Mapping[str, str]:
    found = re.search(rb"<(?:\w{1,20}:)?" + tag + rb"\b([^>]{0,4000})>", xml)
    return {m[1].decode(): m[2].decode() for m in _ATTRIBUTE.finditer(found[1])} if found else {}


def _agile(xml: bytes, package: bytes) -> bytes | None:
    data, key = _attributes(xml, b"keyData"), _attributes(xml, b"encryptedKey")
    if key["cipherAlgorithm"] != "AES" or key["cipherChaining"] != "ChainingModeCBC" or not 0 < int(key["spinCount"]) <= _MOST_SPINS:
        return None
    digest, size, salt = _HASHES[key["hashAlgorithm"]], int(key["keyBits"]) // 8, base64.b64decode(key["saltValue"])
    spun = hashlib.new(digest, salt + _PASSWORD).digest()
    for at in range(int(key["spinCount"])):
        spun = hashlib.new(digest, struct.pack("<I", at) + spun).digest()

    def within(name: str, block: bytes) -> bytes:
        made = hashlib.new(digest, spun + block).digest()[:size].ljust(size, b"\x36")
        return _decrypt(made, base64.b64decode(key[name]), salt[:16].ljust(16, b"\x36"))

    proof = hashlib.new(digest, within("encryptedVerifierHashInput", _INPUT)[: int(key["saltSize"])]).digest()
    if within("encryptedVerifierHashValue", _VALUE)[: len(proof)] != proof:
        return None
    secret = within("encryptedKeyValue", _KEY)[:size]
    own, seed = _HASHES[data["hashAlgorithm"]], base64.b64decode(data["saltValue"])
    parts: list[bytes] = []
    for number, at in enumerate(range(8, len(package), _SEGMENT)):
        vector = hashlib.new(own, seed + struct.pack("<I", number)).digest()[:16].ljust(16, b"\x36")
        parts.append(_decrypt(secret, package[at : at + _SEGMENT], vector))
    return b"".join(parts)


def _standard(info: bytes, package: bytes) -> bytes | None:
    header, = struct.unpack_from("<I", info, 8)
    algorithm, _, bits = struct.unpack_from("<III", info, 20)
    if algorithm not in (0x660E, 0x660F, 0x6610) or bits not in (128, 192, 256):
        return None
    at = 12 + header
    salt, verifier = info[at + 4 : at + 20], info[at + 20 : at + 36]
    proof = info[at + 40 : at + 72]
    spun = hashlib.sha1(salt + _PASSWORD).digest()
    for number in range(_STANDARD_SPINS):
        spun = hashlib.sha1(struct.pack("<I", number) + spun).digest()
    spun = hashlib.sha1(spun + struct.pack("<I", 0)).digest()
    made = b"".join(hashlib.sha1(bytes(b ^ mask for b in spun.ljust(64, b"\0"))).digest() for mask in (0x36, 0x5C))
    key = made[: bits // 8]
    if hashlib.sha1(_decrypt(key, verifier, None)).digest() != _decrypt(key, proof, None)[:20]:
        return None
    return _decrypt(key, package[8:], None)
