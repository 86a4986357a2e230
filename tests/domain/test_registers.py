"""Registers as data: deadlines, values written and read back, faults of a definition, words on screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hydesk.domain.dates import LooseDate
from hydesk.domain.register_renewal import Known, gained, renewed
from hydesk.domain.register_words import plain_number, score_words, show_register_value, shown_days
from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterField,
    RegisterKind,
    RegisterRecord,
    RegisterValue,
    RegisterView,
    days_over,
    definition_faults,
    definition_from_data,
    definition_to_data,
    is_closed,
    read_register_value,
    write_register_value,
)

K = RegisterKind
ON = date(2023, 6, 15)
NAME, STATE = RegisterField("name", "事项"), RegisterField("state", "状态", K.CHOICE, ("办理中", "已办结", "已取消"))
DUE, PLAN = RegisterField("due", "期限", K.DATE), RegisterField("plan", "计划", K.MONEY)
FIGURE = RegisterField("rate", "完成率", K.FIGURE, measure="%", figure="project.rate")
VIEW = RegisterView("未办", ("name", "due"), ("state", ("办理中",)))
SHAPE = RegisterDefinition("duty", "责任清单", "五制", "谁办什么", (NAME, STATE, DUE, PLAN, FIGURE), ("name",), "state",
                           ("已办结", "已取消"), "due", (VIEW,), "按文件")


TODAY = LooseDate(ON)


def _record(state: str = "办理中", due: RegisterValue | None = TODAY) -> RegisterRecord:
    return RegisterRecord(1, {"name": "征地", "state": state} | ({"due": due} if due is not None else {}))


@pytest.mark.parametrize(("day", "over", "words"), [
    (date(2023, 6, 14), 1, "■ 逾期 1 天"), (ON, 0, "剩 0 天"), (date(2023, 6, 16), -1, "剩 1 天")])
def test_a_record_is_over_its_deadline_from_the_day_after(day: date, over: int, words: str) -> None:
    assert days_over(SHAPE, _record(due=LooseDate(day)), ON) == over
    assert shown_days(over) == words


def test_what_is_closed_or_has_no_deadline_is_never_over_it() -> None:
    assert days_over(SHAPE, _record("已办结"), ON) is days_over(SHAPE, _record(due=None), ON) is None
    assert days_over(replace(SHAPE, due=""), _record(), ON) is days_over(SHAPE, _record(due="六月"), ON) is None
    assert shown_days(None) == ""
    assert [is_closed(SHAPE, _record(s)) for s in ("办理中", "已办结", "已取消")] == [False, True, True]
    assert not is_closed(replace(SHAPE, state="", closed=()), _record("已办结"))


@pytest.mark.parametrize(("kind", "value", "kept"), [
    (K.TEXT, "征地", "征地"), (K.NUMBER, Decimal("1.50"), "1.50"), (K.MONEY, 12_000, "12000"), (K.MONEY, 0, "0"),
    (K.DATE, LooseDate.of_month(2023, 6), "2023-06-30/month"), (K.PROJECT, "HY1", "HY1")])
def test_a_value_is_kept_and_read_back(kind: K, value: RegisterValue, kept: str) -> None:
    assert (write_register_value(value), read_register_value(kind, kept)) == (kept, value)


def test_nothing_is_kept_of_an_empty_value() -> None:
    assert write_register_value("") is write_register_value(None) is None


def test_a_value_comes_from_the_person_before_the_ledger() -> None:
    record = RegisterRecord(1, {"name": "征地"}, {"name": "别的", "rate": Decimal("0.5")})
    assert (record.get("name"), record.get("rate"), record.get("due")) == ("征地", Decimal("0.5"), None)


def test_heads_say_what_is_counted() -> None:
    assert [f.head for f in SHAPE.fields] == ["事项", "状态", "期限", "计划（万元）", "完成率（%）"]
    assert [f.key for f in SHAPE.stored] == ["name", "state", "due", "plan"]
    assert SHAPE.field_of("due") is DUE
    with pytest.raises(KeyError):
        SHAPE.field_of("none")


@pytest.mark.parametrize(("kind", "value", "words"), [
    (K.MONEY, None, ""), (K.MONEY, 12_345_600, "1,234.56"), (K.NUMBER, Decimal("1234.50"), "1,234.5"), (K.PROJECT, "HY1", "甲项目"),
    (K.PROJECT, "HY9", "HY9"), (K.TEXT, "HY1", "HY1"), (K.DATE, LooseDate.of_month(2023, 6), "2023-06"), (K.FIGURE, Decimal(3), "3")])
def test_values_in_words(kind: K, value: RegisterValue | None, words: str) -> None:
    assert show_register_value(kind, value, {"HY1": "甲项目"}) == words


@pytest.mark.parametrize(("value", "plain", "score"), [
    (None, "—", "—"), ("0", "0", "0.00"), ("1200", "1,200", "1,200.00"), ("10.10", "10.1", "10.10"), ("10.125", "10.13", "10.13"),
    ("0.004", "0", "0.00"), ("0.999", "1", "1.00"), ("100", "100", "100.00"), ("-0.5", "-0.5", "-0.50")])
def test_numbers_without_and_points_with_trailing_zeros(value: str | None, plain: str, score: str) -> None:
    number = None if value is None else Decimal(value)
    assert (plain_number(number), score_words(number)) == (plain, score)


def test_a_definition_survives_json() -> None:
    assert definition_from_data(definition_to_data(SHAPE)) == SHAPE
    least = {"key": "k", "name": "n", "group": "g", "purpose": "p", "fields": [{"key": "a", "label": "甲"}], "identity": ["a"],
             "views": [{"name": "全部", "fields": ["a"]}]}
    made = definition_from_data(least)
    assert (made.fields, made.identity, made.closed) == ((RegisterField("a", "甲"),), ("a",), ())
    assert made.views == (RegisterView("全部", ("a",)),)


@pytest.mark.parametrize(("shape", "fault"), [
    (replace(SHAPE, name="  "), "还没有名称"), (replace(SHAPE, fields=(FIGURE,), identity=("rate",), state="", due=""), "至少要有一个可填写"),
    (replace(SHAPE, fields=(*SHAPE.fields, RegisterField("again", "事项"))), "“事项”这个字段重复了"),
    (replace(SHAPE, fields=(*SHAPE.fields, RegisterField("name", "别名"))), "字段的代号重复了"),
    (replace(SHAPE, fields=(*SHAPE.fields, RegisterField("blank", " "))), "有字段没有名称"),
    (replace(SHAPE, fields=(NAME, replace(STATE, choices=()), DUE)), "选项字段“状态”还没有选项"),
    (replace(SHAPE, identity=("none",)), "用来辨认记录的字段指向不存在"), (replace(SHAPE, state="none"), "状态字段指向不存在"),
    (replace(SHAPE, due="none"), "期限字段指向不存在"), (replace(SHAPE, identity=()), "请至少选一个用来辨认")])
def test_each_fault_of_a_definition_is_said_alone(shape: RegisterDefinition, fault: str) -> None:
    said = definition_faults(shape)
    assert len(said) == 1
    assert fault in said[0]


def test_a_sound_definition_has_no_fault() -> None:
    assert definition_faults(SHAPE) == definition_faults(replace(SHAPE, state="", due="", closed=())) == []


# Renewal ----------------------------------------------------------------------------------------------------

NEW = RegisterField("leader", "牵头领导")
SHIPPED = replace(SHAPE, fields=(NAME, NEW, replace(STATE, choices=("办理中", "已暂停", "已办结", "已取消")), DUE, PLAN, FIGURE),
                  views=(VIEW, RegisterView("按领导", ("name", "leader")), RegisterView("别的", ("none",)),
                         RegisterView("按无", ("name",), ("none", ("甲",)))), closed=("已办结", "已取消", "已暂停"))


def test_a_register_gains_what_its_shipped_definition_gained_behind_its_neighbour() -> None:
    made = renewed(SHAPE, SHIPPED, Known.of([SHAPE]))
    assert [f.key for f in made.fields] == ["name", "leader", "state", "due", "plan", "rate"]
    assert made.field_of("state").choices == ("办理中", "已办结", "已取消", "已暂停")
    assert [v.name for v in made.views] == ["未办", "按领导"]
    assert made.closed == ("已办结", "已取消", "已暂停")
    assert gained(SHAPE, made) == ["字段“牵头领导”", "“状态”的选项“已暂停”", "视图“按领导”"]


def test_what_the_office_took_away_stays_away() -> None:
    held = replace(SHAPE, fields=(NAME, DUE, PLAN, FIGURE), views=(), state="", closed=())
    known = Known.of([SHAPE, SHIPPED])
    assert renewed(held, SHIPPED, known) == held
    assert gained(held, held) == []


def test_a_field_of_the_offices_own_with_the_same_words_is_not_made_again() -> None:
    held = replace(SHAPE, fields=(*SHAPE.fields, RegisterField("own1", "牵头领导")))
    assert [f.key for f in renewed(held, SHIPPED, Known.of([held])).fields].count("leader") == 0


def test_a_first_field_that_is_new_comes_first() -> None:
    first = replace(SHIPPED, fields=(NEW, *SHAPE.fields))
    assert [f.key for f in renewed(SHAPE, first, Known.of([SHAPE])).fields][:2] == ["leader", "name"]


def test_the_identity_follows_where_the_office_left_it_alone() -> None:
    shipped = replace(SHIPPED, identity=("name", "leader"))
    assert renewed(SHAPE, shipped, Known.of([SHAPE])).identity == ("name", "leader")
    own = replace(SHAPE, identity=("name", "due"))
    assert renewed(own, shipped, Known.of([own])).identity == ("name", "due")


def test_choices_are_added_only_where_both_are_choices() -> None:
    held = replace(SHAPE, fields=(NAME, replace(STATE, kind=K.TEXT, choices=()), DUE, PLAN, FIGURE), state="", closed=())
    assert renewed(held, SHIPPED, Known.of([held])).field_of("state").choices == ()
