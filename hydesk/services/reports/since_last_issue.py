"""What a report says otherwise than the last issue of its kind: what whoever signs asks first."""

from __future__ import annotations

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.scopes.grammar import written
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.reports.model import Report
from hydesk.reports.since_last import ReportChange, ReportChangeKind, changes_since
from hydesk.services.reports.archived_report import open_issue
from hydesk.services.reports.issue_report import IssuedReport, list_issues

__all__ = ["ReportChange", "ReportChangeKind", "SinceLast", "since_last_issue"]


@dataclass(frozen=True, slots=True)
class SinceLast:
    """The issue that is compared with, and what is otherwise now."""

    issue: IssuedReport
    changes: tuple[ReportChange, ...]
    same_period: bool
    """Whether that issue is of the very period: what changed is what a correction would say."""


def since_last_issue(ledger: Ledger, report: Report, scope: Scope = WHOLE) -> SinceLast | None:
    """``report`` beside the newest issue of its kind, subject and ``scope`` that is not of a later period; None without one.

    Raises HydeskError where the archive's file cannot be read.
    """
    held = [i for i in list_issues(ledger, report.kind)
            if i.subject == report.subject and i.scope == written(scope) and i.period.end <= report.period.end]
    if not held:
        return None
    issue = max(held, key=lambda i: (i.period.end, i.id))
    return SinceLast(issue, changes_since(open_issue(ledger, issue.id), report), issue.period == report.period)
