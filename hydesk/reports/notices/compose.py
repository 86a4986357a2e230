"""Sentences from patterns: every blank becomes a figure bound to its measure and scope; what lacks data stays out and is told
(docs/rules.md §17.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.domain.scopes.scope import WHOLE
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.figures import Figure, Part
from hydesk.reports.notices.chosen import Chosen, NoticeBasis
from hydesk.reports.notices.figure import BoundFigure, bind, said
from hydesk.reports.notices.grammar import Blank, Clause, Given, Node, Pattern, Repeat
from hydesk.reports.notices.scoping import called, equals, field_meant, scope_meant, values_of
from hydesk.reports.notices.vocabulary import BY_NAME
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.words import clean, months, sentence

NAMED = 10
"""How many projects 名单 names before it says 等."""


class Lacking(Exception):
    """A blank has no value; ``why`` says so in the office's words."""

    def __init__(self, blank: Blank, why: str) -> None:
        super().__init__(why)
        self.blank, self.why = blank, why


@dataclass
class Composed:
    """What a pattern came to: its paragraphs, what stayed out and why, and the projects behind each figure by its key."""

    paragraphs: tuple[Paragraph, ...] = ()
    left_out: list[str] = field(default_factory=list)
    behind: dict[str, tuple[ProjectStanding, ...]] = field(default_factory=dict)


@dataclass
class _Composer:
    """Writes one pattern. ``key`` begins the keys of its sentences, ``called`` is what messages call it."""

    world: NoticeBasis
    key: str
    called: str
    made: Composed

    def paragraphs(self, pattern: Pattern) -> Iterator[Paragraph]:
        number = 0
        for clauses in pattern.paragraphs:
            told = []
            for clause in clauses:
                number += 1
                one = self._sentence(clause, f"{self.key}.{number}")
                if one is not None:
                    told.append(one)
            if told:
                yield Paragraph(tuple(told))

    def _sentence(self, clause: Clause, key: str) -> Sentence | None:
        try:
            parts = self._parts(clause.nodes, self.world.whole)
        except Lacking as lack:
            self.made.left_out.append(f"{self.called}：“{_start(clause)}”这句没有写，{lack.blank.text}{lack.why}")
            return None
        return sentence(*parts, key=key) if any(isinstance(p, Figure) or p.strip("。，；、 ") for p in parts) else None

    def _parts(self, nodes: tuple[Node, ...], chosen: Chosen) -> list[Part]:
        parts: list[Part] = []
        after = [*nodes[1:], ""]
        skip = 0
        for node, follows in zip(nodes, after, strict=True):
            if isinstance(node, str):
                parts.append(clean(node[skip:]) if node[skip:] else "")
                skip = 0
                continue
            skip = 0
            if isinstance(node, Blank):
                text = follows if isinstance(follows, str) else ""
                told, rest = self._blank(node, chosen, text)
                skip = len(text) - len(rest)
                parts.extend(told)
            elif isinstance(node, Given):
                parts.extend(self._given(node, chosen))
            else:
                parts.extend(self._repeat(node, chosen))
        return [p for p in parts if p != ""]

    def _blank(self, blank: Blank, chosen: Chosen, after: str) -> tuple[tuple[Part, ...], str]:
        word = _word(blank, chosen, self.world)
        if word is not None:
            return (word,), after
        bound = self._bound(blank, chosen)
        if bound.value is None:
            raise Lacking(blank, bound.why or "没有数")
        return said(bound, after)

    def _bound(self, blank: Blank, chosen: Chosen) -> BoundFigure:
        bound = bind(blank, narrowed(blank.scope, chosen))
        if bound.key:
            self.made.behind.setdefault(bound.key, tuple(bound.projects))
        return bound

    def _given(self, node: Given, chosen: Chosen) -> list[Part]:
        value = bind(node.blank, narrowed(node.blank.scope, chosen)).value
        return self._parts(node.body, chosen) if bool(value) is node.there else []

    def _repeat(self, node: Repeat, chosen: Chosen) -> list[Part]:
        parts: list[Part] = []
        found = False
        for item in items_of(node, chosen):
            made = self._item(node.body, item)
            if made:
                parts += [node.between, *made] if found else made
                found = True
        if not found:
            raise Lacking(Blank(f"{'各' if not node.first else '前' if node.first > 0 else '后'}{node.of}"), "没有可说的")
        return parts

    def _item(self, body: tuple[Node, ...], item: Chosen) -> list[Part]:
        """One item: the parts of it (up to a comma) whose data lack stay out, and are told."""
        parts: list[Part] = []
        for piece in _pieces(body):
            try:
                made = self._parts(piece, item)
            except Lacking as lack:
                self.made.left_out.append(f"{self.called}：{clean(item.words)}的{lack.blank.text}没有写，{lack.why}")
                continue
            if made and not parts and isinstance(made[0], str):
                made[0] = made[0].lstrip("，")
            parts += made
        return parts


