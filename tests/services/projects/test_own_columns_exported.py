"""An exported ledger read again is the same ledger, own columns and all; what is text there is never a formula."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from openpyxl import load_workbook

from hydesk.db.ledger import Ledger
from hydesk.domain.dates import LooseDate
from hydesk.domain.own_columns import OwnColumn, OwnKind, OwnValue, read_own_value
from hydesk.domain.periods import Period
from hydesk.services.projects.export_ledger import export_ledger
from hydesk.services.projects.own_columns import add_columns, column_called, retire_column
from hydesk.services.projects.own_values import set_own_values
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.own_columns import (
    list_own_columns,
    read_own_columns,
    read_own_figures,
    read_own_values,
)
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.services.made import JUNE, MAY, code, fill

WEEK = Period.week(2023, 24)
ODD = ["=1+1", "+86", "-", "—", "无", "1e5", "2023-06-30", "007", "甲\n乙", "“引”", "@甲", "备注：见附件", "1,234.50", "是", "12亩", "合计"]


def made_up(column: OwnColumn, chance: Random) -> str:
    if column.kind.base is OwnKind.NUMBER:
        return str(chance.choice([Decimal(0), Decimal("-0.05"), Decimal("123456789012.345678"), Decimal(chance.randrange(10**9)) / 1000]))
    if column.kind.base is OwnKind.MONEY:
        return f"{Decimal(chance.randrange(10**chance.randint(1, 13))) / 10_000}"
    if column.kind is OwnKind.DATE:
        day = date(2020, 1, 1) + timedelta(chance.randrange(3000))
        return chance.choice([day.isoformat(), f"{day.year}年{day.month}月", f"{day.year}年二季度", f"{day.year}年"])
    if column.kind is OwnKind.TEXT:
        return chance.choice(ODD)
    return chance.choice({OwnKind.CHOICE: ["划拨", "出让"], OwnKind.YES_NO: ["是", "否"], OwnKind.PERSON: ["李明", "李明、王二"]}[column.kind])


def all_held(ledger: Ledger) -> dict[str, dict[str, OwnValue]]:
    """By code, the values by the columns' names, with the period where each has one; retired columns too."""
    with ledger.read() as connection:
        columns = read_own_columns(connection, retired=True)
        values = read_own_values(connection, [c for c in columns if not c.kind.by_period], JUNE)
        told = read_own_figures(connection, columns)
    names = {c.id: c.name for c in columns}
    held: Mapping[int, str] = {s.id: s.code for s in list_standings(ledger, JUNE)}
    found: dict[str, dict[str, OwnValue]] = {held[i]: {names[c]: v for c, v in own.items()} for i, own in values.items()}
    for i, column, period, text in told:
        found.setdefault(held[i], {})[f"{column.name} {period}"] = read_own_value(column.kind, text)
    return found


def shapes(ledger: Ledger) -> list[tuple[object, ...]]:
    return [(c.name, c.kind, c.choices, c.measure, c.names, c.retired) for c in list_own_columns(ledger, retired=True)]


def filled(path: Path, seed: int) -> Ledger:
    ledger = create_ledger(path)
    fill(ledger, 12)
    columns = [OwnColumn(f"甲{kind.label}", kind, ("划拨", "出让"), "亩", (f"别名{n}",)) for n, kind in enumerate(OwnKind)]
    columns += [OwnColumn("停用的", OwnKind.MONEY), OwnColumn("空着的")]
    add_columns(ledger, columns)
    chance = Random(seed)
    for column in columns[:-1]:
        for period in (MAY, WEEK, JUNE) if column.kind.by_period else (None,):
            set_own_values(ledger, column.name, {code(n): made_up(column, chance) for n in range(1, 13) if chance.random() < 0.8}, period=period)
    retire_column(ledger, column_called(list_own_columns(ledger), "停用的").id)
    return ledger


def test_a_new_ledger_made_from_an_export_holds_the_same(tmp_path: Path) -> None:
    for seed in (1, 2, 3):
        folder = tmp_path / str(seed)
        folder.mkdir()
        with closing(filled(folder / "甲.hydesk", seed)) as ledger, closing(create_ledger(folder / "乙.hydesk")) as again:
            export_ledger(ledger, folder / "导出.xlsx")
            result = import_projects(again, folder / "导出.xlsx", 2023).value
            assert [f.message for f in result.findings] == []
            assert all_held(again) == all_held(ledger)
            assert any(isinstance(v, LooseDate) for held in all_held(again).values() for v in held.values())
            assert shapes(again) == shapes(ledger)
            assert check_open(again) == []
            # Read again into the same ledger it changes nothing.
            assert import_projects(ledger, folder / "导出.xlsx", 2023).value.changed == 0


def test_words_of_an_own_column_never_become_a_formula(tmp_path: Path) -> None:
    with closing(create_ledger(tmp_path / "甲.hydesk")) as ledger:
        fill(ledger, 2)
        add_columns(ledger, [OwnColumn("甲方联系")])
        set_own_values(ledger, "甲方联系", {code(1): "=HYPERLINK(\"http://x\")", code(2): "＋1"})
        export_ledger(ledger, tmp_path / "导出.xlsx")
    sheet = load_workbook(tmp_path / "导出.xlsx").worksheets[0]
    column = next(c for c in sheet[1] if c.value == "甲方联系").column
    cells = [sheet.cell(r, column) for r in (2, 3)]
    assert [c.data_type for c in cells] == ["s", "s"]
