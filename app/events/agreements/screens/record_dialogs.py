"""Dialogs of 協議・打合せ: one 協議, one 打合せ, one 宿題, the contractor's confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.event.parts import settlement_options
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE
from app.events.agreements.rules import CHANNELS
from app.events.agreements.services import (
    RecordList,
    confirm_meeting,
    confirm_record,
    save_homework,
    save_meeting,
    save_record,
)
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import WIDEST
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form import Form, check_together
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import section, small_label, with_accessible_name
from app.widgets.layouts import in_column, in_row
from app.window import theme as t
from app.window.app_context import app_context_at, bind_action
from db.records.agreements import Agreement, Homework, Meeting

_FACTS_WIDTH = 368
_IN_BOX = 46
WHOLE_YEAR = 0
"""Choice 「年度に共通」 among the events."""
ORIGINAL_LOCATIONS = ("文書管理システム", "紙ファイル", "受託者")
_SIDES = (("区", "区"), ("受託者", "受託者"))
_LEFT_FIELDS = (
    "event",
    "topic",
    "settled_on",
    "way",
    "meeting",
    "clause",
    "ward_people",
    "partner",
    "nature",
    "section_asked_on",
    "section_person",
    "section_answer",
    "related",
    "original_place",
)
_RIGHT_FIELDS = ("content", "ward_view", "contractor_view", "decision", "reason")
_CONTRACT_SECTION_FIELDS = ("section_asked_on", "section_person", "section_answer")


class RecordDialog(SavingDialog):
    """Dialog for a new or existing 協議. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        record_list: RecordList,
        events: Sequence[tuple[int, str]],
        record: Agreement | None = None,
    ):
        """Create the dialog; ``events`` are id and title of those that can be chosen, ``record`` None = a new 協議."""
        title = "協議の記録を直す" if record is not None else "協議を記録"
        about = record.record_number if record is not None else ""
        super().__init__(parent, title, about, main="保存する", width=WIDEST, full=True)
        blank = Agreement(topic="", programme_id=record_list.programme_id, nature=AGREEMENT)
        self._record = record or blank
        self._programme_id = record_list.programme_id
        meetings = [(0, "打合せではない")]
        meetings += [
            (one.id, f"第{one.ordinal}回　{short_date(one.held_on, self.app_context.today())}　{one.subject}")
            for one in record_list.meetings
        ]
        # The event of a new record has no default, because the record is printed under it.
        whose = ((WHOLE_YEAR, "年度に共通"), *events)
        fields = _fields((("", "選んでください"), *whose) if record is None else whose, tuple(meetings))
        self.facts = Form(
            tuple(fields[key] for key in _LEFT_FIELDS),
            self.app_context.fiscal_year,
            label_width=136,
            on_change=lambda key: self._update_fields() if key == "nature" else None,
        )
        self.words = Form(tuple(fields[key] for key in _RIGHT_FIELDS), self.app_context.fiscal_year, label_width=136)
        self.facts.setFixedWidth(t.scaled(_FACTS_WIDTH))
        across = in_row(spacing=24)
        for form, stretch in ((self.words, 5), (self.facts, 4)):
            across.addLayout(in_column(form, None), stretch)
        self.put(across)
        self._fill()
        self.words.go_to("content" if record is None else "decision")

    def _fill(self) -> None:
        one = self._record
        self.facts.set_values(
            {
                "event": one.event_id or (WHOLE_YEAR if one.id else ""), "meeting": one.meeting_id or 0,
                "settled_on": one.settled_on,
                **{key: getattr(one, key) for key in _LEFT_FIELDS if key not in ("event", "meeting", "settled_on")},
            }
        )  # fmt: skip
        self.words.set_values({key: getattr(one, key) for key in _RIGHT_FIELDS})
        self._update_fields()

    def _update_fields(self) -> None:
        """Show the three fields of the question to 契約課 only if 「契約との関わり」 is ``CONTRACT_CHANGE``."""
        asked = self.facts.value("nature") == CONTRACT_CHANGE
        for key in _CONTRACT_SECTION_FIELDS:
            self.facts.show_field(key, asked)

    def _save(self) -> None:
        """Save the 協議 of both forms; where a field is invalid, show that instead."""
        if not check_together(self.words.check_all, self.facts.check_all):
            return
        values = {**self.facts.values(), **self.words.values()}
        event_id, meeting_id = values.pop("event") or None, values.pop("meeting") or None
        year = self._programme_id if event_id is None else None
        record = replace(self._record, event_id=event_id, programme_id=year, meeting_id=meeting_id, **values)
        self.run_action(save_record, record=record)


def _fields(events: Sequence[tuple[int | str, str]], meetings: Sequence[tuple[int, str]]) -> dict[str, Field]:
    """Return all fields of a 協議 by key; ``events`` and ``meetings`` are the choices as (value, label)."""
    fields = (
        record_field(
            Agreement, "content", kind="lines", lines=2, hint="何を決めるか。一覧には1行目が出ます", optional=False
        ),
        record_field(Agreement, "ward_view", kind="lines", lines=2),
        record_field(Agreement, "contractor_view", kind="lines", lines=2),
        record_field(Agreement, "decision", kind="lines", lines=3, hint="まだ決まらないときは空のまま保存できます"),
        record_field(Agreement, "reason", kind="lines", lines=3, hint="あとで「なぜ」に答える文です"),
        Field("event", "実施回", "choice", choices=tuple(events)),
        Field("topic", "件名", optional=True, placeholder="空のときは、問いの1行目"),
        Field("settled_on", "決まった日", "date", width=112, optional=True),
        record_field(
            Agreement,
            "way",
            kind="choice",
            choices=(("", "—"), *((one, one) for one in CHANNELS)),
            width=112,
        ),
        Field("meeting", "打合せ", "choice", choices=tuple(meetings)),
        record_field(Agreement, "clause", placeholder="項番"),
        Field("ward_people", "区の人", optional=True),
        Field("partner", "受託者の人", optional=True, placeholder="業務責任者"),
        Field("nature", "契約との関わり", "choice", choices=settlement_options(strict=False)),
        Field("section_asked_on", "確認した日", "date", width=112, optional=True, shows_full_date=False),
        Field("section_person", "契約課の人", optional=True),
        record_field(Agreement, "section_answer"),
        Field("related", "関係の書類", optional=True),
        record_field(
            Agreement,
            "original_place",
            kind="choice",
            choices=(("", "—"), *((one, one) for one in ORIGINAL_LOCATIONS)),
        ),
    )
    return {field.key: field for field in fields}


