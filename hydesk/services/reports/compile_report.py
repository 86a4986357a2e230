"""Compile a report of any kind from what the ledger holds, with the office's form and a person's sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Judging
from hydesk.reports.check import ensure_agreement
from hydesk.reports.compare import same_but_for_date
from hydesk.reports.compile import compile_standings
from hydesk.reports.kinds import KINDS, About, ReportKind
from hydesk.reports.model import Report
from hydesk.reports.notices.asked import asks_notices, compares_years
from hydesk.reports.texts import lay_over
from hydesk.services.acts.one_view import one_view
from hydesk.services.reports.archived_report import LastIssue, last_issue, open_issue
from hydesk.services.reports.card_photos import card_photos
from hydesk.services.reports.gather_sources import gather_sources
from hydesk.services.reports.report_forms import report_form, report_texts
from hydesk.services.standings.list_standings import list_units
from hydesk.services.standings.period_view import PeriodView, read_view, view_before
from hydesk.services.standings.read_figures import figures_of_year

__all__ = ["KINDS", "About", "Report", "ReportKind", "compile_report", "find_subject"]


@one_view
def compile_report(
    ledger: Ledger, kind: ReportKind, period: Period, subject: str | None = None, *, number: int | None = None,
    issued: date | None = None, correction: str = "", scope: Scope = WHOLE,
) -> Report:
    """The report of ``kind`` for ``period``, its figures proved to agree with each other.

    ``subject`` is a unit, or a project by code or name, for kinds that are about one. ``number`` is 第N期, by default the
    one it was issued under while it is still the same, else none: a draft; ``issued`` the day printed on it, by default today; ``correction`` what stands after
    the number of a corrected issue. Of ``scope`` only, which the report says. Raises HydeskError where the ledger has no projects of the year, the
    subject is not there, or the report disagrees with itself.
    """
    form = report_form(ledger, kind)
    with ledger.read() as connection:
        figures = figures_of_year(connection, period)
        view = read_view(connection, period, figures, scope=scope)
        standings = view.standings
        if not standings and scope.narrowed:
            raise HydeskError(f"这个范围（{scope.words}）里没有{period.year}年的项目，出不了{kind.label}。请换一个范围。")
        if not standings:
            raise HydeskError(f"台账里没有{period.year}年的项目，出不了{period.label}的{kind.label}。请先导入项目清单，或换一个报告期。")
        about = find_subject(standings, kind, subject)
        own = [s for s in standings if about in (s.unit, s.code)] if about else standings
        sources = gather_sources(connection, view, figures, own, years=compares_years(form, kind), notices=asks_notices(form, kind))
        before = view_before(connection, view)
    if kind is ReportKind.PROJECT:
        sources = replace(sources, photos=card_photos(ledger, period, own[0].id))
    name = own[0].name if about and own and own[0].unit != about else about
    last = last_issue(ledger, kind, period, name, scope) if number is None else None
    order = [unit.name for unit in list_units(ledger)]
    texts, judging = report_texts(ledger, kind, period, about), judging_of(view)

    def made(number: int | None, correction: str) -> Report:
        report = compile_standings(
            kind, period, standings, issued=issued or date.today(), judging=judging, unit_order=order,
            previous=None if before is None else before.standings,
            form=replace(form, issue=number, correction=correction), sources=sources, subject=about,
            shown=view.shown, scope=scope.words)
        return report if scope.narrowed else lay_over(report, texts)  # a person's sentences speak of all projects

    report = made(last.number, last.correction) if last else made(number, correction)
    if last is not None and not _as_archived(ledger, last, report):
        # Nothing that differs from what was issued carries its number.
        report = made(None, "")
    ensure_agreement(report)
    return report


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


def find_subject(standings: Sequence[ProjectStanding], kind: ReportKind, subject: str | None) -> str:
    """The unit's name or the project's code that ``subject`` names; empty for the whole.

    Raises HydeskError where the kind needs one that is not named, or it cannot be found.
    """
    about = KINDS[kind].about
    name = (subject or "").strip()
    if about is About.WHOLE:
        return ""
    if not name:
        if about is About.WHOLE_OR_UNIT:
            return ""
        wanted = {About.UNIT: "单位", About.PROJECT: "项目"}.get(about, "单位或项目")
        raise HydeskError(f"{kind.label}要指明{wanted}，如“{standings[0].unit if about is About.UNIT else standings[0].code}”")
    if about is not About.PROJECT and any(s.unit == name for s in standings):
        return name
    if about in (About.PROJECT, About.UNIT_OR_PROJECT):
        found = [s for s in standings if name in (s.code, s.name)]
        if found:
            return found[0].code
    raise HydeskError(f"台账里没有“{name}”，出不了它的{kind.label}。请写单位全称" + (
        "" if about in (About.UNIT, About.WHOLE_OR_UNIT) else "，或项目的编号、名称"))
