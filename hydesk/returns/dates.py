"""Stage 'values', dates: as people write them, as precisely as they were written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from hydesk.domain.dates import LooseDate
from hydesk.domain.grid import CellValue
from hydesk.returns.text import is_blank, squeeze

_DAY_TAIL = r"[日号]?(?:\(?(?:星期|周)[一二三四五六日天]\)?)?(?:T?\d\d:\d\d(?::\d\d)?(?:\.\d+)?)?"
_YEAR = r"((?:19|20)\d\d|\d\d)"
"""Two digits are a year where what follows can be no month without it (22.11.18, 23年9月)."""
_YEAR_MONTH_DAY = re.compile(rf"^{_YEAR}[-./年、](\d{{1,2}})[-./月、](\d{{1,2}}){_DAY_TAIL}$")
_PART = r"(?:份|[底末初中]|[上中下]+旬)*"
_YEAR_MONTH = re.compile(rf"^{_YEAR}[-./年、](\d{{1,2}})月?{_PART}[.]?$")
_COMPACT = re.compile(r"^((?:19|20)\d\d)(0[1-9]|1[0-2])(\d\d)?$")
_QUARTER = re.compile(r"^((?:19|20)\d\d)?年?第?([一二三四1234])季度?[底末初]*$")
_QUARTER_LATIN = re.compile(r"^((?:19|20)\d\d)?年?[-.]?q([1-4])$", re.IGNORECASE)
_HALF = re.compile(r"^((?:19|20)\d\d)?年?(上|下)半年$")
_ONLY_YEAR = re.compile(r"^((?:19|20)\d\d)年?(?:度|年?[底末内初中])*$")
_SHORT_YEAR = re.compile(r"^(\d\d)年(?:度|年?[底末内初中])*$")
_YEAR_END = re.compile(r"^年[底末内]$")
_MONTH_DAY = re.compile(r"^(\d{1,2})月(\d{1,2})[日号]?$")
_MONTH_ONLY = re.compile(rf"^(\d{{1,2}})月{_PART}$")
_EXCEL_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = timedelta(days=1462)
"""By how much later a serial number means a day in a workbook that counts from 1904."""
_SERIALS = (20_000, 80_000)
"""1954 to 2119 as serials."""
_SERIAL_WORDS = re.compile(r"[3-5]\d{4}", re.ASCII)
"""1982 to 2064 as serials that stand as text."""
_RELATIVE = {"前年": -2, "上一年": -1, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "下年": 1, "后年": 2}
_CHINESE = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_CHINESE_YEAR = re.compile(r"([一二][〇○零九]|[二两])([〇○零一二三四五六七八九]{2})年?(?=[^季]|$)")
_CHINESE_NUMBER = re.compile(r"([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=月|[日号])")
_AROUND_BEFORE = re.compile(
    r"^(?:已经|已于|已|于|约|大约|预计|预期|计划|拟定|拟于|拟|实际|暂定|力争|争取|确保|截至|截止|到|在|自|从|"
    r"(?:开工|动工|竣工|完工|投产|建成|交付)(?:时间|日期)?(?:为|[:：])?|[:：])+")
_AROUND_AFTER = re.compile(
    r"(?:\((?:计划|预计|实际|暂定|拟|已?开工|已?竣工|已?完工|已?投产)\)|以前|之前|前后|左右|期间|之内|前|止|起|"
    r"已?(?:正式|全面|全部)?(?:开工|动工|竣工|完工|完成|投产|建成|封顶|办结|取得|批复|投用|交付|验收|试运行)(?:建设|投产|使用|验收)?|计划|预计|实际|[,，。.;；])+$")
_NONE_YET = re.compile(r"^(?:尚|还)?(?:未|没有?|暂无|暂未|待|不详|尚无)(?:能|正式|全面)?(?:开工|动工|竣工|完工|定|确定|明确|建成|投产|开建|启动)?(?:建设)?[。.]?$|^(?:暂未?|待)确?定$|^前期(?:工作|阶段)?$")
_EARLIEST_YEAR, _LATEST_YEAR = 1980, 2100


def says_none_yet(words: str) -> bool:
    """Whether words in a date's place say that there is none yet (未开工, 待定)."""
    return bool(_NONE_YET.match(squeeze(words)))


def read_date(value: CellValue, year: int, *, shown: str | None = None, from_1904: bool = False) -> LooseDate | None:
    """A date as precise as it was written; None when not told.

    ``year`` is meant where none is said (二季度). ``shown`` is how the cell's own format shows a number (2022.10);
    ``from_1904`` says that the workbook counts its days from 1904.
    """
    if isinstance(value, datetime):
        return LooseDate(value.date())
    if isinstance(value, date):
        return LooseDate(value)
    if isinstance(value, bool) or is_blank(value):
        return None
    if isinstance(value, str) and _SERIAL_WORDS.fullmatch(value.strip()):
        value = int(value)  # a day typed into, or saved from, a cell of text
    if isinstance(value, int | float):
        return _date_from_number(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), shown, from_1904)
    return _date_in_words(value, year) if isinstance(value, str) else None


