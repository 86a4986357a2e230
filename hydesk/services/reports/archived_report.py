"""What the archive holds of a report: its last issue, the frozen report, its files as they were printed."""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import ReportIssue, ReportIssueFile, aliased
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.domain.scopes.grammar import written
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.reports.freeze import thaw
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report

JSON = "json"
ANNEX_MARK = ":"
"""Between the format of an annex of its own and its number: pdf:1."""


@dataclass(frozen=True, slots=True)
class LastIssue:
    """The number under which a report was issued last, and that of the issue it put right, where it put one right."""

    id: int
    number: int
    corrects: int | None

    @property
    def correction(self) -> str:
        """What stands in brackets after the number."""
        return correction_words(self.corrects)


def correction_words(corrects: int | None) -> str:
    """更正第6期; nothing for an issue that puts none right."""
    return "" if corrects is None else f"更正第{corrects}期"


def last_issue(ledger: Ledger, kind: ReportKind, period: Period, subject: str = "", scope: Scope = WHOLE) -> LastIssue | None:
    """The last issue of this very report, over the same projects; None where it never was issued."""
    old = aliased(ReportIssue)
    query = (
        select(ReportIssue.id, ReportIssue.number, old.number.label("corrects"))
        .outerjoin(old, old.id == ReportIssue.corrects_id)
        .where(ReportIssue.present, ReportIssue.kind == kind.value, ReportIssue.period == str(period),
               func.coalesce(ReportIssue.subject, "") == subject, func.coalesce(ReportIssue.scope, "") == written(scope))
        .order_by(ReportIssue.number.desc(), ReportIssue.id.desc()).limit(1)
    )
    with ledger.read() as connection:
        row = connection.execute(query).first()
    return None if row is None else LastIssue(row.id, row.number, row.corrects)


def open_issue(ledger: Ledger, key: int) -> Report:
    """The frozen report of an issue, as it was."""
    return thaw(issue_file(ledger, key, JSON)[1].decode())


def annex_files(ledger: Ledger, key: int) -> list[str]:
    """The forms of an issue's annexes that were printed as files of their own, in order: pdf:1, xlsx:1, pdf:2 …"""
    query = select(ReportIssueFile.format).where(
        ReportIssueFile.issue_id == key, ReportIssueFile.format.contains(ANNEX_MARK)).order_by(ReportIssueFile.id)
    with ledger.read() as connection:
        return list(connection.execute(query).scalars())


def issue_file(ledger: Ledger, key: int, form: str) -> tuple[str, bytes]:
    """Name and bytes of an issue's file, ``form`` json, pdf, docx or xlsx, of an annex pdf:1 and the like; told when it was changed since."""
    query = select(ReportIssueFile).where(ReportIssueFile.issue_id == key, ReportIssueFile.format == form)
    with ledger.read() as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        raise HydeskError("归档里没有这份文件，可能已撤销归档，请刷新列表")
    content = bytes(row["content"])
    if hashlib.sha256(content).hexdigest() != row["sha256"]:
        raise HydeskError(f"归档文件“{row['name']}”与归档时不一致，可能被改动或损坏，请从备份恢复")
    return row["name"], content
