"""What a person's answers in the review make of a return's values: which come in, which cannot (docs/rules.md §7.4, §7.5).

Pure: the words of ``domain.questions`` in, yes or no out; the window and any other front end weigh by these alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from hydesk.domain.changes import Change
from hydesk.domain.findings import Finding, Level
from hydesk.domain.own_columns import LedgerField
from hydesk.domain.questions import BACK, TAKEN
from hydesk.services.returns.read_return import ReturnDraft

ChangeKey = tuple[str, LedgerField]
"""Names a change of a return: project and field."""


def about(finding: Finding, change: Change) -> bool:
    """Whether ``finding``, of the same row, speaks of the very value that ``change`` would write."""
    if finding.field is None:
        return finding.code == "own_changed" and bool(finding.cell) and finding.cell == change.cell
    return finding.field is change.field


def change_comes_in(change: Change, row: Sequence[Change], findings: Sequence[Finding], words: Mapping[int, str]) -> bool:
    """Whether ``change`` is written, by what was answered (``words``, by the id of a finding) about its ``row``.

    A fact of the ledger gives way only where its own finding was taken over. A row with errors comes in only where every
    one of them was; what is sent back is left out. A figure that a person edited in the ledger, or that was read out of a
    sentence, comes in only where its own finding was taken over too.
    """
    if change.refused:
        return False
    own = [f for f in findings if about(f, change)]
    if change.replaces_fact:
        return any(words[id(f)] == TAKEN for f in own)
    errors = [f for f in findings if f.level is Level.ERROR]
    said = [words[id(f)] for f in errors]
    if BACK in said or _warned_back(change, row, findings, words):
        return False
    if any(word != TAKEN for word in said):
        return False
    asked = [f for f in own if f.level is Level.WARNING and f.code in ("ledger_edited", "amount_in_words")]
    if asked:
        return all(words[id(f)] == TAKEN for f in asked)
    return bool(errors) or change.accepted


def _warned_back(change: Change, row: Sequence[Change], findings: Sequence[Finding], words: Mapping[int, str]) -> bool:
    """Whether a warning that was sent back leaves ``change`` out: its own value, or the whole row where it names none."""
    back = [f for f in findings if f.level is not Level.ERROR and words[id(f)] == BACK]
    return any(about(f, change) or not any(about(f, c) for c in row) for f in back)


def taken_by(row: Sequence[Change], findings: Sequence[Finding], answered: Iterable[Finding]) -> list[Change]:
    """The changes of a row that taking over the ``answered`` findings is about: facts by name, a row's figures by its errors."""
    asked = [f for f in findings if any(f is a or f == a for a in answered)]
    errors = any(f.level is Level.ERROR for f in asked)
    return [c for c in row if not c.refused and (any(about(f, c) for f in asked) or (errors and not c.replaces_fact))]


def why_not_taken(draft: ReturnDraft, findings: Iterable[Finding], changes_of: Callable[[str | None, int | None], list[Change]]) -> str:
    """Why ``findings`` cannot be taken over, in a sentence; empty where they can."""
    for f in findings:
        if f.row is None:
            return "说的是整张表，没有单个的数可以采用"
        row = next((r for r in draft.understanding.rows if (r.sheet, r.row) == (f.sheet, f.row)), None)
        if row is None or row.project is None:
            return "还没有指明是台账里的哪个项目"
        changes = changes_of(f.sheet, f.row)
        refused = next((c.refused for c in changes if c.refused and (about(f, c) or (f.level is Level.ERROR and not c.replaces_fact))), "")
        if refused:
            return f"台账不收：{refused.rstrip('，请核对')}。请另填或退回"
        if not taken_by(changes, [f], [f]):
            return "来表没有可以采用的数"
    return ""
