"""Names with something before or after them, and names cut short: when they can only mean one project.

A county writes the owner before the name, the town after it, or the name without half of its characters. The ledger's
whole name standing inside the words tells the project where all the rest is an owner or a place; a rest that says
anything else (配套工程, 二期) makes it another project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum

from rapidfuzz.distance import Levenshtein

from hydesk.domain.snapshot import KnownProject
from hydesk.returns.text import loose_key, name_key, squeeze

SHORTEST_HELD = 6
"""Letters a name must have to be looked for inside other words."""
_SHORTEST_CUT = 4
_LEAST_SHARE = 0.4
"""Of a name's characters that a shortened one must keep."""
_OWNER = re.compile(
    r"^.{2,}(?:公司|集团|局|委员会|[党工管]委会?|委|中心|厂|医院|学校|学院|大学|政府|办事处|办公室|重点办|指挥部|合作社|银行|站|研究所|设计院|队|协会|联合会|商会|部|店|农场|林场|"
    r"人民法院|检察院|事务所)$")
_LABEL = re.compile(r"^(?:项目|工程)?(?:名称|业主|单位|法人|地点|地址)?[:：]?$|^(?:建设|业主|实施|责任|项目)单位[:：]?|^(?:省|市|县|区)?级?重[点大](?:建设)?项目$")
_PLACE = re.compile(r"^.{1,8}(?:省|市|县|区|镇|乡|街道|村|社区|园区|开发区|工业园|新区|片区|农场|林场)(?:境内|辖区内?|范围内|段|内)?$")
_BETWEEN = re.compile(r"[\n\r;；、,，/|＋+&]+|以及|及其|及|和|与|暨|并")
_STRAY = re.compile(r"[()\-—·、,'\":：;；/|\s]+")


class Rest(Enum):
    """What the words around a name are."""

    NOTHING = "nothing"
    OWNER = "owner"
    """An owner, or a place in brackets or behind a dash: says nothing of which project."""
    PLACE = "place"
    """A town right before or behind the name: likely the same project, to be confirmed."""
    OTHER = "other"


def rest_of(words: str, name: str, known: Iterable[str]) -> Rest:
    """What stands in ``words`` around ``name``; ``known`` are the project's owner, place and unit."""
    text, key = _plain(words), _plain(name)
    at = text.find(key)
    if at < 0:
        loose = loose_key(name)
        at, key = text.find(loose), loose
        if at < 0:
            return Rest.OTHER
    raw = squeeze(words)
    same = {_plain(k) for k in known if k}
    worst = Rest.NOTHING
    for piece in _pieces(text[:at], text[at + len(key):]):
        if not piece or piece in same or _LABEL.match(piece):
            continue
        if _OWNER.match(piece):
            found = Rest.OWNER
        elif _PLACE.match(piece):
            found = Rest.OWNER if f"({piece})" in raw or f"-{piece}" in raw or f"{piece}-" in raw else Rest.PLACE
        else:
            return Rest.OTHER
        if worst is not Rest.PLACE:
            worst = found
    return worst


def _plain(words: str) -> str:
    return _STRAY.sub("", squeeze(words).casefold())


def _pieces(before: str, after: str) -> Sequence[str]:
    """The words before and behind a name, without its own closing words."""
    return before, re.sub(r"^(?:建设)?(?:项目|工程)+", "", after)


def parts_between(words: str) -> list[list[str]]:
    """Every way to cut a cell into names: at all signs of one kind, or at one place."""
    cuts = list(_BETWEEN.finditer(words))
    whole = [p for p in re.split(r"[\n\r;；、,，/|＋+&]+", words) if p.strip()]
    ways = [whole] if len(whole) > 1 else []
    ways += [[words[: m.start()], words[m.end():]] for m in cuts]
    return ways


def is_cut_short(short: str, full: str) -> bool:
    """Whether ``short`` keeps some of ``full``'s characters in their order, from its beginning or after a place."""
    one, other = loose_key(short), loose_key(full)
    if not _SHORTEST_CUT <= len(one) < len(other) or len(one) < len(other) * _LEAST_SHARE:
        return False
    at = 0
    for c in one:
        at = other.find(c, at) + 1
        if at == 0:
            return False
    return True


def squeezed_names(words: str) -> str:
    """The name key of ``words`` for looking names up inside it."""
    return _STRAY.sub("", name_key(words))


_RENAMED = re.compile(
    r"^(.{2,}?)\((?:原名?称?|曾用名|原项目名称?|原为|现名|现更名为?|已?更名为?|变更为|又名)[:为]?(.{4,})\)$")
"""新名（原旧名）, 旧名（更名为新名）."""


def renamed_parts(name: str) -> tuple[str, ...]:
    """Both names of a cell that tells of a renaming; none where it does not."""
    m = _RENAMED.match(squeeze(name).strip(";,。、"))
    return (m[1], m[2]) if m else ()


def is_small_slip(name: str, project: KnownProject) -> bool:
    """At most two characters in eight differ, counted on the nearest of the project's names; digits never differ.

    A number in a name tells projects apart (一期/二期, 1#/2#, A区/B区, 东区/西区), so names that differ there are not near.
    """
    for known in (project.name, *project.names):
        for form in (loose_key, name_key):
            key, other = form(name), form(known)
            if numbers_in(key) != numbers_in(other):
                continue
            if Levenshtein.distance(key, other) <= max(1, min(3, max(len(key), len(other)) // 4)):
                return True
    return False


_NUMERAL = re.compile(
    r"\d+|[一二三四五六七八九十]+(?=[期号标段区批])|(?<![a-z])[a-z](?=[区座栋段标地线片]|\)|$)"
    r"|(?<![衡祁湘河江济海云])[东南西北中上下甲乙丙丁](?=[区段片侧岸线]|标段)")


def numbers_in(text: str) -> list[str]:
    """The numbers of a name that tell projects apart: 一期, 2#, A区, 东区."""
    return _NUMERAL.findall(text)
