"""The list of an event's handouts, grouped by urgency, with the state of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.calendar.dates import short_date
from app.event.rules.copies import CopiesNeeded, copies_to_prepare
from app.event.rules.deadline_states import end_of_week
from app.event.rules.deadlines import MATERIAL
from app.event.rules.expected_attendance import headcount_totals
from app.event.rules.held_events import has_result
from app.event.rules.target_dates import DRAFT_MATERIALS
from app.event.services.event_records import EventRecords, MaterialRecords, handout_key, read_event_records
from app.event.services.tasks.deadlines import read_event_year
from app.event.services.tasks.event_tasks import YearContext, tasks_of
from app.event.services.tasks.task import Task
from db.query_cache import cached_queries
from db.record import record
from db.records.programme import Kind
from db.records.submissions.materials import Material, MaterialVersion
from db.store import Store

REVIEWING = "区が確認中"


UNTOLD = "結果未通知"
"""A corrected version is needed, but the contractor was not notified, so it is the ward's turn."""


RESUBMIT = "再提出待ち"


NOT_RECEIVED = "受領前"


CONFIRMED = "確認済"


USABLE = "修正後使用可"


THIS_WEEK, LATER, ENDED = "今週までの期限", "来週から", "終わったもの"


@record
class BoardRow:
    """One handout in the list.

    ``material_id`` 0 stands for an event whose handouts nobody has named yet. ``state`` is one of 区が確認中,
    結果未通知, 再提出待ち, 受領前, 確認済, 修正後使用可. ``urgency`` is the bucket of its deadline, 済 once 確認済.
    ``state_words`` 「9/20(日) 済」, else how its deadline stands; ``findings`` counts those of all versions.
    ``received_words`` 「9/15(火)」, 「目安日 9/24(木)」 or 「—」; ``findings_words`` 「3件 未修正」; ``copies_words``
    「19部」 (確認済 and 修正後使用可 only, else 「—」; 「（仮）」 until the count is notified).
    """

    material_id: int
    event_id: int
    kind: Kind
    event_title: str
    event_date: date | None
    title: str
    due: date | None
    due_words: str
    basis_short: str
    urgency: str
    state_words: str
    version_words: str
    received_on: date | None
    received_words: str
    findings: int
    findings_words: str
    state: str
    copies_words: str
    notified_words: str


@record
class BoardGroup:
    """Rows of one urgency (今週までの期限, 来週から, 終わったもの)."""

    title: str
    rows: tuple[BoardRow, ...]


@record
class MaterialBoard:
    """The groups that have rows."""

    groups: tuple[BoardGroup, ...]

    @property
    def rows(self) -> tuple[BoardRow, ...]:
        """Return all rows in order."""
        return tuple(row for group in self.groups for row in group.rows)


@cached_queries
def read_material_board(store: Store, *, today: date, event_id: int) -> MaterialBoard:
    """Return every handout of an event, grouped by urgency; none if cancelled or without a check."""
    year = read_event_year(store, event_id, today, with_follow_ups=False)
    file = read_event_records(store, event_id)
    none = file.event.status == "中止" or needs_no_check(file)
    week = end_of_week(today)
    groups: dict[str, list[BoardRow]] = {THIS_WEEK: [], LATER: [], ENDED: []}
    for row in () if none else _rows(file, year):
        ended = row.state == CONFIRMED
        groups[ENDED if ended else THIS_WEEK if row.due is not None and row.due <= week else LATER].append(row)
    return MaterialBoard(
        groups=tuple(
            BoardGroup(title=title, rows=tuple(sorted(found, key=lambda row: (row.due or date.max, row.material_id))))
            for title, found in groups.items()
            if found
        )
    )


def state_of(handout: MaterialRecords) -> str:
    """Return the state of a handout, which says whose turn it is: a result counts only once it was notified."""
    latest = handout.latest
    if latest is None:
        return NOT_RECEIVED
    if latest.result is None:
        return REVIEWING
    if handout.not_notified:
        return UNTOLD
    return RESUBMIT if latest.result == "再提出" else latest.result


