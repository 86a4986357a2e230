"""hydesk ledger batches: the batches of a year's list, their date and document (项目清单管理 → 批次)."""

from __future__ import annotations

from datetime import date

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.parameters import DAY, YEAR
from hydesk.cli.table_commands import ledger
from hydesk.cli.terminal import DONE, NOTHING, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.nearest import none_called

__all__ = ["ledger"]


@ledger.command("batches")
@click.argument("name", metavar="批次", required=False)
@option("--year", required=True, type=YEAR, metavar="年份", help="哪一年的清单。")
@option("--on", "day", type=DAY, metavar="日期", help="印发日期，如 2023-02-20。")
@option("--document", metavar="文号", help="如 衡重点〔2023〕1号；写 \"\" 即清空。")
@option("--no-date", is_flag=True, help="清空印发日期。")
@click.pass_obj
def batches(location: str, name: str | None, year: int, day: date | None, document: str | None, no_date: bool) -> int:
    """清单的批次：不带批次时列出各批的个数、投资、印发日期和文号；带批次时改日期、文号，没有写的不变。可以撤销。"""
    from hydesk.domain.money import format_money
    from hydesk.services.projects.edit_batch import edit_batch
    from hydesk.services.projects.list_batches import list_batches
    from hydesk.services.upkeep.open_or_create import opened

    asked = day is not None or document is not None or no_date
    if (name is None) == asked:
        raise click.UsageError("没有写是哪一批" if name is None else "没有写要改什么，可用 --on、--no-date、--document")
    if day is not None and no_date:
        raise click.UsageError("--on 和 --no-date 只能写一个")
    with opened(location) as held:
        found = list_batches(held, year)
        changed = 0
        if name is not None:
            old = next((b for b in found if b.name == name.strip() and b.name), None)
            if old is None:
                raise HydeskError(f"{year}年清单里{none_called(name.strip(), '批次', [b.name for b in found if b.name])}。什么也没有改")
            changed = edit_batch(held, year, old.name, None if no_date else day or old.published_on,
                                 old.document if document is None else document).value
            found = list_batches(held, year)
    add_to_answer(year=year, batches=[{
        "name": b.name or None, "published_on": b.published_on and b.published_on.isoformat(), "document": b.document or None, "count": b.count,
        "dropped": b.dropped, "total_investment": b.total_investment, "annual_plan": b.annual_plan} for b in found])
    if name is not None:
        say(f"批次“{name.strip()}”的日期和文号已保存。" if changed else f"批次“{name.strip()}”与原来相同，没有改动。")
        return DONE if changed else NOTHING
    if not found:
        say(f"{year}年还没有项目清单。")
        return NOTHING
    print_table(["批次", "印发日期", "文号", "项目", "退出", "总投资（万元）", "年度计划（万元）"], [
        [b.name or "（没有写批次）", b.published_on or "", b.document, b.count, b.dropped, format_money(b.total_investment), format_money(b.annual_plan)]
        for b in found])
    say(f"{year}年清单 {len(found)} 批，{sum(b.count for b in found)} 个项目。")
    return DONE
