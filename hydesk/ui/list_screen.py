"""A screen that is a list: what it reads, its columns, by what it is narrowed and what Enter opens are declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from typing import Any, ClassVar, Generic, TypeVar

from hydesk.dataclass import dataclass
from hydesk.domain.periods import Period
from hydesk.domain.pinyin import initials
from hydesk.services.upkeep.open_ledger import Ledger
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button, label
from hydesk.ui.kit.facet_row import Facet, FacetRow
from hydesk.ui.kit.list_frame import ListFrame
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.words import CLEAR, COPIED
from hydesk.ui.reading import ReadingScreen
from hydesk.ui.style import Theme

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListFacet(Generic[T]):
    """By what a list is narrowed: ``read`` gives the choices that an item falls under."""

    label: str
    read: Callable[[T], Iterable[Any]]
    said: Callable[[Any], str] = str


@dataclass(frozen=True, slots=True)
class DeclaredList(Generic[T]):
    """What a list screen is; every word is shown."""

    title: str
    read: Callable[[Ledger, Period], Sequence[T]]
    """Runs in a job, never on the UI thread."""
    key: Callable[[T], Any]
    columns: Callable[[Theme], Sequence[ListColumn[T]]]
    words: Callable[[T], str]
    """What the search box looks in; the initials of its pinyin too."""
    empty: str
    """Why the list is empty and what fills it."""
    open: Callable[[Desk, T], None]
    """Enter on one."""
    facets: dict[str, ListFacet[T]] = field(default_factory=dict)


class ListScreen(ReadingScreen, Generic[T]):
    """Shows ``DECLARED``; selection, order and what is asked for stay when the ledger is read again."""

    DECLARED: ClassVar[DeclaredList[Any]]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        own: DeclaredList[T] = self.DECLARED
        self.items: list[tuple[T, str]] = []
        """Each with what a search finds it by."""
        self.count = label("", "count")
        self.filters = FacetRow({k: Facet(f.label, f.said) for k, f in own.facets.items()}, hint=f"查找{own.title}，拼音首字母也可以",
                                name=f"在{own.title}中查找")
        self.table = Listing(own.columns(desk.theme), desk.theme, own.title, key=own.key)
        self.empty, self.nothing = EmptyState(), EmptyState()
        self.empty.say(own.empty)
        self.nothing.say("没有符合条件的。")
        self.nothing.offer(button(CLEAR, self.filters.clear))
        self.pages = ListFrame(title=own.title, beside_title=[self.count], rows=[self.filters],
                               pages=[self.table, self.empty, self.nothing]).lay_out(self)
        self.filters.query_changed.connect(self._narrow)
        self.filters.left.connect(self.table.enter)
        self.table.opened.connect(self._open)
        self.table.copied.connect(lambda n: desk.notice(COPIED.format(n=n)))

    def shown(self) -> None:
        """Read again if something changed; keys go to the table at once."""
        super().shown()
        self.table.setFocus()

    def start_search(self) -> None:
        """Ctrl+F."""
        self.filters.focus_search()

    def reload(self) -> None:
        """Read the list again."""
        self._stale = False
        ledger, period, own = self._desk.ledger, self._desk.period, self.DECLARED

        def work(_progress: object) -> list[tuple[T, str]]:
            return [(item, f"{(words := own.words(item).lower())}\n{initials(words)}") for item in own.read(ledger, period)]

        def done(items: list[tuple[T, str]]) -> None:
            if period == self._desk.period:
                self.items = items
                self._narrow()

        self._desk.jobs.start(f"读取{own.title}", work, self, done=done, quiet=True)

    def select(self, but: str = "") -> list[T]:
        """The items asked for, whatever is chosen of the facet ``but``."""
        words, asked = self.filters.text.lower().split(), self.filters.values
        facets = [(f, asked[k]) for k, f in self.DECLARED.facets.items() if k != but and asked[k]]
        return [item for item, found in self.items if all(w in found for w in words)
                and all(not chosen.isdisjoint(f.read(item)) for f, chosen in facets)]

    def _narrow(self) -> None:
        shown = self.select()
        counts = {k: Counter(v for item in self.select(k) for v in f.read(item)) for k, f in self.DECLARED.facets.items()}
        order = {k: dict.fromkeys(v for item, _ in self.items for v in f.read(item)) for k, f in self.DECLARED.facets.items()}
        self.filters.offer_counts(counts, order)
        self.table.show_items(shown)
        whole = len(self.items)
        self.count.setText(f"{whole:,} 条" if len(shown) == whole else f"{whole:,} 条中的 {len(shown):,} 条")
        self.pages.setCurrentWidget(self.table if shown else self.nothing if self.items else self.empty)

    def _open(self) -> None:
        chosen = self.table.selected()
        if chosen:
            self.DECLARED.open(self._desk, chosen[0])
