"""Screen 申込: import of a file step by step, the list of an event's applications, and entry by telephone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.event.services.event_lists import EventList, list_events
from app.events.applications.parts import ApplicationFields, DataEntryDialog
from app.events.applications.screens.list_page import ListPage
from app.events.applications.screens.wizard import COLUMNS, ROWS, STEPS, ImportWizard
from app.events.applications.services.applications import ApplicationLine, applications_of_event, list_imports
from app.events.applications.services.manual_entry import (
    change_application,
    name_entry,
    typed_application_of,
    withdraw_application,
)
from app.main_window.navigation import check_page_name
from app.widgets.bars.action_bar import page_above
from app.widgets.buttons import back_arrow
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import UnreadableInput
from app.widgets.forms.record_fields import record_field
from app.widgets.keys import on_key
from app.widgets.labels import heading, label, small_label
from app.widgets.layouts import add, fix_size
from app.widgets.pages import Pages
from app.widgets.screen import Screen, disable_when_read_only
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from app.window.icons import paint_icon
from app.window.painting import paint_disc, paint_text, painting, stroke
from db.records.applications import Application

_DISC, _GAP, _LINE = 24, 8, 32


class WizardSteps(QWidget):
    """Display of the present step of a wizard. Signals: none."""

    def __init__(self, words: Sequence[str]):
        super().__init__()
        self.words = tuple(words)
        self.at = 0
        fix_size(self)
        self.show_step(0)

    def show_step(self, number: int) -> None:
        """Make ``number`` (from 0) the present step; the number after the last one = all done."""
        self.at = number
        here = self.words[number] if number < len(self.words) else "済"
        self.setAccessibleName(f"手順 {min(number + 1, len(self.words))}／{len(self.words)}　{here}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of all discs with their labels, joined by lines."""
        width = sum(t.scaled(_DISC) + _GAP + self._width(number) for number in range(len(self.words)))
        return QSize(round(width) + (len(self.words) - 1) * (_LINE + 2 * _GAP) + 2, t.scaled(_DISC) + 8)

    def minimumSizeHint(self) -> QSize:
        """Return the size hint, so that labels are never cut."""
        return self.sizeHint()

    def _width(self, number: int) -> float:
        return t.metrics("body", bold=number == self.at).horizontalAdvance(self.words[number])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the steps."""
        with painting(self) as painter:
            x, middle, side = 1.0, self.height() / 2, t.scaled(_DISC)
            for number, word in enumerate(self.words):
                if number:
                    painter.setPen(stroke(t.STRONG_LINE))
                    painter.drawLine(QPointF(x + _GAP, middle), QPointF(x + _GAP + _LINE, middle))
                    x += _LINE + 2 * _GAP
                self._disc(painter, QRectF(x, middle - side / 2, side, side), number)
                x += side + _GAP
                width = self._width(number)
                paint_text(
                    painter,
                    QRectF(x, 0, width + 4, self.height()),
                    word,
                    t.font("body", bold=number == self.at),
                    t.INK if number == self.at else t.INK_SECONDARY,
                )
                x += width

    def _disc(self, painter: QPainter, area: QRectF, number: int) -> None:
        """Draw the disc of a step: past, present or to come."""
        past = number <= self.at
        paint_disc(
            painter,
            area.adjusted(0.5, 0.5, -0.5, -0.5),
            stroke(t.ACCENT if past else t.CONTROL),
            t.ACCENT if past else t.PAGE,
        )
        if number < self.at:
            paint_icon(painter, "check-bold", area.adjusted(6, 6, -6, -6), t.PAGE)
            return
        paint_text(
            painter, area, str(number + 1), t.font("small", bold=True), t.PAGE if past else t.INK_SECONDARY, "center"
        )


class ChangeDialog(SavingDialog):
    """Dialog to change an application, with the fields of the telephone dialog. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, event_id: int, line: ApplicationLine):
        subject = f"{line.organisation_name}　{line.name}".strip()
        super().__init__(parent, "申込を直す", subject, main="保存する", width=680)
        self._line = line
        self.fields = ApplicationFields(self.app_context)
        self.put(self.fields, small_label("氏名とふりがなは、団体の名簿でも同じように直ります。"), None)
        self._shown = typed_application_of(event_id, line)
        self.fields.show_application(self._shown, line.organisation)
        self.fields.finished.connect(self.main.click)
        self.confirmed.connect(self.save)

    def save(self) -> None:
        """Save the fields; data they do not show is kept."""
        try:
            typed = self.fields.read_application(self._shown)
        except UnreadableInput as problem:
            self.show_error_text(str(problem))
            self.fit_to_content()
            return
        self.run_action(change_application, application_id=self._line.id, typed=typed, shown=self._shown)


