"""Compile a report of any kind from what the ledger holds, with the office's form and a person's sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Month, Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.about import is_of, leaders_of
from hydesk.reports.basis import Judging
from hydesk.reports.check import ensure_agreement
from hydesk.reports.compare import same_but_for_date
from hydesk.reports.compile import compile_standings
from hydesk.reports.form import ReportForm
from hydesk.reports.kinds import KINDS, About, ReportKind
from hydesk.reports.model import Report
from hydesk.reports.notices.asked import asks_notices, asks_outlook, compares_years
from hydesk.reports.sources import PublishedNaming, Sources
from hydesk.reports.texts import lay_over
from hydesk.services.acts.one_view import one_view
from hydesk.services.reports.archived_report import LastIssue, last_issue, open_issue
from hydesk.services.reports.board_lines import read_boards
from hydesk.services.reports.card_photos import card_photos
from hydesk.services.reports.gather_sources import gather_sources
from hydesk.services.reports.report_forms import report_form, report_texts
from hydesk.services.standings.list_standings import list_units
from hydesk.services.standings.period_view import PeriodView, read_view, view_before
from hydesk.services.standings.read_figures import figures_of_year

__all__ = ["KINDS", "About", "Report", "ReportKind", "compile_each", "compile_report", "find_subject"]


@one_view
def compile_report(
    ledger: Ledger, kind: ReportKind, period: Period, subject: str | None = None, *, number: int | None = None,
    issued: date | None = None, correction: str = "", scope: Scope = WHOLE,
) -> Report:
    """The report of ``kind`` for ``period``, its figures proved to agree with each other.

    ``subject`` is a unit, a leader, or a project by code or name, for kinds that are about one. ``number`` is 第N期, by default the
    one it was issued under while it is still the same, else none: a draft; ``issued`` the day printed on it, by default today; ``correction`` what stands after
    the number of a corrected issue. Of ``scope`` only, which the report says. Raises HydeskError where the ledger has no projects of the year, the
    subject is not there, or the report disagrees with itself.
    """
    return next(_compiled(ledger, kind, period, (subject,), number, issued, correction, scope))


def compile_each(
    ledger: Ledger, kind: ReportKind, period: Period, *, issued: date | None = None, scope: Scope = WHOLE, progress: Progress | None = None,
) -> list[Report]:
    """A sheet of ``kind`` about every unit, or every leader, that has projects of ``scope``, in the office's order.

    Raises HydeskError as ``compile_report`` does, and where the kind is about neither.
    """
    if KINDS[kind].about not in (About.UNIT, About.LEADER):
        raise HydeskError(f"{kind.label}不能一次全出，能全出的是{ReportKind.UNIT.label}、{ReportKind.LEADER.label}")
    made: list[Report] = []
    for report in _compiled(ledger, kind, period, None, None, issued, "", scope):
        made.append(report)
        if progress is not None:
            progress(0.5, f"正在汇总　{report.subject}")
    if not made:
        raise HydeskError("项目台账里还没有填市级联系领导、县级包联领导，没有可出的情况单")
    return made


def _compiled(
    ledger: Ledger, kind: ReportKind, period: Period, subjects: Sequence[str | None] | None, number: int | None,
    issued: date | None, correction: str, scope: Scope,
) -> Iterator[Report]:
    """A report about each of ``subjects`` (None: everybody it may be about), the ledger read once for all of them."""
    form = report_form(ledger, kind)
    _ensure_period(kind, period)
    order = [unit.name for unit in list_units(ledger)]
    with ledger.read() as connection:
        figures = figures_of_year(connection, period)
        view = read_view(connection, period, figures, scope=scope)
        standings = view.standings
        if not standings and scope.narrowed:
            raise HydeskError(f"这个范围（{scope.words}）里没有{period.year}年的项目，出不了{kind.label}。请换一个范围。")
        if not standings:
            raise HydeskError(f"台账里没有{period.year}年的项目，出不了{period.label}的{kind.label}。请先导入项目清单，或换一个报告期。")
        wanted = everybody(standings, kind, order) if subjects is None else [find_subject(standings, kind, s) for s in subjects]
        read = [(about, gather_sources(connection, view, figures, [s for s in standings if is_of(kind, about, s)],
                                       years=compares_years(form, kind), notices=asks_notices(form, kind),
                                       outlook=asks_outlook(form, kind))) for about in wanted]
        if kind is ReportKind.BOARDS:
            read = [(about, replace(sources, boards=_boards(connection, period))) for about, sources in read]
        before = view_before(connection, view, _since(kind, period))
    judging = judging_of(view)
    for about, sources in read:
        yield _one(ledger, kind, period, about, view, None if before is None else before.standings, form, sources, judging, order,
                   number, issued or date.today(), correction, scope)


def _one(
    ledger: Ledger, kind: ReportKind, period: Period, about: str, view: PeriodView, before: Sequence[ProjectStanding] | None,
    form: ReportForm, sources: Sources, judging: Judging, order: Sequence[str], number: int | None, issued: date, correction: str,
    scope: Scope,
) -> Report:
    project = next((s for s in view.standings if s.code == about), None)
    named = about if project is None else project.name  # a project is archived under its name
    if kind is ReportKind.PROJECT and project is not None:
        sources = replace(sources, photos=card_photos(ledger, period, project.id))
    last = last_issue(ledger, kind, period, named, scope) if number is None else None
    texts = report_texts(ledger, kind, period, about)

    def made(number: int | None, correction: str) -> Report:
        report = compile_standings(
            kind, period, view.standings, issued=issued, judging=judging, unit_order=order, previous=before,
            form=replace(form, issue=number, correction=correction), sources=sources, subject=about, shown=view.shown,
            scope=scope.words)
        return report if scope.narrowed else lay_over(report, texts)  # a person's sentences speak of all projects

    report = made(last.number, last.correction) if last else made(number, correction)
    if last is not None and not _as_archived(ledger, last, report):
        # Nothing that differs from what was issued carries its number.
        report = made(None, "")
    ensure_agreement(report)
    return report


def _ensure_period(kind: ReportKind, period: Period) -> None:
    """Raise HydeskError where a quarter, half year or year does not end with ``period``."""
    stretch = KINDS[kind].stretch
    if stretch is not None and not (isinstance(period, Month) and stretch.ends(period)):
        raise HydeskError(f"{kind.label}要在{stretch.ending}出，现在的报告期是{period.label}。请换报告期")


def _boards(connection: Connection, period: Period) -> tuple[PublishedNaming, ...]:
    """Raise HydeskError where nothing was made public for ``period``."""
    found = read_boards(connection, period)
    if not any(line.now for line in found):
        raise HydeskError(f"{period.label}还没有公布红黄榜，出不了{ReportKind.BOARDS.label}。请先在“考核与榜单”的红黄榜里选择建议上榜的项目公布。")
    return found


def _since(kind: ReportKind, period: Period) -> Period | None:
    """The closing that what a quarter or half year brought is counted from; None for the period before."""
    stretch = KINDS[kind].stretch
    return None if stretch is None else stretch.before(period.last_month)


def judging_of(view: PeriodView) -> Judging:
    """The office's rules and groups of units as reports take them."""
    rules = view.rules
    return Judging(rules.lamps, rules.pace, rules.money_starts, rules.start_rates, rules.nothing, rules.closed,
                   rules.ranking, view.groups, view.yardstick.schedule)