def compose(pattern: Pattern, world: NoticeBasis, key: str, called: str) -> Composed:
    """The paragraphs that ``pattern`` comes to. Raises HydeskError where it names what there is not."""
    made = Composed()
    made.paragraphs = tuple(_Composer(world, key, called, made).paragraphs(pattern))
    made.left_out = list(dict.fromkeys(made.left_out))
    return made


def narrowed(scope: str, chosen: Chosen) -> Chosen:
    """The projects that ``scope`` names among ``chosen``."""
    if not scope:
        return chosen
    world = chosen.world
    if chosen.one is not None:
        return world.choose(scope_meant(scope, world.choices), scope)
    meant = scope_meant(scope, world.choices, chosen.scope)
    return world.whole if meant == WHOLE else world.choose(meant, scope)


def items_of(node: Repeat, chosen: Chosen) -> Iterable[Chosen]:
    """The items that a block goes over: values of a field, ranked units, or projects."""
    inside = narrowed(node.scope, chosen)
    if node.of in ("项目", "个项目"):
        return _projects(node, inside)
    world = chosen.world
    if not node.first:
        one = field_meant(node.of, world.choices)
        return [world.choose(inside.scope.also(equals(one, v)), called(one, v)) for v in values_of(one, inside.scope, world.choices)]
    return _ranked(node, inside)


def _ranked(node: Repeat, inside: Chosen) -> list[Chosen]:
    """The best or worst: of units those that have a place (docs/rules.md §4.1), else those of whom the measure is known."""
    world = inside.world
    one = field_meant(node.of, world.choices)
    held = [world.choose(inside.scope.also(equals(one, v)), called(one, v)) for v in values_of(one, inside.scope, world.choices) if v]
    if one.key == "unit" and not node.by:
        places = {called(one, r.name): r.place for r in world.basis.ranking}
        ranked = sorted((c for c in held if places.get(c.name) is not None), key=lambda c: places[c.name] or 0)
    else:
        ranked = _by(held, node.by or "完成率")
    return ranked[:node.first] if node.first > 0 else ranked[node.first:]


def _by(held: Iterable[Chosen], name: str) -> list[Chosen]:
    known = [(bind(Blank(name), c).value, c) for c in held]
    found = [(value, c) for value, c in known if value is not None]
    return [c for _, c in sorted(found, key=lambda x: -x[0])]


def _projects(node: Repeat, inside: Chosen) -> list[Chosen]:
    own = [inside.world.project(p) for p in inside.projects]
    if not node.first:
        return own
    told = [c for c in own if inside.basis.yardstick.reported(c.projects[0])]
    if node.first > 0:
        return _by(told, node.by or "完成率")[:node.first]
    # The worst first; of equals those with the most plan.
    told.sort(key=lambda c: c.projects[0].annual_plan or 0)
    return list(reversed(_by(told, node.by or "完成率")))[:-node.first]


