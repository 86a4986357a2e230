"""hydesk rules assessment: by which rules units and the city are scored, tried before they are taken (县市区考核, 省对市评价)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.kept_lines import LineChange, change_asked, changed_lines, line_options
from hydesk.cli.parameters import EXACT, PERIOD
from hydesk.cli.setting_commands import rules
from hydesk.cli.terminal import DONE, NOTHING, print_table, say
from hydesk.domain.assessment import RULE_PARTS, AssessmentRule, ScoreWay, rule_sentence
from hydesk.domain.errors import HydeskError
from hydesk.domain.nearest import none_called
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.services.upkeep.open_ledger import Ledger

__all__ = ["rules"]
_OF = {"units": "县市区考核", "city": "省对市评价"}
_WAYS = {way.label: way for way in ScoreWay}


@rules.command("assessment", epilog="指标和计分办法写窗口里的名称；达标值按小数，如 0.95。")
@click.argument("whom", metavar="units|city", type=click.Choice(tuple(_OF)))
@click.argument("name", metavar="规则", required=False)
@option("--rename", metavar="新名称", help="改规则的名称。")
@option("--measure", metavar="指标", help="考核的指标；新增时要写。")
@option("--way", type=click.Choice(tuple(_WAYS)), metavar="计分办法", help="、".join(_WAYS) + "；新增时要写。")
@option("--points", type=EXACT, metavar="分", help=f"{RULE_PARTS['points']}；新增时要写。")
@option("--step", type=EXACT, metavar="分", help=f"{RULE_PARTS['step']}加减的分。")
@option("--full", type=EXACT, metavar="数", help=f"{RULE_PARTS['full']}。")
@option("--least", type=EXACT, metavar="分", help=f"{RULE_PARTS['least']}。")
@line_options("条规则")
@option("--try", "period", type=PERIOD, metavar="报告期", help="只试算这一期会怎样，不写台账。")
@click.pass_obj
def assessment(location: str, /, whom: str, name: str | None, rename: str | None, add: bool, remove: bool, after: str | None,
               period: Period | None, **values: Any) -> int:
    """考核规则（units 县市区考核，city 省对市评价）：不带规则时列出；带规则时改、新增、删去，可先试算。可以撤销。"""
    from hydesk.services.upkeep.open_or_create import opened

    change = change_asked(name, add=add, remove=remove, after=after, values=(rename, *values.values()),
                          may="--rename、--measure、--way、--points、--step、--full、--least")
    with opened(location) as held:
        old, measures, keep = _kept(held, whom)
        new = old if change is None else _changed(old, change, measures, rename, values)
        if period is not None:
            return _try(held, whom, period, new)
        wrote = new != old and keep(held, new)
    add_to_answer(rules=[_plain(r) for r in new], measures=measures)
    if change is not None:
        say(f"{_OF[whom]}规则“{rename or change.name}”" + (f"已{change.done}。" if wrote else "与原来相同，没有改动。"))
        return DONE if wrote else NOTHING
    print_table(["规则", "指标", "计分办法", *RULE_PARTS.values()], [
        [r.title, measures.get(r.measure, r.measure), r.way.label, *(f"{getattr(r, k).normalize():f}" for k in RULE_PARTS)] for r in new])
    for rule in new:
        say(f"  {rule_sentence(rule)}。")
    say(f"{_OF[whom]} {len(new)} 条规则。")
    return DONE


def _kept(held: Ledger, whom: str) -> tuple[tuple[AssessmentRule, ...], Mapping[str, str], Callable[[Ledger, Sequence[AssessmentRule]], bool]]:
    """The rules in force, what they can measure, and what keeps others and tells whether that wrote."""
    from hydesk.services.mechanisms import assess_city as city
    from hydesk.services.mechanisms import assess_units as units

    if whom == "city":
        return city.city_rules(held), city.CITY_MEASURES, lambda ledger, made: city.set_city_rules(ledger, made).wrote
    return units.assessment_rules(held), units.MEASURES, lambda ledger, made: units.set_assessment_rules(ledger, made).wrote


def _changed(old: Sequence[AssessmentRule], change: LineChange, measures: Mapping[str, str], rename: str | None,
             values: Mapping[str, Any]) -> tuple[AssessmentRule, ...]:
    given = {k: v for k, v in values.items() if v is not None}
    if "measure" in given:
        given["measure"] = _measure(given["measure"], measures)
    if "way" in given:
        given["way"] = _WAYS[given["way"]]
    if change.add and (lacking := [f"--{k}" for k in ("measure", "way", "points") if k not in given]):
        raise click.UsageError(f"新增规则还要写 {'、'.join(lacking)}")

    def made(rule: AssessmentRule | None) -> AssessmentRule:
        if rule is None:
            number = max((int(r.key[1:]) for r in old if r.key[1:].isdigit()), default=0) + 1
            rule = AssessmentRule(f"r{number}", change.name, "", ScoreWay.RATIO, Decimal(0))
        return replace(rule, title=rule.title if rename is None else " ".join(rename.split()), **given)

    new = changed_lines(old, change, lambda r: (r.title, r.key), made, "规则")
    if twice := {r.title for r in new if sum(r.title == x.title for x in new) > 1}:
        raise HydeskError(f"规则“{'、'.join(sorted(twice))}”会有两条，请换一个名称。什么也没有改")
    return tuple(new)


def _measure(said: str, measures: Mapping[str, str]) -> str:
    found = next((k for k, label in measures.items() if said.strip() in (k, label)), None)
    if found is None:
        raise click.BadParameter(none_called(said, "指标", list(measures.values())), param_hint="--measure")
    return found


def _plain(rule: AssessmentRule) -> dict[str, Any]:
    return {k: v.value if k == "way" else str(v) for k, v in asdict(rule).items()}


def _try(held: Ledger, whom: str, period: Period, new: Sequence[AssessmentRule]) -> int:
    """What the rules would make of ``period``, beside those in force."""
    if whom == "city":
        return _try_city(held, period, new)
    from hydesk.domain.measures.words import moved_words
    from hydesk.domain.register_words import score_words
    from hydesk.services.mechanisms.assess_units import assess_units

    places = {s.unit: s.place for s in assess_units(held, period)}
    tried = assess_units(held, period, new)
    moved = [s for s in tried if s.place != places.get(s.unit)]
    print_table(["名次", "单位", "比现行", "总分"], [
        [s.place, s.unit, moved_words((places.get(s.unit) or s.place) - s.place) if s.place is not None else "—", score_words(s.total)]
        for s in tried])
    add_to_answer(trial=[{"unit": s.unit, "place": s.place, "place_now": places.get(s.unit), "total": _number(s.total)} for s in tried])
    say(f"试算：{len(moved)} 个单位名次会变。没有写台账。")
    return DONE


def _try_city(held: Ledger, period: Period, new: Sequence[AssessmentRule]) -> int:
    from hydesk.domain.register_words import plain_number
    from hydesk.services.mechanisms.assess_city import assess_city

    now, then = assess_city(held, period).scored, assess_city(held, period, new).scored
    by = (then.total or Decimal(0)) - (now.total or Decimal(0))
    add_to_answer(trial={"total": _number(then.total), "total_now": _number(now.total), "whole": _number(then.whole)})
    say(f"试算：{plain_number(then.total)} 分 / 满分 {plain_number(then.whole)}，比现行{'多' if by >= 0 else '少'} {plain_number(abs(by))} 分。"
        "没有写台账。")
    return DONE


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
