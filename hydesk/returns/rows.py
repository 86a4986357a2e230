"""Stage 'rows': what each row below the head is — project, section, sum, note, continuation, …"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.grid import Sheet
from hydesk.returns.aliases import CHILD_WORDS, NOTE_WORDS
from hydesk.returns.head import Head, is_column_numbers
from hydesk.returns.head_words import is_translation
from hydesk.returns.row_words import count_beside, count_in, is_code, is_words, repeats_head, sum_words
from hydesk.returns.text import is_blank, shown, squeeze


class RowKind(Enum):
    """The kinds of rows below a head."""

    PROJECT = "project"
    SECTION = "section"
    TOTAL = "total"
    NOTE = "note"
    CHILD = "child"
    CONTINUATION = "continuation"
    HEAD = "head"
    BLANK = "blank"
    NUMBERED = "numbered"
    """Pre-numbered and otherwise empty."""
    UNTOLD = "untold"
    """Figures without a name: reported, never taken."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row and its kind; ``declared`` is the count it claims (（15个）, 合计：26个)."""

    row: int
    kind: RowKind
    name: str = ""
    declared: int | None = None
    continued: tuple[int, ...] = ()
    """Rows below, or above, that hold the rest of this row's words."""
    parts: tuple[int, ...] = ()
    """Rows below that hold figures of the same project."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns that tell rows apart stand. Numbers are columns from 1; 0 where there is none."""

    serial: int
    name: int
    codes: tuple[int, ...]
    money: tuple[int, ...]
    texts: Mapping[int, Field]


_NUMERAL = re.compile(r"^[(]?[一二三四五六七八九十百]{1,4}[)]?[、.:]?$|^[(][一二三四五六七八九十]{1,3}[)]|^[一二三四五六七八九十]{1,3}[、.]|^第[一二三四五六七八九十]+[类批部]")
_ONLY_NUMERAL = re.compile(r"[(]?[一二三四五六七八九十]{1,3}[)]?[、.]?")
_SECTION_WORDS = re.compile(r"(产业发展|基础设施|社会民生|生态环保|新建|续建|预备|省重点|市重点|工业|农业|文旅|交通|水利|能源|民生|服务业|城建|园区)(类|项目|工程)*([(:：共]*\d*[个项]?[)]?)?$")


_DIGITS_BEFORE = re.compile(r"^(?:[(]\d{1,2}[)]|\d{1,2}[、.]|[①-⑳])(?=[\u4e00-\u9fff])")


def sort_rows(
    sheet: Sheet, head: Head, layout: Layout, is_project: Callable[[str], bool], is_unit: Callable[[str], bool]
) -> list[TableRow]:
    """Every row below the head with its kind.

    ``is_project`` tells whether words are a ledger project's name; ``is_unit`` whether they name a reporting unit.
    """
    rows: list[TableRow] = []
    after_notes = False
    for number in range(head.last_row + 1, len(sheet.rows) + 1):
        kind, name, declared = _kind(sheet, head, layout, number, is_project, is_unit)
        if kind is RowKind.PROJECT and (
            _goes_on_in_parts(sheet, layout, rows, number, name, is_project)
            or _is_below_package(sheet, layout, rows, number, name, is_project)
        ):
            kind = RowKind.CHILD
        if kind is RowKind.SECTION and _breaks_down_a_total(sheet, layout, rows, number, name):
            kind, declared = RowKind.CHILD, None
        if after_notes and kind in (RowKind.SECTION, RowKind.CONTINUATION):
            kind = RowKind.NOTE
        if kind is RowKind.NOTE:
            after_notes = True
        elif kind in (RowKind.PROJECT, RowKind.HEAD):
            after_notes = False
        if kind is RowKind.CONTINUATION:
            previous = _last_project(rows)
            if name and _is_group(name, "" if previous is None else rows[previous].name, is_project):
                kind, declared = RowKind.SECTION, count_in(squeeze(name))
            elif previous is None:
                kind = RowKind.NOTE
            else:
                _carry_on(rows, previous, number)
        rows.append(_joined_above(sheet, layout, rows, TableRow(number, kind, name, declared), is_project))
    return rows


