"""What python-docx's own empty document lacks for a Chinese office: its language, 28 characters to the line, Word's
present mode, properties that say whose document it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from hydesk.domain.written import CONTROL

SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋", "黑体", "楷体", "方正小标宋简体"
_CLOSER = -5
"""What is taken from the advance of 16 pt, in twentieths of a point: 28 characters of 15.75 pt stand on 156 mm."""
_MODE = "15"
"""The mode of Word since 2013; an older one is announced in the title bar as 兼容模式."""


def empty_document() -> Any:
    """An empty document in Chinese, in Word's present mode, without another's picture and remarks."""
    document = Document()
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _MODE)
    for zoom in settings.iter(qn("w:zoom")):
        zoom.attrib.clear()
        zoom.set(qn("w:percent"), "100")
    rels = document.part.package.rels
    for key in [k for k, r in rels.items() if r.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        rels.pop(key)
    return document


def add_words(document: Any, text: str, style: str) -> Any:
    """A paragraph at the document's end, in the style of that name, which is none of the defaults: python-docx looks through all
    styles for each paragraph whether its own is one."""
    paragraph = document.add_paragraph(CONTROL.sub("", text))
    paragraph._p.style = document.styles[style].style_id
    return paragraph


def set_font(element: Any, name: str, size: float | None = None) -> None:
    """Set the Latin and the East Asian font of a style or a run; Word keeps the two apart."""
    element.font.name = name
    fonts = element.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(attribute), name)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    if size is not None:
        element.font.size = Pt(size)


def sign(document: Any, title: str, office: str, made: date) -> None:
    """Whose document it is, and of which day."""
    held = document.core_properties
    held.title, held.author, held.last_modified_by = title, office, office
    held.comments, held.language = "", "zh-CN"
    held.created = held.modified = datetime(made.year, made.month, made.day, 9)


def draw_closer(style: Any) -> None:
    """28 characters of 16 pt on 156 mm, by closer setting: Word's own character grid is drawn otherwise by every program."""
    style.element.get_or_add_rPr().insert_element_before(
        parse_xml(f'<w:spacing {nsdecls("w")} w:val="{_CLOSER}"/>'), *_AFTER_SPACING)


def draw_plain(style: Any) -> None:
    """The style's characters on their own advance again."""
    for spacing in style.element.get_or_add_rPr().findall(qn("w:spacing")):
        spacing.getparent().remove(spacing)


_AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:fitText",
                  "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang")

