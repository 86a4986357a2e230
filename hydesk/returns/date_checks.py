"""What a return says of the start and the finish of works, beside what the ledger holds of them.

开工时间 in a return is the actual date once it is past and the planned one before: heads such as 实际(计划)开工时间 say
so, the others mean it. So a date after the period's end is never taken for a start; and a past one only where money
was spent and the words do not say that nothing has begun, because counties leave missed plans standing.
"""

from __future__ import annotations

import re
from datetime import date

from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.milestones import START_MEANS, earliest
from hydesk.domain.snapshot import KnownProject
from hydesk.domain.understanding import ReadValue
from hydesk.returns.read_rows import RowReading

_NOT_BEGUN = re.compile(r"未(能)?(开工|动工|启动|开建|实施)|没有?开工|(拟|待|计划|预计|准备|力争|确保).{0,8}(开工|动工)|前期(工作|手续|阶段|准备)|手续办理")
_GROUND_ONLY = re.compile(
    r"(正在|已|基本)?(完成|进行|开展|实施)?(场地平整|土地平整|三通一平|场平|征地拆迁|征拆|征地|拆迁|勘察|地勘|测量)(工作|中|基本完成)?[。；]?")
"""Surveying, demolition and levelling are no start of works (docs/rules.md §5.1)."""
_FINISHED = re.compile(r"(?<!未)(?<!预计)(?<!计划)(竣工|完工|投产|建成|交付使用|投入使用|全部完成)")
_STILL_OPEN = re.compile(r"未(能)?(竣工|完工|投产|建成)|(拟|待|计划|预计|力争|确保).{0,8}(竣工|完工|投产|建成)")
_PRODUCING = re.compile(r"(?<!未)(?<!预计)(?<!计划)(投产|投用|试生产|投入生产|正常生产|投入使用|投入运营|试运行|试运营|投运|运营|营业|通车|达产)")
_NOT_PRODUCING = re.compile(r"(未|不)(能|具备)?(投产|投用|生产|运营|达产)|(拟|待|计划|预计|力争|确保).{0,8}(投产|投用|生产|运营|达产)")
_AT_CAPACITY = re.compile(r"(?<!未)(?<!预计)(?<!计划)(达产|满产|达效)")
_NEARLY = 10
"""A project whose spent sum lacks more than a tenth of the total has hardly been finished."""


def same_time(one: LooseDate, other: LooseDate) -> bool:
    """Whether two dates may mean the same month: 2023年3月 and 2023-03-15 do, and a day some days off."""
    if (one.day.year, one.day.month) == (other.day.year, other.day.month):
        return True
    return earliest(one) <= other.day and earliest(other) <= one.day


def reached(value: ReadValue | None, end: date) -> LooseDate | None:
    """The date, where it may be past by ``end``; None for one still to come, and for a quarter or a year: so plans
    are written."""
    if not isinstance(value, LooseDate) or value.precision not in (Precision.DAY, Precision.MONTH):
        return None
    return value if earliest(value) <= end else None


def has_begun(values: dict[Field, ReadValue], project: KnownProject) -> bool:
    """Whether the row itself, or what the ledger knows, says that works have begun."""
    if _NOT_BEGUN.search(_words(values)) or _GROUND_ONLY.fullmatch(_words(values)):
        return False
    spent = any(isinstance(v := values.get(f), int) and v > 0
                for f in (Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED, Field.MONTH_INVESTMENT))
    return spent or bool(project.invested_before) or project.nature == "续建"


def is_finished(values: dict[Field, ReadValue], project: KnownProject) -> bool:
    """Whether the row says in words that works are finished and its money does not speak against it."""
    words = _words(values)
    if not _FINISHED.search(words) or _STILL_OPEN.search(words):
        return False
    spent, total = _spent(values, project), project.total_investment
    return not (spent is not None and total and spent * _NEARLY < total * (_NEARLY - 1))


def is_producing(values: dict[Field, ReadValue]) -> bool:
    """Whether the row says in words that the project is in use: part of a project may produce before all of it is built."""
    words = _words(values)
    return bool(_PRODUCING.search(words)) and not _NOT_PRODUCING.search(words)


def is_at_capacity(values: dict[Field, ReadValue]) -> bool:
    """Whether the row says in words that it produces what it was built for."""
    words = _words(values)
    return bool(_AT_CAPACITY.search(words)) and not _NOT_PRODUCING.search(words)


