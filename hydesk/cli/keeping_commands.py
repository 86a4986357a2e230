"""hydesk backups: the backups that make themselves, as 设置 → 备份与恢复 shows them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.parameters import PATH
from hydesk.cli.terminal import DONE, LOOK, finish, print_table, progress_bar, say

if TYPE_CHECKING:
    from hydesk.services.upkeep.backup_index import Backup


@click.group(cls=ChineseGroup)
def backups() -> None:
    """台账旁自动留的备份：列出、立即备份、恢复演练。备份到指定的文件用 backup，恢复用 restore。"""


@backups.command("list")
@click.pass_obj
def list_backups(location: str) -> int:
    """列出备份：时间、原因、大小、打开核实过没有；超过一周没有核实过的备份，以状态 1 结束。"""
    from hydesk.services.upkeep.backup_index import backup_folder
    from hydesk.services.upkeep.backup_index import list_backups as read
    from hydesk.services.upkeep.last_proof import last_proof
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found, folder = read(held), backup_folder(held)
    if found:
        print_table(["备份时间", "原因", "大小（MB）", "打开核实", "文件"], [
            [f"{b.made:%Y-%m-%d %H:%M}", b.reason, f"{b.size / 1_000_000:.1f}", _proof(b), b.name] for b in found])
    add_to_answer(folder=str(folder), backups=[
        {"file": b.name, "made": b.made.isoformat(), "reason": b.reason, "bytes": b.size,
         "proven": b.proven.isoformat() if b.proven else None, "faults": b.faults} for b in found])
    last = last_proof(found, datetime.now())
    say(f"{len(found)} 份备份，存放在 {folder}。")
    if last.at is None:
        say("还没有打开核实过的备份，请用 hydesk backups now 备份一次。")
        return LOOK
    say(f"最近一次核实过的备份：{last.at:%Y-%m-%d %H:%M}" + ("，已超过一周，请再备份一次。" if last.old else "。"))
    return LOOK if last.old else DONE


def _proof(b: Backup) -> str:
    if b.proven is None:
        return "没有核实"
    return f"{b.proven:%Y-%m-%d %H:%M}" + (f"，有 {b.faults} 处要看" if b.faults else " 完好")


@backups.command("now")
@option("--second", type=PATH, metavar="文件夹", help="再复制一份到这里，如移动硬盘。")
@click.pass_obj
def now(location: str, second: Path | None) -> int:
    """立即备份到台账旁，打开检查；没有改动的不重复留。"""
    from hydesk.services.upkeep.backup_index import BY_HAND
    from hydesk.services.upkeep.keep_backups import keep_backup
    from hydesk.services.upkeep.open_or_create import opened

    progress = progress_bar()
    with opened(location) as held:
        kept = keep_backup(held, BY_HAND, second, progress=progress)
    finish(progress)
    add_to_answer(file=str(kept.path), made=kept.made, faults=kept.backup.faults)
    say(f"已备份到 {kept.path}，打开检查过。" if kept.made else f"与上次备份相同，没有重复留；上次的已再打开检查：{kept.path}")
    if kept.backup.faults:
        say(f"  备份里有 {kept.backup.faults} 处要看，请用 hydesk check 检查台账。")
    if kept.warning:
        say(f"  {kept.warning}")
    return LOOK if kept.backup.faults or kept.warning else DONE


@backups.command("rehearse")
@click.argument("name", metavar="文件", required=False)
@click.pass_obj
def rehearse(location: str, name: str | None) -> int:
    """恢复演练：在别处把一份备份（不写时最近的）完整恢复一遍并检查，不动现在的台账。"""
    from hydesk.domain.errors import HydeskError
    from hydesk.services.upkeep.backup_index import list_backups as read
    from hydesk.services.upkeep.keep_backups import rehearse_restore
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = read(held)
        if not found:
            raise HydeskError("还没有备份，请先用 hydesk backups now 备份一次")
        proven = rehearse_restore(held, name or found[0].name)
    add_to_answer(file=proven.name, faults=proven.faults)
    say(f"{proven.name}：能完整恢复" + (f"，但里面有 {proven.faults} 处要看。" if proven.faults else "，内容完好。"))
    return LOOK if proven.faults else DONE
