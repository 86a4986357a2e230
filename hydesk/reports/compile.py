"""From standings to a report: a pure function, so that every sentence and table is tested without a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hydesk.domain.measures.words import standing
from hydesk.domain.measures.yardstick import Pace
from hydesk.domain.money import format_percent
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Basis, Judging, work_out
from hydesk.reports.form import ReportForm
from hydesk.reports.kinds import KINDS, Look, ReportKind
from hydesk.reports.model import Annex, Masthead, Report, Section
from hydesk.reports.notices.catalogue import CATALOGUE, OWN
from hydesk.reports.notices.chosen import NoticeBasis
from hydesk.reports.notices.notice_section import NoticeTold, notice_section, with_added, without
from hydesk.reports.parts import ANNEXES, SECTIONS, wanted
from hydesk.reports.prose import Paragraph
from hydesk.reports.sources import Sources
from hydesk.reports.words import clean, months, ordinal, sentence


def compile_standings(
    kind: ReportKind,
    period: Period,
    standings: Sequence[ProjectStanding],
    *,
    issued: date,
    judging: Judging | None = None,
    unit_order: Sequence[str] = (),
    previous: Sequence[ProjectStanding] | None = None,
    form: ReportForm | None = None,
    sources: Sources | None = None,
    subject: str = "",
    shown: Period | None = None,
    scope: str = "",
) -> Report:
    """The report of ``kind`` for ``period`` over ``standings`` (ledger order).

    ``judging`` is what the office has set. ``previous`` are the standings one period before the one whose figures are
    shown, within the same year, for 新增 and 位次; None leaves such sentences out. ``unit_order`` is the order of units in
    annexes. ``shown`` is the period whose figures ``standings`` hold, where that is known already. ``issued`` is the day printed on the report. ``subject`` is the unit, or the code of the project, that the
    report is about, ``scope`` which projects ``standings`` are, in words, where they are not all.
    """
    form = form or ReportForm()
    basis = work_out(
        kind,
        period,
        standings,
        judging=judging or Judging(),
        unit_order=unit_order,
        previous=previous,
        form=form,
        sources=sources,
        subject=subject,
        issued=issued,
        shown=shown,
    )
    document = KINDS[kind].look is Look.DOCUMENT
    sections, told = _sections(basis)
    return Report(
        kind=kind,
        period=period,
        as_of=None if basis.as_of is None else basis.as_of.period,
        issued=issued,
        title_lines=_title(basis),
        masthead=_masthead(basis, scope),
        opening=_opening(basis, scope) if document else None,
        sections=sections,
        annexes=_annexes(basis),
        cc=form.cc if document else (),
        printed_by=form.office,
        subject=basis.subject,
        to="、".join(form.to) or _to(basis) if kind is ReportKind.SUPERVISION else "",
        rules=(basis.rule_words, f"{basis.reach.as_of.label}时间进度{format_percent(basis.time_progress)}"),
        standing=standing(basis.reach) if basis.reach.whole else "",
        scope=scope,
        left_out=tuple(dict.fromkeys(told.left_out)),
        behind=tuple((key, tuple(p.id for p in projects)) for key, projects in told.behind.items()),
        lacking=kind not in _WITHOUT_AMOUNTS and bool(basis.reach.whole and (basis.reach.nothing_in or basis.reach.late)),
    )


_WITHOUT_AMOUNTS = (ReportKind.PROBLEMS, ReportKind.NODES, ReportKind.ADJUSTMENTS)
"""Kinds that say nothing as of a return's figures."""


def _sections(basis: Basis) -> tuple[tuple[Section, ...], NoticeTold]:
    """The sections that have something to say, in the office's order, numbered 一、 on in documents; and what notices told
    beside."""
    told = NoticeTold()
    if not basis.projects and basis.subject:
        return (), told
    kind, form = KINDS[basis.kind], basis.form
    own = tuple(s.key for s in form.sentences if not s.into and s.key.startswith(OWN)) if kind.more else ()
    added = {s.key for s in form.sentences if s.into} & {p.key for p in form.parts if p.on}
    world = NoticeBasis(basis)
    made = []
    for part in form.order((*kind.sections, *kind.more, *own), (*kind.off, *kind.more, *own)):
        section = notice_section(part.key, world, told) if part.key in CATALOGUE or part.key in own else SECTIONS[part.key][1](basis)
        for one in form.sentences:
            if one.into == part.key and one.key in added:
                section = with_added(section, one, world, told)
        if section is not None and (section := without(section, part.without)) is not None:
            made.append(replace(section, heading=part.heading or section.heading, key=part.key))
    if kind.look is not Look.DOCUMENT:
        return tuple(made), told
    return tuple(replace(s, heading=f"{ordinal(n)}、{s.heading}") for n, s in enumerate(made, 1)), told


