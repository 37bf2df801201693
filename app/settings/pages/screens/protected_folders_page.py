"""保護された保存先: folders where documents that name people may be saved without a password, and on what basis."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.calendar.dates import long_date
from app.common.clauses import clause_of
from app.data_folder.services.accounts import MANAGER_MARK, AccountManagers, account_managers
from app.documents.services.protected_folders import list_protected
from app.settings.pages.screens.settings_host import SettingsHost
from app.settings.pages.screens.settings_page import SettingsPage
from app.settings.protection.services import protect_folder, unprotect_folder
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import confirm_first
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.display_texts import path_words
from app.widgets.flow_row import FlowRow
from app.widgets.forms.record_fields import record_field
from app.widgets.layouts import add
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, RowAction
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext, bind_action
from db.fields import field_label
from db.files import filesystem
from db.records.documents import ProtectedFolder

_FIELDS = (
    record_field(
        ProtectedFolder,
        "basis",
        width=400,
        placeholder="区のファイルサーバー（情報システム課が管理）",
        hint=f"暗号化と同等の措置（{clause_of('暗号化と同等の措置')}）であることを書きます。出力の記録に残ります。",
    ),
    record_field(ProtectedFolder, "entrants", width=400, placeholder="区民協働担当係の職員5人"),
)
_WORDS = (
    "ここに加えたフォルダーと、その中のフォルダーには、個人情報のある書類を、パスワードなしで保存できます。"
    "保存する理由は、ファイルごとに書きます。"
)


class ProtectedFoldersPage(SettingsPage):
    """The page 保護された保存先. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(app_context, doors, "保護された保存先", _WORDS)
        self._own = False
        self.others = NoteBox("", "quiet")
        self.list = FittedTable(
            "protected_places",
            (
                Column("place", "場所", _folder_cell, stretch=True, sort=lambda one: one.place),
                Column(
                    "basis",
                    field_label(ProtectedFolder, "basis"),
                    lambda one: Cell(one.basis, f"入れる人　{one.entrants}"),
                    stretch=True,
                ),
                Column(
                    "by",
                    "決めた人",
                    lambda one: Cell(one.by, long_date(one.at.date())),
                    sort=lambda one: one.at,
                    width=150,
                ),
            ),
            title="保護された保存先",
            empty="まだありません。個人情報のある書類は、暗号化して保存します。",
            unit="か所",
            action=lambda _one: RowAction("外す") if self._own else None,
            names_people=False,
            on_act=self._confirm_unprotect,
        )
        self.name = Button("保護された保存先を加える", self._choose_folder, icon_name="folder-open")
        add(self.body, self.others, self.list, FlowRow(self.name))

    def reload(self) -> None:
        """Read and show the protected folders and who may manage them; the folders are not accessed."""
        self.run_read(self._show_manager, account_managers)
        self.run_read(self.list.show_rows, list_protected)

    def _show_manager(self, managing: AccountManagers) -> None:
        """Show who may decide about protected folders."""
        self._own = managing.may_manage and self.may_write
        self.name.setEnabled(self._own)
        self.others.show_text(
            "" if managing.may_manage else f"決められるのは、「{MANAGER_MARK}」の印のある人（{managing.named}）です。"
        )

    def _choose_folder(self) -> None:
        """Let the user choose a folder in a dialog, then ask what protects it."""
        chosen = QFileDialog.getExistingDirectory(self, "保護された保存先を選ぶ")
        if chosen:
            self.ask_basis(Path(chosen))

    def ask_basis(self, folder: Path) -> None:
        """Open the dialog that asks what protects ``folder`` and who has access, and adds it."""
        FormDialog(
            self,
            "保護された保存先を加える",
            path_words(folder),
            main="加える",
            fields=_FIELDS,
            change=lambda typed: bind_action(
                protect_folder,
                folder=folder,
                **{key: str(typed[key]) for key in ("basis", "entrants")},
            ),
        ).open()

    def _confirm_unprotect(self, place: ProtectedFolder) -> None:
        confirm_first(
            self,
            title="保護された保存先から外す",
            text=f"{place.place}\n次からは、ここにも暗号化して保存します。いまあるファイルは、そのまま残ります。",
            verb="外す",
            on_confirmed=lambda: self.run_action(unprotect_folder, place_id=place.id) and None,
            danger=False,
        )


def _folder_cell(one: ProtectedFolder) -> Cell:
    if not one.pc:
        return Cell(one.place, "共有フォルダー")
    return Cell(one.place, "このPCのディスク" if one.pc == filesystem.machine_id() else "ほかのPCのディスク")