def _as_archived(ledger: Ledger, last: LastIssue, report: Report) -> bool:
    try:
        return same_but_for_date(open_issue(ledger, last.id), report)
    except HydeskError:
        return False


def everybody(standings: Sequence[ProjectStanding], kind: ReportKind, order: Sequence[str]) -> list[str]:
    """The units with projects, in the office's ``order``, or the leaders."""
    if KINDS[kind].about is About.LEADER:
        return list(leaders_of(standings))
    held = {s.unit for s in standings}
    return [u for u in order if u in held]


_WANTED = {About.UNIT: "单位", About.PROJECT: "项目", About.LEADER: "领导姓名"}


def find_subject(standings: Sequence[ProjectStanding], kind: ReportKind, subject: str | None) -> str:
    """The unit's or leader's name, or the project's code, that ``subject`` names; empty for the whole.

    Raises HydeskError where the kind needs one that is not named, or it cannot be found.
    """
    about = KINDS[kind].about
    name = " ".join((subject or "").split())
    if about is About.WHOLE or (about is About.WHOLE_OR_UNIT and not name):
        return ""
    leaders = leaders_of(standings) if about is About.LEADER else ()
    if not name:
        such = standings[0].unit if about is About.UNIT else next(iter(leaders), "张三") if about is About.LEADER else standings[0].code
        raise HydeskError(f"{kind.label}要指明{_WANTED.get(about, '单位或项目')}，如“{such}”")
    if about is About.LEADER:
        found = [x for x in leaders if x == name] or [x for x in leaders if name in x]
        if len(found) == 1:
            return found[0]
        said = "、".join((found or leaders)[:12])
        raise HydeskError(f"“{name}”不止一位，请写全：{said}" if found else f"台账里没有“{name}”联系或包联的项目，现有的是：{said or '（没有填）'}")
    if about is not About.PROJECT and any(s.unit == name for s in standings):
        return name
    if about in (About.PROJECT, About.UNIT_OR_PROJECT):
        projects = [s for s in standings if name in (s.code, s.name)]
        if projects:
            return projects[0].code
    raise HydeskError(f"台账里没有“{name}”，出不了它的{kind.label}。请写单位全称" + (
        "" if about in (About.UNIT, About.WHOLE_OR_UNIT) else "，或项目的编号、名称"))
