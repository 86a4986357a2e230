"""What the demonstration projects are made to have done by May and June 2023, and the mistakes planted in June."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit, Yuan
from hydesk.domain.understanding import ReadValue
from hydesk.services.demonstration.demo_projects import YEAR, DemoProject, vocabulary

WAN = MoneyUnit.WAN.yuan
CENT = 100
"""Returns carry 万元 with two decimals, that is whole hundreds of yuan."""

LATE_UNIT = "南岳区"
"""Has not reported for June, so that the board has somebody to press."""

Row = dict[Field, ReadValue]

FACTS = (Field.CODE, Field.NAME, Field.LOCATION, Field.CATEGORY, Field.NATURE, Field.BUILDER, Field.SCALE,
         Field.TOTAL_INVESTMENT, Field.INVESTED_BEFORE, Field.ANNUAL_PLAN, Field.CONTACT)


def demo_months(projects: Sequence[DemoProject]) -> dict[int, dict[str, list[Row]]]:
    """Rows of each unit's return for months 5 and 6, before any mistake."""
    rng, again = Random(20230601), Random(20230602)
    words = vocabulary()
    months: dict[int, dict[str, list[Row]]] = {5: {}, 6: {}}
    for project in projects:
        may, june = _months(project, words, rng)
        _repeat_problem(may, june, again)
        months[5].setdefault(project.unit, []).append(may)
        months[6].setdefault(project.unit, []).append(june)
    return months


def _months(project: DemoProject, words: Mapping[str, Any], rng: Random) -> tuple[Row, Row]:
    done_june = _done_by_june(project, rng)
    month = done_june if _begun_after(project, 5) else done_june * rng.randint(11, 24) // 100 // CENT * CENT
    done_may = done_june - month
    may_month = done_may if _begun_after(project, 4) else done_may * rng.randint(14, 24) // 100 // CENT * CENT
    return _row(project, done_may, may_month, words, rng), _row(project, done_june, month, words, rng)


def _repeat_problem(may: Row, june: Row, rng: Random) -> None:
    """Most problems outlast a month: June's return tells May's again, with figures of its own."""
    text = may.get(Field.PROBLEM_TEXT)
    if not isinstance(text, str) or rng.random() > 0.6:
        return
    june[Field.PROBLEM_TEXT] = re.sub(r"\d+", lambda m: str(max(1, int(m[0]) * 2 // 3)), text)
    june[Field.MEASURES_TEXT] = may[Field.MEASURES_TEXT]


def _begun_after(project: DemoProject, month: int) -> bool:
    return project.begun is not None and (project.begun.year, project.begun.month) > (YEAR, month)


def _done_by_june(project: DemoProject, rng: Random) -> Yuan:
    """The year to date at the end of June: usually about half the plan, by the unit's pace and the project's luck."""
    if project.begun is None:
        return 0
    percent = project.pace * 65 / 100 * rng.lognormvariate(0, 0.28)
    if rng.random() < 0.07:
        percent *= 0.3
    if project.begun.year == YEAR:
        percent *= (8 - project.begun.month) / 6
    plan = project.money(Field.ANNUAL_PLAN)
    left = project.money(Field.TOTAL_INVESTMENT) - project.money(Field.INVESTED_BEFORE)
    return min(plan * round(percent * 100) // 10_000, left * 9 // 10) // CENT * CENT


def _row(
    project: DemoProject, done: Yuan, month: Yuan, words: Mapping[str, Any], rng: Random
) -> Row:
    plan = project.money(Field.ANNUAL_PLAN)
    row: Row = {field: project.values[field] for field in FACTS if project.values.get(field) not in (None, "")}
    since = project.money(Field.INVESTED_BEFORE) + done
    row |= {
        Field.MONTH_INVESTMENT: month,
        Field.YEAR_INVESTMENT: done,
        Field.TOTAL_INVESTED: since,
        Field.FUNDS_ARRIVED: done * rng.randint(80, 115) // 100 // CENT * CENT,
        Field.STATISTICS_MONTH: month * rng.randint(60, 95) // 100 // CENT * CENT,
        Field.STATISTICS_YEAR: done * rng.randint(60, 90) // 100 // CENT * CENT,
    }
    share = since * 100 // project.money(Field.TOTAL_INVESTMENT)
    stage = "none" if not done else "early" if share < 25 else "middle" if share < 70 else "late"
    row[Field.PROGRESS_TEXT] = rng.choice(words["progress"][stage]).format(p=rng.randint(20, 95), n=rng.randint(2, 16))
    row[Field.NEXT_WORK_TEXT] = rng.choice(words["next"])
    if rng.random() < (0.6 if plan and done * 100 < plan * 35 else 0.08):
        problem, measures = rng.choice(words["problems"])
        row[Field.PROBLEM_TEXT] = problem.format(n=rng.randint(2, 30))
        row[Field.MEASURES_TEXT] = measures
    return row


def plant_mistakes(june: dict[str, list[Row]], may: Mapping[str, Sequence[Row]]) -> None:
    """Mistakes as real clerks make them, one kind to a unit, so that the review has something to show."""
    _working(june["衡阳县"], 2)[Field.YEAR_INVESTMENT] = _less(may["衡阳县"], june["衡阳县"], 2)
    _working(june["耒阳市"], 3)[Field.MONTH_INVESTMENT] = _money(_working(june["耒阳市"], 3), Field.MONTH_INVESTMENT) * 10_000
    row = _working(june["祁东县"], 4)
    row[Field.MONTH_INVESTMENT] = _money(row, Field.MONTH_INVESTMENT) * 3 // 2 // CENT * CENT
    row = _working(june["衡东县"], 1)
    row[Field.TOTAL_INVESTMENT] = _money(row, Field.TOTAL_INVESTMENT) + 5000 * WAN
    row = _working(june["衡山县"], 2)
    row[Field.MONTH_INVESTMENT] = f"约{_money(row, Field.MONTH_INVESTMENT) // WAN}"
    _working(june["松木经开区"], 5)[Field.MONTH_INVESTMENT] = -_money(_working(june["松木经开区"], 5), Field.MONTH_INVESTMENT)
    june["珠晖区"].append(dict(_working(june["珠晖区"], 0)))
    stranger: Row = {f: v for f, v in june["高新区"][-1].items() if f is not Field.CODE}
    stranger[Field.NAME] = "锦程数控机床主轴生产线项目"
    june["高新区"].append(stranger)
    june["石鼓区"].remove(_working(june["石鼓区"], 6))
    row = june["常宁市"][-1]
    row.pop(Field.CODE)
    name = str(row[Field.NAME])
    row[Field.NAME] = name[:4] + name[5:]


def _working(rows: Sequence[Row], index: int) -> Row:
    """The ``index``-th row whose project has spent money this month."""
    return [row for row in rows if _money(row, Field.MONTH_INVESTMENT) > 0][index]


def _less(may: Sequence[Row], june: Sequence[Row], index: int) -> Yuan:
    """A year to date that has fallen since May."""
    code = _working(june, index)[Field.CODE]
    return next(_money(row, Field.YEAR_INVESTMENT) for row in may if row[Field.CODE] == code) * 9 // 10 // CENT * CENT


def _money(row: Row, field: Field) -> Yuan:
    value = row.get(field, 0)
    return value if isinstance(value, int) else 0
