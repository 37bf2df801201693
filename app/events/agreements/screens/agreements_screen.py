"""Screen 協議・打合せ: every 協議 of the year, searchable by any word, with reasons and homework."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.calendar.dates import short_date_or
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.export_button import export_button
from app.documents.screens.passage_fields import WordingDialog
from app.documents.services.document_scope import DocumentScope
from app.event.rules.event_warning import CONTRACT_CHANGE
from app.event.services.event_lists import EventName, list_event_names
from app.events.agreements.documents import KIND as CHANGE
from app.events.agreements.documents import MINUTES, RECORD, YEAR_LIST
from app.events.agreements.rules import count_matches, has_content, is_open
from app.events.agreements.screens.notified_change import notification_actions
from app.events.agreements.screens.record_dialogs import ConfirmDialog, HomeworkDialog, MeetingDialog, RecordDialog
from app.events.agreements.screens.record_panel import HomeworkPanel, MeetingPanel, RecordPanel
from app.events.agreements.services import EVIDENCE_KIND as EVIDENCE
from app.events.agreements.services import (
    AgreementView,
    HomeworkRow,
    RecordList,
    RecordRow,
    attach_file,
    finish_homework,
    read_record,
    read_records,
    remove_file,
    remove_homework,
    remove_meeting,
    reopen_homework,
    take_back_confirmation,
    take_back_meeting_confirmation,
    withdraw_record,
)
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, MenuAction, main_button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.folding_columns import ListAndDetail
from app.widgets.keys import on_key
from app.widgets.labels import heading, label
from app.widgets.layouts import add, column_of
from app.widgets.lists.evidence_shortcut import install_evidence_key
from app.widgets.lists.record_columns import export_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from app.widgets.lists.record_table import RecordTable
from app.widgets.lists.segments import Segments
from app.widgets.screen import Screen, disable_when_read_only, in_scroll_area
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.fields import field_label
from db.records.agreements import Agreement, AgreementFile, Homework, Meeting

OPEN, WITH_HOMEWORK, SECTION = "協議中", "宿題あり", "契約課へ確認"
_WORDING_HINT = "この文は、この協議の契約変更の協議書だけに入ります。変更の内容と理由は、協議の記録を直すと変わります。"
_USUAL_REASONS = ("記録の誤り", "あとの協議で改めた", "双方の合意による")


def record_columns(today: date, search_text: Callable[[], str]) -> tuple[Column, ...]:
    """Return the columns 日・番号, 問い・実施回, 区の考え, 受託者の考え, 決まったこと・根拠.

    Of each text a cell shows one sentence: the one with most of the searched words, else the first.

    Args:
        search_text: returns the text that is searched for; called whenever a cell is drawn.
    """

    def told(text: str) -> str:
        """Return the sentence of a text that matches the search best, else its first one."""
        return _matching_sentence(text, search_text())

    return (
        Column(
            "day",
            "日・番号",
            lambda row: _day(row, today),
            sort=lambda row: (row.day or date.max, row.id),
            export_parts=(
                ExportColumn(
                    "決まった日",
                    lambda row: short_date_or("", row.record.settled_on),
                ),
                ExportColumn("番号", lambda row: row.record.record_number),
            ),
        ),
        Column(
            "question",
            "問い・実施回",
            lambda row: Cell(told(row.question), row.about, second_kind=row.event.kind if row.event else ""),
            stretch=True,
            width=200,
            export_parts=(
                ExportColumn(field_label(Agreement, "content"), lambda row: row.record.content or row.record.topic),
                ExportColumn("実施回", lambda row: row.about),
            ),
        ),
        Column(
            "ward",
            field_label(Agreement, "ward_view"),
            lambda row: told(row.record.ward_view),
            stretch=True,
            width=110,
            min_list_width=620,
            copy_text=lambda row: row.record.ward_view,
        ),
        Column(
            "contractor",
            field_label(Agreement, "contractor_view"),
            lambda row: told(row.record.contractor_view),
            stretch=True,
            width=110,
            min_list_width=620,
            copy_text=lambda row: row.record.contractor_view,
        ),
        Column(
            "decision",
            "決まったこと・根拠",
            lambda row: _decision(row, told),
            stretch=True,
            width=150,
            export_parts=(
                export_column(Agreement, "decision", lambda row: row.record),
                export_column(Agreement, "reason", lambda row: row.record),
                export_column(Agreement, "clause", lambda row: row.record),
                ExportColumn("状態", lambda row: row.record.state),
            ),
        ),
    )


def _day(row: RecordRow, today: date) -> Cell:
    return Cell(
        short_date_or("—", row.day, today),
        row.record.record_number or row.record.state,
        strong=row.record.settled_on is not None,
    )


def _decision(row: RecordRow, searched_sentence: Callable[[str], str]) -> Cell:
    """Return the cell of what was decided, with the sentence that matches the search, or 取消 or 協議中."""
    if not row.record.is_in_effect:
        return Cell("取消", row.record.withdrawn_reason, tone="second")
    if row.record.settled_on is None:
        return Cell("協議中", row.record.clause, tone="second")
    return Cell(searched_sentence(row.record.decision) or "済", row.record.clause, strong=bool(row.record.decision))


def _matching_sentence(text: str, search_text: str) -> str:
    """Return the first sentence or line with most words of ``search_text``, else the first; without its 「。」."""
    sentences = [one.strip() for one in re.split(r"(?<=。)|\n", text.strip()) if one.strip()]
    return max(sentences, key=lambda one: count_matches(search_text, one), default="").removesuffix("。")


class AgreementsScreen(Screen):
    """Screen 協議・打合せ. Signals: none.

    ``open_with``: ``agreement_id`` selects that 協議, ``homework_id`` focuses 「済にする」 of that 宿題, ``text`` is
    typed into the search field, ``kind`` is the filter: 協議中, 宿題あり or 契約課へ確認.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.listed: RecordList | None = None
        self.view: AgreementView | None = None
        self._events: tuple[tuple[int, str], ...] = ()
        self._wanted: int | None = None
        self._wanted_homework: int | None = None
        self._searched = ""
        self._also = ""
        self.counts = label("", "small")
        self.kinds = Segments((OPEN, WITH_HOMEWORK, SECTION), name="状態で絞り込む")
        self.table = RecordTable(
            "agreements",
            record_columns(app_context.today(), lambda: self._searched),
            title="協議の一覧",
            sort="-day",
            empty="協議の記録は、まだありません。決まったことと理由を残すと、来年の4月にも答えられます。",
            empty_button="協議を記録",
            empty_on_click=self.add,
            search=lambda _row: self._searched,
            hint="Enter で右の欄へ、F3 でつぎの一致、Ctrl+C で表のままコピー",
            names_people=False,
            on_edit=self._change,
            on_open=self._focus_detail,
            on_choose=self._choose,
        )
        self.ticked = FoldLine("考えや理由の記録がない協議（印だけ）", done=True)
        self.panel = RecordPanel(self.menu_actions)
        self.homework = HomeworkPanel()
        self.meetings = MeetingPanel()
        self.print_button = Button("1年分を印刷", self._print_all, icon_name="printer")
        self.export = export_button(app_context, self.table, title="協議の一覧", filter_words=self.kinds.current)
        self.meeting_button = Button("打合せを記録", self.add_meeting, icon_name="users-three")
        self.add_button = main_button("協議を記録", self.add, icon_name="plus")
        self.bar = ActionBar(app_context)
        self.bar.put(self.add_button, self.meeting_button, self.print_button)
        self._build()
        self._connect()

    def _build(self) -> None:
        column = page_above(self.bar, self)
        column.addWidget(FlowRow(heading("協議・打合せ"), self.counts, spacing=16))
        self.table.foot.addWidget(self.export)
        self.table.filter_field.setPlaceholderText("ことばでさがす")
        self.table.filter_field.setAccessibleName("協議の記録をことばでさがす")
        self.table.filter_field.setMinimumWidth(t.scaled(200))
        self.table.filter_field.setMaximumWidth(t.scaled(280))
        self.table.put_tool(self.kinds)
        side = column_of(self.panel, self.homework, self.meetings, None, spacing=16, margins=(0, 0, 8, 0))
        self.across = ListAndDetail(self.table, in_scroll_area(side), back="協議の一覧", wide=400, usual=372)
        self.setFocusProxy(self.table)
        add(column, self.ticked, (self.across, 1))

    def _connect(self) -> None:
        install_evidence_key(self, self.app_context, self._current_evidence)
        self.table.filter_field.textChanged.connect(self._search)
        on_key(self, "F3", self._select_next_match)
        self.kinds.chosen.connect(self._fill)
        self.ticked.toggled.connect(self._fill)
        self.panel.change.chosen.connect(self._change)
        self.panel.print.chosen.connect(partial(self._print, RECORD))
        self.homework.done_asked.connect(self._finish_homework)
        self.homework.change_asked.connect(self._change_homework)
        self.homework.remove_asked.connect(self._remove_homework)
        self.meetings.change_asked.connect(self._change_lone_meeting)
        self.meetings.remove_asked.connect(self._remove_meeting)
        self.homework.origin_asked.connect(self._open_origin)
        disable_when_read_only(self.app_context, self.add_button, self.meeting_button, *self.panel.writing)

    def open_with(
        self,
        *,
        agreement_id: int | None = None,
        homework_id: int | None = None,
        text: str = "",
        kind: str = "",
        **_more: Any,
    ) -> None:
        """Filter the list by ``kind``, search for ``text``; the 協議 or 宿題 is selected when the list is read next."""
        if kind:
            self.kinds.choose(kind)
        self._wanted, self._wanted_homework = agreement_id, homework_id
        if text:
            self.table.filter_field.setText(text)

    def view_state(self) -> dict[str, Any]:
        """Return the state by which the list is filtered; the list keeps its own selection."""
        return {"kind": self.kinds.current()}

    def reload(self) -> None:
        """Read the events that can be chosen and the list; the current 協議 is read when the list selects it."""
        self.run_read(
            self._take_events,
            list_event_names,
            today=self.today,
            fiscal_year=self.fiscal_year,
        )
        self._read()

    def _take_events(self, events: tuple[EventName, ...]) -> None:
        self._events = tuple((one.id, one.title) for one in events)

    def _read(self) -> None:
        """Read the list of the year; 協議 that match the typed text come first in it."""
        self.run_read(self._show, read_records, fiscal_year=self.fiscal_year, text=self.table.filter_field.text())

    def _search(self) -> None:
        """Search again at every key, and show the newest answer.

        All rows stay in the list, matches first, so the field must not filter them again.
        """
        self._searched = self.table.filter_field.text()
        self._read()

    def _select_next_match(self) -> None:
        """Select the next match on F3, after the last the first; without a match focus the search field."""
        found = [one for one in self.listed.rows if one.is_match] if self.listed is not None else []
        if not found:
            self.table.filter_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        current = self.table.current()
        ids = [one.id for one in found]
        place = ids.index(current.id) + 1 if current is not None and current.id in ids else 0
        self.table.choose(lambda one: one.id == ids[place % len(ids)])

    def _show(self, listed: RecordList) -> None:
        """Show list, counts, open 宿題 and 打合せ without a 協議, unless the searched text changed meanwhile."""
        if listed.text != self.table.filter_field.text():
            return
        self.listed = listed
        meetings = fill_nonempty("　打合せ {}回", len(listed.meetings))
        self.counts.setText(f"{len(listed.rows)}件{meetings}")
        self.table.model.group_by(self._group if listed.text.strip() else None)
        self.kinds.show_counts(
            len(listed.rows),
            *(sum(self._has_state(row, word) for row in listed.rows) for word in (OPEN, WITH_HOMEWORK, SECTION)),
        )
        self._also = "".join(f"「{one}」" for one in listed.synonyms[:3])
        self.homework.show_homework(
            tuple(one for one in listed.homework if is_open(one.homework)),
            self.today,
            self._wanted_homework,
            self.app_context,
        )
        self._wanted_homework = None
        held = {row.record.meeting_id for row in listed.rows}
        self.meetings.show_meetings(
            [one for one in listed.meetings if one.id not in held], self.today, self.app_context
        )
        self._fill()

    def _group(self, row: RecordRow) -> str:
        """Return the heading of the group of a row: 「「端末」を含む記録」, else 「そのほかの記録　新しい順」."""
        text = self._searched.strip()
        if not row.is_match:
            return "そのほかの記録　新しい順"
        return f"「{text}」を含む記録" + fill_nonempty("（{}も合わせて）", self._also)

    @staticmethod
    def _has_state(row: RecordRow, word: str) -> bool:
        """Return whether a 協議 matches ``word`` of the filter: 協議中, with open 宿題, or ``CONTRACT_CHANGE``.

        True for any other word.
        """
        return {
            OPEN: row.record.is_open, WITH_HOMEWORK: row.homework > 0, SECTION: row.record.nature == CONTRACT_CHANGE,
        }.get(word, True)  # fmt: skip

    def _fill(self) -> None:
        """Show the 協議 that match the filter, and select the one ``open_with`` asked for.

        Those only ticked are left out unless 「考えや理由の記録がない協議」 is unfolded.
        """
        if self.listed is None:
            return
        word = self.kinds.current()
        wanted = [one for one in self.listed.rows if self._has_state(one, word)]
        mere = [one for one in wanted if self._is_hidden_tick(one)]
        self.ticked.show_count(len(mere), *dict.fromkeys(one.record.topic for one in mere))
        folded = mere if not self.ticked.isChecked() else ()
        self.table.show_rows([one for one in wanted if one not in folded])
        if self._wanted is not None:
            at, self._wanted = self._wanted, None
            self._select_record(at)
        self.table.ensure_current_row()
        if not self.listed.rows:
            self.panel.show_empty()

    def _is_hidden_tick(self, row: RecordRow) -> bool:
        """Return whether a record was only ticked and is left out of the list unless asked for.

        A match of the search or one with open 宿題 never is.
        """
        return (
            not row.is_match and not row.homework and row.record.settled_on is not None and not has_content(row.record)
        )

    def _select_record(self, agreement_id: int) -> None:
        """Clear the filter, unfold the ticked 協議 if this is one of them, select it and focus its details."""
        self.kinds.choose("")
        rows = self.listed.rows if self.listed is not None else ()
        if any(one.id == agreement_id and self._is_hidden_tick(one) for one in rows):
            self.ticked.setChecked(True)
        if self.table.choose(lambda one: one.id == agreement_id):
            self._focus_detail()

    # record

    def _current_evidence(self) -> tuple[str, str] | None:
        """Return sort and id of the current 協議 as evidence for the 提案書, or None."""
        current = self.table.current()
        return (EVIDENCE, str(current.id)) if current is not None else None

    def _choose(self, row: RecordRow | None) -> None:
        if row is not None:
            self.run_read(self._show_record, read_record, agreement_id=row.id)

    def _show_record(self, view: AgreementView) -> None:
        """Show a record, unless another was chosen meanwhile."""
        current = self.table.current()
        if current is not None and current.id == view.record.id:
            self.view = view
            self.panel.show_record(view, self.today, self.listed.text if self.listed else "")

    def _focus_detail(self) -> None:
        """Focus the button 「記録票」 of the details; in a narrow window they are first shown in place of the list."""
        if self.across.is_narrow:
            self.across.show_detail()
        self.panel.print.setFocus()

    def add(self) -> None:
        """Open the dialog for a new 協議."""
        if self.listed is not None:
            dialog = RecordDialog(self, self.listed, self._events)
            dialog.saved_result.connect(self._select_saved)
            dialog.open()

    def _select_saved(self, saved: Any) -> None:
        """Note the saved 協議 (``saved.id``), so that it is selected when the list is read again."""
        self._wanted = saved.id

    def menu_actions(self) -> Iterator[MenuAction]:
        """Yield the entries of the menu 「…」, each a label and what it does, for the shown 協議 and its 打合せ.

        None while no 協議 is shown; those that do not fit its state are left out.
        """
        view = self.view
        if view is None:
            return
        one = view.record
        if one.settled_on is not None and one.confirmed_on is None and one.withdrawn_on is None:
            yield "受託者の確認を記録", self._confirm
        if one.confirmed_on is not None:
            yield "確認を取り消す", self._take_back_confirmation
        if one.nature == CONTRACT_CHANGE and one.is_in_effect:
            yield "契約変更の協議書", self._show_contract_change
            yield "契約変更の協議書の文を直す", self._edit_contract_change_text
        yield from notification_actions(self.app_context, self._scope(one.id), view.contract_change, self)
        yield "宿題を加える", self._add_homework
        yield "ファイルを添付", self._attach
        for file in view.files:
            yield f"添付「{file.name}」を外す", partial(self._remove_file, file)
        if view.meeting is not None:
            yield "打合せ記録を開く", self._print_minutes
            if view.meeting.confirmed_on is None:
                yield "打合せの記録を直す", self._change_meeting
                yield "打合せ全体の確認を記録", self._confirm_meeting
            else:
                yield "打合せ全体の確認を取り消す", self._take_back_meeting_confirmation
        if one.ordinal is not None and one.withdrawn_on is None:
            yield "この協議を取消にする", self._withdraw

    def _change(self) -> None:
        """Open the form of the shown 協議; nothing happens if it is confirmed or withdrawn."""
        if self.view is not None and self.listed is not None and not self.panel.change.isHidden():
            RecordDialog(self, self.listed, self._events, self.view.record).open()

    def _scope(self, item: int | None = None) -> DocumentScope:
        """Return the scope of a document of the year, or of one record (``item``, its id)."""
        year = self.listed.fiscal_year if self.listed is not None else self.fiscal_year
        return DocumentScope(fiscal_year=year, as_of=self.today, item=item)

    def _show_contract_change(self) -> None:
        self._print(CHANGE)

    def _edit_contract_change_text(self) -> None:
        if self.view is not None:
            WordingDialog(self.app_context, self._scope(self.view.record.id), CHANGE, _WORDING_HINT, parent=self).open()

    def _print(self, kind: str) -> None:
        if self.view is not None:
            one = self.view.record
            DocumentDialog(
                self,
                scope=self._scope(one.id),
                kind=kind,
                subject=f"{one.record_number}　{one.topic}",
            ).open()

    def _print_minutes(self) -> None:
        if self.view is not None and self.view.meeting is not None:
            self._show_minutes(self.view.meeting)

    def _show_minutes(self, meeting: Meeting) -> None:
        DocumentDialog(
            self,
            scope=self._scope(meeting.id),
            kind=MINUTES,
            subject=f"第{meeting.ordinal}回　{meeting.subject}",
        ).open()

    def _print_all(self) -> None:
        DocumentDialog(self, scope=self._scope(), kind=YEAR_LIST).open()

    def _confirm(self) -> None:
        if self.view is not None:
            one = self.view.record
            ConfirmDialog(self, agreement_id=one.id, subject=f"{one.record_number}　{one.topic}").open()

    def _take_back_confirmation(self) -> None:
        """Ask why the confirmation is taken back, then take it back."""
        if self.view is None:
            return
        one = self.view.record
        self._ask_reason(
            "確認を取り消す",
            f"{one.record_number}　{one.topic}",
            "取り消す",
            "記録を直せるようになります。直したら、もう一度確認を受けてください。",
            lambda reason: bind_action(take_back_confirmation, agreement_id=one.id, reason=reason),
        )

    def _withdraw(self) -> None:
        """Ask why the record is withdrawn, then withdraw it."""
        if self.view is None:
            return
        one = self.view.record
        self._ask_reason(
            "協議を取消にする",
            f"{one.record_number}　{one.topic}",
            "取消にする",
            "番号と内容は残り、一覧と紙に「取消」と出ます。",
            lambda reason: bind_action(withdraw_record, agreement_id=one.id, reason=reason),
        )

    def _ask_reason(self, title: str, subject: str, verb: str, text: str, change: Any) -> None:
        ReasonDialog(
            self,
            title,
            subject,
            verb=verb,
            text=text,
            usual_reasons=_USUAL_REASONS,
            change=change,
        ).open()

    def _attach(self) -> None:
        """Ask for a file, read it in the background and attach it to the 協議 shown now."""
        if self.view is None:
            return
        chosen, _kind = QFileDialog.getOpenFileName(self, "添付するファイルを選ぶ")
        if chosen:
            path = Path(chosen)
            record_id = self.view.record.id
            self.app_context.run_in_background(
                path.read_bytes,
                lambda data: self.run_action(attach_file, agreement_id=record_id, data=data, name=path.name),
                owner=self,
                writes=True,
            )

    def _remove_file(self, attached: AgreementFile) -> None:
        self.run_action(remove_file, attached_id=attached.id)

    # meetings and homework

    def add_meeting(self) -> None:
        """Open the dialog for a new 打合せ."""
        if self.listed is not None:
            MeetingDialog(self, self.listed).open()

    def _change_meeting(self) -> None:
        if self.view is not None and self.view.meeting is not None and self.listed is not None:
            MeetingDialog(self, self.listed, self.view.meeting).open()

    def _change_lone_meeting(self, meeting: Meeting) -> None:
        if self.listed is not None:
            MeetingDialog(self, self.listed, meeting).open()

    def _remove_meeting(self, meeting: Meeting) -> None:
        self.run_action(remove_meeting, meeting_id=meeting.id)

    def _confirm_meeting(self) -> None:
        if self.view is not None and self.view.meeting is not None:
            one = self.view.meeting
            ConfirmDialog(self, meeting_id=one.id, subject=f"第{one.ordinal}回　{one.subject}").open()

    def _take_back_meeting_confirmation(self) -> None:
        """Ask why, then take back the confirmation of the meeting, and that of the 協議 confirmed in it."""
        if self.view is None or self.view.meeting is None:
            return
        one = self.view.meeting
        self._ask_reason(
            "打合せの確認を取り消す",
            f"第{one.ordinal}回　{one.subject}",
            "取り消す",
            "一緒に確認された協議の確認も取り消します。直したら、もう一度確認を受けてください。",
            lambda reason: bind_action(take_back_meeting_confirmation, meeting_id=one.id, reason=reason),
        )

    def _add_homework(self) -> None:
        if self.view is not None and self.listed is not None:
            homework = Homework(programme_id=self.listed.programme_id, agreement_id=self.view.record.id, text="")
            HomeworkDialog(self, homework).open()

    def _change_homework(self, row: HomeworkRow) -> None:
        HomeworkDialog(self, row.homework).open()

    def _open_origin(self, row: HomeworkRow) -> None:
        if row.record is not None:
            self._select_record(row.record.id)
        elif row.meeting is not None:
            self._show_minutes(row.meeting)

    def _finish_homework(self, row: HomeworkRow) -> None:
        """Record the 宿題 of ``row`` as done today, or as open again if it is done."""
        doing = finish_homework if is_open(row.homework) else reopen_homework
        self.run_action(doing, homework_id=row.id)

    def _remove_homework(self, row: HomeworkRow) -> None:
        self.run_action(remove_homework, homework_id=row.id)
