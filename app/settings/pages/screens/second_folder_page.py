"""2つ目の場所: the folder to which backups are copied at each closing, the last result, and a copy on demand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.actions.action_result import ActionResult
from app.calendar.dates import long_date
from app.data_folder.services.second_folder import (
    SecondFolderState,
    copy_to_second_folder,
    read_second_folder,
    remove_second_folder,
    set_second_folder,
)
from app.settings.pages.screens.settings_host import SettingsHost
from app.settings.pages.screens.settings_page import SettingsPage
from app.widgets.action_mixin import show_failure_in
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import confirm_first
from app.widgets.display_texts import moment_words, path_words
from app.widgets.flow_row import FlowRow
from app.widgets.layouts import add
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext, bind_action
from app.window.background_task import bind_arguments
from app.window.failure_messages import failure_of
from db.backups.second_folder import CopyAttempt

_NONE = "まだ決めていません。データと別のディスクか共有フォルダーを選ぶと、閉じるたびに、そこにも写します。"


class SecondFolderPage(SettingsPage):
    """The page 2つ目の場所. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(
            app_context,
            doors,
            "2つ目の場所",
            "バックアップを、閉じるたびにここにも写します。つながっていないときは、そのことを知らせて閉じます。"
            "古いものは、データフォルダーと同じ決まりで片づきます。",
        )
        self._place: SecondFolderState | None = None
        self.state = NoteBox("", "quiet")
        self.choose = Button("2つ目の場所を決める", self._choose_folder, icon_name="folder-open")
        self.copy = Button("いま写す", self._copy, icon_name="export")
        self.give_up = Button("2つ目の場所をやめる", self._confirm_stop)
        add(self.body, self.state, FlowRow(self.choose, self.copy, self.give_up))
        self.copy.hide()
        self.give_up.hide()
        self.set_changeable(self.choose, self.copy, self.give_up)

    def reload(self) -> None:
        """Read and show which folder was chosen; the folder is not accessed, as a missing disk answers slowly."""
        self.run_read(self._show, read_second_folder)

    def _show(self, place: SecondFolderState) -> None:
        self._place = place
        wanted, tried = place.target, place.last_attempt
        for button in (self.copy, self.give_up):
            button.setVisible(wanted is not None)
        self.choose.set_words("2つ目の場所を変える" if wanted is not None else "2つ目の場所を決める")
        if wanted is None:
            self.state.show_text(_NONE, tone="quiet")
            return
        where = f"**{path_words(wanted.second_folder)}**"
        if place.decision is not None:
            where += f"\n{long_date(place.decision.at.date())}に{place.decision.by}さんが決めました。"
        made = tried.newest_time if tried is not None else None
        newest = f"そこにある新しいもの　{moment_words(made)}" if made is not None else "まだ写していません。"
        problem = place.problem(self.doors.clock().date())
        if problem and made is not None:
            newest += f"\n{problem}"
        elif problem and tried is not None and tried.problem != newest:
            newest = problem
        self.state.show_text(f"{where}\n{newest}", tone="amber" if problem else "quiet")

    def _choose_folder(self) -> None:
        """Let the user choose the second folder in a dialog, and save it."""
        chosen = QFileDialog.getExistingDirectory(self, "バックアップの2つ目の場所を選ぶ")
        if chosen:
            self.problem.show_text("")
            self.run_change(bind_action(set_second_folder, folder=Path(chosen)), self._on_folder_saved)

    def _on_folder_saved(self, _saved: ActionResult) -> None:
        """Read the saved folder and make the first copy at once, so that its result need not wait for the closing."""
        self.run_read(self._copy_to, read_second_folder)

    def _copy_to(self, place: SecondFolderState) -> None:
        self._show(place)
        self._copy()

    def _copy(self) -> None:
        """Copy the newest backup to the second folder in the background."""
        wanted = self._place.target if self._place is not None else None
        if wanted is not None:
            self.copy.setEnabled(False)
            self.app_context.run_in_background(
                bind_arguments(copy_to_second_folder, wanted, now=self.doors.clock()),
                self._on_copied,
                on_failed=self._show_failure,
                owner=self,
                title="2つ目の場所に写しています",
                writes=True,
            )

    def _on_copied(self, tried: CopyAttempt) -> None:
        """Say that the backup was copied, unless there was a problem, and emit ``changed`` (screens read again)."""
        self.copy.setEnabled(self.may_write)
        if not tried.problem:
            self.app_context.show_message("2つ目の場所に写しました。")
        self.app_context.changed.emit(None)

    def _show_failure(self, problem: Exception) -> None:
        """Show why the copy failed, and enable its button again."""
        self.copy.setEnabled(self.may_write)
        show_failure_in(failure_of(problem), self.problem)

    def _confirm_stop(self) -> None:
        confirm_first(
            self,
            title="2つ目の場所をやめる",
            text="つぎに閉じるときから、ここには写しません。\nそこにあるバックアップはそのまま残ります。区で消してください。",
            verb="2つ目の場所をやめる",
            on_confirmed=lambda: self.run_action(remove_second_folder) and None,
            danger=False,
        )
