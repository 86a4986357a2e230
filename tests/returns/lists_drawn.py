"""Draws project lists as offices write them, and remembers what a careful clerk would read and what was planted.

Nothing here knows how lists are understood: amounts are reckoned in whole yuan and written in the sheet's own unit.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

from hydesk.domain.grid import Book, CellValue, Sheet, Span

COUNTIES = ("雁峰区", "石鼓区", "珠晖区", "蒸湘区", "南岳区", "衡阳县", "衡南县", "衡山县", "衡东县", "祁东县", "耒阳市", "常宁市")
CLASSES = ("产业发展", "基础设施", "社会民生", "生态环保")
NATURES = ("续建", "新建", "预备")
_PLACES = ("湘江", "蒸水", "耒水", "归阳", "洪桥", "云集", "三塘", "茶山", "金兰", "渣江", "大浦", "新塘", "岳屏", "角山", "来雁", "泉溪")
_WORKS = ("电缆智能化生产线", "污水处理厂提标", "标准厂房", "人民医院新院", "断头路打通", "老旧小区改造", "高标准农田", "冷链仓储基地",
          "变压器扩能", "职业学校迁建", "千吨级码头", "盐卤新材料", "河道治理", "装配式建筑基地", "康养中心", "物流园二期")
_NUMERALS = "一二三四五六七八九十"
WAN, YI = 10_000, 100_000_000

Row = list[CellValue]


@dataclass(slots=True)
class Project:
    """One project as the office means it; amounts in yuan."""

    name: str
    unit: str
    category: str
    nature: str
    total: int
    plan: int
    before: int
    start: int
    finish: int
    builder: str
    responsible: str
    city_leader: str = ""
    county_leader: str = ""


@dataclass(slots=True)
class DrawnList:
    """A book, what a careful clerk reads by name, and what was planted: words of which one finding must have one.

    ``fields`` names the attributes of ``Project`` that the book says. ``quiet``: nothing in it is wrong.
    """

    kind: str
    book: Book
    projects: list[Project]
    fields: tuple[str, ...]
    planted: list[tuple[str, ...]] = field(default_factory=list)
    quiet: bool = False


ALL = ("unit", "category", "nature", "total", "plan", "before", "start", "finish", "builder")


def make_projects(rng: random.Random, count: int) -> list[Project]:
    """Projects of names that differ, spread over counties, classes and natures."""
    made: dict[str, Project] = {}
    while len(made) < count:
        name = f"{rng.choice(_PLACES)}{rng.choice(_PLACES)}{rng.choice(_WORKS)}{rng.choice(('项目', '建设项目', '工程'))}"
        if count > 100:
            name = f"{name[:-2]}第{len(made) + 1}标段{name[-2:]}"
        nature = rng.choice(NATURES[:2])
        total = rng.randrange(5_000, 400_000) * WAN
        before = rng.randrange(1_000, 4_000) * WAN if nature == "续建" else 0
        plan = rng.randrange(1_000, 4_900) * WAN + rng.choice((0, 5_000))
        start = rng.randrange(2019, 2023) if nature == "续建" else 2023
        owner = rng.choice(_PLACES) + rng.choice(("城建投资有限公司", "实业有限公司", "新材料有限公司"))
        unit = rng.choice(COUNTIES)
        made.setdefault(name, Project(
            name, unit, rng.choice(CLASSES), nature, total + before + plan, plan, before, start, start + rng.randrange(1, 5), owner,
            rng.choice(("发展和改革局", "住房和城乡建设局", "交通运输局")), rng.choice("刘陈周李") + "某", rng.choice("王黄曾谢") + "某某"))
    return list(made.values())


def money(yuan: int, unit: int) -> CellValue:
    """Yuan in a sheet's unit, as a cell holds it."""
    return float(Decimal(yuan) / unit)


def _row(p: Project, number: int, unit: int = WAN) -> Row:
    return [number, p.name, p.nature, money(p.total, unit), money(p.before, unit), money(p.plan, unit), f"{p.start}-{p.finish}", p.builder, p.unit]


