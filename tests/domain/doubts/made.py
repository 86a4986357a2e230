"""A small county whose months a test writes by hand: sums to date in 万元."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hydesk.domain.doubts.doubt import Doubt, DoubtKind
from hydesk.domain.doubts.find import find_doubts
from hydesk.domain.project_year import ProjectYear

WAN = 10_000
YEAR = 2024


def project(key: int, sums: Sequence[float | None], plan: float = 12_000, *, unit: str = "衡南县", words: Sequence[str] = (), **more: Any) -> ProjectYear:
    """Project ``key``: its sums to the end of January, February …"""
    facts: dict[str, Any] = {
        "nature": "续建", "total_investment": 60_000 * WAN, "invested_before": 20_000 * WAN, "builder": f"业主{key}公司",
        "location": f"{unit}{key}村", "actual_start": date(2022, 5, 1)} | more
    held = [None if s is None else round(s * WAN) for s in sums]
    return ProjectYear(
        key, f"HY{YEAR}-{key:03d}", f"项目{key}", unit, YEAR, annual_plan=round(plan * WAN),
        year_investment=[*held, *[None] * (12 - len(held))], progress_text=[*words, *[""] * (12 - len(words))], **facts)


def plain_county(count: int = 20, months: int = 6, *, first: int = 1, unit: str = "衡南县") -> list[ProjectYear]:
    """Projects that go on unevenly, each in its own way, written to the 元."""
    found = []
    for key in range(first, first + count):
        run, sums = 0.0, []
        for m in range(1, months + 1):
            run += 400 + (key * 37 + m * 53 + key * m * 17) % 900 + key * 0.0137 + m * 0.0711
            sums.append(run)
        found.append(project(key, sums, 9_000 + key * 517, unit=unit))
    return found


def asked(projects: Sequence[ProjectYear], month: int, kind: DoubtKind | None = None) -> list[Doubt]:
    """The doubts of ``month``, of one kind or all."""
    return [d for d in find_doubts({YEAR: list(projects)}, YEAR, month) if kind is None or d.kind is kind]
