"""What 資料確認結果通知 tells the contractor: of each handout the version that was judged and its result."""

from __future__ import annotations

from typing import Final

from app.papers.rules.telling import VERSION, Matter
from app.papers.services.paper_kind import PaperSubject
from app.papers.services.tells import CONTRACTOR, Tells
from app.subjects.events.services.event_file import MaterialFile, handout_key
from app.subjects.events.services.event_paper import course_of
from app.subjects.materials.papers.material_result import KIND


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


TELLS: Final = (Tells(papers=(KIND,), party=CONTRACTOR, matters=matters),)
