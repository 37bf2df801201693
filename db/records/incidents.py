"""Information security incidents, with their course, decisions and preventive measures."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from db.fields import Key, RecordedAt, RecordedBy, Spec
from db.record import one_of, record


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
    number: Annotated[int, Spec("号")]
    title: Annotated[str, Spec("何が起きたか", is_editable=True, erasing="free")]
    place: Annotated[IncidentLocation, Spec("どこで起きたか", is_editable=True)] = IncidentLocation.WARD
    sort: Annotated[IncidentSort, Spec("種別", is_editable=True)] = IncidentSort.SUSPECTED_INCIDENT
    event_id: Annotated[int | None, Spec("実施回", is_editable=True, is_hidden=True)] = None
    origin: Annotated[str, Spec("始まりの記録", is_editable=True, erasing="word")] = ""
    known_at: Annotated[datetime, Spec("把握した日時")]
    known_by: Annotated[str, Spec("把握した人", is_editable=True, erasing="staff")] = ""
    happened: Annotated[str, Spec("発生した日時", is_editable=True, erasing="free")] = ""
    what: Annotated[str, Spec("内容", is_editable=True, erasing="free")] = ""
    amount: Annotated[str, Spec("数量", is_editable=True, erasing="free")] = ""
    people: Annotated[int | None, Spec("対象の人数", unit="人", is_editable=True)] = None
    spot: Annotated[str, Spec("発生場所", is_editable=True, erasing="free")] = ""
    course: Annotated[str, Spec("発生状況", is_editable=True, erasing="free")] = ""
    needed: Annotated[ReportNeed, Spec("委員会への報告")] = ReportNeed.OPEN
    needed_by: Annotated[str, Spec("判断した人", erasing="staff")] = ""
    needed_on: Annotated[date | None, Spec("判断した日")] = None
    needed_reason: Annotated[str, Spec("判断の理由", erasing="free")] = ""
    wrong_purpose: Annotated[bool, Spec("不正の目的のおそれ")] = False
    early_on: Annotated[date | None, Spec("速報の日")] = None
    final_on: Annotated[date | None, Spec("確報の日")] = None
    owners_needed: Annotated[ReportNeed, Spec("本人への通知")] = ReportNeed.OPEN
    owners_by: Annotated[str, Spec("本人への通知を判断した人", erasing="staff")] = ""
    owners_on: Annotated[date | None, Spec("本人に知らせ終えた日")] = None
    owners_how: Annotated[str, Spec("本人への通知の方法・理由", erasing="free")] = ""
    cause: Annotated[str, Spec("原因", is_editable=True, erasing="free")] = ""
    closed_on: Annotated[date | None, Spec("閉じた日")] = None
    closed_how: Annotated[str, Spec("終わり方", erasing="free")] = ""
    closed_by: Annotated[str, Spec("閉じた人", erasing="staff")] = ""
    closed_reason: Annotated[str, Spec("閉じた理由", erasing="free")] = ""


@record
class IncidentNote:
    """One line of the course (when, what, who).

    ``step`` names the first step or the addressee it is about, and ``outcome`` its result (行った, 話した, 不在,
    あとで); both are empty for free text.
    """

    id: Key = 0
    incident_id: Key
    at: RecordedAt
    words: Annotated[str, Spec("記した言葉", erasing="free")]
    by: RecordedBy
    step: Annotated[str, Spec("相手・措置", erasing="word")] = ""
    outcome: Annotated[str, Spec("結果", erasing="word")] = ""


@record
class IncidentMeasure:
    """One preventive measure, with who, by when, and when it was carried out."""

    id: Key = 0
    incident_id: Key
    what: Annotated[str, Spec("すること", is_editable=True, erasing="free")]
    who: Annotated[str, Spec("担当", is_editable=True, erasing="staff")] = ""
    planned_on: Annotated[date | None, Spec("予定日", is_editable=True)] = None
    done_on: Annotated[date | None, Spec("実施日", is_editable=True)] = None


@record
class IncidentRules:
    """The ward's reporting periods and contacts for incidents, one row a year.

    The day on which it was known is day 1. ``early_from`` to ``early_to`` days: 速報; ``final_days``: 確報;
    ``long_days``: 確報 of what may have been done on purpose (個人情報保護法68条, 同施行規則44条).
    ``parties`` are those to inform at once, by name, with the telephone.
    """

    id: Key = 0
    programme_id: Key
    early_from: Annotated[int, Spec("速報の目安", unit="日", is_editable=True)] = 3
    early_to: Annotated[int, Spec("速報の期限", unit="日", is_editable=True)] = 5
    final_days: Annotated[int, Spec("確報の期限", unit="日", is_editable=True)] = 30
    long_days: Annotated[int, Spec("確報の期限（不正の目的）", unit="日", is_editable=True)] = 60
    parties: Annotated[dict[str, str], Spec("知らせる相手と電話", erasing="staff")] = field(default_factory=dict)
