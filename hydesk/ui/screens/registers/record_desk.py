"""What is done to a register's records: looked at, filled in, changed, taken away, turned into a key project."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hydesk.domain.done import Done
from hydesk.domain.fields import NATURES, Field
from hydesk.domain.milestones import day_of
from hydesk.domain.shipped_registers import DRAWN, FILINGS
from hydesk.services.registers.record_history import RecordStep
from hydesk.ui.desk import Desk
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.kit.side_panel import lines_body
from hydesk.ui.screens.registers.acts import Acts
from hydesk.ui.screens.registers.form import RecordForm
from hydesk.ui.screens.registers.rows import SheetRow
from hydesk.ui.screens.registers.shown_register import ShownRegister

if TYPE_CHECKING:
    from hydesk.services.mechanisms.land_filing import LandingDraft
    from hydesk.services.mechanisms.major_projects import Drawn

ROW_ACTS: dict[str, str] = {FILINGS: "转为重点项目"}
"""What can be done with a record of a shipped register beside changing it."""



class RecordDesk(QObject):
    """Belongs to the page that shows the register, whose panel it fills."""

    def __init__(self, desk: Desk, page: ShownRegister, acts: Acts) -> None:
        super().__init__(page)
        self._desk, self._page, self._acts = desk, page, acts
        self.later = Delayed(self, self._follow)
        panel = page.panel
        panel.closed.connect(self._closed)
        panel.edit_wanted.connect(self.start_edit)
        panel.remove_wanted.connect(self.remove)
        panel.act_wanted.connect(self.start_act)

    # The panel --------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        panel = self._page.panel
        if panel.isVisible() and panel.form is None and self._page.follows:
            self._read_record()

    def _chosen(self) -> list[SheetRow]:
        return self._page.table.selected()

    def _read_record(self) -> None:
        chosen, rows, panel = self._chosen(), self._page.rows, self._page.panel
        if len(chosen) != 1 or rows is None:
            panel.show_body(f"选中 {len(chosen)} 条" if chosen else "", lines_body([]))
            return
        ledger, sheet, row = self._desk.ledger, rows.sheet, chosen[0]

        def work() -> list[RecordStep]:
            from hydesk.services.registers.record_history import record_history

            return record_history(ledger, sheet, row.id)

        def done(history: list[RecordStep]) -> None:
            if panel.form is None and self._page.table.selected_keys() == [row.id]:
                panel.show_record(sheet, row, history, self.act_of(row))

        self._acts.read("读取记录", work, done)

    def _closed(self) -> None:
        self._page.follows = True
        self._page.table.setFocus()

    def open_panel(self) -> None:
        """Enter: the record with its history beside the table."""
        self._page.panel.show()
        self._page.follows = True
        self._read_record()

    # Filling in -------------------------------------------------------------------------------------------

    def start_new(self) -> None:
        """Ctrl+N: the form of a new record."""
        if self._page.rows is None:
            return
        form = RecordForm(self._page.rows.sheet, None)
        form.entered.connect(lambda words: self._add(form, words))
        self._page.panel.show_form(form)
        form.begin()

    def start_edit(self) -> None:
        """Ctrl+E: the form of the selected record."""
        chosen = self._chosen()
        if self._page.rows is not None and len(chosen) == 1:
            form = RecordForm(self._page.rows.sheet, chosen[0].texts)
            form.entered.connect(lambda _words: self._change(form, chosen[0].id))
            self._page.panel.show_form(form)
            form.begin()

    def _add(self, form: RecordForm, words: dict[str, str]) -> None:
        def done(keys: list[int]) -> None:
            self._page.panel.form = None
            self._page.panel.hide()
            self._page.wanted = keys[0]
            self._page.table.setFocus()

        self._write([(None, k, t) for k, t in words.items() if t], lambda _r: "已新增 1 条", form.say_wrong, done)

    def _change(self, form: RecordForm, record_id: int) -> None:
        def done(_r: object) -> None:
            self._page.panel.form = None
            self.open_panel()

        changes: list[tuple[int | None, str, str]] = [(record_id, k, t) for k, t in form.changed().items()]
        if changes:
            self._write(changes, lambda _r: "已修改", form.say_wrong, done)
        else:
            done(None)

    def set_cell(self, record_id: int, field: str, words: str) -> None:
        """What was typed into a cell of the table."""
        self._write([(record_id, field, words)], lambda _r: "已修改", lambda why: self._desk.notice(why, wrong=True))

    def _write(self, changes: list[tuple[int | None, str, str]], said: Callable[[list[int]], str],
               failed: Callable[[str], None], done: Callable[[list[int]], None] | None = None) -> None:
        ledger, key, year = self._desk.ledger, self._page.register_id, self._desk.period.year

        def work() -> Done[list[int]]:
            from hydesk.services.registers.write_records import RecordChange, write_records

            return write_records(ledger, key, [RecordChange(r, f, t or None) for r, f, t in changes], year)

        self._acts.write("修改台账", work, said, done=done, failed=failed)

    def remove(self) -> None:
        """Delete: take the selected records away; 撤销 brings them back."""
        ids = self._page.table.selected_keys()
        if ids:
            ledger, key = self._desk.ledger, self._page.register_id

            def work() -> Done[None]:
                from hydesk.services.registers.write_records import remove_records

                return remove_records(ledger, key, ids)

            self._page.panel.hide()
            self._acts.write("删除记录", work, lambda _r: f"已删除 {len(ids)} 条")

    # What a record can become -----------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw from the ledger what the register can hold of it; one act."""
        rows = self._page.rows
        if rows is None or rows.sheet.definition.key not in DRAWN:
            return
        ledger, period = self._desk.ledger, self._desk.period
        key = rows.sheet.definition.key
        word = DRAWN[key].words

        def work() -> Done[Drawn]:
            from hydesk.services.mechanisms.draw_chain_lists import DRAWS

            return DRAWS[key](ledger, period)

        self._acts.write(word, work, lambda drawn: drawn.words)

    def act_of(self, row: SheetRow | None) -> str:
        """The act that a record offers beside changing it; nothing for one that names its project already."""
        rows = self._page.rows
        if rows is None or row is None or row.record.values.get("project"):
            return ""
        return ROW_ACTS.get(rows.sheet.definition.key, "")

    def start_act(self) -> None:
        """Ctrl+L: look a filed project over before it becomes a key project."""
        chosen = self._chosen()
        if len(chosen) != 1 or not self.act_of(chosen[0]):
            return
        ledger, period, row = self._desk.ledger, self._desk.period, chosen[0]

        def work() -> tuple[LandingDraft, dict[Field, Sequence[str]]]:
            from hydesk.services.mechanisms.land_filing import landing_draft
            from hydesk.services.projects.list_batches import list_batches
            from hydesk.services.standings.list_standings import list_classes, list_units

            batches = dict.fromkeys(["调整", *(b.name for b in list_batches(ledger, period.year) if b.name)])
            return landing_draft(ledger, row.id, period), {
                Field.REPORTING_UNIT: [u.name for u in list_units(ledger, retired=False)], Field.CATEGORY: list_classes(ledger),
                Field.CHAIN: list_classes(ledger, "chain"), Field.NATURE: NATURES, Field.BATCH: list(batches)}

        self._acts.read("查同名项目", work, lambda read: self._ask_landing(*read))

    def _ask_landing(self, draft: LandingDraft, choices: Mapping[Field, Sequence[str]]) -> None:
        from hydesk.ui.screens.registers.landing import LandingForm

        form = LandingForm(draft, choices, day_of(self._desk.period, date.today()))
        ledger, year = self._desk.ledger, self._desk.period.year

        def enter(_words: object) -> None:
            values, ground, existing = form.values(), form.ground(), form.existing

            def work() -> Done[str]:
                from hydesk.services.mechanisms.land_filing import land_filing

                return land_filing(ledger, draft.record_id, year, values, ground, existing)

            self._acts.write("转为重点项目", work, lambda code: f"“{draft.name}”已转为重点项目 {code}", done=done,
                             failed=form.say_wrong)

        def done(_code: object) -> None:
            self._page.panel.form = None
            self._page.wanted = draft.record_id
            self.open_panel()

        form.entered.connect(enter)
        self._page.panel.show_form(form)
        form.begin()
