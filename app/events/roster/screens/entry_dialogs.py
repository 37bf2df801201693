"""Dialogs for one place of the roster: correct it, set its state, move it to another event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.calendar.date_only_moments import date_only_moment, is_date_only
from app.calendar.dates import moment_of
from app.events.roster.services.entries import ABSENCE_NOTICE, EntryRow
from app.events.roster.services.entry_changes import (
    change_entry,
    promote_from_waitlist,
    restore_entry,
    set_state,
    take_back_absence,
)
from app.events.roster.services.entry_moves import OtherEvent, move_to_event
from app.events.roster.services.entry_names import name_entry
from app.widgets.buttons import link_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import second_label, small_label, wrapped_label
from app.widgets.layouts import in_row
from app.widgets.pages import ensure_visible
from app.window.app_context import bind_action
from db.records.applications import Application
from db.records.roster import Entry, EntryState, PhotoConsent

# A form treats an empty value as unanswered, and here 未定 is an answer.
_UNDECIDED = "-"
_DEVICES = ((_UNDECIDED, "未定"), ("持参", "持参"), ("貸与", "貸与"))
_COMBINED_FIELDS = frozenset({"name", "furigana", "at_day", "at_time", "applied_day", "applied_time"})
_PHOTO = ((_UNDECIDED, "未確認"), ("可", "可"), ("不可", "不可"), ("条件つき", "条件つき"))
_READ = "読んだ"


class EntryDialog(SavingDialog):
    """Dialog to correct one place. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, row: EntryRow):
        super().__init__(parent, "参加者の記載", row.spoken_name, main="保存する", width=680)
        self._row = row
        self._before = _values(row)
        told = second_label(_origin_text(row))
        if row.row.person is not None:
            self.app_context.note_access("参加者の記載", person_id=row.row.person.id)
        self.register = link_button("登録を開く（氏名・連絡先）", self._open_register)
        ensure_visible(self.register, seen=row.row.person is not None)
        self.put(in_row((told, 1), (self.register, 0, Qt.AlignmentFlag.AlignTop)))
        self.put_form(
            Form(_fields(row), self.app_context.fiscal_year, label_width=144, on_change=self._show_condition),
            self._before,
            focus="name" if row.row.person is None else "role",
        )
        self._show_condition("photo")

    def _show_condition(self, key: str) -> None:
        """Show the field for the condition of pictures where one was made."""
        if key == "photo":
            said = PhotoConsent(self.form.text("photo").strip(_UNDECIDED))
            self.form.show_field("photo_words", said.is_conditional)

    def _open_register(self) -> None:
        """Open the registered person, whose name is corrected for every event."""
        person = self._row.row.person
        if person is not None:
            self.reject()
            self.go("organisations", person_id=person.id)

    def _save(self) -> None:
        values = self.form.values()
        changed = {key: value for key, value in values.items() if value != self._before.get(key)}
        if not changed:
            self.accept()
            return
        rest = {key: value for key, value in changed.items() if key not in _COMBINED_FIELDS}
        rest |= {key: "" for key in ("device", "photo", "publication", "words_use") if rest.get(key) == _UNDECIDED}
        if changed.keys() & {"at_day", "at_time"}:
            rest["absent_told_at"] = moment_of(self.form.value("at_day"), self.form.value("at_time"))
        if changed.keys() & {"applied_day", "applied_time"}:
            rest["applied_at"] = _applied_at(self.form.value("applied_day"), self.form.value("applied_time"))
        if any(str(changed.get(key) or "").strip() for key in ("name", "furigana")):
            rest.pop("role", None)
            self.run_action(
                name_entry,
                entry_id=self._row.id,
                fields=rest,
                name=values["name"],
                furigana=values["furigana"],
                role=values["role"],
            )
        elif rest:
            self.run_action(change_entry, entry_id=self._row.id, fields=rest)
        else:
            self.accept()


