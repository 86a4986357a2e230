"""Reports that were issued: frozen with their figures, numbered, found again."""

from __future__ import annotations

from sqlalchemy import ForeignKey

from hydesk.db.models.base import Base, Key, Mapped, Moment, Short, UtcTime, Words, mapped_column


class ReportIssue(Base):
    """An issued report (归档). ``subject`` is the unit or project it is about, where it is about one.

    ``year`` and ``number`` are the 第N期 of its kind; ``corrects_id`` the issue that it puts right, and
    ``correction_note`` what changed; ``scope`` the projects it is over, as scopes are written, None for all. ``present`` is false where issuing was undone.
    """

    __tablename__ = "report_issues"
    id: Mapped[Key]
    present: Mapped[bool]
    kind: Mapped[str | None]
    period: Mapped[str | None]
    subject: Mapped[Words]
    year: Mapped[int | None]
    number: Mapped[int | None]
    title: Mapped[Words]
    issued_at: Mapped[Moment | None] = mapped_column(UtcTime)
    actor: Mapped[str | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("report_issues.id"))
    correction_note: Mapped[Words]
    scope: Mapped[Words]


class ReportIssueFile(Base):
    """A file of an issued report as it was printed; ``format`` is json for the frozen figures, text and rules."""

    __tablename__ = "report_issue_files"
    id: Mapped[Key]
    issue_id: Mapped[int] = mapped_column(ForeignKey("report_issues.id"), index=True)
    format: Mapped[Short]
    name: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes]
