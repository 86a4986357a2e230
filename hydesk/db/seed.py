"""What a new ledger starts with; the office may change all of it afterwards.

Counties and region codes, categories, industries and nodes are the office's own (docs/rules.md §8.1); the names
of the 14 chains and of the parks are a starting list.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert

from hydesk.db.models import ColumnDefinition, MilestoneType, ProjectClass, Unit
from hydesk.domain.own_columns import SHIPPED

COUNTIES: tuple[tuple[str, str, str], ...] = (
    ("雁峰区", "430406", "雁峰"), ("石鼓区", "430407", "石鼓"), ("珠晖区", "430405", "珠晖"), ("蒸湘区", "430408", "蒸湘"),
    ("南岳区", "430412", "南岳"), ("衡阳县", "430421", ""), ("衡南县", "430422", "衡南"), ("衡山县", "430423", ""),
    ("衡东县", "430424", "衡东"), ("祁东县", "430426", "祁东"), ("耒阳市", "430481", "耒阳"), ("常宁市", "430482", "常宁"),
)
PARKS: tuple[tuple[str, str], ...] = (
    ("高新区", "衡阳高新区\n市高新区\n高新"), ("松木经开区", "松木经济开发区\n松木"), ("白沙洲工业园", "白沙洲工业园区\n白沙洲"),
    ("衡山科学城", "科学城"), ("综合保税区", "综保区"), ("水口山经开区", "水口山"),
)
DEPARTMENTS: tuple[tuple[str, str], ...] = (("市直单位", "市直\n市直部门\n市本级"),)
CATEGORIES = ("产业发展", "基础设施", "社会民生", "生态环保")
INDUSTRIES = ("核技术应用", "电气设备", "电子信息", "有色金属", "盐卤化工", "钢管及深加工", "新能源汽车", "现代物流", "文旅康养",
              "生态农业")
CHAINS = ("核技术应用", "输变电装备", "智能计量衡器", "轨道交通装备", "新一代信息技术", "有色金属及新材料", "盐卤及精细化工",
          "钢管及深加工", "新能源汽车及零部件", "生物医药", "农产品精深加工", "油茶", "现代物流", "文旅康养")
MILESTONES: tuple[tuple[str, str], ...] = (
    ("立项", "招商引资"), ("用地", "招商引资"), ("规划许可", "招商引资"), ("环评", "招商引资"), ("可研", "招商引资"),
    ("初设", "招商引资"), ("施工许可", "落地开工"), ("开工", "落地开工"), ("主体封顶", "在建实施"), ("设备安装", "在建实施"),
    ("竣工", "竣工达产"), ("投产", "竣工达产"), ("达产", "竣工达产"), ("入统", "竣工达产"),
)


def seed(connection: Connection) -> None:
    """Fill an empty ledger with units, classes, standard nodes and the columns that are kept as own ones."""
    units: list[tuple[str, str, str | None, str]] = [(n, "县市区", code, short) for n, code, short in COUNTIES]
    units += [(n, "园区", None, short) for n, short in PARKS]
    units += [(n, "市直部门", None, short) for n, short in DEPARTMENTS]
    connection.execute(insert(Unit), [
        {"name": n, "kind": kind, "region_code": code, "short_names": short or None, "position": i}
        for i, (n, kind, code, short) in enumerate(units, 1)
    ])
    classes = {"category": CATEGORIES, "industry": INDUSTRIES, "chain": CHAINS}
    connection.execute(insert(ProjectClass), [
        {"kind": kind, "name": n, "position": i} for kind, names in classes.items() for i, n in enumerate(names, 1)
    ])
    connection.execute(insert(MilestoneType), [
        {"name": n, "stage": stage, "position": i} for i, (n, stage) in enumerate(MILESTONES, 1)
    ])
    _seed_columns(connection)


def _seed_columns(connection: Connection) -> None:
    connection.execute(insert(ColumnDefinition), [
        {"present": True, "name": c.name, "kind": c.kind.value, "choices": None, "measure": None,
         "names": "\n".join(c.names) or None, "position": i, "retired": False,
         "asked": False} for i, c in enumerate(SHIPPED, 1)
    ])
