"""hydesk register: listed, given out, taken in unchanged, printed; what is wrong is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydesk.cli import main, mechanism_commands
from hydesk.services.mechanisms import print_mechanism_papers
from hydesk.services.registers.fill_shipped import add_shipped
from hydesk.services.upkeep.open_ledger import create_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = tmp_path / "台账.hydesk"
    made = create_ledger(path)
    add_shipped(made, 2023)
    made.close()
    return str(path)


def test_a_register_goes_out_and_comes_in_the_same(ledger: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ledger", ledger, "register", "list", "--period", "2023-06"]) == 0
    assert "规划目标" in "".join(capsys.readouterr())
    out = str(tmp_path / "目标.xlsx")
    assert main(["--ledger", ledger, "register", "export", "规划目标", out, "--period", "2023-06"]) == 0
    assert main(["--ledger", ledger, "register", "import", "规划目标", out, "--period", "2023-06"]) == 0
    assert "新增 0 条，更新 0 条，没有变化 72 条" in "".join(capsys.readouterr())


def test_a_register_is_printed(ledger: str, tmp_path: Path) -> None:
    assert main(["--ledger", ledger, "register", "print", "规划重点", "--period", "2023-06", "--out", str(tmp_path / "出"),
                 "--format", "pdf,docx,xlsx"]) == 0
    assert sorted(p.suffix for p in (tmp_path / "出").iterdir()) == [".docx", ".pdf", ".xlsx"]


def test_what_is_wrong_is_said(ledger: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ledger", ledger, "register", "export", "没有这本", str(tmp_path / "x.xlsx"), "--period", "2023-06"]) == 3
    assert "没有名为“没有这本”的台账，可用：" in capsys.readouterr().err
    bad = tmp_path / "坏.csv"
    bad.write_text("规划,目标年,领域,指标,目标值\n规划甲,2025,工业,新指标,很多\n规划甲,2025,工业,另一指标,5\n", encoding="utf-8")
    assert main(["--ledger", ledger, "register", "import", "规划目标", str(bad), "--period", "2023-06"]) == 1
    said = "".join(capsys.readouterr())
    assert "应是数字" in said
    assert "新增 1 条" in said


def test_values_by_year_papers_and_landing(ledger: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "年度值.csv"
    table.write_text("指标,2025年,2026年\n地区生产总值,5000,5500\n别的,1,2\n", encoding="utf-8")
    assert main(["--ledger", ledger, "register", "years", str(table)]) == 1
    assert "新增 2 个" in "".join(capsys.readouterr())
    filings = tmp_path / "备案.csv"
    filings.write_text("项目名称,填报单位,协议引资额（万元）\n油茶精深加工,常宁市,60000\n", encoding="utf-8")
    assert main(["--ledger", ledger, "register", "import", "招商引资备案", str(filings), "--period", "2026-11"]) == 0
    land = ["--ledger", ledger, "register", "land", "油茶精深加工", "--period", "2026-11"]
    assert main([*land, "--on", "2026-11-20", "--document", "衡重办〔2026〕9号"]) == 0
    assert "HY2026-001" in "".join(capsys.readouterr())
    assert main(land) == 3
    assert "不用再转" in capsys.readouterr().err
    assert main(["--ledger", ledger, "register", "draw", "规划重点项目", "--period", "2026-11"]) == 0
    assert "19 个台账里没有同名项目" in "".join(capsys.readouterr())
    out = tmp_path / "出"
    for name in ("规划评估", "省对市评价"):
        assert main(["--ledger", ledger, "register", "paper", name, "--period", "2026-11", "--out", str(out)]) == 0
    assert main(["--ledger", ledger, "register", "paper", "三张清单", "--period", "2026-11", "--out", str(out)]) == 3
    assert len(list(out.iterdir())) == 2
    assert tuple(print_mechanism_papers.PAPERS) == mechanism_commands.PAPERS
