"""同比: this year's list beside the same month of last year's, each over its own projects (docs/rules.md §3.8)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.measures.reach import Reach
from hydesk.domain.measures.totals import sum_up, total
from hydesk.domain.money import Yuan, points_between
from hydesk.domain.periods import Month, Period, Week
from hydesk.domain.standing import ProjectStanding


@dataclass(frozen=True, slots=True)
class YearSide:
    """One year's projects at the month compared, and how far its returns reach. No ``reach``: that year has no list."""

    period: Period
    projects: tuple[ProjectStanding, ...] = ()
    reach: Reach | None = None


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """This year's sums and last year's of the same month. Amounts are yuan, rates exact.

    ``why`` says why nothing is compared; the numbers of projects and what is known of each side stand nevertheless.
    """

    now: YearSide
    then: YearSide
    both: tuple[ProjectStanding, ...]
    """This year's projects that stand on both lists."""
    done: Yuan | None
    done_then: Yuan | None
    completion: Decimal | None
    completion_then: Decimal | None
    same: tuple[Yuan, Yuan] | None
    """What the projects on both lists that have a figure in both years did, now and then; None without any."""
    why: str

    @property
    def difference(self) -> Yuan | None:
        """同比增减额; None where nothing is compared."""
        return None if self.why or self.done is None or self.done_then is None else self.done - self.done_then

    @property
    def growth(self) -> Decimal | None:
        """同比增长 of the amount, 0.1 = 10 %; None where nothing is compared or nothing was done then."""
        return None if self.difference is None or not self.done_then else Decimal(self.difference) / self.done_then

    @property
    def points(self) -> Decimal | None:
        """完成率 less last year's of the same month, exact; None where nothing is compared or a list has no plan."""
        if self.why or self.completion is None or self.completion_then is None:
            return None
        return self.completion - self.completion_then

    @property
    def shown_points(self) -> Decimal | None:
        """``points`` as they are told: the two rates as printed, one less the other."""
        return None if self.why else points_between(self.completion, self.completion_then)

    @property
    def same_growth(self) -> Decimal | None:
        """可比增长: of the projects on both lists alone."""
        return None if self.why or self.same is None or not self.same[1] else Decimal(self.same[0] - self.same[1]) / self.same[1]

    @property
    def words(self) -> str:
        """Which projects are compared: 2023年6月388个项目，2022年6月281个（2022年清单），两年都在清单上的210个."""
        if self.then.reach is None:
            return self.why
        said = (f"{self.now.period.label}{len(self.now.projects)}个项目，{self.then.period.label}{len(self.then.projects)}个（{self.then.period.year}年清单），"
                f"两年都在清单上的{len(self.both)}个")
        return f"{said}；不比：{self.why}" if self.why else said


def year_before(period: Period) -> Period | None:
    """The same month, or week, of the year before; None for a week 53 that the year before has not."""
    if isinstance(period, Month):
        return Period.month(period.year - 1, period.number)
    assert isinstance(period, Week)
    try:
        return Period.week(period.year - 1, period.number)
    except ValueError:
        return None


def compare_years(now: YearSide, then: YearSide, listed_then: Iterable[ProjectStanding] | None = None) -> YearOnYear:
    """The two sides beside one another. Neither is compared while units holding nine tenths of its plan are not in.

    ``listed_then``: last year's projects where the sides are a part of them that a project may have come into since, such
    as 新建 of each year: by these it is told which stand on both lists.
    """
    here, before = sum_up(now.projects), sum_up(then.projects)
    old = {p.id: p for p in (then.projects if listed_then is None else listed_then)}
    both = tuple(p for p in now.projects if p.id in old)
    told = [(p.year_investment, old[p.id].year_investment) for p in both]
    pairs = [(a, b) for a, b in told if a is not None and b is not None]
    return YearOnYear(
        now, then, both, here.known("year_investment"), before.known("year_investment"), here.completion, before.completion,
        (total(a for a, _ in pairs), total(b for _, b in pairs)) if pairs else None, _why(now, then))


def _why(now: YearSide, then: YearSide) -> str:
    if then.reach is None:
        return f"台账里没有{then.period.year}年的清单"
    if not then.projects:
        return f"{then.period.year}年的清单里没有这些项目"
    if now.reach is None or not now.reach.known:
        return "本期没有数"
    if not then.reach.own or then.reach.shown != then.period:
        return f"{then.period.label}没有数"
    if not now.reach.complete:
        return f"{now.period.label}报送不足九成"
    return "" if then.reach.complete else f"{then.period.label}报送不足九成"
