"""A question about a column is answered once: the next return is read by the answer, until it is forgotten."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from hydesk.db.ledger import Ledger
from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.periods import Period
from hydesk.returns.checks import RuleSet
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.read_return import read_return
from hydesk.services.returns.remember_decision import (
    forget_decision,
    list_decisions,
    recall_decision,
    remember_column,
)
from hydesk.services.rules.settings import set_check_rules
from hydesk.services.upkeep.open_ledger import create_ledger

JUNE = Period.month(2023, 6)


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def ledger_of_four(folder: Path) -> Ledger:
    ledger = create_ledger(folder / "t.hydesk")
    rows = [[f"HY2023-{i:03d}", f"{name}项目", "祁东县", 30000 + i, 5000, 9000] for i, name in enumerate(("归阳码头", "瑞尔纸箱厂", "黄花菜冷链", "洪桥污水厂"), 1)]
    head = ["项目编号", "项目名称", "县市区", "总投资（万元）", "截至2022年底累计完成投资（万元）", "2023年计划投资（万元）"]
    import_projects(ledger, workbook(folder / "台账.xlsx", [head, *rows]), 2023)
    return ledger


def test_an_answer_is_remembered_used_and_forgotten(tmp_path: Path) -> None:
    ledger = ledger_of_four(tmp_path)
    head = ["序号", "项目编号", "项目名称", "实物折算投资口径（万元）"]
    source = workbook(tmp_path / "祁东县6月.xlsx", [head, *([i, f"HY2023-{i:03d}", "", 100 + i] for i in range(1, 5))])

    def fields() -> set[Field]:
        return {f for r in read_return(ledger, source, JUNE).understanding.rows for f in r.values if f is Field.YEAR_INVESTMENT}

    assert fields() == set()
    remember_column(ledger, "祁东县", "实物折算投资口径（万元）", Field.YEAR_INVESTMENT)
    assert fields() == {Field.YEAR_INVESTMENT}
    [decision] = list_decisions(ledger)
    assert (decision.unit, decision.meaning) == ("祁东县", "年初至本月累计完成投资")
    remember_column(ledger, "祁东县", "实物折算投资口径（万元）", Field.MONTH_INVESTMENT)
    [changed] = list_decisions(ledger)
    assert changed.meaning == "本月完成投资"
    forgotten = forget_decision(ledger, changed.id)
    assert list_decisions(ledger) == []
    assert fields() == set()
    assert recall_decision(ledger, forgotten)
    [again] = list_decisions(ledger)
    assert (again.unit, again.meaning, again.actor, again.at) == (changed.unit, changed.meaning, changed.actor, changed.at)
    assert not recall_decision(ledger, forgotten), "it stands already"
    remember_column(ledger, "祁东县", "实物折算投资口径（万元）", Field.YEAR_INVESTMENT)
    assert not recall_decision(ledger, forgotten), "what was decided since stays"
    assert forget_decision(ledger, 99) == {}


def test_a_rule_switched_off_is_silent_and_a_level_is_obeyed(tmp_path: Path) -> None:
    ledger = ledger_of_four(tmp_path)
    head = ["序号", "项目编号", "项目名称", "年度计划投资（万元）", "本月完成投资（万元）"]
    rows = [[i, f"HY2023-{i:03d}", "", 9000 if i > 1 else 9500, 100 + i] for i in range(1, 5)]
    source = workbook(tmp_path / "祁东县6月.xlsx", [head, *rows])

    def found() -> list[tuple[str, Level]]:
        return [(f.code, f.level) for f in read_return(ledger, source, JUNE).understanding.findings if f.row]

    assert found() == [("plan_changed", Level.WARNING)]
    set_check_rules(ledger, RuleSet({"plan_changed": Level.ERROR}))
    assert found() == [("plan_changed", Level.ERROR)]
    set_check_rules(ledger, RuleSet({"plan_changed": None}))
    assert found() == []
    set_check_rules(ledger, RuleSet({}, tolerance=10_000_000))
    assert found() == []
