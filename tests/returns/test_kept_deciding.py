"""What words leave open and figures decide, and whom a name means: swept from figures that fit to figures that do not, and from a
project's own name to a stranger's. Held against what was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from hydesk.domain.fields import Field
from hydesk.domain.grid import CellValue
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, PeriodFigures, ReportingUnit
from hydesk.returns.matching import ProjectIndex, match_row
from hydesk.returns.name_forms import is_cut_short, is_small_slip, numbers_in, parts_between, renamed_parts
from hydesk.returns.names_together import held_in, nothing_else, parts_names
from hydesk.returns.resolve import expected
from hydesk.returns.text import loose_key, name_key
from tests.kept import hold
from tests.returns.test_kept_checks import BASE, JUNE, MAY, SITUATIONS, UNIT, WAN, held, read

F = Field
KEPT = Path(__file__).parent / "kept"

HEADS = ("累计完成投资", "累计完成投资（万元）", "总投资", "本月完成投资", "完成投资", "实际完成", "总投资（批复）", "2023年拟完成投资计划", "生僻投资（万元）")
MEANT: dict[str, float] = {"year": 620.0, "since": 1_620.0, "month": 120.0, "plan": 1_500.0, "total": 3_000.0, "before": 1_000.0, "sum before": 500.0, "nothing like it": 87.0}
OFF = (1.0, 1.0002, 1.02, 1.3, 1e-4, 1e4, 0.1)
KNOWN = {name: SITUATIONS[name] for name in ("plain", "nothing before", "no sum before the year", "no plan")} | {"begun this year": replace(BASE, invested_before=0, previous=held(MAY, 100, 500, 500))}


def test_columns_that_figures_decide() -> None:
    """So many of five rows fit, the others are anything; with the month beside the column and without it."""
    def lines() -> Iterator[str]:
        for head, (meant, value), (name, known) in product(HEADS, MEANT.items(), KNOWN.items()):
            for fitting, off in ((5, 1.0),) if name != "plain" else ((5, 1.0), (4, 1.0), (3, 1.0), (2, 1.0), *((5, o) for o in OFF[1:])):
                if off != 1.0 and head not in HEADS[:4]:
                    continue
                rows: list[list[CellValue]] = [[120.0, round(value * off, 6) if n < fitting else 41.5 + 13 * n, "主体施工"] for n in range(5)]
                found = read(known, ["6月完成投资（万元）", head, "形象进度"], rows)
                column = next((c for s in found.sheets for c in s.columns if c.letter == "E"), None)
                said = " ".join(f.code for f in found.findings if f.column == "E")
                yield f"{head} {meant} {name} {fitting} {off}: {'—' if column is None else f'{column.field and column.field.value} {column.unit and column.unit.value} {column.confidence:.2f} {column.reason}'} | {said}"

    hold(KEPT / "deciding.txt", lines())


def test_what_is_expected_of_a_field() -> None:
    more = {"weeks": replace(BASE, previous=PeriodFigures(MAY, {F.WEEK_INVESTMENT: 9 * WAN, F.YEAR_INVESTMENT: 500 * WAN, F.STATISTICS_YEAR: 480 * WAN})), "funds": replace(BASE, invested_before=None, previous=PeriodFigures(MAY, {F.FUNDS_ARRIVED: 700 * WAN, F.TOTAL_INVESTED: 900 * WAN}))}
    hold(KEPT / "expected.txt", (f"{name}: {' '.join(f'{f.value}={e}' for f in F if (e := expected(known, f)) is not None)}" for name, known in (SITUATIONS | more).items()))


# Names -------------------------------------------------------------------------------------------------------------

PROJECTS = (
    ("HY2023-001", "湘江电缆智能化生产线项目", UNIT, {"builder": "恒岳实业有限公司", "location": "三塘镇", "approval_code": "2301-430422-04-01-123456"}), ("HY2023-002", "湘江电缆智能化生产线二期项目", UNIT, {}), ("HY2023-003", "蒸水污水处理厂提标改造工程", UNIT, {"names": ("蒸水污水厂扩建",)}),
    ("HY2023-004", "祁东县人民医院新院区建设项目", "祁东县", {"location": "洪桥街道"}), ("HY2023-005", "人民医院新院区", UNIT, {}), ("HY2023-006", "标准厂房（一期）", "祁东县", {}), ("HY2023-007", "标准厂房（二期）", "祁东县", {}), ("HY2023-008", "衡南县云集道路改造", UNIT, {}),
    ("HY2023-009", "G107国道衡南段改扩建", UNIT, {}), ("HY2023-010", "110千伏变电站", UNIT, {}), ("HY2023-011", "220千伏变电站", UNIT, {}), ("HY2023-012", "学校", "祁东县", {}), ("HY2023-013", "盐卤化工新材料产业园基础设施配套项目", "祁东县", {}), ("HY2023-014", "湘江电缆", "祁东县", {}))
NAMES = (
    "湘江电缆智能化生产线项目", "湘江电缆智能化生产线", "湘江电缆智能化生产线（二期）", "湘江电缆智能生产线项目", "湘江电览智能化生产线项目", "湘江电缆智能化", "湘江电缆", "湘江电缆生产线", "恒岳实业有限公司湘江电缆智能化生产线项目", "三塘镇湘江电缆智能化生产线项目", "湖南省衡阳市衡南县湘江电缆智能化生产线项目",
    "HY2023-001湘江电缆智能化生产线项目", "湘江电缆智能化生产线项目（HY2023-001）", "HY2023-002 蒸水污水处理厂提标改造工程", "蒸水污水厂扩建", "蒸水污水处理厂", "蒸水污水处理厂提标改造工程（原名：蒸水污水厂扩建）", "污水处理厂提标改造", "人民医院新院区", "人民医院新院区建设项目", "祁东县人民医院新院区", "祁东人民医院新院区", "衡南县人民医院新院区",
    "标准厂房", "标准厂房（一期）", "标准厂房一期", "标准厂房(三期)", "标准厂房（一期）、标准厂房（二期）", "湘江电缆智能化生产线项目和人民医院新院区", "云集道路改造", "衡南云集道路改造工程", "云集镇道路改造", "107国道衡南段改扩建", "G107衡南段", "110千伏变电站", "110kV变电站", "330千伏变电站", "变电站",
    "学校", "县学校", "盐卤化工新材料产业园", "盐卤化工新材料产业园基础设施", "盐卤化工新材料产业园基础设施配套", "某某没有听说过的项目", "项目", "", "湘江", "★湘江电缆智能化生产线项目", "1.湘江电缆智能化生产线项目", "湘江电缆智能化生产线项目……", "湘江电缆智能化生产线项目（续建）", "湘江电缆智能化生产线项目-设备采购", "别的公司湘江电缆智能化生产线项目")


def _codes(found: object) -> str:
    if found is None:
        return "—"
    if isinstance(found, KnownProject):
        return found.code[-3:]
    if isinstance(found, tuple | list | set):
        return "[" + " ".join(_codes(x) for x in (sorted(found) if isinstance(found, set) else found)) + "]"
    return f"{found:.1f}" if isinstance(found, float) else str(getattr(found, "name", found))


def test_whom_a_name_means() -> None:
    projects = tuple(KnownProject(code, name, unit, **more) for code, name, unit, more in PROJECTS)
    units = (ReportingUnit(UNIT, short_names=("衡南",)), ReportingUnit("祁东县"))
    index = ProjectIndex(LedgerSnapshot(2023, JUNE, units, projects))

    def lines() -> Iterator[str]:
        for name, unit in product(NAMES, (UNIT, "祁东县", None)):
            m = match_row(index, (), name, unit)
            yield (f"{name} in {unit}: {_codes((m.project, m.how, m.doubt, m.others))} by name {_codes(index.by_name(name, unit))} placeless {_codes(index.without_place(name, unit))} near {_codes(index.near(name, unit))} inside {_codes(index.inside(name, unit))} "
                   f"held {_codes(index.held(name, unit))} cut {_codes(index.cut_short(name, unit))} likest {_codes(index.likest(name, unit))}")
        for name in NAMES:
            yield f"{name}: {_codes(index.several_in(name))} {sorted(c[-3:] for c in index.named_in(name))} {parts_between(name)} {renamed_parts(name)} {numbers_in(name)} {parts_names(name)}"
        for codes, name in product((("HY2023-001",), ("hy2023—001",), ("2301-430422-04-01-123456",), ("HY2023-999",), ("HY2023-999", "HY2023-002"), ("",)), NAMES[:24:2]):
            m = match_row(index, codes, name, UNIT)
            yield f"{codes} {name}: {_codes((m.project, m.how, m.doubt, m.others))}"
        for one, p in product(NAMES[:12], projects[:3]):
            yield f"{one} / {p.name}: {is_small_slip(one, p)} {is_cut_short(loose_key(one), loose_key(p.name))}"
        for text in ("湘江电缆智能化生产线项目人民医院新院区", "湘江电缆智能化生产线项目及人民医院新院区", "人民医院新院区的学校", "", "湘江电缆湘江电缆"):
            own = held_in(name_key(text), [(name_key(p.name), p) for p in projects])
            yield f"{text}: {_codes(list(own))} {nothing_else(name_key(text), own)}"

    hold(KEPT / "whom.txt", lines())


def test_a_project_told_by_two_names_in_a_ledger_of_a_kind() -> None:
    """Names that two projects share are nobody's; within the unit they may be one's own."""
    def of(unit: str, code: str, name: str = "标准厂房") -> KnownProject:
        return KnownProject(code, name, unit)

    def lines() -> Iterator[str]:
        ledgers: Sequence[tuple[KnownProject, ...]] = (
            (of(UNIT, "1"), of("祁东县", "2")), (of(UNIT, "1"), of(UNIT, "2")), (of(UNIT, "1"), of("祁东县", "2"), of("祁东县", "3")), (of("祁东县", "1"),), (of(UNIT, "1", "标准厂房项目"), of("祁东县", "2", "标准厂房工程")), (of("", "1"),))
        for ledger, name, unit in product(ledgers, ("标准厂房", "标准厂房项目", "标准厂"), (UNIT, "祁东县", "常宁市", None)):
            index = ProjectIndex(LedgerSnapshot(2023, Period.month(2023, 6), (ReportingUnit(UNIT), ReportingUnit("祁东县")), ledger))
            m = match_row(index, (), name, unit)
            yield f"{[(p.code, p.unit, p.name) for p in ledger]} {name} in {unit}: {_codes((m.project, m.how, m.doubt, m.others))} {_codes(index.by_name(name, unit))}"

    hold(KEPT / "whom_of_two.txt", lines())
