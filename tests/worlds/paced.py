"""Cities of the first kind: every project has a final sum by luck and habit, spread over the months by season and noise.

The final sum of a year is plan × the city's habit × the year × the unit × the project's own luck; the months share it by
the city's season, the unit's shade of it and the project's start. Then come the habits of reporting.
"""

from __future__ import annotations

from datetime import date
from random import Random

from tests.worlds.base import KINDS, PLACES, UNITS, WAN, Draft, Years, rounded

WORDS = {
    "none": ("正在办理施工许可", "施工图设计中", "用地报批材料已上报", "前期手续办理中", "正在开展征地拆迁"),
    "ground": ("场地平整完成{p}%", "正在进行土方开挖", "基坑支护施工"),
    "early": ("桩基施工完成{p}%", "基础承台浇筑", "路基工程完成{p}%"),
    "middle": ("主体结构施工至{n}层", "2#厂房主体封顶", "管网铺设完成{p}%", "完成总工程量的{p}%"),
    "late": ("内外装修完成{p}%", "设备安装调试", "附属工程收尾"),
}


def city(seed: int, years: int = 4, first: int = 2020, projects: int = 388) -> Years:
    """``years`` years of one made-up city."""
    rng = Random(seed)
    habit = rng.choice((rng.uniform(1.1, 1.69), rng.uniform(1.05, 1.4), rng.uniform(0.85, 1.1)))
    spread_of_years, luck = rng.uniform(0.02, 0.09), rng.uniform(0.2, 0.45)
    season = [rng.uniform(0.3, 0.8), rng.uniform(0.2, 0.6), *(rng.uniform(0.8, 1.2) for _ in range(8)),
              rng.uniform(1.1, 2.0), rng.uniform(1.2, 3.0)]
    if rng.random() < 0.4:
        season[5] *= rng.uniform(1.2, 1.7)
    units = {}
    weights = [rng.lognormvariate(0, 0.6) for _ in UNITS]
    for unit, weight in zip(UNITS, weights, strict=True):
        units[unit] = {
            "count": max(3, round(projects * weight / sum(weights))), "habit": rng.lognormvariate(0, 0.1),
            "step": rng.choice((100, 100, WAN, WAN, 10 * WAN, 100 * WAN)) if rng.random() < 0.9 else 50 * WAN,
            "late": rng.choice((0, 0, 0.02, 0.08, 0.15)), "shade": [rng.lognormvariate(0, 0.12) for _ in range(12)],
            "funds": rng.uniform(0.55, 1.1), "accepted": rng.uniform(0.55, 0.95), "writes_late": rng.choice((0, 0.1, 0.3)),
            "tells": rng.random() < 0.85, "exact": rng.choice((0, 0, 0.05, 0.15))}
    made: Years = {}
    number = 0
    for year in range(first, first + years):
        year_factor = rng.lognormvariate(0, spread_of_years)
        of_year = [w * rng.lognormvariate(0, 0.08) for w in season]
        made[year] = []
        for unit, facts in units.items():
            pace = habit * year_factor * facts["habit"] * rng.lognormvariate(0, 0.06)
            for _at in range(facts["count"]):
                number += 1
                made[year].append(_project(rng, number, unit, year, facts, pace, of_year, luck))
            late = [m for m in range(1, 12) if rng.random() < facts["late"]]
            for draft in made[year][-facts["count"]:]:
                for m in late:
                    draft.done[m - 1] = draft.funds[m - 1] = draft.accepted[m - 1] = None
                    draft.words[m - 1] = ""
    return made


def _project(rng: Random, number: int, unit: str, year: int, facts: dict, pace: float, season: list[float], luck: float) -> Draft:
    nature = "续建" if rng.random() < 0.58 else "新建" if rng.random() < 0.93 else "预备"
    total = max(2000 * WAN, rounded(rng.lognormvariate(10.2, 1.0) * WAN, 100 * WAN))
    before = rounded(total * rng.uniform(0.15, 0.7), 10 * WAN) if nature == "续建" else 0
    plan = 0 if nature == "预备" else max(300 * WAN, rounded((total - before) * rng.uniform(0.2, 0.7), rng.choice((10, 100, 500, 1000)) * WAN))
    plan = min(plan, total - before)
    place, kind = rng.choice(PLACES), rng.choice(KINDS)
    draft = Draft(number, unit, year, nature, plan, total, before, f"{unit}{place}{kind}{number}期",
                  f"{unit[:2]}{rng.choice('恒雁衡湘松')}{rng.choice('源达通盛和')}{rng.choice(('投资公司', '建设公司', '实业公司'))}",
                  f"{unit}{place}", step=facts["step"])
    begin = _begun(rng, draft, facts)
    final = plan * pace * rng.lognormvariate(-luck**2 / 2, luck)
    if rng.random() < 0.05:
        final *= rng.uniform(0, 0.4)
    if rng.random() < facts["exact"]:
        final = plan
    if nature == "新建" and begin > 1:
        final *= max(0.25, min(1.0, (14 - begin) / 9)) if begin <= 12 else 0
    final = min(final, total - before)
    shares, land, equipment = _shares(rng, nature, begin, facts, season)
    if draft.plan == 0:
        final = 0
    _tell_months(rng, draft, facts, begin, final, shares, land, equipment)
    if nature != "预备" and rng.random() < 0.01:
        # A correction: an amount told twice is taken back two months later.
        m = rng.randint(2, 10)
        extra = rounded(plan * rng.uniform(0.02, 0.08), draft.step)
        for k in (m - 1, m):
            draft.done[k] = (draft.done[k] or 0) + extra
    return draft


