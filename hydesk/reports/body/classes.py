"""分类情况: what each level, class, nature and industry has done, in a sentence each; the tables where the office wants them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hydesk.domain.fields import NATURES
from hydesk.domain.measures.totals import group_by, sum_up
from hydesk.domain.standing import ProjectStanding
from hydesk.reports import tables
from hydesk.reports.basis import Basis
from hydesk.reports.figures import Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.model import Annex, Block, Section
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.words import clean, count, joined, money, percent, sentence

CATEGORIES = ("产业发展", "基础设施", "社会民生", "生态环保")
_UNSAID = "未分类"
Side = tuple[str, str, Callable[[ProjectStanding], str], Sequence[str]]
"""Key of the figures, what it divides by, how a project tells it, in which order."""
CLASS: Side = ("category", "类别", lambda p: p.category, CATEGORIES)
NATURE: Side = ("nature", "建设性质", lambda p: p.nature, NATURES)
LEVEL: Side = ("level", "级别", lambda p: p.level, ("省", "市"))
INDUSTRY: Side = ("industry", "行业", lambda p: p.industry, ())


def classes(basis: Basis) -> Section | None:
    """By class and by nature."""
    if not basis.projects:
        return None
    blocks: list[Block] = []
    if basis.as_of is not None:
        blocks.append(Paragraph((_said(basis, NATURE, "性质"), _said(basis, CLASS, "类别"))))
    if basis.has("table:classes") or not blocks:
        blocks += [tables.group_table(basis, key, f"分{name}投资完成情况表", "性质" if key == "nature" else name, of, order)
                   for key, name, of, order in (CLASS, NATURE)]
    return Section("分类情况", tuple(blocks))


def _said(basis: Basis, side: Side, by: str) -> Sentence:
    """分类别看，产业发展200个，完成投资300亿元，占年度计划的52.00%；…"""
    key, _, of, order = side
    clauses: list[tuple[Part, ...]] = []
    for name, items in group_by(basis.projects, lambda p: of(p) or _UNSAID, order).items():
        t, scope = sum_up(items), f"{key}:{name}"
        done = t.known("year_investment")
        said: tuple[Part, ...] = (f"{clean(name)}项目", count(t.count, f"{scope}.count"), "个")
        if done:
            said += ("，完成投资", *money(done, f"{scope}.year"))
        elif done is not None:
            said += ("，没有完成投资",)
        if t.completion is not None and done:
            said += ("，占年度计划的", percent(t.completion, f"{scope}.rate"), "%")
        clauses.append(said)
    return sentence(f"分{by}看，", joined(clauses, "；"), "。", key=f"classes.{key}")


def classes_annex(basis: Basis, label: str) -> Annex | None:
    """Every class, nature, level and industry with all its sums, each division adding up to the whole."""
    if not basis.projects:
        return None
    columns = (PrintColumn("name", ("分类",), Align.LEFT, weight=1), *tables.amount_columns(basis))
    rows: list[PrintRow] = []
    for key, name, of, order in (LEVEL, CLASS, NATURE, INDUSTRY):
        groups = group_by(basis.projects, lambda p, of=of: of(p) or _UNSAID, order)  # type: ignore[misc]
        if len(groups) < 2 and key in ("level", "industry"):
            continue
        rows.append(PrintRow((f"按{name}",), PrintRowKind.GROUP, key))
        rows += [PrintRow((clean(told), *tables.amounts(basis, items, sum_up(items), f"{key}:{told}")), scope=f"{key}:{told}")
                 for told, items in groups.items()]
        rows.append(PrintRow(("小计", *tables.amounts(basis, basis.projects, basis.totals, "all")), PrintRowKind.SUBTOTAL, f"{key}:"))
    title = f"分类投资完成情况表（{basis.period.label}）"
    return Annex(label, PrintTable("classes_all", title, tables.UNIT, columns, tuple(rows), (tables.RATE_NOTE,), label))
