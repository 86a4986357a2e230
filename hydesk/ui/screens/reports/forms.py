"""来表: a blank form of another office dropped here comes back filled; what was understood, what is left and why, saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.grid import Sheet
from hydesk.domain.job_progress import Progress
from hydesk.domain.scopes.scope import Scope
from hydesk.services.forms.fill_form import FormDraft, fill_form, filled_sheets
from hydesk.services.forms.kept_forms import KeptForm, fill_again, list_forms, save_and_keep
from hydesk.services.standings.read_scope import scope_of
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.files import TABLES, Purpose, ask_folder, ask_open_many, ask_save
from hydesk.ui.kit.head_row import HeadRow
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.scope_picker import ScopePicker
from hydesk.ui.kit.sheet_grid import SheetGrid, place_of
from hydesk.ui.kit.words import BACK
from hydesk.ui.screens.reports.form_batch import FormBatch, FormSource, filled_name
from hydesk.ui.screens.reports.form_lines import FormLine, cells_of, lines_of, marks_of, said_of
from hydesk.ui.screens.reports.form_reasons import FormReasons

_EMPTY = ("把别的单位发来的空表拖到这里，或点“选空表…”：表头、单位、项目行照表上写的认，数从台账里取；"
          "填不了的逐列说明，原来有的内容不动。")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A form as filled: its draft, its sheets, the scope its own words or a person gave its empty rows."""

    draft: FormDraft
    sheets: tuple[Sheet, ...]
    told: Scope | None


def _kept_columns() -> list[ListColumn[KeptForm]]:
    return [
        ListColumn("来表", lambda k: k.file, 0), ListColumn("报告期", lambda k: k.period.label, 100, order=lambda k: k.period.sort_key),
        ListColumn("空行填", lambda k: k.scope or "按表上写的", 170),
        ListColumn("填写时间", lambda k: f"{k.at:%Y-%m-%d %H:%M}", 140), ListColumn("经手人", lambda k: k.actor, 90),
        ListColumn("已填", lambda k: str(k.filled), 70, right=True, order=lambda k: k.filled), ListColumn("空着的列", lambda k: str(k.left), 80, right=True)]


