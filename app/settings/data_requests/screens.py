"""Screen 本人からの請求: what people ask of their own data, until when it is decided, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import join_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.documents.services.document_scope import DocumentScope
from app.main_window.navigation import ScreenEntry
from app.programme.holds import appeal_until
from app.programme.suspensions import suspension_words
from app.settings.data_requests.documents import SHEET
from app.settings.data_requests.services import (
    TITLE,
    RequestLine,
    Requests,
    read_requests,
    save_request,
    save_step,
    save_term,
)
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, MenuAction, MoreButton
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.record_fields import record_field, record_fields
from app.widgets.labels import Paragraph, heading, small_label
from app.widgets.layouts import add
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import Screen, disable_when_read_only
from app.window.app_context import AppContext, bind_action
from db.fields import field_label, specs
from db.records.year.rights import DataRequest, RequestKind, RequestStep, RequestTerm, StepSort

_HINT = (
    "請求のあった人の記録は、請求が終わり、審査請求の期間が過ぎるまで消えません。請求した人の氏名と内容は、この画面だけに出ます。"
    "決定の理由は、管理者だけに出ます。決定と通知書は、区の文書の決まりで作ります。"
)
_STEPS: Mapping[str, tuple[str, ...]] = {
    "受付を直す": (
        "kind", "requester", "contact", "capacity", "agent", "proof", "asked", "received_on", "section_on",
        "disclosed_on", "days", "extra_days", "basis",
    ),
    "期限を延ばす": ("extended_on", "extension_reason", "late_until"),
    "決定を記録する": (
        "decision", "decided_on", "notified_on", "notice_number", "stops_letters", "stops_lists", "stops_exports",
        "reason",
    ),
    "実施・費用を記録する": ("carried_out_on", "carried_out_how", "sheets", "cost", "paid_on", "ended_on"),
    "審査請求を記録する": ("appealed_on", "appeal_result", "appeal_ended_on"),
}  # fmt: skip
_SUSPENSION_ONLY = frozenset({"stops_letters", "stops_lists", "stops_exports", "ended_on"})
_LONG = frozenset({"asked", "reason", "extension_reason", "appeal_result"})


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen of this package; it is built when first shown."""
    yield ScreenEntry("data_requests", "user", TITLE, DataRequestsScreen, parent_screen="settings")


def _columns(today: date) -> tuple[Column, ...]:
    return unsorted(
        Column("number", "請求", lambda one: Cell(f"{one.request.kind}　第{one.request.number}号"), width=130),
        Column(
            "whose",
            "だれの記録",
            lambda one: Cell(
                one.person or "登録のない人",
                join_nonempty(one.request.requester, one.request.capacity, one.request.agent),
            ),
            width=190,
        ),
        Column(
            "due",
            "受付と期限",
            lambda one: Cell(f"{short_date(one.request.received_on, today)}　→　{one.due_words}", one.request.basis),
            width=240,
        ),
        Column(
            "next",
            "つぎにすること",
            lambda one: Cell(one.next_words or "終わり", "".join(one.doubts), strong=bool(one.next_words)),
            stretch=True,
            width=220,
        ),
        Column(
            "decision",
            field_label(DataRequest, "decision"),
            lambda one: Cell(
                join_nonempty(one.request.decision, short_date_or("", one.request.decided_on, today)) or "—",
                suspension_words([one.request], today)
                or join_nonempty(
                    one.request.notice_number,
                    short_date_or("", appeal_until(one.request), today) and "審査請求の期間まで保留",
                ),
            ),
            width=200,
        ),
    )


def request_dialog(
    app_context: AppContext, found: Requests, request: DataRequest, title: str, names: Sequence[str], parent: Screen
) -> FormDialog:
    """Return the dialog with some fields of a request, new or known; those that are not its kind's are left out."""
    told = specs(DataRequest)
    fields = [
        record_field(
            DataRequest,
            name,
            width=140 if told[name].kind in (date, int) else 0,
            **({"kind": "lines", "lines": 3} if name in _LONG else {}),
        )
        for name in names
        if (name != "reason" or found.is_manager) and (name not in _SUSPENSION_ONLY or request.kind.is_suspension)
    ]
    return FormDialog(
        parent,
        title,
        f"第{request.number}号" if request.number else "",
        fields=fields,
        values=request,
        change=lambda typed: bind_action(save_request, request=replace(request, **typed)),
        near=app_context.today(),
        label_width=170,
    )


def _of_each_kind(act: Callable[[RequestKind], None]) -> Iterator[MenuAction]:
    return ((f"{kind}の請求", partial(act, kind)) for kind in RequestKind)


