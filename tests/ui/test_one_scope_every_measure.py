"""竣工, 投产, 达产, 前期 and 同比 of a scope are one number: on 首页, in the ledger's filters, in 专项统计, in JSON — and reckoned from the
workbook that the ledger exports, by a script that knows nothing of the program's own rules."""

from __future__ import annotations

import calendar
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select

from hydesk.cli.start import main
from hydesk.db.ledger import Ledger
from hydesk.db.models import Progress, Project
from hydesk.domain.dates import LooseDate
from hydesk.domain.measures.finishes import Goal
from hydesk.domain.measures.subjects import Subject
from hydesk.domain.milestones import HANDLING, HANDLINGS, NodeMove
from hydesk.domain.periods import Month
from hydesk.domain.scopes.cases import Case
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.milestones.move_milestones import move_milestones
from hydesk.services.pages.cross_table import Dimension
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.ledger_rows import LedgerRows, read_rows
from hydesk.services.pages.overview import overview
from hydesk.services.pages.subject_table import PermitBy, SubjectTable, subject_table
from hydesk.services.projects.export_ledger import export_ledger
from hydesk.services.standings.compare_years import year_on_year
from hydesk.services.standings.read_scope import scope_of
from tests.services.made import facts, take_list
from tests.shared import copy_of_empty, open_whole
from tests.ui.test_one_scope_one_number import (
    JUNE,
    UNITS,
    YI,
    draw_condition,
    draw_ledger,
    exported,
    table,
)

END = date(2023, 6, 30)
WORDS = {"竣工": "finishes", "投产": "production", "达产": "capacity"}
CASES = {"竣工": (Case.TO_FINISH, Case.FINISHED, Case.OVERDUE_FINISH), "投产": (Case.TO_PRODUCE, Case.PRODUCED, Case.OVERDUE_PRODUCTION),
         "达产": (Case.TO_CAPACITY, Case.AT_CAPACITY, Case.OVERDUE_CAPACITY)}
Row = Mapping[str, Any]


def draw_dates(rnd: Random) -> dict[str, LooseDate]:
    """Planned and actual days and months around the end of June 2023, some of them none; actual ones are past."""
    found = {}
    for planned, actual in (("planned_finish", "finish_date"), ("planned_production", "production_date"), ("planned_capacity", "capacity_date")):
        if rnd.random() < 0.7:
            year, month = rnd.choice((2022, 2023, 2023, 2023, 2024)), rnd.randrange(1, 13)
            found[planned] = LooseDate.of_month(year, month) if rnd.random() < 0.4 else LooseDate(date(year, month, rnd.randrange(1, 29)))
        if rnd.random() < 0.4:
            found[actual] = LooseDate(date(rnd.choice((2022, 2023, 2023)), rnd.randrange(1, 7), rnd.randrange(1, 29)))
    return found


def day(value: object) -> date | None:
    """A date of the workbook; one of a month counts as its last day."""
    if isinstance(value, datetime):
        return value.date()
    if not value:
        return None
    year, month = (int(x) for x in str(value).split("-")[:2])
    return date(year, month, calendar.monthrange(year, month)[1])


def reckoned(rows: list[Row], word: str) -> dict[str, list[str]]:
    """Codes behind each number of 竣工, 投产 or 达产 at the end of June, by the words of the rules alone."""
    found: dict[str, list[str]] = {k: [] for k in ("planned", "finished", "due", "overdue", "early", "unplanned")}
    for r in rows:
        plan, done, code = day(r[f"计划{word}时间"]), day(r[f"实际{word}时间"]), r["市重点编号"]
        year = plan.year if plan else int(r["竣工年份"] or 0) if word == "竣工" else 0
        came = done is not None and done <= END
        if year != 2023 or r["建设性质"] == "预备" or (done is not None and done.year < 2023):
            if came and done is not None and done.year == 2023:
                found["unplanned"].append(code)
            continue
        found["planned"].append(code)
        if came:
            found["finished"].append(code)
        if plan and plan <= END:
            found["due"].append(code)
            if not came:
                found["overdue"].append(code)
        if came and plan and done and (done.year, done.month) < (plan.year, plan.month):
            found["early"].append(code)
    return found


