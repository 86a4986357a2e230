"""People of a ledger on a server: what each may do is held by the server, whatever a program tries (docs/rules.md §14)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import make_url

from hydesk.db.ledger import Ledger
from hydesk.db.migrate import REVISIONS
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lamps import LampRule
from hydesk.domain.people import PersonRole
from hydesk.services.acts.undo_acts import acts, redo_last, undo_last, undo_named
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.projects.group_units import group_units
from hydesk.services.rules.deadlines import set_deadline
from hydesk.services.rules.office_rules import set_lamp_rule
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.keep_people import (
    add_person,
    change_password,
    change_role,
    list_people,
    remove_person,
    set_up_people,
)
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.services.made import JUNE, fill
from tests.services.upkeep.office import PASSWORD, Office
from tests.stores import Server

READER, CLERK, HEAD = PersonRole.READER, PersonRole.CLERK, PersonRole.HEAD


Opens = Callable[[PersonRole | str], Ledger]


def test_everybody_is_listed_with_his_role(office: Office, opened: Opens) -> None:
    assert [(p.login, p.role) for p in list_people(opened(CLERK))] == [(office.name(r), r) for r in (HEAD, CLERK, READER)]


def test_a_reader_looks_and_is_told_why_he_cannot_write(office: Office, opened: Opens) -> None:
    ledger = opened(READER)
    with pytest.raises(HydeskError, match=f"{office.name(READER)}在这个台账里是读者，可以查看、打印、导出，不能改"):
        edit_project(ledger, 1, Field.BUILDER, "新业主")
    assert ledger.read_only


def test_what_a_clerk_writes_is_signed_by_his_login_whatever_name_is_given(office: Office, opened: Opens) -> None:
    ledger = opened(CLERK)
    edit_project(ledger, 1, Field.BUILDER, "新业主")
    fill(ledger, 5)  # as 甲
    assert [(a.actor, a.own) for a in acts(ledger, limit=2)] == [(office.name(CLERK), True)] * 2
    assert not [f for f in check_open(ledger) if f.level.value == "error"]


def test_ctrl_z_takes_back_only_what_the_same_login_did_on_whatever_machine(
        office: Office, opened: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    first, head = opened(CLERK), opened(HEAD)
    edit_project(first, 1, Field.BUILDER, "经办填的")
    edit_project(head, 2, Field.BUILDER, "主管填的")
    monkeypatch.setattr("socket.gethostname", lambda: "另一台电脑")
    assert undo_last(opened(CLERK)) == acts(first, limit=2)[1].title
    assert undo_last(first) is None  # the list itself was the administrator's
    assert [a.undone_by for a in acts(first, limit=2)] == ["", office.name(CLERK)]
    assert redo_last(head) is None
    with pytest.raises(HydeskError, match="不能撤销"):
        undo_named(head, next(a.id for a in acts(head) if a.kind == "people"))


def test_the_rules_of_the_office_are_out_of_a_clerks_reach_also_where_they_stand(office: Office, opened: Opens) -> None:
    set_lamp_rule(opened(HEAD), LampRule(start_delay=30))
    office.sql(CLERK, "UPDATE settings SET value = '2' WHERE key = 'lamp_rule'")
    office.sql(CLERK, "DELETE FROM settings WHERE key = 'lamp_rule'")
    assert office.sql(None, "SELECT count(*) FROM settings WHERE key = 'lamp_rule' AND value = '2'") == [(0,)]
    assert office.sql(None, "SELECT count(*) FROM settings WHERE key = 'lamp_rule'") == [(1,)]


@pytest.mark.parametrize("act", [
    pytest.param(lambda ledger: set_lamp_rule(ledger, LampRule(start_delay=30)), id="lamp rule"),
    pytest.param(lambda ledger: set_deadline(ledger, JUNE, JUNE.end), id="deadline"),
    pytest.param(lambda ledger: group_units(ledger, ["衡南县"], "一组"), id="groups"),
])
def test_what_is_the_heads_is_refused_to_a_clerk_in_words_and_done_by_the_head(
        opened: Opens, act: Callable[[Ledger], object]) -> None:
    clerk = opened(CLERK)
    before = acts(clerk)
    with pytest.raises(HydeskError, match="要由主管来做"):
        act(clerk)
    assert acts(clerk) == before
    head = opened(HEAD)
    act(head)
    assert (acts(head)[0].actor, len(acts(head))) == (list_people(head)[0].login, len(before) + 1)
    with pytest.raises(HydeskError, match=r"不能由你撤销或重做.*由主管来做；你登录的身份是经办"):
        undo_named(clerk, acts(head)[0].id)
    assert undo_last(head) is not None
    assert not [f for f in check_open(head) if f.level.value == "error"]


def test_a_person_is_changed_dismissed_and_taken_back(office: Office, opened: Opens) -> None:
    head = opened(HEAD)
    change_role(head, office.name(READER), CLERK)
    edit_project(opened(READER), 1, Field.BUILDER, "升了经办")
    done = remove_person(head, office.name(READER))
    assert done.title == f"{office.name(READER)}不再使用台账"
    with pytest.raises(HydeskError, match="这个用户名已停用"):
        open_ledger(office.at(READER))
    assert acts(head, by=office.name(READER))  # what he did stays his
    with pytest.raises(HydeskError, match="人员里没有"):
        change_role(head, office.name(READER), HEAD)
    add_person(head, office.name(READER), READER, PASSWORD)
    assert opened(READER).read_only


def test_the_only_head_stays_and_a_second_may_go(office: Office, opened: Opens) -> None:
    head = opened(HEAD)
    for change in (lambda: change_role(head, office.name(HEAD), CLERK), lambda: remove_person(head, office.name(HEAD))):
        with pytest.raises(HydeskError, match="至少要留一位主管"):
            change()
    change_role(head, office.name(CLERK), HEAD)
    change_role(head, office.name(HEAD), CLERK)
    assert [p.role for p in list_people(opened(READER))] == [HEAD, CLERK, READER]


def test_a_password_is_kept_unreadable_and_its_owner_changes_it_himself(office: Office, opened: Opens) -> None:
    kept = office.sql(None, "SELECT rolpassword FROM pg_authid WHERE rolname = %s", office.name(CLERK))
    assert kept[0][0].startswith("SCRAM-SHA-256$")
    clerk = opened(CLERK)
    with pytest.raises(HydeskError, match="至少 8 个字符"):
        change_password(clerk, office.name(CLERK), "1234567")
    with pytest.raises(HydeskError, match="要由主管来做"):
        change_password(clerk, office.name(READER), PASSWORD)
    change_password(clerk, office.name(CLERK), "另一个够长的密码")
    with ThreadPoolExecutor(8) as many:  # more connections than the one at hand: they log in anew
        assert len(set(many.map(lambda _: len(acts(clerk)), range(16)))) == 1
    with pytest.raises(HydeskError, match="不接受这个用户名或密码"):
        opened(CLERK)
    reader = opened(READER)
    change_password(reader, office.name(READER), "读者自己改的密码")
    with pytest.raises(HydeskError, match="不接受这个用户名或密码"):
        opened(READER)


def test_no_name_of_the_servers_own_and_no_strangers_is_taken_over(office: Office, opened: Opens) -> None:
    head = opened(HEAD)
    stranger = f"别处{office.mark}"
    office.sql(None, f'CREATE ROLE "{stranger}" LOGIN CREATEDB')
    try:
        superuser = office.sql(None, "SELECT session_user")[0][0]
        for name in (stranger, str(superuser)):
            with pytest.raises(HydeskError, match="另有用途"):
                add_person(head, name, READER, PASSWORD)
    finally:
        office.sql(None, f'DROP ROLE "{stranger}"')
    for name in ("pg_monitor", "hydesk_1_head", "张;三", "", "甲" * 21):
        with pytest.raises(HydeskError, match="用户名"):
            add_person(head, name, READER, PASSWORD)


def test_only_a_head_raises_the_ledgers_version_and_the_act_says_so(office: Office, opened: Opens) -> None:
    assert REVISIONS[-1] == "0011"  # which adds the column that is taken away here
    office.sql(None, f"UPDATE alembic_version SET version_num = '{REVISIONS[-2]}'; ALTER TABLE milestones DROP COLUMN handling")
    with pytest.raises(HydeskError, match="要由主管用这个版本的 hydesk 打开一次"):
        opened(CLERK)
    head = opened(HEAD)
    assert acts(head, limit=1)[0].title.startswith("台账升级到")
    edit_project(opened(CLERK), 1, Field.BUILDER, "升级以后")
    assert office.sql(None, "SELECT DISTINCT tableowner LIKE 'hydesk_%%_owner' FROM pg_tables WHERE schemaname = 'public'") == [(True,)]


def test_an_older_program_is_told_and_only_looks(office: Office, opened: Opens) -> None:
    office.sql(None, "UPDATE alembic_version SET version_num = '9999'; ALTER TABLE projects ADD COLUMN later text")
    ledger = opened(HEAD)
    with pytest.raises(HydeskError, match="更新版本的 hydesk"):
        edit_project(ledger, 1, Field.BUILDER, "新业主")
    assert acts(ledger)
    office.sql(None, "ALTER TABLE projects DROP COLUMN builder")
    with pytest.raises(HydeskError, match="请先升级 hydesk 再打开"):
        opened(HEAD)


def test_a_ledger_without_people_is_as_before_and_says_how_to_begin(server: Server) -> None:
    with server.copy("empty", lambda address: create_ledger(address).close()) as address:
        ledger = open_ledger(address)
        assert ledger.person is None
        with pytest.raises(HydeskError, match="people set-up"):
            list_people(ledger)
        fill(ledger, 1)
        assert acts(ledger)[0].actor == "甲"
        ledger.close()


def test_an_administrator_need_be_no_superuser(server: Server) -> None:
    mark = uuid.uuid4().hex[:6]
    with server.bare() as address:
        office = Office(address, mark)
        office.sql(None, f'CREATE ROLE "admin{mark}" LOGIN CREATEROLE PASSWORD \'{PASSWORD}\'')
        office.sql(None, f'ALTER DATABASE {make_url(address).database} OWNER TO "admin{mark}"')
        create_ledger(office.at("admin")).close()
        admin = open_ledger(office.at("admin"))
        set_up_people(admin, office.name(HEAD), PASSWORD)
        admin.close()
        head = open_ledger(office.at(HEAD))
        add_person(head, office.name(CLERK), CLERK, PASSWORD)
        clerk = open_ledger(office.at(CLERK))
        fill(clerk, 1)
        assert [p.role for p in list_people(clerk)] == [HEAD, CLERK]
        assert not [f for f in check_open(head) if f.level.value == "error"]
        head.close()
        clerk.close()


@pytest.mark.file_only("sentence of a file's, where there are no people")
def test_a_file_has_no_people(ledger: Ledger) -> None:
    with pytest.raises(HydeskError, match="台账文件不分人管理"):
        list_people(ledger)
