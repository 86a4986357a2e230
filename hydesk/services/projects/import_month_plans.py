"""序时计划 in from a workbook and out to one: a template filled with what is known, read back whatever was changed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import Yuan, format_money
from hydesk.domain.month_plan import MonthPlan, PlanStep, by_quarter
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.excel.read import read_book
from hydesk.returns.month_table import MonthRow, read_month_table
from hydesk.returns.text import loose_key
from hydesk.services.acts.writing import writing
from hydesk.services.projects.month_plans import MonthPlanLine, list_month_plans, set_month_plans
from hydesk.services.rules.settings import DEMO, get_setting

_SLIP = 100
"""So many times more or less than the year's plan is a slip of the unit, not a plan."""


@dataclass(frozen=True, slots=True)
class MonthPlanImport:
    """What an import did: how many plans are new, how many changed, how many stood so; nothing where ``rejected``."""

    added: int
    changed: int
    unchanged: int
    findings: tuple[Finding, ...]
    rejected: bool = False

    @property
    def held_back(self) -> int:
        """Findings for which a row was not taken."""
        return sum(f.level is Level.ERROR for f in self.findings)


@writing
def import_month_plans(
    ledger: Ledger, file: Path, period: Period, reason: str = "", actor: Actor | None = None, *, dry_run: bool = False
) -> MonthPlanImport:
    """Take plans by month or quarter in from ``file``, in one act; rows with nothing in them leave what is known.

    A row that names no project of the list, twice the same, or sums that a slip of the unit explains, wait for a person.
    Raises HydeskError where the file cannot be read, or plans that stood change without a reason.
    """
    try:
        content = file.read_bytes()
    except OSError as e:
        raise HydeskError(f"读不了“{file.name}”，可能已被移走或没有权限，请检查后再试") from e
    table = read_month_table(read_book(content, file.name))
    if table.rejected:
        return MonthPlanImport(0, 0, 0, table.findings, True)
    lines = list_month_plans(ledger, period)
    findings = list(table.findings)
    taken: dict[int, MonthPlan] = {}
    held = {line.project_id: line for line in lines}
    for row, line in _matched(table.rows, lines, findings):
        made = by_quarter(row.amounts) if row.step is PlanStep.QUARTER else MonthPlan(row.amounts)
        if _fits(row, line, made, findings):
            taken[line.project_id] = made
    fresh = [i for i, plan in taken.items() if held[i].plan is None]
    changed = [i for i, plan in taken.items() if held[i].plan is not None and held[i].plan != plan]
    if not dry_run:
        set_month_plans(ledger, period, taken, reason, actor, f"导入{len(taken)}个项目的序时计划（{file.name}）")
    return MonthPlanImport(len(fresh), len(changed), len(taken) - len(fresh) - len(changed), tuple(findings))


def _matched(rows: tuple[MonthRow, ...], lines: list[MonthPlanLine], findings: list[Finding]) -> list[tuple[MonthRow, MonthPlanLine]]:
    codes = {line.code: line for line in lines if line.code}
    keys = Counter(loose_key(line.name) for line in lines)
    names = {loose_key(line.name): line for line in lines if keys[loose_key(line.name)] == 1}
    found: list[tuple[MonthRow, MonthPlanLine]] = []
    seen: dict[int, MonthRow] = {}
    for row in rows:
        line = codes.get(row.code) or (names.get(loose_key(row.name)) if row.name else None)
        if line is None:
            findings.append(_finding(row, "stranger", f"“{row.code or row.name}”不在这一年的清单上，没有收。请核对编号或名称"))
        elif row.code in codes and row.name and loose_key(row.name) != loose_key(line.name):
            findings.append(_finding(row, "other_name", f"编号{row.code}在台账里是“{line.name}”，表里写的是“{row.name}”，没有收。请核对"))
        elif (first := seen.get(line.project_id)) is not None:
            findings.append(_finding(row, "twice", f"“{line.name}”在表里有两行（{first.sheet}第{first.row}行和这一行），只收了前一行。请核对"))
        else:
            seen[line.project_id] = row
            found.append((row, line))
    return found


def _fits(row: MonthRow, line: MonthPlanLine, plan: MonthPlan, findings: list[Finding]) -> bool:
    annual = line.annual_plan or 0
    if annual and plan.total and (plan.total > annual * _SLIP or plan.total * _SLIP < annual):
        findings.append(_finding(row, "slip", (
            f"“{line.name}”各月合计 {format_money(plan.total)} 万元，年度计划 {format_money(annual)} 万元，相差百倍以上，"
            "没有收。请核对单位是万元还是亿元")))
        return False
    if plan.total != annual:
        findings.append(_finding(row, "sum", (
            f"“{line.name}”各月合计 {format_money(plan.total)} 万元，年度计划 {_said(annual)}，差 {format_money(plan.total - annual)} 万元，"
            "已收。请核对是哪一个要改"), Level.WARNING))
    return True


def _said(amount: Yuan) -> str:
    return f"{format_money(amount)} 万元" if amount else "没有填"


def _finding(row: MonthRow, code: str, words: str, level: Level = Level.ERROR) -> Finding:
    return Finding(level, code, words, row.sheet, row.row)


def write_plan_template(ledger: Ledger, path: Path, period: Period, scope: Scope = WHOLE, step: PlanStep = PlanStep.MONTH) -> int:
    """Write the plans of ``scope``, one row a project, to be filled and taken in again; how many projects.

    Raises HydeskError where there is no project or the file cannot be written.
    """
    from hydesk.excel.write_month_plans import write_month_plans

    lines = list_month_plans(ledger, period, scope)
    if not lines:
        raise HydeskError(f"{period.year}年的清单{'这个范围里' if scope.narrowed else ''}没有项目，没有写出模板")
    title = f"{period.year}年重点建设项目序时计划表" + ("　演示数据" if get_setting(ledger, DEMO, False) else "")
    write_month_plans(path, title, [
        (line.code, line.name, line.unit, line.annual_plan,
         None if line.plan is None else line.plan.quarters if step is PlanStep.QUARTER else line.plan.amounts) for line in lines], step)
    return len(lines)
