"""人员: who may come to the ledger on the server, and as what; only the heads change it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QStackedWidget

from hydesk.domain.done import Done
from hydesk.domain.errors import HydeskError
from hydesk.domain.passwords import propose
from hydesk.domain.people import Person, PersonRole, Right, fitting_login, fitting_password
from hydesk.services.upkeep.keep_people import (
    add_person,
    change_password,
    change_role,
    list_people,
    remove_person,
)
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.form import PanelForm, choice_box
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.offering import offer

_ROLES = "　".join(f"{r.label}：{r.may}。" for r in PersonRole)


class PersonForm(PanelForm):
    """Asks for what an act needs: a name, a role, a password; tells them."""

    def __init__(self, title: str, confirm: str, *, name: str | None, role: PersonRole | None, password: bool, note: str = "") -> None:
        super().__init__(title, confirm, note=note)
        self.setContentsMargins(14, 8, 8, 8)
        self.setMaximumWidth(tokens.wide(420))
        self._name, self._password = name, password
        if name is None:
            self.ask("name", "用户名", QLineEdit())
        if role is not None:
            self.ask("role", "身份", choice_box("身份", [r.label for r in PersonRole], free=False), role.label)
        if password:
            self.ask("password", "密码（请抄给本人，他登录后可以自己改）", QLineEdit(), propose())

    def entry(self) -> tuple[str, PersonRole | None, str]:
        """Name, role and password. Raises HydeskError."""
        said = self.words()
        role = PersonRole.read(said["role"]) if "role" in said else None
        return self._name or fitting_login(said["name"]), role, fitting_password(said["password"]) if self._password else ""


class PeoplePage(Card):
    """The table of people with its acts, or in their place the form of the one under way."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.form: PersonForm | None = None
        self.table: Listing[Person] = Listing([
            ListColumn("用户名", lambda p: f"{p.login}（本人）" if p == desk.ledger.person else p.login, 200),
            ListColumn("身份", lambda p: p.role.label, 90),
            ListColumn("可以做什么", lambda p: p.role.may, 0),
        ], desk.theme, "人员")
        self.said = label("", "quiet", wrap=True)
        self.add = button("添加人员", self.begin_new, tip="Insert")
        self.role = button("改身份", self.begin_role, tip="Enter 或 F2")
        self.password = button("改密码", self.begin_password)
        self.remove = button("不再使用", self.dismiss, tip="他做过的操作仍记在他名下；以后可以再添加")
        offer(desk, Right.PEOPLE, self.add, self.role, self.remove)
        offer(desk, Right.SELF, self.password)  # also to a reader
        acts = in_row((self.said, 1), self.add, self.role, self.password, self.remove, margins=(13, 0, 10, 0))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        in_column(acts, (self.pages, 1), on=self, gap=8, margins=(1, 10, 1, 1))
        self.table.opened.connect(self.begin_role)
        self.table.bind((("F2", self.begin_role), ("Insert", self.begin_new)))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._allow())
        self._allow()

    def reload(self) -> None:
        """Read who there is."""
        ledger = self._desk.ledger

        def failed(error: Exception) -> None:
            self.show_people([], str(error) if isinstance(error, HydeskError) else "没有读到人员")

        self._desk.jobs.start("读取人员", lambda _p: list_people(ledger), self, done=self.show_people, failed=failed, quiet=True)

    def show_people(self, people: list[Person], said: str = "") -> None:
        """Show ``people``; ``said``: why there are none."""
        self.table.list.show_items(people)
        self.said.setText(said or f"共 {len(people)} 人" + ("" if self._head else "，由主管添加和修改"))
        self._allow()

    @property
    def _head(self) -> bool:
        return self._desk.ledger.person is not None and self._desk.may(Right.PEOPLE)

    def _allow(self) -> None:
        current, free = self.table.current(), self.form is None
        own = current is not None and current == self._desk.ledger.person
        self.add.setEnabled(self._head and free)
        self.role.setEnabled(self._head and current is not None and free)
        self.remove.setEnabled(self._head and current is not None and free)
        self.password.setEnabled((self._head or own) and current is not None and free)

    def begin_new(self) -> None:
        """Ask for somebody new."""
        if self._head:
            self._ask(PersonForm("添加人员", "添加", name=None, role=PersonRole.CLERK, password=True,
                                 note="用户名可以是姓名；他写的每一步都记在这个名下。"), self._add)

    def begin_role(self) -> None:
        """Ask for another role of the current one."""
        current: Person | None = self.table.current()
        if current is not None and self._head:
            self._ask(PersonForm(f"{current.login}的身份", "改身份", name=current.login, role=current.role, password=False, note=_ROLES),
                      self._change)

    def begin_password(self) -> None:
        """Ask for another password of the current one."""
        current: Person | None = self.table.current()
        if current is not None:
            self._ask(PersonForm(f"{current.login}的密码", "改密码", name=current.login, role=None, password=True), self._secret)

    def dismiss(self) -> None:
        """Let the current one come no more; he can be added again."""
        current: Person | None = self.table.current()
        if current is not None:
            ledger, name = self._desk.ledger, current.login
            self._run("移除人员", lambda: remove_person(ledger, name), f"{name}不再使用台账；他做过的操作仍记在他名下")

    def _ask(self, form: PersonForm, entered: Callable[[tuple[str, PersonRole | None, str]], None]) -> None:
        self.form = form
        form.entered.connect(entered)
        form.left.connect(self._leave)
        self.pages.addWidget(form)
        self.pages.setCurrentWidget(form)
        self._allow()
        form.begin()

    def _leave(self) -> None:
        form, self.form = self.form, None
        self.pages.setCurrentWidget(self.table)
        if form is not None:
            self.pages.removeWidget(form)
            form.deleteLater()
        self._allow()
        self.table.setFocus()

    def _add(self, entry: tuple[str, PersonRole | None, str]) -> None:
        ledger, (name, role, password) = self._desk.ledger, entry
        if role is not None:
            self._run("添加人员", lambda: add_person(ledger, name, role, password), f"{name}可以使用台账，身份为{role.label}；请把密码告诉他")

    def _change(self, entry: tuple[str, PersonRole | None, str]) -> None:
        ledger, (name, role, _) = self._desk.ledger, entry
        if role is not None:
            self._run("改身份", lambda: change_role(ledger, name, role), f"{name}的身份改为{role.label}，他下次登录起算")

    def _secret(self, entry: tuple[str, PersonRole | None, str]) -> None:
        ledger, (name, _, password) = self._desk.ledger, entry
        own = ledger.person is not None and ledger.person.login == name
        self._run("改密码", lambda: change_password(ledger, name, password), f"{name}的密码已改" + ("" if own else "；请把新密码告诉他"),
                  Right.SELF if own else Right.PEOPLE)

    def _run(self, title: str, act: Callable[[], Done[None]], said: str, right: Right = Right.PEOPLE) -> None:
        """Do ``act``; there is no 撤销 for what the server did, so the notice is said here."""
        def done(_value: None) -> None:
            self._leave()
            self.reload()
            self._desk.notice(said)

        def refused(sentence: str) -> None:
            if self.form is not None:
                self.form.say_wrong(sentence)
            else:
                self._desk.notice(sentence, wrong=True)

        self._desk.operations.run(title, act, self, done=done, refused=refused, right=right)
