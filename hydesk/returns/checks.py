"""Stage 'checks': what a return is checked for, as a table of rules (docs/rules.md §7.2).

Each rule looks at one row and says what was found, what was expected and what to do. ``RULES`` gives the order and
each rule's level, so that the office can switch rules off or give them another level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.domain.fields import LEDGER_MONEY, PROGRESS_MONEY, Field
from hydesk.domain.findings import Level
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, PeriodFigures
from hydesk.returns.date_checks import (
    DATED,
    finish_before_start,
    finished_unspent,
    start_changed,
    start_later,
    start_of_ground,
    start_to_come,
    start_undone,
)
from hydesk.returns.edit_checks import ledger_edited
from hydesk.returns.own_cells import own_changed
from hydesk.returns.pace_checks import month_leaps
from hydesk.returns.row_amounts import got, held_before, tolerance, wan
from hydesk.returns.row_reading import RowReading
from hydesk.returns.scale_checks import unit_slip
from hydesk.returns.scaled_cells import scaled_off
from hydesk.returns.values import Reading
from hydesk.returns.week_checks import (
    last_sum_differs,
    week_blank,
    week_mismatch,
    week_over_total,
    week_over_year,
)

Rule = Callable[[RowReading, KnownProject, Level, str], None]
FIXED = frozenset({"negative"})
"""Rules over what the ledger takes in no way at all (docs/rules.md §7.5): no office can soften them."""
_DISPLAY = 60
"""Half a unit of 万元's second decimal and a little, yuan: differences below come from rounding on paper."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What the office has set: levels per rule (None switches it off) and the difference that is let pass."""

    levels: Mapping[str, Level | None] = field(default_factory=dict)
    tolerance: Yuan = _DISPLAY
    """Differences between figures up to this many yuan, beside their own rounding, are not spoken of."""

    def level(self, code: str) -> Level | None:
        """The level in force for a rule; what the ledger takes in no way at all is an error whatever was set."""
        return Level.ERROR if code in FIXED else self.levels.get(code, RULES[code].level)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: its level unless the office sets another, its name for the settings, and what it does."""

    level: Level
    title: str
    run: Rule
    of_dates: bool = False
    """Looks at a row that holds a start or a finish only."""


def check_rows(readings: Iterable[RowReading], rules: RuleSet | None = None) -> Iterator[RowReading]:
    """Runs every rule in force over each matched row and hands it on; findings are added to it."""
    rules = rules or RuleSet()
    in_force = [(check.run, level, code, check.of_dates) for code, check in RULES.items()
                if (level := rules.level(code)) is not None]
    for reading in readings:
        project = reading.project
        if project is not None:
            reading.slack = rules.tolerance
            dated = any(f in reading.values for f, _ in DATED)
            for run, level, code, of_dates in in_force:
                if dated or not of_dates:
                    run(reading, project, level, code)
        yield reading


def _follows(r: RowReading, p: KnownProject) -> bool:
    """Whether the ledger's newest figures are of the end of the month just before, so that month and sum must join."""
    if p.previous is None or p.previous.stated is not None:
        return False
    return p.previous.period == r.table.period.previous()


def label_in(f: Field, period: Period) -> str:
    """A field's name in a return for ``period``: a week's sum is 年初至本周累计."""
    return "年初至本周累计完成投资" if f is Field.YEAR_INVESTMENT and not period.is_month else f.label


def _earlier(p: KnownProject, f: Field) -> tuple[Yuan, PeriodFigures] | None:
    """The greatest sum to date that is held beside this period's, and where: the period before, a week of the month,
    or the last month's closing."""
    found: tuple[Yuan, PeriodFigures] | None = None
    for held in (p.previous, p.newest, p.closing):
        if held is None:
            continue
        done = held.money.get(f)
        if done is None and f is Field.TOTAL_INVESTED and p.invested_before is not None:
            year = held.money.get(Field.YEAR_INVESTMENT)
            done = p.invested_before + year if year is not None else None
        if done is not None and (found is None or done > found[0]):
            found = done, held
    return found


def _when(p: KnownProject, held: PeriodFigures) -> str:
    return "上期" if held is p.previous else held.period.label_at(held.day)


