"""A write is a value, and the window writes in one way: held by reading the source."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.kept import hold
from tests.test_architecture import tree_of

PACKAGE = Path(__file__).resolve().parent.parent / "hydesk"
BEGIN = ("hydesk.db.journal", "begin_act")
MADE_WHOLE = {"hydesk.services.demonstration", "hydesk.services.upkeep.start_ledger"}
"""What makes a ledger as a whole answers with the ledger."""
WITHOUT_OPERATION = {
    "ui/operations.py": "the operation itself",
    "ui/screens/returns/keep.py": "files are kept as they come and decisions as they are made, without a notice",
    "ui/screens/returns/writing.py": "many returns, of which those written stay when the rest is cancelled",
    "ui/screens/returns/answers.py": "what is remembered is forgotten again, not undone: no act",
    "ui/screens/settings/decisions.py": "what is remembered is forgotten again, not undone: no act",
}
Name = tuple[str, str]


def _functions() -> dict[Name, tuple[ast.FunctionDef, set[Name]]]:
    """Every function and method of the services, with what it calls."""
    found: dict[Name, tuple[ast.FunctionDef, set[Name]]] = {}
    for path in sorted((PACKAGE / "services").rglob("*.py")):
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        tree = tree_of(path)
        names = {a.asname or a.name: (n.module, a.name) for n in ast.walk(tree)
                 if isinstance(n, ast.ImportFrom) and n.module for a in n.names}
        for top in tree.body:
            inside = [(f"{top.name}.{x.name}", x) for x in getattr(top, "body", ()) if isinstance(x, ast.FunctionDef)] \
                if isinstance(top, ast.ClassDef) else [(top.name, top)] if isinstance(top, ast.FunctionDef) else []
            for name, function in inside:
                found[module, name] = (function, _calls(function, module, names, name))
    return found


def _calls(function: ast.FunctionDef, module: str, names: dict[str, tuple[str, str]], own: str) -> set[Name]:
    called: set[Name] = set()
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            called.add(names.get(node.func.id, (module, node.func.id)))
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            base = node.func.value.id
            if base in names:
                called.add((".".join(names[base]), node.func.attr))
            elif base == "self":
                called.add((module, f"{own.split('.')[0]}.{node.func.attr}"))
    return called


def _writers(functions: dict[Name, tuple[ast.FunctionDef, set[Name]]]) -> set[Name]:
    """What begins an act, itself or by what it calls; making an object whose methods do counts."""
    writers: set[Name] = {BEGIN}
    while True:
        classes = {(module, name.split(".")[0]) for module, name in writers if "." in name}
        more = {key for key, (_, calls) in functions.items() if key not in writers and calls & (writers | classes)}
        if not more:
            return writers
        writers |= more


def test_every_use_case_that_writes_answers_with_its_acts() -> None:
    functions = _functions()
    silent, answering = [], 0
    for module, name in sorted(_writers(functions) & functions.keys()):
        function = functions[module, name][0]
        public = not name.startswith("_") and "." not in name and function.args.args[:1]
        if not public or function.args.args[0].arg != "ledger" or any(module.startswith(m) for m in MADE_WHOLE):
            continue
        decorated = any(isinstance(d, ast.Name) and d.id == "writing" for d in function.decorator_list)
        told = function.returns is not None and ast.unparse(function.returns).startswith("Done[")
        answering += decorated or told
        if not (decorated or told):
            silent.append(f"{module}.{name}")
    assert silent == []
    assert answering > 70


def test_the_window_writes_in_one_way() -> None:
    places = {path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / "ui").rglob("*.py")
              if re.search(r"writes=True|\.write\(\) as ", path.read_text(encoding="utf-8"))}
    assert places == WITHOUT_OPERATION.keys()


def test_undoing_is_asked_of_nobody_else() -> None:
    """No screen undoes by itself: a notice's 撤销 and Ctrl+Z are the operations' alone."""
    wrong = [path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / "ui").rglob("*.py")
             if path.name != "operations.py" and re.search(r"import .*\b(undo|redo)_(named|newest|last|import)\b",
                                                          path.read_text(encoding="utf-8"))]
    assert wrong == []


def _operations() -> list[str]:
    """Every operation that the window may begin: the right it names, what it is called, where."""
    found = []
    for path in sorted((PACKAGE / "ui").rglob("*.py")):
        for node in ast.walk(tree_of(path)):
            called = node.func if isinstance(node, ast.Call) else None
            if not isinstance(node, ast.Call) or not isinstance(called, ast.Attribute) or called.attr not in ("run", "run_long"):
                continue
            if not ast.unparse(called.value).endswith("operations"):
                continue
            right = next((ast.unparse(k.value) for k in node.keywords if k.arg == "right"), "Right.WRITE")
            found.append(f"{right.removeprefix('Right.').lower()}: {ast.unparse(node.args[0])} ({path.relative_to(PACKAGE / 'ui').as_posix()})")
    return sorted(set(found))


def test_every_act_of_the_window_names_the_right_that_was_looked_at() -> None:
    """A new act is added to the list by whoever asked which role may do it (docs/rules.md §14); ``scripts/walk_rights.py`` presses them."""
    found = _operations()
    assert len(found) > 35
    hold(Path(__file__).with_name("acts_of_the_window.txt"), found)
