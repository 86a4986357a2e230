"""hydesk rules lamps | checks | form: the settings of the window that are more than one choice."""

from __future__ import annotations

from dataclasses import asdict, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.parameters import PERIOD, Parameter
from hydesk.cli.report_commands import KINDS
from hydesk.cli.rule_commands import rules
from hydesk.cli.terminal import DONE, NOTHING, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Level
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.domain.lamps import LampRule

__all__ = ["rules"]
LEVELS = {level.label: level for level in Level}
OFF = "不查"
_DELAYS = {"start_delay": "start-delay", "statistics_months": "statistics-months", "problem_delay": "problem-delay"}


class _Percent(Parameter):
    name = "百分数"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            found = Decimal(str(value).rstrip("%％")) / 100
        except InvalidOperation:
            self.fail(f"“{value}”不是百分数，请写 10、12.5 这样的数", param, ctx)
        if not found.is_finite() or not 0 <= found <= 10:
            self.fail(f"“{value}”不对，应在 0 到 1000 之间", param, ctx)
        return found


class _Delay(Parameter):
    name = "天数或月数"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if str(value) == "off":
            return -1
        if not (str(value).isascii() and str(value).isdecimal() and int(value) <= 3650):
            self.fail(f"“{value}”不对，应是 0 到 3650 的整数，或 off（不用这一条）", param, ctx)
        return int(value)


@rules.command("lamps")
@option("--mode", type=click.Choice(["points", "ratio"]), metavar="方式", help="points 按落后时间进度的百分点，ratio 按时序应完成额的比例。")
@option("--lagging", type=_Percent(), metavar="百分数", help="滞后的界限，如 10。")
@option("--serious", type=_Percent(), metavar="百分数", help="严重滞后的界限，如 30。")
@option("--ahead", type=_Percent(), metavar="百分数", help="超前的界限，如 0。")
@option("--start-delay", type=_Delay(), metavar="天数", help="计划开工时间已过多少天仍未开工的至少判为滞后；off 不用。")
@option("--statistics-months", type=_Delay(), metavar="月数", help="开工满多少个月仍未入统的至少判为滞后；off 不用。")
@option("--problem-delay", type=_Delay(), metavar="天数", help="问题超过办结期限多少天仍未销号的至少判为滞后；off 不用。")
@option("--try", "period", type=PERIOD, metavar="报告期", help="只试算这一期会怎样，不写台账。")
@click.pass_obj
def lamps(location: str, /, period: Period | None, **asked: Any) -> int:
    """进度判定：滞后、严重滞后、超前的界限；没写的照旧，不带选项时说出现行的。可以撤销。"""
    from hydesk.services.pages.trial_lamps import trial_lamps
    from hydesk.services.rules.office_rules import lamp_rule, set_lamp_rule
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        old = lamp_rule(held)
        new = _lamp_rule(old, asked)
        if period is not None:
            trial = trial_lamps(held, new, period)
            add_to_answer(rule=_plain_rule(new), changes=[{"project": c.project_id, "name": c.name, "unit": c.unit, "now": c.now.meaning.value,
                                                           "then": c.then.meaning.value, "reason": c.then.reason} for c in trial.changes])
            if trial.changes:
                print_table(["单位", "项目", "现行", "试算", "理由"],
                            [[c.unit, c.name, c.now.label, c.then.label, c.then.reason] for c in trial.changes])
            say(f"{period.label}，{trial.sentence}。没有写台账。")
            return DONE
        if new != old:
            set_lamp_rule(held, new)
    add_to_answer(rule=_plain_rule(new))
    say(f"{'已按新规则判定' if new != old else '现行规则'}：{new.sentence}。")
    return DONE


def _lamp_rule(old: LampRule, asked: dict[str, Any]) -> LampRule:
    from hydesk.domain.lamps import LampMode

    given = {k: v for k, v in asked.items() if v is not None}
    if "mode" in given:
        given["mode"] = LampMode(given["mode"])
    new = replace(old, **given | {k: None for k in _DELAYS if given.get(k) == -1})
    if not new.ordered:
        raise HydeskError("严重滞后的界限应比滞后更严，请改正。台账没有改动。")
    return new


def _plain_rule(rule: LampRule) -> dict[str, Any]:
    return {k: v.value if k == "mode" else str(v) if isinstance(v, Decimal) else v for k, v in asdict(rule).items()}


