"""hydesk ledger roll-over."""

from __future__ import annotations

from pathlib import Path

import click

from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.parameters import PATH
from hydesk.cli.terminal import DONE, LOOK, finish, print_table, progress_bar, say
from hydesk.domain.money import format_money
from hydesk.domain.rollover import RollSums, sums


@click.command("roll-over", cls=ChineseCommand)
@option("--year", required=True, type=click.IntRange(1990, 2198), metavar="年份", help="结转哪一年，如 2023：转到 2024 年。")
@option("--dry-run", is_flag=True, help="只看谁会结转、合计多少，不写入。")
@option("--leave-out", "leave_out", multiple=True, metavar="编号", help="不结转这个项目；可写多次。")
@option("--take", multiple=True, metavar="编号", help="已退出或竣工的这个项目也结转；可写多次。")
@option("--batch", default="结转", metavar="批次", help="新一年里的批次名称。")
@option("--with-plans", is_flag=True, help="把建议的年度计划（剩余投资按剩余年限分摊）一并写入；不写时留空。")
@option("--backup", type=PATH, metavar="文件", help="结转前的备份存到哪里；不写时在台账旁的 backups 里（服务器上的台账不写就不另存）。")
@click.pass_obj
def roll_over(
    location: str, year: int, dry_run: bool, leave_out: tuple[str, ...], take: tuple[str, ...], batch: str,
    with_plans: bool, backup: Path | None,
) -> int:
    """年度结转：没有完成的项目转入下一年清单。先备份，合计核对一致才写入；可以整个撤销。"""
    from hydesk.services.upkeep.open_or_create import opened
    from hydesk.services.upkeep.roll_over_year import find_codes, plan_roll_over, roll_over_year

    progress = progress_bar()
    with opened(location) as held:
        plan = plan_roll_over(held, year)
        out, back = find_codes(plan, leave_out), find_codes(plan, take)
        chosen = plan.chosen(out, back)
        ids = {c.id for c in chosen}
        rows = [(c.code, c.name, "结转" if c.id in ids else c.why or "不结转", c.nature,
                 format_money(c.invested_before), "；".join(c.doubts)) for c in plan.carried]
        print_table(("编号", "项目名称", "去向", "建设性质", f"截至{year}年底累计（万元）", "要看的"), rows)
        say(sums_sentence(year, sums(chosen)))
        if not dry_run:
            done = roll_over_year(held, plan, out=out, back=back, with_plans=with_plans, batch=batch, backup=backup,
                                  progress=progress).value
            finish(progress)
            say(f"已结转 {done.sums.count} 个项目到{year + 1}年，合计核对一致。" + (f"结转前的备份：{done.backup}" if done.backup else ""))
    return LOOK if any(c.doubts for c in chosen) else DONE


def sums_sentence(year: int, found: RollSums) -> str:
    """The check sums in one sentence."""
    return (f"结转 {found.count} 项，总投资 {format_money(found.total_investment)} 万元；截至{year - 1}年底累计 "
            f"{format_money(found.before)} 万元 ＋ {year}年完成 {format_money(found.done)} 万元 ＝ 截至{year}年底累计 "
            f"{format_money(found.after)} 万元（{'一致' if found.agrees else '不一致'}）。")
