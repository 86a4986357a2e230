"""reportlab's canvas with the two strokes that a report is made of, words and boxes, written without detours.

A report of forty pages sets some ten thousand words and as many boxes. reportlab's text objects reckon positions and widths
for each that nobody asks for; here the same operators are written, what was written once is known again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

rl_config.useA85 = 0  # streams as they are: text of ASCII takes a fifth more room and a tenth more time

Piece = tuple[str, float, str]
"""The name of a face, what is added to each advance in points, the words."""


PAINT = {(True, False): "S", (False, True): "f", (True, True): "B"}
"""The operators that paint a shape by whether it is outlined and filled."""


class PageCanvas(Canvas):  # type: ignore[misc]
    """A canvas on which text is set in TrueType faces only."""

    def __init__(self, *args: Any, **more: Any) -> None:
        self._shown: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
        super().__init__(*args, **more)

    def words(self, x: float, baseline: float, size: float, pieces: Iterable[Piece]) -> None:
        """One line of text from ``x``, its pieces one after the other, in type of ``size`` points."""
        code = [f"BT 1 0 0 1 {x:.2f} {baseline:.2f} Tm"]
        room, subset = 0.0, ""
        for face, added, text in pieces:
            if added != room:
                code.append(f"{added:.4f} Tc")
                room = added
            for name, shown in self._shown.get((face, text)) or self._show(face, text):
                if name != subset:
                    code.append(f"{name} {size:.2f} Tf")
                    subset = name
                code.append(shown)
        if room:
            code.append("0 Tc")
        code.append("ET")
        self._code.append(" ".join(code))

    def _show(self, face: str, text: str) -> tuple[tuple[str, str], ...]:
        """The subsets of the face that hold ``text`` and the operators that show it."""
        font, document = pdfmetrics.getFont(face), self._doc
        made = tuple((font.getSubsetInternalName(subset, document), f"({self._escape(codes)}) Tj")
                     for subset, codes in font.splitString(text, document))
        self._shown[face, text] = made
        return made

    def rect(self, x: float, y: float, width: float, height: float, stroke: int = 1, fill: int = 0) -> None:
        """As reportlab's, written at once."""
        if stroke or fill:
            self._code.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {PAINT[bool(stroke), bool(fill)]}")

    def operators(self, code: str) -> None:
        """Operators as they are; whoever writes them restores what they set."""
        self._code.append(code)
