"""保護された保存先: where papers that name people may be saved without a password, on what basis, and who decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from app.calendar.dates import long_date
from app.data_folder.services.accounts import MARK, Managing, who_manages
from app.papers.services.protected_places import list_protected
from app.subjects.settings.pages.screens.doors import SettingsDoors
from app.subjects.settings.pages.screens.settings_page import SettingsPage
from app.subjects.settings.protection.services.place_naming import give_up_place, name_place
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import ask_before
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import Field
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, RowAction
from app.widgets.note_box import NoteBox
from app.widgets.shown_words import path_words
from app.window.desk import Desk, acting
from db.files import on_disk
from db.records.papers import ProtectedPlace

_FIELDS = (
    Field(
        "basis",
        "保護の根拠",
        width=400,
        placeholder="区のファイルサーバー（情報システム課が管理）",
        hint="暗号化と同等の措置（機6-8(2)）であることを書きます。出力の記録に残ります。",
    ),
    Field("entrants", "入れる人", width=400, placeholder="区民協働担当係の職員5人"),
)
_WORDS = (
    "ここに加えたフォルダーと、その中のフォルダーには、個人情報のある書類を、パスワードなしで保存できます。"
    "保存する理由は、1日に1回だけ入力します。"
)


class ProtectedPlacesPage(SettingsPage):
    """The page. Signals: none."""

    def __init__(self, desk: Desk, doors: SettingsDoors) -> None:
        super().__init__(desk, doors, "保護された保存先", _WORDS)
        self._own = False
        self.others = NoteBox("", "quiet")
        self.others.say("")
        self.list = FittedTable(
            "protected_places",
            (
                Column("place", "場所", _place, stretch=True, sort=lambda one: one.place),
                Column("basis", "保護の根拠", lambda one: Cell(one.basis, f"入れる人　{one.entrants}"), stretch=True),
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
        )
        self.list.acted.connect(self._ask_give_up)
        self.name = Button("保護された保存先を加える", self._choose, icon_name="folder-open")
        for part in (self.others, self.list, FlowRow(self.name)):
            self.body.addWidget(part)

    def reload(self) -> None:
        """Read the places in force and who may decide; no place is looked at."""
        self.fetch(self._show_manager, who_manages)
        self.fetch(self.list.show_rows, list_protected)

    def _show_manager(self, managing: Managing) -> None:
        self._own = managing.own and not self.desk.read_only
        self.name.setEnabled(self._own)
        named = "、".join(f"{name}さん" for name in managing.names)
        self.others.say("" if managing.own else f"決められるのは、「{MARK}」の印のある人（{named}）です。")

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "保護された保存先を選ぶ")
        if chosen:
            self.ask_basis(Path(chosen))

    def ask_basis(self, place: Path) -> None:
        """Ask what protects ``place`` and who may enter, then name it."""
        FormDialog(
            self.desk,
            "保護された保存先を加える",
            path_words(place),
            main="加える",
            fields=_FIELDS,
            change=lambda typed: acting(self.desk, name_place, place=place, **_texts(typed)),
            parent=self,
        ).open()

    def _ask_give_up(self, place: ProtectedPlace) -> None:
        ask_before(
            self,
            title="保護された保存先から外す",
            text=f"{place.place}\n次からは、ここにも暗号化して保存します。いまあるファイルは、そのまま残ります。",
            verb="外す",
            then=lambda: self.do(give_up_place, place_id=place.id) and None,
            danger=False,
        )


def _texts(typed: dict[str, Any]) -> dict[str, str]:
    return {key: str(typed[key]) for key in ("basis", "entrants")}


def _place(one: ProtectedPlace) -> Cell:
    if not one.pc:
        return Cell(one.place, "共有フォルダー")
    return Cell(one.place, "このPCのディスク" if one.pc == on_disk.machine_id() else "ほかのPCのディスク")
