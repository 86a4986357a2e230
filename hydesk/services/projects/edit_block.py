"""Many cells of the ledger changed at once, judged as a return is judged and written as one act.

A cell typed, a block pasted from Excel, a column filled down and one value given to many projects all come this way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, ProjectClass, Unit, YearPlan
from hydesk.db.places import Entity, Place, place_of, read_value
from hydesk.db.shelves import Shelves, chunks
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import MONEY_FIELDS, NATURES, Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import MoneyUnit
from hydesk.domain.own_columns import OwnColumn, OwnValue, read_own_value, write_own_value
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject
from hydesk.domain.understanding import ReadValue
from hydesk.domain.written import CONTROL
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.projects.edit_doubts import fact_doubts
from hydesk.services.projects.edit_project import fit_value, note_adjustment
from hydesk.services.projects.own_columns import column_of, own_place
from hydesk.services.rules.settings import check_rules
from hydesk.services.standings.read_figures import figures_of

REASONED = (Field.NAME, Field.ANNUAL_PLAN, Field.TOTAL_INVESTMENT)
"""Fields whose change is asked a reason for, and noted among the list's adjustments."""
CHOSEN: Mapping[Field, str] = {Field.CATEGORY: "category", Field.INDUSTRY: "industry", Field.CHAIN: "chain"}


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell: ``words`` as a person typed or pasted them, money counted in ``unit``; empty words empty the cell."""

    project_id: int
    field: Field | OwnColumn
    words: str
    unit: MoneyUnit = MoneyUnit.WAN


@dataclass(frozen=True, slots=True)
class JudgedEdit:
    """What would become of an ``Edit``.

    ``refused`` says why it cannot be written at all. ``doubts`` are errors of the checks of returns: written only
    where a person insists. ``remarks`` are their warnings and notes.
    """

    edit: Edit
    code: str
    project: str
    old: ReadValue | OwnValue | None
    new: ReadValue | OwnValue | None
    refused: str = ""
    doubts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether the cell would hold something else."""
        return not self.refused and self.old != self.new

    @property
    def sound(self) -> bool:
        """Whether it is written unless a person says no."""
        return self.changes and not self.doubts


def judge_edits(ledger: Ledger, edits: Sequence[Edit], period: Period, today: date | None = None) -> list[JudgedEdit]:
    """What writing ``edits`` into ``period`` and its year would change, and what is wrong with them; writes nothing.

    ``today``: days after it have not happened.
    """
    rules = check_rules(ledger)
    ids = {e.project_id for e in edits}
    with ledger.read() as connection:
        known = {at: _projects(connection, ids, at) for at in {edited_period(e.field, period) for e in edits} | {period}}
        judged = _read(connection, edits, known[period], period)
        doubted = fact_doubts(connection, ((j.edit.project_id, j.edit.field, j.new) for j in judged
                                           if j.changes and isinstance(j.edit.field, Field)), today or date.today())
    from hydesk.returns.check_typed import check_typed

    typed: dict[tuple[Period, int], dict[Field, int | None]] = defaultdict(dict)
    for j in judged:
        if j.changes and isinstance(j.edit.field, Field) and j.edit.field in MONEY_FIELDS and (j.new is None or isinstance(j.new, int)):
            typed[edited_period(j.edit.field, period), j.edit.project_id][j.edit.field] = j.new
    words = {(j.edit.project_id, j.edit.field): j.edit.words for j in judged}
    found = {(at, p): check_typed(known[at][p], at, figures, {f: words[p, f] for f in figures}, rules)
             for (at, p), figures in typed.items()}
    return [_with_findings(j, found.get((edited_period(j.edit.field, period), j.edit.project_id), []),
                           doubted.get((j.edit.project_id, j.edit.field)) if isinstance(j.edit.field, Field) else None)
            if j.changes else j for j in judged]


def edited_period(field: Field | OwnColumn, period: Period) -> Period:
    """Whose figure a person types in ``field`` while ``period`` is chosen.

    A month's amount is the month's: while a week is chosen that of the last month ended, as the table shows it. Sums to
    date and words are the period's own, of a week too.
    """
    return period.last_month if field in (Field.MONTH_INVESTMENT, Field.STATISTICS_MONTH) else period


