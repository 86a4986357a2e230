"""The window on a server's ledger: where it is asked for, who one is there, moving a file there and back, and a lost way."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import make_url

from hydesk.app import Start
from hydesk.domain.errors import HydeskError
from hydesk.domain.people import PersonRole
from hydesk.domain.server_address import ServerAddress, password_in, read_address, typed_address
from hydesk.services.acts.undo_acts import acts
from hydesk.services.acts.watch_others import ServerWatch, watch_others
from hydesk.services.upkeep import kept_password
from hydesk.services.upkeep.keep_people import add_person, set_up_people
from hydesk.services.upkeep.move_ledger import move_to_file, move_to_server
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from hydesk.ui.frame.opening import AskServer
from hydesk.ui.frame.recent import recent_ledgers
from hydesk.ui.frame.server_form import ServerForm
from hydesk.ui.requests import OpenProject
from hydesk.ui.screens.settings.people import PeoplePage
from tests.services.made import fill
from tests.stores import Server
from tests.ui.conftest import WAIT

PASSWORD = "衡阳重点项目2023"


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A system that keeps passwords: what it holds, by place."""
    held: dict[str, str] = {}
    monkeypatch.setattr(kept_password, "can_keep", lambda: True)
    monkeypatch.setattr("hydesk.ui.frame.start_page.can_keep", lambda: True)

    class Keyring:
        priority = 1

        @staticmethod
        def get_password(_service: str, place: str) -> str | None:
            return held.get(place)

        @staticmethod
        def set_password(_service: str, place: str, password: str) -> None:
            held[place] = password

        @staticmethod
        def delete_password(_service: str, place: str) -> None:
            del held[place]

    monkeypatch.setitem(__import__("sys").modules, "keyring", Keyring)
    return held


@pytest.fixture
def office(server: Server) -> Iterator[Callable[[PersonRole], ServerAddress]]:
    """A ledger of four projects with one person of each role; the address as one of them types it."""
    mark = uuid.uuid4().hex[:6]

    def make(address: str) -> None:
        ledger = create_ledger(address)
        fill(ledger)
        ledger.close()

    with server.copy("four projects", make) as address:
        admin = open_ledger(address)
        set_up_people(admin, f"主管{mark}", PASSWORD)
        for role in (PersonRole.CLERK, PersonRole.READER):
            add_person(admin, f"{role.label}{mark}", role, PASSWORD)
        admin.close()
        url = make_url(address)

        def of(role: PersonRole) -> ServerAddress:
            return ServerAddress(str(url.host), str(url.database), f"{role.label}{mark}", url.port or 5432, encrypted=False)

        yield of


def _type(form: ServerForm, address: ServerAddress, password: str) -> None:
    for key, text in (("host", address.host), ("port", str(address.port)), ("database", address.database),
                      ("user", address.user), ("password", password)):
        box = form.inputs[key]
        assert isinstance(box, QLineEdit)
        box.setText(text)
    form.encrypted.setChecked(address.encrypted)


def _there(one: Start, qtbot: QtBot, settle: Callable[..., None]) -> None:
    qtbot.waitUntil(lambda: one.window is not None and one.window.current == "home", timeout=4 * WAIT)
    settle(one.desk)


