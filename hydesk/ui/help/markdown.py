"""The handbook's Markdown as HTML that QTextBrowser shows and prints.

Parsed by markdown-it; what is the window's own is how it is drawn: headings have the anchors GitHub gives them, `keys` and
texts of the screen in 「」 look as such, a picture on a line of its own has its words below it, a quote is a note, and lines
of Chinese that were broken in the source join without a blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from hydesk.dataclass import dataclass

_WINDOW_WORDS = re.compile(r"「([^」]+)」")


class _Parser(MarkdownIt):
    """Links stay as they are written: pages and headings of the handbook are named in Chinese."""

    def normalizeLink(self, url: str) -> str:
        return url


_PARSER = _Parser("commonmark").enable("table")
_TABLE = '<table width="100%" cellspacing="0" cellpadding="6" border="1">'
_NOTE = '<table width="100%" cellspacing="0" cellpadding="10" border="0"><tr><td class="note">'
_PLAIN = {"bullet_list": "ul", "list_item": "li", "tr": "tr"}
"""What is drawn as HTML names it."""


@dataclass(frozen=True, slots=True)
class PageHeading:
    """A heading of a page. ``anchor`` is what a link names after #; ``level`` 1 to 3."""

    level: int
    text: str
    anchor: str


@dataclass(slots=True)
class _Drawing:
    out: list[str] = field(default_factory=list)
    headings: list[PageHeading] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    """The list items that are open, each with how many paragraphs it has had."""
    quotes: int = 0
    picture: bool = False
    """Whether the paragraph under way is a picture, which brings its own."""


def anchor_of(text: str) -> str:
    """The anchor of a heading, as GitHub makes it: blanks become hyphens, punctuation goes."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def plain(text: str) -> str:
    """A line's text without its marks; of a link or a picture its words."""
    (inline,) = _PARSER.parseInline(text)
    return _words(inline.children or [])


def _words(tokens: Sequence[Token]) -> str:
    return "".join(_words(t.children or []) if t.type == "image" else t.content for t in tokens)


def to_html(source: str) -> tuple[str, list[PageHeading]]:
    """The page as HTML (the body only) and its headings in order."""
    tokens, drawing = _PARSER.parse(source), _Drawing()
    for at, token in enumerate(tokens):
        _draw(token, tokens[at + 1] if at + 1 < len(tokens) else token, drawing)
    return "".join(drawing.out), drawing.headings


def _draw(token: Token, following: Token, to: _Drawing) -> None:
    kind, _, end = token.type.rpartition("_")
    opens = end == "open"
    if token.type == "inline":
        to.out.append(_inline(token.children or []))
    elif kind == "heading":
        to.out.append(_heading(token, following, to) if opens else f"</{token.tag}>\n")
    elif kind == "paragraph":
        to.out.append(_paragraph(opens, following, to))
    elif kind == "ordered_list":
        start = token.attrs.get("start")
        to.out.append((f'<ol start="{start}">' if start else "<ol>") if opens else "</ol>\n")
    elif kind in ("th", "td"):
        to.out.append(f'<{kind} align="left">' if opens else f"</{kind}>")
    elif kind == "table":
        to.out.append(_TABLE if opens else "</table>\n")
    elif kind == "blockquote":
        to.quotes += 1 if opens else -1
        to.out.append(_NOTE if opens else "</td></tr></table>\n")
    elif kind in _PLAIN:
        if kind == "list_item":
            to.items.append(0) if opens else to.items.pop()
        to.out.append(f"<{_PLAIN[kind]}>" if opens else f"</{_PLAIN[kind]}>")


def _heading(token: Token, following: Token, to: _Drawing) -> str:
    text = _words(following.children or [])
    to.headings.append(PageHeading(int(token.tag[1:]), text, anchor_of(text)))
    return f'<{token.tag}><a name="{to.headings[-1].anchor}"></a>'


def _paragraph(opens: bool, following: Token, to: _Drawing) -> str:
    """In a list item and in a note the first paragraph is the item itself; a picture brings its own."""
    if opens:
        to.picture = _lone_picture(following.children or []) is not None
    if to.items and not to.quotes:
        if not opens:
            return ""
        to.items[-1] += 1
        return "" if to.items[-1] == 1 or to.picture else "<br>"
    if to.quotes or to.picture:
        return ""
    return "<p>" if opens else "</p>\n"


def _lone_picture(tokens: Sequence[Token]) -> Token | None:
    return tokens[0] if len(tokens) == 1 and tokens[0].type == "image" else None


def _inline(tokens: Sequence[Token]) -> str:
    if (picture := _lone_picture(tokens)) is not None:
        return _picture(picture)
    out: list[str] = []
    for at, token in enumerate(tokens):
        if token.type == "text":
            out.append(_WINDOW_WORDS.sub(r'<span class="ui">「\1」</span>', escape(token.content, quote=False)))
        elif token.type == "code_inline":
            out.append(f'<span class="key">&nbsp;{escape(token.content, quote=False)}&nbsp;</span>')
        elif token.type == "image":
            last = at + 1 == len(tokens)
            out.append(_picture(token) if last else escape(_words([token]), quote=False))
        elif token.type in ("strong_open", "strong_close"):
            out.append("<b>" if token.nesting > 0 else "</b>")
        elif token.type == "link_open":
            out.append(f'<a href="{escape(str(token.attrs["href"]))}">')
        elif token.type == "link_close":
            out.append("</a>")
        elif token.type == "hardbreak":
            out.append("<br>")
    return "".join(out)


def _picture(token: Token) -> str:
    words, file = escape(_words([token])), escape(str(token.attrs["src"]))
    return (f'<p class="picture"><a href="picture:{file}"><img src="{file}" alt="{words}"></a></p>'
            f'<p class="caption">{words}</p>')
