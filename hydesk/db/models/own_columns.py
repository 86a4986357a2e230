"""Columns of the office's own, and what stands in them for each project."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from hydesk.db.models.base import Base, Key, Mapped, ProjectKey, Short, Words, mapped_column


class ColumnDefinition(Base):
    """A column. ``choices`` and ``names`` (other heads) are lines of words; ``retired``: shown nowhere, its values stay;
    ``asked``: stands in templates.

    ``present`` is false where its making was undone: the row stays, for its key is never given again.
    """

    __tablename__ = "own_columns"
    id: Mapped[Key]
    present: Mapped[bool]
    name: Mapped[str | None]
    kind: Mapped[str | None]
    choices: Mapped[Words]
    measure: Mapped[str | None]
    names: Mapped[Words]
    position: Mapped[int | None]
    retired: Mapped[bool | None]
    asked: Mapped[bool | None]


class ColumnFigure(Base):
    """What a project holds in a column that is told anew each period; ``ends_on`` is the day it holds at, by which it is
    found. As text, as in ``ColumnValue``."""

    __tablename__ = "own_figures"
    __table_args__ = (UniqueConstraint("project_id", "column_id", "period"), Index("ix_own_figures_column_id_ends_on", "column_id", "ends_on"))
    id: Mapped[Key]
    project_id: Mapped[ProjectKey]
    column_id: Mapped[int] = mapped_column(ForeignKey("own_columns.id"))
    period: Mapped[Short]
    ends_on: Mapped[date]
    value: Mapped[Words]


class ColumnValue(Base):
    """What a project holds in a column, as text: money in yuan, numbers in plain digits, dates 2023-06-30/month."""

    __tablename__ = "own_values"
    __table_args__ = (UniqueConstraint("project_id", "column_id"),)
    id: Mapped[Key]
    project_id: Mapped[ProjectKey]
    column_id: Mapped[int] = mapped_column(ForeignKey("own_columns.id"))
    value: Mapped[Words]
