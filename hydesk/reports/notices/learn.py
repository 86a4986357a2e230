"""Sentences learned from a notice: its words, with blanks where its numbers stood, told by the words around them (docs/rules.md §17.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hydesk.domain.errors import HydeskError
from hydesk.domain.scopes.choices import ScopeChoices
from hydesk.reports.figures import Figure
from hydesk.reports.notices.chosen import NoticeBasis
from hydesk.reports.notices.compose import faults, narrowed
from hydesk.reports.notices.figure import bind, said
from hydesk.reports.notices.grammar import read_blank, read_pattern
from hydesk.reports.notices.scoping import ALL_WORDS, level_in

MOST = 60
"""How many sentences are learned from one text."""
LONGEST = 3_000
"""Characters of a sentence: what is longer is none."""


@dataclass(frozen=True, slots=True)
class LearnedSentence:
    """A sentence of a notice as a pattern. ``kept``: its numbers of which nothing says what they are; they stand as they stood.

    ``differing``: numbers whose blank comes to another figure at the notice's own period: as it stood, as it comes, the blank.
    """

    heading: str
    original: str
    pattern: str
    kept: tuple[str, ...]
    differing: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with its unit in a sentence: where it begins and ends, and what stands before it since the last one."""

    start: int
    end: int
    text: str
    unit: str
    before: str
    after: str


_NUMBER = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(亿元|亿|万元|%|％|个百分点|百分点|个|项|宗|家|件|亩)")
_SPACES = re.compile(r"\s+")
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[■●◆▲★]|\d+[.、．])\s*")
_UNITS: Mapping[str, str] = {"亿元": "money", "亿": "money", "万元": "money", "%": "rate", "％": "rate", "个百分点": "points", "百分点": "points", "亩": "land"}

