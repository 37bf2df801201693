"""How far the year is: the event that comes next, and each kind against the specification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.calendar.dates import short_date
from app.subjects.events.rules.preparation import preparation_count
from app.subjects.events.services.event_file import EventFile
from app.subjects.events.services.event_preparation import preparation_of
from app.subjects.events.services.event_tasks import Year
from db.records.events import Event
from db.records.programme import Kind, KindNumbers

_KIND_NAMES: dict[Kind, str] = {"講習会": "講習会", "派遣": "アドバイザー派遣", "意見交換会": "意見交換会"}


@dataclass(frozen=True, kw_only=True)
class NextEvent:
    """The event that comes next: 「あと8日・開庁日 3日」, people and how far it is prepared."""

    event_id: int
    kind: Kind
    title: str
    date_words: str
    time_words: str
    venue_words: str
    days_words: str
    people_words: str
    prepared: int
    prepared_of: int


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far one kind is against the specification: number first, then blocks.

    ``done``, ``planned`` (with a date) and ``undecided`` (without, or still missing) are numbers of blocks;
    ``spec_words`` 「7回程度」「3団体・3日程度」「全2回」; ``strict`` True where the number has no 程度.
    """

    kind: Kind
    name: str
    done: int
    planned: int
    undecided: int
    spec: int
    spec_words: str
    strict: bool


def next_event(files: Sequence[EventFile], year: Year) -> NextEvent | None:
    """The first event still 予定 from today on."""
    for file in files:
        event = file.event
        if event.status != "予定" or event.event_date is None or event.event_date < year.today:
            continue
        done, total = preparation_count(preparation_of(file, year))
        open_days = year.calendar.open_days_between(year.today, event.event_date)
        days = (event.event_date - year.today).days
        return NextEvent(
            event_id=event.id,
            kind=event.kind,
            title=event.full_title,
            date_words=short_date(event.event_date, year.today),
            time_words=f"{event.start_time}–{event.end_time}",
            venue_words=" ".join(part for part in (event.venue, event.room) if part),
            days_words=f"あと{days}日・開庁日 {open_days}日" if days else "本日",
            people_words=f"{file.people}人" if file.people else "まだありません",
            prepared=done,
            prepared_of=total,
        )
    return None


def progress(files: Sequence[EventFile], numbers: KindNumbers) -> Progress:
    """Blocks of one kind; events still missing against the specification are 日程未定."""
    mine = [file.event for file in files if file.event.kind == numbers.kind and file.event.status != "中止"]
    held = [event for event in mine if event.status == "実施済"]
    dated = [event for event in mine if event.status == "予定" and event.event_date is not None]
    if numbers.planned_unit == "団体":
        # 仕様書4(2)ウ counts 団体: two days at one 団体 are one, and its days are told beside.
        served = {event.organisation_name or event.subject for event in held}
        coming = {event.organisation_name or event.subject for event in dated} - served
        everyone = {event.organisation_name or event.subject for event in mine}
        done, planned, known = len(served), len(coming), len(everyone)
    else:
        done, planned, known = len(held), len(dated), len(mine)
    undecided = max(known - done - planned, numbers.planned - done - planned)
    about = "" if numbers.strict else "程度"
    whole = "全" if numbers.strict else ""
    return Progress(
        kind=numbers.kind,
        name=_KIND_NAMES[numbers.kind],
        done=done,
        planned=planned,
        undecided=undecided,
        spec=numbers.planned,
        spec_words=f"{whole}{numbers.planned}{numbers.planned_unit}{_days_words(numbers, held)}{about}",
        strict=numbers.strict,
    )


def _days_words(numbers: KindNumbers, held: Sequence[Event]) -> str:
    """「・3日」 where the specification also counts days; the days held are told when they differ from the 団体."""
    if numbers.planned_unit != "団体" or numbers.days is None:
        return ""
    days = len({event.event_date for event in held})
    served = len({event.organisation_name or event.subject for event in held})
    told = f"（実施{days}日）" if days != served else ""
    return f"・{numbers.days}日{told}"
