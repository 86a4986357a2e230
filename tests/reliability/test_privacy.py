"""Telephone numbers and contacts of projects stand in no report, export, template or log unless asked for."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from hydesk.cli import main

PHONE, CONTACT = "13907340019", "欧阳某某"
HEAD = ("市重点编号", "项目名称", "县市区", "类别", "总投资（万元）", "年度计划投资（万元）", "业主单位", "联系人", "联系电话")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    for n, unit in enumerate(("衡南县", "衡南县", "雁峰区"), 1):
        sheet.append((f"HY2023-{n:03d}", f"甲乙产业园{n}期建设", unit, "产业发展", 50000, 9000, "某公司", CONTACT, PHONE))
    book.save(tmp_path / "清单.xlsx")
    returned = openpyxl.Workbook()
    sheet = returned.active
    assert sheet is not None
    sheet.append(("衡南县2023年6月重点项目进度表（单位：万元）",))
    sheet.append(("序号", "项目名称", "总投资", "2023年计划投资", "6月完成投资", "1-6月完成投资", "存在问题", "联系人", "联系电话"))
    sheet.append((1, "甲乙产业园1期建设", 50000, 9000, 700, 600, "用地", CONTACT, PHONE))
    returned.save(tmp_path / "衡南县.xlsx")
    (tmp_path / "out").mkdir()
    place = ["--ledger", str(tmp_path / "台账.hydesk")]
    assert main([*place, "ledger", "import", str(tmp_path / "清单.xlsx"), "--year", "2023"]) in (0, 1)
    assert main([*place, "returns", "import", str(tmp_path / "衡南县.xlsx"), "--period", "2023-06",
                 "--json", str(tmp_path / "out" / "结果.json")]) in (0, 1)
    return place


def words(path: Path) -> str:
    """All a reader of the file could see, and what lies behind it."""
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        try:
            return "".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
    return path.read_bytes().decode("utf-8", "replace")


def named_in(folder: Path, mark: str) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file() and mark in words(p))


def test_no_report_names_a_telephone_number(place: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    for kind, subject in (("monthly", None), ("supervision", "衡南县"), ("unit", "衡南县"), ("project", "HY2023-001"),
                          ("problems", None), ("tables", None)):
        more = ["--subject", subject] if subject else []
        assert main([*place, "report", kind, "--period", "2023-06", "--out", str(out / kind), *more]) in (0, 1, 3)
    assert len(list(out.rglob("*.pdf"))) >= 3
    assert named_in(out, PHONE) == []


def test_nothing_sent_to_a_unit_names_a_telephone_number(place: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main([*place, "returns", "slip", "2", "--out", str(out / "退回单")]) == 0
    assert main([*place, "returns", "chase", "--period", "2023-06", "--out", str(out / "催报")]) in (0, 1)
    assert main([*place, "returns", "scores", "--year", "2023", "--out", str(out / "评分")]) in (0, 1)
    assert len([p for p in out.rglob("*") if p.is_file()]) >= 4
    assert named_in(out, PHONE) == []


def test_exports_and_templates_hold_no_number_unless_asked_for(place: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main([*place, "ledger", "export", str(out / "清单.xlsx")]) == 0
    assert main([*place, "template", "--period", "2023-06", "--out", str(out / "模板")]) == 0
    assert len(list(out.rglob("*.xlsx"))) >= 2
    assert named_in(out, PHONE) == []
    assert main([*place, "ledger", "export", str(tmp_path / "带电话.xlsx"), "--with-phones"]) == 0
    assert PHONE in words(tmp_path / "带电话.xlsx")


def test_what_is_said_of_a_fault_names_nobody(
        place: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fall_over(*_: object, **__: object) -> None:
        raise RuntimeError(f"{CONTACT} {PHONE}")

    log = tmp_path / "log" / "hydesk.log"
    monkeypatch.setattr("hydesk.cli.crash_log.log_file", lambda: log)
    monkeypatch.setattr("hydesk.services.upkeep.check_ledger.check_ledger", fall_over)
    assert main([*place, "check"]) == 3
    assert PHONE not in capsys.readouterr().err
    assert log.exists()
    assert named_in(log.parent, PHONE) == []
    assert named_in(log.parent, CONTACT) == []