class MeetingDialog(SavingDialog):
    """Dialog for one 打合せ (None = a new one) with boxes for its 協議. Signals: those of ``SavingDialog``.

    Boxes are offered for 協議 of ``record_list`` that are not withdrawn and belong to no other meeting.
    """

    def __init__(self, parent: QWidget, record_list: RecordList, meeting: Meeting | None = None):
        about = f"第{meeting.ordinal}回" if meeting is not None else ""
        title = "打合せの記録を直す" if meeting is not None else "打合せを記録"
        super().__init__(parent, title, about, main="保存する", width=WIDEST, full=True)
        self._meeting = meeting or Meeting(
            programme_id=record_list.programme_id, subject="", held_on=self.app_context.today()
        )
        self.form = Form(_MEETING_FIELDS, self.app_context.fiscal_year, label_width=156)
        one = self._meeting
        self.form.set_values({field.key: getattr(one, field.key) for field in _MEETING_FIELDS})
        self.put(self.form, section("この打合せの協議"))
        self.boxes: dict[int, QCheckBox] = {}
        for row in record_list.rows:
            if row.record.withdrawn_on is None and row.record.meeting_id in (None, one.id or None):
                words = join_nonempty(row.record.record_number or "協議中", row.question, row.about)
                # A checkbox never wraps, and one long line would push every field past the edge of the dialog.
                box = with_accessible_name(
                    QCheckBox(words if len(words) <= _IN_BOX else f"{words[: _IN_BOX - 1]}…"), words
                )
                box.setToolTip(words)
                box.setChecked(bool(one.id) and row.record.meeting_id == one.id)
                self.boxes[row.id] = box
                self.put(box)
        if not self.boxes:
            self.put(small_label("結び付けられる協議は、まだありません。協議を記録するときに、この打合せを選べます。"))
        self.put(None)
        self.form.go_to("subject")

    def _save(self) -> None:
        """Save the 打合せ with the ticked 協議 as all of its own."""
        if not self.form.check_all():
            return
        meeting = replace(self._meeting, **self.form.values())
        chosen = [each for each, box in self.boxes.items() if box.isChecked()]
        self.run_action(save_meeting, meeting=meeting, agreement_ids=chosen)


_MEETING_FIELDS = (
    Field("subject", "件名", placeholder="第3回の準備ほか"),
    Field("held_on", "日", "date", width=112),
    Field("start_time", "始め", "time", width=80, optional=True),
    Field("end_time", "終わり", "time", width=80, optional=True),
    record_field(Meeting, "place"),
    record_field(Agreement, "ward_people"),
    record_field(Meeting, "contractor_people", placeholder="業務責任者"),
    record_field(Meeting, "handed"),
    record_field(Meeting, "next_meeting"),
    record_field(Meeting, "answer_by", width=112, hint="受託者が記録を確かめて返す日"),
    record_field(Agreement, "original_place", kind="choice",
                 choices=(("", "—"), *((one, one) for one in ORIGINAL_LOCATIONS)), width=200),
)  # fmt: skip


class HomeworkDialog(FormDialog):
    """Dialog for one 宿題. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, homework: Homework):
        super().__init__(
            parent,
            "宿題を直す" if homework.id else "宿題を加える",
            fields=(
                Field("text", "内容", hint="だれに見せても分かる一行で"),
                record_field(Homework, "side", kind="radio", choices=_SIDES),
                record_field(Homework, "person", width=200),
                record_field(Homework, "due", width=112, hint="ホームに出ます（目安日）"),
            ),
            values=homework,
            change=lambda typed: bind_action(save_homework, homework=replace(homework, **typed)),
            width=560,
            label_width=88,
        )


class ConfirmDialog(FormDialog):
    """Dialog for when and how the 業務責任者 confirmed a record. Signals: those of ``SavingDialog``.

    It is about the 打合せ ``meeting_id`` if that is not 0, else about the 協議 ``agreement_id``.
    """

    def __init__(self, parent: QWidget, *, agreement_id: int = 0, meeting_id: int = 0, subject: str):
        def change(typed: dict[str, Any]) -> Any:
            if meeting_id:
                return bind_action(confirm_meeting, meeting_id=meeting_id, **typed)
            return bind_action(confirm_record, agreement_id=agreement_id, **typed)

        super().__init__(
            parent,
            "受託者の確認を記録",
            subject,
            main="確認済にする",
            fields=(
                record_field(Meeting, "confirmed_on", width=112, optional=False),
                record_field(Meeting, "confirmed_how", placeholder="メールの返信"),
            ),
            values={"confirmed_on": app_context_at(parent).today()},
            change=change,
            width=560,
            label_width=116,
        )
