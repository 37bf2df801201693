"""Information security incidents, with their course, decisions and preventive measures."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from db.fields import Key, RecordedAt, RecordedBy
from db.record import data_field, one_of, record


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
    event_id: int | None = data_field("実施回", is_editable=True, is_hidden=True, default=None)
    origin: str = data_field("始まりの記録", is_editable=True, erasing="word", default="")
    known_at: datetime = data_field("把握した日時")
    known_by: str = data_field("把握した人", is_editable=True, erasing="staff", default="")
    happened: str = data_field("発生した日時", is_editable=True, erasing="free", default="")
    what: str = data_field("内容", is_editable=True, erasing="free", default="")
    amount: str = data_field("数量", is_editable=True, erasing="free", default="")
    people: int | None = data_field("対象の人数", unit="人", is_editable=True, default=None)
    spot: str = data_field("発生場所", is_editable=True, erasing="free", default="")
    course: str = data_field("発生状況", is_editable=True, erasing="free", default="")
    needed: ReportNeed = data_field("委員会への報告", default=ReportNeed.OPEN)
    needed_by: str = data_field("判断した人", erasing="staff", default="")
    needed_on: date | None = data_field("判断した日", default=None)
    needed_reason: str = data_field("判断の理由", erasing="free", default="")
    wrong_purpose: bool = data_field("不正の目的のおそれ", default=False)
    early_on: date | None = data_field("速報の日", default=None)
    final_on: date | None = data_field("確報の日", default=None)
    owners_needed: ReportNeed = data_field("本人への通知", default=ReportNeed.OPEN)
    owners_by: str = data_field("本人への通知を判断した人", erasing="staff", default="")
    owners_on: date | None = data_field("本人に知らせ終えた日", default=None)
    owners_how: str = data_field("本人への通知の方法・理由", erasing="free", default="")
    cause: str = data_field("原因", is_editable=True, erasing="free", default="")
    closed_on: date | None = data_field("閉じた日", default=None)
    closed_how: str = data_field("終わり方", erasing="free", default="")
    closed_by: str = data_field("閉じた人", erasing="staff", default="")
    closed_reason: str = data_field("閉じた理由", erasing="free", default="")


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
    step: str = data_field("相手・措置", erasing="word", default="")
    outcome: str = data_field("結果", erasing="word", default="")


@record
class IncidentMeasure:
    """One preventive measure, with who, by when, and when it was carried out."""

    id: Key = 0
    incident_id: Key
    what: str = data_field("すること", is_editable=True, erasing="free")
    who: str = data_field("担当", is_editable=True, erasing="staff", default="")
    planned_on: date | None = data_field("予定日", is_editable=True, default=None)
    done_on: date | None = data_field("実施日", is_editable=True, default=None)


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
