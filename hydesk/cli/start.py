"""The entry point: reads the words typed, turns every failure into one sentence and an exit status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path

import click

from hydesk import __version__
from hydesk.cli.chinese import ChineseCommand, ChineseGroup, option, usage_sentence
from hydesk.cli.crash_log import unexpected
from hydesk.cli.parameters import PATH
from hydesk.cli.places import MODULES
from hydesk.cli.terminal import DONE, NOTHING, USAGE, say, speak_utf8
from hydesk.domain.errors import Cancelled, HydeskError, machine_sentence
from hydesk.numpy_aside import keep_aside
from hydesk.services.upkeep.default_ledger import LEDGER_VARIABLE, default_ledger
from hydesk.stand_ins import let_stand_in

LEDGER_SUFFIX = ".hydesk"
COMPLETE_VARIABLE = "_HYDESK_COMPLETE"
LOOKING = (None, "ledger", "returns", "template", "fill", "nodes", "problems", "register", "report", "rules", "doubts", "forecast", "acts", "pictures",
           "adjustments", "sentences", "figures", "cross", "leaders", "chart", "meeting", "chains", "project", "plans", "columns", "units", "archive", "work")
"""Commands that can be given a past ledger; what they would write to it is refused."""


class Program(ChineseGroup):
    """All of hydesk. Its commands are imported once one is asked for: the window starts without them."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """As click: the command of that name."""
        place = MODULES.get(cmd_name)
        if place is None:
            self._load()
        elif cmd_name not in self.commands:
            self.add_command(getattr(import_module(f"hydesk.cli.{place}"), cmd_name))
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """As click: the names, in order."""
        self._load()
        return super().list_commands(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click: the commands with a line each, here in the order of the office's week; what no part names stands last."""
        from hydesk.cli.commands import WEEK

        parts = [(heading, [c for c in own if not c.hidden]) for heading, own in WEEK]
        heading, last = parts[-1]
        named = {c.name for _, own in parts for c in own}
        parts[-1] = (heading, [*last, *(c for name in self.list_commands(ctx) if name not in named and (c := self.commands[name]) and not c.hidden)])
        widest = max(len(str(c.name)) for _, own in parts for c in own)
        for heading, own in parts:
            with formatter.section(heading):
                formatter.write_dl([(f"{c.name:<{widest}}", c.get_short_help_str(limit=200)) for c in own])

    def _load(self) -> None:
        from hydesk.cli.commands import COMMANDS

        for command in COMMANDS:
            self.add_command(command)


@click.group(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="退出状态：0 完成，没有要看的；1 完成，但有行或文件要人看；2 写法不对；3 什么也没有做成。",
)
@option("--ledger", metavar="文件或网址", help=f"台账；不写时用 {LEDGER_VARIABLE} 所指的，再没有就用用户数据文件夹里的。")
@option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), metavar="日期",
        help="看台账在那一天结束时（或 2023-06-30T15:00 这一刻）的样子；只能看，不能改。")
@option("--demo", "with_demo", is_flag=True, help="打开窗口时，还没有台账就直接建演示台账，不问从哪里开始。")
@option("--version", is_flag=True, help="显示版本。")
@click.pass_context
def hydesk(context: click.Context, ledger: str | None, as_of: datetime | None, with_demo: bool, version: bool) -> int:
    """衡阳市重点建设项目台账：收报、核对、入库、出报告。不带命令时打开窗口。"""
    context.obj = ledger or default_ledger()
    context.meta["named"] = bool(ledger or os.environ.get(LEDGER_VARIABLE))
    if as_of is not None:
        if context.invoked_subcommand not in LOOKING:
            raise click.UsageError(f"--as-of 只用于看：{'、'.join(str(c) for c in LOOKING if c)}，或打开窗口", context)
        from hydesk.services.upkeep.open_or_create import PastLocation

        moment = as_of.astimezone() if as_of.hour or as_of.minute else as_of.date()
        context.obj = PastLocation.of(context.obj, moment)
    if version:
        click.echo(f"hydesk {__version__}")
        context.exit(DONE)
    if context.invoked_subcommand:
        return DONE
    return open_window(context.obj if context.meta["named"] or as_of else None, demo=with_demo)


def open_window(location: str | None, pictures: Path | None = None, size: tuple[int, int] = (1366, 768), *,
                demo: bool = False) -> int:
    """Opens the window on the ledger at ``location`` (None: the last one); where there is no display, says so."""
    if not has_display():
        raise HydeskError(
            "这里没有图形界面，窗口打不开。请在桌面上运行，或改用命令：hydesk --help 列出全部命令，"
            "hydesk demo --out out 不开窗口做一遍演示。"
        )
    gc.disable()  # while the window's parts are imported; from then on it collects by itself (hydesk.ui.garbage)
    from hydesk.load_qt import load_qt

    load_qt()
    from hydesk.app import run

    return run(location, pictures, size, demo=demo)


def has_display() -> bool:
    """Whether a window can be shown: always on Windows and macOS, elsewhere when a display is named."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


@click.command(cls=ChineseCommand)
@option("--out", "out", type=PATH, required=True, metavar="文件夹", help="图片存在哪里。")
@option("--size", default="1366x768", metavar="宽x高", help="窗口大小，像素。")
@click.pass_obj
def pictures(location: str, out: Path, size: str) -> int:
    """把窗口的每个画面存成一张图片。"""
    width, _, height = size.partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise click.BadParameter("窗口大小应写成 宽x高，例如 1366x768", param_hint="--size")
    return open_window(location, out, (int(width), int(height)))


hydesk.add_command(pictures)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line (``sys.argv`` when ``arguments`` is None) and answers the exit status; never raises."""
    speak_utf8()
    if arguments is None:
        keep_aside()
        let_stand_in()
    sys.unraisablehook = lambda _unraisable: None  # what fails while being thrown away was told already
    try:
        if COMPLETE_VARIABLE in os.environ:
            from hydesk.cli.completion_command import teach_powershell

            teach_powershell()
        words = list(sys.argv[1:] if arguments is None else arguments)
        status = hydesk.main(args=opened_file(words), prog_name="hydesk", standalone_mode=False)
        return status if isinstance(status, int) else DONE
    except SystemExit as end:  # click's, once it has told a shell what could follow
        return end.code if isinstance(end.code, int) else DONE
    except click.UsageError as error:
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            say(error.format_message())
        else:
            say(usage_sentence(error))
        return USAGE
    except HydeskError as error:
        say(str(error))
    except (click.Abort, Cancelled, KeyboardInterrupt):
        say("已取消，什么也没有改。")
    except BrokenPipeError:
        # The reader of our output went away (hydesk … | head); nothing is left to tell it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        say(machine_sentence(error) or unexpected(hydesk.commands))
    finally:
        if arguments is None:
            gc.freeze()  # the process ends: looking through all of it for garbage once more took a tenth of a second
    return NOTHING


def opened_file(words: list[str]) -> list[str]:
    """A ledger file alone, as a double click on it gives, means: open the window on it."""
    if len(words) == 1 and words[0].lower().endswith(LEDGER_SUFFIX):
        return ["--ledger", words[0]]
    return words
