"""Struck-through words of an xlsx: the old figure beside the new one, and cells that are struck out whole."""

from __future__ import annotations

import html
import re
from contextlib import suppress

from hydesk.excel.form import position

_MARK = b"<strike"
_RUN = re.compile(rb"<r(?:\s[^>]{0,50})?>")
_TEXT = re.compile(rb"<t(?:\s[^>]{0,60})?>([^<]{0,33000})</t>")
_OFF = re.compile(rb"<strike\s{1,3}val=[\"'](?:0|false)[\"']")
_REFERENCE = re.compile(rb"\sr=[\"']([A-Z]{1,3}\d{1,7})[\"']")
_STYLE = re.compile(rb"\ss=[\"'](\d{1,6})[\"']")
_SHARED_CELL = re.compile(rb"<c(\s[^>]{0,200}\st=[\"']s[\"'][^>]{0,100}|\st=[\"']s[\"'][^>]{0,200})>\s{0,9}<v>(\d{1,9})</v>")
_FILLED_CELL = re.compile(rb"<c(\s[^>]{0,200})>\s{0,9}<(?:v|is|f)\b")
_FONT_OF_STYLE = re.compile(rb"<xf\b[^>]{0,900}?\bfontId=[\"'](\d{1,6})[\"']")
_LONGEST = 40_000
"""Bytes of one cell's text at most."""


def struck_strings(data: bytes) -> dict[int, str]:
    """What is left of the shared strings that are struck in part, by their number; empty where none is."""
    found: dict[int, str] = {}
    if _MARK not in data:
        return found
    at, number = data.find(b"<si"), 0
    while at >= 0:
        following = data.find(b"<si", at + 3)
        chunk = data[at:following if following >= 0 else len(data)][:_LONGEST]
        if (rest := _rest(chunk)) is not None:
            found[number] = rest
        at, number = following, number + 1
    return found


def struck_styles(data: bytes) -> set[bytes]:
    """The numbers of cell styles whose font is struck through."""
    if _MARK not in data:
        return set()
    begin, end = data.find(b"<fonts"), data.find(b"</fonts>")
    fonts = data[begin:end].split(b"<font>")[1:] if begin >= 0 else []
    struck = {str(n).encode() for n, font in enumerate(fonts) if _MARK in font and not _OFF.search(font)}
    begin = data.find(b"<cellXfs")
    styles = _FONT_OF_STYLE.finditer(data, begin, data.find(b"</cellXfs>", begin)) if begin >= 0 else iter(())
    return {str(n).encode() for n, m in enumerate(styles) if m[1] in struck}


def struck_cells(data: bytes, strings: dict[int, str], styles: set[bytes]) -> dict[tuple[int, int], str]:
    """What is left of a sheet's cells that are struck in part or whole ("" then)."""
    found: dict[tuple[int, int], str] = {}
    if strings:
        for m in _SHARED_CELL.finditer(data):
            if int(m[2]) in strings:
                _keep(found, m[1], strings[int(m[2])])
    at = data.find(_MARK)
    while at >= 0:
        begin, end = data.rfind(b"<c ", max(0, at - _LONGEST), at), data.find(b"</c>", at, at + _LONGEST)
        if begin < 0 or end < 0:
            at = data.find(_MARK, at + 1)
            continue
        rest = _rest(data[begin:end])
        if rest is not None:
            _keep(found, data[begin:begin + 200], rest)
        at = data.find(_MARK, end)
    if styles:
        for m in _FILLED_CELL.finditer(data):
            style = _STYLE.search(m[1])
            if style is not None and style[1] in styles:
                _keep(found, m[1], "")
    return found


def _keep(found: dict[tuple[int, int], str], attributes: bytes, rest: str) -> None:
    m = _REFERENCE.search(attributes)
    if m is not None:
        with suppress(ValueError):
            found[position(m[1].decode())] = rest


def _rest(chunk: bytes) -> str | None:
    """The words of a rich text that are not struck; None where none is."""
    if _MARK not in chunk:
        return None
    kept: list[str] = []
    struck = False
    for run in _RUN.split(chunk):
        words = "".join(html.unescape(t.decode("utf-8", "replace")) for t in _TEXT.findall(run))
        if _MARK in run and not _OFF.search(run):
            struck = struck or bool(words.strip())
        else:
            kept.append(words)
    return "".join(kept).strip() if struck else None
