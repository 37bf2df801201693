"""討議の記録 as a paper of its event: on the shelf, printed and saved like any other."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from app.acts.refusal import Refusal
from app.papers.blocks import DocumentContent
from app.papers.services.paper_context import paper_context
from app.papers.services.paper_kind import PaperKind
from app.programme.services.programme import programme_of_event
from app.subjects.events.discussion.papers import KIND, discussion_record
from app.subjects.events.discussion.rules import report_rows
from app.subjects.events.discussion.services.discussion import talk_of
from app.subjects.events.event.services.event_facts import read_facts
from app.subjects.events.event.services.event_file import EventFile
from app.subjects.events.event.services.event_paper import event_paper
from db.records.discussion import DiscussionLine
from db.records.events import Event
from db.rows import row
from db.store import Store


def record(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the record as it stands; raises ``Refusal`` before a 班 wrote anything."""
    talk = talk_of(store.database, event)
    if not any(group.lines for group in talk.groups):
        raise Refusal("班の記録がまだありません。", "「討議の記録」で入力してください。")
    context = paper_context(store, programme_of_event(store, event, on=now.date()), event, KIND, now)
    return discussion_record(
        context, read_facts(store, event), report_rows(talk.groups, talk.points, with_done=True), talk.groups
    )


def _state(store: Store, file: EventFile, _today: date) -> str:
    talk = talk_of(store.database, file.event)
    notes = f"　付箋 {talk.sums.counted}枚" if talk.sums.counted is not None else ""
    return f"{len(talk.groups)}班{notes}"


PAPERS: Final[tuple[PaperKind, ...]] = (
    event_paper(
        kind=KIND,
        rests_on=("仕4(3)カ",),
        shelf="報告",
        meets="実施後",
        build=record,
        ready=lambda store, file: row(store.database, DiscussionLine, event_id=file.event.id) is not None,
        fits=lambda file: file.event.kind == "意見交換会",
        state=_state,
        missing="班の記録を入力すると作成できます。",
        todo="討議の記録",
    ),
)
