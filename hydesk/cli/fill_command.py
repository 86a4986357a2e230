"""hydesk fill: blank forms of other offices in, filled forms out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.filled_json import SCHEMA, fill_document
from hydesk.cli.findings import say_findings
from hydesk.cli.parameters import NUMBER, PATH, PERIOD
from hydesk.cli.scoping import scope_in
from hydesk.cli.terminal import DONE, LOOK, NOTHING, finish, part_of, print_table, progress_bar, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.filled_form import FilledForm
from hydesk.domain.findings import Finding, Level
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.domain.scopes.scope import Scope
    from hydesk.services.forms.fill_form import FormDraft, FormLedger
    from hydesk.services.upkeep.open_ledger import Ledger


@click.command(cls=ChineseCommand, epilog="退出状态：0 要填的都填了；1 有空着的或要核对的；3 什么也没有填。")
@click.argument("form", metavar="[空表]", type=PATH, required=False)
@option("--period", type=PERIOD, metavar="报告期", help="填哪一期的数，如 2023-06 或 2023-W25；表上写明“截至5月底”的按表上的。")
@option("--out", type=PATH, metavar="文件", help="填好的表存在哪里；空表是文件夹时，这里也是文件夹。")
@option("--again", "again", type=NUMBER, metavar="编号", help="照以前填过的一份再填：表上写的月份跟着改，范围照旧。编号见 --list。")
@option("--list", "listing", is_flag=True, help="列出填过的表。")
@option("--scope", "scope", metavar="范围", help="空行填哪些项目，如 \"单位=衡南县;级别=省\"；不写时按表题、说明里写的。写法同各处的 --scope。")
@option("--sources", "sources", type=PATH, metavar="文件", help="另存一张来源表（.xlsx）：每一格填了什么、来自哪里，哪些没有填、为什么。")
@option("--json", "json_file", type=PATH, metavar="文件", help="把每一格填了什么、哪些没有填写成 JSON，金额以元计。")
@click.pass_obj
def fill(
    location: str, form: Path | None, period: Period | None, out: Path | None, again: int | None, listing: bool, scope: str | None,
    sources: Path | None, json_file: Path | None,
) -> int:
    """来什么空表，照着填好什么表：认表头、单位、行，按台账填数；填不了的逐列说明，原有内容不动。"""
    from hydesk.cli.result_json import ResultFile
    from hydesk.services.forms.fill_form import form_ledger
    from hydesk.services.upkeep.open_or_create import opened

    if listing:
        return _list(location)
    if sources is not None and form is not None and form.is_dir():
        raise click.UsageError("--sources 一次写一份表的来源；一个文件夹的来源请用 --json")
    if period is None or out is None or (form is None) == (again is None):
        raise click.UsageError("要写 空表 --period 报告期 --out 文件；照旧再填写 --again 编号 --period 报告期 --out 文件")
    result = None if json_file is None else ResultFile(json_file)
    with opened(location) as ledger:
        wanted = scope_in(ledger, period, scope) if scope is not None and scope.strip() else None
        run = FormsRun(ledger, period, wanted, form_ledger(ledger, period), sources)
        if form is None:
            status, document = run.again(again or 0, out, progress_bar())
        elif form.is_dir():
            status, told = run.folder(form, out)
            document = {"schema": SCHEMA, "period": str(period), "files": told}
        else:
            status, document = run.one(form, out, progress_bar())
    if result is not None:
        result.write(document)
    return status


class FormsRun:
    """One ``fill``: fills one form or those of a folder; one bad file never stops the others."""

    def __init__(self, ledger: Ledger, period: Period, scope: Scope | None, known: FormLedger, sources: Path | None = None) -> None:
        self._ledger, self._period, self._scope, self._known, self._sources = ledger, period, scope, known, sources

    def folder(self, folder: Path, out: Path) -> tuple[int, list[dict[str, Any]]]:
        """Every form of ``folder`` into ``out``, under its own name."""
        files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(("~$", ".")))
        progress = progress_bar()
        told: list[dict[str, Any]] = []
        statuses: list[int] = []
        for at, path in enumerate(files):
            status, document = self.one(path, out / path.relative_to(folder), part_of(progress, at, len(files)))
            told.append(document)
            statuses.append(status)
        finish(progress)
        done, look, nothing = (statuses.count(s) for s in (DONE, LOOK, NOTHING))
        say(f"共 {len(files)} 份：填满 {done} 份，有空着或要核对的 {look} 份，没有填的 {nothing} 份。")
        if nothing == len(files):
            return NOTHING, told
        return (LOOK if look or nothing else DONE), told

    def one(self, form: Path, out: Path, progress: Progress | None) -> tuple[int, dict[str, Any]]:
        """One form into ``out``: the status, and what is told of it in JSON."""
        from hydesk.services.forms.fill_form import fill_form

        return self._settle(form.name, out, progress, lambda: (
            fill_form(self._ledger, form, self._period, self._scope, self._known, progress), self._scope))

    def again(self, number: int, out: Path, progress: Progress | None) -> tuple[int, dict[str, Any]]:
        """A kept form into ``out``."""
        from hydesk.services.forms.kept_forms import fill_again

        return self._settle(f"{number} 号来表", out, progress, lambda: fill_again(
            self._ledger, number, self._period, self._known, progress, self._scope))

    def _settle(
        self, name: str, out: Path, progress: Progress | None, fill: Callable[[], tuple[FormDraft, Scope | None]],
    ) -> tuple[int, dict[str, Any]]:
        from hydesk.services.forms.fill_form import save_form, save_sources
        from hydesk.services.forms.kept_forms import keep_form

        try:
            draft, scope = fill()
            written = save_form(draft, out) if draft.made else None
        except HydeskError as error:
            finish(progress)
            say(f"{name}：没有填。{error}")
            bad = FilledForm(name, str(self._period), findings=(Finding(Level.ERROR, "unreadable", str(error)),))
            return NOTHING, fill_document(bad)
        finish(progress)
        say_filled(draft.filled, written)
        if self._sources is not None:
            save_sources(draft, self._sources)
            say(f"  每一格的来源存为 {self._sources}。")
        if written is not None and not self._ledger.read_only:
            try:
                keep_form(self._ledger, draft, str(written), scope)
            except HydeskError as error:
                say(f"  填好的表已存，只是没有记进台账：{error}")
        return fill_status(draft.filled), fill_document(draft.filled, None if written is None else str(written))


def _list(location: str) -> int:
    from hydesk.services.forms.kept_forms import list_forms
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as ledger:
        kept = list_forms(ledger)
    if not kept:
        say("还没有填过表。")
        return NOTHING
    print_table(["编号", "来表", "报告期", "填写时间", "经手人", "已填", "空着的列", "存为"],
                [[k.id, k.file, k.period.label, f"{k.at:%Y-%m-%d %H:%M}", k.actor, k.filled, k.left, k.saved] for k in kept])
    return DONE


def fill_status(filled: FilledForm) -> int:
    """0 all filled, 1 something left or to be looked at, 3 nothing filled."""
    if not any(r.cells for s in filled.sheets for r in s.rows):
        return NOTHING
    loud = any(f.level is not Level.NOTE for f in filled.findings)
    return LOOK if filled.left or loud or filled.lost else DONE


def say_filled(filled: FilledForm, written: Path | None) -> None:
    """What was filled and what was not, in the office's words."""
    if written is None:
        why = "；".join(f"表“{s.sheet}”{s.why}" for s in filled.sheets if s.why) or "没有要填的格"
        say(f"{filled.file}：没有填。{why}。")
        return
    say(f"{filled.file}：已填 {filled.filled} 格，存为 {written}。")
    for sheet in filled.sheets:
        if sheet.scope_words:
            projects = sum(r.project is not None for r in sheet.rows)
            say(f"  表“{sheet.sheet}”：{sheet.scope_words}，{f'{projects} 个项目' if projects else f'汇总 {len(sheet.rows)} 行'}。")
        for left in sheet.unfilled:
            rows = f"（{len(left.rows)} 行）" if left.rows else ""
            who = f"，可问{left.who}" if left.who else ""
            say(f"  表“{sheet.sheet}”{left.column}列“{left.header}”没有填{rows}：{left.why}{who}。")
    for words in filled.lost:
        say(f"  {words}。")
    say_findings(filled.findings)
