"""hydesk report --every and --together: a sheet about everybody; and 红黄榜 from proposing to the paper."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from tests.cli.command_line import CommandLine

SCOPE = "unit=衡南县|祁东县|衡东县"
JUNE = ("--period", "2023-06")


@pytest.fixture(scope="module")
def demo(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """The command line over a copy of the demonstration."""
    folder = tmp_path_factory.mktemp("all")
    shutil.copy(demo_file, folder / "台账.hydesk")
    return CommandLine(folder)


def pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_every_unit_gets_a_sheet_of_its_own_of_its_own_figures(demo: CommandLine) -> None:
    done = demo("report", "unit", *JUNE, "--every", "--scope", SCOPE, "--out", "units")
    assert done.status in (0, 1), done.err
    made = sorted((demo.folder / "units").iterdir())
    assert len(made) == 3
    assert "共 3 份" in done.err
    for unit in ("衡南县", "祁东县", "衡东县"):
        (own,) = [p for p in made if unit in p.name]
        _, told = demo.json("figures", *JUNE, "--scope", f"unit={unit}")
        (text,) = pages(own)
        assert f"{unit}重点项目{told['count']}个" in text
        assert all(f"{other}重点项目" not in text for other in {"衡南县", "祁东县", "衡东县"} - {unit})


def test_together_they_are_one_file_with_a_page_each_and_an_outline(demo: CommandLine) -> None:
    done = demo("report", "unit", *JUNE, "--every", "--together", "--scope", SCOPE, "--out", "together")
    assert done.status in (0, 1), done.err
    (path,) = (demo.folder / "together").iterdir()
    own = pages(path)
    named = [next(u for u in ("衡南县", "祁东县", "衡东县") if f"{u}重点建设项目情况" in text) for text in own]
    assert sorted(named) == sorted(("衡南县", "祁东县", "衡东县"))
    document = pypdfium2.PdfDocument(path)
    assert [x.get_title() for x in document.get_toc()] == named
    document.close()


def test_every_leader_gets_a_sheet_of_his_projects(demo: CommandLine) -> None:
    demo("report", "leader", *JUNE, "--every", "--together", "--scope", "unit=祁东县", "--out", "leaders")
    (path,) = (demo.folder / "leaders").iterdir()
    _, told = demo.json("leaders", *JUNE, "--scope", "unit=祁东县")
    names = [x["name"] for x in told["leaders"]]
    assert len(names) > 1
    text = pages(path)
    assert len(text) == len(names)
    assert all(any(f"{name}联系" in page for page in text) for name in names)


@pytest.mark.parametrize(("words", "said"), [
    (("unit", "--every", "--subject", "衡南县"), "--every"), (("monthly", "--every"), "--every"), (("unit", "--together"), "--together"),
    (("unit", "--every", "--together", "--format", "docx"), "--together")])
def test_what_does_not_go_together_is_told_and_nothing_written(demo: CommandLine, words: tuple[str, ...], said: str) -> None:
    done = demo("report", *words, *JUNE, "--out", "none")
    assert (done.status, said in done.err) == (2, True)
    assert not (demo.folder / "none").exists()


def test_boards_are_proposed_made_public_and_printed(demo: CommandLine) -> None:
    done = demo("report", "boards", *JUNE, "--out", "boards")
    assert (done.status, "还没有公布红黄榜" in done.err) == (3, True)
    _, told = demo.json("register", "boards", *JUNE)
    assert (told["adopted"], len({p["board"] for p in told["proposed"]})) == (None, 2)
    _, made = demo.json("register", "boards", *JUNE, "--adopt")
    assert made["adopted"] == len(told["proposed"])
    assert demo("report", "boards", *JUNE, "--out", "boards").status in (0, 1)
    (path,) = (demo.folder / "boards").iterdir()
    text = "".join(pages(path))
    assert "关于公布2023年6月全市重点建设项目红黄榜的通知" in text
    for board, word in (("红榜（表扬）", "列入红榜的项目"), ("黄榜（滞后）", "列入黄榜的项目")):
        own = [p for p in told["proposed"] if p["board"] == board]
        assert f"{word}{len(own)}个" in text
        assert own
    assert text.count("整改中") >= 1
    assert "此前列入黄榜的项目" in text  # the demonstration made May's public
