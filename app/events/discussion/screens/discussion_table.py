"""Table of a discussion: one row a 班, one cell a step, and the sums below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.event.rules.agenda import TimedItem
from app.events.discussion.rules import STEP_TITLES, STEPS, GroupDiscussion, editor_text, parse_step
from app.events.discussion.screens.autosaved_text import AutosavedText
from app.events.discussion.screens.step_cell import DiscussionStepCell
from app.events.discussion.services import (
    DiscussionView,
    choose_facilitator,
    save_note_count,
    save_step,
    set_composition,
)
from app.widgets.action_mixin import ActionMixin
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.labels import label, show_text_or_hide, small_label, styled_frame, with_accessible_name, wrapped_label
from app.widgets.layouts import in_column, in_row, layout_now
from app.widgets.screen import in_scroll_area, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, without_message
from db.digits import whole_number
from db.records.discussion import DiscussionLine, DiscussionStep

_SUMMARY_WIDTH = 176
_NARROW_SUMMARY_WIDTH = 148
_STEP_SHARES: dict[DiscussionStep, int] = {
    DiscussionStep.PROBLEMS: 26,
    DiscussionStep.SORTING: 22,
    DiscussionStep.SOLUTIONS: 28,
    DiscussionStep.PRESENTATION: 20,
}


def step_of_agenda_item(item: TimedItem) -> DiscussionStep | None:
    """Return the step of a timetable item by its title; None if it is no work of the 班."""
    title = item.item.title
    if "分類" in title or "選定" in title:
        return DiscussionStep.SORTING
    if "解決策" in title:
        return DiscussionStep.SOLUTIONS
    if "課題" in title:
        return DiscussionStep.PROBLEMS
    return DiscussionStep.PRESENTATION if "発表" in title else None


class GroupSummaryCell(ActionMixin, QWidget):
    """First cell of a row: 班, composition in numbers, facilitator, counted sticky notes. Signals: none."""

    def __init__(self, app_context: AppContext, event_id: int, number: int):
        super().__init__()
        self.app_context, self._event_id, self._number = app_context, event_id, number
        self._group = GroupDiscussion(number=number)
        self.name = label(f"{number}班", "h2")
        self.made_of = label("", "small")
        self.composition = with_accessible_name(QLineEdit(placeholderText="5人・4団体"), f"{number}班　人数と団体数")
        self.leader = ChoiceBox(f"{number}班　ファシリテーター")
        self.leader.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.notes = with_accessible_name(QLineEdit(), f"{number}班　付箋の枚数")
        self.notes.setValidator(QIntValidator(0, 999, self))
        self.notes.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.notes.setFixedWidth(t.scaled(52))
        for field in (self.leader, self.notes, self.composition):
            field.setProperty("low", True)
        self.differs = wrapped_label("", "warned")
        in_column(
            in_row(self.name, (self.made_of, 1, Qt.AlignmentFlag.AlignRight), (self.composition, 1), spacing=8),
            self.leader,
            widget_row(self.notes, label("枚の付箋", "small"), None, spacing=6),
            self.differs,
            None,
            owner=self,
            spacing=2,
            margins=(8, 6, 6, 4),
        )
        self.leader.activated.connect(self._save_facilitator)
        self.notes.editingFinished.connect(self._save_note_count)
        self.composition.editingFinished.connect(self._save_composition)

    def show_group(self, group: GroupDiscussion, names: Sequence[str]) -> None:
        """Show a 班; ``names`` are those of the 配置表 on that day."""
        self._group = group
        writable = self.may_write
        show_text_or_hide(self.made_of, "" if group.is_composition_typed else group.composition)
        self.composition.setVisible(group.is_composition_typed or not group.composition)
        if not self.composition.hasFocus():
            self.composition.setText(group.composition if group.is_composition_typed else "")
            self.composition.setModified(False)
        wanted = ["", *names, *([group.facilitator] if group.facilitator and group.facilitator not in names else [])]
        if [self.leader.itemData(at) for at in range(self.leader.count())] != wanted:
            self.leader.clear()
            for name in wanted:
                self.leader.addItem(name or "ファシリテーター未定", name)
        self.leader.setCurrentIndex(wanted.index(group.facilitator))
        self.leader.setToolTip(group.facilitator)
        if not (self.notes.hasFocus() and self.notes.isModified()):
            self.notes.setText("" if group.counted_notes is None else str(group.counted_notes))
            self.notes.setModified(False)
        self.notes.setPlaceholderText("" if group.sorted_notes is None else str(group.sorted_notes))
        show_text_or_hide(self.differs, f"分類の計は{group.sorted_notes}枚です" if group.has_note_mismatch else "")
        self.leader.setEnabled(writable)
        for field in (self.notes, self.composition):
            field.setReadOnly(not writable)

    def _save_facilitator(self) -> None:
        name = self.leader.currentData()
        if name != self._group.facilitator:
            change = bind_action(choose_facilitator, event_id=self._event_id, group_number=self._number, name=name)
            self.run_change(change)

    def show_error(self, problem: Exception) -> None:
        """Show the error and the stored facilitator."""
        self.leader.setCurrentIndex(max(self.leader.findData(self._group.facilitator), 0))
        super().show_error(problem)

    def _save_note_count(self) -> None:
        """Save the number of sticky notes, if it changed."""
        notes = whole_number(self.notes.text())
        if notes != self._group.counted_notes and self.may_write:
            change = bind_action(save_note_count, event_id=self._event_id, group_number=self._number, notes=notes)
            self.notes.setModified(False)
            self.run_change(without_message(change))

    def _save_composition(self) -> None:
        """Save the typed composition of the group, if it changed."""
        text = self.composition.text().strip()
        if text != (self._group.composition if self._group.is_composition_typed else "") and self.may_write:
            change = bind_action(set_composition, event_id=self._event_id, group_number=self._number, composition=text)
            self.composition.setModified(False)
            self.run_change(without_message(change))


class GroupRow(QFrame):
    """Row of one 班 with its four steps. Signals: ``entered(int)`` the cursor came into the 班."""

    entered = Signal(int)

    def __init__(self, app_context: AppContext, event_id: int, number: int):
        super().__init__()
        self.setProperty("kind", "grouprow")
        self.setProperty("current", False)
        self.number = number
        self.face = GroupSummaryCell(app_context, event_id, number)
        self.cells = {}
        self.kept = {}
        line = in_row(self.face, owner=self, spacing=0)
        for step in STEPS:
            cell = with_accessible_name(DiscussionStepCell(step), f"{number}班　{STEP_TITLES[step][0]}")
            self.cells[step] = cell
            self.kept[step] = AutosavedText(
                app_context,
                cell,
                partial(self._change, event_id, step),
                is_same=partial(_is_same_text, step),
            )
            line.addWidget(cell, _STEP_SHARES[step])
        for part in (*self.cells.values(), self.face.leader, self.face.notes, self.face.composition):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Emit ``entered`` when the cursor comes into a part of the row."""
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self.number)
        return super().eventFilter(watched, event)

    def _change(self, event_id: int, step: DiscussionStep, text: str) -> Callable[[ActionContext], ActionResult]:
        return bind_action(save_step, event_id=event_id, group_number=self.number, step=step, text=text)

    def show_group(self, group: GroupDiscussion, names: Sequence[str]) -> None:
        """Show what the 班 wrote; text being typed stays."""
        self.face.show_group(group, names)
        for step, kept in self.kept.items():
            kept.show_text("\n".join(editor_text(line) for line in group.lines_of(step)))

    def set_current(self, on: bool) -> None:
        """Tint the row while it holds the cursor."""
        if self.property("current") != on:
            self.setProperty("current", on)
            self.style().unpolish(self)
            self.style().polish(self)


