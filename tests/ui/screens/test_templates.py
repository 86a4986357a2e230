"""The ledger's menu writes a template for every unit, for the window's month."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from hydesk.ui.desk import Desk, Notice
from hydesk.ui.screens.ledger.menus import export_menu
from hydesk.ui.screens.ledger.screen import LedgerScreen


def test_templates_for_every_unit(desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None], tmp_path: Path) -> None:
    screen = LedgerScreen(desk)
    qtbot.addWidget(screen)
    assert any(a.text().startswith("填报模板") for a in export_menu(screen.acts, screen.print_pages, screen).actions())
    said: list[Notice] = []
    desk.noticed.connect(said.append)
    screen.acts.make_templates_in(tmp_path / "模板")
    settle(desk)
    made = sorted(p.name for p in (tmp_path / "模板").iterdir())
    assert len(made) == 19
    assert "衡南县2023年6月填报模板.xlsx" in made
    assert said[-1].text.startswith("已做好 19 个单位的2023年6月填报模板")
