"""Name the columns of a sheet by hand (指定各列): for a sheet whose head says nothing or cannot be understood.

What is named is remembered for the reporting unit; next month's sheet of the same name is read by it, with a note.
"""

from __future__ import annotations

from dataclasses import replace

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import (
    DATE_FIELDS,
    GRAMMAR_MONEY,
    LEDGER_MONEY,
    MONEY_FIELDS,
    PROGRESS_MONEY,
    PROGRESS_TEXTS,
    Field,
    FieldKind,
)
from hydesk.domain.findings import Finding
from hydesk.domain.grid import Sheet, column_letter
from hydesk.domain.job_progress import Progress
from hydesk.domain.money import MoneyUnit
from hydesk.domain.sheet_layout import SheetLayout
from hydesk.domain.snapshot import LedgerSnapshot
from hydesk.domain.understanding import Understanding
from hydesk.services.returns.know_ledger import know_ledger
from hydesk.services.returns.read_return import ReturnDraft, understand_draft
from hydesk.services.returns.remember_decision import remember_layout
from hydesk.services.returns.take_snapshot import take_snapshot

FIELDS_TO_NAME: tuple[Field, ...] = (
    Field.NAME, Field.CODE, Field.APPROVAL_CODE, *LEDGER_MONEY, *PROGRESS_MONEY, *PROGRESS_TEXTS,
    *sorted(DATE_FIELDS, key=lambda f: f.value), Field.REPORTING_UNIT, Field.CATEGORY, Field.NATURE, Field.LOCATION,
    Field.BUILDER, Field.REMARK,
    *(f for f in Field if f.kind is FieldKind.MONEY and f not in GRAMMAR_MONEY and f not in PROGRESS_MONEY),
)
"""What a column can be named, the usual first; ``Field.label`` is how the office calls it."""
UNITS_TO_NAME = (MoneyUnit.WAN, MoneyUnit.YI, MoneyUnit.YUAN)
_ROWS_SHOWN = 40
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnToName:
    """A column of a sheet that is to be named; ``field`` and ``unit`` are what the ledger's figures make likely."""

    number: int
    letter: str
    words: str
    """Right above its first value; may be empty."""
    samples: tuple[str, ...]
    """Its first values in project rows, as shown."""
    field: Field | None
    unit: MoneyUnit | None

    @property
    def money(self) -> bool:
        """Whether a unit of money belongs to what it is guessed to be."""
        return self.field in MONEY_FIELDS


@dataclass(frozen=True, slots=True)
class SheetToName:
    """A sheet whose columns can be named. ``rows`` are its first rows as shown, the first one row 1."""

    sheet: str
    why: str
    """Why it was not read."""
    rows: tuple[tuple[str, ...], ...]
    first_row: int
    """Where the projects seem to begin, from 1."""
    columns: tuple[ColumnToName, ...]
    known_projects: int
    """Rows whose name or code is one of the ledger's."""

    @property
    def layout(self) -> SheetLayout:
        """The guesses as a layout: what is read when nothing is changed."""
        return SheetLayout(self.first_row, {c.number: c.field for c in self.columns if c.field is not None},
                           {c.number: c.unit for c in self.columns if c.field is not None and c.unit is not None})


@dataclass(frozen=True, slots=True)
class NamedLine:
    """One row as it would be read. ``project`` is None for a stranger; ``values`` are the words that were taken."""

    row: int
    name: str
    project: str | None
    values: dict[Field, str]


@dataclass(frozen=True, slots=True)
class NamedPreview:
    """What would be read of a sheet by a layout."""

    lines: tuple[NamedLine, ...]
    matched: int
    strangers: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def said(self) -> str:
        """In one sentence, for the foot of the dialog."""
        if not self.lines:
            return "按现在的指定，一个项目也读不出来。请核对项目名称所在的列和第一个项目所在的行"
        odd = f"，{len(self.strangers)} 行不是台账里的项目" if self.strangers else ""
        return f"读出 {len(self.lines)} 行，对上 {self.matched} 个项目{odd}"


