"""Page まとめ of a discussion: 共通点, what follows from it, and changes for the next time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QSizePolicy, QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty
from app.events.discussion.rules import (
    PART_TITLES,
    PARTS,
    STARRED_STEPS,
    STEPS,
    GroupDiscussion,
    action_due,
    due_words,
    groups_in_common,
    is_of_ward,
    missing_headings,
    origin_words,
)
from app.events.discussion.screens.autosaved_text import AutosavedText
from app.events.discussion.services import (
    DiscussionView,
    finish_action,
    remove_point,
    reopen_action,
    save_point,
    set_origin,
)
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import Button, HoverButtons, inline_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.growing_text import GrowingText
from app.widgets.labels import (
    label,
    section,
    show_text_or_hide,
    small_label,
    styled_frame,
    with_accessible_name,
    wrapped_label,
)
from app.widgets.layouts import add, in_column, in_row, layout_now
from app.widgets.screen import in_scroll_area, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, without_message
from db.records.discussion import DiscussionPoint, SummaryPart

_COLUMN_SHARES: dict[SummaryPart, tuple[int, ...]] = {
    SummaryPart.COMMON: (34, 50),
    SummaryPart.LINKS: (30, 32, 13, 17, 17),
    SummaryPart.HANDOVER: (30, 44, 34),
}
_PART_HINTS: dict[SummaryPart, str] = {
    SummaryPart.COMMON: "●は、もとになった解決策または発表の行を選ぶと付きます",
    SummaryPart.LINKS: "もとになった討議・担当・時期がそろうまで、受託者の確認は記録できません",
    SummaryPart.HANDOVER: "根拠には人数・件数・枚数を書きます",
}


class OriginDialog(SavingDialog):
    """Dialog to choose the lines a row of the まとめ comes from; for 共通点 only those of 解決策 and 発表.

    Signals: those of ``SavingDialog``.
    """

    def __init__(self, parent: QWidget, point: DiscussionPoint, groups: Sequence[GroupDiscussion]):
        what = point.cells[0] if point.cells else ""
        super().__init__(parent, "もとになった討議を選ぶ", what, main="選んだ行をもとにする")
        self._point_id = point.id
        self.boxes: list[tuple[int, QCheckBox]] = []
        steps = STARRED_STEPS if point.part.is_common else STEPS
        for group in groups:
            lines = [line for step in steps for line in group.lines_of(step)]
            if not lines:
                continue
            self.put(wrapped_label(f"{group.number}班　{group.topic}".rstrip("　"), "strong"))
            for line in lines:
                box = QCheckBox(f"{'選定' if line.chosen else line.step}　{line.text}")
                box.setChecked(line.id in point.lines)
                self.boxes.append((line.id, box))
                self.put(box)
        if not self.boxes:
            self.put(label("班の記録に、まだ行がありません。", "second"))
        self.put(None)
        self.confirmed.connect(self._save_origin)

    def _save_origin(self) -> None:
        lines = [line for line, box in self.boxes if box.isChecked()]
        self.run_action(set_origin, point_id=self._point_id, lines=lines)


class OutcomeRow(QFrame):
    """One row of a part of the まとめ.

    Signals: ``origin_asked(int)`` choose the lines it comes from; ``remove_asked(int)``; ``done_asked(int)`` it was
    done, or is open again.
    """

    origin_asked = Signal(int)
    remove_asked = Signal(int)
    done_asked = Signal(int)

    def __init__(self, app_context: AppContext, event_id: int, point: DiscussionPoint):
        super().__init__()
        self.app_context, self._event_id = app_context, event_id
        self.point = point
        self.setProperty("kind", "grouprow")
        self.boxes: dict[int, GrowingText] = {}
        self.kept: dict[int, AutosavedText] = {}
        self.origin = small_label()
        self.lacking = wrapped_label("", "warned")
        self.choose_button = inline_button("もとを選ぶ", lambda: self.origin_asked.emit(self.point.id))
        self.done_button = inline_button("済にする", lambda: self.done_asked.emit(self.point.id))
        self.done_words = small_label()
        self.remove_button = Button("この行を削除", self._remove, kind="icon", icon_name="trash")
        if not point.part.is_link:
            for other in (self.done_button, self.done_words):
                other.setParent(self)
                other.hide()
        if point.part.is_handover:
            # Its part has no source lines, so the two labels are not shown, and are deleted with the row.
            for part in (self.origin, self.choose_button):
                part.setParent(self)
                part.hide()
        line = in_row(owner=self, spacing=8, margins=(0, 6, 0, 6))
        for place, (title, share) in enumerate(zip(PARTS[point.part], _COLUMN_SHARES[point.part], strict=True)):
            line.addWidget(self._cell(place, title), share)
        line.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        HoverButtons(self, self.remove_button, *(() if point.part.is_handover else (self.choose_button,)))
        self.show_point(point, ())

    def _cell(self, index: int, title: str) -> QWidget:
        cell = QWidget()
        cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        column = in_column(owner=cell, spacing=4)
        from_lines = index == 1 and not self.point.part.is_handover
        if from_lines and self.point.part.is_common:
            column.addLayout(in_row((self.origin, 1), (self.choose_button, 0, Qt.AlignmentFlag.AlignTop), spacing=16))
        elif from_lines:
            column.addWidget(self.origin)
        if not (from_lines and self.point.part.is_common):
            box = with_accessible_name(GrowingText(), f"{PART_TITLES[self.point.part]}　{title}")
            if from_lines:
                box.setPlaceholderText("ほかのもと（自由記述など）")
            self.boxes[index] = box
            if title == "時期":
                box.focus_left.connect(
                    lambda: box.show_text(due_words(box.toPlainText(), self.app_context.fiscal_year))
                )
            self.kept[index] = AutosavedText(
                self.app_context,
                box,
                lambda _text: bind_action(
                    save_point,
                    event_id=self._event_id,
                    part=self.point.part,
                    point_id=self.point.id,
                    cells=self.typed_cells(),
                ),
                is_same=lambda stored, typed: stored == typed.strip(),
            )
            column.addWidget(box)
            if from_lines:
                column.addLayout(widget_row(self.choose_button, None))
            if title == "時期":
                add(column, self.done_words, widget_row(self.done_button, None))
        if index == 0:
            column.addWidget(self.lacking)
        column.addStretch(1)
        return cell

    def typed_cells(self) -> tuple[str, ...]:
        """Return the cells as typed; those not edited here keep their stored text."""
        return tuple(
            self.boxes[place].toPlainText() if place in self.boxes else _cell_text(self.point, place)
            for place in range(len(PARTS[self.point.part]))
        )

    def show_point(
        self, point: DiscussionPoint, groups: Sequence[GroupDiscussion], event_day: date | None = None
    ) -> None:
        """Show a row; text being typed stays. ``event_day`` is the day of the discussion."""
        self.point = point
        for place, kept in self.kept.items():
            kept.show_text(_cell_text(point, place))
        if point.part.is_common:
            having = groups_in_common(point, groups)
            marks = "　".join(f"{group.number}班{'●' if group.number in having else '—'}" for group in groups)
            self.origin.setText(f"{marks}　　計 {len(having)}班" if groups else "")
            self.origin.setToolTip("\n".join(origin_words(point, groups)))
        else:
            self.origin.setText(
                "\n".join(words for words in origin_words(point, groups) if words != _cell_text(point, 1))
            )
        self.origin.setVisible(bool(self.origin.text()) and not point.part.is_handover)
        missing = missing_headings(point, groups)
        show_text_or_hide(self.lacking, fill_nonempty("まだ：{}", "・".join(missing)))
        self._show_done(point, event_day)
        for button in (self.choose_button, self.remove_button, self.done_button):
            button.setEnabled(self.app_context.may_write)

    def _show_done(self, point: DiscussionPoint, event_day: date | None) -> None:
        """Show of a point of つなげること when it was done, or whether it is on home.

        It is there if the ward does it and it has a day. Nothing changes for the other parts.
        """
        if not point.part.is_link:
            return
        due = action_due(_cell_text(point, 3), event_day) if event_day is not None else None
        told = ""
        if point.done_on is not None:
            told = f"済 {short_date(point.done_on, self.app_context.today())}"
        elif is_of_ward(_cell_text(point, 2)) and _cell_text(point, 3):
            told = (
                f"{short_date(due, self.app_context.today())}までホームに出ます"
                if due
                else "日付でないためホームには出ません"
            )
        show_text_or_hide(self.done_words, told)
        self.done_button.setText("未了に戻す" if point.done_on is not None else "済にする")
        self.done_button.setAccessibleName(f"「{_cell_text(point, 0)}」を{self.done_button.text()}")
        self.done_button.setVisible(bool(_cell_text(point, 0)))

    def _remove(self) -> None:
        self.remove_asked.emit(self.point.id)


def _cell_text(point: DiscussionPoint, place: int) -> str:
    return point.cells[place] if place < len(point.cells) else ""


class PartTable(QWidget):
    """One part of the まとめ with its rows and a button to add one.

    Signals: ``origin_asked(int)``, ``remove_asked(int)``, ``done_asked(int)`` of a row; ``add_asked(str)`` of the part.
    """

    origin_asked = Signal(int)
    remove_asked = Signal(int)
    done_asked = Signal(int)
    add_asked = Signal(object)

    def __init__(self, app_context: AppContext, number: int, part: SummaryPart):
        super().__init__()
        self.app_context = app_context
        self.part: SummaryPart = part
        self._event_id = 0
        self.rows: list[OutcomeRow] = []
        self._head = styled_frame("tablehead")
        line = in_row(owner=self._head, spacing=8, margins=(0, 4, 0, 4))
        for title, share in zip(PARTS[part], _COLUMN_SHARES[part], strict=True):
            name = small_label(title)
            name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            line.addWidget(name, share)
        line.addSpacing(t.scaled(t.FIELD))
        self.add_button = with_accessible_name(
            Button("行を追加", lambda: self.add_asked.emit(part), icon_name="plus", low=True),
            f"{PART_TITLES[part]}　行を追加",
        )
        self._column = in_column(
            widget_row(section(f"({number}) {PART_TITLES[part]}"), label(_PART_HINTS[part], "small"), None, spacing=12),
            4,
            self._head,
            6,
            widget_row(self.add_button, None),
            owner=self,
            spacing=0,
        )

    def show_view(self, view: DiscussionView) -> None:
        """Show the rows; they are rebuilt only if there are other ones."""
        points = view.discussion.points_of(self.part)
        wanted = (view.event.id, [point.id for point in points])
        if wanted != (self._event_id, [one.point.id for one in self.rows]):
            self._event_id = view.event.id
            known = {one.point.id: one for one in self.rows}
            for one in self.rows:
                self._column.removeWidget(one)
            self.rows = [
                known.pop(point.id) if point.id in known else self._make_row(view.event.id, point) for point in points
            ]
            for gone in known.values():
                gone.hide()
                gone.deleteLater()
            for place, one in enumerate(self.rows):
                self._column.insertWidget(3 + place, one)
            layout_now(self)
        for one, point in zip(self.rows, points, strict=True):
            one.show_point(point, view.discussion.groups, view.event.event_date)
        self._head.setVisible(bool(points))
        self.add_button.setEnabled(self.app_context.may_write)

    def _make_row(self, event_id: int, point: DiscussionPoint) -> OutcomeRow:
        made = OutcomeRow(self.app_context, event_id, point)
        made.origin_asked.connect(self.origin_asked)
        made.remove_asked.connect(self.remove_asked)
        made.done_asked.connect(self.done_asked)
        return made


class OutcomePage(ActionMixin, QWidget):
    """The three parts of the まとめ below each other. Signals: none."""

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._view: DiscussionView | None = None
        self._fresh: SummaryPart | None = None
        self._wanted: int | None = None
        self.parts = [PartTable(app_context, number, part) for number, part in enumerate(PARTS, 1)]
        inside = QWidget()
        column = in_column(owner=inside, spacing=20, margins=(0, 0, 8, 0))
        for table in self.parts:
            column.addWidget(table)
            table.add_asked.connect(self._add)
            table.origin_asked.connect(self._choose_origin)
            table.remove_asked.connect(self._remove)
            table.done_asked.connect(self._toggle_done)
        column.addStretch(1)
        self.area = in_scroll_area(inside)
        in_column(self.area, owner=self)

    @property
    def dirty_fields(self) -> bool:
        """Return whether a box has unsaved text."""
        return any(kept.dirty_fields for table in self.parts for one in table.rows for kept in one.kept.values())

    def save(self) -> None:
        """Save the unsaved text of every row."""
        for table in self.parts:
            for one in table.rows:
                for kept in one.kept.values():
                    kept.save()

    def show_in_steps(self, view: DiscussionView) -> Iterator[None]:
        """Show the まとめ of a discussion, one part in each step; a new row gets the cursor."""
        self._view = view
        for table in self.parts:
            table.show_view(view)
            yield
            if table.part == self._fresh and table.rows:
                self._fresh = None
                table.rows[-1].boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)
                QTimer.singleShot(0, self, self._focus_pending_row)
        wanted = next((one for table in self.parts for one in table.rows if one.point.id == self._wanted), None)
        if wanted is not None:
            self._wanted = None
            # Where one key marks it done.
            wanted.done_button.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._focus_pending_row)

    def focus_row(self, point_id: int) -> None:
        """Focus the button 「済にする」 of a row when the page is shown next."""
        self._wanted = point_id

    def _focus_pending_row(self) -> None:
        here = self.focusWidget()
        if here is not None:
            self.area.ensureWidgetVisible(here, 0, 60)

    def _add(self, part: SummaryPart) -> None:
        """Save unsaved text, then add an empty row to a part; it gets the cursor when it is shown."""
        if self._view is None:
            return
        self.save()
        change = bind_action(save_point, event_id=self._view.event.id, part=part, cells=())
        self._fresh = part
        self.run_change(without_message(change))

    def _choose_origin(self, point_id: int) -> None:
        """Save unsaved text, then open the dialog with the lines that a row of the まとめ comes from."""
        self.save()
        point = next((one for one in self._view.discussion.points if one.id == point_id), None) if self._view else None
        if point is None or self._view is None:
            return
        OriginDialog(self, point, self._view.discussion.groups).open()

    def _toggle_done(self, point_id: int) -> None:
        """Save unsaved text, then record a row of つなげること as done, or as open again if it is done."""
        self.save()
        point = next((one for one in self._view.discussion.points if one.id == point_id), None) if self._view else None
        if point is not None:
            doing = finish_action if point.done_on is None else reopen_action
            self.run_action(doing, point_id=point_id)

    def _remove(self, point_id: int) -> None:
        self.run_action(remove_point, point_id=point_id)
