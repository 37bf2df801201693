"""電話一覧 on screen: one line a 団体 with the result of its calls, keys, and buttons in the current line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from app.events.calls.documents import CALL_LIST
from app.events.calls.services.call_sheet import (
    AGAIN,
    MESSAGE,
    NOT_NEEDED,
    NOT_YET,
    REACHED,
    CallLine,
    CallPerson,
)
from app.widgets.buttons import MINIMUM_WIDTH, Button
from app.widgets.display_texts import short_moment
from app.widgets.flow_row import FlowRow
from app.widgets.focus_keeper import scroll_into_view
from app.widgets.keys import ENTER
from app.widgets.labels import key_cap, label
from app.widgets.layouts import in_column, in_row, row_of
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.window import theme as t
from app.window.app_context import AppContext
from app.window.debounce import debounce
from db.record import record
from db.records.calls import Call, CallOutcome

RESULT = "result"
_ONE_LINE = 10
NO_PHONE = "番号なし"


@record
class CallOption:
    """One result that can be recorded for a line: its key, and the texts of its button with their widths."""

    outcome: str
    key: Qt.Key
    key_words: str
    words: str
    width: int
    short_words: str
    short_width: int


def _option(
    outcome: str, key: Qt.Key, key_words: str, width: int, short_words: str = "", short_width: int = 0, words: str = ""
) -> CallOption:
    """Return a result with its key; without short words its button is always the same."""
    return CallOption(
        outcome=outcome,
        key=key,
        key_words=key_words,
        words=words or outcome,
        width=width,
        short_words=short_words or words or outcome,
        short_width=short_width or width,
    )


CHANGE_OPTIONS = (
    _option(REACHED, Qt.Key.Key_Return, "Enter", 68),
    _option(AGAIN, Qt.Key.Key_A, "A", 108, "不在", 52),
    _option(MESSAGE, Qt.Key.Key_D, "D", 52),
)
"""The results of a call about a 中止 or change."""
REVOCATION_OPTIONS = (
    _option(REACHED, Qt.Key.Key_Return, "Enter", MINIMUM_WIDTH, words="来る"),
    *CHANGE_OPTIONS[1:],
    _option(CallOutcome.NOT_COMING, Qt.Key.Key_F4, "F4", MINIMUM_WIDTH, words="来ない"),
)
"""The results of a call about a 中止 or change that was revoked: whoever was told of it is asked whether he comes."""
CONFIRMATION_OPTIONS = (
    _option(REACHED, Qt.Key.Key_Return, "Enter", MINIMUM_WIDTH),
    _option(AGAIN, Qt.Key.Key_A, "A", 108, "不在", MINIMUM_WIDTH),
    _option(MESSAGE, Qt.Key.Key_D, "D", MINIMUM_WIDTH),
    _option(CallOutcome.NOT_COMING, Qt.Key.Key_F4, "F4", MINIMUM_WIDTH),
    _option(CallOutcome.PROXY, Qt.Key.Key_F6, "F6", MINIMUM_WIDTH),
)
"""The results of a call before an event; 欠席 and 代理 have the keys of the roster."""


CANCELLATION_PHONE = "電話（中止連絡用）"


def call_columns(
    today: date, options: Sequence[CallOption] = CHANGE_OPTIONS, phone: str = CANCELLATION_PHONE
) -> tuple[Column, ...]:
    """Return the columns of the telephone list, with room for the buttons of the current line."""
    return unsorted(
        Column("name", "団体", _name, widest=180),
        Column("phone", phone, _phone, width=140),
        Column("people", "参加者", _people, stretch=True),
        Column(
            RESULT,
            "結果・だれが・いつ",
            lambda line: result_cell(line.state, line.newest_call, today, line.settled_words),
            width=_needed_width(options, several=True, unscaled=True) + _EDGE,
        ),
    )


def result_cell(state: str, call: Call | None, today: date, settled_words: str = REACHED) -> Cell:
    """Return 「✓ 連絡済 8:21 山田」「8:29 林 不在 再架電 9:00」「○ 未連絡」; the day where it is another one.

    ``settled_words`` says what was answered once nobody is to be called again.
    """
    if state == NOT_YET or call is None:
        # Some people of a 団体 may have been reached while others were not tried.
        partly = f"一部 {call.outcome} {short_moment(call.at, today)} {call.by}" if call is not None else ""
        return Cell(NOT_YET, partly, icon="circle", tone="second")
    if state == REACHED:
        return Cell(
            settled_words,
            icon="check-circle-fill",
            tone="green",
            strong=True,
            aside=f"{short_moment(call.at, today)} {call.by}　{call.note}".rstrip("　"),
        )
    if state == NOT_NEEDED:
        return Cell(NOT_NEEDED, icon="prohibit", tone="second")
    tried = f"{short_moment(call.at, today)} {call.by}"
    return Cell(
        f"{tried}　{unreached_words(call)}　{call_again_words(call, today)}".rstrip("　"),
        "" if call.outcome.is_message else call.note,
        icon="phone-x",
        tone="amber",
        strong=True,
    )


def unreached_words(call: Call) -> str:
    """Return how a message was left (「留守電」, else 「伝言」); 「不在」 for a call with any other outcome."""
    if call.outcome.is_message:
        return call.note or MESSAGE
    return "不在"


def call_again_words(call: Call, today: date) -> str:
    """Return 「再架電 9:00」, with the day when it is another one; "" if nobody is to be called again."""
    if call.again_at is None:
        return ""
    return f"再架電 {short_moment(call.again_at, today)}"


def person_state_words(person: CallPerson) -> str:
    """Return the state of a person in words: 連絡済, 不在, 伝言, else the state itself."""
    return "不在" if person.state == AGAIN else person.state


def _name(line: CallLine) -> Cell:
    return Cell(line.name, strong=True, tip=line.branch)


def _phone(line: CallLine) -> Cell:
    """Return the cell of the phone numbers, one a line where people have their own."""
    if not line.phones:
        return Cell(NO_PHONE, tone="amber", icon="warning-fill")
    if _has_own_numbers(line):
        # One a line, beside the names.
        return Cell(
            "\n".join(one.phones[0].number if one.phones else "—" for one in line.people), tip=_all_numbers(line)
        )
    return Cell("\n".join(dict.fromkeys(one.number for one in line.phones)), tip=_all_numbers(line))


def _has_own_numbers(line: CallLine) -> bool:
    return len(line.people) > 1 and any(one.phones for one in line.people)


def _all_numbers(line: CallLine) -> str:
    return "\n".join(f"{one.number}　{one.whose}".rstrip("　") for one in line.phones)


def _people(line: CallLine) -> Cell:
    """Return the cell of the people, with the state of each where they differ."""
    if len({person.state for person in line.people}) > 1:
        return Cell("\n".join(f"{one.name}（{person_state_words(one)}）" for one in line.people))
    names = [one.name for one in line.people]
    # Side by side while short; otherwise one a line, so that no name is split.
    together = sum(map(len, names)) <= _ONE_LINE and not _has_own_numbers(line)
    return Cell(("　" if together else "\n").join(names))


_PEOPLE = "1人ずつ記録（F2）"
_IN_EVERY_WIDTH = (REACHED, AGAIN)
"""What has a button beside the menu; where even these are too wide, the first alone."""
_AROUND, _BETWEEN, _SIGN, _EDGE = 12, 4, 32, 8


class LineActions(QFrame):
    """Buttons of the current line. Signals: ``called(str)`` the outcome; ``people_asked()``."""

    called = Signal(object)
    people_asked = Signal()

    def __init__(self, line: CallLine, options: Sequence[CallOption], *, width: int):
        """Create the buttons for a cell of ``width``; in a narrow one texts get shorter, then go into a menu."""
        super().__init__()
        self._line = line
        self.setObjectName("acts")
        # Clear of the border of the current row, which the list draws below.
        self.setStyleSheet(f"QFrame#acts {{ background: {t.SELECTION}; margin: 2px 2px 3px 0; }}")
        self._row = in_row(owner=self, spacing=_BETWEEN, margins=(6, 0, 4, 0))
        several = len(line.people) > 1
        is_short = _needed_width(options, several=several) > width
        fits = not is_short or _needed_width(options, several=several, short=True) <= width
        beside_menu = [one for one in options if one.outcome in _IN_EVERY_WIDTH]
        if _needed_width(beside_menu, several=True, short=True) > width:
            beside_menu = beside_menu[:1]
        shown = list(options) if fits else beside_menu
        for option in shown:
            self._add(option, is_short=is_short)
        if not fits:
            self._row.addWidget(self._menu([one for one in options if one not in shown], several))
        elif several:
            one = Button(_PEOPLE, self.people_asked.emit, kind="icon", icon_name="users")
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._row.addWidget(one)
        self._row.addStretch(1)

    def _add(self, option: CallOption, *, is_short: bool) -> None:
        kind = "main" if option.outcome == REACHED else "plain"
        words = option.short_words if is_short else option.words
        button = Button(words, partial(self.called.emit, option.outcome), low=True, kind=kind)  # type: ignore[arg-type]
        button.setAccessibleName(f"{self._line.name}　{words}")
        button.setFixedWidth(t.scaled(option.short_width if is_short else option.width))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(button)

    def _menu(self, rest: Sequence[CallOption], several: bool) -> Button:
        """Return the menu with the other ways to record a call."""
        more = Button(f"{self._line.name}　ほかの記録", kind="icon", icon_name="dots-three")
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(more)
        for one in rest:
            menu.addAction(one.words, partial(self.called.emit, one.outcome))
        if several:
            menu.addAction(_PEOPLE, self.people_asked.emit)
        more.setMenu(menu)
        return more


def _needed_width(options: Sequence[CallOption], *, several: bool, short: bool = False, unscaled: bool = False) -> int:
    """Return the width all buttons need with their texts, with ``short`` their short ones.

    ``several`` adds the button for people one by one; ``unscaled`` = as columns give their width.
    """
    widths = [one.short_width if short else one.width for one in options] + ([_SIGN] if several else [])
    buttons = sum(widths if unscaled else map(t.scaled, widths))
    return buttons + _BETWEEN * (len(widths) - 1) + _AROUND


class CallTable(QWidget):
    """Telephone list of an event with its keys; ``options`` are the results that can be recorded.

    Copied rows are logged with ``title`` and the event.

    Signals: ``called(CallLine, str)`` a line and the outcome; ``people_asked(CallLine)`` its people one by one.
    """

    called = Signal(object, object)
    people_asked = Signal(object)

    def __init__(
        self,
        app_context: AppContext,
        event_id: Callable[[], int | None],
        *,
        key: str = "calls",
        title: str = CALL_LIST,
        phone: str = CANCELLATION_PHONE,
        options: Sequence[CallOption] = CHANGE_OPTIONS,
    ):
        super().__init__()
        self._options = options
        self._on = False
        self.is_recording = False
        """Whether a call is being recorded: keys act on the next line only once that is chosen."""
        self._lines: tuple[CallLine, ...] = ()
        self._at = QPersistentModelIndex()
        self.table = RecordTable(
            key,
            call_columns(app_context.today(), options, phone),
            title=title,
            filtered=False,
            foot=False,
            empty="この実施回の名簿には、まだ参加者がいません。",
            on_choose=self._show_line_actions,
        )
        self.table.name_copies(title, event_id)
        self.table.view.installEventFilter(self)
        self.table.model.rows_loaded.connect(self._show_line_actions)
        self._put_soon = debounce(self, self._show_line_actions)
        self.table.view.horizontalHeader().sectionResized.connect(lambda *_: self._put_soon.start())
        self.keys = FlowRow(spacing=12)
        self._show_hints()
        in_column((self.table, 1), self.keys, owner=self, spacing=6)
        self.setFocusProxy(self.table)

    def offer(self, options: Sequence[CallOption]) -> None:
        """Set the results that can be recorded."""
        if options != self._options:
            self._options = options
            self._show_hints()

    def _show_hints(self) -> None:
        """Show in the line below the list what its keys do."""
        self.keys.clear()
        options = [(one.key_words, one.words) for one in self._options]
        for key, words in (*options, ("F2", "1人ずつ"), ("↓", "つぎの団体")):
            pair = row_of(key_cap(key), label(words, "small"), spacing=4)
            self.keys.add(pair)
        self.keys.add_at_end(label("時刻と名前は自動で入ります", "small"))

    def show_lines(self, lines: Sequence[CallLine], *, is_enabled: bool) -> None:
        """Show the list; ``is_enabled`` False while nothing is decided, so that nobody can be called.

        The current line is kept. After an undo, the line whose call was undone becomes current, as the next key is
        meant for it.
        """
        newest = {line.key: line.newest_call.id for line in self._lines if line.newest_call is not None}
        back = next(
            (line for line in lines if (line.newest_call.id if line.newest_call else 0) < newest.get(line.key, 0)), None
        )
        kept = back or self.current()
        self._on = is_enabled
        # A key without effect is not offered.
        self.keys.setVisible(is_enabled and bool(lines))
        self._lines = tuple(lines)
        self._remove_line_actions()
        self.table.show_rows(self._lines)
        if kept is not None:
            self.table.choose(lambda line: line.key == kept.key, take_focus=False)
        elif self._lines:
            first = next((line for line in self._lines if line.state != REACHED), self._lines[0])
            self.table.choose(lambda line: line.key == first.key, take_focus=False)
        self._show_line_actions()

    def clear_position(self) -> None:
        """Forget the shown lines, before those of another event: no call of theirs is taken for undone."""
        self._lines = ()

    def current(self) -> CallLine | None:
        """Return the current line, or None."""
        found = self.table.current()
        return found if isinstance(found, CallLine) else None

    def select_next_call(self, key: str) -> None:
        """Select the next line to be called after ``key``, from the top again after the last."""
        keys = [line.key for line in self._lines]
        at = keys.index(key) if key in keys else -1
        rest = [*self._lines[at + 1 :], *self._lines[: at + 1]]
        wanted = next((line for line in rest if line.state != REACHED and line.key != key), None)
        if wanted is not None:
            self.table.choose(lambda line: line.key == wanted.key)
            # On a low window the list ends below the edge of its page.
            scroll_into_view(self.table.view, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the keys of the results and F2; the arrows stay with the table."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.table.view:
            return self._handle_key(event)
        return super().eventFilter(watched, event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        """Emit the call or question that a key stands for; return whether it stands for one."""
        line = self.current()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier
        key = Qt.Key(event.key())
        if line is None or held or not self._on:
            return False
        if key in ENTER:
            if not event.isAutoRepeat() and not self.is_recording:
                self._note_reached(line)
            return True
        outcome = next((one.outcome for one in self._options if one.key == key), None)
        if outcome is not None and not event.isAutoRepeat():
            if not self.is_recording:
                self.called.emit(line, outcome)
            return True
        if key == Qt.Key.Key_F2:
            self.people_asked.emit(line)
            return True
        return False

    def _note_reached(self, line: CallLine) -> None:
        if line.state == REACHED:
            self.select_next_call(line.key)
        else:
            self.called.emit(line, REACHED)

    def _show_line_actions(self) -> None:
        """Show buttons in the current line, where other lines show their result."""
        self._remove_line_actions()
        line = self.current()
        if line is None or not self._on or line.state == REACHED:
            return
        column = next(n for n, one in enumerate(self.table.model.columns) if one.key == RESULT)
        index = self.table.model.index(self.table.view.currentIndex().row(), column)
        acts = LineActions(line, self._options, width=self.table.view.columnWidth(column))
        acts.called.connect(partial(self.called.emit, line))
        acts.people_asked.connect(partial(self.people_asked.emit, line))
        self.table.view.setIndexWidget(index, acts)
        self._at = QPersistentModelIndex(index)

    def _remove_line_actions(self) -> None:
        if self._at.isValid():
            self.table.view.setIndexWidget(self._at, None)  # type: ignore[arg-type]
        self._at = QPersistentModelIndex()
