"""Finds who of an event was told 決定 or 落選 in writing: what was told stays, whatever is drawn later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.common.join_nonempty import join_nonempty
from app.event.rules.change_decisions import REJECTION_LETTER
from app.event.rules.participation import is_coming
from app.event.rules.recruitment import DECISION
from app.event.services.event_notifications import NotifiedDocument, notified_documents, read_notification_rows
from app.event.services.event_records import EventCoreRecords
from app.events.roster.rules import state_and_order
from db.engine import Database
from db.records.events import Event
from db.records.roster import Entry, Selection
from db.tables.roster import selections

TOLD_STAYS = (
    "知らせた枠は、そのまま残ります。区の都合でなくすときは、名簿の「状態」の「決定の取消し」で、"
    "本人の申し出は「辞退」で変えてください。"
)


class ToldPlaces(NamedTuple):
    """By entry the newest 決定通知 that told of a place, held still or not, and the entries told 落選 that are it."""

    decisions: dict[int, NotifiedDocument]
    refused: set[int]

    def words(self, entry: Entry) -> str:
        """Return 「決定通知（8練地協第1234号、11月25日）で知らせた方」, "" for who has no place that was told."""
        letter = self.decisions.get(entry.id)
        if letter is None or not is_coming(entry):
            return ""
        day = f"{letter.dated_on.month}月{letter.dated_on.day}日"
        return f"{letter.kind}（{join_nonempty(letter.document_number, day, separator='、')}）で知らせた方"


def read_told_places(database: Database, event: Event, entries: Sequence[Entry]) -> ToldPlaces:
    """Return who of these entries was told, as ``told_places``."""
    return told_places(read_notification_rows(database, event), entries, selections(database, event.id))


def told_places(records: EventCoreRecords, entries: Sequence[Entry], made: Sequence[Selection]) -> ToldPlaces:
    """Return who of these entries was told; a substitute holds the place that was told to another.

    A letter of which no names were kept told everybody whose outcome it states. A 落選通知 told 補欠, too: they are not
    refused by it, whatever became of them since.
    """
    found = ToldPlaces({}, set())
    for letter in notified_documents(records):
        named = letter.named_ids
        told = [one for one in entries if ({one.id, one.substitute_for} & named if named else one.state.is_decided)]
        if letter.kind == DECISION:
            found.decisions.update({one.id: letter for one in told})
        elif letter.kind == REJECTION_LETTER:
            then = outcomes_of(made, letter.selection_id)
            found.refused.update(
                one.id for one in told if one.state.is_not_chosen and one.state == then.get(one.id, one.state)
            )
    return found


def outcomes_of(made: Iterable[Selection], selection_id: int | None) -> dict[int, str]:
    """Return 決定, 補欠 or 落選 by entry after the selection with this id; {} without one."""
    until = [one for one in made if one.id <= (selection_id or 0)]
    return {line.entry_id: state_and_order(line)[0] for one in until for line in one.lines}
