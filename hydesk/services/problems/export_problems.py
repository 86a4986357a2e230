"""The problem list, or one of the three lists 困难问题 · 解决措施 · 责任分工, as an Excel file to be printed or sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.milestones import day_of
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem
from hydesk.services.problems.list_problems import list_problems
from hydesk.services.rules.settings import DEMO, get_setting


@dataclass(frozen=True, slots=True)
class ProblemList:
    """A list's title and columns: head, text, width in characters."""

    title: str
    columns: tuple[tuple[str, Callable[[ListedProblem], str | date | None], int], ...]


_NUMBER = ("编号", lambda p: str(p.id), 7)
_PROJECT = ("项目名称", lambda p: p.project_name, 30)
_CODE = ("市重点编号", lambda p: p.project_code, 13)
_UNIT = ("县市区", lambda p: p.project_unit, 11)
_DETAIL = ("困难问题", lambda p: p.detail or p.title, 44)
_MEASURES = ("解决措施", lambda p: p.measures, 40)
_WHO = ("责任单位", lambda p: p.responsible, 20)
_LEADER = ("责任领导", lambda p: p.leader, 11)
_LEVEL = ("级别", lambda p: p.level, 7)
_RAISED = ("提出日期", lambda p: p.raised_on, 12)
_DUE = ("办结期限", lambda p: p.due_on, 12)
_STATUS = ("状态", lambda p: p.status.label + ("（逾期）" if p.overdue else ""), 14)
_CLOSED = ("销号日期", lambda p: p.closed_on, 12)

LISTS: tuple[ProblemList, ...] = (
    ProblemList("问题清单", (_NUMBER, _CODE, _PROJECT, _UNIT, _DETAIL, _MEASURES, _WHO, _LEADER, _LEVEL, _RAISED, _DUE,
                          _STATUS, _CLOSED)),
    ProblemList("困难问题清单", (_NUMBER, _CODE, _PROJECT, _UNIT, _DETAIL, _RAISED, _LEVEL, _STATUS)),
    ProblemList("解决措施清单", (_NUMBER, _CODE, _PROJECT, _UNIT, _DETAIL, _MEASURES, _WHO, _STATUS)),
    ProblemList("责任分工清单", (_NUMBER, _CODE, _PROJECT, _UNIT, _DETAIL, _WHO, _LEADER, _LEVEL, _DUE, _STATUS)),
)
"""All, and the three lists."""


def export_problems(
    ledger: Ledger, path: Path, on: Period | date, view: int = 0, only: Sequence[int] | None = None,
    today: date | None = None,
) -> int:
    """Write ``LISTS[view]`` to ``path``; of the problems ``only``, in that order, where they are given. How many.

    Raises HydeskError when the file cannot be written.
    """
    from hydesk.excel.write_problems import write_problems

    problems = list_problems(ledger, on, today=today, current=True)
    if only is not None:
        by = {p.id: p for p in problems}
        problems = [by[i] for i in only if i in by]
    wanted = LISTS[view]
    judged = problems[0].on if problems else day_of(on, today or date.today())
    rows = [[read(p) for _, read, _ in wanted.columns] for p in problems]
    demo = bool(get_setting(ledger, DEMO, False))
    write_problems(path, wanted.title, f"截至 {judged}　共 {len(rows)} 个" + ("　演示数据" if demo else ""),
                   [(head, width) for head, _, width in wanted.columns], rows)
    return len(rows)
