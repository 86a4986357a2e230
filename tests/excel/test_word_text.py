"""The words of a Word document, and files that are none."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from hydesk.domain.errors import HydeskError
from hydesk.excel import word_text
from hydesk.excel.word_text import read_word_text


def packed(path: Path, body: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", body)
    return path


def test_paragraphs_are_read_and_tables_left_out(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("一、总体情况", 1)
    made.add_paragraph("全市388个重点项目").add_run("完成投资537.02亿元。")
    made.add_table(1, 1).cell(0, 0).text = "表里的数"
    made.add_paragraph("")
    made.save(str(tmp_path / "通报.docx"))
    assert read_word_text(tmp_path / "通报.docx") == ("一、总体情况\n全市388个重点项目完成投资537.02亿元。", 1)


def test_deleted_words_are_not_read(tmp_path: Path) -> None:
    body = '<w:document xmlns:w="w"><w:p><w:del><w:r><w:t>旧</w:t></w:r></w:del><w:r><w:t>新</w:t></w:r></w:p></w:document>'
    assert read_word_text(packed(tmp_path / "a.docx", body)) == ("新", 0)


@pytest.mark.parametrize(("body", "said"), [
    ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "自定义的 XML 实体"), ("<a><b></a>", "是坏的")])
def test_what_is_no_sound_document_is_refused(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(HydeskError, match=said):
        read_word_text(packed(tmp_path / "a.docx", body))


def test_what_is_no_docx_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "旧.docx").write_bytes(b"\xd0\xcf\x11\xe0 an old doc")
    with pytest.raises(HydeskError, match="另存为 docx"):
        read_word_text(tmp_path / "旧.docx")
    monkeypatch.setattr(word_text, "MOST_BYTES", 10)
    with pytest.raises(HydeskError, match="文字太多"):
        read_word_text(packed(tmp_path / "大.docx", "<a>" + "字" * 100 + "</a>"))
