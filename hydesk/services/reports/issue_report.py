"""归档: issue a report, frozen with its figures, rules and printed files, numbered, found again; correct one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import ReportIssue, ReportIssueFile
from hydesk.db.places import Entity, Place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.file_names import clean_name
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period
from hydesk.domain.scopes.fields import SCOPE_FIELDS, ScopeField, fields_with
from hydesk.domain.scopes.grammar import parse_scope, written
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.reports.compare import differences
from hydesk.reports.freeze import freeze
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report
from hydesk.reports.texts import stale_sentences
from hydesk.services.acts.ledger_seal import seal_of
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.reports.archived_report import (
    ANNEX_MARK,
    JSON,
    annex_files,
    correction_words,
    issue_file,
    last_issue,
    open_issue,
)
from hydesk.services.reports.compile_report import compile_report
from hydesk.services.reports.print_report import ANNEX_FORMATS, FORMATS, Binding, print_report
from hydesk.services.reports.report_forms import next_number
from hydesk.services.standings.own_columns import read_own_columns
from hydesk.temporary import temporary_folder


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """A report in the archive. ``number`` is its 第N期 of ``year``; ``corrects`` the issue it puts right."""

    id: int
    kind: ReportKind
    period: Period
    subject: str
    year: int
    number: int
    title: str
    issued_at: datetime
    actor: str
    corrects: int | None
    note: str
    corrected_by: int | None = None
    """The newest issue that puts this one right."""
    scope: str = ""
    """Over which projects it is, as scopes are written; empty for all."""
    scope_words: str = ""
    """The same in the office's words: 级别为省."""

    @property
    def label(self) -> str:
        """2023年第6期月度通报; of some projects only with 部分项目 behind."""
        return f"{self.year}年第{self.number}期{self.kind.label}{'（部分项目）' if self.scope else ''}"


@writing
def issue_report(
    ledger: Ledger, kind: ReportKind, period: Period, subject: str | None = None, corrects: int | None = None,
    note: str = "", *, actor: Actor | None = None, issued: date | None = None, progress: Progress | None = None,
    scope: Scope = WHOLE,
) -> IssuedReport:
    """Compile, check, print and keep the report; one act that can be undone. Of ``scope`` only, which it says and keeps.

    ``corrects`` is the issue that this one puts right: what changed is worked out from the two, after ``note``. Raises
    HydeskError where a person's sentence stands on figures that have changed since, where the
    report disagrees with itself, or where a correction changes nothing.
    """
    old = open_issue(ledger, corrects) if corrects is not None else None
    corrected = _find(ledger, corrects) if corrects is not None else None
    if corrected is not None and corrected.scope != written(scope):
        over = f"只统计{corrected.scope_words}的项目" if corrected.scope else "统计全部项目"
        raise HydeskError(f"{corrected.label}{over}，更正件的范围要与它相同，没有归档。请先选同样的范围")
    number = next_number(ledger, kind, period)
    correction = correction_words(corrected.number if corrected else None)
    report = compile_report(ledger, kind, period, subject, number=number, issued=issued, correction=correction, scope=scope)
    before = last_issue(ledger, kind, period, report.subject, scope)
    if old is None and before is not None:
        raise HydeskError(f"{period.label}{kind.label}已归档为第{before.number}期，没有再归档。数字或文字变了，请在归档里对它点“更正”")
    _refuse_stale(report)
    if old is not None:
        changed = differences(old, report)
        if not changed:
            raise HydeskError(f"与{corrected.label if corrected else '原报告'}没有不同，不用更正。请先改好数字或文字")
        note = "\n".join(x for x in (note.strip(), *changed) if x)
    report = replace(report, seal=seal_of(ledger).mark)
    files = _printed(report, progress)
    with ledger.write() as connection:
        key = _keep(connection, report, scope, number, corrects, note, actor or current_actor(ledger))
        connection.execute(insert(ReportIssueFile), [
            {"issue_id": key, "format": form, "name": name, "sha256": hashlib.sha256(content).hexdigest(), "content": content}
            for form, name, content in files])
    return _find(ledger, key)


def _refuse_stale(report: Report) -> None:
    stale = stale_sentences(report)
    if stale:
        where = "、".join(dict.fromkeys(e.heading for e in stale))
        raise HydeskError(f"有{len(stale)}句改过的文字，依据的数字后来变了（{where}），没有归档。请逐句核对，换上新数或恢复自动文字")


def _printed(report: Report, progress: Progress | None) -> list[tuple[str, str, bytes]]:
    """Format, name and bytes of the frozen report and of its printed files."""
    with temporary_folder() as folder:
        written = print_report(report, Path(folder), FORMATS, progress, Binding.APART if report.apart else None)
        if written.missing:
            raise HydeskError(f"有{len(written.missing)}个字所有字体都没有（{'、'.join(written.missing)}），没有归档。请换用常用字或安装字体")
        files = [(form, path.name, path.read_bytes()) for form, path in zip(FORMATS, written, strict=True)]
        files += [(f"{path.suffix[1:]}{ANNEX_MARK}{turn // len(ANNEX_FORMATS) + 1}", path.name, path.read_bytes())
                  for turn, path in enumerate(written.annexes)]
    return [(JSON, f"{report.file_stem}.json", freeze(report).encode()), *files]


