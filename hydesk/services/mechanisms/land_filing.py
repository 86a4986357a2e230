"""A filed investment project (备案) becomes a key project when it lands: one act, dated, by a document, undoable.

The filing keeps its record and its history and from then on names the project; the project's page names the filing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, ProjectName, Record, Unit
from hydesk.db.record_rows import value_place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lists import Ground, ListChange
from hydesk.domain.periods import Period
from hydesk.domain.registers import RegisterRecord, RegisterValue, write_register_value
from hydesk.domain.shipped_registers import FILINGS
from hydesk.domain.understanding import ReadValue
from hydesk.returns.text import loose_key, name_key
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.projects.adjust_list import listing_writes
from hydesk.services.projects.list_changes import note_change
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import definition_of, read_records

LANDED = "已转重点项目"
_NEAR = 80
"""From this likeness of names on (of 100) a project of the ledger is shown as perhaps the same (our decision)."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A project of the ledger that may be the one that was filed; ``same`` where it bears the same name."""

    code: str
    name: str
    unit: str
    same: bool


@dataclass(frozen=True, slots=True)
class LandingDraft:
    """What a filing would be as a key project, and which projects are perhaps the same. Money in yuan."""

    record_id: int
    name: str
    values: Mapping[Field, ReadValue]
    alike: tuple[Alike, ...]
    reason: str


def landing_draft(ledger: Ledger, record_id: int, period: Period) -> LandingDraft:
    """The filing as a key project, to be looked over. Raises HydeskError where it has become one already."""
    with ledger.read() as connection:
        _, own = _filing(connection, record_id)
        values = _proposed(own, period)
        name = str(values.get(Field.NAME, ""))
        return LandingDraft(record_id, name, values, _alike(connection, name), _reason(own))


@writing
def land_filing(ledger: Ledger, record_id: int, year: int, values: Mapping[Field, ReadValue], ground: Ground,
                existing: str = "", actor: Actor | None = None) -> str:
    """Put the filed project on the list of ``year`` and let its record say so, in one act; the project's code.

    ``existing`` is the code of a project of the ledger that the filing is: then nothing is added, the two are joined.
    Raises HydeskError for a filing that landed before, a name that the ledger has already, and what the list refuses.
    """
    ground = ground.checked()
    with ledger.write() as connection:
        register_id, own = _filing(connection, record_id)
        by, shelves = actor or current_actor(ledger), Shelves(connection)
        name = str(own.values.get("name", ""))
        if existing:
            code, writes, made = _joined(connection, existing), [], None
            title = f"备案“{name}”对应到重点项目 {code}"
        else:
            wanted = str(values.get(Field.NAME) or "").strip()
            if same := next((a for a in _alike(connection, wanted) if a.same), None):
                raise HydeskError(f"台账里已有同名项目“{same.name}”（{same.code}，{same.unit}）。是同一个项目就选“对应到”它，"
                                  "不是同一个就改个能区分的名称")
            made = listing_writes(connection, shelves, year, values, ground)
            code, writes, title = made.code, list(made.writes), f"备案“{name}”转为重点项目 {made.code}"
        kept: dict[str, RegisterValue] = {
            "project": code, "stage": LANDED, "landed_on": LooseDate(ground.on), "document": ground.document,
            "batch": str(values.get(Field.BATCH) or "")}
        fields = {f.key for f in definition_of(connection, register_id).stored}
        writes += [Write(value_place(str(record_id), f), text, reason=ground.text) for f, v in kept.items()
                   if f in fields and (text := write_register_value(v)) is not None]
        act_id = begin_act(connection, "list_add", title, by)
        record(connection, act_id, writes, shelves=shelves)
        if made is not None:
            note_change(connection, act_id, made.project_id, ListChange.ADDED, ground, batch=(year, made.batch))
        return code


def _filing(connection: Connection, record_id: int) -> tuple[int, RegisterRecord]:
    """The register of the filing and the filing. Raises HydeskError where it is gone or has landed."""
    register_id = connection.execute(
        select(Record.register_id).where(Record.id == record_id, Record.present)).scalar()
    if register_id is None:
        raise HydeskError("这条备案已不在台账里，请刷新后再试")
    records = read_records(connection, register_id, definition_of(connection, register_id))
    own = next(r for r in records if r.id == record_id)
    code = own.values.get("project")
    if code:
        name = connection.execute(select(Project.name).where(Project.code == str(code), Project.present)).scalar()
        if name is not None:
            raise HydeskError(f"这条备案已对应重点项目“{name}”（{code}），不用再转")
    return register_id, own


def _joined(connection: Connection, code: str) -> str:
    if connection.execute(select(Project.id).where(Project.code == code, Project.present)).first() is None:
        raise HydeskError(f"台账里没有编号为“{code}”的项目，请刷新后再试")
    return code


def _proposed(own: RegisterRecord, period: Period) -> dict[Field, ReadValue]:
    """What the filing knows of the project; the plan of the year is for the office to say."""
    v = own.values
    found: dict[Field, Any] = {
        Field.NAME: v.get("name"), Field.REPORTING_UNIT: v.get("unit"), Field.TOTAL_INVESTMENT: v.get("amount"),
        Field.BUILDER: v.get("investor"), Field.SCALE: v.get("content"), Field.CHAIN: v.get("chain"),
        Field.CATEGORY: "产业发展", Field.NATURE: "新建", Field.INVESTOR_KIND: "社会投资", Field.BATCH: "调整"}
    for key, field in (("due_on", Field.START_YEAR), ("finish_on", Field.FINISH_YEAR)):
        day = v.get(key)
        found[field] = str(day.day.year) if isinstance(day, LooseDate) else None
    found[Field.START_YEAR] = found[Field.START_YEAR] or str(period.year)
    return {f: value for f, value in found.items() if value not in (None, "")}


def _reason(own: RegisterRecord) -> str:
    signed = own.values.get("signed_on")
    when = f"，{signed}签约" if signed else ""
    investor = own.values.get("investor")
    return f"招商引资备案项目落地转入（{investor or '投资方未登记'}{when}）"


def _alike(connection: Connection, name: str) -> tuple[Alike, ...]:
    """Projects that bear the name, now or formerly, then those with a name much like it, the likest first."""
    if not name:
        return ()
    keys, rough = {name_key(name), loose_key(name)}, loose_key(name)
    current = select(Project.id, Project.code, Project.name, Project.name.label("called"), Unit.name.label("unit"))
    other = select(Project.id, Project.code, Project.name, ProjectName.name.label("called"), Unit.name.label("unit")).join(
        ProjectName, ProjectName.project_id == Project.id)
    found: dict[int, tuple[float, Alike]] = {}
    for query in (current, other):
        for r in connection.execute(query.outerjoin(Unit, Unit.id == Project.unit_id).where(Project.present)).all():
            same = bool(keys & {name_key(r.called or ""), loose_key(r.called or "")})
            like = 101.0 if same else fuzz.ratio(rough, loose_key(r.called or ""))
            if like >= _NEAR and like > found.get(r.id, (0.0, None))[0]:
                found[r.id] = (like, Alike(r.code or "", r.name or "", r.unit or "", same))
    return tuple(a for _, a in sorted(found.values(), key=lambda x: -x[0])[:5])


def filings_register(ledger: Ledger) -> int | None:
    """The register of filings; None where it is not in use."""
    return register_called(ledger, FILINGS)
