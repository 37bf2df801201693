"""One place of the roster in full: who, since when, and what may be put right; 配慮 is read here only."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.saved import Saved
from app.subjects.roster.services.entries import ABSENT, EntryRow
from app.subjects.roster.services.entry_changes import change_entry
from app.subjects.roster.services.entry_names import name_entry
from app.widgets.buttons import link_button
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of

# A form takes an empty value for a question not answered; here 未定 is an answer.
_OPEN = "-"
_DEVICES = ((_OPEN, "未定"), ("持参", "持参"), ("貸与", "貸与"))
_PHOTO = ((_OPEN, "未確認"), ("可", "可"), ("不可", "不可"))


class EntryDialog(DialogFrame):
    """One place. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, row: EntryRow, parent: QWidget | None = None) -> None:
        super().__init__("参加者の記載", row.spoken, main="保存する", note=CAN_UNDO, width=680, parent=parent)
        self._desk = desk
        self._row = row
        self._before = _values(row)
        self.problem = NoteBox(tone="red")
        self.put(self.problem)
        told = label(_told(row), "second", wrap=True)
        self.register = link_button("登録を開く（氏名・連絡先）", self._open_register)
        self.register.setVisible(row.row.person is not None)
        line = QHBoxLayout()
        line.addWidget(told, 1)
        line.addWidget(self.register, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self.form = Form(_fields(row), fiscal_year=desk.fiscal_year, label_width=136)
        self.form.set_values(self._before)
        self.put(self.form)
        self.body.addStretch(1)
        if desk.read_only:
            self.set_main("")
        self.confirmed.connect(self._save)
        self.form.go_to("name" if row.row.person is None else "role")

    def _open_register(self) -> None:
        """A name is put right where it is registered, for every event."""
        person = self._row.row.person
        if person is not None:
            self.reject()
            self._desk.go("organisations", person_id=person.id)

    def _save(self) -> None:
        self.problem.say("")
        if not self.form.check_all():
            return
        values = self.form.values()
        changed = {key: value for key, value in values.items() if value != self._before.get(key)}
        if not changed:
            self.accept()
            return
        self.wait(True)
        rest = {key: value for key, value in changed.items() if key not in ("name", "furigana", "at_day", "at_time")}
        rest |= {key: "" for key in ("device", "photo") if rest.get(key) == _OPEN}
        if changed.keys() & {"at_day", "at_time"}:
            rest["absent_told_at"] = _moment(self.form.value("at_day"), self.form.value("at_time"))
        if str(changed.get("name") or "").strip():
            rest.pop("role", None)
            self._desk.write(
                with_store(
                    name_entry,
                    entry_id=self._row.id,
                    fields=rest,
                    name=changed["name"],
                    furigana=values["furigana"],
                    role=values["role"],
                    **self._desk.signed,
                ),
                self._end,
                failed=self._fail,
                owner=self,
            )
        elif rest:
            self._desk.write(
                with_store(change_entry, entry_id=self._row.id, fields=rest, **self._desk.signed),
                self._end,
                failed=self._fail,
                owner=self,
            )
        else:
            self._end(None)

    def _end(self, _saved: Saved | None) -> None:
        self.wait(False)
        self.accept()

    def _fail(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
        self.fit()


def _fields(row: EntryRow) -> tuple[Field, ...]:
    fields = []
    if row.row.person is None:
        fields += [
            Field(
                key="name",
                label="氏名",
                width=280,
                optional=True,
                hint="決まっていないときは空けておきます（氏名未定）。",
            ),
            Field(key="furigana", label="ふりがな", width=280, optional=True),
        ]
    fields += [
        Field(key="role", label="役職", width=200, optional=True),
        Field(key="device", label="端末", kind="radio", choices=_DEVICES),
        Field(key="photo", label="撮影", kind="radio", choices=_PHOTO),
        Field(
            key="care", label="配慮", kind="lines", lines=2, optional=True, hint="受付の画面と紙には、内容は出ません。"
        ),
        Field(key="note", label="備考", optional=True, hint="受付名簿の備考に載ります。"),
    ]
    if row.entry.doubtful.strip():
        fields.append(
            Field(
                key="doubtful",
                label="要確認",
                kind="lines",
                lines=2,
                optional=True,
                hint="確認が必要なこと。確かめたら消します。",
            )
        )
    if row.status == ABSENT:
        fields += [
            Field(key="at_day", label="連絡を受けた日", kind="date", width=96),
            Field(key="at_time", label="時刻", kind="time", width=72),
            Field(key="absent_note", label="伝言", optional=True),
        ]
    return tuple(fields)


def _values(row: EntryRow) -> dict[str, Any]:
    entry = row.entry
    values: dict[str, Any] = {
        "role": entry.role, "device": entry.device or _OPEN, "photo": entry.photo or _OPEN, "care": entry.care, "note": entry.note,
    }  # fmt: skip
    if row.row.person is None:
        values |= {"name": "", "furigana": ""}
    if entry.doubtful.strip():
        values["doubtful"] = entry.doubtful
    if row.status == ABSENT and entry.absent_told_at is not None:
        at = entry.absent_told_at
        values |= {"at_day": at.date(), "at_time": f"{at.hour:02d}:{at.minute:02d}", "absent_note": entry.absent_note}
    return values


def _moment(day: date, clock: str) -> datetime:
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime.combine(day, time(hour, minute))


def _told(row: EntryRow) -> str:
    """Who it is and how the place came about."""
    entry = row.entry
    parts = [f"状態　{row.status_words}{f'（{row.status_hint}）' if row.status_hint else ''}"]
    parts += [f"申込　{row.applied_words or '日時なし'} {entry.way}".rstrip()]
    parts += [f"支部　{row.row.branch}"] if row.row.branch else []
    parts += [f"番号　{entry.number}番"] if entry.number is not None else []
    return "　　".join(parts)
