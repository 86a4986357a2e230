"""The fonts of a printed report: the official ones where the machine has them, else the bundled ones, and which.

Only TrueType outlines can be embedded. What was substituted and which characters no font has is data, shown to
the user; a character without a glyph is drawn as 〓, the printers' mark for a missing type, never as a box.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from enum import Enum
from pathlib import Path
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTEncoding, TTFError, TTFont

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.reports.font_tables import QuickFace
from hydesk.resource_files import resource

MISSING = "〓"
"""What is drawn for a character that no font has."""


class Role(Enum):
    """The typefaces that the standard asks for."""

    TITLE = "方正小标宋"
    HEI = "黑体"
    KAI = "楷体"
    FANG = "仿宋"
    SONG = "宋体"


_OFFICIAL: Mapping[Role, tuple[str, ...]] = {
    Role.TITLE: ("fzxbsjw.ttf", "fzxbsk.ttf", "fzxbsjw--gb1-0.ttf", "fzxbsjw_0.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf", "方正小标宋gbk.ttf",
                 "fzxiaobiaosong-b05.ttf", "fzxiaobiaosong-b05s.ttf", "小标宋.ttf", "小标宋体.ttf"),
    Role.HEI: ("simhei.ttf", "黑体.ttf"),
    Role.KAI: ("楷体_gb2312.ttf", "楷体gb2312.ttf", "kaiti_gb2312.ttf", "simkai_gb2312.ttf", "simkai.ttf", "楷体.ttf"),
    Role.FANG: ("仿宋_gb2312.ttf", "仿宋gb2312.ttf", "fangsong_gb2312.ttf", "simfang_gb2312.ttf", "fs_gb2312.ttf", "simfang.ttf", "仿宋.ttf"),
    Role.SONG: ("simsun.ttc", "simsun.ttf"),
}
_BUNDLED: Mapping[Role, tuple[str, str]] = {
    Role.TITLE: ("NotoSerifSC-Bold.ttf", "思源宋体粗体（Noto Serif SC Bold）"),
    Role.HEI: ("NotoSansSC-Medium.ttf", "思源黑体（Noto Sans SC Medium）"),
    Role.KAI: ("NotoSerifSC-Regular.ttf", "思源宋体（Noto Serif SC）"),
    Role.FANG: ("NotoSerifSC-Regular.ttf", "思源宋体（Noto Serif SC）"),
    Role.SONG: ("NotoSerifSC-Regular.ttf", "思源宋体（Noto Serif SC）"),
}
_NO_FONTS = "随程序安装的字体缺失或损坏，无法出报告，请重新安装程序"
_LAST_RESORT = ("NotoSerifSC-Regular.ttf", "NotoSansSC-Regular.ttf")


@dataclass(frozen=True, slots=True)
class Substitution:
    """An official typeface that this machine lacks and what is embedded instead."""

    wanted: str
    used: str


def substituted(substitutions: Sequence[Substitution]) -> str:
    """One sentence for the user about all that was substituted; empty where every typeface is the official one."""
    if not substitutions:
        return ""
    lacking = "、".join(s.wanted for s in substitutions)
    used = "、".join(dict.fromkeys(s.used.partition("（")[0] for s in substitutions))
    return f"本机没有公文字体{lacking}，已用随程序的{used}代替并嵌入文件；装上这些字体后自动改用"


class Advances:
    """The advance of each character of a face at size 1, worked out when asked for."""

    def __init__(self, face: QuickFace) -> None:
        self._glyphs, self._advance = face.charToGlyph, face.getCharWidth

    def __contains__(self, char: int) -> bool:
        return char in self._glyphs

    def __getitem__(self, char: int) -> float:
        return float(self._advance(char) / 1000)

    def __iter__(self) -> Iterator[int]:
        return iter(self._glyphs)


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A font ready to draw with: its registered name and its characters' advances."""

    name: str
    advances: Advances


@dataclass(slots=True)
class FontSet:
    """The faces of each role in order of preference, what was substituted and which characters were missing."""

    chains: Mapping[Role, tuple[Face, ...]]
    substitutions: tuple[Substitution, ...]
    missing: dict[str, None] = field(default_factory=dict)
    """Characters that no font has, in the order met."""
    last: Callable[[], tuple[Face, ...]] = tuple
    """Gives the faces that are read only where no other has a character."""
    _found: dict[Role, dict[str, tuple[str, Face, float]]] = field(default_factory=dict)
    _advances: dict[Role, dict[str, float]] = field(default_factory=dict)

    def glyph(self, role: Role, char: str) -> tuple[str, Face, float]:
        """The character to draw, the face that has it and its advance at size 1; notes what is missing."""
        return self.glyphs(role, char)[0]

    def glyphs(self, role: Role, text: str) -> list[tuple[str, Face, float]]:
        """As ``glyph``, for every character of ``text``."""
        known = self._found.setdefault(role, {})
        return [known.get(c) or known.setdefault(c, self._find(role, c)) for c in text]

    def width(self, role: Role, text: str) -> float:
        """The advance of ``text`` at size 1."""
        known = self._advances.setdefault(role, {})
        try:
            return sum(map(known.__getitem__, text))
        except KeyError:
            known.update((c, self.glyph(role, c)[2]) for c in text)
            return sum(map(known.__getitem__, text))

    def _find(self, role: Role, char: str) -> tuple[str, Face, float]:
        code = ord(char)
        own = next((f for f in self.chains[role] if code in f.advances), None)
        face = own or next((f for f in self.last() if code in f.advances), None)
        if face is not None:
            return char, face, face.advances[code]
        self.missing.setdefault(char)
        return self._find(role, MISSING) if char != MISSING else (" ", self.chains[role][0], 1.0)