def _goes_on_in_parts(
    sheet: Sheet, layout: Layout, rows: list[TableRow], number: int, name: str, is_project: Callable[[str], bool]
) -> bool:
    """其中：A, then B below without a number of its own: B is a part of the same project, not a project."""
    if not rows or rows[-1].kind is not RowKind.CHILD or not layout.serial or is_project(name):
        return False
    return all(is_blank(sheet.cell(number, c)) for c in (layout.serial, *layout.codes))


_SUB_NUMBER = re.compile(r"[①-⑳⑴-⒇]|[(（]\d{1,2}[)）]|\d{1,3}[.\-－—]\d{1,2}|[a-zA-Z][.)）]?")
_SUB_NUMBER_BEFORE = re.compile(r"^\s*(?:[①-⑳⑴-⒇]|[(（]\d{1,2}[)）]|\d{1,3}\.\d{1,2}(?=[\s、.\u4e00-\u9fff]))")
_PLAIN_NUMBER = re.compile(r"\d{1,4}[.、]?")
_AFTER_PARENT = re.compile(r"^\s*(?:——|--|[—\-－–:：_/]|\s|之|的)\s*\S")


def _is_below_package(
    sheet: Sheet, layout: Layout, rows: list[TableRow], number: int, name: str, is_project: Callable[[str], bool]
) -> bool:
    """A sub-project of the package above: numbered below it (1.1, (1), ①), or named after it (父项—子项).

    The package has a plain number of its own; sub-numbers below a section only number its projects.
    """
    above = next((r for r in reversed(rows) if r.kind not in (RowKind.CHILD, RowKind.CONTINUATION, RowKind.BLANK)), None)
    if above is None or above.kind is not RowKind.PROJECT or not name or is_project(name):
        return False
    if above.name and name.startswith(above.name) and _AFTER_PARENT.match(name[len(above.name):]):
        return True
    if any(not is_blank(sheet.cell(number, c)) for c in layout.codes):
        return False
    serial, upper = (shown(sheet.cell(r, layout.serial)).strip() if layout.serial else "" for r in (number, above.row))
    numbered = bool(_SUB_NUMBER.fullmatch(serial)) or (not serial and bool(_SUB_NUMBER_BEFORE.match(name)))
    return numbered and (bool(_PLAIN_NUMBER.fullmatch(upper)) or not layout.serial)


def _breaks_down_a_total(sheet: Sheet, layout: Layout, rows: list[TableRow], number: int, name: str) -> bool:
    """合计 / 其中：省重点（2个） / 市重点（4个）: the last line breaks the total down too, and heads no rows."""
    if not rows or rows[-1].kind is not RowKind.CHILD or _NUMERAL.match(squeeze(name)):
        return False
    above = next((r.kind for r in reversed(rows) if r.kind is not RowKind.CHILD), None)
    return above is RowKind.TOTAL and any(not is_blank(sheet.cell(number, c)) for c in layout.money)


def _joined_above(
    sheet: Sheet, layout: Layout, rows: list[TableRow], row: TableRow, is_project: Callable[[str], bool]
) -> TableRow:
    """A name cut over two rows may have its first half above the row of figures."""
    last = rows[-1] if rows else None
    if row.kind is not RowKind.PROJECT or not row.name or last is None or not last.name:
        return row
    halved = last.kind in (RowKind.SECTION, RowKind.NOTE) or (
        # 归阳码头 / 项目: the first half is a whole name already, but a row without figures.
        last.kind is RowKind.PROJECT and bool(_CLOSING.fullmatch(squeeze(row.name)))
        and all(is_blank(sheet.cell(last.row, c)) for c in layout.money)
    )
    if halved and not is_project(row.name) and is_project(last.name + row.name):
        rows[-1] = TableRow(last.row, RowKind.CONTINUATION, last.name)
        return TableRow(row.row, row.kind, last.name + row.name, row.declared, (last.row,))
    return row


_CLOSING = re.compile(r"(建设)?(项目|工程)+|建设")
_PLACE = re.compile(r"(镇|乡|街道|办事处|区|县|市|园|片区|农场|林场)([(（].*)?$")


