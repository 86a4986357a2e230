"""What a sheet consists of: words, boxes, lines, hatching. All in points from the lower left corner of the sheet."""

from __future__ import annotations

from dataclasses import replace

from hydesk.dataclass import dataclass
from hydesk.reports.fonts import Role

Color = tuple[float, float, float]
INK: Color = (0.07, 0.09, 0.12)
QUIET: Color = (0.36, 0.40, 0.46)
LINE: Color = (0.62, 0.66, 0.71)
HAIR: Color = (0.84, 0.86, 0.89)
GROUND: Color = (0.94, 0.95, 0.965)
WHITE: Color = (1.0, 1.0, 1.0)
DONE: Color = (0.10, 0.25, 0.42)
LATE_DONE: Color = (0.50, 0.25, 0.03)
RAIL: Color = (0.40, 0.47, 0.55)
FORECAST: Color = (0.12, 0.37, 0.69)
RED: Color = (0.75, 0.11, 0.10)


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text in a face of ``role``; ``x`` is its left edge."""

    x: float
    baseline: float
    text: str
    size: float
    width: float
    role: Role = Role.SONG
    color: Color = INK

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        return self.x, self.baseline - 0.22 * self.size, self.x + self.width, self.baseline + 0.9 * self.size


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; filled, outlined (in dashes) or both."""

    x: float
    y: float
    width: float
    height: float
    fill: Color | None = None
    stroke: Color | None = None
    line: float = 0.6
    dashed: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        return self.x, self.y, self.x + self.width, self.y + self.height


@dataclass(frozen=True, slots=True)
class Hatch:
    """Slanted lines ``step`` apart within a rectangle; ``crossed`` both ways."""

    x: float
    y: float
    width: float
    height: float
    step: float
    color: Color
    line: float
    crossed: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        return self.x, self.y, self.x + self.width, self.y + self.height

    def strokes(self) -> list[tuple[float, float, float, float]]:
        """The lines, each within the rectangle."""
        found = []
        reach = self.step
        while reach < self.width + self.height:
            # x + y = reach, from the left or upper edge down to the lower or right one.
            x1, x2 = max(0.0, reach - self.height), min(self.width, reach)
            found.append((self.x + x1, self.y + reach - x1, self.x + x2, self.y + reach - x2))
            if self.crossed:
                found.append((self.x + x1, self.y + self.height - (reach - x1), self.x + x2, self.y + self.height - (reach - x2)))
            reach += self.step
        return found


@dataclass(frozen=True, slots=True)
class Path:
    """A polygon (``closed``) or a line through ``points``."""

    points: tuple[tuple[float, float], ...]
    stroke: Color | None = INK
    fill: Color | None = None
    line: float = 0.6
    closed: bool = False
    dashed: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        xs, ys = [p[0] for p in self.points], [p[1] for p in self.points]
        return min(xs), min(ys), max(xs), max(ys)


Shape = Words | Box | Hatch | Path


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """``shape`` elsewhere."""
    match shape:
        case Words():
            return replace(shape, x=shape.x + dx, baseline=shape.baseline + dy)
        case Path():
            return replace(shape, points=tuple((x + dx, y + dy) for x, y in shape.points))
        case _:
            return replace(shape, x=shape.x + dx, y=shape.y + dy)


@dataclass(frozen=True, slots=True)
class WallSheet:
    """A sheet of paper with what is on it."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    size: float
    """The type of its rows, points."""
