"""Whether the change log still fits its seals: where it does not, somebody altered it behind the program's back."""

from __future__ import annotations

from itertools import islice

from sqlalchemy import Connection, select

from hydesk.db.models import Act
from hydesk.db.seals import broken
from hydesk.domain.findings import Finding, Level

SAID = {
    "altered": "的修改记录被改动过，与封签不符",
    "missing": "之前有修改记录的封签被删去或调换",
    "unsealed": "的修改记录没有封签，不是本程序写入的",
    "state": "的撤销状态被改动过，与封签不符",
}
FEW = 20


def check_log(connection: Connection) -> list[Finding]:
    """One finding for every place where the change log was altered; empty when it is as it was written."""
    found = list(islice(broken(connection), FEW))
    wanted = {b.act_id for b in found if b.act_id is not None}
    acts = {r.id: r for r in connection.execute(
        select(Act.id, Act.title, Act.actor, Act.at).where(Act.id.in_(wanted)))}
    findings = []
    for b in found:
        act = acts.get(b.act_id) if b.act_id is not None else None
        what = f"{act.at.astimezone():%Y-%m-%d %H:%M} {act.actor}“{act.title}”" if act else f"第 {b.seal} 步"
        at = f"修改记录第 {b.seal} 步：" if b.seal else "修改记录："
        findings.append(Finding(Level.ERROR, "log_broken",
                                f"{at}{what}{SAID[b.fault]}；请与当时的备份核对，查明是谁改的，必要时用备份恢复"))
    return findings
