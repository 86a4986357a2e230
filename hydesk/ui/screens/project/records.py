"""Problems, returns and the change log of a project, as tables; Enter opens what a line speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from hydesk.domain.problems import ListedProblem
from hydesk.services.pages.project_page import ProjectPage
from hydesk.services.projects.project_history import LoggedChange, ProjectReturn, Provenance
from hydesk.services.projects.restore_value import can_restore
from hydesk.services.registers.project_mentions import Mention
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.meant import QUOTED
from hydesk.ui.kit.table_view import Choose
from hydesk.ui.style import Theme


class _Part(Card):
    """A head over a table."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.head = QHBoxLayout()
        self.head.setContentsMargins(13, 0, 10, 0)
        self.head.setSpacing(8)
        self.count = label(title, "quiet")
        self.head.addWidget(self.count, 1)
        self.inside = in_column(self.head, on=self, gap=8, margins=(1, 8, 1, 1))


class ProblemsPart(_Part):
    """The project's problems on the list. ``opened`` with a problem's id, or 0 for the whole list."""

    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__("")

        def color(p: ListedProblem) -> QColor | None:
            return QColor(theme.palette.serious) if p.overdue else None

        self.table: Listing[ListedProblem] = Listing([
            ListColumn("状态", lambda p: p.status.label, 84),
            ListColumn("问题", lambda p: p.title or p.detail, 0, tip=lambda p: p.detail or p.title, measure=QUOTED),
            ListColumn("责任单位", lambda p: p.responsible or "—", 150),
            ListColumn("提出", lambda p: str(p.raised_on or "—"), 92),
            ListColumn("办结期限", lambda p: (f"■ {p.due_on} 逾期" if p.overdue else str(p.due_on or "—")), 140, color=color),
            ListColumn("销号", lambda p: str(p.closed_on or "—"), 92),
        ], theme, "项目的问题", choose=Choose.ROWS)
        self.head.addWidget(button("打开问题清单", lambda: self.opened.emit(0), kind="link"))
        self.inside.addWidget(self.table, 1)
        self.table.opened.connect(self._open)

    def show_page(self, page: ProjectPage) -> None:
        """Show the problems of ``page``."""
        self.table.list.show_items(page.problems)
        late, open_ = sum(p.overdue for p in page.problems), sum(p.status.open for p in page.problems)
        self.count.setText(f"共 {len(page.problems)} 个，未销号 {open_} 个，逾期 {late} 个；Enter 打开"
                           if page.problems else "问题清单里没有这个项目的问题。")

    def _open(self) -> None:
        if (p := self.table.current()) is not None:
            self.opened.emit(p.id)


class ReturnsPart(_Part):
    """Every return that named the project. ``opened`` with a Provenance of its row."""

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__("")
        self.table: Listing[ProjectReturn] = Listing([
            ListColumn("收到", lambda r: f"{r.at:%Y-%m-%d %H:%M}", 130),
            ListColumn("报告期", lambda r: r.period or "项目清单", 92), ListColumn("文件", lambda r: r.file, 0),
            ListColumn("工作表", lambda r: r.sheet, 150), ListColumn("行", lambda r: str(r.row), 56, right=True),
            ListColumn("结果", _became, 110),
        ], theme, "涉及本项目的报表", choose=Choose.ROWS)
        self.inside.addWidget(self.table, 1)
        self.table.opened.connect(self._open)

    def show_page(self, page: ProjectPage) -> None:
        """Show the returns of ``page``."""
        self.table.list.show_items(page.history.returns)
        self.count.setText(f"共 {len(page.history.returns)} 份报表涉及本项目；Enter 打开原件" if page.history.returns
                           else "还没有收到涉及本项目的报表。")

    def _open(self) -> None:
        r = self.table.current()
        if r is not None:
            self.opened.emit(Provenance(r.import_id, r.file, r.sheet, f"A{r.row}", "", "", r.at))


