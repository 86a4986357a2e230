"""What the ledger's table shows, taken as it stands: values for a workbook, texts for paper; filters and order said in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hydesk.dataclass import dataclass
from hydesk.domain.money import MoneyUnit, in_unit
from hydesk.domain.own_columns import OwnColumn
from hydesk.services.pages.ledger_columns import FROZEN
from hydesk.services.pages.ledger_query import LedgerQuery, query_in_words
from hydesk.services.pages.ledger_rows import SUM_OF, LedgerRows, Order
from hydesk.services.pages.ledger_sums import sums_of
from hydesk.services.pages.ledger_views import View, read_order
from hydesk.services.pages.print_shown import PaperColumn, ShownPaper
from hydesk.services.projects.export_shown import ScreenColumn, ScreenTable, Value


def order_in_words(rows: LedgerRows, by: Order) -> str:
    """排序：年度计划（降）、编号（升), or 台账顺序."""
    said = [f"{rows.title(c)}（{'降' if down else '升'}）" for c, down in by]
    return "、".join(said) or "台账顺序"


@dataclass(frozen=True, slots=True)
class ShownLedger:
    """A table of the ledger: these ``columns`` of ``rows``, in that order, of them those of ``visible`` in that order.

    ``query`` and ``order`` are what it was narrowed and sorted by; ``widths`` in pixels, by column. Figures stand in ``unit``.
    """

    rows: LedgerRows
    columns: Sequence[int]
    visible: Sequence[int]
    query: LedgerQuery
    order: Order
    unit: MoneyUnit
    widths: Mapping[int, int]

    @property
    def title(self) -> str:
        """重点项目台账（2023年6月）."""
        return f"重点项目台账（{self.rows.period.label}）"

    @property
    def told(self) -> str:
        """As of when, narrowed to what, in which order."""
        return (f"数据截至{self.rows.period.label}；筛选：{query_in_words(self.query)}；"
                f"排序：{order_in_words(self.rows, self.order)}")

    def _kept(self, *, phones: bool) -> list[int]:
        return [c for c in self.columns if phones or not self.rows.columns[c].private]

    def table(self, *, phones: bool = False) -> ScreenTable:
        """As values for a workbook; telephone numbers only with ``phones``."""
        own, kept, lines = self.rows.columns, self._kept(phones=phones), self.rows.lines
        heads = [ScreenColumn(self.rows.title(c), own[c].kind, self.widths[c]) for c in kept]
        cells = [[own[c].value(lines[at], self.unit) for c in kept] for at in self.visible]
        notes = f"{self.told}；共 {len(self.visible):,} 个项目"
        return ScreenTable(self.title, notes, self.unit, heads, cells, self._totals(kept))

    def _totals(self, kept: Sequence[int]) -> list[Value]:
        whole, sums = self.rows.totals(self.visible), sums_of(self.rows, self.visible, self.unit)

        def total_of(column: int) -> Value:
            c = self.rows.columns[column]
            if c.key in SUM_OF:
                return in_unit(whole.sum(SUM_OF[c.key]), self.unit)
            if c.key == "completion":
                return sums.rate
            if c.key == "gap":
                return None if sums.gap is None else sums.gap * 100
            if isinstance(c.field, OwnColumn):
                held = self.rows.own_sum(c.field, self.visible) if c.field.is_figure else None
                return in_unit(held, self.unit) if isinstance(held, int) else held
            return sums.texts.get(c.key)

        return [total_of(c) for c in kept]

    def paper(self, said: str = "", *, phones: bool = False) -> ShownPaper:
        """As texts for paper; ``said`` goes before what the filters and the order are."""
        own, kept, lines = self.rows.columns, self._kept(phones=phones), self.rows.lines
        heads = [PaperColumn(self.rows.title(c), own[c].right, own[c].width) for c in kept]
        sums = sums_of(self.rows, self.visible, self.unit).texts
        cells = [[own[c].display(lines[at], self.unit) for c in kept] for at in self.visible]
        return ShownPaper(self.title, f"{said}{self.told}", f"单位：{self.unit.value}，共{len(self.visible):,}个项目", heads, cells,
                          [sums.get(own[c].key, "") for c in kept])


def shown_as(rows: LedgerRows, view: View, query: LedgerQuery) -> ShownLedger:
    """The table that ``view`` shows of ``rows``, of the projects that ``query`` asks for.

    A view without columns leaves them as they come with the program; of what it names, what is not there is left out.
    """
    named = view.get("columns")
    own = rows.columns
    columns = [i for i, c in enumerate(own) if c.shown] if named is None else [
        *range(FROZEN), *dict.fromkeys(i for key in named if (i := rows.index_of(str(key))) is not None and i >= FROZEN)]
    kept = view.get("widths") or {}
    unit = MoneyUnit.YI if view.get("unit") == MoneyUnit.YI.value else MoneyUnit.WAN
    if query.text and not rows.knows_initials:
        rows.know_initials()
    order = read_order(view.get("order"), rows.index_of)
    visible = rows.select(query, rows.order(*order) if order else range(len(rows)))
    return ShownLedger(rows, columns, visible, query, order, unit, {c: int(kept.get(own[c].key) or own[c].width) for c in columns})
