"""Errors that reach the user as one clear sentence in Chinese: what, where, what to do."""

from __future__ import annotations


class HydeskError(Exception):
    """Something outside the program is wrong: a file, a folder, a ledger. ``str(e)`` is the sentence to show."""


class Cancelled(Exception):
    """The user cancelled the work in hand; everything is left as it was before it began."""
