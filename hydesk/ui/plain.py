"""Text is text: what comes out of a ledger or a return is never taken for markup, wherever it is shown.

Qt takes a text that looks like HTML for HTML, and an ``<img src="file://server/…">`` in a project's name would then be
fetched. The style sheet tells every label, tip and message box to be plain; this is for what reaches a tip before that.
"""

from __future__ import annotations

_NOTHING = "\u200b"
"""Takes no room; after a < it makes the text look like no tag."""


def plain_text(text: str) -> str:
    """``text`` as a tip shows it letter by letter."""
    if "<" not in text and "&" not in text:
        return text
    return text.replace("<", f"<{_NOTHING}").replace("&lt;", f"&{_NOTHING}lt;")
