"""Patterns of sentences: text with blanks in braces for figures, and blocks that repeat or depend (docs/rules.md §17.1).

``{完成率}``, ``{省重点.完成率}``, ``{用地已交÷用地应交}`` are blanks; ``{各级别：{名}{个数}个；}``, ``{前3名单位：{名}、}``, ``{有提前开工：…}``
are blocks. Full-width braces and stops mean the half-width ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError

Words = str


@dataclass(frozen=True, slots=True)
class Blank:
    """A figure or a word to be put in. ``scope`` empty: the projects of the block it stands in, or all. ``over``: what it is
    divided by, where it is a rate of two measures."""

    measure: str
    scope: str = ""
    over: str = ""

    @property
    def text(self) -> str:
        """As written."""
        return "{" + (f"{self.scope}." if self.scope else "") + self.measure + (f"÷{self.over}" if self.over else "") + "}"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A body for every value of a field (各级别), or for the first or last few of a ranking (前3名单位); ``scope`` narrows it."""

    of: str
    body: tuple[Node, ...]
    scope: str
    first: int
    """How many of the best (below zero: of the worst); 0 for all in the office's order."""
    by: str = ""
    """What they are ordered by, where that is not 完成率."""
    between: str = "；"


@dataclass(frozen=True, slots=True)
class Given:
    """A body that is written where a measure is something (``there``), or is nothing."""

    blank: Blank
    there: bool
    body: tuple[Node, ...]


Node = Words | Blank | Repeat | Given


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a pattern: what stands up to its full stop."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as read: paragraphs of sentences."""

    paragraphs: tuple[tuple[Clause, ...], ...]
    text: str = field(compare=False, default="")

    def blanks(self) -> Iterator[Blank]:
        """Every blank, those of blocks and their heads too."""
        for paragraph in self.paragraphs:
            for clause in paragraph:
                yield from _blanks(clause.nodes)


_WIDE = str.maketrans("｛｝．", "{}.")
_REPEAT = re.compile(r"各(?P<of>[^()（）]+)(?:[（(](?P<scope>.+)[）)])?")
_FIRST = re.compile(r"(?P<side>前|后)(?P<count>\d{1,2})[名个位]?(?P<of>[^()（）按]+)(?:按(?P<by>[^()（）]+))?(?:[（(](?P<scope>.+)[）)])?")
_ENDS = "；、，"
_DEEPEST = 4


def read_pattern(text: str) -> Pattern:
    """``text`` as a pattern. Raises HydeskError with a sentence that says which brace is wrong and how it is written."""
    paragraphs = []
    for line in text.replace("\r", "\n").split("\n"):
        line = line.strip()
        if line:
            paragraphs.append(tuple(_clauses(_nodes(line.translate(_WIDE), line, 0))))
    if not paragraphs:
        raise HydeskError("句子里什么也没有写。")
    return Pattern(tuple(paragraphs), text)


def _nodes(text: str, line: str, deep: int) -> tuple[Node, ...]:
    """The nodes of ``text``; ``line`` is what a message quotes."""
    if deep > _DEEPEST:
        raise HydeskError(f"“{_short(line)}”里的花括号套得太深了，请拆成几句。")
    nodes: list[Node] = []
    at = 0
    while at < len(text):
        start = text.find("{", at)
        if start < 0:
            start = len(text)
        if (stray := text.find("}", at, start)) >= 0:
            raise HydeskError(f"“{_short(text[max(stray - 8, 0):stray + 1])}”的“}}”前面没有“{{”，请补上或去掉。")
        if start > at:
            nodes.append(text[at:start])
        if start == len(text):
            break
        end = _closing(text, start)
        nodes.append(_inside(text[start + 1:end], line, deep))
        at = end + 1
    return tuple(nodes)