def sheets_to_name(ledger: Ledger, draft: ReturnDraft) -> tuple[SheetToName, ...]:
    """The draft's visible sheets that gave nothing and hold something, those naming known projects first."""
    from hydesk.returns.matching import ProjectIndex

    if draft.book is None:
        return ()
    snapshot = draft.snapshot or take_snapshot(ledger, draft.period)
    index = ProjectIndex(snapshot)
    unread = {s.name: s.why or "" for s in draft.understanding.sheets if not s.used}
    found = [_sheet_to_name(s, unread[s.name], index, snapshot) for s in draft.book.sheets
             if s.name in unread and not s.hidden and s.width >= 2 and any(any(v not in ("", None) for v in r) for r in s.rows)]
    return tuple(sorted(found, key=lambda s: -s.known_projects))


def _sheet_to_name(sheet: Sheet, why: str, index: object, snapshot: LedgerSnapshot) -> SheetToName:
    from hydesk.returns.matching import ProjectIndex
    from hydesk.returns.named_columns import guess_layout, words_over
    from hydesk.returns.text import shown

    assert isinstance(index, ProjectIndex)
    guess = guess_layout(sheet, index, snapshot.period)
    layout, rows = guess.layout, list(guess.rows) or list(range(1, len(sheet.rows) + 1))
    columns = []
    for number in range(1, sheet.width + 1):
        samples = [text for row in rows if (text := shown(sheet.cell(row, number)).strip())][:_SAMPLES]
        words = words_over(sheet, number, layout.first_row)
        if samples or words:
            columns.append(ColumnToName(number, column_letter(number), words, tuple(samples),
                                        layout.columns.get(number), layout.units.get(number)))
    shown_rows = tuple(tuple(shown(sheet.cell(r, c)) for c in range(1, sheet.width + 1))
                       for r in range(1, min(len(sheet.rows), _ROWS_SHOWN) + 1))
    return SheetToName(sheet.name, why, shown_rows, layout.first_row, tuple(columns), len(guess.rows))


def preview_named(
    ledger: Ledger, draft: ReturnDraft, sheet: str, layout: SheetLayout,
    progress: Progress | None = None,
) -> NamedPreview:
    """What would be read of ``sheet`` by ``layout``; nothing is kept. Raises HydeskError where it cannot stand."""
    layout.check()
    read = _trial(ledger, draft, sheet, layout, progress)
    lines = tuple(NamedLine(r.row, r.name, r.project, dict(r.words)) for r in read.rows if r.sheet == sheet)
    return NamedPreview(lines, sum(1 for x in lines if x.project is not None),
                        tuple(x.name for x in lines if x.project is None), _findings(read, sheet))


def _trial(ledger: Ledger, draft: ReturnDraft, sheet: str, layout: SheetLayout,
           progress: Progress | None) -> Understanding:
    """``draft`` as it would be understood by ``layout``; nothing is kept."""
    key, known = _key(draft, sheet), know_ledger(ledger, draft.period)
    snapshot = known.snapshot
    unit = draft.chosen_unit or draft.understanding.unit or ""
    memory = replace(snapshot.memory, layouts={**snapshot.memory.layouts, (unit, key): layout, ("", key): layout})
    return understand_draft(ledger, draft, draft.corrections, progress, replace(known, snapshot=replace(snapshot, memory=memory))).understanding


def name_columns(
    ledger: Ledger, draft: ReturnDraft, sheet: str, layout: SheetLayout, actor: Actor | None = None,
    progress: Progress | None = None,
) -> ReturnDraft:
    """Remember ``layout`` for such sheets of the draft's unit and read the draft again by it.

    Where neither the file nor a person says the unit, the projects that are read tell it.
    Taken back by ``remember_decision.forget_decision`` (设置 → 记住的判定). Raises HydeskError where it cannot stand.
    """
    layout.check()
    unit = draft.chosen_unit or draft.understanding.unit or _trial(ledger, draft, sheet, layout, None).unit
    remember_layout(ledger, unit, _key(draft, sheet), layout, actor)
    if draft.understanding.unit is None:
        draft = replace(draft, chosen_unit=unit)
    return understand_draft(ledger, draft, draft.corrections, progress)


def _key(draft: ReturnDraft, name: str) -> str:
    from hydesk.returns.head import find_head
    from hydesk.returns.named_columns import layout_key

    sheet = next((s for s in draft.book.sheets if s.name == name), None) if draft.book is not None else None
    if sheet is None:
        raise HydeskError(f"“{draft.name}”里没有工作表“{name}”，请重新打开这份报表")
    return layout_key(sheet, find_head(sheet))


def _findings(read: Understanding, sheet: str) -> tuple[Finding, ...]:
    return tuple(f for f in read.findings if f.sheet in (sheet, None))
