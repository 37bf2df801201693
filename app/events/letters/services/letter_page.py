"""Reads one document of an event for its page: texts, addressees and cautions of a letter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty
from app.documents.blocks import DocumentContent, Letterhead
from app.documents.document_frame import issue_day_of, large_print_words
from app.documents.rules import count_characters
from app.documents.services.document_kind import DocumentStop, document_of
from app.documents.services.document_library import DocumentLibrary, DocumentRow
from app.documents.services.document_passages import PassageRow, outdated_words, read_passages
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import build_in_state
from app.documents.services.kept_letters.kept_papers import kept_document, nobody_chosen, split_letters
from app.documents.services.kept_letters.letter_differences import LetterDifference, open_differences
from app.event.rules.recruitment import FLYER, FORM
from app.event.services.event_records import read_event_or_error
from app.events.letters.documents.letter_layout import UNNAMED, Addressee, LetterPerson
from app.events.letters.rules.letter_texts import LETTERS, SUBJECT, LetterFacts
from app.events.letters.rules.recruitment_texts import BODY
from app.events.letters.services import letter_building
from app.events.letters.services.earlier_letters import sent_on
from app.events.letters.services.large_print import LargePrintWishes, read_wishes
from app.events.letters.services.letter_addressees import LetterOptions, read_options
from app.events.letters.services.letter_building import LABELS, LARGE_PRINT_KINDS
from app.events.letters.services.letter_checks import NO_HEAD_WORDS, addressee_hints, issue_blockers, print_doubts
from app.events.letters.services.letter_documents import CHANGE_DOCUMENTS, NOTICE_DOCUMENTS, RECRUITMENT_DOCUMENTS
from app.events.roster.services.roster import roster_of
from app.programme.suspensions import suspended_ids
from app.registers.register.rules import HEAD_ROLES
from db.files import file_names
from db.query_cache import cached_queries
from db.record import group_by_key, record
from db.records.documents import KeptPaper
from db.records.events import EVERYBODY, Event
from db.rows import rows
from db.store import Store

_MAX_NAMES_SHOWN = 3


def cautions(
    store: Store,
    facts: LetterFacts,
    *,
    event: Event,
    row: DocumentRow,
    passages: Sequence[PassageRow],
    addressees: Sequence[Addressee],
    options: LetterOptions,
    stops: tuple[DocumentStop, ...],
    on: date,
) -> tuple[str, ...]:
    """Return the warnings about a document, one sentence each, most important first; () also if it cannot be made."""
    if not row.can_be_made:
        return ()
    found = [row.state_answer.words] if row.state_answer.words else []
    found += print_doubts(store, event=event, kind=row.kind, on=on, facts=facts, stops=stops)
    found += outdated_words(passages)
    found += _event(event, row.kind)
    found += [
        f"「{SUBJECT}」がまだ書かれていません。"
        for passage in passages
        if passage.part == SUBJECT and not passage.text.strip()
    ]
    if not facts.office.phone and row.kind != LABELS:
        found.append("問合せ先の電話番号が、設定の「所属・担当者」にありません。")
    if row.kind in (FLYER, FORM) and not facts.office.fax:
        found.append("FAX番号が、設定の「所属・担当者」にありません。")
    if row.kind in LETTERS or row.kind == LABELS:
        found += _left_out(store, event, on)
    said = any(NO_HEAD_WORDS in words for words in found)
    found += _addressee_cautions(addressees, options, labels=row.kind == LABELS, report_missing_heads=not said)
    if options.window_envelope or row.kind == LABELS:
        found += _words_with_names(
            "住所の登録がない宛先", [one for one in addressees if not one.address and not one.full_line]
        )
    found += [
        f"本文が{count_characters(one.text) - options.max_characters}字、目安を超えています。"
        for one in passages
        if one.part == BODY and options.max_characters and count_characters(one.text) > options.max_characters
    ]
    # Missing day or place is among the blockers of the 施行 already.
    return tuple(dict.fromkeys(found))


def _left_out(store: Store, event: Event, on: date) -> Iterable[str]:
    """Yield how many people of the event no letter names, as the decision about their data says."""
    suspended = suspended_ids(store.database, "letters", on)
    if suspended:
        people = {row.person.id for row in roster_of(store.database, event).rows if row.person is not None}
        if count := len(people & suspended):
            yield f"利用停止の決定を受けた{count}人は、宛先にも本文にも入りません。"


def _event(event: Event, kind: str) -> Iterable[str]:
    """Yield what the event lacks for a letter: its day or venue; nothing for labels."""
    if kind == LABELS:
        return
    if event.event_date is None:
        yield "実施日が決まっていません。"
    if not event.venue.strip():
        yield "会場が決まっていません。"


def _addressee_cautions(
    addressees: Sequence[Addressee], options: LetterOptions, *, labels: bool, report_missing_heads: bool
) -> Iterable[str]:
    """Yield what is missing of the addressees of a letter: head, 役職, name or 団体.

    Args:
        labels: True for labels, of which 氏名未定 is not reported.
        report_missing_heads: False where a 団体 without a registered head was reported already.
    """
    if report_missing_heads and options.unit == "団体ごと":
        heads = [one for one in addressees if not one.person and one.organisation]
        applied = sum(any(person.role.strip() in HEAD_ROLES for person in one.people) for one in heads)
        known = fill_nonempty("うち{}件は、申込に会長名があります。「団体」に加えると宛名に入ります。", applied)
        yield from (f"{words}{known}" for words in _words_with_names(f"{NO_HEAD_WORDS}とする団体", heads))
    yield from _words_with_names("役職の登録がない宛先", [one for one in addressees if one.person and not one.role])
    unnamed = sum(not person.name for one in addressees for person in one.people)
    if unnamed and not labels:
        yield f"氏名未定の方が{unnamed}人います。通知には人数で入ります。"
    yield from _words_with_names(
        "団体名のない宛先", [one for one in addressees if not one.organisation and not one.full_line]
    )


def _words_with_names(words: str, addressees: Sequence[Addressee]) -> Iterable[str]:
    """Yield 「{words}：甲町会、乙町会、丙町会 ほか2件（5件）。」 (three names at most); nothing without addressees."""
    if not addressees:
        return
    # A 団体 with a letter for its 補欠 too is one.
    named = [*{(one.organisation or one.key, one.person): one for one in addressees}.values()]
    names = "、".join(one.organisation or one.person or UNNAMED for one in named[:_MAX_NAMES_SHOWN])
    more = and_others(named, _MAX_NAMES_SHOWN, " ほか{}件")
    yield f"{words}：{names}{more}（{len(named)}件）。"


KINDS = (*RECRUITMENT_DOCUMENTS, *NOTICE_DOCUMENTS, *CHANGE_DOCUMENTS)
"""The recruitment documents, letters and labels, which are made for chosen addressees and with texts as typed."""


@record
class LetterPage:
    """Everything the page of one document of an event shows.

    Attributes:
        row: the document.
        cautions: what is missing or to be checked before printing.
        stops: those of them that block the 施行, with the link to mend them.
        has_admission_numbers: the 決定通知 of this event bear 入場番号 and map.
        large_print: who asks for large letters; None = this kind has no 拡大版.
        large: keys of the addressees who get one, as kept or as stored of the event.
        kept_words: what is shown is kept (「決裁した内容」): texts and addressees are fixed; "" = it is made now.
        differences: what it says otherwise than today's records. asks: they wait for an answer, as they do until the
            day of the event.
    """

    event_id: int
    kind: str
    row: DocumentRow
    passages: tuple[PassageRow, ...]
    addressees: tuple[Addressee, ...]
    options: LetterOptions
    cautions: tuple[str, ...]
    stops: tuple[DocumentStop, ...]
    has_admission_numbers: bool = False
    large_print: LargePrintWishes | None = None
    large: frozenset[str] = frozenset()
    kept_words: str = ""
    differences: tuple[LetterDifference, ...] = ()
    asks: bool = True


@cached_queries
def read_page(store: Store, shelf: DocumentLibrary, row: DocumentRow, *, now: datetime) -> LetterPage:
    """Return the page of one document of an event."""
    event_id = shelf.event_id
    event = read_event_or_error(store.database, event_id)
    issued = issue_day_of(row.letter, sent_on(store, event_id, row.kind), now.date())
    options = read_options(store.database, row.kind, event_id=event_id, on=issued)
    paper = document_of(shelf.scope, row.kind)
    kept = kept_document(store, paper, shelf.scope, now.date())
    passages: tuple[PassageRow, ...] = ()
    to: tuple[Addressee, ...] = ()
    stops: tuple[DocumentStop, ...] = ()
    found: tuple[str, ...] = ()
    large = None
    if row.kind in KINDS:
        facts = letter_building.read_letter_facts(store, event=event, on=issued, kind=row.kind)
        passages = letter_building.passages_of(store, event=event, kind=row.kind, facts=facts, on=issued)
        to = _addressees(store, event, row.kind, kept, options, now)
        if row.can_be_made:
            stops = issue_blockers(store, event=event, kind=row.kind, on=issued, facts=facts)
        concerned = _with_entries(to, kept) if kept is not None else to
        if row.kind in LARGE_PRINT_KINDS and row.can_be_made:
            large = read_wishes(store, event, concerned)
        if kept is None:
            found = cautions(
                store,
                facts,
                event=event,
                row=row,
                passages=passages,
                addressees=to,
                options=options,
                stops=stops,
                on=issued,
            )
        elif not (row.letter and row.letter.state.is_issued):
            # What was put up is fixed: what will stop its 施行 is mended before somebody decides on it.
            found = (*(one.words for one in stops), *addressee_hints(store, event, row.kind, issued))
    elif row.has_own_texts and row.is_ready:
        passages = read_passages(store, scope=shelf.scope, kind=row.kind, on=issued)
    return LetterPage(
        event_id=event_id,
        kind=row.kind,
        row=row,
        passages=passages,
        addressees=to,
        options=options,
        cautions=found,
        stops=stops,
        has_admission_numbers=event.admissions,
        large_print=large,
        large=_large(event, row.kind, kept, to),
        differences=open_differences(store, paper, shelf.scope, now),
        asks=event.event_date is None or now.date() < event.event_date,
        kept_words=kept.kept.words if kept is not None and kept.kept is not None else "",
    )


def _large(event: Event, kind: str, kept: DocumentContent | None, to: Sequence[Addressee]) -> frozenset[str]:
    """Return the keys of those to whom a letter is kept as a 拡大版, or would be made as one."""
    if kept is not None:
        large = [each for each in split_letters(kept) if large_print_words(each)]
        return frozenset(head.key for each in large for head in each.letterheads)
    return frozenset(one for one in (*(each.key for each in to), EVERYBODY) if event.is_large(kind, one))


def _addressees(
    store: Store, event: Event, kind: str, kept: DocumentContent | None, options: LetterOptions, now: datetime
) -> tuple[Addressee, ...]:
    """Return the addressees of what is kept of a letter, else of one that is made now."""
    if kept is not None:
        return tuple(_kept_addressee(one) for one in kept.letterheads if one.key)
    return letter_building.letter_addressees(store, event=event, kind=kind, options=options, now=now)


def build_letters(
    store: Store,
    *,
    event_id: int,
    kind: str,
    chosen: Collection[str | int] | None = None,
    start: int = 1,
    typed_texts: Mapping[str, str] | None = None,
    large: Collection[str] | None = None,
    now: datetime,
) -> DocumentContent:
    """Return the document for the chosen addressees, one letter after another.

    Args:
        chosen: keys of the addressees, or ids of what is kept of a 差替え; None = all.
        start: position of the first free label, from 1.
        typed_texts: texts by part that are shown before they are saved.
        large: keys of the addressees who get a 拡大版 (``EVERYBODY`` of a form); None = as kept, or stored.
    """
    event = read_event_or_error(store.database, event_id)
    scope = DocumentScope(event_id=event_id)
    return build_in_state(
        store,
        document_of(scope, kind),
        scope,
        now.date(),
        lambda: letter_building.build_letter_document(
            store, event, now, kind=kind, chosen=chosen, start=start, typed_texts=typed_texts, large=large
        ),
        chosen=chosen,
        large=large,
    )


def _kept_addressee(head: Letterhead) -> Addressee:
    """Return the addressee whose ``address_lines`` a letter bears."""
    first, _, person = head.addressee.partition("\n　")
    organisation = first.removesuffix("　御中")
    if person or organisation != first:
        return Addressee(key=head.key, organisation=organisation, person=person)
    return Addressee(key=head.key, full_line=first)


def _with_entries(addressees: Iterable[Addressee], kept: DocumentContent) -> list[Addressee]:
    """Return the addressees of kept letters with the places that each concerns, without names."""
    unnamed = LetterPerson(name="", role="", device="", state="")
    places = {one.key: tuple(replace(unnamed, entry_id=entry) for entry in one.entries) for one in kept.letterheads}
    return [replace(one, people=places[one.key]) for one in addressees]


def build_each(
    store: Store,
    *,
    event_id: int,
    kind: str,
    chosen: Collection[str | int] | None = None,
    large: Collection[str] | None = None,
    now: datetime,
) -> tuple[DocumentContent, ...]:
    """Return one document for each addressee, each with its own file name; raises ``UserError`` without any.

    ``chosen`` and ``large`` are as for ``build_letters``.
    """
    event, scope = read_event_or_error(store.database, event_id), DocumentScope(event_id=event_id)
    options = read_options(store.database, kind, event_id=event_id, on=now.date())
    kept = kept_document(store, document_of(scope, kind), scope, now.date())
    everybody = _addressees(store, event, kind, kept, options, now)
    own = group_by_key((one.addressee, one.id) for one in rows(store.database, KeptPaper, id=chosen or ()))
    wanted = [one for one in everybody if chosen is None or one.key in chosen or one.key in own]
    if not wanted:
        raise nobody_chosen()
    made = []
    for number, one in enumerate(wanted, 1):
        content = build_letters(
            store, event_id=event_id, kind=kind, chosen=own.get(one.key, (one.key,)), large=large, now=now
        )
        made.append(replace(content, file_stem=f"{content.file_stem}-{number:02d}{_file_name_suffix(one)}"))
    return tuple(made)


_MAX_NAME_LENGTH = 120  # bytes, which is 40 characters


def _file_name_suffix(addressee: Addressee) -> str:
    """Return 「-みほん町会」 in characters a file name may hold; without names of people."""
    plain = file_names.safe_name(addressee.organisation, max_length=_MAX_NAME_LENGTH)
    return fill_nonempty("-{}", plain)
