"""The screen 问题."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from hydesk.domain.job_progress import Progress
from hydesk.domain.milestones import day_of
from hydesk.domain.problems import Seen, Status, StepRule
from hydesk.domain.touched import MOVES_FIGURES
from hydesk.services.problems.list_problems import ProblemDetail
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button, label
from hydesk.ui.kit.beside import Beside
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.list_frame import ListFrame, tab_row
from hydesk.ui.kit.listing import Listing
from hydesk.ui.kit.words import CLEAR, COPIED, EXPORT
from hydesk.ui.reading import ReadingScreen
from hydesk.ui.requests import ShowProblem, ShowProblems, ShowProject
from hydesk.ui.screens.problems.acts import ProblemActs
from hydesk.ui.screens.problems.columns import TOLD, VIEWS, ProblemRow, columns, told_columns
from hydesk.ui.screens.problems.filters import ProblemFilters
from hydesk.ui.screens.problems.forms import ProblemForm, StepForm
from hydesk.ui.screens.problems.menus import problem_menu, told_menu
from hydesk.ui.screens.problems.panel import ProblemPanel
from hydesk.ui.screens.problems.rows import OVERDUE, ProblemQuery, ProblemRows


class ProblemsScreen(ReadingScreen):
    """The list in its views, what returns tell, and the panel of what is selected."""

    READS = MOVES_FIGURES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted: int | None = None
        self._told_next: int | None = None
        """The row of 报表反映 that is gone on from, once what was put on the list from there is shown there."""
        self._projects: list[tuple[int, str]] = []
        self.rows: ProblemRows | None = None
        self.acts = ProblemActs(desk, self)
        self.filters = ProblemFilters()
        self.tabs = tab_row(VIEWS, "问题清单的各张表")
        self.table = Listing(columns(0, desk.theme), desk.theme, "问题清单", key=lambda r: r.problem.id)
        self.told = Listing(told_columns(desk.theme), desk.theme, "报表反映的问题", key=lambda t: (t.project_id, t.text))
        self.panel = ProblemPanel(desk)
        self.beside = Beside(self, self.panel)
        self.count = label("", "count")
        self.empty, self.nothing = EmptyState(), EmptyState()
        self._read_later = Delayed(self, self._follow)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.new = button("登记问题", self.start_new, kind="primary", tip="Ctrl+N")
        self.adopt = button("列入清单", self.adopt_selected, kind="primary", tip="把选中的报表原文列入问题清单（Enter）")
        self.note = button("登记跟踪", self.acts.note_seen, tip="把本期报表仍在反映的问题记为最近反映")
        self.to_told = button("看报表反映的问题", self._turn_to_told, kind="primary")
        self.empty.offer(self.to_told)
        self.empty.offer(button("登记问题", self.start_new))
        self.nothing.offer(button(CLEAR, self.filters.clear))
        self.pages = ListFrame(
            title="问题", beside_title=[self.count, self.tabs], acts=[self.note, button(EXPORT, self.export), self.adopt, self.new],
            rows=[self.filters], pages=[self.table, self.told, self.empty, self.nothing], panel=self.panel,
        ).lay_out(self)
        self.adopt.hide()
        self.note.hide()

    def _connect(self) -> None:
        desk = self._desk
        self.tabs.currentChanged.connect(self._switch)
        self.filters.query_changed.connect(self._narrow)
        self.filters.left.connect(lambda: (self.told if self.tabs.currentIndex() == TOLD else self.table).enter())
        self.table.chosen.connect(self._read_later.start)
        self.table.opened.connect(self.open_panel)
        self.told.opened.connect(self.adopt_selected)
        self.told.chosen.connect(self._say_adopt)
        for table in (self.table, self.told):
            table.copied.connect(lambda n: desk.notice(COPIED.format(n=n)))
            table.on_menu(self._menu)
        self.panel.closed.connect(self._close_panel)
        self.panel.step_wanted.connect(self.start_step)
        self.panel.edit_wanted.connect(self.start_edit)
        self.panel.remove_wanted.connect(self._remove)
        bind(self, [("Ctrl+N", self.start_new), ("F2", self.start_edit),
                    *((f"Alt+{n}", partial(self._take_step, n)) for n in range(1, 10))])

    # What the window asks ---------------------------------------------------------------------------------

    def shown(self) -> None:
        """Read again if something changed while another screen was in front; keys go to the table at once."""
        super().shown()
        (self.told if self.tabs.currentIndex() == TOLD else self.table).setFocus()

    def take(self, request: Any) -> None:
        """Show what another screen asked for."""
        if isinstance(request, ShowProblem):
            self._wanted = request.problem_id
            self.tabs.setCurrentIndex(0)
            self._show_wanted()
        elif isinstance(request, ShowProblems):
            self.tabs.setCurrentIndex(TOLD if request.told else 0)
            self.filters.show_query(ProblemQuery(
                text=request.text, units=frozenset({request.unit} if request.unit else ()),
                cases=frozenset({OVERDUE} if request.overdue else ()),
                statuses=frozenset({Status.REPORTED, Status.ACCEPTED} if request.unassigned else ())))
        elif isinstance(request, ShowProject):
            self.start_new(request.project_id)

    def _turn_to_told(self) -> None:
        self.tabs.setCurrentIndex(TOLD)
        self.told.enter()

    def start_search(self) -> None:
        """Ctrl+F."""
        self.filters.focus_search()

    # Reading ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list and what returns tell, keeping selection and scroll."""
        self._stale = False
        ledger, period = self._desk.ledger, self._desk.period

        def work(_progress: Progress) -> tuple[ProblemRows, list[tuple[int, str]]]:
            from hydesk.services.milestones.list_milestones import list_projects
            from hydesk.services.problems.follow_problems import follow_problems
            from hydesk.services.problems.list_problems import list_problems, list_responsible

            rows = ProblemRows(list_problems(ledger, period, current=True), follow_problems(ledger, period))
            rows.responsible = list_responsible(ledger)
            return rows, [(p.project_id, f"{p.name}　{p.code}　{p.unit}") for p in list_projects(ledger, period)]

        self._desk.jobs.start("读取问题清单", work, self, done=self._show, quiet=True)

    def _show(self, read: tuple[ProblemRows, list[tuple[int, str]]]) -> None:
        rows, self._projects = read
        if rows.period != self._desk.period:
            return
        self.rows = rows
        self.tabs.setTabText(TOLD, f"{VIEWS[TOLD]} {rows.to_list:,}" if rows.to_list else VIEWS[TOLD])
        self._narrow()
        self._show_wanted()
        c = rows.counts
        self.count.setText(f"{c.total:,} 个　未销号 {c.open:,}　逾期 {c.overdue:,}　已销号 {c.closed:,}")

    def _show_wanted(self) -> None:
        if self._wanted is None or self.rows is None:
            return
        if self.table.list.row_of(self._wanted) < 0:
            self.filters.clear()
        row = self.table.list.row_of(self._wanted)
        if row >= 0:
            self.table.select([self._wanted], self._wanted)
            self.table.scrollTo(self.table.list.index(row, 0))
            self.table.setFocus()
            self._wanted = None

    # Showing ----------------------------------------------------------------------------------------------

    def _narrow(self) -> None:
        if self.rows is None:
            return
        self.filters.offer(self.rows)
        self.table.show_items(self.rows.select(self.filters.query))
        self.told.show_items(self.rows.select_told(self.filters.query))
        self._go_on_below()
        self._choose_page()
        self._read_later.start()

    def _go_on_below(self) -> None:
        """What was just put on the list stands at the end now; the cursor stays, on what comes next."""
        at, self._told_next = self._told_next, None
        if at is not None and self.told.list.rowCount():
            self.told.selectRow(min(at, self.told.list.rowCount() - 1))

    def _choose_page(self) -> None:
        if self.rows is None:
            return
        told = self.tabs.currentIndex() == TOLD
        table = self.told if told else self.table
        page: QWidget = table
        if not table.list.rowCount():
            narrowed = self.filters.query.narrowed and bool(self.rows.told if told else self.rows.rows)
            page = self.nothing if narrowed else self.empty
        self.empty.say(
            f"{self._desk.period.label}的报表里没有写存在问题。收报后，各单位写的“存在问题”列在这里，点一下就列入清单。" if told else
            "这里放要协调解决的问题：从上报、交办到销号。各单位报表里写的“存在问题”可以一键列入，也可以自己登记。")
        self.nothing.say("没有符合条件的问题。")
        self.to_told.setVisible(not told)
        self.pages.setCurrentWidget(page)
        self.beside.allow(page is self.table or self.panel.form is not None)

    def _switch(self, view: int) -> None:
        told = view == TOLD
        if not told:
            self.table.show_columns(columns(view, self._desk.theme))
        self.adopt.setVisible(told)
        self.note.setVisible(told)
        self.new.setVisible(not told)
        for kind in ("cases", "statuses", "responsible"):
            self.filters.chips[kind].setVisible(not told)
        self._choose_page()
        self._say_adopt()

    def _say_adopt(self) -> None:
        fresh = [t for t in self.told.selected() if t.seen is not Seen.SAME]
        self.adopt.setEnabled(bool(fresh))
        self.adopt.setText(f"列入清单（{len(fresh)}）" if len(fresh) > 1 else "列入清单")

    def _follow(self) -> None:
        """Show what is selected; a single problem's time line is read in a job."""
        chosen: list[ProblemRow] = self.table.selected()
        if self.panel.form is not None and tuple(r.problem for r in chosen) == self.panel.problems:
            return
        self.panel.show_rows(chosen)
        self.beside.fill(bool(chosen))
        if len(chosen) == 1:
            ledger, key, period = self._desk.ledger, chosen[0].problem.id, self._desk.period

            def work(_progress: Progress) -> ProblemDetail:
                from hydesk.services.problems.list_problems import problem_detail

                return problem_detail(ledger, key, period)

            self._desk.jobs.start("读取问题", work, self, done=self.panel.show_detail, failed=lambda _e: None, quiet=True)

    def open_panel(self) -> None:
        """Enter on a row: into its panel."""
        self.beside.open()
        if self.panel.pinned:
            self.panel.pinned[0].setFocus()

    def _close_panel(self) -> None:
        """✕ or Esc: a form is left first, then the panel put away."""
        if self.panel.form is not None:
            self.panel.drop_form()
        else:
            self.beside.close()
        self.table.setFocus()

    def _show_form(self, form: ProblemForm | StepForm) -> None:
        self.panel.show_form(form)
        form.left.connect(self._choose_page)
        self.beside.allow(True)
        self.beside.open()
        form.begin()

    # Doing ------------------------------------------------------------------------------------------------

    def _take_step(self, number: int) -> None:
        if self.tabs.currentIndex() != TOLD:
            self.panel.take_step(number)

    def start_step(self, rule: StepRule) -> None:
        """The form for a step with what is selected."""
        if self.rows is None or not self.panel.problems:
            return
        from datetime import date

        on = day_of(self._desk.period, date.today())
        form = StepForm(rule, self.panel.problems, self.rows.responsible, on)
        form.entered.connect(lambda entry: self.acts.step(entry, form, self._done))
        self._show_form(form)

    def start_new(self, project_id: int | None = None) -> None:
        """The form for a new problem, of the project given or of the one selected."""
        if self.tabs.currentIndex() == TOLD:
            self.tabs.setCurrentIndex(0)
        form = ProblemForm(None, self._projects, self.rows.responsible if self.rows else [])
        wanted = project_id or (self.panel.problems[0].project_id if len(self.panel.problems) == 1 else None)
        form.show_project(next((text for key, text in self._projects if key == wanted), ""))
        form.entered.connect(lambda values: self.acts.add(values, form, self._added))
        self._show_form(form)

    def start_edit(self) -> None:
        """F2: change what is said of the selected problem."""
        if len(self.panel.problems) == 1 and self.rows is not None:
            problem = self.panel.problems[0]
            form = ProblemForm(problem, self._projects, self.rows.responsible)
            form.entered.connect(lambda values: self.acts.edit(problem.id, values, form, self._done))
            self._show_form(form)

    def _done(self) -> None:
        self.panel.drop_form()
        self.beside.step_back()
        self.table.setFocus()

    def _added(self, key: int) -> None:
        self._done()
        self._wanted = key

    def _remove(self) -> None:
        if len(self.panel.problems) == 1:
            self.acts.remove(self.panel.problems[0].id)

    def adopt_selected(self) -> None:
        """Enter or the button: put the selected texts on the list; one that is there is shown instead."""
        chosen = self.told.selected()
        fresh = [t for t in chosen if t.seen is not Seen.SAME]
        if fresh and not self._desk.refuses():
            at = self.told.chosen_rows()[0]
            self.acts.adopt(fresh, lambda _ids: setattr(self, "_told_next", at))
        elif chosen and chosen[0].problem_id is not None:
            self.take(ShowProblem(chosen[0].problem_id))

    def export(self) -> None:
        """Write the list in view, as narrowed, to Excel."""
        view = self.tabs.currentIndex()
        self.acts.export(0 if view == TOLD else view, [r.problem.id for r in self.table.list.items])

    def _menu(self, at: QPoint) -> None:
        menu = told_menu(self.told, self.adopt_selected, self) if self.tabs.currentIndex() == TOLD else problem_menu(
            self.table, self.start_step, self.start_edit, lambda key: self._desk.go_to("ledger", ShowProject(key)), self)
        menu.exec(at)
