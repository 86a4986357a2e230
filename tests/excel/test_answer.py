"""What the second process answers is plain data: whole for a book, refused for anything else."""

from __future__ import annotations

import os
import pickle
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from hydesk.domain.grid import Book, CellPlace, Sheet, Span
from hydesk.excel import answer, guarded
from hydesk.excel.answer import ReadingRefused, answer_of, book_of, sentence_of

SHEET = Sheet(
    "表", [["甲\x00\ud800", 1, 1.5, True, None], [date(2023, 6, 1), datetime(2023, 6, 1, 2, 3), time(4, 5), timedelta(1, 2, 3), ""]],
    (Span(1, 1, 2, 2),), True, frozenset({3}), frozenset({4}), {(1, 2): "=A1"}, {1: 8.5}, True, {(1, 3): 2.0}, {(1, 1): "旧"},
    {(1, 1): CellPlace("原", 7, 8)}, True, {1: 9})


def test_every_field_of_a_sheet_comes_through() -> None:
    assert set(answer._FIELDS) == {f.name for f in fields(Sheet)}
    book = Book("名", (SHEET, Sheet("空", [])), "xls", ("一句话",))
    assert book_of(answer_of(book)) == book


def test_a_sentence_comes_as_one() -> None:
    with pytest.raises(ReadingRefused, match="太大"):
        book_of(sentence_of("太大"))


class _Runs:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch /nowhere",)


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"1", b"{}", b'{"book":1}', b'{"book":["a",[1],"x",[]]}', b'{"book":[1,[],"x",[]]}', b'{"sentence":[1]}',
    b'{"book":["a",[{"name":"b"}],"x",[]]}', pickle.dumps(_Runs()), b"[" * 100_000])
def test_what_is_no_answer_is_refused_and_nothing_of_it_runs(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        book_of(content)


def test_the_second_process_learns_neither_password_nor_ledger_nor_the_files_name(
        monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HYDESK_PASSWORD", "secret")
    monkeypatch.setenv("HYDESK_LEDGER", "postgresql://u:secret@server/d")
    monkeypatch.setenv("PGPASSWORD", "secret")
    seen: list[object] = []
    real = guarded.subprocess.Popen

    def popen(command: list[str], **how: object) -> object:
        seen.append((command, how["env"]))
        return real(command, **how)  # type: ignore[call-overload]

    monkeypatch.setattr(guarded.subprocess, "Popen", popen)
    made = Workbook()
    made.active.append(["编号", "名称"])
    made.save(tmp_path / "a.xlsx")
    book = guarded.read_guarded((tmp_path / "a.xlsx").read_bytes(), "衡南县机密.xlsx", "xlsx", "")
    assert list(book.sheets[0].rows[0]) == ["编号", "名称"]
    assert "secret" not in str(seen)
    assert "衡南县" not in str(seen)
