"""hydesk meeting: the dispatch meeting, its agenda chosen, matters handed out, what it decided (the screen 调度会)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.parameters import DAY, PERIOD
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.terminal import DONE, NOTHING, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.services.mechanisms.meeting_lines import Meeting, MeetingDecision, MeetingLine

_PERIOD = option("--period", required=True, type=PERIOD, metavar="报告期", help="调度哪一期，如 2023-06。")
_KINDS = ("滞后项目", "逾期节点", "逾期问题", "待交办问题", "承诺风险", "请核实的数")
"""As ``meeting_lines.KINDS``; named here so that the help needs no reading of the services."""
_CHOSEN = "✓"


@click.group(cls=ChineseGroup)
def meeting() -> None:
    """调度会：可以上会的事项、选议程、交办、议定了什么。会议纪要、三张清单用 register paper 印。"""


@meeting.command("list")
@_PERIOD
@option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), metavar="事项", help=f"只列一类，可以写多次：{'、'.join(_KINDS)}。")
@option("--chosen", is_flag=True, help="只列上会的。")
@scope_option
@click.pass_obj
def list_all(location: str, period: Period, kinds: Sequence[str], chosen: bool, scope: str | None) -> int:
    """列出可以上会的事项，每类最要紧的在前；代号用来选上会的（agenda）和交办（assign）。"""
    from hydesk.services.mechanisms.meeting_agenda import chosen_agenda
    from hydesk.services.mechanisms.meeting_lines import read_meeting
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found, up = read_meeting(held, period, scope_in(held, period, scope)), chosen_agenda(held, period)
    lines = [x for x in found.lines if (not kinds or x.kind in kinds) and (not chosen or x.lasting in up)]
    _print(lines, up)
    count = sum(x.lasting in up for x in found.lines)
    say(f"{period.label}：上会 {count} 项，备选 {len(found.lines) - count} 项；本次会议（{found.on}）议定 {len(found.decisions)} 项。")
    return DONE


@meeting.command("agenda")
@_PERIOD
@option("--add", multiple=True, metavar="代号", help="这一项上会，可以写多次。")
@option("--drop", multiple=True, metavar="代号", help="这一项不上会，可以写多次。")
@option("--propose", type=click.IntRange(1, 200), metavar="个数", help="按轻重再选几项：每类里最要紧的轮流取，如 20。")
@option("--clear", is_flag=True, help="先全部撤下。")
@scope_option
@click.pass_obj
def agenda(location: str, period: Period, add: Sequence[str], drop: Sequence[str], propose: int | None, clear: bool, scope: str | None) -> int:
    """议程：选哪些事项上会；不带选项时列出上会的。可以撤销。"""
    from hydesk.services.mechanisms.meeting_agenda import choose_agenda, chosen_agenda, propose_agenda
    from hydesk.services.mechanisms.meeting_lines import read_meeting
    from hydesk.services.upkeep.open_or_create import opened

    asked = bool(add or drop or propose or clear)
    with opened(location) as held:
        found, before = read_meeting(held, period, scope_in(held, period, scope)), chosen_agenda(held, period)
        up = (frozenset() if clear else before) - {_line(found, mark).lasting for mark in drop}
        up |= {_line(found, mark).lasting for mark in add}
        if propose:
            up |= {x.lasting for x in propose_agenda([x for x in found.lines if x.lasting not in up], propose)}
        wrote = asked and up != before and choose_agenda(held, period, up).wrote
    _print([x for x in found.lines if x.lasting in up], up)
    said = f"{period.label}上会 {len(up)} 项" if up else f"{period.label}还没有选上会的事项"
    say(f"{said}。" if wrote or not asked else f"与原来相同，没有改动。{said}。")
    return NOTHING if asked and not wrote else DONE


@meeting.command("assign")
@click.argument("mark", metavar="代号")
@_PERIOD
@option("--due", required=True, metavar="日期", help="办结期限，如 2023-9-5、9月底。")
@option("--unit", metavar="单位", help="责任单位；不写时用这一项已有的责任单位。")
@option("--matter", metavar="事项", help="议定的事项；不写时用列出的那一句。")
@option("--words", default="", metavar="要求", help="怎样办的要求。")
@option("--again", is_flag=True, help="本次会议已经交办过的，再交办一次。")
@click.pass_obj
def assign(location: str, mark: str, period: Period, due: str, unit: str | None, matter: str | None, words: str, again: bool) -> int:
    """交办一项：列入问题清单，写明责任单位和期限，记入本次会议议定的事项。可以整个撤销。"""
    from hydesk.services.mechanisms.hold_meeting import DecisionDraft, decide
    from hydesk.services.mechanisms.meeting_lines import read_meeting
    from hydesk.services.projects.read_typed_date import read_typed_date
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = read_meeting(held, period)
        line, day = _line(found, mark), read_typed_date(due, found.on.year)
        if day is None:
            raise click.BadParameter("交办要写明办结期限", param_hint="--due")
        if line.decided and not again:
            say(f"“{line.matter}”本次会议已经交办，没有再交办；确要再交办一次请加 --again。")
            return NOTHING
        to = (line.responsible if unit is None else unit).strip()
        draft = DecisionDraft(line.project_id, line.matter if matter is None else matter, to, day.day, line.problem_id, words)
        number = decide(held, draft, found.on).value
    add_to_answer(problem=number or None, unit=to, due=day.day.isoformat(), matter=draft.matter.strip())
    say(f"已交办{to}，{day.day} 前办结" + (f"（问题清单 {number} 号）。" if number else "（记在本次会议议定的事项里）。"))
    return DONE


@meeting.command("decisions")
@_PERIOD
@option("--on", "day", type=DAY, metavar="日期", help="哪一天的会；不写就是今天的。")
@scope_option
@click.pass_obj
def decisions(location: str, period: Period, day: date | None, scope: str | None) -> int:
    """一次会议议定的事项，各办到哪一步。"""
    from hydesk.services.mechanisms.meeting_lines import decisions_of
    from hydesk.services.milestones.list_milestones import list_milestones
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        on = day or list_milestones(held, period).on
        found = decisions_of(held, period, on, scope_in(held, period, scope))
    if found:
        print_table(["记录", "议定事项", "涉及项目", "责任单位", "办结期限", "办理情况", "要求"], [
            [d.record_id, d.matter, d.project, d.unit, d.due, d.state, d.remark] for d in found])
    add_to_answer(on=on.isoformat(), decisions=[_decision(d) for d in found])
    say(f"{on}的会议议定 {len(found)} 项。" if found else f"{on}的会议还没有议定事项。")
    return DONE


def _decision(d: MeetingDecision) -> dict[str, Any]:
    return {"record": d.record_id, "matter": d.matter, "project": d.project or None, "unit": d.unit, "due": d.due, "state": d.state,
            "remark": d.remark, "problem": int(d.problem) if d.problem.isdigit() else None}


def _print(lines: Sequence[MeetingLine], up: frozenset[str]) -> None:
    if lines:
        print_table(["代号", "上会", "事项", "情况", "项目", "单位", "说明"], [
            [x.mark, _CHOSEN if x.lasting in up else "", f"{_CHOSEN} {x.kind}" if x.decided else x.kind, x.state, x.project, x.unit, x.words]
            for x in lines])
    add_to_answer(lines=[{
        "mark": x.mark, "chosen": x.lasting in up, "kind": x.kind, "state": x.state, "project": x.code or None, "unit": x.unit, "words": x.words,
        "matter": x.matter, "responsible": x.responsible or None, "problem": x.problem_id, "decided": x.decided} for x in lines])


def _line(found: Meeting, mark: str) -> MeetingLine:
    """The matter of that mark. Raises HydeskError where none or several are."""
    wanted = mark.strip().lower()
    lines = [x for x in found.lines if wanted and x.mark.startswith(wanted)]
    if len({x.mark for x in lines}) != 1:
        raise HydeskError(f"没有代号为“{mark}”的事项，什么也没有做。代号见 hydesk meeting list" if not lines else
                          f"“{mark}”可指 {len(lines)} 项，请把代号写全：{'、'.join(x.mark for x in lines[:4])}")
    return lines[0]
