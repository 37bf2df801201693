"""What a contract and its office have decided beyond numbers: sentences to compare, papers owed, times of keeping."""

from __future__ import annotations

from enum import StrEnum

from db.record import data_field, one_of, record


class RecordGroup(StrEnum):
    """The records that a year's data are kept by, each group with one time."""

    PEOPLE = "申込者・参加者"
    PRESENTERS = "事例発表者"
    ORGANISATIONS = "団体の連絡先"
    REQUESTS = "希望票"
    PHOTOS = "写真"
    MEMOS = "応対・返戻"
    RIGHTS = "申出・請求"
    COPIES = "控え"
    ACCESSES = "アクセスの記録"

    are_copies = one_of(COPIES)
    are_of_visits = one_of(REQUESTS)
    are_accesses = one_of(ACCESSES)
    """Whether they are kept for at least a year."""
    end_with_term = one_of(REQUESTS, PHOTOS)
    """Whether they are usually needed to the end of the contract alone."""
    are_requests = one_of(RIGHTS)


class RetentionStart(StrEnum):
    """From when a time of keeping is counted."""

    NEXT_YEAR = "完結の翌年度4月1日"
    TERM_END = "契約の終わり"
    EVENT = "実施日"

    is_next_year = one_of(NEXT_YEAR)
    is_event = one_of(EVENT)


class OwnDate(StrEnum):
    """A day of the year that an office sets itself and no contract knows."""

    INTERIM = "中間集計"
    DRILL = "復元の点検"
    ACCOUNTS = "会計の締切"


@record
class Requirement:
    """A sentence of the 仕様書 that results are compared with.

    ``text`` "" = a number of the year says it. ``compare`` names the figure of ours beside it (「講習会.接続数」: a
    kind by its key, and the figure), "" = none.
    """

    item: str = data_field("項目")
    text: str = data_field("仕様書の文")
    clause: str = data_field("条項", default="")
    compare: str = data_field("比べる実績", default="")


@record
class OwedPaper:
    """A paper that the contractor owes the year; ``when`` is in the words of periods, a day, or 求めたとき."""

    paper: str = data_field("提出物")
    when: str = data_field("いつまで")
    clause: str = data_field("条項", default="")


@record
class RetentionRow:
    """How long a group of records is kept; 0 months = until the day itself. ``basis`` says where it is written."""

    basis: str = data_field("根拠", default="")
    records: RecordGroup = data_field("記録")
    months: int = data_field("月数", unit="か月")
    start: RetentionStart = data_field("数え始め", default=RetentionStart.NEXT_YEAR)
