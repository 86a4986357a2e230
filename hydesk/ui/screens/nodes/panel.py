"""The panel of the nodes: one project's nodes with their dates, or several selected; below it a form to move them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from hydesk.domain.errors import HydeskError
from hydesk.domain.milestones import (
    HANDLING,
    HANDLINGS,
    START,
    START_MEANS,
    WHICH,
    WHICH_LABELS,
    Milestones,
    NodeDates,
    NodeMove,
    NodeState,
    ProjectNodes,
    StandardNode,
    shift,
)
from hydesk.domain.node_refusals import doubts
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, inset, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.side_panel import headed, scrolled
from hydesk.ui.kit.typed_date import TypedDate
from hydesk.ui.kit.words import SAVE
from hydesk.ui.plain import plain_text
from hydesk.ui.requests import ShowProject
from hydesk.ui.screens.nodes.lists import slip_text, text

Pair = tuple[ProjectNodes, StandardNode]


Row = tuple[StandardNode, NodeDates, NodeState, int | None]
"""A node, its dates, its state, and how many days it is late."""


def _latest(row: Row) -> str:
    """When it was done, else what is said of how it is handled, else when it is expected."""
    dates = row[1]
    return text(dates.actual) if dates.actual is not None else dates.handling or text(dates.forecast)


def _both(row: Row) -> str:
    return f"实际 {text(row[1].actual)}　预计 {text(row[1].forecast)}"


class NodePanel(QFrame):
    """Holds the pairs of project and node that a change is for; ``moved`` says what is wanted."""

    moved = Signal(object, str)
    """Moves and the reason."""
    left = Signal()
    node_chosen = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._milestones: Milestones | None = None
        self.pairs: list[Pair] = []
        self._filling = False
        self.setObjectName("panel")
        self.setAccessibleName("节点详情")
        self.name = label("", "heading", wrap=True)
        self.where = button("", self._open_project, kind="row", tip="在项目台账中打开")
        self.where.setAccessibleName("在项目台账中打开")
        theme = desk.theme
        self.table = Listing([
            ListColumn("节点", lambda r: f"{r[2].mark} {r[0].shown}", 88, color=self._color),
            ListColumn("计划", lambda r: text(r[1].baseline), 88),
            ListColumn("实际或预计", _latest, 96, color=lambda r: None if r[1].actual else QColor(theme.palette.quiet), tip=_both),
            ListColumn("偏差", lambda r: slip_text(r[3]), 0, right=True,
                       color=lambda r: QColor(theme.palette.lagging) if (r[3] or 0) > 0 else None)], theme, "项目的节点")
        self.target = label("", "heading", wrap=True)
        self.node = QComboBox()
        self.node.setAccessibleName("改哪个节点")
        self.handling = QComboBox()
        self.handling.setAccessibleName("办理情况")
        self.handling.setToolTip("还没有办结的写“办理中”，这个项目用不着办的写“不需办理”，不再算逾期；选了就写入")
        self.handling.addItem("（不注明）", None)
        for said in HANDLINGS:
            self.handling.addItem(said, said)
        self.which = QButtonGroup(self)
        self.date = TypedDate("改为", desk.period.year)
        self.days = QSpinBox()
        inset(self.days)
        self.reason = QLineEdit()
        self.error = label("", "error", wrap=True)
        self.notes = label("", "quiet", wrap=True)
        self.save = button(SAVE, self.submit, kind="primary", tip="Enter")
        self._lay_out()
        self.table.selectionModel().currentChanged.connect(self._follow_table)
        self.node.activated.connect(self.node_chosen)
        self.handling.activated.connect(lambda _i: self._handle())
        self.which.idClicked.connect(lambda _i: self._show_held())

    def _color(self, row: Row) -> QColor:
        palette = self._desk.theme.palette
        names = {NodeState.OVERDUE: "serious", NodeState.DUE: "lagging", NodeState.DONE: "ahead"}
        return QColor(getattr(palette, names.get(row[2], "quiet")))

    def _lay_out(self) -> None:
        which = QHBoxLayout()
        which.setSpacing(0)
        for i, key in enumerate(WHICH):
            made = button(WHICH_LABELS[key], lambda: None, kind="segment")
            made.setCheckable(True)
            made.setChecked(key == "actual")
            self.which.addButton(made, i)
            which.addWidget(made)
        which.addStretch(1)
        self.days.setRange(-3650, 3650)
        self.days.setMinimumHeight(30)
        self.days.setSuffix(" 天")
        self.days.setAccessibleName("移动天数")
        self.days.setToolTip("填了天数就按天数移动（负数提前），不看“改为”")
        self.reason.setAccessibleName("原因")
        self.reason.setPlaceholderText("计划后移必须写明原因")
        form = self._form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow("节点", self.node)
        form.addRow("办理", self.handling)
        form.addRow("改哪个", which)
        form.addRow("改为", self.date)
        form.addRow("或移动", self.days)
        form.addRow("原因", self.reason)
        self._acts = QWidget()
        in_row(self.save, button("清空这个时间", self._clear, tip="把选中的时间去掉"), 1, on=self._acts, margins=(0, 4, 8, 0))
        below = self._below = QWidget()
        in_column(self.target, form, self.error, self.notes, 1, on=below, gap=8, margins=(0, 6, 8, 0))
        layout = headed(self, self.name, self._desk, self.left.emit)
        layout.setSpacing(4)
        layout.addWidget(self.where)
        layout.addWidget(self.table, 5)
        layout.addWidget(scrolled(below), 6)
        layout.addWidget(self._acts)
        self.error.hide()
        self.date.entered.connect(self.submit)
        self.reason.returnPressed.connect(self.submit)
        on_escape(self, self.left.emit)

    # What is shown ----------------------------------------------------------------------------------------

    def show_pairs(self, pairs: Sequence[Pair], milestones: Milestones) -> None:
        """Show the nodes that a change would be for."""
        before = [(p.project_id, n.name) for p, n in self.pairs]
        self._milestones, self.pairs = milestones, list(pairs)
        self._say_error("")
        projects = {p.project_id: p for p, _ in pairs}
        only = next(iter(projects.values())) if len(projects) == 1 else None
        self.table.setVisible(only is not None)
        self.where.setVisible(only is not None)
        self.save.setEnabled(bool(pairs))
        self._below.setVisible(bool(pairs))
        self._acts.setVisible(bool(pairs))
        if only is not None:
            self.name.setText(only.name)
            self.where.setText(f"{only.code}　{only.unit}")
            self._fill_table(only, milestones)
        else:
            self.name.setText(f"选了 {len(projects)} 个项目" if projects else "选一个项目看它的节点；选几个可以一起改。")
        self._offer_nodes(len(projects) > 1)
        self._show_target()
        if before != [(p.project_id, n.name) for p, n in pairs]:
            self.reason.clear()
            self.days.setValue(0)
        self._show_held()

    def _offer_nodes(self, several: bool) -> None:
        """Several projects have no table of nodes: the node is chosen here, where it is the same for all."""
        assert self._milestones is not None
        names = {n.name for _, n in self.pairs}
        self._form.setRowVisible(self.node, several and len(names) == 1)
        self.node.clear()
        self.node.addItems([n.shown for n in self._milestones.nodes])
        if names:
            self.node.setCurrentIndex([n.name for n in self._milestones.nodes].index(self.pairs[0][1].name))

    def _fill_table(self, project: ProjectNodes, milestones: Milestones) -> None:
        self._filling = True
        rows = [(n, d := project.node(n.name), d.state(milestones.on), d.slip(milestones.on)) for n in milestones.nodes]
        self.table.list.show_items(rows)
        at = next((i for i, n in enumerate(milestones.nodes) if self.pairs and n.name == self.pairs[0][1].name), -1)
        if at >= 0:
            self.table.setCurrentIndex(self.table.list.index(at, 0))
            self.table.scrollTo(self.table.list.index(at, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._filling = False

    def _show_target(self) -> None:
        names = list(dict.fromkeys(n.shown for _, n in self.pairs))
        what = f"“{names[0]}”" if len(names) == 1 else f" {len(self.pairs)} 个节点" if names else ""
        self.target.setText(f"修改{what}的时间" + (f"（{len(self.pairs)} 个项目一起改）" if len(self.pairs) > 1 else "") if names else "")
        self.target.setToolTip(plain_text(START_MEANS if names == ["开工"] else ""))
        self.notes.setText("\n".join(self._notes()))

    def _notes(self) -> list[str]:
        """What is doubtful, and how the baseline was moved."""
        if self._milestones is None or len({p.project_id for p, _ in self.pairs}) != 1:
            return []
        project, node = self.pairs[0]
        said = [START_MEANS + "。"] if node.name == START else []
        said += [f"{m.on} {m.actor} 把计划由 {m.old} 改为 {m.new or '空'}" + (f"（{m.days:+} 天）" if m.days else "")
                 + (f"：{m.reason}" if m.reason else "") for m in reversed(project.node(node.name).moves)]
        return said + [f"◆ {f.message}" for f in doubts(project.nodes, self._milestones.nodes, self._milestones.on)]

    def _show_held(self) -> None:
        """Put the date that is held in the field, where all have the same; and what is said of how they are handled."""
        said = {p.node(n.name).handling for p, n in self.pairs}
        self.handling.setCurrentIndex(max(0, self.handling.findText(next(iter(said)))) if len(said) == 1 else 0)
        held = {p.node(n.name).get(self._which) for p, n in self.pairs}
        self.date.show_value(next(iter(held)) if len(held) == 1 else None)
        several = len(held) > 1
        self.date.line.setPlaceholderText(f"{len(self.pairs)} 个时间不同" if several else "如 2023-9-5")

    @property
    def _which(self) -> str:
        return WHICH[self.which.checkedId()]

    def _follow_table(self) -> None:
        row = self.table.current()
        if self._filling or row is None or not self.pairs or self._milestones is None:
            return
        self.pairs = [(self.pairs[0][0], row[0])]
        self._show_target()
        self._show_held()
        self.node_chosen.emit(self._milestones.nodes.index(row[0]))

    def begin(self) -> None:
        """Put the cursor into the date."""
        if self.pairs:
            self.date.line.setFocus()
            self.date.line.selectAll()

    # What is wanted ---------------------------------------------------------------------------------------

    def submit(self) -> None:
        """Say which dates are to be written."""
        if not self.pairs:
            return
        self._say_error("")
        if self.days.value():
            moves = [NodeMove(p.project_id, n.name, self._which, shift(held, self.days.value()))
                     for p, n in self.pairs if (held := p.node(n.name).get(self._which)) is not None]
            if not moves:
                self._say_error(f"选中的节点都没有{WHICH_LABELS[self._which]}时间，不能移动")
                return
        else:
            try:
                value = self.date.value()
            except HydeskError as e:
                self._say_error(str(e))
                return
            if value is None:
                self._say_error("请填日期，或填移动的天数；要去掉时间请点“清空这个时间”")
                return
            moves = [NodeMove(p.project_id, n.name, self._which, value) for p, n in self.pairs]
        self.moved.emit(moves, self.reason.text())

    def _handle(self) -> None:
        if self.pairs:
            self._say_error("")
            self.moved.emit([NodeMove(p.project_id, n.name, HANDLING, self.handling.currentData()) for p, n in self.pairs], "")

    def _clear(self) -> None:
        self.moved.emit([NodeMove(p.project_id, n.name, self._which, None) for p, n in self.pairs], self.reason.text())

    def say_wrong(self, words: str) -> None:
        """Say beside the fields why nothing was written."""
        self._say_error(words)
        self.reason.setFocus()

    def _say_error(self, words: str) -> None:
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def written(self) -> None:
        """The change is in the ledger."""
        self.days.setValue(0)
        self.reason.clear()

    def _open_project(self) -> None:
        if self.pairs:
            self._desk.go_to("ledger", ShowProject(self.pairs[0][0].project_id))
