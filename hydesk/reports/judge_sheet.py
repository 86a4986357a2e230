"""A sheet on which a judge writes points by hand: a row a project, a column a criterion, room to sign."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.dataclass import dataclass
from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.pdf_page import MM
from hydesk.reports.pdf_text import lay, lines_of
from hydesk.reports.wall import shapes as ink
from hydesk.reports.wall.paper import PAPERS
from hydesk.reports.wall.shapes import Box, Path, Shape, WallSheet, Words

_MARGIN = 15 * MM
_ROW = 13 * MM
"""High enough to write in by hand."""
_HEAD = 15 * MM
_SIZE = 11.0
_WIDTHS = (12 * MM, 62 * MM, 30 * MM)
"""Number, project, unit."""
_POINTS, _TOTAL = 24 * MM, 20 * MM


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is judged, and the most points it brings."""

    name: str
    points: int


@dataclass(frozen=True, slots=True)
class JudgeSheet:
    """A group's projects (number of the stop, name, unit) and what they are judged by."""

    title: str
    projects: tuple[tuple[int, str, str], ...]
    criteria: tuple[Criterion, ...]
    foot: str
    remark: str = ""


def judge_sheets(sheet: JudgeSheet, fonts: FontSet) -> tuple[WallSheet, ...]:
    """The sheet on as many A4 pages as its projects take."""
    width, height = PAPERS["A4"]
    per = int((height - 2 * _MARGIN - 30 * MM - _HEAD - 16 * MM) / _ROW)
    parts = [sheet.projects[i:i + per] for i in range(0, len(sheet.projects), per)]
    return tuple(WallSheet(width, height, tuple(_page(sheet, part, fonts, width, height)), _SIZE) for part in parts)


def _page(sheet: JudgeSheet, projects: Sequence[tuple[int, str, str]], fonts: FontSet, width: float, height: float) -> list[Shape]:
    def centred(text: str, x: float, wide: float, middle: float, size: float = _SIZE, role: Role = Role.SONG) -> list[Shape]:
        room = wide - 4
        lines = [part for given in text.split("\n") for part in lines_of(lay(fonts, role, given, size), room, room)]
        first = middle + (len(lines) - 1) * 0.6 * size - 0.36 * size
        return [Words(x + (wide - line.width) / 2, first - i * 1.2 * size, line.text, size, line.width, role) for i, line in enumerate(lines)]

    whole = width - 2 * _MARGIN
    size = min(22.0, whole / max(fonts.width(Role.TITLE, sheet.title), 1.0))
    made: list[Shape] = centred(sheet.title, _MARGIN, whole + 4, height - _MARGIN - 12, size, Role.TITLE)
    if sheet.remark:
        made += [Words(_MARGIN, height - _MARGIN + 2, f"【{sheet.remark}】", 10, fonts.width(Role.HEI, f"【{sheet.remark}】") * 10, Role.HEI, ink.RED)]
    full = sum(c.points for c in sheet.criteria)
    points = min(_POINTS, (whole - sum(_WIDTHS) - _TOTAL - 30 * MM) / max(len(sheet.criteria), 1))
    widths = [*_WIDTHS, *[points] * len(sheet.criteria), _TOTAL]
    widths.append(whole - sum(widths))
    heads = ["站", "项目", "单位", *(f"{c.name}\n（{c.points}分）" for c in sheet.criteria), f"合计\n（{full}分）", "评语"]
    top = height - _MARGIN - 30 * MM
    edges = [_MARGIN]
    for wide in widths:
        edges.append(edges[-1] + wide)
    made.append(Box(_MARGIN, top - _HEAD, whole, _HEAD, fill=ink.GROUND))
    for text, x, wide in zip(heads, edges, widths, strict=False):
        made += centred(text, x, wide, top - _HEAD / 2, _SIZE, Role.HEI)
    y = top - _HEAD
    for number, name, unit in projects:
        for text, x, wide in zip((str(number), name, unit), edges, widths, strict=False):
            made += centred(text, x, wide, y - _ROW / 2, 10.0 if len(name) < 30 else 8.0)
        y -= _ROW
        made.append(Path(((_MARGIN, y), (_MARGIN + whole, y)), ink.INK, line=0.6))
    made += [Path(((x, y), (x, top)), ink.INK, line=0.6) for x in edges[1:-1]]
    made += [Path(((_MARGIN, top - _HEAD), (_MARGIN + whole, top - _HEAD)), ink.INK, line=0.6), Box(_MARGIN, y, whole, top - y, stroke=ink.INK, line=1.2)]
    sign = "评委签名：＿＿＿＿＿＿＿＿　　　　　　日期：＿＿＿＿年＿＿月＿＿日"
    made.append(Words(_MARGIN, _MARGIN + 4, sign, 12, fonts.width(Role.SONG, sign) * 12, Role.SONG))
    foot = fonts.width(Role.SONG, sheet.foot) * 9
    made.append(Words(_MARGIN + whole - foot, _MARGIN + 4, sheet.foot, 9, foot, Role.SONG, ink.QUIET))
    return made