@pytest.fixture
def ledger(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """An empty ledger in a file."""
    made = open_whole(copy_of_empty(tmp_path_factory, tmp_path / "台账.hydesk"))
    yield made
    made.close()


def codes_of(rows: LedgerRows, query: LedgerQuery) -> list[str]:
    """The codes that the ledger's table shows under a query."""
    return [rows.lines[i].project.code for i in rows.select(query, range(len(rows)))]


def behind(table: SubjectTable, at: int) -> list[str]:
    """The codes behind a number of the whole; those of the rows are the same together."""
    assert sorted(p.code for line in table.rows.values() for p in line[at].projects) == sorted(p.code for p in table.whole[at].projects)
    return [p.code for p in table.whole[at].projects]


@pytest.mark.parametrize("seed", range(4))
def test_what_a_scope_was_to_come_to_is_one_number_everywhere(ledger: Ledger, tmp_path: Path, seed: int) -> None:
    rnd = Random(seed)
    draw_ledger(ledger, rnd, also=lambda: draw_dates(rnd))
    listed, _ = exported(ledger, tmp_path / "台账.xlsx")
    rows, filled = read_rows(ledger, JUNE), 0
    for number in range(3):
        drawn = [draw_condition(rnd) for _ in range(rnd.choice((1, 1, 2)))] if number else []
        text = ";".join(d.text for d in drawn)
        own = [r for r in listed if all(d.holds(r) for d in drawn)]
        scope = scope_of(ledger, JUNE, text)
        home = overview(ledger, JUNE, scope)
        file = tmp_path / "figures.json"
        main(["--ledger", str(ledger.path), "figures", "--period", "2023-06", *(["--scope", text] if text else []), "--json", str(file)])
        told = json.loads(file.read_text("utf-8"))
        for word, key in WORDS.items():
            wanted = reckoned(own, word)
            filled += sum(map(bool, wanted.values()))
            counts = {k: len(v) for k, v in wanted.items()}
            assert told[key]["projects"] == wanted, (text, word)
            assert {k: told[key][k] for k in counts} == counts, (text, word)
            assert {k: [p.code for p in getattr(home.goals[Goal(word)], k)] for k in wanted} == wanted, (text, word)
            table = subject_table(ledger, JUNE, Subject(word), rnd.choice((Dimension.UNIT, Dimension.LEVEL, Dimension.NATURE)), scope)
            assert {k: behind(table, at) for k, at in zip(wanted, (0, 1, 3, 5, 6, 7), strict=True)} == wanted, (text, word)
            for case, name in zip(CASES[word], ("planned", "finished", "overdue"), strict=True):
                query = LedgerQuery.of(scope.also(*LedgerQuery(cases=frozenset({case})).conditions()))
                assert codes_of(rows, query) == wanted[name], (text, case)
    assert filled > 9


PERMITS = ("立项", "用地", "规划许可", "环评", "可研", "初设", "施工许可")


def draw_permits(ledger: Ledger, rnd: Random) -> None:
    """Dates of permits and of starts around the end of June, some said to be handled or not needed."""
    moves: list[NodeMove] = []
    for p in list_milestones(ledger, JUNE).projects:
        if rnd.random() < 0.5:
            moves.append(NodeMove(p.project_id, "开工", "actual", LooseDate(date(rnd.choice((2022, 2023)), rnd.randrange(1, 7), rnd.randrange(1, 29)))))
        for node in PERMITS:
            if rnd.random() < 0.5:
                planned = LooseDate(date(2023, rnd.randrange(1, 13), rnd.randrange(1, 29)))
                moves.append(NodeMove(p.project_id, node, rnd.choice(("baseline", "baseline", "forecast")), planned))
            if rnd.random() < 0.3:
                moves.append(NodeMove(p.project_id, node, "actual", LooseDate(date(2023, rnd.randrange(1, 7), rnd.randrange(1, 29)))))
            elif rnd.random() < 0.4:
                moves.append(NodeMove(p.project_id, node, HANDLING, rnd.choice(HANDLINGS)))
    move_milestones(ledger, moves, today=date(2023, 12, 1))


def prepared_by_hand(rows: list[Row], nodes: Mapping[tuple[str, str], Row]) -> tuple[dict[str, list[str]], dict[str, dict[str, int]]]:
    """前期 and its permits by node at the end of June, by the words of the rules alone."""
    found: dict[str, list[str]] = {k: [] for k in ("prepared", "reserved", "converted", "still", "granted")}
    tally: dict[str, dict[str, int]] = {n: dict.fromkeys(("needed", "done", "open", "working", "overdue", "due", "undated", "unneeded"), 0) for n in PERMITS}
    for r in rows:
        start, finish, code = day(r["实际开工时间"]), day(r["实际竣工时间"]), r["市重点编号"]
        if r["建设性质"] == "续建" or (start and start.year < 2023):
            continue
        begun = start is not None and start <= END
        for name, holds in (("prepared", True), ("reserved", r["建设性质"] == "预备"), ("converted", begun)):
            found[name] += [code] if holds else []
        if begun or (finish and finish <= END):
            continue
        found["still"].append(code)
        lacks = needs = 0
        for node in PERMITS:
            held, own = nodes.get((code, node), {}), tally[node]
            done, said = day(held.get("实际时间")), held.get("办理情况")
            granted = done is not None and done <= END
            if not granted and said == "不需办理":
                own["unneeded"] += 1
                continue
            needs, lacks = needs + 1, lacks + (not granted)
            own["needed"] += 1
            own["done" if granted else "open"] += 1
            if granted:
                continue
            planned, expected = day(held.get("计划时间")), day(held.get("预计时间"))
            limit = planned or expected
            own["working"] += said == "办理中"
            late = limit is not None and limit < END
            when = expected or planned
            own["undated"] += limit is None
            own["overdue"] += late
            own["due"] += not late and when is not None and (when - END).days <= 30
        found["granted"] += [code] if needs and not lacks else []
    return found, tally


@pytest.mark.parametrize("seed", range(4))
def test_what_is_being_prepared_is_one_number_everywhere(ledger: Ledger, tmp_path: Path, seed: int) -> None:
    rnd = Random(seed)
    draw_ledger(ledger, rnd)
    draw_permits(ledger, rnd)
    listed, _ = exported(ledger, tmp_path / "台账.xlsx")
    nodes = {(r["市重点编号"], r["节点"]): r for r in table(load_workbook(tmp_path / "台账.xlsx", data_only=True)["节点"], "节点")}
    rows, filled = read_rows(ledger, JUNE), 0
    for number in range(3):
        drawn = [draw_condition(rnd)] if number else []
        text = ";".join(d.text for d in drawn)
        own = [r for r in listed if all(d.holds(r) for d in drawn)]
        wanted, tally = prepared_by_hand(own, nodes)
        filled += sum(n["open"] for n in tally.values())
        scope = scope_of(ledger, JUNE, text)
        whole = subject_table(ledger, JUNE, Subject.PREPARATION, Dimension.NATURE, scope)
        assert {k: behind(whole, at) for k, at in zip(wanted, (0, 1, 2, 4, 5), strict=True)} == wanted, text
        by_node = subject_table(ledger, JUNE, Subject.PERMITS, PermitBy.NODE, scope)
        told = {node: {c.id.removeprefix("permits_"): c.value for c in line if c.id != "permits_rate"} for node, line in by_node.rows.items()}
        assert told == (tally if wanted["still"] else {}), text
        for rows_by in (PermitBy.DEPARTMENT, Dimension.UNIT):
            other = subject_table(ledger, JUNE, Subject.PERMITS, rows_by, scope)
            assert other.whole == by_node.whole, text
            assert sum(int(line[3].value or 0) for line in other.rows.values()) == other.whole[3].value, text
        for case, name in ((Case.PREPARES, "prepared"), (Case.CONVERTED, "converted"), (Case.STILL_PREPARES, "still")):
            query = LedgerQuery.of(scope.also(*LedgerQuery(cases=frozenset({case})).conditions()))
            assert codes_of(rows, query) == wanted[name], (text, case)
        file = tmp_path / "figures.json"
        main(["--ledger", str(ledger.path), "figures", "--period", "2023-06", *(["--scope", text] if text else []), "--json", str(file)])
        said = json.loads(file.read_text("utf-8"))["preparation"]
        assert said["projects"] == wanted, text
        assert {n: {k: v for k, v in line.items() if k != "rate"} for n, line in said["permits"].items()} == told, text
    assert filled > 20


def draw_last_year(ledger: Ledger, rnd: Random) -> None:
    """A list of 2022: some of this year's projects and some of its own, most with figures to June or later."""
    numbers = [n for n in range(1, 40) if n > 28 or rnd.random() < 0.7]
    facts_of = {n: facts(n, reporting_unit=rnd.choice(UNITS), annual_plan=rnd.randrange(1, 4 * YI)) for n in numbers}
    take_list(ledger, *facts_of.values(), year=2022)
    with ledger.read() as connection:
        ids = dict(connection.execute(select(Project.code, Project.id)).tuples().all())
    figures = []
    for values in facts_of.values():
        done, last = 0, rnd.choice((0, 5, *[6] * 12, 8))
        for month in range(1, last + 1):
            done += rnd.randrange(0, YI)
            period = Month(2022, month)
            figures.append({"project_id": ids[next(iter(values.values()))], "year": 2022, "period": str(period), "ends_on": period.day, "year_investment": done})
    with ledger.write() as connection:
        connection.execute(insert(Progress), figures)


def whole_of(ledger: Ledger, year: int, path: Path) -> list[dict[str, Any]]:
    """The rows of a year's exported list, each with the newest period by June and the sum it holds, in 万元."""
    export_ledger(ledger, path, year)
    book = load_workbook(path, data_only=True)
    newest: dict[str, tuple[str, Decimal]] = {}
    for r in table(book["月度数据"], "报告期"):
        if r["年初至本月累计完成投资（万元）"] is not None and str(r["报告期"]) <= f"{year}-06":
            newest[r["市重点编号"]] = max(newest.get(r["市重点编号"], ("", Decimal(0))), (str(r["报告期"]), Decimal(str(r["年初至本月累计完成投资（万元）"]))))
    rows = [dict(r) for r in table(book[book.sheetnames[0]], "市重点编号")]
    for r in rows:
        r["plan"] = r["2023年计划投资（万元）"] = Decimal(str(r.get("2023年计划投资（万元）") or r.get("2022年计划投资（万元）") or 0))
        r["at"], r["done"] = newest.get(r["市重点编号"], ("", None))
    return rows


def nine_tenths(rows: list[dict[str, Any]], month: str) -> bool:
    """Whether units holding nine tenths of the plan are in: with nine tenths of their own."""
    inside = Decimal(0)
    for unit in {r["填报单位"] for r in rows}:
        own = [r for r in rows if r["填报单位"] == unit]
        plan = sum(r["plan"] for r in own)
        if sum(r["plan"] for r in own if r["at"] >= month) >= plan * Decimal("0.9"):
            inside += plan
    return inside >= sum(r["plan"] for r in rows) * Decimal("0.9")


@pytest.mark.parametrize("seed", range(4))
def test_last_years_same_month_is_one_number_everywhere(ledger: Ledger, tmp_path: Path, seed: int) -> None:
    rnd = Random(seed)
    draw_ledger(ledger, rnd)
    draw_last_year(ledger, rnd)
    now, then = (whole_of(ledger, year, tmp_path / f"{year}.xlsx") for year in (2023, 2022))
    for number in range(3):
        drawn = [draw_condition(rnd)] if number else []
        text = ";".join(d.text for d in drawn)
        mine, old = ([r for r in rows if all(d.holds(r) for d in drawn)] for rows in (now, then))
        scope = scope_of(ledger, JUNE, text)
        found = year_on_year(ledger, JUNE, scope)
        sums = [sum((r["done"] for r in rows if r["done"] is not None), Decimal(0)) * 10_000 for rows in (mine, old)]
        plans = [sum(r["plan"] for r in rows) * 10_000 for rows in (mine, old)]
        assert (len(found.now.projects), [p.code for p in found.then.projects]) == (len(mine), [r["市重点编号"] for r in old]), text
        assert len(found.both) == len({r["市重点编号"] for r in mine} & {r["市重点编号"] for r in old}), text
        assert ((found.done or 0), (found.done_then or 0)) == tuple(sums), text
        compared = bool(mine and old and any(r["at"] == "2022-06" for r in old) and any(r["at"] == "2023-06" for r in mine)
                        and nine_tenths(mine, "2023-06") and nine_tenths(old, "2022-06"))
        assert (not found.why) is compared, (text, found.why)
        if compared:
            assert (found.growth, found.points) == (sums[0] / sums[1] - 1, sums[0] / plans[0] - sums[1] / plans[1]), text
        rows = subject_table(ledger, JUNE, Subject.YEAR_ON_YEAR, Dimension.NATURE, scope)
        for id, value in (("year_investment", found.done), ("year_investment_then", found.done_then), ("count", len(mine)), ("count_then", len(old)),
                          ("growth", found.growth), ("points_of_years", found.points)):
            assert rows.of(id).value == value, (text, id)
        for id in ("year_investment", "year_investment_then", "count", "count_then", "count_both"):
            at = rows.columns.index(id)
            assert sum(line[at].value or 0 for line in rows.rows.values()) == (rows.of(id).value or 0), (text, id)
        file = tmp_path / "figures.json"
        main(["--ledger", str(ledger.path), "figures", "--period", "2023-06", *(["--scope", text] if text else []), "--json", str(file)])
        told = json.loads(file.read_text("utf-8"))["year_on_year"]
        assert (told["year_investment_then"], told["count_then"], told["why"]) == (found.done_then, len(old), found.why), text
        assert told["growth"] == (None if found.growth is None else str(found.growth)), text
