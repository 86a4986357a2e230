"""Own columns: named, renamed, retired, taken up again, undone; what stands in them is kept, logged, sealed and carried."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.own_columns import SHIPPED, OwnCell, OwnColumn, OwnKind, OwnValue
from hydesk.domain.stale import Stale
from hydesk.domain.touched import Touched
from hydesk.domain.understanding import ProjectList
from hydesk.services.acts.deciding import deciding_on, seen_now
from hydesk.services.acts.undo_acts import redo_last, undo_last, undo_named
from hydesk.services.projects.edit_block import Edit, JudgedEdit, judge_edits, write_edits
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.projects.own_columns import (
    add_column,
    change_column,
    column_called,
    count_values,
    restore_column,
    retire_column,
)
from hydesk.services.projects.project_history import project_history
from hydesk.services.returns.import_projects import apply_project_list
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.own_columns import list_own_columns, own_values
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.ledger_as_of import ledger_as_of
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from hydesk.services.upkeep.rescue_ledger import rescue_ledger
from tests.db.test_old_ledgers import old_ledger
from tests.services.made import JUNE, facts, fill, list_of


@pytest.fixture
def ledger(any_ledger: Ledger) -> Ledger:
    """Of each store in turn: both must answer alike."""
    fill(any_ledger, 4)
    return any_ledger


def made(ledger: Ledger, name: str, kind: OwnKind = OwnKind.TEXT, **more: object) -> OwnColumn:
    key = add_column(ledger, OwnColumn(name, kind, **more)).value  # type: ignore[arg-type]
    return next(c for c in list_own_columns(ledger) if c.id == key)


def ids(ledger: Ledger) -> list[int]:
    return [s.id for s in list_standings(ledger, JUNE)]


def judged(ledger: Ledger, column: OwnColumn, words: str, at: int = 0, unit: MoneyUnit = MoneyUnit.WAN) -> JudgedEdit:
    return judge_edits(ledger, [Edit(ids(ledger)[at], column, words, unit)], JUNE)[0]


def put(ledger: Ledger, column: OwnColumn, words: str, at: int = 0) -> None:
    edit = judged(ledger, column, words, at)
    assert not edit.refused, edit.refused
    write_edits(ledger, [edit], JUNE)


def held(ledger: Ledger, column: OwnColumn, at: int = 0) -> OwnValue | None:
    return list_standings(ledger, JUNE)[at].own.get(column.id)


@pytest.mark.parametrize(("kind", "words", "value"), [
    (OwnKind.TEXT, " 甲　方 ", "甲　方"), (OwnKind.NUMBER, "1,234.50", Decimal("1234.5")), (OwnKind.NUMBER, "０．１", Decimal("0.1")),
    (OwnKind.NUMBER, "12亩", Decimal(12)), (OwnKind.MONEY, "1200.5", 12_005_000), (OwnKind.MONEY, "1.2亿", 120_000_000),
    (OwnKind.DATE, "2023年6月", LooseDate.of_month(2023, 6)), (OwnKind.DATE, "6月底", LooseDate.of_month(2023, 6)),
    (OwnKind.CHOICE, "出 让", "出让"), (OwnKind.YES_NO, "√", "是"), (OwnKind.YES_NO, "无", "否"), (OwnKind.YES_NO, "N", "否"),
    (OwnKind.PERSON, "李 明，王小二", "李明、王小二"), (OwnKind.PERSON, "李明；李明", "李明")])
def test_words_are_read_by_the_columns_kind(ledger: Ledger, kind: OwnKind, words: str, value: OwnValue) -> None:
    column = made(ledger, "新栏目", kind, choices=("划拨", "出让"), measure="亩")
    put(ledger, column, words)
    again = held(ledger, column)
    assert again == value
    assert type(again) is type(value)
    put(ledger, column, "")
    assert held(ledger, column) is None


@pytest.mark.parametrize(("kind", "words", "said"), [
    (OwnKind.NUMBER, "很多", "应是数字"), (OwnKind.MONEY, "约3000", "应是金额"), (OwnKind.DATE, "明天吧", "应是日期"),
    (OwnKind.CHOICE, "租用", "划拨、出让"), (OwnKind.YES_NO, "也许", "只能填是或否"), (OwnKind.TEXT, "字" * 2001, "最多 2000 个字")])
def test_what_cannot_stand_there_is_refused_with_a_sentence(ledger: Ledger, kind: OwnKind, words: str, said: str) -> None:
    column = made(ledger, "新栏目", kind, choices=("划拨", "出让"))
    assert said in judged(ledger, column, words).refused
    assert held(ledger, column) is None


def test_money_is_typed_in_the_unit_shown(ledger: Ledger) -> None:
    column = made(ledger, "征拆费用", OwnKind.MONEY)
    assert judged(ledger, column, "2.5", unit=MoneyUnit.YI).new == 250_000_000


def test_a_column_is_made_renamed_retired_and_taken_up_again_each_in_one_act(ledger: Ledger) -> None:
    done = add_column(ledger, OwnColumn("用地面积", OwnKind.NUMBER, measure="亩"))
    assert (len(done.acts), done.title, done.touched) == (1, "新建栏目“用地面积”", {Touched.COLUMNS})
    column = column_called(list_own_columns(ledger), "用地面积")
    put(ledger, column, "12.50")
    change_column(ledger, column.id, name="占地面积")
    renamed = column_called(list_own_columns(ledger), "占地面积")
    assert (renamed.names, held(ledger, column)) == (("用地面积",), Decimal("12.5"))
    assert column_called(list_own_columns(ledger), "用地面积") == renamed
    retire_column(ledger, column.id)
    assert column.id not in {c.id for c in list_own_columns(ledger)}
    assert held(ledger, column) is None
    assert count_values(ledger) == {column.id: 1}
    restore_column(ledger, column.id)
    assert held(ledger, column) == Decimal("12.5")
    for name in ("占地面积", "占地面积", "用地面积", "用地面积"):  # restored, retired, renamed, typed
        undo_last(ledger)
        assert column_called(list_own_columns(ledger, retired=True), "用地面积").name == name
    assert held(ledger, column) is None
    undo_last(ledger)
    assert column.id not in {c.id for c in list_own_columns(ledger, retired=True)}
    for _ in range(5):
        redo_last(ledger)
    assert held(ledger, column) == Decimal("12.5")
    assert check_open(ledger) == []


def test_names_that_mean_something_already_are_refused(ledger: Ledger) -> None:
    made(ledger, "用地面积", OwnKind.NUMBER, measure="亩")
    for name, said in (("责任单位", "台账已有"), ("牵头单位", "责任单位"), ("用地面积（亩）", "已是栏目"), ("", "名称"), ("施工企业", "施工单位")):
        with pytest.raises(HydeskError, match=said):
            add_column(ledger, OwnColumn(name))


def test_a_choice_in_use_is_not_taken_away(ledger: Ledger) -> None:
    column = made(ledger, "供地方式", OwnKind.CHOICE, choices=("划拨", "出让", "租赁"))
    put(ledger, column, "出让")
    with pytest.raises(HydeskError, match="“出让”（1 个项目）"):
        change_column(ledger, column.id, choices=("划拨",))
    change_column(ledger, column.id, choices=("出让", "划拨"))
    assert list_own_columns(ledger)[-1].choices == ("出让", "划拨")


def test_undoing_a_columns_making_leaves_it_where_somebody_filled_it_since(ledger: Ledger) -> None:
    done = add_column(ledger, OwnColumn("用地面积"))
    column = column_called(list_own_columns(ledger), "用地面积")
    put(ledger, column, "12亩")
    kept = undo_named(ledger, done.acts[0]).kept
    assert [str(k).partition("：")[0] for k in kept] == ["自建栏目“用地面积”整个保留"]
    assert held(ledger, column) == "12亩"
    undo_last(ledger)
    assert held(ledger, column) is None


def test_history_and_stale_cells_speak_of_the_column_by_its_name(ledger: Ledger) -> None:
    column = made(ledger, "征拆费用", OwnKind.MONEY)
    before = judged(ledger, column, "3")
    seen = seen_now(ledger)
    with deciding_on(ledger, seen):
        put(ledger, column, "1234.5")
    change_column(ledger, column.id, name="征拆资金")
    newest = project_history(ledger, ids(ledger)[0]).changes[0]
    assert (newest.field, newest.old, newest.new, newest.period) == ("征拆资金", None, "1,234.50万元", "")
    another = Ledger(ledger.location, ledger.path, ledger._engine)  # a second handle on the same ledger
    with pytest.raises(Stale, match=r"征拆资金.*1,234\.50万元"), deciding_on(another, seen):
        write_edits(another, [before], JUNE)


def test_a_retired_column_is_not_written(ledger: Ledger) -> None:
    column = made(ledger, "用地面积")
    edit = judged(ledger, column, "12")
    retire_column(ledger, column.id)
    with pytest.raises(HydeskError, match="已停用"):
        write_edits(ledger, [edit], JUNE)


def test_the_ledger_as_it_stood_has_the_columns_of_then(ledger: Ledger) -> None:
    column = made(ledger, "用地面积")
    put(ledger, column, "12")
    change_column(ledger, column.id, name="占地面积")
    put(ledger, column, "13")
    with closing(ledger_as_of(ledger, act_id=3)) as then:
        assert column_called(list_own_columns(then), "用地面积").name == "用地面积"
        assert list(own_values(then).values()) == [{column.id: "12"}]


def test_a_new_ledger_has_columns_for_who_builds_designs_and_supervises_and_an_older_one_stays_as_it_is(tmp_path: Path) -> None:
    fresh = create_ledger(tmp_path / "新.hydesk")
    assert [c.name for c in list_own_columns(fresh)] == [c.name for c in SHIPPED]
    fresh.close()
    assert check_ledger(tmp_path / "新.hydesk") == []
    for revision in ("0001", "0007"):
        older = open_ledger(old_ledger(revision, tmp_path))
        assert list_own_columns(older, retired=True) == []
        put(older, made(older, "施工单位"), "某建")
        older.close()
        assert check_ledger(tmp_path / f"{revision}.hydesk") == []


def test_what_is_changed_or_added_outside_the_program_shows(tmp_path: Path) -> None:
    path = tmp_path / "台账.hydesk"
    ledger = create_ledger(path)
    fill(ledger, 2)
    put(ledger, made(ledger, "用地面积"), "12")
    ledger.close()
    for number, (sql, code) in enumerate((
            ("UPDATE own_values SET value = '13'", "log_differs"), ("UPDATE own_columns SET name = '别的' WHERE id = 4", "log_differs"),
            ("UPDATE own_columns SET name = '别的' WHERE id = 1", "content_broken"),
            ("INSERT INTO own_values (project_id, column_id, value) VALUES (2, 4, '9')", "unlogged"),
            ("INSERT INTO own_columns (present, name, kind) VALUES (1, '加的', 'text')", "content_broken"))):
        copy = Path(shutil.copy(path, tmp_path / f"{number}.hydesk"))
        with closing(sqlite3.connect(copy)) as c:
            c.execute(sql)
            c.commit()
        assert code in {f.code for f in check_ledger(copy)}, sql


def test_a_damaged_ledger_is_saved_with_its_columns(tmp_path: Path) -> None:
    path, out = tmp_path / "台账.hydesk", tmp_path / "救出.hydesk"
    ledger = create_ledger(path)
    fill(ledger, 2)
    column = made(ledger, "用地面积")
    put(ledger, column, "12")
    ledger.close()
    with closing(sqlite3.connect(path)) as c:
        c.execute("PRAGMA foreign_keys = OFF")
        c.execute("DELETE FROM own_columns WHERE id = 4")
        c.execute("UPDATE own_columns SET kind = '乱' WHERE id = 1")
        c.commit()
    rescue_ledger(path, out)
    saved = open_ledger(out)
    assert "用地面积" in [c.name for c in list_own_columns(saved)]
    assert next(c.kind for c in list_own_columns(saved)) is OwnKind.TEXT
    assert own_values(saved) == {1: {column.id: "12"}}
    saved.close()


def listed_with(*cells: tuple[int, OwnCell]) -> ProjectList:
    plain = list_of(facts(1), facts(2))
    own: dict[int, tuple[OwnCell, ...]] = {}
    for at, cell in cells:
        own[at] = (*own.get(at, ()), cell)
    return replace(plain, projects=tuple(replace(p, own=own.get(n, ())) for n, p in enumerate(plain.projects)))


def test_a_list_brings_values_and_makes_the_columns_it_is_told_to_keep(any_ledger: Ledger) -> None:
    area = OwnColumn("用地面积", OwnKind.NUMBER, measure="亩")
    listed = listed_with((0, OwnCell(area, Decimal("12.5"), "K3", "12.50")), (1, OwnCell(area, None, "K4", "不详")),
                         (1, OwnCell(OwnColumn("施工单位"), "某建", "L4", "某建")))
    done = apply_project_list(any_ledger, listed, b"1", 2023, Actor("甲"))
    columns = {c.name: c for c in list_own_columns(any_ledger)}
    assert own_values(any_ledger) == {1: {columns["用地面积"].id: Decimal("12.5")}, 2: {columns["施工单位"].id: "某建"}}
    assert len(columns) == len(SHIPPED) + 1
    newest = project_history(any_ledger, 1).changes
    assert [(c.field, c.new, c.sheet, c.cell, c.words) for c in newest if c.entity == "column_value"] == [
        ("用地面积", "12.5", "清单", "K3", "12.50")]
    undo_named(any_ledger, done.acts[0])
    assert own_values(any_ledger) == {}
    assert [c.name for c in list_own_columns(any_ledger)] == [c.name for c in SHIPPED]


def test_undoing_a_list_keeps_the_column_of_a_project_that_stays(any_ledger: Ledger) -> None:
    listed = listed_with((0, OwnCell(OwnColumn("用地面积"), "12", "K3", "12")), (1, OwnCell(OwnColumn("用地面积"), "13", "K4", "13")))
    done = apply_project_list(any_ledger, listed, b"1", 2023, Actor("甲"))
    edit_project(any_ledger, 1, Field.BUILDER, "某公司")
    undo_named(any_ledger, done.acts[0])
    column = column_called(list_own_columns(any_ledger), "用地面积")
    assert own_values(any_ledger) == {1: {column.id: "12"}}
    assert check_open(any_ledger) == []


def test_a_list_replaces_no_value_without_a_word(any_ledger: Ledger) -> None:
    area, day = OwnColumn("用地面积", OwnKind.NUMBER), OwnColumn("交地时间", OwnKind.DATE)
    apply_project_list(any_ledger, listed_with((0, OwnCell(area, Decimal(12), "K3", "12")), (0, OwnCell(
        day, LooseDate(date(2023, 6, 15)), "L3", "2023-06-15"))), b"1", 2023, Actor("甲"))
    done = apply_project_list(any_ledger, listed_with((0, OwnCell(area, Decimal(13), "K3", "13")), (0, OwnCell(
        day, LooseDate.of_month(2023, 6), "L3", "2023年6月"))), b"2", 2023, Actor("甲"))
    assert [f.message for f in done.value.findings if f.code == "own_replaced"] == [
        "“清单”K3：“第1号项目”的用地面积清单写“13”，台账原为“12”，已取清单的。"]
    columns = {c.name: c.id for c in list_own_columns(any_ledger)}
    assert own_values(any_ledger) == {1: {columns["用地面积"]: Decimal(13), columns["交地时间"]: LooseDate(date(2023, 6, 15))}}
