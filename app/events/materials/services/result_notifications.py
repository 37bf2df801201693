"""The notification of 資料確認結果通知, with judged version and result of each handout."""

from __future__ import annotations

from app.calendar.dates import short_date_or
from app.common.join_nonempty import join_nonempty
from app.documents.rules import VERSION, Matter
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.notification_kinds import CONTRACTOR, NotificationKind
from app.event.services.event_document import core_records_of
from app.event.services.event_records import MaterialRecords, handout_key
from app.events.materials.documents import RESULT_KIND
from app.events.materials.services.materials import is_viewed, viewed_pages_words
from db.records.submissions.materials import MaterialVersion


def matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return a matter for every handout with a result, in its newest judged version."""
    found = (_matter(one) for one in core_records_of(subject).materials)
    return tuple(one for one in found if one is not None)


def _matter(handout: MaterialRecords) -> Matter | None:
    """Return the newest result as a matter to notify, None before there is one."""
    judged = [version for version in handout.versions if version.result]
    if not judged:
        return None
    version = judged[-1]
    findings = handout.findings_on(version)
    return Matter(
        key=handout_key(handout.material.id),
        version=version.version,
        title=f"{handout.material.title} 第{version.version}版",
        facts={VERSION: f"第{version.version}版", "結果": version.result or "", "指摘": f"{len(findings)}件"},
        document_kind=RESULT_KIND,
        since=version.result_on,
    )


def _judged(subject: DocumentSubject, matter: Matter) -> tuple[MaterialRecords, MaterialVersion]:
    handout = next(one for one in core_records_of(subject).materials if handout_key(one.material.id) == matter.key)
    return handout, next(one for one in handout.versions if one.version == matter.version)


def _viewed_words(subject: DocumentSubject, matter: Matter) -> str:
    """Return viewed pages and the findings of the notice (「18 / 18ページ　指摘 3件（必須 2・お願い 1）」)."""
    handout, version = _judged(subject, matter)
    found = handout.findings_to_answer(version)
    must = sum(one.duty.is_required for one in found)
    counted = f"指摘 {len(found)}件（必須 {must}・お願い {len(found) - must}）"
    return join_nonempty(viewed_pages_words(version), counted)


def _result_words(subject: DocumentSubject, matter: Matter) -> str:
    """Return result, day and person in words (「再提出　12/8(火) 見本　花子」)."""
    _handout, version = _judged(subject, matter)
    day = short_date_or("", version.result_on)
    return join_nonempty(version.result or "", f"{day} {version.result_by}".strip())


def _next_state_words(subject: DocumentSubject, matter: Matter) -> str:
    """Return what happens to the matter once its result is told."""
    _handout, version = _judged(subject, matter)
    if version.is_checked:
        return "この件は「済」へ移ります。"
    return f"この件は「受託者待ち」へ移り、第{version.version + 1}版を待ちます。"


NOTIFICATIONS = (
    NotificationKind(
        document_names=(RESULT_KIND,),
        usual_party=CONTRACTOR,
        matters=matters,
        viewed_words=_viewed_words,
        is_viewed=lambda subject, matter: is_viewed(_judged(subject, matter)[1]),
        decided_words=_result_words,
        next_place_words=_next_state_words,
    ),
)