def _is_group(name: str, before: str, is_project: Callable[[str], bool]) -> bool:
    """Whether words alone in the name column head a group (a town) rather than carry on the name above."""
    if before and is_project(before + name):
        return False
    return bool(_PLACE.search(squeeze(name))) or not before or is_project(before)


def _last_project(rows: list[TableRow]) -> int | None:
    """The row that a continuation carries on: the nearest above, blanks passed over."""
    for at in range(len(rows) - 1, -1, -1):
        if rows[at].kind is RowKind.PROJECT:
            return at
        if rows[at].kind not in (RowKind.BLANK, RowKind.CONTINUATION):
            return None
    return None


def _carry_on(rows: list[TableRow], at: int, number: int) -> None:
    r = rows[at]
    rows[at] = TableRow(r.row, r.kind, r.name, r.declared, (*r.continued, number))


def _kind(
    sheet: Sheet, head: Head, layout: Layout, number: int, is_project: Callable[[str], bool], is_unit: Callable[[str], bool]
) -> tuple[RowKind, str, int | None]:
    line = sheet.rows[number - 1]
    # Only what stands under the head belongs to the table; notes beside it do not make a row.
    filled = {c: v for c, v in enumerate(line, 1) if v is not None and c in head.paths and not is_blank(v)}
    if not filled:
        return RowKind.BLANK, "", None
    if number in head.rows or repeats_head(filled, head):
        return RowKind.HEAD, "", None
    if is_translation(filled.values()) and not any(is_project(str(v)) for v in filled.values()):
        return RowKind.HEAD, "", None
    if len(filled) >= 4 and is_column_numbers(list(filled.values())):
        return RowKind.HEAD, "", None
    name_value = line[layout.name - 1] if 0 < layout.name <= len(line) else None
    name = shown(name_value).strip() if not is_blank(name_value) else ""
    texts = [squeeze(v) for v in filled.values() if isinstance(v, str)]
    last_lead = max(layout.name, layout.serial, 2)
    lead = [squeeze(shown(v)) for c, v in filled.items() if c <= last_lead]
    has_money = any(c in filled and not is_words(filled[c]) for c in layout.money)
    coded = any(c in filled and is_code(filled[c]) for c in layout.codes)
    written = shown(line[layout.serial - 1]).strip() if layout.serial in filled else ""
    serial = f"({squeeze(written)})" if re.fullmatch("[①-⑳]", written) else squeeze(written)
    if not coded and (sums := sum_words(lead, name, is_project)):
        return RowKind.TOTAL, sums, count_in(sums) or count_beside(texts)
    if not coded and any(NOTE_WORDS.search(t) for t in lead[:2] or texts[:1]):
        return RowKind.NOTE, texts[0] if texts else "", None
    if (name and CHILD_WORDS.match(squeeze(name))) or (lead and CHILD_WORDS.match(lead[0]) and (not name or _ONLY_OF_WHICH.fullmatch(lead[0]))):
        return RowKind.CHILD, name, None
    if coded and len(filled) == 1 and re.fullmatch(r"\d{1,3}", next(iter(texts), "") or squeeze(shown(next(iter(filled.values()))))):
        return RowKind.NUMBERED, "", None
    if coded:
        return RowKind.PROJECT, name, None
    if name and _is_part(serial, squeeze(name), bool(layout.serial), is_project):
        return RowKind.CHILD, name, None
    section = _section(lead, name, serial, texts, layout, filled, is_project, is_unit)
    if section is not None:
        return RowKind.SECTION, section, count_in(section)
    return _named_or_not(layout, filled, name, serial, texts, has_money, is_project)


_ONLY_OF_WHICH = re.compile(r"#?其中[:：]?")
_PART = re.compile(r"^[(]?([一二三四五六七八九十]|\d{1,2})[)]?(期|标段|标|子项|号地块|地块|号楼|区块)")