class FormsPage(QWidget):
    """The forms filled so far, or the one in hand: its sheet on the left, what is left empty on the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: _Shown | None = None
        self._source: Callable[[Scope | None, Progress], tuple[FormDraft, Scope | None]] | None = None
        self._chosen: Scope | None = None
        self._any = False
        self.setAcceptDrops(True)
        self.scope = ScopePicker(desk, "空行填")
        self.scope.chosen.connect(self._rescope)
        self.said = ElidedLabel()
        self.batch = FormBatch(desk, self)
        self.batch.turned.connect(self._take_one)
        self.sheets = QTabBar()
        self.sheets.setDrawBase(False)
        self.sheets.setAccessibleName("工作表")
        self.sheets.currentChanged.connect(self._show_sheet)
        self.grid = SheetGrid(desk.theme)
        self.grid.setAccessibleName("填好的表")
        self.source = ElidedLabel()
        self.left = FormReasons(desk.theme)
        self.kept: Listing[KeptForm] = Listing(_kept_columns(), desk.theme, "填过的表", key=lambda k: k.id)
        self.again = button("照此再填", self.fill_selected, tip="按现在的报告期再填选中的这份（Enter）：表上写的月份跟着改，范围照旧")
        self.close_form = button(BACK, self.show_kept, tip="回到填过的表（Esc）")
        self.choose = button("选空表…", self.ask)
        self.save = button("存为…", self.ask_save, kind="primary", tip="Ctrl+S")
        self.save.setShortcut("Ctrl+S")
        self.save_all = button("全部存到文件夹…", self.ask_folder, tip="这几份都填好存下，每份的名字后面加“（已填）”")
        self.view = QSplitter(Qt.Orientation.Horizontal)
        self.empty = EmptyState()
        self.empty.say(_EMPTY)
        self._lay_out()
        self.left.wanted.connect(self._go_to_line)
        self.kept.activated.connect(lambda _i: self.fill_selected())
        self.kept.selectionModel().selectionChanged.connect(lambda *_: self.again.setEnabled(self.kept.current() is not None))
        self.grid.selectionModel().currentChanged.connect(self._tell_source)
        self.show_kept()

    def _lay_out(self) -> None:
        bar = HeadRow()
        bar.put(self.close_form)
        bar.put(self.scope)
        bar.put(self.said, grows=True)
        for one in (self.again, self.choose, self.save_all, self.save):
            bar.put(one)
        view, sheet = self.view, QWidget()
        in_column(self.sheets, (self.grid, 1), self.source, on=sheet, gap=4, margins=0)
        view.addWidget(sheet)
        view.addWidget(self.left)
        view.setStretchFactor(0, 3)
        view.setStretchFactor(1, 1)
        view.setChildrenCollapsible(False)
        view.setSizes([760, 340])
        list_page = QWidget()
        lists = QVBoxLayout(list_page)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(6)
        self.drop_hint = label("把空表拖到这里就填；选中以前填过的一份按 Enter，照它再填现在这一期。", "quiet")
        lists.addWidget(self.drop_hint)
        lists.addWidget(self.kept, 1)
        self.pages = QStackedWidget()
        for page in (self.empty, list_page, view):
            self.pages.addWidget(page)
        in_column(bar, self.batch.tabs, (self.pages, 1), on=self, gap=8, margins=0)

    # The forms filled so far ------------------------------------------------------------------------------

    def show_kept(self) -> None:
        """Show the forms filled so far, or what belongs here."""
        self._shown = None
        self.batch.clear()
        self._set_acts(False)
        self.pages.setCurrentIndex(1 if self._any else 0)
        self.said.say("")
        self.reload()

    def _set_acts(self, filled: bool) -> None:
        for one in (self.close_form, self.scope, self.save):
            one.setVisible(filled)
        self.save_all.setVisible(filled and self.batch.several)
        self.again.setVisible(not filled and self._any)

    def reload(self) -> None:
        """Read again what was filled; the form in hand stays."""
        ledger = self._desk.ledger

        def done(found: list[KeptForm]) -> None:
            self._any = bool(found)
            self.kept.show_items(found)
            if self._shown is None:
                self.pages.setCurrentIndex(1 if found else 0)
                self._set_acts(False)
                self.again.setEnabled(self.kept.current() is not None)

        self._desk.jobs.start("读取填过的表", lambda _progress: list_forms(ledger), self, done=done, quiet=True)

    def fill_selected(self) -> None:
        """Fill the selected form again, for the period that the window shows."""
        kept = self.kept.current()
        if kept is not None:
            ledger, period = self._desk.ledger, self._desk.period
            self.batch.clear()
            self._begin(lambda scope, progress: fill_again(ledger, kept.id, period, None, progress, scope))

    # A form -----------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Choose blank forms."""
        paths = ask_open_many(self, self._desk.settings, Purpose.FORM, "选空表", TABLES)
        if paths:
            self.take(*paths)

    def take(self, *forms: str | tuple[str, bytes]) -> None:
        """Fill ``forms``, each a path or (name, content), for the period that the window shows; the first is shown."""
        self.batch.take([Path(f) if isinstance(f, str) else f for f in forms])

    def _take_one(self, source: FormSource) -> None:
        ledger, period = self._desk.ledger, self._desk.period
        self._begin(lambda scope, progress: (fill_form(ledger, source, period, scope, None, progress), scope))

    def ask_folder(self) -> None:
        """Ask where all forms in hand go, filled."""
        folder = ask_folder(self, self._desk.settings, Purpose.FORM, "填好的表存到哪个文件夹")
        if folder:
            self.batch.save_all(Path(folder), self.reload)

    def _begin(self, source: Callable[[Scope | None, Progress], tuple[FormDraft, Scope | None]]) -> None:
        self._source, self._chosen = source, None
        self._fill(None)

    def _rescope(self) -> None:
        self._fill(self.scope.scope)

    def _fill(self, scope: Scope | None) -> None:
        source, ledger, period = self._source, self._desk.ledger, self._desk.period
        if source is None:
            return

        def work(progress: Progress) -> tuple[_Shown, Scope | None]:
            draft, chosen = source(scope, progress)
            words = next((s.scope for s in draft.filled.sheets if s.scope_words), None)
            told = chosen if chosen is not None else None if words is None else scope_of(ledger, period, words)
            return _Shown(draft, filled_sheets(draft), told), chosen

        self._desk.jobs.start("填表", work, self, done=lambda found: self._show(*found))

    def _show(self, shown: _Shown, chosen: Scope | None) -> None:
        self._shown, self._chosen = shown, chosen
        self.pages.setCurrentIndex(2)
        self._set_acts(True)
        self.scope.setVisible(shown.told is not None)
        if shown.told is not None:
            self.scope.choose(shown.told)
        self.save.setEnabled(bool(shown.draft.made))
        self.said.say(said_of(shown.draft.filled))
        self.sheets.blockSignals(True)
        while self.sheets.count():
            self.sheets.removeTab(0)
        for sheet in shown.sheets:
            self.sheets.addTab(sheet.name)
        self.sheets.blockSignals(False)
        self.sheets.setVisible(len(shown.sheets) > 1)
        first = next((n for n, s in enumerate(shown.sheets) if cells_of(shown.draft.filled, s.name)), 0)
        self.sheets.setCurrentIndex(first)
        self._show_sheet(first)
        self.left.show_lines(lines_of(shown.draft.filled))
        self._share_room()
        self.grid.setFocus()

    def _share_room(self) -> None:
        """The sheet takes what its columns ask for, up to two thirds; what is left empty is said in the rest, not cut beside it."""
        whole = sum(self.view.sizes())
        asked = self.grid.verticalHeader().sizeHint().width() + self.grid.horizontalHeader().length() + 28
        sheet = min(max(asked, whole // 3), whole * 2 // 3)
        self.view.setSizes([sheet, whole - sheet])

    def _show_sheet(self, index: int) -> None:
        if self._shown is None or not 0 <= index < len(self._shown.sheets):
            return
        sheet, filled = self._shown.sheets[index], self._shown.draft.filled
        heads = next((s.header_rows for s in filled.sheets if s.sheet == sheet.name), ())
        self.grid.show_sheet(sheet, marks_of(filled, sheet.name), frozenset(heads))
        cells = cells_of(filled, sheet.name)
        self.grid.sheet_model.tint(frozenset(cells))
        first = min((at for at, c in cells.items() if not c.own), default=min(cells, default=None))
        if first is not None:
            self.grid.setCurrentIndex(self.grid.sheet_model.index(first[0] - 1, first[1] - 1))

    def _tell_source(self, current: QModelIndex, _before: QModelIndex | None = None) -> None:
        """Where the value of the cell under the cursor comes from."""
        sheet = self.grid.sheet_model.sheet
        if self._shown is None or sheet is None or not current.isValid():
            self.source.say("")
            return
        cell = cells_of(self._shown.draft.filled, sheet.name).get((current.row() + 1, current.column() + 1))
        self.source.say("" if cell is None else f"来自：{cell.source or '台账'}")

    def _go_to_line(self, line: FormLine) -> None:
        """Show the place of what was not filled."""
        if self._shown is None:
            return
        names = [s.name for s in self._shown.sheets]
        if line.sheet in names:
            self.sheets.setCurrentIndex(names.index(line.sheet))
        at = place_of(line.cell)
        if at is not None:
            self.grid.show_cell(line.cell, at[0])

    @property
    def draft(self) -> FormDraft | None:
        """The form in hand, as filled."""
        return None if self._shown is None else self._shown.draft

    def ask_save(self) -> None:
        """Choose where the filled form goes, write it there, and keep that it was filled."""
        if self._shown is None or not self._shown.draft.made:
            return
        draft, chosen, ledger = self._shown.draft, self._chosen, self._desk.ledger
        name = filled_name(draft)
        ending = Path(name).suffix
        path = ask_save(self, self._desk.settings, Purpose.FORM, "填好的表存为", name, f"{ending[1:]} (*{ending})")
        if path:
            self._desk.operations.run("存填好的表", partial(save_and_keep, ledger, draft, Path(path), chosen), self,
                                      said=lambda saved: f"已存为 {saved}", done=lambda _saved: self.reload())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._shown is not None:
            self.show_kept()
        else:
            super().keyPressEvent(event)

    # Dropping ---------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(u.isLocalFile() for u in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [u.toLocalFile() for u in event.mimeData().urls() if u.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take(*paths)


