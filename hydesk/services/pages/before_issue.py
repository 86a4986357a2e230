"""签发前请看, of a report: what a leader would be asked about, in a few lines, before it is archived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection, select

from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_holds
from hydesk.db.models import Adjustment, Import, ImportFinding, ImportRow, Progress, Project
from hydesk.domain.periods import Period
from hydesk.domain.return_states import IN_FORCE
from hydesk.reports.model import Report
from hydesk.reports.prose import State
from hydesk.reports.texts import editable
from hydesk.services.doubts.list_doubts import list_doubts
from hydesk.services.returns.returns_board import (
    NOT_REPORTED,
    PARTLY_IN,
    SENT_BACK,
    WAITING,
    BoardLine,
    returns_board,
)

_UNEVEN = ("ytd_mismatch", "since_start_mismatch", "week_mismatch")
_OTHER_FACTS = {"plan_changed": "计划", "total_changed": "总投资", "before_changed": "上年底累计", "name_near": "名称", "name_differs": "名称"}
_NAMED = 4


def before_issue(ledger: Ledger, period: Period, report: Report) -> tuple[str, ...]:
    """What is to be seen before ``report`` of ``period`` is archived: units and rows that are not in, figures that do not
    agree, sentences a person wrote, doubtful numbers. Empty where there is nothing.

    A week for which nobody sends returns stands on the month's; a paper about one unit or project asks of its own only.
    """
    edited = sum(e.sentence.state is not State.WRITTEN for e in editable(report))
    words = [f"改过的文字 {edited} 句"] if edited else []
    board = returns_board(ledger, period)
    if not period.is_month and not any(line.rounds for line in board):
        period = period.last_month
        board = returns_board(ledger, period)
    if report.subject:
        return (*_units([line for line in board if line.unit == report.subject]), *words)
    lines = _units(board)
    with ledger.read() as connection:
        ids = _in_force(connection, period)
        held, uneven, below = _held_back(connection, ids), _uneven(connection, ids), _below(connection, period)
        facts = _other_facts(connection, ids)
    if held:
        lines.append(f"报表里有 {held} 行没有入库，报告里没有这些数")
    if uneven:
        lines.append(f"上期＋本期 ≠ 累计 {uneven} 项，照来表入库")
    if below:
        lines.append(f"负数 {below} 项")
    if facts:
        lines.append(f"来表与台账不同、台账没有改：{'，'.join(f'{word} {n} 项' for word, n in facts.items())}")
    if strong := list_doubts(ledger, period).strong:
        lines.append(f"请核实的数：重点 {strong} 处没有核实")
    return (*lines, *words)


def _units(board: Sequence[BoardLine]) -> list[str]:
    words = ((NOT_REPORTED, "未报"), (WAITING, "已收没有核完"), (SENT_BACK, "已退回没有补来"), (PARTLY_IN, "部分入库"))
    found = []
    for status, word in words:
        units = [line.unit for line in board if line.status == status]
        if units:
            found.append(f"{word} {len(units)} 个单位：{'、'.join(units[:_NAMED])}{' 等' if len(units) > _NAMED else ''}")
    return found


def _in_force(connection: Connection, period: Period) -> list[int]:
    """The returns of ``period`` whose figures hold."""
    return list(connection.execute(select(Import.id).where(
        Import.kind == "return", Import.period == str(period), Import.status.in_(IN_FORCE), act_holds(Import.act_id),
        Import.superseded_by.is_(None))).scalars())


def _held_back(connection: Connection, ids: Sequence[int]) -> int:
    return sum(1 for _ in connection.execute(select(ImportRow.id).where(ImportRow.import_id.in_(ids), ImportRow.applied.is_(False))))


def _uneven(connection: Connection, ids: Sequence[int]) -> int:
    query = select(ImportFinding.import_id, ImportFinding.sheet, ImportFinding.row).where(
        ImportFinding.import_id.in_(ids), ImportFinding.code.in_(_UNEVEN)).distinct()
    found = set(connection.execute(query).tuples())
    held = set(connection.execute(select(ImportRow.import_id, ImportRow.sheet, ImportRow.row).where(
        ImportRow.import_id.in_(ids), ImportRow.applied.is_(False))).tuples())
    return len(found - held)


def _below(connection: Connection, period: Period) -> int:
    query = select(Progress.project_id).join(Project, Project.id == Progress.project_id).where(
        Project.present, Progress.period == str(period),
        (Progress.month_investment < 0) | (Progress.year_investment < 0) | (Progress.total_invested < 0))
    return len(list(connection.execute(query)))


def _other_facts(connection: Connection, ids: Sequence[int]) -> dict[str, int]:
    """Facts that returns wrote otherwise than the ledger, by their words, without what was taken over with the return."""
    acts = dict(connection.execute(select(Import.id, Import.act_id).where(Import.id.in_(ids))).tuples().all())
    taken = {(act, code) for act, code in connection.execute(
        select(Adjustment.act_id, Project.code).join(Project, Project.id == Adjustment.project_id).where(
            Adjustment.act_id.in_([a for a in acts.values() if a is not None]))).tuples()}
    found: Counter[str] = Counter()
    for import_id, code, project in connection.execute(select(
            ImportFinding.import_id, ImportFinding.code, ImportFinding.project).where(
            ImportFinding.import_id.in_(ids), ImportFinding.code.in_(_OTHER_FACTS))).tuples():
        if (acts.get(import_id), project) not in taken:
            found[_OTHER_FACTS[code]] += 1
    return dict(found)
