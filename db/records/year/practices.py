"""What a contract and its office have decided beyond numbers: sentences to compare, papers owed, times of keeping."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from db.fields import Spec
from db.record import one_of, record


class RecordGroup(StrEnum):
    """The records that a year's data are kept by, each group with one time."""

    PEOPLE = "申込者・参加者"
    PRESENTERS = "事例発表者"
    ORGANISATIONS = "団体の連絡先"
    REQUESTS = "希望票"
    PHOTOS = "写真"
    COPIES = "控え"

    are_copies = one_of(COPIES)
    end_with_term = one_of(REQUESTS, PHOTOS)
    """Whether they are usually needed to the end of the contract alone."""


class RetentionStart(StrEnum):
    """From when a time of keeping is counted."""

    NEXT_YEAR = "完結の翌年度4月1日"
    TERM_END = "契約の終わり"
    EVENT = "実施日"

    is_next_year = one_of(NEXT_YEAR)
    is_event = one_of(EVENT)


@record
class Requirement:
    """A sentence of the 仕様書 that results are compared with.

    ``text`` "" = a number of the year says it. ``compare`` names the figure of ours beside it (「講習会.接続数」: a
    kind by its key, and the figure), "" = none.
    """

    item: Annotated[str, Spec("項目")]
    text: Annotated[str, Spec("仕様書の文")]
    clause: Annotated[str, Spec("条項")] = ""
    compare: Annotated[str, Spec("比べる実績")] = ""


@record
class OwedPaper:
    """A paper that the contractor owes the year; ``when`` is in the words of periods, a day, or 求めたとき."""

    paper: Annotated[str, Spec("提出物")]
    when: Annotated[str, Spec("いつまで")]
    clause: Annotated[str, Spec("条項")] = ""


@record
class RetentionRow:
    """How long a group of records is kept; 0 months = until the day itself. ``basis`` says where it is written."""

    basis: Annotated[str, Spec("根拠")] = ""
    records: Annotated[RecordGroup, Spec("記録")]
    months: Annotated[int, Spec("月数", unit="か月")]
    start: Annotated[RetentionStart, Spec("数え始め")] = RetentionStart.NEXT_YEAR
