"""Whether the files that belong to projects are all there, with the content they came with."""

from __future__ import annotations

from sqlalchemy import Connection, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Attachment, Project
from hydesk.db.queries import AnyRow
from hydesk.domain.file_names import last_name
from hydesk.domain.findings import Finding, Level
from hydesk.services.projects.attach_file import NAMELESS, attachment_folder, digest_of, lies_there, place_of
from hydesk.services.projects.server_attachments import digests_on_server


def attachment_findings(connection: Connection, ledger: Ledger) -> list[Finding]:
    """Attachments whose file is missing or no longer what was kept."""
    if ledger.keeper is not None:
        return _findings_on_server(connection, ledger)
    folder = attachment_folder(ledger)
    query = select(Attachment.name, Attachment.stored, Attachment.sha256, Attachment.size, Project.name.label("project"), Project.code).join(
        Project, Project.id == Attachment.project_id).where(Attachment.present).order_by(Attachment.id)
    findings = []
    for r in connection.execute(query):
        path, name = place_of(folder, r.stored), last_name(r.name or "", NAMELESS)
        if not lies_there(path):
            findings.append(_lost(r, name, f"应在“{folder.name}”文件夹里"))
        elif r.size not in (None, path.stat().st_size) or digest_of(path) != r.sha256:  # one swollen to fill the disk is not read
            findings.append(_changed(r, name))
    return findings


def _findings_on_server(connection: Connection, ledger: Ledger) -> list[Finding]:
    held = digests_on_server(ledger)
    query = select(Attachment.name, Attachment.stored, Attachment.sha256, Project.name.label("project"), Project.code).join(
        Project, Project.id == Attachment.project_id).where(Attachment.present).order_by(Attachment.id)
    findings = []
    for r in connection.execute(query):
        name = last_name(r.name or "", NAMELESS)
        if r.stored not in held:
            findings.append(_lost(r, name, "应在台账服务器上"))
        elif held[r.stored] != r.sha256:
            findings.append(_changed(r, name))
    return findings


def _lost(row: AnyRow, name: str, where: str) -> Finding:
    return Finding(Level.ERROR, "attachment_missing", f"“{row.project}”的附件“{name}”不见了，{where}；请从备份找回，或重新添加",
                   project=row.code)


def _changed(row: AnyRow, name: str) -> Finding:
    return Finding(Level.ERROR, "attachment_changed", f"“{row.project}”的附件“{name}”与添加时不一致，"
                   "可能被改动或损坏；请从备份找回，或重新添加", project=row.code)
