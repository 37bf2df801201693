"""Panel beside a row of 派遣: its request, the decision, consent to share its contact, and actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QFileDialog, QWidget

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.documents.services.document_scope import DocumentScope
from app.events.dispatches.documents import DECLINE_NOTICE
from app.events.dispatches.rules import (
    EXCEPTION_LABELS,
    contact_withheld_reason,
    objections_to_selection,
    selected_despite_text,
    signer_text,
    split_exception_reason,
)
from app.events.dispatches.screens.dispatch_dialogs import decide_dialog, handover_dialog
from app.events.dispatches.screens.support_panel import SupportStepBox, save_request_copy
from app.events.dispatches.services.dispatch_requests import (
    DispatchRequestList,
    DispatchRequestRow,
    remove_dispatch_request,
)
from app.events.dispatches.services.steps import DispatchRow
from app.main_window.action_routes import route_to
from app.widgets.buttons import Button, inline_button, link_button
from app.widgets.labels import wrapped_label
from app.widgets.layouts import in_column
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, disable_when_read_only
from app.window.year_words import in_year_words
from db.records.dispatches import DispatchRequest
from db.records.venues import Network


class RequestDetail(QWidget):
    """Panel beside the list of 派遣 for one row: its request, the decision, and the consent to share its contact.

    Signals: none.
    """

    def __init__(self, screen: Screen):
        """Create the panel; its dialogs belong to ``screen``."""
        super().__init__()
        self._screen, self._app_context = screen, screen.app_context
        self._listed: DispatchRequestList | None = None
        self._row: DispatchRow | None = None
        self.change = Button("希望票を直す", icon_name="pencil-simple", low=True)
        self.copy = Button("写しを保管", self._attach, icon_name="tray", low=True)
        self.remove = link_button("削除", self._remove)
        self.decide = Button("選定を直す", self.open_decision, icon_name="pencil-simple", low=True)
        self.decline = Button("不採択通知", self._open_decline_letter, icon_name="printer", low=True)
        self.handed = inline_button("受託者へ渡した記録", self._edit_handover)
        self.slip = SupportStepBox("希望票", self.change, self.copy, self.remove)
        self.choice = SupportStepBox("選定", self.decide, self.decline)
        self.consent = SupportStepBox("連絡先", self.handed)
        self.warning = NoteBox(tone="quiet", small=True)
        # A 団体 known by name only: it is mentioned, and blocks nothing.
        self.branch = link_button("支部の登録がありません。団体を開いて入れられます", self._open_organisation)
        self.name = wrapped_label("", "h2")
        column = in_column(owner=self, spacing=10, margins=(0, 0, 8, 0))
        for part in (self.name, self.branch, self.warning, self.slip, self.choice, self.consent):
            column.addWidget(part)
        column.addStretch(1)
        disable_when_read_only(self._app_context, self.change, self.copy, self.remove, self.decide, self.handed)

    def show_row(self, request_list: DispatchRequestList, row: DispatchRow) -> None:
        """Show a row of the list, once after each reading."""
        if row is self._row and request_list is self._listed:
            return
        self._listed, self._row = request_list, row
        slip, today = row.request, self._app_context.today()
        branch = row.organisation.branch if row.organisation is not None else ""
        self.name.setText(f"{row.name}　{branch}".strip())
        self.branch.setVisible(row.organisation is not None and not branch)
        self.change.set_words("希望票を直す" if slip is not None else "希望票を記録する")
        for part in (self.copy, self.choice, self.consent):
            part.setVisible(slip is not None)
        self.remove.setVisible(slip is not None and not slip.request.outcome)
        self.warning.show_text("")
        if slip is None:
            self.slip.right.setText("")
            self.slip.show_lines(
                (), "この団体の希望票は、まだ記録されていません。署名のある用紙を受け取ったら記録します。"
            )
            return
        wish = slip.request
        unlinked = slip.warning if not wish.unlinked_reason else ""
        closes = request_list.closes_for(wish.received_on)
        against = selected_despite_text(wish, closes, today)
        if unlinked or against:
            self.warning.show_text(f"{against}{unlinked}", tone="amber")
        signed = "署名あり" if wish.signed else "署名まち"
        came = f"{short_date(wish.received_on, today)} {wish.received_how} {wish.receipt_number}"
        self.slip.right.setText(f"{signed}　{came}".strip())
        self._app_context.note_access("希望票", organisation_id=wish.organisation_id)
        self.slip.show_lines(tuple(one for one in request_lines(wish, today) if one[1]))
        self._show_decision(slip, row, closes, today)
        why_not = in_year_words(contact_withheld_reason(wish))
        handed = f"{short_date(wish.handed_on, today)}　{wish.handed_how}" if wish.handed_on else "渡していない"
        self.consent.show_lines(
            (("同意", wish.consent or "記入なし"), ("希望票", handed)),
            fill_nonempty("{}ため、受託者へは渡せません。", why_not),
        )
        self.handed.setVisible(not why_not or wish.handed_on is not None)

    def _show_decision(
        self, request_row: DispatchRequestRow, row: DispatchRow, closes: date | None, today: date
    ) -> None:
        """Show what was decided about the request and why."""
        wish = request_row.request
        lines = [("結果", request_row.state), ("理由", wish.reason)]
        lines += [(one.event.kind, one.words) for one in request_row.links[:2]]
        lines += [("実施回", row.event.full_title)] if row.event is not None else []
        lines += [("不参加でも選ぶ理由", wish.unlinked_reason)] if wish.unlinked_reason else []
        against = objections_to_selection(wish, closes, today)
        reasons = split_exception_reason(wish.exception_reason, against)
        lines += [(EXCEPTION_LABELS[ground], words) for ground, words in reasons.items()]
        self.choice.right.setText(short_date_or("", wish.decided_on, today))
        self.choice.show_lines([one for one in lines if one[1]])
        # Before that it is the row's next step, below the list.
        self.decide.setVisible(bool(wish.outcome))
        self.decline.setVisible(wish.outcome.is_refused)

    # actions

    def open_decision(self) -> None:
        """Open the dialog to decide on the request of the shown row, if it has one."""
        self._with_request(
            lambda listed, slip: decide_dialog(self._app_context, listed, slip, parent=self._screen).open()
        )

    def _with_request(self, action: Callable[[DispatchRequestList, DispatchRequestRow], object]) -> None:
        if self._listed is not None and self._row is not None and self._row.request is not None:
            action(self._listed, self._row.request)

    def _edit_handover(self) -> None:
        """Open the dialog of when the 希望票 itself was handed to the contractor."""
        self._with_request(
            lambda _listed, slip: handover_dialog(slip.request, slip.organisation.name, parent=self._screen).open()
        )

    def _attach(self) -> None:
        """Ask for a file, and save it as the copy of the signed request."""
        chosen, _kind = QFileDialog.getOpenFileName(self, "希望票の写しを選ぶ")
        if chosen:
            self._with_request(lambda _listed, slip: save_request_copy(self._screen, chosen, slip.id))

    def _remove(self) -> None:
        """Delete the request of the shown row without asking; one that was decided on is rejected with a message."""
        self._with_request(lambda _listed, slip: self._screen.run_action(remove_dispatch_request, wish_id=slip.id))

    def _open_organisation(self) -> None:
        if self._row is not None and self._row.organisation is not None:
            way = route_to(ActionLink("団体", organisation_id=self._row.organisation.id))
            self._app_context.follow(way)

    def _open_decline_letter(self) -> None:
        self._with_request(
            lambda _listed, slip: DocumentDialog(
                self._screen,
                scope=DocumentScope(organisation_id=slip.organisation.id),
                kind=DECLINE_NOTICE,
                subject=slip.organisation.name,
            ).open()
        )


def request_lines(request: DispatchRequest, today: date) -> tuple[tuple[str, str], ...]:
    """Return name and value of the fields of a request; an empty value where it has none."""
    network = {Network.PRESENT: "回線あり", Network.ABSENT: "回線なし"}.get(request.network, "")
    venue = (request.venue, network, fill_nonempty("使用料 {}", request.fee))
    phones = f"うちスマートフォン {request.phones}人" if request.phones is not None else ""
    paper = (
        request.original_place,
        fill_nonempty("写し「{}」", request.file_name),
        fill_nonempty("廃棄予定 {}", short_date_or("", request.dispose_on, today)),
    )
    return (
        ("代表者", signer_text(request, by=" ")),
        ("希望", _join_parts("・".join(request.tools), request.wish)),
        ("いまの様子", request.current_use),
        ("困りごと", request.trouble),
        ("参加の状況", request.took_part),
        ("希望する日", request.days),
        ("会場", _join_parts(*venue)),
        ("使えるもの", request.equipment),
        ("人数", _join_parts(fill_nonempty("{}人", request.people), phones)),
        ("原本", _join_parts(*paper)),
    )


def _join_parts(*parts: str) -> str:
    return join_nonempty(*parts)
