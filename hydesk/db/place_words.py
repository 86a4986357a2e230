"""What the change log speaks of, in the office's words: own columns by the names they bear now."""

from __future__ import annotations

from sqlalchemy import Connection

from hydesk.db.models import ColumnDefinition
from hydesk.db.places import Entity, field_label, show_value
from hydesk.db.references import rows_of
from hydesk.domain.own_columns import OwnKind, told_in_log

_VALUES = (Entity.COLUMN_VALUE, Entity.COLUMN_FIGURE)


class PlaceWords:
    """Labels and values of places within one transaction; own columns are looked up where one is first spoken of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._columns: dict[str, tuple[str, str]] | None = None

    def label(self, entity: str, scope: str, field: str) -> str:
        """A place's field as the office calls it."""
        name = self._own(scope)[0] if entity in (Entity.COLUMN, *_VALUES) else ""
        if entity in _VALUES and name:
            return name
        return field_label(entity, f"“{name}”" if name else scope, field)

    def value(self, entity: str, scope: str, field: str, text: str | None) -> str | None:
        """A value of the change log as the office reads it: money in 万元, exactly."""
        if text is not None and entity in _VALUES:
            return told_in_log(_kind(self._own(scope)[1]), text)
        if text is not None and (entity, field) == (Entity.COLUMN, "kind"):
            return _kind(text).label
        if text is not None and (entity, field) == (Entity.COLUMN, "retired"):
            return "停用"
        if text is not None and (entity, field) == (Entity.COLUMN, "asked"):
            return "是"
        return show_value(entity, field, text)

    def _own(self, scope: str) -> tuple[str, str]:
        if self._columns is None:
            self._columns = {str(r.id): (r.name or "", r.kind or "") for r in rows_of(self._connection, ColumnDefinition.__table__)}
        return self._columns.get(scope.partition("/")[0], ("", ""))


def _kind(word: str) -> OwnKind:
    return OwnKind(word) if word in set(OwnKind) else OwnKind.TEXT
