"""统计口径: how time, starts and problems are counted, and periods closed early. Each choice is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from hydesk.domain.measures.ranking import RankingWay
from hydesk.domain.measures.schedule import JudgedBy
from hydesk.domain.measures.yardstick import Pace
from hydesk.domain.people import Right
from hydesk.domain.periods import Period
from hydesk.services.rules import rule_words
from hydesk.services.rules.office_rules import (
    RATES,
    OfficeRules,
    set_judged_by,
    set_money_starts,
    set_nothing_words,
    set_pace,
    set_ranking_way,
    set_start_rates,
)
from hydesk.services.rules.rule_words import Option
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.words import SAVE
from hydesk.ui.screens.settings.closing import ClosingCard
from hydesk.ui.screens.settings.common import RuleKeeper, titled_card

_WORDS_HEIGHT = 76
Key = TypeVar("Key", str, bool, Pace, RankingWay, JudgedBy)


class MeasuresPage(QWidget):
    """At the left how time and starts are counted; at the right words that say nothing, and periods closed early."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._keep = RuleKeeper(desk, self)
        self._rules = OfficeRules()
        self.paces: dict[Pace, QRadioButton] = {}
        self.starts: dict[bool, QRadioButton] = {}
        self.judged: dict[JudgedBy, QRadioButton] = {}
        self.rankings: dict[RankingWay, QRadioButton] = {}
        self.rates: dict[str, QCheckBox] = {}
        self.words = _Words()
        self.words.setAccessibleName("没有问题的说法，一行一个")
        self.words.setPlaceholderText("一行一个，如：暂无卡点")
        self.save_words = button(SAVE, self._choose_words, tip="Ctrl+Enter")
        offer(desk, Right.RULES, self.save_words)
        offer(desk, Right.RULES, self.words, stays=True)
        self.closing = ClosingCard(desk, self._keep)
        left = QWidget()
        in_column(
            self._choice("时间进度（周报）", rule_words.PACES, self.paces, self._choose_pace),
            self._choice("开工口径", rule_words.STARTS, self.starts, self._choose_starts), self._rates_card(),
            self._choice("项目进度与什么比", rule_words.JUDGED, self.judged, self._choose_judged),
            self._choice("单位排名", rule_words.RANKINGS, self.rankings, self._choose_ranking), 1, on=left, gap=tokens.GAP, margins=0)
        right = QWidget()
        in_column((self._words_card(), 2), (self.closing, 3), on=right, gap=tokens.GAP, margins=0)
        in_row((_scrolled(left), 1), (_scrolled(right), 1), on=self, gap=tokens.GAP, margins=0)
        self.words.textChanged.connect(self._say_words)
        self.words.left.connect(self._choose_words)

    def _choice(self, title: str, options: dict[Key, Option], made: dict[Key, QRadioButton], chosen: Callable[[Key], None]) -> Card:
        card, inside = titled_card(title)
        group = QButtonGroup(card)
        for key, option in options.items():
            one = made[key] = QRadioButton(option.name)
            one.setAccessibleDescription(option.meaning)
            offer(self._desk, Right.RULES, one, stays=True)
            one.clicked.connect(partial(_picked, chosen, key))
            group.addButton(one)
            inside.addWidget(one)
            inside.addWidget(_meaning(option.meaning))
        return card

    def _rates_card(self) -> Card:
        card, inside = titled_card("报告所列开工率")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (key, option) in enumerate(rule_words.START_RATES.items()):
            one = self.rates[key] = QCheckBox(option.name)
            one.setAccessibleDescription(option.meaning)
            offer(self._desk, Right.RULES, one, stays=True)
            one.clicked.connect(lambda _on=False: self._choose_rates())
            grid.addWidget(one, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(f"＝{option.meaning}", "quiet", wrap=True), row, 1)
        inside.addLayout(grid)
        return card

    def _words_card(self) -> Card:
        card, inside = titled_card("没有问题的说法")
        inside.addWidget(label(rule_words.NOTHING_MEANING, "quiet", wrap=True))
        inside.addWidget(self.words, 1)
        row = in_row(self.save_words, 1)
        inside.addLayout(row)
        return card

    def show_rules(self, rules: OfficeRules, periods: Sequence[Period]) -> None:
        """Show the rules in force; words that are being typed stay."""
        typing = self._typed() != self._rules.nothing
        fresh, self._rules = rules.nothing != self._rules.nothing, rules
        self.paces[rules.pace].setChecked(True)
        self.starts[rules.money_starts].setChecked(True)
        self.rankings[rules.ranking].setChecked(True)
        self.judged[rules.judged_by].setChecked(True)
        for key, box in self.rates.items():
            box.setChecked(key in rules.start_rates)
        if fresh or not typing:
            self.words.setPlainText("\n".join(rules.nothing))
        self._say_words()
        self.closing.show_rules(rules, periods)

    # Choosing ---------------------------------------------------------------------------------------------

    def _choose_pace(self, pace: Pace) -> None:
        old, ledger = self._rules.pace, self._desk.ledger
        if pace is not old:
            self._keep.keep(f"时间进度改为{pace.label}计算", lambda: set_pace(ledger, pace))

    def _choose_starts(self, counts: bool) -> None:
        old, ledger = self._rules.money_starts, self._desk.ledger
        if counts is not old:
            self._keep.keep(f"开工口径改为“{rule_words.STARTS[counts].name}”", lambda: set_money_starts(ledger, counts))

    def _choose_judged(self, by: JudgedBy) -> None:
        ledger = self._desk.ledger
        if by is not self._rules.judged_by:
            self._keep.keep(f"项目进度改为{rule_words.JUDGED[by].name}", lambda: set_judged_by(ledger, by))

    def _choose_ranking(self, way: RankingWay) -> None:
        ledger = self._desk.ledger
        if way is not self._rules.ranking:
            self._keep.keep(f"单位排名改为“{rule_words.RANKINGS[way].name}”", lambda: set_ranking_way(ledger, way))

    def _choose_rates(self) -> None:
        rates, old, ledger = tuple(k for k in RATES if self.rates[k].isChecked()), self._rules.start_rates, self._desk.ledger
        if not rates:
            self._desk.notice("报告至少要列一个开工率", wrong=True)
            for key, box in self.rates.items():
                box.setChecked(key in old)
        elif rates != old:
            self._keep.keep(f"报告列{'、'.join(rule_words.START_RATES[k].name for k in rates)}", lambda: set_start_rates(ledger, rates))

    def _typed(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(w.strip() for w in self.words.toPlainText().splitlines() if w.strip()))

    def _say_words(self) -> None:
        self.save_words.setEnabled(self._typed() != self._rules.nothing)

    def _choose_words(self) -> None:
        words, old, ledger = self._typed(), self._rules.nothing, self._desk.ledger
        if words == old:
            return

        def kept(result: object) -> None:
            assert isinstance(result, tuple)
            if result == old:  # only what the common list holds already
                self.words.setPlainText("\n".join(old))

        self._keep.keep("“没有问题”的说法已保存", lambda: set_nothing_words(ledger, words), kept)


class _Words(QPlainTextEdit):
    """Lines of words: Tab goes on to the next field; ``left`` when the caret leaves or by Ctrl+Enter."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        return QSize(240, tokens.wide(_WORDS_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _scrolled(column: QWidget) -> QScrollArea:
    """``column``, which scrolls where a low screen has no room for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(column)
    return area


def _picked(chosen: Callable[[Key], None], key: Key, _on: bool = False) -> None:
    chosen(key)


def _meaning(text: str) -> QWidget:
    """What an option does, under its name."""
    made = label(text, "quiet", wrap=True)
    made.setContentsMargins(tokens.wide(20), 0, 0, 4)
    return made
