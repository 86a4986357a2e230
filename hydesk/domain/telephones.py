"""Telephone numbers in text: recognised by how they are written in China, and made unreadable where they must not leave."""

from __future__ import annotations

import re

_GAP = r"[-–—‑_/·\s]{0,2}"
_ALONE = r"(?<!\d)(?<!\d\.)"  # no digits of a figure go before
_NUMBER = re.compile(
    rf"{_ALONE}(?:(?:\+|00)?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"  # mobile
    rf"|{_ALONE}1[3-9]\d\.\d{{4}}\.\d{{4}}(?!\d)"
    rf"|{_ALONE}\(?（?0[1-9]\d{{1,2}}[)）]?{_GAP}[2-9]\d{{2,3}}{_GAP}\d{{4}}(?!\d)")
"""A mobile number, or one with its area code; 11 digits of an amount look the same and are hidden as well."""
_WIDE = str.maketrans("０１２３４５６７８９－（）＋", "0123456789-()+")


def without_numbers(text: str) -> str:
    """``text`` with every telephone number cut down to its first and last digits."""
    plain = text.translate(_WIDE)
    return _NUMBER.sub(_hidden, plain) if _NUMBER.search(plain) else text


def _hidden(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    return f"{digits[:3]}****{digits[-2:]}"
