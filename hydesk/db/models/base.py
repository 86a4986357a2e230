"""What every table shares: naming of constraints, exact money, times kept in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column
else:
    # Written and checked as SQLAlchemy's own models, made as plain tables: see hydesk.db.models.plain.
    from hydesk.db.models.plain import Mapped, PlainTables, aliased, mapped_column

    DeclarativeBase = PlainTables

__all__ = ["Base", "Key", "Mapped", "Moment", "ProjectKey", "Short", "UtcTime", "Words", "Yuan", "aliased", "mapped_column"]


class UtcTime(TypeDecorator[datetime]):
    """A moment: stored as UTC without a zone, handed out with the zone UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """All tables of the ledger. Queries keep to what SQLite and PostgreSQL both speak."""

    metadata = MetaData(naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    })


Key = Annotated[int, mapped_column(Integer, primary_key=True)]
Yuan = Annotated[int | None, mapped_column(BigInteger)]
"""Whole yuan; no float ever holds money."""
Words = Annotated[str | None, mapped_column(Text)]
Short = Annotated[str, mapped_column(String(40))]
"""A word of the program's own, such as a kind or a status."""
Moment = Annotated[datetime, mapped_column(UtcTime)]
ProjectKey = Annotated[int, mapped_column(ForeignKey("projects.id"))]
