"""hydesk sentences words | compose | learn | own | drop | parts | part: sentences composed from measures, and what a report prints."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.parameters import PERIOD
from hydesk.cli.report_commands import KINDS
from hydesk.cli.sentence_commands import sentences
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.services.reports.own_sentences import SentencePreview

__all__ = ["sentences"]

_PERIOD = option("--period", required=True, type=PERIOD, metavar="报告期", help="用哪一期的数试写，如 2023-06。")
_KIND = click.argument("kind", metavar="种类", type=click.Choice(KINDS))


@sentences.command("words")
@_PERIOD
@click.pass_obj
def words(location: str, period: Period) -> int:
    """列出自编句子可以用的指标、范围、分组和不是数的词。"""
    from hydesk.services.reports.own_sentences import notice_basis, sentence_words
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = sentence_words(notice_basis(held, period))
    add_to_answer(measures=[{"word": w, "meaning": m} for w, m in found.measures], scopes=[{"word": w, "field": f} for w, f in found.scopes],
                  groups=list(found.groups), words=list(found.words), own=list(found.own))
    print_table(["指标", "意思"], [list(m) for m in (*found.measures, *((name, "自建栏目之和") for name in found.own))])
    say(f"范围：{'、'.join(w for w, _ in found.scopes[:40])}，单位名称，或 级别=省;性质=新建 这样写，用“.”接指标，如 {{省重点.完成率}}。")
    say(f"成组：{'、'.join(f'各{g}' for g in found.groups)}，前3名单位，后5个项目（滞后），如 {{各级别：{{名}}项目{{个数}}个；}}。")
    say(f"有条件：{{有提前开工：，其中提前开工{{提前开工}}个}}。不是数的词：{'、'.join(found.words)}。")
    return DONE


@sentences.command("compose")
@click.argument("text", metavar="句式")
@_PERIOD
@option("--title", default="", metavar="标题", help="自成一部分时的标题。")
@option("--into", default="", metavar="部分", help="接在哪一部分第一段的后面，如 overall；不写时自成一部分。")
@option("--key", default="", metavar="代号", help="改哪一句（own:1），或给程序的哪一段换说法（by_level）；不写是新的一句。")
@option("--print-in", "kind", type=click.Choice(KINDS), metavar="种类", help="存好就在这种报告里印。")
@option("--try", "only_try", is_flag=True, help="只试写，不存。")
@click.pass_obj
def compose(location: str, text: str, period: Period, title: str, into: str, key: str, kind: str | None, only_try: bool) -> int:
    """用指标组一句话，如 “其中，{省重点.个数}个省重点项目完成投资{省重点.完成}亿元，占年度计划的{省重点.完成率}。”；先试写，再存。可以撤销。"""
    from hydesk.services.reports.compile_report import ReportKind
    from hydesk.services.reports.own_sentences import (
        OwnSentence,
        compose_sentence,
        notice_basis,
        preview_sentence,
    )
    from hydesk.services.upkeep.open_or_create import opened

    text = (sys.stdin.read() if text == "-" else text).replace("\\n", "\n")
    wanted = ReportKind(kind or "monthly")
    with opened(location) as held:
        tried = preview_sentence(notice_basis(held, period, wanted), text)
        if tried.faults or only_try:
            return _say_tried(tried)
        done = compose_sentence(held, OwnSentence(key, title, text, into), period, ReportKind(kind) if kind else None)
    add_to_answer(key=done.value, sentence=_preview(tried))
    say(f"已存为 {done.value}：{tried.text}" if done.wrote else "和现在的一样，没有改动。")
    _say_notes(tried)
    return LOOK if tried.typed or tried.left_out else DONE if done.wrote else NOTHING


def _preview(tried: SentencePreview) -> dict[str, Any]:
    return {"text": tried.text, "figures": [{"text": f.text, "key": f.key, "meaning": f.meaning, "projects": list(f.projects)} for f in tried.figures],
            "left_out": list(tried.left_out), "typed": list(tried.typed), "faults": list(tried.faults)}


def _say_tried(tried: SentencePreview) -> int:
    add_to_answer(sentence=_preview(tried))
    for fault in tried.faults:
        say(f"不能用：{fault}")
    if tried.text:
        print_table(["文字"], [[line] for line in tried.text.splitlines()])
    _say_notes(tried)
    return NOTHING if tried.faults else LOOK if tried.typed or tried.left_out else DONE


def _say_notes(tried: SentencePreview) -> None:
    for left in tried.left_out:
        say(f"  没有写：{left}。")
    if tried.typed:
        say(f"  请注意：手写的数不会跟着变：{'、'.join(tried.typed)}。能用指标的请换成花括号。")


@sentences.command("own")
@click.pass_obj
def own(location: str) -> int:
    """列出自编的句子。"""
    from hydesk.services.reports.report_forms import own_sentences
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = own_sentences(held)
    add_to_answer(own=[{"key": s.key, "title": s.heading, "into": s.into, "text": s.text} for s in found])
    if not found:
        say("还没有自编的句子，可用 hydesk sentences compose 组一句。")
    else:
        print_table(["代号", "标题", "接在", "句式"], [[s.key, s.heading, s.into, s.text.replace("\n", " ⏎ ")] for s in found])
    return DONE


@sentences.command("drop")
@click.argument("key", metavar="代号")
@click.pass_obj
def drop(location: str, key: str) -> int:
    """删去一句自编的句子；是程序的段落换的说法的，恢复原来的说法。可以撤销。"""
    from hydesk.services.reports.own_sentences import drop_sentence
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        drop_sentence(held, key)
    say(f"已删去 {key}。")
    return DONE


@sentences.command("parts")
@_KIND
@click.pass_obj
def parts(location: str, kind: str) -> int:
    """列出一种报告可以有哪些部分、次序和印不印，自编的句子也在内。"""
    from hydesk.services.reports.compile_report import ReportKind
    from hydesk.services.reports.report_forms import parts_of, report_form
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = parts_of(ReportKind(kind), report_form(held, ReportKind(kind)))
    add_to_answer(parts=[{"key": p.key, "usual": p.usual, "title": p.heading, "on": p.on, "without": list(p.without)} for p in found])
    print_table(["代号", "部分", "标题", "印", "不印的句子和表"], [[p.key, p.usual, p.heading, "印" if p.on else "", "、".join(p.without)] for p in found])
    return DONE


@sentences.command("part")
@_KIND
@click.argument("key", metavar="部分")
@option("--on/--off", "on", default=None, help="印，或不印。")
@option("--title", metavar="标题", help="另用的标题；空着恢复原来的。")
@option("--place", type=click.IntRange(1), metavar="次序", help="排在第几。")
@option("--without", "without", multiple=True, metavar="代号", help="这一部分里不印的句子或表，可重复；写 - 全部恢复。")
@click.pass_obj
def part(location: str, kind: str, key: str, on: bool | None, title: str | None, place: int | None, without: tuple[str, ...]) -> int:
    """一种报告的一个部分：印不印、标题、次序、去掉其中哪几句和哪几个表。可以撤销。"""
    from hydesk.services.reports.compile_report import ReportKind
    from hydesk.services.reports.own_sentences import switch_part
    from hydesk.services.upkeep.open_or_create import opened

    left = None if not without else tuple(w for w in without if w != "-")
    with opened(location) as held:
        wrote = switch_part(held, ReportKind(kind), key, on=on, heading=title, place=place, without=left).wrote
    say("模板已保存，只用于这种报告。" if wrote else "和现在的模板一样，没有改动。")
    return DONE if wrote else NOTHING


@sentences.command("learn")
@click.argument("file", metavar="通报")
@_PERIOD
@option("--keep", is_flag=True, help="把认出的句子存为自编句子，一个标题一段。")
@option("--print-in", "kind", type=click.Choice(KINDS), metavar="种类", help="与 --keep 同用：存好就在这种报告里印。")
@click.pass_obj
def learn(location: str, file: str, period: Period, keep: bool, kind: str | None) -> int:
    """从办公室的旧通报（docx、txt，或写 - 从标准输入粘贴）学句子：照它的话，换上台账的数；--period 写那份通报的报告期，数对得上的才算认准。"""
    from hydesk.services.reports.compile_report import ReportKind
    from hydesk.services.reports.learn_sentences import keep_learned, learn_sentences, read_notice
    from hydesk.services.reports.own_sentences import notice_basis
    from hydesk.services.upkeep.open_or_create import opened

    if kind is not None and not keep:
        raise click.BadParameter("只能与 --keep 一起用", param_hint="--print-in")
    text, tables = (sys.stdin.read(), 0) if file == "-" else read_notice(Path(file))
    with opened(location) as held:
        found = learn_sentences(notice_basis(held, period, ReportKind(kind or "monthly")), text)
        good = [x for x in found if "{" in x.pattern]
        keys = keep_learned(held, good, ReportKind(kind) if kind else None, period).value if keep and good else []
    add_to_answer(keys=keys, tables_left_out=tables, learned=[{
        "heading": x.heading, "original": x.original, "pattern": x.pattern, "kept": list(x.kept),
        "differing": [{"theirs": a, "ours": b, "blank": c} for a, b, c in x.differing]} for x in found])
    print_table(["标题", "句式", "没认出的数", "对不上的数"], [
        [x.heading, x.pattern, "、".join(x.kept), "、".join(f"{a}（台账{b}，{c}）" for a, b, c in x.differing)] for x in found])
    say(f"带数的句子 {len(found)} 句，认出 {len(good)} 句" + (f"，已存为 {'、'.join(keys)}。" if keys else "；加 --keep 存为自编句子。"))
    if tables:
        say(f"文件里的 {tables} 张表没有读：只从句子里学。通报里的表由报告的表和附件出，要哪些在“模板”里选。")
    return LOOK if any(x.kept or x.differing for x in found) else DONE
