"""Each kind of doubt swept over its edges, step by step, held against what was looked at: where it begins to be asked, where it
becomes strong, what explains it away. One step aside in a limit moves a line here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

from hydesk.domain.doubts.chance import at_least, cluster, of_many
from hydesk.domain.doubts.doubt import Doubt, DoubtKind, named, told
from hydesk.domain.doubts.find import find_doubts
from hydesk.domain.doubts.rules import DoubtRules
from hydesk.domain.project_year import ProjectYear
from tests.domain.doubts.made import WAN, YEAR, asked, plain_county, project
from tests.kept import hold

KEPT = Path(__file__).parent / "kept"
K = DoubtKind


def line(what: object, found: Sequence[Doubt], kind: DoubtKind) -> Iterator[str]:
    own = [d for d in found if d.kind is kind]
    yield f"{what}: " + ("; ".join(f"{d.strength.value} {len(d.projects)} {d.amount // WAN} {d.message} {dict(d.evidence)}" for d in own) or "—")


def _words(said: str) -> list[str]:
    return [*[""] * 5, said]


def starts() -> Iterator[str]:
    county = plain_county()
    for done, since, said in product((1_000, 1_790, 1_800, 3_590, 3_600, 6_100), (0, 1, 2, 3), ("办理前期手续", "桩基施工", "场地平整", "", "缴纳土地出让金")):
        sums = [0.0] * (5 - since) + [done * (m + 1) / (since + 1) for m in range(since + 1)]
        p = project(40, sums, nature="新建", invested_before=0, actual_start=None, planned_start=date(YEAR, 9, 1), words=_words(said), total_investment=40_000 * WAN)
        yield from line((done, since, said), asked([*county, p], 6, K.START_BEFORE_WORKS), K.START_BEFORE_WORKS)
    for more in ({"invested_before": 5_999 * WAN}, {"invested_before": 6_001 * WAN}, {"invested_before": None}, {"total_investment": None}, {"actual_start": date(YEAR, 6, 30)},
                 {"actual_start": date(YEAR, 7, 1)}, {"nature": "续建"}, {"permits": {"施工许可": date(YEAR, 6, 1)}}, {"permits": {"施工许可": date(YEAR, 7, 1)}}, {"planned_start": None}):
        facts = {"nature": "新建", "invested_before": 0, "actual_start": None, "planned_start": date(YEAR, 9, 1)} | more
        p = project(40, [0, 0, 0, 600, 1_200, 5_000], words=_words("办理前期手续"), **facts)
        yield from line(more, asked([*county, p], 6, K.START_BEFORE_WORKS), K.START_BEFORE_WORKS)
    for unkept in (3, 5, 6, 7, 12):
        new = [project(k, [0, 0, 0, 600, 1_200, 5_000 + k], nature="新建", invested_before=0, actual_start=None, words=_words("办理前期手续")) for k in range(40, 40 + unkept)]
        yield from line(f"{unkept} without a start", asked([*county, *new], 6, K.START_BEFORE_WORKS), K.START_BEFORE_WORKS)


def leaps() -> Iterator[str]:
    county, sums = plain_county(), [500, 1_050, 1_500, 2_000, 2_480]
    for june, said in product(range(4_000, 13_001, 750), ("", "设备到货", "主体施工")):
        yield from line((june, said), asked([*county, project(40, [*sums, june], words=_words(said))], 6, K.MONTH_LEAP), K.MONTH_LEAP)
    for held in ([None] * 5, [500, *[None] * 4], [500, 1_000, None, None, None], [0, 0, 0, 0, 0], [500, 500, 500, 500, 500], [500, 400, 900, 1_200, 1_500]):
        yield from line(held, asked([*county, project(40, [*held, 9_000])], 6, K.MONTH_LEAP), K.MONTH_LEAP)
    for month in (2, 3, 11, 12):
        many = plain_county(20, month)
        p = project(40, [500.0 * (m + 1) for m in range(month - 1)] + [500.0 * month + 7_000])
        yield from line(f"month {month}", asked([*many, p], month, K.MONTH_LEAP), K.MONTH_LEAP)
    before = {y: [replace(p, year=y) for p in plain_county(20, 12)] for y in (YEAR - 2, YEAR - 1)}
    for june in range(4_000, 13_001, 1_500):
        found = find_doubts({**before, YEAR: [*county, project(40, [*sums, june])]}, YEAR, 6)
        yield from line(f"taught {june}", found, K.MONTH_LEAP)
    yield from line("to the yuan of the plan", asked([*county, project(40, [*sums, 12_000])], 6, K.MONTH_LEAP), K.MONTH_LEAP)


def alike() -> Iterator[str]:
    county = plain_county(12)
    for count, jitter, builders in product((2, 3, 4, 5, 6, 8, 12), (0.0, 0.0002, 0.002, 0.01), (1, 4)):
        own = [project(k, [*[None] * 5, (8_000 + 700 * k) * (0.377 + jitter * ((k * 7) % 5 - 2) / 2)], 8_000 + 700 * k, builder=f"业主{k % max(1, count // builders)}公司") for k in range(40, 40 + count)]
        yield from line((count, jitter, builders), asked([*county, *own], 6, K.SAME_RATIO), K.SAME_RATIO)
    for count, month in product((2, 3, 5, 8), (3, 6, 10)):
        own = [project(k, [*[None] * (month - 1), (9_600 + 1_200 * k) * month / 12], 9_600 + 1_200 * k) for k in range(40, 40 + count)]
        yield from line((count, month), asked([*plain_county(12, month), *own], month, K.AT_TIME_PROGRESS), K.AT_TIME_PROGRESS)


def rounds() -> Iterator[str]:
    for count, base in product((3, 5, 6, 8, 12), (1_000, 500, 100, 50, 10)):
        own = [replace(p, year_investment=[*p.year_investment[:5], (p.year_investment[4] or 0) + (base * (1 + k % 3) * WAN if k < count else 4_231_700 + k * 17_300), *[None] * 6])
               for k, p in enumerate(plain_county(14))]
        yield from line((count, base), asked(own, 6, K.ROUND_NUMBERS), K.ROUND_NUMBERS)
    for count, (end, step) in product((4, 5, 6, 9, 14), ((88, WAN), (37, 100), (60, WAN), (7, WAN))):
        own = [replace(p, year_investment=[*p.year_investment[:5], (p.year_investment[4] or 0) + (
            (300 + 100 * k) * step + end * step if k < count else 4_231_700 + k * 17_300), *[None] * 6]) for k, p in enumerate(plain_county(14))]
        yield from line((count, end, step), asked(own, 6, K.ROUND_NUMBERS), K.ROUND_NUMBERS)


def ends() -> Iterator[str]:
    others = plain_county(20, first=100, unit="衡东县")
    for count, late in product((4, 6, 8, 10), (600, 1_200, 1_800, 3_000)):
        own = [project(k, [700 + k, 1_400 + 3 * k, 2_100 + 5 * k, 2_150 + 5 * k, 2_200 + 5 * k, 2_200 + 5 * k + late + 7 * k] if k <= count else
                       [700 + k, 1_400 + 3 * k, 2_100 + 5 * k, 2_800 + 7 * k, 3_500 + 9 * k, 4_200 + 11 * k]) for k in range(1, 13)]
        yield from line((count, late), asked([*others, *own], 6, K.PERIOD_END_LEAP), K.PERIOD_END_LEAP)


def again() -> Iterator[str]:
    for count, times in product((2, 3, 4, 6, 12), (1.0, 2.0, 1.5, 1.01)):
        own = []
        for k, p in enumerate(plain_county(12)):
            s = [v or 0 for v in p.year_investment[:6]]
            own.append(replace(p, year_investment=[*s[:5], s[4] + round((s[2] - s[1]) * times), *[None] * 6]) if k < count else p)
        yield from line((count, times), asked(own, 6, K.REPEATED_PATTERN), K.REPEATED_PATTERN)
    for months in ([510.3, 620.7, 730.1], [510.3, 620.7], [500, 500, 500], [510.3, 510.3, 730.1]):
        run, sums = 0.0, []
        for m in [*months, *months]:
            run += m
            sums.append(run)
        yield from line(months, asked([*plain_county(12, len(sums)), project(40, sums)], len(sums), K.REPEATED_PATTERN), K.REPEATED_PATTERN)


def others() -> Iterator[str]:
    a = replace(project(40, [500], builder="恒达建设有限公司", location="衡南县三塘镇", total_investment=8_000 * WAN), name="电缆生产线")
    for total, builder, place, name in product((8_000, 8_010, 8_400, 9_000), ("恒达建设公司", "别的公司"), ("三塘镇", "归阳镇"), ("电缆生产线", "电缆生产线二期", "学校")):
        b = project(41, [500], unit="祁东县", builder=builder, location=place, total_investment=total * WAN)
        yield from line((total, builder, place, name), asked([a, replace(b, name=name)], 1, K.TWIN_PROJECTS), K.TWIN_PROJECTS)
    for done, said, total in product((4_000, 8_000, 12_000, 18_000, 26_000), ("场地平整", "办理前期手续", "基础施工", "主体施工"), (60_000, 30_000)):
        p = project(40, [*[None] * 5, done], 30_000, nature="新建", invested_before=0, actual_start=date(YEAR, 1, 8), words=_words(said), total_investment=total * WAN)
        yield from line((done, said, total), asked([*plain_county(), p], 6, K.WORDS_AGAINST_MONEY), K.WORDS_AGAINST_MONEY)
    for kind, column in ((K.ACCEPTED_FAR_BELOW, "statistics_year"), (K.PAID_FAR_BELOW, "funds_arrived")):
        county = [replace(p, **{column: [*[None] * 5, (p.year_investment[5] or 0) * (70 + p.id % 20) // 100, *[None] * 6]}) for p in plain_county()]
        for share, started in product((0, 5, 15, 25, 35, 45, 60), (date(2022, 5, 1), date(YEAR, 1, 10), date(YEAR, 2, 20))):
            low = replace(county[3], **{column: [*[None] * 5, (county[3].year_investment[5] or 0) * share // 100, *[None] * 6]}, actual_start=started)
            yield from line((column, share, started.isoformat()), asked([*county[:3], low, *county[4:]], 6, kind), kind)


def sums() -> Iterator[str]:
    county = plain_county(12)
    plan, done = sum(p.annual_plan or 0 for p in county), sum(p.year_investment[4] or 0 for p in county)
    for target, off in product((plan * 5 // 12, plan * 35 // 100, plan * 2 // 5, done // 10**8 * 10**8 + 10**8), (0, 1, 100, 10_000, 1_000_000)):
        lacking = target - done + off
        carried = replace(county[4], year_investment=[*county[4].year_investment[:4], (county[4].year_investment[4] or 0) + lacking, *county[4].year_investment[5:]])
        yield from line((target, off), asked([*county[:4], carried, *county[5:]], 5, K.SUM_MADE_TO_FIT), K.SUM_MADE_TO_FIT)


def rules() -> Iterator[str]:
    made: list[ProjectYear] = [*plain_county(), project(40, [500, 1_050, 1_500, 2_000, 2_480, 9_000])]
    for rule in (DoubtRules(), DoubtRules(alike=3), DoubtRules(alike=9), DoubtRules(least=70_000_000)):
        found = find_doubts({YEAR: made}, YEAR, 6, rule)
        yield f"{rule.alike} {rule.least}: {[(d.kind.value, d.strength.value) for d in found]}"


def odds() -> Iterator[str]:
    for count, expected in product((0, 1, 2, 5, 20, 200), (0.0, 0.01, 0.5, 3.0, 40.0)):
        yield f"at least {count} of {expected}: {at_least(count, expected):.6g}"
    for count, whole, share in product((0, 1, 3, 8), (8, 20), (0.0, 0.05, 0.4, 1.0)):
        yield f"{count} of {whole} by {share}: {of_many(count, whole, share):.6g}"
    spread = [0.1 + 0.031 * i for i in range(20)]
    for bunch, gap in product((2, 3, 4, 6), (0.0, 0.0002, 0.002, 0.02)):
        values = [*spread, *(0.377 + gap * i for i in range(bunch))]
        for rounding in (0.0, 0.001):
            found = cluster(values, [rounding] * len(values), (0.0, 0.0003, 0.001, 0.004), 20.0)
            yield f"{bunch} within {gap}, known to {rounding}: {'—' if found is None else f'{len(found.places)} {found.middle:.5f} {found.chance:.4g} {found.exact}'}"
    for amount in (0, 1, 12_345_600, 99_999_999, 100_000_000, 425_000_000, -5_000):
        yield f"{amount} {told(amount)}"
    for count in (1, 2, 3, 4):
        yield named([f"第{i}号" for i in range(count)])


def test_doubts_at_their_edges() -> None:
    def lines() -> Iterator[str]:
        for part in (starts, leaps, alike, rounds, ends, again, others, sums, rules, odds):
            yield f"== {part.__name__}"
            yield from part()

    hold(KEPT / "edges.txt", lines())
