"""From standings to a report: a pure function, so that every sentence and table is tested without a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hydesk.domain.measures.words import standing
from hydesk.domain.money import format_percent
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Basis, Judging
from hydesk.reports.form import ReportForm
from hydesk.reports.headings import addressees, masthead, opening, stem, title
from hydesk.reports.kinds import KINDS, Look, ReportKind
from hydesk.reports.model import Annex, Report, Section
from hydesk.reports.notices.catalogue import CATALOGUE, OWN
from hydesk.reports.notices.chosen import NoticeBasis
from hydesk.reports.notices.notice_section import NoticeTold, notice_section, with_added, without
from hydesk.reports.parts import ANNEXES, SECTIONS, wanted
from hydesk.reports.sources import Sources
from hydesk.reports.words import ordinal
from hydesk.reports.work_out import work_out


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
    annexes. ``shown`` is the period whose figures ``standings`` hold, where that is known already. ``issued`` is the day
    printed on the report. ``subject`` is the unit, or the code of the project, that the report is about, ``scope`` which
    projects ``standings`` are, in words, where they are not all.
    """
    return _written(scope, work_out(
        kind, period, standings, judging=judging or Judging(), unit_order=unit_order, previous=previous, form=form or ReportForm(),
        sources=sources, subject=subject, issued=issued, shown=shown))


def _written(scope: str, basis: Basis) -> Report:
    """What the figures of ``basis`` say, under the heads of their kind."""
    kind, form = basis.kind, basis.form
    document = KINDS[kind].look is Look.DOCUMENT
    sections, told = _sections(basis)
    return Report(
        kind=kind,
        period=basis.period,
        as_of=None if basis.as_of is None else basis.as_of.period,
        issued=basis.issued,
        title_lines=title(basis),
        masthead=masthead(basis, scope),
        opening=opening(basis, scope) if document else None,
        sections=sections,
        annexes=_annexes(basis),
        cc=form.cc if document else (),
        printed_by=form.office,
        subject=basis.subject,
        to=addressees(basis) if document else "",
        rules=(basis.rule_words, f"{basis.reach.as_of.label}时间进度{format_percent(basis.time_progress)}"),
        standing=standing(basis.reach) if basis.reach.whole else "",
        scope=scope,
        left_out=told.said,
        behind=tuple((key, tuple(p.id for p in projects)) for key, projects in told.behind.items()),
        manner=form.manner_of(kind),
        apart=KINDS[kind].apart,
        stem=stem(basis),
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
    asked = {p.key for p in form.parts if p.on}
    made = []
    for part in form.order((*kind.sections, *kind.more, *own), (*kind.off, *kind.more, *own)):
        # What the kind has of itself stays out without a word where data lack; what the office asked for is told.
        said = told if part.key in asked or part.key not in kind.sections else NoticeTold()
        section = notice_section(part.key, world, said) if part.key in CATALOGUE or part.key in own else SECTIONS[part.key][1](basis)
        told.behind.update(said.behind)
        for one in form.sentences:
            if one.into == part.key and one.key in added:
                section = with_added(section, one, world, told)
        if section is not None and (section := without(section, part.without)) is not None:
            made.append(replace(section, heading=part.heading or section.heading, key=part.key, run_in=kind.terse))
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
