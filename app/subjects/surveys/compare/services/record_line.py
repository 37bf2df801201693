"""実績の一行: what the year came to, in one line to copy, always saying which number is 延べ and which 実.

``read_record_line(store, today) -> RecordLine``
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from app.calendar.dates import long_date_plain
from app.calendar.wareki import fiscal_year_words
from app.programme.services.programme import read_programme
from app.subjects.roster.rules.record_counts import RecordCounts, record_counts
from db.records.events import Event
from db.records.roster import Entry
from db.store import Store
from db.tables import events, roster

_WORDS = {"講習会": "講習会", "派遣": "アドバイザー派遣", "意見交換会": "意見交換会"}
MEANING = "延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたもの。"


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """The line, the numbers by kind of event with all together last, and what the reader must know of them."""

    line: str
    rows: tuple[tuple[str, RecordCounts], ...]
    notes: tuple[str, ...]


def read_record_line(store: Store, *, today: date, fiscal_year: int | None = None) -> RecordLine:
    """Return the line for everything of a year held up to ``today``, from the attendance of the rosters."""
    programme = read_programme(store, fiscal_year=fiscal_year).programme
    held = [
        event
        for event in events.all_of(store.database, programme.id)
        if event.status == "実施済" and event.event_date is not None and event.event_date <= today
    ]
    entries: dict[int, list[Entry]] = defaultdict(list)
    for entry in roster.all_entries(store.database):
        entries[entry.event_id].append(entry)
    results = {event.id: found for event in held if (found := events.result(store.database, event.id)) is not None}

    def count(chosen: list[Event]) -> RecordCounts:
        return record_counts(chosen, entries, results)

    kinds = [kind for kind in _WORDS if any(event.kind == kind for event in held)]
    rows = [(_WORDS[kind], count([event for event in held if event.kind == kind])) for kind in kinds]
    whole = count(held)
    head = f"{fiscal_year_words(programme.fiscal_year)}（{long_date_plain(today)}現在）"
    if not held:
        return RecordLine(line=f"{head}　実施した回はまだない。", rows=(), notes=())
    times = "、".join(f"{name}{found.events}回" for name, found in rows)
    part = f"（名簿のある{whole.from_roster}回分）" if whole.typed else ""
    line = (
        f"{head}　{times}　計{whole.events}回　延べ人数{whole.visits}人・実人数{whole.people}人{part}、"
        f"延べ団体{whole.group_visits}団体・実団体{whole.groups}団体{part}。{MEANING}出席の記録による。"
    )
    return RecordLine(line=line, rows=(*rows, ("計", whole)), notes=_notes(whole))


def _notes(whole: RecordCounts) -> tuple[str, ...]:
    notes = []
    if whole.typed:
        notes.append(
            f"実人数と実団体は、名簿で出席を記録した{whole.from_roster}回（延べ{whole.covered}人）だけで数えた。"
            f"ほかの{whole.typed}回は人数だけの記録のため、延べにだけ入れた。"
        )
    if whole.unknown:
        notes.append(f"出席者数の記録がない{whole.unknown}回は入っていない。")
    if whole.unnamed:
        notes.append(f"氏名未定のまま出席した{whole.unnamed}人は、別々の人として数えた。")
    return tuple(notes)
