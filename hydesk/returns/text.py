"""Words as offices type them, brought to one form before they are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from hydesk.domain.grid import CellValue
from hydesk.returns.traditional import SIMPLIFIED

_MARKS = "★☆▲△●○■□◆◇*※✱＊√"
_LEADING_NUMBER = re.compile(r"^[(\[]?\d{1,3}[)\]]?[.、．,](?=\D)|^\(\d{1,3}\)|^[①-⑳]")
_NOTE = (
    r"\(((省|市|国家|部|县|区)?级?(重点|重大)(建设)?|新增|调整|续|打包|新建|续建|预备|扩建|改建|在建|省级?|市级?|国家级|县级|区级|新开工|已开工|"
    r"竣工|已竣工|已完工|打包[^()]{0,14}|含\d{1,3}个[^()]{0,10}|专项债|PPP|EPC|政府投资|社会投资)(项目|工程)?\)")
_TRAILING_NOTE, _LEADING_NOTE = re.compile(f"{_NOTE}$", re.IGNORECASE), re.compile(f"^{_NOTE}", re.IGNORECASE)
_ONE_KIND = str.maketrans("【】[]〔〕〈〉{}“”‘’—–－―‐‑−~～〜", "()()()()()\"\"''" + "-" * 10, "\u200b\ufeff") | SIMPLIFIED
"""One kind of characters, brackets, quotes and dashes, and none of the spaces that have no width."""


_SPACES = " \t\r\n\u3000\u200b\xa0\ufeff"


def shown(value: CellValue) -> str:
    """A cell as its reader would say it aloud: whole numbers without .0, dates as 2023-06-25."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


@lru_cache(maxsize=262_144)
def squeeze(text: str) -> str:
    """NFKC, simplified, one kind of brackets and dashes, no white space at all: 项 目\\n名稱 → 项目名称."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_ONE_KIND).split())


_STAGE = re.compile(r"第?(\d{1,2}|[IVX]{1,4}|[一二三四五六七八九十]{1,3})(?=期|标段|标(?!准|志|杆|的|识))")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_DIGITS = "一二三四五六七八九十"


def _stage(m: re.Match[str]) -> str:
    """1期, Ⅰ期, 第一期 and 一期 are one."""
    words = m[1]
    number = int(words) if words.isdigit() else _ROMAN.get(words, 0)
    if not 1 <= number <= 19:
        return words
    return _DIGITS[number - 1] if number <= 10 else f"十{_DIGITS[number - 11]}"


@lru_cache(maxsize=262_144)
def name_key(text: str) -> str:
    """A project's name without marks, numbering, notes and stray punctuation, for exact comparison."""
    key = squeeze(text).strip(_MARKS + "、,，。;；:：.·'\"-_")
    if numbered := _LEADING_NUMBER.match(key):
        key = key[numbered.end():]
    key = key.strip(_MARKS)
    if key.endswith(")"):
        key = _TRAILING_NOTE.sub("", key)
    if key.startswith("("):
        key = _LEADING_NOTE.sub("", key) or key
    if "期" in key or "标" in key:
        key = _STAGE.sub(_stage, key)
    return key.strip("、,，。;；:：.·'\"-_").casefold()


_ENDINGS = ("项目", "工程")
_LAST = "目程设"
_STRAY = str.maketrans("", "", "()-—·、,'\"")


@lru_cache(maxsize=262_144)
def loose_key(text: str) -> str:
    """The name key without brackets and the closing 项目, 工程 and 建设 that counties drop or add."""
    key = name_key(text).translate(_STRAY)
    if key[-1:] not in _LAST:
        return key
    end = len(key)  # cut from the end: a pattern would begin anew at every letter of a name of thirty thousand
    while key.endswith(_ENDINGS, 0, end):
        end -= 2
    if key.endswith("建设", 0, end):
        end -= 2
    return key[:end] or key


def has_mark(text: str) -> bool:
    """Whether a mark such as ★ stands in ``text``."""
    return any(c in text for c in _MARKS)


def is_blank(value: CellValue) -> bool:
    """None, '' or nothing but white space."""
    if not isinstance(value, str):
        return value is None
    return not value or (value[0] in _SPACES and not value.strip(_SPACES))
