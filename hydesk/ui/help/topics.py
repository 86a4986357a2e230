"""Which page of the handbook answers for which part of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

TOPICS: dict[str, str] = {
    "hydesk.ui.frame.start": "first-hour",
    "hydesk.ui.frame.start_page": "first-hour",
    "hydesk.ui.frame.guide": "first-hour#建自己的台账",
    "hydesk.ui.frame.shortcuts": "keys",
    "hydesk.ui.frame.past": "undo#回到过去看一眼",
    "hydesk.ui.crash": "questions#程序出了意外怎么办",
    "hydesk.ui.help.about": "backup#数据放在哪里",
    "hydesk.ui.screens.home": "first-hour#先看演示",
    "hydesk.ui.screens.ledger": "ledger",
    "hydesk.ui.screens.ledger.confirm": "ledger#从-excel-粘贴",
    "hydesk.ui.screens.ledger.chooser": "ledger#栏目和视图",
    "hydesk.ui.screens.ledger.own_columns": "ledger#自建栏目",
    "hydesk.ui.screens.project": "ledger#项目页",
    "hydesk.ui.screens.lists": "ledger#清单的调整",
    "hydesk.ui.screens.lists.intake": "lists",
    "hydesk.ui.screens.lists.preview": "lists#看差别选着写",
    "hydesk.ui.screens.lists.understood": "lists#读错了当场改",
    "hydesk.ui.screens.lists.waits": "lists#待核",
    "hydesk.ui.screens.lists.rollover": "year#年度结转",
    "hydesk.ui.screens.lists.past": "undo#回到过去看一眼",
    "hydesk.ui.screens.lists.compare": "undo#两个日期之间变了什么",
    "hydesk.ui.screens.returns": "week#收报",
    "hydesk.ui.screens.returns.review": "review",
    "hydesk.ui.screens.returns.queue": "review#一处一处过",
    "hydesk.ui.screens.returns.evidence": "review#一处一处过",
    "hydesk.ui.screens.returns.new_project": "review#不在台账的项目",
    "hydesk.ui.screens.returns.findings": "review#一处一处过",
    "hydesk.ui.screens.returns.heads": "review#表头认错了",
    "hydesk.ui.screens.returns.naming": "review#表头认错了",
    "hydesk.ui.screens.returns.send_back": "review#退回",
    "hydesk.ui.screens.returns.chase": "week#催报",
    "hydesk.ui.screens.returns.taken": "undo#收错了报表",
    "hydesk.ui.screens.returns.doubts": "trust#请核实的数",
    "hydesk.ui.screens.registers.outlook": "trust#年底预测",
    "hydesk.ui.screens.returns.scores": "year#报送质量评分",
    "hydesk.ui.screens.nodes": "nodes",
    "hydesk.ui.screens.problems": "problems",
    "hydesk.ui.screens.registers": "registers",
    "hydesk.ui.screens.registers.meeting": "registers#调度会",
    "hydesk.ui.screens.registers.boards": "registers#红黄榜和规模榜单",
    "hydesk.ui.screens.registers.scale": "registers#红黄榜和规模榜单",
    "hydesk.ui.screens.registers.scores": "year#考核",
    "hydesk.ui.screens.registers.city_scores": "year#考核",
    "hydesk.ui.screens.reports": "reports",
    "hydesk.ui.screens.reports.archive": "reports#归档",
    "hydesk.ui.screens.reports.statistics": "reports#统计表",
    "hydesk.ui.screens.reports.forms": "forms",
    "hydesk.ui.screens.reports.subjects": "reports#专项统计",
    "hydesk.ui.screens.lists.plans": "plans",
    "hydesk.ui.screens.lists.plan_table": "plans",
    "hydesk.ui.kit.scope_picker": "scopes",
    "hydesk.ui.screens.leaders": "scopes#问这是谁的项目",
    "hydesk.ui.screens.settings": "settings",
    "hydesk.ui.screens.settings.backups": "backup#备份",
    "hydesk.ui.screens.settings.people": "together#谁能做什么",
    "hydesk.ui.screens.settings.lamps": "settings#进度判定",
    "hydesk.ui.screens.settings.checks": "settings#核对规则",
    "hydesk.ui.screens.settings.doubt_rules": "settings#核实规则",
    "hydesk.ui.screens.settings.doubt_form": "settings#核实规则",
}
"""A module, or a package with all that is in it, and its page (with a heading after #)."""

FALLBACK = "README"


def topic_of(widget: QWidget | None) -> str:
    """The page for ``widget``: of the nearest widget around it whose module is known, the contents otherwise."""
    while widget is not None:
        found = topic_of_module(type(widget).__module__)
        if found:
            return found
        widget = widget.parentWidget()
    return FALLBACK


def topic_of_module(module: str) -> str:
    """The page for what ``module`` shows; empty where no page is named for it or a package around it."""
    while module:
        if module in TOPICS:
            return TOPICS[module]
        module = module.rpartition(".")[0]
    return ""