def _fields(row: EntryRow) -> tuple[Field, ...]:
    """Return the fields that can be corrected of a place: 氏名 only while it has none, 要確認 only if there is one.

    Times of application and of 欠席連絡 are among them where a clerk may correct them.
    """
    fields = []
    if row.row.person is None:
        fields += [
            record_field(Application, "name", width=280, hint="決まっていないときは空けておきます（氏名未定）。"),
            record_field(Application, "furigana", reading_of="name", width=280),
        ]
    fields += [
        record_field(Application, "role", width=200),
        record_field(Application, "device", kind="radio", choices=_DEVICES, optional=False),
        record_field(Entry, "photo", kind="radio", choices=_PHOTO, optional=False),
        *(
            [record_field(Entry, "publication", kind="radio", choices=_PHOTO, optional=False)]
            if row.entry.publication
            else ()
        ),
        record_field(Entry, "photo_words", hint="撮影する方への一覧だけに出ます。"),
        record_field(
            Application,
            "care",
            kind="lines",
            placeholder="",
            lines=2,
            hint="受付の画面と紙には、内容は出ません。",
        ),
        record_field(Application, "note", hint="受付名簿の備考に載ります。"),
    ]
    if row.entry.words.strip():
        hint = f"「{' '.join(row.entry.words.split())}」　名簿と紙には出ません。"
        fields.append(Field("words_use", "本人のことば", "radio", choices=_word_uses(row.entry), hint=hint))
    if row.entry.doubtful.strip():
        fields.append(
            Field(
                "doubtful",
                "要確認",
                "lines",
                lines=2,
                optional=True,
                hint="確認が必要なこと。確かめたら消します。",
            )
        )
    if _is_manual_application(row):
        fields += [
            Field("applied_day", "申込を受けた日", "date", width=120, optional=True),
            Field(
                "applied_time",
                "時刻",
                "time",
                width=72,
                optional=True,
                hint="空けておくと、先着順ではその日の最後に並びます。",
            ),
        ]
    if row.status == ABSENCE_NOTICE:
        fields += [
            Field("at_day", "連絡を受けた日", "date", width=96),
            Field("at_time", "時刻", "time", width=72),
            Field("absent_note", "伝言", optional=True),
        ]
    return tuple(fields)


