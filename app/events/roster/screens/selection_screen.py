"""Screen 参加者を決める: terms, preview of the result line by line, and saved selections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from app.actions.action_result import ActionResult
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.export_button import export_button
from app.event.parts import EventPicker, empty_year_words
from app.events.roster.rules import RESULTS, SelectionTerms
from app.events.roster.screens.selection_form import METHODS, SelectionForm
from app.events.roster.services.entries import application_time_text
from app.events.roster.services.selection_documents import RECORD
from app.events.roster.services.selections import (
    SavedSelection,
    SelectionCheck,
    SelectionProposal,
    SelectionRow,
    SelectionView,
    check_selection,
    propose_selection,
    read_selection,
    save_selection,
)
from app.events.roster.services.told_places import TOLD_STAYS
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import inline_button, link_button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.labels import heading, show_text_or_hide, small_label, wrapped_label
from app.widgets.layouts import add, column_of, in_column, in_row, row_of
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_columns import export_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn, RowAction
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import Screen, in_scroll_area, is_short, trim_page_edges
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, with_store
from app.window.debounce import debounce
from app.window.failure_messages import failure_of
from app.window.year_words import in_year_words
from db.digits import whole_number
from db.fields import field_label
from db.records.roster import SelectionLine, SelectionMethod

UNNAMED = "氏名未定"
REMOVED_FROM_ROSTER = "名簿から外した方"


def selection_columns() -> tuple[Column, ...]:
    """Return the columns of the result of a selection."""
    return (
        Column(
            "order", field_label(SelectionLine, "order"),
            lambda row: Cell(str(row.line.order), icon="lock" if row.line.told else ""),
            sort=lambda row: row.line.order, align="right",
            min_list_width=600,
        ),
        Column(
            "result", "結果と理由", result_cell, sort=_result_rank, widest=190,
            export_parts=(
                export_column(SelectionLine, "result", lambda row: row.line),
                ExportColumn(field_label(SelectionLine, "why"), lambda row: row.why),
            ),
        ),
        Column("organisation", in_year_words("団体・支部"), _organisation, stretch=True),
        Column("name", "氏名", _name, widest=180),
        Column("applied", "申込", _applied_cell, sort=lambda row: row.line.applied_at, min_list_width=500),
        Column("draw", "抽選の数", _draw_cell, sort=lambda row: row.line.draw, min_list_width=700),
    )  # fmt: skip


def result_cell(row: SelectionRow) -> Cell:
    """Return the result as a badge, with its reason below."""
    result = row.line.result
    return Cell(result, row.why, badge="補欠" if result.startswith("補欠") else result)


def _result_rank(row: SelectionRow) -> tuple[int, int]:
    """Return the order of a result: chosen, waiting, rejected."""
    result = row.line.result
    return RESULTS.index(result[:2]), whole_number(result.removeprefix("補欠")) or 0


def _organisation(row: SelectionRow) -> Cell:
    """Return the cell of the 団体 with its 支部 below; 「—」 for a place removed from the roster."""
    if row.row is None:
        return Cell("—", tone="second")
    return Cell(row.row.organisation_name or "—", row.row.branch)


def _name(row: SelectionRow) -> Cell:
    """Return the cell of the name; one removed from the roster or still unnamed is said so."""
    if row.row is None:
        return Cell(REMOVED_FROM_ROSTER, tone="second")
    if row.row.person is None:
        return Cell(UNNAMED, tone="second")
    return Cell(row.row.name, row.row.furigana, strong=True)


def _applied_cell(row: SelectionRow) -> Cell:
    words = application_time_text(row.line.applied_at)
    return Cell(words or "日時なし", row.row.entry.way if row.row is not None else "", tone="" if words else "second")


def _draw_cell(row: SelectionRow) -> Cell:
    line = row.line
    return Cell(line.draw[:12], f"団体 {line.organisation_draw[:12]}" if line.organisation_draw else "")


class SavedSelections(Panel):
    """List of saved selections. Signals: ``check_asked(int)`` the id of the selection."""

    check_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__("これまでの決定")
        self.list = FittedTable(
            "past-choices",
            (Column("choice", "決定", _cell, stretch=True, sortable=False),),
            title="これまでの決定",
            empty="まだ決めていません。",
            head=False,
            on_choose=self._update_buttons,
        )
        self.check = inline_button("もう一度確かめる", self._check)
        self.record = inline_button("決定の記録")
        self.answer = NoteBox()
        self.small = small_label()
        self.buttons = FlowRow(self.record, self.check)
        for part in (self.list, self.buttons, self.answer, self.small):
            self.put(part)
        self._update_buttons()

    def show_selections(self, selections: Sequence[SavedSelection]) -> None:
        """Show the selections, newest first."""
        self.list.show_rows(tuple(selections))
        if selections and self.list.current() is None:
            self.list.choose(lambda _row: True, take_focus=False)
        by_hand = sum(one.is_manual for one in selections)
        show_text_or_hide(self.small, fill_nonempty("うち{}件は、1人ずつ手で変えたものです。", by_hand))
        self._update_buttons()

    def show_check_result(self, words: str, *, is_same: bool) -> None:
        """Show the result of repeating a selection."""
        self.answer.show_text(words, tone="accent" if is_same else "red")

    def _update_buttons(self) -> None:
        """Enable the check of the chosen selection unless made by hand, and clear the answer of the last check."""
        one = self.list.current()
        whole = isinstance(one, SavedSelection) and not one.is_manual
        drawn = isinstance(one, SavedSelection) and one.selection.method.by_lot
        self.check.set_words("同じ種でもう一度確かめる" if drawn else "もう一度確かめる")
        self.check.setEnabled(whole)
        self.buttons.setVisible(one is not None)
        self.answer.show_text("")

    def _check(self) -> None:
        one = self.list.current()
        if isinstance(one, SavedSelection):
            self.check_asked.emit(one.id)


def _cell(saved: SavedSelection) -> Cell:
    """Return the cell of a saved selection: method and counts, or the change by hand with its reason."""
    selection = saved.selection
    at = f"{application_time_text(selection.made_at)}　{selection.by}"
    if saved.is_manual:
        reason = fill_nonempty("　{}", selection.reason)
        return Cell(f"手で変更　{selection.lines[0].result}", f"{at}{reason}")
    counts = "　".join(f"{word} {saved.count(word)}" for word in RESULTS)
    seed = fill_nonempty("\n種 {}", selection.seed)
    return Cell(f"{selection.method}　{counts}", f"{at}{seed}", strong=True)


_PROPOSAL_DELAY_MS = 200


class SelectionScreen(Screen):
    """Screen 参加者を決める of one event; ``open_with(event_id=…)``, without it the last one stays. Signals: none."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._event_id = 0
        self._begun = 0
        self._picked: frozenset[int] = frozenset()
        self._tries = 0
        self._retermed = False
        self.view: SelectionView | None = None
        self.proposal: SelectionProposal | None = None
        self.picker = EventPicker(app_context)
        self.to_roster = link_button("名簿に戻る", self._open_event)
        self.form = SelectionForm(fiscal_year=app_context.fiscal_year)
        self.past = SavedSelections()
        self.past.list.name_copies("これまでの決定", lambda: self._event_id or None)
        self.summary = wrapped_label("", "h2")
        self.remarks = NoteBox(tone="amber")
        self.folded = FoldLine("確かめること")
        self.folded.hide()
        self.folded.toggled.connect(self._fit_to_height)
        self._remarks: tuple[str, ...] = ()
        self._applied = self._result = ""
        self.problem = NoteBox(tone="red")
        self.table = RecordTable(
            "choice",
            selection_columns(),
            title="決める前の結果",
            empty="まだ申込がありません。",
            empty_button="申込を取り込む",
            empty_on_click=self._open_import,
            action=self._row_action,
            unit="人",
            rule="保存するまで、名簿は変わりません。",
            on_act=self._toggle_picked,
        )
        self.export = export_button(app_context, self.table, title="参加者の決定案", event_id=lambda: self._event_id)
        self.save = main_button("", self._save)
        self.bar = ActionBar(app_context)
        self.bar.put(self.save, self.export)
        self.bar.show_words("保存したあとも Ctrl+Z で元に戻せます。決め方と結果は記録に残ります。")
        self.none = EmptyState()
        self._soon = debounce(self, self._propose, _PROPOSAL_DELAY_MS)
        self._build()
        self._connect()
        self.setFocusProxy(self.form.buttons[METHODS[0]])

    def _build(self) -> None:
        column = page_above(self.bar, self)
        column.addWidget(FlowRow(heading("参加者を決める"), self.picker, self.to_roster, spacing=16))
        self.left = in_scroll_area(column_of(self.form, self.past, None, spacing=16, margins=(0, 0, 6, 0)))
        right = in_column(
            in_row((self.summary, 1), self.table.filter_field, spacing=16),
            self.folded,
            self.remarks,
            self.problem,
            (self.table, 1),
            spacing=8,
        )
        self.inside = row_of(self.left, (right, 1), spacing=24)
        add(column, (self.inside, 1), (self.none, 1))
        self.none.hide()

    def _connect(self) -> None:
        self.picker.chosen.connect(self._choose_event)
        self.form.changed.connect(self._discard_proposal)
        self.form.seed_changed.connect(self._count_seed_try)
        self.past.record.chosen.connect(self._open_record)
        self.past.check_asked.connect(lambda one: self.run_read(self._show_recheck, check_selection, selection_id=one))

    # reading

    def open_with(self, **arguments: Any) -> None:
        """Choose the event ``event_id``; without it keep the last one."""
        if arguments.get("event_id"):
            self._choose_event(int(arguments["event_id"]))
            self.picker.choose(self._event_id)

    def view_state(self) -> dict[str, Any]:
        """Return the event."""
        return {"event_id": self._event_id}

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether terms or people were chosen and not saved."""
        return bool(self._picked or self._tries) or self._retermed

    def reload(self) -> None:
        """Read the applicants, and compute the preview again."""
        self.picker.reload()
        self._read()

    def _choose_event(self, event_id: int) -> None:
        """Show another event, or the empty page without one; what was picked is dropped."""
        if event_id == self._event_id and event_id:
            return
        self._event_id = event_id
        self._picked, self._tries, self._retermed = frozenset(), 0, False
        self.view = self.proposal = None
        for part in (self.inside, self.bar):
            part.setVisible(bool(event_id))
        self.none.setVisible(not event_id)
        self.none.show_text(*empty_year_words(self.app_context))
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        if self._event_id:
            self.run_read(self._show, read_selection, event_id=self._event_id, today=self.today)

    def _show(self, view: SelectionView) -> None:
        """Show the applicants, at first with the usual terms, unless another event was chosen meanwhile."""
        if view.event.id != self._event_id:
            return
        self.view = view
        if self._begun != self._event_id:
            self._begun = self._event_id
            self.form.start_for(view)
        self.past.show_selections(view.saved_selections)
        self._propose()

    def _discard_proposal(self) -> None:
        """Disable saving after a change of the terms, and propose anew shortly after; the preview stays till then."""
        self._retermed = True
        self.save.setEnabled(False)
        self._soon.start()

    def _propose(self) -> None:
        self._soon.stop()
        self.save.setEnabled(False)
        if self.view is None:
            return
        terms = self.form.terms(self._picked)
        if terms is None or not self.view.applicants:
            self._show_no_proposal("" if terms is not None else "定員や人数の欄を確かめてください。")
            return
        if terms.method.by_ward and not terms.picked_entries:
            # Nobody is picked yet, so all are shown in the order of application, to pick from.
            terms = SelectionTerms(
                method=SelectionMethod.FIRST_COME, capacity=terms.capacity, waitlist_size=terms.waitlist_size
            )
        self.app_context.read(
            with_store(propose_selection, event_id=self._event_id, terms=terms),
            self._show_proposal,
            on_failed=self._show_proposal_error,
        )

    def _show_proposal_error(self, problem: Exception) -> None:
        """Show why no selection can be proposed: beside the terms, or as a failure of the window."""
        failure = failure_of(problem)
        if failure.small:
            self._show_no_proposal(f"{failure.happened}{failure.todo}")
        else:
            self.app_context.show_failure(problem)

    def _show_no_proposal(self, reason: str) -> None:
        self.proposal = None
        self._remarks = (reason,) if reason else ()
        self._applied, self._result = "", "" if reason else "まだ申込がありません。"
        self._fit_to_height()
        self.problem.show_text("")
        if reason:
            self.table.set_empty("決め方の欄がそろうと、1人ずつの結果がここに出ます。")
        else:
            self.table.set_empty("まだ申込がありません。", "申込を取り込む", self._open_import)
        self.save.set_words("参加者を決めて保存する")
        self.save.setEnabled(False)
        self.table.show_rows(())

    def _show_proposal(self, proposal: SelectionProposal) -> None:
        """Show who would be chosen, unless another event was chosen meanwhile."""
        view = self.view
        if view is None or view.event.id != self._event_id:
            return
        self.proposal = proposal
        self.problem.show_text("")
        picking = self.form.method.by_ward and not self._picked
        counts = {word: proposal.count(word) for word in RESULTS}
        applied = f"対象 {len(view.applicants)}人・{view.organisations}団体"
        result = "決定にする方を選んでください" if picking else "・".join(f"{word} {n}" for word, n in counts.items())
        before = next((one for one in view.saved_selections if not one.is_manual), None)
        said = (
            [f"前に{before.selection.method}で決めています。保存すると、いまの決定・補欠・落選が置き換わります。"]
            if before and not any(line.told for line in proposal.lines)
            else []
        )
        self._remarks = (*said, *view.remarks, *proposal.remarks)
        self._applied, self._result = applied, result
        self._fit_to_height()
        waiting = fill_nonempty("、{}人を補欠", counts["補欠"])
        self.save.set_words("参加者を決めて保存する" if picking else f"{counts['決定']}人を決定{waiting}にする")
        self.save.setEnabled(not picking and self.may_write and view.event.status.is_planned)
        # Picking must not move rows, so they stay in the order of application.
        by_hand = self.form.method.by_ward
        self.table.show_rows(sorted(proposal.rows, key=lambda row: row.line.order) if by_hand else proposal.rows)

    # 区の調整

    def _row_action(self, row: SelectionRow) -> RowAction | None:
        """Return the button that picks a person by hand, None unless the method is 区の調整."""
        if not self.form.method.by_ward or row.line.told:
            return None
        return RowAction("外す" if row.id in self._picked else "選ぶ")

    def _toggle_picked(self, row: SelectionRow) -> None:
        if row.line.told:
            self.app_context.show_message(f"{row.line.why}です。{TOLD_STAYS}")
        elif self.form.method.by_ward:
            self._picked ^= {row.id}
            self._propose()

    # saving

    def _count_seed_try(self) -> None:
        """Count that the seed was changed after a result was seen; saved with the selection."""
        if self.proposal is not None and self.proposal.terms.method.by_lot:
            self._tries += 1

    def _save(self) -> None:
        """Save the selection, or show that the reason of a 区の調整 is missing."""
        proposal = self.proposal
        if proposal is None:
            return
        reason = self.form.reason_text()
        if proposal.terms.method.by_ward and not reason.strip():
            self.form.reason.set_problem("reason", "区の調整の理由がまだ入力されていません。")
            self.form.reason.go_to("reason")
            return
        self.save.setEnabled(False)
        tries = self._tries if proposal.terms.method.by_lot else 0
        self.run_change(
            bind_action(
                save_selection,
                event_id=self._event_id,
                terms=proposal.terms,
                reason=reason,
                shown=proposal.lines,
                tries=tries,
            ),
            self._on_saved,
        )

    def _on_saved(self, _saved: ActionResult) -> None:
        """Go to the roster after the selection was saved."""
        self._picked, self._tries, self._retermed = frozenset(), 0, False
        # What follows a selection (letters, numbers, absences) is done from the roster.
        self._open_event()

    def _open_event(self) -> None:
        self.app_context.back_to("event", event_id=self._event_id, tab="参加者")

    def _open_import(self) -> None:
        self.go("applications", event_id=self._event_id)

    def show_error(self, problem: Exception) -> None:
        """Show the error, and read applicants and preview again."""
        super().show_error(problem)
        self._read()

    def _open_record(self) -> None:
        title = self.view.title if self.view is not None else ""
        DocumentDialog(self, event_id=self._event_id, kind=RECORD, subject=title).open()

    def _show_recheck(self, recheck: SelectionCheck) -> None:
        self.past.show_check_result(recheck.words, is_same=recheck.is_same)

    def fit_size(self) -> None:
        """Set the width of the column of terms by that of the window, and fold the notes on a low page."""
        width = self.window().width()
        self.left.setFixedWidth(min(t.scaled(340), round(width * 0.3)) if width >= t.FOLD_WIDE else 258)
        self._fit_to_height()

    def _fit_to_height(self) -> None:
        """On a low page fold the notes into one line, to give their room to the people."""
        low = is_short(self)
        self.folded.show_count(len(self._remarks) if low else 0, *self._remarks)
        self.remarks.show_text("".join(self._remarks) if not low or self.folded.isChecked() else "")
        for part in filter(None, (self.table.count_line, self.table.about)):
            part.setVisible(not low)
        self.summary.setText(join_nonempty("" if low else self._applied, self._result, separator=" → "))
        self.summary.setToolTip(self._applied if low else "")
        trim_page_edges(self.inside.parentWidget(), short=low)
