"""The screen その日の状態: an event at a past moment beside now, with a banner while the past is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.calendar.dates import (
    clock_time,
    long_date,
    short_date,
    short_date_plain,
)
from app.calendar.office_days import DateProblem
from app.common.join_nonempty import join_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.events.as_of.documents import AS_OF, moment_words
from app.events.as_of.rules import (
    SAME,
    AsOfView,
    CountThenAndNow,
    DueLine,
    LaterChange,
    PersonLine,
    StateWords,
    count_words,
    current_deadline_text,
    entry_change_text,
    parse_moment,
)
from app.events.as_of.services import as_of_scope, read_as_of
from app.main_window.navigation import ScreenEntry
from app.widgets.badges import Badge, KindSquare
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.keys import on_key
from app.widgets.labels import (
    IconLabel,
    heading,
    key_cap,
    label,
    section,
    show_text_or_hide,
    small_label,
    with_accessible_name,
    wrapped_label,
)
from app.widgets.layouts import add, column_of, in_column, stack_when_narrow
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, Tone, unsorted
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, in_scroll_area, page_column, widget_row
from app.window import theme as t
from app.window.announce import SPOKEN_MOMENT, announce
from app.window.app_context import AppContext


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, whose widget is built when it is first shown."""

    yield ScreenEntry("past", "clock-counter-clockwise", "その日の状態", AsOfScreen, parent_screen="events")


_STATE_STYLES: dict[str, tuple[str, Tone]] = {
    "done": ("check-circle-fill", "green"), "late": ("warning-octagon-fill", "red"), "passed": ("clock-fill", "amber"),
    "open": ("circle", ""), "none": ("", "second"),
}  # fmt: skip
_SIDE_WIDTH = 316
_WIDEST_MOMENT = "12/28(月) 23:59"
"""Longest moment in the banner's field, which must be fully visible."""
_DEFAULT_WIDTH_LETTERS = 17
"""Number of letters x that Qt makes a field wide by default."""
_CURSOR_WIDTH = 4