_HEAD: Row = ["序号", "项目名称", "建设性质", "总投资", "截至2022年底累计完成投资", "2023年计划投资", "建设起止年限", "业主单位", "县市区"]


def _sum(projects: list[Project], unit: int, of: str) -> CellValue:
    return money(sum(getattr(p, of) for p in projects), unit)


def sectioned(rng: random.Random, planted: bool) -> DrawnList:
    """A merged title, a unit line, a head of two rows and sections two deep (一、class; （一）nature), the total at the foot."""
    projects = make_projects(rng, 24)
    rows: list[Row] = [["衡阳市2023年重点建设项目计划表"], [None] * 7 + ["单位：万元"],
                       ["序号", "项目名称", "建设起止年限", "投资（万元）", None, None, "业主单位", "填报单位"],
                       [None, None, None, "总投资", "截至上年底累计完成", "年度计划", None, None]]
    merges = [Span(1, 1, 1, 8), Span(3, 4, 3, 6), *(Span(3, c, 4, c) for c in (1, 2, 3, 7, 8))]
    number = 0
    faults: list[tuple[str, ...]] = []
    said: list[Project] = []
    for at, category in enumerate(CLASSES):
        own = [p for p in projects if p.category == category]
        if not own:
            continue
        declared = len(own) + (2 if planted and at == 1 else 0)
        if planted and at == 1:
            faults.append((f"{declared}", category))
        rows.append([f"{_NUMERALS[at]}、{category}（{declared}个）"])
        merges.append(Span(len(rows), 1, len(rows), 8))
        for below, nature in enumerate(n for n in NATURES if any(p.nature == n for p in own)):
            group = [p for p in own if p.nature == nature]
            rows.append([f"（{_NUMERALS[below]}）{nature}项目（{len(group)}个）", None, None, _sum(group, WAN, "total"), None, _sum(group, WAN, "plan")])
            for p in group:
                number += 1
                said.append(p)
                rows.append([number, p.name, f"{p.start}-{p.finish}", money(p.total, WAN), money(p.before, WAN), money(p.plan, WAN), p.builder, p.unit])
    total = sum(p.total for p in projects) + (217 * WAN if planted else 0)
    if planted:
        faults.append(("合计",))
    rows.append(["合计", f"{len(projects)}个", None, money(total, WAN), _sum(projects, WAN, "before"), _sum(projects, WAN, "plan")])
    return DrawnList("sectioned", Book("计划表.xlsx", (Sheet("计划表", rows, tuple(merges)),), "xlsx"), said, ALL, faults, not planted)


def three_deep(rng: random.Random, planted: bool) -> DrawnList:
    """一、class, （一）nature, 1. county: counts of each; the county stands nowhere else. Sums beside the sections."""
    projects = make_projects(rng, 26)
    rows: list[Row] = [["2023年重点项目清单"], ["序号", "项目名称", "总投资（万元）", "已完成投资（截至2022年底）（万元）", "2023年计划投资（万元）", "开工年份", "竣工年份", "项目业主"]]
    faults: list[tuple[str, ...]] = []
    number = 0
    for at, category in enumerate(CLASSES):
        own = [p for p in projects if p.category == category]
        if not own:
            continue
        rows.append([_NUMERALS[at], f"{category}项目（{len(own)}个）", _sum(own, WAN, "total")])
        for below, nature in enumerate(n for n in NATURES if any(p.nature == n for p in own)):
            group = [p for p in own if p.nature == nature]
            rows.append([f"（{_NUMERALS[below]}）", nature, _sum(group, WAN, "total")])
            for third, county in enumerate(c for c in COUNTIES if any(p.unit == c for p in group)):
                few = [p for p in group if p.unit == county]
                count = len(few)
                if planted and not faults:
                    count += 1
                    faults.append((f"{count}", county))
                rows.append([None, f"{third + 1}.{county}（{count}个）"])
                for p in few:
                    number += 1
                    rows.append([number, p.name, money(p.total, WAN), money(p.before, WAN), money(p.plan, WAN), p.start, p.finish, p.builder])
    if planted:
        at = next(i for i, r in enumerate(rows) if r[0] == "（一）")
        amount = rows[at][2]
        assert isinstance(amount, float)
        rows[at] = [*rows[at][:2], amount + 500]
        faults.append(("续建", "新建"))
    return DrawnList("three_deep", Book("清单.xlsx", (Sheet("Sheet1", rows),), "xlsx"), projects, ALL, faults, not planted)


