"""Form of a 希望票 in the right column, with its fields in the order of the paper form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.events.dispatches.rules import (
    CONSENTS,
    CURRENT_USE,
    LATE,
    PARTICIPATION_ANSWERS,
    TOOLS,
    objections_to_selection,
    offered_tools,
    text_beyond_tools,
    tools_in_text,
)
from app.events.dispatches.screens.dispatch_dialogs import text_choices
from app.events.dispatches.services.dispatch_requests import (
    DispatchRequestList,
    DispatchRequestRow,
    save_dispatch_request,
)
from app.registers.register.parts import OrganisationFinder
from app.registers.register.services.people import current_head_of
from app.widgets.action_mixin import ActionMixin, show_error_near
from app.widgets.buttons import Button, main_button
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, small_label
from app.widgets.layouts import column_of, in_column, keep_room
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import disable_when_read_only, in_scroll_area, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.records.dispatches import Consent, DispatchRequest
from db.records.organisations import Organisation

_ORIGINAL_LOCATIONS = ("文書管理システム", "紙ファイル")
CHANNELS = ("窓口", "郵送", "FAX", "電話")
"""How a request comes; after a telephone call its form is still to come."""


_AS_SIGNED = "署名のとおり。電話は団体の連絡先に登録します"
_FROM_REGISTER = "役職と氏名は、登録のある会長を入れました。署名と違うときは直します"


def request_fields(tools: Sequence[str] = TOOLS, lectures: str = "") -> tuple[Field, ...]:
    """Return the fields of a request in the order of the form.

    Args:
        tools: what the form offers, each with a box. lectures: the names of the year's lectures, "" = it has none.
    """
    return (
        Field("received_on", "受け取った日", "date", width=112),
        Field("received_how", "方法", "choice", choices=tuple((one, one) for one in CHANNELS), width=112),
        record_field(DispatchRequest, "receipt_number", width=160),
        record_field(DispatchRequest, "signed", words="代表者の署名がある"),
        record_field(DispatchRequest, "signer_role", width=160),
        record_field(
            DispatchRequest,
            "signer",
            is_sometimes_asked=True,
            hint=_AS_SIGNED,
        ),
        *(
            Field(f"tool{number}", "希望するもの" if not number else "", "check", words=tool)
            for number, tool in enumerate(tools)
        ),
        Field(
            "more",
            "ほかのツール" if tools == TOOLS else "ほかの希望" if tools else "希望するもの",
            optional=True,
            hint="あるときは「、」で区切ります",
        ),
        record_field(DispatchRequest, "wish", hint="したいことを一行で"),
        record_field(DispatchRequest, "current_use", kind="choice", choices=text_choices(CURRENT_USE)),
        record_field(DispatchRequest, "trouble", kind="lines", lines=2),
        record_field(
            DispatchRequest,
            "took_part",
            kind="choice",
            label=f"{lectures or '講座'}への参加",
            choices=text_choices(PARTICIPATION_ANSWERS),
        ),
        record_field(DispatchRequest, "days", kind="lines", lines=2),
        record_field(DispatchRequest, "venue"),
        record_field(
            DispatchRequest,
            "network",
            choices=(("有", "ある"), ("無", "ない"), ("不明", "わからない")),
            width=160,
        ),
        record_field(DispatchRequest, "fee", hint="だれが払うかも書きます"),
        Field("equipment", "使えるもの", optional=True, hint="投影機、スクリーン、机・いす など"),
        record_field(DispatchRequest, "people", unit="人", width=80, least=0),
        Field("phones", "うちスマートフォン", "number", unit="人", width=80, least=0, optional=True),
        record_field(DispatchRequest, "consent", choices=text_choices(CONSENTS, empty="記入なし")),
        record_field(DispatchRequest, "consent_on", width=112, hint="空のときは受け取った日"),
        Field("original_place", "原本の所在", "choice", choices=text_choices(_ORIGINAL_LOCATIONS), optional=True),
        record_field(DispatchRequest, "dispose_on", width=112),
    )


_SIGNER = ("signer_role", "signer")
_MORE_KEY = "more"
_TOOL_PREFIX = "tool"
_PLAIN_KEYS = tuple(
    one.key for one in request_fields() if not one.key.startswith(_TOOL_PREFIX) and one.key != _MORE_KEY
)


def request_values(request: DispatchRequest, offered: Sequence[str] = TOOLS) -> dict[str, Any]:
    """Return the values of a 希望票 for its form, by key; ``offered`` are the tools that have a box there."""
    values = {key: getattr(request, key) for key in _PLAIN_KEYS}
    values |= {f"{_TOOL_PREFIX}{number}": tool in request.tools for number, tool in enumerate(offered)}
    values[_MORE_KEY] = "、".join(tool for tool in request.tools if tool not in offered)
    return values


def request_from_values(
    request: DispatchRequest, values: Mapping[str, Any], offered: Sequence[str] = TOOLS
) -> DispatchRequest:
    """Return a request with the typed values applied; ``offered`` as for ``request_values``."""
    ticked = [tool for number, tool in enumerate(offered) if values[f"{_TOOL_PREFIX}{number}"]]
    more = [word.strip() for word in values[_MORE_KEY].split("、") if word.strip()]
    return replace(request, tools=(*ticked, *more), **{key: values[key] for key in _PLAIN_KEYS})


_LABEL, _DAY, _MOST = 104, 72, 140
_NO_ORGANISATION = "**どの団体の希望票か、まだ選ばれていません。**出てきた団体か「新しく加える」を選んでください。"
_FIRST_HINT = "電話でも用紙でも。ほかの欄と署名は、記録したあとに入れます"


def _first_fields(tools: Sequence[str]) -> tuple[Field, ...]:
    """Return the fields for a telephone call; consent is never preset."""
    examples = "LINE、ホームページ" if tools == TOOLS else "、".join(tools[:2])
    return (
        Field("received_on", "受け取った日", "date", width=_DAY),
        Field("received_how", "方法", "choice", choices=tuple((one, one) for one in CHANNELS), width=112),
        Field("wish", "希望するもの", placeholder=fill_nonempty("{}など", examples)),
        Field(
            "consent",
            "連絡先の同意",
            "radio",
            choices=tuple((one, one.removeprefix("同意")) for one in CONSENTS),
            optional=True,
            is_sometimes_asked=True,
            hint="受託者へ渡す同意。未確認のときは選択しません",
        ),
    )


class RequestForm(ActionMixin, Panel):
    """Form to enter or correct a 希望票.

    Signals: ``saved(object)`` the result of saving; ``closed()`` cancelled or finished.
    """

    saved = Signal(object)
    closed = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__("希望票を記録", tone="top")
        self.app_context = app_context
        self._listed: DispatchRequestList | None = None
        self._start: DispatchRequest | None = None
        self._asked_to_close = False
        self._opened: dict[str, Any] = {}
        self.about = small_label(_FIRST_HINT)
        self.put(self.about)
        self.finder = OrganisationFinder(app_context, allow_new=True, allow_unregistered=False, is_overlay=True)
        keep_room(self.finder.status_label)
        self.finder.status_label.setMinimumHeight(t.line_height("small"))
        self._offered: tuple[str, ...] = TOOLS
        self._lectures = ""
        self.first, self.full = self._make_forms()
        self.before = NoteBox(tone="amber", small=True)
        self.mend = Button("その希望票を直す", self._edit_existing, icon_name="pencil-simple", low=True)
        self.late = NoteBox(tone="amber", small=True)
        self.refusal = NoteBox(tone="amber", small=True)
        self.cancel = Button("やめる", self.close_unsaved)
        self.main = main_button("希望票を記録する", self.save)
        self._build()
        disable_when_read_only(app_context, self.main, self.mend)

    def _build(self) -> None:
        self._whose = column_of(
            label("団体", "strong"), self.finder, self.before, (self.mend, 0, Qt.AlignmentFlag.AlignLeft), spacing=4
        )
        inside = QWidget()
        self._column = in_column(owner=inside, spacing=12)
        parts = (self._whose, self.first, self.full, self.late)
        for part in parts:
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._area = in_scroll_area(inside)
        self.put((self._area, 1), self.refusal, widget_row(None, self.cancel, self.main))
        self.finder.chosen.connect(self._on_organisation_settled)
        self.finder.edited.connect(self._show_existing)
        self.finder.confirmed_without_match.connect(self._on_organisation_settled)
        self.full.hide()
        self.mend.hide()

    def _make_forms(self) -> tuple[Form, Form]:
        """Return the form for a telephone call and the full one, with what the year offers."""
        fields = (
            _first_fields(self._offered),
            tuple(
                replace(
                    one, is_sometimes_asked=one.optional, width=_DAY if one.kind == "date" else min(one.width, _MOST)
                )
                for one in request_fields(self._offered, self._lectures)
            ),
        )
        first, full = (Form(one, self.fiscal_year, label_width=_LABEL) for one in fields)
        for form in (first, full):
            form.changed.connect(self._show_existing)
        full.changed.connect(self._read_head)
        return first, full

    def _offer(self, tools: tuple[str, ...], lectures: str) -> None:
        """Give the forms a box for each of ``tools``, and the question about ``lectures`` ("" = it is hidden).

        The forms are made anew only if these differ from before, and are empty then.
        """
        if (tools, lectures) != (self._offered, self._lectures):
            self._offered, self._lectures, former = tools, lectures, (self.first, self.full)
            self.first, self.full = self._make_forms()
            for old, new in zip(former, (self.first, self.full), strict=True):
                self._column.replaceWidget(old, new)
                old.setParent(None)  # gone at once, not with the next turn of the window
                old.deleteLater()
        self.full.show_field("took_part", bool(lectures))

    # opening

    def open_new(self, request_list: DispatchRequestList, organisation: Organisation | None) -> None:
        """Open a new request, of a 団体 if that is known."""
        self._start_form(request_list, None)
        self.title.setText("希望票を記録")
        self.about.setText(_FIRST_HINT)
        self.main.set_words("希望票を記録する")
        self.first.set_values({"received_on": self.today, "received_how": CHANNELS[0], "wish": "", "consent": None})
        self._opened = self.first.values()
        self.finder.show_organisation(organisation)
        self._show_existing()
        if organisation is None:
            self.finder.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._on_organisation_settled()

    def open_request(
        self, request_list: DispatchRequestList, row: DispatchRequestRow, *, just_saved: bool = False
    ) -> None:
        """Show all fields of a request; ``just_saved`` focuses the first field left open by telephone."""
        self._start_form(request_list, row.request)
        self.title.setText("用紙のほかの欄を入れる" if just_saved else "希望票を直す")
        asked = join_nonempty(*row.request.tools, row.request.wish, separator="、")
        self.about.setText(join_nonempty(row.organisation.name, fill_nonempty("希望 {}", asked)))
        self.main.set_words("この内容で保存する")
        self.full.set_values(request_values(row.request, self._offered))
        self._opened = self.full.values()
        self._proposed: dict[str, tuple[Any, ...]] = dict.fromkeys(_SIGNER, ("", ""))
        self._show_existing()
        self.full.go_to("signed" if just_saved else "received_on")

    def _start_form(self, request_list: DispatchRequestList, request: DispatchRequest | None) -> None:
        """Show the fields of a new request (None) or of a known one."""
        self._listed, self._start = request_list, request
        self._offer(offered_tools(request_list.kind), request_list.lecture_names)
        self._asked_to_close = False
        self.refusal.show_text("")
        self.main.setEnabled(self.may_write)
        self._area.verticalScrollBar().setValue(0)  # where the form before was left is no place in this one
        for part, seen in (
            (self._whose, request is None),
            (self.first, request is None),
            (self.full, request is not None),
        ):
            part.setVisible(seen)

    @property
    def wish_id(self) -> int:
        """Return the id of the request being corrected, 0 = a new one."""
        return self._start.id if self._start is not None else 0

    def refresh_requests(self, request_list: DispatchRequestList) -> None:
        """Take the newly read requests; typed text stays."""
        self._listed = request_list
        self._show_existing()

    # display

    def _read_head(self, key: str) -> None:
        if key == "signed" and self._start is not None:
            self.run_read(self._propose_signer, current_head_of, organisation_id=self._start.organisation_id)

    def _propose_signer(self, head: tuple[str, str]) -> None:
        """Propose the registered head of the 団体 as who signed, as long as the signature is ticked."""
        signed = self.full.value("signed")
        self.full.propose({key: part * signed for key, part in zip(_SIGNER, head, strict=True)}, self._proposed)
        filled = (
            signed and any(head) and all(self.full.text(key) == part for key, part in zip(_SIGNER, head, strict=True))
        )
        self.full.set_hint("signer", _FROM_REGISTER if filled else _AS_SIGNED)

    @property
    def _current_form(self) -> Form:
        return self.first if self._start is None else self.full

    @property
    def _existing_request(self) -> DispatchRequestRow | None:
        """Return the request of the year that the chosen 団体 has already, or None."""
        organisation = self.finder.organisation
        if organisation is None or self._listed is None or self._start is not None:
            return None
        return next((one for one in self._listed.rows if one.organisation.id == organisation.id), None)

    def _show_existing(self) -> None:
        """Show whether the 団体 has a request already, and whether the typed day lies after the closing day.

        A refusal shown before is removed.
        """
        other, today = self._existing_request, self.today
        day = short_date(other.request.received_on, today) if other else ""
        self.before.show_text(f"この団体の希望票は、{day}に受け取っています（{other.state}）。" if other else "")
        self.mend.setVisible(other is not None)
        self._asked_to_close = False
        # The rejection referred to the previous values.
        self.refusal.show_text("")
        received = self._current_form.value("received_on")
        late = received if isinstance(received, date) else None
        closes = self._listed.closes_for(late or today) if self._listed is not None else None
        probe = DispatchRequest(programme_id=0, organisation_id=0, received_on=late or today)
        against = objections_to_selection(probe, closes, today) if late is not None else {}
        said = f"**{against[LATE]}。**記録はできます。選定に入れるときは理由が要ります。" if against else ""
        self.late.show_text(said)

    def _on_organisation_settled(self) -> None:
        """Go on to the first empty field, or to the button that opens the request this 団体 already has."""
        self._show_existing()
        if self._existing_request is not None:
            self.mend.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.finder.organisation is not None or self.finder.new_name:
            # The day and the way before it are proposed.
            self.first.go_to("wish")

    def _edit_existing(self) -> None:
        """Switch to the existing request, with the values typed so far."""
        other, listed = self._existing_request, self._listed
        if other is None or listed is None:
            return
        wish = str(self.first.value("wish") or "")
        consent = self.first.value("consent")
        self.open_request(listed, other)
        over = {}
        if words := text_beyond_tools(wish):
            over["wish"] = words
        tools = tuple(dict.fromkeys((*other.request.tools, *tools_in_text(wish))))
        if consent:
            over["consent"] = consent
        self.full.set_values(request_values(replace(other.request, tools=tools), self._offered) | over)

    # saving

    def save(self) -> None:
        """Save the typed values, or show what is missing."""
        if self._start is None and self.finder.organisation is None and not self.finder.new_name:
            self.refusal.show_text(_NO_ORGANISATION, tone="amber")
            self.finder.find_now()
            self.finder.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self._current_form.check_all():
            return
        self.refusal.show_text("")
        self.main.setEnabled(False)
        self.run_change(
            bind_action(
                save_dispatch_request,
                wish=self._request_from_fields(),
                new_name=self.finder.new_name if self._start is None else "",
            ),
            self._on_saved,
        )

    def _request_from_fields(self) -> DispatchRequest:
        if self._start is not None:
            return request_from_values(self._start, self.full.values(), self._offered)
        typed = self.first.values()
        listed, organisation = self._listed, self.finder.organisation
        return DispatchRequest(
            programme_id=listed.kind.programme_id if listed is not None else 0,
            organisation_id=organisation.id if organisation is not None else 0,
            kind=listed.kind.kind if listed is not None else "",
            received_on=typed["received_on"],
            received_how=typed["received_how"],
            wish=text_beyond_tools(typed["wish"]),
            tools=tools_in_text(typed["wish"]),
            consent=typed["consent"] or Consent.UNKNOWN,
            signed=False,
        )

    def _on_saved(self, result: Any) -> None:
        """Mark the form as saved and emit ``saved``."""
        self.main.setEnabled(self.may_write)
        self._mark_as_saved()
        self.saved.emit(result)

    def _mark_as_saved(self) -> None:
        """Mark the form as having no unsaved input."""
        self._current_form.set_values(self._current_form.values())
        self.finder.line.setModified(False)

    def show_error(self, problem: Exception) -> None:
        """Show the error above the buttons; typed text stays, and the focus goes to the missing field if any."""
        self.main.setEnabled(self.may_write)
        show_error_near(problem, self.refusal, self.app_context)
        if self._start is not None and self.full.value("signed") and not str(self.full.value("signer") or "").strip():
            self._current_form.go_to("signer")
        elif isinstance(day := self._current_form.value("received_on"), date) and day > self.today:
            self._current_form.go_to("received_on")
        else:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_unsaved(self) -> None:
        """Close the form and emit ``closed``; if something is typed, warn first and close at the second try."""
        form = self._current_form  # a field that was left counts as known, so its initial value is kept
        changed = form.values() != self._opened or bool(form.dirty_fields())
        typed = changed or (self._start is None and self.finder.line.isModified())
        if typed and not self._asked_to_close:
            self._asked_to_close = True
            self.refusal.show_text(
                "**入力した内容は、まだ保存していません。**閉じるときは、もう一度「やめる」を押してください。",
                tone="amber",
            )
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.refusal.show_text("")
        self._mark_as_saved()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_unsaved()
            return
        super().keyPressEvent(event)
