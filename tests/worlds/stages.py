"""Cities of the fifth kind, to judge by: a project passes its stages one after another, each with its part of the total,
its own length and its own words; what the county writes down of them is money by habit.

Nothing here knows a rule of doubts or of the forecast. Stages take crews, crews are few, papers come late, rain and
holidays stop earthworks more than fitting-out, and an office that is behind in autumn drives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.worlds.base import UNITS, WAN, Draft, Years, rounded

STAGES = (
    # What it is, part of the total, usual months, whether rain stops it, what is written of it.
    ("earth", 0.07, 2.0, True, ("场地平整{p}%", "土石方工程施工中", "场平及临时道路施工")),
    ("base", 0.18, 3.5, True, ("桩基施工完成{p}%", "基础工程施工，完成{p}%", "路基及涵洞施工", "承台浇筑{p}%")),
    ("frame", 0.38, 6.0, False, ("主体施工至{n}层", "厂房主体建设，完成{p}%", "钢结构安装{p}%", "主干管网铺设{n}公里")),
    ("fitting", 0.27, 5.0, False, ("内外装修", "设备安装完成{p}%", "水电安装、幕墙施工", "附属道路及绿化")),
    ("closing", 0.10, 3.0, False, ("扫尾工程", "竣工验收准备", "设备调试，试运行")),
)
PAPERS = ("办理用地手续", "初步设计评审", "正在招标", "施工许可办理中", "可研已批复，开展初步设计")
STREETS = ("金龙坪", "狮山路", "衡祁路", "咸塘镇", "台源镇", "渣江镇", "岘山镇", "谭子山镇", "栗江镇", "开云镇", "萱洲镇", "荣桓镇", "霞流镇", "白鹤街道", "黄土铺镇", "三湖镇")
WORKS = ("新型建材厂", "中药材加工园", "变压器扩产", "客运站迁建", "公租房", "第二水厂", "乡村振兴示范片", "省道改造", "钢结构配件园", "冷库群", "社会福利院", "光缆产业园")


@dataclass
class Site:
    """A project over the years; months count from January of the first year."""

    number: int
    unit: str
    total: int
    begin: int
    planned: int
    lengths: list[float]
    parts: list[float]
    name: str
    builder: str
    place: str
    public: bool
    lot: float
    """How far its stages overlap: 0 one after another, towards 1 ever more at once."""
    land: int = -1
    equipment: bool = False
    work: list[float] = field(default_factory=list)
    stage: list[int] = field(default_factory=list)


def city(seed: int, years: int = 4, first: int = 2020, projects: int = 388) -> Years:
    """``years`` years of one made-up city."""
    rng = Random(f"stages/{seed}")
    office = {
        "bold": rng.choice((rng.uniform(0.55, 0.8), rng.uniform(0.65, 0.9), rng.uniform(0.85, 1.1))), "drive": rng.uniform(0.0, 1.2),
        "rain": rng.uniform(0.1, 0.5), "feast": rng.uniform(0.3, 0.8), "heat": rng.uniform(0.0, 0.25),
        "half": rng.choice((0, 0, 0.3, 0.6)), "age": rng.randint(16, 40), "slip": rng.choice((0.5, 1.0, 2.0)), "added": rng.choice((0, 0, 0.08))}
    books = {u: _book(rng) for u in UNITS}
    weight = {u: rng.uniform(0.4, 2.2) for u in UNITS}
    whole = sum(weight.values())
    sites = []
    for unit in UNITS:
        for _ in range(max(4, round(projects * 1.32 * weight[unit] / whole * (office["age"] + 12 * years) / (office["age"] + 12)))):
            sites.append(_site(rng, len(sites) + 1, unit, years, office))
    mood = [rng.lognormvariate(0, rng.choice((0.03, 0.08))) for _ in range(years)]
    for s in sites:
        _build(rng, s, years, office, mood, books[s.unit])
    return {first + at: [d for s in sites if (d := _year(rng, s, at, first, office, books[s.unit])) is not None] for at in range(years)}


def _book(rng: Random) -> dict:
    return {"crew": rng.lognormvariate(0, 0.13), "step": rng.choice((1, 100, 100, 1000, WAN, WAN, WAN, 10 * WAN, 50 * WAN)),
            "skips": rng.choice((0, 0, 0, 0.04, 0.12)), "lags": rng.choice((0, 0, 0.15, 0.3)), "arrived": rng.choice((None, 0.65, 0.8, 0.95)),
            "bureau": rng.choice((None, 0.6, 0.75, 0.9)), "late_start": rng.choice((0, 0.1, 0.3)), "salt": rng.random(),
            "meets": rng.choice((0, 0, 0, 0.1)), "mistakes": rng.choice((0, 0.004))}


def _site(rng: Random, number: int, unit: str, years: int, office: dict) -> Site:
    total = min(800_000 * WAN, max(1200 * WAN, rounded(rng.lognormvariate(10.0, 1.2) * WAN, 10 * WAN)))
    size = (total / (20_000 * WAN)) ** 0.12
    planned = rng.randint(-office["age"], years * 12 - 1)
    begin = planned + round(rng.expovariate(1 / office["slip"])) - (rng.random() < 0.1)
    parts = [p * rng.lognormvariate(0, 0.35) for _, p, *_ in STAGES]
    lengths = [max(1.0, n * size * rng.lognormvariate(0, 0.35)) for _, _, n, *_ in STAGES]
    street, thing = rng.choice(STREETS), rng.choice(WORKS)
    s = Site(number, unit, total, begin, planned, lengths, [p / sum(parts) for p in parts], f"{street}{thing}{rng.choice(('', '一期', '（改扩建）'))}{number}号",
             f"{unit[:2]}{rng.choice('鑫恒中泰城')}{rng.choice('建投拓途旭')}{rng.choice(('开发', '置业', '科技', '水务'))}有限公司{number % 97}", f"{unit}{street}",
             rng.random() < 0.45, rng.uniform(0, 0.6))
    if rng.random() < 0.09:
        s.land = begin - rng.randint(1, 4)
    s.equipment = rng.random() < 0.15
    return s


def _build(rng: Random, s: Site, years: int, office: dict, mood: list[float], book: dict) -> None:
    """Month by month the stage moves on; the value of what was done is money."""
    months = years * 12
    s.work, s.stage = [0.0] * months, [-1] * months
    at, left, stop = 0, 1.0, 0
    for m in range(min(s.begin, 0), months):
        if m < s.begin or at >= len(STAGES):
            continue
        _, _, _, wet, _ = STAGES[at]
        of_year = m % 12 + 1
        pace = book["crew"] * rng.lognormvariate(-0.06, 0.35)
        if m >= 0:
            pace *= mood[m // 12]
        pace *= 1 - office["feast"] * (1.0 if of_year == 2 else 0.5 if of_year == 1 else 0)
        pace *= 1 - (office["rain"] * (1 if of_year in (5, 6) else 0.5 if of_year == 4 else 0) if wet else 0)
        pace *= 1 - (office["heat"] if of_year in (7, 8) else 0)
        pace *= 1 + office["half"] * (of_year == 6) + office["drive"] * (0.3 * (of_year == 11) + (of_year == 12))
        stop = max(0, stop - 1) if stop else (rng.randint(2, 5) if rng.random() < 0.012 else 0)
        if stop:
            continue
        moved = pace / s.lengths[at] * (1 + s.lot)
        got = 0.0
        while moved > 0 and at < len(STAGES):
            part = min(moved, left)
            got += part * s.parts[at] * s.total
            left -= part
            moved -= part
            if left <= 1e-9:
                if s.equipment and STAGES[at][0] == "frame" and m >= 0:
                    got += s.parts[3] * s.total * 0.5
                    s.parts[3] *= 0.5
                at, left = at + 1, 1.0
                if at < len(STAGES):
                    moved *= s.lengths[at - 1] / s.lengths[at]
        if m >= 0:
            s.work[m], s.stage[m] = got, min(at, len(STAGES) - 1)
    if 0 <= s.land < months:
        s.work[s.land] += s.total * 0.06


def _before(s: Site, first: int) -> float:
    """What was done before the first year: the whole less what the years ahead and the rest of its stages hold."""
    if s.begin >= 0:
        return 0.0
    # Stages passed before January of the first year are not in ``work``: by usual speed.
    done, months = 0.0, -s.begin
    for part, length in zip(s.parts, s.lengths, strict=True):
        took = min(1.0, months / length)
        done += part * took
        months -= length
        if months <= 0:
            break
    return done * s.total


def _year(rng: Random, s: Site, at: int, first: int, office: dict, book: dict) -> Draft | None:
    start, year = at * 12, first + at
    held = min(s.total * 0.98, _before(s, first) + sum(s.work[:start]))
    yearly = s.work[start:start + 12]
    added = rng.random() < office["added"] and s.begin >= start
    if s.planned >= start + 12 or held > s.total * 0.94 or (s.begin < start - 30 and not sum(yearly)):
        return None
    before = rounded(held, WAN)
    # In January the office reckons by usual lengths and the planned start, and promises a part of it.
    months = 12 - max(0, s.planned - start)
    hoped = min(s.total - before, s.total * months / (sum(s.lengths) / (1 + s.lot)) * 1.0)
    hoped = max(hoped, (s.total - before) * 0.1)
    plan = max(100 * WAN, rounded(hoped * office["bold"] * rng.lognormvariate(0, 0.3), rng.choice((10, 50, 100, 1000)) * WAN))
    plan = min(plan, s.total - before)
    fresh = s.begin >= start and held < s.total * 0.08
    d = Draft(s.number, s.unit, year, "新建" if fresh else "续建", plan, s.total, before, s.name, s.builder, s.place, step=book["step"])
    d.planned_start = _day(first, s.planned, 12)
    d.start_told = 0
    if s.begin < start + 12:
        d.actual_start = _day(first, s.begin, rng.randint(2, 26))
        in_year = s.begin - start + 1
        d.start_told = 0 if in_year < 1 else min(12, in_year + (rng.choice((1, 1, 2)) if rng.random() < book["late_start"] else 0))
        d.permits = {k: min(d.actual_start, _day(first, s.begin - n, 9)) for k, n in (("用地", rng.randint(1, 7)), ("施工许可", rng.randint(0, 1))) if rng.random() < 0.88}
    _write(rng, s, d, start, yearly, book, held)
    if added:
        for m in range(rng.randint(2, 5)):
            d.done[m] = d.funds[m] = d.accepted[m] = None
            d.words[m] = ""
    return d


def _write(rng: Random, s: Site, d: Draft, start: int, yearly: list[float], book: dict, held: float) -> None:
    run, shown, wrong, wrong_at = 0.0, 0, 0, 0
    first_work = next((m for m, w in enumerate(yearly) if w > 0 and start + m >= s.begin), 99)
    for m in range(12):
        run += yearly[m]
        told = run - (yearly[m] * rng.uniform(0.2, 0.7) if rng.random() < book["lags"] and m < 11 else 0)
        if m == 11 and d.plan * 0.85 < told < d.plan and rng.random() < book["meets"] * 3:
            told = d.plan
        shown = min(max(shown, rounded(told, d.step)), max(0, d.total - d.before))
        if wrong and m == wrong_at + 2:
            wrong = 0
        if rng.random() < book["mistakes"] and 0 < m < 9:
            # A figure written twice is taken back two months later.
            wrong, wrong_at = rounded(d.plan * 0.05, d.step), m
        d.done[m] = min(shown + wrong, d.total - d.before)
        if book["arrived"] is not None:
            d.funds[m] = rounded(shown * book["arrived"] * rng.uniform(0.85, 1.12), d.step)
        if book["bureau"] is not None:
            d.accepted[m] = 0 if d.nature == "新建" and m - first_work < 3 else rounded(shown * book["bureau"] * rng.uniform(0.88, 1.06), d.step)
        d.words[m] = _said(rng, s, d, start, m)
    for m in range(11):
        if Random(f"{book['salt']}/{d.year}/{m}").random() < book["skips"]:
            d.done[m] = d.funds[m] = d.accepted[m] = None
            d.words[m] = ""


def _said(rng: Random, s: Site, d: Draft, start: int, m: int) -> str:
    at = start + m
    if at == s.land:
        return rng.choice(("土地出让金已缴纳", "完成土地竞得，支付土地价款", "兑付征地补偿款"))
    if at < s.begin:
        return "已付土地款，" + rng.choice(PAPERS) if 0 <= s.land < at else rng.choice(PAPERS)
    stage = s.stage[at] if s.stage[at] >= 0 else max((x for x in s.stage[:at] if x >= 0), default=2 if d.nature == "续建" else 0)
    if s.equipment and stage == 3 and (m == 0 or s.stage[at - 1] == 2):
        return rng.choice(("主要设备到货并进场", "支付成套设备款", "生产线设备陆续到场安装"))
    return rng.choice(STAGES[stage][4]).format(p=rng.randint(15, 95), n=rng.randint(2, 18))


def _day(first: int, at: int, day: int) -> date:
    return date(first + at // 12, at % 12 + 1, day)
