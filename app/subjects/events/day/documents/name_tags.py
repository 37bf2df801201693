"""Content of 名札, 席札 and 班札, with each name as large as it fits."""

from __future__ import annotations

from collections.abc import Sequence

from app.calendar.dates import long_date
from app.documents import document_frame
from app.documents.blocks import DocumentContent, NameTag, NameTags, RosterLine, SeatCard, TableCard
from app.documents.event_facts import KIND_TITLE, EventFacts
from app.subjects.events.event.documents import day_document

TAGS, SEATS, TABLES = "名札", "席札", "班札"
_SHEET = 10
_BLANKS = 2
COLLECTED_NOTE = "机上の名簿は終了後に回収します。"


def name_tags(
    context: document_frame.DocumentContext, event: EventFacts, lines: Sequence[RosterLine]
) -> DocumentContent:
    """Return a tag for everybody with a name, and blank ones: at least two, and the rest of the last sheet."""
    head = _head(context, event)
    tags = [
        NameTag(
            event=head,
            organisation=line.organisation,
            name=line.name,
            reading=line.reading,
            role=line.role,
            group=f"{line.group}班" if line.group else "",
            no_photo=line.no_photo,
        )
        for line in lines
        if line.name
    ]
    unnamed = sum(not line.name for line in lines)
    blanks = unnamed + _BLANKS
    blanks += -(len(tags) + blanks) % _SHEET
    tags += [NameTag(event=head)] * blanks
    return day_document(
        context,
        event,
        kind=TAGS,
        sign=TAGS,
        layout="card",
        personal=True,
        blocks=(NameTags(tags=tuple(tags)),),
    )


def seat_cards(
    context: document_frame.DocumentContext, event: EventFacts, lines: Sequence[RosterLine]
) -> DocumentContent:
    """Return one folded card for everybody with a name."""
    head = _head(context, event)
    cards = tuple(SeatCard(name=line.name, organisation=line.organisation, event=head) for line in lines if line.name)
    return day_document(context, event, kind=SEATS, sign=SEATS, layout="card", personal=True, blocks=cards)


def table_cards(
    context: document_frame.DocumentContext,
    event: EventFacts,
    groups: Sequence[int],
    lines: Sequence[RosterLine],
    *,
    with_names: bool,
) -> DocumentContent:
    """Return one folded card for each 班, with the names of its people if asked for.

    A known facilitator is named. With names it is a document with personal data.
    """
    cards = []
    for number in groups:
        session = [line for line in lines if line.group == str(number)]
        cards.append(
            TableCard(
                number=str(number),
                event=_with_sample_mark(context, document_frame.event_name(event)),
                when=document_frame.date_time_words(event),
                facilitator=event.facilitators.get(number, ""),
                members=tuple((line.reading, line.name or "　", line.organisation) for line in session)
                if with_names
                else (),
                note=COLLECTED_NOTE if with_names else "",
            )
        )
    return day_document(
        context,
        event,
        kind=TABLES,
        sign=TABLES,
        layout="card",
        personal=with_names,
        blocks=tuple(cards),
    )


def _head(context: document_frame.DocumentContext, event: EventFacts) -> str:
    """Return the small line on a card, kind and date; also a cut tag of the sample year is marked as sample."""
    day = long_date(event.event_date) if event.event_date else ""
    return _with_sample_mark(context, f"{KIND_TITLE[event.kind]}　{day}".rstrip("　"))


def _with_sample_mark(context: document_frame.DocumentContext, text: str) -> str:
    return f"{text}（見本）" if context.programme.sample else text