def _with_findings(judged: JudgedEdit, findings: list[Finding], doubt: str | None) -> JudgedEdit:
    own = [f for f in findings if f.field is judged.edit.field]
    return JudgedEdit(judged.edit, judged.code, judged.project, judged.old, judged.new, "",
                      tuple(f.message for f in own if f.level is Level.ERROR) + ((doubt,) if doubt else ()),
                      tuple(f.message for f in own if f.level is not Level.ERROR))


@writing
def write_edits(
    ledger: Ledger, edits: Sequence[JudgedEdit], period: Period, title: str = "", reason: str = "",
    actor: Actor | None = None, today: date | None = None,
) -> int:
    """Write ``edits`` in one act that can be undone as one; how many values changed.

    ``title`` is what the act is called; without one it is named after its first edit. A later edit of the same cell
    wins. Raises HydeskError where a value has lost its place meanwhile; then nothing is written.
    """
    wanted = [j for j in edits if not j.refused]
    with ledger.write() as connection:
        known = _projects(connection, {j.edit.project_id for j in wanted}, period)
        natures = _own_natures(connection, known, period.year)
        writes: dict[Place, str | None] = {}
        for j in wanted:
            if j.edit.project_id not in known:
                raise HydeskError(f"“{j.project}”已不在{period.year}年的清单里，没有写入，请刷新后再试")
            writes[_place(j.edit, period, natures)] = _text(connection, j)
        shelves = Shelves(connection)
        held = shelves.get(writes)
        changed = {p: new for p, new in writes.items() if held[p] != new}
        if not changed:
            return 0
        act_id = begin_act(connection, "edit", title or _title(wanted), actor or current_actor(ledger))
        whole = [Write(p, new, reason=reason or None) for p, new in changed.items()]
        whole += [Write(Place(Entity.NAME, p.project_id, old, "kind"), "former", reason=reason or None)
                  for p in changed if p.entity is Entity.PROJECT and p.field == Field.NAME.value and (old := held[p])]
        record(connection, act_id, whole, shelves=shelves)
        _note(connection, act_id, changed, reason, today or date.today())
    return len(changed)


def _text(connection: Connection, judged: JudgedEdit) -> str | None:
    """The value as the log writes it, once it is sure that it can still stand there."""
    field, new = judged.edit.field, judged.new
    if not isinstance(field, Field):
        if (held := column_of(connection, field.id)).retired:
            raise HydeskError(f"栏目“{held.name}”已停用，没有写入；请先恢复它")
        return write_own_value(new)
    assert not isinstance(new, Decimal)
    return fit_value(connection, judged.edit.project_id, field, new)


def _title(edits: Sequence[JudgedEdit]) -> str:
    first = edits[0]
    if len(edits) == 1:
        return f"修改“{first.project}”的{first.edit.field.label}"
    return f"修改“{first.project}”等 {len({j.edit.project_id for j in edits})} 个项目的 {len(edits)} 处"


def _note(connection: Connection, act_id: int, changed: Mapping[Place, str | None], reason: str, on: date) -> None:
    """Reasoned changes of names, plans and totals stand among the list's dated adjustments."""
    if not reason:
        return

    kinds: dict[int, str] = {}
    for place in changed:
        if place.field in {f.value for f in REASONED}:
            renamed = place.field == Field.NAME.value
            if renamed or place.project_id not in kinds:
                kinds[place.project_id] = "renamed" if renamed else "adjusted"
    for project_id, kind in kinds.items():
        note_adjustment(connection, act_id, project_id, kind, reason, on)


def _place(edit: Edit, period: Period, natures: set[int]) -> Place:
    """Where an edit goes. The nature goes to the year where the year has its own, and is seen at once either way."""
    if not isinstance(edit.field, Field):
        return own_place(edit.project_id, edit.field, period)
    if edit.field is Field.NATURE and edit.project_id in natures:
        return Place(Entity.PLAN, edit.project_id, str(period.year), Field.NATURE.value)
    return place_of(edit.field, edit.project_id, period.year, edited_period(edit.field, period))


def _own_natures(connection: Connection, projects: Iterable[int], year: int) -> set[int]:
    found: set[int] = set()
    for ids in chunks(projects):
        found.update(connection.execute(select(YearPlan.project_id).where(
            YearPlan.project_id.in_(ids), YearPlan.year == year, YearPlan.nature.is_not(None))).scalars())
    return found


