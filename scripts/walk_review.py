"""Walk a month of returns through the checking desk by real keys, and count them.

    python scripts/walk_review.py LEDGER RETURNS-FOLDER [--leave-errors | --only-f6] [--shots FOLDER]

LEDGER holds the projects and the month before. Every key goes to whatever has the keyboard, as from a hand. With every error
decided and every warning seen a month should take no more than 160 actions, with the errors left out no more than 20.
``--only-f6`` presses F6 down every list and writes each file, the habit that once took over plans. Ends with status 1 where more were needed, or where any plan, total or name changed, or a negative figure came in.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from handbook_stage import JUNE, Stage, stop_the_clock
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hydesk.services.standings.list_standings import list_standings

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
AT_MOST, LEFT_AT_MOST, PATIENCE = 160, 20, 600
WORTH_PICKING = 0.75
"""From how alike on the clerk says that a stranger is the project offered first; else it is seen and waits."""


class Hand:
    """Presses keys and counts them."""

    def __init__(self, stage: Stage, shots: Path | None) -> None:
        self.stage, self._shots = stage, shots
        self.counts: Counter[str] = Counter()

    def press(self, what: str, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """One action, in whatever has the keyboard."""
        self.counts[what] += 1
        QTest.keyClick(QApplication.focusWidget() or self.stage.window, key, modifier)
        self.stage.settle(2)

    def look(self, name: str) -> None:
        """Keep a picture of the window."""
        if self._shots is not None:
            self.stage.window.grab().save(str(self._shots / f"{name}.png"))

    @property
    def total(self) -> int:
        """All actions so far."""
        return sum(self.counts.values())


def facts(stage: Stage) -> list[tuple[object, ...]]:
    """What no review may change by seeing: plans, totals, names."""
    return [(p.code, p.name, p.annual_plan, p.total_investment, p.invested_before) for p in list_standings(stage.desk.ledger, JUNE)]


def decide(hand: Hand, screen: Any) -> None:
    """Every file in its turn: each open question by its first answer, a stranger that is plainly a project picked."""
    for _ in range(PATIENCE):
        page = screen.review
        if screen.pages.currentIndex() != 1:
            return
        at = page.queue.currentIndex().row()
        question = page.model.items[at] if 0 <= at < len(page.model.items) else None
        if question is None or not page.model.is_open(question):
            hand.look(f"{hand.total:03d}-sign")
            hand.press("Ctrl+Enter 入库", Qt.Key.Key_Return, CTRL)
            if page.signing.isVisible():
                hand.look(f"{hand.total:03d}-signing")
                hand.press("Enter 签发", Qt.Key.Key_Return)
            hand.stage.settle(4)
            continue
        hand.look(f"{hand.total:03d}-{question.first.code}")
        if question.first.code == "unknown_project" and _plainly(page):
            hand.press("F2 指定项目", Qt.Key.Key_F2)
            hand.press("Enter 选定", Qt.Key.Key_Return)
        else:
            hand.press(f"Enter {page.evidence.answers.first.text().partition('　')[0]}", Qt.Key.Key_Return)
    raise SystemExit("the walk does not end")


def move_down(hand: Hand, screen: Any) -> None:
    """Every file in its turn: F6 from the first finding past the last, then written whatever is open."""
    for _ in range(PATIENCE):
        if screen.pages.currentIndex() != 1:
            return
        for _finding in range(len(screen.review.model.items) + 2):
            hand.press("F6", Qt.Key.Key_F6)
        hand.press("Ctrl+Enter 入库", Qt.Key.Key_Return, CTRL)
        if screen.review.signing.isVisible():
            hand.press("Enter 签发", Qt.Key.Key_Return)
        hand.stage.settle(4)
    raise SystemExit("the walk does not end")


def _plainly(page: Any) -> bool:
    from difflib import SequenceMatcher

    item, row = page.evidence.search.list.item(0), page.evidence.project.text()
    return SequenceMatcher(None, item.text().partition("　")[0], row.removeprefix("来表写作“").rstrip("”")).ratio() >= WORTH_PICKING


def walk(ledger: Path, returns: Path, *, leave_errors: bool, only_f6: bool, shots: Path | None) -> int:
    """The exit status."""
    stop_the_clock()
    with Stage(ledger, size=QSize(1366, 768)) as stage:
        hand = Hand(stage, shots)
        before = facts(stage)
        screen = stage.go("returns")
        hand.counts["打开收报"] += 1
        hand.counts["收取文件夹（按键、选、确定）"] += 3
        screen.intake.take([str(returns)])
        stage.settle(20)
        files = len(screen.pile)
        screen.board.take_focus()
        if leave_errors:
            hand.press("Ctrl+Shift+Enter 全部入库", Qt.Key.Key_Return, CTRL | SHIFT)
            hand.press("空格 没核完的也入", Qt.Key.Key_Space)
            hand.look("all")
            hand.press("Enter 入库", Qt.Key.Key_Return)
            stage.settle(20)
        else:
            hand.press("Enter 打开", Qt.Key.Key_Return)
            (move_down if only_f6 else decide)(hand, screen)
        after = facts(stage)
        below = [p.code for p in list_standings(stage.desk.ledger, JUNE) if (p.month_investment or 0) < 0 or (p.year_investment or 0) < 0]
        changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        left = len(screen.pile)
    for what, count in hand.counts.most_common():
        print(f"{count:5}  {what}")
    most = LEFT_AT_MOST if leave_errors else AT_MOST
    print(f"{hand.total:5}  in all for {files} files (at most {most}); {left} files left, {len(changed)} facts changed, {len(below)} below zero")
    return int((hand.total > most and not only_f6) or bool(changed) or bool(below))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("returns", type=Path)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--leave-errors", action="store_true")
    ways.add_argument("--only-f6", action="store_true")
    parser.add_argument("--shots", type=Path)
    asked = parser.parse_args()
    sys.exit(walk(asked.ledger, asked.returns, leave_errors=asked.leave_errors, only_f6=asked.only_f6, shots=asked.shots))
