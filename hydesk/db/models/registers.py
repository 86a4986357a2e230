"""Registers: lists an office keeps beside the ledger, their fields as data and their values by field."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint

from hydesk.db.models.base import Base, Key, Mapped, Words, mapped_column


class Register(Base):
    """A register; ``definition`` is JSON of its fields, states and views. ``present`` is false where undone."""

    __tablename__ = "registers"
    id: Mapped[Key]
    present: Mapped[bool]
    key: Mapped[str | None]
    name: Mapped[str | None]
    definition: Mapped[Words]
    position: Mapped[int | None]


class Record(Base):
    """A record of a register; ``present`` is false where it was taken away or its making undone."""

    __tablename__ = "records"
    id: Mapped[Key]
    present: Mapped[bool]
    register_id: Mapped[int | None] = mapped_column(ForeignKey("registers.id"), index=True)


class RecordValue(Base):
    """What stands in one field of a record, as text: money in yuan, dates 2023-06-30/month, a project by its code."""

    __tablename__ = "record_values"
    __table_args__ = (UniqueConstraint("record_id", "field"),)
    id: Mapped[Key]
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))
    field: Mapped[str]
    value: Mapped[Words]
