"""Restoring a backup into a new folder: which generation, where to, who, and what came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from app.data_folder.screens.backup_list import BackupList
from app.data_folder.screens.centred_page import CentredPage
from app.data_folder.screens.place_look import PlaceLook
from app.widgets.buttons import Button
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, heading, named, section, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.note_box import NoteBox
from app.widgets.screen import row
from app.widgets.sending import note_failure
from app.widgets.shown_words import path_words
from app.window.background_task import Tasks
from app.window.failure_messages import Failure
from db.frozen_record import frozen_record

if TYPE_CHECKING:
    from app.data_folder.services.backups import BackupLine
    from app.data_folder.services.places import LookedFolder

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


@frozen_record
class RestoreWish:
    """What shall be restored: ``backup`` a generation (None = the newest sound one) of ``source`` into ``to``.

    ``login_id`` None means that ``secret`` is the recovery key.
    """

    source: Path
    backup: Path | None
    to: Path
    login_id: str | None
    secret: str


class RestorePage(CentredPage):
    """The page.

    Signals: ``source_chosen(Path)`` look for backups there; ``restore_asked(RestoreWish)``;
    ``open_asked(RestoreWish)`` open what was restored; ``left()``.
    """

    source_chosen = Signal(object)
    restore_asked = Signal(object)
    open_asked = Signal(object)
    left = Signal()

    def __init__(self, tasks: Tasks, today: date, *, look: Callable[[Path], LookedFolder]) -> None:
        """``look`` looks at the folder to restore into (beside the window)."""
        super().__init__()
        self._source = Path()
        self._wish: RestoreWish | None = None
        self.put(heading("バックアップから復元する"))
        self._asking = QWidget()
        self.seen = PlaceLook(tasks, look=look, named=self._target, knowingly="承知のうえで、この場所に復元する")
        self._fill_asking(today)
        self.result = Paragraph()
        self.result.hide()
        self.problem = NoteBox("", "red")
        self.put(self._asking, self.result, self.problem, None)
        self.cancel = Button("もどる", self.left.emit, tall=True)
        self.main = Button("新しいフォルダーに復元する", self._go, kind="main", tall=True)
        self.put_foot(None, self.cancel, self.main)

    def _fill_asking(self, today: date) -> None:

        column = in_column(
            wrapped_label(
                "いまのファイルには手をつけません。バックアップのあとの変更も、"
                "変更の控えから戻せるところまで戻します。",
            ),
            owner=self._asking,
            spacing=12,
        )
        self._from = wrapped_label("")
        self.browse = Button("別のフォルダーを選ぶ", self._browse_source, icon_name="folder-open", low=True)
        column.addWidget(section("どれを"))
        line = row(self._from, self.browse)
        line.setStretch(0, 1)
        column.addLayout(line)
        self.list = BackupList("restore", today=today, empty="ここには、バックアップがありません。")
        self.list.chosen.connect(lambda _line: self._tell())
        add(column, self.list, 8, section("どこへ"))
        self.to = named(QLineEdit(), "復元先のフォルダー")
        self.to.textChanged.connect(lambda _text: self.seen.wait())
        self.browse_to = Button("場所を選ぶ", self._browse_target, icon_name="folder-open")
        target = row(self.to, self.browse_to)
        target.setStretch(0, 1)
        add(column, target, self.seen)
        self.seen.looked.connect(lambda _place: self._tell())
        add(column, 8, section("開くための鍵"))
        self.form = Form(_FIELDS)
        self.form.set_values({"way": "password"})
        self.form.changed.connect(lambda key: self._switch() if key == "way" else None)
        column.addWidget(self.form)
        self._switch()

    def show_source(self, source: Path, lines: Sequence[BackupLine], *, to: Path, login_id: str, password: str) -> None:
        """Show the generations found at ``source``; ``to`` is the folder proposed for what is restored."""
        self._source = source
        self._wish = None
        self.problem.say("")
        self.result.hide()
        self._asking.show()
        self._from.setText(path_words(source))
        self.list.show_rows(lines)
        sound = next((line for line in lines if line.verified), lines[0] if lines else None)
        if sound is not None:
            self.list.choose(lambda line: line is sound, take_focus=False)
        self.to.setText(str(to))
        self.seen.look_again()
        self.form.set_values({"way": "password", "login_id": login_id, "password": password, "recovery": ""})
        self._switch()
        self.main.set_words("新しいフォルダーに復元する")
        self._tell()

    def show_restored(self, sentences: Sequence[str], folder: Path) -> None:
        """Say what came back."""
        self._asking.hide()
        self.problem.say("")
        self.result.say("**復元が終わりました。**\n" + "\n".join(sentences) + f"\n復元先　{path_words(folder)}")
        self.result.show()
        self.main.set_words("復元したデータを開く")
        self.main.setEnabled(True)
        self.main.setFocus()

    def show_failure(self, failure: Failure) -> None:
        """Say in place why it did not work."""
        self._wish = None
        note_failure(failure, self.problem)
        self.area.ensureWidgetVisible(self.problem)

    def forget(self) -> None:
        """Leave no secret in the fields."""
        self._wish = None
        self.form.set_values({"password": "", "recovery": ""})

    def _switch(self) -> None:
        by_password = self.form.value("way") == "password"
        for key in ("login_id", "password"):
            self.form.show_field(key, by_password)
        self.form.show_field("recovery", not by_password)

    def _tell(self) -> None:
        if self.result.isHidden():
            self.main.setEnabled(self.list.current() is not None and self.seen.may_be_used())

    def _target(self) -> Path | None:
        text = self.to.text().strip().strip('"')
        return Path(text) if text else None

    def _go(self) -> None:
        if not self.result.isHidden():
            if self._wish is not None:
                self.open_asked.emit(self._wish)
            return
        self.problem.say("")
        target = self._target()
        if self.list.current() is None or target is None or not self.form.check_all():
            return
        typed = self.form.values()
        by_password = typed["way"] == "password"
        self._wish = RestoreWish(
            source=self._source,
            backup=self.list.current().path,
            to=target,
            login_id=typed["login_id"].strip() if by_password else None,
            secret=typed["password"] if by_password else typed["recovery"],
        )
        self.restore_asked.emit(self._wish)

    def _browse_source(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "バックアップのあるフォルダーを選ぶ", str(self._source))
        if chosen:
            self.source_chosen.emit(Path(chosen))

    def _browse_target(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "復元先の場所を選ぶ", str(Path(self.to.text()).parent))
        if chosen:
            self.to.setText(str(Path(chosen) / Path(self.to.text()).name))
            self.seen.look_again()
