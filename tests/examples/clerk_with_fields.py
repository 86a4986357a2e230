"""What a clerk does with a ledger that has two more fields. Run by test_field.py with a copy of the program."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from openpyxl import Workbook, load_workbook

import hydesk
from hydesk.db.places import field_label, show_value
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.reports.freeze import freeze
from hydesk.reports.kinds import ReportKind
from hydesk.services.acts.undo_import import undo_import
from hydesk.services.pages.ledger_columns import COLUMNS, INDEX
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.ledger_rows import SUM_OF, LedgerRows
from hydesk.services.pages.project_page import project_page
from hydesk.services.projects.edit_block import Edit, judge_edits, write_edits
from hydesk.services.projects.export_ledger import export_ledger
from hydesk.services.projects.list_more_facts import list_more_facts
from hydesk.services.reports.compile_report import compile_report
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.read_return import read_return
from hydesk.services.standings.period_view import view_at
from hydesk.services.upkeep.open_ledger import create_ledger

FOLDER = Path(sys.argv[1])
MAY, JUNE = Period.month(2023, 5), Period.month(2023, 6)
PERSON, BONDS = Field("legal_person"), Field("bonds_arrived")
LIST = (("市重点编号", "项目名称", "填报单位", "总投资（万元）", "2023年计划投资（万元）", "法定代表人"),
        ("HY2023-001", "甲厂扩建项目", "衡南县", 9000, 3000, "赵一"), ("HY2023-002", "乙路改造项目", "衡南县", 8000, 2000, "钱二"))
RETURN = (("编号", "项目名称", "年度计划投资", "{m}月完成投资", "1-{m}月累计完成投资", "专项债到位资金", "形象进度"),
          ("HY2023-001", "甲厂扩建项目", 3000, 100, 600, 250.5, "施工"), ("HY2023-002", "乙路改造项目", 2000, 50, 300, None, "施工"))


def workbook(title: str, rows: tuple[tuple[object, ...], ...], month: int = 6) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.append(["单位：万元"])
    for row in rows:
        sheet.append([c.format(m=month) if isinstance(c, str) else c for c in row])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def rows_of(ledger: object) -> LedgerRows:
    return LedgerRows(view_at(ledger, JUNE), list_more_facts(ledger, JUNE))  # type: ignore[arg-type]


assert Path(hydesk.__file__).is_relative_to(FOLDER)
ledger = create_ledger(FOLDER / "台账.hydesk")
(FOLDER / "清单.xlsx").write_bytes(workbook("项目清单", LIST))
assert import_projects(ledger, FOLDER / "清单.xlsx", 2023).value.added == 2

# A return brings the amount; it is logged with its cell and undone with the return.
draft = read_return(ledger, ("衡南县6月.xlsx", workbook("衡南县2023年6月重点项目进度表", RETURN)), JUNE)
assert {c.field for c in draft.changes} >= {BONDS}, [c.field for c in draft.changes]
applied = apply_return(ledger, draft).value
assert applied.held_back == 0
assert applied.return_id is not None

# The table shows, sorts, searches and sums them.
rows = rows_of(ledger)
person, bonds = INDEX["legal_person"], INDEX["bonds"]
assert rows.texts(person, MoneyUnit.WAN) == ["赵一", "钱二"]
assert rows.texts(bonds, MoneyUnit.WAN) == ["250.50", "—"]
assert rows.order((person, False)) == [0, 1] or rows.order((person, True)) == [0, 1]
assert rows.order((bonds, True)) == [0, 1]
assert rows.select(LedgerQuery(text="钱二"), range(2)) == [1]
totals = rows.totals([0, 1])
assert totals.known(SUM_OF["bonds"]) == 2_505_000
assert totals.measured("bonds_arrived").value == 2_505_000
assert COLUMNS[bonds].measure == "bonds_arrived"

# The project's page holds and follows them; the card prints them.
page = project_page(ledger, rows.ids[0], JUNE)
assert page.facts[PERSON] == "赵一"
assert page.sources["2023-06", BONDS].cell == "F4"
assert page.sources["2023-06", BONDS].file == "衡南县6月.xlsx"
card = freeze(compile_report(ledger, ReportKind.PROJECT, JUNE, subject="HY2023-001"))
assert "法定代表人" in card
assert "赵一" in card
assert "250.50" in card

# Both are edited in place and shown in the log in the office's words.
edits = [Edit(rows.ids[1], PERSON, "孙三"), Edit(rows.ids[1], BONDS, "12.5")]
judged = judge_edits(ledger, edits, JUNE)
assert [j.refused for j in judged] == ["", ""]
write_edits(ledger, judged, JUNE, reason="更正")
rows = rows_of(ledger)
assert rows.texts(person, MoneyUnit.WAN) == ["赵一", "孙三"]
assert rows.texts(bonds, MoneyUnit.WAN) == ["250.50", "12.50"]
assert field_label("progress", "2023-06", "bonds_arrived") == "专项债到位资金"
assert show_value("progress", "bonds_arrived", "2505000") == "250.50万元"

# An exported ledger holds them, and a ledger made from it shows the same.
export_ledger(ledger, FOLDER / "导出.xlsx")
heads = [c.value for c in load_workbook(FOLDER / "导出.xlsx").worksheets[0][1]]
assert "法定代表人" in heads
other = create_ledger(FOLDER / "另一本.hydesk")
assert import_projects(other, FOLDER / "导出.xlsx", 2023).value.added == 2
again = rows_of(other)
assert [again.texts(c, MoneyUnit.WAN) for c in (person, bonds)] == [rows.texts(c, MoneyUnit.WAN) for c in (person, bonds)]

undo_import(ledger, applied.return_id)
assert rows_of(ledger).texts(bonds, MoneyUnit.WAN)[0] == "—"
print("done")
