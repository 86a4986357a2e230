"""Records of the demonstration's registers: made up from the demonstration projects, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from hydesk.db.ledger import Ledger
from hydesk.domain.dates import LooseDate
from hydesk.domain.lists import Ground
from hydesk.domain.periods import Period
from hydesk.domain.registers import RegisterValue
from hydesk.domain.standing import ProjectStanding
from hydesk.services.fill_shipped import add_shipped, register_called
from hydesk.services.land_filing import land_filing
from hydesk.services.list_registers import open_register
from hydesk.services.list_standings import list_standings, list_units
from hydesk.services.plan_standings import PLAN_TARGETS
from hydesk.services.red_yellow import adopt, propose
from hydesk.services.write_records import RecordChange, write_records

Values = Mapping[str, RegisterValue | None]
YI = 100_000_000
CHAINS = (
    ("输变电装备", (("上游", "硅钢和铜材", "金冠铜业", "已有"), ("上游", "绝缘材料", "", "缺口"), ("中游", "变压器", "特变云集", "已有"),
                ("中游", "智能电表", "三安计量", "在建"), ("中游", "特高压套管", "", "缺口"), ("下游", "成套和运维", "恒飞电缆", "已有"))),
    ("盐卤化工", (("上游", "岩盐和芒硝", "建滔化工", "已有"), ("中游", "烧碱和氯产品", "裕华化工", "已有"), ("中游", "精细化学品", "金裕化工", "在建"),
               ("下游", "光伏玻璃", "雁翔湘玻璃", "已有"), ("下游", "电子级化学品", "", "缺口"))),
    ("汽车及零部件", (("上游", "铝合金", "", "缺口"), ("中游", "动力电池", "新敏雅", "已有"), ("中游", "轨道交通装备", "比亚迪", "在建"),
                 ("下游", "整车", "", "缺口"), ("下游", "回收利用", "大合新材料", "在建"))),
)
_FILINGS = (("智能计量衡器配套产业园", "衡南县", "深圳市某计量科技公司", 15, "2023-01-12", "2023-06-10", "已供地"),
            ("高能比电池二期", "衡阳县", "广东某新能源公司", 30, "2023-02-20", "2023-09-30", "已注册"),
            ("数字文创基地", "石鼓区", "长沙某文化传媒公司", 4, "2023-03-08", "2023-05-31", "已签约"),
            ("油茶精深加工", "常宁市", "某油脂集团", 6, "2023-03-25", "2023-10-31", "已供地"),
            ("冷链物流中心", "雁峰区", "某供应链公司", 8, "2022-11-02", "2023-03-15", "已开工"))
_LATEST = {"有色": 690, "化工": 420, "输变电": 262, "钢管": 151, "汽车": 610, "数字": 455, "农产品": 905, "高新技术企业": 612}


def _day(text: str) -> LooseDate:
    return LooseDate(date.fromisoformat(text))


def add_demo_registers(ledger: Ledger, period: Period, actor: str) -> None:
    """All shipped registers with a few records each, as they stood at the end of ``period``."""
    add_shipped(ledger, period.year, actor)
    standings = [s for s in list_standings(ledger, period) if s.annual_plan]
    units = [u.name for u in list_units(ledger) if u.kind != "市直部门"]

    def put(key: str, rows: Iterable[Values]) -> None:
        register_id = register_called(ledger, key)
        assert register_id is not None
        changes = [RecordChange(None, f, v, new=i) for i, row in enumerate(rows) for f, v in row.items() if v is not None]
        write_records(ledger, register_id, changes, period.year, "演示数据", actor)

    put("filings", [{"name": n, "unit": u, "investor": i, "amount": a * YI, "signed_on": _day(s), "due_on": _day(d), "stage": g}
                    for n, u, i, a, s, d, g in _FILINGS])
    _land_one(ledger, period, standings, actor)
    put("commitments", [_commitment(u, i, standings) for i, u in enumerate(units)])
    big = sorted(standings, key=lambda s: -(s.annual_plan or 0))
    put("project_promises", [_promise(s, i) for i, s in enumerate(big[:12])])
    put("scale", [{"unit": u, "month": str(Period.month(period.year, m)), "attracted": (6 + (i * 7) % 23) * YI // 2 + (m - 5) * (1 + i * 5 % 4) * YI,
                   "granted": (2 + (i * 5) % 13) * YI // 4 + (m - 5) * (i * 3 % 4) * YI // 4} for m in (5, 6) for i, u in enumerate(units)])
    put("tours", [{"tour": f"{period.year}年上半年现场观摩", "on": _day(f"{period.year}-06-20"), "order": str(i), "project": s.code,
                   "score": str(96 - i * 2), "comment": "现场管理规范，形象进度直观" if i % 2 else "推进快，入统及时",
                   "finding": "围挡不齐" if i == 3 else None, "due_on": _day(f"{period.year}-07-05") if i == 3 else None,
                   "state": "整改中" if i == 3 else "无需整改"} for i, s in enumerate(big[2:8], 1)])
    put("meeting", [{"on": _day(f"{period.year}-06-12"), "matter": f"加快“{s.name}”建设，追回进度", "project": s.code,
                     "unit": f"{s.unit}重点办", "due_on": _day(f"{period.year}-06-{26 + i}"), "state": "已办结" if i else "办理中"}
                    for i, s in enumerate(big[20:22])])
    _put_chains(put, standings)
    put("enterprise_codes", [{"enterprise": n, "unit": u, "chain": c, "level": lv, "state": "办理中", "demand": d,
                              "due_on": _day(f"{period.year}-07-20")} for n, u, c, lv, d in (
        ("恒飞电缆", "雁峰区", "输变电装备", "二级", "用工招聘"), ("瑞尔科技纸箱厂", "祁东县", "轻工", "三级", "高压专线接入"))])
    put("safety_duties", [{"number": str(i), "duty": d, "part": p, "unit": "市重点办", "state": "已落实" if i < 3 else "整改中",
                           "due_on": _day(f"{period.year}-06-25")} for i, (d, p) in enumerate(
        (("项目安全责任全覆盖", "全覆盖"), ("高处作业专项检查", "全方位"), ("汛期值守和巡查", "常态化")), 1)])
    put("petitions", [{"matter": "拆迁补偿尾款未到位", "unit": "衡东县", "kind": "补偿安置", "received_on": _day(f"{period.year}-05-18"),
                       "origin": "征拆协议约定的尾款逾期", "due_on": _day(f"{period.year}-06-18"), "step": "化解", "project": big[9].code}])
    put("appeals", [{"unit": units[4], "item": "报送质量", "reason": "台风停电造成迟报一天", "on": _day(f"{period.year}-06-08"),
                     "answer": "情况属实", "state": "采纳", "points": "0.5"}])
    put("province_appeals", [{"year": str(period.year), "item": "入统情况", "own": "15", "given": "13.5", "reason": "3个项目已批复入库，省里取数早于批复日期",
                              "on": _day(f"{period.year}-06-16"), "due_on": _day(f"{period.year}-07-10"), "state": "待答复"}])
    _fill_targets(ledger, period, actor)
    proposals = propose(ledger, period)
    adopt(ledger, period, proposals, actor)


def _land_one(ledger: Ledger, period: Period, standings: Sequence[ProjectStanding], actor: str) -> None:
    """A filing of a project that stands on the list: it landed, and the two are joined."""
    own = next((s for s in standings if "新敏雅" in s.name), standings[0])
    register_id = register_called(ledger, "filings")
    assert register_id is not None
    values = {"name": own.name, "unit": own.unit, "investor": "新敏雅新能源科技", "amount": own.total_investment,
              "signed_on": _day("2022-09-06"), "due_on": _day("2023-03-31"), "stage": "已供地"}
    (key,) = write_records(ledger, register_id, [RecordChange(None, f, v) for f, v in values.items()], period.year, "演示数据", actor)
    land_filing(ledger, key, period.year, {}, Ground(date(2023, 2, 8), "招商引资备案项目落地转入"), own.code, actor)


def _commitment(unit: str, index: int, standings: Sequence[ProjectStanding]) -> Values:
    plan = sum(s.annual_plan or 0 for s in standings if s.unit == unit)
    half = index % 3 == 0
    return {"unit": unit, "scope": "二季度" if half else "全年", "plan": plan // 20_000_000 * 9_000_000 if half else plan // 10_000 * 10_000,
            "starts": str(2 + index % 4), "leader": "主要负责同志", "signed_on": _day("2023-01-18"), "state": "未到期"}


def _promise(s: ProjectStanding, index: int) -> Values:
    return {"project": s.code, "plan": s.annual_plan, "start_on": _day(f"2023-0{3 + index % 5}-28"), "leader": "联系市领导",
            "finish_on": _day("2025-12-31"), "state": "已兑现" if s.actual_start else "未到期"}


def _put_chains(put: object, standings: Sequence[ProjectStanding]) -> None:
    assert callable(put)
    industrial = [s for s in standings if s.category == "产业发展"]
    maps: list[Values] = []
    projects: list[Values] = []
    for c, (chain, segments) in enumerate(CHAINS):
        own = industrial[c * 8:c * 8 + 8]
        for position, segment, enterprise, kind in segments:
            project = next((s.code for s in standings if kind == "在建" and segment[-2:] in s.name), None)
            maps.append({"chain": chain, "position": position, "segment": segment, "enterprise": enterprise or None,
                         "kind": kind, "project": project})
        projects += [{"chain": chain, "project": s.code, "position": ("上游", "中游", "下游")[i % 3]} for i, s in enumerate(own[:5])]
    put("chain_map", maps)
    put("chain_projects", projects)
    put("chain_goals", [{"chain": c, "goal": "产业链产值", "year": "2025", "target": str(300 + 250 * i), "measure": "亿元",
                         "unit": "市工业和信息化局", "state": "进行中"} for i, (c, _) in enumerate(CHAINS)])
    put("chain_prospects", [{"chain": CHAINS[0][0], "name": "特高压套管制造基地", "investor": "某电气集团", "amount": 12 * YI,
                             "position": "中游", "state": "在谈"}])
    put("chain_problems", [{"chain": CHAINS[1][0], "problem": "电子级化学品缺少检测平台", "measures": "与高校共建", "state": "办理中",
                            "unit": "市科学技术局", "due_on": _day("2023-09-30")}])
    put("chain_results", [{"chain": CHAINS[0][0], "name": "环保型绝缘油", "owner": "南华大学", "level": "中试"}])


def _fill_targets(ledger: Ledger, period: Period, actor: str) -> None:
    """Base and latest values of the targets of 2025 whose indicator names a chain; the rest stay to be filled."""
    register_id = register_called(ledger, PLAN_TARGETS)
    assert register_id is not None
    changes = []
    for record in open_register(ledger, register_id, period).records:
        words = f"{record.values.get('area', '')}{record.values.get('indicator', '')}"
        value = next((v for k, v in _LATEST.items() if k in words), None)
        if value is not None and record.values.get("year") == "2025":
            target = int(str(record.values["target"]).split(".")[0])
            held = min(value, target * 9 // 10)
            for f, v in (("base_year", "2020"), ("base", str(target // 2)), ("latest_year", "2022"), ("latest", str(held))):
                changes.append(RecordChange(record.id, f, v))
    if changes:
        write_records(ledger, register_id, changes, period.year, "填写规划目标的最新值（演示数据）", actor)