def _word_uses(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return what may be said of somebody's own words: unread, read, or what was made of them."""
    return ((_UNDECIDED, "未読"), *((one, one) for one in dict.fromkeys((_READ, entry.words_use)) if one))


def _values(row: EntryRow) -> dict[str, Any]:
    """Return the values of an entry for its fields; times of application and 欠席連絡 only where they are shown."""
    entry = row.entry
    values: dict[str, Any] = {
        "role": row.row.role, "device": entry.device or _UNDECIDED, "photo": entry.photo or _UNDECIDED,
        "photo_words": entry.photo_words,
        "care": entry.care,
        "note": entry.note,
    }  # fmt: skip
    if row.row.person is None:
        values |= {"name": "", "furigana": ""}
    if entry.publication:
        values["publication"] = entry.publication
    if entry.words.strip():
        values["words_use"] = entry.words_use or _UNDECIDED
    if entry.doubtful.strip():
        values["doubtful"] = entry.doubtful
    if _is_manual_application(row):
        applied = entry.applied_at
        clock = f"{applied.hour:02d}:{applied.minute:02d}" if applied is not None and not is_date_only(applied) else ""
        values |= {"applied_day": applied.date() if applied is not None else None, "applied_time": clock}
    if row.status == ABSENCE_NOTICE and entry.absent_told_at is not None:
        at = entry.absent_told_at
        values |= {"at_day": at.date(), "at_time": f"{at.hour:02d}:{at.minute:02d}", "absent_note": entry.absent_note}
    return values


def _is_manual_application(row: EntryRow) -> bool:
    """Return whether a clerk may correct when the application came: not of a sent form, a walk-in or a substitute."""
    entry = row.entry
    online = entry.way == "電子" and entry.applied_at is not None and not is_date_only(entry.applied_at)
    return not (online or entry.walk_in or entry.substitute_for is not None)


def _applied_at(day: date | None, clock: str) -> datetime | None:
    """Return when an application came: without a time the end of its day, without a day None."""
    if day is None:
        return None
    return moment_of(day, clock) if clock else date_only_moment(day)


def _origin_text(row: EntryRow) -> str:
    """Return 「状態　補欠2　　申込　9/11 9:05 電話　　支部　第3支部　　番号　9番」, 支部 and 番号 if there are any."""
    entry = row.entry
    parts = [f"状態　{row.status_words}{f'（{row.status_hint}）' if row.status_hint else ''}"]
    parts += [f"申込　{row.applied_words or '日時なし'} {entry.way}".rstrip()]
    parts += [f"支部　{row.row.branch}"] if row.row.branch else []
    parts += [f"番号　{entry.number}番"] if entry.number is not None else []
    return "　　".join(parts)


_STATE_EXPLANATIONS = {
    EntryState.CHOSEN: "決定　参加できる方",
    EntryState.WAITING: "補欠　空きが出たときの、いちばん後ろの順",
    EntryState.NOT_CHOSEN: "落選",
    EntryState.WITHDRAWN: "辞退　本人または団体からの申し出",
    EntryState.APPLIED: "申込　まだ決めていない",
    EntryState.REVOKED: "決定の取消し　知らせた枠を、区の都合で団体ごとなくす",
}
_STATES_WITH_REASON = frozenset({"決定", "補欠", "落選", "決定取消"})
_RESTORE, _SAME_ORDER = "戻す", "順"


class StateDialog(SavingDialog):
    """Dialog to set the state of one place. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, row: EntryRow):
        super().__init__(parent, "状態を変える", row.spoken_name, main="状態を変える", width=640)
        self._row = row
        self.put(second_label(f"いまは「{row.status_words}」です。"))
        self._is_absent = row.status == ABSENCE_NOTICE
        others: tuple[tuple[str, str], ...] = tuple(
            (state, words)
            for state, words in _STATE_EXPLANATIONS.items()
            if (state != row.entry.state or (self._is_absent and (state.is_chosen or state.is_waiting)))
            and (row.entry.state.is_coming or not state.is_revoked)
        )
        if self._is_absent or row.entry.state.is_withdrawn:
            if order := row.entry.waiting_before:
                others = ((_SAME_ORDER, f"補欠{order}　いまの補欠{order}からは1つずつ後ろ"), *others)
            what = "欠席連絡" if self._is_absent else "辞退"
            others = ((_RESTORE, f"{what}を取り消す　もとの枠に戻す"), *others)
        self.form = Form(
            (
                Field("state", "変えたあと", "choice", choices=others, width=360),
                Field("reason", "理由", "lines", lines=2),
            ),
            label_width=112,
            on_change=self._show_reason_field,
        )
        self.form.set_values({"state": others[0][0]})
        self.put(self.form, None)
        self._show_reason_field()
        self.form.go_to("state")

    def _show_reason_field(self) -> None:
        """Show the field for the reason, saying if it is needed; hide it where a 辞退 is taken back."""
        asked = self.form.value("state") in (*_STATES_WITH_REASON, _SAME_ORDER)
        self.form.set_hint("reason", "参加者決定の記録に残ります。" if asked else "書かなくてもかまいません。")
        self.form.show_field("reason", self.form.value("state") != _RESTORE)

    def _save(self) -> None:
        """Save the new state, with its reason where one is needed."""
        values = self.form.values()
        if values["state"] == _SAME_ORDER:
            values |= {"state": "補欠", "waiting_order": self._row.entry.waiting_before}
        if values["state"] in _STATES_WITH_REASON and not str(values["reason"]).strip():
            self.form.set_problem("reason", "理由がまだ入力されていません。")
            self.form.go_to("reason")
            return
        if values["state"] == _RESTORE:
            self.run_action(take_back_absence if self._is_absent else restore_entry, entry_id=self._row.id)
        else:
            self.run_action(set_state, entry_id=self._row.id, **values)


_STATES_AFTER_MOVE = (
    ("", "もとの枠　はじめて移る回では、決定か申込"),
    *((state, words) for state, words in _STATE_EXPLANATIONS.items() if state not in ("辞退", "決定取消")),
)


_WAITS, _COMES = "待つ", "来る"


class MoveUpDialog(SavingDialog):
    """Dialog that asks what a 補欠 answered who may move up. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, row: EntryRow):
        who = f"{row.status_words}　{row.spoken_name}"
        super().__init__(parent, "補欠の方を繰り上げる", who, main="記録する", width=640)
        self._entry = row.entry
        answers = ((_WAITS, "たずねて、返事を待っている"), (_COMES, "参加するとの返事をもらった　決定にする"))
        self.form = Form(
            (
                Field("answer", "本人の返事", "choice", choices=answers, width=400),
                Field("answer_by", "返事の期限", "date", width=120, hint="待っているとき"),
            ),
            label_width=112,
        )
        asked = row.entry.answer_by
        self.form.set_values({"answer": _COMES if asked else _WAITS, "answer_by": asked})
        told = "書面で知らせる前に、参加できるかを本人にたずねます。できないときは「状態」で辞退にします。"
        self.put(wrapped_label(told), self.form, None)
        self.form.go_to("answer")

    def _save(self) -> None:
        waits = self.form.value("answer") == _WAITS
        if not waits or self.form.check_all():
            day = self.form.value("answer_by") if waits else None
            self.run_action(
                promote_from_waitlist, event_id=self._entry.event_id, entry_id=self._entry.id, answer_by=day
            )


class MoveDialog(FormDialog):
    """Dialog to move a person to another event. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, row: EntryRow, others: tuple[OtherEvent, ...]):
        super().__init__(
            parent,
            "ほかの回へ移す",
            row.spoken_name,
            main="移す",
            fields=(
                Field("event_id", "移す先", "choice", choices=tuple((one.id, one.words) for one in others), width=440),
                Field("state", "移したあと", "choice", choices=_STATES_AFTER_MOVE, optional=True, width=440),
                Field("reason", "理由", "lines", lines=2, optional=True, hint="参加者決定の記録と名簿に残ります。"),
            ),
            values={"event_id": others[0].id},
            change=lambda typed: bind_action(
                move_to_event, entry_id=row.id, **typed | {"state": typed["state"] or None}
            ),
            label_width=112,
        )
        told = (
            "この回の枠は空き、移した先の名簿に、端末・配慮・撮影の希望とともに入ります。"
            "移した先の通知をお送りします。辞退受理通知の宛先にはなりません。"
        )
        self.body.insertWidget(1, small_label(told))
