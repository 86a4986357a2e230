"""What one screen asks of another; a register's rows; initials; a page of the handbook as HTML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hydesk.domain.dates import LooseDate
from hydesk.domain.meaning import Meaning
from hydesk.domain.periods import Period
from hydesk.domain.pinyin import initials
from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterField,
    RegisterKind,
    RegisterRecord,
    RegisterView,
)
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.fields import SCOPE_FIELDS
from hydesk.domain.scopes.scope import Condition, Scope, ScopeOp, one_of
from hydesk.returns.register_rows import Lookups
from hydesk.services.pages.ledger_query import LedgerQuery, query_in_words
from hydesk.services.registers.look_at_register import RegisterSheet
from hydesk.ui.help.markdown import PageHeading, anchor_of, plain, to_html
from hydesk.ui.screens.registers.rows import CASES, CLOSED, OPEN, OVERDUE, SheetQuery, SheetRows

UNIT, LAMP, STATE, SIZE = (SCOPE_FIELDS[k] for k in ("unit", "lamp", "state", "size"))
A_CASE, OTHER_CASE = list(Case)[:2]


# The ledger's query -----------------------------------------------------------------------------------------

def test_a_query_asks_for_one_of_each_filter_and_all_of_the_cases() -> None:
    more = Scope((Condition(SIZE, ScopeOp.AT_LEAST, (10**9,)),))
    query = LedgerQuery(units=frozenset({"祁东县", "衡南县"}), meanings=frozenset({Meaning.LAGGING}), cases=frozenset({A_CASE, OTHER_CASE}), more=more)
    cases = [one_of(STATE, [w]) for w in sorted((A_CASE.value, OTHER_CASE.value))]
    assert query.conditions() == (one_of(UNIT, sorted(["祁东县", "衡南县"])), one_of(LAMP, ["滞后"]), *cases, *more.conditions)
    assert query.conditions("units") == query.conditions()[1:]
    assert query.conditions("cases") == (*query.conditions()[:2], *more.conditions)
    assert (query.scope, query.narrowed, LedgerQuery().narrowed) == (Scope(query.conditions()), True, False)
    assert LedgerQuery.of(query.scope) == query


def test_what_no_filter_tells_stays_beside_them() -> None:
    not_unit, two_units, again = Condition(UNIT, ScopeOp.IS_NOT, ("衡南县",)), one_of(UNIT, ["衡南县", "祁东县"]), one_of(UNIT, ["祁东县"])
    either = one_of(STATE, [A_CASE.value, OTHER_CASE.value])
    query = LedgerQuery.of(Scope((not_unit, two_units, again, either, one_of(STATE, [A_CASE.value]), one_of(LAMP, ["超前"]))), "电缆")
    assert query == LedgerQuery(text="电缆", units=frozenset({"衡南县", "祁东县"}), cases=frozenset({A_CASE}), meanings=frozenset({Meaning.AHEAD}),
                                more=Scope((not_unit, again, either)))


def test_a_query_in_words() -> None:
    assert query_in_words(LedgerQuery()) == query_in_words(LedgerQuery(text="  ")) == "全部项目"
    query = LedgerQuery(text=" 电缆 ", units=frozenset({"祁东县", "衡南县"}), meanings=frozenset({Meaning.LAGGING}), cases=frozenset({A_CASE}),
                        levels=frozenset({""}), only=frozenset({1}), more=Scope((Condition(SIZE, ScopeOp.AT_LEAST, (10**9,)),)))
    said = query_in_words(query)
    assert said == f"单位＝祁东县、衡南县；进度＝滞后；情形＝{A_CASE.value}；级别＝（空）；总投资不低于10亿元；选定的项目；查找“电缆”"
    assert query_in_words(replace(LedgerQuery(), only=frozenset({1}), called="本周开工")) == "本周开工"


# A register's rows ------------------------------------------------------------------------------------------

K = RegisterKind
ON = date(2023, 6, 15)
OWN = RegisterDefinition(
    "duty", "责任清单", "五制", "谁办什么",
    (RegisterField("name", "事项"), RegisterField("unit", "单位", K.UNIT), RegisterField("state", "状态", K.CHOICE, ("办理中", "已办结")), RegisterField("due", "期限", K.DATE),
     RegisterField("chain", "产业链"), RegisterField("more", "说明", K.LONG_TEXT)), ("name",), "state", ("已办结",), "due")


def record(key: int, unit: str, state: str, day: int, chain: str = "输变电") -> RegisterRecord:
    return RegisterRecord(key, {"name": f"征地{key}", "unit": unit, "state": state, "due": LooseDate(date(2023, 6, day)), "chain": chain, "more": "详见附件"})


RECORDS = (record(1, "衡南县", "办理中", 14), record(2, "祁东县", "办理中", 15), record(3, "衡南县", "已办结", 1, "盐卤"), record(4, "衡南县", "办理中", 16))


def sheet(*records: RegisterRecord, own: RegisterDefinition = OWN) -> SheetRows:
    held = Lookups(2023, lambda _w: None, lambda _w: None)
    return SheetRows(RegisterSheet(7, own, tuple(records), Period.month(2023, 6), {}, (), held), ON)


ROWS = sheet(*RECORDS)


@pytest.mark.parametrize(("query", "found"), [
    (SheetQuery(), [1, 2, 3, 4]), (SheetQuery("征地2"), [2]), (SheetQuery("hnx 办结"), [3]), (SheetQuery("附件 没有"), []), (SheetQuery("zd4"), [4]),
    (SheetQuery(chosen={"unit": frozenset({"祁东县"})}), [2]), (SheetQuery(chosen={"unit": frozenset()}), [1, 2, 3, 4]),
    (SheetQuery(chosen={CASES: frozenset({OVERDUE})}), [1]), (SheetQuery(chosen={CASES: frozenset({OPEN})}), [1, 2, 4]),
    (SheetQuery(chosen={CASES: frozenset({CLOSED}), "unit": frozenset({"衡南县"})}), [3])])
def test_what_a_query_asks_of_a_register(query: SheetQuery, found: list[int]) -> None:
    assert [r.id for r in ROWS.select(query)] == found


def test_views_choices_and_days_of_a_register() -> None:
    view = RegisterView("未办", ("name",), ("state", ("办理中",)))
    query = SheetQuery(chosen={"unit": frozenset({"衡南县"}), CASES: frozenset({OVERDUE})})
    assert [r.id for r in ROWS.select(SheetQuery(), view)] == [1, 2, 4]
    assert ROWS.choices("unit", query, view) == {"衡南县": 1}
    assert ROWS.choices(CASES, query, view) == {OVERDUE: 1, OPEN: 2}
    assert (ROWS.late, [r.days for r in ROWS.rows], [r.late for r in ROWS.rows]) == (1, ["■ 逾期 1 天", "剩 0 天", "", "剩 1 天"], [True, False, False, False])
    assert [SheetQuery(" ").narrowed, SheetQuery("x").narrowed, query.narrowed, SheetQuery(chosen={"unit": frozenset()}).narrowed] == [False, True, True, False]
    assert (ROWS.order("state"), ROWS.order("unit"), ROWS.order(CASES)) == (["办理中", "已办结"], sorted(["衡南县", "祁东县"]), [OVERDUE, OPEN, CLOSED])


def test_filters_are_choices_and_units_the_state_first_and_texts_that_repeat() -> None:
    many = [record(n, "衡南县", "办理中", 14, "输变电" if n % 2 else "盐卤") for n in range(1, 14)]
    assert [f.key for f in sheet(*many).filters()] == ["state", "unit", "chain"]
    assert [f.key for f in ROWS.filters()] == ["state", "unit"]
    assert [f.key for f in sheet(*(replace(r, values={**r.values, "chain": "一条"}) for r in many)).filters()] == ["state", "unit"]
    assert [f.key for f in sheet().filters()] == ["state", "unit"]


# Initials and the handbook ----------------------------------------------------------------------------------

@pytest.mark.parametrize(("name", "said"), [("衡州大道", "hzdd"), ("重庆重点", "cqzd"), ("A1栋 x", "a1d x"), ("", ""), ("重", "z"), ("（二期）", "（eq）")])
def test_initials_of_phrases_before_those_of_characters(name: str, said: str) -> None:
    assert initials(name) == said


def test_headings_have_anchors_as_github_gives_them() -> None:
    html, headings = to_html("# 第一章 收报！\n\n## `Ctrl` 和 **键**\n\n正文\n")
    assert headings == [PageHeading(1, "第一章 收报！", "第一章-收报"), PageHeading(2, "Ctrl 和 键", "ctrl-和-键")]
    assert html.startswith('<h1><a name="第一章-收报"></a>第一章 收报！</h1>\n<h2><a name="ctrl-和-键"></a>')
    assert anchor_of(" A b-c。 ") == "a-b-c"


@pytest.mark.parametrize(("source", "html"), [
    ("按「入库」。", '<p>按<span class="ui">「入库」</span>。</p>'), ("按 `F1` 键", '<p>按 <span class="key">&nbsp;F1&nbsp;</span> 键</p>'),
    ("一行\n二行", "<p>一行二行</p>"), ("**重** 1<2", "<p><b>重</b> 1&lt;2</p>"), ("[页](收报.md#一)", '<p><a href="收报.md#一">页</a></p>'),
    ("- 一\n- 二", "<ul><li>一</li><li>二</li></ul>"), ("3. 一", '<ol start="3"><li>一</li></ol>'), ("1. 一", "<ol><li>一</li></ol>"),
    ("- 一\n\n  二", "<ul><li>一<br>二</li></ul>"),
    ("> 注意", '<table width="100%" cellspacing="0" cellpadding="10" border="0"><tr><td class="note">注意</td></tr></table>'),
    ("![图](a.png)", '<p class="picture"><a href="picture:a.png"><img src="a.png" alt="图"></a></p><p class="caption">图</p>')])
def test_a_page_as_html(source: str, html: str) -> None:
    assert to_html(source)[0].replace("\n", "") == html


def test_a_table_and_words_without_marks() -> None:
    html, _ = to_html("| 一 | 二 |\n| --- | --- |\n| 甲 | 乙 |\n")
    assert html.replace("\n", "") == ('<table width="100%" cellspacing="0" cellpadding="6" border="1"><tr><th align="left">一</th><th align="left">二</th></tr>'
                    '<tr><td align="left">甲</td><td align="left">乙</td></tr></table>')
    assert plain("看 [这页](x.md)、`F1` 和 ![图](a.png)") == "看 这页、F1 和 图"
