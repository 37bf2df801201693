"""Retention of personal data by kind: purpose, end of retention, and the documents that state it.

The contract sets none of these days: they are the program's own (目安日) until the ward sets others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.calendar.dates import long_date, long_date_plain
from db.backups.retention import last_day_in_backups
from db.records.programme import Programme

BASIS: Final = "アプリの目安"


@dataclass(frozen=True)
class Retention:
    """The retention rule of one kind of personal data.

    Attributes:
        key: its name for records and tests. data_name: its name for people. purpose: what it is kept for; its end is
            the reason to erase it. ends_on: returns the last day of a year's data, by its contract. promised_in: the
            documents that print the day. has_encrypted_copies: it is contained in stored 控え of documents, which have
            their own retention.
    """

    key: str
    data_name: str
    purpose: str
    ends_on: Callable[[Programme], date]
    promised_in: tuple[str, ...] = ()
    has_encrypted_copies: bool = True


def contacts_end(fiscal_year: int) -> date:
    """Return the last day of a year's contacts, the end of April after it, as questions come until then."""
    return date(fiscal_year + 1, 4, 30)


def _end_of_april(programme: Programme) -> date:
    return contacts_end(programme.fiscal_year)


def _term_end(programme: Programme) -> date:
    """Return the end of 履行期間."""
    return programme.term_end


APPLICANTS: Final = Retention(
    key="applicants",
    data_name="申込者・参加者の連絡先",
    purpose="決定通知の送付、中止・変更の連絡",
    ends_on=_end_of_april,
    promised_in=("参加申込書",),
)
PARTICIPANTS: Final = Retention(
    key="participants",
    data_name="申込者・参加者の氏名、配慮・備考",
    purpose="受付と名簿の作成、当日の配慮、問合せへの答え",
    ends_on=_end_of_april,
    promised_in=("参加申込書",),
)
PRESENTERS: Final = Retention(
    key="presenters",
    data_name="事例発表者の氏名と連絡先",
    purpose="事例発表者への中止・変更の連絡と打合せ",
    ends_on=_end_of_april,
)
ORGANISATIONS: Final = Retention(
    key="organisations", data_name="団体の連絡先", purpose="団体への連絡", ends_on=_end_of_april
)
SIGNERS: Final = Retention(
    key="signers",
    data_name="派遣の希望票に署名した人の氏名",
    purpose="派遣の決定と日程の相談",
    ends_on=_term_end,
    promised_in=("アドバイザー派遣希望票", "派遣不採択通知"),
)
REQUEST_FORMS: Final = Retention(
    key="slips",
    data_name="派遣の希望票",
    purpose="派遣の決定と日程の相談",
    ends_on=_term_end,
    promised_in=("アドバイザー派遣希望票", "派遣不採択通知"),
)
PHOTOS: Final = Retention(
    key="photos",
    data_name="写真の元のデータ",
    purpose="実施報告書への掲載",
    ends_on=_term_end,
    promised_in=("事例発表の承諾書",),
    has_encrypted_copies=False,
)
RESPONDENTS: Final = Retention(
    key="respondents",
    data_name="オンラインの回答の照合の値",
    purpose="同じ人の出し直しと、同じファイルの取込みを見分けるため",
    ends_on=_end_of_april,
    has_encrypted_copies=False,
)
TAKEN_OUT: Final = Retention(
    key="taken_out", data_name="人の一覧から外した人の氏名", purpose="外したことを元に戻すため", ends_on=_end_of_april
)
REQUEST: Final = Retention(
    key="request", data_name="申出のあった人の記録", purpose="申出を受けるまでの事業の記録", ends_on=_end_of_april
)
RETENTIONS: Final = (
    APPLICANTS, PARTICIPANTS, PRESENTERS, ORGANISATIONS, SIGNERS, REQUEST_FORMS, PHOTOS, RESPONDENTS,
    TAKEN_OUT, REQUEST,
)  # fmt: skip


def retention_end(kind: Retention, programme: Programme) -> date:
    """Return the last day on which a year's data of a kind are kept."""
    return kind.ends_on(programme)


def copies_until(programme: Programme) -> date:
    """Return the last day of the 控え of what a year issued: the set number of years after its fiscal year."""
    return date(programme.fiscal_year + 1 + programme.copy_years, 3, 31)


def last_copies_on(kind: Retention, programme: Programme, *, end: date | None = None) -> date:
    """Return the last day on which an encrypted copy of the data may still lie in the data folder.

    Backups follow their own rule, month ends for three years (長24), regardless of a purpose. A 控え of a document
    that contains the data lasts for the years of the setting (``copies_until``), and lies in backups after that.

    Args:
        end: the last day of the rows themselves, where it is not that of the kind.
    """
    last = end or retention_end(kind, programme)
    if kind.has_encrypted_copies:
        last = max(last, copies_until(programme))
    return last_day_in_backups(last)


def promise_text(
    kind: Retention, programme: Programme, what: str, *, end: date | None = None, method: str = "消去"
) -> str:
    """Return the statement printed on documents:
    「名簿は令和9年4月30日（金）までに消去し、…最長で令和13年3月31日まで残ります。」

    Args:
        what: the data the document speaks of. end: as ``last_copies_on``. method: 消去, for paper 廃棄.
    """
    last = end or retention_end(kind, programme)
    kept = "控えとバックアップ" if kind.has_encrypted_copies else "バックアップ"
    return (
        f"{what}は{long_date(last)}までに{method}し、暗号化した{kept}は"
        f"最長で{long_date_plain(last_copies_on(kind, programme, end=last))}まで残ります。"
    )
