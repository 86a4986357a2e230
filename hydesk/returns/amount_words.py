"""Stage 'values', amounts in words: from what a clerk typed into a cell of money to one number, or to none.

A cell is cut into its parts: marks of notes, a share of the plan, a part of the whole (其中专项债2000) and an old figure
beside its correction are no part of the number. What is left must be one amount and words that change nothing;
whatever else stands there is left to a person.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache

from hydesk.dataclass import dataclass
from hydesk.domain.money import MoneyUnit
from hydesk.returns.text import squeeze

UNITS = {
    "元": MoneyUnit.YUAN, "千元": MoneyUnit.THOUSAND, "万": MoneyUnit.WAN, "万元": MoneyUnit.WAN, "w": MoneyUnit.WAN,
    "百万": MoneyUnit.MILLION, "百万元": MoneyUnit.MILLION, "千万": MoneyUnit.TEN_MILLION,
    "千万元": MoneyUnit.TEN_MILLION, "亿": MoneyUnit.YI, "亿元": MoneyUnit.YI,
}
"""Units by the words for them."""
UNIT = r"(?:元|千元|百万元?|千万元?|万元?|亿元?|[wW](?![a-zA-Z]))"
NUMBER = r"(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)"


class AmountSaid(Enum):
    """How the number was told."""

    PLAIN = "plain"
    MARKED = "marked"
    """A mark of a note was left aside (5000①)."""
    PARTED = "parted"
    """A part or a share beside the number was left aside (5000（其中专项债2000）)."""
    SUMMED = "summed"
    """Several amounts make it up (0.5亿+2000万, 2亿3000万)."""
    WORDED = "worded"
    """Words stand around it that change nothing (完成5000万元, 累计3000)."""
    ABOUT = "about"
    """Words around it say that it is not exact, or not done yet (约3000, 预计3000)."""
    CORRECTED = "corrected"
    """The newer of two (4500（更正为5000）)."""


@dataclass(frozen=True, slots=True)
class Told:
    """One number. ``unit`` None: none is said, the number counts in the column's. ``intended``: words of intention
    stand beside it (预计3000); ``around`` are all words beside it."""

    number: Decimal
    unit: MoneyUnit | None
    said: AmountSaid
    intended: bool = False
    around: str = ""


_MARKS = "①-⑳⓪❶-❿➀-➉⑴-⒇㊀-㊉⁰¹²³⁴-⁹₀-₉ⁱ*＊※★☆†‡"
_MARK = re.compile(rf"(?<=[\d元万亿)）％%])[{_MARKS}△▲]+|^[{_MARKS}]+(?=[\d¥￥+\-－])")
_NOTE_MARK = re.compile(r"[(（\[【〔［]\s*(?:(?:见|备)?注\s*\d{0,2}|见?备注|注[一二三四五]|说明\d?)\s*[)）\]】〕］]|[\[【〔［]\s*\d{1,2}\s*[\]】〕］]|(?<=[\d元万亿])注\s*\d{0,2}$")
_DIGITS_APART = re.compile(r"\d[^\S\r\n]+\d|\d\s*[\r\n]+\s*[-－]?[\d.]")
_SPACED_THOUSANDS = re.compile(r"^\s*[-－]?\d{1,3}(?:[ \u00a0\u2009\u3000]\d{3})+(?:\.\d+)?\s*(?:万元|亿元|元)?\s*$")
_SHARE = re.compile(
    r"[(,;。、]*(?:约)?(?:占|为|达到?|完成)?(?:总投资额?|年度?(?:投资)?计划(?:投资)?(?:额)?|全?年(?:投资)?(?:计划|任务|目标)?|计划(?:投资)?|目标|任务|总额|比例?|进度)*的?"
    r"(?:完成率|比例|比重|占比)?[:：为达]?\d+(?:\.\d+)?%[)]?")
_OPENING = re.compile(rf"^(?:其中|内含|含|包括|内)[:：,]?.{{0,60}}$|^(?:不?含|已?含).{{0,2}}税(?:价)?$|^{UNIT}$|^人民币$")
_OLD = re.compile(r"^(?:原(?:报|为|值|数)?|上报|误报)(?:为|数)?[:：]?[\d.,]+(?:万元?|亿元?|元)?$")
_CORRECTED = re.compile(
    r"^(?P<lead>.*?)(?P<old>-?[\d.,]+(?:万元?|亿元?|元)?)[,;；。(\[]*"
    r"(?:应?更正[为成:：]?|更改[为成:：]?|改[为成:：]|改(?=\d)|修[改正][为成:：]?|订正[为成:：]?|调整[为至到成:：]|[应实]为[:：]?|变更为[:：]?|->|=>|→|⇒|-->)[:：]?"
    r"(?P<new>-?[\d.,]+(?:万元?|亿元?|元)?)[)\]。;；]*$")
_CORRECTED_BEFORE = re.compile(
    r"^(?:原(?:报|为|值|数)?[:：]?|由|从)(?P<old>-?[\d.,]+(?:万元?|亿元?|元)?)[,;；、(]*"
    r"(?:更正[为成]?|更改[为成]?|改[为成]|调整[为至到成]|[应实]为|变更为|现(?:报|为|值|数)?|到|→)[:：为]?(?P<new>-?[\d.,]+(?:万元?|亿元?|元)?)[)。]*$")
_INTENDED = re.compile(r"预计|预期|计划|拟|力争|争取|确保|目标|应完成|将|可完成|承诺|有望|打算")
_INEXACT = re.compile(r"约|大概|近|超|逾|突破|不足|不到|暂[估定]|估|左右|上下|余|多|以上|以内|许|[<>≈≥≤~]")
_AROUND = re.compile(
    r"^(?:约为?|大约|大概|近|将近|接近|超过?|逾|突破|不足|不到|暂估|暂定|估算|估计|累计|共计?|总共|合计|总计|为|达到?|已经?|实际|实|投资|完成|投入|支出|额|总额|总投资|"
    r"总量|资金|工作量|产值|本月|当月|本期|本年度?|今年(?:以来)?|年初(?:以来|至今|至本月)?|当年|全年|年度|至今|以来|目前|截至|截止|报告期|左右|上下|余|多|以上|以内|许|了|:|\d{1,2}月份?|"
    r"1[-至到~]\d{1,2}月份?|人民币|rmb|¥|>|<|≈|≥|≤|~|预计|预期|计划|拟|力争|争取|确保|目标|应|将|可|承诺|有望|底|末|,|。|;|的|金额|数|资|月|形象进度|进度|固定资产|固投|建安|统计)*$",
    re.IGNORECASE)
_TERM = re.compile(rf"(?P<number>{NUMBER})(?P<about>[余多])?(?P<unit>{UNIT})?(?:\((?P<unit2>{UNIT})\))?")


LONGEST = 600
"""Letters of a cell that may still say one amount; what is longer is a text, or made to keep the reader busy."""


@lru_cache(maxsize=16_384)
def read_words(raw: str) -> Told | None:
    """The one number that a cell's words mean; None where a person must say it."""
    if len(raw) > LONGEST:
        return None
    if _DIGITS_APART.search(raw) and not _SPACED_THOUSANDS.match(raw):
        raw = _parts_on_lines(raw)
        if not raw:
            return None
    bare, marks = _MARK.subn("", raw)
    bare, notes = _NOTE_MARK.subn("", bare)
    text = squeeze(unicodedata.normalize("NFKC", bare)).replace("，", ",").replace("'", "").lstrip("=")
    marked = AmountSaid.MARKED if marks or notes else AmountSaid.PLAIN
    if (corrected := _corrected(text)) is not None:
        return corrected
    main, parted = _without_parts(text)
    told = _one_amount(main)
    if told is None:
        return None
    said = told.said
    if said is AmountSaid.PLAIN:
        said = AmountSaid.PARTED if parted else marked
    elif said is AmountSaid.SUMMED and parted:
        said = AmountSaid.PARTED
    return Told(told.number, told.unit, said, told.intended, told.around)


