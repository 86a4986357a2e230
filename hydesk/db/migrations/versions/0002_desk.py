"""What the desks need: undoable settings, problems, attachments and issued reports; received and returned returns.

Problems, their steps and sub-projects could not be filled by any earlier version, so their tables are made anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REMADE = ("problem_steps", "problems", "sub_projects")


def upgrade() -> None:
    """Bring a first ledger up to this version."""
    for name in ("decisions", "note"):
        op.add_column("imports", sa.Column(name, sa.Text()))
    op.add_column("year_plans", sa.Column("nature", sa.String()))
    op.add_column("year_plans", sa.Column("lamp_meaning", sa.String()))
    op.add_column("year_plans", sa.Column("lamp_reason", sa.Text()))
    with op.batch_alter_table("change_log") as change_log:
        change_log.drop_constraint("fk_change_log_project_id_projects", type_="foreignkey")
    settings()
    for name in REMADE:
        op.drop_table(name)
    problems()
    papers()


def settings() -> None:
    """Settings get a key of their own, like all that the change log writes."""
    held = op.get_bind().execute(sa.text("SELECT key, value FROM settings ORDER BY key")).all()
    op.drop_table("settings")
    made = op.create_table(
        "settings", sa.Column("id", sa.Integer(), nullable=False), sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_settings"),
        sa.UniqueConstraint("key", name="uq_settings_key"))
    if held:
        op.bulk_insert(made, [{"key": key, "value": value} for key, value in held])


def problems() -> None:
    """Problems with their steps, and sub-projects."""
    op.create_table(
        "problems", sa.Column("id", sa.Integer(), nullable=False), sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False), sa.Column("title", sa.Text()),
        sa.Column("detail", sa.Text()), sa.Column("measures", sa.Text()), sa.Column("responsible", sa.Text()),
        sa.Column("leader", sa.Text()), sa.Column("level", sa.String()), sa.Column("status", sa.String()),
        sa.Column("raised_on", sa.Date()), sa.Column("due_on", sa.Date()), sa.Column("closed_on", sa.Date()),
        sa.Column("import_id", sa.Integer()), sa.Column("source_text", sa.Text()),
        sa.Column("first_seen", sa.String()), sa.Column("last_seen", sa.String()),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_problems_project_id_projects"),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_problems_import_id_imports"),
        sa.PrimaryKeyConstraint("id", name="pk_problems"))
    op.create_index("ix_problems_project_id", "problems", ["project_id"])
    op.create_table(
        "problem_steps", sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False), sa.Column("problem_id", sa.Integer()),
        sa.Column("kind", sa.String()), sa.Column("at", sa.DateTime()), sa.Column("actor", sa.String()),
        sa.Column("words", sa.Text()), sa.Column("due_on", sa.Date()),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name="fk_problem_steps_problem_id_problems"),
        sa.PrimaryKeyConstraint("id", name="pk_problem_steps"))
    op.create_index("ix_problem_steps_problem_id", "problem_steps", ["problem_id"])
    op.create_table(
        "sub_projects", sa.Column("id", sa.Integer(), nullable=False), sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False), sa.Column("name", sa.Text()),
        sa.Column("builder", sa.Text()), sa.Column("total_investment", sa.BigInteger()),
        sa.Column("annual_plan", sa.BigInteger()), sa.Column("remark", sa.Text()),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_sub_projects_project_id_projects"),
        sa.PrimaryKeyConstraint("id", name="pk_sub_projects"),
        sa.UniqueConstraint("project_id", "position", name="uq_sub_projects_project_id_position"))


def papers() -> None:
    """Attachments and issued reports."""
    op.create_table(
        "attachments", sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False), sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text()), sa.Column("stored", sa.String()), sa.Column("sha256", sa.String()),
        sa.Column("size", sa.Integer()), sa.Column("note", sa.Text()), sa.Column("added_at", sa.DateTime()),
        sa.Column("actor", sa.String()),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_attachments_project_id_projects"),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"))
    op.create_index("ix_attachments_project_id", "attachments", ["project_id"])
    op.create_table(
        "report_issues", sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False), sa.Column("kind", sa.String()),
        sa.Column("period", sa.String()), sa.Column("subject", sa.Text()), sa.Column("year", sa.Integer()),
        sa.Column("number", sa.Integer()), sa.Column("title", sa.Text()), sa.Column("issued_at", sa.DateTime()),
        sa.Column("actor", sa.String()), sa.Column("corrects_id", sa.Integer()), sa.Column("correction_note", sa.Text()),
        sa.ForeignKeyConstraint(["corrects_id"], ["report_issues.id"],
                                name="fk_report_issues_corrects_id_report_issues"),
        sa.PrimaryKeyConstraint("id", name="pk_report_issues"))
    op.create_table(
        "report_issue_files", sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False), sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=False), sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["report_issues.id"],
                                name="fk_report_issue_files_issue_id_report_issues"),
        sa.PrimaryKeyConstraint("id", name="pk_report_issue_files"))
    op.create_index("ix_report_issue_files_issue_id", "report_issue_files", ["issue_id"])
