"""電話の申込: typed with the keyboard alone while the caller speaks, saved with the last Enter, ready for the next one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.subjects.applications.screens.typing_fields import TypingFields
from app.subjects.applications.services.application_typing import (
    AddedApplication,
    KnownApplicant,
    TypingBoard,
    add_application,
    known_applicants,
    left_words,
    read_typing_board,
)
from app.subjects.events.services.event_lists import EventList, list_events
from app.widgets.dialog_frame import DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form_editors import ChoiceBox
from app.widgets.form_fields import Unreadable
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.screen import row
from app.window import theme as t
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.name_key import name_key

_KEYS = "Enterでつぎの欄へ。最後の欄のEnterで保存して、つぎの申込へ移ります。"


class TypingDialog(DialogFrame):
    """One application after the other for one event. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, event_id: int = 0, parent: QWidget | None = None) -> None:
        super().__init__("電話の申込", main="受け付ける", cancel="閉じる", note=_KEYS, width=820, parent=parent)
        self._desk = desk
        self._event_id = event_id
        self._people: tuple[KnownApplicant, ...] = ()
        self.events = ChoiceBox()
        self.events.setAccessibleName("実施回")
        self.events.activated.connect(lambda _n: self.choose_event(int(self.events.currentData() or 0)))
        self.places = label("", "strong")
        self.note = NoteBox(tone="amber")
        self.over = NoteBox(tone="amber")
        self.fields = TypingFields(desk)
        self.known = QListWidget()
        self.known.setAccessibleName("前に申し込んだ人")
        self.known.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.known_words = label("", "small", wrap=True)
        self.known_title = label("", "strong")
        self._build()
        self.confirmed.connect(self.save)
        self.fields.finished.connect(self.save)
        self.fields.organisation_settled.connect(self._read_people)
        self.fields.finder.typed.connect(lambda: self._show_people(()))
        self.fields.name_edited.connect(self._narrow)
        self.fields.arrow.connect(self._move)
        self.fields.name_entered.connect(self._take_marked)
        self.known.itemClicked.connect(lambda _item: self._take_marked())
        desk.read(with_store(list_events, today=desk.today(), fiscal_year=desk.fiscal_year), self._show_events)
        self.fields.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.body.addLayout(row(self.events, 8, self.places, None))
        self.put(self.over)
        self.put(self.note)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        # At the top: fields that spread out when the dialog grows would slip away under the eyes.
        middle.addWidget(self.fields, 1, Qt.AlignmentFlag.AlignTop)
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(self.known_title)
        side.addWidget(self.known_words)
        # Beside the fields, so that they stay where they are while one types.
        side.addWidget(self.fields.finder.list)
        side.addWidget(self.known)
        side.addStretch(1)
        holder = QWidget()
        holder.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(t.scaled(260))
        self.known.hide()
        middle.addWidget(holder)
        self.body.addLayout(middle, 1)

    # the event

    def _show_events(self, events: EventList) -> None:
        today = self._desk.today()
        rows = [line for line in events.rows if line.state != "中止" or line.id == self._event_id]
        for line in rows:
            self.events.addItem(f"{line.date_words}　{line.title}", line.id)
        ahead = [line for line in rows if line.event_date is None or line.event_date >= today]
        first = (ahead or rows[-1:])[:1]
        self.choose_event(self._event_id or (first[0].id if first else 0))

    def choose_event(self, event_id: int) -> None:
        """Type for this event from now on."""
        self._event_id = event_id
        self.events.setCurrentIndex(self.events.findData(event_id))
        if event_id:
            self._desk.read(with_store(read_typing_board, event_id=event_id), self._show_board)
        self._read_people()

    def _show_board(self, board: TypingBoard) -> None:
        room = f"／{board.capacity}人" if board.capacity is not None else "人"
        self.places.setText(f"申込 {board.taken}{room}　{left_words(board)}".strip())
        self.over.say(f"{board.title}は{board.over}です。受け付けると、その名簿に加わります。" if board.over else "")
        self.fit()

    # people remembered

    def _read_people(self) -> None:
        organisation = self.fields.finder.organisation
        if organisation is None or not self._event_id:
            self._show_people(())
            return
        self._desk.read(
            with_store(known_applicants, organisation_id=organisation.id, event_id=self._event_id), self._show_people
        )

    def _show_people(self, people: Sequence[KnownApplicant]) -> None:
        self._people = tuple(people)
        self._narrow()

    def _show_finding(self) -> None:
        """While the 団体 is not settled, what it may be stands here."""
        finding = self.fields.finder.organisation is None
        self.known_title.setText("団体の名簿から" if finding else "前に申し込んだ人")
        if finding:
            self.known_words.setText("↓で選んでEnter。名簿にない団体は、そのままEnterで進めます。")

    def _narrow(self) -> None:
        """Those whose name or reading holds what was typed so far."""
        key = name_key(self.fields.name.text())
        shown = [
            one for one in self._people if key in name_key(one.person.name) or key in name_key(one.person.furigana)
        ]
        self.known.clear()
        for one in shown[:30]:
            told = (
                f"　この回に{one.entered}済"
                if one.entered == "申込"
                else f"　この回は{one.entered}"
                if one.entered
                else ""
            )
            item = QListWidgetItem(f"{one.person.name}　{one.person.role}{told}".rstrip())
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.known.addItem(item)
        self.known.setVisible(bool(shown))
        words = "↓で選んでEnter。新しい人は、そのまま氏名を入力します。"
        if not shown:
            words = "新しい人です。" if self._people else "この団体で前に申し込んだ人はいません。"
        self.known_words.setText(words)
        self._show_finding()
        self._warn()
        # Only ever taller while one types: a dialog that shrinks under the hands is hard to follow.
        before = self.height()
        self.fit()
        self.resize(self.width(), max(before, self.height()))

    def _warn(self) -> None:
        """Say at once when the person has a place already."""
        key = name_key(self.fields.name.text())
        same = [one for one in self._people if key and name_key(one.person.name) == key and one.entered]
        self.note.say(
            f"**{same[0].person.name}さんは、すでにこの回に申込があります**（{same[0].entered}）。" if same else ""
        )

    def _move(self, step: int) -> None:
        if self.known.count():
            self.known.setCurrentRow(max(0, min(self.known.count() - 1, self.known.currentRow() + step)))

    def _take_marked(self) -> None:
        item = self.known.currentItem()
        if item is not None and not self.known.isHidden():
            self.fields.take(item.data(Qt.ItemDataRole.UserRole))
            self._warn()

    # saving

    def save(self) -> None:
        """Save and clear for the next one."""
        if not self._event_id or not self.main.isEnabled():
            return
        try:
            typed = self.fields.typed(self._event_id)
        except Unreadable as problem:
            words = str(problem)
            self.note.say(words if words.startswith("人数") else f"人数は{words}")
            self.fit()
            self.fields.people.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wait(True)
        self._desk.write(
            with_store(add_application, typed=typed, **self._desk.signed), self._done, owner=self, failed=self._refuse
        )

    def _done(self, added: AddedApplication) -> None:
        self.wait(False)
        self.note.say("")
        self.set_note(added.said)
        self.fields.clear()
        self._show_people(())
        self._show_board(added.board)

    def _refuse(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.note)
        self.fit()
