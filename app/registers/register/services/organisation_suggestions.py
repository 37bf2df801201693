"""Suggests 団体 while somebody types: those of the register, then names written on earlier applications."""

from __future__ import annotations

from app.registers.register.services.search import find_organisations, search_keys
from db.name_key import name_key
from db.record import record
from db.records.organisations import Organisation
from db.store import Store
from db.tables import applications as table


@record
class OrganisationSuggestion:
    """One suggested 団体: a registered one, or (``organisation`` None) a name written earlier.

    ``former_name_words`` is 「旧称 …」 where only the former name matched; ``is_new`` offers to add the name to the
    register.
    """

    name: str
    organisation: Organisation | None = None
    former_name_words: str = ""
    is_new: bool = False


def suggest_organisations(store: Store, *, text: str, limit: int) -> tuple[OrganisationSuggestion, ...]:
    """Return at most ``limit`` 団体 that contain every word of ``text``.

    Registered ones come first in register order, then names from entries without a registered 団体: those that begin
    with the text before the others, the most frequent first. Names are as registered or as written.
    """
    found = [
        OrganisationSuggestion(
            name=hit.organisation.name, organisation=hit.organisation, former_name_words=hit.former_name_words
        )
        for hit in find_organisations(store, text=text, limit=limit)
    ]
    keys = search_keys(text)
    if not keys or len(found) >= limit:
        return tuple(found)
    known = {name_key(one.name) for one in found}
    written = [
        name
        for name in table.organisation_names_written(store.database)
        if name_key(name) not in known and all(key in name_key(name) for key in keys)
    ]
    written.sort(key=lambda name: not name_key(name).startswith(keys[0]))
    return (*found, *(OrganisationSuggestion(name=name) for name in written))[:limit]
