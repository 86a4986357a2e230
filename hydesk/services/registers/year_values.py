"""Values of the plans' indicators by year: in from a table of indicators and years, out to one, and as a series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.places import Entity
from hydesk.db.record_rows import new_record, value_place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Finding, Level
from hydesk.domain.periods import Period
from hydesk.domain.registers import RegisterRecord
from hydesk.domain.shipped_registers import PLAN_TARGETS, PLAN_VALUES
from hydesk.excel.read import read_book
from hydesk.excel.write_shown import ShownColumn, ShownTable, Value, write_shown
from hydesk.returns.text import loose_key
from hydesk.returns.year_table import YearValue, read_year_table
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import definition_of, open_register, read_records

Series = Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class YearImport:
    """What an import of values did; nothing was written where ``rejected``."""

    added: int
    changed: int
    unchanged: int
    findings: tuple[Finding, ...]
    rejected: bool = False


def series_by_indicator(ledger: Ledger, period: Period) -> dict[str, Series]:
    """The values known of each indicator by year; the key is that of ``indicator_key``."""
    register_id = register_called(ledger, PLAN_VALUES)
    if register_id is None:
        return {}
    found: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for r in open_register(ledger, register_id, period).records:
        year, value = _year(r), r.values.get("value")
        if year is not None and isinstance(value, Decimal):
            found[indicator_key(str(r.values.get("indicator", "")))][year] = value
    return dict(found)


def _year(record: RegisterRecord) -> int | None:
    digits = str(record.values.get("year", "")).strip().removesuffix("年")
    return int(digits) if digits.isdigit() else None


def indicator_key(name: str) -> str:
    """What makes two ways of writing an indicator the same."""
    return loose_key(name)


@writing
def import_year_values(ledger: Ledger, source: Path | tuple[str, bytes], actor: Actor | None = None) -> YearImport:
    """Take values in from indicator rows and year columns, in one act; empty cells leave what is known.

    An indicator that no plan has is named and not taken. Raises HydeskError where the file cannot be read.
    """
    if isinstance(source, Path):
        try:
            name, content = source.name, source.read_bytes()
        except OSError as e:
            raise HydeskError(f"读不了“{source.name}”，可能已被移走或没有权限，请检查后再试") from e
    else:
        name, content = source
    table = read_year_table(read_book(content, name))
    if table.rejected:
        return YearImport(0, 0, 0, table.findings, True)
    register_id = register_called(ledger, PLAN_VALUES)
    if register_id is None:
        raise HydeskError("还没有启用“规划指标年度值”台账，请先在考核与榜单里点“启用自带台账”")
    known_names = _indicators(ledger)
    findings = list(table.findings)
    taken: dict[tuple[str, int], YearValue] = {}
    for v in table.values:
        own = known_names.get(indicator_key(v.indicator))
        if own is None:
            if not any(f.code == "stranger" and f.message.startswith(f"“{v.indicator}”") for f in findings):
                findings.append(Finding(Level.WARNING, "stranger", f"“{v.indicator}”不是规划目标里的指标，未取。请核对名称，或先登记这个目标",
                                        v.sheet, 0, v.cell))
        elif (own, v.year) in taken and taken[own, v.year].value != v.value:
            findings.append(Finding(Level.ERROR, "duplicate", f"“{v.indicator}”{v.year}年有两个不同的值，取了前一个。请核实", v.sheet, 0, v.cell))
        else:
            taken[own, v.year] = v
    return _take_in(ledger, register_id, taken, findings, name, actor or current_actor(ledger))


def _indicators(ledger: Ledger) -> dict[str, str]:
    register_id = register_called(ledger, PLAN_TARGETS)
    if register_id is None:
        return {}
    with ledger.read() as connection:
        records = read_records(connection, register_id, definition_of(connection, register_id))
    return {indicator_key(name): name for r in reversed(records) if (name := str(r.values.get("indicator", "")))}


def _take_in(ledger: Ledger, register_id: int, taken: Mapping[tuple[str, int], YearValue], findings: list[Finding],
             file: str, actor: Actor) -> YearImport:
    with ledger.write() as connection:
        held: dict[tuple[str, int], RegisterRecord] = {}
        for r in read_records(connection, register_id, definition_of(connection, register_id)):
            if (at := _year(r)) is not None:
                held[indicator_key(str(r.values.get("indicator", ""))), at] = r
        shelves = Shelves(connection)
        fresh = [k for k in taken if (indicator_key(k[0]), k[1]) not in held]
        keys = dict(zip(fresh, shelves.new_keys(Entity.RECORD, len(fresh)), strict=True))
        writes: list[Write] = []
        changed = 0
        for (name, year), v in taken.items():
            old = held.get((indicator_key(name), year))
            if old is not None and old.values.get("value") == v.value:
                continue
            key = keys.get((name, year)) or str(old.id if old else "")
            if old is None:
                writes += [*new_record(key, register_id), _write(key, "indicator", name, v), _write(key, "year", str(year), v)]
            else:
                changed += 1
            writes += [_write(key, "value", str(v.value), v), _write(key, "source", file, v)]
        if writes:
            act_id = begin_act(connection, "record", f"从“{file}”填写规划指标年度值", actor)
            record(connection, act_id, writes, shelves=shelves)
    return YearImport(len(fresh), changed, len(taken) - len(fresh) - changed, tuple(findings))


def _write(key: str, field: str, text: str, v: YearValue) -> Write:
    return Write(value_place(key, field), text, sheet=v.sheet, cell=v.cell, words=v.words)


def export_year_values(ledger: Ledger, period: Period, path: Path) -> None:
    """Write every indicator of the plans with its values by year, to be filled on and taken in again."""
    register_id = register_called(ledger, PLAN_TARGETS)
    if register_id is None:
        raise HydeskError("还没有启用“规划目标”台账，请先在考核与榜单里点“启用自带台账”")
    series = series_by_indicator(ledger, period)
    known = [y for s in series.values() for y in s]
    years = list(range(min([*known, period.year - 2]), max([*known, period.year]) + 1))
    rows: list[list[Value]] = []
    seen: set[str] = set()
    for r in open_register(ledger, register_id, period).records:
        name = str(r.values.get("indicator", ""))
        if indicator_key(name) in seen:
            continue
        seen.add(indicator_key(name))
        own = series.get(indicator_key(name), {})
        rows.append([str(r.values.get("area", "")), name, str(r.values.get("measure", "")), str(r.values.get("unit", "")),
                     *(own.get(y) for y in years)])
    columns = [ShownColumn("领域", 14), ShownColumn("指标", 38), ShownColumn("计量单位", 10), ShownColumn("责任单位", 20),
               *(ShownColumn(f"{y}年", 12, "0.######") for y in years)]
    write_shown(ShownTable("规划指标年度值", "空着的年份以后再填；填好后从“规划评估”页导入", "见“计量单位”列", columns, rows, [None] * len(columns), 2), path)