def test_a_server_is_asked_for_remembered_without_its_password_and_opened_again(
        start: Callable[[str], Start], office: Callable[[PersonRole], ServerAddress], keeping: dict[str, str], tmp_path: Path,
        qtbot: QtBot, settle: Callable[..., None]) -> None:
    address = office(PersonRole.CLERK)
    one = start(str(tmp_path / "没有.hydesk"))
    page = one.door.page
    assert page is not None
    qtbot.keyClick(page, Qt.Key.Key_4)
    form = page.server
    assert form is not None
    _type(form, address, "记错的密码")
    form.keep.setChecked(True)
    form.submit()
    qtbot.waitUntil(lambda: page.said.isVisible(), timeout=WAIT)
    assert "不接受这个用户名或密码" in page.said.text()
    assert keeping == {}
    _type(form, address, PASSWORD)
    form.submit()
    _there(one, qtbot, settle)
    assert one.window is not None
    assert one.desk is not None
    assert one.window.topline.name.text() == f"服务器台账（{address.user}·经办）"
    assert one.window.topline.saved.text() == "已连接 · 已保存"
    assert "连接没有加密" in one.window.topline.saved.toolTip()
    assert PASSWORD not in one.window.topline.name.toolTip() + one.window.topline.saved.toolTip()
    assert keeping == {address.place: PASSWORD}
    assert [r.path for r in recent_ledgers(one.desk.settings)] == [address.place]
    assert PASSWORD not in (tmp_path / "window.ini").read_text(encoding="utf-8")
    again = start(address.place)
    _there(again, qtbot, settle)
    keeping.clear()
    asked = start(address.place)
    qtbot.waitUntil(lambda: asked.door.page is not None and asked.door.page.server is not None, timeout=WAIT)
    assert asked.door.page is not None
    assert asked.door.page.server is not None
    assert asked.door.page.server.words()["user"] == address.user


def test_a_reader_sees_the_window_as_one_that_only_looks(
        start: Callable[[str], Start], office: Callable[[PersonRole], ServerAddress], keeping: dict[str, str],
        qtbot: QtBot, settle: Callable[..., None]) -> None:
    address = office(PersonRole.READER)
    keeping[address.place] = PASSWORD
    one = start(address.place)
    _there(one, qtbot, settle)
    assert one.window is not None
    assert one.desk is not None
    assert one.desk.ledger.read_only
    assert one.window.topline.saved.text() == "已连接 · 只读"
    assert "是读者" in one.window.topline.saved.toolTip()


def test_a_file_is_moved_to_the_server_and_taken_back_row_by_row_the_same(
        start: Callable[[str], Start], server: Server, keeping: dict[str, str], tmp_path: Path,
        qtbot: QtBot, settle: Callable[..., None]) -> None:
    file = tmp_path / "台账.hydesk"
    create_ledger(file).close()
    ledger = open_ledger(file)
    fill(ledger)
    before = [(a.title, a.actor, a.at) for a in acts(ledger)]
    ledger.close()
    one = start(str(file))
    _there(one, qtbot, settle)
    assert one.desk is not None
    with server.bare() as place:
        url = make_url(place)
        one.desk.other_asked.emit(AskServer(str(file)))
        qtbot.waitUntil(lambda: one.door.page is not None and one.door.page.server is not None, timeout=WAIT)
        assert one.door.page is not None
        form = one.door.page.server
        assert form is not None
        assert form.title.text() == "把这本台账搬到服务器"
        _type(form, ServerAddress(str(url.host), str(url.database), str(url.username), url.port or 5432, encrypted=False), str(url.password or ""))
        form.submit()
        qtbot.waitUntil(lambda: one.desk is not None and one.desk.ledger.path is None, timeout=4 * WAIT)
        settle(one.desk)
        assert [(a.title, a.actor, a.at) for a in acts(one.desk.ledger)] == before
        assert file.is_file()
        rows = move_to_file(one.desk.ledger, tmp_path / "取回.hydesk", lambda _done, _what: None)
        assert rows > 100
        with pytest.raises(HydeskError, match="已经存在"):
            move_to_file(one.desk.ledger, tmp_path / "取回.hydesk", lambda _done, _what: None)
        one.window.close()  # type: ignore[union-attr]
        one.desk.ledger.close()
    back = open_ledger(tmp_path / "取回.hydesk")
    assert [(a.title, a.actor, a.at) for a in acts(back)] == before
    back.close()


