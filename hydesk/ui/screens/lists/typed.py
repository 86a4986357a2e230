"""What is typed on these pages: lines pasted from Excel, a project by code or name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.domain.standing import ProjectStanding
from hydesk.ui.kit.completing import offer_any_part


def lines_of(text: str) -> list[list[str]]:
    """Rows pasted from Excel (parted by tabs) or typed (parted by commas), without empty ones."""
    found = []
    for line in text.splitlines():
        if line.strip():
            cells = line.split("\t") if "\t" in line else line.replace("，", ",").split(",")
            found.append([c.strip() for c in cells])
    return found


class ProjectField(QLineEdit):
    """A project by its code or a part of its name; completes as it is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("编号或名称")
        self.setAccessibleName("项目")
        self._projects: dict[str, ProjectStanding] = {}

    def offer(self, projects: Sequence[ProjectStanding]) -> None:
        """Offer these projects."""
        self._projects = {f"{p.code}　{p.name}": p for p in projects}
        completer = QCompleter(list(self._projects), self)
        offer_any_part(completer)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def take(self, project_id: int) -> None:
        """Fill a project in."""
        for text, project in self._projects.items():
            if project.id == project_id:
                self.setText(text)

    def found(self) -> ProjectStanding | None:
        """The project that is meant, None where that cannot be told yet."""
        text = self.text().strip()
        if text in self._projects:
            return self._projects[text]
        found = [p for shown, p in self._projects.items() if text and (text in shown)]
        exact = [p for p in found if text in (p.code, p.name)]
        return exact[0] if len(exact) == 1 else found[0] if len(found) == 1 else None

    def project(self) -> ProjectStanding:
        """The project that is meant. Raises HydeskError where none or several are."""
        found = self.found()
        if found is None:
            raise HydeskError("请先选项目：输入编号或名称，从列出的项目里选一个" if not self.text().strip()
                              else f"“{self.text().strip()}”对不上唯一的项目，请从列出的项目里选一个")
        return found
