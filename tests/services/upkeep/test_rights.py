"""What each role can do at the server without the program, and rights that an earlier program gave."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import psycopg
import pytest

from hydesk.db import grants
from hydesk.db.ledger import Ledger
from hydesk.db.migrate import renew_rights
from hydesk.domain.lamps import LampRule
from hydesk.domain.people import PersonRole
from hydesk.services.acts.undo_acts import acts
from hydesk.services.rules.office_rules import set_lamp_rule
from hydesk.services.upkeep.open_ledger import open_ledger
from tests.services.upkeep.office import Office
from tests.services.upkeep.rights_tried import tried, wrong

CLERK, HEAD = PersonRole.CLERK, PersonRole.HEAD
_MARK = ("INSERT INTO act_marks (act_id, kind, actor, account, at, newest_act) SELECT max(act_id), 'undone', session_user, session_user, "
         "now(), 9 FROM change_log WHERE entity = 'setting'")


def test_each_role_can_do_at_the_server_what_it_may_and_nothing_else(office: Office) -> None:
    found = tried(office)
    assert len(found) > 400
    assert wrong(found) == []


def test_rights_that_an_earlier_program_gave_are_given_anew_when_a_head_opens(
        office: Office, opened: Callable[[PersonRole | str], Ledger]) -> None:
    head = opened(HEAD)
    set_lamp_rule(head, LampRule(start_delay=30))
    assert not head.aside
    # As the first version left it: whoever writes may mark any act, and no number says so.
    clerks = office.sql(None, "SELECT roles[1]::text FROM pg_policies WHERE policyname = 'clerks' AND tablename = 'act_marks'")[0][0]
    office.sql(None, "DROP POLICY clerks ON act_marks")
    office.sql(None, f"CREATE POLICY clerks ON act_marks FOR INSERT TO {clerks} WITH CHECK (actor = session_user::text)")
    office.sql(None, "COMMENT ON TABLE acts IS NULL")
    with office.connect(CLERK) as connection:
        connection.execute(_MARK)
        connection.rollback()
    before = len(acts(head))
    clerk = opened(CLERK)
    assert (clerk.aside, len(acts(head))) == ("", before)  # a clerk works on; only a head can
    again = opened(HEAD)
    assert again.aside == "各种身份在服务器上的权限已按新版本重新设定，各人照常使用"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        office.sql(CLERK, _MARK)
    assert [a.title for a in acts(head)][:1] == ["各种身份在服务器上的权限已按新版本重新设定"]
    assert not renew_rights(head)
    assert not opened(HEAD).aside
    assert len(acts(head)) == before + 1


def test_where_a_head_cannot_give_them_the_administrator_is_named(office: Office) -> None:
    office.sql(None, "COMMENT ON TABLE acts IS NULL")
    office.sql(None, "ALTER TABLE acts OWNER TO CURRENT_USER")
    head = open_ledger(office.at(HEAD))
    assert head.aside.endswith("请管理员再运行一次 hydesk people set-up")
    set_lamp_rule(head, LampRule(start_delay=31))
    head.close()


def test_whoever_changes_a_right_raises_its_number() -> None:
    usual = "GRANT INSERT, UPDATE, DELETE ON "  # of a table that clerks write: a new one comes by a migration, which gives all anew
    said = [s for s in grants.statements("p_") if not (s.startswith(usual) and s.endswith("p_clerk, p_head"))]
    digest = hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]
    assert (grants.RIGHTS, digest) == (2, "756eb396d3c1"), "raise grants.RIGHTS, and put the new pair here"
