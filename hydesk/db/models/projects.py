"""Projects, their names and packages, the year's list with its batches and dated adjustments."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text

from hydesk.db.models.base import Base, Key, Mapped, ProjectKey, Short, Words, Yuan, mapped_column


class Project(Base):
    """A project's facts. ``present`` is false for one whose import was undone: it is kept so that it can be redone."""

    __tablename__ = "projects"
    __table_args__ = (
        Index("uq_projects_code_present", "code", unique=True,
              sqlite_where=text("present")),  # on PostgreSQL by the migration: named here it loads that dialect at each start
        Index("ix_projects_approval_code", "approval_code"),
    )
    id: Mapped[Key]
    present: Mapped[bool]
    code: Mapped[str | None]
    approval_code: Mapped[str | None]
    name: Mapped[str | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    location: Mapped[Words]
    category_id: Mapped[int | None] = mapped_column(ForeignKey("project_classes.id"))
    industry_id: Mapped[int | None] = mapped_column(ForeignKey("project_classes.id"))
    chain_id: Mapped[int | None] = mapped_column(ForeignKey("project_classes.id"))
    nature: Mapped[str | None]
    level: Mapped[str | None]
    investor_kind: Mapped[str | None]
    builder: Mapped[Words]
    responsible_unit: Mapped[Words]
    city_leader: Mapped[str | None]
    county_leader: Mapped[str | None]
    contact: Mapped[str | None]
    phone: Mapped[str | None]
    scale: Mapped[Words]
    start_year: Mapped[int | None]
    finish_year: Mapped[int | None]
    funding: Mapped[Words]
    total_investment: Mapped[Yuan]
    remark: Mapped[Words]


class ProjectName(Base):
    """Another name of a project; ``kind`` is former (曾用名) or remembered (a county's way of writing it)."""

    __tablename__ = "project_names"
    __table_args__ = (UniqueConstraint("project_id", "name"),)
    id: Mapped[Key]
    project_id: Mapped[ProjectKey]
    name: Mapped[str]
    kind: Mapped[Short]


class SubProject(Base):
    """A sub-project of a listed package (打包项目)."""

    __tablename__ = "sub_projects"
    __table_args__ = (UniqueConstraint("project_id", "position"),)
    id: Mapped[Key]
    project_id: Mapped[ProjectKey]
    position: Mapped[int]
    name: Mapped[Words]
    builder: Mapped[Words]
    total_investment: Mapped[Yuan]
    annual_plan: Mapped[Yuan]
    remark: Mapped[Words]


class Batch(Base):
    """A published batch of a year's list: 第一批, 调整 …, with its date and document."""

    __tablename__ = "batches"
    __table_args__ = (UniqueConstraint("year", "name"),)
    id: Mapped[Key]
    year: Mapped[int]
    name: Mapped[str]
    published_on: Mapped[date | None]
    document: Mapped[Words]


class Adjustment(Base):
    """A dated change of the list: ``kind`` is added, adjusted, renamed, split, merged or dropped, always reasoned."""

    __tablename__ = "adjustments"
    id: Mapped[Key]
    project_id: Mapped[ProjectKey] = mapped_column(index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"))
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    kind: Mapped[Short]
    on: Mapped[date]
    reason: Mapped[str]
    other_project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"))


class YearPlan(Base):
    """A project on a year's list: its plan and goal. ``present`` is false where that was undone.

    ``nature`` is 新建, 续建 or 预备 in that year where it differs from the project's own. ``lamp_meaning`` is what a
    person says the lamp means, whatever the rule says, with ``lamp_reason``. ``month_plan`` is the plan by month, as
    ``MonthPlan.written`` has it.
    """

    __tablename__ = "year_plans"
    __table_args__ = (UniqueConstraint("year", "project_id"),)
    id: Mapped[Key]
    project_id: Mapped[ProjectKey] = mapped_column(index=True)
    year: Mapped[int]
    present: Mapped[bool]
    annual_plan: Mapped[Yuan]
    invested_before: Mapped[Yuan]
    year_goal: Mapped[Words]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"))
    dropped_on: Mapped[date | None]
    nature: Mapped[str | None]
    lamp_meaning: Mapped[str | None]
    lamp_reason: Mapped[Words]
    month_plan: Mapped[Words]
