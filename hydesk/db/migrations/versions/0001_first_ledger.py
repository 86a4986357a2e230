"""The first ledger: office, projects, returns, progress and the change log."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Integer, LargeBinary, String, Text
from sqlalchemy import ForeignKeyConstraint as foreign
from sqlalchemy import PrimaryKeyConstraint as primary
from sqlalchemy import UniqueConstraint as unique

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def need(name: str, kind: Any) -> sa.Column[Any]:
    """A column that always holds a value."""
    return sa.Column(name, kind, nullable=False)


def may(name: str, kind: Any) -> sa.Column[Any]:
    """A column that may be empty."""
    return sa.Column(name, kind, nullable=True)


def upgrade() -> None:
    """Make all tables and what a new ledger starts with."""
    office()
    projects()
    imports()
    progress()


def office() -> None:
    """Units, classes, nodes, settings, acts."""
    op.create_table(
        "units", need("id", Integer()), need("name", String()), need("kind", String(length=40)),
        may("region_code", String()), may("short_names", Text()), need("position", Integer()),
        primary("id", name="pk_units"), unique("name", name="uq_units_name"),
    )
    op.create_table(
        "project_classes", need("id", Integer()), need("kind", String(length=40)),
        need("name", String()), need("position", Integer()), primary("id", name="pk_project_classes"),
        unique("kind", "name", name="uq_project_classes_kind_name"),
    )
    op.create_table(
        "milestone_types", need("id", Integer()), need("name", String()), need("stage", String()),
        need("position", Integer()), primary("id", name="pk_milestone_types"),
        unique("name", name="uq_milestone_types_name"),
    )
    op.create_table(
        "settings", need("key", String()), need("value", String()), primary("key", name="pk_settings"),
    )
    op.create_table(
        "remembered", need("id", Integer()), may("unit_id", Integer()), need("kind", String(length=40)),
        need("words", String()), need("meaning", String()), need("actor", String()),
        need("at", DateTime()), foreign(["unit_id"], ["units.id"], name="fk_remembered_unit_id_units"),
        primary("id", name="pk_remembered"),
        unique("unit_id", "kind", "words", name="uq_remembered_unit_id_kind_words"),
    )
    op.create_table(
        "acts", need("id", Integer()), need("kind", String(length=40)), need("title", String()),
        need("actor", String()), need("at", DateTime()), may("undone_at", DateTime()),
        may("undone_by", String()), may("undone_order", Integer()), need("redoable", Boolean()),
        primary("id", name="pk_acts"),
    )


def projects() -> None:
    """Projects and their places on the lists of years."""
    op.create_table(
        "batches", need("id", Integer()), need("year", Integer()), need("name", String()),
        may("published_on", Date()), may("document", Text()), primary("id", name="pk_batches"),
        unique("year", "name", name="uq_batches_year_name"),
    )
    op.create_table(
        "projects", need("id", Integer()), need("present", Boolean()), may("code", String()),
        may("approval_code", String()), may("name", String()), may("unit_id", Integer()),
        may("location", Text()), may("category_id", Integer()), may("industry_id", Integer()),
        may("chain_id", Integer()), may("nature", String()), may("level", String()),
        may("investor_kind", String()), may("builder", Text()), may("responsible_unit", Text()),
        may("city_leader", String()), may("county_leader", String()), may("contact", String()),
        may("phone", String()), may("scale", Text()), may("start_year", Integer()),
        may("finish_year", Integer()), may("funding", Text()), may("total_investment", BigInteger()),
        may("remark", Text()),
        foreign(["category_id"], ["project_classes.id"], name="fk_projects_category_id_project_classes"),
        foreign(["chain_id"], ["project_classes.id"], name="fk_projects_chain_id_project_classes"),
        foreign(["industry_id"], ["project_classes.id"], name="fk_projects_industry_id_project_classes"),
        foreign(["unit_id"], ["units.id"], name="fk_projects_unit_id_units"),
        primary("id", name="pk_projects"),
    )
    op.create_index("ix_projects_approval_code", "projects", ["approval_code"])
    op.create_index("uq_projects_code_present", "projects", ["code"], unique=True, sqlite_where=sa.text("present"), postgresql_where=sa.text("present"))
    op.create_table(
        "project_names", need("id", Integer()), need("project_id", Integer()), need("name", String()),
        need("kind", String(length=40)),
        foreign(["project_id"], ["projects.id"], name="fk_project_names_project_id_projects"),
        primary("id", name="pk_project_names"),
        unique("project_id", "name", name="uq_project_names_project_id_name"),
    )
    op.create_table(
        "sub_projects", need("id", Integer()), need("project_id", Integer()),
        need("position", Integer()), need("name", String()), may("builder", Text()),
        may("total_investment", BigInteger()), may("annual_plan", BigInteger()), may("remark", Text()),
        foreign(["project_id"], ["projects.id"], name="fk_sub_projects_project_id_projects"),
        primary("id", name="pk_sub_projects"),
        unique("project_id", "position", name="uq_sub_projects_project_id_position"),
    )
    op.create_table(
        "adjustments", need("id", Integer()), need("project_id", Integer()), may("batch_id", Integer()),
        may("act_id", Integer()), need("kind", String(length=40)), need("on", Date()),
        need("reason", String()), may("other_project_id", Integer()),
        foreign(["act_id"], ["acts.id"], name="fk_adjustments_act_id_acts"),
        foreign(["batch_id"], ["batches.id"], name="fk_adjustments_batch_id_batches"),
        foreign(["other_project_id"], ["projects.id"], name="fk_adjustments_other_project_id_projects"),
        foreign(["project_id"], ["projects.id"], name="fk_adjustments_project_id_projects"),
        primary("id", name="pk_adjustments"),
    )
    op.create_index("ix_adjustments_project_id", "adjustments", ["project_id"])
    op.create_table(
        "year_plans", need("id", Integer()), need("project_id", Integer()), need("year", Integer()),
        need("present", Boolean()), may("annual_plan", BigInteger()),
        may("invested_before", BigInteger()), may("year_goal", Text()), may("batch_id", Integer()),
        may("dropped_on", Date()),
        foreign(["batch_id"], ["batches.id"], name="fk_year_plans_batch_id_batches"),
        foreign(["project_id"], ["projects.id"], name="fk_year_plans_project_id_projects"),
        primary("id", name="pk_year_plans"),
        unique("year", "project_id", name="uq_year_plans_year_project_id"),
    )
    op.create_index("ix_year_plans_project_id", "year_plans", ["project_id"])


def imports() -> None:
    """Files taken in and the change log."""
    op.create_table(
        "imports", need("id", Integer()), need("act_id", Integer()), need("kind", String(length=40)),
        need("file", String()), need("sha256", String()), may("unit_id", Integer()),
        may("period", String()), may("year", Integer()), need("status", String(length=40)),
        need("actor", String()), need("at", DateTime()), may("superseded_by", Integer()),
        need("sheets", String()), foreign(["act_id"], ["acts.id"], name="fk_imports_act_id_acts"),
        foreign(["superseded_by"], ["imports.id"], name="fk_imports_superseded_by_imports"),
        foreign(["unit_id"], ["units.id"], name="fk_imports_unit_id_units"),
        primary("id", name="pk_imports"),
    )
    op.create_index("ix_imports_act_id", "imports", ["act_id"])
    op.create_index("ix_imports_period_unit_id", "imports", ["period", "unit_id"])
    op.create_index("ix_imports_sha256", "imports", ["sha256"])
    op.create_table(
        "import_files", need("import_id", Integer()), need("content", LargeBinary()),
        foreign(["import_id"], ["imports.id"], name="fk_import_files_import_id_imports"),
        primary("import_id", name="pk_import_files"),
    )
    op.create_table(
        "import_rows", need("id", Integer()), need("import_id", Integer()),
        may("project_id", Integer()), need("sheet", String()), need("row", Integer()),
        need("name", String()), may("match", String()), need("applied", Boolean()),
        foreign(["import_id"], ["imports.id"], name="fk_import_rows_import_id_imports"),
        foreign(["project_id"], ["projects.id"], name="fk_import_rows_project_id_projects"),
        primary("id", name="pk_import_rows"),
    )
    op.create_index("ix_import_rows_import_id", "import_rows", ["import_id"])
    op.create_index("ix_import_rows_project_id", "import_rows", ["project_id"])
    op.create_table(
        "import_cells", need("row_id", Integer()), need("field", String(length=40)),
        may("cell", String()), may("words", Text()), may("value", Text()),
        foreign(["row_id"], ["import_rows.id"], name="fk_import_cells_row_id_import_rows"),
        primary("row_id", "field", name="pk_import_cells"),
    )
    op.create_table(
        "import_findings", need("id", Integer()), need("import_id", Integer()),
        need("level", String(length=40)), need("code", String(length=40)), need("message", String()),
        may("sheet", String()), may("row", Integer()), may("cell", String()), may("column", String()),
        may("project", String()), may("field", String()), may("suggestion", BigInteger()),
        foreign(["import_id"], ["imports.id"], name="fk_import_findings_import_id_imports"),
        primary("id", name="pk_import_findings"),
    )
    op.create_index("ix_import_findings_import_id", "import_findings", ["import_id"])
    op.create_table(
        "change_log", need("id", Integer()), need("act_id", Integer()), may("import_id", Integer()),
        need("entity", String(length=40)), need("project_id", Integer()), need("scope", String()),
        need("field", String(length=40)), may("old", Text()), may("new", Text()),
        may("sheet", String()), may("cell", String()), may("words", Text()), may("reason", Text()),
        need("undone", Boolean()), foreign(["act_id"], ["acts.id"], name="fk_change_log_act_id_acts"),
        foreign(["import_id"], ["imports.id"], name="fk_change_log_import_id_imports"),
        foreign(["project_id"], ["projects.id"], name="fk_change_log_project_id_projects"),
        primary("id", name="pk_change_log"),
    )
    op.create_index("ix_change_log_act_id", "change_log", ["act_id"])
    op.create_index("ix_change_log_place", "change_log", ["project_id", "entity", "scope", "field"])


def progress() -> None:
    """Figures, nodes and problems."""
    op.create_table(
        "progress", need("id", Integer()), need("project_id", Integer()), need("year", Integer()),
        need("period", String(length=40)), need("ends_on", Date()),
        may("month_investment", BigInteger()), may("year_investment", BigInteger()),
        may("total_invested", BigInteger()), may("funds_arrived", BigInteger()),
        may("statistics_month", BigInteger()), may("statistics_year", BigInteger()),
        may("progress_text", Text()), may("problem_text", Text()), may("measures_text", Text()),
        may("next_work_text", Text()), may("source_id", Integer()),
        foreign(["project_id"], ["projects.id"], name="fk_progress_project_id_projects"),
        foreign(["source_id"], ["imports.id"], name="fk_progress_source_id_imports"),
        primary("id", name="pk_progress"),
        unique("project_id", "period", name="uq_progress_project_id_period"),
    )
    op.create_index("ix_progress_year_ends_on", "progress", ["year", "ends_on"])
    op.create_table(
        "milestones", need("id", Integer()), need("project_id", Integer()), need("type_id", Integer()),
        may("baseline", Date()), may("baseline_precision", String()), may("forecast", Date()),
        may("forecast_precision", String()), may("actual", Date()), may("actual_precision", String()),
        foreign(["project_id"], ["projects.id"], name="fk_milestones_project_id_projects"),
        foreign(["type_id"], ["milestone_types.id"], name="fk_milestones_type_id_milestone_types"),
        primary("id", name="pk_milestones"),
        unique("project_id", "type_id", name="uq_milestones_project_id_type_id"),
    )
    op.create_table(
        "problems", need("id", Integer()), need("project_id", Integer()), need("title", String()),
        may("detail", Text()), may("measures", Text()), may("responsible", Text()),
        need("level", String(length=40)), need("status", String(length=40)), need("raised_on", Date()),
        may("due_on", Date()), may("closed_on", Date()), may("import_id", Integer()),
        foreign(["import_id"], ["imports.id"], name="fk_problems_import_id_imports"),
        foreign(["project_id"], ["projects.id"], name="fk_problems_project_id_projects"),
        primary("id", name="pk_problems"),
    )
    op.create_index("ix_problems_project_id", "problems", ["project_id"])
    op.create_table(
        "problem_steps", need("id", Integer()), need("problem_id", Integer()),
        need("kind", String(length=40)), need("at", DateTime()), need("actor", String()),
        may("words", Text()), may("due_on", Date()),
        foreign(["problem_id"], ["problems.id"], name="fk_problem_steps_problem_id_problems"),
        primary("id", name="pk_problem_steps"),
    )
    op.create_index("ix_problem_steps_problem_id", "problem_steps", ["problem_id"])
