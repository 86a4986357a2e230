"""The search box of the top line (Ctrl+K): finds screens and projects as you type; over the ledger it narrows its table."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.domain.pinyin import initials
from hydesk.domain.scopes.choices import ScopeChoices
from hydesk.domain.scopes.scope import WHOLE, Scope, one_of
from hydesk.domain.standing import ProjectStanding
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.registers.list_registers import register_names
from hydesk.services.standings.read_scope import scope_choices
from hydesk.ui.desk import Desk
from hydesk.ui.frame.navigation import PLACES
from hydesk.ui.mechanisms import MEETING, page_words
from hydesk.ui.requests import OpenProject, ShowLeader, ShowLists, ShowRegister

SHOWN, SHOWN_OVER_LIST = 12, 4
"""Places found that are listed; fewer over a table that the words narrow, so as not to hide it."""
HINT = "搜索项目、单位、领导、拼音首字母    Ctrl+K"
SIGNS = "=＝<>≥≤~"
"""What a typed scope has and no name."""
LISTS = (("adjust", "退出/调整清单"), ("plans", "序时计划"), ("packages", "打包项目"), ("rollover", "年度结转"), ("past", "往日台账"),
         ("compare", "两日对照"))
"""Pages of 项目清单管理, which stands in no navigation."""
SCOPES = ("level", "group", "unit", "class", "nature", "industry", "chain", "investor", "batch")
"""Fields of scopes whose words are found as they are."""
HELP = "help"
HELP_PLACES = (("README", "使用手册"), ("keys", "快捷键"), ("about", "关于"))
"""What 帮助 opens."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found."""

    text: str
    found: str
    code: str
    screen: str
    request: object = None

    def answers(self, word: str) -> bool:
        """Whether ``word`` finds this; letters alone mean initials, since every code begins with the same ones."""
        return word in self.found or (word in self.code and not (word.isascii() and word.isalpha()))


def _of_project(p: ProjectStanding) -> Entry:
    found = (p.name, p.builder, p.unit, p.city_leader, p.county_leader, initials(p.name), initials(p.unit))
    return Entry(f"{p.name}　{p.code}　{p.unit}", "\n".join(found).lower(), p.code.lower(), "project", OpenProject(p.id))


def _places() -> list[Entry]:
    """Screens, pages and windows, by their words."""
    places = [Entry(f"打开 {p.word}", p.word + "\n" + initials(p.word), "", p.key) for p in PLACES]
    places += [Entry(f"打开 {word}", word + "\n" + initials(word), "", "lists", ShowLists(page)) for page, word in LISTS]
    places.append(Entry("打开 联系领导", "联系领导\n" + initials("联系领导"), "", "leaders"))
    return places + [Entry(f"打开 {word}", word + "\n" + initials(word), "", HELP, name) for name, word in HELP_PLACES]


def _scopes(choices: ScopeChoices) -> list[Entry]:
    """What projects are told apart by, each word a scope of the ledger."""
    found = []
    for key in SCOPES:
        of = choices.fields[key]
        counts = choices.counts(of, WHOLE)
        for word in (w for w in choices.words[key] if counts[w]):
            said = [word, *(f"{word}{more}" for more in ("级", "重点") if key == "level")]
            found.append(Entry(f"范围 {of.label}：{word}　{counts[word]} 个项目", "\n".join((*said, *map(initials, said))).lower(), "",
                               "ledger", LedgerQuery.of(Scope((one_of(of, [word]),)))))
    return found


class SearchedScreen(Protocol):
    """A screen whose table the words of the box narrow."""

    search_hint: str
    searched: Any
    """Signal(str): other words are looked for than the box says."""

    @property
    def words(self) -> str:
        """What is looked for."""

    def look_for(self, text: str) -> None:
        """Narrow to what ``text`` finds."""

    def enter_found(self) -> None:
        """Take the keyboard to what was found."""