def _parts_on_lines(raw: str) -> str:
    """Lines of a cell joined where all but one say a part or a share of the whole; "" where two figures stand."""
    lines = [line.strip() for line in re.split(r"[\r\n]+", raw) if line.strip()]
    if any(_DIGITS_APART.search(line) and not _SPACED_THOUSANDS.match(line) for line in lines):
        return ""
    main = [x for x in lines if not _OPENING.match(squeeze(x)) and _SHARE.sub("", squeeze(x))]
    return ",".join(lines) if len(main) == 1 else ""


def _corrected(text: str) -> Told | None:
    m = _CORRECTED_BEFORE.match(text) or _CORRECTED.match(text)
    if m is None or (m.groupdict().get("lead") and not _AROUND.match(m["lead"])):
        return None
    old, new = _one_amount(m["old"]), _one_amount(m["new"])
    if old is None or new is None:
        return None
    return Told(new.number, new.unit or old.unit, AmountSaid.CORRECTED, False, text)


def _without_parts(text: str) -> tuple[str, bool]:
    """The text without shares, parts and old figures, and whether there were any."""
    rest = _SHARE.sub(lambda m: "" if m[0].count("(") == m[0].count(")") else "(" if m[0].startswith("(") else ")", text)
    rest = rest.replace("()", "")
    kept = re.sub(r"\(([^()]*)\)", lambda m: "" if (_OPENING.match(m[1]) and not re.fullmatch(UNIT, m[1])) or _OLD.match(m[1]) else m[0], rest)
    clauses = re.split(r"[;；。,](?!\d{3}(?!\d))|(?<=[\d元万亿)])(?=其中|含)", kept)
    main = [c for c in clauses if c and not _OPENING.match(c) and not _OLD.match(c)]
    joined = ",".join(main)
    return joined, joined != text.rstrip("。;,")


_AND_MORE = re.compile(r"(?<=\d)([万亿])[余多](元?)")


