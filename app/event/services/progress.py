"""Counts each kind of event against the 仕様書: held, dated and undated ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.documents.event_phase import EventPhase
from app.event.services.event_records import EventRecords
from app.programme.rules import about
from db.name_key import organisation_key
from db.record import record
from db.records.events import Event
from db.records.programme import EventKind, Kind


@record
class Progress:
    """Progress of one kind against the specification, in its unit: events (回), or 団体 where it counts these.

    Attributes:
        done: held, with a result; ``planned``: 予定 with a date; ``spec``: the number in the 仕様書.
        past: its day is over and no result is recorded.
        undecided: without a date (also after a 延期), or not yet entered although the 仕様書 asks for them.
        spec_words: 「7回程度」「3団体・3日程度」「全2回」.
    """

    kind: Kind
    name: str
    done: int
    planned: int
    past: int
    undecided: int
    spec: int
    spec_words: str


def progress(event_records: Sequence[EventRecords], numbers: EventKind, today: date) -> Progress:
    """Return the progress of one kind, without events that are off and those broken off that do not count.

    ``undecided`` includes those not yet entered.
    """
    known = [
        (file.event, file.phase(today))
        for file in event_records
        if file.event.kind == numbers.kind and not file.is_left_out
    ]
    mine = [event for event, phase in known if phase.counts]
    held = [event for event, phase in known if phase is EventPhase.HELD]
    over = [event for event, phase in known if phase is EventPhase.RESULT_MISSING]
    dated = [event for event, phase in known if phase.will_be_held]
    if numbers.counted.by_organisation:
        # 仕様書4(2)ウ counts 団体: two days at one 団体 count once, and the days are shown beside.
        served = {visited_key(event) for event in held}
        coming = {visited_key(event) for event in dated} - served
        missing = {visited_key(event) for event in over} - served - coming
        everyone = {visited_key(event) for event in mine}
        done, planned, past, count = len(served), len(coming), len(missing), len(everyone)
    else:
        done, planned, past, count = len(held), len(dated), len(over), len(mine)
    whole = "全" if numbers.strict else ""
    return Progress(
        kind=numbers.kind,
        name=numbers.name_in_text,
        done=done,
        planned=planned,
        past=past,
        undecided=max(count, numbers.planned) - done - planned - past,
        spec=numbers.planned,
        spec_words=f"{whole}{numbers.planned}{numbers.planned_unit}{_days_words(numbers, held)}{about(numbers.strict)}",
    )


def visited_key(event: Event) -> int | str:
    """Return the key by which the 団体 of a visit is counted; the subject stands for one without a name."""
    return organisation_key(event.organisation_id, event.organisation_name or event.subject)


def _days_words(numbers: EventKind, held: Sequence[Event]) -> str:
    """Return 「・3日」 where the specification also counts days; held days are added if they differ from the 団体."""
    if not numbers.counted.by_organisation or numbers.days is None:
        return ""
    days = len({event.event_date for event in held})
    served = len({visited_key(event) for event in held})
    told = f"（実施{days}日）" if days != served else ""
    return f"・{numbers.days}日{told}"
