"""Seals of what the change log does not speak of: returns as read, settings, units, files of issued reports."""

from __future__ import annotations

from hydesk.db.models.base import Base, Key, Mapped, mapped_column


class ContentSeal(Base):
    """The digest of a part of the ledger as a transaction left it. Only ever appended to; a part's newest one counts.

    ``part`` is a table's name, or import/12 for one import with its rows, cells and findings. ``hash`` is that of the
    seal with the ``previous`` one's hash in it.
    """

    __tablename__ = "content_seals"
    id: Mapped[Key]
    part: Mapped[str] = mapped_column(index=True)
    digest: Mapped[str]
    previous: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str] = mapped_column(unique=True)
