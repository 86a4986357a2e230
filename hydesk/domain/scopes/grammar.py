"""Scopes as text: ``field op value``, values joined by ``|``, conditions by ``;`` (docs/rules.md §11.2).

The same text stands in ``--scope``, in kept filters and in what a page remembers. Fields go by their key or by what the
office calls them, full-width signs mean the half-width ones, and a value with one of the signs in it stands in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from hydesk.domain.errors import HydeskError
from hydesk.domain.money import MoneyUnit, to_yuan
from hydesk.domain.scopes.fields import SCOPE_FIELDS, ScopeField, ScopeKind
from hydesk.domain.scopes.scope import EMPTY, Condition, Scope, ScopeOp, ScopeValue, value_words

_OPS = {">=": ScopeOp.AT_LEAST, "<=": ScopeOp.AT_MOST, "!=": ScopeOp.IS_NOT, "≥": ScopeOp.AT_LEAST, "≤": ScopeOp.AT_MOST,
        "≠": ScopeOp.IS_NOT, "=": ScopeOp.IS, "~": ScopeOp.HAS, ">": ScopeOp.ABOVE, "<": ScopeOp.BELOW}
_WIDE = str.maketrans("＝！＞＜～｜；“”＂", '=!><~|;"""')
_SIGNS = frozenset('=!<>~|;"≥≤≠')
_UNITS = {"亿": MoneyUnit.YI, "亿元": MoneyUnit.YI, "万": MoneyUnit.WAN, "万元": MoneyUnit.WAN, "元": MoneyUnit.YUAN}
_AMOUNT = re.compile(r"([+-]?[\d,]*\.?\d+)\s*(亿元?|万元?|元)?")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)
_DIGITS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_NAMED = 12
"""How many choices a sentence names."""


def written(scope: Scope) -> str:
    """``scope`` as text that ``parse_scope`` reads back to the same."""
    return ";".join(f"{c.field.key}{c.op.value}{'|'.join(_quoted(v, c.field.kind) for v in c.values)}" for c in scope.conditions)


def _quoted(value: ScopeValue, kind: ScopeKind) -> str:
    said = value_words(value, kind)
    if value and not kind.counted and (said == EMPTY or said != said.strip() or _SIGNS & set(said.translate(_WIDE))):
        return '"' + said.replace('"', '""') + '"'
    return said


def parse_scope(text: str, fields: Mapping[str, ScopeField] = SCOPE_FIELDS) -> Scope:
    """The scope that ``text`` says; all projects where it says nothing.

    Raises HydeskError with a sentence that says which part is wrong and how it is written.
    """
    conditions: list[Condition] = []
    for part in _split(text, ";"):
        if part.strip():
            made = _condition(part, fields)
            if made not in conditions:
                conditions.append(made)
    return Scope(tuple(conditions))


def _split(text: str, at: str) -> list[str]:
    """``text`` divided at ``at`` outside quotes."""
    parts, start, quoted = [], 0, False
    for i, sign in enumerate(text.translate(_WIDE)):
        if sign == '"':
            quoted = not quoted
        elif sign == at and not quoted:
            parts.append(text[start:i])
            start = i + 1
    if quoted:
        raise HydeskError(f"范围“{text.strip()}”里的引号没有成对，请补上")
    return [*parts, text[start:]]


def _condition(part: str, fields: Mapping[str, ScopeField]) -> Condition:
    plain = part.translate(_WIDE)
    found = re.search(r'[><!]=|[≥≤≠=~><]', plain.split('"')[0])
    if found is None:
        raise HydeskError(f"范围里的“{part.strip()}”没有写怎样比较，应写成 级别=省级、总投资>=10亿 这样，几个条件用分号隔开")
    field = _field(part[:found.start()], fields)
    op = _OPS[found.group()]
    if not op.fits(field.kind):
        usable = "、".join(o.value for o in ScopeOp if o.fits(field.kind))
        raise HydeskError(f"范围里的“{field.label}”不能用 {op.value} 比较，可用 {usable}")
    values = [_value(v, field) for v in _split(part[found.end():], "|")]
    return Condition(field, op, tuple(dict.fromkeys(values)))


