"""The screen 班分け of an 意見交換会: a proposal by wishes, changed by dragging or with keys, and warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.events.groups.rules import GroupWarning
from app.events.groups.services import (
    MAX_GROUPS,
    GroupsView,
    GroupWishRow,
    add_group,
    add_group_wish,
    assign_to_group,
    propose_groups,
    read_groups,
    remove_group,
    remove_group_wish,
    set_facilitator,
)
from app.events.roster.services.roster import RosterRow
from app.main_window.navigation import ScreenEntry
from app.widgets.buttons import Button, inline_button, main_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import confirm_first
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import ChoiceBox, OneLine
from app.widgets.labels import (
    heading,
    label,
    second_label,
    section,
    separator,
    small_label,
    with_accessible_name,
    wrapped_label,
)
from app.widgets.layouts import add, column_of, detach_items, in_column, in_grid, in_row, layout_now
from app.widgets.note_box import NoteBox
from app.widgets.pages import ensure_visible
from app.widgets.panel import EmptyState
from app.widgets.screen import Screen, clear_layout, in_scroll_area, page_column, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from app.window.line_breaks import wrap_words
from db.record import frozen


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, whose widget is built when it is first shown."""

    yield ScreenEntry("groups", "users-three", "班分け", GroupsScreen, parent_screen="events")


PERSON_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_PAD_X, _PAD_Y = 8.0, 7.0
PEOPLE_MIME_TYPE = "application/x-roster-entries"
_ENTRY_ID_ROLE = Qt.ItemDataRole.UserRole


@frozen
class PersonText:
    """The texts drawn for one person of a 班."""

    number: str
    name: str
    detail: str

    @property
    def words(self) -> str:
        """Return all texts as one line, for a screen reader."""
        return join_nonempty(self.number, self.name, self.detail)


def person_text(row: RosterRow, attended_before: int) -> PersonText:
    """Return the texts of one person; ``attended_before``, other events attended, is a fact and no rank."""
    belonging = row.organisation_name + fill_nonempty("（{}）", row.branch)
    came = fill_nonempty("受講 {}回", attended_before)
    number = str(row.entry.number) if row.entry.number is not None else ""
    return PersonText(number=number, name=row.name, detail=join_nonempty(belonging, came, separator="・"))