def test_a_move_that_came_out_different_leaves_the_database_empty(
        server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = create_ledger(tmp_path / "台账.hydesk")
    fill(source)
    import hydesk.db.carry as carrying

    carry_table = carrying._carry_table

    def losing(old: Any, new: Any, table: Any) -> None:
        carry_table(old, new, table)
        if table.name == "projects":
            new.execute(table.update().where(table.c.id == 2).values(builder="别家"))

    with server.bare() as place:
        with monkeypatch.context() as patched:
            patched.setattr(carrying, "_carry_table", losing)
            with pytest.raises(HydeskError, match="“projects”不一样"):
                move_to_server(source, place, lambda _done, _what: None)
        assert move_to_server(source, place, lambda _done, _what: None) > 100
    source.close()


def test_the_top_line_says_when_the_server_is_gone_and_when_it_is_back(
        start: Callable[[str], Start], office: Callable[[PersonRole], ServerAddress], keeping: dict[str, str],
        qtbot: QtBot, settle: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    address = office(PersonRole.CLERK)
    keeping[address.place] = PASSWORD
    one = start(address.place)
    _there(one, qtbot, settle)
    assert one.window is not None
    gone = HydeskError("连不上台账服务器")

    def lost(_watch: object, _connection: object) -> None:
        raise gone

    with monkeypatch.context() as patched:
        patched.setattr(ServerWatch, "_pulse", lost)
        qtbot.waitUntil(lambda: one.window is not None and one.window.topline.saved.text() == "■ 连不上服务器", timeout=WAIT)
    qtbot.waitUntil(lambda: one.window is not None and one.window.topline.saved.text() == "已连接 · 已保存", timeout=WAIT)


@pytest.mark.parametrize(("typed", "place"), [
    (("10.0.0.8", "5432", "hydesk", "张三"), "postgresql://%E5%BC%A0%E4%B8%89@10.0.0.8/hydesk?sslmode=require"),
    (("db:5433", "5432", " 台账 ", "a b"), "postgresql://a%20b@db:5433/%E5%8F%B0%E8%B4%A6?sslmode=require"),
    (("postgresql://li:se%2Fcret@10.0.0.8:6000/hydesk", "", "", ""), "postgresql://li@10.0.0.8:6000/hydesk?sslmode=prefer"),
])
def test_what_is_typed_becomes_an_address_without_a_password(typed: tuple[str, str, str, str], place: str) -> None:
    address = typed_address(*typed, encrypted=True)
    assert address.place == place
    assert read_address(place) == address
    assert password_in(address.location("a/b@c:汉")) == "a/b@c:汉"
    assert make_url(address.location("a/b@c:汉")).password == "a/b@c:汉"


@pytest.mark.parametrize(("typed", "said"), [
    (("", "5432", "hydesk", "张三"), "服务器地址写不对"),
    (("10.0.0.8/hydesk", "5432", "hydesk", "张三"), "服务器地址写不对"),
    (("10.0.0.8", "端口", "hydesk", "张三"), "端口应是"),
    (("10.0.0.8", "70000", "hydesk", "张三"), "端口应是"),
    (("10.0.0.8", "", "", "张三"), "请填写数据库"),
    (("10.0.0.8", "", "hydesk", " "), "请填写用户名"),
])
def test_what_is_no_address_is_told(typed: tuple[str, str, str, str], said: str) -> None:
    with pytest.raises(HydeskError, match=said):
        typed_address(*typed, encrypted=True)


def test_a_head_adds_changes_and_dismisses_people_on_the_settings_page(
        start: Callable[[str], Start], office: Callable[[PersonRole], ServerAddress], keeping: dict[str, str],
        qtbot: QtBot, settle: Callable[..., None]) -> None:
    address = office(PersonRole.HEAD)
    keeping[address.place] = PASSWORD
    one = start(address.place)
    _there(one, qtbot, settle)
    assert one.window is not None
    assert one.desk is not None
    one.window.go_to("settings")
    page = one.window.findChild(PeoplePage)
    assert page is not None
    listed: Callable[[], list[tuple[str, str]]] = lambda: [(p.login, p.role.label) for p in page.table.list.items]  # noqa: E731
    qtbot.waitUntil(lambda: len(listed()) == 3, timeout=WAIT)
    page.add.click()
    assert page.form is not None
    new = f"李四{address.user[2:]}"
    page.form.inputs["name"].setText("李;四")  # type: ignore[attr-defined]
    page.form.submit()
    assert "用户名只能用" in page.form.error.text()
    page.form.inputs["name"].setText(new)  # type: ignore[attr-defined]
    page.form.submit()
    qtbot.waitUntil(lambda: (new, "经办") in listed(), timeout=WAIT)
    page.table.selectRow([p.login for p in page.table.list.items].index(new))
    page.begin_role()
    assert page.form is not None
    page.form.inputs["role"].setCurrentText("读者")  # type: ignore[attr-defined]
    page.form.submit()
    qtbot.waitUntil(lambda: (new, "读者") in listed(), timeout=WAIT)
    page.table.selectRow([p.login for p in page.table.list.items].index(new))
    page.dismiss()
    qtbot.waitUntil(lambda: len(listed()) == 3, timeout=WAIT)
    page.table.selectRow(0)
    page.dismiss()
    qtbot.waitUntil(lambda: one.window is not None and "至少要留一位主管" in one.window.toast.text.text(), timeout=WAIT)
    settle(one.desk)


def test_a_clerk_sees_people_and_changes_only_his_own_password(
        start: Callable[[str], Start], office: Callable[[PersonRole], ServerAddress], keeping: dict[str, str],
        qtbot: QtBot, settle: Callable[..., None]) -> None:
    address = office(PersonRole.CLERK)
    keeping[address.place] = PASSWORD
    one = start(address.place)
    _there(one, qtbot, settle)
    assert one.window is not None
    one.window.go_to("settings")
    page = one.window.findChild(PeoplePage)
    assert page is not None
    qtbot.waitUntil(lambda: page.table.list.rowCount() == 3, timeout=WAIT)
    for row, own in ((0, False), (1, True), (2, False)):
        page.table.selectRow(row)
        assert [b.isEnabled() for b in (page.add, page.role, page.password, page.remove)] == [False, False, own, False]
    settle(one.desk)


def test_another_desks_hand_is_seen_in_the_top_line_and_at_the_waiting_return_and_goes_with_it(
        start: Callable[[str], Start], office: Callable[[PersonRole], ServerAddress], keeping: dict[str, str],
        qtbot: QtBot, settle: Callable[..., None]) -> None:
    address, head = office(PersonRole.CLERK), office(PersonRole.HEAD)
    keeping[address.place] = PASSWORD
    one = start(address.place)
    _there(one, qtbot, settle)
    window, desk = one.window, one.desk
    assert window is not None
    assert desk is not None
    elsewhere = open_ledger(make_url(head.place).set(password=PASSWORD).render_as_string(hide_password=False))
    watch = watch_others(elsewhere, lambda _seen: None)
    watch.claim("project/1")
    window.go_to("project", OpenProject(1))
    qtbot.waitUntil(lambda: window.topline.claimed.text().startswith(f"{head.user}正在修改“"), timeout=WAIT)
    assert "谁也不挡谁" in window.topline.claimed.toolTip()
    page: Any = window.made("project")
    assert page.in_hand().works is False  # who only looks is told to nobody
    page.reason.setFocus()
    if page.reason.hasFocus():
        assert page.in_hand().works
    window.go_to("ledger")
    qtbot.waitUntil(lambda: window.topline.claimed.text() == "", timeout=WAIT)
    watch.claim("return/99")
    qtbot.waitUntil(lambda: desk.claims.who("return/99") == (head.user,), timeout=WAIT)
    elsewhere.close()
    qtbot.waitUntil(lambda: desk.claims.who("return/99") == (), timeout=WAIT)