class MentionsPart(_Part):
    """What the office's other lists say of the project: where it came from, promised, toured, decided.

    ``opened`` with the Mention whose record is to be shown.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__("")

        def color(m: Mention) -> QColor | None:
            return QColor(theme.palette.serious) if m.overdue else None

        self.table: Listing[Mention] = Listing([
            ListColumn("台账", lambda m: m.register, 130), ListColumn("情况", lambda m: m.state or "—", 110),
            ListColumn("期限", lambda m: m.due or "—", 110, color=color),
            ListColumn("登记内容", lambda m: m.words, 0, measure=QUOTED, tip=lambda m: m.words.replace("；", "\n")),
        ], theme, "其他台账里的本项目", choose=Choose.ROWS)
        self.inside.addWidget(self.table, 1)
        self.table.opened.connect(self._open)

    def show_mentions(self, mentions: Sequence[Mention]) -> None:
        """Show the records that name the project."""
        self.table.list.show_items(mentions)
        self.count.setText(f"各项机制的台账里有 {len(mentions)} 条涉及本项目；Enter 打开" if mentions
                           else "备案、承诺、观摩、调度会、图谱等台账里还没有涉及本项目的记录。")

    def _open(self) -> None:
        if (m := self.table.current()) is not None:
            self.opened.emit(m)


def _tells(change: LoggedChange) -> bool:
    """Steps of problems are told where the problem is; of an attachment its name says all."""
    if change.entity == "attachment":
        return change.field.endswith("文件名")
    return change.entity not in ("problem", "problem_step")


def _became(r: ProjectReturn) -> str:
    return "已撤销" if r.undone else "已入库" if r.applied else "未入库"


class LogPart(_Part):
    """The change log by field. ``opened`` with a Provenance of the line that a return brought; ``restored`` with the line whose
    value is to stand again."""

    opened, restored = Signal(object), Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__("")
        self._changes: tuple[LoggedChange, ...] = ()
        self.field = QComboBox()
        self.field.setAccessibleName("只看哪个字段")
        self.field.setMinimumWidth(190)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找经手人、来源、数值")
        self.search.setAccessibleName("在修改记录里查找")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(230)
        self.restore = button("恢复为此值", self._restore, tip="把这一行“改为”里的值再写进台账，记一条新的修改，可以撤销")
        self.head.addWidget(self.search)
        self.head.addWidget(self.field)
        self.head.addWidget(self.restore)
        self.table: Listing[LoggedChange] = Listing([
            ListColumn("时间", lambda c: f"{c.at:%Y-%m-%d %H:%M}", 130), ListColumn("经手人", lambda c: c.actor, 84),
            ListColumn("字段", lambda c: c.field, 170), ListColumn("期", lambda c: c.period or "—", 84),
            ListColumn("原来", lambda c: c.old or "—", 160, measure=QUOTED), ListColumn("改为", lambda c: c.new or "—", 160, measure=QUOTED),
            ListColumn("来源", lambda c: c.source + ("　已撤销" if c.undone else ""), 0,
                         tip=lambda c: c.source + (f"\n原文“{c.words}”" if c.words else "")),
        ], theme, "修改记录", choose=Choose.ROWS)
        self.inside.addWidget(self.table, 1)
        self.table.chosen.connect(self._allow)
        self.field.currentIndexChanged.connect(lambda _i: self._narrow())
        self.search.textChanged.connect(lambda _t: self._narrow())
        self.table.opened.connect(self._open)

    def show_page(self, page: ProjectPage) -> None:
        """Show the log of ``page``, narrowed as before."""
        self._changes = tuple(c for c in page.history.changes if _tells(c))
        chosen = self.field.currentText()
        names = list(dict.fromkeys(c.field for c in self._changes))
        self.field.blockSignals(True)
        self.field.clear()
        self.field.addItems(["全部字段", *names])
        self.field.setCurrentIndex(max(0, self.field.findText(chosen)))
        self.field.blockSignals(False)
        self._narrow()

    def _allow(self) -> None:
        """Of what does not hold already, one line at a time; nothing in a ledger that is only looked at."""
        chosen = self.table.selected()
        one = chosen[0] if len(chosen) == 1 else None
        self.restore.setEnabled(one is not None and can_restore(one) and not self._holds(one))

    def _holds(self, change: LoggedChange) -> bool:
        """Whether the value still stands: no later line of the same field changed it to another."""
        newest = next((c for c in self._changes if not c.undone and (c.entity, c.period, c.key) == (change.entity, change.period, change.key)), None)
        return newest is not None and newest.raw == change.raw

    def _restore(self) -> None:
        chosen = self.table.selected()
        if len(chosen) == 1:
            self.restored.emit(chosen[0])

    def show_field(self, name: str) -> None:
        """Narrow to the field called ``name``."""
        self.field.setCurrentIndex(max(0, self.field.findText(name)))

    def _narrow(self) -> None:
        name, word = self.field.currentText() if self.field.currentIndex() > 0 else "", self.search.text().strip()
        shown = [c for c in self._changes if (not name or c.field == name) and (
            not word or any(word in (part or "") for part in (c.actor, c.source, c.old, c.new, c.field)))]
        self.table.list.show_items(shown)
        self._allow()
        self.count.setText(f"{len(shown)} 条修改" if len(shown) == len(self._changes)
                           else f"{len(self._changes)} 条修改中的 {len(shown)} 条")

    def _open(self) -> None:
        c = self.table.current()
        if c is not None and c.import_id is not None and c.sheet:
            self.opened.emit(Provenance(c.import_id, "", c.sheet, c.cell, c.words, c.actor, c.at))
