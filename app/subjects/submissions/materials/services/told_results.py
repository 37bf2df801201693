"""What 資料確認結果通知 tells the contractor: of each handout the version that was judged and its result."""

from __future__ import annotations

from typing import Final

from app.calendar.dates import short_date
from app.common.together import together
from app.papers.rules.notification import VERSION, Matter
from app.papers.services.paper_kind import PaperSubject
from app.papers.services.tells import CONTRACTOR, Tells
from app.subjects.events.event.services.event_file import MaterialFile, handout_key
from app.subjects.events.event.services.event_paper import course_of
from app.subjects.submissions.materials.papers.material_result import KIND
from app.subjects.submissions.materials.services.materials import looked_words
from db.records.submissions.materials import MaterialVersion


def matters(subject: PaperSubject) -> tuple[Matter, ...]:
    """Return every handout whose result is known, in its newest judged version; a notice is for that version alone."""
    found = (_matter(one) for one in course_of(subject).materials)
    return tuple(one for one in found if one is not None)


def _matter(handout: MaterialFile) -> Matter | None:
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
        paper=KIND,
        since=version.result_on,
    )


def _judged(subject: PaperSubject, matter: Matter) -> tuple[MaterialFile, MaterialVersion]:
    handout = next(one for one in course_of(subject).materials if handout_key(one.material.id) == matter.key)
    return handout, next(one for one in handout.versions if one.version == matter.version)


def _looked(subject: PaperSubject, matter: Matter) -> str:
    """「18 / 18ページ　指摘 3件（必須 2・お願い 1）」."""
    handout, version = _judged(subject, matter)
    found = handout.findings_on(version)
    must = sum(one.duty == "必須" for one in found)
    counted = f"指摘 {len(found)}件（必須 {must}・お願い {len(found) - must}）"
    return together(looked_words(version), counted)


def _decided(subject: PaperSubject, matter: Matter) -> str:
    """「再提出　12/8(火) 見本　花子」."""
    _handout, version = _judged(subject, matter)
    day = short_date(version.result_on) if version.result_on is not None else ""
    return together(version.result or "", f"{day} {version.result_by}".strip())


def _goes(subject: PaperSubject, matter: Matter) -> str:
    _handout, version = _judged(subject, matter)
    if version.result == "確認済":
        return "この件は「済」へ移ります。"
    return f"この件は「受託者待ち」へ移り、第{version.version + 1}版を待ちます。"


TELLS: Final = (Tells(papers=(KIND,), party=CONTRACTOR, matters=matters, looked=_looked, decided=_decided, goes=_goes),)
