"""A command that is asked for is the same whether it was imported alone or with all others."""

from __future__ import annotations

from importlib import import_module

from hydesk.cli.commands import COMMANDS
from hydesk.cli.places import MODULES


def test_each_command_is_found_where_it_stands_whole() -> None:
    commands = {str(c.name): c for c in COMMANDS}
    for name, module in MODULES.items():
        assert getattr(import_module(f"hydesk.cli.{module}"), name) is commands[name], name
