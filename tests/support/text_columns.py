"""The class for erasing of every text column: the one of its field, and a list of the columns without a field."""

import typing
from datetime import date, datetime
from enum import Enum
from typing import Final, Literal

from db.fields import SpecifiedField, specs
from db.mapping import TABLE_OF
from db.record import Erasing
from db.records.accounts import Access, FailedLogin

RECORDS: Final = {**TABLE_OF, FailedLogin: "failed_logins", Access: "accesses"}
WITHOUT_FIELD: Final = {
    ("accesses", "chain"): "sum",
    ("answer_sheets", "scan"): "file",
    ("facts", "name"): "word",
    ("facts", "value"): "word",
    ("failed_logins", "chain"): "sum",
    ("former_names", "key"): "follows",
    ("former_names", "what"): "free",
    ("journal", "action"): "word",
    ("journal", "at"): "day",
    ("journal", "by"): "staff",
    ("journal", "chain"): "sum",
    ("journal", "payload"): "follows",
    ("journal", "payload_hash"): "sum",
    ("journal", "subject"): "word",
    ("organisation_keys", "key"): "follows",
    ("people", "phone"): "goes",
    ("person_keys", "key"): "follows",
    ("sheet_drafts", "scan"): "file",
}
"""Text columns that no record reads: keys by a trigger, the journal, and what older shapes had."""


def erasing_class(field: SpecifiedField) -> Erasing:
    """Return what an erasing does with a field: as its spec says, else by its type; "" = nothing.

    A field whose spec says nothing is a "day" for dates and times, and a "word" for an Enum or Literal.
    """
    if field.spec.erasing:
        return field.spec.erasing
    if field.kind in (date, datetime):
        return "day"
    is_choice = isinstance(field.kind, type) and issubclass(field.kind, Enum)
    return "word" if is_choice or typing.get_origin(field.kind) is Literal else ""


def text_columns() -> dict[str, list[tuple[str, str]]]:
    """Return the text columns by class, each as table and column."""
    found: dict[str, list[tuple[str, str]]] = {}
    for record, table in RECORDS.items():
        for name, told in specs(record).items():
            if kind := erasing_class(told):
                found.setdefault(kind, []).append((table, name))
    for column, kind in WITHOUT_FIELD.items():
        found.setdefault(kind, []).append(column)
    return found
