"""Tab 支援のあゆみ of one 派遣: its steps in the order of the work; without アンケート and telephone numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.calendar.dates import long_date, short_date, short_date_or
from app.common.display_words import left_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.row_cells import filled_cells
from app.documents.screens.document_view import DocumentDialog
from app.documents.services.document_scope import DocumentScope
from app.documents.services.kept_letters.letter_differences import KeptComparison, read_comparison
from app.event.rules.recruitment import DECISION
from app.events.dispatches.rules import (
    FOLLOW_UPS,
    HEAR,
    PLAN_COLUMNS,
    STEPS,
    called_after,
    contact_withheld_reason,
    is_after_march,
    may_share_contact,
    signer_text,
)
from app.events.dispatches.screens.dispatch_dialogs import (
    call_dialog,
    decide_dialog,
    follow_up_dialog,
    hearing_dialog,
    plan_dialog,
    stages_dialog,
)
from app.events.dispatches.screens.stage_chart import StageChart
from app.events.dispatches.screens.step_routes import route_of_task
from app.events.dispatches.services.dispatch_requests import (
    DispatchRequestList,
    attach_request_form,
    read_dispatch_requests,
)
from app.events.dispatches.services.support import SupportView, call_questions, note_call, read_support
from app.widgets.badges import Badge
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.labels import Paragraph, label, separator, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import add, column_of, in_column, in_grid, in_row, layout_now, stack_when_narrow
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, clear_layout, disable_when_read_only, scrolled_page_column, widget_row
from app.widgets.step_block import StepEntry, StepRows
from app.window import theme as t
from app.window.app_context import AppContext
from app.window.year_words import in_year_words
from db.records.dispatches import DispatchFollowUp
from db.records.venues import Network

_NAME_WIDTH = 84
_STACKED_BELOW = 760
_WIDEST = 680
Lines = Sequence[tuple[str, str]]


class SupportStepBox(QWidget):
    """One step of the work: number and title, words at the right, lines of name and value, buttons. Signals: none."""

    def __init__(self, title: str, *buttons: Button):
        super().__init__()
        self.badge = Badge("済", "")
        self.badge.hide()
        self.right = small_label()
        self.right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.body = in_column(spacing=0)
        self.setAccessibleName(title)
        column = in_column(owner=self, spacing=6, margins=(0, 0, 0, 8))
        head = widget_row(label(title, "h2"), self.badge)
        head.addWidget(self.right, 1)
        add(column, head, separator(), self.body)
        if buttons:
            column.addWidget(FlowRow(*buttons))

    def clear(self) -> None:
        """Remove the lines and the note; title, badge and buttons stay."""
        clear_layout(self.body)

    def show_lines(self, lines: Lines, note: str = "") -> None:
        """Show name and value, empty ones as 「—」; ``note`` in small below."""
        self.clear()
        for name, text in lines:
            self.add_line(name, text)
        if note:
            said = Paragraph(note, role="small")
            said.setContentsMargins(0, 6, 0, 0)
            self.body.addWidget(said)
        layout_now(self)

    def add_line(self, name: str, text: str) -> None:
        """Add a name and its value below the others."""
        line = QWidget()
        across = in_grid(line, margins=(0, 6, 0, 6), across=8, wide=1)
        key = small_label(name)
        key.setFixedWidth(t.scaled(_NAME_WIDTH))
        across.addWidget(key, 0, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Paragraph(text or "—"), 0, 1)
        add(self.body, line, separator())


class PlanTable(QWidget):
    """Small table of 今後の支援方針; rows after March and rows of the ward are tinted. Signals: none."""

    _SHARES = (3, 7, 3, 4, 5)

    def __init__(self) -> None:
        super().__init__()
        self.column = in_column(owner=self, spacing=0)

    def show_plan(self, view: SupportView) -> None:
        """Show the 支援方針 and its rows as typed; those about the ward or after March are tinted."""
        clear_layout(self.column)
        if view.policy:
            self.column.addWidget(Paragraph(view.policy))
        if not view.plan:
            if not view.policy:
                self.column.addWidget(small_label("報告書の「今後の支援方針」が記入されると、ここに出ます。"))
            return
        self._add_row(PLAN_COLUMNS, "head")
        for one in view.plan:
            cells = filled_cells(one, 5)
            self._add_row(cells, "tinted" if is_after_march(cells[0], view.fiscal_year) or "区" in cells[2] else "")
        layout_now(self)

    def _add_row(self, cells: Sequence[str], style: str) -> None:
        line = QWidget()
        line.setObjectName("planrow")
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        fill = {"head": t.PAPER_TINT, "tinted": t.ACCENT_TINT}.get(style, t.PAGE)
        line.setStyleSheet(f"#planrow {{ background: {fill}; border-bottom: 1px solid {t.ROW_LINE}; }}")
        across = in_grid(line, margins=(8, 6, 8, 6), across=8)
        for place, (text, share) in enumerate(zip(cells, self._SHARES, strict=True)):
            role = "small" if style == "head" else "strong" if place == 0 else "body"
            across.addWidget(wrapped_label(text or "—", role), 0, place, Qt.AlignmentFlag.AlignTop)  # type: ignore[arg-type]
            across.setColumnStretch(place, share)
        self.column.addWidget(line)


class SupportPanel(Screen):
    """Screen 支援のあゆみ of one 派遣: its steps, and beside them the chosen one. Signals: none.

    ``open_with(event_id=…)``; without it the last one stays.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._part: str | None = None
        self._going_on: Button | None = None
        self.view: SupportView | None = None
        self.listed: DispatchRequestList | None = None
        self._event_id: int | None = None
        self.slip = Button("希望票を記録", self._edit_request, icon_name="pencil-simple")
        self.copy = Button("写しを保管", self._attach_copy, icon_name="tray")
        self.list_button = link_button("希望票の一覧", lambda: self.go("events", view="派遣", event_id=self._event_id))
        self.choose = Button("選定を記録", self._open_decision, icon_name="pencil-simple")
        self.contact = Button("連絡先を受託者へ", self._open_contact_sheet, icon_name="printer")
        self.date = link_button("日付を変える", lambda: self.go("event", event_id=self._event_id, act="move"))
        self.hear = Button("ヒアリングを記録", partial(self._open_dialog, hearing_dialog), icon_name="pencil-simple")
        self.stages = Button(
            "訪問後の段階を書き写す", partial(self._open_dialog, stages_dialog), icon_name="pencil-simple"
        )
        self.plan_button = Button(
            "支援方針を書き写す", partial(self._open_dialog, plan_dialog), icon_name="pencil-simple"
        )
        self.report = link_button("報告書を開く", lambda: self.go("report", event_id=self._event_id))
        self.ask = Button("フォローアップを記録", self._edit_follow_up, icon_name="plus")
        self.wish = SupportStepBox("希望票", self.slip, self.copy, self.list_button)
        self.choice = SupportStepBox("選定", self.choose)
        self.decision = SupportStepBox("決裁と決定通知", self.contact)
        self.dates = SupportStepBox("日程", self.date)
        self.hearing = SupportStepBox("訪問")
        self.plan = SupportStepBox("報告書と今後の支援方針", self.stages, self.plan_button, self.report)
        self.after = SupportStepBox("その後の電話・フォローアップ", self.ask)
        self._boxes = dict(
            zip(
                STEPS,
                (self.wish, self.choice, self.decision, self.dates, self.hearing, self.plan, self.after),
                strict=True,
            )
        )
        self.ladder = StageChart()
        self.ladder_note = small_label()
        self.outdated = NoteBox(tone="amber")
        self.plan_table = PlanTable()
        self.talked = Button("話せた", partial(self._open_dialog, call_dialog, "話せた"))
        self.away = Button("不在", self._record_no_answer)
        self.put_off = Button("日を変える", partial(self._open_dialog, call_dialog, "日を変える"))
        self.next = Button("", self._open_next_step)
        self.bar = ActionBar(app_context)
        self.bar.put(self.next, self.hear, self.talked, self.away, self.put_off)
        self.steps = StepRows(STEPS)
        self.tools = FoldLine("ツールの段階", key="dispatches/stages")
        self._build()
        disable_when_read_only(
            app_context,
            self.slip,
            self.copy,
            self.choose,
            self.date,
            self.hear,
            self.stages,
            self.plan_button,
            self.ask,
            self.talked,
            self.away,
            self.put_off,
        )

    def _build(self) -> None:
        page, chart = QWidget(), column_of(self.ladder, self.ladder_note, spacing=6, margins=(0, 8, 0, 8))
        column = scrolled_page_column(page)
        in_column((page, 1), self.bar, owner=self, spacing=0)
        self.plan.body.addWidget(self.plan_table)
        self.tools.fold_away(chart)
        self._left = column_of(self.outdated, self.steps, 12, self.tools, chart, None, spacing=0)
        self._right = column_of(*self._boxes.values(), None, spacing=0)
        # What is left beside two columns of the greatest width stands at the right, not around them.
        self._across = in_row((self._left, 999), (self._right, 999), None, spacing=28)
        add(column, self._across, None)
        self.steps.opened.connect(self._enter_step)
        self.steps.focused.connect(self._choose_step)
        self.setFocusProxy(self.steps)

    def fit_size(self) -> None:
        """Place the chosen step below the others where there is little room."""
        narrow = t.unscaled(self.width()) < _STACKED_BELOW
        stack_when_narrow(self._across, narrow)
        for part in (self._left, self._right):
            part.setMaximumWidth(t.NO_LIMIT if narrow else t.scaled(_WIDEST))

    def open_with(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Set the 派遣 shown at the next ``reload``; None = keep the last one."""
        if event_id is not None and event_id != self._event_id:
            self.view = None
        self._event_id = event_id if event_id is not None else self._event_id

    def view_state(self) -> dict[str, Any]:
        """Return the event."""
        return {"event_id": self._event_id}

    def focus_work_area(self) -> None:
        """Focus the steps."""
        self.steps.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_part(self, part: str, /) -> None:
        """Choose one of the steps and focus its button; フォローアップ is the next one to answer, "" the list."""
        self._part = part
        if self.view is not None:
            self._go_to_part()

    def _go_to_part(self) -> None:
        part, self._part = self._part, None
        if part is None:
            return
        if part == FOLLOW_UPS:
            self._choose_step(STEPS[-1])
            (self._going_on or self.ask).setFocus(Qt.FocusReason.OtherFocusReason)
        elif part in STEPS:
            self._choose_step(part)
            self._focus_step(part)
        else:
            self.focus_work_area()

    def _focus_step(self, step: str) -> None:
        """Focus the button of ``step``: the one that begins or does it, else the step itself."""
        in_bar = self.talked if step == STEPS[-1] else self.next if step == self._current_step else None
        parts = (in_bar, {"希望票": self.slip, "選定": self.choose, "訪問": self.hear}.get(step), self.steps)
        usable = (one for one in parts if one is not None and one.isEnabled() and one.isVisibleTo(self))
        next(usable, self.steps).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _current_step(self) -> str:
        return self.view.steps.current_step if self.view is not None else ""

    def _choose_step(self, step: str) -> None:
        if self.view is None or step not in self.view.steps.steps:
            return
        for one, box in self._boxes.items():
            box.setVisible(one == step)
        self.hear.setVisible(step == "訪問")
        self.steps.show_steps(self._entries(self.view, self.today), step)
        self._show_calls(self.view, step)

    def _enter_step(self, step: str) -> None:
        """Choose a step; one that is chosen is entered, at its first button."""
        if self.steps.framed_step != step:
            self._choose_step(step)
            return
        buttons = self._boxes[step].findChildren(Button)  # type: ignore[index]
        first = next((one for one in buttons if one.isEnabled() and one.isVisible()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._focus_step(step)

    def reload(self) -> None:
        """Read the support; once it is shown, the requests of its year are read for the dialogs."""
        if self._event_id is not None:
            self.run_read(self._show, read_support, event_id=self._event_id, today=self.today)

    # display

    def _show(self, view: SupportView | None) -> Iterator[None]:
        """Show the steps, and each in a turn of the event loop, as long as no other event is chosen."""
        if view is None or view.event.id != self._event_id:
            return
        chosen = self.steps.framed_step if self.view is not None and self._part is None else ""
        stood = self._going_on is not None and self._going_on.hasFocus()
        self.view = view
        today = self.today
        self.run_read(
            self._take_request_list, read_dispatch_requests, fiscal_year=view.fiscal_year, kind=view.kind.kind
        )
        self._show_next_step(view)
        self._show_request(view, today)
        self._show_decision(view, today)
        self._choose_step(chosen or view.steps.current_step or view.steps.steps[0])
        yield
        if self.view is not view:
            return
        self._show_visit(view, today)
        self._show_stages(view, today)
        self._show_report(view)
        yield
        if self.view is not view:
            return
        self._show_follow_ups(view, today)
        if stood:
            self._part = FOLLOW_UPS
        self._go_to_part()
        letter = view.decision_letter
        if letter is not None and (letter.state.is_approved or letter.state.is_issued):
            self.run_read(
                self._show_changes,
                read_comparison,
                scope=DocumentScope(event_id=view.event.id),
                kind=DECISION,
                now=self.app_context.now(),
            )

    def _entries(self, view: SupportView, today: date) -> list[StepEntry]:
        """Return the rows of the steps: what is recorded of each, and its day."""
        event, wish, letter = view.event, view.request, view.decision_letter
        report = view.report or view.draft_report
        told = letter is not None and letter.state.is_issued
        rows = {
            "希望票": (
                join_nonempty(signer_text(wish, by=" "), wish.receipt_number, "" if wish.signed else "署名まち")
                if wish is not None
                else "まだ受け取っていません",
                wish.received_on if wish is not None else None,
            ),
            "選定": (
                fill_nonempty("応募 {}団体", view.applied) + fill_nonempty("のうち {}団体", view.chosen_count),
                wish.decided_on if wish is not None else None,
            ),
            "決裁": (
                self._letter_words(view, today),
                letter.issued_on if letter is not None and told else None,
            ),
            "日程": (
                join_nonempty(f"{short_date(event.event_date, today)} {event.hours}", event.place_words)
                if event.event_date is not None
                else "まだ決まっていません",
                event.dated_on,
            ),
            "訪問": (
                "実施済"
                if event.status.is_held
                else fill_nonempty("事前ヒアリング {}", short_date_or("", view.support.hearing_on, today))
                or "事前ヒアリングがまだです",
                event.event_date,
            ),
            "報告書": (
                f"第{report.version}版　{report.status}"
                if report is not None
                else join_nonempty("受託者から", view.kind.clause_report),
                report.received_on if report is not None else None,
            ),
            "3か月後": (
                join_nonempty(
                    "区から電話します" if view.call_due else "", left_words(view.done_count, view.follow_up_count)
                ),
                view.call_due,
            ),
        }
        titles = {"決裁": "決裁と決定通知", STEPS[-1]: f"{called_after(view.kind)}の電話"}
        return [
            StepEntry(
                step=one,
                title=titles.get(one, one),
                words=rows[one][0],
                state="済"
                if one in view.steps.done_steps
                else "いま"
                if one == view.steps.current_step
                else "これから",
                day=short_date_or("", rows[one][1], today),
            )
            for one in view.steps.steps
        ]

    @staticmethod
    def _letter_words(view: SupportView, today: date) -> str:
        letter = view.decision_letter
        if letter is None or not (letter.state.is_approved or letter.state.is_issued):
            return "決定通知は、まだ決裁を受けていません"
        if letter.state.is_issued:
            return join_nonempty("決定通知", short_date_or("", letter.issued_on, today), letter.state)
        return f"決裁済 {short_date_or('', letter.decided_on, today)}。決定通知がまだ出ていません"

    def _show_changes(self, found: KeptComparison) -> None:
        """Add to 決裁 what today's records say otherwise than the letter."""
        for one in found.differences:
            self.decision.add_line(f"変わったこと　{one.part}", one.change_words)

    def _show_next_step(self, view: SupportView) -> None:
        """Show what is next; the button is hidden for a step that has its own button on this page."""
        steps = view.steps
        words = steps.end_reason or (
            f"つぎ　{in_year_words(steps.next_task)}" if steps.current_step else "すべての段が済んでいます"
        )
        self.bar.show_words(words)
        way = route_of_task(steps.next_task, view.event.id) if steps.current_step != STEPS[-1] else None
        self.next.set_words(way.label if way is not None else "")
        self.next.setVisible(way is not None)
        self.next.set_filled(way is not None)
        self.hear.set_filled(steps.next_task == HEAR)

    def _open_next_step(self) -> None:
        """Open the place of the current step; what is done here has its own button."""
        way = route_of_task(self.view.steps.next_task, self.view.event.id) if self.view is not None else None
        if way is not None:
            self.follow(way)

    def _take_request_list(self, request_list: DispatchRequestList) -> None:
        self.listed = request_list

    def _show_request(self, view: SupportView, today: date) -> None:
        """Show the 希望票 of the event, or that there is none yet."""
        wish = view.request
        self.wish.badge.setVisible(wish is not None)
        self.slip.set_words("希望票を直す" if wish else "希望票を記録")
        self.copy.setVisible(wish is not None)
        if wish is None:
            self.wish.show_lines(
                (),
                "この回に結び付いた希望票は、まだありません。署名のある用紙を受け取ったら記録します。"
                "無記名のアンケートからは作りません。",
            )
            return
        kind, signed = ("済", "署名あり") if wish.signed else ("提出待ち", "署名まち")
        self.wish.badge.show_status(kind, f"{signed} {short_date(wish.received_on, today)}")
        number = fill_nonempty("　{}", wish.receipt_number)
        place = f"原本　{wish.original_place}" if wish.original_place else "原本の所在は、まだ書かれていません"
        copy = fill_nonempty("　写し「{}」", wish.file_name)
        self.app_context.note_access("希望票", event_id=self._event_id)
        self.wish.show_lines(
            (
                ("希望", join_nonempty(wish.wish, "・".join(wish.tools))),
                ("困りごと", join_nonempty(wish.current_use, wish.trouble)),
                ("出した人", f"{signer_text(wish, by=' ')}　{wish.received_how}で受領{number}".strip()),
                ("希望する日", wish.days),
            ),
            f"{place}{copy}。無記名のアンケートからは作りません。",
        )  # fmt: skip

    def _show_decision(self, view: SupportView, today: date) -> None:
        """Show why the 団体 was selected, and its 決定通知 with whom the contact may be passed to."""
        wish, letter = view.request, view.decision_letter
        self.choose.setEnabled(wish is not None and self.may_write)
        self.contact.setVisible(may_share_contact(wish))
        self.choice.right.setText(fill_nonempty("決定 {}", short_date_or("", wish.decided_on if wish else None, today)))
        linked = next((one for one in view.links if view.lecture and one.event.id == view.lecture.id), None)
        main = f"{linked.event.kind}の参加者がいる　{linked.words}" if linked else view.warning or "—"
        note = f"注意　{view.warning}" if view.warning and wish and not wish.unlinked_reason else ""
        if wish and wish.unlinked_reason:
            note = f"不参加でも選ぶ理由　{wish.unlinked_reason}"
        self.choice.show_lines([("主な要件", main), ("理由", wish.reason if wish else "")], note)
        number = fill_nonempty("　{}", letter.document_number) if letter is not None else ""
        self.decision.show_lines(
            [
                ("決定通知", f"{self._letter_words(view, today)}{number}"),
                ("不採択", f"{view.declined_count}団体" if view.declined_count else "なし"),
                ("連絡先", self._consent_words(view, today)),
            ]
        )

    @staticmethod
    def _consent_words(view: SupportView, today: date) -> str:
        """Return whether the contact may be passed to the contractor, and why not."""
        wish = view.request
        if may_share_contact(wish) and wish is not None:
            day = short_date(wish.consent_on or wish.received_on, today)
            handed = fill_nonempty("　写しを渡した {}", short_date_or("", wish.handed_on, today))
            return f"受託者へ渡す同意あり {day}　代表者の氏名・電話{handed}"
        why = in_year_words(contact_withheld_reason(wish)) if wish is not None else "希望票の記録がない"
        return f"{why}ため、受託者へは渡せません。日程の相談は区を通して行います。"

    def _show_visit(self, view: SupportView, today: date) -> None:
        """Show the day, and the hearing: when and by whom, 課題, 合意, 機材, 通信 and 使用料."""
        event, wish = view.event, view.request
        day = (
            f"{long_date(event.event_date)}　{event.hours}" if event.event_date is not None else "まだ決まっていません"
        )
        self.dates.show_lines(
            [("実施日", day), ("会場", event.place_words), ("希望する日", wish.days if wish is not None else "")]
        )
        one = view.support
        day = short_date_or("", one.hearing_on, today)
        self.hearing.right.setText(join_nonempty(day, one.hearing_how, one.hearing_people))
        network = {Network.PRESENT: "会場の回線を使える", Network.ABSENT: "回線なし", Network.UNKNOWN: "回線は確認中"}[
            view.event.network
        ]
        place = one.equipment or (f"会場の記録　{view.venue.equipment}" if view.venue and view.venue.equipment else "")
        clause = fill_nonempty("（{}）", view.kind.clause_equipment)
        agreed = f"{one.agreed}（{one.agreement_number}）" if one.agreed and one.agreement_number else one.agreed
        self.hearing.show_lines(
            (
                ("課題", one.issue),
                ("合意", agreed),
                ("機材", place),
                ("通信", join_nonempty(network, one.line, separator="　→　")),
                ("使用料", one.fee),
            ),
            f"会場にない機材は、協議の上、原則受託者が準備します{clause}。"
            f"{'' if view.kind.lends_devices else '区はタブレットを貸し出しません。'}",
        )

    def _show_stages(self, view: SupportView, today: date) -> None:
        """Show the chart of the stages, their days and source, and the warning about outdated tables."""
        self.ladder.show_lines(view.stage_lines)
        before = f"○ 訪問前 {short_date(view.stages_noted_on, today)}" if view.stages_noted_on else "○ 訪問前"
        after = fill_nonempty("　● 訪問後 {}", short_date_or("", view.stages_written_on, today))
        if view.stages_written_on is not None and view.report is not None:
            source = f"実施報告書 第{view.report.version}版"
            words = (
                f"前の段階は団体の記録から。"
                f"後の段階は報告書を確認した日に団体の記録へ書きました（出どころ　{source}）。"
            )
        elif view.report is not None:
            words = "前の段階は団体の記録から。確認済の報告書の段階を書き写すと、団体の記録にも入ります。"
        else:
            words = "前の段階は団体の記録から。後の段階は、報告書を確認済にした日に団体の記録へ書きます。"
        self.ladder_note.setText(f"{before}{after}\n{words}団体の間で比べる数ではありません。")
        self.tools.show_count(len(view.stage_lines), *(one.tool for one in view.stage_lines))
        self.outdated.show_text(view.outdated_warning)

    def _show_report(self, view: SupportView) -> None:
        """Show the 支援方針 of the report; what it says is typed here only of one that was received."""
        report = view.report or view.draft_report
        self.plan.right.setText(
            join_nonempty(f"第{report.version}版 {report.status}" if report else "", view.kind.clause_report)
        )
        self.plan_table.show_plan(view)
        for button in (self.stages, self.plan_button):
            button.setVisible(report is not None and report.way.is_received)

    def _show_calls(self, view: SupportView, step: str) -> None:
        """Show what came of the call as buttons where it is the step chosen, or next, from the day of the event on."""
        is_asked = STEPS[-1] in (step, view.steps.current_step) and _is_held(view, self.today)
        for button in (self.talked, self.away, self.put_off):
            button.setVisible(is_asked and view.call_due is not None)
        self.talked.set_filled(self.talked.is_offered and not self.next.is_offered)

    def _show_follow_ups(self, view: SupportView, today: date) -> None:
        """Show the questions asked afterwards, and the call after three months while it is due."""
        self.after.right.setText(left_words(view.done_count, view.follow_up_count))
        held = _is_held(view, today)
        self.ask.setEnabled(held and self.may_write)
        lines = []
        if view.call_due is not None:
            due = "本日　" if view.call_due == today else "目安日過ぎ　" if view.call_due < today else ""
            when = "" if held else "。実施のあとに記録できます"
            lines = [
                ("電話（区）", f"{due}{long_date(view.call_due)}（目安日{when}）"),
                ("聞くこと", call_questions(view.kind)),
            ]
        self.after.show_lines(lines)
        self._going_on = None
        waiting = [one for one in view.follow_ups if one.state.is_open and one.next_on is not None]
        first = min(waiting, key=lambda one: (one.next_on or date.max, one.id), default=None)
        for one in view.follow_ups:
            self.after.body.addWidget(self._follow_up_line(one, today, is_next=one is first))
            self.after.body.addWidget(separator())
        if not view.follow_ups:
            self.after.body.addWidget(Paragraph("フォローアップの記録は、まだありません。", role="small"))
        rules = Paragraph(
            "個人の携帯番号は書きません。答えといまの状態は、報告書の「フォローアップ」に入ります。", role="small"
        )
        rules.setContentsMargins(0, 6, 0, 0)
        self.after.body.addWidget(rules)

    def _follow_up_line(self, follow_up: DispatchFollowUp, today: date, *, is_next: bool) -> QWidget:
        """Return one question or one try of the call; ``is_next`` is the next one to answer."""
        line = QWidget()
        column = in_column(owner=line, spacing=2, margins=(0, 6, 0, 6))
        done = follow_up.state.is_done
        head = widget_row(
            label(short_date(follow_up.asked_on, today), "strong"),
            label(f"{follow_up.way}　{follow_up.side}", "small"),
        )
        add(head, None, Badge("済" if done else "今週", follow_up.state))
        column.addLayout(head)
        said = join_nonempty(follow_up.question, follow_up.answer, separator="　→　")
        column.addWidget(wrapped_label(said, "body"))
        if follow_up.next_on and not done:
            column.addWidget(label(f"つぎ　{short_date(follow_up.next_on, today)}", "strong"))
        if follow_up.tools_in_use:
            column.addWidget(wrapped_label(f"いま使っているもの　{'、'.join(follow_up.tools_in_use)}", "body"))
        if follow_up.counted:
            column.addWidget(wrapped_label(f"聞いた数　{follow_up.counted}", "strong"))
        change = with_accessible_name(
            link_button("直す", partial(self._edit_follow_up, follow_up)), f"「{follow_up.question}」を直す"
        )
        if not follow_up.kind.is_later_call:
            foot = widget_row(change)
            foot.addStretch(1)
            column.addLayout(foot)
            self._going_on = change if is_next else self._going_on
            change.setEnabled(self.may_write)
        return line

    # actions

    def _edit_request(self) -> None:
        """Go to the form of the request, a new one if the event has none."""
        if self.view is None:
            return
        wish, organisation = self.view.request, self.view.organisation
        known = {"wish_id": wish.id} if wish else {"organisation_id": organisation.id} if organisation else {}
        # Each press is a new value of ``new``, so that returning does not open the form again.
        self.go("events", view="派遣", **{"edit" if wish else "new": self.app_context.now().isoformat()}, **known)

    def _open_decision(self) -> None:
        if self.view is None or self.view.request is None or self.listed is None:
            return
        wish_id = self.view.request.id
        found = next((one for one in self.listed.rows if one.id == wish_id), None)
        if found is not None:
            decide_dialog(self.app_context, self.listed, found, parent=self).open()

    def _attach_copy(self) -> None:
        """Ask for a file, and save it as the copy of the signed request."""
        if self.view is None or self.view.request is None:
            return
        chosen, _kind = QFileDialog.getOpenFileName(self, "希望票の写しを選ぶ")
        if chosen:
            save_request_copy(self, chosen, self.view.request.id)

    def _open_contact_sheet(self) -> None:
        if self.view is not None:
            from app.events.dispatches.documents import CONTACT_SHEET

            DocumentDialog(self, scope=DocumentScope(event_id=self.view.event.id), kind=CONTACT_SHEET).open()

    def _open_dialog(self, dialog: Callable[..., FormDialog], *more: Any) -> None:
        """Open a dialog about the 派遣, once it is shown; ``more`` is what the dialog needs beside it."""
        if self.view is not None:
            dialog(self.view, *more, parent=self).open()

    def _edit_follow_up(self, follow_up: DispatchFollowUp | None = None) -> None:
        """Open the dialog of one question and its answer, None = a new one."""
        if self.view is not None:
            follow_up_dialog(self.app_context, self.view, follow_up, parent=self).open()

    def _record_no_answer(self) -> None:
        """Record that nobody answered the call after three months."""
        if self.view is not None:
            self.run_action(note_call, event_id=self.view.event.id, outcome="不在")


def save_request_copy(screen: Screen, chosen_path: str, wish_id: int) -> None:
    """Read a file in the background and save it with a request."""
    path = Path(chosen_path)
    screen.app_context.run_in_background(
        path.read_bytes,
        lambda data: screen.run_action(attach_request_form, wish_id=wish_id, data=data, name=path.name),
        owner=screen,
        writes=True,
    )


def _is_held(view: SupportView, today: date) -> bool:
    return view.event.event_date is not None and view.event.event_date <= today
