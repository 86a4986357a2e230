"""A command started as a process answers as one that is called: what the other tests rest on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import LIST_HEAD, PROJECTS, CommandLine, write_book, write_return


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """A ledger of four projects and a June return, made by processes only."""
    hydesk = CommandLine(tmp_path_factory.mktemp("filled"))
    path = write_book(hydesk.folder / "清单.xlsx", [LIST_HEAD, *PROJECTS])
    assert hydesk.process("ledger", "import", path, "--year", "2023").status == 0
    done = hydesk.process("returns", "import", write_return(hydesk.folder / "衡南县6月.xlsx"), "--period", "2023-06")
    assert done.status == 0, done.err
    return hydesk


@pytest.mark.parametrize(("words", "status"), [
    (("ledger", "export", "台账.xlsx"), 0),
    (("returns", "board", "--period", "2023-06"), 0),
    (("problems", "list", "--period", "2023-06"), 0),
    (("report", "tables", "--period", "2023-06", "--format", "xlsx", "--out", "报告"), 1),
    (("check",), 0),
    (("returns", "list", "--nothing"), 2),
    (("returns", "undo", "99"), 3),
], ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else None)
def test_a_process_answers_as_a_call_does(
        filled: CommandLine, words: tuple[str, ...], status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")  # a console of another language is spoken to in UTF-8 all the same
    called, started = filled(*words), filled.process(*words)
    assert started == called
    assert called.status == status, called.err


def test_a_ledger_that_a_process_left_is_whole(filled: CommandLine) -> None:
    assert sorted(p.name for p in Path(filled.folder).glob("台账.hydesk*")) == ["台账.hydesk"]