def total_on_top(rng: random.Random, planted: bool) -> DrawnList:
    """总计 in the first row with a count, in 亿元; the plan in 万元. The title tells the sums too."""
    projects = make_projects(rng, 14)
    total = sum(p.total for p in projects)
    wrong = total + 217_000_000 if planted else total
    faults = [("合计",), ("总投资",)] if planted else []
    rows: list[Row] = [[f"2023年市重点项目共{len(projects) + (3 if planted else 0)}个，总投资{Decimal(wrong) / YI}亿元"],
                       ["序号", "项目名称", "项目类别", "建设性质", "总投资（亿元）", "截至上年底累计完成投资（万元）", "2023年计划投资（万元）", "起止年限", "建设单位", "县市区"],
                       ["总计", f"{len(projects) + (3 if planted else 0)}个", None, None, money(wrong, YI), _sum(projects, WAN, "before"), _sum(projects, WAN, "plan")]]
    for number, p in enumerate(projects, 1):
        text: CellValue = f"{Decimal(p.total) / YI}亿元" if number % 5 == 0 else money(p.total, YI)
        rows.append([number, p.name, p.category, p.nature, text, money(p.before, WAN), money(p.plan, WAN), f"{p.start}年-{p.finish}年", p.builder, p.unit])
    if planted:
        faults.append((f"{len(projects) + 3}",))
    return DrawnList("total_on_top", Book("市重点.xls", (Sheet("市重点", rows),), "xls"), projects, ALL, faults, not planted)


def cards(rng: random.Random, planted: bool) -> DrawnList:
    """One project a card, two to four pairs a row, one below another; the label row of nodes holds no values of cards."""
    projects = make_projects(rng, 5)
    rows: list[Row] = []
    for p in projects:
        rows += [["衡阳市重点建设项目登记卡"],
                 ["项目名称", p.name, None, "业主单位", p.builder, None],
                 ["项目类别", p.category, None, "建设性质", p.nature, None],
                 ["总投资（万元）", money(p.total, WAN), None, "2023年计划投资（万元）", money(p.plan, WAN), None],
                 ["截至上年底累计完成投资（万元）", money(p.before, WAN), None, "建设起止年限", f"{p.start}-{p.finish}", None],
                 ["县市区", p.unit, None, "施工单位", "某建工集团", None],
                 ["开工进场时间", "主体封顶时间", "交付使用时间"], ["2023-03-01", "2023-09-01", "2024-01-01"],
                 ["业主（签名）：", None, None, "责任单位（签名）："], []]
    return DrawnList("cards", Book("登记卡.xlsx", (Sheet("登记卡", rows),), "xlsx"), projects, ALL, [], quiet=True)


