"""hydesk completion: commands, options and choices completed by the Tab key in the shells that offices and servers have."""

from __future__ import annotations

import os

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

from hydesk.cli.chinese import ChineseCommand

VARIABLE = "_HYDESK_COMPLETE"
"""The environment variable by which a shell asks the program what could follow; click's way (``start`` looks for it)."""
_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName hydesk, hydesk-cli -ScriptBlock {
    param($word, $line, $position)
    $typed = $line.ToString().Substring(0, [Math]::Min($position - $line.Extent.StartOffset, $line.ToString().Length))
    $env:_HYDESK_COMPLETE = 'powershell_complete'
    $env:COMP_LINE = $typed
    $env:COMP_WORD = $word
    $before = [Console]::OutputEncoding
    [Console]::OutputEncoding = [Text.Encoding]::UTF8
    try {
        & $line.CommandElements[0].ToString() | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
        }
    } finally {
        [Console]::OutputEncoding = $before
        Remove-Item Env:_HYDESK_COMPLETE, Env:COMP_LINE, Env:COMP_WORD -ErrorAction SilentlyContinue
    }
}
"""


class PowerShellComplete(ShellComplete):
    """Windows' shell: one line each, the word and after a tab what it means."""

    name = "powershell"
    source_template = _POWERSHELL

    def source(self) -> str:
        """The script as it is: PowerShell's own signs would be taken for places to fill in."""
        return self.source_template

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is typed, and that one."""
        words = split_arg_string(os.environ.get("COMP_LINE", ""))[1:]
        typed = os.environ.get("COMP_WORD", "").strip("'\"")
        return (words[:-1] if typed and words else words), typed

    def format_completion(self, item: CompletionItem) -> str:
        """``word<TAB>meaning``."""
        return f"{item.value}\t{' '.join((item.help or '').split())}"


_SHELLS: dict[str, type[ShellComplete]] = {
    "bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete, "powershell": PowerShellComplete}


def teach_powershell() -> None:
    """Let click answer PowerShell, which it does not know by itself."""
    add_completion_class(PowerShellComplete)


@click.command(cls=ChineseCommand, epilog=(
    "bash：把 eval \"$(hydesk completion bash)\" 写进 ~/.bashrc。PowerShell：把 hydesk completion powershell | Out-String | "
    "Invoke-Expression 写进 $PROFILE。新开一个窗口后按 Tab。"))
@click.argument("shell", metavar="命令行", type=click.Choice(list(_SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """让命令行按 Tab 补全 hydesk 的命令、选项和可选的值：bash、zsh、fish、powershell。"""
    root = context.find_root()
    click.echo(_SHELLS[shell](root.command, {}, "hydesk", VARIABLE).source())
    return 0
