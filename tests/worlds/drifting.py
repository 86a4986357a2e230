"""Cities of the third kind: every project goes on at a pace of its own that drifts from month to month.

No final sum is drawn and no contract worked off: a month brings plan/12 times the city's habit, the year, the unit, the
project's pace, the season and the month's luck, until nothing of the total is left. Quarter ends may be lively, a unit may
bring near misses to the plan exactly, works gather speed after a start, a finished project brings no more.
"""

from __future__ import annotations

from datetime import date
from random import Random

from tests.worlds.base import UNITS, WAN, Draft, Years, rounded

PLACES = ["东阳渡", "三阳路", "解放大道", "蒸阳路", "界牌镇", "杨桥镇", "吴集镇", "草市镇", "步云桥镇", "过水坪镇", "三都镇", "新市镇", "罗桥镇", "蓬源镇"]
THINGS = ["锂电材料厂", "粮食仓储", "客运枢纽", "人民医院分院", "农贸市场", "雨污分流", "光伏电站", "职业学院", "垃圾焚烧发电", "陶瓷园", "茶油加工", "旧城改造"]
WORDS = (
    (0.0, ("正在报批用地", "施工图审查", "前期工作", "正在办理施工许可手续")),
    (0.1, ("土石方工程", "基坑开挖", "地基处理")),
    (0.3, ("桩基工程完成{p}%", "基础施工完成{p}%")),
    (0.75, ("主体施工至{n}层", "厂房主体完成{p}%", "主体结构施工")),
    (9.9, ("装饰装修", "设备安装完成{p}%", "扫尾及竣工验收准备")),
)


def city(seed: int, years: int = 4, first: int = 2021, projects: int = 388) -> Years:
    """``years`` years of one made-up city."""
    rng = Random(seed * 104_729 + 7)
    habit = {
        "ratio": rng.uniform(1.4, 2.4), "luck": rng.uniform(0.2, 0.5), "drift": rng.uniform(0.03, 0.2),
        "month": rng.choice((2.5, 4.0, 8.0)), "unit_year": rng.uniform(0.03, 0.12), "new": rng.uniform(0.25, 0.5)}
    quarter = rng.choice((1.0, 1.0, rng.uniform(1.1, 1.4)))
    season = [rng.uniform(0.4, 0.9), rng.uniform(0.2, 0.7), 1, 1, 1, 1, rng.uniform(0.8, 1), rng.uniform(0.8, 1), 1, 1,
              rng.uniform(1, 1.5), rng.uniform(1, 2.8)]
    season = [w * (quarter if m % 3 == 2 else 1) for m, w in enumerate(season)]
    season = [w * 12 / sum(season) for w in season]
    of_years, kept, mood = rng.choice((0.02, 0.05, 0.09)), rng.uniform(0, 0.5), 0.0
    counts = [rng.uniform(0.3, 1.7) for _ in UNITS]
    units = [{
        "name": unit, "count": max(4, round(projects * n / sum(counts))), "habit": rng.lognormvariate(0, 0.12),
        "step": rng.choice((1, 100, 100, WAN, WAN, 10 * WAN, 100 * WAN)), "late": rng.choice((0, 0, 0, 0.05, 0.12)),
        "funds": rng.choice((None, 0.6, 0.85, 1.0)), "accepted": rng.choice((None, 0.55, 0.8, 0.95)),
        "tops": rng.choice((0, 0, 0.1, 0.3)), "writes_late": rng.choice((0, 0, 0.2))} for unit, n in zip(UNITS, counts, strict=True)]
    made: Years = {}
    number = 0
    for year in range(first, first + years):
        mood = kept * mood + rng.gauss(0, of_years)
        of_year = [w * 2.718281828**mood * rng.lognormvariate(0, 0.06) for w in season]
        made[year] = []
        for facts in units:
            own = habit["ratio"] * facts["habit"] * rng.lognormvariate(0, habit["unit_year"])
            drafts = []
            for _ in range(facts["count"]):
                number += 1
                drafts.append(_project(rng, number, year, facts, own, of_year, habit))
            for m in [m for m in range(1, 12) if rng.random() < facts["late"]]:
                for d in drafts:
                    _silence(d, m)
            made[year] += drafts
    return made


