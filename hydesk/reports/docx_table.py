"""Tables in Word: heads repeated on every page, rows not cut, merged heads. Written as XML at one go: a table of
hundreds of rows built cell by cell takes minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from hydesk.domain.written import CONTROL
from hydesk.reports.column_widths import needs_of, share_out
from hydesk.reports.docx_base import HEI
from hydesk.reports.figures import Part
from hydesk.reports.fonts import FontSet
from hydesk.reports.grid import PrintRow, PrintRowKind, PrintTable, align_of

_MM = 1440 / 25.4
_POINT = 72 / 25.4
_WIDE = 0x24FF
"""Characters beyond are as wide as they are high."""
_JOINT = 0.2


def table_element(
    table: PrintTable, width: float, size: float, style_id: str, fonts: FontSet | None = None, smaller: float = 0.0
) -> Any:
    """The table as a Word element, ``width`` mm wide, in type of ``size`` points, or of up to ``smaller`` points less where
    its columns want it; ``fonts`` measure its words, which otherwise share by weight."""
    size = _fitting(table, width, size, smaller)
    widths = _widths(table, width, size, fonts)
    grid = "".join(f'<w:gridCol w:w="{_twips(w)}"/>' for w in widths)
    heads = [] if table.headless else _heads(table, widths, size, style_id)
    rows = "".join([*_unit(table, width, style_id), *heads, *_rows(table, widths, size, style_id)])
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w=\"{_twips(width)}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>"
        f"<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type=\"fixed\"/>"
        '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _unit(table: PrintTable, width: float, style_id: str) -> Iterator[str]:
    """单位 at the right in a row without borders above the head, so that it stands on every page the head stands on."""
    if table.unit_note:
        none = "".join(f'<w:{edge} w:val="nil"/>' for edge in ("top", "left", "right"))
        extra = f'<w:gridSpan w:val="{len(table.columns)}"/><w:tcBorders>{none}</w:tcBorders>'
        cell = _cell([table.unit_note], width, _UNIT_SIZE, style_id, align="right", extra=extra, keep=True)
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cell}</w:tr>"


_UNIT_SIZE = 10.5


def _twips(mm: float) -> int:
    return round(mm * _MM)


def _fixed(table: PrintTable, size: float) -> list[float]:
    """What the columns of figures and short words need, in mm; none for those that share the rest."""
    em = size * 25.4 / 72
    needs = [max(_ems(table, i), 2.2) for i, _ in enumerate(table.columns)]
    return [0.0 if c.weight else (n if c.show is not None else min(n, 8.8)) * em + 1.8
            for c, n in zip(table.columns, needs, strict=True)]


def _fitting(table: PrintTable, width: float, size: float, smaller: float) -> float:
    """``size``, or the next smaller one in which figures stay whole and columns of words hold ``_LEAST`` characters."""
    weighted = sum(1 for c in table.columns if c.weight)
    lowest = size - smaller
    while size > lowest and width - sum(_fixed(table, size)) < weighted * _LEAST * size * 25.4 / 72:
        size -= 0.5
    return size


_LEAST = 6.5


def _widths(table: PrintTable, width: float, size: float, fonts: FontSet | None) -> list[float]:
    """Figures get a width by their kind, short words by their length, long words share the rest."""
    fixed = _fixed(table, size)
    weights = sum(c.weight for c in table.columns)
    spare = width - sum(fixed)
    least = weights * 14.0
    if weights and any(fixed) and spare < least:
        # Many columns of words would leave the figures nothing: a third of the page is theirs.
        held = max(width - least, min(sum(fixed), width / 3))
        fixed, spare = [f * held / sum(fixed) for f in fixed], width - held
    if not weights:
        return [f * width / sum(fixed) for f in fixed]
    if fonts is None:
        return [f or spare * c.weight / weights for f, c in zip(fixed, table.columns, strict=True)]
    shares = share_out(needs_of(fonts, table), [c.weight for c in table.columns if c.weight], spare * _POINT, size)
    given = iter(shares)
    return [next(given) / _POINT if c.weight else f for f, c in zip(fixed, table.columns, strict=True)]


def _ems(table: PrintTable, index: int) -> float:
    """The widest text of column ``index`` in characters; figures as wide as the widest fonts have them."""
    whole = (PrintRowKind.GROUP, PrintRowKind.WIDE) if index else (PrintRowKind.GROUP,)
    texts = {_text(r.cells[index]) for r in table.rows if r.kind not in whole}
    # Some programs add room between Chinese and figures whatever the style says: 6月25日 must not break there.
    beside = max((_JOINT * sum((ord(a) > _WIDE) != (ord(b) > _WIDE) for a, b in pairwise(t)) for t in texts), default=0.0)
    widest = max(sum(1.0 if ord(c) > _WIDE else 0.66 for c in t) for t in [*texts, *table.columns[index].head])
    return widest + (beside if table.columns[index].show is None else 0.0)


def _cell(
    lines: Sequence[str], width: float, size: float, style_id: str, *, align: str, bold: bool = False, extra: str = "",
    keep: bool = False,
) -> str:
    """A cell; ``keep`` holds its row on one page with the row below."""
    face = f'<w:rFonts w:ascii="{HEI}" w:hAnsi="{HEI}" w:eastAsia="{HEI}"/>' if bold else ""
    half = round(size * 2)
    look = f'<w:rPr>{face}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(CONTROL.sub("", t))}</w:t>' for t in lines)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{extra}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{"<w:keepNext/>" if keep else ""}<w:jc w:val="{align}"/></w:pPr><w:r>{look}{text}</w:r></w:p></w:tc>'
    )


def _heads(table: PrintTable, widths: Sequence[float], size: float, style_id: str) -> Iterator[str]:
    head = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"

    def cell(lines: Sequence[str], width: float, extra: str = "") -> str:
        return _cell(lines, width, size, style_id, align="center", bold=True, extra=extra, keep=True)

    grouped = any(c.group for c in table.columns)
    if grouped:
        cells = []
        index = 0
        for group, columns in groupby(table.columns, key=lambda c: c.group):
            members = list(columns)
            here = widths[index : index + len(members)]
            if group:
                cells.append(cell([group], sum(here), f'<w:gridSpan w:val="{len(members)}"/>'))
            else:
                cells += [cell(c.head, w, '<w:vMerge w:val="restart"/>') for c, w in zip(members, here, strict=True)]
            index += len(members)
        yield f"{head}{''.join(cells)}</w:tr>"
    below = [
        cell([""], w, "<w:vMerge/>") if grouped and not c.group else cell(c.head, w)
        for c, w in zip(table.columns, widths, strict=True)
    ]
    yield f"{head}{''.join(below)}</w:tr>"


def _rows(table: PrintTable, widths: Sequence[float], size: float, style_id: str) -> Iterator[str]:
    """The body; the last item stays with the sums below it, a short table is not divided."""
    last = len(table.rows) - 1
    for index, row in enumerate(table.rows):
        keep = index < last and (last < _SHORT or (index == last - 1 and table.rows[-1].kind is PrintRowKind.TOTAL))
        yield _row(table, row, widths, size, style_id, keep)


_SHORT = 8
"""Tables of up to so many rows stand on one page."""


def _row(table: PrintTable, row: PrintRow, widths: Sequence[float], size: float, style_id: str, keep: bool) -> str:
    if row.kind is PrintRowKind.GROUP:
        span = f'<w:gridSpan w:val="{len(widths)}"/>'
        cells = [_cell([_text(row.cells[0])], sum(widths), size, style_id, align="left", bold=True, extra=span, keep=True)]
    elif row.kind is PrintRowKind.WIDE:
        span = f'<w:gridSpan w:val="{len(widths) - 1}"/>'
        cells = [
            _cell([_text(row.cells[0])], widths[0], size, style_id, align="center", bold=True, keep=keep),
            _cell([_text(row.cells[1])], sum(widths[1:]), size, style_id, align="left", extra=span, keep=keep),
        ]
    else:
        cells = [
            _cell([_text(part)], w, size, style_id, align=align_of(row, column, part).value, keep=keep,
                  bold=column.label or row.kind is not PrintRowKind.ITEM)
            for part, w, column in zip(row.cells, widths, table.columns, strict=True)
        ]
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _text(part: Part) -> str:
    return part if isinstance(part, str) else part.text

