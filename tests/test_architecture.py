"""The shape of the program, held by reading its source: who may import whom, and what may stand in a file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "hydesk"
SOURCES = sorted(PACKAGE.rglob("*.py"))

SHARED = {"dataclass", "lean_sqlite", "load_qt", "numpy_aside", "processes", "resource_files", "stand_ins", "temporary"}
"""Modules of the package itself that any room may use; they import nothing of any room."""

MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "db": {"domain"},
    "excel": {"domain"},
    "returns": {"domain"},
    "reports": {"domain"},
    "services": {"db", "excel", "returns", "reports", "domain"},
    "ui": {"services", "domain"},
    "cli": {"services", "domain", "app"},
    "app": {"ui", "services", "domain"},
}
"""Rooms each room may import from beside itself. ``cli`` starts ``app`` when no command is given. Neither it nor the
window touches the database, the files or the understanding of returns but through services."""

THIRD_PARTY: dict[str, set[str]] = {
    "PySide6": {"ui", "app", "load_qt"},
    "pyqtgraph": {"ui", "app"},
    "sqlalchemy": {"db", "services"},
    "alembic": {"db"},
    "openpyxl": {"excel", "reports"},
    "python_calamine": {"excel"},
    "reportlab": {"reports"},
    "docx": {"reports"},
    "pypdfium2": {"ui"},
    "click": {"cli"},
}


SERVICE_ROOMS = (
    "acts", "rules", "standings", "doubts", "projects", "reports", "returns", "forms", "milestones", "problems", "registers", "mechanisms",
    "upkeep", "pages", "demonstration",
)
"""Rooms of services/ by subject, from the ground up: each may import from those before it, never from one after it."""


@cache
def tree_of(path: Path) -> ast.Module:
    """The parsed source of a file; several tests look at all of them."""
    return ast.parse(path.read_text(encoding="utf-8"))


def room_of(path: Path) -> str:
    """The folder under hydesk/ a file is in, or its own name for a file directly in hydesk/."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything a file imports, also inside functions."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def test_imports_point_one_way() -> None:
    wrong = []
    for path in SOURCES:
        room = room_of(path)
        if room in SHARED or room == "__init__":
            continue
        for line, name in imports_of(path):
            parts = name.split(".")
            if parts[0] != "hydesk" or len(parts) < 2 or parts[1] in SHARED | {"__version__", room}:
                continue
            if parts[1] not in MAY_IMPORT[room]:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def module_name(path: Path) -> str:
    """hydesk.services.acts for its folder's file, hydesk.services.acts.writing for a module."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def loops_among(imports: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that import each other, in a circle of any length."""
    reached: dict[str, set[str]] = {}
    for start in imports:
        seen: set[str] = set()
        ahead = [start]
        while ahead:
            for name in imports.get(ahead.pop(), set()) - seen:
                seen.add(name)
                ahead.append(name)
        reached[start] = seen
    found = {tuple(sorted(m for m in reached[name] if name in reached.get(m, ()))) for name in imports if name in reached[name]}
    return sorted(map(list, found))


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Nor within functions, nor for annotations alone: what two modules both need stands in a third."""
    modules = {module_name(p): p for p in SOURCES}
    imports: dict[str, set[str]] = {}
    for name, path in modules.items():
        told = (full for _, full in imports_of(path))
        imports[name] = {full if full in modules else full.rpartition(".")[0] for full in told} & modules.keys()
    assert not (circles := loops_among(imports)), "\n".join(" ⇄ ".join(c) for c in circles)


def test_a_circle_of_imports_is_found() -> None:
    assert loops_among({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}, "e": {"e"}}) == [["b", "c"], ["e"]]


def test_rooms_of_services_stand_on_each_other() -> None:
    services = PACKAGE / "services"
    assert {p.name for p in services.iterdir() if p.is_dir() and p.name != "__pycache__"} == set(SERVICE_ROOMS)
    assert [p.name for p in services.glob("*.py")] == ["__init__.py"]
    wrong = []
    for path in sorted(services.rglob("*.py")):
        if path.parent == services:
            continue
        above = SERVICE_ROOMS[SERVICE_ROOMS.index(path.parent.name) + 1:]
        for line, name in imports_of(path):
            if name.startswith("hydesk.services.") and name.split(".")[2] in above:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_tests_of_services_mirror_their_rooms() -> None:
    rooms = {p.name for p in (ROOT / "tests" / "services").iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert rooms == set(SERVICE_ROOMS)
    assert not list((ROOT / "tests" / "services").glob("test_*.py"))


def test_libraries_stay_in_their_rooms() -> None:
    wrong = []
    for path in SOURCES:
        for line, name in imports_of(path):
            allowed = THIRD_PARTY.get(name.split(".")[0])
            if allowed is not None and room_of(path) not in allowed:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_the_domain_needs_nothing_but_python() -> None:
    names = {name.split(".")[0] for path in (PACKAGE / "domain").rglob("*.py") for _, name in imports_of(path)}
    assert names - set(sys.stdlib_module_names) <= {"hydesk", "__future__"}


def test_screens_do_not_know_each_other() -> None:
    screens = PACKAGE / "ui" / "screens"
    wrong = []
    for path in sorted(screens.rglob("*.py")):
        if path.parent == screens:
            continue  # the list of screens
        own = path.relative_to(screens).parts[0].removesuffix(".py")
        for line, name in imports_of(path):
            if name.startswith("hydesk.ui.screens.") and name.split(".")[3] != own:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_no_file_grows_beyond_reading() -> None:
    long = []
    for folder in ("hydesk", "tests", "scripts", "benchmarks", "installer"):
        for path in (ROOT / folder).rglob("*.py"):
            if "samples" in path.parts:
                continue
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > 400:
                long.append(f"{path.relative_to(ROOT)}: {lines} lines")
    assert not long, "\n".join(long)


MONEY_NAME = re.compile(r"investment|invested|amount|yuan|plan$|funds|money|total", re.I)


def test_no_float_holds_money() -> None:
    """A name that sounds like money is never annotated with float."""
    wrong = []
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            pairs: list[tuple[str, ast.expr | None]] = []
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                pairs.append((node.target.id, node.annotation))
            elif isinstance(node, ast.arg):
                pairs.append((node.arg, node.annotation))
            elif isinstance(node, ast.FunctionDef):
                pairs.append((node.name, node.returns))
            for name, annotation in pairs:
                if annotation is None or not MONEY_NAME.search(name):
                    continue
                if re.search(r"\bfloat\b", ast.unparse(annotation)):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}")
    assert not wrong, "\n".join(wrong)


CLOCKS = ("today", "now", "utcnow", "time_ns")
KEEPERS = {"issue_report.py", "attach_file.py", "roll_over_year.py", "make_demo.py", "keep_backups.py", "lock_ledger.py"}
"""Services that write down when something was done, or name a file after the moment: no rule of theirs reads the clock."""


def clock_readings(source: str) -> Iterator[tuple[int, bool]]:
    """Where a source reads the clock, and whether only as the default of an argument: ``today or date.today()``."""
    tree = ast.parse(source)
    defaults = {id(v) for node in ast.walk(tree) if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) for v in node.values[1:]}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS):
            continue
        if isinstance(node.func.value, ast.Name) and node.func.value.id in ("date", "datetime", "time"):
            yield node.lineno, id(node) in defaults


@pytest.mark.parametrize("room", ["domain", "returns", "reports", "services"])
def test_today_is_an_argument(room: str) -> None:
    """No rule reads a clock: in ``domain``, ``returns`` and ``reports`` nothing does; a service only as a default."""
    wrong = []
    for path in sorted((PACKAGE / room).rglob("*.py")):
        for line, default in clock_readings(path.read_text(encoding="utf-8")):
            if room != "services" or not (default or path.name in KEEPERS):
                wrong.append(f"{path.relative_to(ROOT)}:{line}")
    assert not wrong, "\n".join(wrong)


def test_a_clock_that_is_read_is_found() -> None:
    read = "def f(today=None):\n    a = today or date.today()\n    b = datetime.now(UTC)\n    return date.fromisoformat(x), other.now()"
    assert sorted(clock_readings(read)) == [(2, True), (3, False)]


TEXT_FILES = {".py", ".md", ".toml", ".cfg", ".ini", ".yml", ".yaml", ".sh", ".txt", ".json", ".qss", ".nsi", ".spec"}
MACHINE = re.compile(
    "|".join((r"(?<![\w.])/wo" r"rk/", r"(?<![\w.])/ro" r"ot/", r"/tm" r"p/\w", r"(?<![\w.])/home/\w", r"[A-Z]:\\\\Users",
              r"https?://\S*(/simple\b|/debian\b|\bregistry\.)", "index" "-url"))
)


def tracked_files() -> list[Path]:
    """What is kept in version control; everything but the known by-products where there is no git."""
    try:
        out = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
        return [ROOT / name for name in out.split("\0") if name and (ROOT / name).is_file()]
    except (OSError, subprocess.CalledProcessError):
        return [p for p in ROOT.rglob("*") if p.is_file() and not {".venv", "out", "build", "hydesk.egg-info"} & set(p.parts)]


def test_no_file_names_a_machine() -> None:
    """No path of somebody's machine and no package registry's host in any text file."""
    wrong = []
    for path in tracked_files():
        if path.suffix not in TEXT_FILES and path.name not in ("Makefile", "run"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MACHINE.search(line):
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("arguments", [["--help"], ["returns", "import", "--help"]])
def test_help_starts_without_the_heavy_libraries(arguments: list[str]) -> None:
    """Start-up: asking for help loads neither the window nor the database nor the printing."""
    code = (
        "import sys; from hydesk.cli import main\n"
        f"status = main({arguments!r})\n"
        "heavy = {'PySide6', 'sqlalchemy', 'alembic', 'openpyxl', 'reportlab', 'docx', 'pyqtgraph'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr.decode()


def _defined(path: Path) -> set[str]:
    """The names at the top level of a module, those within its conditions too."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found.update((a.asname or a.name).partition(".")[0] for a in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def test_benchmarks_scripts_and_the_installer_import_what_there_is() -> None:
    """The suite runs few of them, and what they import is moved like anything else."""
    stale = []
    for path in sorted(p for room in ("benchmarks", "scripts", "installer") for p in (ROOT / room).rglob("*.py")):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in ("hydesk", "tests"):
                base = ROOT.joinpath(*(node.module or "").split("."))
                module = base.with_suffix(".py") if base.with_suffix(".py").exists() else base / "__init__.py"
                names = _defined(module) if module.exists() else set()
                stale += [f"{path.relative_to(ROOT)}: {node.module}.{a.name}" for a in node.names
                          if a.name not in names and not (base / f"{a.name}.py").exists() and not (base / a.name).is_dir()]
    assert stale == []
