"""Cities of the second kind: a project lives for years as a chain of contracts, each paid by the work done under it.

Nothing here is drawn from a season or a final sum: work goes on by working days (holidays, rain, heat, campaigns near the
year's end), a contract brings its value over its own months, plans are what the office reckoned in January with a habit
of caution, and units differ in how they write down what they know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.worlds.base import UNITS, WAN, Draft, Years, rounded

STREETS = ["蒸水大道", "船山路", "雁城路", "湘江路", "耒水路", "演武坪", "洪市镇", "井头镇", "石湾镇", "白地市", "小水铺", "官岭镇", "宜阳街道", "柏坊镇"]
THINGS = ["输变电装备厂", "钢管深加工线", "盐化工技改", "棚改安置", "妇幼保健院", "国道改线", "油茶基地", "物流港", "水厂管网", "文旅小镇", "学校新建", "河道治理"]
PHRASES = (
    (0.02, ("办理前期手续", "正在报批施工图", "征拆扫尾", "完成立项，办理用地")),
    (0.08, ("场平施工", "临时围挡及土石方", "开展地基处理")),
    (0.25, ("桩基完成过半", "基础施工", "承台、地梁浇筑", "路基填筑")),
    (0.7, ("主体施工", "厂房钢结构吊装", "路面基层摊铺", "地上五层封顶")),
    (1.0, ("砌体和装饰装修", "机电安装", "室外管网及绿化", "设备调试")),
)

_BEFORE = 54
"""Projects have begun for so many months before the first year, so that it finds as many old ones as the later years do."""


@dataclass
class Contract:
    value: float
    first: int
    length: int
    lump: bool
    """Equipment: all of it in the month it arrives."""


@dataclass
class Life:
    """A project through the years; months are counted from January of the first year."""

    number: int
    unit: str
    total: int
    begin: int
    contracts: list[Contract]
    name: str
    builder: str
    place: str
    planned: int
    slow: float
    paid: dict[int, float] = field(default_factory=dict)
    land: int = -1


def city(seed: int, years: int = 4, first: int = 2019, projects: int = 388) -> Years:
    """``years`` years of one made-up city."""
    rng = Random(seed * 7919 + 13)
    caution = rng.uniform(0.6, 0.95) if rng.random() < 0.85 else rng.uniform(0.95, 1.2)
    push = rng.uniform(1.0, 2.4)
    heat, rain, feast = rng.uniform(0.7, 1.0), rng.uniform(0.6, 1.0), rng.uniform(0.15, 0.6)
    caps = rng.random() < 0.3
    styles = {u: _style(rng) for u in UNITS}
    weights = {u: rng.gammavariate(3, 1) for u in UNITS}
    whole = sum(weights.values())
    lives: list[Life] = []
    for unit in UNITS:
        for _ in range(max(3, round(projects * weights[unit] / whole * (_BEFORE + 12 * years) / 33))):
            lives.append(_life(rng, len(lives) + 1, unit, years))
    mood, moods = 0.0, []
    for _ in range(years):
        mood = 0.4 * mood + rng.gauss(0, rng.choice((0.03, 0.06)))
        moods.append(mood)
    days = []
    for at in range(years * 12):
        m = at % 12 + 1
        base = {1: (1 + feast) / 2, 2: feast, 4: (1 + rain) / 2, 5: rain, 6: rain, 7: heat, 8: heat, 10: 0.9, 11: 1 + (push - 1) * 0.6, 12: push}.get(m, 1.0)
        days.append(base * (2.718281828 ** moods[at // 12]) * rng.uniform(0.92, 1.08))
    for life in lives:
        _live(rng, life, days, styles[life.unit])
    made: Years = {}
    for at in range(years):
        made[first + at] = [_year(rng, life, at, first + at, caution, styles[life.unit], caps) for life in lives if _listed(life, at)]
    return made


def _style(rng: Random) -> dict:
    return {"salt": rng.random(), "step": rng.choice((1, 100, 100, WAN, WAN, WAN, 10 * WAN, 100 * WAN)), "silent": rng.choice((0, 0, 0.03, 0.1)),
            "behind": rng.choice((0, 0, 0, 0.3)), "funds": rng.choice((None, 0.7, 0.9, 1.05)), "bureau": rng.choice((None, 0.6, 0.8, 0.92)),
            "pace": rng.lognormvariate(0, 0.12), "starts": rng.choice((0, 0, 0.25))}


def _life(rng: Random, number: int, unit: str, years: int) -> Life:
    total = max(1500 * WAN, rounded(rng.paretovariate(1.1) * 4500 * WAN, 50 * WAN))
    total = min(total, 900_000 * WAN)
    begin = rng.randint(-_BEFORE, years * 12 - 1)
    planned = begin - rng.choice((0, 0, 0, 1, 2, 3, -1))
    left, at, contracts = total * rng.uniform(0.85, 1.0), begin, []
    for _ in range(rng.randint(2, 6)):
        value = total * rng.uniform(0.1, 0.35)
        lump = rng.random() < 0.12
        contracts.append(Contract(min(value, left), at, 1 if lump else rng.randint(4, 14), lump))
        left -= contracts[-1].value
        at += rng.randint(1, 7)
        if left <= 0:
            break
    if left > 0:
        contracts.append(Contract(left, at, rng.randint(6, 18), False))
    place = f"{unit}{rng.choice(STREETS)}"
    life = Life(number, unit, total, begin, contracts, f"{rng.choice('宏泰兴联')}{rng.choice('博瑞华安')}{rng.choice(THINGS)}（{place}{number}）",
                f"{rng.choice('宏泰兴联金')}{rng.choice('博瑞华安桥')}{unit[:2]}有限公司", place, planned, rng.uniform(0.7, 1.3))
    if rng.random() < 0.1 and begin > 2:
        life.land = begin - rng.randint(1, 5)
    return life


def _live(rng: Random, life: Life, days: list[float], style: dict) -> None:
    """Pay the contracts month by month; what a slow month leaves is done later."""
    for c in life.contracts:
        left = c.value
        rate = c.value / c.length / life.slow
        for at in range(c.first, len(days)):
            if left <= 0:
                break
            pace = days[at] if at >= 0 else 1.0
            want = left if c.lump else min(left, rate * pace * style["pace"] * rng.uniform(0.3, 1.7))
            if rng.random() < 0.07 and not c.lump:
                want = 0.0
            life.paid[at] = life.paid.get(at, 0) + want
            left -= want
    if life.land >= 0:
        life.paid[life.land] = life.paid.get(life.land, 0) + life.total * 0.07


def _listed(life: Life, at: int) -> bool:
    start, end = at * 12, at * 12 + 12
    before = sum(v for k, v in life.paid.items() if k < start)
    # Done but for a remainder is done: no list keeps for ever what has no work left.
    return life.begin < end and before < min(life.total * 0.93, sum(c.value for c in life.contracts) * 0.98)


def _year(rng: Random, life: Life, at: int, year: int, caution: float, style: dict, caps: bool) -> Draft:
    start = at * 12
    before = rounded(sum(v for k, v in life.paid.items() if k < start), WAN)
    # What the office in January believes the year will bring: the contracts by their own calendar.
    believed = sum(c.value * max(0, min(start + 12, c.first + c.length) - max(start, c.first)) / c.length for c in life.contracts)
    # What should have been done by now and was not is believed to come as well, most of it.
    due = sum(c.value * min(1.0, max(0, start - c.first) / c.length) for c in life.contracts)
    believed += max(0.0, due - before) * 0.8
    believed = max(believed, (life.total - before) * 0.12)
    plan = max(100 * WAN, rounded(min(believed * caution * rng.lognormvariate(0, 0.25), life.total - before), rng.choice((10, 100, 500)) * WAN))
    fresh = life.begin >= start and before < life.total * 0.1
    draft = Draft(life.number, life.unit, year, "新建" if fresh else "续建", plan, life.total, before, life.name, life.builder, life.place, step=style["step"])
    month = life.begin - start + 1
    first_year = year - at
    draft.planned_start = _day(first_year, life.planned, 15)
    if life.begin < start + 12:
        draft.actual_start = _day(first_year, life.begin, rng.randint(1, 24))
        draft.start_told = 0 if month < 1 else min(12, month + (rng.choice((1, 2)) if rng.random() < style["starts"] else 0))
        if rng.random() < 0.85:
            draft.permits = {"用地": _day(first_year, life.begin - rng.randint(0, 8), 2), "施工许可": _day(first_year, life.begin - rng.randint(0, 2), 5)}
            draft.permits = {k: min(d, draft.actual_start) for k, d in draft.permits.items()}
    run, shown = 0.0, 0
    silent = {m for m in range(1, 12) if Random(f"{style['salt']}/{year}/{m}").random() < style["silent"]}
    for m in range(1, 13):
        got = life.paid.get(start + m - 1, 0.0)
        run += got
        told = run - (got * rng.uniform(0.2, 0.8) if rng.random() < style["behind"] and m < 12 else 0)
        if caps and m >= 10 and told > plan * 1.3:
            told = max(shown, plan * 1.3 + (told - plan * 1.3) * 0.4)
        shown = max(shown, rounded(told, draft.step))
        shown = min(shown, life.total - before)
        draft.done[m - 1] = shown
        if style["funds"] is not None:
            draft.funds[m - 1] = rounded(shown * style["funds"] * rng.uniform(0.8, 1.1), WAN)
        if style["bureau"] is not None:
            lag = m - month < 3 and fresh
            draft.accepted[m - 1] = 0 if lag else rounded(shown * style["bureau"] * rng.uniform(0.9, 1.05), WAN)
        share = (before + run) / life.total
        if m < month:
            words = rng.choice(PHRASES[0][1])
        else:
            words = rng.choice(next((p for top, p in PHRASES[1 if fresh else 2:] if share <= top), PHRASES[-1][1]))
        if life.land >= 0 and start + m - 1 == life.land:
            words = rng.choice(("缴清土地价款", "土地摘牌并付款", "征地拆迁补偿支付"))
        elif life.land >= 0 and life.land < start + m - 1 < life.begin:
            words = "已付土地款，前期手续办理中"
        elif any(c.lump and c.first == start + m - 1 for c in life.contracts):
            words = rng.choice(("成套设备到货", "设备采购款支付，设备进场", "生产线设备到厂"))
        draft.words[m - 1] = words
    for m in silent:
        draft.done[m - 1] = draft.funds[m - 1] = draft.accepted[m - 1] = None
        draft.words[m - 1] = ""
    return draft


def _day(first_year: int, at: int, day: int) -> date:
    return date(first_year + at // 12, at % 12 + 1, day)
