"""hydesk backup | restore | check."""

from __future__ import annotations

from pathlib import Path

import click

from hydesk.cli.chinese import ChineseCommand
from hydesk.cli.findings import line
from hydesk.cli.screen import DONE, LOOK, say
from hydesk.domain.findings import Level


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="备份文件", type=click.Path(path_type=Path))
@click.pass_obj
def backup(location: str, file: Path) -> int:
    """把台账整本备份到一个文件，开着窗口也可以做。"""
    from hydesk.services.backup_ledger import backup_ledger
    from hydesk.services.open_or_create import opened

    with opened(location) as held:
        backup_ledger(held, file)
    say(f"已备份到 {file}")
    return DONE


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="备份文件", type=click.Path(path_type=Path))
@click.pass_obj
def restore(location: str, file: Path) -> int:
    """用备份文件恢复台账；现在的台账先另存一份。"""
    from hydesk.services.backup_ledger import restore_ledger

    restore_ledger(location, file)
    say(f"已从 {file} 恢复台账 {location}")
    return DONE


@click.command(cls=ChineseCommand)
@click.pass_obj
def check(location: str) -> int:
    """检查台账文件是否完好、数字是否前后一致。"""
    from hydesk.services.check_ledger import check_ledger

    findings = check_ledger(location)
    for finding in findings:
        say(f"  {finding.level.label} {line(finding)}")
    if any(f.level is not Level.NOTE for f in findings):
        say(f"台账检查完毕，有 {len(findings)} 处要看。")
        return LOOK
    say("台账检查完毕，没有问题。")
    return DONE
