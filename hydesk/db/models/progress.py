"""What happens to a project: figures per period, milestones, problems, attachments."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from hydesk.db.models.base import (
    Base,
    Key,
    Mapped,
    Moment,
    ProjectKey,
    Short,
    UtcTime,
    Words,
    Yuan,
    mapped_column,
)


class Progress(Base):
    """What was reported for one project and period; yuan. 形象进度投资 and 入统投资 are two series, never mixed.

    ``period`` is 2023-06 or 2023-W25. ``day`` is the day a return stated for its figures, None where they hold at the
    period's own (``Period.day``); ``ends_on`` is that day either way, by which figures are found. ``source_id`` is the
    return that brought them last, None for figures entered by hand only. Amounts of a month stand in months'
    rows only, those of a week (``week_investment``) in weeks' only.
    """

    __tablename__ = "progress"
    __table_args__ = (UniqueConstraint("project_id", "period"), Index("ix_progress_year_ends_on", "year", "ends_on"))
    id: Mapped[Key]
    project_id: Mapped[ProjectKey]
    year: Mapped[int]
    period: Mapped[Short]
    ends_on: Mapped[date]
    day: Mapped[date | None]
    month_investment: Mapped[Yuan]
    year_investment: Mapped[Yuan]
    total_invested: Mapped[Yuan]
    funds_arrived: Mapped[Yuan]
    statistics_month: Mapped[Yuan]
    statistics_year: Mapped[Yuan]
    week_investment: Mapped[Yuan]
    progress_text: Mapped[Words]
    problem_text: Mapped[Words]
    measures_text: Mapped[Words]
    next_work_text: Mapped[Words]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))


class Milestone(Base):
    """A node of a project: planned (baseline), forecast and actual date, each with how exactly it was given; ``handling``
    is 办理中 or 不需办理 where somebody said so.

    Who moved which of them when, from where to where, stands in the change log under the node's name.
    """

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("project_id", "type_id"),)
    id: Mapped[Key]
    project_id: Mapped[ProjectKey]
    type_id: Mapped[int] = mapped_column(ForeignKey("milestone_types.id"))
    baseline: Mapped[date | None]
    baseline_precision: Mapped[str | None]
    forecast: Mapped[date | None]
    forecast_precision: Mapped[str | None]
    actual: Mapped[date | None]
    actual_precision: Mapped[str | None]
    handling: Mapped[Words]


class Problem(Base):
    """A problem on the list (问题清单); ``status`` is reported, accepted, assigned, working, answered, verified, closed.

    ``present`` is false for one whose making was undone; its other columns are then empty, which is why they may be.
    ``detail`` · ``measures`` · ``responsible`` are the three lists 困难问题 · 解决措施 · 责任分工. ``source_text`` is
    what the return said that named it, in ``import_id``; ``first_seen`` and ``last_seen`` the periods of the first
    and the newest return that named it.
    """

    __tablename__ = "problems"
    id: Mapped[Key]
    present: Mapped[bool]
    project_id: Mapped[ProjectKey] = mapped_column(index=True)
    title: Mapped[Words]
    detail: Mapped[Words]
    measures: Mapped[Words]
    responsible: Mapped[Words]
    leader: Mapped[Words]
    level: Mapped[str | None]
    status: Mapped[str | None]
    raised_on: Mapped[date | None]
    due_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    source_text: Mapped[Words]
    first_seen: Mapped[str | None]
    last_seen: Mapped[str | None]


class ProblemStep(Base):
    """One step of a problem: 上报, 受理, 交办, 办理, 反馈, 核实, 销号, 退回 or 升级; ``present`` as in ``Problem``."""

    __tablename__ = "problem_steps"
    id: Mapped[Key]
    present: Mapped[bool]
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("problems.id"), index=True)
    kind: Mapped[str | None]
    at: Mapped[Moment | None] = mapped_column(UtcTime)
    actor: Mapped[str | None]
    words: Mapped[Words]
    due_on: Mapped[date | None]


class Attachment(Base):
    """A photo or document of a project; the file itself lies beside the ledger under its hash (``stored``)."""

    __tablename__ = "attachments"
    id: Mapped[Key]
    present: Mapped[bool]
    project_id: Mapped[ProjectKey] = mapped_column(index=True)
    name: Mapped[Words]
    stored: Mapped[str | None]
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    note: Mapped[Words]
    added_at: Mapped[Moment | None] = mapped_column(UtcTime)
    actor: Mapped[str | None]
