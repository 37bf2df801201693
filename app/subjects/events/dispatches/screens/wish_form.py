"""希望票 in the right column of 派遣: first what is told on the telephone, then, saved, the whole of the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.subjects.events.dispatches.rules import (
    CONSENTS,
    TOOLS,
    against_choosing,
    tools_named,
    words_beyond_tools,
)
from app.subjects.events.dispatches.screens.slip_fields import WAYS, slip_fields, slip_from, slip_values
from app.subjects.events.dispatches.services.wishes import WishList, WishRow, save_wish
from app.subjects.organisations.register.parts.organisation_finder import OrganisationFinder
from app.widgets.buttons import Button, main_button
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import label, wrapped_label
from app.widgets.layouts import in_column
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import only_for_writing, row, scrolling
from app.widgets.sending import Sending, refuse_beside
from app.window.desk import Desk, acting
from db.records.dispatches import DispatchWish
from db.records.organisations import Organisation

_LABEL, _DAY, _MOST = 92, 72, 140
_NO_ORGANISATION = "**どの団体の希望票か、まだ選ばれていません。**出てきた団体か「新しく加える」を選んでください。"
_TYPED = "**入力した内容は、まだ保存していません。**閉じるときは、もう一度「やめる」を押してください。"
_FIRST = "電話でも用紙でも。ほかの欄と署名は、記録したあとに入れます"


def _first_fields() -> tuple[Field, ...]:
    """What is known when the telephone rings; consent is never preset."""
    return (
        Field("received_on", "受け取った日", "date", width=_DAY),
        Field("received_how", "方法", "choice", choices=tuple((one, one) for one in WAYS), width=112),
        Field("wish", "希望するもの", placeholder="LINE、ホームページなど"),
        Field(
            "consent",
            "連絡先の同意",
            "radio",
            choices=tuple((one, one.removeprefix("同意")) for one in CONSENTS),
            optional=True,
            asked_at_times=True,
            hint="受託者へ渡す同意。聞いていないときは選びません",
        ),
    )


def _in_column(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields of the paper for a narrow column: none needs its mark, as every one may be left for later."""
    return tuple(
        replace(one, asked_at_times=one.optional, width=_DAY if one.kind == "date" else min(one.width, _MOST))
        for one in fields
    )


