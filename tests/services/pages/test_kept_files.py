"""Workbooks that the office is given of the frozen town: the ledger, nodes, problems, registers, templates, marked returns; cell by
cell, held against what was looked at.

To keep what is found now, after reading the differences: HYDESK_KEEP=1 pytest tests/services/pages/test_kept_files.py
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.month_plan import PlanStep
from hydesk.domain.periods import Period
from hydesk.domain.scopes.grammar import parse_scope
from hydesk.services.forms.fill_form import fill_form
from hydesk.services.forms.kept_forms import fill_again, list_forms, save_and_keep
from hydesk.services.mechanisms.print_boards import publish_lists
from hydesk.services.milestones.export_nodes import export_nodes
from hydesk.services.problems.export_problems import export_problems
from hydesk.services.projects.export_ledger import export_ledger
from hydesk.services.projects.import_month_plans import import_month_plans, write_plan_template
from hydesk.services.registers.export_register import export_register
from hydesk.services.registers.import_register import import_register
from hydesk.services.registers.list_registers import list_registers
from hydesk.services.registers.year_values import export_year_values, import_year_values
from hydesk.services.returns.make_templates import make_templates
from hydesk.services.standings.list_standings import list_standings
from tests.kept import hold, lines_of
from tests.town import IN_HENGYANG

pytestmark = IN_HENGYANG
KEPT = Path(__file__).parent / "kept_files"
JUNE, ON = Period.month(2023, 6), date(2023, 7, 5)
SOUTH = parse_scope("unit=衡南县|祁东县|雁峰区")


def _cells(path: Path) -> Iterator[str]:
    """Some cells of every sheet with their formats, and one number over all of them."""
    for sheet in openpyxl.load_workbook(path):
        cells = [f"{c.coordinate} {c.value!r} {c.number_format} {c.alignment.horizontal} {'bold' if c.font.b else ''} {c.fill.fgColor.rgb} {c.protection.locked} {c.comment.text if c.comment else ''}"
                 for row in sheet.iter_rows() for c in row if c.value is not None]
        rules = [f"{r.sqref} {r.type} {r.formula1} {r.error}" for r in sheet.data_validations.dataValidation]
        widths = [f"{k}{d.width:.1f}{'hidden' if d.hidden else ''}" for k, d in sorted(sheet.column_dimensions.items())]
        whole = zlib.crc32("\n".join((*cells, *rules, *widths, *sorted(map(str, sheet.merged_cells.ranges)))).encode())
        yield f"== {sheet.title} {sheet.dimensions} freeze {sheet.freeze_panes} {len(cells)} cells {whole:08x}"
        yield from cells[::max(1, len(cells) // 12)]
        yield from rules[:4]


def _plans(t: Ledger, folder: Path) -> Any:
    path = folder / "plans.xlsx"
    count = write_plan_template(t, path, JUNE, SOUTH)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    head = next(r for r in range(1, 9) if sheet.cell(r, 1).value and any("1月" in str(c.value or "") for c in sheet[r]))
    first = next(c.column for c in sheet[head] if "1月" in str(c.value or ""))
    for at, row in enumerate(range(head + 1, head + 5)):
        for month in range(12):
            sheet.cell(row, first + month, ("100", 50, "", "一百")[at] if month != 5 else 7)
    book.save(folder / "filled.xlsx")
    return count, import_month_plans(t, folder / "filled.xlsx", JUNE, "下达", dry_run=True)


def _form(t: Ledger, folder: Path) -> Any:
    """A form of somebody else's: filled, saved, kept, and filled again for another period and of a scope."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["重点项目情况表（单位：万元）"], ["序号", "项目名称", "填报单位", "年度计划投资", "1-6月完成投资", "完成率（%）", "联系电话", "天气"], *([n, s.name, None, None, None, None, None, None] for n, s in enumerate(list_standings(t, JUNE)[:5], 1)), [6, "没有的项目"]):
        sheet.append(row)
    book.save(folder / "asked.xlsx")
    draft = fill_form(t, folder / "asked.xlsx", JUNE)
    saved = save_and_keep(t, draft, folder / "filled.xlsx")
    (held,) = list_forms(t)
    again, scope = fill_again(t, held.id, JUNE.previous())
    kept = [(f.file, str(f.period), f.filled, f.left, f.saved) for f in list_forms(t)]
    return saved.value.name, saved.title, draft.filled, kept, again.filled, scope


FILES: dict[str, Callable[[Ledger, Path], Any]] = {
    "form": _form,
    "ledger": lambda t, f: export_ledger(t, f / "a.xlsx", 2023), "ledger_phones": lambda t, f: export_ledger(t, f / "a.xlsx", with_phones=True, only=[1, 5, 8]),
    "nodes": lambda t, f: export_nodes(t, f / "a.xlsx", JUNE, "衡南县"), "nodes_some": lambda t, f: export_nodes(t, f / "a.xlsx", ON, only=[1, 13]),
    "problems": lambda t, f: export_problems(t, f / "a.xlsx", JUNE, today=ON), "problems_view": lambda t, f: export_problems(t, f / "a.xlsx", ON, 2, [1, 2, 3]),
    "register": lambda t, f: export_register(t, 2, JUNE, f / "a.xlsx"), "register_some": lambda t, f: export_register(t, 9, JUNE, f / "a.xlsx", ["project", "chain"], None),
    "year_values": lambda t, f: (export_year_values(t, JUNE, f / "a.xlsx"), import_year_values(t, f / "a.xlsx")),
    "plan_template": lambda t, f: write_plan_template(t, f / "a.xlsx", JUNE, SOUTH, PlanStep.QUARTER), "plans_taken": _plans,
    "templates": lambda t, f: [p.name for p in make_templates(t, JUNE, f, "衡南县")],
    "register_back": lambda t, f: [(r.id, export_register(t, r.id, JUNE, f / "b.xlsx"), import_register(t, r.id, f / "b.xlsx", 2023).value) for r in list_registers(t, ON) if r.records][:4],
    "lists_page": lambda t, f: (publish_lists(t, JUNE, f / "a.html", today=ON), (f / "a.html").read_text(encoding="utf-8").splitlines()[::9])}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_town(name: str, own_town: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    told = FILES[name](own_town, folder)

    def lines() -> Iterator[str]:
        yield from lines_of(name, told, most=(20, 8))
        for path in sorted(folder.glob("*.xlsx")):
            yield from _cells(path)

    hold(KEPT / f"{name}.txt", lines())