def _keep(
    connection: Connection, report: Report, scope: Scope, number: int, corrects: int | None, note: str, actor: Actor,
) -> int:
    shelves = Shelves(connection)
    [key] = shelves.new_keys(Entity.REPORT, 1)
    label = f"{report.period.year}年第{number}期{report.kind.label}"
    act = begin_act(connection, "report", f"归档{label}", actor)
    values = {
        "present": "1", "kind": report.kind.value, "period": str(report.period), "subject": report.subject or None,
        "year": str(report.period.year), "number": str(number), "title": report.title,
        "issued_at": datetime.now(UTC).isoformat(), "actor": str(actor),
        "corrects_id": None if corrects is None else str(corrects), "correction_note": note or None,
        "scope": written(scope) or None,
    }
    writes = [Write(Place(Entity.REPORT, 0, key, name), value) for name, value in values.items() if value is not None]
    record(connection, act, writes, shelves=shelves)
    return int(key)


def list_issues(
    ledger: Ledger, kind: ReportKind | None = None, year: int | None = None, period: Period | None = None
) -> list[IssuedReport]:
    """The archive, newest first."""
    query = select(ReportIssue).where(ReportIssue.present).order_by(ReportIssue.id.desc())
    if kind is not None:
        query = query.where(ReportIssue.kind == kind.value)
    if year is not None:
        query = query.where(ReportIssue.year == year)
    if period is not None:
        query = query.where(ReportIssue.period == str(period))
    with ledger.read() as connection:
        rows = connection.execute(query).mappings().all()
        fields = fields_with(read_own_columns(connection, retired=True)) if any(r["scope"] for r in rows) else SCOPE_FIELDS
        later = connection.execute(select(ReportIssue.corrects_id, ReportIssue.id).where(
            ReportIssue.present, ReportIssue.corrects_id.is_not(None)).order_by(ReportIssue.id)).all()
    corrected = {row.corrects_id: row.id for row in later}
    return [
        IssuedReport(r["id"], ReportKind(r["kind"]), Period.parse(r["period"]), r["subject"] or "", r["year"], r["number"],
                     r["title"] or "", r["issued_at"], r["actor"] or "", r["corrects_id"], r["correction_note"] or "",
                     corrected.get(r["id"]), r["scope"] or "", _words(r["scope"], fields))
        for r in rows
    ]


def _words(scope: str | None, fields: Mapping[str, ScopeField]) -> str:
    """A kept scope in words; as it was written where a column it asks for is not there any more."""
    try:
        return parse_scope(scope or "", fields).words
    except HydeskError:
        return scope or ""


def scope_of_issue(ledger: Ledger, key: int) -> Scope:
    """The scope of an issue, to correct it over the same projects. Raises HydeskError where it cannot be asked any more."""
    with ledger.read() as connection:
        fields = fields_with(read_own_columns(connection))
    return parse_scope(_find(ledger, key).scope, fields)


def _find(ledger: Ledger, key: int) -> IssuedReport:
    found = next((i for i in list_issues(ledger) if i.id == key), None)
    if found is None:
        raise HydeskError("这份归档报告已撤销或不存在，请刷新列表")
    return found


def number_to_key(ledger: Ledger, kind: ReportKind, year: int, number: int) -> int:
    """The issue that is 第N期 of ``kind`` in ``year``. Raises HydeskError where there is none."""
    found = next((i.id for i in list_issues(ledger, kind, year) if i.number == number), None)
    if found is None:
        raise HydeskError(f"归档里没有{year}年第{number}期{kind.label}，没有出报告。请查对期号")
    return found


def save_issue(
    ledger: Ledger, key: int, out: Path, formats: Sequence[str] = FORMATS, binding: Binding | None = None,
) -> list[Path]:
    """Write an issue's files into the folder ``out`` as they were printed: the text in each of ``formats``, its annexes too
    where ``binding`` is APART; BOUND binds what was frozen anew, where the annexes were not printed with the text."""
    if binding is Binding.BOUND and (report := open_issue(ledger, key)).apart:
        return list(print_report(report, out, formats, binding=binding))
    kept = [*formats, *(annex_files(ledger, key) if binding is Binding.APART else ())]
    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for form in kept:
            name, content = issue_file(ledger, key, form)
            path = out / f"{clean_name(Path(name).stem, '报告')}{Path(name).suffix}"
            path.write_bytes(content)
            written.append(path)
    except OSError as error:
        raise HydeskError(f"归档文件写不进“{out}”，可能没有权限或文件正开着。请换一个文件夹") from error
    return written
