"""A report as JSON and back, exactly: what an issued report is kept as, beside its printed files.

Every value carries the name of its class, so that a report frozen by this version is read by later ones; fields that a later
version adds take their defaults, fields it no longer has are left out.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.reports import figures, grid, kinds, model, photos, pictures, prose

_CLASSES: Mapping[str, type] = {
    "Annex": model.Annex, "Bar": pictures.Bar, "BarChart": pictures.BarChart, "Column": grid.PrintColumn, "Curve": pictures.Curve,
    "CurveChart": pictures.CurveChart, "Figure": figures.Figure, "Heading": prose.Heading, "Masthead": model.Masthead,
    "Paragraph": prose.Paragraph, "Photo": photos.Photo, "PhotoRow": photos.PhotoRow, "Report": model.Report, "Row": grid.PrintRow, "Section": model.Section,
    "Sentence": prose.Sentence, "Table": grid.PrintTable,
}
"""By the names archived reports carry: those never change, whatever a class is called now."""
_ENUMS: Mapping[str, type[Enum]] = {
    "Extent": model.Extent, "Manner": kinds.Manner, "ReportKind": kinds.ReportKind, "Align": grid.Align, "RowKind": grid.PrintRowKind, "Show": figures.FigureStyle,
    "State": prose.State,
}
_NAMES: Mapping[type, str] = {kept: name for name, kept in (*_CLASSES.items(), *_ENUMS.items())}
_OTHERS: Mapping[str, Callable[[str], object]] = {
    "Decimal": Decimal, "date": date.fromisoformat, "Period": Period.parse, "bytes": base64.b64decode,
}


def freeze(report: model.Report) -> str:
    """``report`` as JSON; ``thaw`` gives an equal one back."""
    return json.dumps(_plain(report), ensure_ascii=False, separators=(",", ":"))


def thaw(text: str) -> model.Report:
    """The report that ``freeze`` wrote. Raises HydeskError where it is none."""
    try:
        report = _value(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise HydeskError("归档的报告读不出来，可能是更新的版本写的，请升级程序") from error
    if not isinstance(report, model.Report):
        raise HydeskError("归档的报告读不出来，可能是更新的版本写的，请升级程序")
    return report


def _plain(value: object) -> Any:
    if isinstance(value, Period):
        return {"#": "Period", "v": str(value)}  # month or week, told apart by how it is written
    if isinstance(value, Decimal):
        return {"#": "Decimal", "v": str(value)}
    if isinstance(value, Enum):
        return {"#": _NAMES[type(value)], "v": value.value}
    if isinstance(value, bytes):
        return {"#": "bytes", "v": base64.b64encode(value).decode("ascii")}
    if isinstance(value, date):
        return {"#": "date", "v": value.isoformat()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if is_dataclass(value):
        return {"#": _NAMES[type(value)]} | {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_value(v) for v in plain)
    if not isinstance(plain, dict):
        return plain
    name = plain["#"]
    if name in _ENUMS:
        return _ENUMS[name](plain["v"])
    if name in _OTHERS:
        return _OTHERS[name](plain["v"])
    made = _CLASSES[name]
    known = {f.name for f in fields(made)}
    return made(**{k: _value(v) for k, v in plain.items() if k in known})
