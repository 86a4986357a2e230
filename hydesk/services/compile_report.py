"""Compile a weekly or monthly report from what the ledger holds."""

from __future__ import annotations

from datetime import date

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.reports.check import ensure_agreement
from hydesk.reports.compile import compile_standings
from hydesk.reports.model import Report, ReportForm, ReportKind
from hydesk.services.list_standings import list_standings, list_units
from hydesk.services.settings import DEMO, OFFICE_NAME, get_setting, lamp_rule, time_progress

__all__ = ["Report", "ReportKind", "compile_report"]


def compile_report(ledger: Ledger, kind: ReportKind, period: Period) -> Report:
    """The report of ``kind`` for ``period``, its figures proved to agree with each other.

    Raises HydeskError where the ledger has no projects of the year, or the report disagrees with itself.
    """
    standings = list_standings(ledger, period)
    if not standings:
        raise HydeskError(f"台账里没有{period.year}年的项目，出不了{period.label}的{kind.label}。请先导入项目清单，或换一个报告期。")
    before = period.previous()
    report = compile_standings(
        kind,
        period,
        standings,
        issued=date.today(),
        rule=lamp_rule(ledger),
        unit_order=[unit.name for unit in list_units(ledger)],
        previous=list_standings(ledger, before) if before.year == period.year else None,
        form=_form(ledger),
        time_progress=time_progress(ledger, period),
    )
    ensure_agreement(report)
    return report


def _form(ledger: Ledger) -> ReportForm:
    """What the office has set, and 演示数据 where the figures are made up."""
    usual = ReportForm()
    return ReportForm(
        office=get_setting(ledger, OFFICE_NAME, usual.office),
        remark="演示数据" if get_setting(ledger, DEMO, False) else usual.remark,
    )
