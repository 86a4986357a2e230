"""A scope is one number: on 首页, in the ledger's totals, in the statistics table, in JSON — and reckoned from the workbook
that the ledger exports, by a script that knows nothing of the program's own rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from hydesk.cli.start import main
from hydesk.db.ledger import Ledger
from hydesk.db.models import Progress
from hydesk.domain.periods import Month
from hydesk.domain.scopes.grammar import parse_scope, written
from hydesk.services.pages.cross_table import Dimension, cross_table
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.ledger_rows import read_rows
from hydesk.services.pages.overview import overview
from hydesk.services.projects.export_ledger import export_ledger
from hydesk.services.standings.read_scope import scope_of
from tests.services.made import facts, take_list
from tests.shared import copy_of_empty, open_whole

JUNE = Month(2023, 6)
YI = 100_000_000
UNITS = ("衡南县", "祁东县", "耒阳市", "高新区", "松木经开区")
PEOPLE = ("张三", "李四", "欧阳 五", "王六")
Row = Mapping[str, Any]


def draw_ledger(ledger: Ledger, rnd: Random, count: int = 28, also: Callable[[], Mapping[str, Any]] = dict) -> None:
    """Projects of every sort, some fields left empty, most with figures of some months of 2023; ``also``: further facts of
    each."""
    rows = []
    for n in range(1, count + 1):
        leaders = "、".join(rnd.sample(PEOPLE, rnd.choice((0, 1, 1, 2))))
        more = {
            "level": rnd.choice(("省重点", "省级", "市级", "")), "category": rnd.choice(("产业发展", "基础设施", "生态环保")),
            "nature": rnd.choice(("新建", "续建", "预备")), "city_leader": leaders, "county_leader": rnd.choice(("", "赵七", "张三")),
            "reporting_unit": rnd.choice(UNITS), "investor_kind": rnd.choice(("政府投资", "社会投资")),
            "total_investment": rnd.choice((5 * YI, 10 * YI, 10 * YI - 1, rnd.randrange(1, 40 * YI))),
            "annual_plan": rnd.randrange(1, 5 * YI)}
        rows.append(facts(n, **{k: v for k, v in more.items() if v != ""}, **also()))
    take_list(ledger, *rows)
    figures = []
    for n in range(1, count + 1):
        done = 0
        for month in range(1, rnd.choice((0, 5, 6, 6, 6, 6, 7)) + 1):
            done += rnd.randrange(0, YI)
            period = Month(2023, month)
            figures.append({"project_id": n, "year": 2023, "period": str(period), "ends_on": period.day, "year_investment": done})
    with ledger.write() as connection:
        connection.execute(insert(Progress), figures)


@dataclass(frozen=True)
class Drawn:
    """One condition as text, and as a question of an exported row."""

    text: str
    holds: Callable[[Row], bool]


def _word(row: Row, head: str) -> str:
    return str(row.get(head) or "")


def draw_condition(rnd: Random) -> Drawn:
    """A condition on one field, in one of the ways it may be written."""
    kind = rnd.choice(("level", "class", "nature", "unit", "group", "leader", "city", "size", "plan", "not", "empty"))
    if kind == "leader":
        name = rnd.choice(PEOPLE)
        return Drawn(f"leader={name}", lambda r: name in (_word(r, "市级联系领导") + "、" + _word(r, "县级包联领导")).split("、"))
    if kind == "city":
        names = rnd.sample(PEOPLE, 2)
        return Drawn(f"市级联系领导＝{names[0]}｜{names[1]}",
                     lambda r: any(n in _word(r, "市级联系领导").split("、") for n in names))
    if kind in ("size", "plan"):
        head = "总投资（万元）" if kind == "size" else "2023年计划投资（万元）"
        bound, op = rnd.choice((1, 2, 5, 10, 20)), rnd.choice((">=", "<", ">", "<="))
        compare = {">=": lambda a, b: a >= b, "<": lambda a, b: a < b, ">": lambda a, b: a > b, "<=": lambda a, b: a <= b}[op]
        return Drawn(f"{kind}{op}{bound}亿", lambda r: compare(Decimal(str(r[head])), bound * 10_000))
    if kind == "group":
        parks = ("高新区", "松木经开区")
        wanted = rnd.choice(("园区", "县市区"))
        return Drawn(f"分组={wanted}", lambda r: (_word(r, "填报单位") in parks) == (wanted == "园区"))
    if kind == "not":
        unit = rnd.choice(UNITS)
        return Drawn(f"unit!={unit}", lambda r: _word(r, "填报单位") != unit)
    if kind == "empty":
        return Drawn("级别=未填", lambda r: not _word(r, "项目级别"))
    if kind == "level":
        return Drawn("level=省", lambda r: _word(r, "项目级别").startswith("省"))
    head, words = {"class": ("项目类别", ("产业发展", "基础设施", "生态环保")), "nature": ("建设性质", ("新建", "续建", "预备")),
                   "unit": ("填报单位", UNITS)}[kind]
    some = rnd.sample(words, rnd.choice((1, 2)))
    return Drawn(f"{kind} = {' | '.join(some)}", lambda r: _word(r, head) in some)


def exported(ledger: Ledger, path: Path) -> tuple[list[Row], dict[str, Decimal]]:
    """The rows of the exported list, and by code the newest sum of the year by June, in 万元."""
    export_ledger(ledger, path, 2023)
    book = load_workbook(path, data_only=True)
    listed = table(book[book.sheetnames[0]], "市重点编号")
    newest: dict[str, tuple[str, Decimal]] = {}
    for row in table(book["月度数据"], "报告期"):
        done = row["年初至本月累计完成投资（万元）"]
        if done is not None and str(row["报告期"]) <= "2023-06":
            newest[row["市重点编号"]] = max(newest.get(row["市重点编号"], ("", Decimal(0))), (str(row["报告期"]), Decimal(str(done))))
    return listed, {code: done for code, (_, done) in newest.items()}


def table(sheet: Any, head: str) -> list[Row]:
    """The rows below the head that holds ``head``, that name a project."""
    rows = [list(r) for r in sheet.iter_rows(values_only=True)]
    at = next(i for i, r in enumerate(rows) if head in r)
    return [dict(zip(rows[at], r, strict=True)) for r in rows[at + 1:] if str(dict(zip(rows[at], r, strict=True)).get("市重点编号") or "").startswith("HY")]


@pytest.fixture
def ledger(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """An empty ledger in a file."""
    made = open_whole(copy_of_empty(tmp_path_factory, tmp_path / "台账.hydesk"))
    yield made
    made.close()


@pytest.mark.parametrize("seed", range(10))
def test_scopes_drawn_at_random_are_one_number_everywhere(ledger: Ledger, tmp_path: Path, seed: int) -> None:
    rnd = Random(seed)
    draw_ledger(ledger, rnd)
    listed, done = exported(ledger, tmp_path / "台账.xlsx")
    rows, filled = read_rows(ledger, JUNE), 0
    for number in range(6):
        drawn = [draw_condition(rnd) for _ in range(rnd.choice((1, 1, 2, 3)))]
        text = rnd.choice((";", "；")).join(d.text for d in drawn)
        own = [r for r in listed if all(d.holds(r) for d in drawn)]
        filled += bool(own)
        codes = [r["市重点编号"] for r in own]
        sums = tuple(int(sum(amounts, Decimal(0)) * 10_000) for amounts in (
            [Decimal(str(r["总投资（万元）"])) for r in own], [Decimal(str(r["2023年计划投资（万元）"])) for r in own],
            [done.get(c, Decimal(0)) for c in codes]))
        scope = scope_of(ledger, JUNE, text)
        home = overview(ledger, JUNE, scope)
        assert (list(home.codes), tuple(getattr(home.totals, n) for n in NAMES)) == (codes, sums), text
        chosen = rows.select(LedgerQuery.of(scope), range(len(rows)))
        totals = rows.totals(chosen)
        assert ([rows.lines[i].project.code for i in chosen], tuple(getattr(totals, n) for n in NAMES)) == (codes, sums), text
        counted = cross_table(ledger, JUNE, Dimension.UNIT, Dimension.LEVEL, scope=scope)
        assert (counted.whole.count, tuple(getattr(counted.whole, n) for n in NAMES)) == (len(codes), sums), text
        assert rows.compare_at(chosen) == home.reach.compare_at == counted.reach.compare_at, text
        assert parse_scope(written(scope)) == scope, text
        if number < 2:
            file = tmp_path / "figures.json"
            assert main(["--ledger", str(ledger.path), "figures", "--period", "2023-06", "--scope", text, "--json", str(file)]) in (0, 1, 3)
            told = json.loads(file.read_text("utf-8"))
            assert (told["projects"], tuple(told[n] or 0 for n in NAMES)) == (codes, sums), text
            assert (told["completion"] is None) == (home.totals.completion is None), text
    assert filled > 1


NAMES = ("total_investment", "annual_plan", "year_investment")
