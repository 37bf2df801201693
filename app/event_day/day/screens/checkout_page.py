"""Page 持出し・貸与: what leaves the office for a day and what has to be ready, in four parts.

持出し is the 持出し管理簿 of the event, 貸与 its tablets, 持出しファイル the file for the venue, 配慮 the arrangements.
One part is open beside the list of the four."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal, get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.event_day.checkouts.parts import CheckoutsScreen
from app.event_day.checkouts.services import outside_words
from app.event_day.day.services.day_overview import DayView
from app.event_day.day_file.parts import bring_back, check_out_event
from app.events.arrangements.parts import ArrangementsPanel
from app.events.tablets.parts import TabletsPanel
from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.focus_keeper import first_work_part
from app.widgets.keys import BackOnEscape
from app.widgets.labels import second_label, section
from app.widgets.layouts import column_of, fit_page_margins, in_column, in_row, stack_when_narrow
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column
from app.widgets.note_box import NoteBox
from app.widgets.pages import Pages
from app.widgets.screen import Screen, disable_when_read_only
from app.window import theme as t
from app.window.app_context import AppContext
from db.record import record

CheckoutPart = Literal["持出し", "貸与", "持出しファイル", "配慮"]
PARTS: tuple[CheckoutPart, ...] = get_args(CheckoutPart)
_OUTSTANDING_HINT = "戻すまでに事務所で入れた出欠は、戻すときに突き合わせます。"
_LIST = 250


@record
class CheckoutPartLine:
    """One of the four parts of 持出し・貸与 with its state in words."""

    part: CheckoutPart
    words: str

    @property
    def id(self) -> str:
        """Return the key of the row."""
        return self.part


def _part(line: CheckoutPartLine) -> Cell:
    return Cell(line.part, line.words, strong=True)


class DayFileSection(QWidget):
    """Section 持出しファイル: who has one, and buttons to export and import it. Signals: none."""

    def __init__(self, app_context: AppContext, on_manual_return: Callable[[], object]):
        """Create the section; ``on_manual_return`` records the return of a file that is not imported."""
        super().__init__()
        self._app_context = app_context
        self._by_hand = on_manual_return
        self._event_id = 0
        self._title = ""
        self.outside = NoteBox(tone="amber")
        self.take_button = Button("持出しファイルを作る", self.check_out, icon_name="lock-key")
        self.return_button = Button("持出しファイルを戻す", self.bring_back, icon_name="arrow-u-up-left")
        in_column(
            section("当日持出しファイル"),
            second_label("会場でネットワークを使わずに受付するときの、この実施回だけのファイルです。"),
            self.outside,
            FlowRow(self.take_button, self.return_button),
            None,
            owner=self,
            spacing=12,
        )
        self.setFocusProxy(self.take_button)
        disable_when_read_only(app_context, self.take_button, self.return_button)

    def show_view(self, view: DayView) -> None:
        """Show which files of this event are still outside."""
        self._event_id, self._title = view.event.id, view.event.full_title
        words = outside_words([row.checkout for row in view.day_files_outstanding])
        self.outside.show_text(f"**{words}**です。{_OUTSTANDING_HINT}" if words else "")
        self.return_button.setVisible(bool(words))

    def check_out(self) -> None:
        """Open the dialog that writes a day file of the event."""
        check_out_event(self._app_context, self, event_id=self._event_id)

    def bring_back(self) -> None:
        """Open the dialog that merges a day file; the file chosen there says of which event it is."""
        bring_back(self._app_context, self, subject=self._title, on_manual_return=self._by_hand)


class CheckoutPage(BackOnEscape):
    """Page with the four parts. Signals: ``back_asked()`` return to the steps."""

    def __init__(self, app_context: AppContext):
        super().__init__()
        self._app_context = app_context
        self._event_id: int | None = None
        self._view: DayView | None = None
        self.back = Button("当日の順へ戻る", self.back_asked.emit, icon_name="arrow-left", key="Esc")
        self.list = FittedTable(
            "day_outside",
            (Column("part", "持出し・貸与", _part, stretch=True, sortable=False),),
            title="持出し・貸与",
            empty="",
            names_people=False,
            on_open=self._focus_part,
            on_choose=self._choose,
        )
        self.day_file = DayFileSection(app_context, lambda: self.open("持出し"))
        self._builders: Mapping[CheckoutPart, Callable[[], QWidget]] = {
            "持出し": partial(
                CheckoutsScreen, app_context, check_out=check_out_event, return_file=bring_back, is_event_day=True
            ),
            "貸与": partial(TabletsPanel, app_context),
            "持出しファイル": lambda: self.day_file,
            "配慮": partial(ArrangementsPanel, app_context),
        }
        self.parts: dict[CheckoutPart, QWidget] = {}
        self._pages = Pages()
        self.links = {part: link_button(part, partial(self.open, part)) for part in PARTS}
        self._ways = FlowRow(self.back, *self.links.values(), spacing=16)
        beside = column_of(self._ways, self.list, None, spacing=12)
        self._beside = beside
        self._across = in_row(beside, (self._pages, 1), spacing=24, margins=(t.PAGE_X, 12, t.PAGE_X, 12))
        fit_page_margins(self, self._across)
        self._whole = in_column((self._across, 1), owner=self, spacing=0)
        self.day_file.setParent(self)
        self.day_file.hide()
        self.setFocusProxy(self.list)

    @property
    def part(self) -> CheckoutPart:
        """Return the part that is shown."""
        return next((part for part, made in self.parts.items() if made is self._pages.currentWidget()), PARTS[0])

    def open_with(self, event_id: int) -> None:
        """Set the event, also in the parts that are built."""
        self._event_id = event_id
        for part in self.parts.values():
            if isinstance(part, Screen):
                part.open_with(event_id=event_id)
                part.refresh()

    def show_view(self, view: DayView) -> None:
        """Show the state of each part beside its button."""
        self._view = view
        file_words = outside_words([row.checkout for row in view.day_files_outstanding])
        rows_out = view.checkouts_outstanding - len(view.day_files_outstanding)
        words: Mapping[CheckoutPart, str] = {
            "持出し": f"未返却 {rows_out}件" if rows_out else "未返却はありません",
            "貸与": view.tablet_words,
            "持出しファイル": file_words or "外にあるファイルはありません",
            "配慮": view.care_words,
        }
        self.list.show_rows(tuple(CheckoutPartLine(part=part, words=words[part]) for part in PARTS))
        self.day_file.show_view(view)

    def open(self, part: CheckoutPart) -> None:
        """Show one part and focus it."""
        self._show(part)
        self.list.choose(lambda line: line.part == part, take_focus=False)
        self._focus_part()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window show the four parts as links in one line above the open one."""
        super().resizeEvent(event)
        narrow = t.is_narrow(self.window().width())
        stack_when_narrow(self._across, narrow)
        self.list.setVisible(not narrow)
        for link in self.links.values():
            link.setVisible(narrow)
        self._beside.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum if narrow else QSizePolicy.Policy.Preferred
        )
        self.setFocusProxy(self.back if narrow else self.list)
        self._beside.setMinimumWidth(0 if narrow else t.scaled(_LIST))
        self._beside.setMaximumWidth(t.NO_LIMIT if narrow else t.scaled(_LIST))

    def _choose(self, line: object) -> None:
        if isinstance(line, CheckoutPartLine):
            self._show(line.part)

    def _show(self, part: CheckoutPart) -> None:
        """Show a part; it is built when first shown."""
        if part not in self.parts:
            made = self.parts[part] = self._builders[part]()
            if isinstance(made, Screen) and self._event_id is not None:
                made.open_with(event_id=self._event_id)
            self._pages.addWidget(made)
            if isinstance(made, TabletsPanel):
                self._whole.addWidget(made.bar)
        for each in self.parts.values():
            if isinstance(each, TabletsPanel):
                each.bar.setVisible(each is self.parts[part])
        self._pages.setCurrentWidget(self.parts[part])

    def _focus_part(self) -> None:
        made = self.parts.get(self.part)
        if made is not None:
            (made.focusProxy() or first_work_part(made) or made).setFocus(Qt.FocusReason.OtherFocusReason)
