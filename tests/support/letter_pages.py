"""Reads the page of one document of an event as the tab 書類 does for the chosen one."""

from datetime import datetime

from app.documents.services.document_library import read_library
from app.events.letters.services.letter_page import LetterPage, read_page
from db.query_cache import cached_queries
from db.store import Store


@cached_queries
def read_letters(store: Store, *, event_id: int, kind: str, now: datetime) -> LetterPage:
    """Return the page of one kind of document, of the first for one that does not fit; raises as ``read_library``."""
    shelf = read_library(store, event_id=event_id, today=now.date())
    return read_page(store, shelf, shelf.row(kind) or shelf.rows[0], now=now)
