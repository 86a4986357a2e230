"""What somebody with another program may do to a ledger, and whether the check tells.

    python -m tests.reliability.tamper --ledger SOMETHING.hydesk
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import delete

from hydesk.db import content_seals, seals
from hydesk.db.ledger import connect
from hydesk.db.models import ContentSeal, LogSeal
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.reports.kinds import ReportKind
from hydesk.services.acts.ledger_seal import held_against
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.problems.record_problem import NewProblem, record_problem
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.reports.issue_report import issue_report, save_issue
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.rules.settings import set_setting
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.services.made import JUNE, draft, facts, money, take_list

TAMPERINGS: dict[str, str] = {
    "plan raised": "UPDATE year_plans SET annual_plan = annual_plan * 3 WHERE project_id = 1",
    "plan and its log entry raised": "UPDATE year_plans SET annual_plan = 7 WHERE project_id = 1; UPDATE change_log SET new = '7' WHERE project_id = 1 AND field = 'annual_plan'",
    "figure raised": "UPDATE progress SET year_investment = 99 WHERE project_id = 1",
    "figure removed": "DELETE FROM progress WHERE project_id = 1",
    "a month's figures added": "INSERT INTO progress (project_id, year, period, ends_on, year_investment) VALUES (1, 2023, '2023-04', '2023-04-30', 5)",
    "phantom project": "INSERT INTO projects (id, present, name, total_investment) VALUES (900, 1, '幽灵', 600000000000); INSERT INTO year_plans (project_id, year, present, annual_plan) VALUES (900, 2023, 1, 600500000000)",
    "phantom project that is not present yet": "INSERT INTO projects (id, present, name) VALUES (900, 0, '幽灵')",
    "project put on another year's list": "INSERT INTO year_plans (project_id, year, present, annual_plan) VALUES (1, 2024, 1, 5)",
    "project taken off": "UPDATE projects SET present = 0 WHERE id = 2",
    "project given to another unit": "UPDATE projects SET unit_id = 1 WHERE id = 2",
    "project's category changed": "UPDATE projects SET category_id = (SELECT max(id) FROM project_classes WHERE kind = 'category') WHERE id = 2",
    "telephone changed": "UPDATE projects SET phone = '13900000000' WHERE id = 2",
    "node moved": "UPDATE milestones SET baseline = '2025-01-01' WHERE project_id = 1",
    "node added": "INSERT INTO milestones (project_id, type_id, actual, actual_precision) VALUES (3, 1, '2023-01-01', 'day')",
    "node removed": "DELETE FROM milestones WHERE project_id = 1",
    "earlier name added": "INSERT INTO project_names (project_id, name, kind) VALUES (1, '假名', 'former')",
    "sub-project added": "INSERT INTO sub_projects (project_id, position, name, annual_plan) VALUES (1, 9, '假', 5)",
    "problem closed": "UPDATE problems SET status = 'closed'",
    "problem added": "INSERT INTO problems (id, present, project_id, title, status) VALUES (77, 1, 1, '假', 'reported')",
    "problem's step changed": "UPDATE problem_steps SET words = '假' WHERE id = 1",
    "problem's step removed": "DELETE FROM problem_steps",
    "lamp judged by hand": "UPDATE year_plans SET lamp_meaning = 'ahead', lamp_reason = '假' WHERE project_id = 2",
    "dropped from the list": "UPDATE year_plans SET dropped_on = '2023-02-01' WHERE project_id = 2",
    "log entry changed": "UPDATE change_log SET new = '假' WHERE field = 'remark'",
    "log entry's words changed": "UPDATE change_log SET words = '假' WHERE id = 3",
    "log entry's cell changed": "UPDATE change_log SET cell = 'A1' WHERE id = 3",
    "log entry removed": "DELETE FROM change_log WHERE id = 9",
    "log entry added": "INSERT INTO change_log (act_id, entity, project_id, scope, field, old, new) VALUES (1, 'project', 1, '', 'remark', NULL, '假')",
    "act's person changed": "UPDATE acts SET actor = '别人' WHERE id = 2",
    "act's time changed": "UPDATE acts SET at = '2020-01-01 00:00:00.000000' WHERE id = 2",
    "act's title changed": "UPDATE acts SET title = '假' WHERE id = 2",
    "act marked undone": "INSERT INTO act_marks (act_id, kind, actor, at, newest_act) SELECT id, 'undone', actor, at, id FROM acts WHERE id = 2",
    "act's undoing hidden": "DELETE FROM act_marks",
    "act's undoing given to another": "UPDATE act_marks SET actor = '别人'",
    "act's undoing given to another account": "UPDATE act_marks SET account = '别人'",
    "act given to another account": "UPDATE acts SET account = '别人' WHERE id = 2",
    "act done again": "INSERT INTO act_marks (act_id, kind, actor, at, newest_act) SELECT act_id, 'redone', actor, at, newest_act FROM act_marks",
    "part spared": "INSERT INTO spared_parts (mark_id, project_id, entity, scope) SELECT id, 2, '', '' FROM act_marks",
    "act added": "INSERT INTO acts (kind, title, actor, at) VALUES ('edit', '假', '别人', '2023-01-01 00:00:00')",
    "act removed with all it wrote": "DELETE FROM change_log WHERE act_id = 3; DELETE FROM log_seals WHERE act_id = 3; DELETE FROM acts WHERE id = 3",
    "seal changed": "UPDATE log_seals SET actor = '别人' WHERE id = 2",
    "seals exchanged": "UPDATE log_seals SET id = 99 WHERE id = 2; UPDATE log_seals SET id = 2 WHERE id = 3; UPDATE log_seals SET id = 3 WHERE id = 99",
    "return's file name changed": "UPDATE imports SET file = '假.xlsx'",
    "return given to another unit": "UPDATE imports SET unit_id = 1 WHERE kind = 'return'",
    "return given to another month": "UPDATE imports SET period = '2023-05' WHERE kind = 'return'",
    "return's state changed": "UPDATE imports SET status = 'sent_back' WHERE kind = 'return'",
    "return's original changed": "UPDATE import_files SET content = x'00'",
    "return's original removed": "DELETE FROM import_files",
    "return added": "INSERT INTO imports (act_id, kind, file, sha256, status, actor, at, sheets) VALUES (1, 'return', '假', 'x', 'applied', '假', '2023-01-01 00:00:00', '[]')",
    "return's row changed": "UPDATE import_rows SET name = '假' WHERE id = 1",
    "return's row added": "INSERT INTO import_rows (import_id, sheet, row, name, applied) VALUES (2, '表', 99, '假', 1)",
    "return's cell changed": "UPDATE import_cells SET value = '9' WHERE field = 'year_investment'",
    "return's words changed": "UPDATE import_cells SET words = '假'",
    "return's findings removed": "DELETE FROM import_findings",
    "finding's words changed": "UPDATE import_findings SET message = '假'",
    "setting changed": "UPDATE settings SET value = '\"假\"'",
    "setting added": "INSERT INTO settings (key, value) VALUES ('lamp_rule', '{}')",
    "setting removed": "DELETE FROM settings",
    "unit renamed": "UPDATE units SET name = '假县' WHERE id = 3",
    "unit added": "INSERT INTO units (name, kind, position) VALUES ('假县', '县市区', 99)",
    "class renamed": "UPDATE project_classes SET name = '假类' WHERE id = 1",
    "node type moved": "UPDATE milestone_types SET position = 99 WHERE id = 1",
    "decision remembered": "INSERT INTO remembered (kind, words, meaning, actor, at) VALUES ('column', '完成', 'annual_plan', '假', '2023-01-01 00:00:00')",
    "issued report's words changed": "UPDATE report_issues SET title = '假'",
    "issued report's number changed": "UPDATE report_issues SET number = 9",
    "issued report's file changed": "UPDATE report_issue_files SET content = x'00' WHERE format = 'pdf'",
    "issued report's file and its hash changed": "UPDATE report_issue_files SET content = x'00', sha256 = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d' WHERE format = 'pdf'",
    "issued report removed": "DELETE FROM report_issue_files; DELETE FROM report_issues",
    "register added": "INSERT INTO registers (id, present, key, name, definition, position) VALUES (88, 1, 'x', '假', '{}', 9)",
    "attachment added": "INSERT INTO attachments (present, project_id, name, stored, sha256) VALUES (1, 1, 'x.bat', 'x', 'x')",
    "adjustment added": "INSERT INTO adjustments (project_id, kind, \"on\", reason) VALUES (1, 'dropped', '2023-02-01', '假')",
    "trigger added": "CREATE TRIGGER 偷偷 AFTER INSERT ON acts BEGIN DELETE FROM problems; END",
    "view added": "CREATE VIEW 看 AS SELECT * FROM projects",
    "table added": "CREATE TABLE 假 (x)",
    "column added": "ALTER TABLE projects ADD COLUMN 假 TEXT",
    "index added that refuses": "CREATE UNIQUE INDEX 假 ON acts (kind, title, actor)",
    "own rule of removing": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'REFERENCES acts (id)', 'REFERENCES acts (id) ON DELETE CASCADE') WHERE name = 'change_log'",
    "content seal changed": "UPDATE content_seals SET digest = 'x' WHERE id = 1",
    "content seal removed": "DELETE FROM content_seals WHERE id = 2",
    "all content seals removed": "DELETE FROM content_seals",
    "newest act removed with its seals": "NEWEST",
    "everything rewritten and sealed anew": "ANEW",
}
"""SQL, or a name of what takes more than that. The last two fit themselves: only a seal kept elsewhere tells."""


def prepared(folder: Path) -> tuple[Path, Path, Path]:
    """A ledger with something of everything, its backup, and the PDF of its last issue."""
    from hydesk.domain.findings import Finding, Level
    from hydesk.services.upkeep.backup_ledger import backup_ledger

    path = folder / "台账.hydesk"
    ledger = create_ledger(path)
    take_list(ledger, *(facts(n) for n in range(1, 7)))
    found = (Finding(Level.WARNING, "x", "一句话"),)
    apply_return(ledger, draft(ledger, JUNE, {1: money(1, 2), 3: money(3, 4)}, findings=found))
    edit_project(ledger, 1, Field.REMARK, "说明", JUNE, "甲")
    record_problem(ledger, NewProblem(1, "用地"))
    set_setting(ledger, "office", "重点办")
    edit_project(ledger, 2, Field.REMARK, "又一句", JUNE, "甲")
    undo_last(ledger)
    made = issue_report(ledger, ReportKind.MONTHLY, JUNE).value
    [pdf] = save_issue(ledger, made.id, folder, ("pdf",))
    edit_project(ledger, 3, Field.REMARK, "最后一句", JUNE, "甲")
    backup = backup_ledger(ledger, folder / "当时的备份.hydesk")
    ledger.close()
    return path, backup, pdf


def tamper(path: Path, what: str) -> bool:
    """Do ``what`` to the ledger at ``path``; whether anything was changed."""
    before = path.read_bytes()
    if what == "ANEW":
        _seal_anew(path)
        return True
    statements = ("DELETE FROM change_log WHERE act_id = (SELECT max(id) FROM acts); DELETE FROM log_seals WHERE act_id = (SELECT max(id) FROM acts);"
                  "DELETE FROM acts WHERE id = (SELECT max(id) FROM acts); UPDATE projects SET remark = NULL WHERE id = 3"
                  if what == "NEWEST" else what)
    with closing(sqlite3.connect(path)) as c:
        c.executescript(statements)
        c.commit()
        c.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes() != before


def _seal_anew(path: Path) -> None:
    with closing(sqlite3.connect(path)) as c:
        c.execute("UPDATE year_plans SET annual_plan = 7 WHERE project_id = 1")
        c.execute("UPDATE change_log SET new = '7' WHERE project_id = 1 AND field = 'annual_plan'")
        c.commit()
    ledger = connect(path)
    with ledger.write() as connection:
        connection.execute(delete(LogSeal))
        connection.execute(delete(ContentSeal))
        seals.seal_all(connection)
        content_seals.seal_all(connection)
    ledger.close()


def told(path: Path, against: Path | None = None) -> bool:
    """Whether the check tells of anything, held ``against`` a backup or a PDF where one is given."""
    try:
        if check_ledger(path):
            return True
        if against is None:
            return False
        ledger = open_ledger(path)
        try:
            return bool(held_against(ledger, against))
        finally:
            ledger.close()
    except HydeskError:
        return True


def run(folder: Path) -> tuple[list[str], list[str], list[str]]:
    """Tamperings that the check alone did not tell, those a backup did not tell either, and those that did nothing."""
    path, backup, _ = prepared(folder)
    assert check_ledger(path) == []
    silent, lost, nothing = [], [], []
    for name, what in TAMPERINGS.items():
        copy = Path(shutil.copy(path, folder / "改过.hydesk"))
        if not tamper(copy, what):
            nothing.append(name)
        elif not told(copy):
            silent.append(name)
            if not told(copy, backup):
                lost.append(name)
        copy.unlink()
    return silent, lost, nothing


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        silent, lost, nothing = run(Path(folder))
    print(f"{len(TAMPERINGS)} tamperings: {len(TAMPERINGS) - len(silent)} told by the check; not told without a backup: {silent}; "
          f"not told with one: {lost}; without effect: {nothing}")
    return 1 if lost or nothing else 0


if __name__ == "__main__":
    sys.exit(main())
