"""The kept file of a version, shown from memory: read it, write a finding on the page in view, or save a copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.file_locations import exports_folder
from app.papers.services.safe_file import AlreadyThere
from app.subjects.materials.screens.finding_dialog import FindingDialog
from app.subjects.materials.services.material_files import VersionFile, read_version_file, save_version_copy
from app.widgets.buttons import Button
from app.widgets.dialog_frame import TALLEST, DialogFrame
from app.widgets.pdf_preview import PdfPreview
from app.widgets.replace_dialog import ReplaceDialog
from app.window.desk import Desk, with_store
from db import file_names


class KeptFileDialog(DialogFrame):
    """Shows one received version. Signals: those of ``DialogFrame``."""

    def __init__(
        self, desk: Desk, *, version_id: int, subject: str, may_write: bool, parent: QWidget | None = None
    ) -> None:
        """``may_write`` offers a finding on the page in view."""
        super().__init__("受領したファイル", subject, cancel="閉じる", width=880, parent=parent)
        self._desk = desk
        self.finished.connect(self.deleteLater)
        self._version_id = version_id
        self._subject = subject
        self.file: VersionFile | None = None
        self.preview = PdfPreview(title="受領したまま（書き込みません）")
        window = parent.window() if parent is not None else None
        room = (window.height() if window is not None else TALLEST) - 72 - 120
        self.preview.setMinimumHeight(max(300, room))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put(self.preview, 1)
        self.copy = Button("名前を付けて控えを保存", self._ask_where, tall=True)
        self.add = Button("このページに指摘を加える", self._add_finding, tall=True)
        self.copy.setEnabled(False)
        self.add.setEnabled(False)
        self.put_button(self.copy)
        self.put_button(self.add)
        self.add.setVisible(may_write and not desk.read_only)
        self.preview.say_waiting()
        desk.read(with_store(read_version_file, version_id=version_id), self._show, failed=self._fail)

    def _show(self, file: VersionFile) -> None:
        self.file = file
        self.copy.setEnabled(not self._desk.read_only)
        if file.is_pdf:
            self.preview.show_pdf(file.data, note=file.version.file_name)
            self.add.setEnabled(True)
        else:
            self.preview.clear(
                f"「{file.version.file_name}」は、ここでは表示できません。"
                "「名前を付けて控えを保存」で保存してから、そのファイルのアプリで開いてください。"
            )

    def _fail(self, problem: Exception) -> None:
        self.reject()
        self._desk.fail(problem)

    def _add_finding(self) -> None:
        page = str(self.preview.pages.page())
        FindingDialog(self._desk, version_id=self._version_id, subject=self._subject, page=page, parent=self).open()

    def _ask_where(self) -> None:
        if self.file is None:
            return
        start = exports_folder() / (file_names.safe(self.file.version.file_name) or "控え")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, "控えを保存する", str(start), options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            self.save_copy(Path(chosen))

    def save_copy(self, path: Path, *, overwrite: bool = False) -> None:
        """Save the file as received to ``path``; a file that is there is replaced only after a question."""

        def refuse(problem: Exception) -> None:
            if isinstance(problem, AlreadyThere):
                self._ask_replace(path)
            else:
                self._desk.fail(problem)

        self._desk.write(
            with_store(
                save_version_copy, version_id=self._version_id, path=path, overwrite=overwrite, **self._desk.signed
            ),
            failed=refuse,
            owner=self,
        )

    def _ask_replace(self, path: Path) -> None:
        question = ReplaceDialog(path, parent=self)
        question.confirmed.connect(question.accept)
        question.confirmed.connect(lambda: self.save_copy(path, overwrite=True))
        question.rejected.connect(self._ask_where)
        question.open()
