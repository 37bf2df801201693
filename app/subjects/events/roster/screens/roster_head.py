"""The head of the roster: where one goes from here, how many come, and what calls for a look."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.subjects.events.event.rules.recruitment import DECISION
from app.subjects.events.roster.services.entries import EntryList
from app.widgets.buttons import Button, Kind, menu_entry
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label
from app.widgets.layouts import in_column
from app.widgets.note_box import NoteBox
from app.window.desk import Desk

DISCUSSED = "意見交換会"
"""The kind of event that sits in groups and keeps a record of what was said there."""
LOW = 560
"""Below this height of the page the buttons fold into one menu, so that the list keeps its room."""


class RosterHead(QWidget):
    """Buttons, counts and notes of one event.

    Signals: ``move_up_asked()``; ``list_asked()`` the 団体 that can still be asked; ``went(str, dict)`` a place.
    """

    move_up_asked = Signal()
    list_asked = Signal()
    went = Signal(str, object)

    def __init__(self, desk: Desk, *, embedded: bool) -> None:
        """``embedded``: the tabs beside lead to 人数連絡 and 当日, and the filled button is that of the event."""
        super().__init__()
        self._read_only = desk.read_only
        filled: Kind = "plain" if embedded else "main"
        self.take_in = self._way("申込を取り込む", "applications", icon_name="download-simple")
        self.phone = self._way("電話の申込", "applications", icon_name="phone", page="電話")
        self.choose = self._way("参加者を決める", "choice", kind=filled, icon_name="shuffle")
        self.letters = Button("通知を作成", self._to_letters)
        self.decide = Button("参加者を決める", self._go_on, kind="main")
        self.decide.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.reception = self._way("受付", "reception")
        self.purpose = self._way("目的を選んで出力", "purpose_export")
        self.groups = self._way("班分け", "groups")
        self.discussion = self._way("討議の記録", "discussion")
        parts = [self.take_in, self.phone, self.choose, self.letters]
        if not embedded:
            parts += [self._way("人数連絡", "participants"), self._way("当日", "day")]
        parts += [self.reception, self.purpose, self.groups, self.discussion]
        self._embedded = embedded
        self.ways = FlowRow(*([self.take_in, self.phone, self.choose] if embedded else parts))
        for button in parts:
            if embedded and button not in (self.take_in, self.phone, self.choose):
                # It stands in the menu alone: beside the tabs there is room for what is done most.
                button.setParent(self)
                button.hide()
        self.folded = Button("申込・通知・受付", icon_name="caret-down")
        self.folded.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        menu = QMenu(self.folded)
        self._entries = [(menu_entry(menu, button.text(), button.click), button) for button in parts]
        self._of_discussion = [entry for entry, button in self._entries if button in (self.groups, self.discussion)]
        menu.aboutToShow.connect(self._offer_entries)
        self.folded.setMenu(menu)
        self._low = self._short = False
        self._found: EntryList | None = None
        self.words = Paragraph()
        self.short = label("", "strong")
        self.note = NoteBox(tone="accent")
        self.move_up = Button("繰り上げる F7", self.move_up_asked.emit, low=True)
        self.ask_more = Button("対象の団体を見る", self.list_asked.emit, low=True)
        self.tell = Button("人数連絡を開く", lambda: self.went.emit("participants", {}), low=True)
        for button in (self.move_up, self.ask_more, self.tell):
            self.note.put(button)
        in_column(self.ways, self.words, self.note, owner=self, spacing=8)

    def _way(self, words: str, place: str, *, kind: Kind = "plain", icon_name: str = "", **more: object) -> Button:
        return Button(words, lambda: self.went.emit(place, more), kind=kind, icon_name=icon_name)

    def _to_letters(self) -> None:
        """Go to the paper at hand: once it is decided who comes, 決定通知; before, what invites."""
        decided = self._found is not None and self._found.choice is not None and not self._found.undecided
        self.went.emit("letters", {"kind": DECISION} if decided else {})

    def _go_on(self) -> None:
        """Take the step that the filled button names."""
        if self._letter_waits:
            self._to_letters()
        else:
            self.choose.click()

    @property
    def _letter_waits(self) -> bool:
        return self._found is not None and self._found.letter_waits and self._found.choice is not None

    def show_list(self, found: EntryList) -> None:
        """Show the counts, and at most two sentences of what calls for a look."""
        may_write = not self._read_only
        free = (
            f"（空き {found.free}人）"
            if found.free > 0
            else "（満員）"
            if found.free == 0
            else f"（{-found.free}人超過）"
        )
        word = "申込" if found.undecided else "参加予定"
        parts = [
            f"{found.organisations}団体・決定前"
            if found.undecided
            else f"申込 {found.applied}人・{found.organisations}団体",
            f"仕様 {found.spec_words}",
        ]
        parts += [f"受付締切 {found.closing_words}"] if found.closing_words else []
        self.words.say(f"**{word} {found.coming}人 ／ 定員 {found.capacity}人{free}**　　{'　'.join(parts)}")
        self.short.setText(f"{word} {found.coming}／{found.capacity}人{free}")
        self._found = found
        for button in (self.take_in, self.phone):
            button.setEnabled(may_write and found.event.status != "中止")
        self.choose.setEnabled(found.event.kind != "派遣" and found.event.status == "予定")
        discussed = found.event.kind == DISCUSSED
        for entry in self._of_discussion:
            entry.setVisible(discussed)
        if self._embedded:
            self.choose.setVisible(found.undecided and not self._short)
        else:
            for button in (self.groups, self.discussion):
                button.setVisible(discussed)
        self._show_decide()
        self.letters.setEnabled(bool(found.rows))
        self.purpose.setEnabled(bool(found.rows))
        self._show_note(found, may_write=may_write)

    def _show_note(self, found: EntryList, *, may_write: bool) -> None:
        said = []
        word = "申込" if found.undecided else "参加予定"
        waiting = found.following
        if waiting is not None:
            said.append(
                f"定員に{found.free}人の空きがあります。つぎは**{waiting.status_words} {waiting.spoken}**です。"
            )
        elif found.missing:
            said.append(
                f"受付締切（{found.closing_words}）を過ぎて{word}が{found.coming}人です。"
                f"仕様の下限{found.minimum}人に**{found.missing}人**足りません。"
            )
        late = found.counts["申込"] if found.choice is not None else 0
        if late and len(said) == 0:
            said.append(
                f"参加者を決めたあとの申込が**{late}人**あります。「状態 Alt+J」か「参加者を決める」で決めてください。"
            )
        if found.change_words:
            said.append(f"{found.change_words}変更連絡が要ります。")
        if found.tablet_words:
            said.append(found.tablet_words)
        if self._low:
            # The other one stands on 人数連絡 and among the tasks as well.
            said = said[:1]
        self.note.say("\n".join(said), tone="accent" if waiting is not None else "amber")
        self.move_up.setVisible(waiting is not None and may_write)
        self.ask_more.setVisible(waiting is None and bool(found.missing))
        self.tell.setVisible(bool(found.change_words) and not (self._low and len(said) == 1 and waiting is not None))

    def fold(self, *, low: bool) -> None:
        """On a low page the counts and buttons make room for the list; the menu and the chips hold them."""
        if low == self._low:
            return
        self._low = low
        self.ways.setVisible(not low)
        self.words.setVisible(not low)
        if self._found is not None:
            self.show_list(self._found)

    def stand_short(self, *, short: bool) -> None:
        """Beside the menu stands, filled, what is next: 参加者を決める, then the 決定通知 until it is told."""
        self._short = short
        if self._embedded and self._found is not None:
            self.choose.setVisible(self._found.undecided and not short)
        self._show_decide()

    def _show_decide(self) -> None:
        wanted = self._found is not None and self._found.undecided and bool(self._found.rows)
        self.decide.set_words(f"{DECISION}を作成" if self._letter_waits else "参加者を決める")
        ready = self._letter_waits or (wanted and self.choose.isEnabled())
        shown = self._short and ready and not self._read_only
        self.decide.setVisible(shown)
        # A narrow row holds what is to be done or how many there are, not both.
        self.short.setVisible(self._low and not shown)

    def _offer_entries(self) -> None:
        for entry, button in self._entries:
            entry.setEnabled(button.isEnabled())
