"""Notices over projects in every state: each measure of every kind of projects, each shipped part, what is learned from printed
sentences, held against what was looked at. What single patterns mean is tested by rules in test_notices and test_learn.

To keep what is found now, after reading the differences: HYDESK_KEEP=1 pytest tests/reports/test_kept_notices.py
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hydesk.domain.errors import HydeskError
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.periods import Period
from hydesk.domain.scopes.fields import ScopeMember
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Judging
from hydesk.reports.kinds import NOTICE_PARTS, ReportKind
from hydesk.reports.notices.catalogue import CATALOGUE
from hydesk.reports.notices.chosen import NoticeBasis
from hydesk.reports.notices.compose import compose, faults
from hydesk.reports.notices.grammar import read_pattern, typed_numbers
from hydesk.reports.notices.learn import learn
from hydesk.reports.notices.notice_section import NoticeTold, notice_section
from hydesk.reports.notices.vocabulary import SAYINGS
from hydesk.reports.sources import LastYear
from hydesk.reports.work_out import work_out
from tests.kept import hold, lines_of, whole_of
from tests.reports.made import JUNE, UNITS
from tests.reports.test_kept_reports import BEFORE, FORM, PROJECTS, SOURCES
from tests.when_asked import WhenAsked

KEPT = Path(__file__).parent / "kept_notices"
LAST = Period.month(2022, 6)
GROUPS = {u: ("园区" if i > 11 else "县市区") for i, u in enumerate(UNITS)}
MEMBERS = tuple(
    ScopeMember(replace(p, as_of=LAST, as_of_day=LAST.day, year_investment=p.year_investment and p.year_investment * 4 // 5), group=GROUPS.get(p.unit, ""))
    for p in PROJECTS[::2] if p.as_of)
LAND, GIVEN, CEREMONY = (OwnColumn("用地应交", OwnKind.NUMBER, measure="亩", id=1), OwnColumn("用地已交", OwnKind.NUMBER, measure="亩", id=2), OwnColumn("集中开工批次", id=4))
JUDGING = Judging(groups=GROUPS, nothing=("完善手续",))


def _world(period: Period, some: tuple[ProjectStanding, ...] = PROJECTS) -> NoticeBasis:
    sources = replace(SOURCES, last_year=LastYear(LAST, LAST, MEMBERS), own=(*SOURCES.own, LAND, GIVEN, CEREMONY))
    projects = tuple(replace(p, level="省" if p.id % 4 == 0 else p.level, own={**p.own, 1: p.id * 10, 2: p.id * 7 % 90, **({4: f"{2023 - p.id % 2}年第{p.id % 3 + 1}批"} if p.id % 5 else {})}) for p in some)  # type: ignore[dict-item]
    return NoticeBasis(work_out(ReportKind.WEEKLY if not period.is_month else ReportKind.MONTHLY, period, projects, judging=JUDGING, unit_order=UNITS, previous=BEFORE, form=FORM, sources=sources))


WORLDS = WhenAsked({"month": lambda: _world(JUNE), "week": lambda: _world(Period.parse("2023-W26")),
                    "full": lambda: _world(JUNE, tuple(p for p in PROJECTS if p.as_of == JUNE))})
"""``full``: everybody has reported; what is compared with 时间进度 is said."""


def _composed(text: str, world: NoticeBasis) -> Iterator[str]:
    try:
        pattern = read_pattern(text)
        found = faults(pattern, world)
        made = compose(pattern, world, "own:1", "自编句子")
    except HydeskError as e:
        yield f"{text}: refused {e}"
        return
    yield f"{text}: {' ¶ '.join(p.text for p in made.paragraphs)} | {'；'.join(made.left_out)} | {'；'.join(found)} | {sorted((k, len(v)) for k, v in made.behind.items())}"
    yield from (f"   {s.key} {s.state.name} {[getattr(x, 'key', x) for x in s.parts]}" for p in made.paragraphs for s in p.sentences)


@pytest.mark.parametrize("name", WORLDS)
def test_every_measure_of_all_of_one_unit_and_by_class(name: str) -> None:
    def lines() -> Iterator[str]:
        for saying in SAYINGS:
            one = saying.names[0]
            yield from _composed(f"{{{one}}}，{{衡南县.{one}}}，{{续建.{one}}}万元。", WORLDS[name])
            yield from _composed(f"{{各类别：{{名}}{{{one}}}、}}；{{有{one}：有{{{one}}}}}{{前2名单位按{one}：{{名}}{{{one}}}；}}", WORLDS[name])

    hold(KEPT / f"measures_{name}.txt", lines())


PATTERNS = (
    "{完成÷年度计划}，{省重点.完成÷完成}，{滞后.个数÷个数}%。", "{滞后.名单}", "{衡南县+新建.个数}个，{总投资>=5亿;性质=续建.完成}", "{各单位（新建）：{名}{个数}个、}", "{各分组：{名}：{前1名单位：{名}{完成率}}；}",
    "{后3个项目：{名}（{单位}，{完成率}）、}", "{前2个项目按完成（续建）：{名}{完成}；}", "{无滞后：没有滞后的。}{无超前：没有超前的。}", "{各批次：{名}{个数}个；}{各产业：{名}{完成率}，{比总体}；}", "{用地面积}亩，{衡南县.用地面积}亩",
    "{用地面积合计}", "{月份}{期间}{截至}{本期}{全市}{报告期}{年份}{期数}", "第一句{完成}；第二句{没有数}。\n{未报.个数}个未报：{未报.名单}。", "{各颜色：{名}}", "{各级别：{前1个项目：{名}}、}", "{县市区.完成率}，{园区.比总体}",
    "{逾期未办结}", "{有提前开工：提前{提前开工}个（{提前开工.名单}），}完。", "{完成率}个百分点{超欠}个百分点", "{总投资>=三亿.个数}", "{前0名单位：{名}}", "{a{b}}", "{各阶段：{名}{个数}个；}", "{市领导=甲某.个数}")


def test_patterns_of_every_kind() -> None:
    hold(KEPT / "patterns.txt", (line for text in PATTERNS for line in _composed(text, WORLDS["full"])))


@pytest.mark.parametrize("key", [*CATALOGUE, *(k for k in NOTICE_PARTS if k not in CATALOGUE)])
def test_a_part_that_the_program_ships(key: str) -> None:
    def lines() -> Iterator[str]:
        for name, world in WORLDS.items():
            told = NoticeTold()
            yield from whole_of(f"{key} {name}", notice_section(key, world, told), (6, 3))
            yield from told.said
            yield f"{sorted((k, len(v)) for k, v in told.behind.items())}"

    hold(KEPT / f"part_{key}.txt", lines())


def test_what_is_learned_back_from_what_is_printed() -> None:
    printed = [p.text for key in CATALOGUE for s in [notice_section(key, WORLDS["month"], NoticeTold())] if s for b in s.blocks for p in [b] if hasattr(b, "text")]
    texts = [*printed, "2022年1—9月，全市316个重点项目完成投资294.9亿元，占年度计划的40.4%，超时间进度2.3个百分点。其中，16个省重点项目完成投资28.8亿元。", "产业发展项目20个，完成投资3亿元；基础设施项目9个，完成投资1亿元。",
             "排名居前的是衡南县（75.00%）、常宁市（50.00%），靠后的是高新区（0.00%）。", "已落实资金159.5亿元，占年度计划的39.7%。\n一、问题\n列入清单的问题100个，已销号90个。", "衡南县、常宁市完成投资30亿元。",
             "衡南县26个项目完成投资72.26亿元，\n占年度计划的20%，高于全市平均14个百分点。", "计划新开工项目255个，已开工206个，开工率80.8%，提前开工11个。", "全年力争完成1000亿元，500万元以上项目9个。", ""]

    def lines() -> Iterator[str]:
        for text in texts:
            yield f"== {text}"
            for one in learn(text, WORLDS["month"]):
                yield from lines_of("learned", one)
                yield from (f"   {n}" for n in (typed_numbers(read_pattern(one.pattern)) if one.pattern.strip() else ()))

    hold(KEPT / "learned.txt", lines())