@lru_cache(maxsize=16_384)
def _date_in_words(words: str, year: int) -> LooseDate | None:
    try:
        return _date_from_words(_one_form(words, year), year)
    except ValueError:
        return None


def is_serial(value: CellValue) -> bool:
    """Whether a cell holds a bare number that can only be a day counted by the spreadsheet."""
    if isinstance(value, str) and _SERIAL_WORDS.fullmatch(value.strip()):
        return True
    return isinstance(value, int | float) and not isinstance(value, bool) and _SERIALS[0] <= value <= _SERIALS[1]


def may_be_october(value: CellValue, shown: str | None = None) -> bool:
    """Whether a number 2022.1 may be January as well as October, which loses its zero as a number."""
    if not isinstance(value, float) or not _EARLIEST_YEAR <= value <= _LATEST_YEAR + 1:
        return False
    return _fraction(Decimal(repr(value))) == "1" and _shown_month(shown) is None


def _fraction(number: Decimal) -> str:
    return format(number, "f").partition(".")[2].rstrip("0")


def _shown_month(shown: str | None) -> int | None:
    """The month that a format with two decimals shows: 2022.10."""
    m = re.fullmatch(r"(?:19|20)\d\d\.(\d\d)", (shown or "").strip())
    return int(m[1]) if m and 1 <= int(m[1]) <= 12 else None


def is_impossible_date(value: CellValue) -> bool:
    """Whether a cell was meant for a date and cannot be one: 2024年13月, 2203年5月, a day of 1905.

    A bare 2023 in a cell formatted as a date is stored as a day of 1905.
    """
    if isinstance(value, date):
        return not _EARLIEST_YEAR <= value.year <= _LATEST_YEAR
    m = _DATE_LIKE.match(squeeze(value)) if isinstance(value, str) else None
    if m is None:
        return False
    year, month, day = int(m[1]), int(m[2]), int(m[3] or 1)
    return not (_EARLIEST_YEAR <= year <= _LATEST_YEAR and 1 <= month <= 12 and 1 <= day <= 31)


_DATE_LIKE = re.compile(r"^(\d{4})[-./年](\d{1,2})(?!\d)(?:[-./月](\d{1,2})(?!\d))?")


