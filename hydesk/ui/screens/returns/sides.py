"""A finding's figure from four sides, as texts: last period, as sent, the ledger, what would be written."""

from __future__ import annotations

from hydesk.dataclass import dataclass
from hydesk.domain.changes import Change
from hydesk.domain.fields import LEDGER_MONEY, PROGRESS_MONEY, Field
from hydesk.domain.findings import Finding
from hydesk.domain.money import NO_FIGURE, format_money
from hydesk.domain.snapshot import KnownProject
from hydesk.domain.understanding import ReadRow
from hydesk.services.returns.weigh_answers import about
from hydesk.ui.screens.returns.projects import say, shortened
from hydesk.ui.screens.returns.waiting import WaitingDraft

OUT, STAYS = "不入库", "台账不变"


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its head, the figure, and a few words below."""

    head: str
    figure: str
    below: str = ""
    field: Field | None = None
    """The figure can be traced to its file and cell: this field, of the period before (``before``) or this one."""
    before: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """The four sides of one finding; ``pending``: the last one is proposed or accepted and differs from the ledger."""

    last: Side
    sent: Side
    ledger: Side
    written: Side
    pending: bool
    gap: str = ""
    """What was sent less what stands beside it."""


def row_of(waiting: WaitingDraft, finding: Finding) -> ReadRow | None:
    """The project's row that ``finding`` is about."""
    return next((r for r in waiting.draft.understanding.rows if (r.sheet, r.row) == (finding.sheet, finding.row)), None)


def known_of(waiting: WaitingDraft, code: str | None) -> KnownProject | None:
    """The project as the ledger has it."""
    snapshot = waiting.draft.snapshot
    return next((p for p in snapshot.projects if p.code == code), None) if snapshot is not None and code else None


def change_about(waiting: WaitingDraft, finding: Finding) -> Change | None:
    """The value that ``finding`` is about, where 入库 could write it."""
    return next((c for c in waiting.changes_of(finding.sheet, finding.row) if about(finding, c)), None)


def sides_of(waiting: WaitingDraft, finding: Finding) -> Sides | None:
    """The four sides of ``finding``; None where it is about no single value of a known project."""
    row = row_of(waiting, finding)
    known = known_of(waiting, row.project) if row is not None else None
    change = change_about(waiting, finding)
    field = finding.field
    if row is None or known is None or (field is None and change is None):
        return None
    if field in PROGRESS_MONEY:
        assert field is not None
        return _of_period(waiting, finding, row, known, field, change)
    held = change.old if change is not None else getattr(known, field.value, None) if field in LEDGER_MONEY and field else None
    if change is None and field not in LEDGER_MONEY:
        return None
    words = row.name if field is Field.NAME else change.words if change is not None else row.words.get(field, "") if field else ""
    label = change.field.label if change is not None else field.label if field else ""
    gap = _gap(held, change.new if change is not None else None)
    written, pending = _written(waiting, change, held)
    return Sides(Side(f"台账的{_short(label)}", say(held), "清单上的"), Side("来表写", shortened(words) or "空着", _cell(finding)),
                 Side("相差", gap), written, pending, gap)


def _of_period(waiting: WaitingDraft, finding: Finding, row: ReadRow, known: KnownProject, field: Field, change: Change | None) -> Sides:
    period, past = waiting.draft.period, known.previous
    when = past.period.short_label if past is not None else period.previous().short_label
    before = past.money.get(field) if past is not None else None
    last = Side(f"上期 {when}", say(before), "看来源 F3" if before is not None else "没有报过", field if before is not None else None, before=True)
    words = row.words.get(field, "")
    read = row.values.get(field)
    as_read = f"读作 {say(read)}" if isinstance(read, int) and say(read).replace(",", "") not in (words.replace(",", ""), f"{words}.00") else ""
    sent = Side(f"来表 {period.short_label}", shortened(" ".join(words.split())) or "空着", "，".join(p for p in (_cell(finding), as_read) if p))
    current = known.current.money.get(field) if known.current is not None else None
    if current is not None:
        ledger = Side("台账本期", say(current), "已入库的", field)
    elif field is not Field.YEAR_INVESTMENT:
        done, new = (past.money.get(Field.YEAR_INVESTMENT) if past is not None else None), row.values.get(Field.YEAR_INVESTMENT)
        ledger = Side("累计 上期 → 本期", f"{say(done)} → {say(new)}", _difference(done, new))
    else:
        ledger = Side("本月完成", say(row.values.get(Field.MONTH_INVESTMENT)), _difference(before, read, "累计差 "))
    gap = _gap(before, read)
    proposed = finding.suggestion
    if proposed is not None and (change is None or not waiting.accepted(change)):
        return Sides(last, sent, ledger, Side("将入库（万元）", format_money(proposed), "按建议更正"), True, gap)
    written, pending = _written(waiting, change, current)
    return Sides(last, sent, ledger, written, pending, gap)


def _written(waiting: WaitingDraft, change: Change | None, held: object) -> tuple[Side, bool]:
    if change is None:
        return Side("将入库（万元）", say(held) if isinstance(held, int) else NO_FIGURE, "没有变化"), False
    if waiting.accepted(change):
        reason = waiting.reasons.get(change.key, "")
        return Side("将入库（万元）" if isinstance(change.new, int) else "将入库", say(change.new), f"理由：{reason}" if reason else "照来表"), True
    if change.replaces_fact:
        return Side("将入库", STAYS, f"仍是 {say(change.old)}"), False
    return Side("将入库", OUT, "台账不收" if change.refused else "这一行待核"), False


def _short(label: str) -> str:
    return label if len(label) <= 6 else {"截至上年底累计完成投资": "上年底累计"}.get(label, label[:6])


def _cell(finding: Finding) -> str:
    return f"{finding.cell} 格" if finding.cell else ""


def _gap(held: object, new: object) -> str:
    if isinstance(held, int) and isinstance(new, int):
        return f"{'+' if new > held else ''}{format_money(new - held)}"
    return NO_FIGURE


def _difference(before: object, after: object, begin: str = "差 ") -> str:
    return f"{begin}{format_money(after - before)}" if isinstance(before, int) and isinstance(after, int) else ""