_LAST_YEAR = r"(?:去年|上年)(?:同期)?"
_RULES: Mapping[str, Sequence[tuple[str, str]]] = {
    "money": (
        (r"总投资(?:额)?$", "总投资"), (r"(?:应完成|序时计划)(?:投资)?(?:额)?$", "应完成"), (r"(?:还|尚)差$", "还差"), (r"每月需(?:要)?完成(?:投资)?$", "每月需完成"),
        (r"完成了?(?:年度)?计划投资$", "完成"), (r"(?:年度|年|今年)?(?:投资)?计划(?:完成)?(?:投资)?(?:额)?$|年度投资$", "计划"),
        (r"(?:到位|落实)(?:建设)?资金$|资金到位$", "到位资金"), (r"[入纳]统(?:投资)?$", "入统投资"), (rf"{_LAST_YEAR}(?:完成)?(?:投资)?$", "上年同期完成"),
        (r"(?:本月|当月|本周)(?:新增)?(?:完成)?(?:投资)?$|月(?:份)?新增(?:完成)?(?:投资)?$", "本期新增"), (r"开工(?:以来)?累计(?:完成)?(?:投资)?$", "开工累计"),
        (r"(?:完成|实现)(?:固定资产|建设)?(?:投资)?(?:额)?$", "完成")),
    "rate": (
        (r"开复工率$", "开复工率"), (r"到期开工率$", "到期开工率"), (r"开工率$", "开工率"), (r"到期竣工率$", "到期竣工率"), (r"竣工率$", "竣工率"), (r"投产率$", "投产率"),
        (r"达产率$", "达产率"), (r"资金到位率$", "资金到位率"), (r"入统率$", "入统率"), (r"前期转化率$", "前期转化率"), (r"序时(?:计划|进度)?的$|完成序时(?:进度|计划)?$", "完成序时"),
        (r"总投资的$", "占总投资"), (r"时间进度（?$", "时间进度"), (rf"{_LAST_YEAR}(?:投资)?(?:完成率)?$", "上年同期完成率"),
        (r"(?:年度|年|全年)(?:投资)?计划(?:任务|投资)?的?$|计划的$|投资完成率$|(?<![\u4e00-\u9fff])完成率$", "完成率")),
    "count": (
        (r"(?:未按计划|未按期|到期未|未如期)(?:开工)?(?:的)?(?:项目)?$", "到期未开工"), (r"计划(?:新)?开工(?:的)?(?:项目)?$", "计划开工"), (r"应(?:新)?开工(?:的)?(?:项目)?$", "应开工"),
        (r"提前开工(?:的)?(?:项目)?$", "提前开工"), (r"(?:月|本月|当月)(?:份)?(?:单月)?新?开工(?:的)?(?:项目)?$", "本期开工"), (r"(?<!未)(?:已|实际|累计|新)开工(?:的)?(?:项目)?$", "已开工"),
        (r"(?:到期未|未按计划|未按期)竣工(?:的)?(?:项目)?$", "到期未竣工"), (r"计划竣工(?:的)?(?:项目)?$", "计划竣工"), (r"应竣工(?:的)?(?:项目)?$", "应竣工"),
        (r"(?:已|实际)竣工(?:的)?(?:项目)?$", "已竣工"), (r"计划投产(?:的)?(?:项目)?$", "计划投产"), (r"(?:已|实际)(?:建成)?投产(?:的)?(?:项目)?$", "已投产"),
        (r"(?:达到|超过)(?:序时|时间)进度(?:的)?(?:项目)?$", "达到序时"), (r"(?:拆分|分解)后(?:共|为)?(?:项目)?$", "拆分后个数"), (r"应统未统(?:的)?(?:项目)?$", "应统未统"),
        (r"滞后(?:的)?(?:项目)?$", "滞后"), (r"未报(?:的)?(?:项目)?$", "未报"), (r"仍在前期(?:的)?(?:项目)?$", "仍在前期"), (r"转开工(?:的)?(?:项目)?$", "前期转开工"),
        (r"前期(?:工作)?项目$", "前期项目")),
}
"""By the unit of a number: the words right before it, and the measure they mean; the first that fits. Nothing else is guessed."""
_TURNED: Mapping[str, tuple[re.Pattern[str], tuple[str, ...]]] = {
    "比上年同期": (re.compile(rf"(?:较|比|高于|低于|快于|慢于)?{_LAST_YEAR}(?:同比)?(?:提高|提升|上升|下降|回落|加快|放缓|高|低|快|慢)?了?$"), ("points",)),
    "超欠": (re.compile(r"(?:比|较)?(?:超过|超出|超|欠|高于|低于|快于|慢于|落后于?|滞后于?)?(?:时间进度|序时进度|均衡进度|序时)(?:要求)?(?:快|慢|超|欠|高|低|超前|滞后|落后)?$"), ("points",)),
    "比总体": (re.compile(r"(?:高于|低于|高出|比)(?:全市|全县|全区|全州|总体|平均|面上)(?:平均)?(?:水平)?(?:高|低)?$"), ("points",)),
    "同比": (re.compile(rf"(?:同比|比{_LAST_YEAR}|较{_LAST_YEAR})(?:增长|下降)$"), ("rate",)),
    "同比增减": (re.compile(rf"(?:同比|比{_LAST_YEAR}|较{_LAST_YEAR})(?:增加|减少|增|减)$"), ("money",)),
}
"""Words that say more or less than something, up to the number, by the measure that they and the number become together."""
_AFTER: Mapping[str, tuple[str, ...]] = {
    "比上年同期": ("完成率",), "超欠": ("完成率", "时间进度"), "比总体": ("完成率", "完成"), "同比": ("完成", "同比增减", "完成率", "比上年同期"), "同比增减": ("完成",)}
"""What must have been told just before: a difference of another rate is another measure."""
_SHARES = {"到位资金": "资金到位率", "达到序时": "达到序时率"}
"""What 占 … % means behind a measure that is not 完成."""
_STRANGE = re.compile(r"预计|预测|走势|可望|可完成|力争|确保|拟|目标|争取|集中|观摩|签约|储备|入库|谋划|问题|在建|以上|招商|手续")
_ALTERNATES: Mapping[str, Sequence[str]] = {
    "计划开工": ("应开工",), "开工率": ("到期开工率", "开复工率"), "计划竣工": ("应竣工",), "竣工率": ("到期竣工率",), "已开工": ("已开工.个数",),
    "完成": ("本期新增",), "完成率": ("完成序时", "占总投资"), "个数": ("拆分后个数",), "达到序时": ("已开工.达到序时",),
    "达到序时率": ("已开工.达到序时率",), "计划": ("应完成",)}
"""What else the same words may mean, tried where the first comes to another figure than the notice has."""
"""Words after which numbers of the sentence are not those of the ledger, or of which nothing here knows."""


