"""People of a ledger on a server: what each may do is held by the server, whatever a program tries (docs/rules.md §14)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from hydesk.db.ledger import Ledger
from hydesk.db.migrate import REVISIONS
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lamps import LampRule
from hydesk.domain.people import PersonRole
from hydesk.services.acts.undo_acts import acts, redo_last, undo_last, undo_named
from hydesk.services.pages.ledger_views import save_view
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
from tests.stores import Server

PASSWORD = "衡阳重点项目2023"
READER, CLERK, HEAD = PersonRole.READER, PersonRole.CLERK, PersonRole.HEAD


@dataclass
class Office:
    """A ledger on a server with one person of each role, whose names are this office's own."""

    address: str
    mark: str

    def name(self, role: PersonRole | str) -> str:
        return f"{role.label if isinstance(role, PersonRole) else role}{self.mark}"

    def at(self, role: PersonRole | str) -> str:
        return make_url(self.address).set(username=self.name(role), password=PASSWORD).render_as_string(hide_password=False)

    def sql(self, role: PersonRole | str | None, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the server answers ``role`` (None: the administrator) who speaks to it without the program."""
        url = make_url(self.address if role is None else self.at(role)).set(drivername="postgresql")
        with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
            asked = connection.execute(statement, values)  # type: ignore[call-overload]
            return asked.fetchall() if asked.description else []


@pytest.fixture
def office(server: Server) -> Iterator[Office]:
    def make(address: str) -> None:
        ledger = create_ledger(address)
        fill(ledger)
        ledger.close()

    with server.copy("four projects", make) as address:
        made = Office(address, uuid.uuid4().hex[:6])
        admin = open_ledger(address)
        set_up_people(admin, made.name(HEAD), PASSWORD)
        for role in (CLERK, READER):
            add_person(admin, made.name(role), role, PASSWORD)
        admin.close()
        yield made


@pytest.fixture
def opened(office: Office) -> Iterator[Callable[[PersonRole | str], Ledger]]:
    """The ledger as somebody opens it."""
    held: list[Ledger] = []

    def opens(role: PersonRole | str) -> Ledger:
        held.append(open_ledger(office.at(role)))
        return held[-1]

    yield opens
    for ledger in held:
        ledger.close()


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


WRITTEN_BY: dict[str, dict[PersonRole, set[str]]] = {
    **{t: {READER: set(), CLERK: {"INSERT"}, HEAD: {"INSERT"}}
       for t in ("acts", "act_marks", "spared_parts", "change_log", "log_seals", "content_seals", "attachment_files")},
    **{t: {READER: set(), CLERK: set(), HEAD: {"INSERT", "UPDATE", "DELETE"}}
       for t in ("report_issues", "report_issue_files", "units", "registers")},
    "alembic_version": {READER: set(), CLERK: set(), HEAD: set()},
}
"""Tables that are not simply written by clerks and heads, and what each may do with them."""


def test_the_server_lets_each_role_do_what_the_table_of_rights_says_and_nothing_else(office: Office) -> None:
    for role in PersonRole:
        held = office.sql(role, "SELECT tablename, array_remove(array_agg(CASE WHEN has_table_privilege(tablename::text, r) THEN r END), NULL) "
                                "FROM pg_tables, unnest(%s::text[]) r WHERE schemaname = 'public' GROUP BY tablename",
                          ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"])
        usual = set() if role is READER else {"INSERT", "UPDATE", "DELETE"}
        assert {t: set(may) for t, may in held} == {t: {"SELECT"} | WRITTEN_BY.get(t, {}).get(role, usual) for t, _ in held}
        assert len(held) > 30
        own = office.sql(role, "SELECT has_schema_privilege('public', 'CREATE'), has_database_privilege(current_database(), 'CREATE'), "
                               "has_database_privilege(current_database(), 'TEMP'), rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls, "
                               "has_function_privilege('hydesk_set_person(text, text, text)', 'EXECUTE') "
                               "FROM pg_roles WHERE rolname = session_user")
        assert own == [(False, False, False, False, role is HEAD)]


_LOG = "INSERT INTO change_log (act_id, entity, project_id, scope, field, new) VALUES (1, %s, 0, %s, 'value', '1')"


FORGED: list[tuple[str, tuple[str, ...]]] = [
    ("INSERT INTO acts (kind, title, actor, account, at) VALUES ('edit', '假', '别人', session_user, now())", ()),
    ("INSERT INTO acts (kind, title, actor, account, at) VALUES ('edit', '假', session_user, '别人', now())", ()),
    ("INSERT INTO acts (kind, title, actor, at) VALUES ('edit', '假', session_user, now())", ()),
    ("INSERT INTO act_marks (act_id, kind, actor, account, at, newest_act) VALUES (1, 'undone', '别人', '别人', now(), 1)", ()),
    (_LOG, ("setting", "lamp_rule")),
    (_LOG, ("report_issue", "1")),
    (_LOG, ("unit", "1")),
    ("INSERT INTO act_marks (act_id, kind, actor, account, at, newest_act) SELECT max(act_id), 'undone', session_user, session_user, now(), 9 "
     "FROM change_log WHERE entity = 'setting' AND scope = 'lamp_rule'", ()),
    ("INSERT INTO settings (key, value) VALUES ('lamp_rule', '1')", ()),
    ("UPDATE settings SET key = 'lamp_rule' WHERE key LIKE 'ledger_view/%%'", ()),
    ("UPDATE acts SET actor = '别人'", ()),
    ("DELETE FROM change_log", ()),
    ("UPDATE log_seals SET hash = ''", ()),
    ("ALTER TABLE acts DISABLE ROW LEVEL SECURITY", ()),
    ("DROP TABLE act_marks", ()),
    ("CREATE TABLE own_table (id int)", ()),
    ("SELECT hydesk_set_person(session_user::text, 'head', NULL)", ()),
    ("DO $$ BEGIN EXECUTE format('SET ROLE hydesk_%%s_owner', (SELECT oid FROM pg_database WHERE datname = current_database())); END $$", ()),
]
"""What a clerk may try behind the program's back."""


def test_a_clerk_who_speaks_to_the_server_himself_is_refused(office: Office, opened: Opens) -> None:
    save_view(opened(CLERK), "我的", {"columns": []})
    set_lamp_rule(opened(HEAD), LampRule(start_delay=30))
    before = office.sql(None, "SELECT count(*), max(id) FROM acts")
    for statement, values in FORGED:
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported)):
            office.sql(CLERK, statement, *values)
    assert office.sql(None, "SELECT count(*), max(id) FROM acts") == before


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


@pytest.mark.file_only("sentence of a file's, where there are no people")
def test_a_file_has_no_people(ledger: Ledger) -> None:
    with pytest.raises(HydeskError, match="台账文件不分人管理"):
        list_people(ledger)
