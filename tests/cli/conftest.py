"""Fixtures of the command line's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import LIST_HEAD, PROJECTS, CommandLine, write_book


@pytest.fixture
def hydesk(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
def with_projects(hydesk: CommandLine) -> CommandLine:
    """A ledger of four projects of two counties."""
    path = write_book(hydesk.folder / "清单.xlsx", [LIST_HEAD, *PROJECTS])
    done = hydesk("ledger", "import", path, "--year", "2023")
    assert done.status == 0, done.err
    return hydesk
