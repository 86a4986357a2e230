"""Shift+F1: the keys, on one sheet, by the page on which they work."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hydesk.ui import tokens
from hydesk.ui.kit.basic import Card, label
from hydesk.ui.kit.boxes import in_column

_EVERYWHERE = (
    ("Ctrl+1 … 9", "本期工作、项目台账、收报、节点、问题、调度会、考核与榜单、报告、设置"),
    ("Ctrl+0", "联系领导：每一位的项目；Ctrl+Enter 在台账中看"),
    ("Ctrl+K", "搜索项目、领导和页面，也可以写范围"),
    ("Alt+S", "本期工作、报告：只看一部分项目（范围）"),
    ("Ctrl+F", "在本页查找"),
    ("Ctrl+Z / Ctrl+Y", "撤销 / 重做"),
    ("Ctrl+P", "打印：台账印当前表，节点印作战图，别处印报告"),
    ("F5", "重新读取本页"),
    ("Ctrl+C / Ctrl+Shift+C", "复制选中的行 / 连同表头复制，可粘贴到 Excel"),
    ("Alt+←", "回到前一页，位置和选中的行不变；项目页也可按 Esc"),
    ("F1 / Shift+F1", "使用手册，翻到与眼前有关的一页 / 这张表"),
)
_LEDGER = (
    ("F2", "台账：修改单元格；Ctrl+E 批量修改；Ctrl+Shift+E 导出当前表"),
    ("Alt+↓", "台账：筛选当前栏目；Ctrl+空格、Shift+空格 选整列、整行；Ctrl+方向键 到数据边缘；Ctrl+D 向下填充"),
    ("Enter", "台账：打开项目详情；Esc 关闭"),
    ("Alt+1 … 8", "项目页：概况、投资、节点、问题、报表、修改记录、附件、机制；Alt+J 人工判定"),
)
_REVIEW = (
    ("F8 / Shift+F8 / F6", "下一处 / 上一处 / 下一处没看过的；只移动，什么都不改"),
    ("Enter", "有建议数的照建议更正；提醒和计划、总投资、名称是“知道了”，台账不变"),
    ("Ctrl+F6", "采用来表，写理由"),
    ("F2 / F7 / F9", "另填一个数或指定项目 / 退回这一处 / 以后再问"),
    ("F4 / Ctrl+N", "照第一个答案回答问话 / 把不在台账的列入今年清单"),
    ("F3", "上期、台账的数从哪里来，当场打开原件那一格"),
    ("F11 / F12", "整张表 / 全部项目；再按一次或 Esc 回到问题"),
    ("空格", "勾选或取消退回；全部项目里勾选或不勾选这一行、这一项"),
    ("Alt+1 … 3", "全部 / 只看变更 / 只看问题；在收报里：本期 / 历期 / 质量评分"),
    ("Ctrl+Enter", "入库，打开下一份；Ctrl+B 退回"),
)
_OTHERS = (
    ("Ctrl+Shift+Enter", "收报：全部入库，先列出会写入什么；Ctrl+O 收取文件；Ctrl+H 催报"),
    ("Ctrl+N", "问题：登记问题；Alt+1 … 9：办理下一环节"),
    ("F2 / Ctrl+N / Ctrl+E", "调度会、考核与榜单：改单元格 / 新增 / 修改整条；Delete 删除（可撤销）；Ctrl+L 备案转为重点项目；F11 调度会全屏"),
    ("← →", "节点：换节点；Shift+↑↓ 多选项目；Enter 修改时间；M、Q、Y 按月、季、年看"),
)
COLUMNS = (
    (("哪一页都能用", _EVERYWHERE), ("项目台账和项目页", _LEDGER)),
    (("核对", _REVIEW), ("其他各页", _OTHERS)),
)
"""The cards of each column, from the top: where the keys work, and the keys."""
KEYS = tuple(key for column in COLUMNS for _where, keys in column for key in keys)
_KEY_WIDTH, _COLUMN = 148, 560
"""Points of the keys at the left of a card, and of a card."""


class ShortcutSheet(QDialog):
    """The list of keys; Esc closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        body = QWidget()
        body.setObjectName("page")
        row = QHBoxLayout(body)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(tokens.GAP)
        for cards in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(tokens.GAP)
            for where, keys in cards:
                column.addWidget(_card(where, keys))
            column.addStretch(1)
            row.addLayout(column, 1)
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setAccessibleName("快捷键")
        in_column(area, on=self, margins=0)
        room = self.screen().availableSize()
        wide = min(tokens.wide(2 * _COLUMN), room.width() - 40)
        self.resize(QSize(wide, min(row.heightForWidth(wide) + 2, room.height() - 80)))


def _card(where: str, keys: Sequence[tuple[str, str]]) -> Card:
    made = Card()
    grid = QGridLayout(made)
    grid.setContentsMargins(14, 10, 14, 12)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, tokens.wide(_KEY_WIDTH))
    grid.addWidget(label(where, "quiet"), 0, 0, 1, 2)
    for at, (key, what) in enumerate(keys, 1):
        grid.addWidget(label(key, "heading"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(what, wrap=True), at, 1)
    return made
