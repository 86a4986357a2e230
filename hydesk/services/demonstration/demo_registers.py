"""Records of the demonstration's registers: made up from the demonstration projects, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.lists import Ground
from hydesk.domain.periods import Period
from hydesk.domain.registers import RegisterValue
from hydesk.domain.shipped_registers import (
    APPEALS,
    CITY_APPEALS,
    ENTERPRISE_CODES,
    FILINGS,
    MEETING,
    PETITIONS,
    PLAN_PROJECTS,
    PLAN_TARGETS,
    PLAN_VALUES,
    PROJECT_PROMISES,
    SAFETY_DUTIES,
    TOURS,
    UNIT_PROMISES,
)
from hydesk.domain.standing import ProjectStanding
from hydesk.services.demonstration.demo_chains import Put, put_demo_chains
from hydesk.services.mechanisms.land_filing import land_filing
from hydesk.services.mechanisms.red_yellow import adopt, propose
from hydesk.services.registers.fill_shipped import add_shipped, register_called
from hydesk.services.registers.list_registers import open_register
from hydesk.services.registers.write_records import RecordChange, write_records
from hydesk.services.standings.list_standings import list_standings, list_units

Values = Mapping[str, RegisterValue | None]
YI = 100_000_000
_FILINGS = (("智能计量衡器配套产业园", "衡南县", "深圳市某计量科技公司", 15, "2023-01-12", "2023-06-10", "已供地"),
            ("高能比电池二期", "衡阳县", "广东某新能源公司", 30, "2023-02-20", "2023-09-30", "已注册"),
            ("数字文创基地", "石鼓区", "长沙某文化传媒公司", 4, "2023-03-08", "2023-05-31", "已签约"),
            ("油茶精深加工", "常宁市", "某油脂集团", 6, "2023-03-25", "2023-10-31", "已供地"),
            ("冷链物流中心", "雁峰区", "某供应链公司", 8, "2022-11-02", "2023-03-15", "已开工"))
_FILED_CHAINS = ("智能计量衡器", "新能源汽车及零部件", "文旅康养", "油茶", "现代物流")
_LATEST = {"有色": 690, "化工": 420, "输变电": 262, "钢管": 151, "汽车": 610, "数字": 455, "农产品": 905, "高新技术企业": 612}

_LEADS = {"化工": "市工业和信息化局", "有色": "市工业和信息化局", "输变电": "市工业和信息化局", "钢管": "市工业和信息化局", "汽车": "市工业和信息化局",
          "数字": "市数据局", "农产品": "市农业农村局", "高新技术": "市科学技术局", "研发": "市科学技术局", "研究": "市科学技术局",
          "创新": "市科学技术局", "旅": "市文化旅游广电体育局", "城乡": "市住房和城乡建设局", "物流": "市发展和改革委员会", "企业": "市工业和信息化局"}
_PLANNED = {"智造谷": "智造谷", "特高压": "特高压", "计量衡器": "智能电表", "生态文旅": "南岳衡山", "供水": "供水", "生态修复": "生态修复",
            "垃圾": "生活垃圾"}


def _day(text: str) -> LooseDate:
    return LooseDate(date.fromisoformat(text))


def add_demo_registers(ledger: Ledger, period: Period, actor: Actor) -> None:
    """All shipped registers with a few records each, as they stood at the end of ``period``."""
    add_shipped(ledger, period.year, actor)
    standings = [s for s in list_standings(ledger, period) if s.annual_plan]
    units = [u.name for u in list_units(ledger) if u.kind != "市直部门"]

    def put(key: str, rows: Iterable[Values]) -> None:
        register_id = register_called(ledger, key)
        assert register_id is not None
        changes = [RecordChange(None, f, v, new=i) for i, row in enumerate(rows) for f, v in row.items() if v is not None]
        write_records(ledger, register_id, changes, period.year, "演示数据", actor)

    put(FILINGS, [{"name": n, "unit": u, "investor": i, "amount": a * YI, "signed_on": _day(s), "due_on": _day(d), "stage": g,
                     "chain": c} for (n, u, i, a, s, d, g), c in zip(_FILINGS, _FILED_CHAINS, strict=True)])
    _land_one(ledger, period, standings, actor)
    put(UNIT_PROMISES, [_commitment(u, i, standings) for i, u in enumerate(units)])
    big = sorted(standings, key=lambda s: -(s.annual_plan or 0))
    put(PROJECT_PROMISES, [_promise(s, i) for i, s in enumerate(big[:12])])
    put("scale", [{"unit": u, "month": str(Period.month(period.year, m)), "attracted": (6 + (i * 7) % 23) * YI // 2 + (m - 5) * (1 + i * 5 % 4) * YI,
                   "granted": (2 + (i * 5) % 13) * YI // 4 + (m - 5) * (i * 3 % 4) * YI // 4} for m in (5, 6) for i, u in enumerate(units)])
    _put_meetings(put, period, big)
    put_demo_chains(ledger, period, standings, put)
    _put_duties(put, period, units, big)
    _fill_targets(ledger, period, actor)
    _link_plans(ledger, period, standings, actor)
    proposals = propose(ledger, period)
    adopt(ledger, period, proposals, actor)


def _put_meetings(put: Put, period: Period, big: Sequence[ProjectStanding]) -> None:
    """A tour of projects with its points, and what a meeting decided."""
    put(TOURS, [{"tour": f"{period.year}年上半年现场观摩", "on": _day(f"{period.year}-06-20"), "order": str(i), "arrive": f"{8 + i * 50 // 60}:{i * 50 % 60:02d}", "project": s.code,
                   "score": str(96 - i * 2), "comment": "现场管理规范，形象进度直观" if i % 2 else "推进快，入统及时",
                   "finding": "围挡不齐" if i == 3 else None, "due_on": _day(f"{period.year}-07-05") if i == 3 else None,
                   "state": "整改中" if i == 3 else "无需整改"} for i, s in enumerate(big[2:8], 1)])
    put(MEETING, [{"on": _day(f"{period.year}-06-12"), "matter": f"加快“{s.name}”建设，追回进度", "project": s.code,
                     "unit": f"{s.unit}重点办", "due_on": _day(f"{period.year}-06-{26 + i}"), "state": "已办结" if i else "办理中"}
                    for i, s in enumerate(big[20:22])])


def _put_duties(put: Put, period: Period, units: Sequence[str], big: Sequence[ProjectStanding]) -> None:
    """Enterprises in need, duties of safety, petitions and appeals."""
    put(ENTERPRISE_CODES, [{"enterprise": n, "unit": u, "chain": c, "level": lv, "state": "办理中", "demand": d,
                              "due_on": _day(f"{period.year}-07-20")} for n, u, c, lv, d in (
        ("恒飞电缆", "雁峰区", "输变电装备", "二级", "用工招聘"), ("瑞尔科技纸箱厂", "祁东县", "轻工", "三级", "高压专线接入"))])
    put(SAFETY_DUTIES, [{"number": str(i), "duty": d, "part": p, "unit": "市重点办", "state": "已落实" if i < 3 else "整改中",
                           "due_on": _day(f"{period.year}-06-25")} for i, (d, p) in enumerate(
        (("项目安全责任全覆盖", "全覆盖"), ("高处作业专项检查", "全方位"), ("汛期值守和巡查", "常态化")), 1)])
    put(PETITIONS, [{"matter": "拆迁补偿尾款未到位", "unit": "衡东县", "kind": "补偿安置", "received_on": _day(f"{period.year}-05-18"),
                       "origin": "征拆协议约定的尾款逾期", "due_on": _day(f"{period.year}-06-18"), "step": "化解", "project": big[9].code}])
    put(APPEALS, [{"unit": units[4], "item": "报送质量", "reason": "台风停电造成迟报一天", "on": _day(f"{period.year}-06-08"),
                     "answer": "情况属实", "state": "采纳", "points": "0.5"}])
    put(CITY_APPEALS, [{"year": str(period.year), "item": "入统情况", "own": "15", "given": "13.5", "reason": "3个项目已批复入库，省里取数早于批复日期",
                              "on": _day(f"{period.year}-06-16"), "due_on": _day(f"{period.year}-07-10"), "state": "待答复"}])


def _land_one(ledger: Ledger, period: Period, standings: Sequence[ProjectStanding], actor: Actor) -> None:
    """A filing of a project that stands on the list: it landed, and the two are joined."""
    own = next((s for s in standings if "新敏雅" in s.name), standings[0])
    register_id = register_called(ledger, FILINGS)
    assert register_id is not None
    values = {"name": own.name, "unit": own.unit, "investor": "新敏雅新能源科技", "amount": own.total_investment,
              "signed_on": _day("2022-09-06"), "due_on": _day("2023-03-31"), "stage": "已供地"}
    (key,) = write_records(ledger, register_id, [RecordChange(None, f, v) for f, v in values.items()], period.year, "演示数据", actor).value
    land_filing(ledger, key, period.year, {}, Ground(date(2023, 2, 8), "招商引资备案项目落地转入"), own.code, actor)


def _commitment(unit: str, index: int, standings: Sequence[ProjectStanding]) -> Values:
    plan = sum(s.annual_plan or 0 for s in standings if s.unit == unit)
    half = index % 3 == 0
    return {"unit": unit, "year": "2023", "scope": "二季度" if half else "全年", "plan": plan // 20_000_000 * 9_000_000 if half else plan // 10_000 * 10_000,
            "starts": str(2 + index % 4), "leader": "主要负责同志", "signed_on": _day("2023-01-18"), "state": "未到期"}


def _promise(s: ProjectStanding, index: int) -> Values:
    return {"project": s.code, "year": "2023", "plan": s.annual_plan, "start_on": _day(f"2023-0{3 + index % 5}-28"), "leader": "联系市领导",
            "finish_on": _day("2025-12-31"), "state": "已兑现" if s.actual_start else "未到期"}


def _fill_targets(ledger: Ledger, period: Period, actor: Actor) -> None:
    """Who answers for the targets; values of three years for those of 2025, so that some are ahead and some behind."""
    register_id = register_called(ledger, PLAN_TARGETS)
    assert register_id is not None
    changes, values, seen = [], [], set()
    for index, record in enumerate(open_register(ledger, register_id, period).records):
        indicator, target = str(record.values.get("indicator", "")), record.values["target"]
        words = f"{record.values.get('area', '')}{indicator}"
        lead = next((u for k, u in _LEADS.items() if k in words), "市发展和改革委员会")
        changes.append(RecordChange(record.id, "unit", lead))
        if record.values.get("year") != "2025" or indicator in seen or "三次产业" in indicator or not isinstance(target, Decimal):
            continue
        seen.add(indicator)
        known = next((Decimal(v) for k, v in _LATEST.items() if k in words), None)
        made = _three_years(str(record.values.get("kind", "")), target, index, known)
        values += [{"indicator": indicator, "year": str(y), "value": f"{v:f}", "source": "演示数据"}
                   for y, v in zip(range(period.year - 3, period.year), made, strict=True)]
    write_records(ledger, register_id, changes, period.year, "填写规划目标的责任单位（演示数据）", actor)
    held = register_called(ledger, PLAN_VALUES)
    assert held is not None
    write_records(ledger, held, [RecordChange(None, f, v, new=i) for i, row in enumerate(values) for f, v in row.items()],
                  period.year, "填写规划指标年度值（演示数据）", actor)


def _three_years(kind: str, target: Decimal, index: int, known: Decimal | None) -> list[Decimal]:
    """Made-up values of three years on the way to ``target``; ``known`` is the last, where it is given."""
    step = Decimal(1) if target == target.to_integral_value() and target >= 20 else Decimal("0.1")
    if kind in ("年均增长", "每年新增"):
        parts = [Decimal(92 + (index * 7 + i * 5) % 17) / 100 for i in range(3)]
    elif kind == "不高于":
        parts = [Decimal("1.08"), Decimal("1.06"), Decimal(103 + index % 3) / 100]
    else:
        last = min(known / target, Decimal("0.9")) if known is not None else Decimal(60 + index * 7 % 24) / 100
        parts = [Decimal("0.5"), (Decimal("0.5") + last) / 2, last]
        step = Decimal(1) if kind == "累计个数" else step
    return [(target * p / step).to_integral_value(ROUND_HALF_UP) * step for p in parts]


def _link_plans(ledger: Ledger, period: Period, standings: Sequence[ProjectStanding], actor: Actor) -> None:
    """The plan's projects that have a project of the ledger; the rest are not begun in the demonstration's year."""
    register_id = register_called(ledger, PLAN_PROJECTS)
    assert register_id is not None
    changes = []
    for record in open_register(ledger, register_id, period).records:
        word = next((w for k, w in _PLANNED.items() if k in str(record.values.get("name", ""))), None)
        own = next((s for s in standings if word and word in s.name), None)
        if own is not None:
            changes.append(RecordChange(record.id, "project", own.code))
    write_records(ledger, register_id, changes, period.year, "规划重点项目对应台账（演示数据）", actor)
