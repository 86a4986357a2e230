"""From standings to a report: a pure function, so that every sentence and table is tested without a ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hydesk.domain.indicators import LampRule
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.reports import sections
from hydesk.reports.annexes import annexes
from hydesk.reports.basis import Basis, work_out
from hydesk.reports.model import Masthead, Paragraph, Report, ReportForm, ReportKind, Section
from hydesk.reports.next_work import next_work
from hydesk.reports.words import months, ordinal, sentence

_SECTIONS: tuple[Callable[[Basis], Section | None], ...] = (
    sections.overall,
    sections.starts,
    sections.classes,
    sections.ranking,
    sections.funds,
    sections.lagging,
    sections.problems,
    next_work,
)


def compile_standings(
    kind: ReportKind,
    period: Period,
    standings: Sequence[ProjectStanding],
    *,
    issued: date,
    rule: LampRule | None = None,
    unit_order: Sequence[str] = (),
    previous: Sequence[ProjectStanding] | None = None,
    form: ReportForm | None = None,
    time_progress: Decimal | None = None,
) -> Report:
    """The report of ``kind`` for ``period`` over ``standings`` (ledger order).

    ``previous`` are the standings of the period before within the same year, for 比上月 and 位次; None leaves such
    sentences out. ``unit_order`` is the order of units in annexes. ``issued`` is the day printed on the report; ``time_progress``
    where the office does not count it as ``Period.time_progress`` does.
    """
    form = form or ReportForm()
    basis = work_out(
        kind,
        period,
        standings,
        rule=rule or LampRule(),
        unit_order=unit_order,
        previous=previous,
        form=form,
        time_progress=time_progress,
    )
    made = [section for section in (make(basis) for make in _SECTIONS) if section is not None]
    numbered = tuple(replace(s, heading=f"{ordinal(n)}、{s.heading}") for n, s in enumerate(made, 1))
    return Report(
        kind=kind,
        period=period,
        as_of=basis.as_of,
        issued=issued,
        title_lines=_title(basis),
        masthead=_masthead(basis),
        opening=_opening(basis),
        sections=numbered,
        annexes=annexes(basis),
        cc=form.cc,
        printed_by=form.office,
    )


def _title(basis: Basis) -> tuple[str, ...]:
    form, period = basis.form, basis.period
    if basis.kind is ReportKind.WEEKLY:
        return f"{period.year}年第{period.number}周{form.whole}", f"{form.subject}进展情况周报"
    return f"关于{period.year}年{months(period.last_month)}{form.whole}", f"{form.subject}推进情况的通报"


def _masthead(basis: Basis) -> Masthead:
    form = basis.form
    issue = form.issue if form.issue is not None else basis.period.number
    return Masthead(
        name=f"{form.city}{form.subject}{basis.kind.label}",
        issue=f"第{issue}期",
        office=form.office,
        signer=form.signer,
        remark=form.remark,
    )


def _opening(basis: Basis) -> Paragraph:
    """What the report covers and as of when its figures are."""
    form, period, month = basis.form, basis.period, basis.month
    until = f"投资数据截至{month.year}年{month.number}月底"
    if basis.kind is ReportKind.WEEKLY:
        start, end = period.start, period.end
        by_day = "，时间进度按日计算" if basis.time_progress == period.time_progress() else ""
        span = f"{start.month}月{start.day}日至{end.month}月{end.day}日"
        words = f"现将{period.label}（{span}）{form.whole}{form.subject}推进情况通报如下，{until}{by_day}。"
    else:
        words = f"现将{period.year}年{months(period.last_month)}{form.whole}{form.subject}推进情况通报如下，{until}。"
    if basis.as_of is None:
        words = words.replace(f"，{until}", "").replace("，时间进度按日计算", "")
    return Paragraph((sentence(words),))
