"""What a file can hold of a text: some signs are refused by XML, and so by Word and Excel."""

from __future__ import annotations

import re

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that XML 1.0 §2.2 does not allow; whatever writes a document leaves them out."""