def learn(text: str, world: NoticeBasis) -> list[LearnedSentence]:
    """The sentences of ``text`` that hold numbers, as patterns in the words of the ledger of ``world``."""
    found: list[LearnedSentence] = []
    heading = ""
    for line in text.replace("\r", "\n").split("\n"):
        line = _SPACES.sub("" if re.search(r"[\u4e00-\u9fff]", line) else " ", line.strip()).replace("｛", "（").replace("｝", "）").replace("{", "（").replace("}", "）")
        mark = _HEADING.match(line)
        if mark is not None and len(line) <= 24 and "。" not in line:
            heading = line[mark.end():].rstrip("：:")
            continue
        for one in _sentences(line):
            if len(one) <= LONGEST and len(found) < MOST and _NUMBER.search(one):
                bare = _HEADING.sub("", one)
                made = _learned(bare, world)
                found.append(replace(made, heading=heading, original=one, pattern=_sound(made.pattern, bare, world)))
    return found


def _sentences(line: str) -> Iterator[str]:
    yield from (part for part in re.split(r"(?<=。)", line) if part.strip())


def _sound(pattern: str, original: str, world: NoticeBasis) -> str:
    """``pattern``, or the words as they stood where it cannot be used in this ledger."""
    try:
        return original if faults(read_pattern(pattern), world) else pattern
    except HydeskError:
        return original


def _numbers(one: str) -> list[_Number]:
    made: list[_Number] = []
    last = 0
    for m in _NUMBER.finditer(one):
        if m[2] in ("个", "项", "家", "件") and re.match(r"月|季度|百分点", one[m.end():]):
            continue
        cut = max(one.rfind(sign, 0, m.start()) for sign in "；。")
        after = re.split(r"[，；。、（\d]", one[m.end():m.end() + 14])[0]
        made.append(_Number(m.start(), m.end(), _plain(m[1]), m[2], one[max(last, cut + 1):m.start()], after))
        last = m.end()
    return made


@dataclass
class _Telling:
    """Where one is in a sentence: the scope and the measure told last, and whether something unknown is spoken of."""

    scope: str = ""
    told: str = ""
    strange: bool = False
    counted: tuple[str, ...] = ()
    """The scopes of counts told one after the other: an amount behind several of them is of all together."""


def _learned(one: str, world: NoticeBasis) -> LearnedSentence:
    """The sentence as a pattern."""
    choices = world.choices
    pieces: list[str] = []
    kept: list[str] = []
    differing: list[tuple[str, str, str]] = []
    state, at = _Telling(), 0
    for n in _numbers(one):
        if "；" in one[at:n.start] or not at:
            state = _Telling()
        measure, takes = _told(n, one, state, choices)
        if measure:
            blank, ours = _fitting(state.scope, measure, n, world)
            pieces += [one[at:n.start - takes], "{" + blank + "}", "" if takes else n.unit]
            if ours != n.text:
                differing.append((one[n.start:n.end], ours or "—", "{" + blank + "}"))
        else:
            kept.append(one[n.start:n.end])
            pieces.append(one[at:n.end])
        at = n.end
    pattern = _ranks(_repeats(_dated("".join(pieces) + one[at:]), choices), choices)
    return LearnedSentence("", one, pattern, tuple(kept), tuple(differing))


def _told(n: _Number, one: str, state: _Telling, choices: ScopeChoices) -> tuple[str, int]:
    """The measure that ``n`` is, empty where nothing says it, and how much of the words before it goes into the blank."""
    amount = n.unit in _UNITS
    state.strange = state.strange or _unknown(n, choices) or (amount and len(set(state.counted)) > 1)
    inside = one.count("（", 0, n.start) > one.count("）", 0, n.start) and not n.before.endswith("（")
    measure, takes = ("", 0) if state.strange or inside else _measure(n, state.told, choices)
    if not inside:
        around = n.before[:len(n.before) - takes] if takes else n.before
        state.scope = _scope(around, "" if amount else n.after, choices, state.scope)
    state.counted = () if amount else (*state.counted, *([state.scope] if state.scope else []))
    state.told = measure or state.told
    return measure, takes


def _fitting(scope: str, measure: str, n: _Number, world: NoticeBasis) -> tuple[str, str]:
    """The blank for a number, and what it comes to: of what the same words may mean the one that comes to the number."""
    first = f"{scope}.{measure}" if scope else measure
    telling = n.unit not in _UNITS or len(n.text.replace(".", "")) > 2  # a round amount is met by chance
    others = (*(f"{scope}.{m}" if scope and "." not in m else m for m in _ALTERNATES.get(measure, ())), measure) if telling else ()
    for blank in (first, *others):
        if (ours := _comes_to(blank, n.unit, world)) == n.text:
            return blank, ours
    return first, _comes_to(first, n.unit, world)


