"""The five stations of 本期工作: 收报 → 核对 → 催报 → 节点与问题 → 报告, each with its count and its one act."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.period_work import PeriodWork, Station, ToDoKind
from hydesk.ui import tokens
from hydesk.ui.kit.basic import Card, button, label, restyle, set_tone
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.meant import mean
from hydesk.ui.plain import plain_text


@dataclass(frozen=True, slots=True)
class StationWords:
    """What a station says: its figure, the words after it, what its act is called (empty: there is none)."""

    figure: str
    words: str
    act: str
    late: bool = False


def station_words(work: PeriodWork, station: Station) -> StationWords:
    """The words of ``station``, counted from the queue."""
    kind = ToDoKind
    if station is Station.RECEIVE:
        return StationWords(f"{work.reported}", f"／{work.units} 单位", "收取文件…")
    if station is Station.REVIEW:
        files = work.at(station)
        if not files:
            return StationWords("", "没有待核的报表", "")
        some = f" 份，{work.reviewed} 处要看" if work.reviewed else " 份，可以入库"
        return StationWords(f"{files}", some, "核对下一份" if work.reviewed else "去入库", bool(work.count(kind.ERRORS)))
    if station is Station.CHASE:
        missing, back = work.count(kind.UNREPORTED, kind.UNREPORTED_LATE), work.count(kind.SENT_BACK)
        if not missing + back:
            return StationWords("", "都已报来" if work.units else "还没有项目", "")
        said = " 未报" + (f" · {back} 退回未改" if back else "") if missing else " 退回未改"
        return StationWords(f"{missing or back}", said, "复制催报文字", bool(work.count(kind.UNREPORTED_LATE, kind.SENT_BACK)))
    if station is Station.FOLLOW:
        late, soon, waiting = work.count(kind.NODE_LATE, kind.PROBLEM_LATE), work.count(kind.NODE_DUE), work.count(kind.UNASSIGNED)
        act = f"交办 {waiting} 个" if waiting else "看节点"
        return StationWords(f"{late:,}", f" 逾期 · {work.due_days} 天内 {soon:,}", act, bool(late))
    name = "月度通报" if work.period.is_month else "周报"
    return StationWords("", f"{name}　第{work.number}期已归档" if work.number else f"{name}　未归档", "看归档" if work.number else "看草稿")


class StationPart(QFrame):
    """One station: the whole of it opens its place, the link below does its act."""

    opened, acted = Signal(), Signal()

    def __init__(self, number: int, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.station = station
        self.setObjectName("station")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.title = label(f"{number} {station.value}", "quiet")
        self.figure, self.words = label("", "heading"), label("")
        self.act = button("", self.acted.emit, kind="link")
        line = in_row(self.figure, (self.words, 1), gap=0)
        layout = in_column(self.title, line, on=self, gap=2, margins=(14, 8, 6, 7))
        layout.addWidget(self.act, 0, Qt.AlignmentFlag.AlignLeft)

    def say(self, words: StationWords, *, current: bool) -> None:
        """Show the words; ``current`` is where the most urgent thing waits."""
        self.figure.setText(("■ " if words.late else "") + words.figure)
        set_tone(self.figure, "serious" if words.late else "")
        self.figure.setVisible(bool(words.figure))
        self.words.setText(words.words.replace("&", "&&"))
        self.act.setText(words.act)
        self.act.setEnabled(bool(words.act))
        self.act.setAccessibleName(f"{self.station.value}，{words.figure}{words.words.strip()}，{words.act}")
        self.setToolTip(plain_text(f"{self.station.value}：{words.figure}{words.words}"))
        if self.property("current") != current:
            self.setProperty("current", current)
            restyle(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()
        super().mouseReleaseEvent(event)


class StationBar(Card):
    """The stations side by side."""

    opened = Signal(object)
    """A Station."""
    acted = Signal(object)
    """A Station."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(tokens.wide(82))
        self.parts: dict[Station, StationPart] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for number, station in enumerate(Station, 1):
            part = StationPart(number, station)
            part.setProperty("last", number == len(Station))
            part.opened.connect(lambda s=station: self.opened.emit(s))
            part.acted.connect(lambda s=station: self.acted.emit(s))
            self.parts[station] = part
            layout.addWidget(part, 1)
        mean(self.parts[Station.RECEIVE].figure, "reported_units")

    def show_work(self, work: PeriodWork) -> None:
        """Say what waits at each."""
        current = work.queue[0].kind.station if work.queue else None
        for station, part in self.parts.items():
            part.say(station_words(work, station), current=station is current)
