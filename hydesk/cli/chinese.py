"""click in Chinese: help pages and usage errors as the office reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from hydesk.cli.answers import answering

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数", "Positional arguments": "参数"}

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"No such command '(.+?)'\.(?: .*)?", "没有“{0}”这个命令"),
    (r"Missing command\.", "还缺一个命令"),
    (r"Got unexpected extra arguments? \((.+)\)", "多出了不认识的内容：{0}"),
    (r"Option '(.+)' requires an argument\.", "选项 {0} 后面要跟一个值"),
    (r"Option '(.+)' requires (\d+) arguments\.", "选项 {0} 后面要跟 {1} 个值"),
    (r"Option '(.+)' does not take a value\.", "选项 {0} 后面不跟值"),
    (r"'(.+)' is not one of (.+)\.", "“{0}”不对，只能是 {1} 之一"),
    (r"'(.+)' is not a valid integer(?: range)?\.", "“{0}”不是整数"),
    (r"(.+) is not in the range (\d+)<=x<=(\d+)\.", "{0} 不在 {1} 到 {2} 之间"),
    (r"'(.+?)' does not match the formats? .+", "“{0}”不是日期，请写成 2023-07-05 这样"),
)
"""click's own sentences and what hydesk says in their place."""


class ChineseFormatter(click.HelpFormatter):
    """Help pages with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        args = args.replace("[OPTIONS]", "[选项]").replace("[COMMAND] [ARGS]...", "[命令 …]").replace("COMMAND [ARGS]...", "命令 …")
        super().write_usage(prog, args, "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{HEADINGS.get(heading, heading)}：\n")


class ChineseContext(click.Context):
    """A context whose help pages are Chinese."""

    formatter_class = ChineseFormatter


class ChineseOption(click.Option):
    """An option that says 必填 in its help."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace("[required]", "（必填）"))


class ChineseCommand(click.Command):
    """A command whose help and usage are Chinese. With ``--json`` it writes its answer to a file too."""

    context_class = ChineseContext

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        if not isinstance(self, click.Group) and not any("--json" in p.opts for p in self.params):
            self.params.append(ChineseOption(
                ["--json", _ANSWER_FILE], type=click.Path(path_type=Path, readable=False), metavar="文件", expose_value=False,
                help="把结果写成 JSON：退出状态、说的话、列的表、写了哪几步操作。", callback=_keep_answer_file))

    def invoke(self, ctx: click.Context) -> Any:
        """As click; writes the answer where one is asked for."""
        path: Path | None = ctx.meta.pop(_ANSWER_FILE, None)
        run = super().invoke
        return run(ctx) if path is None else answering(ctx, path, lambda: run(ctx))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明"
        return option


_WHOLE = 400
"""Signs of a command's line in a help page: its first paragraph as it is."""
_ANSWER_FILE = "answer_file"


def _keep_answer_file(context: click.Context, _option: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.meta[_ANSWER_FILE] = value


class ChineseGroup(ChineseCommand, click.Group):
    """A group of such commands."""

    command_class = ChineseCommand
    group_class = type

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click: the commands with what each does; click would cut a Chinese sentence, which has no blanks, to nothing."""
        held = [(name, c) for name in self.list_commands(ctx) if (c := self.get_command(ctx, name)) is not None and not c.hidden]
        if held:
            with formatter.section("Commands"):
                formatter.write_dl([(name, c.get_short_help_str(limit=_WHOLE)) for name, c in held])

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add ``cmd``; a second one of its name is a slip of the hand that click would pass over in silence."""
        assert self.commands.get(name or cmd.name or "", cmd) is cmd, f"two commands are called {self.name} {name or cmd.name}"
        super().add_command(cmd, name)


def option(*names: str, **settings: Any) -> Callable[[CommandT], CommandT]:
    """``click.option`` whose help is Chinese."""
    return click.option(*names, cls=ChineseOption, **settings)


def usage_sentence(error: click.UsageError) -> str:
    """What was wrong with the words typed, and how to see how they are written."""
    if isinstance(error, click.MissingParameter):
        text = f"缺少 {_parameter(error)}"
    elif isinstance(error, click.NoSuchOption):
        text = f"没有“{error.option_name}”这个选项"
    else:
        text = _translated(error.message)
        if isinstance(error, click.BadParameter) and (error.param is not None or error.param_hint) and _parameter(error) not in text:
            text = f"{_parameter(error)}：{text}"
    path = error.ctx.command_path if error.ctx else "hydesk"
    return f"{text}。写法见：{path} --help"


def _parameter(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return error.param_hint if isinstance(error.param_hint, str) else "参数"
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.make_metavar(_context(error))


def _context(error: click.BadParameter) -> click.Context:
    return error.ctx or click.Context(click.Command("hydesk"))


def _translated(message: str) -> str:
    for pattern, sentence in SENTENCES:
        if found := re.fullmatch(pattern, message.strip(), re.S):
            return sentence.format(*_quoted(found.groups()))
    return message.rstrip("。.")


def _quoted(groups: Iterable[str | None]) -> list[str]:
    return [(g or "").replace("'", "") for g in groups]
