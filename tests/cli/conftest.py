"""Fixtures of the command line's tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hydesk.services.upkeep.open_ledger import create_ledger
from tests.cli.command_line import LIST_HEAD, PROJECTS, CommandLine, write_book
from tests.services.sheets import fill_ledger


@pytest.fixture
def hydesk(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture(scope="session")
def _projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project list and the ledger that a command made of it; copied, never written to."""
    made = CommandLine(tmp_path_factory.mktemp("projects"))
    path = write_book(made.folder / "清单.xlsx", [LIST_HEAD, *PROJECTS])
    done = made("ledger", "import", path, "--year", "2023")
    assert done.status == 0, done.err
    return made.folder


@pytest.fixture
def with_projects(hydesk: CommandLine, _projects: Path) -> CommandLine:
    """A ledger of four projects of two counties."""
    shutil.copytree(_projects, hydesk.folder, dirs_exist_ok=True)
    return hydesk


@pytest.fixture(scope="session")
def four_projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of four projects of 衡南县, plan 2 亿 each; to be copied."""
    made = create_ledger(tmp_path_factory.mktemp("four") / "四个.hydesk")
    fill_ledger(made)
    made.close()
    assert made.path is not None
    return made.path


@pytest.fixture
def run(hydesk: CommandLine, four_projects: Path) -> CommandLine:
    """Runs a command on a copy of ``four_projects``."""
    shutil.copy(four_projects, hydesk.ledger)
    return hydesk
