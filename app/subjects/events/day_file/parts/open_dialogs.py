"""A 当日持出しファイル goes out (what goes, who takes it where, its password), and the way by which a screen brings it
back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from app.data_folder.screens.password_form import PasswordForm
from app.papers.screens.paper_folder import DAY_FILES, FolderLine, make_first_folder
from app.papers.services.leaving import name_problem
from app.subjects.events.day_file.parts.return_dialog import ReturnDayFileDialog
from app.subjects.events.day_file.services.day_file_taking import (
    PURPOSE,
    DayFileOffer,
    TakenDayFile,
    propose_day_file,
    take_day_file,
)
from app.subjects.events.event.parts.event_picker import EventPicker
from app.subjects.settings.takeouts.services.takeouts import outside_words
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, section
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, ReadOnly, acting, with_store
from db.files.day_file import ENDING
from db.records.protection import Takeout

_GOES = "受付名簿の番号・氏名・ふりがな・団体・役職・端末・班・撮影の可否・出欠、貸与タブレットの番号"
_STAYS = "電話番号・メール・住所、ほかの実施回、ほかの方、履歴"
_KEEP_IT = (
    "このファイルだけのパスワードです。アプリには残しません。**忘れると誰にも開けません。** "
    "いま紙などに控え、ファイルとは別に持ち歩いてください。"
)


class TakeDayFileDialog(SavingDialog):
    """当日持出しファイルを作る: what goes and what stays, who takes it where, and a password of its own.

    Signals: those of ``SavingDialog``; ``stored`` brings a ``TakenDayFile``.
    """

    says_all = True

    def __init__(self, desk: Desk, offer: DayFileOffer, parent: QWidget) -> None:
        super().__init__(
            desk,
            "当日持出しファイルを作る",
            offer.event.full_title,
            main="ファイルを作る",
            note="持出し管理簿に記入します。元には戻せません。",
            width=760,
            parent=parent,
        )
        self._offer = offer
        if offer.outside:
            told = f"**{outside_words(offer.outside)}**です。もう1つ作ると、戻すときに両方を突き合わせます。"
            self.put(NoteBox(told, "amber"))
        self.put(
            Paragraph(f"**持ち出すもの**　この実施回だけ。{_GOES}（受付名簿 {offer.people}人）"),
            Paragraph(f"**事務所に残すもの**　{_STAYS}"),
        )
        self.care = QCheckBox(f"配慮の内容も持ち出す（{offer.cares}人。受付の画面では F8 を押している間だけ出ます）")
        self.care.setChecked(True)
        if offer.cares:
            self.put(self.care)
        else:
            self.care.setParent(self)
            self.care.hide()
        self.form = Form(self._fields(), desk.fiscal_year, near=desk.today())
        self._fill()
        self.target = FolderLine(self.desk, key=DAY_FILES)
        self.put(self.form, self.target, section("ファイルのパスワード"), Paragraph(_KEEP_IT))
        self.passwords = PasswordForm(login_id=desk.login_id, name=desk.user_name)
        self.put(self.passwords, None)
        self.confirmed.connect(self.take)
        self.form.go_to("approved_by")

    def take(self) -> None:
        """Write the file when everything is filled in."""
        self.say_refusal("")
        if not self.form.check_all() or not self.passwords.check_all():
            return
        values = self.form.values()
        row = Takeout(
            contents="",
            taken_at=self.desk.now(),
            taken_by=values["taken_by"],
            approved_by=values["approved_by"],
            purpose=values["purpose"],
            destination=values["destination"],
            due_back_at=_moment(values),
        )
        try:
            make_first_folder(self.target.folder)
        except OSError as problem:
            self.refuse(problem)
            return
        name = str(values["name"]).strip().removesuffix(ENDING) + ENDING
        self.send(
            acting(
                self.desk,
                take_day_file,
                event_id=self._offer.event.id,
                path=self.target.folder / name,
                password=self.passwords.password(),
                takeout=row,
                with_care=bool(self._offer.cares) and self.care.isChecked(),
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
            Field("name", "ファイル名", unit=ENDING, width=280, rule=name_problem),
        )

    def _fill(self) -> None:
        due = self._offer.due_back_at
        self.form.set_values(
            {
                "taken_by": self.desk.user_name, "purpose": PURPOSE, "destination": self._offer.destination,
                "back_day": due.date() if due else None, "back_time": f"{due.hour}:{due.minute:02d}" if due else "",
                "name": self._offer.stem,
            }
        )  # fmt: skip

    def _end(self, result: Any) -> None:
        self.passwords.clear_passwords()
        if isinstance(result, TakenDayFile):
            self.target.keep()
        super()._end(result)


def _moment(values: dict[str, Any]) -> datetime:
    hour, minute = (int(part) for part in values["back_time"].split(":"))
    return datetime.combine(values["back_day"], time(hour, minute))


class PickEventDialog(DialogFrame):
    """Which event is taken out. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("当日持出しファイルを作る", main="つづける", width=640, parent=parent)
        self.put(Paragraph("持ち出す実施回を選んでください。1つのファイルには、1つの実施回だけが入ります。"))
        self.picker = EventPicker(desk)
        self.put(self.picker, None)
        self.main.setEnabled(False)
        self.picker.chosen.connect(lambda event_id: self.main.setEnabled(bool(event_id)))
        self.picker.reload()


def take_out(desk: Desk, owner: QWidget, *, event_id: int | None) -> None:
    """Take ``event_id`` out, or ask first which event it is."""
    if desk.read_only:
        desk.fail(ReadOnly())
    elif event_id is None:
        asked = PickEventDialog(desk, owner)
        asked.confirmed.connect(lambda: _take_chosen(desk, owner, asked))
        asked.open()
    else:

        def show(offer: DayFileOffer) -> None:
            TakeDayFileDialog(desk, offer, owner).open()

        desk.read(with_store(propose_day_file, event_id=event_id), show, owner=owner)


def bring_back(desk: Desk, owner: QWidget, *, subject: str, by_hand: Callable[[], object]) -> None:
    """Bring a file back; ``by_hand`` notes a return without one."""
    if desk.read_only:
        desk.fail(ReadOnly())
        return
    dialog = ReturnDayFileDialog(desk, subject, owner)
    dialog.by_hand.connect(by_hand)
    dialog.open()


def _take_chosen(desk: Desk, owner: QWidget, asked: PickEventDialog) -> None:
    asked.accept()
    take_out(desk, owner, event_id=asked.picker.event_id)
