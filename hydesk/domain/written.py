"""What a file can hold of a text: some signs are refused by XML, some beginnings are taken for a formula."""

from __future__ import annotations

import re

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that XML 1.0 §2.2 does not allow; whatever writes a document leaves them out."""
_FORMULA = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠]")


def begins_formula(text: str) -> bool:
    """Whether Excel or WPS would take ``text`` for a formula, full width signs too, behind signs that nobody sees."""
    return _FORMULA.match(text) is not None