def _comes_to(blank: str, unit: str, world: NoticeBasis) -> str:
    """What a blank comes to, as digits without trailing zeros; empty where it has no value."""
    try:
        place = read_blank(blank)
        bound = bind(place, narrowed(place.scope, world.whole))
    except HydeskError:
        return ""
    if bound.value is None:
        return ""
    parts, _ = said(bound, unit)
    return next((_plain(p.text) for p in parts if isinstance(p, Figure)), "")


def _plain(digits: str) -> str:
    text = digits.replace(",", "").replace("，", "")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _measure(n: _Number, told: str, choices: ScopeChoices) -> tuple[str, int]:
    """The measure that a number is, and how many of the words before it the blank takes in; ``told`` is the one before it."""
    kind = _UNITS.get(n.unit, "count")
    bare = re.sub(r"(?:约|达到|达|为|共计|共|计|有|的有|了)+$", "", n.before)
    for measure, (turn, kinds) in _TURNED.items():
        found = turn.search(bare) if kind in kinds else None
        if found is not None:
            return (measure, len(n.before) - found.start()) if told in _AFTER[measure] else ("", 0)
    if kind == "land":
        own = (f for key, f in choices.fields.items() if key.startswith("own/") and f.kind.counted)
        return next((f.label for f in own if any(w and bare.endswith(w) for w in (f.label, *f.names))), ""), 0
    if kind == "rate" and (told in _SHARES or bare.endswith(("占", "占比"))):
        return _SHARES.get(told, ""), 0
    for words, measure in _RULES.get(kind, ()):
        if re.search(words, bare) or re.search(words, n.before):
            return measure, 0
    if kind == "rate" and bare.endswith("（") and told in ("", "完成率"):
        return ("完成率", 0) if _word(bare.rstrip("（"), choices) else ("", 0)
    counted = kind == "count" and ("项目" in n.before or re.match("[\u4e00-\u9fff]{0,6}项目", n.after) is not None)
    named = re.search(r"重点|全[市州县区]|共|列入|安排", n.before + n.after) is not None or bool(_word(n.before + n.after, choices))
    return ("个数", 0) if counted and named else ("", 0)


_KNOWN = re.compile(r"20\d{2}年|[\d一二三四五六七八九十]+月份?|其中|重点|建设|项目|全[市州县区省]|我[市州县区]|今年|本年|全年|年度|计划|安排|共有|共计|列入|截至|月底|月末|累计|目前|期间"
                    r"|新开工|转开工|开工|竣工|投产|达产|已|实际|应统未统|未按|未如期|未报|应|提前|到期|建成|达到|超过|序时|时间|进度|滞后|仍在|前期|工作|拆分|分解|打包|后|个数"
                    r"|[省市州县]级|[类级列个的为有数至分按共总底了新]|[省市州县]|国家")


def _unknown(n: _Number, choices: ScopeChoices) -> bool:
    """Whether a number, or what is told of it, is of something that nothing here knows: another place, a class the ledger lacks,
    what is only meant to be done."""
    if _STRANGE.search(n.before) or n.after.lstrip("及").startswith("以上") or _several(n.before, choices):
        return True
    if n.unit in _UNITS:
        place = re.search(r"(?:^|[，、；：])([\u4e00-\u9fff]{2,8}(?:区|县|市|镇|乡|街道|园|局|指挥部))(?:完成|项目|$|（)", n.before)
        return place is not None and not _word(place[1], choices) and not re.fullmatch(r"(?:全|我|本)[市州县区]", place[1])
    words = re.split(r"[，；：。]", n.before)[-1] + "，" + n.after.partition("项目")[0] * ("项目" in n.after)
    for w in _known_words(choices):
        words = words.replace(w, "")
    return bool(re.sub(r"[^\u4e00-\u9fff]", "", _KNOWN.sub("", words)))


def _known_words(choices: ScopeChoices) -> list[str]:
    """The words of the fields that are looked for, the longest first."""
    return sorted((w for key in _FIELDS if key != "level" for w in choices.words.get(key, ()) if w), key=len, reverse=True)


def _several(before: str, choices: ScopeChoices) -> bool:
    """Whether several places or classes are named in one breath: their sum is no one of them."""
    return any(f"{a}、{b}" in before for key in _FIELDS for a in choices.words.get(key, ()) if a and a in before for b in choices.words.get(key, ()) if b)


def _scope(before: str, after: str, choices: ScopeChoices, held: str) -> str:
    """The scope that the words around a number name; ``held`` goes on where they name none."""
    for text in (after, before):
        if any(w in text for w in ALL_WORDS) and not _word(text, choices):
            return ""
        word = _word(text, choices)
        if word:
            return word
    return held