class WishForm(Sending, Panel):
    """The form. Signals: ``stored(object)`` what the service said; ``closed()`` it was given up or is through."""

    stored = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("希望票を記録", tone="top")
        self.desk = desk
        self._listed: WishList | None = None
        self._start: DispatchWish | None = None
        self._asked_to_close = False
        self._opened: dict[str, Any] = {}
        self.about = wrapped_label(_FIRST, "small")
        self.put(self.about)
        self.finder = OrganisationFinder(desk, adds=True, stays=False, floats=True)
        self.first = Form(_first_fields(), desk.fiscal_year, label_width=_LABEL)
        self.full = Form(_in_column(slip_fields()), desk.fiscal_year, label_width=_LABEL)
        self.before = NoteBox(tone="amber", small=True)
        self.mend = Button("その希望票を直す", self._mend_other, icon_name="pencil-simple", low=True)
        self.late = NoteBox(tone="amber", small=True)
        self.refusal = NoteBox(tone="amber", small=True)
        self.cancel = Button("やめる", self.give_up)
        self.main = main_button("希望票を記録する", self.save)
        self._build()
        only_for_writing(desk, self.main, self.mend)

    def _build(self) -> None:
        self._whose = QWidget()
        in_column(
            label("団体", "strong"),
            self.finder,
            self.before,
            (self.mend, 0, Qt.AlignmentFlag.AlignLeft),
            owner=self._whose,
            spacing=4,
        )
        inside = QWidget()
        column = in_column(owner=inside, spacing=12)
        parts: tuple[QWidget, ...] = (self._whose, self.first, self.full, self.late)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self.put((scrolling(inside), 1), self.refusal, row(None, self.cancel, self.main))
        self.finder.chosen.connect(lambda _one: self._settled())
        self.finder.typed.connect(self._look)
        self.finder.settled.connect(self._settled)
        for form in (self.first, self.full):
            form.changed.connect(lambda _key: self._look())
        self.full.hide()
        self.mend.hide()

    # opening

    def open_new(self, listed: WishList, organisation: Organisation | None) -> None:
        """Begin a new slip, of a 団体 where that is known."""
        self._begin(listed, None)
        self.title.setText("希望票を記録")
        self.about.setText(_FIRST)
        self.main.set_words("希望票を記録する")
        today = self.desk.today()
        self.first.set_values({"received_on": today, "received_how": WAYS[0], "wish": "", "consent": None})
        self._opened = self.first.values()
        self.finder.show_organisation(organisation)
        self._look()
        if organisation is None:
            self.finder.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._settled()

    def open_slip(self, listed: WishList, slip: WishRow, *, just_saved: bool = False) -> None:
        """Show the whole of a slip that is there; ``just_saved`` goes to what the telephone left open."""
        self._begin(listed, slip.wish)
        self.title.setText("用紙のほかの欄を入れる" if just_saved else "希望票を直す")
        self.about.setText(slip.organisation.name)
        self.main.set_words("この内容で保存する")
        self.full.set_values(slip_values(slip.wish))
        self._opened = self.full.values()
        self._look()
        self.full.go_to("signed" if just_saved else "received_on")

    def _begin(self, listed: WishList, wish: DispatchWish | None) -> None:
        self._listed, self._start = listed, wish
        self._asked_to_close = False
        self.refusal.say("")
        self.main.setEnabled(not self.desk.read_only)
        for part, seen in ((self._whose, wish is None), (self.first, wish is None), (self.full, wish is not None)):
            part.setVisible(seen)

    @property
    def wish_id(self) -> int:
        """The slip that is being mended, 0 = a new one."""
        return self._start.id if self._start is not None else 0

    def know(self, listed: WishList) -> None:
        """The slips were read again: what stands in the form stays."""
        self._listed = listed
        self._look()

    # looking

    @property
    def _form(self) -> Form:
        return self.first if self._start is None else self.full

    @property
    def _other(self) -> WishRow | None:
        """The slip of the year that the chosen 団体 has already."""
        organisation = self.finder.organisation
        if organisation is None or self._listed is None or self._start is not None:
            return None
        return next((one for one in self._listed.rows if one.organisation.id == organisation.id), None)

    def _look(self) -> None:
        other, today = self._other, self.desk.today()
        day = short_date(other.wish.received_on, today) if other else ""
        self.before.say(f"この団体の希望票は、{day}に受け取っています（{other.state}）。" if other else "")
        self.mend.setVisible(other is not None)
        self._asked_to_close = False
        # What was refused was said of what stood here before.
        self.refusal.say("")
        received = self._form.value("received_on")
        late = received if isinstance(received, date) else None
        closes = self._listed.closes if self._listed is not None else None
        probe = DispatchWish(programme_id=0, organisation_id=0, received_on=late or today)
        against = against_choosing(probe, closes, today) if late is not None else ()
        said = f"**{against[0]}。**記録はできます。選定に入れるときは理由が要ります。" if against else ""
        self.late.say(said)

    def _settled(self) -> None:
        self._look()
        if self._other is not None:
            self.mend.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.finder.organisation is not None or self.finder.added:
            self.first.go_to("received_on")

    def _mend_other(self) -> None:
        """Go on with the slip that is there already; what was typed here so far is laid over it."""
        other, listed = self._other, self._listed
        if other is None or listed is None:
            return
        wish = str(self.first.value("wish") or "")
        consent = self.first.value("consent")
        self.open_slip(listed, other)
        over: dict[str, Any] = {}
        if words := words_beyond_tools(wish):
            over["wish"] = words
        if wish.strip():
            over |= {f"tool{TOOLS.index(tool)}": True for tool in tools_named(wish)}
        if consent:
            over["consent"] = consent
        self.full.set_values(slip_values(other.wish) | over)

    # saving

    def save(self) -> None:
        """Save what is typed, or say what is missing."""
        if self._start is None and self.finder.organisation is None and not self.finder.added:
            self.refusal.say(_NO_ORGANISATION, tone="amber")
            self.finder.find_now()
            self.finder.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self._form.check_all():
            return
        self.refusal.say("")
        self.main.setEnabled(False)
        self.send(
            acting(self.desk, save_wish, wish=self._made(), new_name=self.finder.added if self._start is None else ""),
            self._saved,
        )

    def _made(self) -> DispatchWish:
        if self._start is not None:
            return slip_from(self._start, self.full.values())
        typed = self.first.values()
        listed, organisation = self._listed, self.finder.organisation
        return DispatchWish(
            programme_id=listed.programme_id if listed is not None else 0,
            organisation_id=organisation.id if organisation is not None else 0,
            received_on=typed["received_on"],
            received_how=typed["received_how"],
            wish=words_beyond_tools(typed["wish"]),
            tools=tools_named(typed["wish"]),
            consent=typed["consent"] or "",
            signed=False,
        )

    def _saved(self, result: Any) -> None:
        self.main.setEnabled(not self.desk.read_only)
        self._show_as_saved()
        self.stored.emit(result)

    def _show_as_saved(self) -> None:
        """Nothing here is half typed any more."""
        self._form.set_values(self._form.values())
        self.finder.line.setModified(False)

    def refuse(self, problem: Exception) -> None:
        """Said above the buttons; what is typed stays, and the keyboard goes to what is missing, or stays where it
        was."""
        self.main.setEnabled(not self.desk.read_only)
        refuse_beside(problem, self.refusal, self.desk)
        if self._start is not None and self.full.value("signed") and not str(self.full.value("signer") or "").strip():
            self._form.go_to("signer")
        elif isinstance(day := self._form.value("received_on"), date) and day > self.desk.today():
            self._form.go_to("received_on")
        else:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up(self) -> None:
        """Close; what is typed is asked for once."""
        form = self._form  # a field that was left counts as known there, so what it opened with is held
        changed = form.values() != self._opened or bool(form.dirty_fields())
        typed = changed or (self._start is None and self.finder.line.isModified())
        if typed and not self._asked_to_close:
            self._asked_to_close = True
            self.refusal.say(_TYPED, tone="amber")
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.refusal.say("")
        self._show_as_saved()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return
        super().keyPressEvent(event)