def needs_no_check(records: EventRecords) -> bool:
    """Return whether the event uses only the handouts of the 講習会 (派遣), so that none is checked."""
    return not records.materials_needed


def _rows(records: EventRecords, year: YearContext) -> list[BoardRow]:
    """Return a row for each handout of an event, or one 「資料は未登録」."""
    tasks: Sequence[Task] = tasks_of(records, year)
    due = next((row for row in tasks if row.task == MATERIAL), None)
    draft = next((row for row in tasks if row.task == DRAFT_MATERIALS), None)
    missing = MaterialRecords(material=Material(event_id=records.event.id, position=0, title="資料は未登録"))
    return [_row(records, handout, due, draft, year) for handout in records.materials or (missing,)]


def _row(
    records: EventRecords, handout: MaterialRecords, due: Task | None, draft: Task | None, year: YearContext
) -> BoardRow:
    """Return the row of one handout: whose turn it is and by when."""
    latest, today, event = handout.latest, year.today, records.event
    state = state_of(handout)
    # Findings stay with the version they were written on; what is still open on any of them counts.
    everything = handout.findings
    still_open = sum(not row.resolved for row in everything) if state != CONFIRMED else 0
    if latest is not None:
        received = short_date(latest.received_on, today)
    else:
        received = f"目安日 {short_date(draft.due, today)}" if draft and draft.due else "—"
    copies, final = copies_of(records)
    shows_copies = state in (CONFIRMED, USABLE) and copies.people > 0
    done = handout.confirmed_on
    return BoardRow(
        material_id=handout.material.id,
        event_id=event.id,
        kind=event.kind,
        event_title=event.full_title,
        event_date=event.event_date,
        title=handout.material.title,
        due=due.due if due else None,
        due_words=short_date(due.due, today) if due and due.due else "日程未定",
        basis_short=due.basis_short if due else "",
        urgency="済" if done else due.bucket if due else "来週から",
        state_words=f"{short_date(done, today)} 済" if done else due.short_words if due else "",
        version_words=f"第{latest.version}版" if latest else "—",
        received_on=latest.received_on if latest else None,
        received_words=received,
        findings=len(everything),
        findings_words=_findings_words(latest, len(everything), still_open),
        state=state,
        copies_words=f"{copies.total}部{'' if final else '（仮）'}" if shows_copies else "—",
        notified_words=notified_words(records, handout, today),
    )


def _findings_words(latest: MaterialVersion | None, count: int, still_open: int) -> str:
    """Return 「3件 未修正」 while findings are open, else 「5件 修正済」; 「0件」 for none, 「—」 before a version."""
    if latest is None:
        return "—"
    if count == 0:
        return "0件"
    return f"{still_open}件 未修正" if still_open else f"{count}件 修正済"


def copies_of(records: EventRecords) -> tuple[CopiesNeeded, bool]:
    """Return the copies needed, and whether they are final.

    They are for the notified number of people (final), unless a newer notice not yet sent or the expected number says
    another.
    """
    draft = next((row.people for row in records.notices if row.notified_on is None), None)
    return copies_to_prepare(
        records.notified_headcount.people if records.notified_headcount is not None else None,
        headcount_totals(records.expected).people,
        draft_people=draft,
        held=has_result(records.event),
    )


def notified_words(records: EventRecords, handout: MaterialRecords, today: date) -> str:
    """Return the newest version's notification in words: 「9/14(月) 通知」, 「通知のあとに変更」, 「未通知」.

    「見送り」 if somebody decided not to notify; "" before there is a result.
    """
    latest = handout.latest
    if latest is None or latest.result is None:
        return ""
    mine = [
        one.matter_status
        for one in records.notification_lines
        if one.matter_status.matter.key == handout_key(handout.material.id)
    ]
    about = [one for one in mine if one.matter.version == latest.version]
    told = next(
        (
            one
            for one in about
            if one.notification is not None
            and one.notification.is_notified
            and one.notification.version == latest.version
        ),
        None,
    )
    if told is None or told.notification is None:
        return "見送り" if any(one.status == "見送り" for one in about) else "未通知"
    return "通知のあとに変更" if told.status == "変更あり" else f"{short_date(told.notification.told_on, today)} 通知"
