"""What the ledger's table shows, as values for a workbook, with filters and order said in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hydesk.domain.money import in_unit
from hydesk.domain.own_columns import OwnColumn
from hydesk.services.projects.export_shown import ScreenColumn, ScreenTable, Value
from hydesk.ui.kit.words import UNIT
from hydesk.ui.requests import LedgerQuery
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.screens.ledger.rows import SUM_OF
from hydesk.ui.screens.ledger.totals import TotalsBar

WORDS = {"units": UNIT, "categories": "类别", "stages": "阶段", "meanings": "进度", "natures": "性质", "cases": "情形",
         "levels": "级别", "chains": "产业链", "industries": "优势产业", "investors": "投资主体", "batches": "批次", "groups": "分组", "leaders": "联系领导"}
"""What the filters are called."""


def query_in_words(query: LedgerQuery) -> str:
    """筛选：县市区=衡南县、祁东县；查找“电缆”, or 全部项目."""
    parts = []
    for kind, word in WORDS.items():
        chosen = getattr(query, kind)
        if chosen:
            said = sorted(str(getattr(v, "label", None) or getattr(v, "value", None) or v or "（空）") for v in chosen)
            parts.append(f"{word}＝{'、'.join(said)}")
    parts += [c.words for c in query.more.conditions]
    if query.only:
        parts.append(query.called or "选定的项目")
    if query.text.strip():
        parts.append(f"查找“{query.text.strip()}”")
    return "；".join(parts) or "全部项目"


def order_in_words(model: LedgerModel) -> str:
    """排序：年度计划（降）、编号（升), or 台账顺序."""
    said = [f"{model.rows.title(c)}（{'降' if down else '升'}）" for c, down in model.sorted_by]
    return "、".join(said) or "台账顺序"


def shown_table(model: LedgerModel, totals: TotalsBar, columns: Sequence[int], widths: Mapping[int, int], *,
                phones: bool = False) -> Callable[[], ScreenTable]:
    """Everything on screen, taken now; the answer makes the rows of it, which may be done in a job."""
    columns_of = model.columns
    kept = [c for c in columns if phones or not columns_of[c].private]
    rows, unit, visible = model.rows, model.unit, list(model.visible)
    period = rows.period
    notes = f"数据截至{period.label}；筛选：{query_in_words(model.query)}；排序：{order_in_words(model)}；共 {len(visible):,} 个项目"
    sums = model.totals()

    def total_of(column: int) -> Value:
        c = columns_of[column]
        if c.key in SUM_OF:
            return in_unit(sums.sum(SUM_OF[c.key]), unit)
        if c.key == "completion":
            return totals.rate
        if c.key == "gap":
            return None if totals.gap is None else totals.gap * 100
        if isinstance(c.field, OwnColumn):
            held = rows.own_sum(c.field, visible) if c.field.is_figure else None
            return in_unit(held, unit) if isinstance(held, int) else held
        return totals.texts.get(c.key)

    heads = [ScreenColumn(rows.title(c), columns_of[c].kind, widths[c]) for c in kept]
    foot = [total_of(c) for c in kept]

    def make() -> ScreenTable:
        cells = [[columns_of[c].value(rows.lines[at], unit) for c in kept] for at in visible]
        return ScreenTable(f"重点项目台账（{period.label}）", notes, unit, heads, cells, foot)

    return make
