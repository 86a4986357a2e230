"""hydesk ledger import: a project list into the ledger, or only tried; its result as JSON in the schema hydesk.list/1."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hydesk.cli.findings import say_findings
from hydesk.cli.result_json import ResultFile, finding_entry, sheet_entry, value_entry
from hydesk.cli.terminal import DONE, LOOK, NOTHING, finish, progress_bar, say
from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import row_in_file
from hydesk.domain.list_review import ListAct, ListComparison, ListItem
from hydesk.domain.own_columns import value_in_json
from hydesk.domain.understanding import ListedProject, ProjectList
from hydesk.services.returns.import_projects import ReadList

SCHEMA = "hydesk.list/1"


def import_list(location: str, file: Path, year: int, dry_run: bool, result: Path | None) -> int:
    """Take in, or try, the list at ``file``; the exit status: 1 when something waits or is to be looked at."""
    from hydesk.services.acts.name_actor import current_actor
    from hydesk.services.returns.import_projects import apply_project_list, compare_list, read_project_list
    from hydesk.services.returns.take_list_known import take_list_known
    from hydesk.services.upkeep.open_or_create import NothingDone, open_or_create, opened_or_trial

    written = ResultFile(result) if result is not None else None
    progress = progress_bar()
    with opened_or_trial(location) if dry_run else open_or_create(location) as held:
        read = read_project_list(file, year, progress, take_list_known(held))
        comparison = compare_list(held, read) if dry_run or written is not None else None
        if written is not None and comparison is not None:
            written.write(document(read, comparison))
        if dry_run:
            finish(progress)
            assert comparison is not None
            return _say_trial(file, read.listed, comparison)
        done = apply_project_list(held, read.listed, read.content, year, current_actor(held), read.parts, progress).value
        finish(progress)
        say_findings(done.findings)
        if done.rejected:
            say(f"{file.name}：没有导入，台账没有改动。")
            raise NothingDone
        number = "" if done.import_id is None else f"（导入编号 {done.import_id}，撤销用 returns undo {done.import_id}）"
        say(f"{file.name}：新增 {done.added} 个项目，更新 {done.changed} 个，未变 {done.unchanged} 个{number}。")
        if done.waiting:
            say(f"待核 {done.waiting} 处，用 ledger waits --year {year} 查看，或在窗口“项目清单管理”里处理。")
        return LOOK if done.waiting or any(f.level is not Level.NOTE for f in done.findings) else DONE
    return NOTHING


def _say_trial(file: Path, listed: ProjectList, comparison: ListComparison) -> int:
    say_findings(comparison.findings)
    if comparison.rejected:
        say(f"{file.name}：读不出项目清单，台账没有改动。")
        return NOTHING
    parts = [f"{act.label} {n} 个" for act in ListAct if (n := comparison.count(act))]
    say(f"{file.name}：{'，'.join(parts)}（试读，台账没有改动）。")
    waits = any(i.act in (ListAct.WAITING, ListAct.RENAMED, ListAct.MISSING) for i in comparison.items)
    return LOOK if waits or any(f.level is not Level.NOTE for f in comparison.findings) else DONE


def document(read: ReadList, comparison: ListComparison) -> dict[str, Any]:
    """The whole result."""
    rows = {(p.sheet, p.row): p for p in read.listed.projects}
    return {
        "schema": SCHEMA, "year": read.year, "file": read.name,
        "sheets": [sheet_entry(s) for s in comparison.sheets],
        "rows": [_row(i, rows[i.key]) for i in comparison.items if i.act is not ListAct.MISSING],
        "missing": [i.code for i in comparison.items if i.act is ListAct.MISSING],
        "findings": [finding_entry(f) for f in comparison.findings],
    }


_ACTS = {ListAct.ADDED: "added", ListAct.CHANGED: "changed", ListAct.SAME: "same"}


def _row(item: ListItem, row: ListedProject) -> dict[str, Any]:
    return {
        "sheet": row.sheet, "row": row_in_file(row.row), "project": item.code or None, "act": _ACTS.get(item.act, "waiting"),
        "values": {f.value: value_entry(v) for f, v in row.values.items() if f not in (Field.PHONE, Field.YEARS)}
        | {c.column.name: value_in_json(c.value) for c in row.own if c.value is not None},
        "cells": {f.value: cell for f, cell in row.cells.items() if f in row.values or f in row.words}
        | {c.column.name: c.cell for c in row.own if c.cell},
        "kept": dict(row.extras),
    }
