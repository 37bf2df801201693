"""募集の段取り of one event: steps with day and checkbox, and the form to change a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.recruitment import REASONS_OF_DAY, document_of_step, document_words_of_step
from app.event.services.event_view import StepRow
from app.event.services.recruitment import set_step_date, tick_step
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.fold_line import FoldLine
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.keys import is_enter
from app.widgets.labels import Paragraph, with_accessible_name, wrapped_label
from app.widgets.layouts import in_column, in_grid
from app.widgets.screen import clear_layout
from app.widgets.tab_order import OneStop
from app.window import theme as t


class EnterBox(QCheckBox):
    """Checkbox of one row. Signals: ``clicked(bool)`` ticked; ``opened()`` Enter."""

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit ``opened`` on Enter; Space ticks the box as usual."""
        if is_enter(event):
            self.opened.emit()
            return
        super().keyPressEvent(event)


class StepList(QWidget):
    """List of the recruitment steps of an event, done ones folded into one line.

    A step done while the list is shown keeps its place until the list is left, so that nothing moves under the mouse.

    Signals:
        ``ticked(int, bool)``: a step was done or opened again.
        ``date_asked(StepRow)``: its day is to be changed.
        ``document_asked(str)``: open its document.
    """

    ticked = Signal(int, bool)
    date_asked = Signal(object)
    document_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.fold = FoldLine(done=True, key="recruitment/done")
        self.fold.toggled.connect(self._fold)
        self._grid = in_grid(margins=(0, 0, 0, 0), across=2, down=0, wide=0)
        in_column(self.fold, self._grid, owner=self, spacing=0)
        self._folded: list[QWidget] = []
        self._shown: tuple[Sequence[StepRow], date] | None = None
        self._kept: set[int] = set()
        self._noted: set[int] = set()
        self._one_stop = OneStop(self, chooses=False)
        self._stood = 0
        self.boxes: dict[int, QCheckBox] = {}
        self.day_buttons: dict[int, Button] = {}
        self.paper_buttons: dict[int, Button] = {}

    def show_steps(self, steps: Sequence[StepRow], today: date) -> None:
        """Show the steps in their own order; the focus stays on its step."""
        focused = next((number for number, box in self.boxes.items() if box.hasFocus()), None)
        self._stood = next((number for number, box in self.boxes.items() if box is self.focusWidget()), self._stood)
        self._one_stop.clear()
        clear_layout(self._grid)
        self._shown = steps, today
        numbers = {step.id for step in steps}
        self._kept = (self._kept & numbers) | {step.id for step in steps if not step.is_closed}
        self._noted &= numbers
        self.boxes, self.day_buttons, self.paper_buttons = {}, {}, {}
        done = [step for step in steps if step.id not in self._kept]
        waiting = [step for step in steps if step.id in self._kept]
        # In the order in which they stand, by which Tab goes.
        self._folded = self._add_all(done, today)
        self._add_all(waiting, today, start=len(done))
        days = sorted(step.done_on for step in done if step.done_on is not None)
        spans = " 〜 ".join(dict.fromkeys(short_date(day, today) for day in (days[:1] + days[-1:])))
        # Steps are closed without a record only by one with a record.
        self.fold.show_count(len(days), fill_nonempty("記録なし {}", len(done) - len(days)) or spans)
        self._fold()
        if focused in self.boxes:
            box = self.boxes[focused]
            if box in self._folded and not self.fold.isChecked():
                self.fold.setFocus()
            else:
                box.show()  # a hidden widget takes no keyboard input
                box.setFocus()

    @property
    def place(self) -> QWidget | None:
        """Return the checkbox on which the keyboard stood when the list was left, None for one that is not seen."""
        box = self.boxes.get(self._stood)
        return box if box and box.isVisible() else None

    def hideEvent(self, event: QHideEvent) -> None:
        """Fold what was done meanwhile, as the list is left."""
        super().hideEvent(event)
        if not event.spontaneous() and self._shown is not None:
            self._kept, self._noted = set(), set()
            self.show_steps(*self._shown)

    def show_step(self, step_id: int) -> QWidget | None:
        """Unfold a step if needed, and return the widget to focus: its document button, else its checkbox, or None."""
        box = self.boxes.get(step_id)
        if box in self._folded:
            self.fold.setChecked(True)
        # The tick marks it done, so it must not be one key away from somebody who comes to do the step.
        return self.paper_buttons.get(step_id, box)

    def _fold(self) -> None:
        for part in self._folded:
            part.setVisible(self.fold.isChecked())

    def _add_all(self, steps: Sequence[StepRow], today: date, *, start: int = 0) -> list[QWidget]:
        return [part for number, step in enumerate(steps, start) for part in self._add(number, step, today)]

    def _add(self, number: int, step: StepRow, today: date) -> list[QWidget]:
        grid = self._grid
        line, done = 2 * number, step.done_on
        box = EnterBox(step.name)
        box.setMinimumHeight(t.scaled(t.LOW_ROW))
        box.setChecked(done is not None)
        box.setAccessibleDescription(step.basis)
        box.setToolTip(join_nonempty(step.basis, step.state_words, step.note, separator="\n"))
        box.clicked.connect(lambda on: self.ticked.emit(step.id, on))
        words = short_date(done, today) if done is not None else step.due_words
        day = with_accessible_name(
            link_button(words, lambda: self.date_asked.emit(step)),
            f"{step.name}　{words}{'　済' if done is not None else ''}　日を変える",
        )
        day.setToolTip(f"{step.basis}\n押すと日を変えられます。".strip())
        shown: list[QWidget] = [box, day]
        grid.addWidget(box, line, 0)
        grid.addWidget(day, line, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        paper = "" if step.is_closed else document_of_step(step.name)
        if paper:
            self.paper_buttons[step.id] = self._document_button(step.name, paper, document_words_of_step(step.name))
            box.opened.connect(self.paper_buttons[step.id].click)
            grid.addWidget(self.paper_buttons[step.id], line, 1)
            shown.append(self.paper_buttons[step.id])
        small = self._note_label(step)
        if small is not None:
            grid.addWidget(small, line + 1, 0, 1, 3)
            shown.append(small)
        self.boxes[step.id] = box
        self._one_stop.add(box)
        self.day_buttons[step.id] = day
        return shown

    def _document_button(self, name: str, document: str, called: str) -> Button:
        """Return the button that asks for the document of a step (``document_asked``)."""
        words = f"{name}　{called}を開く"
        made = Button(words, lambda: self.document_asked.emit(document), kind="link", icon_name="file-text")
        made.setText("")  # its icon replaces its words, which a screen reader speaks
        made.setIconSize(QSize(t.scaled(16), t.scaled(16)))
        made.setToolTip(f"{called}を開く")
        return made

    def _note_label(self, step: StepRow) -> QLabel | None:
        """Return the small line below a step that is past, was set by hand or has a note; None for any other."""
        open_step = step.done_on is None
        passed = step.state_words if open_step and (step.bucket in ("今日", "目安日過ぎ") or not step.bucket) else ""
        by_hand = "手で決めた日" if step.is_set_by_hand and step.note not in REASONS_OF_DAY else ""
        words = join_nonempty(by_hand, passed, step.note)
        if words and step.id in self._kept:
            self._noted.add(step.id)
        if not words and step.id not in self._noted:
            return None
        words = words or "済"  # where a note was before: the rows below stay in their places
        small = wrapped_label(words, "warned" if passed and step.bucket else "small")
        small.setContentsMargins(30, 0, 0, 4)
        small.setProperty("low", True)
        return small


class StepDateDialog(SavingDialog):
    """Form for the day of a step, planned or done. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, step: StepRow):
        done = step.done_on is not None
        super().__init__(
            parent,
            "済んだ日を直す" if done else "日を変える",
            f"募集の段取り　{step.name}",
            main="この日にする",
            width=600,
        )
        self._step = step
        if step.basis:
            self.put(Paragraph(step.basis, role="small"))
        self.put_form(
            Form(
                (
                    Field("day", "済んだ日" if done else "日付", "date", width=120, hint="9/1、R8.9.1 など"),
                    Field("note", "メモ", optional=True, hint="区報の号など", width=320),
                ),
                self.app_context.fiscal_year,
                label_width=104,
            ),
            {"day": step.done_on or step.due, "note": step.own_note},
        )
        if step.is_set_by_hand and not done:
            self.put_button(Button("実施日からの計算に戻す", self._reset_to_event, tall=True))

    def _save(self) -> None:
        """Save the note and the day: of a done step that on which it was done, of an open one the planned day."""
        values = self.form.values()
        if self._step.done_on is not None:
            self.run_action(tick_step, step_id=self._step.id, on=values["day"], note=values["note"])
        else:
            self.run_action(set_step_date, step_id=self._step.id, due=values["day"], note=values["note"])

    def _reset_to_event(self) -> None:
        self.run_action(set_step_date, step_id=self._step.id, due=None)