def _word(blank: Blank, chosen: Chosen, world: NoticeBasis) -> str | None:
    """What a blank says that is no measure: names and dates."""
    b = world.basis
    dates: Mapping[str, Callable[[], str]] = {
        "报告期": lambda: b.period.label, "月份": lambda: months(b.period.last_month) if b.period.is_month else b.span, "期间": lambda: b.span,
        "年份": lambda: f"{b.period.year}年", "截至": lambda: b.reach.as_of.label, "本期": lambda: b.period.short_label,
        "全市": lambda: b.form.whole, "上年": lambda: f"{b.period.year - 1}年", "对照": lambda: b.yardstick.against()}
    if not blank.scope and blank.measure in dates:
        return dates[blank.measure]()
    if blank.measure in ("名", "名称") and not blank.scope:
        return clean(chosen.words)
    if blank.measure == "名单":
        return _names(blank, narrowed(blank.scope, chosen))
    if chosen.one is None or blank.scope:
        return None
    p = chosen.one
    own = {"单位": p.unit, "类别": p.category, "性质": p.nature, "级别": p.level, "责任单位": p.responsible_unit, "联系领导": p.city_leader or p.county_leader,
           "形象进度": p.progress_text, "原因": p.problem_text if b.says(p.problem_text) else ""}
    if blank.measure not in own:
        return None
    if not own[blank.measure].strip():
        raise Lacking(blank, "没有填报")
    return clean(own[blank.measure]).rstrip("。；，")


def _names(blank: Blank, chosen: Chosen) -> str:
    if not chosen.projects:
        raise Lacking(blank, "没有项目")
    return "、".join(clean(p.name) for p in chosen.projects[:NAMED]) + ("等" if len(chosen.projects) > NAMED else "")


def _pieces(body: tuple[Node, ...]) -> list[tuple[Node, ...]]:
    """A body cut before each comma outside its blocks, so that what lacks data can stay out alone."""
    pieces: list[list[Node]] = [[]]
    for node in body:
        if not isinstance(node, str):
            pieces[-1].append(node)
            continue
        first, *rest = node.split("，")
        if first:
            pieces[-1].append(first)
        pieces += [[f"，{part}"] for part in rest]
    return [tuple(p) for p in pieces if p]


def _start(clause: Clause) -> str:
    """The beginning of a sentence, for a message."""
    said = "".join(n if isinstance(n, str) else n.text if isinstance(n, Blank) else "…" for n in clause.nodes)
    return said if len(said) <= 20 else said[:19] + "…"


_TURNS = ("超", "欠", "高于", "低于", "提高", "下降", "增长", "减少", "增加", "超出", "落后", "快于", "慢于")


def faults(pattern: Pattern, world: NoticeBasis) -> list[str]:
    """What is wrong with a pattern in this ledger, in sentences: words that name nothing; a direction written by hand before a
    figure that writes it. Empty where it can be used."""
    found: list[str] = []
    try:
        for blank in pattern.blanks():
            _prove(blank, world)
        compose(pattern, world, "", "")
    except HydeskError as e:
        found.append(str(e))
    for before, blank in _before(pattern):
        saying = BY_NAME.get(blank.measure)
        if saying is not None and saying.signs is not None and before.endswith(_TURNS):
            turn = next(t for t in _TURNS if before.endswith(t))
            found.append(f"{blank.text}自己会写“{saying.signs[0]}”或“{saying.signs[1]}”，前面不要再写“{turn}”。")
    return found


def _prove(blank: Blank, world: NoticeBasis) -> None:
    """That ``blank`` names what there is, wherever it stands: of a project too, for words that only a project has."""
    if blank.scope:
        scope_meant(blank.scope, world.choices)
    one = world.project(world.basis.projects[0]) if world.basis.projects else world.whole
    try:
        if _word(Blank(blank.measure), one, world) is None:
            bind(Blank(blank.measure, over=blank.over), world.whole)
    except Lacking:
        return


def _before(pattern: Pattern) -> Iterator[tuple[str, Blank]]:
    def walk(nodes: tuple[Node, ...]) -> Iterator[tuple[str, Blank]]:
        before = ""
        for node in nodes:
            if isinstance(node, Blank):
                yield before, node
            elif isinstance(node, Repeat | Given):
                yield from walk(node.body)
            before = node if isinstance(node, str) else ""

    for paragraph in pattern.paragraphs:
        for clause in paragraph:
            yield from walk(clause.nodes)
