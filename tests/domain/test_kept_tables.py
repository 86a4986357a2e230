"""Small rules of the domain over tables of cases, every answer and every sentence held against what was looked at.

Addresses of servers, roles of people, definitions of registers that a person wrote, the queue of a period: each is a pure
function whose edges are many and plain.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from hydesk.domain.assessment import AssessmentRule, ScoreWay
from hydesk.domain.doubts.rules import DoubtRules
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Level
from hydesk.domain.lamps import LampRule
from hydesk.domain.people import NO_PEOPLE, Person, PersonRole, Right, fitting_login, fitting_password
from hydesk.domain.period_work import (
    ORDER,
    SINGLY,
    PeriodWork,
    Station,
    ToDo,
    ToDoKind,
    WaitingFile,
    count_badges,
    file_lines,
    in_order,
    together,
    units_in_words,
    unreported_line,
)
from hydesk.domain.periods import Period
from hydesk.domain.problems import STEPS
from hydesk.domain.register_files import WIDEST, read_definition_file
from hydesk.domain.server_address import ServerAddress, is_address, password_in, read_address, typed_address
from hydesk.returns.checks import RULES, RuleSet
from tests.kept import hold

KEPT = Path(__file__).parent / "kept"


def answer(ask: Callable[..., Any], *given: Any, **named: Any) -> str:
    """What is answered, or what is said against it."""
    try:
        return repr(ask(*given, **named))
    except (HydeskError, ValueError) as told:
        return f"! {told}"


# Servers -----------------------------------------------------------------------------------------------------------

URLS = ("postgresql://zhang@10.0.0.8/hydesk", "postgresql://zhang:p%40ss@10.0.0.8:6000/hydesk?sslmode=require", "postgres://%E5%BC%A0@[fe80::1]:5432/%E5%8F%B0%E8%B4%A6?sslmode=verify-ca",
        "postgresql+psycopg://a@h/d?password=geheim&sslmode=verify-full", "postgresql://h/d", "postgresql://a@/d", "postgresql://a@h/", "postgresql://a@h", "postgresql://a@h:0/d",
        "postgresql://a@h:99999/d", "postgresql://a@h:x/d", "postgresql://a@[h/d", "http://a@h/d", "C:\\台账.hydesk", "", "postgresql://a:@h/d?password=x", "postgresql://a:b@h/d?password=x",
        "postgresql://a@h/d?sslmode=disable", "postgresql://a@h/d/e")


def servers() -> Iterator[str]:
    for url in URLS:
        found = read_address(url)
        yield f"{url} {is_address(url)} {password_in(url)!r} {found} {found.shown if found else ''} {found.place if found else ''}"
    for host, port, encrypted, password in product(("10.0.0.8", "fe80::1"), (5432, 5433), (True, False), ("", "p@s/s")):
        own = ServerAddress(host, "台账/一", "张 三", port, encrypted)
        yield f"{own.shown} {own.location(password)} {read_address(own.location(password)) == own}"
    for host in ("10.0.0.8", " db.local ", "10.0.0.8:6000", "10.0.0.8:", "fe80::1", "", "a b", "a/b", "a@b", "a?b", "a#b", "a\tb", URLS[1]):
        for port in ("", "1", "65535", "65536", "0", "-1", "５", "x", " 5433 "):
            yield f"{host!r} {port!r} {answer(typed_address, host, port, ' d ', ' u ', encrypted=True)}"
    for database, user in (("", "u"), ("d", ""), (" ", "u"), ("d", " ")):
        yield f"{database!r} {user!r} {answer(typed_address, 'h', '', database, user, encrypted=False)}"


# People ------------------------------------------------------------------------------------------------------------

def people() -> Iterator[str]:
    for role, right in product(PersonRole, Right):
        yield f"{role.label} {role.may} {role.writes} {right.label} {role.allows(right)} {Person('张三', role).why_not(right)}"
    for words in ("读者", " 经办 ", "主管", "HEAD", "clerk", "Reader", "", "管理员"):
        yield f"{words!r} {answer(PersonRole.read, words)}"
    for name in ("张三", " 张三 ", "a_b.c-d", "", " ", "张" * 20, "张" * 21, "a b", "a;b", "pg_x", "PG_x", "hydesk_a", "hydesk", "pg"):
        yield f"{name!r} {answer(fitting_login, name)}"
    for password in ("", "1234567", "12345678", "1234567\0", "一二三四五六七八"):
        yield f"{password!r} {answer(fitting_password, password)}"
    yield NO_PEOPLE


# Registers in files ------------------------------------------------------------------------------------------------

GOOD: dict[str, Any] = {
    "key": "visits", "name": "走访台账", "group": "五制", "purpose": "记走访", "identity": ["day", "who"], "state": "state", "closed": ["已办"], "due": "day", "fields": [
        {"key": "day", "label": "日期", "kind": "date", "width": 12}, {"key": "who", "label": "走访人", "required": True},
        {"key": "state", "label": "状态", "kind": "choice", "choices": ["待办", "已办"], "names": ["进度"]}],
    "views": [{"name": "待办", "fields": ["day", "who"], "only": ["state", ["待办"]]}]}


def _spoilt(change: Callable[[dict[str, Any]], object]) -> Any:
    data = copy.deepcopy(GOOD)
    change(data)
    return data


def registers() -> Iterator[str]:
    yield answer(read_definition_file, GOOD)
    for wrong in (None, [], "x", {}, {"key": "a"}, {**GOOD, "fields": {}}, {**GOOD, "fields": ["x"]}, {**GOOD, "views": [1]}, {**GOOD, "name": 1}, {**GOOD, "odd": 1, "also": 2}, {**GOOD, "fields": []}):
        yield answer(read_definition_file, wrong)
    top: dict[str, Any] = {
        "key": ["", None, 1], "name": ["", " ", None], "group": [None, ""], "identity": [[], ["odd"], "day", None], "state": ["", "odd", "who", None], "closed": [[], ["x"], "已办", None],
        "due": ["", "odd", None], "note": ["x", 1, None], "views": [None, "x"]}
    for name, values in top.items():
        for value in values:
            yield f"{name}={value!r} {answer(read_definition_file, {**GOOD, name: value})}"
    own: dict[str, Any] = {
        "kind": ["date", "text", "number", "odd", 1, None, "figure"], "width": [0, 1, WIDEST, WIDEST + 1, -1, "12", True, 1.5, None], "label": ["", " ", None, 1, "日期"],
        "key": ["day", "who", "", None], "choices": [["a"], "a", [1], [], None], "required": [True, 1, None], "figure": ["project.year_investment", "", None, 1], "measure": ["个", 1], "odd": [1]}
    for name, values in own.items():
        for at, value in product((0, 2), values):
            yield f"{at} {name}={value!r} {answer(read_definition_file, _spoilt(lambda d, at=at, name=name, value=value: d['fields'][at].update({name: value})))}"
    figure = {"key": "f", "label": "数", "kind": "figure"}
    for more in ({}, {"figure": ""}, {"figure": "project.year_investment"}):
        yield answer(read_definition_file, _spoilt(lambda d, more=more: d["fields"].append({**figure, **more})))
    yield answer(read_definition_file, _spoilt(lambda d: d.update(fields=[{**figure, "figure": "x"}], identity=["f"], state="", due="", views=[])))
    view: dict[str, Any] = {
        "only": [None, [], ["state"], ["state", "待办"], ["state", ["待办"]], ["odd", ["x"]], [1, ["x"]], ["state", [1]], ["state", [], 1], "state"], "fields": [[], ["odd"], "day", [1], None],
        "name": ["", None], "odd": [1]}
    for name, values in view.items():
        for value in values:
            yield f"view {name}={value!r} {answer(read_definition_file, _spoilt(lambda d, name=name, value=value: d['views'][0].update({name: value})))}"
    yield answer(read_definition_file, _spoilt(lambda d: d["views"].append({"name": "乙", "fields": ["gone"], "only": None})))
    yield answer(read_definition_file, _spoilt(lambda d: d["views"].append({"name": "丙"})))
    yield answer(read_definition_file, _spoilt(lambda d: d.pop("views")))


# The period's work --------------------------------------------------------------------------------------------------

def work() -> Iterator[str]:
    for kind in ToDoKind:
        yield f"{kind.value} {kind.word} {kind.station} {kind.badge} {kind.late} {ORDER[kind]} {ToDo(kind, '甲', '', '办').marked}"
    files = [WaitingFile(n, unit, errors, warnings, f"7月{n}日", first) for n, (unit, errors, warnings, first) in enumerate(
        (("衡南县", 0, 0, ""), ("衡东县", 2, 1, "F5"), ("祁东县", 0, 3, ""), ("常宁市", 5, 0, ""), ("耒阳市", 0, 1, ""), ("衡山县", 0, 0, ""), ("南岳区", 2, 0, "G7")), 1)]
    for own in (files, files[2:3], [], files[:1], files[:2], [replace(f, errors=0, warnings=1) for f in files]):
        for line in file_lines(own):
            yield str(line)
    for count, left in product((0, 1, 2, 3, 4, 7), (-3, -1, 0, 1, 5)):
        units = [f.unit for f in files[:count]]
        yield f"{units_in_words(units, '份')} {left} {unreported_line(units, left)}"
    for count in (0, 1, SINGLY, SINGLY + 1, SINGLY + 2, SINGLY + 30):
        lines = [ToDo(ToDoKind.NODE_LATE, str(n), "", "看", 1 + 500 * (n % 3), n, "nodes" if n % 2 else "") for n in range(count)]
        made = together(lines, "还有 {n} 个节点")
        yield f"{count} {len(made)} {made[-1] if made else ''} {count_badges(made)}"
    queue = in_order([ToDo(kind, kind.word, "", "", n, n, kind.badge) for n, kind in enumerate(reversed(ToDoKind), 1)])
    yield " ".join(x.kind.value for x in queue)
    for days in (-400, -1, 0, 1, 2, 200):
        own_work = PeriodWork(Period.month(2023, 6), date(2023, 7, 5) - timedelta(days), date(2023, 7, 5), 20, 5, queue)
        yield (f"{days} {own_work.days_left} {own_work.deadline_words} {[own_work.at(s) for s in Station]} {own_work.count(ToDoKind.ERRORS, ToDoKind.REPORT)} "
               f"{[f.kind.value if (f := own_work.first(s)) else None for s in Station]}")


# What holds until the office sets it ---------------------------------------------------------------------------------

def unset() -> Iterator[str]:
    for rule in (DoubtRules(), LampRule(), RuleSet(), AssessmentRule("a", "甲", "m", ScoreWay.ADD, Decimal(1))):
        yield type(rule).__name__
        yield from (f"  {f.name} = {getattr(rule, f.name)!r}" for f in fields(rule))
    for code, check in RULES.items():
        yield f"{code} {check.level.value} {check.title} {check.of_dates} {RuleSet().level(code)} {RuleSet({code: None}).level(code)} {RuleSet({code: Level.WARNING}).level(code)}"
    for status, steps in STEPS.items():
        yield f"{status.value}: " + "; ".join(f"{x.kind.value} → {x.to.value} by {x.by} {sorted(n.value for n in x.needs)}" for x in steps)


def test_small_rules_over_tables_of_cases() -> None:
    for part in (servers, people, registers, work, unset):
        hold(KEPT / f"table-{part.__name__}.txt", part())