def _closing(text: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if not depth:
            return at
    raise HydeskError(f"“{_short(text[start:])}”的“{{”后面没有“}}”，请补上。")


def _inside(text: str, line: str, deep: int) -> Node:
    if not text.strip():
        raise HydeskError(f"“{_short(line)}”里有空的花括号“{{}}”，请写上指标，如 {{完成率}}，或去掉。")
    head = re.match(r"[^{：:]*[：:]", text)
    if head is None:
        if "{" in text:
            raise HydeskError(f"“{{{_short(text)}}}”里又有花括号，却没有写“：”。成组的写法如 {{各级别：{{名}}{{个数}}个；}}。")
        return read_blank(text)
    return _block(head.group()[:-1].strip(), text[head.end():], line, deep)


def _block(head: str, inside: str, line: str, deep: int) -> Node:
    if head[:1] in ("有", "无") and len(head) > 1:
        return Given(read_blank(head[1:]), head[0] == "有", _nodes(inside, line, deep + 1))
    first = _FIRST.fullmatch(head)
    found = first or _REPEAT.fullmatch(head)
    if found is None:
        raise HydeskError(f"不认识“{{{head}：”。成组的写法是 各级别、前3名单位、后5个项目，有条件的写法是 有提前开工、无滞后.个数。")
    between = "；" if first is None else "、"
    if inside[-1:] in _ENDS and inside[-1:]:
        between, inside = inside[-1], inside[:-1]
    body = _nodes(inside, line, deep + 1)
    if not any(not isinstance(n, str) for n in body):
        raise HydeskError(f"“{{{head}：{_short(inside)}}}”里没有要填的指标，如 {{名}}、{{个数}}。")
    said = found.groupdict()
    count = int(said.get("count") or 0)
    if first is not None and not count:
        raise HydeskError(f"“{{{head}：”里的名次要从1起。")
    return Repeat(said["of"].strip(), body, (said["scope"] or "").strip(), -count if said.get("side") == "后" else count,
                  (said.get("by") or "").strip(), between)


def read_blank(text: str) -> Blank:
    """The place that ``text`` (without braces) says. Raises HydeskError where it names no measure."""
    left, _, over = text.translate(_WIDE).partition("÷")
    scope, _, measure = left.rpartition(".")
    if not measure.strip() or ("÷" in text and not over.strip()):
        raise HydeskError(f"“{{{text.strip()}}}”没有写是什么指标，应写成 {{完成率}} 或 {{省重点.完成率}} 这样。")
    return Blank(measure.strip(), scope.strip(), over.strip())


def _clauses(nodes: tuple[Node, ...]) -> Iterator[Clause]:
    """Sentences: what is written up to a full stop that stands outside every block."""
    own: list[Node] = []
    for node in nodes:
        if not isinstance(node, str):
            own.append(node)
            continue
        *whole, rest = re.split(r"(?<=。)", node)
        for part in whole:
            yield Clause((*own, part))
            own = []
        if rest:
            own.append(rest)
    if own:
        yield Clause(tuple(own))


def _blanks(nodes: tuple[Node, ...]) -> Iterator[Blank]:
    for node in nodes:
        if isinstance(node, Blank):
            yield node
        elif isinstance(node, Given):
            yield node.blank
            yield from _blanks(node.body)
        elif isinstance(node, Repeat):
            yield from _blanks(node.body)


_TYPED = re.compile(r"\d[\d,，.]*\s*(?:亿元|万元|元|%|％|个百分点|个|项|家|宗|亩|户|位|名|月)")


def typed_numbers(pattern: Pattern) -> list[str]:
    """Numbers that were typed into the words instead of being bound, as 316个: they would stay when figures change."""
    found: list[str] = []

    def look(nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            if isinstance(node, str):
                found.extend(_TYPED.findall(node))
            elif isinstance(node, Repeat | Given):
                look(node.body)

    for paragraph in pattern.paragraphs:
        for clause in paragraph:
            look(clause.nodes)
    return list(dict.fromkeys(found))


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
