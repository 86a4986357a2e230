"""Press the units that are late (催报): a text for WeChat or QQ, and a notice to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.reports.notice import NoticePaper, short_column, text_column, words_table
from hydesk.services.reports.print_notice import office_of, print_notice, remark_of
from hydesk.services.returns.returns_board import NOT_REPORTED, SENT_BACK, returns_board
from hydesk.services.rules.deadlines import deadline
from hydesk.services.standings.list_standings import list_standings


@dataclass(frozen=True, slots=True)
class _Owing:
    """A unit that owes a return: how many projects, since how many days (negative: still to come), and why."""

    unit: str
    projects: int
    days: int
    again: bool
    """It sent one, which went back and has not come again."""

    @property
    def state(self) -> str:
        return "已退回，未重报" if self.again else "未报送"

    @property
    def lateness(self) -> str:
        if self.days > 0:
            return f"逾期{self.days}天"
        return "今日到期" if self.days == 0 else f"还有{-self.days}天"


def chase_text(
    ledger: Ledger, period: Period, on: date | None = None, units: Collection[str] | None = None
) -> str:
    """The message to those of ``units`` (None: all) that owe a return for ``period`` as of ``on`` (None: today).

    Empty where nobody owes one.
    """
    owing = _owing(ledger, period, on, units)
    return _notice(ledger, period, on or date.today(), owing).message if owing else ""


def print_chase_notice(
    ledger: Ledger, period: Period, out: Path, on: date | None = None, units: Collection[str] | None = None,
    formats: Sequence[str] = ("pdf", "docx", "txt"),
) -> list[Path]:
    """Write the notice (催报通知) into the folder ``out``. Raises HydeskError where nobody owes a return."""
    owing = _owing(ledger, period, on, units)
    if not owing:
        raise HydeskError(f"{period.label}的报表都已报来，没有要催的单位。")
    return print_notice(_notice(ledger, period, on or date.today(), owing), out, formats)


def _owing(ledger: Ledger, period: Period, on: date | None, units: Collection[str] | None) -> list[_Owing]:
    today = on or date.today()
    due = deadline(ledger, period)
    counts = Counter(s.unit for s in list_standings(ledger, period))
    return [
        _Owing(line.unit, counts[line.unit], (today - due).days, line.status == SENT_BACK)
        for line in returns_board(ledger, period, today)
        if line.status in (NOT_REPORTED, SENT_BACK) and (units is None or line.unit in units)
    ]


def _day(value: date) -> str:
    return f"{value.month}月{value.day}日"


def _notice(ledger: Ledger, period: Period, on: date, owing: list[_Owing]) -> NoticePaper:
    due = deadline(ledger, period)
    to = owing[0].unit if len(owing) == 1 else "各有关单位"
    rows = tuple((str(n), o.unit, str(o.projects), o.state, o.lateness) for n, o in enumerate(owing, 1))
    columns = (short_column("序号"), text_column("单位", 2), short_column("项目个数"), text_column("情况", 1.6),
               short_column("时限"))
    return NoticePaper(
        stem=f"{period.label}报表催报通知", title=f"{period.label}重点项目报表催报通知", number="", to=to,
        body=(_situation(period, on, due, owing),), table=words_table("chase", columns, rows),
        ending=(_request(period, on, due), "如有特殊情况不能按时报送，请及时与我办联系说明。感谢支持配合。"),
        office=office_of(ledger), issued=on, remark=remark_of(ledger), text=_text(ledger, period, on, due, owing))


def _situation(period: Period, on: date, due: date, owing: list[_Owing]) -> str:
    again = sum(o.again for o in owing)
    parts = [f"{len(owing) - again}个单位尚未报送"] if len(owing) > again else []
    parts += [f"{again}个单位的报表已退回修改、尚未重报"] if again else []
    late = f"已逾期{(on - due).days}天" if on > due else "今日到期" if on == due else f"距截止还有{(due - on).days}天"
    return f"{period.label}重点建设项目进度报表应于{_day(due)}前报送。截至{_day(on)}，{'，'.join(parts)}，{late}。"


def _request(period: Period, on: date, due: date) -> str:
    what = ("本月完成投资、年初至本月累计完成投资、形象进度、存在的问题和下步工作计划" if period.is_month
            else "本周完成情况、需协调事项和下周任务计划，统计周投资的填本周完成投资和年初至本周累计")
    when = f"于{_day(due)}前" if on < due else "务必于今日下班前"
    return f"请对照项目清单逐项填报{what}，没有新增的填 0，不要漏项，使用我办下发的填报模板，{when}报送我办。"


def _text(ledger: Ledger, period: Period, on: date, due: date, owing: list[_Owing]) -> str:
    one = owing[0] if len(owing) == 1 else None
    lines = [f"{one.unit}重点项目填报同志，您好！" if one else "各有关单位重点项目填报同志，大家好！"]
    if one:
        late = f"，目前{one.lateness}" if one.days >= 0 else f"，{one.lateness}到期"
        state = "你单位的报表已退回修改，还没有收到重报" if one.again else f"你单位（{one.projects}个项目）还没有报来"
        lines.append(f"{period.label}重点建设项目进度报表应于{_day(due)}前报送。截至{_day(on)}，{state}{late}。")
    else:
        lines.append(_situation(period, on, due, owing))
        lines += [f"{n}. {o.unit}（{o.projects}个项目）：{o.state}，{o.lateness}" for n, o in enumerate(owing, 1)]
    lines += [_request(period, on, due), "如有困难请及时与我办联系。谢谢支持！", office_of(ledger),
              f"{on.year}年{on.month}月{on.day}日"]
    return "\n".join(lines)
