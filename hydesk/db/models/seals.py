"""Seals of the change log: what makes every later alteration of it show."""

from __future__ import annotations

from sqlalchemy import ForeignKey

from hydesk.db.models.base import Base, Key, Mapped, Moment, Short, Words, mapped_column


class LogSeal(Base):
    """One event of an act: ``event`` is done, added (more entries later), undone or redone. Only ever appended to.

    ``first_entry`` and ``last_entry`` bound the log's entries that a done or added event speaks of (0 where none);
    ``spared`` is JSON of the projects an undo left alone. ``digest`` is the SHA-256 of what was written,
    ``hash`` that of the seal with the ``previous`` one's hash in it. ``mark_id`` is the mark that an undone or redone
    event speaks of; it is empty in events of versions that had no marks.
    """

    __tablename__ = "log_seals"
    id: Mapped[Key]
    act_id: Mapped[int] = mapped_column(ForeignKey("acts.id"), index=True)
    event: Mapped[Short]
    at: Mapped[Moment]
    actor: Mapped[str]
    spared: Mapped[Words]
    first_entry: Mapped[int]
    last_entry: Mapped[int]
    digest: Mapped[str | None]
    previous: Mapped[str | None] = mapped_column(unique=True)
    hash: Mapped[str | None] = mapped_column(unique=True)
    mark_id: Mapped[int | None]
