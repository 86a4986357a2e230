"""Prefilled workbooks for units to report in."""

from __future__ import annotations

from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.file_names import clean_name
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Month, Period
from hydesk.excel.write_template import TemplateLine, write_template
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.own_columns import list_own_columns


def make_templates(ledger: Ledger, period: Period, out: Path, unit: str | None = None) -> list[Path]:
    """Writes a template for ``period`` into ``out`` for ``unit``, or for every unit that has projects.

    Raises HydeskError for a unit without projects, a year without a list, a folder that cannot be written.
    """
    standings = list_standings(ledger, period)
    if not standings:
        raise HydeskError(f"台账里没有{period.year}年的项目清单，做不了{period.label}的模板。请先导入清单。")
    units = list(dict.fromkeys(s.unit for s in standings))
    if unit is not None and unit not in units:
        raise HydeskError(f"台账里没有“{unit}”的项目。有项目的单位：{'、'.join(units)}。")
    before = _year_before(ledger, period)
    own = [c for c in list_own_columns(ledger) if c.asked]
    anew = {c.id for c in own if c.kind.by_period}  # told for this period, so never from an earlier one
    paths = []
    for name in [unit] if unit is not None else units:
        lines = [
            TemplateLine(s.code, s.name, s.total_investment, s.annual_plan, before.get(s.id),
                         {key: value for key, value in s.own.items() if key not in anew})
            for s in standings if s.unit == name
        ]
        path = out / clean_name(f"{name}{period.label}填报模板.xlsx")
        write_template(name, period, lines, path, own)
        paths.append(path)
    return paths


def _year_before(ledger: Ledger, period: Period) -> dict[int, Yuan | None]:
    """The year to date known before ``period``, by project; empty in January and for weeks."""
    if not isinstance(period, Month) or period.number == 1:
        return {}
    return {s.id: s.year_investment for s in list_standings(ledger, period.previous())}
