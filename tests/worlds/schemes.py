"""How a county's clerk might make up figures, kind by kind, and honest county-months that look like it: a second set, to judge by.

Written from what statistics bureaus publish of such cases, without a look at the rules: how much is "plain" is what a head of
office would call plain. ``trial`` counts what the doubts say of them.
"""

from __future__ import annotations

from datetime import date
from random import Random

from tests.worlds.base import WAN, Draft
from tests.worlds.cookings import Cook


def _sum(d: Draft, month: int) -> int:
    return next((v for v in reversed(d.done[:month]) if v is not None), 0) if month else 0


def _brought(d: Draft, month: int) -> int:
    return _sum(d, month) - _sum(d, month - 1)


def _set(d: Draft, month: int, amount: float, step: int = 100) -> None:
    """A new sum for ``month``; what was arrived and accepted keeps its part of it."""
    old = _sum(d, month)
    new = max(0, min(round(amount / step) * step, d.total - d.before))
    for column in (d.funds, d.accepted):
        if column[month - 1] is not None and old > 0:
            column[month - 1] = round(column[month - 1] * new / old / 100) * 100
    d.done[month - 1] = new


def _reporting(own: list[Draft], month: int, least: int = 0) -> list[Draft] | None:
    held = [d for d in own if d.plan and d.done[month - 1] is not None]
    return held if len(held) >= least else None


def _scaled(rng: Random, s: str, blatant: tuple[float, float], plain: tuple[float, float], subtle: tuple[float, float]) -> float:
    return rng.uniform(*{"blatant": blatant, "plain": plain, "subtle": subtle}[s])


# -- made up ----------------------------------------------------------------------------------------------------------