def name_dialog(entry_id: int, subject: str, parent: QWidget) -> FormDialog:
    """Return the dialog that asks for the name of one place."""
    return FormDialog(
        parent,
        "氏名を入れる",
        subject,
        main="名簿に入れる",
        fields=(
            record_field(Application, "name", optional=False),
            record_field(Application, "furigana", reading_of="name"),
            record_field(Application, "role"),
        ),
        change=lambda typed: bind_action(name_entry, entry_id=entry_id, **typed),
        width=560,
    )


FILE, LIST = 0, 1
_PAGES = ("取り込み", "一覧", "電話")


class ApplicationsScreen(Screen):
    """Screen 申込 ("applications"). Signals: none.

    ``open_with(event_id=…, page="一覧" | "取り込み" | "電話", path=…)``: 電話 opens the entry dialog.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._event_id = 0
        self._titles: dict[int, str] = {}
        self.where = label("", "second")
        self.back = back_arrow(lambda: app_context.go_back("event", event_id=self._event_id, tab="参加者"))
        self.title = heading("申込を取り込む")
        self.steps = WizardSteps(STEPS)
        self.tabs = TabBar("ファイルから取り込む", "申込の一覧")
        self.wizard = ImportWizard(app_context)
        self.list = ListPage(app_context)
        self.problem = self.list.problem
        self._pages = Pages()
        self._pages.addWidget(self.wizard)
        self._pages.addWidget(self.list)
        self._build()
        self._connect()
        disable_when_read_only(
            app_context, self.wizard.start.typing_button, self.wizard.start.choose_button, self.list.typing
        )

    def _build(self) -> None:
        """Lay out the head, the tabs and the pages."""
        self.wizard.foot.put(*self.list.bar_buttons)
        self.wizard.update_footer()
        column = page_above(self.wizard.foot, self, spacing=8)
        head = FlowRow(self.back, self.title, self.where, self.steps, spacing=12, at_end=1)
        add(column, head, self.tabs, (self._pages, 1))

    def _connect(self) -> None:
        """Connect the signals of tabs, wizard and list."""
        self.tabs.chosen.connect(self._show_page)
        self.wizard.step_shown.connect(self._show_step)
        self.wizard.event_wanted.connect(self.choose_event)
        self.wizard.data_entry_asked.connect(self.type_application)
        self.wizard.roster_asked.connect(lambda event_id: self.go("event", event_id=event_id, tab="参加者"))
        self.list.file_asked.connect(lambda: self._show_page(FILE))
        self.list.typing.chosen.connect(self.type_application)
        self.list.change_asked.connect(self._change)
        self.list.withdraw_asked.connect(self._withdraw)
        self.list.name_asked.connect(self._ask_name)
        for keys in ("F9", "Ctrl+T"):
            on_key(self, keys, self.type_application)

    # opening and reading

    def open_with(self, **arguments: Any) -> None:
        """Show the given event, page and file; without an event always the page 取り込み.

        Raises:
            ValueError: ``page`` is neither "", 取り込み, 一覧 nor 電話.
        """
        if "event_id" in arguments:
            self.choose_event(int(arguments["event_id"] or 0))
        wanted = check_page_name(str(arguments.get("page") or ""), _PAGES)
        self._show_page(LIST if wanted in ("一覧", "電話") and self._event_id else FILE)
        if arguments.get("path"):
            self.wizard.show_file(Path(arguments["path"]))
        if wanted == "電話":
            self.type_application(then=self.back.click)

    def view_state(self) -> dict[str, Any]:
        """Return the event and the page."""
        return {"event_id": self._event_id, "page": "一覧" if self._pages.currentIndex() == LIST else "取り込み"}

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether a file was chosen and is not imported yet."""
        return self.wizard.current_work is not None

    def reload(self) -> None:
        """Read the events, the imports so far and the list, and judge the rows of an opened file again."""
        self.run_read(self._show_events, list_events, today=self.today, fiscal_year=self.fiscal_year)
        self.wizard.refresh_preview()
        self.run_read(self.wizard.show_imports, list_imports, event_id=self._event_id or None)
        if self._event_id:
            self.run_read(self.list.show_list, applications_of_event, event_id=self._event_id)

    def choose_event(self, event_id: int) -> None:
        """Show this event; 0 shows the import in which each row goes to the event of its wish."""
        if event_id == self._event_id:
            return
        self._event_id = event_id
        self.wizard.show_event(event_id)
        self._show_event_text()
        if not event_id:
            self._show_page(FILE)
        self.refresh()

    def may_leave(self) -> bool:
        """Return True, because a file being imported is kept."""
        return True

    # internal

    def fit_size(self) -> None:
        """Hide what stands above while a file is worked on in a narrow window."""
        in_hand = self._pages.currentIndex() == FILE and self.wizard.current_step in (COLUMNS, ROWS)
        self.where.setVisible(not (in_hand and t.is_narrow(self.window().width())))

    def _show_events(self, events: EventList) -> None:
        """Fill the choice of events, without cancelled ones other than the chosen one, and name the chosen one."""
        rows = [
            (row.id, f"{row.date_words}　{row.title}")
            for row in events.rows
            if row.state != "中止" or row.id == self._event_id
        ]
        self._titles = {row.id: f"{row.date_words} {row.title}" for row in events.rows}
        self.wizard.start.show_events(rows, self._event_id)
        self._show_event_text()

    def _show_event_text(self) -> None:
        """Name the event for which the file is imported, or say that each row goes by its wish."""
        title = self._titles.get(self._event_id, "")
        self.where.setText(title or "希望欄のとおりに、各回へ分けて取り込みます")
        self._show_step(self.wizard.current_step)

    def _show_page(self, number: int) -> None:
        """Show the page of the file or of the list; without an event always that of the file."""
        number = number if self._event_id else FILE
        self.tabs.choose(number)
        self._pages.setCurrentIndex(number)
        self._show_step(self.wizard.current_step)
        if number == LIST:
            self.list.take_focus()

    def _show_step(self, step: int) -> None:
        """Show title and steps for a step of the wizard; an opened file takes the room of the tabs."""
        filing = self._pages.currentIndex() == FILE
        # The rows of an opened file need the room.
        self.tabs.setVisible(bool(self._event_id) and not (filing and step in (COLUMNS, ROWS)))
        self.fit_size()
        if filing:
            self.wizard.update_footer()
        else:
            self.wizard.foot.put(*self.list.bar_buttons)
            self.wizard.foot.show_words("")
        self.steps.setVisible(filing)
        self.steps.show_step(len(STEPS) if step == len(STEPS) - 1 else step)
        self.title.setText("申込を取り込む" if filing else "申込の一覧")

    def type_application(self, *, then: Callable[[], None] | None = None) -> None:
        """Open the dialog for telephone, FAX and the counter, unless the data are read-only; ``then`` as it closes."""
        if self.app_context.read_only:
            return
        dialog = DataEntryDialog(self.window(), self._event_id)
        if then is not None:
            dialog.finished.connect(then)
        dialog.open()

    def _change(self, line: ApplicationLine) -> None:
        if not line.application.withdrawn and self.may_write:
            ChangeDialog(self.window(), self._event_id, line).open()

    def _withdraw(self, line: ApplicationLine) -> None:
        """Withdraw an application without asking; all its places become 辞退."""
        self.run_action(withdraw_application, application_id=line.id)

    def _ask_name(self, line: ApplicationLine) -> None:
        """Open the dialog that names the first unnamed person of an application."""
        unnamed = [entry for entry in line.entries if entry.person_id is None and not entry.state.is_out]
        if unnamed:
            subject = f"{line.organisation_name}　{line.name}の申込".strip()
            name_dialog(unnamed[0].id, subject, parent=self.window()).open()
