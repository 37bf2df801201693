"""The first question of all: begin anew, open a colleague's data, or try the sample; and where new data shall lie.

It may be on this PC or in the shared folder, which is looked at before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QLineEdit, QRadioButton, QWidget

from app.data_folder.screens.place_look import PlaceLook
from app.data_folder.screens.railed_page import Rail, RailedPage
from app.widgets.buttons import Button, main_button
from app.widgets.labels import named, wrapped_label
from app.widgets.layouts import in_column
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import row
from app.window.background_task import Tasks

if TYPE_CHECKING:
    from app.data_folder.services.places import LookedFolder


class PlaceChoice(QWidget):
    """The choice; ``seen`` says what the place is good for. Signals: none."""

    def __init__(self, tasks: Tasks, own: Path, *, look: Callable[[Path], LookedFolder]) -> None:
        """``own`` is the folder on this PC; ``look`` looks at a folder (beside the window)."""
        super().__init__()
        self._own = own
        column = in_column(owner=self, spacing=6)
        self.here = QRadioButton("このPCの中（ひとりで使う）")
        self.shared = QRadioButton("共有フォルダーの中（2人から5人で使う）")
        self._group = QButtonGroup(self)
        for button in (self.here, self.shared):
            self._group.addButton(button)
        self.here.setChecked(True)
        column.addLayout(row(self.here, self.shared, None, spacing=16))
        self.path = named(QLineEdit(placeholderText="共有フォルダーの場所"), "共有フォルダーの場所")
        self.browse = Button("フォルダーを選ぶ", self._browse, icon_name="folder-open")
        self._path_line = QWidget()
        line = row(self.path, self.browse)
        line.setStretch(0, 1)
        self._path_line.setLayout(line)
        self._path_line.hide()
        column.addWidget(self._path_line)
        self.seen = PlaceLook(tasks, look=look, named=self.folder, knowingly="承知のうえで、この場所に作成する")
        column.addWidget(self.seen)
        self._group.buttonToggled.connect(lambda _b, on: self._switch() if on else None)
        self.path.textEdited.connect(lambda _text: self.seen.wait())
        QTimer.singleShot(0, self, self.seen.look_again)

    def folder(self) -> Path | None:
        """The folder named now, or None while none is."""
        if self.here.isChecked():
            return self._own
        text = self.path.text().strip().strip('"')
        return Path(text) if text else None

    def name_folder(self, folder: Path) -> None:
        """Name a folder in the shared place."""
        self.shared.setChecked(True)
        self.path.setText(str(folder))
        self.seen.look_again()

    def _switch(self) -> None:
        self._path_line.setVisible(self.shared.isChecked())
        self.seen.look_again()
        if self.shared.isChecked():
            self.path.setFocus()

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "共有フォルダーを選ぶ", self.path.text())
        if chosen:
            self.name_folder(Path(chosen))


class WelcomePage(RailedPage):
    """The page.

    Signals: ``new_asked(Place)`` begin there; ``open_asked(Path)`` look for data here;
    ``restore_asked()``; ``day_asked()`` a 当日持出しファイル; ``sample_asked()``.
    """

    new_asked = Signal(object)
    open_asked = Signal(object)
    restore_asked = Signal()
    day_asked = Signal()

    def __init__(self, tasks: Tasks, own: Path, *, look: Callable[[Path], LookedFolder]) -> None:
        """``own`` is the folder on this PC that is offered; ``look`` looks at a folder."""
        super().__init__(
            Rail("町会・自治会デジタル活用支援事業を進める、区職員用の管理ソフトです。", sample=False), "はじめに"
        )
        self._place: LookedFolder | None = None
        self.choice = PlaceChoice(tasks, own, look=look)
        self.choice.seen.looked.connect(self._on_looked)
        self.begin = main_button("新しく始める", self._begin)
        self.begin.setEnabled(False)
        new = Panel("新しく始める", note="この係で、はじめて使うとき")
        new.put(
            wrapped_label("年度と契約条件、所属・担当者、IDとパスワードを順に決めます。2分ほどで終わります。"),
            self.choice,
            row(None, self.begin),
        )
        self.put(new)
        self.path = named(QLineEdit(placeholderText="同僚に聞いたフォルダーの場所"), "同僚のデータの場所")
        self.path.returnPressed.connect(self._open)
        self.browse = Button("フォルダーを選ぶ", self._browse, icon_name="folder-open")
        self.open = Button("データを開く", self._open)
        self.open.setEnabled(False)
        self.path.textChanged.connect(lambda text: self.open.setEnabled(bool(text.strip())))
        colleague = Panel("同僚のデータを開く", note="共有フォルダーで、もう使い始めているとき")
        colleague.put(wrapped_label("IDは、先に使い始めた人が「設定」の「利用者」で追加します。", "second"))
        line = row(self.path, self.browse, self.open)
        line.setStretch(0, 1)
        self.problem = NoteBox("", "amber")
        colleague.put(line, self.problem)
        self.problem.say("")
        self.put(colleague)
        self.day = Button("当日持出しファイルを開く", self.day_asked.emit)
        venue = Panel("会場で受付する", note="事務所から1回分だけを持ち出してきたとき")
        venue.put(row(wrapped_label("受付だけを、このPCで行います。", "second"), None, self.day))
        self.put(venue)
        self.sample = Button("見本データで試す", self.sample_asked.emit)
        sample = Panel("見本データで試す", note="何も入力しないで、すぐ使えます")
        sample.put(
            wrapped_label(
                "架空の1年分（講習会・派遣・意見交換会、町会・自治会）を、別のフォルダーに用意して開きます。"
                "実際のデータとは混ざりません。",
            ),
            row(None, self.sample),
        )
        self.put(sample, None)
        self.restore = Button("バックアップから復元する", self.restore_asked.emit, kind="link")
        self.put_foot(self.restore, None)

    def _on_looked(self, place: LookedFolder | None) -> None:
        self._place = place
        self.begin.setEnabled(self.choice.seen.may_be_used())
        if self.begin.isEnabled() and self.focusWidget() is None:
            # Enter then goes on with what most people want here.
            self.begin.setFocus()
        self.begin.set_words("このデータを開く" if place is not None and place.kind == "data" else "新しく始める")

    def _begin(self) -> None:
        if self._place is None:
            return
        if self._place.kind == "data":
            self.open_asked.emit(self._place.folder)
        else:
            self.new_asked.emit(self._place)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "同僚のデータのフォルダーを選ぶ", self.path.text())
        if chosen:
            # The dialog says //server/…, a person \\server\…
            self.path.setText(str(Path(chosen)))
            self._open()

    def _open(self) -> None:
        text = self.path.text().strip().strip('"')
        if text:
            self.problem.say("")
            self.open_asked.emit(Path(text))
