"""Stages 'sheets' and 'unit and period': which sheets make up the return, whose it is, of which period."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from hydesk.domain.fields import DATE_FIELDS, LEDGER_MONEY, MONEY_FIELDS, PROGRESS_FIELDS, Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import LedgerSnapshot, ReportingUnit
from hydesk.returns.head_words import bare
from hydesk.returns.matching import ProjectIndex
from hydesk.returns.sheets import months_said, says_other_period, units_said
from hydesk.returns.table import Table, complete_each_other
from hydesk.returns.tables import project_rows
from hydesk.returns.text import is_blank, name_key
from hydesk.returns.values import read_amount

NO_PROGRESS = "没有本期进度数据（只有项目信息）"


def leave_out_sheets(tables: Sequence[Table], period: Period) -> None:
    """Marks the tables that are not of this period, hold no progress, or repeat another sheet's projects."""
    for table in tables:
        if not project_rows(table):
            table.left_out = "表头之下没有项目行"
        elif not any(_may_hold_progress(c.field, bool(c.guess.candidates)) for c in table.columns.values()):
            table.left_out = _other_columns_period(table, period) or NO_PROGRESS
        elif not table.progress & MONEY_FIELDS:
            # Another month's figures; so are its words, where the sheet does not say that it is of this one.
            alone = sum(t.sheet.name == table.sheet.name for t in tables) == 1
            table.left_out = None if alone and _says_this(table, period) else _other_columns_period(table, period)
    for table in tables:
        if table.left_out is None:
            table.left_out = _other_period(table, period)
    _leave_out_repeats([t for t in tables if t.left_out is None], period)
    for table in tables:
        if table.left_out == NO_PROGRESS:
            _take_facts(table, [t for t in tables if t.left_out is None], period)


_FACTS = frozenset(LEDGER_MONEY) | DATE_FIELDS


def _take_facts(table: Table, used: Sequence[Table], period: Period) -> None:
    """A sheet of facts or of dates beside one of progress is read as well: for what the other does not hold.

    Only where both are of the same projects, so that no list left in the book is taken for this return's.
    """
    beside = [t for t in used if t.projects and len(t.projects & table.projects) * 2 >= max(len(table.projects), 1)]
    if not beside or table.sheet.hidden or _other_period(table, period) is not None:
        return
    told = {f for t in beside for c in t.columns.values() for f in (c.field, c.also)}
    if not {c.field for c in table.columns.values() if c.field in _FACTS} - told:
        return
    for column in table.columns.values():
        if column.field is not None and column.field in told and column.field not in (Field.NAME, Field.CODE, Field.APPROVAL_CODE):
            column.field, column.also = None, None
            column.reason = f"表“{beside[0].sheet.name}”已有，不另取"
    table.left_out, table.facts_only = None, True


def _may_hold_progress(field: Field | None, open_question: bool) -> bool:
    return open_question or field in PROGRESS_FIELDS


def _says_this(table: Table, period: Period) -> bool:
    now = (period.year, period.last_month.number)
    lines = [line for line in table.words.lines[:6] if len(line) < 60]
    return any(now in months_said(line, period.year) for line in (table.sheet.name, *lines))


def _other_columns_period(table: Table, period: Period) -> str | None:
    reasons = [c.reason for c in table.columns.values() if c.field is None and c.guess.other_month]
    return reasons[0] if reasons and period.is_month else None


def _other_period(table: Table, period: Period) -> str | None:
    """Why the sheet is of another period. Its own name and title speak; where they differ, its columns do."""
    named = says_other_period(table.sheet.name, period)
    titled = next((r for line in table.words.lines[:6] if len(line) < 60 and (r := says_other_period(line, period))), None)
    if named is None and titled is None:
        return None
    if named and titled:
        return f"表名和标题{titled}"
    says_now = bool(months_said(table.sheet.name, period.year)) if titled else any(
        months_said(line, period.year) for line in table.words.lines[:6] if len(line) < 60
    )
    if not says_now and titled and named is None and _columns_say_now(table, period) and _only_month_differs(table, period):
        says_now = True  # a title left standing from the month before, over columns of this one
    if not says_now:
        return f"表名{named}" if named else f"标题{titled}"
    # One says this period and the other does not: the month written in the columns' heads decides.
    heads = " ".join("".join(c.path) for c in table.columns.values())
    if months_said(heads, period.year) & {(period.year, period.last_month.number)} or not months_said(heads, period.year):
        table.findings.append(Finding(
            Level.WARNING, "period_conflict",
            f"表“{table.sheet.name}”的{'标题' if titled else '表名'}{titled or named}，已按{period.label}的表读取。请核对。",
            table.sheet.name))
        return None
    return f"表名或标题{titled or named}"