class Finder(QLineEdit):
    """Type, walk the list with the arrows, Enter goes there; over a table that is narrowed Enter goes into the table."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._projects: list[Entry] | None = None
        self._choices = ScopeChoices()
        self._reading = False
        self._over: SearchedScreen | None = None
        self.setPlaceholderText(HINT)
        self.setAccessibleName("搜索项目和页面")
        self.setFixedWidth(300)
        self.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.list.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("搜索结果")
        self.list.setStyleSheet("QListWidget { border: 1px solid palette(mid); } QListWidget::item { height: 26px; }")
        self.list.itemClicked.connect(self._go)
        self.textEdited.connect(self._search)
        desk.changes.ledger_changed.connect(self._forget)
        desk.period_changed.connect(self._forget)

    def attend(self, screen: object) -> None:
        """``screen`` came to the front: where it has a table that is searched, this box is its search."""
        over: SearchedScreen | None = screen if hasattr(screen, "look_for") else None  # type: ignore[assignment]
        if over is self._over:
            return
        if self._over is not None:
            self._over.searched.disconnect(self.setText)
        self._over = over
        self.setPlaceholderText(over.search_hint if over is not None else HINT)
        self.setText(over.words if over is not None else "")
        if over is not None:
            over.searched.connect(self.setText)

    def _forget(self, *_: object) -> None:
        self._projects = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._read()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.list.hide()

    def _read(self) -> None:
        if self._projects is not None or self._reading:
            return
        self._reading = True
        ledger, period = self._desk.ledger, self._desk.period

        def work(_progress: Progress) -> tuple[list[Entry], ScopeChoices]:
            registers, choices = register_names(ledger), scope_choices(ledger, period)
            pages = [Entry(f"打开 {word}", word + "\n" + initials(word), "", screen, ShowRegister(page=key))
                     for key, (screen, word) in page_words().items() if screen != MEETING] if registers else []
            pages += [Entry(f"打开 台账“{name}”", name + "\n" + initials(name), "", "work", ShowRegister(register_id=key))
                      for key, name in registers.items()]
            leader = choices.fields["leader"]
            counts = choices.counts(leader, WHOLE)
            pages += [Entry(f"联系领导 {name}　{counts[name]} 个项目", name.lower() + "\n" + initials(name), "", "leaders",
                            ShowLeader(name)) for name in choices.words["leader"] if counts[name]]
            pages += _scopes(choices)
            return pages + [_of_project(m.project) for m in choices.members], choices

        def done(read: tuple[list[Entry], ScopeChoices]) -> None:
            self._reading, (self._projects, self._choices) = False, read
            if self.list.isVisible():
                self._search(self.text())

        self._desk.jobs.start("准备搜索", work, self, done=done, quiet=True)

    def _search(self, text: str) -> None:
        self._read()
        words, over = text.lower().split(), self._over
        typed_scope = any(sign in text for sign in SIGNS)
        if over is not None:
            over.look_for("" if typed_scope else text)
        self.list.clear()
        if not words:
            self.list.hide()
            return
        found = [e for e in [*_places(), *(self._projects or ())] if all(e.answers(w) for w in words)]
        listed = found[:SHOWN] if over is None else [e for e in found if e.screen != "project"][:SHOWN_OVER_LIST]
        for entry in listed:
            self._add(entry.text, entry)
        if typed_scope and self._projects is not None:
            self._add(*self._scope_entry(text))
        if over is None:
            self._add(f"在台账中筛选“{text.strip()}”（{sum(e.screen == 'project' for e in found)} 个项目）",
                      Entry("", "", "", "ledger", LedgerQuery(text=text.strip())))
        self.list.setCurrentRow(0 if over is None or typed_scope else -1)
        self.list.setFixedSize(max(self.width(), 440), 26 * self.list.count() + 6)
        self.list.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self.list.setVisible(self.list.count() > 0)

    def _scope_entry(self, text: str) -> tuple[str, Entry]:
        """What a typed scope would show in the ledger, or what is wrong in it."""
        try:
            scope = self._choices.meant(text)
        except HydeskError as error:
            return str(error), Entry("", "", "", "ledger", LedgerQuery(text=text.strip()))
        return f"在台账中看 {scope.words}（{self._choices.count(scope)} 个项目）", Entry("", "", "", "ledger", LedgerQuery.of(scope))

    def _add(self, text: str, entry: Entry) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, entry)
        self.list.addItem(item)

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is None:
            self._leave(keep=True)
            return
        entry: Entry = item.data(Qt.ItemDataRole.UserRole)
        self._leave()
        if entry.screen == HELP:
            self._desk.help_asked.emit(str(entry.request))
        else:
            self._desk.go_to(entry.screen, entry.request)

    def _leave(self, *, keep: bool = False) -> None:
        """Give the keyboard back; the words stay only over a table that they narrow, and only where they are to ``keep``."""
        self.list.hide()
        if self._over is None:
            if not keep:
                self.clear()
                self.left.emit()
            return
        if not keep:
            self.clear()
            self._over.look_for("")
        self._over.enter_found()

    def event(self, event: QEvent) -> bool:
        # Escape and Enter belong to the list while it is open, not to the window's shortcuts.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in (
                Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.isVisible():
            down, at = key == Qt.Key.Key_Down, self.list.currentRow()
            self.list.setCurrentRow((at + 1 if down else max(at, 0) - 1) % self.list.count())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.list.currentItem() if self.list.isVisible() else None)
        elif key == Qt.Key.Key_Down:
            self._leave(keep=True)
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