def _one_amount(text: str) -> Told | None:
    """The amount of a text that holds one, with its sign and the words around it."""
    text, sign, dressed = _sign(text)
    text, over = _AND_MORE.subn(r"\1\2", text)
    if not any(c.isdigit() for c in text):
        text = _chinese_in_figures(text)
    terms = list(_TERM.finditer(text))
    if not terms:
        return None
    pieces = [text[a:b] for a, b in zip([0, *(m.end() for m in terms)], [*(m.start() for m in terms), len(text)], strict=True)]
    terms, pieces = _without_months(terms, pieces)
    if not terms:
        return None
    joins = pieces[1:-1]
    total, unit = _joined(terms, joins)
    if total is None:
        return None
    around = pieces[0] + pieces[-1]
    if not all(_AROUND.match(p.strip("()")) for p in (pieces[0], pieces[-1])):
        return None
    summed = len(terms) > 1
    worded = bool(re.sub(r"¥|人民币|rmb|[。,;:]", "", around, flags=re.IGNORECASE))
    intended = bool(_INTENDED.search(around))
    about = intended or bool(_INEXACT.search(around)) or over > 0 or any(m["about"] for m in terms)
    if (about or worded) and dressed:
        return None
    said = AmountSaid.ABOUT if about else AmountSaid.SUMMED if summed else AmountSaid.WORDED if worded else AmountSaid.PLAIN
    return Told(total * sign, unit, said, intended, around)


def _without_months(terms: list[re.Match[str]], pieces: list[str]) -> tuple[list[re.Match[str]], list[str]]:
    """Terms that are the numbers of months (6月, 1-6月) given back to the words around them."""
    kept: list[re.Match[str]] = []
    words = [pieces[0]]
    for at, m in enumerate(terms):
        after = pieces[at + 1]
        if m["unit"] is None and (after.startswith("月") or (re.match(r"[-至到~]\d{0,2}$", after) and at + 1 < len(terms) and pieces[at + 2].startswith("月"))):
            words[-1] += m[0] + after
        else:
            kept.append(m)
            words.append(after)
    return kept, words


def _joined(terms: list[re.Match[str]], joins: list[str]) -> tuple[Decimal | None, MoneyUnit | None]:
    """The sum of terms joined by + (or by nothing, 2亿3000万), in yuan where any says its unit."""
    numbers = [(_decimal(m["number"]), UNITS.get((m["unit"] or m["unit2"] or "").lower())) for m in terms]
    if any(n is None for n, _ in numbers):
        return None, None
    if len(numbers) == 1:
        return numbers[0]
    units = [u for _, u in numbers]
    adjacent = all(j == "" for j in joins)
    if not (adjacent or all(j in ("+", "加") for j in joins)):
        return None, None
    if adjacent and (None in units[:-1] or any(a.yuan <= b.yuan for a, b in itertools.pairwise(units) if a and b)):
        return None, None
    if adjacent and units[-1] is None:
        return None, None
    if all(u is None for u in units):
        return sum((n for n, _ in numbers if n is not None), Decimal(0)), None
    if None in units:
        return None, None
    return sum((n * u.yuan for n, u in numbers if n is not None and u is not None), Decimal(0)), MoneyUnit.YUAN


_BRACKETED = re.compile(rf"^\((?:¥|人民币)?({NUMBER}{UNIT}?)\)({UNIT})?$")


def _sign(text: str) -> tuple[str, int, bool]:
    """The text without its sign, the sign, and whether it is written in one of the dresses of a negative."""
    body = re.sub(r"^(?:¥|人民币)(?=[-△▲(])", "", text)
    if m := _BRACKETED.match(body):
        return m[1] + (m[2] or ""), -1, True
    if (m2 := re.match(r"^(?:-|−|△|▲|▽|▼|负|减)(?:¥|人民币)?(?=[\d.])", body)) and not re.match(r"^减(?:少|去)", body):
        return body[m2.end():], -1, True
    if m3 := re.match(rf"^(?:¥|人民币)?({NUMBER}{UNIT}?)-$", body):
        return m3[1], -1, True
    return re.sub(r"^\+(?=\d)", "", body), 1, False


_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2} | {
    c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_CHINESE_AMOUNT = re.compile(r"(?P<whole>[一二三四五六七八九两零〇壹贰叁肆伍陆柒捌玖十百千拾佰仟]{1,12})(?:点(?P<part>[零一二三四五六七八九〇]{1,4}))?(?P<unit>百万元?|千万元?|万元|亿元|万|亿|元)")
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}


def _chinese_in_figures(text: str) -> str:
    """五千万元 → 5000万元, 一亿二千万 → 1亿2000万."""
    return _CHINESE_AMOUNT.sub(lambda m: _chinese(m["whole"], m["part"]) + m["unit"], text)


def _chinese(whole: str, part: str | None) -> str:
    total = digit = 0
    for c in whole:
        if c in _SMALL:
            total += (digit or 1) * _SMALL[c]
            digit = 0
        else:
            digit = digit * 10 + _CHINESE_DIGITS[c]
    decimals = "".join(str(_CHINESE_DIGITS[c]) for c in part) if part else ""
    return f"{total + digit}.{decimals}" if decimals else str(total + digit)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
