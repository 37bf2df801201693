"""Purposes for which an event's list may be exported, with the columns and personal data of each."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal

from app.calendar.dates import moment_of
from db.record import record

RowUnit = Literal["people", "organisations", "numbers", "addressees"]
NUMBER = "No"
"""Heading of the number column of the 受付名簿."""
OFFICE_ENDS = time(17, 15)
_DAY_ENDS = time(23, 59)
_WAY_BACK = timedelta(hours=1)


def back_from_event(day: date, end_time: str) -> datetime:
    """Return when what was taken to an event is due back: the end of office hours, or an hour after it if later."""
    office = datetime.combine(day, OFFICE_ENDS)
    if not end_time:
        return office
    return max(office, moment_of(day, end_time) + _WAY_BACK)


def due_back(day: date, end_time: str, now: datetime) -> datetime:
    """Return ``back_from_event``, or today after the day of the event; where that has passed, the end of today."""
    back = max(back_from_event(day, end_time), datetime.combine(now.date(), OFFICE_ENDS))
    return back if back > now else datetime.combine(now.date(), _DAY_ENDS)


@record
class ExportPurpose:
    """One purpose of an exported list.

    Attributes:
        name: in the window, file names and the ledger (「受付用」). description: the purpose in one sentence.
        row_unit: a row for each person, 団体 or addressee of a letter, or counts only. columns: the headings in order.
        personal_data: the personal data exported, as words for the person who exports; empty = none.
        leaves_office: it usually leaves the office, on paper or a medium. destination: where it usually goes.
        left_out_text: what is left out on purpose, as words.
    """

    name: str
    description: str
    row_unit: RowUnit
    columns: tuple[str, ...]
    personal_data: tuple[str, ...] = ()
    leaves_office: bool = False
    destination: str = ""
    left_out_text: str

    @property
    def names_people(self) -> bool:
        """Return whether the list names people."""
        return bool(self.personal_data)

    @property
    def is_merge(self) -> bool:
        """Return whether it is for a mail merge: a file that stays until the day on which it is erased."""
        return self.row_unit == "addressees"


PURPOSES: tuple[ExportPurpose, ...] = (
    ExportPurpose(
        name="受付用",
        description="当日の受付で、来た方を名簿で確かめます。",
        row_unit="people",
        columns=(NUMBER, "団体", "支部", "氏名", "ふりがな", "役職", "端末", "班", "席", "配慮", "撮影"),
        personal_data=("氏名", "ふりがな", "役職", "配慮の有無", "撮影の可否"),
        leaves_office=True,
        destination="会場",
        left_out_text="電話番号、住所、配慮の内容は入りません。",
    ),
    ExportPurpose(
        name="名札用",
        description="名札をほかの用紙や機器で印刷します。",
        row_unit="people",
        columns=("氏名", "ふりがな", "団体", "撮影"),
        personal_data=("氏名", "ふりがな", "撮影の可否"),
        leaves_office=True,
        destination="会場",
        left_out_text="電話番号、住所、配慮は入りません。",
    ),
    ExportPurpose(
        name="中止連絡用",
        description="中止・変更のときに電話をかけます。",
        row_unit="people",
        columns=("団体", "支部", "氏名", "電話", "メール"),
        personal_data=("氏名", "電話番号", "メールアドレス"),
        left_out_text="中止・変更の連絡のほかには使いません。",
    ),
    ExportPurpose(
        name="人数連絡用",
        description="受託者へ人数を連絡します。",
        row_unit="numbers",
        columns=("項目", "数"),
        left_out_text="氏名も団体名も入りません。",
    ),
    ExportPurpose(
        name="区内報告用",
        description="区の中で、団体ごとの参加の状況を報告します。",
        row_unit="organisations",
        columns=("団体", "支部", "申込", "出席"),
        left_out_text="氏名は入りません。団体名が入ります。",
    ),
    ExportPurpose(
        name="講師への参考",
        description="受託者の業務責任者を通して、参加する方の様子を伝えます。",
        row_unit="numbers",
        columns=("項目", "数"),
        left_out_text="氏名も団体名も入りません。",
    ),
    ExportPurpose(
        name="差し込み用",
        description="Wordの差し込み印刷で、通知や宛名ラベルを作ります。",
        row_unit="addressees",
        columns=(),
        personal_data=("団体の代表者や参加者の氏名", "役職", "住所"),
        destination="庁内（Wordの差し込み印刷）",
        left_out_text="辞退した方は入りません。電話番号、配慮は入りません。",
    ),
)
"""In the order of the window."""