class PersonDelegate(QStyledItemDelegate):
    """Paints the people in the list of a 班, at the list's width."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height that the texts need at the width of the list."""
        around = option.widget
        width = around.viewport().width() if isinstance(around, QAbstractItemView) else option.rect.width()
        person = index.data(PERSON_ROLE)
        tall = sum(_line_height(font) for _line, font, _colour in _text_lines(person, width))
        return QSize(width, max(round(tall + 2 * _PAD_Y), t.scaled(t.ROW)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw number, name and detail of one person with a line below; a selected one has no focus frame."""
        area = QRectF(option.rect)
        person = index.data(PERSON_ROLE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, t.SELECTION)
        painter.setPen(t.ROW_LINE)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        bold = t.font("body", bold=True)
        top = area.top() + _PAD_Y
        if person.number:
            _draw_text(painter, person.number, area.left() + _PAD_X, top, t.font("body"), t.INK_SECONDARY)
        for line, font, colour in _text_lines(person, area.width()):
            _draw_text(painter, line, area.left() + _PAD_X + _number_width(bold), top, font, colour)
            top += _line_height(font)
        painter.restore()


def _text_lines(person: PersonText, width: float) -> list[tuple[str, QFont, str]]:
    """Return the lines of a person wrapped to ``width`` (the name in bold, then the detail), with font and colour.

    The number, which stands beside the first one, is not among them.
    """
    bold, small = t.font("body", bold=True), t.font("small")
    room = max(width - 2 * _PAD_X - _number_width(bold), 40)
    names = [(line, bold, t.INK) for line, _ in wrap_words(person.name, bold, room)]
    under = (
        [(line, small, t.INK_SECONDARY) for line, _ in wrap_words(person.detail, small, room)] if person.detail else []
    )
    return names + under


def _number_width(font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance("00") + 8


def _line_height(font: QFont) -> float:
    return QFontMetricsF(font).height() * 1.2


def _draw_text(painter: QPainter, words: str, x: float, top: float, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(
        QPointF(x, top + _line_height(font) / 2 + (QFontMetricsF(font).ascent() - QFontMetricsF(font).descent()) / 2),
        words,
    )


class PeopleList(QListWidget):
    """The people of one 班, moved by mouse or with the keys 1 to 9.

    Signals:
        ``people_dropped(list)``: entry ids dropped here.
        ``group_key_pressed(list, object)``: move the selected ones to the 班 of this number (None = no 班).
        ``group_step_asked(int)``: ← (-1) or → (1).
    """

    people_dropped = Signal(list)
    group_key_pressed = Signal(list, object)
    group_step_asked = Signal(int)

    def __init__(self, name: str):
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(PersonDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setDropIndicatorShown(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("people")
        self.setStyleSheet(
            f"QListWidget#people:focus {{ border: 2px solid {t.ACCENT}; }}"
            "QListWidget#people { border: 2px solid transparent; }"
        )

    def show_people(self, people: Sequence[RosterRow], words: Callable[[RosterRow], PersonText]) -> None:
        """Show these people; the selection is kept."""
        chosen = set(self.chosen_ids())
        current = self.currentItem().data(_ENTRY_ID_ROLE) if self.currentItem() is not None else None
        self.clear()
        for row in people:
            person = words(row)
            item = QListWidgetItem(person.words)
            item.setData(PERSON_ROLE, person)
            item.setData(_ENTRY_ID_ROLE, row.entry.id)
            self.addItem(item)
            if row.entry.id == current:
                self.setCurrentItem(item)
        for at in range(self.count()):
            self.item(at).setSelected(self.item(at).data(_ENTRY_ID_ROLE) in chosen)
        self.fit_height()

    def chosen_ids(self) -> list[int]:
        """Return the entry ids of the selected people, from above."""
        return [self.item(at).data(_ENTRY_ID_ROLE) for at in range(self.count()) if self.item(at).isSelected()]

    def select_person(self, entry_id: int) -> bool:
        """Select one person and take the focus; return False if the person is elsewhere."""
        for at in range(self.count()):
            if self.item(at).data(_ENTRY_ID_ROLE) == entry_id:
                self.clearSelection()
                self.setCurrentRow(at)
                self.item(at).setSelected(True)
                self.setFocus()
                return True
        return False

    def fit_height(self) -> None:
        """Fit the height to the people, because the columns scroll together."""
        self.doItemsLayout()
        tall = sum(self.sizeHintForRow(at) for at in range(self.count()))
        self.setFixedHeight(max(tall + 8, t.scaled(72)))

    # drag and drop

    def mimeTypes(self) -> list[str]:
        """Return the type for people of the roster."""
        return [PEOPLE_MIME_TYPE]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """Return the dragged people."""
        carried = QMimeData()
        carried.setData(PEOPLE_MIME_TYPE, ",".join(str(item.data(_ENTRY_ID_ROLE)) for item in items).encode())
        return carried

    def supportedDropActions(self) -> Qt.DropAction:
        """Return copying in place of moving, because rows move only once the change is saved."""
        return Qt.DropAction.CopyAction

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept people."""
        self._accept_people(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Accept people anywhere on the list."""
        self._accept_people(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Emit which people were dropped here."""
        if not event.mimeData().hasFormat(PEOPLE_MIME_TYPE):
            event.ignore()
            return
        ids = [int(each) for each in bytes(event.mimeData().data(PEOPLE_MIME_TYPE).data()).decode().split(",") if each]
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        here = {self.item(at).data(_ENTRY_ID_ROLE) for at in range(self.count())}
        if coming := [each for each in ids if each not in here]:
            self.people_dropped.emit(coming)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit the move of the selected people for 1 to 9 (0 = no 班), and the step to the next 班 for ← →."""
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            if self.chosen_ids():
                self.group_key_pressed.emit(self.chosen_ids(), key - Qt.Key.Key_0 or None)
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.group_step_asked.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select a person when the list gets the focus and none is selected."""
        super().focusInEvent(event)
        if self.count() and not self.chosen_ids():
            at = max(self.currentRow(), 0)
            self.setCurrentRow(at)
            self.item(at).setSelected(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_height()

    def sizeHint(self) -> QSize:
        """Return a small width, because everything wraps."""
        return QSize(160, self.height())

    @staticmethod
    def _accept_people(event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(PEOPLE_MIME_TYPE):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()


class GroupCard(QFrame):
    """Card of a 班, or with ``number`` None of the people without one.

    Signals: ``facilitator_entered(int, str)``; ``remove_asked(int)``; those of its ``people``.
    """

    facilitator_entered = Signal(int, str)
    remove_asked = Signal(int)

    def __init__(self, number: int | None, *, may_write: bool):
        super().__init__()
        self.number = number
        self._known = ""
        self.setProperty("kind", "panel")
        words = "班なし" if number is None else f"{number}班"
        self.setAccessibleName(words)
        self.title = label(words, "h2")
        self.count = label("", "second")
        self.people = PeopleList(f"{words}の参加者")
        head = in_row(self.title, self.count, None, spacing=8)
        column = in_column(head, owner=self, spacing=6, margins=(12, 10, 12, 12))
        self.facilitator = with_accessible_name(OneLine(), f"{words}のファシリテーター")
        self.facilitator.setPlaceholderText("ファシリテーター")
        self.facilitator.editingFinished.connect(self._emit_facilitator)
        if number is None:
            self.facilitator.setParent(self)
            self.facilitator.hide()
        else:
            remove = Button(
                f"{words}を削除する", lambda: self.remove_asked.emit(number), kind="icon", icon_name="trash"
            )
            remove.setFixedHeight(t.scaled(t.FIELD))
            ensure_visible(remove, seen=may_write)
            self.facilitator.setReadOnly(not may_write)
            head.addWidget(remove)
            add(column, label("ファシリテーター", "small"), self.facilitator)
        add(column, self.people, None)

    def show_facilitator(self, name: str) -> None:
        """Show the facilitator of the 班, unless it is being typed."""
        self._known = name
        if not self.facilitator.hasFocus():
            self.facilitator.setText(name)

    def show_count(self, people: int) -> None:
        """Show the number of people."""
        self.count.setText(f"{people}人")

    def _emit_facilitator(self) -> None:
        """Emit ``facilitator_entered``, if another name was typed."""
        text = self.facilitator.text().strip()
        if self.number is not None and text != self._known:
            self._known = text
            self.facilitator_entered.emit(self.number, text)


_CARD_WIDTH = 216
_MAX_WARNINGS = 4
HINT = "ドラッグして動かすか、選んで 1〜9 のキーを押します（0 で班なし、← → でとなりの班）。"


class GroupWishesDialog(SavingDialog):
    """The wishes of one event, saved one by one. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: GroupsView):
        super().__init__(parent, "班の希望", view.event.full_title, cancel="閉じる", note="")
        self._event_id = view.event.id
        self.first, self.second = ChoiceBox(), ChoiceBox()
        self.first.setAccessibleName("1人目")
        self.second.setAccessibleName("2人目")
        for box in (self.first, self.second):
            # 団体 and name of anybody: as wide as the dialog allows, not as the longest of them.
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.apart, self.together = QRadioButton("別の班にする"), QRadioButton("同じ班にする")
        self.apart.setChecked(True)
        self.add_button = Button("希望を加える", self._add)
        self.problem = wrapped_label("", "problem")
        grid = in_grid(across=12, down=10)
        for line_number, (words, box) in enumerate((("1人目", self.first), ("2人目", self.second))):
            grid.addWidget(QLabel(words), line_number, 0)
            grid.addWidget(box, line_number, 1)
        grid.setColumnStretch(1, 1)
        self.put(
            grid,
            in_row(self.apart, self.together, None, self.add_button, spacing=16),
            self.problem,
            separator(),
            section("いまの希望"),
        )
        self._list = QWidget()
        self._rows = in_grid(self._list, margins=(0, 0, 0, 0), wide=0)
        self.put(self._list, None)
        self.inside.setMinimumHeight(t.scaled(220))
        self._show(view)

    def _show(self, view: GroupsView) -> None:
        """Fill the choice of people and the list of wishes."""
        everybody = [*view.people_without_group, *(row for column in view.columns for row in column.people)]
        everybody.sort(key=lambda row: row.entry.number or 10**6)
        for box in (self.first, self.second):
            kept = box.currentData()
            box.clear()
            for person in everybody:
                box.addItem(_person_text(person), person.entry.id)
            box.setCurrentIndex(max(0, box.findData(kept)))
        clear_layout(self._rows)
        if not view.wishes:
            self._rows.addWidget(label("希望はまだありません。", "second"), 0, 0)
        for at, wish in enumerate(view.wishes):
            words = "同じ班" if wish.wish.together else "別の班"
            text = f"{_person_text(wish.first)}　と　{_person_text(wish.second)}　：　{words}"
            self._rows.addWidget(wrapped_label(text), at, 0)
            self._rows.addWidget(inline_button("削除する", partial(self._remove, wish)), at, 1)

    def _add(self) -> None:
        """Save the wish of the two chosen people and read the list again; for one person twice say so."""
        first, second = self.first.currentData(), self.second.currentData()
        if first is None or first == second:
            self.problem.setText("別の2人を選んでください。")
            return
        self.problem.setText("")
        self.run_change_and_stay(
            bind_action(
                add_group_wish,
                event_id=self._event_id,
                first_entry_id=first,
                second_entry_id=second,
                together=self.together.isChecked(),
            ),
            self._read,
        )

    def _remove(self, wish: GroupWishRow) -> None:
        self.run_change_and_stay(
            bind_action(remove_group_wish, event_id=self._event_id, wish_id=wish.wish.id),
            self._read,
        )

    def _read(self, _saved: object = None) -> None:
        self.run_read(self._show, read_groups, event_id=self._event_id)


def _person_text(row: RosterRow) -> str:
    return join_nonempty(str(row.entry.number or ""), row.name, row.organisation_name)


class GroupsScreen(Screen):
    """Screen 班分け of one event. Signals: none. ``open_with(event_id=…)``; without it the last one stays."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._event_id: int | None = None
        self.view: GroupsView | None = None
        self.cards: list[GroupCard] = []
        self._follow: int | None = None
        self.title = heading("班分け")
        self.event_words = second_label()
        self.back_button = Button("実施回へ戻る", self._open_event, icon_name="arrow-left")
        self.count_box = ChoiceBox("班の数")
        for number in range(1, MAX_GROUPS + 1):
            self.count_box.addItem(f"{number}班", number)
        self.propose_button = main_button("案を作る", self.propose)
        self.add_button = Button(
            "班を加える", lambda: self.run_action(add_group, event_id=self._event_id or 0), icon_name="plus"
        )
        self.wishes_button = Button("班の希望", self.open_wishes)
        self.totals = label("", "strong")
        self.notes = NoteBox(tone="amber")
        self.empty = EmptyState()
        self._build()

    def _build(self) -> None:
        """Lay out the head, the tools and the cards."""
        column = page_column(self)
        column.addLayout(widget_row(self.title, self.event_words, None, self.back_button, spacing=12))
        self._tools = FlowRow(
            label("班の数"), self.count_box, self.propose_button, self.add_button, self.wishes_button, self.totals
        )
        add(column, self._tools, self.notes)
        self.hint = small_label(HINT)
        column.addWidget(self.hint)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._area = in_scroll_area(column_of(self._grid, None))
        add(column, (self._area, 1), (self.empty, 1))
        self.empty.hide()

    def open_with(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Set the event whose 班 are shown at the next ``reload``; None keeps the last one."""
        if event_id is not None and event_id != self._event_id:
            self._event_id = event_id
            self.view = None
            self._follow = None

    def view_state(self) -> dict[str, Any]:
        """Return the event."""
        return {"event_id": self._event_id}

    def reload(self) -> None:
        """Read the 班."""
        if self._event_id is not None:
            self.run_read(self._show, read_groups, event_id=self._event_id)

    def propose(self) -> None:
        """Divide everybody anew into the chosen number of 班; asks first if anybody has a 班 already."""
        if self.view is None:
            return
        count = self.count_box.currentData()
        change = bind_action(propose_groups, event_id=self._event_id or 0, count=count)
        go = partial(self.run_change, change)
        if not self.view.columns or all(not column.people for column in self.view.columns):
            go()
            return
        confirm_first(
            self,
            title="班の案を作る",
            text=f"{self.view.people_count}人全員を、{count}班に分け直します。いまの班は変わります。",
            verb=f"{count}班に分け直す",
            on_confirmed=go,
            danger=False,
            note="Ctrl+Z で元に戻せます",
        )

    def open_wishes(self) -> None:
        """Open the dialog of wishes."""
        if self.view is not None:
            GroupWishesDialog(self, self.view).open()

    def assign_to_group(self, entry_ids: Sequence[int], number: int | None) -> None:
        """Assign people to a 班 (None = none); a number without a 班 only shows a message.

        Nothing happens if the data are read-only.
        """
        if self.view is None or not entry_ids or self.app_context.read_only:
            return
        if number is not None and number not in {column.group.number for column in self.view.columns}:
            self.app_context.show_message(f"{number}班はありません。「班を加える」で加えられます。")
            return
        self._follow = entry_ids[0]
        self.run_action(assign_to_group, entry_ids=list(entry_ids), group_number=number)

    # internal

    def _show(self, view: GroupsView) -> None:
        """Show cards, sums and warnings; for an event shown first, also the usual number of 班 in the choice."""
        first = self.view is None
        self.view = view
        self.app_context.note_access("班分け", event_id=view.event.id, count=view.people_count)
        self.event_words.setText(view.event.full_title)
        if first:
            self.count_box.setCurrentIndex(
                (len(view.columns) or view.event.groups or max(1, round(view.people_count / 5))) - 1
            )
        unplaced = fill_nonempty("・班なし {}人", len(view.people_without_group))
        self.totals.setText(f"{view.people_count}人・{len(view.columns)}班{unplaced}")
        self.notes.show_text(_warnings_text(view))
        self._show_cards(view)
        nobody = not view.people_count and not view.columns
        self.empty.show_text(
            "班に分ける参加者がまだいません。",
            "参加者を開く",
            lambda: self.go("event", event_id=view.event.id, tab="参加者"),
        )
        self.empty.setVisible(nobody)
        self._area.setVisible(not nobody)
        self.hint.setVisible(not nobody)
        for button in (self.propose_button, self.add_button, self.wishes_button):
            button.setEnabled(not nobody and self.may_write)
        # The next thing to do while somebody has no 班.
        held = view.event.status.is_held
        self.propose_button.set_filled(not held and (bool(view.people_without_group) or not view.columns))

    def _show_cards(self, view: GroupsView) -> None:
        """Show a card for each 班, before them one for people without a 班 if there are any.

        After a move the first person moved is selected where they are now.
        """
        wanted = [*([None] if view.people_without_group else []), *(column.group.number for column in view.columns)]
        if [card.number for card in self.cards] != wanted:
            for card in self.cards:
                card.hide()
                card.deleteLater()
            self.cards = [self._card(number) for number in wanted]
            self.fit_size()
        columns = {column.group.number: column for column in view.columns}
        for card in self.cards:
            people = view.people_without_group if card.number is None else columns[card.number].people
            card.people.show_people(people, self._person_text)
            card.show_count(len(people))
            if card.number is not None:
                card.show_facilitator(columns[card.number].group.facilitator)
        if self._follow is not None:
            followed, self._follow = self._follow, None
            for card in self.cards:
                if card.people.select_person(followed):
                    self._area.ensureWidgetVisible(card.people)

    def _card(self, number: int | None) -> GroupCard:
        card = GroupCard(number, may_write=self.may_write)
        card.people.people_dropped.connect(lambda ids, number=number: self.assign_to_group(ids, number))
        card.people.group_key_pressed.connect(self.assign_to_group)
        card.people.group_step_asked.connect(lambda step, card=card: self._focus_neighbour(card, step))
        card.facilitator_entered.connect(self._write_facilitator)
        card.remove_asked.connect(
            lambda number: self.run_action(remove_group, event_id=self._event_id or 0, group_number=number)
        )
        return card

    def fit_size(self) -> None:
        """Arrange the cards in as many columns as fit."""
        across = max(1, (self.width() - 2 * t.PAGE_X + 12) // (t.scaled(_CARD_WIDTH) + 12))
        across = min(across, max(1, len(self.cards)))
        detach_items(self._grid)
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // across, at % across)
        layout_now(self._grid.parentWidget())
        for at in range(24):
            self._grid.setColumnStretch(at, 1 if at < across else 0)

    def _focus_neighbour(self, card: GroupCard, step: int) -> None:
        """Move the focus to the people of the card ``step`` places further; beyond the first and last it stays."""
        at = self.cards.index(card) + step
        if 0 <= at < len(self.cards):
            self.cards[at].people.setFocus()

    def _write_facilitator(self, number: int, name: str) -> None:
        self.run_action(set_facilitator, event_id=self._event_id or 0, group_number=number, facilitator=name)

    def _person_text(self, person: RosterRow) -> PersonText:
        return person_text(person, self.view.attended_before.get(person.entry.id, 0) if self.view else 0)

    def _open_event(self) -> None:
        self.app_context.back_to("event", event_id=self._event_id, tab="当日")


def _warnings_text(view: GroupsView) -> str:
    """Return the first four warnings, a sentence a line, and how many more there are; "" = none."""
    rows = {
        one.entry.id: one
        for one in (*view.people_without_group, *(one for column in view.columns for one in column.people))
    }
    lines = [words for warning in view.warnings if (words := _warning_text(warning, rows))]
    shown = lines[:_MAX_WARNINGS]
    if len(lines) > len(shown):
        shown.append(f"ほかに{len(lines) - len(shown)}件あります。")
    return "\n".join(shown)


def _warning_text(warning: GroupWarning, rows: dict[int, RosterRow]) -> str:
    names = "と".join(f"{rows[each].name}さん" for each in warning.entry_ids if each in rows)
    if warning.kind == "同じ団体":
        return f"{warning.group}班に、{warning.organisation}の方が{len(warning.entry_ids)}人います。"
    if warning.kind == "同じ班の希望":
        return f"{names}は、同じ班の希望ですが、別の班です。"
    if warning.kind == "別の班の希望":
        return f"{names}は、別の班の希望ですが、同じ班です。"
    return "班の人数に2人以上の差があります。"
