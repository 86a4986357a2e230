"""Edit a chain's map as it is drawn: rename, move and mark its segments and what stands in them; each one act."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import Connection

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.record_rows import value_place
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.registers import RegisterDefinition, RegisterRecord, RegisterValue, write_register_value
from hydesk.domain.shipped_registers import CHAIN_MAP
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.mechanisms.chain_map import ORDER, POSITIONS, drawn_order
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import definition_of, read_records

GAP = "缺口"
Columns = dict[str, list[tuple[str, list[int]]]]
"""By position the segments in order, each with the records in it."""


@dataclass(frozen=True, slots=True)
class ChainPlace:
    """A place of the drawing: a position, a segment in it, or with ``key`` the record of an enterprise, project or gap."""

    position: str
    segment: str = ""
    key: int = 0


@dataclass
class _Held:
    """The register and the records of one chain, within an open transaction."""

    connection: Connection
    definition: RegisterDefinition
    records: list[RegisterRecord]

    def columns(self) -> Columns:
        """The chain as drawn."""
        made: dict[str, dict[str, list[int]]] = {p: {} for p in POSITIONS}
        for r in self.records:
            position = str(r.values.get("position") or POSITIONS[1])
            made.setdefault(position, {}).setdefault(str(r.values.get("segment") or ""), []).append(r.id)
        return {p: list(segments.items()) for p, segments in made.items()}

    def write(self, wanted: dict[int, dict[str, RegisterValue]], title: str, actor: Actor | None) -> None:
        """Set what differs from what is held, in one act; nothing where nothing does."""
        known = {f.key for f in self.definition.fields}
        held = {r.id: r.values for r in self.records}
        writes = [Write(value_place(str(key), f), write_register_value(v)) for key, values in wanted.items()
                  for f, v in values.items() if f in known and held[key].get(f) != v]
        if writes:
            record(self.connection, begin_act(self.connection, "record", title, actor or current_actor()), writes)


@writing
def move_segment(ledger: Ledger, chain: str, segment: ChainPlace, to: str, at: int, actor: Actor | None = None) -> None:
    """Put a segment with all it holds before the ``at``th of the position ``to``. Raises HydeskError where it is gone."""
    key = _register(ledger)
    with ledger.write() as connection:
        held = _read(connection, key, chain)
        columns = held.columns()
        own = _taken(columns, segment)
        columns[segment.position].remove(own)
        same = next((s for s in columns[to] if s[0] == own[0]), None)
        if same is not None:
            same[1].extend(own[1])
        else:
            columns[to].insert(max(0, at), own)
        _arrange(held, columns, f"“{chain}”产业链图：移动环节“{segment.segment}”", actor)


@writing
def move_item(ledger: Ledger, chain: str, item: ChainPlace, to: ChainPlace, at: int, actor: Actor | None = None) -> None:
    """Put an enterprise, project or gap before the ``at``th of the segment ``to``. Raises HydeskError where it is gone."""
    key = _register(ledger)
    with ledger.write() as connection:
        held = _read(connection, key, chain)
        columns = held.columns()
        own, goal = _taken(columns, item), _taken(columns, to)
        if item.key not in own[1]:
            raise HydeskError("这一项已不在图上，请刷新后再试")
        own[1].remove(item.key)
        goal[1].insert(max(0, at), item.key)
        _arrange(held, columns, f"“{chain}”产业链图：移到环节“{to.segment}”", actor)


@writing
def rename_segment(ledger: Ledger, chain: str, segment: ChainPlace, name: str, to: str, actor: Actor | None = None) -> None:
    """Call a segment ``name`` and let it stand at position ``to``. Raises HydeskError for no name and one in use there."""
    name = " ".join(name.split())
    if not name:
        raise HydeskError("请填写环节名称")
    key = _register(ledger)
    with ledger.write() as connection:
        held = _read(connection, key, chain)
        columns = held.columns()
        own = _taken(columns, segment)
        if to not in columns:
            raise HydeskError(f"环节位置只能是{'、'.join(POSITIONS)}")
        if (name, to) != (segment.segment, segment.position) and any(s == name for s, _ in columns[to]):
            raise HydeskError(f"{to}已有环节“{name}”，请换一个名称；要合并就把企业和项目移过去")
        held.write({k: {"segment": name, "position": to} for k in own[1]},
                   f"“{chain}”产业链图：环节“{segment.segment}”改为“{name}”", actor)


@writing
def mark_gap(ledger: Ledger, chain: str, keys: Sequence[int], actor: Actor | None = None, gap: bool | None = None) -> bool:
    """Mark records as a ``gap`` or as none any more; by itself as none where all are one. Whether they are gaps now."""
    register = _register(ledger)
    with ledger.write() as connection:
        held = _read(connection, register, chain)
        own = [r for r in held.records if r.id in keys]
        if not own:
            raise HydeskError("这一项已不在图上，请刷新后再试")
        if gap is None:
            gap = any(r.values.get("kind") != GAP for r in own)
        kinds: dict[int, dict[str, RegisterValue]] = {
            r.id: {"kind": GAP if gap else "在建" if r.values.get("project") else "已有"} for r in own}
        held.write(kinds, f"“{chain}”产业链图：{'标为缺口' if gap else '取消缺口'}", actor)
        return gap


def _register(ledger: Ledger) -> int:
    found = register_called(ledger, CHAIN_MAP)
    if found is None:
        raise HydeskError("还没有启用“产业链图谱”台账，请先在考核与榜单里启用")
    return found


def _read(connection: Connection, register_id: int, chain: str) -> _Held:
    definition = definition_of(connection, register_id)
    records = [r for r in read_records(connection, register_id, definition) if str(r.values.get("chain", "")) == chain]
    return _Held(connection, definition, drawn_order(records))


def _taken(columns: Columns, place: ChainPlace) -> tuple[str, list[int]]:
    for one in columns.get(place.position, []):
        if one[0] == place.segment:
            return one
    raise HydeskError(f"环节“{place.segment}”已不在图上，请刷新后再试")


def _arrange(held: _Held, columns: Columns, title: str, actor: Actor | None) -> None:
    """Write where every record of the chain stands now."""
    wanted: dict[int, dict[str, RegisterValue]] = {}
    number = 0
    before = {r.id: (r.values.get("position"), r.values.get("segment")) for r in held.records}
    for position, segments in columns.items():
        for segment, keys in segments:
            for key in keys:
                number += 1
                wanted[key] = {"position": position, "segment": segment, ORDER: Decimal(number)}
    moved = any((v["position"], v["segment"]) != before[k] for k, v in wanted.items())
    if not moved and ORDER not in {f.key for f in held.definition.fields}:
        raise HydeskError("“产业链图谱”台账还没有“顺序”字段，排不了先后；请点左边的“补充新字段”后再试")
    held.write(wanted, title, actor)