def _field(name: str, fields: Mapping[str, ScopeField]) -> ScopeField:
    wanted = "".join(name.split()).lower()
    if wanted in fields:
        return fields[wanted]
    for field in fields.values():
        if wanted in (field.label.lower(), *(n.lower() for n in field.names)):
            return field
    known = "、".join(f"{f.key} {f.label}" for f in fields.values())
    raise HydeskError(f"范围里没有“{name.strip()}”这一项，可用的有：{known}" if wanted else
                      f"范围里的比较符前面没有写是哪一项，可用的有：{known}")


def _value(text: str, field: ScopeField) -> ScopeValue:
    said = text.strip()
    bare = said.translate(_WIDE)
    quoted = len(said) >= 2 and bare[0] == bare[-1] == '"'
    if quoted:
        said = said[1:-1].replace('""', '"')
    if not said.strip():
        raise HydeskError(f"范围里的“{field.label}”后面没有写值；要找没有填的，写 {field.key}={EMPTY}")
    empty = not quoted and said in (EMPTY, "（空）", "(空)", "空")
    if not field.kind.counted:
        return "" if empty else said
    if empty:
        return None
    return _yuan(said, field) if field.kind is ScopeKind.AMOUNT else _number(said, field)


def _yuan(said: str, field: ScopeField) -> int:
    found = _AMOUNT.fullmatch(said.translate(_DIGITS))
    if found is None:
        raise HydeskError(f"范围里{field.label}的“{said}”不是金额，应写成 10亿 或 5000万 这样")
    if found.group(2) is None:
        raise HydeskError(f"范围里{field.label}的“{said}”没有写单位，应写成 {said}亿 或 {said}万")
    try:
        return to_yuan(Decimal(found.group(1).replace(",", "")), _UNITS[found.group(2)])
    except InvalidOperation:
        raise HydeskError(f"范围里{field.label}的“{said}”太大了，请核对") from None


def _number(said: str, field: ScopeField) -> int | Decimal:
    plain = said.translate(_DIGITS).removesuffix("年")
    if not _NUMBER.fullmatch(plain):
        raise HydeskError(f"范围里{field.label}的“{said}”不是数，应写成 2023 这样")
    return Decimal(plain) if "." in plain else int(plain)


def resolve(scope: Scope, choices: Mapping[str, Sequence[str]], short: Mapping[str, Mapping[str, str]] | None = None) -> Scope:
    """``scope`` as a person typed it, its words made those of the ledger.

    ``choices``: by the key of a field the words there are; ``short``: by key what else a word is called. A word that is
    none of them but the only one that begins with or holds what was typed is meant; of a field that ``begins``, all that
    begin with it. Raises HydeskError naming what there is.
    """
    return Scope(tuple(_resolved(c, choices, (short or {}).get(c.field.key, {})) for c in scope.conditions))


def _resolved(c: Condition, choices: Mapping[str, Sequence[str]], short: Mapping[str, str]) -> Condition:
    if c.field.key not in choices or c.op is ScopeOp.HAS or c.field.kind.counted:
        return c
    values = [word for v in c.values for word in ([""] if v == "" else _meant(str(v), c.field, choices[c.field.key], short))]
    return Condition(c.field, c.op, tuple(dict.fromkeys(values)))


def _meant(word: str, field: ScopeField, known: Sequence[str], short: Mapping[str, str]) -> Iterable[str]:
    if word in known:
        return [word]
    if word in short:
        return [short[word]]
    tests: tuple[Callable[[str], bool], ...] = (lambda k: k.startswith(word), lambda k: word in k)
    for near in ([k for k in known if k and test(k)] for test in tests):
        if len(near) == 1 or (near and field.begins):
            return near
        if near:
            raise HydeskError(f"{field.label}“{word}”不止一个，请写全：{_listed(near)}")
    there = [k for k in known if k]
    raise HydeskError(f"没有{field.label}“{word}”" + (f"，现有的是：{_listed(there)}" if there else "，这一年的项目都没有填这一项"))


def _listed(words: Sequence[str]) -> str:
    return "、".join(words[:_NAMED]) + (f"等{len(words)}个" if len(words) > _NAMED else "")
