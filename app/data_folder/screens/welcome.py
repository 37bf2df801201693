"""The page of the first start: create new data, open a colleague's data, or try the sample.

New data may be on this PC or in the shared folder, which is checked before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QLineEdit, QRadioButton, QWidget

from app.data_folder.screens.folder_check import FolderCheckView
from app.data_folder.screens.start_page import WHAT_IT_IS, StartPage, StartSidebar
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.keys import on_key
from app.widgets.labels import second_label, with_accessible_name, wrapped_label
from app.widgets.layouts import in_column
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import widget_row
from app.window.background_task import Tasks

if TYPE_CHECKING:
    from app.data_folder.services.folder_choice import CheckedFolder


class FolderChoice(QWidget):
    """Widget to choose a folder for new data; ``folder_check`` shows what it can be used for. Signals: none."""

    def __init__(self, tasks: Tasks, local_folder: Path, *, check: Callable[[Path], CheckedFolder]):
        """Build the choice; ``local_folder`` is the folder on this PC; ``check`` checks a folder in the background."""
        super().__init__()
        self._local_folder = local_folder
        column = in_column(owner=self, spacing=6)
        self.local_option = QRadioButton("このPCの中（ひとりで使う）")
        self.shared_option = QRadioButton("共有フォルダーの中（2人から5人で使う）")
        self._group = QButtonGroup(self)
        for button in (self.local_option, self.shared_option):
            self._group.addButton(button)
        self.local_option.setChecked(True)
        column.addLayout(widget_row(self.local_option, self.shared_option, None, spacing=16))
        self.path = with_accessible_name(QLineEdit(placeholderText="共有フォルダーの場所"), "共有フォルダーの場所")
        self.browse = Button("フォルダーを選ぶ", self._browse, icon_name="folder-open")
        self._path_line = QWidget()
        line = widget_row(self.path, self.browse)
        line.setStretch(0, 1)
        self._path_line.setLayout(line)
        self._path_line.hide()
        column.addWidget(self._path_line)
        self.folder_check = FolderCheckView(
            tasks, check=check, chosen_folder=self.folder, accept_label="承知のうえで、この場所に作成する"
        )
        column.addWidget(self.folder_check)
        self._group.buttonToggled.connect(lambda _b, on: self._switch() if on else None)
        self.path.textEdited.connect(lambda _text: self.folder_check.check_soon())
        QTimer.singleShot(0, self, self.folder_check.check_now)

    def folder(self) -> Path | None:
        """Return the folder on this PC, or the typed shared folder if that is chosen (None while nothing is typed)."""
        if self.local_option.isChecked():
            return self._local_folder
        text = self.path.text().strip().strip('"')
        return Path(text) if text else None

    def set_folder(self, folder: Path) -> None:
        """Set a folder in the shared place."""
        self.shared_option.setChecked(True)
        self.path.setText(str(folder))
        self.folder_check.check_now()

    def _switch(self) -> None:
        """Show the field for a shared folder where that is chosen, and check the folder."""
        self._path_line.setVisible(self.shared_option.isChecked())
        self.folder_check.check_now()
        if self.shared_option.isChecked():
            self.path.setFocus()

    def _browse(self) -> None:
        """Let the user choose the shared folder in a dialog."""
        chosen = QFileDialog.getExistingDirectory(self, "共有フォルダーを選ぶ", self.path.text())
        if chosen:
            self.set_folder(Path(chosen))


class WelcomePage(StartPage):
    """Page of the first start, to create data, open or restore them.

    Signals: ``new_asked(CheckedFolder)`` create data there; ``open_asked(Path)`` look for data here;
    ``sample_asked()``.
    """

    new_asked = Signal(object)
    open_asked = Signal(object)

    def __init__(self, tasks: Tasks, local_folder: Path, *, check: Callable[[Path], CheckedFolder]):
        """Build the page; ``local_folder`` is the proposed folder on this PC; ``check`` checks a folder."""
        super().__init__(
            StartSidebar(WHAT_IT_IS, sample=False),
            "はじめに",
        )
        self._checked_folder: CheckedFolder | None = None
        self.choice = FolderChoice(tasks, local_folder, check=check)
        self.choice.folder_check.checked.connect(self._on_folder_checked)
        self.new_button = main_button("新しく始める", self._ask_new)
        self.new_button.setEnabled(False)
        for option in (self.choice.local_option, self.choice.shared_option):
            on_key(option, "Return", self.new_button.click, inside=True)
        new = Panel("新しく始める", note="この係で、はじめて使うとき")
        new.put(
            wrapped_label("年度と契約条件、所属・担当者、IDとパスワードを順に決めます。2分ほどで終わります。"),
            self.choice,
            widget_row(None, self.new_button),
        )
        self.add(new)
        self.path = with_accessible_name(
            QLineEdit(placeholderText="同僚に聞いたフォルダーの場所"), "同僚のデータの場所"
        )
        self.path.returnPressed.connect(self._ask_open)
        self.browse = Button("フォルダーを選ぶ", self._browse, icon_name="folder-open")
        self.open_button = Button("データを開く", self._ask_open)
        self.open_button.setEnabled(False)
        self.path.textChanged.connect(lambda text: self.open_button.setEnabled(bool(text.strip())))
        colleague = Panel("同僚のデータを開く", note="共有フォルダーで、もう使い始めているとき")
        colleague.put(second_label("IDは、先に使い始めた人が「設定」の「利用者とこの版」で追加します。"))
        line = widget_row(self.path, self.browse, self.open_button)
        line.setStretch(0, 1)
        self.problem = NoteBox("", "amber")
        colleague.put(line, self.problem)
        self.add(colleague)
        self.day_button = Button("当日持出しファイルを開く")
        venue = Panel("会場で受付する", note="事務所から1回分だけを持ち出してきたとき")
        venue.put(widget_row(second_label("受付だけを、このPCで行います。"), None, self.day_button))
        self.add(venue)
        self.sample_button = Button("見本データで試す", self.sample_asked.emit)
        sample = Panel("見本データで試す", note="何も入力しないで、すぐ使えます")
        sample.put(
            wrapped_label(
                "架空の1年分（講習会・派遣・意見交換会、町会・自治会）を、別のフォルダーに用意して開きます。"
                "実際のデータとは混ざりません。",
            ),
            widget_row(None, self.sample_button),
        )
        self.add(sample, None)
        self.restore_button = link_button("バックアップから復元する")
        self.add_buttons(self.restore_button, None)

    def _on_folder_checked(self, folder: CheckedFolder | None) -> None:
        """Keep the checked folder; enable the button that creates or opens data there, and word it so."""
        self._checked_folder = folder
        self.new_button.setEnabled(self.choice.folder_check.is_usable())
        if self.new_button.isEnabled() and self.focusWidget() is None:
            # Enter then goes on with what most people want here.
            self.new_button.setFocus()
        self.new_button.set_words(
            "このデータを開く" if folder is not None and folder.kind == "data" else "新しく始める"
        )

    def _ask_new(self) -> None:
        """Emit ``open_asked`` if the checked folder holds data, else ``new_asked`` to begin new data there."""
        if self._checked_folder is None:
            return
        if self._checked_folder.kind == "data":
            self.open_asked.emit(self._checked_folder.folder)
        else:
            self.new_asked.emit(self._checked_folder)

    def _browse(self) -> None:
        """Let the user choose a colleague's data folder in a dialog, and emit ``open_asked``."""
        chosen = QFileDialog.getExistingDirectory(self, "同僚のデータのフォルダーを選ぶ", self.path.text())
        if chosen:
            # The dialog says //server/…, a person \\server\…
            self.path.setText(str(Path(chosen)))
            self._ask_open()

    def _ask_open(self) -> None:
        """Emit ``open_asked`` with the typed folder, if there is one."""
        text = self.path.text().strip().strip('"')
        if text:
            self.problem.show_text("")
            self.open_asked.emit(Path(text))