def _begun(rng: Random, draft: Draft, facts: dict) -> int:
    """Gives ``draft`` its start and the permits before it; the month it begins in, above 12 where not in this year."""
    year = draft.year
    if draft.nature == "预备":
        return 99
    if draft.nature == "续建":
        draft.actual_start = date(year - rng.randint(1, 3), rng.randint(1, 12), 10)
        draft.permits = {k: date(year - 3, 6, 1) for k in ("用地", "施工许可") if rng.random() < 0.8}
        return 1
    planned = rng.choices(range(1, 12), (1, 2, 4, 4, 3, 3, 2, 2, 1, 1, 1))[0]
    draft.planned_start = date(year, planned, rng.randint(1, 28))
    slip = rng.choices((-1, 0, 0, 1, 2, 4, 20), (1, 5, 3, 2, 1, 1, 0.7))[0]
    begin = max(1, planned + slip)
    if begin <= 12:
        draft.actual_start = date(year, begin, rng.randint(1, 25))
        draft.start_told = begin + (rng.randint(1, 2) if rng.random() < facts["writes_late"] else 0)
        for node, ahead in (("用地", 5), ("施工许可", 1)):
            if rng.random() < 0.8:
                m = begin - rng.randint(0, ahead)
                draft.permits[node] = date(year, m, rng.randint(1, 25)) if m > 0 else date(year - 1, 12 + m, 10)
        # What is due at the start is the land and the permit before it, in the same month at the latest.
        draft.permits = {k: min(d, draft.actual_start) for k, d in draft.permits.items()}
    return begin


def _shares(rng: Random, nature: str, begin: int, facts: dict, season: list[float]) -> tuple[list[float], int, int]:
    """What share of the year each month has, the month that pays for land and the one that buys equipment; 0 for none."""
    own = [w * s * rng.gammavariate(3, 1 / 3) if m >= begin else 0 for m, (w, s) in enumerate(zip(season, facts["shade"], strict=True), 1)]
    if rng.random() < 0.06:
        stop = rng.randint(1, 10)
        pause = range(stop, min(12, stop + rng.randint(2, 4)))
        own = [0 if at in pause else w for at, w in enumerate(own)]
    pays_land = rng.random() < 0.08 and nature == "新建" and 2 < begin <= 12
    land = equipment = 0
    whole = sum(own)
    shares = [w / whole if whole else 0 for w in own]
    if pays_land:
        land = rng.randint(1, begin - 1)
        shares = [s * 0.8 for s in shares]
        shares[land - 1] = 0.2
    if rng.random() < 0.03 and begin <= 6:
        equipment = rng.randint(max(begin, 4), 12)
        shares = [s * 0.55 for s in shares]
        shares[equipment - 1] += 0.45
    return shares, land, equipment


def _tell_months(rng: Random, draft: Draft, facts: dict, begin: int, final: float, shares: list[float], land: int, equipment: int) -> None:
    """What each month's return says: amounts, rounded as the unit rounds, and words."""
    run = 0.0
    fresh = draft.nature == "新建"
    for m in range(1, 13):
        run += final * shares[m - 1]
        draft.done[m - 1] = rounded(run, draft.step)
        if facts["tells"]:
            lag = 0.4 if m - begin < 3 and fresh else 1.0
            draft.funds[m - 1] = rounded(run * facts["funds"] * rng.uniform(0.85, 1.15), draft.step)
            accepted = 0 if fresh and m - begin < rng.randint(2, 4) else run * facts["accepted"] * rng.uniform(0.85, 1.1) * lag
            draft.accepted[m - 1] = max(rounded(accepted, draft.step), (draft.accepted[m - 2] or 0) if m > 1 else 0)
        since = (draft.before + run) / draft.total
        stage = "none" if m < begin else "ground" if m == begin and fresh else (
            "early" if since < 0.25 else "middle" if since < 0.7 else "late")
        words = rng.choice(WORDS[stage]).format(p=rng.randint(20, 95), n=rng.randint(2, 16))
        if land and m == land:
            words = rng.choice(("已缴纳土地出让金", "支付征地补偿款", "完成土地摘牌，缴纳土地款"))
        elif land and land < m < begin:
            words = "土地款已付，正在办理施工许可"
        elif equipment and m == equipment:
            words = rng.choice(("主要设备到货", "进口设备到场，开始安装", "购置生产设备一批"))
        draft.words[m - 1] = words