def two_heads(rng: random.Random, planted: bool) -> DrawnList:
    """续建 and 新建 one below another, each under a head of its own: other columns, other units."""
    projects = make_projects(rng, 18)
    old, new = ([p for p in projects if p.nature == n] for n in ("续建", "新建"))
    rows: list[Row] = [["2023年重点项目"], ["一、续建项目"],
                       ["序号", "项目名称", "县市区", "类别", "总投资（亿元）", "截至2022年底累计完成投资（亿元）", "2023年计划投资（亿元）", "开工年份", "竣工年份", "业主单位"]]
    for n, p in enumerate(old, 1):
        rows.append([n, p.name, p.unit, p.category, money(p.total, YI), money(p.before, YI), money(p.plan, YI), p.start, p.finish, p.builder])
    rows += [["小计", None, None, None, _sum(old, YI, "total")], [], ["二、新建项目"],
             ["序号", "县市区", "项目名称", "项目业主", "类别", "总投资（万元）", "2023年计划投资（万元）", "建设起止年限"]]
    for n, p in enumerate(new, 1):
        rows.append([n, p.unit, p.name, p.builder, p.category, money(p.total, WAN), money(p.plan, WAN), f"{p.start}—{p.finish}"])
    faults = []
    if planted:
        rows.append(["小计", None, None, None, None, _sum(new, WAN, "total"), money(sum(p.plan for p in new) - 90 * WAN, WAN)])
        faults.append(("小计", "合计"))
    return DrawnList("two_heads", Book("两类.xlsx", (Sheet("两类", rows),), "xlsx"), old + new, ("unit", "category", "nature", "total", "plan", "start", "finish", "builder"), faults, not planted)


def long_list(rng: random.Random, planted: bool) -> DrawnList:
    """390 rows, the head again on every page with a sum of the page; three projects stand twice where planted."""
    projects = make_projects(rng, 390 - 3 * planted)
    listed = list(projects)
    faults: list[tuple[str, ...]] = []
    if planted:
        for at in (120, 250, 389):
            twin = projects[rng.randrange(0, 100)]
            listed.insert(at, twin)
            faults.append((twin.name,))
    head = [*_HEAD, "类别"]
    rows: list[Row] = [["衡阳市2023年重点项目一览表"], ["单位：万元"], head]
    page: list[Project] = []
    for number, p in enumerate(listed, 1):
        rows.append([*_row(p, number), p.category])
        page.append(p)
        if number % 40 == 0:
            rows += [["本页小计", None, None, _sum(page, WAN, "total")], head]
            page = []
    rows += [["注：标★的为省重点项目。"], ["填表人：某某", None, None, "审核：某某"]]
    return DrawnList("long_list", Book("一览表.xlsx", (Sheet("一览表", rows),), "xlsx"), projects, ALL, faults, not planted)


def last_year(rng: random.Random, planted: bool) -> DrawnList:
    """The list of the year before: its title and its plan say so."""
    projects = make_projects(rng, 8)
    head = [str(h).replace("2022年底", "2021年底").replace("2023年计划", "2022年计划") for h in _HEAD]
    rows: list[Row] = [["衡阳市2022年重点建设项目清单"], ["单位：万元"], [*head, "类别"], *([*_row(p, n), p.category] for n, p in enumerate(projects, 1))]
    return DrawnList("last_year", Book("清单.xlsx", (Sheet("清单", rows),), "xlsx"), projects, ("unit", "category", "total"), [("2022年的清单",)])


def last_year_left(rng: random.Random, planted: bool) -> DrawnList:
    """This year's sheet, and last year's left in the book; instructions besides."""
    projects = make_projects(rng, 12)
    old = make_projects(rng, 6)
    head = [*_HEAD, "类别"]
    last = [str(h).replace("2022年底", "2021年底").replace("2023年计划", "2022年计划") for h in head]
    sheets = (
        Sheet("填报说明", [["填报说明"], ["一、请按实填写。"]]),
        Sheet("2022年", [["2022年重点项目表（单位：万元）"], last, *([*_row(p, n), p.category] for n, p in enumerate(old, 1))]),
        Sheet("2023年", [["2023年重点项目表（单位：万元）"], head, *([*_row(p, n), p.category] for n, p in enumerate(projects, 1))]))
    return DrawnList("last_year_left", Book("历年.xlsx", sheets, "xlsx"), projects, ALL, [("2022",)])


