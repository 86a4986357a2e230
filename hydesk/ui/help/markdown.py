"""The handbook's Markdown as HTML that QTextBrowser shows and prints.

A subset, so that headings get anchors, tables and keys look as the window does, and GitHub shows the same text:
headings, paragraphs, lists (nested by indent), tables, quotes, pictures on a line of their own, **bold**, `keys`,
[links](page.md#heading). Texts as they stand on screen are in 「」.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

_HEADING = re.compile(r"(#{1,3}) +(.+)")
_ITEM = re.compile(r"( *)(-|\d+\.) +(.*)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_INLINE = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*|「([^」]+)」")


@dataclass(frozen=True, slots=True)
class PageHeading:
    """A heading of a page. ``anchor`` is what a link names after #; ``level`` 1 to 3."""

    level: int
    text: str
    anchor: str


@dataclass(slots=True)
class _Made:
    out: list[str] = field(default_factory=list)
    headings: list[PageHeading] = field(default_factory=list)


def anchor_of(text: str) -> str:
    """The anchor of a heading, as GitHub makes it: blanks become hyphens, punctuation goes."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def plain(text: str) -> str:
    """A line's text without its marks; of a link or a picture its words."""
    text = _LINK.sub(r"\1", _PICTURE.sub(r"\1", text))
    return _INLINE.sub(lambda m: f"「{m[3]}」" if m[3] else m[1] or m[2], text)


def to_html(source: str) -> tuple[str, list[PageHeading]]:
    """The page as HTML (the body only) and its headings in order."""
    made, lines, at = _Made(), source.splitlines(), 0
    while at < len(lines):
        at = _block(lines, at, made)
    return "\n".join(made.out), made.headings


def _block(lines: list[str], at: int, made: _Made) -> int:
    """Turn the block that begins at line ``at`` into HTML; the line after it."""
    line = lines[at]
    if not line.strip():
        return at + 1
    if match := _HEADING.fullmatch(line):
        level, text = len(match[1]), plain(match[2])
        made.headings.append(PageHeading(level, text, anchor_of(text)))
        made.out.append(f'<h{level}><a name="{made.headings[-1].anchor}"></a>{_inline(match[2])}</h{level}>')
        return at + 1
    if match := _PICTURE.fullmatch(line.strip()):
        made.out.append(_picture(match))
        return at + 1
    end = at
    if _ITEM.fullmatch(line):
        while end < len(lines) and lines[end].strip() and (_ITEM.fullmatch(lines[end]) or lines[end].startswith("  ")):
            end += 1
        made.out.append("".join(_list(lines[at:end])))
        return end
    for begins, render in (("|", _table), (">", _quote)):
        if line.startswith(begins):
            while end < len(lines) and lines[end].startswith(begins):
                end += 1
            made.out.append(render(lines[at:end]))
            return end
    while end < len(lines) and lines[end].strip() and not re.match(r"#|\||>|!\[| *(-|\d+\.) ", lines[end]):
        end += 1
    made.out.append(f"<p>{_inline(''.join(part.strip() for part in lines[at:end]))}</p>")
    return max(end, at + 1)


def _picture(match: re.Match[str]) -> str:
    words, file = escape(match[1]), escape(match[2])
    return (f'<p class="picture"><a href="picture:{file}"><img src="{file}" alt="{words}"></a></p>'
            f'<p class="caption">{words}</p>')


def _list(lines: list[str]) -> Iterator[str]:
    """Items; a deeper indent nests, an indented line without a mark carries the item on, a picture stands below it."""
    open_: list[tuple[int, str]] = []
    pending = ""

    def item(text: str) -> str:
        match = _PICTURE.fullmatch(text.strip())
        return _picture(match) if match else _inline(text)

    for line in lines:
        match = _ITEM.fullmatch(line)
        if match is None:
            picture = _PICTURE.fullmatch(line.strip())
            yield item(pending) + ("" if picture is None else _picture(picture))
            pending = "" if picture else line.strip()
            continue
        yield item(pending)
        pending = match[3]
        indent, kind = len(match[1]), "ul" if match[2] == "-" else "ol"
        while open_ and open_[-1][0] > indent:
            yield f"</li></{open_.pop()[1]}>"
        if open_ and open_[-1][0] == indent:
            yield "</li><li>"
        else:
            open_.append((indent, kind))
            start = f' start="{match[2][:-1]}"' if kind == "ol" and match[2] != "1." else ""
            yield f"<{kind}{start}><li>"
    yield item(pending)
    while open_:
        yield f"</li></{open_.pop()[1]}>"


def _table(lines: list[str]) -> str:
    rows = [[c.strip() for c in line.strip().strip("|").split("|")] for line in lines]
    body = [r for r in rows if not all(re.fullmatch(r":?-+:?", c) for c in r)]
    out = ['<table width="100%" cellspacing="0" cellpadding="6" border="1">']
    for number, row in enumerate(body):
        tag = "th" if number == 0 and len(body) < len(rows) else "td"
        out.append("<tr>" + "".join(f'<{tag} align="left">{_inline(c)}</{tag}>' for c in row) + "</tr>")
    return "".join(out) + "</table>"


def _quote(lines: list[str]) -> str:
    said = "".join(line[1:].strip() for line in lines)
    return f'<table width="100%" cellspacing="0" cellpadding="10" border="0"><tr><td class="note">{_inline(said)}</td></tr></table>'


def _inline(text: str) -> str:
    def mark(match: re.Match[str]) -> str:
        if match[1]:
            return f'<span class="key">&nbsp;{match[1]}&nbsp;</span>'
        return f"<b>{_INLINE.sub(mark, match[2])}</b>" if match[2] else f'<span class="ui">「{match[3]}」</span>'

    safe = _INLINE.sub(mark, escape(text, quote=False))
    return _LINK.sub(lambda m: f'<a href="{escape(m[2])}">{m[1]}</a>', safe)
