"""The words by which patterns name measures, and how each is reckoned over chosen projects (docs/rules.md §17.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.lists import count_packages
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.finishes import Goal
from hydesk.domain.measures.named import MEASURES, Quantity
from hydesk.domain.measures.need import months_left
from hydesk.domain.measures.preparation import has_converted, prepares, still_prepares
from hydesk.domain.measures.subjects import GOAL_MEASURES
from hydesk.domain.money import points_between, rate, settled, spread
from hydesk.domain.periods import Month
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.notices.chosen import Chosen
from hydesk.reports.notices.unlisted import listable, unlisted

Value = int | Decimal | None
Projects = Sequence[ProjectStanding]


@dataclass(frozen=True, slots=True)
class Saying:
    """A measure that patterns may name. ``id`` is its own (``domain/measures/named``), ``names`` what the office calls it.

    ``value`` reckons it; ``behind`` are the projects it is over. ``signs`` are the words for more, less and level, of a
    difference: they are written by the figure.
    """

    id: str
    names: tuple[str, ...]
    value: Callable[[Chosen], Value]
    behind: Callable[[Chosen], Projects]
    signs: tuple[str, str, str] | None = None
    lack: Callable[[Chosen], str] = lambda c: "没有数"
    shown: Callable[[Chosen], Decimal | None] | None = None
    """Of a difference of rates: that of the two as printed, which is what is written; ``value`` is exact and orders."""

    @property
    def quantity(self) -> Quantity:
        """What it counts in."""
        return MEASURES[self.id].quantity


def _all(chosen: Chosen) -> Projects:
    return chosen.projects


def _sum(id: str, attribute: str, *names: str) -> Saying:
    return Saying(id, names, lambda c: c.totals.known(attribute), lambda c: [p for p in c.projects if getattr(p, attribute) is not None],
                  lack=lambda c: "没有项目" if not c.projects else "没有数")


def _counted(id: str, of: Callable[[Chosen], Projects], *names: str) -> Saying:
    return Saying(id, names, lambda c: len(of(c)), of)


def _rate(id: str, part: Callable[[Chosen], Projects], whole: Callable[[Chosen], Projects], none: str, *names: str) -> Saying:
    return Saying(id, names, lambda c: Decimal(len(part(c))) / len(own) if (own := whole(c)) else None, part, lack=lambda _c: none)


def _plan_lack(c: Chosen) -> str:
    if not c.projects:
        return "没有项目"
    return "没有年度计划" if not c.totals.annual_plan else "没有完成投资数"


def _gap(c: Chosen) -> Decimal | None:
    by = c.basis.yardstick
    if c.one is not None:
        return by.gap(c.one)
    return by.gap_of(c.totals.known("year_investment"), c.totals.annual_plan, c.reach.compare_at)


def _shown_gap(c: Chosen) -> Decimal | None:
    by = c.basis.yardstick
    if c.one is not None:
        return by.shown_gap(c.one)
    return by.shown_gap_of(c.totals.known("year_investment"), c.totals.annual_plan, c.reach.compare_at)


def _gap_lack(c: Chosen) -> str:
    return _plan_lack(c) if c.totals.completion is None else "报送不足九成，不与时间进度比较"


def _against_whole(c: Chosen) -> Decimal | None:
    own, whole = c.totals.completion, c.world.whole.totals.completion
    return None if own is None or whole is None else own - whole


def judged(c: Chosen) -> Projects:
    """The projects set against what was due by the date of their own figures: reported, with a plan."""
    by = c.basis.yardstick
    return [p for p in c.projects if by.reported(p) and by.gap(p) is not None]


def on_schedule(c: Chosen) -> Projects:
    """Of those, the ones that have done what was due, or more."""
    return [p for p in judged(c) if settled(c.basis.yardstick.gap(p) or Decimal(0)) >= 0]


def _meant(*meanings: Meaning) -> Callable[[Chosen], Projects]:
    return lambda c: [p for p in c.projects if c.basis.lamps[p.id].meaning in meanings]


def _gain(c: Chosen) -> Value:
    return c.basis.gain_over(c.projects)


def _gained(c: Chosen) -> Projects:
    held = {} if c.basis.gain is None else c.basis.gain.by_project
    return [p for p in c.projects if p.id in held]


def _before(c: Chosen) -> Callable[[ProjectStanding], bool]:
    due = {p.id for p in c.starts.due}
    return lambda p: p.id not in due


def _within(c: Chosen, day: object) -> bool:
    period = c.basis.period
    return day is not None and period.start <= day <= min(period.end, c.basis.on)  # type: ignore[operator]


def _prepared(kind: str) -> Callable[[Chosen], Projects]:
    def of(c: Chosen) -> Projects:
        b, year = c.basis, c.basis.period.year
        money = b.judging.money_starts
        tests: Mapping[str, Callable[[ProjectStanding], bool]] = {
            "prepared": lambda p: prepares(p, year), "converted": lambda p: has_converted(p, year, b.on, money_starts=money),
            "still": lambda p: still_prepares(p, year, b.on, money_starts=money)}
        return [p for p in c.projects if tests[kind](p)]
    return of


def _left(c: Chosen) -> Value:
    done = c.totals.known("year_investment")
    return None if done is None or not c.totals.annual_plan else max(c.totals.annual_plan - done, 0)


def _needed(c: Chosen) -> Value:
    left, months = _left(c), months_left(c.basis.reach.as_of)
    return None if left is None or not months else spread(left, months)


def _place(c: Chosen) -> Value:
    placed = {r.name: r.place for r in c.basis.ranking}
    units = {p.unit for p in c.projects}
    return placed.get(units.pop()) if len(units) == 1 else None


def _years(name: str) -> Callable[[Chosen], Value]:
    return lambda c: getattr(c.years, name)


def _why(c: Chosen) -> str:
    return c.years.why or "上年同期没有数"


_UP = ("提高", "下降", "持平")


def _goal(goal: Goal, *period: Saying) -> Iterable[Saying]:
    word, ids = goal.value, GOAL_MEASURES[goal]

    def lists(name: str) -> Callable[[Chosen], Projects]:
        return lambda c: getattr(c.finishes(goal), name)

    yield from (_counted(ids[name], lists(name), *names) for name, names in {
        "planned": (f"计划{word}",), "finished": (f"已{word}",), "due": (f"到期应{word}", f"应{word}"), "overdue": (f"到期未{word}",),
        "early": (f"提前{word}",), "unplanned": (f"计划外{word}",)}.items())
    yield _rate(ids["year_rate"], lists("finished"), lists("planned"), f"没有计划{word}的项目", f"年度{word}率", f"{word}率")
    yield _rate(ids["due_rate"], lists("finished"), lists("due"), f"没有到期应{word}的项目", f"到期{word}率")
    yield from period


SAYINGS: tuple[Saying, ...] = (
    _counted("count", _all, "个数", "项目个数", "项目数"),
    Saying("split_count", ("拆分后个数", "拆分个数"), lambda c: count_packages(c.split(c.basis.sources.parts)).split, _all),
    _sum("total_investment", "total_investment", "总投资"),
    _sum("annual_plan", "annual_plan", "计划", "年度计划", "年度计划投资", "年计划投资", "年投资计划"),
    _sum("year_investment", "year_investment", "完成", "完成投资", "完成投资额", "累计完成", "年初至今完成"),
    Saying("completion", ("完成率", "投资完成率", "占年度计划", "占年计划"), lambda c: c.totals.completion, _all, lack=_plan_lack),
    Saying("time_progress", ("时间进度",), lambda c: c.basis.time_progress, _all),
    Saying("gap", ("超欠", "超欠时间进度", "比时间进度"), _gap, _all, ("超时间进度", "欠时间进度", "与时间进度持平"), _gap_lack,
           _shown_gap),
    Saying("points_of_whole", ("比总体", "比全部", "高低于总体"), _against_whole, _all, ("高于总体", "低于总体", "与总体持平"), _plan_lack,
           lambda c: points_between(c.totals.completion, c.world.whole.totals.completion)),
    Saying("planned_to_date", ("应完成", "序时计划", "截至目前应完成"), lambda c: int(settled(c.schedule.planned).to_integral_value("ROUND_HALF_UP"))
           if c.schedule.told else None, _all, lack=lambda _c: "没有项目有序时计划"),
    Saying("schedule_rate", ("完成序时", "序时完成率", "占序时计划"), lambda c: c.schedule.rate, _all, lack=lambda _c: "没有序时计划，或到目前没有应完成的"),
    _counted("on_schedule", on_schedule, "达到序时", "达到序时个数"),
    _rate("on_schedule_rate", on_schedule, judged, "没有可以比较的项目", "达到序时率"),
    Saying("month_gain", ("本期新增", "本月新增", "本周新增"), _gain, _gained, lack=lambda _c: "本期没有新增数"),
    _sum("total_invested", "total_invested", "开工累计", "开工累计完成"),
    Saying("total_completion", ("总投资完成率", "占总投资"), lambda c: rate(c.totals.known("total_invested"), c.totals.total_investment), _all),
    _sum("invested_before", "invested_before", "截至上年底累计", "上年底累计"),
    _sum("funds", "funds_arrived", "到位资金", "资金"),
    Saying("funds_rate", ("资金到位率",), lambda c: c.totals.funds.rate, _all, lack=lambda _c: "报了资金的不足计划的一半"),
    _sum("statistics", "statistics_year", "入统投资", "入统"),
    Saying("statistics_rate", ("入统率",), lambda c: c.totals.statistics.rate, _all, lack=lambda _c: "报了入统投资的不足计划的一半"),
    _counted("listable", listable, "应统", "应统个数"), _counted("unlisted", unlisted, "应统未统", "应统未统个数"),
    Saying("left", ("还差", "距年度计划还差"), _left, _all, lack=_plan_lack),
    Saying("need", ("每月需完成", "每月需完成投资"), _needed, _all, lack=lambda c: _plan_lack(c) if _left(c) is None else "一年已经过完"),
    Saying("months_left", ("剩余月数",), lambda c: months_left(c.basis.reach.as_of), _all),
    _counted("unreported", _meant(Meaning.UNREPORTED), "未报", "未报个数"),
    _counted("meaning", _meant(Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING), "滞后", "滞后个数"),
    _counted("problems", lambda c: [p for p in c.projects if c.basis.says(p.problem_text)], "问题", "有问题个数"),
    Saying("count_then", ("上年同期个数",), lambda c: len(c.years.then.projects) if c.years.then.reach else None, lambda c: c.years.then.projects, lack=_why),
    _counted("count_both", lambda c: c.years.both, "两年都在", "两年都在的个数"),
    Saying("year_investment_then", ("上年同期完成", "上年同期"), _years("done_then"), lambda c: c.years.then.projects, lack=_why),
    Saying("difference_of_years", ("同比增减", "同比增减额"), _years("difference"), _all, ("同比增加", "同比减少", "与上年同期持平"), _why),
    Saying("growth", ("同比", "同比增长"), _years("growth"), _all, ("同比增长", "同比下降", "与上年同期持平"), _why),
    Saying("same_growth", ("可比增长",), _years("same_growth"), lambda c: c.years.both, ("可比增长", "可比下降", "可比持平"), _why),
    Saying("completion_then", ("上年同期完成率",), _years("completion_then"), lambda c: c.years.then.projects, lack=_why),
    Saying("points_of_years", ("完成率同比", "比上年同期"), _years("points"), _all,
           ("高于上年同期", "低于上年同期", "与上年同期持平"), _why, lambda c: c.years.shown_points),
    _counted("planned_starts", lambda c: c.starts.planned, "计划新开工", "计划开工"),
    _counted("started", lambda c: c.starts.started, "已开工", "新开工"),
    _rate("year_start_rate", lambda c: c.starts.started, lambda c: c.starts.planned, "没有计划新开工的项目", "年度开工率", "开工率"),
    _counted("due_starts", lambda c: c.starts.due, "到期应开工", "应开工"),
    _counted("due_started", lambda c: [p for p in c.starts.due if p not in c.starts.overdue], "到期已开工"),
    _rate("due_start_rate", lambda c: c.starts.started, lambda c: c.starts.due, "没有到期应开工的项目", "到期开工率"),
    _counted("overdue_starts", lambda c: c.starts.overdue, "到期未开工", "未按计划开工"),
    _counted("early_starts", lambda c: c.starts.early, "提前开工"),
    _counted("starts_before_due", lambda c: list(filter(_before(c), c.starts.started)), "未到期先开工"),
    _counted("period_starts", lambda c: [p for p in c.starts.started if _within(c, p.actual_start)], "本期开工", "本月开工", "本周开工"),
    _counted("soon_starts", lambda c: [p for p in c.starts.planned if p not in c.starts.started and p not in c.starts.overdue], "年内待开工"),
    _counted("money_without_start", lambda c: c.starts.money_only, "有投资未记开工"),
    Saying("works_rate", ("开复工率",), lambda c: c.starts.counted.works_rate, lambda c: (*c.starts.resumed, *c.starts.started),
           lack=lambda _c: "没有续建和计划新开工的项目"),
    *_goal(Goal.FINISH, _counted("period_finishes", lambda c: [p for p in c.finishes(Goal.FINISH).finished if _within(c, p.actual_finish)],
                                 "本期竣工", "本月竣工", "本周竣工")),
    *_goal(Goal.PRODUCTION), *_goal(Goal.CAPACITY),
    _counted("prepared", _prepared("prepared"), "前期项目", "前期个数"), _counted("converted", _prepared("converted"), "前期转开工"),
    _counted("still_prepared", _prepared("still"), "仍在前期"),
    _rate("conversion_rate", _prepared("converted"), _prepared("prepared"), "没有前期项目", "前期转化率"),
    Saying("place", ("位次", "排名"), _place, _all, lack=lambda _c: "不是一个参加排名的单位"),
)
"""All of them."""
BY_NAME: Mapping[str, Saying] = {name: s for s in SAYINGS for name in s.names}
"""By every name."""
PERIOD_NAMES = {"本月新增": True, "本月开工": True, "本月竣工": True, "本周新增": False, "本周开工": False, "本周竣工": False}
"""Names that say which kind of period a report is of: whether of a month."""


def fits(name: str, chosen: Chosen) -> bool:
    """Whether ``name`` can be said in a report of this kind of period: no 本周 in a month's."""
    return PERIOD_NAMES.get(name, isinstance(chosen.basis.period, Month)) == isinstance(chosen.basis.period, Month)
