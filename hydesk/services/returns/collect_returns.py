"""The files of an intake: single workbooks, folders and zip archives as a clerk drops them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hydesk.excel.collect import Source, collect

__all__ = ["Source", "collect_returns"]


def collect_returns(paths: Iterable[Path]) -> list[Source]:
    """Every workbook under ``paths``, with its bytes; what cannot be read carries a sentence, nothing is raised."""
    return collect(paths)
