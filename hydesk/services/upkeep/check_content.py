"""Whether what a ledger holds is whole: its references, the kept originals, the log, and figures that must agree."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from itertools import islice
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from hydesk.db.agreement import unlogged, unsettled
from hydesk.db.content_seals import PARTS, broken
from hydesk.db.damage import added_to, made_otherwise
from hydesk.db.doubtful_rows import Doubtful, doubtful_rows
from hydesk.db.ledger import Ledger
from hydesk.db.models import Import, ImportFile, Progress, Project, ReportIssueFile, YearPlan
from hydesk.db.odd_values import odd_values
from hydesk.db.patience import patience
from hydesk.db.place_words import PlaceWords
from hydesk.db.places import Entity, Place
from hydesk.db.structure import strange_tables
from hydesk.domain.collector import collector_paused
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.measures.totals import total
from hydesk.domain.money import format_money
from hydesk.domain.periods import Period
from hydesk.services.projects.check_attachments import attachment_findings
from hydesk.services.standings.list_standings import read_standings
from hydesk.services.standings.read_figures import Figures
from hydesk.services.upkeep.check_log import check_log

FEW = 20
"""How many places of one kind are named; the rest would only hide the others."""


@patience()
def check_open(ledger: Ledger) -> list[Finding]:
    """The checks of content, on a ledger that is open. A value that cannot be is one more thing found, never an error.

    Of a file two checks go on at a time, each with a view of its own: most of their work is SQLite's, which leaves Python
    to the others. What is written meanwhile may stand in one view and not in another; no check asks two.
    """
    checks: tuple[Callable[[Connection], list[Finding]], ...] = (
        _originals, check_log, _log, _content, _sums, _impossible, lambda c: attachment_findings(c, ledger)[:FEW])
    with collector_paused(), ThreadPoolExecutor(2 if ledger.path is not None else 1, "hydesk-check") as threads:
        odd = threads.submit(copy_context().run, _viewed, ledger, _odd)
        found = [threads.submit(copy_context().run, _sure, ledger, check, odd) for check in checks]
        return [*odd.result(), *(f for one in found for f in one.result())]


def _viewed(ledger: Ledger, check: Callable[[Connection], list[Finding]]) -> list[Finding]:
    with ledger.read() as connection:
        return check(connection)


def _sure(ledger: Ledger, check: Callable[[Connection], list[Finding]], odd: Future[list[Finding]]) -> list[Finding]:
    """What ``check`` finds; among odd values it may stumble, and the others go on."""
    try:
        return _viewed(ledger, check)
    except (HydeskError, SQLAlchemyError, ValueError, TypeError, KeyError, AttributeError, ArithmeticError, AssertionError):
        if not odd.result():
            raise
        return [_error("check_unfinished", "台账里有读不懂的值，有一项核对做不下去；其余照做")]


def odd_sentence(ledger: Ledger) -> str:
    """What to say where something failed because of values in the ledger; empty where there are no such values."""
    try:
        with ledger.read() as connection:
            found = _odd(connection)
    except HydeskError as e:
        return str(e)
    return f"{found[0].message}。这一处没有显示，其余不受影响" if found else ""


def _odd(connection: Connection) -> list[Finding]:
    """Values the program cannot have written, and what was added to the file."""
    if connection.dialect.name != "sqlite":
        return []
    driver: Any = connection.connection.driver_connection
    return [*(_error("structure", f"台账的结构与本程序不符：{fault}；请用备份恢复，或用 hydesk rescue 救出") for fault in made_otherwise(driver)),
            *(_error("added", f"台账里被加进了本程序没有的{one}，请查明是谁加的；用 hydesk rescue 救出的台账不带它") for one in (*added_to(driver), *strange_tables(driver))),
            *(_error("value_odd", f"{one}读不懂，不是本程序写的；请用备份恢复，或用 hydesk rescue 救出（读不懂的留空并列出）")
              for one in odd_values(driver, FEW))]


def _error(code: str, message: str) -> Finding:
    return Finding(Level.ERROR, code, message)


def _originals(connection: Connection) -> list[Finding]:
    """The kept files must still have the hash they came with."""
    changed = originals_changed(connection)
    files = dict(connection.execute(select(Import.id, Import.file).where(Import.id.in_(changed[:FEW]))).tuples().all())
    return [_error("original_changed", f"编号 {i} 的原始报表“{files[i]}”与入库时不一致，请用备份恢复或向报送单位重新要一份")
            for i in changed[:FEW]]


def originals_changed(connection: Connection, imports: Sequence[int] | None = None) -> list[int]:
    """The imports (of ``imports``, where given) whose kept file has not the hash it came with, as have all of its content."""
    query = select(Import.sha256, ImportFile.content).join(ImportFile, ImportFile.import_id == Import.id)
    heads = select(Import.id, Import.sha256).order_by(Import.id)
    if imports is not None:
        heads = heads.where(Import.id.in_(imports))
        query = query.where(Import.sha256.in_(select(Import.sha256).where(Import.id.in_(imports))))
    whole = {r.sha256 for r in connection.execute(query.execution_options(yield_per=10)) if hashlib.sha256(r.content).hexdigest() == r.sha256}
    return [r.id for r in connection.execute(heads) if r.sha256 not in whole]


def _log(connection: Connection) -> list[Finding]:
    """What the ledger holds must be what the change log says, and nothing of which it knows nothing."""
    doubtful = doubtful_rows(connection)
    return [*_differing(connection, doubtful), *_unlogged(connection, doubtful)]


def _differing(connection: Connection, doubtful: Doubtful | None) -> list[Finding]:
    names = dict(connection.execute(select(Project.id, Project.name)).tuples().all())
    said_of = PlaceWords(connection)
    return [
        _error("log_differs", f"“{names.get(p.project_id)}”的{said_of.label(p.entity, p.scope, p.field)}"
               f"{_where(p)}与修改记录不一致："
               f"台账为{said_of.value(p.entity, p.scope, p.field, held) or '空'}，"
               f"记录为{said_of.value(p.entity, p.scope, p.field, said) or '空'}；台账可能被别的程序改过，请核对")
        for p, held, said in unsettled(connection, doubtful)[:FEW]
    ]


def _where(p: Place) -> str:
    """What of a place's scope is said behind its name: of own columns the period alone, their keys mean nothing to anybody."""
    if p.entity is Entity.COLUMN_FIGURE:
        return p.scope.partition("/")[2]
    return "" if p.entity is Entity.COLUMN_VALUE else p.scope