def offices(rng: random.Random, planted: bool) -> DrawnList:
    """责任单位 names the county; 业主, 施工, 设计, 监理, two leaders and a column nobody knows stand beside it."""
    projects = make_projects(rng, 16)
    for p in projects:
        p.responsible = p.unit
    rows: list[Row] = [["2023年重点项目责任分解表"], ["序号", "项目名称", "类别", "性质", "总投资（万元）", "2023年计划投资（万元）", "截至2022年底累计完成投资（万元）",
                       "起止年限", "责任单位", "业主", "施工单位", "设计单位", "监理单位", "市级联系领导", "包联领导", "用地面积（亩）", "专班编组"]]
    for n, p in enumerate(projects, 1):
        rows.append([n, p.name, p.category, p.nature, money(p.total, WAN), money(p.plan, WAN), money(p.before, WAN), f"{p.start}-{p.finish}",
                     p.responsible, p.builder, "中某建工", "某设计院", "某监理公司", p.city_leader, p.county_leader, 120 + n, f"第{n % 3 + 1}组"])
    return DrawnList("offices", Book("责任分解.xlsx", (Sheet("分解表", rows),), "xlsx"), projects,
                     (*ALL, "responsible", "city_leader", "county_leader"), [("责任单位", "填报单位"), ("施工单位",), ("专班编组",)])


def currencies(rng: random.Random, planted: bool) -> DrawnList:
    """投资（万元） is the total; 合同外资（万美元） is no money of the ledger; a cell in dollars stands among 万元."""
    projects = make_projects(rng, 9)
    rows: list[Row] = [["2023年重点项目表"], ["序号", "县市区", "项目名称", "投资（万元）", "合同外资（万美元）", "2023年计划投资（万元）", "建设性质", "类别", "起止年限", "业主单位", "截至上年底累计完成投资（万元）"]]
    merges: list[Span] = []
    projects.sort(key=lambda p: COUNTIES.index(p.unit))
    for n, p in enumerate(projects, 1):
        same = n > 1 and projects[n - 2].unit == p.unit
        rows.append([n, None if same else p.unit, p.name, money(p.total, WAN), 1_200, money(p.plan, WAN), p.nature, p.category, f"{p.start}-{p.finish}", p.builder, money(p.before, WAN)])
        if same and merges and merges[-1].bottom == len(rows) - 1:
            merges[-1] = Span(merges[-1].top, 2, len(rows), 2)
        elif same:
            merges.append(Span(len(rows) - 1, 2, len(rows), 2))
    faults: list[tuple[str, ...]] = [("万美元",)]
    if planted:
        rows.append([10, "衡南县", "香江电子项目", "1200万美元", None, 500.0, "新建", "产业发展", "2023-2024", "某公司", 0.0])
        faults.append(("1200万美元",))
    return DrawnList("currencies", Book("外资.xlsx", (Sheet("外资", rows, tuple(merges)),), "xlsx"), projects, ALL, faults)


def one_sheet_a_county(rng: random.Random, planted: bool) -> DrawnList:
    """A sheet for every county, its name nowhere else; blank rows numbered beforehand, notes, signatures."""
    projects = make_projects(rng, 20)
    sheets = []
    for county in sorted({p.unit for p in projects}):
        own = [p for p in projects if p.unit == county]
        rows: list[Row] = [[f"{county}2023年重点项目申报表"], ["填报单位：（盖章）", None, None, "单位：万元"], [*_HEAD[:8], "类别"],
                           *([*_row(p, n)[:8], p.category] for n, p in enumerate(own, 1)), [len(own) + 1], [len(own) + 2],
                           ["合计", f"{len(own)}个", None, _sum(own, WAN, "total"), None, _sum(own, WAN, "plan")],
                           ["备注：1.以上项目均已备案。"], ["单位负责人：", None, None, "填表人："]]
        sheets.append(Sheet(county, rows))
    return DrawnList("one_sheet_a_county", Book("申报汇总.xlsx", tuple(sheets), "xlsx"), projects, ALL, [], quiet=True)


DRAW = (sectioned, three_deep, total_on_top, cards, two_heads, long_list, last_year, last_year_left, offices, currencies, one_sheet_a_county)
