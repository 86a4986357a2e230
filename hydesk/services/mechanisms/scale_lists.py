"""规模榜单: monthly lists of units by size and pace, their definitions as data, with places gained and lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import Precision
from hydesk.domain.kept import exact
from hydesk.domain.measures.ranking import moved_among
from hydesk.domain.measures.starts import has_started
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.measures.words import moved_words, standing
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.money import MoneyUnit, format_money, format_percent
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.shipped_registers import SCALE
from hydesk.domain.standing import ProjectStanding
from hydesk.returns.dates import read_date
from hydesk.services.acts.writing import writing
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import open_register
from hydesk.services.rules.settings import get_setting, set_setting
from hydesk.services.standings.list_standings import list_units
from hydesk.services.standings.period_view import PeriodView, view_at
from hydesk.services.standings.read_scope import Within, within

SCALE_RULE = "scale_rule"
MAJOR = 100_000_000
"""From this total investment on (yuan) a project is 重大, unless the office sets another (our decision)."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """A unit on a list. ``place`` is None without a figure; ``before`` its place on the last list; ``gained`` the places
    it rose (negative: fell) among those on both lists."""

    unit: str
    value: Decimal | None
    shown: str
    place: int | None
    before: int | None
    gained: int | None
    compared: bool
    """Whether there is a last list to compare with."""

    @property
    def moved(self) -> str:
        """Places gained or lost since the last list, with its arrow: ↑2, ↓1, —, 新上榜."""
        if self.place is None or not self.compared:
            return "—"
        gained = self.gained
        if gained is None:
            return "新上榜"
        return moved_words(gained)


@dataclass(frozen=True, slots=True)
class ScaleList:
    """One list of the month. ``definition`` says what is counted; printed under it."""

    key: str
    title: str
    measure: str
    definition: str
    lines: tuple[ListLine, ...]
    note: str = ""
    """Who is not ranked, and why."""

    @property
    def id(self) -> str:
        """The id of the measure that the list ranks by."""
        return {"major_count": "count", "major_investment": "total_investment", "completion": "completion"}.get(self.key, "registered")


@dataclass(frozen=True, slots=True)
class _Kind:
    key: str
    title: str
    measure: str
    definition: str
    value: Callable[[Sequence[ProjectStanding], Mapping[str, int], int, PeriodView], Decimal | None]
    show: Callable[[Decimal], str]


def _yi(value: Decimal) -> str:
    return format_money(int(value), MoneyUnit.YI, 2)


def major_under_way(project: ProjectStanding, least: int, by: Yardstick) -> bool:
    """Whether a project is an industrial one of at least ``least`` yuan with works begun and not finished."""
    return (project.category == "产业发展" and has_started(project, by.on, money_starts=by.money_starts)
            and (project.actual_finish is None or project.actual_finish > by.on) and (project.total_investment or 0) >= least)


_KINDS = (
    _Kind("attracted", "引资额榜", "亿元", "各单位填报的当月止引资额", lambda s, f, m, v: _told(f, "attracted"), _yi),
    _Kind("granted", "争资额榜", "亿元", "各单位填报的当月止争取上级资金额", lambda s, f, m, v: _told(f, "granted"), _yi),
    _Kind("major_count", "在建重大产业项目个数榜", "个", "产业发展类、已开工未竣工、总投资{least}亿元及以上的项目个数",
          lambda s, f, m, v: Decimal(sum(major_under_way(p, m, v.yardstick) for p in s)), lambda v: f"{int(v)}"),
    _Kind("major_investment", "在建重大产业项目投资榜", "亿元", "产业发展类、已开工未竣工、总投资{least}亿元及以上的项目总投资",
          lambda s, f, m, v: Decimal(sum(p.total_investment or 0 for p in s if major_under_way(p, m, v.yardstick))), _yi),
    _Kind("completion", "年度投资完成率榜", "%", "本年累计完成投资除以年度计划投资，本期报送的单位参加",
          lambda s, f, m, v: sum_up(s).completion if s and v.reach.is_in(s[0].unit) else None, lambda v: format_percent(v, sign=False)),
)


_TOLD_WHOLE = ("attracted", "granted")
"""Lists of what a unit tells of itself as a whole."""


def _told(figures: Mapping[str, int], key: str) -> Decimal | None:
    return Decimal(figures[key]) if key in figures else None


def scale_lists(ledger: Ledger, period: Period, scope: Scope = WHOLE) -> tuple[ScaleList, ...]:
    """The month's lists, each unit with its place and the place it had a month before.

    Of ``scope`` only the units that have projects in it, by those; what a unit tells as a whole counts where it lies in the
    scope whole. A month before it is the same projects where the scope asks how they stand.
    While nobody has reported for the month, its completion list is that of the data date and nobody has moved.
    """
    least = least_major(ledger)
    view, wanted = view_at(ledger, period, scope), within(ledger, period, scope)
    now = _places(ledger, view, least, wanted)
    month = view.shown.last_month
    earlier = None if view.reach.nothing_in or month.number == 1 else view_at(
        ledger, month.previous(), WHOLE if scope.judged else scope)
    if earlier is not None and scope.judged:
        earlier = earlier.within({s.id for s in view.standings}, scope)
    before = _places(ledger, earlier, least, wanted) if earlier is not None else {}
    lists = []
    for kind in _KINDS:
        then = {unit: place for unit, (_, place) in before.get(kind.key, {}).items() if place is not None}
        today = {unit: place for unit, (_, place) in now[kind.key].items() if place is not None}
        gained = moved_among(today, then)
        lines = [ListLine(unit, value, "—" if value is None else kind.show(value), place, then.get(unit), gained.get(unit),
                          earlier is not None) for unit, (value, place) in now[kind.key].items()]
        lines.sort(key=lambda x: (x.place is None, x.place or 0))
        words = kind.definition.format(least=f"{Decimal(least) / MAJOR:f}")
        note = standing(view.reach) if kind.key == "completion" and (view.reach.late or view.reach.nothing_in) else ""
        if wanted is not None and kind.key in _TOLD_WHOLE:
            note = "这是单位整体填报的数，只列项目全在范围内的单位"
        lists.append(ScaleList(kind.key, kind.title, kind.measure, words, tuple(lines), note))
    return tuple(lists)


def least_major(ledger: Ledger) -> int:
    """From which total investment on (yuan) a project counts as 重大."""
    return get_setting(ledger, SCALE_RULE, MAJOR, lambda kept: int(exact(kept["least"])))  # type: ignore[no-any-return]


@writing
def set_least_major(ledger: Ledger, least: int, actor: Actor | None = None) -> None:
    """Count as 重大 from ``least`` yuan of total investment on; can be undone."""
    set_setting(ledger, SCALE_RULE, {"least": least}, "修改规模榜单的口径", actor)


def _places(
    ledger: Ledger, view: PeriodView, least: int, wanted: Within | None,
) -> dict[str, dict[str, tuple[Decimal | None, int | None]]]:
    """By list and unit: the figure and the place; equal figures share a place, nothing is not ranked."""
    standings = view.standings
    told = _figures(ledger, view.period)
    listed = {s.unit for s in standings}
    units = [u.name for u in list_units(ledger) if u.kind != "市直部门" and (not u.retired or u.name in listed)
             and (wanted is None or u.name in wanted.units)]
    if wanted is not None:
        told = {unit: figures for unit, figures in told.items() if unit in wanted.whole_units}
    of_unit = {u: [s for s in standings if s.unit == u] for u in units}
    found: dict[str, dict[str, tuple[Decimal | None, int | None]]] = {}
    for kind in _KINDS:
        values = {u: kind.value(of_unit[u], told.get(u, {}), least, view) for u in units}
        ordered = sorted((v for v in values.values() if v is not None), reverse=True)
        found[kind.key] = {u: (v, None if v is None else ordered.index(v) + 1) for u, v in values.items()}
    return found


def names_month(words: str, month: Period) -> bool:
    """Whether ``words`` (2023-06, 2023年6月, 6月份) name ``month``."""
    read = read_date(words, month.year)
    return read is not None and read.precision is Precision.MONTH and Period.month(read.day.year, read.day.month) == month


def _figures(ledger: Ledger, period: Period) -> dict[str, dict[str, int]]:
    register_id = register_called(ledger, SCALE)
    found: dict[str, dict[str, int]] = {}
    if register_id is not None:
        for record in open_register(ledger, register_id, period).records:
            if names_month(str(record.values.get("month", "")), period.last_month):
                found[str(record.values.get("unit"))] = {
                    k: v for k in _TOLD_WHOLE if isinstance(v := record.values.get(k), int)}
    return found
