"""The states of a return: what is stored, and the word that says it everywhere (docs/rules.md §7)."""

from __future__ import annotations

APPLIED, PARTLY_APPLIED = "applied", "partly_applied"
"""A kept file: all its rows were written, or some wait for a person."""
RECEIVED, SENT_BACK, DROPPED = "received", "sent_back", "dropped"
"""A kept return that waits to be reviewed, that went back to its unit, or that was put aside unread."""
READY, NEEDS_PERSON, UNCHANGED, REJECTED = "ready", "needs_person", "unchanged", "rejected"
"""A return as read, before anybody decided."""
DRY_RUN = "dry_run"
"""Read on trial only."""
IN_FORCE = (APPLIED, PARTLY_APPLIED)
"""States of kept files that wrote to the ledger."""
STATE_WORDS = {
    APPLIED: "已入库", PARTLY_APPLIED: "部分入库", RECEIVED: "待核",
    SENT_BACK: "已退回", UNCHANGED: "无变化", REJECTED: "未入库",
    DRY_RUN: "试读",
}


def state_word(status: str, *, undone: bool = False, superseded_by: int | None = None) -> str:
    """How what became of a kept return is said: undone and replaced before what it was."""
    if undone:
        return "已撤销"
    if superseded_by is not None:
        return f"已被 {superseded_by} 号代替"
    return STATE_WORDS.get(status) or status