def _project(rng: Random, number: int, year: int, facts: dict, own: float, season: list[float], habit: dict) -> Draft:
    fresh = rng.random() < habit["new"]
    total = max(1000 * WAN, rounded(rng.lognormvariate(10.0, 1.1) * WAN, 100 * WAN))
    before = 0 if fresh else rounded(total * rng.uniform(0.1, 0.8), WAN)
    plan = max(200 * WAN, rounded((total - before) * rng.uniform(0.25, 0.85), rng.choice((10, 50, 100, 1000)) * WAN))
    plan = min(plan, total - before)
    unit, place, thing = facts["name"], rng.choice(PLACES), rng.choice(THINGS)
    d = Draft(number, unit, year, "新建" if fresh else "续建", plan, total, before, f"{place}{thing}项目{number}",
              f"{rng.choice('湘南中衡北')}{rng.choice('晟拓锦启川')}{unit[:2]}公司", f"{unit}{place}", step=facts["step"])
    begin = 1
    if fresh:
        planned = rng.choices(range(1, 13), (2, 1, 5, 4, 4, 4, 2, 2, 3, 2, 1, 1))[0]
        begin = max(1, planned + rng.choices((-1, 0, 1, 2, 3, 6, 13), (2, 10, 5, 3, 2, 1, 1))[0])
        d.planned_start = date(year, planned, rng.randint(1, 28))
        if begin <= 12:
            d.actual_start = date(year, begin, rng.randint(1, 25))
            d.start_told = begin + (1 if rng.random() < facts["writes_late"] else 0)
            d.permits = {"用地": date(year - (begin < 3), (begin + 9) % 12 + 1 if begin < 3 else begin - 2, 8)}
            if rng.random() < 0.85:
                d.permits["施工许可"] = date(year, begin, 1)
    else:
        d.actual_start = date(year - rng.randint(1, 2), rng.randint(1, 12), 12)
        d.permits = {"用地": date(year - 3, 4, 2), "施工许可": date(year - 3, 9, 2)}
    pace = rng.lognormvariate(-habit["luck"] ** 2 / 2, habit["luck"]) * (0.0 if rng.random() < 0.03 else 1.0)
    ends = rng.randint(4, 12) if rng.random() < 0.04 else 12
    lump = rng.randint(begin, 12) if rng.random() < 0.03 and begin <= 12 else 0
    land = begin - rng.randint(1, 3) if fresh and begin > 3 and rng.random() < 0.1 else 0
    run, shown, top = 0.0, 0, rng.random() < facts["tops"]
    for m in range(1, 13):
        pace *= rng.lognormvariate(-habit["drift"] ** 2 / 2, habit["drift"])
        speed = min(1.0, (m - begin + 1) / 3) if fresh else 1.0
        got = plan / 12 * own * pace * season[m - 1] * speed * rng.gammavariate(habit["month"], 1 / habit["month"])
        got = got if begin <= m <= ends else 0.0
        got += plan * 0.35 if m == lump else plan * 0.12 if m == land else 0
        run = min(run + got, total - before)
        if m == 12 and top and plan * 0.8 < run < plan * 1.15:
            run = max(plan, shown)
        shown = min(max(shown, rounded(run, d.step)), total - before)
        d.done[m - 1] = shown
        if facts["funds"] is not None:
            d.funds[m - 1] = rounded(shown * facts["funds"] * rng.uniform(0.85, 1.1), WAN)
        if facts["accepted"] is not None:
            d.accepted[m - 1] = 0 if fresh and m - begin < 3 else rounded(shown * facts["accepted"] * rng.uniform(0.9, 1.05), WAN)
        d.words[m - 1] = _words(rng, d, m, begin, (before + run) / total, lump, land)
    return d


def _words(rng: Random, d: Draft, m: int, begin: int, share: float, lump: int, land: int) -> str:
    if m == lump:
        return rng.choice(("主要设备到货", "生产线设备进场安装"))
    if m == land:
        return "缴纳土地出让金"
    if m < begin:
        return "土地款已缴，办理前期手续" if land and m > land else rng.choice(WORDS[0][1])
    rows = WORDS[1:] if d.nature == "新建" and m - begin < 2 else WORDS[2:]
    words = next(w for top, w in rows if share <= top or top > 9)
    return rng.choice(words).format(p=rng.randint(20, 95), n=rng.randint(2, 18))


def _silence(d: Draft, m: int) -> None:
    d.done[m - 1] = d.funds[m - 1] = d.accepted[m - 1] = None
    d.words[m - 1] = ""
