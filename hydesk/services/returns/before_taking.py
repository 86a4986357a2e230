"""签发前请看, of one return: what 入库 leaves out, takes over and lets stand, in a few lines a person reads before signing."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.dataclass import dataclass
from hydesk.domain.changes import Change
from hydesk.domain.fields import LEDGER_MONEY, Field
from hydesk.domain.findings import Finding
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.domain.own_columns import LedgerField
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot
from hydesk.domain.understanding import ReadRow
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.services.returns.taking_over import Accept

_UNEVEN = frozenset({"ytd_mismatch", "since_start_mismatch", "week_mismatch"})
_DOUBTFUL = {"copied_month": "与上月一分不差", "month_leaps": "一个月多得反常", "value_from_words": "从文字里读出", "amount_in_words": "数只写在句子里"}
_SHORT = {Field.TOTAL_INVESTMENT: "总投资", Field.ANNUAL_PLAN: "计划", Field.INVESTED_BEFORE: "上年底累计"}
_NAMED = 3


@dataclass(frozen=True, slots=True)
class BeforeTaking:
    """What is to be seen before one return is taken in. ``facts`` are those of the ledger that it would change."""

    rows: int
    """How many rows come in."""
    facts: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be seen."""
        return not self.facts and not self.lines


def before_taking(draft: ReturnDraft, accept: Accept, written: Sequence[ReadRow], sent_back: Sequence[Finding] = ()) -> BeforeTaking:
    """What 入库 of ``draft`` with what a person decided (``accept``) would do; ``written`` are the rows that come in."""
    u, here = draft.understanding, {(r.sheet, r.row) for r in written}
    held = [r for r in u.rows if (r.sheet, r.row) not in here]
    back = {(f.sheet, f.row) for f in sent_back}
    negative = {(f.sheet, f.row) for f in u.findings if f.code == "negative"}
    lines: list[str] = []
    if held:
        waits = [r for r in held if (r.sheet, r.row) not in back]
        parts = ([f"{len(waits)} 行待核"] if waits else []) + ([f"{len(held) - len(waits)} 行退回"] if len(held) > len(waits) else [])
        below = sum((r.sheet, r.row) in negative for r in held)
        lines.append(f"不入库：{'、'.join(parts)}{f'（其中负数 {below} 行）' if below else ''}：{_names(held)}")
    uneven = _rows(u.findings, _UNEVEN, here)
    if uneven:
        lines.append(f"上期＋本期 ≠ 累计 {len(uneven)} 项，照来表入库：{_names(_at(u.rows, uneven))}")
    staying = [c for c in draft.changes if c.replaces_fact and not accept.get(c.key, c.accepted)]
    if staying:
        kinds = [f"{_called(f)} {n} 项" for f, n in _by_field(staying)]
        lines.append(f"与台账不同、台账不变：{'，'.join(kinds)}")
    for code, word in _DOUBTFUL.items():
        if rows := _rows(u.findings, frozenset({code}), here):
            lines.append(f"存疑的数 {len(rows)} 项（{word}）：{_names(_at(u.rows, rows))}")
    if u.missing:
        lines.append(f"清单上还有 {len(u.missing)} 个项目没有报")
    return BeforeTaking(len(written), fact_lines(draft, accept), tuple(lines))


def fact_lines(draft: ReturnDraft, accept: Accept) -> tuple[str, ...]:
    """计划 1,005.30 → 1,022.26 亿，4 项: what the facts taken over make of the year's whole list."""
    taken = [c for c in draft.changes if c.replaces_fact and accept.get(c.key, c.accepted)]
    return tuple(_fact_line(field, [c for c in taken if c.field is field or c.field == field], draft.snapshot)
                 for field, _ in _by_field(taken))


def _fact_line(field: LedgerField, changes: Sequence[Change], snapshot: LedgerSnapshot | None) -> str:
    if not isinstance(field, Field) or field not in _SHORT or snapshot is None:
        return f"{field.label} {len(changes)} 项"
    label = _SHORT[field]
    before = sum(_amount(p, field) for p in snapshot.projects)
    after = before + sum(c.new - (c.old if isinstance(c.old, int) else 0) for c in changes if isinstance(c.new, int))
    return f"{label} {format_money(before, MoneyUnit.YI, 2)} → {format_money(after, MoneyUnit.YI, 2)} 亿，{len(changes)} 项"


def _amount(project: KnownProject, field: Field) -> int:
    assert field in LEDGER_MONEY
    return {Field.TOTAL_INVESTMENT: project.total_investment, Field.ANNUAL_PLAN: project.annual_plan,
            Field.INVESTED_BEFORE: project.invested_before}[field] or 0


def _called(field: LedgerField) -> str:
    return _SHORT.get(field, field.label) if isinstance(field, Field) else field.label


def _by_field(changes: Sequence[Change]) -> list[tuple[LedgerField, int]]:
    found: dict[LedgerField, int] = {}
    for c in changes:
        found[c.field] = found.get(c.field, 0) + 1
    return list(found.items())


def _rows(findings: Sequence[Finding], codes: frozenset[str], here: set[tuple[str, int]]) -> list[tuple[str | None, int | None]]:
    return list(dict.fromkeys((f.sheet, f.row) for f in findings if f.code in codes and (f.sheet, f.row) in here))


def _at(rows: Sequence[ReadRow], places: Sequence[tuple[str | None, int | None]]) -> list[ReadRow]:
    return [r for r in rows if (r.sheet, r.row) in places]


def _names(rows: Sequence[ReadRow]) -> str:
    shown = "、".join(" ".join(r.name.split()) or f"第{r.row}行" for r in rows[:_NAMED])
    return shown + (f" 等 {len(rows)} 项" if len(rows) > _NAMED else "")
