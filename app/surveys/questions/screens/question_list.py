"""The questions of a set as a list to reorder, and the findings on them with links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from app.common.join_nonempty import join_nonempty
from app.documents.screens.export_button import KEYS, export_button
from app.surveys.questions.parts import question_hint
from app.surveys.questions.rules import QuestionFinding, other_option_of, printed_title, sum_label_of
from app.widgets.buttons import Button, MenuAction, MoreButton, inline_button
from app.widgets.flow_row import FlowRow
from app.widgets.keys import on_key
from app.widgets.labels import IconLabel, Paragraph, separator, with_accessible_name
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.record_model import Cell, Column, ExportColumn, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.lists.record_view import RecordView
from app.widgets.panel import Panel
from app.window import theme as t
from app.window.app_context import AppContext
from db.records.surveys import Question

_LINE = 3
NO_FINDINGS = "気になる点はありません。両面1枚に収まり、だれの回答か分かる聞き方もありません。"
_WEIGHT_ICONS = {"注意": ("warning-fill", t.AMBER), "参考": ("info", t.INK_SECONDARY)}


class RowDrag(QObject):
    """Moves a row of a list by mouse drag.

    Signals: ``row_dropped(int, int)`` the row and its new place, from 0. Rows cannot be dragged while ``is_allowed`` is
    False.
    """

    row_dropped = Signal(int, int)

    def __init__(self, view: RecordView):
        super().__init__(view)
        self.is_allowed = True
        self._view = view
        self._row = -1
        self._from = QPoint()
        self._line = QFrame(view.viewport())
        self._line.setStyleSheet(f"background: {t.ACCENT};")
        self._line.hide()
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow a drag and emit ``row_dropped`` on release; return True for moves that the list must not see."""
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._row = self._view.rowAt(event.position().toPoint().y()) if self.is_allowed else -1
            self._from = event.position().toPoint()
        elif event.type() == QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
            return self._show_target(event.position().toPoint())
        elif event.type() == QEvent.Type.MouseButtonRelease and self._line.isVisible():
            self._line.hide()
            place = self._target_row(event.position().toPoint().y())
            row, self._row = self._row, -1
            # Once it is taken out, every row below moves up by one.
            target = place - 1 if place > row else place
            if target != row:
                self.row_dropped.emit(row, target)
            return True
        return False

    def _show_target(self, point: QPoint) -> bool:
        """Show a line where the row would be dropped; return True to keep the list from selecting rows."""
        if self._row < 0:
            return False
        if not self._line.isVisible() and (point - self._from).manhattanLength() < QApplication.startDragDistance():
            return True
        place = self._target_row(point.y())
        last = self._view.rows.rowCount() - 1
        y = (
            self._view.rowViewportPosition(place)
            if place <= last
            else self._view.rowViewportPosition(last) + self._view.rowHeight(last)
        )
        self._line.setGeometry(0, max(0, y - _LINE // 2 - 1), self._view.viewport().width(), _LINE)
        self._line.show()
        self._line.raise_()
        return True

    def _target_row(self, y: int) -> int:
        """Return the row before which the mouse is; the number of rows = behind the last."""
        row = self._view.rowAt(y)
        if row < 0:
            return self._view.rows.rowCount() if y > 0 else 0
        middle = self._view.rowViewportPosition(row) + self._view.rowHeight(row) / 2
        return row + 1 if y > middle else row


def question_columns(place_of: Callable[[Question], int], marked: Callable[[Question], bool]) -> tuple[Column, ...]:
    """Return the columns of the questions, in the order of the paper without sorting.

    ``marked`` says whether a question has findings: it then has an icon.
    """

    def place(row: Question) -> Cell:
        """Return the cell of the number, with an icon where the question has findings."""
        sign = ("warning-fill", "確かめることがあります") if marked(row) else ("", "")
        return Cell(f"問{place_of(row)}", strong=True, icon=sign[0], icon_tone="amber", tip=sign[1])

    return unsorted(
        Column(
            "place",
            "番号",
            show=place,
            width=78,
        ),
        Column(
            "title",
            "設問・選択肢",
            show=_title,
            stretch=True,
            export_parts=(
                ExportColumn("設問", show=printed_title),
                ExportColumn("選択肢", show=lambda row: "\n".join(_options(row))),
                ExportColumn("答え方の注意", show=lambda row: "・".join(_marks(row))),
            ),
        ),
        Column("type", "種類", show=lambda row: Cell(question_hint(row)), width=130),
        Column(
            "sum",
            "足して示す",
            show=_sum,
            width=150,
            narrow=False,
            min_list_width=760,
            export_parts=(
                ExportColumn("足して示す", show=lambda row: _sum(row).text),
                ExportColumn("足す選択肢", show=lambda row: _sum(row).second),
            ),
        ),
    )


_NO_BREAK_SPACE = "\u00a0"
"""A non-breaking space that keeps a choice's number with its words."""


def _title(row: Question) -> Cell:
    second = join_nonempty(
        "　".join(one.replace(" ", _NO_BREAK_SPACE, 1) for one in _options(row)),
        "・".join(_marks(row)),
        separator="　／　",
    )
    return Cell(printed_title(row), second, strong=True)


def _options(row: Question) -> list[str]:
    return [f"{number} {text}" for number, text in enumerate(row.options, 1)]


def _marks(row: Question) -> list[str]:
    """Return phrases on what is special about a question: その他, exclusive option, branch, unit."""
    marks = []
    if row.has_other and other_option_of(row) not in row.options:
        marks.append("その他の記入あり")
    if row.exclusive_option:
        marks.append(f"「{row.exclusive_option}」はほかと一緒に選べない")
    if row.asked_of:
        marks.append("「" + "」「".join(row.asked_of_options) + "」の方だけ")
    if row.type.is_number and row.unit:
        marks.append(f"単位 {row.unit}")
    return marks


def _sum(row: Question) -> Cell:
    """Return the cell with the label of the sum (満足計 …) and the options added up below; empty without a sum."""
    label = sum_label_of(row)
    return Cell(label, "＋".join(row.positive)) if label else Cell("")


class QuestionList(QWidget):
    """The questions of a set as a list, with a button to add one; other actions are in 「…」.

    Signals: ``add_asked()``; ``edit_asked()``, ``copy_asked()`` for the current question, ``remove_asked()`` for the
    selected ones; ``move_asked(int)`` up (−1) or down (+1).
    """

    add_asked = Signal()
    edit_asked = Signal()
    copy_asked = Signal()
    remove_asked = Signal()
    move_asked = Signal(int)

    def __init__(
        self,
        app_context: AppContext,
        *,
        event_id: Callable[[], int | None],
        extra_actions: Callable[[], Iterable[MenuAction]],
    ):
        """Create the list; ``extra_actions`` are further entries of 「…」.

        ``event_id`` returns the event for which an export is logged, None = none.
        """
        super().__init__()
        self._questions: tuple[Question, ...] = ()
        self._codes: list[str] = []
        self._marked_codes: AbstractSet[str] = frozenset()
        self._is_open = self._editable = False
        self.add_button = Button("設問を加える", self.add_asked.emit, icon_name="plus")
        self.menu_button = MoreButton(lambda: (*self.menu_actions(), *extra_actions()))
        self.table = RecordTable(
            "survey_questions",
            question_columns(self.place_of, self._is_marked),
            title="設問の一覧",
            empty="設問がありません。",
            empty_button="設問を加える",
            empty_on_click=self.add_asked.emit,
            filtered=False,
            unit="問",
            hint="Enter で直す、Alt+↑↓ で並べ替え、Delete で削除",
            names_people=False,
        )
        self.export = export_button(app_context, self.table, title="設問の一覧", event_id=event_id)
        self.export.setParent(self)
        self.export.hide()
        on_key(self, KEYS, self.export.click)  # a hidden button receives no key
        in_column(FlowRow(self.add_button, self.menu_button, spacing=6), (self.table, 1), owner=self, spacing=8)

    def show_questions(
        self, questions: Sequence[Question], code_to_select: str, *, is_open: bool, editable: bool
    ) -> None:
        """Show the set with the question of code ``code_to_select`` as the current one.

        "" = the one that was current; where it is gone, the first.

        ``is_open`` = questions may be added and removed; ``editable`` = their words may be changed.
        """
        self._is_open, self._editable = is_open, editable
        self._questions = tuple(questions)
        self._codes = [question.code for question in questions]
        kept = code_to_select or getattr(self.table.current(), "code", "")
        self.table.show_rows(questions)
        if questions and not self.table.choose(lambda one: one.code == kept, take_focus=False):
            self.table.choose(lambda one: one.code == questions[0].code, take_focus=False)
        self.add_button.setEnabled(is_open)

    def mark_questions(self, codes: AbstractSet[str]) -> None:
        """Show an icon at the questions with these codes, and at no others."""
        if codes == self._marked_codes:
            return
        self._marked_codes = frozenset(codes)
        code = getattr(self.table.current(), "code", "")
        self.table.show_rows(self._questions)
        self.table.choose(lambda one: one.code == code, take_focus=False)

    def place_of(self, question: Question) -> int:
        """Return the number of a question on the sheet from 1, 0 = not in the set."""
        return self._codes.index(question.code) + 1 if question.code in self._codes else 0

    def _is_marked(self, question: Question) -> bool:
        return question.code in self._marked_codes

    def menu_actions(self) -> Iterator[MenuAction]:
        """Yield the actions on the current question, and the export to a workbook."""
        current = self.table.current()
        place = self.place_of(current) if current is not None else 0
        if place and self._editable:
            yield "直す　Enter", self.edit_asked.emit
        if place and self._is_open:
            yield "複製する　Ctrl+D", self.copy_asked.emit
            if place > 1:
                yield "上へ動かす　Alt+↑", lambda: self.move_asked.emit(-1)
            if place < len(self._codes):
                yield "下へ動かす　Alt+↓", lambda: self.move_asked.emit(1)
            yield "削除する　Delete", self.remove_asked.emit
        if self.export.isEnabled():
            yield f"Excelに出力　{KEYS}", self.export.click


class FindingsPanel(QWidget):
    """The findings in a set of questions, with reasons and links.

    Signals: ``chosen(str)`` the code of the question to correct.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.findings: tuple[QuestionFinding, ...] = ()
        self.buttons: list[Button] = []
        self._panel = Panel("確かめること", note="保存はこのままできます")
        self._list = in_column(spacing=8)
        self._panel.put(self._list)
        in_column(self._panel, None, owner=self)
        self._parts: list[QWidget] = []

    def show_findings(self, findings: Sequence[QuestionFinding]) -> None:
        """Show a line for each finding, or that there are none."""
        if tuple(findings) == self.findings and self._parts:
            return
        self.findings = tuple(findings)
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts, self.buttons = [], []
        if not findings:
            self._put(self._line("check-circle-fill", t.GREEN, NO_FINDINGS, "", ""))
        for number, finding in enumerate(findings):
            if number:
                self._put(separator())
            name, colour = _WEIGHT_ICONS[finding.weight]
            self._put(self._line(name, colour, finding.text, finding.why, finding.code))

    def _put(self, part: QWidget) -> None:
        self._list.addWidget(part)
        self._parts.append(part)

    def _line(self, icon_name: str, colour: str, text: str, why: str, code: str) -> QWidget:
        """Build the line of one finding; with a ``code`` it has a button to the question."""
        holder = QWidget()
        icon = IconLabel(icon_name, 18, colour)
        line = in_row((icon, 0, Qt.AlignmentFlag.AlignTop), owner=holder, spacing=10)
        words = in_column(Paragraph(f"**{text}**" if why else text), spacing=2)
        if why:
            words.addWidget(Paragraph(why, role="small"))
        line.addLayout(words, 1)
        if code:
            button = with_accessible_name(
                inline_button("設問を開く", lambda: self.chosen.emit(code)), f"{text}　設問を開く"
            )
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self.buttons.append(button)
        return holder
