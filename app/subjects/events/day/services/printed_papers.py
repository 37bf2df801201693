"""When each paper of the day left, and whether it still says what is so; the paper itself is compared, as it is now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from app.acts.refusal import Refusal
from app.calendar.dates import short_date
from app.papers.rules.notification import changes
from app.papers.services.editions import says_the_same
from app.papers.services.paper_kind import FINGERPRINT, paper_of
from app.papers.services.paper_scope import PaperScope
from app.papers.services.tells import standing_rows
from app.subjects.events.event.rules.told_facts import course_of_the_day, when_and_where, who_comes
from app.subjects.events.event.services.event_file import EventFile
from app.subjects.events.event.services.tasks.closings import DAY_PAPERS
from db.frozen_record import frozen_record
from db.records.papers import Outgoing
from db.store import Store

_OTHERWISE = "内容が変わりました"


@frozen_record
class PrintedPaper:
    """The newest copy of one paper: when, how (「印刷」「保存」), in how many copies; ``changed`` says what has become
    otherwise since, "" = it still says what is so."""

    at: datetime
    how: str
    copies: int
    changed: str

    def words(self, today: date) -> str:
        """「9:40 印刷」, on another day 「12/7(月) 9:40 印刷」, and 「印刷のあと 名簿 14人 → 15人」."""
        if self.changed:
            return f"{self.how}のあと {self.changed}"
        return f"{moment_words(self.at, today)} {self.how}"


def moment_words(at: datetime, today: date) -> str:
    """「9:40」 of today, else with its day."""
    clock = f"{at.hour}:{at.minute:02d}"
    return clock if at.date() == today else f"{short_date(at.date(), today)} {clock}"


def printed_papers(
    store: Store, file: EventFile, kinds: Collection[str], now: datetime, *, compare: bool
) -> Mapping[str, PrintedPaper]:
    """Return the newest copy of each kind that was printed or saved for others and not taken back.

    Args:
        compare: hold each against what it would say now; once the day is over nothing is printed any more.
    """
    newest: dict[str, Outgoing] = {}
    for row in standing_rows(file.issued):
        if row.document_kind in kinds:
            newest[row.document_kind] = row
    told = {"": ""} if not newest or not compare else _facts(file)
    return {
        kind: PrintedPaper(
            at=row.at,
            how="印刷" if row.way == "印刷" else "保存",
            copies=row.copies,
            changed=_changed(store, file, row, told, now) if compare else "",
        )
        for kind, row in newest.items()
    }


def _facts(file: EventFile) -> dict[str, str]:
    return (
        who_comes(file.entries, file.names) | course_of_the_day(file.agenda) | when_and_where(file.event, file.agenda)
    )


def _changed(store: Store, file: EventFile, row: Outgoing, facts: Mapping[str, str], now: datetime) -> str:
    kept = row.detail.get(FINGERPRINT)
    scope = PaperScope(event_id=file.event.id)
    if kept is None:
        return ""
    try:
        content = paper_of(scope, row.document_kind).build(store, scope, now)
    except Refusal as problem:
        return problem.happened
    if says_the_same(kept, content):
        return ""
    said = [one.words for one in changes(row.facts.get(DAY_PAPERS, {}), facts)]
    return "・".join(said) or _OTHERWISE
