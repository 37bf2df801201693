"""The page that restores a backup into a new folder: which backup, where to, who, and the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from app.data_folder.screens.backup_list import BackupList
from app.data_folder.screens.centred_page import CentredPage
from app.data_folder.screens.folder_check import FolderCheckView
from app.data_folder.screens.try_pause import PasswordPage, TryPause
from app.widgets.buttons import Button
from app.widgets.display_texts import path_words
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, heading, section, with_accessible_name, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window.background_task import Tasks
from app.window.failure_messages import Failure
from db.record import record

if TYPE_CHECKING:
    from app.data_folder.services.backups import BackupLine
    from app.data_folder.services.folder_choice import CheckedFolder

_FIELDS = (
    Field(
        "way",
        "鍵の種類",
        "radio",
        choices=(("password", "IDとパスワード"), ("recovery", "回復キー")),
    ),
    Field("login_id", "ID", width=240),
    Field(
        "password",
        "パスワード",
        "password",
        width=340,
        hint="バックアップを作ったときのパスワードです。",
    ),
    Field("recovery", "回復キー"),
)


@record
class RestoreRequest:
    """What to restore: ``backup`` (None = the newest intact one) of ``source`` into ``target``.

    ``login_id`` None means that ``secret`` is the recovery key.
    """

    source: Path
    backup: Path | None
    target: Path
    login_id: str | None
    secret: str


class RestorePage(PasswordPage, CentredPage):
    """The page to restore a backup.

    Signals: ``source_chosen(Path)`` look for backups there; ``restore_asked(RestoreRequest)``;
    ``open_asked(RestoreRequest)`` open what was restored.
    """

    source_chosen = Signal(object)
    restore_asked = Signal(object)
    open_asked = Signal(object)

    def __init__(self, tasks: Tasks, today: date, tries: TryPause, *, check: Callable[[Path], CheckedFolder]):
        """Build the page; ``check`` checks the target folder in the background."""
        super().__init__()
        self._source = Path()
        self._request: RestoreRequest | None = None
        self.add(heading("バックアップから復元する"))
        self._form_area = QWidget()
        self.folder_check = FolderCheckView(
            tasks, check=check, chosen_folder=self._target, accept_label="承知のうえで、この場所に復元する"
        )
        self._build_form(today)
        self.result = Paragraph()
        self.result.hide()
        self.problem = NoteBox("", "red")
        self.add(self._form_area, self.result, self.problem, None)
        self.cancel = Button("もどる", tall=True)
        self.restore_button = Button("新しいフォルダーに復元する", self._restore, kind="main", tall=True)
        self.add_buttons(None, self.cancel, self.restore_button)
        self.follow_tries(tries, self.form)

    def _build_form(self, today: date) -> None:
        """Lay out the fields: which backup, into which folder, and by which key."""
        column = in_column(
            wrapped_label(
                "いまのファイルには手をつけません。バックアップのあとの変更も、"
                "変更の控えから戻せるところまで戻します。",
            ),
            owner=self._form_area,
            spacing=12,
        )
        self._source_label = wrapped_label()
        self.browse = Button("別のフォルダーを選ぶ", self._browse_source, icon_name="folder-open", low=True)
        column.addWidget(section("どれを"))
        line = widget_row(self._source_label, self.browse)
        line.setStretch(0, 1)
        column.addLayout(line)
        self.backup_list = BackupList("restore", today=today, empty="ここには、バックアップがありません。")
        self.backup_list.chosen.connect(self._update_button)
        add(column, self.backup_list, 8, section("どこへ"))
        self.target_field = with_accessible_name(QLineEdit(), "復元先のフォルダー")
        self.target_field.textChanged.connect(lambda _text: self.folder_check.check_soon())
        self.browse_target = Button("場所を選ぶ", self._browse_target, icon_name="folder-open")
        target = widget_row(self.target_field, self.browse_target)
        target.setStretch(0, 1)
        add(column, target, self.folder_check)
        self.folder_check.checked.connect(self._update_button)
        add(column, 8, section("開くための鍵"))
        self.form = Form(_FIELDS, on_change=lambda key: self._switch() if key == "way" else None)
        self.form.set_values({"way": "password"})
        column.addWidget(self.form)
        self._switch()

    def show_source(
        self, source: Path, lines: Sequence[BackupLine], *, target: Path, login_id: str, password: str
    ) -> None:
        """Show the backups found at ``source`` and reset the page; the first verified one, else the first, is chosen.

        ``target`` is the proposed folder for the restored data; ``login_id`` and ``password`` are filled in.
        """
        self._source = source
        self._request = None
        self.reset_problem()
        self.result.hide()
        self._form_area.show()
        self._source_label.setText(path_words(source))
        self.backup_list.show_rows(lines)
        sound = next((line for line in lines if line.is_verified), lines[0] if lines else None)
        if sound is not None:
            self.backup_list.choose(lambda line: line is sound, take_focus=False)
        self.target_field.setText(str(target))
        self.folder_check.check_now()
        self.form.set_values({"way": "password", "login_id": login_id, "password": password, "recovery": ""})
        self._switch()
        self.restore_button.set_words("新しいフォルダーに復元する")
        self._update_button()

    def show_restored(self, sentences: Sequence[str], folder: Path) -> None:
        """Show what was restored in place of the form; the button now opens it (``open_asked``)."""
        self._form_area.hide()
        self.problem.show_text("")
        self.result.show_text("**復元が終わりました。**\n" + "\n".join(sentences) + f"\n復元先　{path_words(folder)}")
        self.result.show()
        self.restore_button.set_words("復元したデータを開く")
        self.restore_button.setEnabled(True)
        self.restore_button.setFocus()

    def show_failure(self, failure: Failure) -> None:
        """Show why it could not be restored, scrolled into view."""
        self._request = None
        super().show_failure(failure)
        self.area.ensureWidgetVisible(self.problem)

    def clear_secrets(self) -> None:
        """Clear password and recovery key, and forget the request.

        The button that opens what was restored then does nothing.
        """
        self._request = None
        self.form.set_values({"password": "", "recovery": ""})

    def _switch(self) -> None:
        """Show the fields for password or recovery key, as chosen."""
        by_password = self.form.value("way") == "password"
        for key in ("login_id", "password"):
            self.form.show_field(key, by_password)
        self.form.show_field("recovery", not by_password)

    def _update_button(self) -> None:
        """Enable the restore button when a backup and a usable folder are chosen, and no pause runs.

        Once restored, leave it as it is.
        """
        if self.result.isHidden():
            is_chosen = self.backup_list.current() is not None and self.folder_check.is_usable()
            self.restore_button.setEnabled(is_chosen and not self.tries.seconds)

    def update_pause(self) -> None:
        """Pause the restore button too."""
        super().update_pause()
        self._update_button()

    def _target(self) -> Path | None:
        """Return the typed folder to restore into, None while the field is empty."""
        text = self.target_field.text().strip().strip('"')
        return Path(text) if text else None

    def _restore(self) -> None:
        """Emit ``restore_asked`` with what is chosen and typed, or ``open_asked`` once it was restored."""
        if not self.result.isHidden():
            if self._request is not None:
                self.open_asked.emit(self._request)
            return
        self.problem.show_text("")
        target = self._target()
        if self.backup_list.current() is None or target is None or not self.form.check_all():
            return
        typed = self.form.values()
        by_password = typed["way"] == "password"
        self._request = RestoreRequest(
            source=self._source,
            backup=self.backup_list.current().path,
            target=target,
            login_id=typed["login_id"].strip() if by_password else None,
            secret=typed["password"] if by_password else typed["recovery"],
        )
        self.restore_asked.emit(self._request)

    def _browse_source(self) -> None:
        """Let the user choose a folder with backups in a dialog, and emit ``source_chosen``."""
        chosen = QFileDialog.getExistingDirectory(self, "バックアップのあるフォルダーを選ぶ", str(self._source))
        if chosen:
            self.source_chosen.emit(Path(chosen))

    def _browse_target(self) -> None:
        """Let the user choose the parent of the folder to restore into; its name stays."""
        chosen = QFileDialog.getExistingDirectory(
            self, "復元先の場所を選ぶ", str(Path(self.target_field.text()).parent)
        )
        if chosen:
            self.target_field.setText(str(Path(chosen) / Path(self.target_field.text()).name))
            self.folder_check.check_now()
