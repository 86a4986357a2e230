"""Acts and the change log: every figure's who, when, old, new and from where; what undo and redo walk along."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index

from hydesk.db.models.base import Base, Key, Mapped, Moment, Short, UtcTime, Words, mapped_column


class Act(Base):
    """Something done in one transaction that can be undone as a whole.

    ``undone_order`` counts undone acts up, so that the last undone is the first redone; ``redoable`` turns false
    once something new is done after the undo.
    """

    __tablename__ = "acts"
    id: Mapped[Key]
    kind: Mapped[Short]
    title: Mapped[str]
    actor: Mapped[str]
    at: Mapped[Moment]
    undone_at: Mapped[Moment | None] = mapped_column(UtcTime)
    undone_by: Mapped[str | None]
    undone_order: Mapped[int | None]
    redoable: Mapped[bool]


class LogEntry(Base):
    """One field's step from ``old`` to ``new`` in the change log.

    A field's place is (entity, project, scope, field), where ``scope`` is a year for plans, a period for progress,
    the node for milestones, the row's own key for problems, attachments and settings. ``project_id`` is 0 for what
    belongs to no project, which is why it refers to nothing. The value that holds is ``new`` of the last entry that is not ``undone``, or ``old`` of
    the first where all are. Values are text: money in yuan, dates 2023-06-30/month. A return that repeats what is
    held is logged too (old = new), so that undoing the earlier return leaves what the later one said.
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
    undone: Mapped[bool]
