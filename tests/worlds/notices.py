"""Three made-up places whose offices write notices as real ones do: a 州, a coastal city, a district. Put in by the use cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

from hydesk.db.ledger import Ledger
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.month_plan import by_quarter
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.periods import Period
from hydesk.domain.understanding import ReadValue
from hydesk.reports.form import OwnSentence, PartForm
from hydesk.reports.kinds import KINDS, ReportKind
from hydesk.services.projects.edit_block import Edit, judge_edits, write_edits
from hydesk.services.projects.group_units import group_units
from hydesk.services.projects.month_plans import set_month_plans
from hydesk.services.projects.own_columns import add_columns
from hydesk.services.reports.report_forms import SENTENCES, report_form, set_report_form
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.rules.settings import set_setting
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.own_columns import list_own_columns
from tests.services.made import draft, facts, money, take_list

WAN = 10_000
KIND = ReportKind.MONTHLY
STATE, COAST, DISTRICT = Period.month(2021, 9), Period.month(2023, 3), Period.month(2017, 9)
CLASSES = ("产业发展", "基础设施", "社会民生", "生态环保")


def _amounts(n: int, rate: int) -> dict[str, ReadValue]:
    """Total and plan of project ``n``, no two alike; ``rate`` is told apart by it."""
    plan = (2_000 + 730 * (n * 7 % 13) + n) * WAN
    return {"total_investment": plan * 3 + n * WAN, "annual_plan": plan, "invested_before": 0}


def _done(n: int, plan: ReadValue, rate: int) -> int:
    """About ``rate`` per cent of the plan, to the yuan."""
    assert isinstance(plan, int)
    return plan * (rate + n * 11 % 37 - 18) // 100 + n * 137


def _form(
    ledger: Ledger, whole: str, place: str, title: str, order: Sequence[tuple[str, str] | PartForm], sentences: Sequence[OwnSentence],
) -> None:
    """The office's form: these parts in this order under these headings, nothing else; and its own sentences."""
    set_setting(ledger, SENTENCES, [asdict(s) for s in sentences])
    named = [p if isinstance(p, PartForm) else PartForm(p[0], heading=p[1]) for p in order]
    off = [PartForm(k, on=False) for k in (*KINDS[KIND].sections, *KINDS[KIND].annexes) if k not in {p.key for p in named}]
    form = report_form(ledger, KIND)
    set_report_form(ledger, KIND, replace(
        form, city=place, whole=whole, subject="重点项目", office=f"{place}重点项目办公室", title=title, cc=(), parts=(*named, *off)))


def make_state(ledger: Ledger) -> None:
    """A 州's 1–9月: by class, by stage, by subordination with one table."""
    units = ("州直", "吉首市", "泸溪县", "凤凰县", "花垣县", "保靖县", "古丈县", "永顺县", "龙山县")
    listed, told = [], {}
    for n in range(1, 46):
        own = _amounts(n, 80)
        new = n % 3 == 0
        begun = LooseDate(date(2021, n % 8 + 1, 10)) if n % 9 else None
        listed.append(facts(n, **own, reporting_unit=units[(n - 1) % 9], category=CLASSES[n % 4], nature="新建" if new else "续建",
                            planned_start=LooseDate(date(2021, n % 12 + 1, 1)), **({"start_date": begun} if new and begun else {})))
        told[n] = money(year=_done(n, own["annual_plan"], 80) if n % 14 else 0)
    take_list(ledger, *listed, year=2021)
    group_units(ledger, ["州直"], "州直")
    group_units(ledger, units[1:], "县市")
    apply_return(ledger, draft(ledger, STATE, told, name="9月.xlsx"))
    _form(ledger, "全州", "湘山州", "2021年{月份}全州|重点项目建设情况简讯", (
        ("own:1", "总体情况"), PartForm("by_class", heading="按类别", without=("by_class.table",)),
        PartForm("by_nature", heading="按阶段", without=("by_nature.table",)), ("by_unit", "按隶属")), (
        OwnSentence("own:1", "总体情况", "{期间}，{全市}{个数}个重点项目开复工率{开复工率}，年投资计划{计划}，完成投资{完成}，占年投资计划的{完成率}，{超欠}。"),
        OwnSentence("by_class", "", "{各类别：{名}项目{个数}个，年投资计划{计划}，完成投资{完成}，占年投资计划的{完成率}；}。"),
        OwnSentence("by_nature", "", "{各性质：{名}项目{个数}个，年投资计划{计划}，完成投资{完成}，占年投资计划的{完成率}；}。"),
        OwnSentence("by_unit", "", "{各分组：{名}项目{个数}个，年投资计划{计划}，完成投资{完成}，占年投资计划的{完成率}；}。各地情况见下表。")))


