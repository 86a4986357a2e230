"""Types of queries and rows that are read by the names of their columns.

SQLAlchemy's types list the type of every column in turn. Where a query is put together of parts, or its rows are read by
name, that list says nothing a reader needs.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from sqlalchemy import Row, Select

AnySelect: TypeAlias = Select[*tuple[Any, ...]]  # type: ignore[valid-type, unused-ignore]
AnyRow: TypeAlias = Row[*tuple[Any, ...]]  # type: ignore[valid-type, unused-ignore]
