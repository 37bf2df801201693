"""Who is known to the register, made ready to be looked for in the free texts of a survey."""

from __future__ import annotations

from collections.abc import Iterable

from app.subjects.register.rules.free_text import NameFinder
from db.name_key import name_key
from db.records.surveys import AnswerSheet
from db.store import Store
from db.tables import known_names


def name_finder(store: Store, sheets: Iterable[AnswerSheet]) -> NameFinder | None:
    """Return a finder of everybody in the register, or None when nothing was written that could name anybody.

    Names are found under any spelling (髙=高, kana, width), as everywhere in the application.
    """
    if not any(answer.text.strip() or answer.other for sheet in sheets for answer in sheet.answers.values()):
        return None
    return NameFinder.with_keys(known_names.name_keys(store.database), name_key)
