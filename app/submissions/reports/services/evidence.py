"""A chapter of an event's newest 実施報告書 form as evidence for the 提案書."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.common.join_nonempty import join_nonempty
from app.documents.document_frame import event_code
from app.programme.services import kinds_of_events
from app.submissions.reports.rules.report_points import Section, newest_report, outline
from app.year.dates.services import CurrentEvidence, EvidenceSource
from db.record import group_by_key
from db.records.events import Event
from db.records.programme import Programme
from db.records.submissions.reports import Report
from db.records.year.proposal import EvidenceSort
from db.rows import rows_by_id
from db.store import Store
from db.tables.reports import reports_of_events

KIND = "報告書の章"
_TALKED = "班"
"""The typed part on the discussion of the 班."""


def key_of(event_id: int, title: str) -> str:
    """Return the key of a chapter: the id of its event and its title (「12:講師所感」)."""
    return f"{event_id}:{title}"


def read_chapters(store: Store, keys: Sequence[str]) -> Mapping[str, CurrentEvidence]:
    """Return the current words of the chapters with these keys; empty ones are left out."""
    database = store.database
    wanted = [(int(key.split(":", 1)[0]), key.split(":", 1)[1]) for key in keys]
    events = rows_by_id(database, Event, id=[event_id for event_id, _title in wanted])
    years = rows_by_id(database, Programme)
    made = group_by_key((one.event_id, one) for one in reports_of_events(database, list(events)))
    kinds = kinds_of_events(database, list(events.values()))
    found = {}
    for event_id, title in wanted:
        event, report = events.get(event_id), newest_report(made.get(event_id, []), "作成")
        if event is None or report is None:
            continue
        sections = outline(kinds[event_id])
        section = next((each for each in sections if each.title == title), None)
        said = _chapter_words(section, report) if section is not None else ""
        if section is None or not said:
            continue
        code = event_code(years[event.programme_id], event, kinds[event_id])
        found[key_of(event_id, title)] = CurrentEvidence(
            sort=EvidenceSort.DISCUSSION if _TALKED in section.keys else EvidenceSort.REPORT,
            said=said,
            source=f"{code}-報告　{section.words}{_state(report)}",
            day=event.event_date,
            programme_id=event.programme_id,
        )
    return found


def _state(report: Report) -> str:
    return "" if report.contractor_confirmed_on is not None else "（受託者確認前）"


def _chapter_words(section: Section, report: Report) -> str:
    """Return typed texts and table rows of a chapter as one line."""
    parts = []
    for key in section.keys:
        if text := report.body.get(key, "").strip():
            parts.append(" ".join(text.split("\n")))
        parts += [join_nonempty(*row, separator="、") for row in report.tables.get(key, ()) if any(row)]
    return "　".join(parts)


SOURCE = EvidenceSource(kind=KIND, read=read_chapters)
