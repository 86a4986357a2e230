"""hydesk backup | restore | check | rescue."""

from __future__ import annotations

from pathlib import Path

import click

from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.findings import line
from hydesk.cli.parameters import PATH
from hydesk.cli.passwords import PASSWORD_VARIABLE, ask_password
from hydesk.cli.terminal import DONE, LOOK, say
from hydesk.domain.findings import Level


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="备份文件", type=PATH)
@option("--password", is_flag=True, help=f"加密（AES-256）；密码在提示下输入、不显示，或放在环境变量 {PASSWORD_VARIABLE} 里。")
@option("--with", "reports", multiple=True, metavar="文件", type=PATH,
        help="一起打包的报告等文件，可以写多次。")
@click.pass_obj
def backup(location: str, file: Path, password: bool, reports: tuple[Path, ...]) -> int:
    """把台账整本备份到一个文件，开着窗口也可以做。

    加了密码、带了报告或文件名以 .zip 结尾时，做成移交包：台账、附件和报告在一个 zip 里。密码忘了谁也打不开。
    """
    from hydesk.services.upkeep.backup_ledger import backup_ledger
    from hydesk.services.upkeep.open_or_create import opened

    secret = ask_password(new=True) if password else None
    with opened(location) as held:
        if secret or reports or file.suffix.lower() == ".zip":
            from hydesk.services.upkeep.pack_ledger import pack_ledger

            if file.suffix.lower() != ".zip":
                file = file.with_name(file.name + ".zip")
            pack_ledger(held, file, secret, reports)
            say(f"已打包到 {file}" + ("，已加密" if secret else "，没有加密"))
            return DONE
        backup_ledger(held, file)
    say(f"已备份到 {file}")
    return DONE


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="备份文件", type=PATH)
@click.pass_obj
def restore(location: str, file: Path) -> int:
    """用备份文件或移交包恢复台账；现在的台账先另存一份。"""
    from hydesk.services.upkeep.open_ledger import shown
    from hydesk.services.upkeep.pack_ledger import is_locked, is_package, restore_package

    restore_package(location, file, ask_password(new=False) if is_package(file) and is_locked(file) else None)
    say(f"已从 {file} 恢复台账 {shown(location)}")
    return DONE


@click.command(cls=ChineseCommand)
@option("--against", metavar="备份、PDF或封签", help="再与当时的备份、归档的 PDF 或归档单上的封签对照：那以前的内容有没有被改过。")
@click.pass_obj
def check(location: str, against: str | None) -> int:
    """检查台账文件是否完好、数字是否前后一致。

    加 --against 能看出连封签一起改过的台账；封签以后的改动看不出来。
    """
    from hydesk.services.upkeep.check_ledger import check_ledger

    findings = check_ledger(location)
    if against is not None:
        from hydesk.services.acts.ledger_seal import held_against
        from hydesk.services.upkeep.open_or_create import opened

        with opened(location) as held:
            findings += held_against(held, against)
    for finding in findings:
        say(f"  {finding.level.label} {line(finding)}")
    if any(f.level is not Level.NOTE for f in findings):
        say(f"台账检查完毕，有 {len(findings)} 处要看。")
        return LOOK
    say("台账检查完毕，没有问题。")
    return DONE


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="损坏的台账", type=PATH)
@option("--out", required=True, metavar="新台账", type=PATH, help="救出的内容写到这本新台账。")
def rescue(file: Path, out: Path) -> int:
    """从损坏的台账里救出读得出的内容，另建一本；原文件不动。最好先试最近的备份。"""
    from hydesk.services.upkeep.rescue_ledger import rescue_ledger

    saved = rescue_ledger(file, out)
    for part in saved.lost:
        say(f"  缺 {part}")
    for finding in saved.findings:
        say(f"  {finding.level.label} {line(finding)}")
    say(f"已救出 {saved.saved} 行到 {out}" + ("，请逐项核对上面所列。" if saved.lost or saved.findings else "，全部完整。"))
    return LOOK if saved.lost or saved.findings else DONE