def _word(text: str, choices: ScopeChoices) -> str:
    level, _ = level_in(text)
    if level and any(w.startswith(level.removesuffix("重点")) for w in choices.words.get("level", ())):
        return level
    known = [w for key in _FIELDS if key != "level" for w in choices.words.get(key, ())]
    found = [(text.rfind(w), len(w), w) for w in (*known, "未开工") if w and w in text]
    return max(found)[2] if found else ""


_DATES: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"(?:20\d{2}年)?(?<!\d)(?:1|１|一)(?:月份?)?[-－—–~～至]\d{1,2}月(?:份)?"), "{期间}"), (re.compile(r"(?<=截至)(?:20\d{2}年)?\d{1,2}月(?:底|末)"), "{截至}"),
    (re.compile(r"(?:20\d{2}年)?(?:一季度|上半年|前三季度|1季度)"), "{期间}"), (re.compile(r"全(?:市|州|区|县)(?=[\u4e00-\u9fff{，])"), "{全市}"))


def _dated(pattern: str) -> str:
    """Dates of the notice as blanks."""
    for found, blank in _DATES:
        pattern = found.sub(blank, pattern)
    return pattern


def _repeats(pattern: str, choices: ScopeChoices) -> str:
    """Parts of one shape that differ in a word of one field become a block: 产业发展项目…；基础设施项目…。"""
    parts = pattern.rstrip("。").split("；")
    shapes = [_shape(part, choices) for part in parts]
    made: list[str] = []
    at = 0
    while at < len(parts):
        lead, body, field = shapes[at]
        end = at + 1
        while field and end < len(parts) and shapes[end][1:] == (body, field) and not shapes[end][0]:
            end += 1
        others = [shapes[i][2] for i in range(len(parts)) if not at <= i < end]
        if not field or end - at < 2 or field in others:
            made.append(parts[at])
            at += 1
            continue
        made.append(f"{lead}{{各{field}：{body}；}}")
        at = end
        while at < len(parts) and parts[at].startswith("未填"):  # the block says it itself
            at += 1
    return "；".join(made) + ("。" if pattern.endswith("。") else "")


_FIELDS = {"level": "级别", "class": "类别", "nature": "性质", "industry": "产业", "chain": "产业链", "unit": "单位", "group": "分组"}
"""The fields of scopes whose words are looked for, with how a block names them."""


def _shape(part: str, choices: ScopeChoices) -> tuple[str, str, str]:
    """What stands before the item in ``part``, the item without the word that its blanks are scoped by, and that word's field."""
    scopes = set(re.findall(r"\{([^{}.]+)\.[^{}]+\}", part))
    word = scopes.pop() if len(scopes) == 1 else ""
    field = next((name for key, name in _FIELDS.items() if word and (word in choices.words.get(key, ()) or (key == "level" and level_in(word)[0] == word))), "")
    text = part.replace(f"{{{word}.", "{")
    named = word if word in text else level_in(text)[1] if field == "级别" else ""
    if not field or not named:
        return "", part, ""
    first = min(text.index("{"), text.index(named))
    start = max(text.rfind(sign, 0, first) for sign in "，：") + 1
    return text[:start], text[start:].replace(named, "{名}", 1), field


_LIST = re.compile(r"(?P<word>居前|前[一二三四五六]?[名位]?|靠前|领先|靠后|后[一二三四五六]?[名位]?|居后|末[一二三四五]?位)(?P<mid>的?(?:单位|地区)?(?:分别|依次)?[是有为]?[：:]?)"
                   r"(?P<items>[\u4e00-\u9fff]{2,10}（\{[^{}]*完成率\}%?）(?:、[\u4e00-\u9fff]{2,10}（\{[^{}]*完成率\}%?）)*)")


def _ranks(pattern: str, choices: ScopeChoices) -> str:
    """A list of names with their rates behind 居前 or 靠后 becomes a block of the best or the worst, of the group spoken of."""
    def block(m: re.Match[str]) -> str:
        count = m["items"].count("（")
        side = "后" if "后" in m["word"] or "末" in m["word"] else "前"
        told = [w for w in re.findall(r"\{([^{}.]+)\.", pattern[:m.start()]) if w in choices.words.get("group", ())]
        group = f"（{told[-1]}）" if told else ""
        return f"{m['word']}{m['mid']}{{{side}{count}名单位{group}：{{名}}（{{完成率}}）、}}"

    return _LIST.sub(block, pattern)
