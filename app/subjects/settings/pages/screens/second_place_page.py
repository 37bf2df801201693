"""2つ目の場所: where the backups are copied to at each closing, how the last try came out, and the copy by hand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.acts.saved import Saved
from app.calendar.dates import long_date
from app.data_folder.services.second_place import (
    SecondPlace,
    carry_to,
    give_up_second_place,
    read_second_place,
    set_second_place,
)
from app.subjects.settings.pages.screens.doors import SettingsDoors
from app.subjects.settings.pages.screens.settings_page import SettingsPage
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import ask_before
from app.widgets.flow_row import FlowRow
from app.widgets.note_box import NoteBox
from app.widgets.sending import note_failure
from app.widgets.shown_words import moment_words, path_words
from app.window.background_task import bound
from app.window.desk import Desk, acting
from app.window.failure_messages import failure_of
from db.backups.second_place import Tried

_NONE = "まだ決めていません。データと別のディスクか共有フォルダーを選ぶと、閉じるたびに、そこにも写します。"


class SecondPlacePage(SettingsPage):
    """The page. Signals: none."""

    def __init__(self, desk: Desk, doors: SettingsDoors) -> None:
        super().__init__(
            desk,
            doors,
            "2つ目の場所",
            "バックアップを、閉じるたびにここにも写します。つながっていないときは、そのことを知らせて閉じます。"
            "古いものは、データフォルダーと同じ決まりで片づきます。",
        )
        self._place: SecondPlace | None = None
        self.state = NoteBox("", "quiet")
        self.choose = Button("2つ目の場所を決める", self._choose, icon_name="folder-open")
        self.copy = Button("いま写す", self._copy, icon_name="export")
        self.give_up = Button("2つ目の場所をやめる", self._ask_give_up)
        self.body.addWidget(self.state)
        self.body.addWidget(FlowRow(self.choose, self.copy, self.give_up))
        self.copy.hide()
        self.give_up.hide()
        self.set_changeable(self.choose, self.copy, self.give_up)

    def reload(self) -> None:
        """Read which place was decided; the place itself is not asked, as a disk that is away would answer late."""
        self.fetch(self._show, read_second_place)

    def _show(self, place: SecondPlace) -> None:
        self._place = place
        wanted, tried = place.wanted, place.tried
        for button in (self.copy, self.give_up):
            button.setVisible(wanted is not None)
        self.choose.set_words("2つ目の場所を変える" if wanted is not None else "2つ目の場所を決める")
        if wanted is None:
            self.state.say(_NONE, tone="quiet")
            return
        where = f"**{path_words(wanted.place)}**"
        if place.decided is not None:
            where += f"\n{long_date(place.decided.at.date())}に{place.decided.by}さんが決めました。"
        made = tried.made if tried is not None else None
        newest = f"そこにある新しいもの　{moment_words(made)}" if made is not None else "まだ写していません。"
        problem = place.problem(self.doors.clock().date())
        if problem and made is not None:
            newest += f"\n{problem}"
        elif problem and tried is not None and tried.problem != newest:
            newest = problem
        self.state.say(f"{where}\n{newest}", tone="amber" if problem else "quiet")

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "バックアップの2つ目の場所を選ぶ")
        if chosen:
            self.problem.say("")
            self.send(acting(self.desk, set_second_place, place=Path(chosen)), self._decided)

    def _decided(self, _saved: Saved) -> None:
        """The first copy follows at once, so that nobody waits for the next closing to learn whether it works."""
        self.fetch(self._copy_to, read_second_place)

    def _copy_to(self, place: SecondPlace) -> None:
        self._show(place)
        self._copy()

    def _copy(self) -> None:
        wanted = self._place.wanted if self._place is not None else None
        if wanted is not None:
            self.copy.setEnabled(False)
            self.desk.apart(
                bound(carry_to, wanted, now=self.doors.clock()),
                self._copied,
                failed=self._fail,
                owner=self,
                title="2つ目の場所に写しています",
                writes=True,
            )

    def _copied(self, tried: Tried) -> None:
        self.copy.setEnabled(not self.desk.read_only)
        if not tried.problem:
            self.desk.say("2つ目の場所に写しました。")
        self.desk.changed.emit()

    def _fail(self, problem: Exception) -> None:
        self.copy.setEnabled(not self.desk.read_only)
        note_failure(failure_of(problem), self.problem)

    def _ask_give_up(self) -> None:
        ask_before(
            self,
            title="2つ目の場所をやめる",
            text="つぎに閉じるときから、ここには写しません。\nそこにあるバックアップはそのまま残ります。区で消してください。",
            verb="2つ目の場所をやめる",
            then=lambda: self.do(give_up_second_place) and None,
            danger=False,
        )
