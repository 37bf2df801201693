"""One finding changed by itself, and the kept file shown from memory with the page in view."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.file_locations import exports_folder
from app.papers.screens.paper_folder import nearest
from app.papers.services.leaving import AlreadyThere
from app.saved import Saved
from app.subjects.materials.services.material_files import VersionFile, read_version_file, save_version_copy
from app.subjects.materials.services.materials import change_finding, resolve_finding
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO, TALLEST, DialogFrame
from app.widgets.dialogs import ReplaceDialog
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.note_box import NoteBox
from app.widgets.pdf_preview import PdfPreview
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db import file_names
from db.records.materials import Finding

MUST, WISH = "必須", "お願い"
_FIELDS = (
    Field(key="page", label="ページ", width=96, optional=True),
    Field(key="text", label="指摘", kind="lines", lines=3),
    Field(key="duty", label="区分", kind="radio", choices=((MUST, "必須（根拠を示す）"), (WISH, "お願い"))),
    Field(key="basis", label="根拠", width=320, hint="内容の誤り、肖像の承諾、特14、仕4(1)カ など"),
    Field(key="response", label="受託者の対応", kind="lines", lines=2, optional=True),
    Field(key="resolved", label="修正", kind="check", words="修正を確かめた（修正済）"),
)


class FindingDialog(DialogFrame):
    """Changes one finding, with the answer of the contractor. Signals: those of ``DialogFrame``."""

    writes = True

    def __init__(self, desk: Desk, finding: Finding, *, subject: str, parent: QWidget | None = None) -> None:
        super().__init__(
            "指摘を直す",
            subject,
            main="指摘を保存する",
            note=CAN_UNDO,
            width=720,
            parent=parent,
        )
        self._desk = desk
        self._finding = finding
        self.problem = NoteBox(tone="red")
        self.put(self.problem)
        self.form = Form(_FIELDS, fiscal_year=desk.fiscal_year)
        self.form.set_values({field.key: getattr(finding, field.key) for field in _FIELDS})
        self.put(self.form)
        self.body.addStretch(1)
        self.form.changed.connect(lambda _key: self._follow())
        self.confirmed.connect(self._save)
        self._follow()
        self.form.go_to("page")

    def _follow(self) -> None:
        self.form.show_field("basis", self.form.value("duty") == MUST)
        if self.isVisible():
            self.fit()

    def _save(self) -> None:
        self.problem.say("")
        if not self.form.check_all():
            return
        values = self.form.values()
        resolved = values.pop("resolved")
        if values["duty"] != MUST:
            values["basis"] = ""
        self.wait(True)
        changed = {key: values[key] for key in values} != {key: getattr(self._finding, key) for key in values}
        if changed:
            after = self._resolve if resolved != self._finding.resolved else self._end
            self._desk.write(
                with_store(change_finding, finding_id=self._finding.id, **values, **self._desk.signed),
                after,
                failed=self._fail,
            )
        elif resolved != self._finding.resolved:
            self._resolve(None)
        else:
            self.wait(False)
            self.accept()

    def _resolve(self, _saved: Saved | None) -> None:
        self._desk.write(
            with_store(
                resolve_finding, finding_id=self._finding.id, resolved=not self._finding.resolved, **self._desk.signed
            ),
            self._end,
            failed=self._fail,
        )

    def _end(self, _saved: Saved) -> None:
        self.wait(False)
        self.accept()

    def _fail(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
        self.fit()


class KeptFileDialog(DialogFrame):
    """Shows one received version.

    Signals: ``finding_asked(int)`` the page a finding is to be written on, after the dialog closed; those of
    ``DialogFrame``.
    """

    finding_asked = Signal(int)

    def __init__(
        self, desk: Desk, *, version_id: int, subject: str, may_write: bool, parent: QWidget | None = None
    ) -> None:
        """``may_write`` offers a finding on the page in view."""
        super().__init__("受領したファイル", subject, cancel="閉じる", width=880, parent=parent)
        self._desk = desk
        self.finished.connect(self.deleteLater)
        self._version_id = version_id
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
            self.preview.show_received(self._desk, file.data, note=file.version.file_name)
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
        page = self.preview.pages.page()
        self.accept()
        self.finding_asked.emit(page)

    def _ask_where(self) -> None:
        if self.file is None:
            return
        start = nearest(exports_folder()) / (file_names.safe(self.file.version.file_name) or "控え")
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
