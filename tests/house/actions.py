"""The ten most used actions on the sample year, and how many SELECTs each may take: the engine's own trace counts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from app.actions.action_context import ActionContext
from app.contributions import register_contributions
from app.event.services.event_moves import preview_move
from app.event.services.event_view import read_event
from app.event_day.reception import services as reception_services
from app.events.roster.services.roster import read_roster
from app.home.today.services.global_search import search_everything
from app.home.today.services.home import read_home
from app.submissions.reports.services.report_documents import report_document
from app.submissions.work_queue.services import read_work_queue
from app.surveys.tally.services.survey_tally import read_tally
from app.year_end.document_library.services import read_event_documents
from db.records.events import Event
from db.rows import by_id
from db.store import Store
from tests.support.sample import BY, NOW, event_id, sample_store

RECEIVING = "receiving one person"
LIMITS = {
    "home": 37,  # slips of 派遣 without a 実施回, the first day in the record of accesses
    "event page": 22,
    "preview of a moved date": 16,
    "roster": 6,
    RECEIVING: 11,  # where numbers of the roster are still to be given, as here
    "what passes": 31,
    "letters": 28,
    "tally": 14,
    "report": 28,
    "search": 25,
}
"""How many SELECTs an action took when it was last looked at: it may take fewer, and whoever adds one says why here.

One for the words of applicants that nobody has read yet (home 35 → 36, event page 21 → 22).

Rows of earlier years are no longer read where only this year is shown: the rooms booked from today on and the tablets
still out are asked for by themselves instead of among all, what falls due for erasing is one query over the days of all
years, with until when contacts are kept; and one asks which entries of the journal are new since (home 30 → 34, what
passes 26 → 30, letters 26 → 27).
One for the events whose 確認の電話 wait for an answer (home 34 → 35, what passes 30 → 31, event page 20 → 21, preview
of a moved date 12 → 13).
Two for what was closed or set by hand, which does not move (preview of a moved date 14 → 16).
One for the bookings of the event: one that is 承認 holds after a move (preview of a moved date 13 → 14).
One for the venues, which are found by any of their words (search 21 → 22).
One for the year's own kinds of event: no list of their names is left in the program (event page 19 → 20, letters 27 →
28, search 20 → 21, which also orders documents by them).
What a subject's documents ask of its passages is read at once, its counts of responses once, and the result of an event
with its survey (letters 29 → 25, report 30 → 28).
One wherever the tasks of the year are read: the 発表 that wait for an answer (home 29 → 30, event page 18 → 19, what
passes 23 → 24). Three for the shelf of an event: the 発表 that its manuscripts may name, and its
rooms with the event they are booked for, and until when contacts are kept (letters 23 → 27). One more for it: what
somebody typed in its しおり on safety and on what comes next, which may be of another venue (letters 27 → 28); and the
names of venues, which hold names of 団体, with how many its rooms hold (letters 28 → 31).
One for the kinds of the events: whether they have a survey is said in 契約条件 alone (letters 25 → 26, search 19
→ 20).
One for the facts of an event: what the register knows of its place (report 29 → 30).
One for home: the incidents that are open (home 31 → 32).
One wherever what falls due for erasing is told: the kept files whose day comes (home 32 → 33, what passes 25 → 26);
one for the pictures of a report: whether one of them was erased (28 → 29).
The 発表, slips of 派遣 and drills are read with the other lists of which several sources want some rows (home 33 → 30,
what passes 26 → 25).
One for home: the newest 復元の点検, where it found something that nobody has seen to (home 31 → 32).
One wherever the tasks of the year are read: the 協議書 that left, which wait to be told or say something else now (home
32 → 33, what passes 25 → 26).
One wherever what falls due for erasing is told: the contacts whose day comes (home 30 → 31, what passes 24 → 25).
One more there: whether names of an earlier year still stand (home 31 → 32, what passes 25 → 26).
One or two wherever letters that were told are read: what their addressees are called now, people and 団体 (home 28 →
29, event page 17 → 18, preview of a moved date 10 → 12, what passes 22 → 23).
What several tables hold of the same events, or of the same years, is read in one SELECT (home 63 → 27, event page 30 →
17, what passes 57 → 22, letters 39 → 23, preview of a moved date 25 → 10, report 32 → 28); what the follow-ups of the
open years ask for one by one is read ahead of them, and the calls that are left are counted without names and numbers.
What stands among the rows that were read in the same reading is not asked for again (home 71 → 63, event page 31 →
30, letters 40 → 39).
Home, event page, materials and letters are one reading each: what was answered is not asked again (88 → 40 for the
letters, whose papers each asked for the same roster). The board of materials reads what the dates of events rest on and
no more (57 → 29): what the store calls for stands in no row of it. The list of all years went with its screen; what
passes between ward and contractor is read in its place: handouts, reports and what is handed in of the open years (59).
Two for home: what came of the papers of the year, and the forms beside reports, since its two counts of 資料・報告 are
those of the list itself.