def _date_from_number(number: Decimal, shown: str | None, from_1904: bool) -> LooseDate | None:
    if _SERIALS[0] <= number <= _SERIALS[1]:
        day = _EXCEL_EPOCH + timedelta(days=int(number))
        return LooseDate(day + _EPOCH_1904 if from_1904 else day)
    whole = int(number)
    if _EARLIEST_YEAR <= whole <= _LATEST_YEAR:
        fraction = _fraction(number)
        if not fraction:
            return LooseDate.of_year(whole)
        month = _shown_month(shown) or (0 if fraction == "1" else int(fraction))
        return LooseDate.of_month(whole, month) if 1 <= month <= 12 else None
    if 19_800_101 <= number <= 21_001_231 and number == whole:
        try:
            return LooseDate(date(whole // 10_000, whole // 100 % 100, whole % 100))
        except ValueError:
            return None
    if 198_001 <= number <= 210_012 and number == whole and 1 <= whole % 100 <= 12:
        return LooseDate.of_month(whole // 100, whole % 100)
    return None


def _one_form(words: str, year: int) -> str:
    """Words squeezed, Chinese numbers and relative years as figures, without the words around a date."""
    text = squeeze(unicodedata.normalize("NFKC", words))
    if not text.isascii():
        text = _CHINESE_YEAR.sub(_year_in_figures, text)
        text = _CHINESE_NUMBER.sub(lambda m: str(_number_in_figures(m[1])), text)
    before = None
    while before != text:
        before = text
        text = _AROUND_AFTER.sub("", _AROUND_BEFORE.sub("", text))
    for word, offset in _RELATIVE.items():
        if text.startswith(word):
            return f"{year + offset}年{text[len(word):]}"
    return f"{year}{text}" if _YEAR_END.match(text) else text


def _year_in_figures(m: re.Match[str]) -> str:
    century = m[1] if len(m[1]) == 2 else f"{m[1]}〇"
    return "".join(str(_CHINESE[c]) for c in century + m[2]) + "年"


def _number_in_figures(words: str) -> int:
    tens, ten, ones = words.partition("十")
    if not ten:
        return _CHINESE[words]
    return (_CHINESE[tens] if tens else 1) * 10 + (_CHINESE[ones] if ones else 0)


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _date_from_words(text: str, year: int) -> LooseDate | None:
    if m := _YEAR_MONTH_DAY.match(text):
        return LooseDate(date(_full_year(m[1]), int(m[2]), int(m[3]))) if len(m[1]) == 4 or int(m[1]) > 12 else None
    if m := _YEAR_MONTH.match(text):
        told = len(m[1]) == 4 or (int(m[1]) > 12 and (text[2] == "年" or int(m[1]) < 50))
        return LooseDate.of_month(_full_year(m[1]), int(m[2])) if told and 1 <= int(m[2]) <= 12 else None
    if m := _QUARTER.match(text):
        return LooseDate.of_quarter(int(m[1] or year), "一二三四1234".index(m[2]) % 4 + 1)
    if m := _QUARTER_LATIN.match(text):
        return LooseDate.of_quarter(int(m[1] or year), int(m[2]))
    if m := _HALF.match(text):
        return LooseDate.of_quarter(int(m[1] or year), 2 if m[2] == "上" else 4)
    if m := _COMPACT.match(text):
        return LooseDate(date(int(m[1]), int(m[2]), int(m[3]))) if m[3] else LooseDate.of_month(int(m[1]), int(m[2]))
    if m := _ONLY_YEAR.match(text):
        return LooseDate.of_year(int(m[1]))
    if m := _SHORT_YEAR.match(text):
        return LooseDate.of_year(_full_year(m[1]))
    if m := _MONTH_DAY.match(text):
        return LooseDate(date(year, int(m[1]), int(m[2])))
    if m := _MONTH_ONLY.match(text):
        return LooseDate.of_month(year, int(m[1])) if 1 <= int(m[1]) <= 12 else None
    return None


_DATED = re.compile(r"((?:19|20)\d\d)[年./-](\d{1,2})(?!\d)(?:[月./-](\d{1,2})(?!\d)日?)?")
_BEGUN, _ENDED = re.compile(r"开工|动工|开建"), re.compile(r"竣工|完工|投产|建成")


def read_start_finish(value: CellValue) -> tuple[LooseDate | None, LooseDate | None]:
    """The dates of a cell for both 开工 and 竣工, by the words beside them or from a span (2022.3-2025.12).

    Two dates without a word and without a sign of a span (2021.3/2024.12) may be either: they are not told.
    """
    if (span := read_span(value)) is not None:
        return span
    text = squeeze(unicodedata.normalize("NFKC", str(value)))
    found = list(_DATED.finditer(text))
    start: LooseDate | None = None
    finish: LooseDate | None = None
    # 开工：2021.3，竣工：2024.12 or 2021.3开工，2024.12竣工.
    between = [text[a:b] for a, b in zip([0, *(m.end() for m in found)], [*(m.start() for m in found), len(text)], strict=True)]
    ahead = bool(_BEGUN.search(between[0]) or _ENDED.search(between[0]))
    for m, words in zip(found, between if ahead else between[1:], strict=False):
        read = _date_or_none(m)
        if _BEGUN.search(words):
            start = read
        elif _ENDED.search(words):
            finish = read
    return start, finish


_SPAN_SIGN = re.compile(r"--+|[-~至到]+|→")


def read_span(value: CellValue, year: int = 0) -> tuple[LooseDate, LooseDate] | None:
    """Both ends of 2022.3-2025.12, 2022年3月至2025年12月 or 2022-03至2025-12; None for anything else.

    A span of bare years (2022-2025) is a span as well. ``year`` is as in ``read_date``; 0: a year must be said.
    """
    if not isinstance(value, str):
        return None
    text = squeeze(unicodedata.normalize("NFKC", value)).strip("()")
    for at in _SPAN_SIGN.finditer(text):
        if at[0] == "-" and re.search(r"[至到~→]|--", text):
            continue
        first, last = text[: at.start()], text[at.end():]
        if not _says_year(first) and not year:
            continue
        start = read_date(first, year)
        finish = read_date(last, start.day.year if start is not None else year)
        if start is not None and finish is not None and _whole(first) and _whole(last) and start.day <= finish.day:
            return start, finish
    return None


def _says_year(words: str) -> bool:
    return bool(re.match(r"^\D{0,6}(?:(?:19|20)\d\d|\d\d[.年])", words))


def _whole(words: str) -> bool:
    """Whether one end of a span says a month or a year by itself: in 2022-03-15 no sign parts a span."""
    return bool(re.search(r"[./年月]|\d{4}", words))


def _date_or_none(m: re.Match[str]) -> LooseDate | None:
    try:
        return LooseDate(date(int(m[1]), int(m[2]), int(m[3]))) if m[3] else LooseDate.of_month(int(m[1]), int(m[2]))
    except ValueError:
        return None


_YEAR_SPAN = re.compile(r"((?:19|20)\d\d)(?:[年./-]\d{1,2}月?)?年?(?:\(?[-至到]+\)?)((?:19|20)\d\d)")


def read_years(value: CellValue) -> tuple[int | None, int | None]:
    """Start and finish year of 2020.3-2023.12, 2023年至2025年, 2023; None for what is not said."""
    if value is None:
        return None, None
    return _years_in(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value or ""))


_BEGINS_YEAR = re.compile(r"(?:19|20)\d\d")


@lru_cache(maxsize=8192)
def _years_in(words: str) -> tuple[int | None, int | None]:
    text = squeeze(words)
    if m := _YEAR_SPAN.search(text):
        return int(m[1]), int(m[2])
    if m := _BEGINS_YEAR.match(text):
        return int(m[0]), None
    return None, None