def _columns_say_now(table: Table, period: Period) -> bool:
    """Whether a column of progress figures names this month itself."""
    month = rf"(?<!\d){period.last_month.number}月"
    return period.is_month and any(c.field in PROGRESS_FIELDS and re.search(month, c.header) for c in table.columns.values())


def _only_month_differs(table: Table, period: Period) -> bool:
    """Whether the lines above speak of this year."""
    said = {m for line in table.words.lines[:6] if len(line) < 60 for m in months_said(line, period.year)}
    return {year for year, _ in said} == {period.year}


def _leave_out_repeats(tables: list[Table], period: Period) -> None:
    """Of sheets that list the same projects one is the return; hidden leftovers and older copies are not."""
    for table in tables:
        if table.left_out is not None:
            continue
        # Of two tables on one sheet neither is a stale copy: what stands in both is reported row by row.
        rivals = [t for t in tables if t.sheet.name != table.sheet.name and t.left_out is None and _overlap(t, table)
                  and not complete_each_other(t, table)]
        if not rivals:
            if table.sheet.hidden and any(not t.sheet.hidden for t in tables):
                table.left_out = "隐藏的表"
            continue
        for other in rivals:
            loser, why = _weaker(table, other, period)
            if loser is None:
                winner = max(table, other, key=lambda t: (len(t.projects), tables.index(t)))
                loser = other if winner is table else table
                winner.findings.append(Finding(
                    Level.WARNING, "sheet_twice",
                    f"表“{table.sheet.name}”与“{other.sheet.name}”列有同一批项目，已取“{winner.sheet.name}”。请确认用哪一张。",
                    winner.sheet.name))
                why = f"与“{winner.sheet.name}”重复"
            loser.left_out = why
            _say_more(loser, other if loser is table else table)
            if loser is table:
                break


def _say_more(loser: Table, winner: Table) -> None:
    """A sheet that is left out and holds figures which the other has not: said, so that none is lost without a word."""
    more = (loser.progress - winner.progress) & MONEY_FIELDS
    if more and not loser.sheet.hidden:
        labels = "、".join(f.label for f in Field if f in more)
        winner.findings.append(Finding(
            Level.WARNING, "sheet_unread",
            f"表“{loser.sheet.name}”没有用（{loser.left_out}），其中的{labels}在“{winner.sheet.name}”里没有。请核对是否要用。", loser.sheet.name))


def _overlap(one: Table, other: Table) -> bool:
    common = one.projects & other.projects
    return len(common) * 3 > min(len(one.projects), len(other.projects)) and bool(common)


def _weaker(one: Table, other: Table, period: Period) -> tuple[Table | None, str]:
    for a, b in ((one, other), (other, one)):
        if a.sheet.hidden and not b.sheet.hidden:
            return a, f"隐藏的表，与“{b.sheet.name}”重复"
    fits = [_agreement(t) for t in (one, other)]
    if abs(fits[0] - fits[1]) >= 0.3:
        winner, loser = (one, other) if fits[0] > fits[1] else (other, one)
        return loser, f"数字与台账不符的旧表，与“{winner.sheet.name}”重复"
    said = [_says_period(t, period) for t in (one, other)]
    if said[0] != said[1]:
        winner, loser = (one, other) if said[0] > said[1] else (other, one)
        return loser, f"没有写明本期，与“{winner.sheet.name}”重复"
    return None, ""