def _unlogged(connection: Connection, doubtful: Doubtful | None) -> list[Finding]:
    """What no act of the program put there, such as a project that somebody added to the file."""
    found = unlogged(connection, FEW, doubtful)
    names = dict(connection.execute(select(Project.id, Project.name).where(
        Project.id.in_({p.project_id for p in found}))).tuples().all())
    said_of = PlaceWords(connection)
    return [_error("unlogged", f"{f'“{names.get(p.project_id)}”的' if p.project_id else ''}"
                               f"{said_of.label(p.entity, p.scope, p.field)}{f'（{p.scope}）' if p.entity in _SCOPED else ''}"
                               "没有修改记录，不是本程序写入的；请查明来历，与备份核对") for p in found]


_SCOPED = (Entity.PLAN, Entity.PROGRESS, Entity.SUB_PROJECT)
_SAID = {"altered": "与封签不符，被别的程序改过", "unsealed": "没有封签，不是本程序写入的", "missing": "被删去了，封签还在",
         "chain": "之后的封签被改动、删去或调换"}


def _content(connection: Connection) -> list[Finding]:
    """Returns as they were read, settings, units and files of reports must fit their seals."""
    findings = []
    for b in islice(broken(connection), FEW):
        number = b.part.partition("/")[2]
        what = f"编号 {number} 的报表（读到的行和格）" if number else PARTS.get(b.part, b.part)
        findings.append(_error("content_broken", f"{what}{_SAID[b.fault]}；请与当时的备份核对"))
    for r in connection.execute(select(ReportIssueFile.name, ReportIssueFile.sha256, ReportIssueFile.content).execution_options(yield_per=5)):
        if hashlib.sha256(r.content).hexdigest() != r.sha256:
            findings.append(_error("content_broken", f"归档的文件“{r.name}”与归档时不一致；请与当时的备份核对"))
    return findings


def _sums(connection: Connection) -> list[Finding]:
    """The year's total by project must equal the total by table."""
    findings = []
    years = connection.execute(select(YearPlan.year).where(YearPlan.present).distinct()).scalars().all()
    for year in sorted(years):
        december = Period.month(year, 12)
        standings = read_standings(connection, december, Figures({}, december))  # plans alone are added up
        plain = connection.execute(
            select(func.coalesce(func.sum(YearPlan.annual_plan), 0)).join(Project, Project.id == YearPlan.project_id)
            .where(YearPlan.year == year, YearPlan.present, Project.present, YearPlan.dropped_on.is_(None))).scalar()
        shown = total(s.annual_plan for s in standings)
        if plain != shown:
            findings.append(_error("sum_differs", f"{year}年计划合计不一致：逐项相加{format_money(shown)}万元，"
                                                  f"总数{format_money(plain)}万元；请用备份恢复"))
    return findings


def _impossible(connection: Connection) -> list[Finding]:
    """Figures that cannot be true, wherever they came from."""
    query = select(Project.code, Project.name, Progress.period).join(
        Progress, Progress.project_id == Project.id).where(
            Project.present, Progress.year_investment < 0).order_by(Project.id).limit(FEW)
    held = Progress.period, Progress.day, Progress.ends_on
    days = select(*held).distinct()  # some hundreds, whatever the ledger holds
    wrong = [r for r in connection.execute(days) if r.ends_on != (r.day or Period.parse(r.period).day)]
    rows = select(Project.name, *held).join(Progress, Progress.project_id == Project.id).where(Project.present).order_by(Project.id)
    off = connection.execute(rows.where(or_(*(and_(Progress.period == p, Progress.day.is_not_distinct_from(day), Progress.ends_on == ends)
                                              for p, day, ends in wrong[:FEW]))).limit(FEW)).all() if wrong else []
    return [
        _error("day_differs", f"“{r.name}”{Period.parse(r.period).label}的数字记为截至{r.ends_on:%Y-%m-%d}，与报告期不符；"
                              "台账可能被别的程序改过，请用备份恢复") for r in off
    ] + [
        Finding(Level.WARNING, "negative", f"“{r.name}”{Period.parse(r.period).label}的累计完成投资是负数，请核对",
                project=r.code, field=Field.YEAR_INVESTMENT)
        for r in connection.execute(query)
    ]
