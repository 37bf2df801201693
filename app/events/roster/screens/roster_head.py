"""Head of the roster: links, number of people, and notes that need attention."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.recruitment import DECISION
from app.events.roster.services.entries import EntryList
from app.widgets.buttons import Button, Kind, inline_button, main_button, menu_entry
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label
from app.widgets.layouts import fix_size, in_column
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext

LOW_HEIGHT = 560
"""Height of the page below which the buttons fold into one menu, to give room to the list."""


class RosterHeader(QWidget):
    """Head of the roster with buttons, counts and notes of one event; ``decide`` stands in the action bar of the page.

    Signals: ``navigation_asked(str, dict)`` open a place.
    """

    navigation_asked = Signal(str, object)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self._read_only = app_context.read_only
        self.take_in = self._navigation_button("申込を取り込む", "applications", icon_name="download-simple")
        self.phone = self._navigation_button("電話の申込", "applications", icon_name="phone", page="電話")
        self.choose = self._navigation_button("参加者を決める", "choice", icon_name="shuffle")
        self.letters = Button("通知を作成", self._open_letters)
        self.decide = main_button("参加者を決める", self._go_on)
        self.reception = self._navigation_button("受付", "reception")
        self.purpose = self._navigation_button("目的を選んで出力", "purpose_export")
        self.groups = self._navigation_button("班分け", "groups")
        self.discussion = self._navigation_button("討議の記録", "discussion")
        # In the menu only: above the list there is room for the most frequent actions.
        further = (self.choose, self.letters, self.reception, self.purpose, self.groups, self.discussion)
        parts = (self.take_in, self.phone, *further)
        self.ways = FlowRow(self.take_in, self.phone)
        for button in further:
            button.setParent(self)
            button.hide()
        self.folded = Button("申込・通知・受付", icon_name="caret-down")
        fix_size(self.folded)
        menu = QMenu(self.folded)
        self._entries = [(menu_entry(menu, button.text(), button.click), button) for button in parts]
        self._of_discussion = [entry for entry, button in self._entries if button in (self.groups, self.discussion)]
        menu.aboutToShow.connect(self._update_entry_buttons)
        self.folded.setMenu(menu)
        self._low = False
        self._found: EntryList | None = None
        self.words = Paragraph()
        self.short = label("", "strong")
        self.note = NoteBox()
        self.move_up = inline_button("繰り上げる F7")
        self.ask_more = inline_button("対象の団体を見る")
        self.tell = inline_button(
            "人数連絡を開く", lambda: self.navigation_asked.emit("event", {"tab": "参加者", "part": "人数連絡"})
        )
        for button in (self.move_up, self.ask_more, self.tell):
            self.note.put(button)
        in_column(self.ways, self.words, self.note, owner=self, spacing=8)

    def _navigation_button(
        self, words: str, screen: str, *, kind: Kind = "plain", icon_name: str = "", **more: object
    ) -> Button:
        return Button(words, lambda: self.navigation_asked.emit(screen, more), kind=kind, icon_name=icon_name)

    def _open_letters(self) -> None:
        """Ask by ``navigation_asked`` for the letters: after the selection 決定通知, before it the last shown."""
        decided = self._found is not None and self._found.selection is not None and not self._found.is_undecided
        self.navigation_asked.emit("event", {"tab": "書類"} | ({"kind": DECISION} if decided else {}))

    def _go_on(self) -> None:
        if self._letter_waits:
            self._open_letters()
        else:
            self.choose.click()

    @property
    def _letter_waits(self) -> bool:
        return self._found is not None and self._found.letter_waits and self._found.selection is not None

    def show_list(self, entry_list: EntryList) -> None:
        """Show the counts, and the notes that need attention, on a low page the first of them."""
        may_write = not self._read_only
        word = entry_list.people_word
        free = entry_list.free_count
        room = f"定員 {entry_list.capacity}人" + (
            f"（あと{free}人）" if free > 0 else "（満員）" if free == 0 else f"を {-free}人超えています"
        )
        coming = f"{word} **{entry_list.coming_count}人**・{entry_list.organisations}団体"
        if entry_list.rows and all(row.entry.state.is_chosen for row in entry_list.rows):
            coming += "（全員 決定）"  # the list then has no column of states
        closing = fill_nonempty("締切 {}", entry_list.closing_words)
        self.words.show_text(join_nonempty(coming, room, closing))
        self.words.setToolTip(f"仕様 {entry_list.spec_words}\n申込 {entry_list.applied_count}人")
        self.short.setText(f"{word} {entry_list.coming_count}人　定員 {entry_list.capacity}人")
        self._found = entry_list
        for button in (self.take_in, self.phone):
            button.setEnabled(may_write and entry_list.event.status.counts)
        self.choose.setEnabled(entry_list.event.form.recruits and entry_list.event.status.is_planned)
        discussed = entry_list.event.form.in_groups
        for entry in self._of_discussion:
            entry.setVisible(discussed)
        self._show_decide()
        self.letters.setEnabled(bool(entry_list.rows))
        self.purpose.setEnabled(bool(entry_list.rows))
        self._show_note(entry_list, may_write=may_write)

    def _show_note(self, entry_list: EntryList, *, may_write: bool) -> None:
        """Show what should be done: move up a 補欠, else find people, else decide on late applications.

        Then that the notified headcount has changed, and that nobody brings the tablets.
        """
        said = []
        waiting = entry_list.next_waitlisted
        if waiting is not None:
            said.append(
                f"定員に{entry_list.free_count}人の空きがあります。つぎは**{waiting.status_words} "
                f"{waiting.spoken_name}**です。"
            )
        elif entry_list.missing_count:
            said.append(
                f"受付締切（{entry_list.closing_words}）を過ぎて{entry_list.people_word}が{entry_list.coming_count}人です。"
                f"仕様の下限{entry_list.minimum}人に**{entry_list.missing_count}人**足りません。"
            )
        late = entry_list.counts["申込"] if entry_list.selection is not None else 0
        if late and len(said) == 0:
            said.append(
                f"参加者を決めたあとの申込が**{late}人**あります。「状態 Alt+J」か「参加者を決める」で決めてください。"
            )
        if entry_list.change_words:
            said.append(f"{entry_list.change_words}変更連絡が要ります。")
        if entry_list.tablet_words:
            said.append(entry_list.tablet_words)
        if self._low:
            # The other one is on 人数連絡 and among the tasks as well.
            said = said[:1]
        self.note.show_text("\n".join(said), tone="accent" if waiting is not None else "amber")
        self.move_up.setVisible(waiting is not None and may_write)
        self.ask_more.setVisible(waiting is None and bool(entry_list.missing_count))
        self.tell.setVisible(
            bool(entry_list.change_words) and not (self._low and len(said) == 1 and waiting is not None)
        )

    def set_low(self, *, low: bool) -> None:
        """On a low page hide counts and buttons, which the menu and the filters also have."""
        if low == self._low:
            return
        self._low = low
        self.ways.setVisible(not low)
        self.words.setVisible(not low)
        self.short.setVisible(low)
        if self._found is not None:
            self.show_list(self._found)

    def _show_decide(self) -> None:
        """Offer the next step: 参加者を決める, then the 決定通知 until it is notified."""
        wanted = self._found is not None and self._found.is_undecided and bool(self._found.rows)
        self.decide.set_words(f"{DECISION}を作成" if self._letter_waits else "参加者を決める")
        ready = self._letter_waits or (wanted and self.choose.isEnabled())
        self.decide.setVisible(ready and not self._read_only)

    def _update_entry_buttons(self) -> None:
        for entry, button in self._entries:
            entry.setEnabled(button.isEnabled())
