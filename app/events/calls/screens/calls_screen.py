"""Screen 中止・変更の連絡: decision, calls by 団体 with counts, other contacts, texts, and next steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.actions.action_context import ActionContext
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.save_dialog import SaveDialog
from app.documents.services import document_saving
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import RenderedDocument, render_document
from app.documents.services.issued_copies import note_copied_text
from app.event.rules.change_decisions import letter_of
from app.events.calls.documents import CALL_LIST
from app.events.calls.screens.call_dialogs import (
    PresenterDialog,
    SubstituteDayDialog,
)
from app.events.calls.screens.call_panels import ChangeTextsPanel, DecisionPanel, OtherContactsPanel
from app.events.calls.screens.call_table import CHANGE_OPTIONS, REVOCATION_OPTIONS, CallOption
from app.events.calls.screens.phone_screen import PhoneScreen
from app.events.calls.services import calls
from app.events.calls.services.call_sheet import NOT_YET, CallLine
from app.events.calls.services.call_view import CallView, NextStep, OtherContact, read_calls
from app.events.calls.services.presenters import remove_presenter
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, inline_button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.labels import (
    IconLabel,
    label,
    second_label,
    section,
    separator,
    with_accessible_name,
    wrapped_label,
)
from app.widgets.layouts import add, in_column
from app.widgets.screen import clear_layout, disable_when_read_only, in_scroll_area, page_column, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.records.calls import CallOutcome
from db.records.organisations import Contact

_BUTTONS = {"letter": "{}を起案する", "agreement": "協議を記録", "deadlines": "期限を開く"}


class NextStepsPanel(QWidget):
    """Panel of the next steps. Signals: ``link_clicked(str)`` letter, agreement or deadlines."""

    link_clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, Button] = {}
        self._letter = ""
        self._lines = in_column(spacing=4)
        self._column = in_column(
            FlowRow(section("5　このあと"), label("再架電は「区がやること」に入ります", "small")),
            separator(),
            self._lines,
            owner=self,
            spacing=6,
        )

    def show_view(self, view: CallView) -> None:
        """Show what follows the decision, or that it appears once a decision is recorded."""
        self.buttons = {}
        self._letter = letter_of(view.sheet.decision.kind) if view.sheet.decision is not None else ""
        clear_layout(self._lines)
        for one in view.next_steps:
            add(self._lines, self._line(one), separator())
        if not view.next_steps:
            self._lines.addWidget(second_label("判断を記録すると、通知・協議・期限の扱いがここに並びます。"))

    def _line(self, step: NextStep) -> QWidget:
        name, colour = (
            ("check-circle-fill", t.GREEN)
            if step.is_done
            else ("clock-fill", t.AMBER)
            if step.key == "again"
            else ("circle", t.INK_SECONDARY)
        )
        sign = with_accessible_name(IconLabel(name, 16, colour), "済" if step.is_done else "未了")
        text = wrapped_label(step.words, "strong" if step.key == "again" else "body")
        holder = QWidget()
        holder.setMinimumHeight(t.scaled(t.ROW_BUTTON) + 4)
        line = widget_row(sign)
        line.addWidget(text, 1)
        if step.detail:
            line.addWidget(label(step.detail, "strong" if step.key == "again" else "second"))
        if step.key in _BUTTONS and not step.is_done:
            words = "{}を開く" if step.key == "letter" and step.detail else _BUTTONS[step.key]
            button = inline_button(words.format(self._letter), lambda: self.link_clicked.emit(step.key))
            self.buttons[step.key] = button
            line.addWidget(button)
        holder.setLayout(line)
        return holder


_LIST_LEAST, _AROUND_LIST = 170, 210
_OTHERS = 1
"""Index of the tab with the other contacts in a narrow window."""


class CallsScreen(PhoneScreen):
    """Screen with the calls about one event. Signals: none. ``open_with(event_id=…, kind=…)``, kind 受託者 or 会場."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context, "中止・変更の連絡", "2　電話一覧")
        self._view: CallView | None = None
        self._offer = False
        self._whom = ""
        self.printing = Button("電話一覧を印刷", self._print, icon_name="printer")
        self.excel = Button("Excelに出力", self._draw_excel, icon_name="export")
        self._do_next = self._choose_call
        self.go_on = main_button("", lambda: self._do_next())  # noqa: PLW0108 - it changes with what is done
        self.decision = DecisionPanel(fiscal_year=app_context.fiscal_year)
        self.others = OtherContactsPanel(today=app_context.today())
        self.texts = ChangeTextsPanel()
        self.next = NextStepsPanel()
        self.bar = ActionBar(app_context)
        self.bar.put(self.decision.save, self.decision.change, self.go_on, self.printing, self.excel)
        page = QWidget()
        column = page_column(page, spacing=6)
        column.addWidget(self.head)
        in_column((page, 1), self.bar, owner=self, spacing=0)
        self.columns = FoldingColumns(
            "電話", self._main(), (("ほかの連絡先", self.others), ("文", self.texts), ("このあと", self.next)), wide=394
        )
        column.addWidget(self.columns, 1)
        self._connect()
        disable_when_read_only(app_context, self.decision, self.others, self.next)

    def _main(self) -> QWidget:
        """Return the left side: decision, counts and list."""
        main = QWidget()
        column = in_column(self.decision, self.counts, owner=main, spacing=8)
        # On a low window the page scrolls, so that the decision is not squeezed.
        self.list.setMinimumHeight(t.scaled(_LIST_LEAST))
        column.addWidget(self.list, 1)
        return in_scroll_area(main)

    def _connect(self) -> None:
        self.decision.decided.connect(self._decide)
        self.decision.save.offer_changed.connect(self._offer_next)
        self.decision.kind.currentTextChanged.connect(self._offer_texts)
        self.decision.change_asked.connect(self._change_event)
        self.list.called.connect(self._call)
        self.list.people_asked.connect(self._ask_people)
        self.others.called.connect(self._call_other)
        self.others.presenter_asked.connect(self._ask_presenter)
        self.others.presenter_removed.connect(self._remove_presenter)
        self.texts.edited.connect(self._keep_text)
        self.app_context.lock_changed.connect(self.texts.keep_dirty_fields)
        self.texts.text_copied.connect(self._note_copied)
        self.next.link_clicked.connect(self._open_next_step)

    def open_with(self, *, event_id: int | None = None, offer: bool = False, kind: str = "", **_more: Any) -> None:
        """Set the event whose calls the next ``reload`` shows; None keeps the last one.

        ``offer`` opens the list of usual deciders while nothing is decided; ``kind`` selects one of the other contacts
        (受託者, 会場).
        """
        self._offer = offer
        self._whom = kind
        super().open_with(event_id=event_id)
        if self._is_unread:
            self._view = None

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether a decision is chosen and not recorded."""
        return self.decision.unfinished

    def reload(self) -> None:
        """Read decision, list and texts; nothing while no event is set."""
        if self._event_id is not None:
            self.run_read(
                self._show,
                read_calls,
                event_id=self._event_id,
                caller=self.app_context.user_name,
                today=self.today,
            )

    def fit_size(self) -> None:
        """Arrange texts and columns for the new width."""
        self.texts.use_list(narrow=self._is_narrow())
        # Never higher than what is seen of its page, so that the line at hand is in sight.
        self.list.setMaximumHeight(max(t.scaled(_LIST_LEAST), self.height() - t.scaled(_AROUND_LIST)))

    def _is_narrow(self) -> bool:
        return t.unscaled(self.window().width()) < t.FOLD_WIDE

    def _offer_texts(self) -> None:
        """Enable the texts unless another decision than the one they tell is chosen or typed."""
        self.texts.setDisabled(self.decision.unfinished)

    def _show(self, view: CallView) -> None:
        """Show the decision, the list and the steps, unless another event was chosen meanwhile."""
        if view.event.id != self._event_id:
            return
        first = self._show_head(view.event, view.when_words, view.sheet)
        self._view = view
        self.decision.show_view(view, self.app_context.now())
        self.list.offer(self._options(view))
        self.list.show_lines(view.sheet.lines, is_enabled=view.has_decision and self.may_write)
        self.others.show_view(view)
        self.texts.show_view(view, narrow=self._is_narrow())
        self._offer_texts()
        self.next.show_view(view)
        self._offer_next()
        self.bar.show_words(
            "" if view.has_decision else f"記録すると、**{view.sheet.people}人** への電話を記録できます。"
        )
        self.columns.set_count(0, view.sheet.count(NOT_YET).lines + len(view.sheet.lines_to_call_again))
        for button in (self.printing, self.excel):
            button.setEnabled(view.has_decision)
            button.setToolTip("" if view.has_decision else "判断を記録すると作成できます。")
        if first or self._offer or self._whom:
            self._focus_next_step(view)

    @staticmethod
    def _options(view: CallView) -> Sequence[CallOption]:
        decision = view.sheet.decision
        return REVOCATION_OPTIONS if decision is not None and decision.kind.revokes else CHANGE_OPTIONS

    def _focus_next_step(self, view: CallView) -> None:
        """Focus the decision; once it is made, the next call, or the requested other contact."""
        other, self._whom = self.others.buttons.get(self._whom), ""
        if other is not None:
            self.columns.focus_in_side(_OTHERS, other)
            return
        target = self.list.table.view if view.has_decision else self.decision.who
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._offer and not view.has_decision and self.may_write and not self.decision.who.text():
            # After the page is laid out, because the list opens below its field.
            QTimer.singleShot(0, self.decision.who, self.decision.usual_who.open_menu)
        self._offer = False

    # decision

    def _decide(self, decision: dict[str, Any]) -> None:
        """Record the decision, and focus the list."""
        self.run_change(
            bind_action(calls.decide_change, event_id=self._event_id or 0, **decision),
            lambda _saved: self.decision.mark_saved(),
        )
        self.list.table.view.setFocus()

    def _change_event(self, act: str) -> None:
        """Go to the event and open the dialog that moves ("move") or edits ("edit") it, with the decided reason."""
        decision = self._view.sheet.decision if self._view is not None else None
        if decision is not None:
            reason = decision.reason + fill_nonempty("（{}の判断）", decision.decided_by)
            self.go("event", event_id=self._event_id, act=act, reason=reason)

    # calls

    def _call(self, line: CallLine, outcome: CallOutcome) -> None:
        """Record a call to a 団体 and select the next; if nobody was reached, ask first when to call again."""
        self._record(
            line.name,
            outcome,
            self._note_call(line, outcome, ()),
            on_saved=lambda _saved: self.list.select_next_call(line.key),
        )

    def _note_call(
        self, line: CallLine, outcome: CallOutcome, entries: tuple[int, ...]
    ) -> Callable[..., Callable[[ActionContext], object]]:
        """Return the function of time and note that returns the action that records a call to these people."""
        return partial(
            bind_action,
            calls.note_call,
            event_id=self._event_id or 0,
            key=line.key,
            outcome=outcome,
            entry_ids=entries,
        )

    def _ask_people(self, line: CallLine) -> None:
        if self._view is not None:
            self._open_people(
                line,
                self._options(self._view),
                lambda entry_id, outcome: self._record(line.name, outcome, self._note_call(line, outcome, (entry_id,))),
            )

    def _call_other(self, contact: OtherContact, outcome: CallOutcome) -> None:
        """Record a call to one of the other contacts; if not reached, ask first when to call again."""
        note = partial(
            bind_action,
            calls.note_other_call,
            event_id=self._event_id or 0,
            target=contact.target,
            whom=contact.name,
            outcome=outcome,
        )
        self._record(contact.title, outcome, note)

    def _ask_presenter(self, contact: Contact | None) -> None:
        if self._view is not None:
            PresenterDialog(self, self._view, contact).open()

    def _remove_presenter(self, contact: Contact) -> None:
        self.run_action(remove_presenter, contact_id=contact.id)

    # texts, documents, next steps

    def _note_copied(self, key: str, text: str) -> None:
        if self.may_write and text.strip():
            scope = DocumentScope(event_id=self._event_id)
            self.run_action(note_copied_text, scope=scope, kind=f"中止・変更の文（{key}）", text=text)

    def _keep_text(self, key: str, text: str) -> None:
        self.run_action(calls.set_call_text, event_id=self._event_id or 0, key=key, text=text)

    def _print(self) -> None:
        self.go("event", event_id=self._event_id, tab="書類", kind=CALL_LIST)

    def _draw_excel(self) -> None:
        self.run_read(
            self._save_excel,
            render_document,
            event_id=self._event_id,
            kind=CALL_LIST,
            format="xlsx",
            now=self.app_context.now(),
        )

    def _save_excel(self, drawn: RenderedDocument) -> None:
        SaveDialog(
            self.window(),
            "Excelに出力",
            CALL_LIST,
            stem=drawn.content.file_stem,
            ending=".xlsx",
            personal="個人情報を含む書類です。暗号化して保存することをおすすめします。",
            change=lambda options: bind_action(
                document_saving.save_document,
                event_id=self._event_id,
                kind=CALL_LIST,
                format="xlsx",
                rendered=drawn,
                options=options,
            ),
        ).open()

    def _offer_next(self) -> None:
        """Offer the calls that are left, then the first step of このあと; nothing while the decision itself is next."""
        acts = [(one.text(), one.click) for one in self.next.buttons.values()]
        if self._view is not None and self._view.sheet.count(NOT_YET).lines:
            acts.insert(0, ("つぎの電話へ進む", self._choose_call))
        if self.decision.save.is_offered or self.decision.change.is_filled or not self.may_write:
            acts = []
        words, self._do_next = (*acts, ("", self._choose_call))[0]
        self.go_on.set_words(words)

    def _choose_call(self) -> None:
        """Choose the first line that nobody has called yet."""
        self.columns.tabs.choose(0)
        self.list.table.choose(lambda line: line.state == NOT_YET)

    def _open_next_step(self, key: str) -> None:
        """Open where a step of このあと is done: "letter" the letter, "deadlines" the event, else the 振替 form."""
        decision = self._view.sheet.decision if self._view is not None else None
        if key == "letter" and decision is not None:
            self.go("event", event_id=self._event_id, tab="書類", kind=letter_of(decision.kind))
        elif key == "deadlines":
            self.go("event", event_id=self._event_id, tab="概要")
        elif self._view is not None:
            SubstituteDayDialog(self, self._view).open()
