"""Checks over rows together: who a row is, and the same project twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hydesk.domain.fields import MONEY_FIELDS, Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import row_in_file
from hydesk.domain.snapshot import ReportingUnit
from hydesk.returns.matching import MatchDoubt
from hydesk.returns.read_rows import RowReading
from hydesk.returns.table import complete_each_other
from hydesk.returns.text import has_mark, name_key


def check_matches(readings: Sequence[RowReading], unit: str | None, units: Sequence[ReportingUnit] = ()) -> None:
    """Strangers, other units' projects, near names and the same project twice."""
    seen: dict[str, list[RowReading]] = {}
    known = {name_key(n): u for u in units for n in (u.name, *u.short_names)}
    for r in readings:
        _say_doubt(r)
        p = r.project
        if p is None:
            continue
        if unit is not None and p.unit and p.unit != unit:
            r.find(Level.ERROR, "foreign_project", (
                f"“{r.name}”是{p.unit}的项目（{p.code}），不属于{unit}。请核对是否报错，未入库"), Field.NAME)
        elif (listed := _listed_under(r, known)) is not None:
            r.find(Level.ERROR, "foreign_project", (
                f"“{r.name}”列在{listed}名下，台账是{p.unit}的项目（{p.code}）。请核对是否报错，未入库"), Field.REPORTING_UNIT)
        held = seen.setdefault(p.code, [])
        first = next((h for h in held if h.table is r.table or not complete_each_other(h.table, r.table)), None)
        if first is not None:
            _say_twice(first, r)
        else:
            held.append(r)
        if has_mark(r.name):
            r.find(Level.NOTE, "mark_before_name", f"名称带有标记（{r.name}），按台账名称认定", Field.NAME)


def _listed_under(r: RowReading, known: Mapping[str, ReportingUnit]) -> str | None:
    """The other unit of the project's own kind that the row stands under, if any.

    A park's project that lies in a county is rightly listed under that county too: only two of a kind exclude each other.
    """
    words, p = r.words.get(Field.REPORTING_UNIT), r.project
    if not words or p is None or not p.unit:
        return None
    said, own = known.get(name_key(words)), known.get(name_key(p.unit))
    return said.name if said is not None and own is not None and said is not own and said.kind == own.kind else None


def _say_twice(first: RowReading, second: RowReading) -> None:
    p = second.project
    assert p is not None
    second.find(Level.ERROR, "duplicate", (
        f"“{second.name}”与第{row_in_file(first.line)}行（表“{first.table.sheet.name}”）是同一个项目 {p.code}，重复填报。已取前一行，请核实"),
        Field.NAME)
    differing = [
        f for f in Field  # in a fixed order: the same file is always told of in the same words
        if f in MONEY_FIELDS and f in first.values and f in second.values
        and first.values[f] != second.values[f]
    ]
    if differing:
        labels = "、".join(f.label for f in differing)
        first.find(Level.WARNING, "duplicate_differs", f"本项目在第{row_in_file(second.line)}行又报了一次，{labels}不同。请确认以哪行为准", Field.NAME)


def _say_doubt(r: RowReading) -> None:
    p = r.project
    match r.match.doubt:
        case MatchDoubt.NEAR_NAME if p is not None:
            r.find(Level.WARNING, "name_near", f"“{r.name}”与台账的“{p.name}”（{p.code}）相近，按同一项目读取。请确认", Field.NAME)
        case MatchDoubt.NAME_DIFFERS if p is not None:
            r.find(Level.WARNING, "name_differs", f"编号对应台账的“{p.name}”（{p.code}），名称写作“{r.name}”。请确认", Field.NAME)
        case MatchDoubt.CODE_NAME_CONFLICT if p is not None:
            other = f"，而名称像“{r.match.others[0].name}”（{r.match.others[0].code}）" if r.match.others else ""
            r.find(Level.ERROR, "code_name_conflict", (
                f"编号对应“{p.name}”（{p.code}），名称写作“{r.name}”{other}，不能确定是哪个项目。请核实"), Field.NAME)
        case MatchDoubt.AMBIGUOUS:
            names = "、".join(f"“{o.name}”（{o.code}）" for o in r.match.others[:3])
            r.find(Level.ERROR, "name_ambiguous", f"“{r.name}”与{names}都相近，不能确定是哪个项目。请核实", Field.NAME)
        case MatchDoubt.SEVERAL:
            names = "、".join(f"“{o.name}”（{o.code}）" for o in r.match.others[:5])
            r.find(Level.ERROR, "several_projects", (
                f"一格里写了 {len(r.match.others)} 个台账项目：{names}，数合在一起分不开，未入库。请让填报单位一个项目填一行"), Field.NAME)
        case MatchDoubt.UNKNOWN:
            likest = "、".join(f"“{o.name}”（{o.code}）" for o in r.match.others[:3])
            near = f"，最接近的是{likest}" if likest else ""
            if r.name:
                said = f"台账里没有“{r.name}”{near}。请核实项目名称，或先列入台账"
            else:
                said = "没有写项目名称，编号也不在台账里，不能确定是哪个项目。请核实"
            r.find(Level.ERROR, "unknown_project", said, Field.NAME)
        case _:
            pass


_FACTS = frozenset({"total_changed", "plan_changed", "before_changed"})


def check_near_names(readings: Sequence[RowReading]) -> None:
    """A name that is only near, beside a total and a plan that are not the project's either, is likely another project."""
    for r in readings:
        differing = {f.code for f in r.findings} & _FACTS
        if r.match.doubt is MatchDoubt.NEAR_NAME and len(differing) > 1 and (p := r.project) is not None:
            r.find(Level.ERROR, "near_but_other", (
                f"“{r.name}”与台账的“{p.name}”（{p.code}）只是名称相近，总投资、年度计划等也都不同，可能是另一个项目，未入库。"
                "请核实是哪个项目"), Field.NAME)
