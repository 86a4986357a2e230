"""Names from outside become one part of a path and nothing else, on every desktop."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.file_names import OpenRisk, clean_name, last_name, name_of_original, opening_of, visible

DEVICES = {"con", "prn", "aux", "nul", "com1", "lpt9", "com²"}


@pytest.mark.parametrize(("name", "kept"), [
    ("..\\..\\secret\\批复.pdf", "批复.pdf"), ("/etc/passwd", "passwd"), ('a<b>:"c|?*.jpg', "a_b___c___.jpg"), ("..", "文件"),
    ("照" * 300 + ".jpg", "照" * 65 + ".jpg"), ("", "文件"), ("a.exe ", "a.exe"), ("b.exe.", "b.exe"), ("CON", "_CON"),
    ("nul.tar.gz", "_nul.tar.gz"), ("com1 .txt", "_com1 .txt"), ("a\u202egpj.exe", "a_gpj.exe"), ("a\x07b", "a_b"), (".bashrc", "bashrc"),
    ("a.txt:evil.exe", "a.txt_evil.exe"), ("合同 .docx", "合同 .docx"), ("衡南县（6月）.xlsx", "衡南县（6月）.xlsx")])
def test_names_keep_no_path(name: str, kept: str) -> None:
    assert last_name(name) == kept


def test_a_name_with_strokes_stays_one_part() -> None:
    assert clean_name("衡南县/祁东县2023年6月填报模板.xlsx") == "衡南县_祁东县2023年6月填报模板.xlsx"
    assert clean_name("../../x") == "_.._x"


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_becomes_one_plain_part_of_a_path(text: str) -> None:
    name = clean_name(text)
    assert PurePosixPath(name).name == name
    assert PureWindowsPath(name).name == name
    assert 0 < len(name.encode()) <= 201
    assert name == visible(name) == clean_name(name)
    assert name[-1] not in ". "
    assert name[0] != "."
    assert name.split(".")[0].strip().lower() not in DEVICES


@pytest.mark.parametrize(("name", "opening"), [
    ("a.JPG", OpenRisk.SHOWS), ("a.docx", OpenRisk.SHOWS), ("a.docm", OpenRisk.UNKNOWN), ("a.doc", OpenRisk.UNKNOWN), ("a", OpenRisk.UNKNOWN),
    ("a.exe", OpenRisk.RUNS), ("a.pdf.exe", OpenRisk.RUNS), ("a.exe ", OpenRisk.RUNS), ("b.exe.", OpenRisk.RUNS), ("x/../c.Bat", OpenRisk.RUNS),
    ("a.exe.pdf", OpenRisk.SHOWS), ("a.svg", OpenRisk.UNKNOWN), ("a.desktop", OpenRisk.RUNS)])
def test_what_opening_does_goes_by_the_ending_the_desktop_sees(name: str, opening: OpenRisk) -> None:
    assert opening_of(name) is opening


def test_an_original_is_never_saved_as_a_program() -> None:
    assert name_of_original("6月.xlsx") == "6月.xlsx"
    assert name_of_original("../6月.xlsx.bat ") == "6月.xlsx.bat.原件"