def make_coast(ledger: Ledger) -> None:
    """A coastal city's 1–3月: 序时, 省重点 apart, starts and finishes of those due, land, the first of each group."""
    groups: Mapping[str, Sequence[str]] = {
        "区": ("湖东区", "湖西区", "翔南区", "集北区"), "指挥部": ("东部指挥部", "新城指挥部", "机场指挥部"), "责任单位": ("市建设局", "市交通局", "市港口局", "市教育局")}
    units = [u for names in groups.values() for u in names]
    listed, told, plans = [], {}, {}
    for n in range(1, 56):
        own = _amounts(n, 20)
        plan = own["annual_plan"]
        assert isinstance(plan, int)
        new, ends = n % 4 == 1, n % 6 == 0
        dates: dict[str, ReadValue] = {"planned_start": LooseDate(date(2023, n % 5 + 1, 15))} if new else {}
        if new and n % 8 == 1:
            dates["start_date"] = LooseDate(date(2023, max(n % 5, 1), 12))
        if ends:
            dates["planned_finish"] = LooseDate(date(2023, n % 12 // 2 * 2 + 2, 20))
        if ends and n % 12 == 0:
            dates["finish_date"] = LooseDate(date(2023, 2, 18))
        listed.append(facts(n, **own, reporting_unit=units[(n - 1) % 11], category=CLASSES[n % 4], level="省" if n % 4 == 0 else "市",
                            nature="新建" if new else "续建", years="2022-2025" if not new else "2023-2025", **({"planned_start": ""} if not new else {}) | dates))
        told[n] = money(year=_done(n, plan, 25))
        quarter = plan * (14 + n % 9) // 100
        plans[n] = by_quarter((quarter, quarter * 2, quarter, plan - quarter * 4))
    take_list(ledger, *listed, year=2023)
    for group, names in groups.items():
        group_units(ledger, names, group)
    apply_return(ledger, draft(ledger, COAST, told, name="3月.xlsx"))
    ids = {p.code: p.id for p in list_standings(ledger, COAST)}
    set_month_plans(ledger, COAST, {ids[f"HY2023-{n:03d}"]: plan for n, plan in plans.items()})
    add_columns(ledger, [OwnColumn("计划交地", OwnKind.PERIOD_NUMBER, measure="亩"), OwnColumn("已交地", OwnKind.PERIOD_NUMBER, measure="亩")])
    due, given = (next(c for c in list_own_columns(ledger) if c.name == name) for name in ("计划交地", "已交地"))
    edits = [Edit(ids[f"HY2023-{n:03d}"], column, words) for n in range(3, 56, 4)
             for column, words in ((due, f"{n + 0.5}"), (given, f"{n * 1.25}"))]
    write_edits(ledger, judge_edits(ledger, edits, COAST), COAST)
    _form(ledger, "全市", "鹭海市", "2023年{月份}|市重点项目进展情况通报", (
        ("own:1", "总体情况"), ("own:2", "开工、竣工和交地情况"), PartForm("by_class", heading="各领域情况", without=("by_class.table",)),
        ("by_group", "各单位排名情况")), (
        OwnSentence("own:1", "总体情况", "{期间}，{个数}个市重点项目计划投资{计划}，完成投资{完成}，为序时计划的{完成序时}，完成年度计划的{完成率}。\n"
                    "其中，{省重点.个数}个省重点项目完成投资{省重点.完成}亿元，为序时计划的{省重点.完成序时}，完成年度计划的{省重点.完成率}%。"),
        OwnSentence("own:2", "开工、竣工和交地情况", "计划开工项目{应开工}个，实际开工{已开工}个，开工率{到期开工率}。计划竣工项目{应竣工}个，实际竣工{已竣工}个，竣工率{到期竣工率}。"
                    "计划交地{计划交地}，实际交地{已交地}亩，交地率{已交地÷计划交地}。"),
        OwnSentence("by_class", "", "{各类别：{名}项目{个数}个，完成投资{完成}，为序时计划的{完成序时}；}。"),
        OwnSentence("by_group", "", "{各分组：{名}中，{前1名单位：{名}（完成年度计划的{完成率}）}居第一；}。各组排名见下表。")))


def make_district(ledger: Ledger) -> None:
    """A district's 1–9月: against last year, by type, industry against the whole, region, started and finished, not started."""
    towns = ("湖塘镇", "牛塘镇", "洛阳镇", "礼嘉镇", "高新区北区", "西太湖")
    industries = ("电子信息", "电气设备", "新能源汽车", "现代物流", "")
    listed, told, before, then = [], {}, [], {}
    for n in range(1, 49):
        own = _amounts(n, 72)
        plan = own["annual_plan"]
        assert isinstance(plan, int)
        new = n % 3 == 1
        dates: dict[str, ReadValue] = {"planned_start": LooseDate(date(2017, n % 10 + 1, 5))} if new else {"planned_start": ""}
        if new and n % 12 != 1:
            dates["start_date"] = LooseDate(date(2017, n % 9 + 1, 25))
        if n % 5 == 0:
            dates["planned_finish"] = LooseDate(date(2017, 11, 30))
        if n % 15 == 0:
            dates["finish_date"] = LooseDate(date(2017, 8, 31))
        row = facts(n, **own, reporting_unit=towns[(n - 1) % 6], category=CLASSES[n % 3], industry=industries[n % 5], nature="新建" if new else "续建", **dates)
        listed.append(row)
        told[n] = money(year=_done(n, plan, 73) if not new or n % 12 != 1 else 0, **({"problem_text": "用地指标未落实"} if n % 24 == 13 else {}))
        if not new:
            before.append({k: v for k, v in row.items() if k is not Field.FINISH_DATE} | {Field.ANNUAL_PLAN: plan - n * WAN})
            then[n] = money(year=_done(n, plan, 70))
    take_list(ledger, *before, year=2016)
    apply_return(ledger, draft(ledger, Period.month(2016, 9), then, name="2016年9月.xlsx"))
    take_list(ledger, *listed, year=2017)
    apply_return(ledger, draft(ledger, DISTRICT, told, name="9月.xlsx"))
    _form(ledger, "全区", "武南区", "2017年{月份}全区|重点项目推进情况通报", (
        ("own:1", "总体情况"), *(PartForm(k, heading=h, without=(f"{k}.table",)) for k, h in (
            ("by_class", "分类型看"), ("by_industry", "分行业看"), ("by_unit", "分地区看"))), ("own:2", "已开工项目情况"), ("own:3", "未开工项目情况")), (
        OwnSentence("own:1", "总体情况", "{期间}，全区{个数}个重点项目完成投资{完成}，占年度计划的{完成率}，{比上年同期}，{同比}。"),
        OwnSentence("by_class", "", "{各类别：{名}类项目{个数}个，完成投资{完成}，完成年度计划的{完成率}；}。"),
        OwnSentence("by_industry", "", "{各行业：{名}项目{个数}个，完成年度计划的{完成率}，{比总体}；}。"),
        OwnSentence("by_unit", "", "{各地区：{名}{个数}个，完成投资{完成}，完成年度计划的{完成率}，{比总体}；}。"),
        OwnSentence("own:2", "已开工项目情况", "已开工项目{已开工.个数}个，其中达到时间进度的{已开工.达到序时}个，占{已开工.达到序时率}。"
                    "今年计划竣工项目{计划竣工}个，已竣工{已竣工}个，竣工率{竣工率}。"),
        OwnSentence("own:3", "未开工项目情况", "未开工项目{未开工.个数}个，年度计划投资{未开工.计划}，分别是{各项目（未开工）：{名}（{单位}）、}。"
                    "{有到期未开工：其中到期未开工{到期未开工}个。}")))


PLACES = {"州": (make_state, STATE), "沿海市": (make_coast, COAST), "区": (make_district, DISTRICT)}
"""Each with what makes it and the period of its notice."""