@rules.command("checks")
@click.argument("code", metavar="代号", required=False)
@click.argument("level", metavar="级别", required=False, type=click.Choice([*LEVELS, OFF]))
@click.pass_obj
def checks(location: str, code: str | None, level: str | None) -> int:
    """核对规则：列出每一条的代号和级别；写代号和 错误、提醒、说明、不查 即改。对以后读取的报表有效，可以撤销。"""
    from hydesk.services.rules.settings import list_check_rules, set_check_level
    from hydesk.services.upkeep.open_or_create import opened

    if (code is None) != (level is None):
        raise click.UsageError("改核对规则要写代号和级别，如 hydesk rules checks ytd_fell 提醒")
    with opened(location) as held:
        known = {r.code: r for r in list_check_rules(held)}
        if code is not None and level is not None:
            if code not in known:
                raise HydeskError(f"没有“{code}”这条核对规则，什么也没有改。代号见 hydesk rules checks")
            done = set_check_level(held, code, LEVELS.get(level))
            say(f"“{known[code].title}”{'改为' if done.wrote else '本来就是'}{level}。")
            return DONE if done.wrote else NOTHING
    add_to_answer(checks=[{"code": r.code, "title": r.title, "level": r.level.value if r.level else None, "usual": r.usual.value}
                          for r in known.values()])
    print_table(["代号", "核对什么", "级别", "原为"], [[r.code, r.title, r.level.label if r.level else OFF, r.usual.label] for r in known.values()])
    return DONE


_FORM = {"city": "城市", "whole": "全体叫法", "subject": "项目叫法",
         "manner": "文式", "name": "红头名称", "office": "发文单位", "signer": "签发人", "upward": "上行文", "editor": "编辑", "number": "期号写法", "title": "标题", "to": "主送", "cc": "抄送"}


_CHOICES: dict[str, dict[str, Any]] = {"manner": {"公文": "official", "简报": "bulletin"}, "upward": {"是": True, "否": False}}


def _said(key: str, value: Any) -> str:
    """What is set, in words."""
    if key in _CHOICES:
        return next(words for words, kept in _CHOICES[key].items() if kept == value)
    return "；".join(value) if isinstance(value, tuple) else str(value)


@rules.command("form")
@click.argument("kind", metavar="种类", type=click.Choice(KINDS))
@click.argument("values", metavar="栏目=内容…", nargs=-1)
@click.pass_obj
def form(location: str, kind: str, values: tuple[str, ...]) -> int:
    """一种报告的模板：城市（衡阳市）、全体叫法（全市）、项目叫法（重点建设项目）、文式（公文、简报）、红头名称、发文单位、上行文（是、否）、签发人、编辑、期号写法、标题、主送、抄送（几个用“；”隔开）；不带内容时列出。可以撤销。"""
    from hydesk.services.reports.compile_report import ReportKind
    from hydesk.services.reports.report_forms import ReportForm, report_form, set_report_form
    from hydesk.services.upkeep.open_or_create import opened

    fields = {label: key for key, label in _FORM.items()} | {key: key for key in _FORM}
    given: dict[str, Any] = {}
    for said in values:
        label, sign, text = said.replace("＝", "=", 1).partition("=")
        key = fields.get(label.strip())
        if not sign or key is None:
            raise click.BadParameter(f"“{said}”不对，应写成 栏目=内容，栏目可用 {'、'.join(_FORM.values())}", param_hint="栏目=内容")
        words = " ".join(text.split())
        if key in ("manner", "upward"):
            if words not in _CHOICES[key]:
                raise click.BadParameter(f"“{label}”只能写 {'、'.join(_CHOICES[key])}", param_hint="栏目=内容")
            given[key] = _CHOICES[key][words]
            continue
        given[key] = tuple(w.strip() for w in words.replace(";", "；").split("；") if w.strip()) if key in ("to", "cc") else words
    with opened(location) as held:
        old = report_form(held, ReportKind(kind))
        if given:
            new = replace(old, **given)
            new = replace(new, number=new.number or ReportForm().number, office=new.office or old.office, city=new.city or old.city,
                          whole=new.whole or old.whole, subject=new.subject or old.subject)
            wrote = set_report_form(held, ReportKind(kind), new).wrote
            say("模板已保存，只用于这种报告。" if wrote else "和现在的模板一样，没有改动。")
            return DONE if wrote else NOTHING
    shown = {key: getattr(old, key) for key in _FORM} | {"manner": old.manner_of(ReportKind(kind)).value}
    add_to_answer(form={key: list(v) if isinstance(v, tuple) else v for key, v in shown.items()})
    print_table(["栏目", "内容"], [[_FORM[key], _said(key, v)] for key, v in shown.items()])
    return DONE
