"""What doubts are reckoned from, on the way to a question: habits, steps, seasons, limits, targets, carriers, shares of a quarter.

Most of it stays far from any limit, so that a step aside in it shows in no doubt; here it is written out for every unit of
made-up cities and held against what was looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest

from hydesk.domain.doubts import behind, fitted, leaps, month_end, patterns, quarter, ratios, rounding, twins
from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength
from hydesk.domain.doubts.find import KnownDoubts, find_doubts, together
from hydesk.domain.doubts.setting import PeriodSetting, UnitLook, grain_of
from hydesk.domain.doubts.starts import starts_before_works
from hydesk.domain.doubts.twins import twin_projects
from hydesk.domain.doubts.wording import words_against_money
from hydesk.domain.project_year import ProjectYear
from tests.domain.doubts.made import WAN, YEAR, plain_county, project
from tests.domain.test_kept_worlds import _cooked
from tests.kept import hold
from tests.worlds import contracts, paced
from tests.worlds.base import plain

KEPT = Path(__file__).parent / "kept"
WORLDS: dict[str, tuple[ModuleType, int]] = {"paced": (paced, 71), "contracts": (contracts, 72)}


def short(*values: object) -> str:
    """Numbers in four figures, lists in brackets."""
    return " ".join("—" if v is None else f"{v:.4g}" if isinstance(v, float) else f"[{short(*v)}]" if isinstance(v, (list, tuple)) else str(v) for v in values)


def _unit(unit: UnitLook, setting: PeriodSetting) -> Iterator[str]:
    moved = [x for x in unit.reported if x.amount]
    yield f"{unit.name}: " + short(len(unit.looks), len(unit.reported), unit.plan, unit.done, len(unit.habit), sum(unit.habit), unit.grain, unit.grain_now)
    yield "  usual " + short([x.usual for x in unit.looks][::3], [x.span for x in unit.looks if x.span != 1], [len(x.earlier) for x in unit.looks][::4])
    yield "  quarter " + short([quarter.thirds(x.project, setting.month) for x in unit.looks][::3], [quarter._own(unit, setting.month, m) for m in (0.6, 0.9)])
    yield "  weeks " + short([(e.day, e.amount, e.last, e.share) for e in month_end._endings(unit, setting.year, setting.month)][::3], month_end._own(setting, unit.name, 0.6))
    yield "  open " + short([x.project.id for x in ratios._open(unit)])
    yield "  round " + short([(rounding._usual_share(unit, b, setting), rounding._share(unit.habit, b)) for b in (10_000_000, 1_000_000, 100_000)])
    for column in ("statistics_year", "funds_arrived"):
        held = behind._told(unit, column, setting)
        past = behind._past(unit, column)
        yield f"  {column} " + short(len(held), [r for _, r, _ in held][::3], len(past), float(sum(past)), behind._usual(unit, column, held, 0.6))
    if moved and unit.plan:
        hit = fitted._hit(unit, setting.month)
        carriers = fitted._carriers(moved, unit)
        odd = fitted._odd_one(moved)
        yield "  fits " + short(*(None,) if hit is None else (hit.words, hit.amount, hit.chance, hit.off), fitted._written(unit), odd.project.id if odd else None)
        yield "  carried by " + short([x.project.id for x in carriers], [x.project.id for x in fitted._above_usual(moved, carriers)])
    for x in moved[::5]:
        repeats = [patterns._repeats(x, a, unit) for *_, a in x.earlier[:2] if a > 0]
        plan = x.project.annual_plan or 0
        score = leaps._score(x.amount or 0, x.span, x.earlier, plan, setting.rules, setting.season, setting.month) if plan else None
        yield f"  {x.project.id} " + short(repeats, score, leaps._fitting(x.project, x.done, sum(a > 0 for *_, a in x.earlier)), behind._grown(x, setting.month), behind._start_month(x.project))


@pytest.mark.parametrize("name", WORLDS)
def test_what_is_reckoned_on_the_way(name: str) -> None:
    made, seed = WORLDS[name]
    years = made.city(seed, years=3)

    def lines() -> Iterator[str]:
        for month in (3, 8, 12):
            setting = PeriodSetting.of(plain(_cooked(years, month, "plain"), max(years), month), max(years), month)
            looks = [x.project for x in setting.looks()]
            yield f"== month {month}: season " + short([float(s) for s in setting.season]) + " this year " + short([float(s) for s in leaps._season_of(looks, setting.season, month)])
            yield "limits " + short([float(x) for x in leaps._limits(setting)])
            for unit in list(setting.units.values())[::2]:
                yield from _unit(unit, setting)

    hold(KEPT / f"reckoning-{name}.txt", lines())


# Small parts by hand ----------------------------------------------------------------------------------------------

def _doubt(kind: DoubtKind, unit: str, projects: Sequence[int], strength: Strength, amount: int = 100) -> Doubt:
    return Doubt(kind, unit, tuple(projects), strength, f"{kind.value}{list(projects)}", {}, amount)


def test_what_follows_from_a_strong_doubt_of_most_of_its_projects_stands_beside_it() -> None:
    def lines() -> Iterator[str]:
        for strength, covered, kind in product(Strength, ((1, 2, 3, 4), (1, 2), (1,), (9,), ()), (DoubtKind.MONTH_LEAP, DoubtKind.PERIOD_END_LEAP, DoubtKind.TWIN_PROJECTS, DoubtKind.PAID_FAR_BELOW)):
            cause = _doubt(DoubtKind.SAME_RATIO, "甲", covered, strength)
            made = together([cause, _doubt(kind, "甲", (1, 2, 3, 4), Strength.WEAK, 50), _doubt(kind, "甲", (7,), Strength.WEAK, 900), _doubt(kind, "乙", (8,), Strength.WEAK, 20)])
            yield f"{strength.value} {covered} {kind.value}: " + "; ".join(f"{d.kind.value} {list(d.projects)} {d.amount} {d.message} beside {[b.message for b in d.beside]} {dict(d.evidence)}" for d in made)
        leap = DoubtKind.MONTH_LEAP
        for strong in product(Strength, repeat=3):
            made = together([_doubt(leap, unit, (n,), s, 10 * n) for n, (s, unit) in enumerate(zip(strong, ("甲", "甲", "乙"), strict=True), 1)])
            yield f"{[s.value for s in strong]}: " + "; ".join(f"{d.unit} {list(d.projects)} {d.amount} {d.strength.value}" for d in made)

    hold(KEPT / "together.txt", lines())


@pytest.mark.parametrize(("known", "left"), [
    (KnownDoubts(), True), (KnownDoubts(told=frozenset({(DoubtKind.MONTH_LEAP, 40)})), False), (KnownDoubts(answered=frozenset({(DoubtKind.MONTH_LEAP, 40)})), False),
    (KnownDoubts(answered=frozenset({(DoubtKind.SAME_RATIO, 40)})), True), (KnownDoubts(answered=frozenset({(DoubtKind.MONTH_LEAP, 41)})), True),
    (KnownDoubts(answered_units=frozenset({(DoubtKind.MONTH_LEAP, "衡南县")})), True)])
def test_what_was_told_or_answered_is_not_asked(known: KnownDoubts, left: bool) -> None:
    found = find_doubts({YEAR: [*plain_county(), project(40, [500, 1_050, 1_500, 2_000, 2_480, 12_000])]}, YEAR, 6, known=known)
    assert any(d.kind is DoubtKind.MONTH_LEAP for d in found) is left


@pytest.mark.parametrize(("answered", "units", "left"), [
    ((), (), True), (range(1, 13), (), False), (range(2, 13), (), True), ((), ("衡南县",), False), ((), ("衡东县",), True)])
def test_a_doubt_of_a_unit_is_answered_by_its_unit_or_by_all_its_projects(answered: Sequence[int], units: Sequence[str], left: bool) -> None:
    kind = DoubtKind.AT_TIME_PROGRESS
    county = [project(k, [*[None] * 5, (9_600 + 1_200 * k) / 2], 9_600 + 1_200 * k) for k in range(1, 13)]
    known = KnownDoubts(answered=frozenset((kind, k) for k in answered), answered_units=frozenset((kind, u) for u in units))
    assert any(d.kind is kind for d in find_doubts({YEAR: county}, YEAR, 6, known=known)) is left


def test_steps_in_which_amounts_are_written() -> None:
    for amounts, most, grain in (([], 0.85, 1), ([5_000_000] * 4, 0.85, 5_000_000), ([10_000_000] * 17 + [1] * 3, 0.85, 10_000_000), ([10_000_000] * 16 + [7_000] * 4, 0.85, 1_000),
                                 ([10_000_000] * 19 + [100], 0.95, 10_000_000), ([10_000_000] * 18 + [100] * 2, 0.95, 100), ([3], 0.85, 1)):
        assert grain_of(amounts, most) == grain


def test_when_works_count_as_grown_and_from_which_month_on() -> None:
    def lines() -> Iterator[str]:
        for start, planned, before, first, month in product((None, date(YEAR - 1, 8, 1), date(YEAR - 1, 7, 31), date(YEAR, 1, 5), date(YEAR, 3, 1)), (None, date(YEAR, 9, 1)), (0, 5_000), (1, 3), (2, 3, 5, 7, 12)):
            sums = [None] * (first - 1) + [100.0 * (m + 1) for m in range(12 - first + 1)]
            p = project(1, sums, invested_before=before * WAN, actual_start=start, planned_start=planned, nature="续建" if before else "新建")
            look = PeriodSetting.of({YEAR: [p]}, YEAR, month).units["衡南县"].looks[0]
            yield f"{start} {planned} {before} {first} {month}: {behind._grown(look, month)} {behind._start_month(p)} {p.begun} {short(behind._share_at(p, 'funds_arrived', month))} {quarter.thirds(p, month)}"

    hold(KEPT / "grown.txt", lines())


def test_names_and_places_of_twins() -> None:
    units = ("衡南县", "祁东县", "松木经开区")
    assert [twins._place(t, units) for t in ("衡南县三塘镇", "湖南省衡阳市祁东县归阳镇（一期）", "松木经开区", "")] == ["三塘镇", "归阳镇一期", "", ""]
    assert [twins._name(t, units) for t in ("衡南县标准厂房建设项目2", "祁东标准厂房工程", "松木经开区道路")] == ["标准厂房", "标准厂房", "道路"]


def _of(ask: Callable[[PeriodSetting], Iterator[Doubt]], projects: Sequence[ProjectYear], month: int = 6) -> str:
    """What one kind asks of a county, as a line."""
    found = ask(PeriodSetting.of({YEAR: list(projects)}, YEAR, month))
    return "; ".join(f"{d.strength.value} {list(d.projects)} {d.amount // WAN} {d.unit} {d.other_unit} {d.message}" for d in found) or "—"


def test_starts_where_the_ledger_keeps_them_and_where_it_does_not() -> None:
    def lines() -> Iterator[str]:
        for new, kept in product((4, 5, 6, 7, 10), (0, 2, 3, 4, 5)):
            own = [project(k, [0, 0, 0, 600, 1_200, 5_000 + k], nature="新建", invested_before=0, words=["", "", "", "", "", "办理前期手续"],
                           actual_start=date(YEAR, 3, 1) if k < 40 + kept else None) for k in range(40, 40 + new)]
            yield f"{kept} of {new} kept: {_of(starts_before_works, own)}"
        facts = {"nature": "新建", "invested_before": 0, "actual_start": None}
        for done, total, plan, permit in product((1_400, 1_800, 2_999, 3_600, 6_000, 8_572), (12_000, 24_000, 60_000), (12_000,), (None, date(YEAR, 5, 1), date(YEAR, 6, 30), date(YEAR, 7, 1))):
            for since, said in product((0, 1, 2), ("", "征地拆迁", "主体施工三层", "支付设备预付款", "支付土地款")):
                sums = [0.0] * (5 - since) + [done * (m + 1) / (since + 1) for m in range(since + 1)]
                p = project(40, sums, plan, words=["", "", "", "", "", said], total_investment=total * WAN, permits={} if permit is None else {"施工许可": permit}, **facts)
                yield f"{done} {total} {permit} {since} {said}: {_of(starts_before_works, [*plain_county(), p])}"
        for m, sums in ((1, [3_000.0]), (12, [0.0] * 11 + [6_000]), (2, [None, 3_000.0]), (6, [3_000.0, *[None] * 4, 3_000.0]), (6, [0, 0, 0, -100, 0, 3_000])):
            yield f"{m} {sums}: {_of(starts_before_works, [*plain_county(20, m), project(40, sums, **facts)], m)}"

    hold(KEPT / "starts.txt", lines())


def test_twins_sections_and_programmes() -> None:
    def twin(key: int, unit: str, name: str, place: str, total: int, builder: str = "恒达建设有限公司") -> ProjectYear:
        return replace(project(key, [500], unit=unit, builder=builder, location=place, total_investment=total * WAN), name=name)

    def lines() -> Iterator[str]:
        names = ("电缆生产线", "电缆生产线一标段", "电缆（祁东段）", "3标道路", "衡南县电缆生产线建设项目")
        for one, other, places, total in product(names, names, (("三塘镇", "三塘镇"), ("", ""), ("衡南县三塘镇", "三塘镇"), ("三塘镇", ""), ("甲村", "乙村")), (8_000, 8_100)):
            found = _of(twin_projects, [twin(1, "衡南县", one, places[0], 8_000), twin(2, "祁东县", other, places[1], total)], 1)
            if found != "—":
                yield f"{one} {other} {places} {total}: {found}"
        for crowd in (2, 3, 4, 5):
            held = [twin(k, ("衡南县", "祁东县")[k % 2], f"站点{k}", "三塘镇", 8_000) for k in range(crowd)]
            yield f"crowd of {crowd}: {_of(twin_projects, held, 1)}"
        for count in (39, 40, 41, 42):
            held = [twin(k, ("衡南县", "祁东县")[k % 2], f"站点{k}", f"{k // 3}村", 8_000 + k) for k in range(count)]
            yield f"{count} of one builder: {_of(twin_projects, held, 1).count(';')}"
        for total in (7_840, 7_839, 8_000, 8_163, 8_164):
            yield f"{total}: {_of(twin_projects, [twin(1, '衡南县', '甲', '三塘镇', 8_000), twin(2, '祁东县', '甲', '三塘镇', total)], 1)}"
        for builder in ("甲", "甲乙", "恒达建设", "衡阳市恒达建设集团有限公司", "恒达建设（衡阳）有限公司", "湖南恒达建设股份有限公司"):
            yield f"{builder}: {_of(twin_projects, [twin(1, '衡南县', '甲', '三塘镇', 8_000), twin(2, '祁东县', '甲', '三塘镇', 8_000, builder), twin(3, '祁东县', '甲', '三塘镇', 0, builder)], 1)}"

    hold(KEPT / "twins.txt", lines())


def test_words_of_papers_levelling_and_foundations_beside_money() -> None:
    def lines() -> Iterator[str]:
        for said, share, of_plan, before in product(("办理前期手续", "场地平整", "基础施工", "主体施工", ""), (10, 15, 16, 20, 25, 33, 50, 56, 72), (20, 40, 79, 80, 110), (0, 4)):
            total = 40_000
            done = total * share / 100 - total * before / 100
            p = project(40, [*[None] * 5, done], done * 100 / of_plan, invested_before=total * before * WAN // 100, total_investment=total * WAN, words=["", "", "", "", "", said],
                        nature="续建" if before else "新建", actual_start=date(YEAR, 1, 8))
            yield f"{said} {share} {of_plan} {before}: {_of(words_against_money, [*plain_county(), p])}"
        for why, at in product(("设备到货", "支付土地款"), (2, 5)):
            words = ["", "", "", "", "", "场地平整"]
            words[at] = why if at < 5 else f"场地平整，{why}"
            for done in (12_000, 19_000, 21_000):
                yield f"{why} {at} {done}: {_of(words_against_money, [*plain_county(), project(40, [*[None] * 5, done], 20_000, total_investment=40_000 * WAN, invested_before=0, words=words)])}"

    hold(KEPT / "wording.txt", lines())
