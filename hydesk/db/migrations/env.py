"""Runs the migrations on the connection that hydesk hands over; there is no alembic.ini."""

from __future__ import annotations

from alembic import context

from hydesk.db.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
