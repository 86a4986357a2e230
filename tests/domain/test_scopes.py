"""Scopes: how they are written, what they mean, and the sentences for one that is written wrongly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.errors import HydeskError
from hydesk.domain.meaning import Meaning
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.fields import SCOPE_FIELDS, ScopeKind, ScopeMember, fields_with
from hydesk.domain.scopes.grammar import parse_scope, resolve, written
from hydesk.domain.scopes.scope import WHOLE, Condition, Scope, ScopeOp
from tests.reports.made import standing

YI = 100_000_000


def member(**facts: object) -> ScopeMember:
    """A project of which ``facts`` are known, on track, in the group of counties."""
    return ScopeMember(standing(**facts), Meaning.ON_TRACK, "在建实施", "县市区", frozenset({Case.STARTED, Case.OVER_PLAN}))


@pytest.mark.parametrize(("text", "facts", "is_in"), [
    ("level=省级|市级", {"level": "市级"}, True),
    ("级别 ＝ 省级 ｜ 市级", {"level": "市级"}, True),
    ("level!=省级", {"level": ""}, True),
    ("level=未填", {"level": ""}, True),
    ("level=未填", {"level": "省级"}, False),
    ("leader=李四", {"city_leader": "张三、李四", "county_leader": ""}, True),
    ("leader=李", {"city_leader": "张三、李四"}, False),
    ("leader~李", {"city_leader": "张三、李四"}, True),
    ("leader!=李四", {"city_leader": "张三、李四"}, False),
    ("leader=未填", {"city_leader": "", "county_leader": ""}, True),
    ("county_leader=李四", {"city_leader": "李四", "county_leader": "王五"}, False),
    ("leader=欧阳 五", {"city_leader": "欧阳  五"}, True),
    ("size>=10亿", {"total_investment": 10 * YI}, True),
    ("size>10亿", {"total_investment": 10 * YI}, False),
    ("size<10亿", {"total_investment": 10 * YI - 1}, True),
    ("size<=99999.9999万", {"total_investment": 10 * YI - 1}, True),
    ("总投资≥10亿元", {"total_investment": None}, False),
    ("size=未填", {"total_investment": None}, True),
    ("size!=未填", {"total_investment": 0}, True),
    ("name~电缆|光纤", {"name": "恒飞电缆产业园"}, True),
    ("code=HY2023-001", {"code": "HY2023-001"}, True),
    ("group=园区", {}, False),
    ("state=已开工;state=完成率超100%", {}, True),
    ("state=已开工;state=本期未报", {}, False),
    ("state=已开工|本期未报", {}, True),
    ("lamp=正常;stage=在建实施", {}, True),
    ("start_year>=2023年", {"start_year": 2023}, True),
    ("", {}, True),
    (" ; ；", {}, True),
])
def test_what_is_written_is_what_is_meant(text: str, facts: dict[str, object], is_in: bool) -> None:
    scope = parse_scope(text)
    assert scope.holds(member(**facts)) is is_in
    assert parse_scope(written(scope)) == scope
    assert len(scope.of([member(**facts)])) == is_in


@pytest.mark.parametrize(("text", "said"), [
    ("level", "没有写怎样比较"), ("=省级", "没有写是哪一项"), ("foo=1", "没有“foo”这一项"), ("level>=省级", "不能用 >="),
    ("size~10", "不能用 ~"), ("level=", "没有写值"), ("level=省级|", "没有写值"), ("size>=10", "没有写单位"), ("size>=很多", "不是金额"),
    ("start_year=今年", "不是数"), ('name="电缆', "没有成对"),
])
def test_what_is_written_wrongly_is_said(text: str, said: str) -> None:
    with pytest.raises(HydeskError, match=said):
        parse_scope(text)


def test_signs_of_the_grammar_within_a_value_stand_in_quotes() -> None:
    scope = parse_scope('unit="甲;乙"|"丙=丁""戊"')
    assert scope.conditions[0].values == ("甲;乙", '丙=丁"戊')
    assert parse_scope(written(scope)) == scope
    assert parse_scope('unit="未填"').conditions[0].values == ("未填",)


def test_a_scope_is_said_in_the_offices_words() -> None:
    assert parse_scope("level=省级|市级;size>=10.5亿;leader=未填;name~电缆").words == (
        "级别为省级、市级，总投资不低于10.5亿元，联系领导为未填，项目名称含“电缆”")
    assert WHOLE.words == ""


KNOWN = {"level": ("省重点", "省级", "市级"), "unit": ("衡阳县", "衡南县", "祁东县"), "leader": ()}


def test_a_word_typed_short_means_the_one_there_is() -> None:
    assert resolve(parse_scope("unit=祁东"), KNOWN).conditions[0].values == ("祁东县",)
    assert resolve(parse_scope("unit=南县"), KNOWN).conditions[0].values == ("衡南县",)
    assert resolve(parse_scope("level=省"), KNOWN).conditions[0].values == ("省重点", "省级")
    assert resolve(parse_scope("unit=小祁"), KNOWN, {"unit": {"小祁": "祁东县"}}).conditions[0].values == ("祁东县",)
    assert resolve(parse_scope("unit=未填;size>1亿"), KNOWN).conditions[0].values == ("",)


@pytest.mark.parametrize(("text", "said"), [
    ("unit=衡", "不止一个，请写全：衡阳县、衡南县"), ("unit=长沙", "没有单位“长沙”，现有的是：衡阳县、衡南县、祁东县"), ("leader=张三", "都没有填这一项")])
def test_a_word_that_is_not_there_is_said_with_what_there_is(text: str, said: str) -> None:
    with pytest.raises(HydeskError, match=said):
        resolve(parse_scope(text), KNOWN)


_WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=6)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    field = draw(st.sampled_from(list(SCOPE_FIELDS.values())))
    op = draw(st.sampled_from([o for o in ScopeOp if o.fits(field.kind)]))
    bound = 10**15 if field.kind is ScopeKind.AMOUNT else 9999
    one = st.integers(0, bound) | st.none() if field.kind.counted else _WORDS | st.just("")
    return Condition(field, op, tuple(draw(st.lists(one, min_size=1, max_size=3, unique=True))))


@given(st.lists(conditions(), max_size=4, unique_by=lambda c: (c.field.key, c.op, c.values)))
def test_every_scope_is_read_back_as_it_was_written(made: list[Condition]) -> None:
    assert parse_scope(written(Scope(tuple(made)))) == Scope(tuple(made))


OWN = (OwnColumn("用地面积", OwnKind.NUMBER, measure="亩", id=1), OwnColumn("征拆费用", OwnKind.MONEY, id=2), OwnColumn("专班", OwnKind.PERSON, id=3),
       OwnColumn("是否央企", OwnKind.YES_NO, names=("央企",), id=4), OwnColumn("施工单位", id=5))


@pytest.mark.parametrize(("text", "is_in"), [
    ("用地面积>=12.5", True), ("用地面积>12.5", False), ("征拆费用<1亿", True), ("征拆费用>=1亿", False), ("专班=李四", True), ("专班=李", False),
    ("央企=是", True), ("施工单位~湘", True), ("own/4=否", False), ("own/4!=否", True)])
def test_the_offices_own_columns_are_fields_too(text: str, is_in: bool) -> None:
    fields = fields_with(OWN)
    scope = parse_scope(text, fields)
    held = {1: Decimal("12.5"), 2: 99_999_999, 3: "张三、李四", 4: "是", 5: "湘建公司"}
    assert scope.holds(member(own=held)) is is_in
    assert scope.of([member(own={})]) == ([member(own={})] if "!=" in text else [])
    assert parse_scope(written(scope), fields) == scope
