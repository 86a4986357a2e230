"""How single words of offices are read — amounts, dates, spans, heads of weeks, sentences, kinds of rows — held against what was
looked at.

Each of these readers has tests of its rules; their patterns have so many alternatives, lengths and limits that a step aside in
one of them shows only among many words. The words are made of parts that offices write; nothing here is a real return.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from hydesk.domain.causes import cause_of
from hydesk.domain.doubts.phrases import explains, of_another_part, stage_of
from hydesk.domain.fields import Field
from hydesk.domain.grid import CellValue, Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period, Week
from hydesk.domain.problems import problem_key, short_title, split_problems
from hydesk.domain.says_nothing import clauses, says_nothing, says_solved
from hydesk.domain.scopes.grammar import parse_scope, written
from hydesk.domain.snapshot import ReportingUnit
from hydesk.returns.amount_words import read_words
from hydesk.returns.dates import (
    is_impossible_date,
    is_serial,
    may_be_october,
    read_date,
    read_span,
    read_start_finish,
    read_years,
)
from hydesk.returns.days_said import days_said, spans_said
from hydesk.returns.head import find_head
from hydesk.returns.head_grammar import read_head
from hydesk.returns.head_words import bare, column_key, head_cell, known_field, looks_like_head
from hydesk.returns.matching import ProjectIndex, code_key, match_row
from hydesk.returns.name_forms import is_cut_short, numbers_in, parts_between, renamed_parts, squeezed_names
from hydesk.returns.node_words import node_names, node_of, state_of, which_of
from hydesk.returns.rows import Layout, TableRow, section_depth, sort_rows
from hydesk.returns.sentences import spoken_amounts
from hydesk.returns.sheets import head_unit, is_aside, months_said, says_other_period, units_said, words_above
from hydesk.returns.ten_day_heads import ten_days_of
from hydesk.returns.text import has_mark, loose_key, name_key, shown, squeeze
from hydesk.returns.values import clean_number, is_placeholder, read_amount
from hydesk.returns.week_heads import week_head
from tests.kept import hold
from tests.returns.drawing import make_ledger

KEPT = Path(__file__).parent / "kept"
JUNE = Period.month(2023, 6)
DECEMBER = Period.month(2023, 12)
WEEK = Week(2023, 28)


def said(value: Any) -> str:
    """A value in short: members by name, none as —."""
    if value is None:
        return "—"
    if isinstance(value, (list, tuple, set, frozenset)) and not hasattr(value, "_fields"):
        return "[" + " ".join(said(v) for v in (sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)) + "]"
    return str(getattr(value, "name", value)) if not isinstance(value, (str, date)) else str(value)


def parts(value: Any) -> str:
    """The fields of a small dataclass."""
    return "—" if value is None else " ".join(said(getattr(value, n)) for n in value.__dataclass_fields__)


def every(step: int, *words: Iterable[str]) -> list[str]:
    """Every ``step``-th of all that can be put together."""
    return ["".join(w) for w in list(product(*words))[::step]]


LEADS = ("", "约", "累计", "总投资", "其中设备", "计划", "预计完成", "由", "-", "本月完成", "剩余")
NUMBERS = ("300", "1,234.5", "1.2", "三百", "二千五百", "十二", "一亿二千", "０.８", "3000余", "500多", "5000-6000", "85", "壹佰贰拾", "四点五", "1 200", "2023年500", "1月300")
ENDS = ("", "万元", "亿元", "元", "万", "亿", "百万元", "%", "万元左右", "万元以上", "（含土地款）", "元/月", "万元（税后）", "余万元", "万元；其中土建200万元", "调整为400万元", "亩", "人")


def test_amounts() -> None:
    phrases = every(3, LEADS, NUMBERS, ENDS)
    phrases += ["500+300", "500+300万元", "=500+300", "300/500", "300(200)", "(300)", "￥300", "300。", "300,", "300、200", "300万元+2亿元", "原300现400", "300→400", "3 0 0",
                "无", "—", "／", "同上", "详见附件", "#REF!", "1e5", "0.0", "00012", "3OO", "l00", "五百万元整", "人民币叁佰万元整", "约合300万美元", "300万美元"]

    def lines() -> Iterator[str]:
        for p in phrases:
            yield f"{p!r} {parts(read_words(p))} | {parts(read_amount(p, MoneyUnit.WAN))} {is_placeholder(p)}"
        for v, unit in product((0.1 + 0.2, 1234.56789, -5.0, 1e15, True, date(2023, 6, 5), 0.004, 45078.0, None, 1.23456e-7), (MoneyUnit.WAN, MoneyUnit.YUAN)):
            yield f"{v!r} {unit.name} {parts(read_amount(v, unit))} {parts(read_amount(v, unit, formula='=SUM(A1:A3)'))}"
        for n in (0.1 + 0.2, 1234.5, 1e-9, 123456789.123456, 2.675):
            yield f"{n!r} {clean_number(n)}"

    hold(KEPT / "amounts.txt", lines())


YEARS = ("", "2023年", "2023.", "2023-", "23年", "2019年", "二〇二三年", "今年", "明年", "2024/")
MONTHS = ("6月", "6", "06", "6月底", "12月", "10", "1", "上半年", "三季度", "第二季度", "年底", "六月", "13月", "")
DAYS = ("", "5日", "-05", ".5", "31日", "上旬", "底", "前", "30号", "开工", "-7月", "至2024年3月", "—2025.12")


def test_dates() -> None:
    def lines() -> Iterator[str]:
        for p in [*every(2, YEARS, MONTHS, DAYS), "已开工", "未定", "尚未开工", "长期", "2023.6-2025.12", "2023-2025", "2023年—", "-2025", "2023、2024", "20230605", "2023/6/5 0:00:00"]:
            yield (f"{p!r} {read_date(p, 2023)} | {said(read_span(p, 2023))} | {said(read_start_finish(p))} | {said(read_years(p))} | "
                   f"{may_be_october(p)} {is_impossible_date(p)}")
        values: tuple[CellValue, ...] = (45_078.0, 45_078.5, 2023.0, 2023.06, 2023.1, 202306.0, 20230605.0, 6.0, 6.5, 10.0, 40_000.0, 60_000.0, 99_999.0, datetime(2023, 6, 5, 12),
                                         date(1900, 1, 1), True, None, 1.1)
        for v in values:
            yield f"{v!r} {read_date(v, 2023)} {read_date(v, 2023, from_1904=True)} {is_serial(v)} {may_be_october(v, '1.10')} {said(read_years(v))} {is_impossible_date(v)}"

    hold(KEPT / "dates.txt", lines())


TIMES = ("本周", "上周", "第28周", "第27周", "下周", "7月10日至16日", "1月1日至7月16日", "截至7月14日", "截至7月30日", "年初至本周", "1-7月", "7月", "截至7月底", "本月", "6月", "自开工至本周",
         "截至上周末", "今年", "7月上旬", "6月下旬", "")
WHATS = ("完成投资", "累计完成投资", "累计", "完成情况", "计划投资", "计划完成投资", "完成率", "到位资金", "形象进度", "任务", "工作情况", "入统投资", "投资（万元）")


def test_heads_of_weeks_and_ten_days() -> None:
    def lines() -> Iterator[str]:
        for t, w in product(TIMES, WHATS):
            for path in ((f"{t}{w}",), (t, w)) if t else ((w,),):
                yield f"{'/'.join(path)!r} {parts(week_head(path, WEEK))} | {said(ten_days_of(path, Period.month(2023, 7)))}"

    hold(KEPT / "weeks.txt", lines())


GROUPS = ("", "2023年投资情况", "投资完成情况（万元）", "资金到位", "形象进度", "衡南县", "其中", "截至6月底")
LEAVES = ("计划投资", "6月", "1-6月", "12月", "累计", "完成投资", "占比", "其中中央预算内", "设备投资", "年初至今", "2022年底前", "2023年以前", "截至5月", "序号", "备注", "拆迁（亩）", "剩余投资")


def test_heads_by_their_grammar() -> None:
    def lines() -> Iterator[str]:
        for month, (g, w) in product((6, 12), product(GROUPS, LEAVES)):
            head = read_head((g, w) if g else (w,), 2023, month)
            yield f"{month} {g}/{w} {' '.join(f'{x.kind.name}:{x.text}@{x.level}' for x in head.words)} unknown {said(head.unknown)} units {said(head.group_units)}"
        for w in (*LEAVES, "项目名称", "XMMC", "项目名称 Project name", "总投资(万元)", "总投资\n（万元）", "x" * 40, "项目名称" + "的" * 36, "项目名称" + "的" * 37, "", "  ", "1", "（万元）"):
            yield f"{w!r} {bare(w)!r} {column_key(w)!r} {known_field(w)} {looks_like_head(w)} {head_cell(w)!r} {said(head_unit((w,)))}"

    hold(KEPT / "head_words.txt", lines())


SPOKEN = ("本月完成投资{a}", "年初至今累计完成投资{a}", "累计完成{a}，其中设备{b}", "计划6月完成投资{a}", "截至6月底，累计完成投资{a}，占年度计划的56%", "1-6月完成{a}，本月完成{b}", "上月完成{a}",
          "完成产值{a}", "总投资{a}，已完成{b}", "预计全年完成{a}", "6月份完成{a}左右", "5月完成{a}", "已到位资金{a}", "支付工程款{a}", "完成投资{a}，比上月增加{b}", "今年以来完成投资{a}。")
TALK = ("用地未批，已解决；资金缺口500万元", "无", "1.征地未完成 2.管线迁改未完成", "（一）用地；（二）资金", "①用地②资金", "暂无问题，进展顺利", "问题已解决", "征地拆迁进展缓慢，剩余12户未签约。影响工期",
        "资金未到位", "手续不全：施工许可未办", "场地平整完成80%", "主体结构施工至5层，室外场地平整", "缴纳土地出让金", "设备到货", "一期投产，二期基础施工", "正常推进", "雨季影响", "110kV线路迁改未完成", "2023.5.1前完成；无其他",
        "1、资金困难；2、无", "没有困难", "已销号", "环评、能评未批", "招商谈判中")


def test_sentences() -> None:
    def lines() -> Iterator[str]:
        for s, (a, b), period in product(SPOKEN, (("300万元", "200万元"), ("1.2亿元", "500万元"), ("二百万元", "3000元"), ("300", "200")), (JUNE, DECEMBER)):
            text = s.format(a=a, b=b)
            yield f"{period} {text} {[parts(x) for x in spoken_amounts(text, period)]}"
        for t in TALK:
            yield (f"{t} {clauses(t)} {says_nothing(t)} {says_solved(t)} {split_problems(t)} {problem_key(t)} {short_title(t)} {short_title(t, 8)} "
                   f"{said(stage_of(t))} {explains(t)} {of_another_part(t)} {cause_of(t)}")

    hold(KEPT / "sentences.txt", lines())


def test_spans_periods_units_and_names() -> None:
    units = (ReportingUnit("衡南县", short_names=("衡南",)), ReportingUnit("衡阳县"), ReportingUnit("松木经开区", short_names=("松木", "经开区")), ReportingUnit("衡阳市"))
    texts = every(3, ("衡南县", "松木经开区管委会", "衡阳", ""), ("2023年6月", "2023年5月份", "5月", "1-6月", "2023年第28周", "7月10日—7月16日", "截至7月14日", "2022年"), ("重点项目进展情况表", "月报", "（送审）", ".xlsx", "填报日期：7月20日"))
    names = ("湘江电缆生产线项目", "湘江电缆生产线", "湘江电缆生产线（一期）项目", "湘江电缆生产线二期", "蒸水（原名：老厂）改造", "3号厂房", "第12标段", "甲项目、乙项目", "甲项目和乙项目及丙工程", "湘江电缆生产线建设项目(续建)", "★湘江电缆", "湘 江 电 缆", "ＡＢＣ项目",
             "1.湘江电缆", "湘江电缆……", "湘江电缆生产")

    def lines() -> Iterator[str]:
        for t in texts:
            yield (f"{t!r} {[u.name for u in units_said(t, units)]} {said(months_said(t, 2023))} {says_other_period(t, JUNE)} {says_other_period(t, WEEK)} "
                   f"{list(days_said(t, WEEK))} {list(spans_said(t, WEEK))}")
        for n in names:
            yield (f"{n!r} {name_key(n)} {loose_key(n)} {squeeze(n)} {has_mark(n)} {numbers_in(n)} {parts_between(n)} {squeezed_names(n)} {renamed_parts(n)} "
                   f"{[is_cut_short(n, m) for m in names[:5]]}")
        for v in (1.0, 1.5, True, None, "", " a ", date(2023, 6, 5), 1e20, 0.1 + 0.2, 45_078.0):
            yield f"{v!r} {shown(v)!r}"
        for c in ("HY2023-001", "hy 2023—001", "2023001", "2301-430401-04-01-123456", "无", "", "ＨＹ２０２３－００１"):
            yield f"{c!r} {code_key(c)}"
        for scope in ("unit=衡南县|祁东县;size>=1亿;level!=市", "size<2500万", "state=已开工", "leader~张", 'unit="a;b"', ""):
            yield f"{scope!r} {written(parse_scope(scope))} {parse_scope(scope).words}"

    hold(KEPT / "names.txt", lines())


def test_nodes_in_words() -> None:
    known = node_names((("开工", "实际开工"), ("用地", ""), ("施工许可", "施工许可证"), ("主体封顶", ""), ("竣工", "竣工验收")))

    def lines() -> Iterator[str]:
        for g, w in product(("", "用地", "开工时间", "节点计划", "实际完成时间"), ("计划", "实际", "预计", "开工", "施工许可证", "竣工时间", "封顶", "完成时限", "取得用地批复", "土地", "备注")):
            path = (g, w) if g else (w,)
            yield f"{'/'.join(path)} {node_of(path, known)} {which_of(path, '2023年节点计划表')} {which_of(path, '进展表')}"
        for s in ("已办", "√", "未办", "办理中", "已取得", "否", "2023年3月", "不需要", "正在办理", "完成", "×", "—", ""):
            yield f"{s!r} {state_of(s)}"

    hold(KEPT / "node_words.txt", lines())


# Rows and matching ---------------------------------------------------------------------------------------------

LINES: tuple[tuple[CellValue, ...], ...] = (
    ("一、产业项目（3个）", None, None, None, None), ("（一）续建", None, 300.0, 100.0, None), ("合计", None, 900.0, 300.0, "共6个"), (1.0, "湘江电缆生产线项目", 300.0, 100.0, "主体施工"),
    (None, "其中：一期", 100.0, 50.0, None), ("①", "二期工程", 200.0, 50.0, None), ("序号", "项目名称", "总投资（万元）", "本月完成投资（万元）", "形象进度"), (1.0, 2.0, 3.0, 4.0, 5.0),
    ("注：本表单位万元", None, None, None, None), ("填报人：张三", None, "审核人：李四", None, None), (None, None, None, None, "接上行的话"), (2.0, "", 5.0, None, None), ("2.1", "子项", 5.0, 5.0, None),
    (None, "小计", 5.0, 5.0, None), ("衡南县小计", None, 7.0, 7.0, None), ("二", "民生工程", None, None, None), (3.0, "湘江电缆", None, None, None), ("项目名称", "总投资", "备注", None, None),
    ("总计：8个项目", None, 1.0, 1.0, None), (4.0, "合计", 1.0, 1.0, None), ("其中", "民间投资", 1.0, 1.0, None), ("5", "盐卤化工新材料\n（二期）", "1,000", "—", "停工"), (None, None, 12.0, 13.0, None))


def test_kinds_of_rows_and_who_is_meant() -> None:
    ledger = make_ledger(random.Random(9), 6)
    index = ProjectIndex(ledger)
    head: list[CellValue] = ["序号", "项目名称", "总投资（万元）", "本月完成投资（万元）", "形象进度"]
    tops: tuple[list[list[CellValue]], ...] = ([], [["衡南县2023年6月进展情况表"], ["填报单位：衡南县", None, "单位：亿元"]], [["附件2"], ["", "表一"], ["截至6月底", None, None, None, "金额单位：元"], [None]])

    def lines() -> Iterator[str]:
        for top in tops:
            sheet = Sheet("6月", [*top, head, *map(list, LINES)])
            found = find_head(sheet)
            assert found is not None
            words = words_above(sheet, found)
            yield f"head {found.rows} {sorted(found.paths.items())} {words.title} {words.lines} {said(words.unit)}"
        sheet = Sheet("6月", [head, *map(list, LINES)])
        found = find_head(sheet)
        assert found is not None
        for layout in ((1, 2), (0, 2), (1, 1)):
            for r in _sorted(sheet, found, layout):
                yield f"{layout} {parts(r)}"
        for line in LINES:
            yield f"{line[0]!r} {section_depth(str(line[0] or ''))}"
        for name in (*(p.name for p in ledger.projects[:6]), *(f"{p.name[:-2]}工程" for p in ledger.projects[:4]), *(p.name[:8] for p in ledger.projects[:4]),
                     *(f"{p.name}（二期）" for p in ledger.projects[:3]), f"{ledger.projects[0].name}、{ledger.projects[1].name}", "没有听说过", ""):
            for codes, unit in ((), None), ((), "雁峰区"), (("HY2023-001",), None), (("HY2023-999",), None):
                m = match_row(index, codes, name, unit)
                yield f"{codes} {unit} {name} → {m.project.code if m.project else '—'} {said(m.how)} {said(m.doubt)} {[o.code for o in m.others]}"
        for sheet_words in (("填表说明", "一、本表由各县市区填报"), ("Sheet2", ""), ("汇总", "合计"), ("目录", "序号"), ("6月", "项目名称")):
            yield f"{sheet_words} {is_aside(Sheet(sheet_words[0], [[sheet_words[1]], ['二、每月5日前']]))}"

    hold(KEPT / "rows.txt", lines())


def _sorted(sheet: Sheet, head: Any, layout: tuple[int, int]) -> list[TableRow]:
    places = Layout(serial=layout[0], name=layout[1], codes=(), money=(3, 4), texts={5: Field.PROGRESS_TEXT})
    return sort_rows(sheet, head, places, lambda words: words.startswith("湘江"), lambda words: words == "衡南县")


def test_numbers_stay_exact() -> None:
    assert read_amount(0.1 + 0.2, MoneyUnit.YI).yuan == 30_000_000
    assert Decimal("0.3") == clean_number(0.1 + 0.2)
    assert Field.TOTAL_INVESTMENT is known_field("总投资(万元)")
