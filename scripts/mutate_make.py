"""Makes one-line mutations of a module from its syntax tree: what ``mutate.py`` asks the tests to notice.

Each mutation is a small slip a person could make: an edge moved (< for <=), and for or, plus for minus, one more or one
less, a condition, an argument or a statement left out. Nothing is made of annotations, docstrings, decorators, asserts and
words, whose slips no rule is about.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

_OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,), ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,), ast.BitAnd: (ast.BitOr,), ast.BitOr: (ast.BitAnd,), ast.And: (ast.Or,), ast.Or: (ast.And,),
}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_SILENT = frozenset({"compare", "repr", "strict", "slots", "frozen", "kw_only", "encoding"})
"""Keyword arguments that change no rule."""
_WIDTHS = frozenset({"sheet", "width", "weight"})
"""Keyword arguments whose numbers say how wide something is drawn."""
_WORDS = (ast.Constant, ast.JoinedStr)
_CITED = re.compile(r"§\s?(\d+(?:\.\d+)*)((?:\s*[,、]\s*\d+\.\d+)*)")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mutation: the ``number``-th of ``path``, at ``line``; ``lines`` are those a test must run to see it.

    ``where`` is the function it stands in, empty at the module's or a class's level. ``at_import``: it changes what
    happens when the module is imported, so it takes a new process.
    """

    path: str
    number: int
    line: int
    lines: tuple[int, ...]
    where: str
    was: str
    becomes: str
    at_import: bool
    rules: frozenset[str]

    @property
    def key(self) -> str:
        """Names the mutation whatever its line: for those explained."""
        return f"{self.path}:{self.where}: {self.was} → {self.becomes}"


@dataclass(slots=True)
class _Change:
    node: ast.AST
    becomes: str
    apply: Callable[[], None]
    was: str = ""


@dataclass(slots=True)
class _At:
    """Where the walk stands."""

    where: str = ""
    at_import: bool = True
    lines: tuple[int, ...] = ()
    rules: frozenset[str] = frozenset()


def mutants_of(path: str, source: str) -> list[Mutant]:
    """Every mutation of a module, in the order of its text."""
    made = []
    for number, (change, at) in enumerate(_walk(ast.parse(source))):
        first = getattr(change.node, "lineno", at.lines[0] if at.lines else 1)
        last = getattr(change.node, "end_lineno", None) or first
        lines = tuple(sorted({*range(first, last + 1), *at.lines}))
        made.append(Mutant(path, number, first, lines, at.where, change.was or _text(change.node), change.becomes, at.at_import, at.rules))
    return made


def mutated(source: str, number: int) -> ast.Module:
    """The module's tree with its ``number``-th mutation, lines as they were."""
    tree = ast.parse(source)
    for i, (change, _) in enumerate(_walk(tree)):
        if i == number:
            change.apply()
            return ast.fix_missing_locations(tree)
    raise IndexError(number)


def source_of(path: Path) -> str:
    """The text of a module."""
    return path.read_text(encoding="utf-8")


def text_of(node: ast.AST) -> str:
    """A tree as text. Where an f-string cannot be written with its parts (a backslash among them), it is joined of them."""
    try:
        return ast.unparse(node)
    except ValueError:
        return ast.unparse(ast.fix_missing_locations(_Joined().visit(deepcopy(node))))


class _Joined(ast.NodeTransformer):
    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        self.generic_visit(node)
        parts = [_formatted(v) if isinstance(v, ast.FormattedValue) else v for v in node.values]
        return ast.copy_location(ast.Call(ast.Attribute(ast.Constant(""), "join", ast.Load()), [ast.List(parts, ast.Load())], []), node)


def _formatted(node: ast.FormattedValue) -> ast.expr:
    turned = {ord("r"): "repr", ord("s"): "str", ord("a"): "ascii"}.get(node.conversion)
    value = ast.Call(ast.Name(turned, ast.Load()), [node.value], []) if turned else node.value
    return ast.Call(ast.Name("format", ast.Load()), [value, *([node.format_spec] if node.format_spec else [])], [])


def _text(node: ast.AST) -> str:
    return " ".join(text_of(node).split())


def cited(words: str | None) -> frozenset[str]:
    """The rules (§) that a docstring cites: §4.1, or several after one sign."""
    found: set[str] = set()
    for first, more in _CITED.findall(words or ""):
        found |= {first, *re.findall(r"\d+\.\d+", more)}
    return frozenset(found)


def _walk(tree: ast.Module) -> Iterator[tuple[_Change, _At]]:
    yield from _body(tree, _At(rules=cited(ast.get_docstring(tree))))


