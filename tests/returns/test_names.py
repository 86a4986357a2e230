"""Names as counties write them: matched where only one project can be meant, else asked with those most like it."""

from __future__ import annotations

import random

import pytest

from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, ReportingUnit
from hydesk.returns.matching import MatchDoubt, ProjectIndex, match_row
from hydesk.returns.traditional import SIMPLIFIED
from tests.returns.drawing import UNITS, make_ledger

NAMES = (
    "衡南县三塘镇职业学校迁建项目", "正和汽车零部件二期项目", "三塘镇体育馆（一期）", "云集镇污水处理厂提标改造工程", "向阳桥街道加油加气站A地块建设项目",
    "向阳桥街道加油加气站B地块建设项目", "长丰生猪全产业链项目", "衡南县物流园基础设施（三期）", "湘江保护与治理及沿江风光带项目",
)


def index() -> ProjectIndex:
    projects = tuple(
        KnownProject(f"HY2023-{n:03d}", name, "衡南县", builder="恒岳实业有限公司", location="云集镇") for n, name in enumerate(NAMES, 1))
    other = KnownProject("HY2023-099", "耒阳大市镇冷链仓储基地项目", "耒阳市")
    units = (ReportingUnit("衡南县"), ReportingUnit("耒阳市"))
    return ProjectIndex(LedgerSnapshot(2023, Period.month(2023, 6), units, (*projects, other)))


def matched(words: str) -> tuple[int | None, MatchDoubt]:
    match = match_row(index(), [], words, "衡南县")
    return (int(match.project.code[-3:]) if match.project is not None else None), match.doubt


@pytest.mark.parametrize(("words", "project"), [
    ("（正和实业有限公司）正和汽车零部件二期项目", 2), ("中晟新材料有限公司三塘镇体育馆（一期）", 3), ("恒岳实业有限公司：长丰生猪全产业链项目", 7),
    ("衡南县长丰生猪全产业链项目", 7), ("湖南省衡阳市衡南县长丰生猪全产业链项目", 7), ("衡阳衡南长丰生猪全产业链项目", 7), ("物流园基础设施三期", 8),
    ("长丰生猪全产业链项目（云集镇）", 7), ("长丰生猪全产业链项目-云集镇", 7), ("长丰生猪全产业链项目【向阳桥街道境内】", 7), ("衡南縣物流園基礎設施（三期）", 8),
    ("向陽橋街道加油加氣站B地塊建設項目", 6), ("衡南县水利局—云集镇污水处理厂提标改造工程", 4), ("项目名称：长丰生猪全产业链项目", 7),
])
def test_owners_places_and_traditional_characters_leave_no_doubt(words: str, project: int) -> None:
    assert matched(words) == (project, MatchDoubt.NONE)


@pytest.mark.parametrize("words", [
    "HY2023-007 长丰生猪全产业链项目", "长丰生猪全产业链项目（HY2023-007）", "[HY2023-007]长丰生猪全产业链项目", "HY2023-007\n长丰生猪全产业链项目",
])
def test_a_code_beside_the_name_in_its_cell_is_read_as_the_code(words: str) -> None:
    assert matched(words) == (7, MatchDoubt.NONE)


def test_a_code_beside_another_projects_name_is_a_conflict() -> None:
    assert matched("HY2023-003 长丰生猪全产业链项目") == (3, MatchDoubt.CODE_NAME_CONFLICT)


def test_a_section_named_after_its_county_is_no_number_of_a_project() -> None:
    river = KnownProject("HY2023-050", "湘江流域生态修复（衡南段）", "衡南县")
    found = match_row(ProjectIndex(LedgerSnapshot(2023, Period.month(2023, 6), (ReportingUnit("衡南县"),), (river,))), [], "湘江生态修复", "衡南县")
    assert found.project is river


@pytest.mark.parametrize(("words", "project"), [
    ("三塘职校迁建", 1), ("正和汽车二期", 2), ("云集污水厂提标改造", 4), ("洪市镇长丰生猪全产业链项目", 7),
])
def test_shortened_names_are_confirmed(words: str, project: int) -> None:
    assert matched(words) == (project, MatchDoubt.NEAR_NAME)


@pytest.mark.parametrize("words", [
    "长丰生猪全产业链项目二期", "长丰生猪全产业链配套道路", "正和汽车三期", "向阳桥街道加油加气站", "云集镇自来水厂", "体育馆", "长丰", "三塘镇体育馆（二期）",
    "耒阳大市镇长丰项目",
])
def test_what_may_be_another_project_is_asked(words: str) -> None:
    assert matched(words)[0] is None


def test_a_stranger_is_asked_about_with_the_three_most_like_it() -> None:
    match = match_row(index(), [], "向阳桥街道加油加气站C地块建设项目", "衡南县")
    assert match.project is None
    assert [p.code for p in match.others[:2]] == ["HY2023-005", "HY2023-006"]
    assert len(match.others) <= 3


@pytest.mark.parametrize("between", ["\n", "；", "、", "及", "和", "/", "，", " 与 ", "\r\n", "以及", "+", ";", "", " ", "　", "\t", "。", "1."])
def test_two_projects_in_one_cell_are_never_one(between: str) -> None:
    match = match_row(index(), [], f"长丰生猪全产业链项目{between}三塘镇体育馆（一期）", "衡南县")
    assert (match.project, match.doubt) == (None, MatchDoubt.SEVERAL)
    assert {p.code for p in match.others} == {"HY2023-007", "HY2023-003"}
    assert match_row(index(), ["HY2023-007"], f"长丰生猪全产业链项目{between}三塘镇体育馆（一期）", "衡南县").doubt is MatchDoubt.SEVERAL


def test_a_name_beside_other_words_is_not_two() -> None:
    assert matched("长丰生猪全产业链项目配套道路")[1] is not MatchDoubt.SEVERAL
    assert matched("长丰生猪全产业链项目三塘镇体育馆")[1] is MatchDoubt.UNKNOWN  # the second is not whole


def test_a_name_that_holds_a_conjunction_is_one_project() -> None:
    assert matched("湘江保护与治理及沿江风光带项目") == (9, MatchDoubt.NONE)
    assert matched("湘江保护与治理及沿江风光带项目（原长丰生猪全产业链项目）")[1] is not MatchDoubt.SEVERAL


@pytest.mark.parametrize("seed", range(6))
def test_any_ledgers_names_are_found_behind_their_owner_and_before_their_place(seed: int) -> None:
    rng = random.Random(seed)
    ledger = make_ledger(rng)
    own = ProjectIndex(ledger)
    back = {v: k for k, v in SIMPLIFIED.items()}
    for p in rng.sample(ledger.projects, 12):
        for words in (f"（博远新材料有限公司）{p.name}", f"金盛科技股份有限公司{p.name}", f"{p.name}（渣江镇）", p.name.translate(back)):
            match = match_row(own, [], words, p.unit)
            assert (match.project, match.doubt) == (p, MatchDoubt.NONE), words
        other = rng.choice([q for q in ledger.projects if q.unit == p.unit and q != p])
        assert match_row(own, [], f"{p.name}、{other.name}", p.unit).doubt is MatchDoubt.SEVERAL
    assert set(UNITS)
