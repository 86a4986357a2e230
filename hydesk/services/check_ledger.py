"""Look whether a ledger is whole: the file, its references, the kept originals, and figures that must agree."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import Connection, func, select

from hydesk.db import sqlite_file
from hydesk.db.journal import unsettled
from hydesk.db.ledger import Ledger, file_of, is_url, only_readable
from hydesk.db.models import Import, ImportFile, Progress, Project, YearPlan
from hydesk.db.places import field_label, show_value
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.indicators import total
from hydesk.domain.money import format_money
from hydesk.domain.periods import Period
from hydesk.services.attach_file import attachment_findings
from hydesk.services.check_log import check_log
from hydesk.services.list_standings import read_standings
from hydesk.services.open_ledger import open_ledger

FEW = 20
"""How many places of one kind are named; the rest would only hide the others."""


def check_ledger(location: str | Path) -> list[Finding]:
    """What is wrong in the ledger at ``location``; empty when all is well. Changes nothing.

    Raises HydeskError where there is no ledger that could be checked.
    """
    findings: list[Finding] = []
    if not is_url(location):
        path = file_of(location).absolute()
        sqlite_file.refuse_foreign(path, to_write=not only_readable(location))
        findings += [_error("file_damaged", f"台账文件有损坏（{f}），请用备份恢复") for f in sqlite_file.faults(path)]
        if findings:
            return findings
    ledger = open_ledger(location, read_only=only_readable(location))
    try:
        return findings + check_open(ledger)
    except HydeskError as e:
        return [*findings, _error("file_damaged", str(e))]
    finally:
        ledger.close()


def check_open(ledger: Ledger) -> list[Finding]:
    """The checks of content, on a ledger that is open."""
    with ledger.read() as connection:
        return [*_originals(connection), *check_log(connection), *_log(connection), *_sums(connection),
                *_impossible(connection), *attachment_findings(connection, ledger)[:FEW]]


def _error(code: str, message: str) -> Finding:
    return Finding(Level.ERROR, code, message)


def _originals(connection: Connection) -> list[Finding]:
    """The kept files must still have the hash they came with."""
    query = select(Import.sha256, ImportFile.content).join(
        ImportFile, ImportFile.import_id == Import.id).execution_options(yield_per=10)
    whole = {r.sha256 for r in connection.execute(query) if hashlib.sha256(r.content).hexdigest() == r.sha256}
    return [
        _error("original_changed", f"编号 {r.id} 的原始报表“{r.file}”与入库时不一致，请用备份恢复或向报送单位重新要一份")
        for r in connection.execute(select(Import.id, Import.file, Import.sha256).order_by(Import.id))
        if r.sha256 not in whole
    ][:FEW]


def _log(connection: Connection) -> list[Finding]:
    """What the ledger holds must be what the change log says."""
    names = dict(connection.execute(select(Project.id, Project.name)).tuples().all())
    return [
        _error("log_differs", f"“{names.get(p.project_id)}”的{field_label(p.entity, p.scope, p.field)}"
               f"{p.scope}与修改记录不一致：台账为{show_value(p.entity, p.field, held) or '空'}，"
               f"记录为{show_value(p.entity, p.field, said) or '空'}；台账可能被别的程序改过，请核对")
        for p, held, said in unsettled(connection)[:FEW]
    ]


def _sums(connection: Connection) -> list[Finding]:
    """The year's total by project must equal the total by table."""
    findings = []
    years = connection.execute(select(YearPlan.year).where(YearPlan.present).distinct()).scalars().all()
    for year in sorted(years):
        standings = read_standings(connection, Period.month(year, 12))
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
    days = select(Project.code, Project.name, Progress.period, Progress.day, Progress.ends_on).join(
        Progress, Progress.project_id == Project.id).where(Project.present).order_by(Project.id)
    off = [r for r in connection.execute(days) if r.ends_on != (r.day or Period.parse(r.period).day)][:FEW]
    return [
        _error("day_differs", f"“{r.name}”{Period.parse(r.period).label}的数字记为截至{r.ends_on:%Y-%m-%d}，与报告期不符；"
                              "台账可能被别的程序改过，请用备份恢复") for r in off
    ] + [
        Finding(Level.WARNING, "negative", f"“{r.name}”{Period.parse(r.period).label}的累计完成投资是负数，请核对",
                project=r.code, field=Field.YEAR_INVESTMENT)
        for r in connection.execute(query)
    ]