def _annexes(basis: Basis) -> tuple[Annex, ...]:
    """All annexes that have something to show, numbered 附件1 on (附件 where there is only one; lists have no label)."""
    is_list = KINDS[basis.kind].look is Look.LIST
    parts = [p for p in basis.form.order(KINDS[basis.kind].annexes, KINDS[basis.kind].off) if wanted(p.key, basis, is_list)]
    made = [(p, a) for p in parts if (a := ANNEXES[p.key][1](basis, "")) is not None]
    annexes: list[Annex] = []
    for number, (part, annex) in enumerate(made, 1):
        label = "" if is_list else "附件" if len(made) == 1 else f"附件{number}"
        title = part.heading or annex.table.title
        annexes.append(Annex(label, replace(annex.table, title=title, place=label or title)))
    return tuple(annexes)


def _title(basis: Basis) -> tuple[str, ...]:
    form, period = basis.form, basis.period
    about = clean(basis.subject) or form.whole
    if form.title:
        filled = form.title
        for mark, words in (("{报告期}", period.label), ("{月份}", months(period.last_month)), ("{对象}", about)):
            filled = filled.replace(mark, words)
        return tuple(filled.split("|"))
    match basis.kind:
        case ReportKind.WEEKLY:
            return f"{period.label}{form.whole}", f"{form.subject}进展情况周报"
        case ReportKind.MONTHLY:
            return f"关于{period.year}年{months(period.last_month)}{form.whole}", f"{form.subject}推进情况的通报"
        case ReportKind.SUPERVISION:
            if basis.about_project:
                return f"关于督办{about}", f"{'' if about.endswith('项目') else '项目'}进度滞后的通知"
            return f"关于督办{about}", f"滞后{form.subject}的通知"
        case ReportKind.UNIT:
            return (f"{about}{form.subject}情况（{period.label}）",)
        case ReportKind.PROJECT:
            return (about,)
    return (f"{about}{form.subject}{KINDS[basis.kind].label}（{period.label}）",)


def _to(basis: Basis) -> str:
    if basis.about_project and basis.projects:
        return clean(basis.projects[0].responsible_unit or basis.projects[0].unit)
    return clean(basis.subject)


def _masthead(basis: Basis, scope: str) -> Masthead:
    form = basis.form
    # A draft has no number yet: it is given when the report is issued.
    issue = "　　" if form.issue is None else str(form.issue)
    number = form.number.replace("{期数}", issue).replace("{年份}", str(basis.period.year))
    draft = "草稿" if form.issue is None and KINDS[basis.kind].look is Look.DOCUMENT else ""
    return Masthead(
        name=form.name or f"{form.city}{form.subject}{basis.kind.label.removeprefix('项目')}",
        issue=number + (f"（{form.correction}）" if form.correction else ""),
        office=form.office,
        signer=form.signer,
        remark="，".join(x for x in (form.remark, draft, f"只统计{scope}的项目" if scope else "") if x),
    )


def _opening(basis: Basis, scope: str) -> Paragraph:
    """What the report covers and as of when its figures are."""
    form, period, reach = basis.form, basis.period, basis.reach
    until = f"投资数据截至{reach.as_of.full_label}"
    if reach.nothing_in:
        until = f"{period.short_label}尚无单位报送，{until}"
    if basis.kind is ReportKind.SUPERVISION:
        words = f"按照重点项目调度有关要求，现就{period.label}进度滞后的项目督办如下（{until}）。"
    elif basis.kind is ReportKind.WEEKLY or not period.is_month:
        start, end = period.start, period.end
        by_day = "，时间进度按日计算" if not reach.shown.is_month and basis.yardstick.pace is Pace.BY_DAY else ""
        dates = f"{start.month}月{start.day}日至{end.month}月{end.day}日"
        words = f"现将{period.label}（{dates}）{form.whole}{form.subject}推进情况通报如下（{until}{by_day}）。"
    else:
        words = f"现将{period.year}年{months(period.last_month)}{form.whole}{form.subject}推进情况通报如下（{until}）。"
    if basis.as_of is None:
        words = words[: words.rindex("（")] + "。"
    said = [sentence(words, key="opening")]
    if scope:
        said.append(sentence(f"本文只统计{scope}的项目。", key="scope"))
    return Paragraph(tuple(said))
