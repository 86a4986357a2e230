"""The registers that come with the program: taken up, and given what their definitions gained since."""

from __future__ import annotations

from hydesk.domain.done import Done
from hydesk.domain.people import Right
from hydesk.services.registers.renew_registers import Renewal
from hydesk.ui.desk import Desk
from hydesk.ui.screens.registers.acts import Acts


class ShippedRegisters:
    """What the screen offers where a ledger lacks them or has older ones."""

    def __init__(self, desk: Desk, acts: Acts) -> None:
        self._desk, self._acts = desk, acts

    def use(self) -> None:
        """启用: add the registers that come with the program."""
        ledger, year = self._desk.ledger, self._desk.period.year

        def work() -> Done[None]:
            from hydesk.services.registers.fill_shipped import add_shipped

            return add_shipped(ledger, year)

        self._acts.write("启用台账", work, lambda _r: "已启用自带的台账", right=Right.REGISTERS)

    def renew(self) -> None:
        """补充新字段: what the shipped definitions gained since the registers were made."""
        ledger = self._desk.ledger

        def work() -> Done[tuple[Renewal, ...]]:
            from hydesk.services.registers.renew_registers import renew_registers

            return renew_registers(ledger)

        self._acts.write("补充新字段", work, lambda renewed: f"已给 {len(renewed)} 本台账补充新字段，原有内容未动",
                         right=Right.REGISTERS)