class _EmbeddedFont(TTFont):  # type: ignore[misc]
    """TTFont whose text can be copied out again beyond the first plane: names do hold such characters.

    What ``TTFont`` sets, with a face whose tables are read at one go.
    """

    def __init__(self, name: str, path: str) -> None:
        self.fontName, self.face, self.encoding = name, QuickFace(path), TTEncoding()
        self.state: WeakKeyDictionary[object, object] = WeakKeyDictionary()
        self._asciiReadable = rl_config.ttfAsciiReadable
        self.shapable = True

    def addObjects(self, doc: object) -> None:
        """Add the font's objects, then write far code points as UTF-16 pairs, as the ToUnicode map requires."""
        super().addObjects(doc)
        objects: Mapping[str, object] = doc.idToObject  # type: ignore[attr-defined]
        for key, stream in objects.items():
            if key.startswith("toUnicodeCMap:"):
                stream.content = _utf16(stream.content)  # type: ignore[attr-defined]


def _utf16(cmap: str) -> str:
    def pair(match: re.Match[str]) -> str:
        return f"<{chr(int(match[1], 16)).encode('utf-16-be').hex().upper()}>"

    return re.sub(r"<([0-9A-F]{5,6})>", pair, cmap)


def system_folders() -> tuple[Path, ...]:
    """Where this machine keeps fonts that may be official ones."""
    if sys.platform == "win32":
        roots = [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
        if local := os.environ.get("LOCALAPPDATA"):
            roots.append(Path(local) / "Microsoft" / "Windows" / "Fonts")
        return tuple(roots)
    home = Path.home()
    return (home / ".local/share/fonts", home / ".fonts", Path("/usr/share/fonts"), home / "Library/Fonts")


def _index(folders: Iterable[Path]) -> dict[str, Path]:
    """Official font files found in ``folders`` (two levels deep), by their names in small letters."""
    wanted = {name for names in _OFFICIAL.values() for name in names}
    found: dict[str, Path] = {}
    for folder in folders:
        for pattern in ("*.tt[fc]", "*.TT[FC]", "*/*.tt[fc]", "*/*.TT[FC]"):
            try:
                paths = list(folder.glob(pattern))
            except OSError:
                continue
            for path in paths:
                if path.name.lower() in wanted:
                    found.setdefault(path.name.lower(), path)
    return found


_loaded: dict[Path, Face] = {}
"""Faces by file: reportlab's own registry is global, so the same file is read once."""


def _load(path: Path) -> Face:
    """Read and register a font file. Raises TTFError when it has no TrueType outlines."""
    if path not in _loaded:
        name = f"hydesk-{len(_loaded)}-{path.stem}"
        font = _EmbeddedFont(name, str(path))
        pdfmetrics.registerFont(font)
        _loaded[path] = Face(name, Advances(font.face))
    return _loaded[path]


def _official(role: Role, found: Mapping[str, Path]) -> Face | None:
    for name in _OFFICIAL[role]:
        if name in found:
            try:
                return _load(found[name])
            except (TTFError, OSError):
                continue
    return None


def find_fonts(folders: Sequence[Path] | None = None) -> FontSet:
    """The fonts to print with; ``folders`` instead of the machine's own. Raises HydeskError when none can be read."""
    found = _index(system_folders() if folders is None else folders)
    chains: dict[Role, tuple[Face, ...]] = {}
    missing: list[Substitution] = []
    try:
        for role in Role:
            file, label = _BUNDLED[role]
            bundled = _load(resource("fonts", file))
            official = _official(role, found)
            if official is None:
                missing.append(Substitution(role.value, label))
            chains[role] = (*([official] if official else []), bundled)
    except (TTFError, OSError) as error:
        raise HydeskError(_NO_FONTS) from error
    return FontSet(chains, tuple(missing), last=_last_resort)


def _last_resort() -> tuple[Face, ...]:
    try:
        return tuple(_load(resource("fonts", name)) for name in _LAST_RESORT)
    except (TTFError, OSError) as error:
        raise HydeskError(_NO_FONTS) from error
