"""Gathers from the records what the texts of letters and recruitment papers are worded from.

- ``gather(store, event) -> LetterFacts``
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from app.papers.paper import KIND_TITLE, event_name, place
from app.programme.services.programme import office_calendar, programme_of_event
from app.refusal import Refusal
from app.subjects.events.rules.recruitment import step_due
from app.subjects.events.rules.taking_part import is_coming
from app.subjects.letters.rules.letter_facts import LetterFacts, absence_day
from app.subjects.roster.services.selection_terms import last_choice
from db.records.calls import ChangeDecision
from db.records.events import AgendaItem, Event, RecruitmentStep
from db.records.roster import Entry
from db.records.venues import Venue
from db.store import Store
from db.tables import calls, events, roster, venues

_AROUND = re.compile("あいさつ|挨拶|休憩|アンケート|開会|閉会|受付|事務連絡|片付け|準備")
_OPENS, _CLOSES = ("受付開始", "申込開始"), ("受付締切", "申込締切", "締切")


def gather(store: Store, *, event: Event, on: date | None = None) -> LetterFacts:
    """Return what is known about an event for its letters.

    Args:
        on: the 発信日, whose 所属 stands as 問合せ先; None = the one set last.

    Raises:
        Refusal: the year has not been started yet.
    """
    view = programme_of_event(store, event, on=on)
    calendar = office_calendar(store)
    entries = roster.entries(store.database, event.id)
    choice = last_choice(store.database, event.id)
    steps = events.steps(store.database, event.id)
    numbers = view.numbers.get(event.kind)
    if numbers is None:
        raise Refusal("この種別の仕様の数が、まだ決まっていません。", "「設定」の仕様の数を確かめてください。")

    def due(names: Iterable[str]) -> RecruitmentStep | None:
        return next((step for name in names for step in steps if name in step.name), None)

    opens, closes = due(_OPENS), due(_CLOSES)
    return LetterFacts(
        event=event,
        name=event_name(event, with_organisation=False),
        title=_title(event),
        numbers=numbers,
        programme=view.programme,
        office=view.office,
        place=_place(event, venues.venues(store.database)),
        content=_content(event, events.agenda(store.database, event.id)),
        absence_by=absence_day(event, numbers, view.programme, calendar),
        apply_from=step_due(opens, event.event_date, calendar) if opens else None,
        apply_by=step_due(closes, event.event_date, calendar) if closes else None,
        method=choice.method if choice is not None else "",
        # A substitute came without an application of his own; whoever told not to come gets no letter.
        applied=_count(row for row in entries if not row.walk_in and row.substitute_for is None),
        chosen=_count(row for row in entries if is_coming(row)),
        refused=sum(row.state in ("落選", "補欠") for row in entries),
        decision=newest_decision(store, event.id),
    )


def newest_decision(store: Store, event_id: int) -> ChangeDecision | None:
    """Return the newest decision about a 中止 or a change, or None."""
    found = calls.decisions(store.database, event_id)
    return found[-1] if found else None


def _count(entries: Iterable[Entry]) -> tuple[int, int]:
    rows = list(entries)
    return len(rows), len({row.organisation_id or row.organisation_name for row in rows})


def _place(event: Event, known: Iterable[Venue]) -> str:
    """Venue and room, then the address and the way there where the venue is in the register."""
    lines = [place(event)]
    fitting = [one for one in known if one.name == event.venue]
    same = [one for one in fitting if one.room == event.room] or fitting
    if same:
        way = f"（{same[0].access.strip()}）" if same[0].access.strip() and same[0].address.strip() else same[0].access
        lines.append(f"{same[0].address.strip()}{way}")
    return "\n".join(line.strip() for line in lines if line.strip())


def _title(event: Event) -> str:
    """What the event is called in a headline: its subject, or the programme's name where it has none of its own."""
    plain = event.kind == "意見交換会" and event.subject in ("", "意見交換会")
    return KIND_TITLE[event.kind] if plain or not event.subject else event.subject


def _content(event: Event, agenda: Iterable[AgendaItem]) -> str:
    if event.content.strip():
        return event.content.strip()
    titles = [item.title for item in agenda if item.minutes and not _AROUND.search(item.title)]
    return "、".join(dict.fromkeys(titles))