class DataRequestsScreen(Screen):
    """Screen with the requests of people about their own data. Signals: none.

    ``open_with(request_id=…)`` selects one, ``person_id=…`` the newest of a person, for whom a new one is begun.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._found: Requests | None = None
        self._wanted: Callable[[RequestLine], bool] | None = None
        self._person: tuple[int, str] | None = None
        self._begins = False
        self.add_button = MoreButton(
            partial(_of_each_kind, self.add), "請求を受け付ける", kind="main", icon_name="plus"
        )
        self.next_button = Button("つぎを記録する", self.record_next, icon_name="pencil-simple")
        self.more = MoreButton(self._step_actions, "ほかを記録する", kind="plain")
        self.terms = MoreButton(partial(_of_each_kind, self._edit_term), "期間の定め", kind="link")
        self.table = RecordTable(
            "data-requests",
            _columns(app_context.today()),
            title=TITLE,
            empty="開示・訂正・利用停止の請求は、まだありません。「団体」の「人」からも受け付けられます。",
            group=lambda one: "終わっていないもの" if one.next_words else "終わったもの",
            on_choose=self._update_buttons,
            on_open=self.record_next,
            on_edit=self.record_next,
        )
        self.bar = ActionBar(app_context)
        self.bar.put(self.add_button, self.next_button, self.more)
        self.person = Paragraph(role="strong")
        add(
            page_above(self.bar, self),
            FlowRow(heading(TITLE), self.terms),
            small_label(_HINT),
            self.person,
            (self.table, 1),
        )
        self.setFocusProxy(self.table)
        disable_when_read_only(app_context, self.add_button, self.terms)
        self._update_buttons(None)

    def open_with(
        self, *, request_id: int = 0, person_id: int = 0, subject: str = "", act: str = "", **_more: Any
    ) -> None:
        """Note the row to select, the person whose requests are meant, or that one begins, once all are read."""
        self._person = (person_id, subject) if person_id else None
        self._wanted = lambda one: one.id == request_id or (bool(person_id) and one.request.person_id == person_id)
        self._begins = bool(act)

    def reload(self) -> None:
        """Read all requests."""
        self.run_read(self._show, read_requests, today=self.today)

    def _show(self, found: Requests) -> None:
        self._found = found
        self.person.show_text(f"{self._person[1]}さんの請求" if self._person else "")
        self.table.show_rows(found.lines)
        self.app_context.note_access(TITLE, count=len(found.lines))
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None
        self.table.ensure_current_row()
        waiting = sum(bool(one.next_words) for one in found.lines)
        self.bar.show_words(f"終わっていない請求 **{waiting}件**" if waiting else "終わっていない請求はありません。")
        self._update_buttons(self.table.current())
        if self._begins:
            self._begins = False
            self.add_button.click()

    def add(self, kind: RequestKind) -> None:
        """Open the dialog for a new request, with the period that holds and the last disclosure of the person."""
        if self._found is None or not self.may_write:
            return
        term, person_id = self._found.terms[kind], self._person[0] if self._person else None
        mine = [one.request for one in self._found.lines if person_id and one.request.person_id == person_id]
        request = DataRequest(
            programme_id=0,
            number=0,
            kind=kind,
            person_id=person_id,
            requester=self._person[1] if self._person else "",
            asked="",
            received_on=self.today,
            section_on=self.today,
            disclosed_on=next((one.carried_out_on for one in mine if one.kind.is_disclosure), None),
            days=term.days,
            extra_days=term.extra_days,
            basis=term.basis,
            by="",
            at=self.app_context.now(),
        )
        dialog = request_dialog(
            self.app_context, self._found, request, f"{kind}の請求を受け付ける", _STEPS["受付を直す"], self
        )
        whose = self._person[1] if self._person else ""
        dialog.saved_result.connect(
            lambda saved: self.open_with(request_id=saved.id, person_id=person_id or 0, subject=whose)
        )
        dialog.open()

    def record_next(self) -> None:
        """Open the dialog for what is to be done next about the selected request."""
        if (line := self.table.current()) is not None:
            one = line.request
            is_told = not one.decision.is_open and one.notified_on is not None
            is_done = one.carried_out_on is not None or not one.decision.is_granted
            self._edit("決定を記録する" if not is_told else "審査請求を記録する" if is_done else "実施・費用を記録する")

    def _edit(self, title: str) -> None:
        line = self.table.current()
        if line is not None and self._found is not None and self.may_write:
            request_dialog(self.app_context, self._found, line.request, title, _STEPS[title], self).open()

    def _step_actions(self) -> Iterator[MenuAction]:
        for title in _STEPS:
            yield title, partial(self._edit, title)
        for sort in StepSort:
            yield f"{sort}を記録する", partial(self._edit_step, sort)
        yield SHEET, self.show_sheet if self._chosen_person() else None

    def _chosen_person(self) -> int:
        line = self.table.current()
        return line.request.person_id or 0 if line is not None else 0

    def show_sheet(self) -> None:
        """Show what is recorded about the person of the selected request."""
        scope = DocumentScope(fiscal_year=self.app_context.fiscal_year, item=self._chosen_person())
        DocumentDialog(self, scope=scope, kind=SHEET).open()

    def _edit_step(self, sort: StepSort) -> None:
        """Open the dialog of a step that still has no answer, else of a new one."""
        line = self.table.current()
        if line is None or not self.may_write:
            return
        new = RequestStep(request_id=line.id, sort=sort, asked_on=self.today)
        step = next((one for one in line.steps if one.sort is sort and one.answered_on is None), new)
        names = ("asked_on", "answered_on", "whom", "what", *(() if sort.is_completion else ("opposes",)))
        FormDialog(
            self,
            f"{sort}を記録する",
            f"第{line.request.number}号",
            fields=record_fields(RequestStep, *names, optional=True),
            values=step,
            change=lambda typed: bind_action(save_step, step=replace(step, **typed)),
            near=self.today,
        ).open()

    def _edit_term(self, kind: RequestKind) -> None:
        if self._found is not None:
            term = self._found.terms[kind]
            FormDialog(
                self,
                "請求に答える期間",
                kind,
                text="法律の30日と延長30日は、条例で短くできます。これから受け付ける請求に使います。",
                fields=record_fields(RequestTerm, "days", "extra_days", "basis", "sheet_cost"),
                values=term,
                change=lambda typed: bind_action(save_term, term=replace(term, **typed)),
            ).open()

    def _update_buttons(self, chosen: object) -> None:
        for button in (self.next_button, self.more):
            button.setEnabled(chosen is not None and self.may_write)
