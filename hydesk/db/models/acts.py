"""Acts, their marks of undoing and the change log: every figure's who, when, old, new and from where.

All of these rows are only ever appended: what was done stays as it was written, undoing it is one more row.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index

from hydesk.db.models.base import Base, Key, Mapped, Moment, Short, Words, mapped_column


class Act(Base):
    """Something done in one transaction that can be undone as a whole.

    ``actor`` is the name it is shown under; ``account`` and ``machine`` say whose act it is, and are empty in acts of
    earlier versions and in those written in another's name. Whether it is undone is said by its marks alone.
    """

    __tablename__ = "acts"
    id: Mapped[Key]
    kind: Mapped[Short]
    title: Mapped[str]
    actor: Mapped[str]
    at: Mapped[Moment]
    account: Mapped[str | None]
    machine: Mapped[str | None]


class ActMark(Base):
    """An act was undone or done again (``kind`` undone or redone); the newest mark of an act counts.

    ``newest_act`` is the newest act there was then, so that it can be told what was done since.
    """

    __tablename__ = "act_marks"
    id: Mapped[Key]
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id"), index=True)
    kind: Mapped[Short]
    actor: Mapped[str]
    account: Mapped[str | None]
    machine: Mapped[str | None]
    at: Mapped[Moment]
    newest_act: Mapped[int]


class SparedPart(Base):
    """What an undoing left as the act made it: a row by its ``entity`` and ``scope``, or where both are empty all of a project."""

    __tablename__ = "spared_parts"
    id: Mapped[Key]
    mark_id: Mapped[int] = mapped_column(ForeignKey("act_marks.id"), index=True)
    project_id: Mapped[int]
    entity: Mapped[Short]
    scope: Mapped[str]


class LogEntry(Base):
    """One field's step from ``old`` to ``new`` in the change log.

    A field's place is (entity, project, scope, field), where ``scope`` is a year for plans, a period for progress,
    the node for milestones, the row's own key for problems, attachments and settings. ``project_id`` is 0 for what
    belongs to no project, which is why it refers to nothing. The value that holds is ``new`` of the last entry that
    is not undone, or ``old`` of the first where all are. Values are text: money in yuan, dates 2023-06-30/month. A
    return that repeats what is held is logged too (old = new), so that undoing the earlier return leaves what the
    later one said. Whether an entry is undone is said by its act's marks alone (``db.marks``).
    """

    __tablename__ = "change_log"
    __table_args__ = (Index("ix_change_log_place", "project_id", "entity", "scope", "field"),)
    id: Mapped[Key]
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    entity: Mapped[Short]
    project_id: Mapped[int]
    scope: Mapped[str]
    field: Mapped[Short]
    old: Mapped[Words]
    new: Mapped[Words]
    sheet: Mapped[str | None]
    cell: Mapped[str | None]
    words: Mapped[Words]
    reason: Mapped[Words]
