"""Lists the addressees of a letter for a mail merge in Word: a row an addressee, each field as its letter says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.documents.blocks import DocumentContent, Letterhead, LetterItems, Title
from app.documents.services.document_library import read_library
from app.event.services.event_records import read_event_or_error
from app.events.letters.documents.letter_layout import Addressee
from app.events.letters.rules.letter_texts import LETTERS
from app.events.letters.services.letter_addressees import (
    ALL_ORGANISATIONS,
    LetterOptions,
    organisation_addressees,
    read_options,
    without_address_words,
)
from app.events.letters.services.letter_building import LABELS, letter_addressees
from app.events.letters.services.letter_page import build_letters
from db.record import record
from db.records.events import Event
from db.store import Store

ADDRESS = ("番号", "団体", "支部", "役職", "氏名", "敬称", "郵便番号", "住所")
_OF_LETTER = ("参加者", "人数", "入場番号", "文書番号", "発信日", "件名")
_NO_PERSON = "御中"
"""Behind a 団体 without a person, in place of 様."""


@record
class MergeList:
    """What Word merges into letters or labels.

    Attributes:
        letter: the kind of letter, the labels, or all 団体; ``letters`` are those that can be chosen.
        without_address: who has none, as a sentence.
        left_out: people of the letter who withdrew since it was put up, or were erased.
    """

    letter: str
    letters: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    without_address: str
    left_out: int = 0


def read_merge_list(store: Store, *, event_id: int, letter: str = "", now: datetime) -> MergeList:
    """Return the list for a kind of letter of an event; for an unknown kind that of the first that can be made.

    Labels and the list of all 団体 hold addresses alone; without an event (``event_id`` 0) it is that of all 団体. Who
    withdrew is in no list but that of the 辞退受理通知.

    Raises:
        UserError: the event is gone, or the letter can't be made.
    """
    today = now.date()
    if not event_id:
        usual = read_options(store.database, ALL_ORGANISATIONS, event_id=0)
        return _list_of_addresses(organisation_addressees(store.database, today), ALL_ORGANISATIONS, usual)
    event = read_event_or_error(store.database, event_id)
    library = read_library(store, event_id=event_id, today=today)
    made = (one.kind for one in library.rows if one.kind in (*LETTERS, LABELS) and one.can_be_made)
    letters = (*made, ALL_ORGANISATIONS)
    kind = letter if letter in letters else letters[0]
    options = read_options(store.database, kind, event_id=event_id, on=today)
    if kind in (LABELS, ALL_ORGANISATIONS):
        wanted = options if kind == LABELS else replace(options, labels_for=ALL_ORGANISATIONS)
        to = letter_addressees(store, event=event, kind=LABELS, options=wanted, now=now)
        return replace(_list_of_addresses(to, kind, options), letters=letters)
    return replace(_list_of_letter(store, event, kind, options, now), letters=letters)


def _list_of_addresses(to: Sequence[Addressee], kind: str, options: LetterOptions) -> MergeList:
    rows = tuple(tuple(_address(one, number, options).values()) for number, one in enumerate(to, 1))
    bare = without_address_words(to)
    return MergeList(letter=kind, letters=(kind,), columns=ADDRESS, rows=rows, without_address=bare)


def _list_of_letter(store: Store, event: Event, kind: str, options: LetterOptions, now: datetime) -> MergeList:
    """Return the list of a letter with what it says, to those of its addressees who are still concerned."""
    content = build_letters(store, event_id=event.id, kind=kind, now=now)
    said = _said_by_addressee(content)
    entries = {entry for head in content.letterheads for entry in head.entries}
    to = [
        one
        for one in letter_addressees(store, event=event, kind=kind, options=options, now=now, entries=entries)
        if one.key in said
    ]
    filled = []
    for number, one in enumerate(to, 1):
        own = {
            **_address(one, number, options),
            "参加者": "、".join(person.name for person in one.people if person.name),
            "人数": str(len(one.people) or ""),
            "入場番号": "、".join(filter(None, (person.admission for person in one.people))),
        }
        filled.append({**said[one.key], **own})
    columns = tuple(dict.fromkeys((*ADDRESS, *_OF_LETTER, *(name for one in filled for name in one))))
    return MergeList(
        letter=kind,
        letters=(),
        columns=columns,
        rows=tuple(tuple(one.get(name, "") for name in columns) for one in filled),
        without_address=without_address_words(to),
        left_out=max(len(entries) - sum(len(one.people) for one in to), 0),
    )


def _said_by_addressee(content: DocumentContent) -> dict[str, dict[str, str]]:
    """Return number, day, subject and items of each letter as they stand on it, by the key of its addressee."""
    found = {}
    items = {}
    for block in content.blocks:
        if isinstance(block, Letterhead):
            items = found[block.key] = {"文書番号": block.reference, "発信日": block.date}
        elif isinstance(block, Title):
            items["件名"] = f"{block.text}{block.subtitle}"
        elif isinstance(block, LetterItems):
            items |= {name: _on_one_line(text) for name, text in block.rows}
    return found


def _on_one_line(text: str) -> str:
    return "　".join(filter(None, text.split("\n")))


def _address(one: Addressee, number: int, options: LetterOptions) -> dict[str, str]:
    """Return the fields of an address by their names."""
    honorific = options.honorific if one.person else _NO_PERSON
    texts = (
        str(number),
        one.organisation or one.full_line,
        one.branch,
        one.role,
        one.person,
        "" if one.full_line else honorific,
        one.postal_code,
        one.address,
    )
    return dict(zip(ADDRESS, texts, strict=True))