def _agreement(table: Table) -> float:
    """The share of total investments and plans that equal the ledger's, in whichever unit: a stale copy's do not."""
    same = told = 0
    for f in (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN):
        column = table.column_of(f)
        if column is None:
            continue
        for row, match in table.matches.items():
            known = match.project and (match.project.total_investment if f is Field.TOTAL_INVESTMENT else match.project.annual_plan)
            amount = read_amount(table.sheet.cell(row, column.number), MoneyUnit.YI)
            if known and amount.yuan:
                told += 1
                same += any(abs(amount.yuan * u.yuan // MoneyUnit.YI.yuan - known) * 1000 <= known
                            for u in (MoneyUnit.YUAN, MoneyUnit.WAN, MoneyUnit.YI))
    return same / told if told else 0.0


_OLD = re.compile(r"上(个?月|期|周|次|年)|去年|往[月期年]|历史|旧")
"""A sheet's own name for what it is: last month's, left in the book."""


def _says_period(table: Table, period: Period) -> int:
    now = (period.year, period.last_month.number)
    score = 2 if now in months_said(table.sheet.name, period.year) else -2 * bool(_OLD.match(table.sheet.name.strip()))
    return score + any(now in months_said(line, period.year) for line in table.words.lines[:6] if len(line) < 60)


_UNIT_LINES, _UNIT_ROWS = 10, 400
_LINE_CELLS = 4
"""Lines above a table that may say whose it is, and rows whose names tell it."""


def unit_by_content(book: Book, snapshot: LedgerSnapshot, index: ProjectIndex) -> str | None:
    """Whose return a workbook most likely is, before any table of it is read: by what it says, then by its projects,
    last by the file's name. What people decided before is looked up under this unit."""
    lines: list[str] = []
    counted: Counter[str] = Counter()
    for sheet in book.sheets:
        if sheet.hidden:
            continue
        lines += [v for row in sheet.rows[:_UNIT_LINES] if sum(not is_blank(v) for v in row) <= _LINE_CELLS
                  for v in row if isinstance(v, str) and 2 <= len(v) < 60]
        for row in sheet.rows[:_UNIT_ROWS]:
            for v in row:
                if isinstance(v, str) and len(v) > 4 and (found := index.by_name(v, None)) is not None and found[0].unit:
                    counted[found[0].unit] += 1
    filled_in = [line for line in lines if "单位" in line and ("报" in line or "填" in line)]
    for place in (*filled_in, *lines, *(s.name for s in book.sheets)):
        said = units_said(place, snapshot.units)
        if len(said) == 1:
            return said[0].name
    top, count = counted.most_common(1)[0] if counted else ("", 0)
    if top and count * 3 >= sum(counted.values()) * 2:
        return top
    said = units_said(book.name, snapshot.units)
    return said[0].name if len(said) == 1 else None


def find_unit(
    book: Book, tables: Sequence[Table], snapshot: LedgerSnapshot, chosen: str | None
) -> tuple[str | None, list[Finding]]:
    """The reporting unit, from title, 填报单位, file name, sheet names and the projects themselves.

    None when the workbook covers several units (a county column, or projects of many) or nothing tells.
    """
    findings: list[Finding] = []
    counted = Counter(m.project.unit for t in tables for m in t.matches.values() if m.project is not None and m.project.unit)
    total = sum(counted.values())
    top, top_count = counted.most_common(1)[0] if counted else (None, 0)
    several = _covers_several(tables, snapshot, counted)
    said = _said_units(book, tables, snapshot.units)
    if several and not chosen:
        return None, findings
    unit = chosen or (said[0].name if said else None)
    if unit is None and top is not None and top_count * 3 >= total * 2:
        unit = top
    if unit is not None and top is not None and top != unit and counted[unit] * 2 < top_count and top_count * 3 >= total * 2:
        findings.append(Finding(
            Level.WARNING, "unit_conflict_projects",
            f"{'选定' if chosen else '表中写'}的填报单位是{unit}，但多数项目属于{top}。请核对是否报错了单位。"))
    if chosen and said and chosen not in {u.name for u in said}:
        findings.append(Finding(
            Level.WARNING, "unit_conflict",
            f"选定的填报单位是{chosen}，但表中写的是{said[0].name}。请核对是否选错。"))
    return unit, findings


def _covers_several(tables: Sequence[Table], snapshot: LedgerSnapshot, counted: Counter[str]) -> bool:
    names = {u.name for u in snapshot.units}
    for table in tables:
        column = table.column_of(Field.REPORTING_UNIT)
        if column is not None:
            found = {bare(str(table.sheet.cell(r, column.number) or "")) for r in project_rows(table)}
            if len(found & {bare(n) for n in names}) >= 2:
                return True
    total = sum(counted.values())
    return len(counted) >= 4 and total >= 12 and max(counted.values()) * 2 < total


def _named_after_project(table: Table) -> bool:
    """Whether the sheet bears the name of a project it holds, or its beginning: it says no unit then."""
    name = name_key(table.sheet.name)
    return any(m.project is not None and len(name) > 3 and any(name_key(n).startswith(name) for n in (m.project.name, *m.project.names))
               for m in table.matches.values())


def _said_units(book: Book, tables: Sequence[Table], units: tuple[ReportingUnit, ...]) -> list[ReportingUnit]:
    """Units named in words, the strongest place first."""
    filled_in = [line for t in tables for line in t.words.lines if "单位" in line and ("报" in line or "填" in line)]
    places = [*filled_in, *(t.words.title for t in tables), book.name, *(t.sheet.name for t in tables if not _named_after_project(t))]
    found: list[ReportingUnit] = []
    for place in places:
        said = units_said(place, units)
        if len(said) == 1 and said[0] not in found:
            found.append(said[0])
    return found
