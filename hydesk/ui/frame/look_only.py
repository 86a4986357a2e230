"""A ledger that can only be looked at — a past day, a reader's, one that another window holds — offers no act of writing.

An act of writing is known by its verb: the words of buttons and menus come from one small stock (docs/patterns.md), so that
what a page makes later, a form or a menu, is known too. Absent is what is so named; what slips through is refused by
``Operations``.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QActionEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFrame,
    QMenu,
    QWidget,
)

from hydesk.domain.people import Right
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.offering import RIGHT, offer

WRITES = re.compile(
    r"(＋ ?)?(登记|新增|新建|修改|编辑|删[除去]|移除|撤销|重做|收取|导入|从 Excel 导入|从移交包恢复|用它恢复|归档(?!单)|更正|交办|公布|出榜|结转|保存|写入|入库|全部入库|"
    r"恢复为此值|恢复自动文字|人工判定|按此判定|交还规则|添加|采用|全部采用|全部不采用|停用|启用|重新启用|上移|下移|列入|记下|重新核实|忘记|铺开|补充|设置字段|存为视图|"
    r"当前视图另存|上会|不上会|按轻重|加企业|加上要素|取入|取自|截止|取消截止|转为|退回(?!单)|倒排工期|批次日期|清空|粘贴|向下填充|批量修改|调整、更名|改身份|改密码|"
    r"不再使用|照此读取|按这个读|改为|改按|放下|管理自建|复制为新台账)")
"""How the words of acts of writing begin."""


class LookOnly(QObject):
    """Watches over ``window`` for as long as it lives."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        if not isinstance(thing, (QAbstractButton, QAbstractItemView, QMenu)):
            return False  # as most of what an application is told of
        kind = event.type()
        if kind == QEvent.Type.Paint:
            if isinstance(thing, QAbstractButton) and self._writes(thing):
                QTimer.singleShot(0, thing, lambda: self._take_away(thing))  # its words came after it was shown
        elif kind == QEvent.Type.Show:
            if isinstance(thing, QAbstractButton):
                self._take_away(thing)
            elif isinstance(thing, QAbstractItemView) and self._mine(thing):
                thing.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        elif kind in (QEvent.Type.ActionAdded, QEvent.Type.ActionChanged) and isinstance(thing, QMenu) and isinstance(event, QActionEvent):
            action = event.action()
            if self._window.isAncestorOf(thing) and action.property(RIGHT) is None and WRITES.match(action.text()):
                offer(self._desk, Right.WRITE, action)
        return False

    def _writes(self, made: QAbstractButton) -> bool:
        return made.property(RIGHT) is None and bool(WRITES.match(made.text().strip())) and self._mine(made)

    def _take_away(self, made: QAbstractButton) -> None:
        if self._writes(made):
            offer(self._desk, Right.WRITE, made)

    def _mine(self, widget: QWidget) -> bool:
        return widget.window() is self._window


class LookOnlyBanner(QFrame):
    """Why nothing can be written, above everything."""

    def __init__(self, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("past")
        self.setAccessibleName("只能看")
        self.setFixedHeight(tokens.wide(36))
        self.sentence = label(f"只能看：{why}", "heading")
        in_row(self.sentence, 1, on=self, margins=(16, 2, 16, 2))
