"""What fields, errors, passwords, scopes, situations and registers say of themselves, held against what was looked at: tables that
every screen, paper and sentence draws on.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import product
from pathlib import Path

import pytest

from hydesk.domain import passwords
from hydesk.domain.changes import ChangeKind
from hydesk.domain.doubts.doubt import DoubtKind
from hydesk.domain.errors import HydeskError, in_use, lacks_room, system_words
from hydesk.domain.fields import Field
from hydesk.domain.file_names import (
    clean_name,
    ending_of,
    is_paper,
    last_name,
    name_of_original,
    opening_of,
    visible,
)
from hydesk.domain.lamps import LampRule
from hydesk.domain.list_review import ChangedBy, ListAct, WaitKind
from hydesk.domain.measures.named import MEASURES, OF_FIELD
from hydesk.domain.measures.reach import reach_of
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.register_renewal import Known, gained, renewed
from hydesk.domain.registers import RegisterDefinition, RegisterField, RegisterKind, RegisterView
from hydesk.domain.scopes.cases import cases_of, stage_of
from hydesk.domain.scopes.fields import SCOPE_FIELDS, ScopeMember
from hydesk.domain.scopes.grammar import parse_scope, written
from hydesk.domain.scopes.scope import Condition, ScopeOp, amount_words, one_of, value_words
from tests.domain.test_kept_measures import JUNE, WAN, WEEK, city
from tests.domain.test_kept_tables import answer
from tests.kept import hold

KEPT = Path(__file__).parent / "kept"


def declared() -> Iterator[str]:
    for f in Field:
        spec = f.spec
        yield f"{f.value} {f.label} {f.kind.name} {f.group.name} " + " ".join(f"{x.name}={getattr(spec, x.name)!r}" for x in fields(spec) if getattr(spec, x.name) != x.default)
    for m in MEASURES.values():
        yield f"{m.id} {m.name} {m.quantity.name} {m.words} §{m.rule} {m.lacking}"
    yield str({f.value: id for f, id in OF_FIELD.items()})
    for kind in (*DoubtKind, *ListAct, *ChangedBy, *WaitKind, *ChangeKind, *RegisterKind):
        yield f"{type(kind).__name__} {kind.name} {kind.value} {getattr(kind, 'label', '')} {getattr(kind, 'rule', '')}"


def failures() -> Iterator[str]:
    def windows(number: int) -> OSError:
        error = OSError(errno.EACCES, "denied")
        error.winerror = number  # type: ignore[attr-defined]
        return error

    for number in range(2_000):
        said = system_words(windows(number))
        if said != "没有权限":
            yield f"windows {number}: {said} {in_use(windows(number))}"
    yield f"windows 5: {system_words(windows(5))} {system_words(windows(1920))}"
    for number in range(133):  # those behind have names on later Pythons only
        error = OSError(number, "x")
        yield f"errno {errno.errorcode.get(number, number)}: {system_words(error)} {in_use(error)} {lacks_room(error)}"
    deep: BaseException = OSError(errno.ENOSPC, "x")
    for depth in range(10):
        yield f"{depth} causes deep: {lacks_room(deep)}"
        outer = ValueError("x")
        outer.__cause__ = deep
        deep = outer
    inner = HydeskError("y")
    inner.__context__ = OSError(errno.EFBIG, "x")
    yield f"{lacks_room(inner)} {lacks_room(HydeskError('磁盘空间不足，请清理'))} {lacks_room(ValueError('database or disk is full'))} {lacks_room(ValueError('x'))} {lacks_room(type('SerialisationError', (Exception,), {})())} {system_words(ValueError('x'))} {in_use(ValueError('x'))}"


def secrets() -> Iterator[str]:
    words = ("", "a", "aaaaaaaa", "abcdefgh", "abcabcabc", "87654321", "password1", "Hengyang2023", "衡阳重点项目", "2023-06-30", "20230630", "k7mq-2xhv-p9wd-t4nb", "k7mq2xhvp9wdt4nb", "Tr0ub4dor&3", "correct horse battery", "一二三四五六七八", "春江水暖鸭先知，竹外桃花", "!@#$%^&*()_+", "AbCdEfGhIjKl", "zx9 zx9 zx9 zx9",
             "qwerty123456", "1990年5月1日", "wo7ai2heng9yang4", "ÄÖÜß1234abcd", "x9K!m2Pq#7Lw", "aA1!aA1!aA1!", "134679852", "acegikmoqsuwy")
    for word in words:
        told = passwords.weakness(word)
        yield f"{word!r}: {passwords.bits(word):.4f} {told.partition('可以用')[0]}"


def scopes() -> Iterator[str]:
    own = [*city(61, JUNE, 0.3), *city(62, WEEK, 0.2)]
    own = [replace(p, id=n, city_leader=("", "张三、李四", "王五")[n % 3], county_leader=("李四", "")[n % 2], level=("省级", "省重点", "市级", "")[n % 4], problem_text=("", "无", "用地未批")[n % 3], responsible_unit="住建局" if n % 5 else "", batch=f"第{n % 2}批") for n, p in enumerate(own)]
    by = Yardstick.at(reach_of(own, JUNE), LampRule())
    members = []
    for p in own:
        cases = cases_of(p, JUNE, by, ("暂无",))
        reached = ("", "招商引资", "落地开工", "在建实施", "竣工达产")[p.id % 5]
        stage = stage_of(p, reached, p.actual_start is not None)
        members.append(ScopeMember(p, by.lamp(p).meaning, stage, ("县", "")[p.id % 2], cases))
        yield f"#{p.id} {sorted(c.value for c in cases)} {reached} → {stage} {sorted(c.value for c in cases_of(p, JUNE, replace(by, money_starts=True)))}"
    texts = ("unit=衡南县", "unit=衡南县|衡东县;nature=新建", "size>=2亿", "size<=400万", "size>400万", "size<2亿", "size=未填", "size!=未填", "plan>=1000万;plan<5000万", "leader=李四", "leader!=李四", "leader=未填", "leader~张", "city_leader=张三|王五", "county_leader~李;unit!=高新区", "level=省", "level=省级", "level!=省", "level=未填",
             "state=已开工", "state=本期未报|到期未开工", "state!=已开工", "lamp=滞后", "stage=在建实施", "group=县", "responsible~住建", "responsible=未填", "name~第1", "code=HY2023-003", "start_year>=2023", "finish_year=未填", "batch=第1批", "类别=产业发展", "总投资>=2亿；单位=衡南县", "size>=5000", "size~1", "lamp>=滞后", "unit", "=x", "odd=1", "unit=", "size>=x", 'name="a;b"', "name=a\"b", "", "unit=衡南县;unit=衡南县")
    for text in texts:
        try:
            scope = parse_scope(text)
        except (HydeskError, ValueError) as told:
            yield f"{text!r}: ! {told}"
            continue
        yield f"{text!r}: {written(scope)} | {scope.words} | {scope.narrowed} {scope.judged} {[m.project.id for m in scope.of(members)]} {sum(scope.holds(m) for m in members)}"
    for field, op in product(SCOPE_FIELDS.values(), ScopeOp):
        yield f"{field.key} {op.value}: {op.fits(field.kind)} {field.label} {field.names} {field.judged} {field.begins}"
    for amount in (0, 1, 50, 100, 9_999, 10_000, 12_300, 25_000_000, 99_990_000, 100_000_000, 101_000_000, 100_500_000, 1_234_567_800, -100_000_000, -50):
        yield f"{amount}: {amount_words(amount)}"
    size, unit = SCOPE_FIELDS["size"], SCOPE_FIELDS["unit"]
    scope = parse_scope("unit=衡南县").also(one_of(unit, ["衡东县", "衡东县"]), Condition(size, ScopeOp.ABOVE, (400 * WAN, None)), one_of(unit, ["衡南县"]))
    yield f"{scope.words} {written(scope)} {sorted(scope.chosen(unit))} {sorted(scope.chosen(size))} {value_words(None, size.kind)} {value_words('', unit.kind)}"


def renewals() -> Iterator[str]:
    def made(*keys: str, choices: tuple[str, ...] = ("待办", "已办"), views: tuple[str, ...] = (), **more: object) -> RegisterDefinition:
        own = tuple(RegisterField(k, f"字段{k}", RegisterKind.CHOICE if k == "s" else RegisterKind.TEXT, choices if k == "s" else ()) for k in keys)
        return replace(RegisterDefinition("r", "簿", "五制", "记", own, ("a",), "s" if "s" in keys else "", ("已办",) if "s" in keys else (), "", tuple(RegisterView(v, (v,), ("s", ("待办",)) if v == "s" else None) for v in views)), **more)  # type: ignore[arg-type]

    shipped = made("a", "b", "s", "c", choices=("待办", "办理中", "已办", "作废"), views=("a", "s", "c"), closed=("已办", "作废"), identity=("a", "c"))
    for held, before in product((made("a", "s"), made("s", "a", "b"), made("c", "a"), made("a", "b", "s", "c"), made("x"), replace(made("a", "s"), fields=(RegisterField("z", "字段b"), *made("a", "s").fields))),
                                ((), (made("a", "s"),), (made("a", "b", "s", views=("a",)),), (shipped,))):
        new = renewed(held, shipped, Known.of(before))
        yield f"{[f.key for f in held.fields]} known {[[f.key for f in d.fields] for d in before]}: {[(f.key, f.choices) for f in new.fields]} {[v.name for v in new.views]} {new.identity} {new.closed} {new is held} gained {gained(held, new)}"


def names() -> Iterator[str]:
    for name in ("", " ", ".", "..", "a.xlsx", " .a.xlsx. ", "con", "CON.txt", "com1.xlsx", "com¹", "lpt9.a.b", "nul .x", "a/b\\c:d*e?f\"g<h>i|j", "x" * 210 + ".xlsx", "项" * 80 + ".xlsx", "项" * 60, "a." + "b" * 30, "a\u202eb.exe", "a\tb\x00.xlsx", "a.EXE ", "a.exe.", "dir/报表.xls", "C:\\x\\报表.xls\\", "报表.js", "图.JPG", "包.zip", "文.docm", ".htaccess", "a.tar.gz", "a\u200b.xlsx", "\ue000.txt", "扫描.PDF", "a.7z", "a.xls/"):
        yield f"{name[:30]!r}: {answer(clean_name, name)[:60]} {len(clean_name(name).encode())} {clean_name(name, '原件')[:9]} {last_name(name)[:40]!r} {name_of_original(name)[-24:]!r} {opening_of(name).value} {ending_of(name)!r} {is_paper(name)} {visible(name)[:30]!r}"


def test_what_they_say_of_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "propose", lambda: "")
    for part in (declared, secrets, scopes, renewals, names):
        hold(KEPT / f"words-{part.__name__}.txt", part())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="every system numbers its errors in its own way")
def test_what_a_system_complains_of() -> None:
    hold(KEPT / "words-failures.txt", failures())


def test_proposed_passwords_are_enough_and_differ() -> None:
    made = {passwords.propose() for _ in range(8)}
    assert len(made) == 8
    assert all(passwords.weakness(p) == "" and [len(x) for x in p.split("-")] == [4] * 4 for p in made)
