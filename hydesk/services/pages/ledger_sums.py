"""The sums of some of the ledger's rows, as texts under its columns."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.meaning import Meaning
from hydesk.domain.money import NO_FIGURE, MoneyUnit, format_money, format_percent, format_points
from hydesk.domain.own_columns import show_own_value
from hydesk.services.pages.ledger_rows import SUM_OF, LedgerRows


@dataclass(frozen=True, slots=True)
class ShownSums:
    """``texts`` by the key of the column; the rate and what it lacks of time, as shown, as numbers."""

    texts: dict[str, str]
    rate: Decimal | None
    gap: Decimal | None
    meaning: Meaning


def sums_of(rows: LedgerRows, chosen: Sequence[int], unit: MoneyUnit, pending: int = 0) -> ShownSums:
    """The sums over ``chosen`` of ``rows``, money in ``unit``; ``pending``: how many cells show what no sum has yet."""
    t = rows.totals(chosen)
    rate = t.completion
    by, at = rows.yardstick, rows.compare_at(chosen)
    done, plan = t.known("year_investment"), t.annual_plan
    gap = by.shown_gap_of(done, plan, at)
    texts = {key: format_money(t.known(name), unit) for key, name in SUM_OF.items()}
    for own in rows.own:
        if own.is_figure:
            texts[own.key] = show_own_value(rows.own_sum(own, chosen), unit) or NO_FIGURE
    both = rows.both_counts(chosen)
    counted = f"{t.count:,} 个" + (f"，打包拆分后 {both.split:,} 个" if both.packages else "")
    counted += f"，未含 {pending:,} 处" if pending else ""
    texts |= {"code": "合计", "name": counted, "completion": format_percent(rate), "gap": format_points(gap)}
    return ShownSums(texts, rate, gap, by.lamp_of(done, plan, at).meaning)