DATED = ((Field.START_DATE, "开工"), (Field.FINISH_DATE, "竣工"), (Field.PRODUCTION_DATE, "投产"), (Field.CAPACITY_DATE, "达产"))
"""The actual dates that returns tell, and what each is of."""


def _words(values: dict[Field, ReadValue]) -> str:
    return str(values.get(Field.PROGRESS_TEXT, ""))


def _spent(values: dict[Field, ReadValue], project: KnownProject) -> int | None:
    since = values.get(Field.TOTAL_INVESTED)
    if isinstance(since, int):
        return since
    year = values.get(Field.YEAR_INVESTMENT)
    return year + project.invested_before if isinstance(year, int) and project.invested_before is not None else None


def _end(r: RowReading) -> date:
    return r.table.period.end


def start_undone(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """A start that the ledger holds as done, and the return puts into the future."""
    for f, word in DATED:
        said, held = r.values.get(f), p.nodes.get(f)
        if isinstance(said, LooseDate) and held is not None and earliest(held) <= _end(r) < earliest(said):
            r.find(level, code, f"台账已记 {held} {word}，本期写“{r.words[f]}”，还没有到。请核实是否已{word}", f)


_PLANNED_TOO = re.compile(r"计划|拟|预计|预期")


def start_to_come(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """An actual start or finish, by its column's head, that lies after the period."""
    for f, word in DATED:
        said, column = r.values.get(f), r.table.column_of(f)
        if not isinstance(said, LooseDate) or column is None or "实际" not in column.header or _PLANNED_TOO.search(column.header):
            continue
        if earliest(said) > _end(r) and not (p.nodes.get(f) is not None and earliest(p.nodes[f]) <= _end(r)):
            r.find(level, code, f"实际{word}时间写“{r.words[f]}”，还没有到。请核实是实际还是计划", f)


def start_changed(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """Another past date than the ledger's; a proposal."""
    for f, word in DATED:
        said, held = reached(r.values.get(f), _end(r)), p.nodes.get(f)
        if said is not None and held is not None and not same_time(said, held):
            r.find(level, code, f"实际{word}时间写“{r.words[f]}”，台账为 {held}。如确有更正请在核对时接受，否则请改正", f)


def finish_before_start(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """A finish, or what comes after it, before the start, in the return itself or beside the ledger's start."""
    start = r.values.get(Field.START_DATE) or p.nodes.get(Field.START_DATE)
    for f, word in DATED[1:]:
        finish = r.values.get(f)
        if isinstance(finish, LooseDate) and isinstance(start, LooseDate) and finish.day < earliest(start):
            r.find(level, code, f"{word}时间“{r.words[f]}”早于开工时间 {start}。请核实", f)


def finished_unspent(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """Said to be finished while a good part of the total is not spent."""
    finish, spent = reached(r.values.get(Field.FINISH_DATE), _end(r)), _spent(r.values, p)
    if finish is None or spent is None or not p.total_investment or not _FINISHED.search(_words(r.values)):
        return
    if spent * _NEARLY < p.total_investment * (_NEARLY - 1):
        share = spent * 100 / p.total_investment
        r.find(level, code, f"写已竣工（{r.words[Field.FINISH_DATE]}），累计完成只有总投资的 {share:.2f}%。请核实", Field.FINISH_DATE)


def start_of_ground(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """A start reported while the words speak of ground works only."""
    words = _words(r.values)
    if reached(r.values.get(Field.START_DATE), _end(r)) and Field.START_DATE not in p.nodes and _GROUND_ONLY.fullmatch(words):
        r.find(level, code, f"写“{r.words[Field.START_DATE]}”开工，形象进度只有“{words}”。{START_MEANS}，未记开工", Field.START_DATE)


def start_later(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """A planned start put off beyond the ledger's, by a month or more."""
    said, planned = r.values.get(Field.START_DATE), p.nodes.get(Field.PLANNED_START)
    if not isinstance(said, LooseDate) or planned is None or Field.START_DATE in p.nodes or earliest(said) <= _end(r):
        return
    months = (said.day.year - planned.day.year) * 12 + said.day.month - planned.day.month
    if months > 0 and not same_time(said, planned):
        r.find(level, code, f"计划开工时间写“{r.words[Field.START_DATE]}”，比台账的 {planned} 推迟 {months} 个月", Field.START_DATE)
