"""A 当日持出しファイル goes out (what goes, who takes it where, its password), and the way by which a screen brings it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.file_locations import exports_folder
from app.keeping.screens.password_form import PasswordForm
from app.papers.screens.paper_folder import CopiedNote
from app.papers.services.leaving import name_problem
from app.subjects.day_file.parts.return_dialog import ReturnDayFileDialog
from app.subjects.day_file.services.day_file_taking import (
    PURPOSE,
    DayFileOffer,
    TakenDayFile,
    propose_day_file,
    take_day_file,
)
from app.subjects.events.parts.event_picker import EventPicker
from app.subjects.takeouts.services.takeouts import outside_words
from app.widgets.buttons import Button
from app.widgets.dialog_frame import DialogFrame
from app.widgets.dialogs import SavingDialog
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph, label, section
from app.widgets.note_box import NoteBox
from app.widgets.shown_words import path_words
from app.window import theme as t
from app.window.desk import Desk, ReadOnly, with_store
from app.window.failure_messages import failure_of
from app.window.remembered import recall, remember
from db import on_disk
from db.day_file import ENDING
from db.records.protection import Takeout

_LAST = "day_file/folder"
_GAP = 16
_GOES = "受付名簿の番号・氏名・ふりがな・団体・役職・端末・班・撮影の可否・出欠、貸与タブレットの番号"
_STAYS = "電話番号・メール・住所、ほかの実施回、ほかの方、履歴"
_KEEP_IT = (
    "このファイルだけのパスワードです。アプリには残しません。**忘れると誰にも開けません。** "
    "いま紙などに控え、ファイルとは別に持ち歩いてください。"
)
_LABEL = 152


class TargetFolder(QWidget):
    """The folder in words and the button that changes it. Signals: none."""

    def __init__(self, desk: Desk, *, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = Path(str(recall(_LAST, "") or exports_folder()))
        self.place = label(path_words(self.folder), wrap=True)
        self.place.setAccessibleName("保存先のフォルダー")
        self.change = Button("場所を変える", self._choose, icon_name="folder-open")
        name = label("保存先")
        name.setFixedWidth(t.scaled(label_width))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        line.addWidget(name)
        line.addWidget(self.place, 1)
        line.addWidget(self.change)
        column.addLayout(line)
        self.copied = CopiedNote(desk, indent=t.scaled(label_width) + _GAP)
        column.addWidget(self.copied)
        self.copied.look_at(self.folder)

    def choose(self, folder: Path) -> None:
        """Write into ``folder`` from now on."""
        self.folder = folder
        self.place.setText(path_words(folder))
        self.copied.look_at(folder)

    def keep(self) -> None:
        """Remember the folder, once a file was written there."""
        remember(_LAST, str(self.folder))

    def ready(self) -> Path:
        """The folder; the one that is offered first is made when it is not there yet."""
        if self.folder == exports_folder():
            self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder

    def _choose(self) -> None:
        start = str(on_disk.nearest_folder(self.folder) or Path.home())
        chosen = QFileDialog.getExistingDirectory(self, "保存先のフォルダーを選ぶ", start)
        if chosen:
            self.choose(Path(chosen))


class TakeDayFileDialog(SavingDialog):
    """当日持出しファイルを作る: what goes and what stays, who takes it where, and a password of its own.

    Signals: those of ``SavingDialog``; ``stored`` brings a ``TakenDayFile``.
    """

    def __init__(self, desk: Desk, offer: DayFileOffer, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "当日持出しファイルを作る", offer.event.full_title, main="ファイルを作る",
            note="持出し管理簿に記入します。元には戻せません。", width=760, parent=parent,
        )  # fmt: skip
        self._offer = offer
        self.problem = NoteBox(tone="red")
        self.put(self.problem)
        if offer.outside:
            told = f"**{outside_words(offer.outside)}**です。もう1つ作ると、戻すときに両方を突き合わせます。"
            self.put(NoteBox(told, tone="amber"))
        self.put(Paragraph(f"**持ち出すもの**　この実施回だけ。{_GOES}（受付名簿 {offer.people}人）"))
        self.put(Paragraph(f"**事務所に残すもの**　{_STAYS}"))
        self.care = QCheckBox(f"配慮の内容も持ち出す（{offer.cares}人。受付の画面では F8 を押している間だけ出ます）")
        self.care.setChecked(True)
        if offer.cares:
            self.put(self.care)
        else:
            self.care.setParent(self)
            self.care.hide()
        self.form = Form(self._fields(), fiscal_year=desk.fiscal_year, near=desk.today(), label_width=_LABEL)
        self._fill()
        self.put(self.form)
        self.target = TargetFolder(self.desk, label_width=_LABEL)
        self.put(self.target)
        self.put(section("ファイルのパスワード"))
        self.put(Paragraph(_KEEP_IT))
        self.passwords = PasswordForm()
        self.put(self.passwords)
        self.body.addStretch(1)
        self.confirmed.connect(self.take)
        self.form.go_to("approved_by")

    def take(self) -> None:
        """Write the file when everything is filled in."""
        self.problem.say("")
        if not self.form.check_all() or not self.passwords.check_all():
            focused = self.focusWidget()
            if focused is not None:
                self._scroll.ensureWidgetVisible(focused, 8, 48)
            return
        values = self.form.values()
        row = Takeout(
            contents="", taken_at=self.desk.now(), taken_by=values["taken_by"], approved_by=values["approved_by"],
            purpose=values["purpose"], destination=values["destination"], due_back_at=_moment(values),
        )  # fmt: skip
        try:
            folder = self.target.ready()
        except OSError as problem:
            self._fail(problem)
            return
        name = str(values["name"]).strip().removesuffix(ENDING) + ENDING
        self.send(
            with_store(
                take_day_file,
                event_id=self._offer.event.id,
                path=folder / name,
                password=self.passwords.password(),
                takeout=row,
                with_care=bool(self._offer.cares) and self.care.isChecked(),
                **self.desk.signed,
            ),
            title="当日持出しファイルを作成しています",
        )

    def _fields(self) -> tuple[Field, ...]:
        return (
            Field(key="taken_by", label="持ち出した者", width=240),
            Field(key="approved_by", label="承認者", width=240),
            Field(key="purpose", label="用途", width=240),
            Field(key="destination", label="持ち出し先", width=400),
            Field(key="back_day", label="返却予定の日", kind="date", width=120),
            Field(key="back_time", label="返却予定の時刻", kind="time", width=88),
            Field(key="name", label="ファイル名", unit=ENDING, width=280, rule=name_problem),
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

    def _fail(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
        self.fit()
        self._scroll.ensureWidgetVisible(self.problem)


def _moment(values: dict[str, Any]) -> datetime:
    hour, minute = (int(part) for part in values["back_time"].split(":"))
    return datetime.combine(values["back_day"], time(hour, minute))


class PickEventDialog(DialogFrame):
    """Which event is taken out. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("当日持出しファイルを作る", main="つづける", width=640, parent=parent)
        self.put(Paragraph("持ち出す実施回を選んでください。1つのファイルには、1つの実施回だけが入ります。"))
        self.picker = EventPicker(desk)
        self.put(self.picker)
        self.body.addStretch(1)
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