Two wherever the tasks of the year are read: rooms still held for another day than the event's, and online forms that
close before it. Four wherever the tasks of the year are read: the ward's own days, what 団体 told in advance, the
years that are open, and what came in at their end. One for the 宿題 that are open, one for the 派遣 to be called after
three months, one for what a 団体 asked after its 派遣 and is still being answered, one for what discussions leave to
do, wherever the tasks of the year are read; one for the 協議 that a search finds, and one for the next event of who
telephones. Two for the handouts that a search finds and one less, as it reads the events once. One for the acts that
told something, wherever an event is read with its deadlines or its numbers told; one more for the preview of a move,
which now holds against them what 当日の進行 told. Two more for that preview: the approvals of rooms in the journal,
and what was given back.
Letters (75 before) and report (25 before) read the facts of the event once, with roster, notices, 班 and sheets: what
they print
may not differ from what the other papers of the event say. A report also reads its pictures, which of the days of a
派遣 it was, and, for its
chapter that compares, results and surveys of the two events before it together and the sheets of each.
Nine for the telephone list of a 中止 whose calls are not through, which the sample year has now, wherever the tasks
are read (home, event page, materials);
three more for the letters of an event whose 決定通知 is 施行. One for the checks of the ledgers, wherever the things
to do of a year are
read, and one for the rows typed into ledgers that a search finds, one for the lines of discussions, one for the ward's
own days.
Twelve for home alone, which holds what was collected for the 提案書 against its sources (協議, 自由記述, 報告書の章:
each read at once; totals of the year are
left out). One for the corrections of the 持出し管理簿, wherever the tasks of the year are read: what was put right
there is what is awaited back.
One for the decisions by which the shelf of an event knows how it stands (letters).
One for the decisions of an event that is still to be held: a 延期, a new day or place that can be taken back stands in
its head (event page).
The event page reads what the store calls for about its own event alone (57 → 31), no record of the year while it is
still to come, and nothing of 所属, 受託者 and how papers are addressed.
One for the slips of a 派遣 that have no 実施回 yet (home).
One for the day on which the record of accesses begins, as its oldest month without a 点検 is asked for (home).
One for the 補助金 of 団体 that have a day; two for the evidence and the 課題 that a search finds.
Three for the year by whose contract the actions and papers that a search finds are called.
One for the decision that takes an event off its day: nobody is received on the old day of a 延期. Two less where every
place has its number (receiving).
"""


class Counted(NamedTuple):
    """One action: its SELECTs, how many it may take, and every statement that was no SELECT."""

    name: str
    selects: int
    limit: int
    others: tuple[str, ...]


def counted_actions() -> Iterator[Counted]:
    """Do every action once and walk what each asked of the engine."""
    register_contributions()
    with tempfile.TemporaryDirectory() as place:
        store = sample_store(Path(place))
        for name, act in _actions(store).items():
            seen = statements(store, act)
            others = tuple(one for one in seen if not is_select(one))
            yield Counted(name, len(seen) - len(others), LIMITS[name], others)
        store.database.conn.close()


def _actions(store: Store) -> dict[str, Callable[[], object]]:
    coming, held = (_event(store, "講習会", number) for number in (6, 2))
    entry = read_roster(store, event_id=coming.id).rows[0].entry
    new_date = coming.event_date.replace(day=15) if coming.event_date else NOW.date()
    today = NOW.date()
    at_the_door = datetime.combine(coming.event_date or today, NOW.time())
    return {
        "home": lambda: read_home(store, today=today),
        "event page": lambda: read_event(store, event_id=coming.id, today=today),
        "preview of a moved date": lambda: preview_move(store, event_id=coming.id, new_date=new_date, today=today),
        "roster": lambda: read_roster(store, event_id=coming.id),
        RECEIVING: lambda: reception_services.receive(ActionContext(store, BY, at_the_door), entry_id=entry.id),
        "what passes": lambda: read_work_queue(store, today=today),
        "letters": lambda: read_event_documents(store, event_id=coming.id, now=NOW),
        "tally": lambda: read_tally(store, event_id=held.id),
        "report": lambda: report_document(store, held, NOW),
        "search": lambda: search_everything(store, text="高橋"),
    }


def statements(store: Store, act: Callable[[], object]) -> list[str]:
    """Return every statement that the engine ran for one action."""
    seen: list[str] = []
    store.database.conn.set_trace_callback(seen.append)
    try:
        act()
    finally:
        store.database.conn.set_trace_callback(None)
    return seen


def is_select(statement: str) -> bool:
    """Whether a statement only reads."""
    return statement.lstrip().upper().startswith(("SELECT", "WITH"))


def _event(store: Store, kind: str, ordinal: int) -> Event:
    found = by_id(store.database, Event, event_id(store, kind, ordinal))
    assert found is not None
    return found