def _is_part(serial: str, name: str, serials: bool, is_project: Callable[[str], bool]) -> bool:
    """A part of the project above (1.1 二标段; 一期 without a number of its own), counted in it already."""
    if is_project(name):
        return False
    numbered_below = bool(re.fullmatch(r"\d{1,3}\.\d{1,2}", serial))
    bracketed = not serial or bool(re.fullmatch(r"\(\d{1,2}\)", serial))
    return numbered_below or (serials and bracketed and bool(_PART.match(name)))


def _named_or_not(
    layout: Layout, filled: Mapping[int, object], name: str, serial: str, texts: list[str], has_money: bool,
    is_project: Callable[[str], bool],
) -> tuple[RowKind, str, int | None]:
    numbered = bool(re.fullmatch(r"\d{1,4}(\.\d{1,3})?[.、]?", serial))
    if name and layout.serial and not serial and has_money and _PLACE.search(squeeze(name)) and not is_project(name):
        return RowKind.SECTION, name, None  # a town's sums
    if name:
        if numbered or has_money or is_project(name):
            return RowKind.PROJECT, name, None
        if layout.serial and not numbered:
            return RowKind.CONTINUATION, name, None
        return RowKind.PROJECT, name, None
    if has_money and serial and not numbered:
        return RowKind.SECTION, serial, None  # a group's sums, its words in the first column
    if has_money:
        return RowKind.UNTOLD, "", None
    if numbered and len(filled) == 1:
        return RowKind.NUMBERED, "", None
    if any(c in layout.texts for c in filled):
        return (RowKind.NUMBERED if numbered and len(texts) == 0 else RowKind.CONTINUATION), "", None
    return (RowKind.NUMBERED if numbered else RowKind.NOTE), "", None


def _section(
    lead: list[str], name: str, serial: str, texts: list[str], layout: Layout, filled: Mapping[int, object],
    is_project: Callable[[str], bool], is_unit: Callable[[str], bool],
) -> str | None:
    """The words of a section row (一、产业发展项目（15个）), or None."""
    words = _joined(lead) or (texts[0] if texts else "")
    title = squeeze(name) or words
    if is_project(name):
        return None
    facts = sum(1 for c in filled if c in layout.texts and c not in (layout.name, layout.serial))
    if facts >= 2:
        return None
    numeral = bool(_NUMERAL.match(serial)) or (not re.fullmatch(r"\d+(\.\d+)?", serial) and bool(_NUMERAL.match(words)))
    counted = bool(re.search(r"[(（共:：]\s*共?\d{1,4}\s*[个项]", title))
    plain_serial = bool(re.fullmatch(r"\d{1,4}(\.\d{1,3})?", serial))
    unnumbered = _DIGITS_BEFORE.sub("", title)
    if (numeral and not plain_serial) or _ONLY_NUMERAL.fullmatch(squeeze(name)):
        return words
    if counted and (not plain_serial or facts == 0):
        return words
    if not plain_serial and (is_unit(re.sub(r"[(（].*", "", unnumbered)) or _SECTION_WORDS.match(unnumbered)):
        return words
    if plain_serial and facts == 0 and is_unit(title):
        return title  # 1 | 衡南县 | its sums: no project is called so
    return None


def _joined(lead: list[str]) -> str:
    """一 and 产业发展 in cells of their own are 一、产业发展."""
    if len(lead) > 1 and re.fullmatch("[一二三四五六七八九十]{1,3}", lead[0]):
        return f"{lead[0]}、{''.join(lead[1:])}"
    return "".join(lead)


_DEPTHS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"[(][一二三四五六七八九十]{1,3}[)]"), 2), (re.compile(r"[(]\d{1,2}[)]|[⑴-⒇]"), 4), (re.compile(r"[①-⑳]"), 5),
    (re.compile(r"\d{1,2}(?:[、.]|(?=[^\d年月.]))"), 3), (re.compile(r"[一二三四五六七八九十百]{1,4}[、.:]|第[一二三四五六七八九十]+[类批部]"), 1))


def section_depth(name: str) -> int | None:
    """How deep a section's numbering lies: 一、 1, （一） 2, 1. 3, （1） 4, ① 5; None for words without a number."""
    text = squeeze(name)
    return next((depth for pattern, depth in _DEPTHS if pattern.match(text)), None)
