"""Draws a ledger's figures into a return of some random shape, and remembers what a careful clerk would read.

The shapes follow what offices are seen to send; the drawing knows nothing of how returns are understood.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

from hydesk.domain.fields import Field
from hydesk.domain.grid import Book, CellValue, Sheet, Span, column_letter
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, PeriodFigures, ReportingUnit

F = Field
UNITS = ("雁峰区", "石鼓区", "衡南县", "祁东县", "松木经开区")
_PLACES = ("湘江", "蒸水", "耒水", "归阳", "洪桥", "云集", "三塘", "茶山", "金兰", "渣江", "大浦", "新塘", "岳屏", "黄沙湾", "角山", "来雁")
_KINDS = (
    "电缆智能化生产线", "污水处理厂提标改造", "标准厂房", "人民医院新院区", "城区断头路打通工程", "老旧小区改造", "高标准农田",
    "冷链仓储基地", "特高压变压器扩能", "职业学校迁建", "千吨级码头", "盐卤化工新材料", "河道综合治理工程", "装配式建筑基地",
)
_OWNERS = ("衡阳市城建投资有限公司", "恒岳实业有限公司", "金盛科技股份有限公司", "水利局", "博远新材料有限公司")


@dataclass(slots=True)
class Drawn:
    """A return and the truth about it: per (sheet, row) the project's code and its values in yuan by field."""

    book: Book
    snapshot: LedgerSnapshot
    truth: dict[tuple[str, int], tuple[str, dict[Field, int]]]
    unit: str
    cells: dict[tuple[str, int], dict[Field, str]] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()


def make_ledger(rng: random.Random, per_unit: int = 12) -> LedgerSnapshot:
    """A small ledger for June 2023 with May's figures held."""
    projects: list[KnownProject] = []
    names: set[str] = set()
    for unit in UNITS:
        while sum(1 for p in projects if p.unit == unit) < per_unit:
            name = f"{rng.choice(_PLACES)}{rng.choice(_PLACES)}{rng.choice(_KINDS)}{rng.choice(('项目', '建设项目', ''))}"
            if any(name[:-1] in n or n[:-1] in name or _alike(name, n) for n in names):
                continue
            names.add(name)
            projects.append(_project(rng, len(projects) + 1, name, unit))
    return LedgerSnapshot(2023, Period.month(2023, 6), tuple(ReportingUnit(u) for u in UNITS), tuple(projects))


def _alike(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other)) <= 3


def _project(rng: random.Random, number: int, name: str, unit: str) -> KnownProject:
    total = rng.randrange(500, 40_000) * 100_000
    carried = rng.random() < 0.6
    before = int(total * rng.uniform(0.15, 0.5)) // 100 * 100 if carried else 0
    plan = int((total - before) * rng.uniform(0.2, 0.6)) // 10_000 * 10_000
    year = int(plan * rng.uniform(0.2, 0.45)) // 100 * 100
    month = int(year * rng.uniform(0.1, 0.3)) // 100 * 100
    may = PeriodFigures(Period.month(2023, 5), {F.MONTH_INVESTMENT: month, F.YEAR_INVESTMENT: year, F.TOTAL_INVESTED: before + year})
    return KnownProject(
        f"HY2023-{number:03d}", name, unit, total_investment=total, invested_before=before, annual_plan=plan, previous=may,
    )


def june(rng: random.Random, p: KnownProject) -> dict[Field, int]:
    """What really happened in June, yuan, to the hundred."""
    assert p.previous is not None
    assert p.annual_plan is not None
    assert p.invested_before is not None
    assert p.total_investment is not None
    year = p.previous.money[F.YEAR_INVESTMENT]
    month = int(p.annual_plan / 12 * rng.uniform(0.3, 1.7)) // 100 * 100 + 300
    if rng.random() < 0.1:
        month = 0
    return {
        F.TOTAL_INVESTMENT: p.total_investment, F.INVESTED_BEFORE: p.invested_before, F.ANNUAL_PLAN: p.annual_plan,
        F.MONTH_INVESTMENT: month, F.YEAR_INVESTMENT: year + month, F.TOTAL_INVESTED: p.invested_before + year + month,
    }