def _body(node: ast.AST, at: _At) -> Iterator[tuple[_Change, _At]]:
    for name, value in ast.iter_fields(node):
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not _left_alone(node, name, child):
                yield from _node(node, name, index, child, at)


def _left_alone(node: ast.AST, name: str, child: ast.AST) -> bool:
    if name in ("annotation", "returns", "decorator_list", "format_spec"):
        return True
    if isinstance(child, (ast.Assert, ast.Raise, ast.Import, ast.ImportFrom)):
        return True
    if isinstance(child, ast.keyword) and child.arg in _SILENT:
        return True
    if isinstance(child, ast.Constant) and (
            (isinstance(node, ast.keyword) and node.arg in _WIDTHS)
            or (name == "args" and isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Column"))):
        return True  # how wide a column is
    if isinstance(child, ast.If) and "TYPE_CHECKING" in text_of(child.test):
        return True
    return isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)


def _node(parent: ast.AST, name: str, index: int | None, node: ast.AST, at: _At) -> Iterator[tuple[_Change, _At]]:
    def put(new: ast.AST) -> Callable[[], None]:
        def apply() -> None:
            fresh = ast.copy_location(new, node)
            if index is None:
                setattr(parent, name, fresh)
            else:
                getattr(parent, name)[index] = fresh
        return apply

    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield from _definition(node, at)
        return
    if isinstance(node, ast.Lambda):
        yield from _body(node.args, at)
        inside = _At(at.where, False, at.lines, at.rules)
        yield from _node(node, "body", None, node.body, inside)
        return
    if isinstance(node, ast.stmt):
        at = _At(at.where, at.at_import, () if hasattr(node, "body") else _lines(node) if _one(node) else (), at.rules)
    if isinstance(node, ast.JoinedStr):
        at = _At(at.where, at.at_import, _lines(node), at.rules)
    for change in _changes(node, put):
        yield change, at
    yield from _body(node, at)


def _one(node: ast.stmt) -> bool:
    """Whether the statement is short enough that who runs its first line runs it all."""
    return (node.end_lineno or node.lineno) == node.lineno


def _lines(node: ast.AST) -> tuple[int, ...]:
    return tuple(range(node.lineno, (node.end_lineno or node.lineno) + 1))  # type: ignore[attr-defined]


def _definition(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, at: _At) -> Iterator[tuple[_Change, _At]]:
    where = f"{at.where}.{node.name}" if at.where else node.name
    rules = at.rules | cited(ast.get_docstring(node))
    if isinstance(node, ast.ClassDef):
        inside = _At(where, at.at_import, (), rules)
    else:
        yield from _body(node.args, _At(where, at.at_import, (), rules))
        inside = _At(where, False, (), rules)
    for i, child in enumerate(node.body):
        if not _left_alone(node, "body", child):
            yield from _node(node, "body", i, child, inside)


def _changes(node: ast.AST, put: Callable[[ast.AST], Callable[[], None]]) -> Iterator[_Change]:
    if isinstance(node, ast.Compare):
        yield from _compare(node)
    elif isinstance(node, ast.BoolOp):
        yield from _bool_op(node, put)
    elif isinstance(node, ast.BinOp) and not _is_text(node.left) and not _is_text(node.right):
        for other in _OPERATORS.get(type(node.op), ()):
            new = ast.BinOp(node.left, other(), node.right)  # type: ignore[arg-type]
            yield _Change(node, _text(new), put(new))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield _Change(node, _text(node.operand), put(node.operand))
    elif isinstance(node, ast.Constant):
        yield from (_Change(node, _text(new), put(new)) for new in _constants(node))
    elif isinstance(node, ast.Call):
        yield from _call(node, put)
    elif isinstance(node, (ast.IfExp, ast.If, ast.While)):
        yield from _condition(node, node.test)
    elif isinstance(node, ast.comprehension):
        yield from _filters(node)
    elif isinstance(node, ast.Slice):
        yield from _bounds(node)
    else:
        yield from _statement(node, put)


def _compare(node: ast.Compare) -> Iterator[_Change]:
    for i, op in enumerate(node.ops):
        for other in _OPERATORS.get(type(op), ()):
            ops = [other() if i == j else o for j, o in enumerate(node.ops)]
            yield _Change(node, _text(ast.Compare(node.left, ops, node.comparators)), _set(node, "ops", ops))  # type: ignore[arg-type]


def _set(node: ast.AST, name: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, name, value)


def _bool_op(node: ast.BoolOp, put: Callable[[ast.AST], Callable[[], None]]) -> Iterator[_Change]:
    (other,) = _OPERATORS[type(node.op)]
    new = ast.BoolOp(other(), node.values)  # type: ignore[arg-type]
    yield _Change(node, _text(new), put(new))
    for i in range(len(node.values)):
        rest = node.values[:i] + node.values[i + 1:]
        left = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
        yield _Change(node, _text(left), put(left))


def _is_text(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_text(node.left) or _is_text(node.right)
    return isinstance(node, (ast.JoinedStr, ast.Tuple, ast.List)) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _constants(node: ast.Constant) -> list[ast.expr]:
    value = node.value
    if isinstance(value, bool):
        return [ast.Constant(not value)]
    if isinstance(value, int):
        return [ast.Constant(value + 1), ast.Constant(value - 1) if value > 0 else ast.UnaryOp(ast.USub(), ast.Constant(1 - value))]
    return []


def _call(node: ast.Call, put: Callable[[ast.AST], Callable[[], None]]) -> Iterator[_Change]:
    called = node.func.id if isinstance(node.func, ast.Name) else ""
    if called in _CALLS:
        new = ast.Call(ast.Name(_CALLS[called], ast.Load()), node.args, node.keywords)
        yield _Change(node, _text(new), put(new))
    if called == "Decimal" and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
        yield from _decimals(node, node.args[0].value, put)
    if (len(node.args) >= 2 and called not in _CALLS and not any(isinstance(a, (ast.Starred, *_WORDS)) for a in node.args[:2])
            and not _alike(*node.args[:2]) and not _commutes(node.func)):
        new = ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)
        yield _Change(node, _text(new), put(new))
    for i, given in enumerate(node.keywords):
        if given.arg is not None and given.arg not in _SILENT:
            new = ast.Call(node.func, node.args, node.keywords[:i] + node.keywords[i + 1:])
            yield _Change(node, f"without {given.arg}={_text(given.value)}", put(new), _text(node.func) + "(…)")


def _alike(one: ast.expr, other: ast.expr) -> bool:
    """Whether two arguments are members of one enumeration: those that take them ask for any of them, in any order."""
    return (isinstance(one, ast.Attribute) and isinstance(other, ast.Attribute) and one.attr.isupper() and other.attr.isupper()
            and ast.unparse(one.value) == ast.unparse(other.value))


def _commutes(called: ast.expr) -> bool:
    """Whether what is called asks for all of its arguments alike: the conditions of a query in one order or in another."""
    return (called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else "") in ("where", "and_", "or_")


def _decimals(node: ast.Call, words: str, put: Callable[[ast.AST], Callable[[], None]]) -> Iterator[_Change]:
    try:
        value = Decimal(words)
    except InvalidOperation:
        return
    step = Decimal(1).scaleb(int(value.as_tuple().exponent) - 2)
    for near in (value + step, value - step):
        new = ast.Call(node.func, [ast.Constant(str(near))], node.keywords)
        yield _Change(node, _text(new), put(new))


def _condition(node: ast.AST, test: ast.expr) -> Iterator[_Change]:
    """A bare condition turned; those of comparisons, and, or, not are mutated by themselves."""
    if not isinstance(test, (ast.Compare, ast.BoolOp, ast.UnaryOp)):
        new = ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
        yield _Change(test, _text(new), _set(node, "test", new), f"if {_text(test)}")


def _filters(node: ast.comprehension) -> Iterator[_Change]:
    for i, test in enumerate(node.ifs):
        rest = node.ifs[:i] + node.ifs[i + 1:]
        yield _Change(test, "no filter", _set(node, "ifs", rest), f"for … if {_text(test)}")


def _bounds(node: ast.Slice) -> Iterator[_Change]:
    for name in ("lower", "upper"):
        bound = getattr(node, name)
        if bound is not None:
            yield _Change(node, f"no {name} bound", _set(node, name, None), f"[{_text(node)}]")


def _statement(node: ast.AST, put: Callable[[ast.AST], Callable[[], None]]) -> Iterator[_Change]:
    if isinstance(node, ast.Return) and node.value is not None and not (
            isinstance(node.value, ast.Constant) and node.value.value is None):
        yield _Change(node, "return None", put(ast.Return(ast.Constant(None))))
    elif isinstance(node, ast.AugAssign):
        yield _Change(node, "left out", put(ast.Pass()))
        for other in () if _is_text(node.value) else _OPERATORS.get(type(node.op), ()):
            new = ast.AugAssign(node.target, other(), node.value)  # type: ignore[arg-type]
            yield _Change(node, _text(new), put(new))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield _Change(node, "left out", put(ast.Pass()))
    elif isinstance(node, ast.Continue):
        yield _Change(node, "break", put(ast.Break()))
    elif isinstance(node, ast.Break):
        yield _Change(node, "continue", put(ast.Continue()))
