"""What the window does to the ledger a command does too: each writing use case that a screen calls is called by a command."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click

PACKAGE = Path(__file__).resolve().parents[2] / "hydesk"
UseCase = tuple[str, str]
BY_ANOTHER_WAY: dict[UseCase, str] = {
    ("forms.kept_forms", "save_and_keep"): "fill writes the form into its file and keeps it by keep_form",
    ("mechanisms.major_projects", "draw_chain_projects"): "register draw calls it by the table DRAWS",
    ("mechanisms.score_units", "set_trust_share"): "rules return-scores trust=20",
    ("projects.edit_project", "edit_project"): "project edit writes a block of cells, of which one is the least",
    ("projects.own_values", "set_own_value"): "columns set, by set_own_values",
    ("returns.preview_list", "take_list"): "ledger import, with ledger waits and ledger settle for what waits",
}
"""Writing use cases that a screen calls and no command does by name, and how a command does the same."""


def writing_use_cases() -> set[UseCase]:
    """Every use case that answers with its acts."""
    found = set()
    for path in (PACKAGE / "services").rglob("*.py"):
        module = ".".join(path.relative_to(PACKAGE / "services").with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and any(
                    isinstance(d, ast.Name) and d.id == "writing" for d in node.decorator_list):
                found.add((module, node.name))
    return found


def called_in(room: str) -> set[UseCase]:
    """The use cases that modules of ``room`` import by name, or call of a module they import."""
    found: set[UseCase] = set()
    for path in (PACKAGE / room).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hydesk.services"):
                inside = str(node.module).removeprefix("hydesk.services").lstrip(".")
                found |= {(inside, a.name) for a in node.names}
                modules |= {a.asname or a.name: f"{inside}.{a.name}" for a in node.names}
        found |= {(modules[node.value.id], node.attr) for node in ast.walk(tree)
                  if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules}
    return found


def test_every_act_of_the_window_has_its_command() -> None:
    writing, window, commands = writing_use_cases(), called_in("ui"), called_in("cli")
    alone = (writing & window) - commands
    assert alone == set(BY_ANOTHER_WAY), f"without a command: {sorted(alone - set(BY_ANOTHER_WAY))}; no longer: {sorted(set(BY_ANOTHER_WAY) - alone)}"
    assert len(writing & window) > 60


def test_the_handbook_names_every_command_and_none_that_is_not_there() -> None:
    from hydesk.cli.commands import COMMANDS

    page = (PACKAGE.parent / "docs" / "handbook" / "commands.md").read_text(encoding="utf-8")
    names = {str(c.name): c for c in COMMANDS}
    assert not [name for name in names if not re.search(rf"`(hydesk )?(--\S+ \S+ )*{name}\b", page)]
    for name, below in re.findall(r"`(?:hydesk )?(?:--\S+ \S+ )*([a-z]+) ([a-z][a-z-]+)\b", page):
        if isinstance(group := names.get(name), click.Group):
            assert below in group.commands, f"{name} {below}"
