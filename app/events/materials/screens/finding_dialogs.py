"""Dialogs to edit one finding, and to show a version's stored file with a page in view."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.common.clauses import clause_of
from app.common.file_locations import exports_folder
from app.documents.screens.save_folder import nearest_existing
from app.documents.services.file_saving import SaveOptions, TargetExistsError
from app.events.materials.services.material_files import VersionFile, read_version_file, save_version_copy
from app.events.materials.services.materials import change_finding, resolve_finding
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import ReplaceDialog, SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.pdf.pdf_preview import PdfPreview
from app.window.app_context import bind_action, with_store
from db.files import file_names
from db.records.submissions.materials import Finding, FindingDuty

_FIELDS = (
    record_field(Finding, "page", width=96, optional=True),
    record_field(Finding, "text", kind="lines", lines=3),
    record_field(
        Finding,
        "duty",
        kind="radio",
        choices=((FindingDuty.REQUIRED, "必須（根拠を示す）"), (FindingDuty.REQUEST, "お願い")),
    ),
    record_field(
        Finding,
        "basis",
        width=320,
        hint=f"内容の誤り、肖像の承諾、{clause_of('第三者に提供しない')}、仕様書の項番 など",
        optional=False,
    ),
    record_field(Finding, "response", kind="lines", lines=2),
    Field("resolved", "修正", "check", words="修正を確かめた（修正済）"),
)


class FindingDialog(SavingDialog):
    """Dialog to edit a finding and the contractor's answer; signals are those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, finding: Finding, *, subject: str):
        super().__init__(
            parent,
            "指摘を直す",
            subject,
            main="指摘を保存する",
        )
        self._finding = finding
        self.put_form(
            Form(_FIELDS, fiscal_year=self.app_context.fiscal_year, on_change=self._update_fields),
            {field.key: getattr(finding, field.key) for field in _FIELDS},
            focus="page",
        )
        self._update_fields()

    def _update_fields(self) -> None:
        self.form.show_field("basis", self.form.value("duty").is_required)
        if self.isVisible():
            self.fit_to_content()

    def _save(self) -> None:
        """Save what was changed of the finding, and whether it is resolved; close at once if nothing was."""
        values = self.form.values()
        resolved = values.pop("resolved")
        if not values["duty"].is_required:
            values["basis"] = ""
        finding_id, changes = self._finding.id, []
        if any(value != getattr(self._finding, key) for key, value in values.items()):
            changes.append(bind_action(change_finding, finding_id=finding_id, **values))
        if resolved != self._finding.resolved:
            changes.append(bind_action(resolve_finding, finding_id=finding_id, resolved=resolved))
        if changes:
            self.run_change(changes[0], further_actions=changes[1:])
        else:
            self.accept()


class VersionFileDialog(SavingDialog):
    """Dialog that shows one received version.

    Signals: ``finding_asked(int)`` the page for a new finding, after the dialog closed; those of ``SavingDialog``.
    """

    finding_asked = Signal(int)

    def __init__(self, parent: QWidget, *, version_id: int, subject: str, may_write: bool):
        """``may_write`` offers a finding on the page in view."""
        super().__init__(parent, "受領したファイル", subject, cancel="閉じる", width=880, note="")
        self._version_id = version_id
        self._path = Path()
        self.file: VersionFile | None = None
        self.preview = PdfPreview(title="受領したまま（書き込みません）")
        self.fill_height(self.preview)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put((self.preview, 1))
        self.copy = Button("名前を付けて控えを保存", self._ask_path, tall=True)
        self.add = Button("このページに指摘を加える", self._add_finding, tall=True)
        self.copy.setEnabled(False)
        self.add.setEnabled(False)
        self.put_button(self.copy)
        self.put_button(self.add)
        self.add.setVisible(may_write and self.app_context.may_write)
        self.preview.show_loading()
        self.app_context.read(
            with_store(read_version_file, version_id=version_id), self._show, on_failed=self._show_unreadable
        )

    def _show(self, file: VersionFile) -> None:
        """Show the pages of a PDF, else that it cannot be shown here; enable the buttons."""
        self.file = file
        self.copy.setEnabled(self.may_write)
        if file.is_pdf:
            self.preview.show_received(self.app_context, file.data, note=file.version.file_name)
            self.add.setEnabled(True)
        else:
            self.preview.clear(
                f"「{file.version.file_name}」は、ここでは表示できません。"
                "「名前を付けて控えを保存」で保存してから、そのファイルのアプリで開いてください。"
            )

    def _show_unreadable(self, problem: Exception) -> None:
        """Close the dialog and show why the file cannot be read."""
        self.reject()
        self.app_context.show_failure(problem)

    def show_error(self, problem: Exception) -> None:
        """Ask before replacing an existing file; show other errors."""
        if isinstance(problem, TargetExistsError):
            self._ask_replace()
        else:
            super().show_error(problem)

    def _add_finding(self) -> None:
        """Close the dialog and emit ``finding_asked`` with the page shown."""
        page = self.preview.pages.page()
        self.accept()
        self.finding_asked.emit(page)

    def _ask_path(self) -> None:
        """Ask where to save the copy, then save it."""
        if self.file is None:
            return
        start = nearest_existing(exports_folder()) / (file_names.safe_name(self.file.version.file_name) or "控え")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, "控えを保存する", str(start), options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            self.save_copy(Path(chosen))

    def save_copy(self, path: Path, *, overwrite: bool = False) -> None:
        """Save the file as received to ``path``; an existing file is replaced only after a question."""
        self._path = path
        self.run_change_and_stay(
            bind_action(
                save_version_copy, version_id=self._version_id, options=SaveOptions(path=path, overwrite=overwrite)
            )
        )

    def _ask_replace(self) -> None:
        """Ask whether an existing file is to be replaced; on no, ask for another path."""
        question = ReplaceDialog(self._path, parent=self)
        question.confirmed.connect(question.accept)
        question.confirmed.connect(lambda: self.save_copy(self._path, overwrite=True))
        question.rejected.connect(self._ask_path)
        question.open()