def _slipped(r: RowReading, f: Field) -> bool:
    return any(x.code == "unit_slip" and x.field is f for x in r.findings)


def _wrong(r: RowReading, f: Field) -> bool:
    """Whether an error already stands at this figure: its consequences need no second word."""
    return any(x.field is f and x.level is Level.ERROR for x in r.findings)


def _negative(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    for f in (*LEDGER_MONEY, *PROGRESS_MONEY):
        value = got(r, f)
        if value is not None and value < 0:
            r.find(level, code, f"{f.label}为负数 {wan(value)} 万元。请核实后改正", f)


def _fell(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    _sum_fell(r, p, level, code, Field.YEAR_INVESTMENT)


def _sum_fell(r: RowReading, p: KnownProject, level: Level, code: str, f: Field) -> None:
    value = got(r, f)
    if value is None or value < 0 or (earlier := _earlier(p, f)) is None or value >= earlier[0] - tolerance(r, f) or _slipped(r, f):
        return
    done, held = earlier
    r.find(level, code, (
        f"{label_in(f, r.table.period)} {wan(value)} 万元，比{_when(p, held)}的 {wan(done)} 万元少 {wan(done - value)} 万元，"
        "累计数不应减少。请核实"), f)


def _since_start_fell(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    _sum_fell(r, p, level, code, Field.TOTAL_INVESTED)


def _over_total(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    totals = [t for t in (p.total_investment, got(r, Field.TOTAL_INVESTMENT)) if t and t > 0]
    if not totals or (p.total_investment and _slipped(r, Field.TOTAL_INVESTMENT)):
        totals = [p.total_investment] if p.total_investment else []
    if not totals:
        return
    total = max(totals)
    for f, base in ((Field.YEAR_INVESTMENT, p.invested_before or 0), (Field.TOTAL_INVESTED, 0)):
        value = got(r, f)
        if value is None or value <= 0 or _slipped(r, f):
            continue
        over = value + base - total
        if value > total + tolerance(r, f) or (over > max(tolerance(r, f), total // 1000) and _new_excess(r, p, f, total, base)):
            r.find(level, code, (
                f"{'截至上年底与' if base else ''}{f.label}{'之和' if base else ''} {wan(value + base)} 万元，"
                f"超过总投资 {wan(total)} 万元。请核实"), f)


def _new_excess(r: RowReading, p: KnownProject, f: Field, total: Yuan, base: Yuan) -> bool:
    """Whether the excess is this period's: one that the ledger already holds was taken knowingly."""
    before = held_before(p, f)
    return before is None or before + base <= total


def _year_mismatch(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    month, year = got(r, Field.MONTH_INVESTMENT), got(r, Field.YEAR_INVESTMENT)
    before = held_before(p, Field.YEAR_INVESTMENT)
    if month is None or year is None or before is None or month < 0 or not _follows(r, p):
        return
    if any(_slipped(r, f) or _wrong(r, f) for f in (Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT)):
        return
    gap = year - (before + month)
    if abs(gap) > tolerance(r, Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT):
        r.find(level, code, (
            f"上期累计 {wan(before)} ＋ 本月 {wan(month)} ≠ 本期累计 {wan(year)} 万元，差 {wan(abs(gap))} 万元。"
            "请核实是本月数还是累计数有误"), Field.YEAR_INVESTMENT)


def month_exceeds_year(r: RowReading) -> bool:
    """Whether the month is more than the whole year up to it, of which it is a part."""
    month, year = got(r, Field.MONTH_INVESTMENT), got(r, Field.YEAR_INVESTMENT)
    if month is None or year is None or month <= year or year < 0:
        return False
    return month > year + tolerance(r, Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT)


def _month_over_year(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    if month_exceeds_year(r) and not any(
        _slipped(r, f) or _wrong(r, f) for f in (Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT)
    ):
        r.find(level, code, (
            f"本月 {wan(got(r, Field.MONTH_INVESTMENT))} 万元，比年初至本月累计 {wan(got(r, Field.YEAR_INVESTMENT))} 万元还多，"
            "必有一个不对（或两格填反）。请核实"), Field.MONTH_INVESTMENT)


def _since_start_mismatch(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    since = got(r, Field.TOTAL_INVESTED)
    if since is None or since < 0 or p.invested_before is None or _slipped(r, Field.TOTAL_INVESTED):
        return
    month, before = got(r, Field.MONTH_INVESTMENT), held_before(p, Field.YEAR_INVESTMENT)
    year = got(r, Field.YEAR_INVESTMENT)
    if year is None and month is not None and before is not None and _follows(r, p):
        year = before + month
    if year is None or year < 0 or (month is not None and month < 0):
        return
    if any(_slipped(r, f) for f in (Field.YEAR_INVESTMENT, Field.MONTH_INVESTMENT)):
        return
    gap = since - (p.invested_before + year)
    if abs(gap) > tolerance(r, Field.TOTAL_INVESTED, Field.YEAR_INVESTMENT, Field.MONTH_INVESTMENT):
        r.find(level, code, (
            f"截至上年底 {wan(p.invested_before)} ＋ 年初至今 {wan(year)} ≠ 开工累计 {wan(since)} 万元，"
            f"差 {wan(abs(gap))} 万元。请核实"), Field.TOTAL_INVESTED)


def _month_alone(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """A month that would carry the project above its total or far above its plan when no sum stands beside it."""
    month = got(r, Field.MONTH_INVESTMENT)
    if month is None or month <= 0 or got(r, Field.YEAR_INVESTMENT) is not None or _slipped(r, Field.MONTH_INVESTMENT):
        return
    before = held_before(p, Field.YEAR_INVESTMENT)
    total = p.total_investment
    if before is not None and total and (p.invested_before or 0) + before + month > total + tolerance(r, Field.MONTH_INVESTMENT):
        already = (p.invested_before or 0) + before > total
        if not already:
            r.find(level, code, (
                f"本月 {wan(month)} 万元加上此前累计，超过总投资 {wan(total)} 万元。请核实"), Field.MONTH_INVESTMENT)


def _copied_month(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    month, before = got(r, Field.MONTH_INVESTMENT), held_before(p, Field.MONTH_INVESTMENT)
    if month and before and month > 0 and abs(month - before) <= 50 and _follows(r, p):
        r.find(level, code, f"本月完成 {wan(month)} 万元，与上月一分不差，疑似照抄上月。请核实", Field.MONTH_INVESTMENT)


def _ledger_differs(f: Field, label: str) -> Callable[[RowReading, KnownProject, Level, str], None]:
    def rule(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
        known = {Field.TOTAL_INVESTMENT: p.total_investment, Field.INVESTED_BEFORE: p.invested_before,
                 Field.ANNUAL_PLAN: p.annual_plan}[f]
        value = got(r, f)
        if value is None or known is None or value < 0 or _slipped(r, f):
            return
        if r.amounts[f].reading is Reading.PLACEHOLDER and not known:
            return
        if abs(value - known) > max(tolerance(r, f), known // 500_000):
            r.find(level, code, (
                f"{label}写 {wan(value)} 万元，台账为 {wan(known)} 万元。如确有调整请在核对时接受，否则请改正"), f)
    return rule


def _blank_key(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    for f in (Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED):
        a = r.amounts.get(f)
        if a is None or a.reading is not Reading.BLANK or _weekly_and_told(r, p):
            continue
        if held_before(p, f) or (f is not Field.MONTH_INVESTMENT and held_before(p, Field.YEAR_INVESTMENT)):
            r.find(level, code, f"{label_in(f, r.table.period)}空着，上期有数。请补填，没有新增也应填 0 或原累计数", f)
        elif f is Field.MONTH_INVESTMENT and p.previous is not None:
            r.find(level, code, f"{f.label}空着。请补填，没有新增请填 0", f)
    for f, known in ((Field.ANNUAL_PLAN, p.annual_plan), (Field.TOTAL_INVESTMENT, p.total_investment), (Field.INVESTED_BEFORE, p.invested_before)):
        a = r.amounts.get(f)
        if a is not None and a.reading is Reading.BLANK and known:
            r.find(level, code, f"{f.label}空着，台账为 {wan(known)} 万元。请补填", f)


def _weekly_and_told(r: RowReading, p: KnownProject) -> bool:
    """Whether a sum left blank in a week's return needs no word: 本周 is told, or there was no return last week."""
    return not r.table.period.is_month and (p.week_before is None or got(r, Field.WEEK_INVESTMENT) is not None)


def _over_plan(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    year = got(r, Field.YEAR_INVESTMENT)
    if year and p.annual_plan and year > p.annual_plan:
        r.find(level, code, f"完成率 {year * 100 / p.annual_plan:.2f}%，已超过年度计划", Field.YEAR_INVESTMENT)


RULES: dict[str, Check] = {
    "format_scale": Check(Level.ERROR, "数字格式带缩放，显示的数差整倍数", scaled_off),
    "unit_slip": Check(Level.ERROR, "与台账相差约一万倍（单位写错）", unit_slip),
    "negative": Check(Level.ERROR, "金额为负数", _negative),
    "ytd_fell": Check(Level.ERROR, "年初至今累计比上期减少", _fell),
    "since_start_fell": Check(Level.ERROR, "开工累计比上期减少", _since_start_fell),
    "over_total": Check(Level.ERROR, "累计完成超过总投资", _over_total),
    "month_over_total": Check(Level.WARNING, "本月数使累计超过总投资", _month_alone),
    "ytd_mismatch": Check(Level.WARNING, "上期累计＋本月≠本期累计", _year_mismatch),
    "month_over_year": Check(Level.ERROR, "本月数大于年初至本月累计", _month_over_year),
    "week_mismatch": Check(Level.WARNING, "上周累计＋本周≠本周末累计", week_mismatch),
    "week_over_year": Check(Level.ERROR, "本周数大于年初至本周累计", week_over_year),
    "week_over_total": Check(Level.WARNING, "本周数使累计超过总投资", week_over_total),
    "last_sum_differs": Check(Level.WARNING, "周报里的上周或上月底累计与台账不同", last_sum_differs),
    "since_start_mismatch": Check(Level.WARNING, "上年底累计＋年初至今≠开工累计", _since_start_mismatch),
    "month_leaps": Check(Level.WARNING, "一个月完成了大半年计划，或数倍于此前各月", month_leaps),
    "copied_month": Check(Level.WARNING, "本月数与上月一分不差", _copied_month),
    "own_changed": Check(Level.WARNING, "自建栏目与台账不同", own_changed),
    "total_changed": Check(Level.WARNING, "总投资与台账不同", _ledger_differs(Field.TOTAL_INVESTMENT, "总投资")),
    "plan_changed": Check(Level.WARNING, "年度计划与台账不同", _ledger_differs(Field.ANNUAL_PLAN, "年度计划投资")),
    "before_changed": Check(
        Level.WARNING, "截至上年底累计与台账不同", _ledger_differs(Field.INVESTED_BEFORE, "截至上年底累计完成")),
    "week_blank": Check(Level.WARNING, "本周数空着", week_blank),
    "blank_key": Check(Level.WARNING, "上期有数而本期空着", _blank_key),
    "ledger_edited": Check(Level.WARNING, "与上次报表之后台账的更正不同", ledger_edited),
    "start_undone": Check(Level.WARNING, "台账已记开工（竣工），本期又写未到", start_undone, True),
    "start_to_come": Check(Level.WARNING, "实际开工（竣工）时间还没有到", start_to_come, True),
    "start_changed": Check(Level.WARNING, "实际开工（竣工）时间与台账不同", start_changed, True),
    "finish_before_start": Check(Level.WARNING, "竣工早于开工", finish_before_start, True),
    "finished_unspent": Check(Level.WARNING, "写已竣工而投资远未完成", finished_unspent, True),
    "start_of_ground": Check(Level.NOTE, "只有场地平整等，写了开工", start_of_ground, True),
    "start_later": Check(Level.NOTE, "计划开工时间推迟", start_later, True),
    "over_plan": Check(Level.NOTE, "完成率超过 100%", _over_plan),
}
"""Every rule. The order matters: a later rule passes over a figure that an earlier one has already named."""