def start_before_works(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """A plant that is still being approved reports money month by month."""
    new = [d for d in _reporting(own, month) or [] if d.nature == "新建" and d.plan >= 1000 * WAN]
    if not new or not 3 <= month <= 11:
        return None
    d = rng.choice(new)
    d.actual_start, d.start_told, d.permits = None, 0, {}
    d.planned_start = date(d.year, rng.randint(month, 12), 15)
    share, first = _scaled(rng, s, (0.6, 1.2), (0.3, 0.55), (0.03, 0.1)), month - rng.randint(2, min(4, month - 1))
    for m in range(1, month + 1):
        if d.done[m - 1] is not None:
            _set(d, m, d.plan * share * max(0, m - first) / (month - first), WAN)
        d.words[m - 1] = rng.choice(("开展前期工作", "初步设计批复中", "正在办理规划许可", "招标准备"))
    return [d]


def month_leap(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Behind all year, then one month makes up for it."""
    if not 5 <= month <= 12:
        return None
    able = []
    for d in _reporting(own, month) or []:
        past = sorted(_brought(d, m) for m in range(1, month) if d.done[m - 1] is not None)
        if len(past) < month - 1 or d.plan < 3000 * WAN or past[0] < 0 or not past[len(past) // 2] or _sum(d, month - 1) > d.plan * 0.5:
            continue
        if max(past) * 2 < d.plan * 0.3 and sum(x > 0 for x in past) >= 3:
            able.append((d, past[len(past) // 2], max(past)))
    if not able:
        return None
    d, middle, most = rng.choice(able)
    usual = max(1.0, 12 * sum(_brought(x, month) for x in city if x.plan) / max(1, sum(_sum(x, month) for x in city if x.plan) * 12 / month))
    size = max(d.plan * _scaled(rng, s, (0.5, 0.7), (0.36, 0.48), (0.1, 0.15)), (most if s != "subtle" else 0) * (3 if s == "blatant" else 2.2),
               middle * {"blatant": 9, "plain": 6.5, "subtle": 2.5}[s] * usual)
    if s == "blatant" and rng.random() < 0.5:
        size = max(size, d.plan - _sum(d, month - 1))
    if _sum(d, month - 1) + size > d.total - d.before:
        return None
    _set(d, month, _sum(d, month - 1) + size)
    d.words[month - 1] = rng.choice(("主体工程施工", "厂房建设中", "路面施工"))
    return [d]


def _to_rate(rng: Random, own: list[Draft], month: int, s: str, at: float) -> list[Draft] | None:
    able = [d for d in _reporting(own, month, 8) or [] if d.total - d.before >= d.plan * at * 1.02]
    if len(able) < 7:
        return None
    chosen = able if s == "blatant" else rng.sample(able, max(5, round(len(able) * (0.6 if s == "plain" else 0.3))))
    for d in chosen:
        off = 0.0 if s == "blatant" else rng.choice((0, 0, rng.uniform(-0.0004, 0.0004))) if s == "plain" else rng.uniform(-0.006, 0.006)
        _set(d, month, d.plan * (at + off), WAN if s != "subtle" else 100)
    return chosen


def same_ratio(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """The county's rate was settled beforehand and each project's sum worked out from it."""
    at = round(month / 12 * rng.uniform(0.6, 1.35), 3)
    return None if month < 2 or abs(at - month / 12) < 0.012 else _to_rate(rng, own, month, s, at)


def at_time_progress(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Each project is exactly where time would have it."""
    return None if month == 12 else _to_rate(rng, own, month, s, month / 12)


def round_numbers(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Amounts said over the telephone: so many millions."""
    able = [d for d in _reporting(own, month, 8) or [] if _brought(d, month) > 40 * WAN and (month == 1 or d.done[month - 2] is not None)]
    if len(able) < 7 or own[0].step > WAN:
        return None
    chosen = able if s == "blatant" else rng.sample(able, round(len(able) * (0.85 if s == "plain" else 0.4)))
    for d in chosen:
        base = {"blatant": 500, "plain": 100, "subtle": 10}[s] * WAN
        _set(d, month, _sum(d, month - 1) + max(base, round(_brought(d, month) / base) * base), 1)
    return chosen


def period_end_leap(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Two months of next to nothing, then the quarter is put right."""
    if month % 3:
        return None
    able = [d for d in _reporting(own, month, 7) or [] if all(v is not None for v in d.done[max(0, month - 4):month])
            and _sum(d, month) - _sum(d, month - 3) > d.plan * 0.06]
    if len(able) < 6:
        return None
    chosen = able if s == "blatant" else rng.sample(able, max(6, round(len(able) * (0.8 if s == "plain" else 0.5))))
    for d in chosen:
        first, whole = _sum(d, month - 3), _sum(d, month) - _sum(d, month - 3)
        last = _scaled(rng, s, (0.92, 1.0), (0.78, 0.9), (0.45, 0.6))
        _set(d, month - 2, first + whole * (1 - last) * rng.uniform(0.3, 0.7), 1)
        _set(d, month - 1, first + whole * (1 - last), 1)
    return chosen


def repeated_pattern(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """The return of an earlier month is sent again, as it was or a tenth more."""
    if month < 4:
        return None
    then = rng.randint(max(1, month - 5), month - 2)
    able = [d for d in _reporting(own, month, 8) or [] if all(d.done[m - 1] is not None for m in (then, month - 1)) and (then == 1 or d.done[then - 2] is not None)
            and _brought(d, then) > 80 * d.step and _sum(d, month - 1) + _brought(d, then) * 1.3 < d.total - d.before]
    if len(able) < 7 or len({_brought(d, then) for d in able}) < len(able) * 0.7:
        return None
    chosen = able if s == "blatant" else rng.sample(able, max(6, round(len(able) * (0.75 if s == "plain" else 0.4))))
    times = 1.0 if s == "blatant" else rng.choice((1.0, 1.1, 1.05, 0.9))
    for d in chosen:
        _set(d, month, _sum(d, month - 1) + _brought(d, then) * times * (rng.uniform(0.93, 1.07) if s == "subtle" else 1), d.step)
    return chosen


def twin_projects(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """One site on two lists."""
    others = [d for d in city if d.unit != own[0].unit and d.plan and d.location]
    like, d = rng.choice(others), rng.choice(own)
    place = like.location.replace(like.unit, "")
    d.builder, d.total, d.before, d.plan, d.nature = like.builder, like.total, like.before, like.plan, like.nature
    d.location = {"blatant": like.location, "plain": d.unit + place, "subtle": d.unit + place[:1]}[s]
    if s == "blatant":
        d.name = like.name
    if s == "subtle":
        d.builder, d.total = like.builder.replace("有限公司", "集团分公司"), round(like.total * 1.06)
    d.done, d.funds, d.accepted, d.words = list(like.done), list(like.funds), list(like.accepted), list(like.words)
    return [d]


def words_against_money(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Half a building's money beside a levelled field."""
    able = [d for d in _reporting(own, month) or [] if d.before <= d.total * 0.05 and d.total >= 3000 * WAN and d.plan * 1.8 >= d.total * 0.4]
    if not able or month < 3:
        return None
    d = rng.choice(able)
    d.actual_start, d.start_told = date(d.year, 1, 20), 0
    top = max(_scaled(rng, s, (0.55, 0.85), (0.40, 0.52), (0.10, 0.16)) * d.total, d.plan * {"blatant": 0.6, "plain": 0.45, "subtle": 0.1}[s])
    for m in range(1, month + 1):
        if d.done[m - 1] is not None:
            _set(d, m, top * m / month)
        d.words[m - 1] = rng.choice(("场地平整中", "场平施工", "土石方工程开挖", "清表及场地平整"))
    return [d]


def _part(rng: Random, own: list[Draft], month: int, s: str, column: str) -> list[Draft] | None:
    able = [d for d in _reporting(own, month) or [] if d.nature == "续建" and (getattr(d, column)[month - 1] or 0) > _sum(d, month) * 0.45
            and _sum(d, month) > max(d.plan * 0.3, 500 * WAN)]
    if not able or month < 5:
        return None
    d = rng.choice(able)
    part = _scaled(rng, s, (0.0, 0.05), (0.08, 0.15), (0.35, 0.45))
    for m in range(month):
        if d.done[m] is not None:
            getattr(d, column)[m] = round((d.done[m] or 0) * part / 100) * 100
    return [d]


def accepted_far_below(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """2.1 亿 reported, 0.2 亿 taken in."""
    return _part(rng, own, month, s, "accepted")


def paid_far_below(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Reported work that nobody paid for."""
    return _part(rng, own, month, s, "funds")


def sum_made_to_fit(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """The county's rate is met to a hair: one project brings what is lacking, or one gains what another loses besides."""
    able = [d for d in _reporting(own, month, 7) or [] if _brought(d, month) > 0 and (month < 2 or d.done[month - 2] is not None)]
    plan, done = sum(d.plan for d in own), sum(_sum(d, month) for d in own)
    if len(able) < 6 or not 2 <= month <= 11 or plan < 4 * 10**8 or own[0].step > 10 * WAN:
        return None
    goals = [plan * month // 12, *(plan * p // 100 for p in range(5, 150, 5)), *(k * 10**8 for k in range(1, 200) if plan > 8 * 10**8)]
    goals = [g for g in goals if done + plan * 0.012 < g < done + plan * 0.1]
    if not goals:
        return None
    lack = rng.choice(goals) - done + round(plan * {"blatant": 0, "plain": 0.00001, "subtle": 0.001}[s] * rng.choice((-1, 1)))
    room = [d for d in able if d.total - d.before - _sum(d, month) > lack and _brought(d, month) * 2 < lack]
    if not room:
        return None
    d = rng.choice(room)
    d.done[month - 1] = _sum(d, month) + (lack if s == "blatant" else round(lack / 100) * 100)
    return [d]


SCHEMES: dict[str, Cook] = {f.__name__: f for f in (
    start_before_works, month_leap, same_ratio, at_time_progress, round_numbers, period_end_leap, repeated_pattern,
    twin_projects, words_against_money, accepted_far_below, paid_far_below, sum_made_to_fit)}


# -- honest, though it looks made up ----------------------------------------------------------------------------------

def late_start(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Works began last month and nobody has written it down; or land was bought, and the words say so."""
    new = [d for d in _reporting(own, month) or [] if d.nature == "新建"]
    if not new or not 3 <= month <= 11:
        return None
    d = rng.choice(new)
    land = rng.random() < 0.5
    d.actual_start, d.start_told = None, 0
    d.permits = {"用地": date(d.year, max(1, month - 2), 3)} if land else {"施工许可": date(d.year, month - 1, 5)}
    paid = min(d.total * rng.uniform(0.05, 0.15), d.plan * 0.6)
    for m in range(1, month + 1):
        if d.done[m - 1] is not None:
            _set(d, m, (paid if m >= month - 1 else 0) if land else d.plan * 0.12 * max(0, m - month + 2))
        d.words[m - 1] = ("竞得土地并缴纳土地款" if m == month - 1 else "土地款缴清，办理施工许可" if m == month else "用地报批") if land else (
            "桩基进场施工" if m >= month - 1 else "办理施工许可")
    return [d]


def paid_at_once(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """A leap with its reason in the words, or after months that were not told."""
    able = [d for d in _reporting(own, month) or [] if month >= 5 and d.plan > 2500 * WAN and _sum(d, month - 1) < d.plan * 0.55 and _sum(d, month - 1) > 0]
    if not able:
        return None
    d = rng.choice(able)
    if rng.random() < 0.6:
        _set(d, month, _sum(d, month - 1) + d.plan * rng.uniform(0.3, 0.6))
        d.words[month - 1] = rng.choice(("进口设备运抵，安装调试", "工程结算，补记投资", "购置主要生产设备", "支付征地拆迁补偿款"))
    else:
        now = _sum(d, month - 4) + d.plan * rng.uniform(0.25, 0.38)
        d.done[month - 2] = d.done[month - 3] = d.done[month - 4] = None
        _set(d, month, max(now, _sum(d, month)))
    return [d]


def lots(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """One undertaking's lots share its sum by their plans; or three projects that were finished to plan."""
    able = _reporting(own, month, 9)
    if able is None:
        return None
    chosen = rng.sample(able, 4)
    done = month >= 10 and rng.random() < 0.5
    for d in chosen[:3] if done else chosen:
        if not done:
            d.builder = chosen[0].builder
        _set(d, month, d.plan * (1.0 if done else 0.071 * month))
    return chosen


def even_payments(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Two contracts paid by the twelfth."""
    able = _reporting(own, month, 9)
    if able is None or month == 12:
        return None
    chosen = rng.sample(able, 2)
    for d in chosen:
        for m in range(1, month + 1):
            if d.done[m - 1] is not None:
                _set(d, m, d.plan * m / 12, 1)
    return chosen


def few_round(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Three instalments of whole millions among a dozen amounts."""
    able = [d for d in _reporting(own, month, 10) or [] if _brought(d, month) > 150 * WAN]
    if len(able) < 9:
        return None
    chosen = rng.sample(able, 3)
    for d in chosen:
        _set(d, month, _sum(d, month - 1) + round(_brought(d, month) / (100 * WAN)) * 100 * WAN, 1)
    return chosen


def by_quarter(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """The unit told nothing for two months and tells the quarter now."""
    if month % 3 or not _reporting(own, month, 6):
        return None
    for d in own:
        for m in (month - 1, month - 2):
            d.done[m - 1] = d.funds[m - 1] = d.accepted[m - 1] = None
            d.words[m - 1] = ""
    return own


def by_contract(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Three projects of one size each month."""
    able = [d for d in _reporting(own, month, 9) or [] if all(v is not None for v in d.done[:month])]
    if month < 4 or len(able) < 8:
        return None
    chosen = rng.sample(able, 3)
    for d in chosen:
        each = max(WAN, round(d.plan / rng.uniform(11, 15) / WAN) * WAN)
        for m in range(1, month + 1):
            _set(d, m, each * m, 1)
    return chosen


def one_company(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """A company builds a like plant in two counties, elsewhere and of another size; a road's sections of one total."""
    others = [x for x in city if x.unit != own[0].unit]
    like, d = rng.choice(others), rng.choice(own)
    d.builder = like.builder
    if rng.random() < 0.5:
        d.location, d.total = d.unit + "工业集中区", max(d.before + d.plan, round(like.total * rng.choice((0.7, 1.4))))
    else:
        number = rng.randint(1, 9)
        d.name, like.name = f"湘南环线公路第{number}标段", f"湘南环线公路第{number + 1}标段"
        d.total = max(like.total, d.before + d.plan)
    return [d]


def second_part(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """The second part is levelled while the first works; or the field was dear."""
    able = [d for d in _reporting(own, month) or [] if _sum(d, month) > d.plan * 0.35]
    if not able:
        return None
    d = rng.choice(able)
    if d.before and rng.random() < 0.6:
        d.words[month - 1] = rng.choice(("一期主体完工，二期场平施工", "三期土石方开挖", "剩余地块场地平整"))
    else:
        _set(d, month, min(_sum(d, month), d.total * 0.3))
        d.words[month - 1] = "缴纳土地出让金后开展场地平整"
    return [d]


def not_yet_taken_in(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Begun three months ago: the bureau takes some months."""
    able = [d for d in _reporting(own, month) or [] if d.nature == "新建" and d.accepted[month - 1] is not None and d.plan > 800 * WAN]
    if not able or month < 5:
        return None
    d = rng.choice(able)
    d.actual_start, d.start_told = date(d.year, month - 3, 12), 0
    for m in range(1, month + 1):
        if d.done[m - 1] is not None:
            _set(d, m, d.plan * 0.1 * max(0, m - month + 3))
        d.accepted[m - 1] = 0
    return [d]


def paid_late(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Paid three to five tenths late."""
    able = [d for d in _reporting(own, month) or [] if (d.funds[month - 1] or 0) > 0]
    if not able:
        return None
    d = rng.choice(able)
    d.funds[month - 1] = round((d.funds[month - 1] or 0) * rng.uniform(0.5, 0.7))
    return [d]


def large_and_round(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """A unit of few large projects that writes whole tens of millions."""
    able = _reporting(own, month, 3)
    if able is None or len(able) > 12 or month < 2:
        return None
    for d in able:
        for m in range(1, month + 1):
            if d.done[m - 1] is not None:
                d.done[m - 1] = min(round(_sum(d, m) / (1000 * WAN)) * 1000 * WAN, d.total - d.before)
    return able


HONEST: dict[str, Cook] = dict(zip(SCHEMES, (
    late_start, paid_at_once, lots, even_payments, few_round, by_quarter, by_contract, one_company, second_part, not_yet_taken_in,
    paid_late, large_and_round), strict=True))
