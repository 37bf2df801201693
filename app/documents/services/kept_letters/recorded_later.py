"""Finds what a letter may have said whose 決裁 or 施行 is recorded days after it happened."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent
from app.documents.file_format import Format
from app.documents.services.document_kind import document_of, formats_of
from app.documents.services.document_scope import DocumentScope, keys_of
from app.documents.services.issued_copies import open_copy
from app.documents.services.kept_letters.handed_file import HandedFile, pdf_lines
from app.documents.services.kept_letters.kept_papers import (
    filled,
    is_drawn_here,
    issued_contents,
    kept_papers_of,
    letter_with_kept,
    split_letters,
)
from app.documents.services.kept_letters.letter_differences import LetterDifference, made_now, unanswered_differences
from app.foreign_files.word_reading import read_word_text
from db.record import record
from db.records.documents import Letter, LetterState, Outgoing
from db.rows import rows
from db.store import Store


@record
class RecordedLater:
    """What a letter may have said on the day of its 決裁 or 施行, of which the office says which it was.

    Attributes:
        put_up: each letter as it was put up. today: each as today's records say, () where they say the same.
        differences: between the two.
        printed: what was last saved or printed since the 決裁, before the letter was put up as it is now.
        printed_at: when that was.
    """

    put_up: tuple[DocumentContent, ...]
    today: tuple[DocumentContent, ...] = ()
    differences: tuple[LetterDifference, ...] = ()
    printed: HandedFile | None = None
    printed_at: datetime | None = None


def read_recorded_later(
    store: Store, *, scope: DocumentScope, kind: str, day: date, issued: bool, now: datetime
) -> RecordedLater | None:
    """Return what a letter may have said on the day of its 決裁, or of its 施行 with ``issued``; None = it is known.

    It is known where that is today, or nothing has changed since it was put up and nothing else was saved or printed.
    """
    paper = document_of(scope, kind)
    letter = letter_with_kept(store, paper, scope, now.date())
    if letter is None or day >= now.date():
        return None
    shown = replace(letter, state=LetterState.ISSUED, issued_on=day) if issued else letter
    kept = issued_contents(store, shown, kind=kind, wanted=is_drawn_here)
    if not kept:
        return None
    differences = unanswered_differences(store, letter, paper, scope, now)
    printed = _printed(store, scope, letter, kind, day) if issued else None
    if not differences and printed is None:
        return None
    today = []
    if differences:
        with suppress(UserError):  # nobody gets it any more
            today = split_letters(made_now(store, letter, paper, scope, kept, now))
    return RecordedLater(
        put_up=tuple(kept),
        today=tuple(filled(one, shown) for one in today),
        differences=differences,
        printed=_as_file(store, printed) if printed is not None else None,
        printed_at=printed.at if printed is not None else None,
    )


def _printed(store: Store, scope: DocumentScope, letter: Letter, kind: str, issued_on: date) -> Outgoing | None:
    """Return the row of what left last from the 決裁 to the 施行, before the letter was put up as it is kept."""
    put_up = max(one.at for one in kept_papers_of(store, letter, kind))
    logged = rows(store.database, Outgoing, order="-id", document_kind=kind, **keys_of(store, scope))
    gone = {one.withdraws for one in logged}
    return next(
        (
            one
            for one in logged
            if one.way.is_document
            and one.copy_file_id is not None
            and one.format in set(formats_of(kind)) - {"xlsx"}
            and not (one.id in gone or one.print_use.is_copy)
            and (letter.decided_on or issued_on) <= one.at.date() <= issued_on
            and one.at < put_up
        ),
        None,
    )


def _as_file(store: Store, row: Outgoing) -> HandedFile:
    """Return a copy of the log as a file of the letter that left."""
    data = open_copy(store, outgoing_id=row.id).data
    form: Format = "pdf" if row.format == "pdf" else "docx"
    return HandedFile(
        name=row.file_name or f"{row.document_kind}.{form}",
        data=data,
        form=form,
        pages=row.pages or 0,
        sha256=sha256(data).hexdigest(),
        lines=pdf_lines(data) if form == "pdf" else read_word_text(data).lines,
    )
