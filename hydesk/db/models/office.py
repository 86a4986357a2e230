"""What the office itself edits: reporting units, classes, standard milestones, settings and what it remembers."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint

from hydesk.db.models.base import Base, Key, Mapped, Moment, Short, Words, mapped_column


class Unit(Base):
    """填报单位: a county, park or city department. ``short_names`` are parted by line feeds."""

    __tablename__ = "units"
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[Short]
    region_code: Mapped[str | None]
    short_names: Mapped[Words]
    position: Mapped[int]


class ProjectClass(Base):
    """A class of projects; ``kind`` is category (类别), industry (优势产业) or chain (产业链)."""

    __tablename__ = "project_classes"
    __table_args__ = (UniqueConstraint("kind", "name"),)
    id: Mapped[Key]
    kind: Mapped[Short]
    name: Mapped[str]
    position: Mapped[int]


class MilestoneType(Base):
    """A standard node (节点) in the order of a project's life."""

    __tablename__ = "milestone_types"
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    stage: Mapped[str]
    position: Mapped[int]


class Setting(Base):
    """One setting; ``value`` is JSON. Those a person sets are changed through the change log, so they can be undone."""

    __tablename__ = "settings"
    id: Mapped[Key]
    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


class Remembered(Base):
    """What a person decided about a unit's returns: ``kind`` is column or unit (of money), ``words`` the head."""

    __tablename__ = "remembered"
    __table_args__ = (UniqueConstraint("unit_id", "kind", "words"),)
    id: Mapped[Key]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[Short]
    words: Mapped[str]
    meaning: Mapped[str]
    actor: Mapped[str]
    at: Mapped[Moment]
