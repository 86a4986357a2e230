"""Lamp rules of other cities, as an office may take them over (docs/rules.md §4.2). Data, not behaviour."""

from __future__ import annotations

from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.lamps import LampMode, LampRule


@dataclass(frozen=True, slots=True)
class LampPreset:
    """A named rule; ``note`` says where it is used and how it is read here."""

    name: str
    note: str
    rule: LampRule


PRESETS: tuple[LampPreset, ...] = (
    LampPreset("银川", "落后时间进度10至30个百分点为滞后，超过30个百分点为严重滞后",
               LampRule(LampMode.POINTS, Decimal("0.10"), Decimal("0.30"))),
    LampPreset("武汉", "低于时序应完成额80%为滞后，低于60%为严重滞后",
               LampRule(LampMode.RATIO, Decimal("0.80"), Decimal("0.60"))),
    LampPreset("三亚", "未达到时序应完成额为滞后，不到一半为严重滞后",
               LampRule(LampMode.RATIO, Decimal(1), Decimal("0.50"))),
)
