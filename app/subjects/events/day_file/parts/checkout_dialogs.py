"""Dialog to export a 当日持出しファイル (content, carrier, destination, password), and start of its import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from app.data_folder.screens.password_form import PasswordForm
from app.documents.screens.save_folder import DAY_FILES_KEY, FolderLine, make_first_folder
from app.documents.services.file_saving import name_problem
from app.subjects.events.day_file.parts.return_dialog import ReturnDayFileDialog
from app.subjects.events.day_file.services.day_file_checkout import (
    PURPOSE,
    CheckedOutDayFile,
    DayFilePreview,
    check_out_day_file,
    preview_day_file,
)
from app.subjects.events.event.parts.event_picker import EventPicker
from app.subjects.settings.checkouts.services.checkouts import outside_words
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, section
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext, ReadOnlyError, bind_action, with_store
from db.files.day_file import FILE_SUFFIX
from db.records.protection import Checkout

_INCLUDED_WORDS = "受付名簿の番号・氏名・ふりがな・団体・役職・端末・班・撮影の可否・出欠、貸与タブレットの番号"
_EXCLUDED_WORDS = "電話番号・メール・住所、ほかの実施回、ほかの方、履歴"
_KEEP_HINT = (
    "このファイルだけのパスワードです。アプリには残しません。**忘れると誰にも開けません。** "
    "いま紙などに控え、ファイルとは別に持ち歩いてください。"
)


class DayFileCheckoutDialog(SavingDialog):
    """Dialog 当日持出しファイルを作る: what is exported and what stays, carrier, destination, and a password of its
    own.

    Signals: those of ``SavingDialog``; ``saved`` gives a ``CheckedOutDayFile``.
    """

    shows_all_errors = True

    def __init__(self, app_context: AppContext, offer: DayFilePreview, parent: QWidget) -> None:
        super().__init__(
            app_context,
            "当日持出しファイルを作る",
            offer.event.full_title,
            main="ファイルを作る",
            note="持出し管理簿に記入します。元には戻せません。",
            width=760,
            parent=parent,
        )
        self._offer = offer
        if offer.files_outstanding:
            told = f"**{outside_words(offer.files_outstanding)}**です。もう1つ作ると、戻すときに両方を突き合わせます。"
            self.put(NoteBox(told, "amber"))
        self.put(
            Paragraph(f"**持ち出すもの**　この実施回だけ。{_INCLUDED_WORDS}（受付名簿 {offer.people_count}人）"),
            Paragraph(f"**事務所に残すもの**　{_EXCLUDED_WORDS}"),
        )
        self.care = QCheckBox(
            f"配慮の内容も持ち出す（{offer.care_count}人。受付の画面では F8 を押している間だけ出ます）"
        )
        self.care.setChecked(True)
        if offer.care_count:
            self.put(self.care)
        else:
            self.care.setParent(self)
            self.care.hide()
        self.form = Form(self._fields(), app_context.fiscal_year, near=app_context.today())
        self._fill()
        self.target = FolderLine(self.app_context, key=DAY_FILES_KEY)
        self.put(self.form, self.target, section("ファイルのパスワード"), Paragraph(_KEEP_HINT))
        self.passwords = PasswordForm(login_id=app_context.login_id, name=app_context.user_name)
        self.put(self.passwords, None)
        self.confirmed.connect(self.check_out)
        self.form.go_to("approved_by")

    def check_out(self) -> None:
        """Write the file if everything is filled in."""
        self.show_error_text("")
        if not self.form.check_all() or not self.passwords.check_all():
            return
        values = self.form.values()
        row = Checkout(
            contents="",
            taken_at=self.app_context.now(),
            taken_by=values["taken_by"],
            approved_by=values["approved_by"],
            purpose=values["purpose"],
            destination=values["destination"],
            due_back_at=_moment(values),
        )
        try:
            make_first_folder(self.target.folder)
        except OSError as problem:
            self.show_error(problem)
            return
        name = str(values["name"]).strip().removesuffix(FILE_SUFFIX) + FILE_SUFFIX
        self.run_change(
            bind_action(
                self.app_context,
                check_out_day_file,
                event_id=self._offer.event.id,
                path=self.target.folder / name,
                password=self.passwords.password(),
                checkout=row,
                with_care=bool(self._offer.care_count) and self.care.isChecked(),
            ),
            title="当日持出しファイルを作成しています",
        )

    def _fields(self) -> tuple[Field, ...]:
        return (
            Field("taken_by", "持ち出した者", width=240),
            Field("approved_by", "承認者", width=240),
            Field("purpose", "用途", width=240),
            Field("destination", "持ち出し先", width=400),
            Field("back_day", "返却予定の日", "date", width=120),
            Field("back_time", "返却予定の時刻", "time", width=88),
            Field("name", "ファイル名", unit=FILE_SUFFIX, width=280, rule=name_problem),
        )

    def _fill(self) -> None:
        due = self._offer.due_back_at
        self.form.set_values(
            {
                "taken_by": self.app_context.user_name, "purpose": PURPOSE, "destination": self._offer.destination,
                "back_day": due.date() if due else None, "back_time": f"{due.hour}:{due.minute:02d}" if due else "",
                "name": self._offer.file_stem,
            }
        )  # fmt: skip

    def _close_with(self, result: Any) -> None:
        self.passwords.clear_passwords()
        if isinstance(result, CheckedOutDayFile):
            self.target.remember_folder()
        super()._close_with(result)


def _moment(values: dict[str, Any]) -> datetime:
    hour, minute = (int(part) for part in values["back_time"].split(":"))
    return datetime.combine(values["back_day"], time(hour, minute))


class PickEventDialog(DialogFrame):
    """Dialog to choose the event to export. Signals: those of ``DialogFrame``."""

    def __init__(self, app_context: AppContext, parent: QWidget) -> None:
        super().__init__("当日持出しファイルを作る", main="つづける", width=640, parent=parent)
        self.put(Paragraph("持ち出す実施回を選んでください。1つのファイルには、1つの実施回だけが入ります。"))
        self.picker = EventPicker(app_context)
        self.put(self.picker, None)
        self.main.setEnabled(False)
        self.picker.chosen.connect(lambda event_id: self.main.setEnabled(bool(event_id)))
        self.picker.reload()


def check_out_event(app_context: AppContext, owner: QWidget, *, event_id: int | None) -> None:
    """Export ``event_id``, or ask first for the event."""
    if app_context.read_only:
        app_context.fail(ReadOnlyError())
    elif event_id is None:
        asked = PickEventDialog(app_context, owner)
        asked.confirmed.connect(lambda: _check_out_chosen(app_context, owner, asked))
        asked.open()
    else:

        def show(offer: DayFilePreview) -> None:
            DayFileCheckoutDialog(app_context, offer, owner).open()

        app_context.read(with_store(preview_day_file, event_id=event_id), show, owner=owner)


def bring_back(
    app_context: AppContext, owner: QWidget, *, subject: str, on_manual_return: Callable[[], object]
) -> None:
    """Import a file; ``on_manual_return`` records a return without a file."""
    if app_context.read_only:
        app_context.fail(ReadOnlyError())
        return
    dialog = ReturnDayFileDialog(app_context, subject, owner)
    dialog.manual_return_asked.connect(on_manual_return)
    dialog.open()


def _check_out_chosen(app_context: AppContext, owner: QWidget, dialog: PickEventDialog) -> None:
    dialog.accept()
    check_out_event(app_context, owner, event_id=dialog.picker.event_id)
