"""The Word form of an official document: page and styles with East Asian fonts."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from hydesk.reports.docx_base import FANG, HEI, KAI, SONG, TITLE, draw_closer, empty_document, set_font
from hydesk.reports.docx_numbers import number_pages, number_turned

BODY, TABLE, NOTE, ISSUE, CLOSING = "正文段落", "表格文字", "表注", "期号", "落款"
_PITCH, _BODY_SIZE = Pt(28.95), 16

_STYLES: tuple[tuple[str, str, str, float, int, bool, bool], ...] = (
    # name, based on, font, size, outline level (0 none), first line indented, centred
    ("Title", "Normal", TITLE, 22, 0, False, True),
    ("Heading 1", "Normal", HEI, 16, 1, True, False),
    ("Heading 2", "Normal", KAI, 16, 2, True, False),
    (BODY, "Normal", FANG, 16, 0, True, False),
    ("Caption", "Normal", HEI, 14, 0, False, True),
    (TABLE, "Normal", SONG, 9, 0, False, False),
    (NOTE, "Normal", SONG, 10.5, 0, False, False),
    (ISSUE, "Normal", FANG, 16, 0, False, False),
    (CLOSING, "Normal", FANG, 16, 0, False, False),
)


def new_document() -> Any:
    """An empty document on A4 with the standard's margins, styles and page numbers."""
    document = empty_document()
    normal = document.styles["Normal"]
    set_font(normal, FANG, 16)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    _close_up(normal)
    known = {s.name for s in document.styles}
    for name, base, font, size, level, indented, centred in _STYLES:
        style = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set_up(document, style, name, base, font, size, level=level, indented=indented, centred=centred)
    for name in ("Heading 1", "Heading 2"):
        document.styles[name].next_paragraph_style = document.styles[BODY]
    document.settings.odd_and_even_pages_header_footer = True
    _squeeze_marks(document)
    lay_out(document.sections[0], landscape=False)
    number_pages(document.sections[0])
    return document


def _squeeze_marks(document: Any) -> None:
    """Where the next words do not fit, the white halves of marks are taken away."""
    settings = document.settings.element
    for old in settings.findall(qn("w:characterSpacingControl")):
        settings.remove(old)
    made = parse_xml(f'<w:characterSpacingControl {nsdecls("w")} w:val="compressPunctuation"/>')
    first = next((one for one in settings if one.tag.rpartition("}")[2] in _AFTER_SPACING), None)
    if first is None:
        settings.append(made)
    else:
        first.addprevious(made)


_AFTER_SPACING = frozenset((
    "printTwoOnOne", "strictFirstAndLastChars", "noLineBreaksAfter", "noLineBreaksBefore", "savePreviewPicture", "doNotValidateAgainstSchema",
    "saveInvalidXml", "ignoreMixedContent", "alwaysShowPlaceholderText", "doNotDemarcateInvalidXml", "saveXmlDataOnly", "useXSLTWhenSaving",
    "saveThroughXslt", "showXMLTags", "alwaysMergeEmptyNamespace", "updateFields", "hdrShapeDefaults", "footnotePr", "endnotePr", "compat",
    "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats",
    "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults",
    "doNotEmbedSmartTags", "decimalSymbol", "listSeparator"))
"""What stands behind it in a Word document's settings."""


def _close_up(style: Any) -> None:
    """No room added between Chinese and figures or letters, no mark beyond the block's edge: the standard counts 28
    characters to the line, and narrow cells such as 6月25日 would break."""
    form = style.element.get_or_add_pPr()
    for name in ("overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        form.insert_element_before(parse_xml(f'<w:{name} {nsdecls("w")} w:val="0"/>'), "w:bidi", "w:adjustRightInd",
                                   "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")


def _set_up(
    document: Any, style: Any, name: str, base: str, font: str, size: float, *, level: int, indented: bool, centred: bool
) -> None:
    style.base_style = document.styles[base]
    style.quick_style = True
    style.hidden = False
    set_font(style, font, size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.keep_with_next = level > 0 or name == "Caption"
    if name in (TABLE, NOTE):
        form.line_spacing = 1.0
    else:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, _PITCH
    if indented:
        form.first_line_indent = Pt(size * 2)
        style.element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")
    if size == _BODY_SIZE:
        draw_closer(style)
    if name == BODY:
        # Lines are not stretched: Word squeezes marks (new_document) and else ends them short.
        form.alignment = WD_ALIGN_PARAGRAPH.LEFT
    if centred:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    borders = style.element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)


def lay_out(section: Any, *, landscape: bool, large: bool = False) -> None:
    """A4 with margins 37, 28, 26, 35 mm; landscape pages have the same block, turned; ``large`` is A3 across."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        (Mm(420), Mm(297)) if large else (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297)))
    top, right, bottom, left = (28, 37, 26, 35) if landscape else (37, 26, 35, 28)
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    # The number's dashes stand 7 mm below the block, in the middle of a line of about 6.4 mm.
    section.footer_distance = Mm(bottom - 7 - 3.2)
    section.header_distance = Mm(15)


def landscape_section(document: Any, *, bound: bool) -> Any:
    """A new landscape section on a new page; its page numbers run on. ``bound``: with portrait pages, which say where they stand."""
    turned = document.sections[-1].orientation == WD_ORIENT.LANDSCAPE
    section = document.add_section(WD_SECTION.NEW_PAGE)
    lay_out(section, landscape=True)
    if bound and not turned:
        number_turned(section)
    return section
