"""Panel 人数連絡: the deadline, changes since the last one (前回 → 今回 → 増減), and the next step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.events.headcount.services import CountDifference, HeadcountView, NoticeRow
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, link_button
from app.widgets.focus_keeper import scroll_into_view
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import label, separator, show_text_or_hide, small_label, wrapped_label
from app.widgets.layouts import in_grid
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import clear_layout


class DifferenceTable(QWidget):
    """Table of the numbers in the last notice and now. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = in_grid(self, margins=(0, 0, 0, 0), across=6, down=6, wide=0)
        self._rows: tuple[CountDifference, ...] = ()

    def show_differences(self, rows: Sequence[CountDifference]) -> None:
        """Show these lines; without any the table is hidden."""
        self.setVisible(bool(rows))
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        clear_layout(self._grid)
        for column, title in enumerate(("項目", "前回", "今回", "増減")):
            self._put(0, column, title, "small")
        self._grid.addWidget(separator(), 1, 0, 1, 4)
        for number, row in enumerate(self._rows, 2):
            changed = row.is_changed
            texts = (row.label, row.previous_words, row.current_words, row.change_words)
            for column, text in enumerate(texts):
                self._put(number, column, text, "strong" if changed else "small" if column == 3 else "body")

    def shown_rows(self) -> list[tuple[str, int, int, str]]:
        """Return the lines shown, for screen reader and tests."""
        return [(row.label, row.previous_count, row.current_count, row.change_words) for row in self._rows]

    def _put(self, row: int, column: int, text: str, role: str) -> None:
        made = label(text, role, wrap=column == 0)  # type: ignore[arg-type]
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        made.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(made, row, column)