def _projects(connection: Connection, wanted: Iterable[int], period: Period) -> dict[int, KnownProject]:
    """The projects of the year's list among ``wanted``, with the figures that the checks need."""
    ids = set(wanted)
    figures = figures_of(connection, period, ids)
    found: dict[int, KnownProject] = {}
    for some in chunks(ids):
        query = (
            select(Project.id, Project.code, Project.name, Unit.name.label("unit"), Project.total_investment,
                   YearPlan.invested_before, YearPlan.annual_plan)
            .join(YearPlan, YearPlan.project_id == Project.id).outerjoin(Unit, Unit.id == Project.unit_id)
            .where(Project.id.in_(some), Project.present, YearPlan.year == period.year, YearPlan.present)
        )
        for r in connection.execute(query):
            before = figures.before(r.id, r.invested_before)
            found[r.id] = KnownProject(
                r.code or "", r.name or "", r.unit or "", total_investment=r.total_investment,
                invested_before=r.invested_before, annual_plan=r.annual_plan,
                previous=before.previous, newest=before.newest, closing=before.closing,
                week_before=before.week, current=figures.own(r.id))
    return found


def _read(
    connection: Connection, edits: Sequence[Edit], known: Mapping[int, KnownProject], period: Period
) -> list[JudgedEdit]:
    """Each edit with the value its words say, beside what is held."""
    natures = _own_natures(connection, known, period.year)
    places = {e: _place(e, period, natures) for e in edits if e.project_id in known}
    held = Shelves(connection).get(places.values())
    choices = _choices(connection)
    judged = []
    for e in edits:
        project = known.get(e.project_id)
        if project is None:
            judged.append(JudgedEdit(e, "", "", None, None, f"这个项目不在{period.year}年的清单里"))
            continue
        old = _held(e.field, held[places[e]])
        try:
            new = _value(connection, e, period, choices)
            judged.append(JudgedEdit(e, project.code, project.name, old, new))
        except (HydeskError, ValueError) as error:
            judged.append(JudgedEdit(e, project.code, project.name, old, None, str(error)))
    return judged


def _held(field: Field | OwnColumn, text: str | None) -> ReadValue | OwnValue | None:
    if isinstance(field, Field):
        return read_value(field, text)
    return None if text is None else read_own_value(field.kind, text)


def _choices(connection: Connection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for kind, name in connection.execute(select(ProjectClass.kind, ProjectClass.name)):
        found[kind].add(name)
    return found


def _value(
    connection: Connection, edit: Edit, period: Period, choices: Mapping[str, set[str]]
) -> ReadValue | OwnValue | None:
    """What the words mean, once it is sure that it can stand there. Raises with a sentence for the person."""
    from hydesk.returns.corrections import NOT_TYPED, read_typed

    words = CONTROL.sub("", edit.words).strip()
    if not isinstance(edit.field, Field):
        return _own_value(edit.field, words, edit.unit, period.year)
    new: ReadValue | None
    if edit.field is Field.WEEK_INVESTMENT and period.is_month:
        raise HydeskError(f"{edit.field.label}属于某一周，请先选定周再填，没有写入")
    if edit.field in NOT_TYPED:
        new = " ".join(words.split()) or None
    else:
        new = read_typed(edit.field, words, edit.unit, period.year).value
    kind = CHOSEN.get(edit.field)
    if kind and new is not None and new not in choices[kind]:
        raise HydeskError(f"没有名为“{new}”的{edit.field.label}，请从名单里选")
    if edit.field is Field.NATURE and new not in (None, *NATURES):
        raise HydeskError(f"建设性质只有{'、'.join(NATURES)}，不能填“{new}”")
    text = fit_value(connection, edit.project_id, edit.field, new)
    return new if isinstance(new, LooseDate | int) else text


def _own_value(column: OwnColumn, words: str, unit: MoneyUnit, year: int) -> OwnValue | None:
    from hydesk.returns.own_values import read_own

    value, wrong = read_own(column, words, year, unit)
    if wrong is not None:
        raise HydeskError(wrong)
    return value