HARD = frozenset({
    "no_unit", "alone", "months", "cut_words", "owner_name", "wide", "continued", "beside", "sums_as_formulas",
})
"""The hardest kinds of shape."""
SOFT = frozenset({"code", "sections", "total", "blank_rows", "column_numbers", "yi", "repeated_head", "text_numbers", "traps", "marks"})


def draw(rng: random.Random, snapshot: LedgerSnapshot, kinds: frozenset[str]) -> Drawn:
    """One unit's June return in a shape of ``kinds`` (of HARD and SOFT)."""
    return _Drawing(rng, snapshot, kinds).drawn()


class _Drawing:
    def __init__(self, rng: random.Random, snapshot: LedgerSnapshot, kinds: frozenset[str]) -> None:
        self.rng, self.snapshot, self.kinds = rng, snapshot, kinds
        self.unit = rng.choice(UNITS)
        self.rows: list[list[CellValue]] = []
        self.merges: list[Span] = []
        self.formulas: dict[tuple[int, int], str] = {}
        self.truth: dict[tuple[str, int], tuple[str, dict[Field, int]]] = {}
        self.cells: dict[tuple[str, int], dict[Field, str]] = {}
        self.yuan = 100_000_000 if "yi" in kinds else 10_000
        self.columns = self._columns()
        self.head: list[list[CellValue]] = []

    def drawn(self) -> Drawn:
        self._top()
        self._head()
        self._body()
        if "beside" in self.kinds:
            self._beside()
        rows, merges, formulas, cells = self._widened()
        sheet = Sheet("6月", rows, tuple(merges), formulas=formulas)
        return Drawn(Book(f"{self.unit}6月.xlsx", (sheet,), "xlsx"), self.snapshot, self.truth, self.unit, cells, self.kinds)

    def _columns(self) -> list[tuple[str, str, Field | str]]:
        """(group, leaf, field or marker)."""
        u = "" if "no_unit" in self.kinds else ("（亿元）" if "yi" in self.kinds else "（万元）")
        cols: list[tuple[str, str, Field | str]] = [("", "序号", "serial")]
        if "code" in self.kinds:
            cols.append(("", "项目编号", F.CODE))
        cols.append(("", "项目单位及名称" if "owner_name" in self.kinds else self.rng.choice(("项目名称", "工程名称", "重点项目名称")), F.NAME))
        cols.append(("", self.rng.choice(("建设地址", "项目地点")), "place"))
        cols.append(("", self.rng.choice(("总投资", "计划总投资", "投资总额")) + u, F.TOTAL_INVESTMENT))
        if self.rng.random() < 0.6:
            cols.append(("", "截至2022年底累计完成投资" + u, F.INVESTED_BEFORE))
        if "traps" in self.kinds:
            cols.append(("", "2022年计划投资" + u, "last_year_plan"))
        group = "2023年投资情况"
        if "months" in self.kinds:
            cols.append(("", "2023年计划投资" + u, F.ANNUAL_PLAN))
            cols += [("2023年完成投资" + u, f"{m}月", F.MONTH_INVESTMENT if m == 6 else f"month{m}") for m in range(1, self.rng.choice((6, 7, 12)) + 1)]
        else:
            cols.append((group, "计划投资" + u, F.ANNUAL_PLAN))
            if "alone" not in self.kinds or self.rng.random() < 0.5:
                cols.append((group, self.rng.choice(("本月完成投资", "6月完成", "当月完成投资")) + u, F.MONTH_INVESTMENT))
            if "alone" not in self.kinds:
                cols.append((group, self.rng.choice(("1-6月累计完成", "年初至本月累计")) + u, F.YEAR_INVESTMENT))
        if "alone" in self.kinds:
            cols.append(("", "累计完成投资" + u, self.rng.choice((F.YEAR_INVESTMENT, F.TOTAL_INVESTED))))
        cols.append(("", "完成率（%）", "rate"))
        cols.append(("", self.rng.choice(("形象进度", "工程进展情况")), F.PROGRESS_TEXT))
        cols.append(("", "存在问题", F.PROBLEM_TEXT))
        cols.append(("", "备注", "remark"))
        return cols

    def _top(self) -> None:
        width = len(self.columns)
        self.rows.append([f"{self.unit}2023年重点建设项目6月份进展情况表", *[""] * (width - 1)])
        self.merges.append(Span(1, 1, 1, width))
        line: list[CellValue] = [f"填报单位：{self.unit}重点建设项目事务中心（盖章）", *[""] * (width - 1)]
        if "unit_line" in self.kinds and "no_unit" not in self.kinds:
            line[-2] = "单位：亿元" if "yi" in self.kinds else "单位：万元"
        self.rows.append(line)
        if self.rng.random() < 0.4:
            self.rows.append([""] * width)

    def _head(self) -> None:
        start = len(self.rows) + 1
        groups = [g for g, _, _ in self.columns]
        if "cut_words" in self.kinds:
            self._cut_head()
        elif any(groups):
            self._two_row_head(start, groups)
        else:
            self.rows.append([leaf for _, leaf, _ in self.columns])
        self.head = [list(r) for r in self.rows[start - 1 :]]
        if "column_numbers" in self.kinds:
            self.rows.append([float(i + 1) for i in range(len(self.columns))])

    def _two_row_head(self, start: int, groups: list[str]) -> None:
        merged = self.rng.random() < 0.6
        upper: list[CellValue] = []
        lower: list[CellValue] = []
        for i, (group, leaf, _) in enumerate(self.columns):
            upper.append(leaf if not group else (group if i == 0 or groups[i - 1] != group else ""))
            lower.append("" if not group else leaf)
            if merged and not group:
                self.merges.append(Span(start, i + 1, start + 1, i + 1))
        if merged:
            for group in dict.fromkeys(g for g in groups if g):
                first, last = groups.index(group), len(groups) - 1 - groups[::-1].index(group)
                self.merges.append(Span(start, first + 1, start, last + 1))
        self.rows += [upper, lower]

    def _cut_head(self) -> None:
        """Every leaf cut over two rows, as narrow columns do; groups are left off."""
        upper: list[CellValue] = []
        lower: list[CellValue] = []
        for group, leaf, _ in self.columns:
            words = leaf if not group else ("2023年" + leaf if "月" not in leaf else leaf + "完成投资" if leaf.endswith("月") else leaf)
            cut = max(1, len(words) // 2)
            if len(words) <= 2:
                upper.append(words)
                lower.append("")
            else:
                upper.append(words[:cut])
                lower.append(words[cut:])
        self.rows += [upper, lower]

    def _body(self) -> None:
        own = [p for p in self.snapshot.projects if p.unit == self.unit]
        self.rng.shuffle(own)
        half = len(own) // 2
        total: dict[int, Decimal] = {}
        for at, p in enumerate(own):
            if "sections" in self.kinds and at in (0, half):
                n = half if at == 0 else len(own) - half
                self._line({0: "一、" if at == 0 else "二、", self._at(F.NAME): f"{'产业发展' if at == 0 else '基础设施'}项目（{n}个）"})
            if "repeated_head" in self.kinds and at == half:
                self.rows += [list(r) for r in self.head]
            if "blank_rows" in self.kinds and self.rng.random() < 0.15:
                self._line({})
            self._project(at + 1, p, total)
        if "total" in self.kinds:
            self._line({0: "合计", **{c: float(v) for c, v in total.items()}})
        self._line({0: "填表人：          审核人：          联系电话："})

    def _at(self, wanted: Field | str) -> int:
        return next(i for i, (_, _, f) in enumerate(self.columns) if f == wanted)

    def _line(self, cells: dict[int, CellValue]) -> int:
        self.rows.append([cells.get(i, "") for i in range(len(self.columns))])
        return len(self.rows)

    def _project(self, serial: int, p: KnownProject, total: dict[int, Decimal]) -> None:
        real = june(self.rng, p)
        cells: dict[int, CellValue] = {}
        values: dict[Field, int] = {}
        sums: list[int] = []
        for i, (_, _, f) in enumerate(self.columns):
            if isinstance(f, Field) and f in real:
                cells[i] = self._money(real[f])
                values[f] = real[f]
                total[i] = total.get(i, Decimal(0)) + Decimal(real[f]) / self.yuan
                if f is F.MONTH_INVESTMENT and "sums_as_formulas" in self.kinds:
                    sums.append(i)
            else:
                cells[i] = self._other(f, serial, p)
        row = self._line(cells)
        for i in sums:
            self._as_sum(row, i, real[F.MONTH_INVESTMENT])
        self.truth[("6月", row)] = (p.code, values)
        self.cells[("6月", row)] = {f: f"{column_letter(i + 1)}{row}" for i, (_, _, f) in enumerate(self.columns) if isinstance(f, Field) and f in values}
        if "continued" in self.kinds and self.rng.random() < 0.3:
            self._continue(row)

    def _money(self, yuan: int) -> CellValue:
        number = Decimal(yuan) / self.yuan
        if "text_numbers" in self.kinds and self.rng.random() < 0.4:
            return self.rng.choice((f" {number} ", f"{number:,}", "".join(chr(ord(c) + 0xFEE0) for c in str(number))))
        return float(number)

    def _other(self, f: Field | str, serial: int, p: KnownProject) -> CellValue:
        assert p.annual_plan is not None
        if f == "serial":
            return float(serial)
        if f is F.CODE:
            return p.code
        if f is F.NAME:
            mark = self.rng.choice(("★", "▲", "")) if "marks" in self.kinds else ""
            if "owner_name" in self.kinds:
                owner = self.rng.choice(_OWNERS)
                return self.rng.choice((f"{owner}\n{p.name}", f"{owner}：{p.name}", f"{owner} {p.name}", f"{p.name}（{owner}）"))
            return mark + p.name
        if f == "rate":
            return round(self.rng.uniform(10, 80), 2)
        if f == "last_year_plan":
            return float(Decimal(p.annual_plan // 2) / self.yuan)
        if isinstance(f, str) and f.startswith("month"):
            assert p.previous is not None
            number = int(f[5:])
            if number > 6:
                return ""
            held = p.previous.money[F.MONTH_INVESTMENT]
            return float(Decimal(held if number == 5 else held * number // 7 // 100 * 100) / self.yuan)
        return {F.PROGRESS_TEXT: "主体结构施工至三层，外墙砌筑完成", F.PROBLEM_TEXT: self.rng.choice(("", "用地报批尚未完成")),
                "place": self.rng.choice(_PLACES), "remark": ""}[f]

    def _as_sum(self, row: int, column: int, yuan: int) -> None:
        """=1200+35.5 without a stored result."""
        number = Decimal(yuan) / self.yuan
        part = (number / 3).quantize(Decimal("0.01"))
        self.formulas[(row, column + 1)] = f"={part}+{number - part}"
        self.rows[row - 1][column] = ""

    def _continue(self, row: int) -> None:
        """The progress words, or the name, carried on in the row below."""
        column = self._at(F.NAME) if self.rng.random() < 0.4 and "owner_name" not in self.kinds else self._at(F.PROGRESS_TEXT)
        words = str(self.rows[row - 1][column])
        cut = len(words) // 2
        self.rows[row - 1][column] = words[:cut]
        self._line({column: words[cut:]})

    def _beside(self) -> None:
        for r, words in ((6, "各单位请于25日前报送"), (8, "联系人：李四 0734-8866"), (10, 12345.67), (11, "2022年")):
            if r <= len(self.rows):
                self.rows[r - 1] += ["", "", words]

    def _widened(self) -> tuple[list[list[CellValue]], list[Span], dict[tuple[int, int], str], dict[tuple[str, int], dict[Field, str]]]:
        """Every cell two columns wide, as form designers draw them; figures stand in the left one."""
        if "wide" not in self.kinds:
            return self.rows, self.merges, self.formulas, self.cells
        width = len(self.columns)
        rows = [[x for v in r[:width] for x in (v, "")] + list(r[width:]) for r in self.rows]
        merges = [Span(m.top, m.left * 2 - 1, m.bottom, m.right * 2) for m in self.merges]
        covered = {(r, c) for m in self.merges for r in range(m.top, m.bottom + 1) for c in range(m.left, m.right + 1)}
        merges += [Span(r, c * 2 - 1, r, c * 2) for r in range(1, len(rows) + 1) for c in range(1, width + 1) if (r, c) not in covered]
        formulas = {(r, c * 2 - 1): f for (r, c), f in self.formulas.items()}
        cells = {
            k: {f: f"{column_letter(next(i for i, (_, _, g) in enumerate(self.columns) if g == f) * 2 + 1)}{k[1]}" for f in v}
            for k, v in self.cells.items()
        }
        return rows, merges, formulas, cells
