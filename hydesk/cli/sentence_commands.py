"""hydesk sentences list | write | reset | accept: the sentences of a report, as the window edits them beside the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.parameters import REPORT_PERIOD
from hydesk.cli.report_commands import KINDS
from hydesk.cli.terminal import DONE, LOOK, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.services.reports.compile_report import Report
    from hydesk.services.reports.read_sentences import EditableSentence
    from hydesk.services.upkeep.open_ledger import Ledger

STATES = {"written": "自动", "edited": "改过", "stale": "改过，数字后来变了", "reworded": "改过，说法后来变了"}
_KIND = click.argument("kind", metavar="种类", type=click.Choice(KINDS))
_KEY = click.argument("key", metavar="句子代号")
_PERIOD = option("--period", required=True, type=REPORT_PERIOD, metavar="报告期", help="月报写 2023-06，周报写 2023-W25，季度、半年、全年写 2023-Q2、2023-H1、2023。")
_SUBJECT = option("--subject", metavar="对象", help="单位名称，或项目的编号、名称：督办单、情况单、项目卡要写。")


@click.group(cls=ChineseGroup)
def sentences() -> None:
    """报告文字：列出报告里可以改的每一句，改写、恢复自动文字、确认改过的句子。"""


@sentences.command("list")
@_KIND
@_PERIOD
@_SUBJECT
@click.pass_obj
def list_all(location: str, kind: str, period: Period, subject: str | None) -> int:
    """列出每一句的代号、现在的文字和是否改过；有依据的数字变了的，以状态 1 结束。"""
    from hydesk.services.reports.read_sentences import read_sentences, remarks
    from hydesk.services.standings.list_standings import list_standings
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        report = _report(held, kind, period, subject)
        codes = {p.id: p.code for p in list_standings(held, period)} if report.behind else {}
    found, noted = read_sentences(report, codes), remarks(report)
    add_to_answer(sentences=[{"key": s.key, "heading": s.heading, "text": s.text, "automatic": s.automatic, "state": s.state.value,
                              "figures": [{"text": f.text, "key": f.key, "meaning": f.meaning, "projects": list(f.projects)} for f in s.figures]}
                             for s in found], remarks=list(noted))
    print_table(["代号", "标题", "状态", "文字"], [[s.key, s.heading, STATES[s.state.value], s.text] for s in found])
    for remark in noted:
        say(f"  请注意：{remark}。")
    return LOOK if noted else DONE


@sentences.command("write")
@_KIND
@_KEY
@click.argument("text", metavar="文字")
@_PERIOD
@_SUBJECT
@click.pass_obj
def write(location: str, kind: str, key: str, text: str, period: Period, subject: str | None) -> int:
    """把一句改成自己的话；数字更新后仍保留，并提示核对。可以撤销。"""
    from hydesk.services.reports.report_forms import set_report_text

    if not text.strip():
        raise HydeskError("没有写文字，什么也没有改。要恢复自动文字，用 hydesk sentences reset")
    return _change(location, kind, key, period, subject, "文字已改，数字更新后仍保留。", lambda held, own, about, one: set_report_text(
        held, own, period, key, text.strip(), one.basis, about))


@sentences.command("reset")
@_KIND
@_KEY
@_PERIOD
@_SUBJECT
@click.pass_obj
def reset(location: str, kind: str, key: str, period: Period, subject: str | None) -> int:
    """恢复一句的自动文字。可以撤销。"""
    from hydesk.services.reports.report_forms import set_report_text

    return _change(location, kind, key, period, subject, "已恢复自动文字。", lambda held, own, about, one: set_report_text(
        held, own, period, key, None, one.basis, about))


@sentences.command("accept")
@_KIND
@_KEY
@option("--new-figures", is_flag=True, help="把句子里的旧数换成新数；不写时文字照旧。")
@_PERIOD
@_SUBJECT
@click.pass_obj
def accept(location: str, kind: str, key: str, new_figures: bool, period: Period, subject: str | None) -> int:
    """改过的一句在数字变了以后仍用，或换上新数。可以撤销。"""
    from hydesk.services.reports.report_forms import accept_report_text

    return _change(location, kind, key, period, subject, "已换上新数。" if new_figures else "已确认仍用此文。",
                   lambda held, own, about, one: accept_report_text(held, own, period, key, one.basis, new_figures=new_figures, subject=about))


def _report(held: Ledger, kind: str, period: Period, subject: str | None) -> Report:
    from hydesk.services.reports.compile_report import ReportKind, compile_report

    return compile_report(held, ReportKind(kind), period, subject)


def _change(location: str, kind: str, key: str, period: Period, subject: str | None, said: str,
            write_it: Callable[[Any, Any, str, EditableSentence], Any]) -> int:
    """Write one sentence and say what the report's page says; LOOK where a person should read the report again."""
    from hydesk.services.reports.compile_report import ReportKind, find_subject
    from hydesk.services.reports.read_sentences import read_sentences, remarks
    from hydesk.services.standings.list_standings import list_standings
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        before = read_sentences(_report(held, kind, period, subject))
        one = next((s for s in before if s.key == key), None)
        if one is None:
            raise HydeskError(f"这份报告里没有“{key}”这一句，什么也没有改。代号见 hydesk sentences list {kind} --period {period}")
        about = find_subject(list_standings(held, period), ReportKind(kind), subject)
        done = write_it(held, ReportKind(kind), about, one)
        report = _report(held, kind, period, subject)
    now = next((s for s in read_sentences(report) if s.key == key), one)
    add_to_answer(sentence={"key": key, "text": now.text, "state": now.state.value})
    say(said if done.wrote else "和现在的文字一样，没有改动。")
    noted = remarks(report)
    for remark in noted:
        say(f"  请注意：{remark}。")
    return LOOK if noted else DONE
