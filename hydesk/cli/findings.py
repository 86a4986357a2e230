"""Findings as lines for the person at the prompt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hydesk.cli.terminal import say
from hydesk.domain.findings import Finding, Level

SHOWN = 20
"""As many findings of one file are written out; the others are counted, the window and --json show all."""


def say_findings(findings: Iterable[Finding]) -> None:
    """Errors first, then warnings, each with its place; notes are only counted."""
    items = [f for f in findings if f.level is not Level.NOTE]
    items.sort(key=lambda f: f.level is not Level.ERROR)
    for finding in items[:SHOWN]:
        say(f"  {finding.level.label} {line(finding)}")
    if len(items) > SHOWN:
        say(f"  …… 还有 {len(items) - SHOWN} 条，用 --json 或在窗口里看全部。")


def line(finding: Finding) -> str:
    """The finding's sentence, led by its place unless the sentence names the place itself."""
    where = place(finding)
    named = not where or (finding.sheet or "") + (finding.cell or "") in finding.message.replace("”", "")
    return finding.message if named else f"{where}：{finding.message}"


def place(finding: Finding) -> str:
    """Sheet and cell in words: “6月”H7, empty for what concerns the whole file."""
    sheet = f"“{finding.sheet}”" if finding.sheet else ""
    if finding.cell:
        return f"{sheet}{finding.cell}"
    if finding.row:
        return f"{sheet}第{finding.file_row}行"
    if finding.column:
        return f"{sheet}{finding.column}列"
    return sheet


def count_words(findings: Iterable[Finding]) -> str:
    """2 处错误，5 处提醒; empty when there is nothing to look at."""
    counts = Counter(f.level for f in findings)
    parts = [f"{counts[level]} 处{level.label}" for level in (Level.ERROR, Level.WARNING) if counts[level]]
    return "，".join(parts)