def _is_same_text(step: DiscussionStep, stored: str, typed: str) -> bool:
    """Return whether a stored and a typed text of a step give the same lines (bullets and blanks do not count)."""
    return parse_step(step, stored) == parse_step(step, typed)


def _row_identity(view: DiscussionView) -> tuple[int, list[int]]:
    return (view.event.id, [group.number for group in view.discussion.groups])


class DiscussionTable(QWidget):
    """The 班 of one event below each other, with head and sums in the same columns. Signals: none."""

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._event_id = 0
        self.rows: list[GroupRow] = []
        # Rows ready to be inserted, with their discussion.
        self._made: tuple[tuple[int, list[int]], list[GroupRow]] = ((0, []), [])
        self._head = self._line("tablehead")[0]
        for step in STEPS:
            title, note = STEP_TITLES[step]
            self._add(self._head, step, FlowRow(label(title, "strong"), label(note, "small")))
        self.sums, self._sum_first = self._line("groupsum")
        self.all_groups = label("", "strong")
        self._sum_first.addWidget(self.all_groups)
        self.total, self.by_group = wrapped_label("", "strong"), small_label()
        self.sorted, self.written, self.supplies = (small_label() for _ in range(3))
        self._add(self.sums, DiscussionStep.PROBLEMS, self.total, self.by_group)
        self._add(self.sums, DiscussionStep.SORTING, self.sorted)
        self._add(self.sums, DiscussionStep.SOLUTIONS, self.written)
        self._add(self.sums, DiscussionStep.PRESENTATION, self.supplies)
        inside = QWidget()
        self._column = in_column(None, owner=inside, spacing=0)
        self.area = in_scroll_area(inside)
        in_column(self._head, (self.area, 1), self.sums, owner=self, spacing=0)

    def _line(self, kind: str) -> tuple[QFrame, QHBoxLayout]:
        """Return a new line of the table, with the layout of its first cell."""
        frame = styled_frame(kind)
        line = in_row(owner=frame, spacing=0)
        first = QWidget()
        first.setFixedWidth(t.scaled(_SUMMARY_WIDTH))
        inside = in_row(owner=first, margins=(8, 6, 4, 6))
        if kind == "tablehead":
            inside.addWidget(label("班", "strong"))
        line.addWidget(first)
        frame.setProperty("first", first)
        return frame, inside

    def _add(self, frame: QFrame, step: DiscussionStep, *parts: QWidget) -> None:
        cell = QWidget()
        cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        inside = in_row(owner=cell, spacing=8, margins=(8, 6, 4, 6))
        for part in parts:
            inside.addWidget(part, 1 if part is parts[-1] else 0, Qt.AlignmentFlag.AlignVCenter)
        layout = frame.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addWidget(cell, _STEP_SHARES[step])

    @property
    def dirty_fields(self) -> bool:
        """Return whether a cell has unsaved text."""
        return any(kept.dirty_fields for line in self.rows for kept in line.kept.values())

    def save(self) -> None:
        """Save unsaved text."""
        for line in self.rows:
            for kept in line.kept.values():
                kept.save()

    def show_view(self, view: DiscussionView, *, minute: int | None) -> None:
        """Show a discussion; rows are rebuilt only for other 班. ``minute`` of the day, None on any other day."""
        groups = view.discussion.groups
        if self._has_other_groups(view):
            self._event_id = view.event.id
            self._build(view)
        names = [worker.name for worker in view.workers]
        for line, group in zip(self.rows, groups, strict=True):
            line.show_group(group, names)
        self._show_hints(view, minute)
        self._show_sums(view)
        QTimer.singleShot(0, self, self._align_columns)

    def make_rows(self, view: DiscussionView) -> Iterator[None]:
        """Create the rows of ``view``, one in each step, if its 班 are not those shown; ``show_view`` inserts them."""
        made = []
        for group in view.discussion.groups if self._has_other_groups(view) else ():
            made.append(GroupRow(self.app_context, view.event.id, group.number))
            yield
        self._made = (_row_identity(view), made)

    def _has_other_groups(self, view: DiscussionView) -> bool:
        return _row_identity(view) != (self._event_id, [one.number for one in self.rows])

    def _build(self, view: DiscussionView) -> None:
        """Show a row for each group; rows made ahead for the same groups are used."""
        for line in self.rows:
            line.hide()
            line.deleteLater()
        (known, made), self._made = self._made, ((0, []), [])
        wanted = _row_identity(view)
        self.rows = made if known == wanted else [GroupRow(self.app_context, wanted[0], number) for number in wanted[1]]
        for place, line in enumerate(self.rows):
            line.entered.connect(self._highlight_group)
            self._column.insertWidget(place, line)
        layout_now(self._column.parentWidget())
        self._apply_narrow()

    def _show_hints(self, view: DiscussionView, minute: int | None) -> None:
        """Show in empty cells when their item of the timetable begins, on the day and while it lies ahead.

        Without that the first cell of a table without any line says where to begin. ``minute`` as for ``show_view``.
        """
        untouched = not any(group.lines for group in view.discussion.groups)
        begins = {step: one for one in reversed(view.timetable) if (step := step_of_agenda_item(one)) is not None}
        for line in self.rows:
            for step, cell in line.cells.items():
                one = begins.get(step)
                later = one is not None and minute is not None and f"{minute // 60:02d}:{minute % 60:02d}" < one.start
                words = f"{STEP_TITLES[step][0]}は {one.start} から" if later and one is not None else ""
                first = untouched and line is self.rows[0] and step == STEPS[0]
                cell.show_hint("ここから打ちます（Enter で行を加える）" if first and not words else words)

    def _show_sums(self, view: DiscussionView) -> None:
        """Show below the steps: notes of all 班, those by 分類 and whether both agree, 班 with a choice or 解決策.

        Below 発表 stand the supplies.
        """
        groups, sums = view.discussion.groups, view.discussion.sums
        self.all_groups.setText(f"計 {len(groups)}班")
        self.total.setText("付箋の枚数はまだです" if sums.counted_total is None else f"{sums.counted_total}枚")
        self.by_group.setText("" if sums.counted_total is None else "＋".join(map(str, sums.by_group)))
        agree = {True: "一致", False: f"差 {abs((sums.counted_total or 0) - (sums.sorted_total or 0))}枚", None: ""}[
            sums.is_consistent
        ]
        chosen = sum(bool(group.topic) for group in groups)
        parts = f"分類の計 {sums.sorted_total}枚　{agree}" if sums.sorted_total is not None else "分類の枚数はまだです"
        self.sorted.setText(f"{parts}\n選定 {chosen}／{len(groups)}")
        solved = [group.number for group in groups if group.lines_of(DiscussionStep.SOLUTIONS)]
        rest = [group.number for group in groups if group.number not in solved]
        lacking = f"\n{'・'.join(map(str, rest))}班は、まだ1行もありません" if rest and solved else ""
        self.written.setText(f"書けた班 {len(solved)}／{len(groups)}{lacking}")
        each = [f"{name} {count}" for name, count in view.supplies]
        self.supplies.setText("\n".join("　".join(each[at : at + 2]) for at in range(0, len(each), 2)))

    def focus_group(self, number: int) -> None:
        """Put the cursor into the row of a 班: the step it stands in now, else its first empty step, else 課題."""
        for line in self.rows:
            if line.number == number:
                empty = next((step for step in STEPS if not line.cells[step].parsed_lines()), STEPS[0])
                here = self._current_step() or empty
                line.cells[here].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def current_line(self, view: DiscussionView) -> DiscussionLine | None:
        """Return the saved line that the cursor stands in, or None."""
        for line in self.rows:
            group = next((one for one in view.discussion.groups if one.number == line.number), None)
            for step, cell in line.cells.items():
                if cell.hasFocus() and group is not None:
                    typed = parse_step(step, cell.textCursor().block().text())
                    return next((one for one in group.lines_of(step) if typed and one.text == typed[0].text), None)
        return None

    def _current_step(self) -> DiscussionStep | None:
        return next((step for line in self.rows for step, cell in line.cells.items() if cell.hasFocus()), None)

    def _highlight_group(self, number: int) -> None:
        for line in self.rows:
            line.set_current(line.number == number)
            if line.number == number:
                self.area.ensureWidgetVisible(line, 0, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Align head and sums with the columns of the rows, which may have a scroll bar beside them."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._align_columns)

    def _align_columns(self) -> None:
        """Leave room beside head and sums for the scroll bar of the rows."""
        beside = max(self.area.width() - self.area.viewport().width(), 0)
        for frame in (self._head, self.sums):
            frame.setContentsMargins(0, 0, beside, 0)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow the first column in a narrow window."""
        self._narrow = narrow
        self._apply_narrow()

    _narrow = False

    def _apply_narrow(self) -> None:
        """Apply the width of the first column."""
        width = t.scaled(_NARROW_SUMMARY_WIDTH if self._narrow else _SUMMARY_WIDTH)
        for frame in (self._head, self.sums):
            frame.property("first").setFixedWidth(width)
        for line in self.rows:
            line.face.setFixedWidth(width)
