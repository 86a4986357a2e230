"""The screen 节点."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from hydesk.domain.job_progress import Progress
from hydesk.domain.milestones import ListedNode
from hydesk.domain.touched import Touched
from hydesk.services.pages.wall_chart import ChartWish
from hydesk.ui.clipboard import put_rows
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button, label
from hydesk.ui.kit.beside import Beside
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.keys import on_copy
from hydesk.ui.kit.list_frame import ListFrame, tab_row
from hydesk.ui.kit.listing import Listing
from hydesk.ui.kit.words import CLEAR, COPIED, PRINT
from hydesk.ui.reading import ReadingScreen
from hydesk.ui.requests import ShowNodes, ShowProject
from hydesk.ui.screens.nodes.acts import NodeActs
from hydesk.ui.screens.nodes.chart_line import ChartLine
from hydesk.ui.screens.nodes.filters import NodeFilters
from hydesk.ui.screens.nodes.gantt import Gantt
from hydesk.ui.screens.nodes.lists import DUE, GANTT, OVERDUE, STANDARD, VIEWS, columns, table_rows
from hydesk.ui.screens.nodes.marks import Legend
from hydesk.ui.screens.nodes.panel import NodePanel
from hydesk.ui.screens.nodes.review import NodeReview
from hydesk.ui.screens.nodes.rows import NodeRows
from hydesk.ui.screens.nodes.standard import StandardNodes
from hydesk.ui.screens.nodes.zoom_row import ZoomRow

COUNT_AFTER = 120
"""Milliseconds from the last key to counting what each filter would show: a key never waits for it."""


class NodesScreen(ReadingScreen):
    """The time line, the lists, the standard nodes, and the panel of what is selected."""

    READS = frozenset({Touched.MILESTONES, Touched.PROJECTS, Touched.PLANS, Touched.RULES})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted: int | None = None
        self._drawn: object = None
        self.rows: NodeRows | None = None
        self.acts = NodeActs(desk, self)
        self.tabs = tab_row(VIEWS, "节点的各种看法")
        self.gantt = Gantt(desk.theme)
        self.list = Listing(columns(desk.theme), desk.theme, "节点清单", key=lambda x: (x.project.project_id, x.node.name))
        self.standard = StandardNodes(desk)
        self.review = NodeReview(desk)
        self.panel = NodePanel(desk)
        self.beside = Beside(self, self.panel, on_demand=True)
        self.printing = ChartLine(desk)
        self.count = label("", "count")
        self.filters = NodeFilters()
        self.search, self.chips, self.group = self.filters.search, self.filters.chips, self.filters.group
        self.empty, self.nothing = EmptyState(), EmptyState()
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.setInterval(COUNT_AFTER)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.empty.offer(button("导入节点表…", self.import_table, kind="primary"))
        self.nothing.offer(button(CLEAR, self.clear))
        self.pages = ListFrame(
            title="节点", beside_title=[self.tabs],
            acts=[button(PRINT, self.print_pages, tip="打印作战图；Ctrl+P"), button("导入节点表", self.import_table),
                  button("导出节点表", self.acts.export)],
            rows=[self._filter_row()],
            pages=[self.gantt, self.list, self.standard, self.review, self.empty, self.nothing], foot=[self._foot()],
            panel=self.panel, below=[self.printing], least=240,  # not what its widest page asks for, which never stands beside the panel
        ).lay_out(self)

    def _filter_row(self) -> QHBoxLayout:
        """The filters and, over the time line, how wide its days are."""
        row = in_row((self.filters, 1), gap=0)
        self.zoom = ZoomRow(self.gantt)
        row.addWidget(self.zoom)
        return row

    def _foot(self) -> QWidget:
        """Below the page: what the shapes mean, and over how many projects it is."""
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(10, 2, 10, 4)
        row.setSpacing(12)
        self.legend = Legend(self._desk.theme)
        row.addWidget(self.legend, 1)
        row.addStretch(0)
        row.addWidget(self.count)
        return self.foot

    def _connect(self) -> None:
        desk = self._desk
        self.filters.query_changed.connect(self._narrow)
        self.filters.left.connect(self._enter_table)
        self._count_later.timeout.connect(self._count_choices)
        self.tabs.currentChanged.connect(self._switch)
        self.gantt.chosen.connect(self._follow_gantt)
        self.gantt.opened.connect(self.open_panel)
        self.gantt.menu_wanted.connect(self._menu)
        self.list.chosen.connect(self._follow_list)
        self.list.opened.connect(self.open_panel)
        self.list.copied.connect(lambda n: desk.notice(COPIED.format(n=n)))
        self.panel.moved.connect(lambda moves, reason: self.acts.move(moves, reason, self._moved, self.panel.say_wrong))
        self.panel.left.connect(self._leave_panel)
        self.panel.node_chosen.connect(self._follow_panel)
        self.standard.arranged.connect(lambda nodes: self.acts.arrange(nodes, lambda: None, self.standard.say_wrong))
        self.printing.left.connect(self._focus_rows)
        self.review.ended.connect(lambda: self._switch(self.tabs.currentIndex()))
        on_copy(self.gantt, self._copy, alone=True)
        for rows in (self.gantt, self.list):
            on_escape(rows, self.beside.close)

    # What the window asks ---------------------------------------------------------------------------------

    def shown(self) -> None:
        """Read again if something changed while another screen was in front; keys go to the table at once."""
        super().shown()
        self._focus_rows()

    def take(self, request: Any) -> None:
        """Show what another screen asked for."""
        if isinstance(request, ShowProject):
            self._wanted = request.project_id
            self.tabs.setCurrentIndex(GANTT)
            self._show_wanted()
        elif isinstance(request, ShowNodes):
            self.filters.show_request(request)
            self.tabs.setCurrentIndex(OVERDUE if request.days is None else DUE)
            self._narrow()

    def print_pages(self) -> None:
        """Ctrl+P: the time line as it is shown, its bars over their first plan: these projects, groups, nodes and months."""
        if self.rows is None or self.pages.currentWidget() in (self.review, self.standard):
            return
        query, timed = self.filters.query, self.tabs.currentIndex() == GANTT
        only = [p.project_id for p in self.rows.projects(query)] if timed else list(dict.fromkeys(x.project.project_id for x in self.list.list.items))
        first, last = self.gantt.in_sight() if timed else (None, None)
        chosen = {p.project_id: p.code for p, _ in self.panel.pairs}
        self.printing.begin(ChartWish(only=only, group=str(self.group.currentData() or ""), first=first, last=last, nodes=query.nodes), chosen)

    def start_search(self) -> None:
        """Ctrl+F."""
        self.filters.focus_search()

    # Reading ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read all projects' nodes, keeping selection and scroll."""
        self._stale = False
        ledger, period = self._desk.ledger, self._desk.period

        def work(_progress: Progress) -> tuple[Any, NodeRows]:
            from hydesk.services.milestones.list_milestones import list_milestones

            return period, NodeRows(list_milestones(ledger, period))

        self._desk.jobs.start("读取节点", work, self, done=self._show, quiet=True)

    def _show(self, read: tuple[Any, NodeRows]) -> None:
        if read[0] != self._desk.period:
            return
        old, self.rows = self.rows, read[1]
        rows = self.rows
        m = rows.milestones
        late = len(rows.overdue)
        self.count.setText(f"{len(m.projects):,} 个项目　按 {m.on} 计　■ 逾期 {late:,}")
        self.tabs.setTabText(OVERDUE, f"{VIEWS[OVERDUE]} {late:,}" if late else VIEWS[OVERDUE])
        self.standard.show_nodes(m.nodes, dict(rows.dated))
        self._count_choices()
        self._narrow()
        self._show_wanted()
        if old is not None:
            self._desk.jobs.start("换下旧的节点", lambda _p: old.let_go(), self, quiet=True)

    def _show_wanted(self) -> None:
        if self._wanted is None or self.rows is None:
            return
        if self.gantt.row_of(self._wanted) < 0:
            self.clear()
        wanted, self._wanted = self._wanted, None
        self.gantt.select(wanted)
        self.gantt.setFocus()

    # Showing ----------------------------------------------------------------------------------------------

    def clear(self) -> None:
        """Show everything."""
        self.filters.clear()

    def _narrow(self, *_: object) -> None:
        if self.rows is None:
            return
        query, view = self.filters.query, self.tabs.currentIndex()
        self.tabs.setTabText(DUE, f"{VIEWS[DUE]} {len(self.rows.due[self.filters.days]):,}")
        if view == GANTT:
            self._show_lines()
        elif view != STANDARD:
            self.list.show_items(self.rows.select_listed(query, self.rows.listed(view, self.filters.days)))
        self._count_later.start()
        self._choose_page()
        (self._follow_gantt if view == GANTT else self._follow_list)()

    def _show_lines(self) -> None:
        """The time line as narrowed; left as it is where it shows that already."""
        asked = (self.rows, self.filters.query, str(self.group.currentData() or ""))
        if self.rows is not None and asked != self._drawn:
            self._drawn = asked
            self.gantt.show_lines(self.rows.lines(asked[1], asked[2]), self.rows.milestones, self.rows.span)

    def _count_choices(self) -> None:
        if self.rows is not None:
            self._count_later.stop()
            self.filters.offer(self.rows.choices(self.filters.query), [n.shown for n in self.rows.milestones.nodes])

    def _choose_page(self) -> None:
        if self.rows is None:
            return
        view = self.tabs.currentIndex()
        page: QWidget = {GANTT: self.gantt, STANDARD: self.standard}.get(view, self.list)
        if view != STANDARD and not self.rows.any:
            self.empty.say("这里看所有项目的节点：计划、预计和实际时间，到期、逾期和偏差。"
                           "把各单位的节点表（项目 × 节点）导入后就排在时间轴上。")
            page = self.empty
        elif (page is self.list and not self.list.list.rowCount()) or (page is self.gantt and not self.gantt.lines):
            word = {DUE: f"{self.filters.days} 天内没有到期的节点。", OVERDUE: "没有逾期的节点。"}.get(view, "没有符合条件的节点。")
            self.nothing.say(word)
            page = self.nothing
        self.pages.setCurrentWidget(page)
        self.foot.setVisible(page in (self.gantt, self.list))
        self.legend.setVisible(page is self.gantt)
        self.beside.allow(page in (self.gantt, self.list))

    def open_panel(self) -> None:
        """Enter or a double click: into the date of what is selected; where nothing is, the first row is."""
        if not self.panel.pairs:
            self._enter_table()
        if not self.panel.pairs:
            return
        self.beside.open()
        self.panel.begin()

    def _switch(self, view: int) -> None:
        self.filters.show_view(view)
        self.zoom.setVisible(view == GANTT)
        if view not in (GANTT, STANDARD):
            self.list.show_columns(columns(self._desk.theme, view))
        self._narrow()

    def _follow_gantt(self) -> None:
        if self.rows is None or self.tabs.currentIndex() != GANTT:
            return
        m = self.rows.milestones
        node = m.nodes[self.gantt.node] if m.nodes else None
        self.panel.show_pairs([(p, node) for p in self.gantt.selected_projects()] if node else [], m)
        self.beside.fill(bool(self.panel.pairs))

    def _follow_list(self) -> None:
        if self.rows is None or self.tabs.currentIndex() in (GANTT, STANDARD):
            return
        chosen: list[ListedNode] = self.list.selected()
        self.panel.show_pairs([(x.project, x.node) for x in chosen], self.rows.milestones)
        self.beside.fill(bool(self.panel.pairs))

    def _follow_panel(self, node: int) -> None:
        self.gantt.node = node
        self.gantt.viewport().update()
        if len(self.panel.pairs) > 1:
            if self.tabs.currentIndex() == GANTT:
                self._follow_gantt()
            elif self.rows is not None:
                wanted = self.rows.milestones.nodes[node]
                self.panel.show_pairs([(p, wanted) for p, _ in self.panel.pairs], self.rows.milestones)

    def _enter_table(self) -> None:
        """From the search box to the first that was found."""
        if self.gantt.isVisible():
            self.gantt.enter()
        else:
            self.list.enter()

    def _leave_panel(self) -> None:
        self.beside.close()
        self._focus_rows()

    def _focus_rows(self) -> None:
        (self.gantt if self.tabs.currentIndex() == GANTT else self.list).setFocus()

    # Doing ------------------------------------------------------------------------------------------------

    def _moved(self) -> None:
        """The panel stays for the next row; the keyboard goes back to the rows."""
        self.panel.written()
        self._focus_rows()

    def _menu(self, at: QPoint) -> None:
        """What the keys do with the selected rows."""
        menu = QMenu(self)
        menu.addAction("修改节点时间\tEnter", self.open_panel)
        if len(chosen := self.gantt.selected_projects()) == 1:
            menu.addAction("在项目台账中打开", lambda: self._desk.go_to("ledger", ShowProject(chosen[0].project_id)))
        menu.addAction("复制\tCtrl+C", self._copy)
        menu.addAction("打印作战图\tCtrl+P", self.print_pages)
        menu.exec(at)
        menu.deleteLater()

    def _copy(self) -> None:
        """Ctrl+C on the time line: the selected projects' nodes as a table for Excel."""
        if self.rows is not None and (projects := self.gantt.selected_projects()):
            put_rows(table_rows(projects, self.rows.milestones))
            self._desk.notice(f"已复制 {len(projects)} 个项目的节点，可粘贴到 Excel")

    def import_table(self) -> None:
        """Take in a node table: read, look at what it would change, then write."""
        path = self.acts.choose_file()
        if path is not None:
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Read the node table at ``path`` and show what it would change."""
        self.beside.allow(False)
        self.filters.hide()
        self.foot.hide()
        self.pages.setCurrentWidget(self.review)
        self.review.read(path)
