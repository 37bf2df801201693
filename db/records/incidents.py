"""Information security incidents, with their course, decisions and preventive measures."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from db.fields import Key, RecordedAt, RecordedBy
from db.record import data_field, one_of, optional_field, record, text_field


class IncidentLocation(StrEnum):
    """Where an incident happened."""

    WARD = "区"
    CONTRACTOR = "受託者"
    SUBCONTRACTOR = "再委託先"
    SERVICE = "外部サービス"

    is_ward = one_of(WARD)
    is_contractor = one_of(CONTRACTOR, SUBCONTRACTOR)
    """Whether the contractor has to report it."""


class IncidentSort(StrEnum):
    """What kind of incident it is."""

    INCIDENT = "事故"
    SUSPECTED_INCIDENT = "事故のおそれ"
    BREACH = "特記・法令への違反"
    SUSPECTED_BREACH = "違反の兆候"

    is_incident = one_of(INCIDENT)
    is_suspected = one_of(SUSPECTED_INCIDENT)


class ReportNeed(StrEnum):
    """Whether a report or a notice is needed, as people decided; "" = not decided yet."""

    OPEN = ""
    NEEDED = "要"
    NOT_NEEDED = "否"

    is_not_needed = one_of(NOT_NEEDED)
    is_needed = one_of(NEEDED)


@record
class Incident:
    """One incident or suspected incident (特25-1); affected people are not named but found in the roster.

    ``number`` counts within the year. ``known_at`` is when somebody of the ward learnt of it, from which
    every period is counted; ``happened`` says in words when it was. An empty field is 調査中. ``needed`` and the
    fields after it say whether the 個人情報保護委員会 is informed (個人情報保護法68条1項), ``wrong_purpose``
    that it may have been done on purpose (確報 within the longer time), ``early_on`` and ``final_on`` when it was;
    ``owners_…`` the same of the persons concerned (68条2項). ``closed_how`` says how it ended.
    """

    id: Key = 0
    programme_id: Key
    number: int = data_field("号")
    title: str = data_field("何が起きたか", is_editable=True, erasing="free")
    place: IncidentLocation = data_field("どこで起きたか", is_editable=True, default=IncidentLocation.WARD)
    sort: IncidentSort = data_field("種別", is_editable=True, default=IncidentSort.SUSPECTED_INCIDENT)
    event_id: int | None = optional_field("実施回", is_editable=True, is_hidden=True)
    origin: str = text_field("始まりの記録", "word", is_editable=True)
    known_at: datetime = data_field("把握した日時")
    known_by: str = text_field("把握した人", "staff", is_editable=True)
    happened: str = text_field("発生した日時", "free", is_editable=True)
    what: str = text_field("内容", "free", is_editable=True)
    amount: str = text_field("数量", "free", is_editable=True)
    people: int | None = optional_field("対象の人数", unit="人", is_editable=True)
    spot: str = text_field("発生場所", "free", is_editable=True)
    course: str = text_field("発生状況", "free", is_editable=True)
    needed: ReportNeed = data_field("委員会への報告", default=ReportNeed.OPEN)
    needed_by: str = text_field("判断した人", "staff")
    needed_on: date | None = optional_field("判断した日")
    needed_reason: str = text_field("判断の理由", "free")
    wrong_purpose: bool = data_field("不正の目的のおそれ", default=False)
    early_on: date | None = optional_field("速報の日")
    final_on: date | None = optional_field("確報の日")
    owners_needed: ReportNeed = data_field("本人への通知", default=ReportNeed.OPEN)
    owners_by: str = text_field("本人への通知を判断した人", "staff")
    owners_on: date | None = optional_field("本人に知らせ終えた日")
    owners_how: str = text_field("本人への通知の方法・理由", "free")
    cause: str = text_field("原因", "free", is_editable=True)
    closed_on: date | None = optional_field("閉じた日")
    closed_how: str = text_field("終わり方", "free")
    closed_by: str = text_field("閉じた人", "staff")
    closed_reason: str = text_field("閉じた理由", "free")


@record
class IncidentNote:
    """One line of the course (when, what, who).

    ``step`` names the first step or the addressee it is about, and ``outcome`` its result (行った, 話した, 不在,
    あとで); both are empty for free text.
    """

    id: Key = 0
    incident_id: Key
    at: RecordedAt
    words: str = data_field("記した言葉", erasing="free")
    by: RecordedBy
    step: str = text_field("相手・措置", "word")
    outcome: str = text_field("結果", "word")


@record
class IncidentMeasure:
    """One preventive measure, with who, by when, and when it was carried out."""

    id: Key = 0
    incident_id: Key
    what: str = data_field("すること", is_editable=True, erasing="free")
    who: str = text_field("担当", "staff", is_editable=True)
    planned_on: date | None = optional_field("予定日", is_editable=True)
    done_on: date | None = optional_field("実施日", is_editable=True)


@record
class IncidentRules:
    """The ward's reporting periods and contacts for incidents, one row a year.

    The day on which it was known is day 1. ``early_from`` to ``early_to`` days: 速報; ``final_days``: 確報;
    ``long_days``: 確報 of what may have been done on purpose (個人情報保護法68条, 同施行規則44条).
    ``parties`` are those to inform at once, by name, with the telephone.
    """

    id: Key = 0
    programme_id: Key
    early_from: int = data_field("速報の目安", unit="日", is_editable=True, default=3)
    early_to: int = data_field("速報の期限", unit="日", is_editable=True, default=5)
    final_days: int = data_field("確報の期限", unit="日", is_editable=True, default=30)
    long_days: int = data_field("確報の期限（不正の目的）", unit="日", is_editable=True, default=60)
    parties: dict[str, str] = data_field("知らせる相手と電話", erasing="staff", default_factory=dict)
