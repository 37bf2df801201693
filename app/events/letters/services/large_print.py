"""Finds who asks for large letters, so that a letter can be offered as a 拡大版 (障害者差別解消法第7条)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.documents.services.kept_letters.kept_papers import resize_kept
from app.event.services.event_records import read_event_or_error
from app.events.arrangements.services import proposed_kinds
from app.events.letters.documents.letter_layout import Addressee
from app.foreign_files.cells.answer_reading import No, Nothing, parse_answer, parse_heading
from app.registers.register.rules import heads_by_organisation
from db.digits import whole_number
from db.engine import Database
from db.record import record
from db.records.applications import Application
from db.records.events import EVERYBODY, Event, large_key
from db.records.organisations import Organisation, Person
from db.records.roster import Arrangement, ArrangementKind, Entry
from db.redactions import is_redacted_text
from db.rows import rows
from db.store import Store
from db.tables import events, organisations
from db.tables import organisations as table

_QUESTION = parse_heading("need", "大きな字の通知を希望")


def set_large_print(
    context: ActionContext, *, event_id: int, kind: str, addressees: Collection[str], large: bool
) -> ActionResult:
    """Store that these addressees get the letters of an event as a 拡大版, or in the ordinary size.

    A letter that is put up already keeps its words and gets the size; one that is 施行 stays as it left.
    """
    event = read_event_or_error(context.database, event_id)
    keys = {large_key(kind, one) for one in addressees}
    chosen = set(event.large_letters) | keys if large else set(event.large_letters) - keys
    event = replace(event, large_letters=tuple(sorted(chosen)))
    said = f"{kind}の宛先{len(addressees)}件を、{'拡大版' if large else 'ふつうの大きさ'}に"
    with context.change(said, "papers", event_id=event_id) as change:
        change.update(Event, event_id, large_letters=event.large_letters)
        resize_kept(change, context, event)
    return ActionResult(f"{said}しました。", event_id)


@record
class LargePrintWishes:
    """Which of the addressees shown ask for large letters, and how many people and 団体 that are.

    What they wrote is not repeated here: a 配慮 is read only where it is prepared for.

    Attributes:
        keys: keys of the addressees of whom somebody asks; empty where one letter goes to all.
        is_for_everybody: one letter or form goes to all, so all who ask in the year are counted.
    """

    keys: frozenset[str] = frozenset()
    people: int = 0
    is_for_everybody: bool = False

    @property
    def words(self) -> str:
        """Return 「大きな文字の希望　2件（2通）」, or empty."""
        letters = "" if self.is_for_everybody else f"（{len(self.keys)}通）"
        return f"大きな文字の希望　{self.people}件{letters}" if self.people else ""


def read_wishes(store: Store, event: Event, addressees: Sequence[Addressee]) -> LargePrintWishes:
    """Return who among the addressees asks for large letters; of a letter to all or a form, how many of the year do.

    Somebody asks by the wish or the 配慮 of an application, or its arrangement, in any event of the year, or by the
    remark at the person or the 団体.
    """
    database = store.database
    entries = _asking_entries(database, event)
    asking = {one.id for one in entries}
    people = {one.person_id for one in entries if one.person_id}
    people |= {one.id for one in rows(database, Person) if asks_for_large_print(one.note)}
    known = organisations.all_organisations(database)
    noted = {one.id for one in known if asks_for_large_print(one.note)}
    if not addressees or addressees[0].key == EVERYBODY:
        unnamed = sum(one.person_id is None for one in entries)
        return LargePrintWishes(people=len(people) + unnamed + len(noted), is_for_everybody=True)
    asking |= {one.id for one in rows(database, Entry, event_id=event.id) if one.person_id in people}
    heads = _asking_heads(database, known, people)
    found = {one.key: _count(one, asking, noted | heads) for one in addressees}
    return LargePrintWishes(keys=frozenset(key for key, count in found.items() if count), people=sum(found.values()))


def _asking_entries(database: Database, event: Event) -> list[Entry]:
    """Return the entries of the year whose application, 配慮, or an arrangement for it, asks for large letters."""
    ids = {one.id for one in events.events_of_year(database, event.programme_id)}
    arranged = {one.entry_id for one in rows(database, Arrangement, event_id=ids, kind=ArrangementKind.LARGE_PRINT)}
    entries = rows(database, Entry, event_id=ids)
    sent = {one.application_id for one in entries} - {None}
    wishing = {one.id for one in rows(database, Application, id=sent) if is_wish(one.large_print)}
    return [
        one for one in entries if one.id in arranged or one.application_id in wishing or asks_for_large_print(one.care)
    ]


def is_wish(answer: str) -> bool:
    """Return whether an answer to 「大きな字の通知を希望」 is a wish; 「いいえ」 and an erased one are none."""
    said = answer.strip() and not is_redacted_text(answer)
    return bool(said) and not isinstance(parse_answer(answer, _QUESTION), (No, Nothing))


def _asking_heads(database: Database, known: Iterable[Organisation], people: Collection[int]) -> set[int]:
    """Return the ids of the 団体 whose head, to whom its letters are addressed, asks for large letters."""
    heads = heads_by_organisation(table.members(database, {one.id for one in known}))
    return {key for key, head in heads.items() if head.id in people}


def _count(addressee: Addressee, asking: Collection[int], organisations_asking: Collection[int]) -> int:
    """Return how many of the people a letter is for ask for large letters; if none, 1 where its 団体 or head asks."""
    of_people = sum(person.entry_id in asking for person in addressee.people)
    number = whole_number(addressee.key.removeprefix("o").removesuffix("w"))
    return of_people or int(addressee.key.startswith("o") and number in organisations_asking)


def asks_for_large_print(words: str) -> bool:
    """Return whether a 配慮 or a remark asks for large letters."""
    return "拡大資料" in proposed_kinds(words)
