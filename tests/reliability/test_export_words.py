"""Words that begin like a formula stay words in what hydesk writes; signs that no file can hold are left out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from hydesk.db.ledger import Ledger
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.services.mechanisms.print_boards import publish_lists, scale_notice
from hydesk.services.milestones.export_nodes import export_nodes
from hydesk.services.problems.export_problems import export_problems
from hydesk.services.projects.export_ledger import export_ledger
from hydesk.services.reports.compile_report import ReportKind, compile_report
from hydesk.services.reports.print_notice import FORMATS as NOTICES
from hydesk.services.reports.print_notice import print_notice
from hydesk.services.reports.print_report import FORMATS, print_report
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.chase_units import print_chase_notice
from hydesk.services.returns.make_templates import make_templates
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.reliability.words import HOSTILE
from tests.services.made import JUNE, code, draft, facts, take_list

WORDS = ("=cmd|' /c calc'!A1", "@SUM(1+1)", "+1-1", "-2+3", "=HYPERLINK(\"http://127.0.0.1:9\")", "\t=1+1", "名\x07称\x1b")


@pytest.mark.parametrize("words", WORDS)
def test_nothing_runs_in_an_exported_ledger(tmp_path: Path, words: str) -> None:
    ledger = create_ledger(tmp_path / "台账.hydesk")
    take_list(ledger, {**facts(1), Field.NAME: words, Field.REMARK: words, Field.BUILDER: words})
    export_ledger(ledger, tmp_path / "出.xlsx", 2023)
    ledger.close()
    kept = words.replace("\x07", "").replace("\x1b", "")
    held = [c for row in load_workbook(tmp_path / "出.xlsx").active.iter_rows() for c in row]
    assert [c.data_type for c in held if c.data_type == "f"] == []
    assert sum(1 for c in held if c.value == kept) >= 1
    assert any(c.value == code(1) for c in held)


def _hostile_ledger(folder: Path) -> Ledger:
    """One project for each hostile word: in its name, its unit's, what is said of it and its problem."""
    ledger = create_ledger(folder / "台账.hydesk")
    rows = [{**facts(n), Field.NAME: f"{word}甲{n}", Field.REMARK: word, Field.BUILDER: word, Field.REPORTING_UNIT: word or "衡南县",
             Field.LOCATION: word, Field.PROGRESS_TEXT: word} for n, word in enumerate(HOSTILE, 1) if "\ud800" not in word]
    take_list(ledger, *({f: v for f, v in row.items() if f is not Field.PROGRESS_TEXT} for row in rows))
    said = {n: {Field.MONTH_INVESTMENT: 10_000, Field.YEAR_INVESTMENT: 10_000, Field.PROGRESS_TEXT: row[Field.PROGRESS_TEXT],
                Field.PROBLEM_TEXT: row[Field.PROGRESS_TEXT]} for n, row in enumerate(rows, 1)}
    known = {s.code for s in list_standings(ledger, JUNE)}
    apply_return(ledger, draft(ledger, JUNE, {n: v for n, v in said.items() if code(n) in known}, unit=None, name="<img src=x>.xlsx"))
    return ledger


def test_no_hostile_word_is_live_in_anything_that_is_written(tmp_path: Path) -> None:
    """Every word through every way out: workbooks, Word, PDF, text and web page."""
    ledger = _hostile_ledger(tmp_path)
    out = tmp_path / "出"
    out.mkdir()
    export_ledger(ledger, out / "台账.xlsx", 2023)
    export_nodes(ledger, out / "节点.xlsx", JUNE)
    export_problems(ledger, out / "问题.xlsx", JUNE)
    make_templates(ledger, JUNE, out)
    print_report(compile_report(ledger, ReportKind.MONTHLY, JUNE), out, FORMATS)
    print_notice(scale_notice(ledger, JUNE), out, NOTICES)
    print_chase_notice(ledger, Period.month(2023, 7), out)
    publish_lists(ledger, JUNE, out / "榜单.html")
    ledger.close()
    written = sorted(p for p in out.rglob("*") if p.is_file())
    assert {p.suffix for p in written} >= {".xlsx", ".docx", ".pdf", ".html", ".txt"}
    assert len([p for p in written if "填报模板" in p.name]) > 30
    assert all(p.parent == out for p in written)
    assert [f"{p.name}: {fault}" for p in written for fault in _live(p)] == []


def _live(path: Path) -> Iterator[str]:
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                part = archive.read(name)
                if name.endswith((".xml", ".rels")):
                    ElementTree.fromstring(part)
                if b'TargetMode="External"' in part or b"<f>" in part or b"<hyperlink" in part or b"<w:hyperlink" in part or b"ddeLink" in part:
                    yield f"{name} runs or leads somewhere"
    elif path.suffix == ".pdf":
        if found := re.search(rb"/(URI|Launch|JavaScript|JS|GoToR|SubmitForm)\b", path.read_bytes()):
            yield f"acts: {found[0]!r}"
    elif path.suffix == ".html":
        reader = _Tags()
        reader.feed(path.read_text(encoding="utf-8"))
        yield from reader.strange


class _Tags(HTMLParser):
    """Tags and attributes that the program itself does not write."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS or {name for name, _ in attrs} - {"class", "charset", "lang", "name", "content", "style"}:
            self.strange.append(f"<{tag} {attrs}>")


TAGS = {"html", "head", "meta", "title", "style", "body", "main", "header", "footer", "h1", "h2", "p", "section", "table", "thead", "tbody", "tr", "th", "td", "div"}
