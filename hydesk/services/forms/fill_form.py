"""Fill a blank form from the ledger: understand what it asks for, put in what the ledger holds, say what is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.file_names import visible
from hydesk.domain.filled_form import FilledForm
from hydesk.domain.grid import Sheet
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import Scope
from hydesk.returns.forms.fill_plan import plan_form
from hydesk.returns.forms.fill_table import FormCells
from hydesk.returns.forms.holdings import Holdings
from hydesk.services.forms.read_holdings import read_holdings
from hydesk.services.returns.know_ledger import KnownLedger, know_ledger
from hydesk.services.returns.read_return import read_content
from hydesk.services.standings.list_standings import ledger_years


@dataclass(frozen=True, slots=True)
class FormLedger:
    """The ledger as forms of ``known.snapshot.period`` are filled from it, read once for a run of them."""

    known: KnownLedger
    holdings: Holdings
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form as filled, not yet written. ``ending`` is the kind of file it is, with its point (.xlsx)."""

    name: str
    content: bytes
    filled: FilledForm
    made: bytes
    ending: str


def form_ledger(ledger: Ledger, period: Period) -> FormLedger:
    """What a run of forms of ``period`` is filled from."""
    return FormLedger(know_ledger(ledger, period), read_holdings(ledger, period), tuple(ledger_years(ledger)))


def fill_form(
    ledger: Ledger, source: Path | tuple[str, bytes], period: Period, scope: Scope | None = None,
    known: FormLedger | None = None, progress: Progress | None = None,
) -> FormDraft:
    """``source``, a file or (name, bytes), filled as of ``period``. ``scope`` goes before what the form itself says.

    Raises HydeskError where the file cannot be read as a table. Nothing is written.
    """
    from hydesk.excel.fill_file import fill_opened, open_form
    from hydesk.excel.read import read_book

    said = progress or (lambda _share, _doing: None)
    name = source[0] if isinstance(source, tuple) else visible(source.name)
    content = source[1] if isinstance(source, tuple) else read_content(source)
    said(0.0, f"正在读取 {name}")
    book = read_book(content, name)
    opened = open_form(book, content)
    known = known or form_ledger(ledger, period)
    said(0.4, f"正在填写 {name}")
    cells = FormCells(opened.styles.manner, opened.styles.is_formula, results=bool(opened.lost))
    filled = plan_form(book, known.known.snapshot, known.known.index, known.holdings, cells, scope, known.years)
    filled = replace(filled, lost=opened.lost)
    made = fill_opened(opened, filled) if any(r.cells for s in filled.sheets for r in s.rows) else b""
    said(1.0, f"已填完 {name}")
    return FormDraft(name, content, filled, made, f".{opened.back or opened.kind}")


def filled_sheets(draft: FormDraft) -> tuple[Sheet, ...]:
    """The sheets of the filled form, or of the blank one where nothing was filled, for showing."""
    from hydesk.excel.read import read_book

    return tuple(s for s in read_book(draft.made or draft.content, draft.name).sheets if not s.hidden)


def save_form(draft: FormDraft, path: Path) -> Path:
    """Writes the filled form and answers where: a form that had to be drawn as .xlsx says so in its name.

    Raises HydeskError where nothing was filled or the file cannot be written.
    """
    from hydesk.excel.write_ledger import save_bytes

    if not draft.made:
        raise HydeskError(f"“{draft.name}”里没有可以填的格，没有写出文件")
    out = path
    if draft.filled.lost and path.suffix.lower() not in (".xlsx", ".xlsm"):
        out = path.with_name(path.name + ".xlsx")
    save_bytes(draft.made, out)
    return out


def save_sources(draft: FormDraft, path: Path) -> None:
    """Writes where each cell of the filled form came from, as a workbook of its own. Raises HydeskError."""
    from hydesk.excel.write_sources import write_sources

    write_sources(path, draft.filled)
