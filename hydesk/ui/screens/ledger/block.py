"""A block from the clipboard laid over the ledger: which project and which field each of its cells is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.domain.money import MoneyUnit
from hydesk.services.pages.ledger_columns import INDEX
from hydesk.services.projects.edit_block import Edit
from hydesk.ui.screens.ledger.model import LedgerModel

_CODE, _NAME = INDEX["code"], INDEX["name"]


@dataclass(slots=True)
class LaidBlock:
    """The edits a block asks for, and what of it has no place; ``matched`` says how its rows were told apart."""

    edits: list[Edit] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    matched: str = ""


def lay(block: Sequence[Sequence[str]], model: LedgerModel, row: int, shown: Sequence[int], place: int,
        selected: Sequence[tuple[int, int]] = ()) -> LaidBlock:
    """Lay ``block`` with its corner at table row ``row`` and the column at ``place`` of those ``shown``.

    A first line of heads says the columns; a column of codes, wherever it stands, or of names the ledger knows, says the
    rows; where codes stand about so that nobody can tell whose rows these are, nothing is laid. A single cell fills all
    ``selected`` ones. Money is counted in the unit shown, unless the heads or the cells say another.
    """
    if len(block) == 1 and len(block[0]) == 1 and len(selected) > 1:
        return fill(block[0][0], model, selected)
    laid = LaidBlock()
    heads = _heads(block[0], model) if block else {}
    lines = list(block[1:]) if heads else list(block)
    width = len(block[0]) if block else 0
    key, doubtful = _codes_in(lines, model)
    if doubtful and _CODE not in heads.values():
        laid.left_out.append("块里的编号不在同一列，认不准是哪些项目")
        return laid
    columns = heads or _from_place(width, key, shown, place)
    if not heads and width > len(columns):
        laid.left_out.append(f"最右边的 {width - len(columns)} 列超出了表格")
    unit = _said_unit(block[0]) if heads else None
    key, columns = _telling_rows(lines, key, columns, model)
    fixed = [model.rows.title(c) for i, c in columns.items() if i != key and model.columns[c].field is None]
    if fixed:
        laid.left_out.append(f"{'、'.join(fixed)}由系统计算，不能粘贴")
    if key is not None:
        laid.matched = "按编号对应" if columns[key] == _CODE else "按名称对应"
    rows = _by_key(lines, key, columns[key], model) if key is not None else _by_place(lines, row, model)
    for at, (line, project) in enumerate(zip(lines, rows, strict=True)):
        if project is None:
            said = line[key] if key is not None else f"第 {at + 1} 行"
            laid.left_out.append(f"“{said}”不在台账里" if key is not None else f"{said}超出了表格")
            continue
        for i, c in columns.items():
            wanted = model.columns[c].field
            if i != key and wanted is not None and not (heads and line[i] == ""):
                laid.edits.append(Edit(project, wanted, line[i], unit or model.unit))
    return laid


def _telling_rows(lines: Sequence[Sequence[str]], codes: int | None, columns: dict[int, int],
                  model: LedgerModel) -> tuple[int | None, dict[int, int]]:
    """The block's column that says whose each row is, by code or by name, with what each column is for; ``codes`` is
    where codes were found."""
    if _CODE in columns.values():
        return next(i for i, c in columns.items() if c == _CODE), columns
    if codes is not None and codes not in columns:
        return codes, {**columns, codes: _CODE}
    return _names_in(lines, columns, model), columns


def _from_place(width: int, key: int | None, shown: Sequence[int], place: int) -> dict[int, int]:
    """The ledger's columns for a block without heads: from ``place`` on, the block's column of codes apart."""
    others = [i for i in range(width) if i != key]
    columns = {i: shown[place + n] for n, i in enumerate(others) if place + n < len(shown)}
    return columns if key is None else {**columns, key: _CODE}


def _codes_in(lines: Sequence[Sequence[str]], model: LedgerModel) -> tuple[int | None, bool]:
    """The block's column that holds the ledger's codes, where there is one; whether codes stand about in other ways."""
    known = {x.project.code.lower() for x in model.rows.lines if x.project.code}
    counts: dict[int, tuple[int, int]] = {}
    for line in lines:
        for i, cell in enumerate(line):
            if cell.strip():
                told, filled = counts.get(i, (0, 0))
                counts[i] = told + (cell.strip().lower() in known), filled + 1
    held = [i for i, (told, _filled) in counts.items() if told]
    if len(held) == 1 and counts[held[0]][0] * 2 > counts[held[0]][1]:
        return held[0], False
    return None, bool(held)


def fill(words: str, model: LedgerModel, cells: Sequence[tuple[int, int]]) -> LaidBlock:
    """``words`` into each of ``cells`` (table row, column)."""
    laid = LaidBlock()
    for row, column in cells:
        wanted = model.columns[column].field
        if wanted is not None:
            laid.edits.append(Edit(model.project_id(row), wanted, words, model.unit))
    if not laid.edits:
        laid.left_out.append("选中的栏目由系统计算，不能填写")
    return laid


def _heads(first: Sequence[str], model: LedgerModel) -> dict[int, int]:
    """The columns that a line of heads names; none where it is no line of heads."""
    known: dict[str, int] = {}
    for c, column in enumerate(model.columns):
        known.setdefault(model.rows.title(c), c)
        if column.field is not None:
            known.setdefault(column.field.label, c)
    found = {i: known[bare] for i, text in enumerate(first) if (bare := _bare(text)) in known}
    return found if found and len(found) * 2 >= sum(bool(t) for t in first) else {}


def _bare(head: str) -> str:
    head = "".join(head.split()).rstrip("▲▼①②③④⑤⑥⑦⑧⑨")
    for unit in MoneyUnit:
        head = head.removesuffix(f"（{unit.value}）").removesuffix(f"({unit.value})")
    return head


def _said_unit(heads: Sequence[str]) -> MoneyUnit | None:
    """The unit the heads say, where all that say one agree."""
    said = {unit for unit in (MoneyUnit.WAN, MoneyUnit.YI) for h in heads
            if f"（{unit.value}）" in h or f"({unit.value})" in h}
    return said.pop() if len(said) == 1 else None


def _names_in(lines: Sequence[Sequence[str]], columns: dict[int, int], model: LedgerModel) -> int | None:
    """Where the block says names that are the ledger's: then they tell its rows, and are not to be written."""
    at = next((i for i, c in columns.items() if c == _NAME), None)
    if at is None or not lines or len(columns) < 2:
        return None
    names = {x.project.name for x in model.rows.lines}
    return at if sum(line[at] in names for line in lines) * 2 >= len(lines) else None


def _by_key(lines: Sequence[Sequence[str]], key: int, column: int, model: LedgerModel) -> list[int | None]:
    known: dict[str, int] = {}
    for x in model.rows.lines:
        p = x.project
        known.setdefault(p.code.lower() if column == _CODE else p.name, p.id)
        if column == _NAME:
            for name in x.more.names:
                known.setdefault(name, p.id)
    return [known.get(line[key].strip().lower() if column == _CODE else line[key]) for line in lines]


def _by_place(lines: Sequence[Sequence[str]], row: int, model: LedgerModel) -> list[int | None]:
    return [model.project_id(row + i) if row + i < model.rowCount() else None for i in range(len(lines))]
