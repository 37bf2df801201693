"""Further data erased together with due rows: name hashes in notified facts, rows deleted by hand, old telephones."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.event.rules.notification_facts import order_key
from app.settings.disposal.services.personal_rows import ERASED_COLUMNS, NAME_COLUMNS, redactions_for
from db.engine import Database
from db.erasing import Cells
from db.name_key import name_key
from db.records.accounts import User
from db.records.applications import Application
from db.records.calls import Call
from db.records.dispatches import DispatchRequest
from db.records.documents import ReturnedLetter
from db.records.organisations import Contact, Person
from db.records.presentations import Presentation
from db.records.year.enquiries import ContactMemo
from db.records.year.rights import DataRequest, MistakeReport, RequestStep
from db.redactions import REDACTED, SUM_SEPARATOR, is_redacted_text, personal_redactions, redaction_of_facts
from db.row_history import RowHistories, RowHistory
from db.rows import rows

EVENT_CELLS = ("entries", "arrangements", "calls", "tablet_loans")
"""Tables whose deleted rows are erased with the entries of their event."""
_SEARCHED_TABLES: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (Contact, ("value", "note")),
    (Person, ("name", "furigana")),
    (Application, ("name", "furigana")),
    (Call, ("whom",)),
    (Presentation, ("presenter",)),
    (DispatchRequest, ("signer",)),
    (ContactMemo, ("caller", "phone")),
    (ReturnedLetter, ("addressee",)),
    (MistakeReport, ("said_by",)),
    (DataRequest, ("requester", "agent")),
    (RequestStep, ("whom",)),
    (User, ("display_name", "login_id")),
)
_ORDER = "依頼の内容"
"""The fact of an order that states the 配慮 in words."""
_MIN_LENGTH = 3
"""Shorter values are words that many rows hold (「会長」)."""
_NOTIFIED = ("acts", "outgoing")


def related_cells(
    histories: RowHistories, wanted: Cells, *, whole_events: Collection[int]
) -> dict[RowHistory, Mapping[str, str]]:
    """Return what else is to be erased about the people of ``wanted``: the new cells by row history, as in ``wanted``.

    These are: the short hashes of their names and 配慮 in notified and issued facts; rows deleted by hand earlier that
    exist in history images only (their entries, contacts, survey sheets; people and applications of the same 団体 and
    name if no present person has both); and the telephone that oldest images of people hold. No other row that still
    exists is touched.

    Args:
        whole_events: the events all of whose entries are erased: their deleted entries, calls, arrangements and loans
            are included, whoever they are about.
    """
    deleted = _deleted_rows(histories, wanted, whole_events)
    return {**deleted, **_notified_facts(histories, {**wanted, **deleted}), **_earlier_phones(histories, wanted)}


def _notified_facts(histories: RowHistories, wanted: Cells) -> dict[RowHistory, Mapping[str, str]]:
    """Return the new text of notified or issued facts, by row, without the hashes of the erased people."""
    events: dict[int, dict[str, set[int]]] = {}
    for life in wanted:
        number = histories.last_images[life].get("event_id")
        if life.table in ("entries", "presentations", "arrangements") and number is not None:
            events.setdefault(int(number), {}).setdefault(life.table, set()).add(life.row_id)
    people = {life.row_id for life, cells in wanted.items() if life.table == "people" and "name" in cells}
    for life, image in histories.of_table("entries").items():
        if image.get("person_id") in people:  # nothing was written about the place itself
            events.setdefault(int(image["event_id"]), {}).setdefault(life.table, set()).add(life.row_id)
    found: dict[RowHistory, Mapping[str, str]] = {}
    for table in _NOTIFIED:
        for life, image in histories.of_table(table).items():
            gone = events.get(int(image.get("event_id") or 0))
            facts = str(image.get("facts") or "")
            if gone is None or not (SUM_SEPARATOR in facts or _ORDER in facts):
                continue
            places, shown = gone.get("entries", set()), gone.get("presentations", set())
            orders = {order_key(one) for one in gone.get("arrangements", ())}
            found[life] = {
                "facts": redaction_of_facts(
                    {"名簿": sorted(places), "宛先": sorted(places | shown), "連絡先": sorted(shown)},
                    words=[_ORDER] if image.get("key") in orders or orders & _matters_in(facts) else [],
                )
            }
    return found


def _matters_in(facts: str) -> set[str]:
    """Return the notification matters in the facts of an issued document; for a notification they are its facts."""
    plain = json.loads(facts)
    return set(plain) if isinstance(plain, dict) else set()


def _deleted_rows(
    histories: RowHistories, wanted: Cells, whole: Collection[int]
) -> dict[RowHistory, Mapping[str, str]]:
    """Return the redactions of rows of the same entries, people and surveys that were deleted by hand earlier."""
    people = {life.row_id for life in wanted if life.table == "people"}
    named = {
        (histories.last_images[life].get("organisation_id"), name)
        for life in wanted
        if life.table == "people"
        for name in histories.names.get(life, ())
        if not is_redacted_text(name)
    }
    named -= {
        _person_and_entry(image) for life, image in histories.of_table("people").items() if histories.is_current(life)
    }
    places = {life.row_id for life in wanted if life.table == "entries"}
    surveys = {histories.last_images[life].get("survey_id") for life in wanted if life.table == "answer_sheets"}
    gone = [
        (life, image)
        for life, image in histories.last_images.items()
        if life.table in ERASED_COLUMNS
        and life not in wanted
        and not histories.is_current(life)
        and not all(not image.get(name) or is_redacted_text(image[name]) for name in ERASED_COLUMNS[life.table])
    ]

    def is_theirs(life: RowHistory, image: Mapping[str, Any]) -> bool:
        """Return whether a deleted row was about one of these people, or about an event erased as a whole."""
        if life.table in EVENT_CELLS and image.get("event_id") in whole:
            return True
        if life.table in ("contacts", "memberships", "entries"):
            return image.get("person_id") in people
        if life.table in ("people", "applications"):
            return _person_and_entry(image) in named
        if life.table == "answer_sheets":
            return image.get("survey_id") in surveys
        return life.table in EVENT_CELLS and image.get("entry_id") in places

    return redactions_by_row(histories, [life for life, image in gone if is_theirs(life, image)])


def redactions_by_row(
    histories: RowHistories, found: Sequence[RowHistory], kind: str = ""
) -> dict[RowHistory, Mapping[str, str]]:
    """Return the redaction of each cell: those written by the mark, and new ones for rows deleted earlier."""
    images = {life: histories.last_images[life] for life in found}
    used = [
        str(image[name])
        for image in histories.last_images.values()
        for name in NAME_COLUMNS
        if is_redacted_text(image.get(name))
    ]
    fresh = personal_redactions(len(images), used)
    return {
        life: redactions_for(life.table, image, own, kind)
        for (life, image), own in zip(images.items(), fresh, strict=True)
    }


def _person_and_entry(image: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return 団体 and name of an image, by which rows of one person are recognised."""
    return image.get("organisation_id"), image.get("name")


def _earlier_phones(histories: RowHistories, wanted: Cells) -> dict[RowHistory, Mapping[str, str]]:
    """Return the redaction of the telephone that oldest images of people hold, where their contact is erased."""
    people = {int(histories.last_images[life].get("person_id") or 0) for life in wanted if life.table == "contacts"} - {
        0
    }
    found = (histories.current.get(("people", one)) for one in people)
    return {life: {"phone": REDACTED} for life in found if life is not None and life not in wanted}


def count_elsewhere(database: Database, values: Collection[str]) -> int:
    """Return how many other rows hold one of these values, kept for another purpose or a later day."""
    looked = {name_key(one) for one in values if len(one) >= _MIN_LENGTH}
    return sum(
        any(name_key(getattr(one, name)) in looked for name in names)
        for record, names in _SEARCHED_TABLES
        for one in rows(database, record)
    )