class AsOfBanner(QFrame):
    """Banner with the moment, the notice that nothing can be written, and navigation through the past.

    Signals: ``moment_typed(str)``.
    """

    moment_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "seatband")
        self.setProperty("tone", "amber")
        self.moment = label("", "warned")
        self.problem = wrapped_label("", "problem")
        self.problem.hide()
        self.field = with_accessible_name(QLineEdit(placeholderText="9/25 17:00"), "見たい時点")
        self.field.setToolTip("日か、日と時刻を入力して Enter（9/25、9/25 17:00、R8.9.25 午後5時）")
        self.field.returnPressed.connect(lambda: self.moment_typed.emit(self.field.text()))
        self.earlier = Button("前の変更", icon_name="caret-left")
        self.later = Button("つぎの変更", icon_name="caret-right")
        self.later.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.print = Button("この時点の状態を印刷", icon_name="printer")
        self.back = Button("今に戻る")
        sign = IconLabel("clock-counter-clockwise", 20, t.AMBER_INK)
        first = widget_row(sign, self.moment, Badge("閲覧専用"), None)
        words = in_column(first, self.problem, spacing=2)
        line = self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        line.setContentsMargins(t.PAGE_X - 4, 8, t.PAGE_X, 8)
        line.setSpacing(12)
        line.addLayout(words, 1)
        across = widget_row(self.field, self.earlier, self.later, None)
        line.addLayout(across)

    def showEvent(self, event: QShowEvent) -> None:
        """Set the width of the field, which is known once the style is applied."""
        super().showEvent(event)
        letters = self.field.fontMetrics()
        edges = self.field.sizeHint().width() - _DEFAULT_WIDTH_LETTERS * letters.horizontalAdvance("x")
        self.field.setFixedWidth(letters.horizontalAdvance(_WIDEST_MOMENT) + edges + _CURSOR_WIDTH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use two lines in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < t.scaled(980)
        stack_when_narrow(self._line, narrow)

    def show_view(self, view: AsOfView) -> None:
        """Show the moment of the page, hide a problem, and enable 「前の変更」 and 「つぎの変更」 if there is one."""
        self.moment.setText(f"{moment_words(view.moment)} 時点")
        self.field.setText(f"{short_date_plain(view.moment.date())} {clock_time(view.moment)}")
        self.earlier.setEnabled(view.earlier_step is not None)
        self.later.setEnabled(view.later_step is not None)
        self.show_problem("")

    def show_problem(self, problem: str) -> None:
        """Show what is wrong with the typed moment; "" hides it."""
        show_text_or_hide(self.problem, problem)


class AsOfScreen(Screen):
    """Screen その日の状態, one event as it was after a journal entry or at a moment. Signals: none.

    ``open_with(event_id=…, seq=…)`` or ``open_with(event_id=…, moment=…)``; without an event the last state stays.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.view: AsOfView | None = None
        self._event_id = 0
        self._seq: int | None = None
        self._moment: datetime | None = None
        self._whole = False
        self.band = AsOfBanner()
        self.band.moment_typed.connect(self._go_to_typed)
        self.band.earlier.chosen.connect(lambda: self._go_to_step(lambda view: view.earlier_step))
        self.band.later.chosen.connect(lambda: self._go_to_step(lambda view: view.later_step))
        self.band.back.chosen.connect(self.leave)
        self.band.print.chosen.connect(self.print_out)
        self.bar = ActionBar(app_context)
        self.bar.put(self.band.print, self.band.back)
        self.bar.show_words("書換えはできません。印刷には時点が入ります。")
        self.square = KindSquare(side=24)
        self.title = heading("")
        self.head = wrapped_label()
        self.state = label("", "strong")
        self.early = NoteBox("", "amber")
        self.dues = FittedTable(
            "past-dues",
            unsorted(
                Column("what", "やること", lambda one: Cell(one.label, strong=True), stretch=True),
                Column("owner", "担当", lambda one: Cell(one.owner), width=92, narrow=False),
                Column("basis", "根拠", lambda one: Cell(one.basis, tone="second"), width=150, min_list_width=640),
                Column("due", "期限", lambda one: Cell(one.due_words, strong=True), width=112),
                Column("then", "その日", lambda one: _state_cell(one.then), width=170),
                Column("now", "今", _current_state_cell, width=170),
            ),
            title="期限と状態",
            empty="この時点では、この実施回はまだありませんでした。",
            tint=_tint,
            names_people=False,
        )
        self.counts = FittedTable(
            "past-counts",
            unsorted(
                Column("what", "項目", lambda one: Cell(one.label), stretch=True),
                Column("then", "その日", lambda one: Cell(count_words(one)[0], strong=True), width=78, align="right"),
                Column("now", "今", _current_count_cell, width=78, align="right"),
                Column("gap", "差", lambda one: Cell(one.difference, tone="second"), width=84),
            ),
            title="数",
            empty="数えるものがありません。",
            tint=_tint,
            names_people=False,
        )
        self.people = FittedTable(
            "past-people",
            unsorted(
                Column("group", "団体", lambda one: Cell(one.organisation), stretch=True),
                Column("name", "氏名", lambda one: Cell(one.name), width=104),
                Column("place", "その日 → 今", _entry_cell, width=158),
            ),
            title="名簿",
            empty="名簿で変わったところはありません。",
            tint=_tint,
        )
        self.people.name_copies("その日の名簿", lambda: self._event_id or None)
        self.moved = label("", "small")
        self.whole = link_button("", self._toggle_all_people)
        self.reach = NoteBox("", "accent", small=True)
        self.foot = small_label()
        self.changes = FittedTable(
            "past-changes",
            unsorted(
                Column(
                    "at",
                    "時刻",
                    lambda one: clock_time(one.at),
                    width=68,
                ),
                Column("what", "このあと変わったこと", _change_cell, stretch=True),
            ),
            title="このあと変わったこと",
            empty="このあと変わったことはありません。",
            group=lambda one: short_date(one.at.date(), self.today),
            on_open=lambda one: self.show_step(one.seq),
        )
        self.changes.name_copies("このあと変わったこと", lambda: self._event_id or None)
        self._build()
        on_key(self, Qt.Key.Key_Escape, self.leave, inside=True)

    def _build(self) -> None:
        inside = QWidget()
        main = page_column(inside)
        back = Button("前の画面へ戻る", self.leave, kind="icon", icon_name="arrow-left")
        add(main, widget_row(back, self.square, self.title, None, self.state), self.head, self.early)
        self.early.show_text("")
        hint = widget_row(section("期限と状態"))
        hint.addWidget(small_label("色の付いた行は、このあと変わりました"), 1)
        add(main, hint, self.dues)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(16)
        self._pair.addLayout(_stacked(widget_row(section("数"), None), self.counts), 1)
        rest = widget_row(self.whole, None)
        self._pair.addLayout(_stacked(widget_row(section("名簿"), None, self.moved), self.people, rest, self.reach), 1)
        add(main, self._pair, self.foot, None)
        keys = FlowRow(
            *(_key_hint(cap, act) for cap, act in (("↓", "選ぶ"), ("Enter", "その時点へ"), ("Esc", "今に戻る")))
        )
        side = column_of(keys, self.changes, margins=(0, t.PAGE_Y, t.PAGE_X - 8, t.PAGE_Y))
        self.columns = FoldingColumns(AS_OF, in_scroll_area(inside), (("変わったこと", side),), wide=_SIDE_WIDTH, gap=0)
        in_column(self.band, (self.columns, 1), self.bar, owner=self, spacing=0)
        self.setFocusProxy(self.changes)

    def fit_size(self) -> None:
        """Put numbers and roster below each other in a narrow window."""
        narrow = self.window().width() < t.scaled(t.FOLD_NARROW + 100)
        stack_when_narrow(self._pair, narrow)

    def open_with(self, **arguments: Any) -> None:
        """Set the event and the journal entry ``seq`` or ``moment`` that ``reload`` shows; no event = no change."""
        if "event_id" not in arguments:
            return
        self._event_id = int(arguments["event_id"])
        self._seq, self._moment = arguments.get("seq"), arguments.get("moment")
        self._whole = False

    def view_state(self) -> dict[str, Any]:
        """Return the event and its step or moment."""
        return {"event_id": self._event_id, "seq": self._seq, "moment": self._moment}

    def reload(self) -> None:
        """Read the event as it was at the moment."""
        if self._event_id:
            self.run_read(
                self._show,
                read_as_of,
                event_id=self._event_id,
                seq=self._seq,
                moment=self._moment,
                now=self.app_context.now(),
            )

    def undo(self) -> None:
        """Show a message that nothing can be undone while the past is shown."""
        self.app_context.show_message("その日の状態を見ている間は、元に戻せません。「今に戻る」から行ってください。")

    def show_step(self, seq: int) -> None:
        """Show the state after the journal entry ``seq``."""
        self._seq, self._moment = seq, None
        self.reload()

    def leave(self) -> None:
        """Go back to 変更の履歴 of the event."""
        self.app_context.back_to("changes", event_id=self._event_id)

    def print_out(self) -> None:
        """Show the page as a document with its moment, to be saved or printed."""
        if self.view is not None:
            DocumentDialog(
                self,
                scope=as_of_scope(self.view),
                kind=AS_OF,
                subject=f"{self.view.title}　{moment_words(self.view.moment)} 時点",
            ).open()

    def _go_to_typed(self, text: str) -> None:
        """Show the typed moment; say why if it cannot be read or its day lies ahead."""
        if self.view is None:
            return
        try:
            moment = parse_moment(text, self.view.fiscal_year, shown_moment=self.view.moment)
        except DateProblem as problem:
            self._refuse(str(problem))
            return
        if moment.date() > self.view.now.date():
            self._refuse(f"{long_date(moment.date())}は、まだ先の日です。本日までの日を入力してください。")
            return
        self._seq, self._moment = None, moment
        self.reload()

    def _refuse(self, problem: str) -> None:
        """Show and say why the typed moment can't be shown."""
        self.band.show_problem(problem)
        announce(self.band, problem)

    def _go_to_step(self, step_of_view: Callable[[AsOfView], int | None]) -> None:
        """Show the state after the step that ``step_of_view`` returns for the shown view; nothing for None."""
        seq = step_of_view(self.view) if self.view is not None else None
        if seq is not None:
            self.show_step(seq)

    def _toggle_all_people(self) -> None:
        """Show all people, or only those that changed."""
        self._whole = not self._whole
        if self.view is not None:
            self._show_people(self.view)

    def _show(self, view: AsOfView) -> None:
        """Show the event then and now in all lists, and say the title aloud if the moment is another one."""
        self.view = view
        moment = f"{moment_words(view.moment)} 時点"
        self.setProperty(SPOKEN_MOMENT, moment)
        if self.band.moment.text() != moment:
            announce(self, view.title)
        self.band.show_view(view)
        self.square.show_kind(view.kind)
        self.title.setText(view.title)
        there = view.event is not None
        self.head.setText(view.head_then if there else "この時点では、まだありませんでした。")
        moved = there and view.state_then != view.state_now
        self.state.setText(f"{view.state_then} → 今 {view.state_now}" if moved else view.state_then)
        self.early.show_text(
            f"その時点は組み立てられません。分かるいちばん前の{moment_words(view.known_from)}を出しています。"
            f"{view.known_from_reason}"
            if view.is_too_early
            else ""
        )
        then = f"{short_date(view.moment.date(), view.now.date())} {clock_time(view.moment)}"
        now = f"今　{short_date(view.now.date(), view.now.date())} {clock_time(view.now)}"
        self.dues.model.retitle("then", then)
        self.dues.model.retitle("now", now)
        self.counts.model.retitle("then", short_date(view.moment.date(), view.now.date()))
        self.dues.show_rows(view.deadlines)
        self.counts.show_rows(view.counts)
        self._show_people(view)
        self.reach.show_text(f"**どこまで戻れるか**　{moment_words(view.known_from)}から\n{view.known_from_reason}")
        self.foot.setText(
            f"操作の記録から組み立てています（{moment_words(view.moment)} までの {view.step_count:,}件）。"
            "情報が消されていない間は、いつでも同じ状態を見られます。"
        )
        self.changes.show_rows(view.changes)
        self.changes.ensure_current_row()
        self.columns.set_count(1, len(view.changes))
        self._finish_layout()

    def _finish_layout(self) -> None:
        """Let lists and page take their sizes before anything is drawn.

        Twice, because a page taller than the window gets a scroll bar, which makes every list narrower.
        """
        for _turn in range(2):
            for table in (self.dues, self.counts, self.people, self.changes):
                table.measure_now()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _show_people(self, view: AsOfView) -> None:
        """Show the people who changed, or everybody if that is chosen."""
        self.people.show_rows(view.people if self._whole else view.changed_people)
        rest = len(view.people) - len(view.changed_people)
        self.moved.setText(f"{view.people_count_then}人のうち、変わった方 {len(view.changed_people)}人")
        day = short_date(view.moment.date(), view.now.date())
        self.whole.set_words("変わった方だけにする" if self._whole else f"ほか{rest}人は同じ　{day} の名簿を開く")
        self.whole.setVisible(rest > 0)


def _stacked(*parts: QWidget | QHBoxLayout) -> QVBoxLayout:
    """Return widgets and layouts below each other."""
    column = in_column(spacing=6)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    column.addStretch(1)
    return column


def _tint(line: DueLine | CountThenAndNow | PersonLine) -> str:
    return t.ACCENT_TINT if line.is_changed else ""


def _state_cell(state: StateWords) -> Cell:
    icon, tone = _STATE_STYLES[state.style]
    main, _gap, beside = state.text.partition("　")
    return Cell(main, beside, icon=icon, tone=tone, icon_tone=tone)


def _current_state_cell(line: DueLine) -> Cell:
    words = current_deadline_text(line)
    if words == SAME:
        return Cell(words, icon="equals", tone="second")
    return _state_cell(replace(line.now, text=words))


def _current_count_cell(line: CountThenAndNow) -> Cell:
    return Cell(count_words(line)[1], strong=line.is_changed, tone="accent" if line.is_changed else "second")


def _entry_cell(line: PersonLine) -> Cell:
    return Cell(entry_change_text(line.then, line.now, ""), line.other_changes, strong=line.is_changed)


def _change_cell(line: LaterChange) -> Cell:
    """Return the cell of a later change: what was done, its old → new values and by whom."""
    aside = "元に戻しました" if line.is_undone else ""
    return Cell(line.action, join_nonempty(line.words, line.by), aside=aside)


def _key_hint(cap: str, action_text: str) -> QWidget:
    pair = QWidget()
    line = widget_row(key_cap(cap), label(action_text, "small"), spacing=4)
    pair.setLayout(line)
    return pair
