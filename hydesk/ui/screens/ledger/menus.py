"""The menus of the ledger's screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from hydesk.dataclass import dataclass
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.ui.kit.words import CLEAR
from hydesk.ui.requests import ShowLists
from hydesk.ui.screens.ledger.actions import LedgerActions
from hydesk.ui.screens.ledger.cells import SelectedCells
from hydesk.ui.screens.ledger.filters import LedgerFilters
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.screens.ledger.view import LedgerTable


@dataclass(frozen=True, slots=True)
class CellParts:
    """What a menu on the table works with."""

    table: LedgerTable
    model: LedgerModel
    filters: LedgerFilters
    cells: SelectedCells
    acts: LedgerActions
    open_project: Callable[[], None]
    toggle_panel: Callable[[], None]
    go_to: Callable[..., None]
    looks_only: bool
    """Nothing can be written: acts of writing are absent."""


def export_menu(acts: LedgerActions, print_pages: Callable[[], None], parent: QWidget) -> QMenu:
    """The ways of writing the ledger to Excel and onto paper."""
    menu = QMenu(parent)
    menu.addAction("打印当前表（所见即所得）…\tCtrl+P", print_pages)
    menu.addAction("导出当前表（所见即所得）…\tCtrl+Shift+E", acts.export)
    menu.addAction("导出当前表，含联系电话…", lambda: acts.export(phones=True))
    menu.addSeparator()
    menu.addAction("导出全部项目的全部事实…", acts.export_list)
    menu.addAction("统计表（按现在的筛选）…", acts.count)
    menu.addSeparator()
    menu.addAction("填报模板，每个单位一份…", acts.make_templates)
    return menu


LIST_PAGES = (("intake", "导入和待核"), ("adjust", "退出/调整清单"), ("plans", "序时计划"), ("packages", "打包项目"),
              ("rollover", "年度结转"), ("past", "往日台账"), ("compare", "两日对照"))
"""The pages of 项目清单管理."""


def lists_button(go_to: Callable[..., None], acts: LedgerActions, *, looks_only: bool = False) -> QToolButton:
    """清单管理: the door to 项目清单管理; of a ledger that is only looked at without what writes."""
    made = QToolButton()
    made.setObjectName("menu")
    made.setText("清单管理 ▾")
    made.setAccessibleName("清单管理")
    made.setToolTip("导入清单，退出、调整、更名，序时计划，打包项目，年度结转")
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(made)
    if not looks_only:
        menu.addAction("导入项目清单…", acts.import_list)
        menu.addSeparator()
    for page, word in LIST_PAGES:
        menu.addAction(word, lambda p=page: go_to("lists", ShowLists(p)))  # type: ignore[misc]
    made.setMenu(menu)
    return made


def cell_menu(parts: CellParts, parent: QWidget) -> QMenu:
    """What can be done to what is selected, with the keys that do the same."""
    index = parts.table.currentIndex()
    menu = QMenu(parent)
    if index.isValid():
        line = parts.model.rows.lines[parts.model.visible[index.row()]]
        menu.addAction("打开项目页\tEnter", parts.open_project)
        menu.addAction("详情\t空格", parts.toggle_panel)
        menu.addSeparator()
        if not parts.looks_only:
            edit = menu.addAction("修改\tF2", lambda: parts.table.edit(index))
            edit.setEnabled(parts.model.columns[index.column()].field is not None)
            menu.addAction("批量修改选中的项目…\tCtrl+E", parts.cells.open_bulk)
            menu.addAction("向下填充\tCtrl+D", parts.cells.fill_down)
            menu.addAction("清空\tDelete", parts.cells.empty_cells)
            menu.addSeparator()
        menu.addAction("复制\tCtrl+C", parts.cells.copy)
        menu.addAction("连同表头复制\tCtrl+Shift+C", lambda: parts.cells.copy(head=True))
        if not parts.looks_only:
            menu.addAction("粘贴\tCtrl+V", parts.cells.paste)
        menu.addSeparator()
        unit = line.project.unit
        menu.addAction(f"只看{unit}", lambda: parts.filters.show_query(LedgerQuery(units=frozenset({unit}))))
        adjust = ShowLists("adjust", line.project.id)
        if not parts.looks_only:
            menu.addAction("调整、更名、拆分、合并、退出…", lambda: parts.go_to("lists", adjust))
    menu.addAction("统计表…", parts.acts.count).setEnabled(bool(parts.model.visible))
    menu.addAction("项目清单管理…", lambda: parts.go_to("lists"))
    menu.addAction(CLEAR, parts.filters.clear).setEnabled(parts.model.query.narrowed)
    return menu