class NoticePanel(Panel):
    """Panel for 参加人数連絡書 and 変更連絡 of one event, with its acts in the action bar of the page.

    Signals: ``make_asked(str)``: make a notice, with the reason.
    """

    make_asked = Signal(str)

    def __init__(self, bar: ActionBar):
        super().__init__("受託者への連絡")
        self._bar = bar
        self.due = wrapped_label("", "date")
        self.left = wrapped_label("", "body")
        self.basis = link_button("")
        self.list = FittedTable(
            "headcount-notices",
            (Column("notice", "連絡", _cell, stretch=True, sortable=False),),
            title="これまでの連絡",
            empty="",
            head=False,
            names_people=False,
        )
        self.outdated = NoteBox(tone="amber", said_as=str)
        self.differences = DifferenceTable()
        self.reason = Form(
            (Field("reason", "変更の理由", "lines", lines=2, hint="変更連絡に載ります。"),),
            label_width=80,
        )
        self.words = small_label()
        self.make = Button("", self._make)
        self.tell = Button("通知したと記録する")
        self.correct = Button("連絡の記録を直す")
        self.preview = Button("連絡書を見る")
        self.mail = Button("メールの文面")
        self.drop = Button("作成を取り消す")
        self.untell = Button("連絡済を取り消す")
        bar.put(self.make, self.tell, self.preview, self.mail, self.drop, self.correct, self.untell)
        self.put(self.due, self.left, (self.basis, 0, Qt.AlignmentFlag.AlignLeft), self.list)
        self.put(self.outdated, self.differences, self.reason, self.words)

    def show_view(self, view: HeadcountView, *, may_write: bool) -> None:
        """Show the status and offer the one next step."""
        at_work = self.window().focusWidget() in (
            self.make, self.tell, self.drop, self.correct, self.untell,
        )  # fmt: skip
        self._show_deadline(view)
        draft = view.draft
        self.list.show_rows(tuple(reversed(view.notices)))
        self.list.setVisible(bool(view.notices))
        self.outdated.show_text(view.next_words if draft is not None and view.is_draft_outdated else "")
        self.differences.show_differences(view.differences if view.is_changed_since_notice and view.rows else ())
        fresh = draft is not None and not view.is_draft_outdated
        is_change = view.next_kind == "変更連絡"
        needs_reason = is_change and not fresh
        self.reason.setVisible(needs_reason)
        if needs_reason and draft is not None and not self.reason.value("reason"):
            self.reason.set_values({"reason": draft.reason})
        show_text_or_hide(self.words, view.next_words if draft is None else "")
        offered = bool(view.next_kind) and not fresh
        self.make.set_words(f"{view.next_kind}を作成し直す" if draft is not None else f"{view.next_kind}を作成")
        self.make.setVisible(offered and may_write)
        self.tell.setVisible(fresh and may_write)
        self.make.set_filled(offered)
        self.tell.set_filled(fresh)
        for part in (self.preview, self.mail):
            part.setVisible(bool(view.notices))
        self.drop.setVisible(draft is not None and may_write)
        for part in (self.correct, self.untell):
            part.setVisible(draft is None and view.notified_notice is not None and may_write)
        self._bar.show_words(_act_words(view) if may_write else "")
        if at_work:
            # When a pressed button vanishes, the focus must not move into a name field.
            self.focus_next_step()

    def focus_next_step(self) -> None:
        """Focus the next step: the reason of a 変更連絡 until it is typed."""
        if not self.reason.isHidden() and not str(self.reason.value("reason") or "").strip():
            self._focus_reason()
            return
        next_one = next((each for each in (self.make, self.tell, self.preview) if not each.isHidden()), None)
        if next_one is not None:
            next_one.setFocus()

    def _focus_reason(self) -> None:
        self.reason.go_to("reason")
        scroll_into_view(self.reason.editor("reason"), self.make, self.reason)

    def clear_reason(self) -> None:
        """Clear the typed reason, for another event or after the notice was made."""
        self.reason.set_values({"reason": ""})

    def _show_deadline(self, view: HeadcountView) -> None:
        """Show by when the contractor must be notified."""
        task = view.task
        for part in (self.due, self.left, self.basis):
            part.setVisible(task is not None)
        if task is None:
            return
        name = "期限（開庁日）" if task.override is None else "手で変えた期限"
        day = short_date(task.due) if task.due else task.provisional_words
        done = f"連絡済 {short_date(task.completed_on)}" if task.completed_on else task.state_words
        self.due.setText(f"{name}　{day}")
        self.left.setText(done)
        overdue = task.is_open and task.overdue_days > 0
        self.left.setProperty("role", "problem" if overdue else "done" if task.completed_on else "body")
        self.left.style().unpolish(self.left)
        self.left.style().polish(self.left)
        self.basis.set_words(task.basis_short or f"{task.clause}　{task.rule}")

    def _make(self) -> None:
        """Emit ``make_asked`` with the typed reason, or focus the reason where it is missing."""
        if self.reason.isVisible() and not self.reason.check_all():
            self._focus_reason()
            return
        self.make_asked.emit(str(self.reason.value("reason") or "") if self.reason.isVisible() else "")


def _act_words(view: HeadcountView) -> str:
    """Return what the filled button will do, "" where nothing is to be done."""
    if view.draft is not None and not view.is_draft_outdated:
        return "受託者へ連絡した日と方法を記録します。"
    people = f"**{view.totals.people}人・{view.totals.organisations}団体** の"
    return f"{people}{view.next_kind}を作ります。まだ送りません。" if view.next_kind else ""


def _cell(row: NoticeRow) -> Cell:
    """Return the cell of one notice: number, people, and how, to whom and by whom it was notified."""
    notice = row.notice
    told = (
        f"{notice.notified_how}で{notice.notified_to}へ\n連絡した人　{notice.notified_by}" if notice.notified_on else ""
    )
    return Cell(
        f"{row.title}　{notice.people}人",
        join_nonempty(row.state, told, separator="\n"),
        strong=True,
        icon="check-circle-fill" if notice.notified_on else "circle",
    )
