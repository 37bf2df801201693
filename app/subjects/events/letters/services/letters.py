"""Letters, recruitment papers and labels of an event for their screen: texts, addressees, what to look at first.

- ``read_letters(store, event_id, kind, today, now) -> LetterPage``
- ``build_letters(store, event_id, kind, chosen, start, now) -> DocumentContent``; ``build_each(…)`` one a letter
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.acts.refusal import Refusal
from app.papers.blocks import DocumentContent
from app.papers.paper import issue_day_of
from app.papers.rules.character_counts import count_characters
from app.papers.services.paper_kind import paper_of
from app.papers.services.paper_passages import PassageRow, outdated_words
from app.papers.services.paper_scope import PaperScope
from app.papers.services.paper_shelf import PaperRow, read_shelf
from app.papers.services.paper_states import made_in_state
from app.subjects.events.event.rules.recruitment import FLYER, FORM
from app.subjects.events.event.services.event_file import required_event
from app.subjects.events.letters.papers.decision_notice import Addressee
from app.subjects.events.letters.rules.letter_texts import LETTERS, SUBJECT, LetterFacts
from app.subjects.events.letters.rules.recruitment_texts import BODY
from app.subjects.events.letters.services import letter_building
from app.subjects.events.letters.services.earlier_letters import sent_on
from app.subjects.events.letters.services.letter_addressees import LetterOptions, read_options
from app.subjects.events.letters.services.letter_building import LABELS
from app.subjects.events.letters.services.letter_papers import PAPERS_OF_CHANGE, PAPERS_OF_NOTICE, PAPERS_OF_RECRUITMENT
from app.subjects.events.letters.services.letter_stops import NO_HEAD, doubts_of
from db.files import file_names
from db.frozen_record import frozen_record
from db.one_reading import one_reading
from db.records.events import Event
from db.store import Store

_SHOWN = 3


def cautions(
    store: Store,
    facts: LetterFacts,
    *,
    event: Event,
    row: PaperRow,
    passages: Sequence[PassageRow],
    addressees: Sequence[Addressee],
    options: LetterOptions,
    on: date,
) -> tuple[str, ...]:
    """Return one sentence a matter, the weightiest first; empty when nothing is missing."""
    found: list[str] = []
    if not row.made:
        return ()
    found += [row.answer.words] if row.answer.words else []
    found += _formal(row)
    found += doubts_of(store, event=event, kind=row.kind, on=on, facts=facts)
    found += outdated_words(passages)
    found += _event(event, row.kind)
    found += [
        f"「{part}」がまだ書かれていません。"
        for part in (SUBJECT,)
        for passage in passages
        if passage.part == part and not passage.text.strip()
    ]
    office = facts.office
    if not office.phone and row.kind != LABELS:
        found.append("問合せ先の電話番号が、設定の「所属・担当者」にありません。")
    if row.kind in (FLYER, FORM) and not office.fax:
        found.append("FAX番号が、設定の「所属・担当者」にありません。")
    if row.kind in LETTERS or row.kind == LABELS:
        said = any(NO_HEAD in words for words in found)
        found += _people(addressees, options, labels=row.kind == LABELS, headless=not said)
    if options.window or row.kind == LABELS:
        found += _named("住所の登録がない宛先", [one for one in addressees if not one.address and not one.line])
    found += [
        f"本文が{count_characters(one.text) - options.limit}字、目安を超えています。"
        for one in passages
        if one.part == BODY and options.limit and count_characters(one.text) > options.limit
    ]
    # A paper that nobody can come by without a day or a place is stopped by them as well.
    return tuple(dict.fromkeys(found))


def _formal(row: PaperRow) -> Iterable[str]:
    letter = row.letter
    if letter is not None and letter.form == "公文書" and letter.state in ("案", "起案中"):
        yield "決裁前です。文書番号と日付は入らず、全ページに「案」と入ります。"


def _event(event: Event, kind: str) -> Iterable[str]:
    if kind == LABELS:
        return
    if event.event_date is None:
        yield "実施日が決まっていません。"
    if not event.venue.strip():
        yield "会場が決まっていません。"


def _people(addressees: Sequence[Addressee], options: LetterOptions, *, labels: bool, headless: bool) -> Iterable[str]:
    """What is missing of those to whom it goes; ``headless`` False: whose head is not registered was said already."""
    if headless and options.unit == "団体ごと":
        heads = [one for one in addressees if not one.person and one.organisation]
        yield from _named(f"{NO_HEAD}とする団体", heads)
    roleless = [one for one in addressees if one.person and not one.role]
    yield from _named("役職の登録がない宛先", roleless)
    unnamed = sum(not person.name for one in addressees for person in one.people)
    if unnamed and not labels:
        yield f"氏名未定の方が{unnamed}人います。通知には人数で入ります。"
    yield from _named("団体名のない宛先", [one for one in addressees if not one.organisation and not one.line])


def _named(words: str, addressees: Sequence[Addressee]) -> Iterable[str]:
    if not addressees:
        return
    names = "、".join(one.organisation or one.person for one in addressees[:_SHOWN])
    more = f" ほか{len(addressees) - _SHOWN}件" if len(addressees) > _SHOWN else ""
    yield f"{words}：{names}{more}（{len(addressees)}件）。"


GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("募集の書類", PAPERS_OF_RECRUITMENT),
    ("通知", (*PAPERS_OF_NOTICE, *PAPERS_OF_CHANGE)),
)
KINDS = tuple(kind for _, kinds in GROUPS for kind in kinds)


@frozen_record
class LetterPage:
    """Everything the screen of letters shows for one event and kind.

    ``rows`` are the kinds that fit the event, in two groups; ``row`` the one shown. ``cautions`` are what is
    missing or worth a look before printing. ``admissions``: the 決定通知 of this event bear 入場番号 and map.
    """

    event_id: int
    title: str
    kind: str
    rows: tuple[PaperRow, ...]
    row: PaperRow
    passages: tuple[PassageRow, ...]
    addressees: tuple[Addressee, ...]
    options: LetterOptions
    cautions: tuple[str, ...]
    admissions: bool = False


def group_of(kind: str) -> str:
    """Return the heading a kind stands under: 「募集の書類」 or 「通知」."""
    return next((group for group, kinds in GROUPS if kind in kinds), "")


@one_reading
def read_letters(store: Store, *, event_id: int, kind: str = "", now: datetime) -> LetterPage:
    """Return the page of one kind of paper; an unknown or unfitting ``kind`` gives the first that can be made.

    Raises:
        Refusal: the event is gone, or no such paper fits it.
    """
    event = required_event(store.database, event_id)
    shelf = read_shelf(store, event_id=event_id, today=now.date())
    order = {name: number for number, name in enumerate(KINDS)}
    rows = tuple(sorted((row for row in shelf.rows if row.kind in order), key=lambda row: order[row.kind]))
    if not rows:
        raise Refusal("この実施回で作成する募集・通知の書類はありません。", "別の実施回を選んでください。")
    row = next((one for one in rows if one.kind == kind), None) or next((one for one in rows if one.made), rows[0])
    issued = issue_day_of(row.letter, sent_on(store, event_id, row.kind), now.date())
    options = read_options(store.database, row.kind, event_id=event_id, on=issued)
    facts = letter_building.gather(store, event=event, on=issued)
    passages = letter_building.passages_of(store, event=event, kind=row.kind, facts=facts, on=issued)
    to = letter_building.letter_addressees(store, event=event, kind=row.kind, options=options, now=now)
    return LetterPage(
        event_id=event_id,
        title=shelf.title,
        kind=row.kind,
        rows=rows,
        row=row,
        passages=passages,
        addressees=to,
        options=options,
        cautions=cautions(
            store, facts, event=event, row=row, passages=passages, addressees=to, options=options, on=issued
        ),
        admissions=event.admissions,
    )


def build_letters(
    store: Store,
    *,
    event_id: int,
    kind: str,
    chosen: Collection[str] | None = None,
    start: int = 1,
    typed: Mapping[str, str] | None = None,
    now: datetime,
) -> DocumentContent:
    """Return the paper for the addressees ``chosen`` (None = all), one after another.

    ``typed`` are texts by part that are shown before they are saved; ``start`` the first free label.
    """
    event = required_event(store.database, event_id)
    scope = PaperScope(event_id=event_id)
    return made_in_state(
        store,
        paper_of(scope, kind),
        scope,
        now.date(),
        lambda: letter_building.build(store, event, now, kind=kind, chosen=chosen, start=start, typed=typed),
    )


def build_each(
    store: Store, *, event_id: int, kind: str, chosen: Collection[str] | None = None, now: datetime
) -> tuple[DocumentContent, ...]:
    """Return one paper an addressee, each with a file name of its own."""
    event = required_event(store.database, event_id)
    options = read_options(store.database, kind, event_id=event_id, on=now.date())
    everybody = letter_building.letter_addressees(store, event=event, kind=kind, options=options, now=now)
    wanted = [one for one in everybody if chosen is None or one.key in chosen]
    if not wanted:
        raise Refusal("宛先が1件も選ばれていません。", "宛先の一覧で、出す相手に印を付けてください。")
    made = []
    for number, one in enumerate(wanted, 1):
        content = build_letters(store, event_id=event_id, kind=kind, chosen=(one.key,), now=now)
        made.append(replace(content, file_stem=f"{content.file_stem}-{number:02d}{_in_file_name(one)}"))
    return tuple(made)


_LONGEST_NAME = 120  # bytes, 40 characters


def _in_file_name(addressee: Addressee) -> str:
    """Return 「-みほん町会」 as a file name may hold it; a person's name stays out of file names."""
    plain = file_names.safe(addressee.organisation, most=_LONGEST_NAME)
    return f"-{plain}" if plain else ""
