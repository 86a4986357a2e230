"""Files of an intake say of which month they are."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.services.returns.collect_returns import Source
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.said_period import said_period
from hydesk.services.upkeep.open_ledger import create_ledger

MAY, JUNE = Period.month(2023, 5), Period.month(2023, 6)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    folder = tmp_path_factory.mktemp("said")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["项目编号", "项目名称", "县市区", "总投资（万元）", "2023年计划投资（万元）"])
    book.active.append(["HY2023-001", "归阳码头扩建项目", "祁东县", 30000, 9000])
    book.save(folder / "清单.xlsx")
    made = create_ledger(folder / "t.hydesk")
    import_projects(made, folder / "清单.xlsx", 2023)
    return made


def named(*names: str) -> list[Source]:
    return [Source(n, Path(n), b"x") for n in names]


def test_what_the_names_agree_on_is_the_period(ledger: Ledger) -> None:
    files = named("祁东县6月.xlsx", "附件：石鼓区重点项目进度表(6．25).xlsx", "蒸湘区2023年6月份重点项目月报.xlsx")
    assert said_period(ledger, files, MAY) == JUNE
    assert said_period(ledger, files, JUNE) is None


@pytest.mark.parametrize("names", [
    ("祁东县6月.xlsx", "衡阳县5月.xlsx"), ("上报3.xls",), ("祁东县2022年12月.xlsx",),
])
def test_files_that_differ_say_nothing_or_are_of_a_year_without_projects_change_nothing(
        ledger: Ledger, names: tuple[str, ...]) -> None:
    assert said_period(ledger, named(*names), MAY) is None


def test_where_no_name_says_it_the_sheets_do(ledger: Ledger, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "5月"
    book.create_sheet("6月").append(["祁东县重点项目进度表"])
    book.save(tmp_path / "上报3.xlsx")
    source = Source("上报3.xlsx", tmp_path / "上报3.xlsx", (tmp_path / "上报3.xlsx").read_bytes())
    assert said_period(ledger, [source], MAY) == JUNE
