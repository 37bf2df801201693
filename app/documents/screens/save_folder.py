"""The proposed folder for saving documents and lists, and notes about that folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.common.file_locations import exports_folder, former_exports_folder
from app.widgets.buttons import Button
from app.widgets.display_texts import path_words
from app.widgets.labels import Paragraph, label, with_accessible_name, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.window import theme as t
from app.window.app_context import AppContext
from app.window.ui_settings import recall, remember
from db.files import filesystem
from db.files.synced_folders import synced_documents_message, synchronised_by

DOCUMENTS_KEY = "papers/folder"
DAY_FILES_KEY = "day_file/folder"
_NAMED = "papers/beside_named"
_GAP = 16


def last_save_folder(key: str = DOCUMENTS_KEY) -> Path:
    """Return the folder used last under ``key``, or the user's own default folder.

    A folder proposed by an earlier version beside the program is not proposed: colleagues read there.
    """
    last = Path(str(recall(key, "") or exports_folder()))
    return exports_folder() if last == former_exports_folder() and not recall(_NAMED) else last


def nearest_existing(folder: Path) -> Path:
    """Return ``folder`` or its nearest existing parent, where a system dialog can start."""
    return next((one for one in (folder, *folder.parents) if one.is_dir()), Path.home())


def make_first_folder(folder: Path) -> None:
    """Create ``folder`` if it is the default folder and missing; no other is created.

    Raises:
        OSError: no space, or not permitted.
    """
    if folder == exports_folder():
        folder.mkdir(parents=True, exist_ok=True)


class SyncedFolderNote(Paragraph):
    """A note that a folder is synchronised to other PCs, hidden otherwise. Signals: ``appeared()`` it takes room
    now.
    """

    appeared = Signal()

    def __init__(
        self, app_context: AppContext, *, words: Callable[[str], str] = synced_documents_message, indent: int = 0
    ):
        """Build the note; ``words`` returns its text for the name of the service, ``indent`` aligns it with the
        folder.
        """
        super().__init__(role="warned")
        self.setContentsMargins(indent, 0, 0, 0)
        self._app_context = app_context
        self._words = words
        self._folder = Path()
        self.hide()

    def check(self, folder: Path) -> None:
        """Check ``folder`` in the background: a share may be slow."""
        self._folder = folder
        self.hide()
        self._app_context.run_in_background(
            partial(synchronised_by, folder),
            partial(self._show_service, folder),
            on_failed=lambda _problem: None,
            owner=self,
        )

    def _show_service(self, folder: Path, service: str) -> None:
        """Say that a folder is synchronised by a cloud service, and emit ``appeared``."""
        if folder == self._folder:
            self.show_text(self._words(service) if service else "")
            self.setVisible(bool(service))
            if service:
                self.appeared.emit()


class EarlierFolderNote(Paragraph):
    """Stops proposing the earlier folder beside the program for saving, and says so once.

    Its files stay. Hidden where that folder is not there, where this was said before, and for who had chosen another
    folder. Signals: ``appeared()`` it takes room now.
    """

    appeared = Signal()

    def __init__(self, app_context: AppContext, *, indent: int):
        super().__init__(role="second")
        self.setContentsMargins(indent, 0, 0, 0)
        self.hide()
        beside = former_exports_folder()
        if beside is not None and not recall(_NAMED):
            app_context.run_in_background(
                beside.is_dir, partial(self._show_if_there, beside), on_failed=lambda _problem: None, owner=self
            )

    def _show_if_there(self, earlier_folder: Path, there: bool) -> None:
        """If the earlier folder is there, stop proposing it for saving, and show the note this one time.

        Who had chosen another folder for both keeps it, and nothing is said.
        """
        if not there:
            return
        chosen = {key: str(recall(key, "") or "") for key in (DOCUMENTS_KEY, DAY_FILES_KEY)}
        for key, folder in chosen.items():
            if folder == str(earlier_folder):
                remember(key, str(exports_folder()))
        remember(_NAMED, "1")
        if not {"", str(earlier_folder)} & {*chosen.values()}:
            return
        self.show_text(
            "保存先は、ほかの人と共有しない場所に変わりました。"
            f"これまでの保存先（{path_words(earlier_folder)}）にある書類は、そのまま残しています。"
        )
        self.show()
        self.appeared.emit()


class FolderLine(QWidget):
    """The folder to save into, the button that changes it, and notes about the place.

    Signals: ``appeared()`` a note takes room now; ``chosen()`` another folder was chosen.
    """

    appeared = Signal()
    chosen = Signal()

    def __init__(self, app_context: AppContext, *, key: str):
        """Build the line; ``key`` is the kind of file for which the folder is remembered."""
        super().__init__()
        self._key = key
        self._unlocked = False
        self.folder = last_save_folder(key)
        self.place = with_accessible_name(wrapped_label(path_words(self.folder)), "保存先のフォルダー")
        self.change = Button("場所を変える", self._choose, icon_name="folder-open")
        name = label("保存先")
        name.setFixedWidth(t.scaled(t.LABEL))
        column = in_column(in_row(name, (self.place, 1), self.change, spacing=_GAP), owner=self)
        indent = t.scaled(t.LABEL) + _GAP
        self.copied = SyncedFolderNote(app_context, indent=indent)
        self.shared = Paragraph(
            "この保存先は共有フォルダーです。暗号化せずに保存すると、ほかの人もファイルを開けます。", role="warned"
        )
        self.shared.setContentsMargins(indent, 0, 0, 0)
        self.shared.hide()
        self.earlier = EarlierFolderNote(app_context, indent=indent)
        for note in (self.copied, self.shared, self.earlier):
            column.addWidget(note)
        self.copied.appeared.connect(self.appeared)
        self.earlier.appeared.connect(self.appeared)
        self.copied.check(self.folder)

    def choose(self, folder: Path) -> None:
        """Use ``folder`` from now on: show it, show whether it is shared or copied elsewhere, and emit ``chosen``."""
        self.folder = folder
        self.place.setText(path_words(folder))
        self.copied.check(folder)
        self._check_share()
        self.chosen.emit()

    def set_unprotected(self, unprotected: bool) -> None:
        """Set whether an unencrypted file with names is to be saved there; on a share a note is then shown."""
        self._unlocked = unprotected
        self._check_share()

    def remember_folder(self) -> None:
        """Remember the folder after a file was written there."""
        remember(self._key, str(self.folder))

    def _check_share(self) -> None:
        """Show a warning while a folder lies on a share and the file has no password; emit ``appeared`` with it."""
        shown = self._unlocked and filesystem.is_on_share(self.folder)
        appears = shown and self.shared.isHidden()
        self.shared.setVisible(shown)
        if appears:
            self.appeared.emit()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "保存先のフォルダーを選ぶ", str(nearest_existing(self.folder)))
        if chosen:
            self.choose(Path(chosen))
