"""The menus of the ledger's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from hydesk.ui.requests import LedgerQuery, ShowLists
from hydesk.ui.screens.ledger.columns import COLUMNS

if TYPE_CHECKING:
    from hydesk.ui.screens.ledger.screen import LedgerScreen


def export_menu(screen: LedgerScreen) -> QMenu:
    """The ways of writing the ledger to Excel."""
    menu = QMenu(screen)
    menu.addAction("导出当前表（所见即所得）…\tCtrl+Shift+E", screen.acts.export)
    menu.addAction("导出当前表，含联系电话…", lambda: screen.acts.export(phones=True))
    menu.addSeparator()
    menu.addAction("导出全部项目的全部事实…", screen.acts.export_list)
    menu.addAction("统计表（按现在的筛选）…", screen.acts.count)
    menu.addSeparator()
    menu.addAction("填报模板，每个单位一份…", screen.acts.make_templates)
    return menu


def cell_menu(screen: LedgerScreen) -> QMenu:
    """What can be done to what is selected, with the keys that do the same."""
    index = screen.table.currentIndex()
    menu = QMenu(screen)
    if index.isValid():
        line = screen.model.rows.lines[screen.model.visible[index.row()]]
        menu.addAction("打开项目页\tEnter", screen.open_project)
        menu.addAction("详情\t空格", screen.toggle_panel)
        menu.addSeparator()
        edit = menu.addAction("修改\tF2", lambda: screen.table.edit(index))
        edit.setEnabled(COLUMNS[index.column()].field is not None)
        menu.addAction("批量修改选中的项目…\tCtrl+E", screen.cells.open_bulk)
        menu.addAction("向下填充\tCtrl+D", screen.cells.fill_down)
        menu.addAction("清空\tDelete", screen.cells.empty_cells)
        menu.addSeparator()
        menu.addAction("复制\tCtrl+C", screen.cells.copy)
        menu.addAction("连同表头复制\tCtrl+Shift+C", lambda: screen.cells.copy(head=True))
        menu.addAction("粘贴\tCtrl+V", screen.cells.paste)
        menu.addSeparator()
        unit = line.project.unit
        menu.addAction(f"只看{unit}", lambda: screen.filters.show_query(LedgerQuery(units=frozenset({unit}))))
        adjust = ShowLists("adjust", line.project.id)
        menu.addAction("调整、更名、拆分、合并、退出…", lambda: screen._desk.go_to("lists", adjust))
    menu.addAction("统计表…", screen.acts.count).setEnabled(bool(screen.model.visible))
    menu.addAction("项目清单管理…", lambda: screen._desk.go_to("lists"))
    menu.addAction("清除筛选", screen.filters.clear).setEnabled(screen.model.query.narrowed)
    return menu
