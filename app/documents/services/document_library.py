"""The document library of an event, a year or a 団体: applicable kinds, their state, and what left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date
from typing import Any

from app.actions.action_id import ActionLink
from app.common.join_nonempty import join_nonempty
from app.documents.file_format import FORMAT_WORDS
from app.documents.services.document_context import letter_among, read_known_letters
from app.documents.services.document_kind import DocumentKind, documents_about, host_document_of, read_subject
from app.documents.services.document_saving import list_outgoing
from app.documents.services.document_scope import DocumentScope, keys_of, scope_of, year_of
from app.documents.services.document_states import StateAnswer, copy_missing, event_status_of, state_answer, with_halts
from app.documents.services.kept_letters.kept_papers import kept_kinds, lacks_copy, letter_with_kept
from app.programme.rules import in_visit_words
from db.query_cache import cached_queries
from db.record import record
from db.records.documents import DocumentPassage, Letter, Outgoing
from db.rows import rows
from db.store import Store


@record
class DocumentRow:
    """One applicable document kind in the library.

    ``is_ready`` whether it can be made now; ``state`` its state, or why it can't be made yet, ``missing_link`` leads
    to what is then needed. ``goes_out`` documents have a letter form: ``letter`` None = 事務連絡; ``formal`` ones are
    公文書 by default. ``state_answer`` is the
    effect of its event's state. ``can_be_urgent``: an 口頭決裁 is enough for its 施行; ``awaits_draft``: one that left
    so, this or one before it, awaits its 起案. ``is_listed`` False = it is part
    of another document or printed from its own list, and is found by name. ``has_own_texts``: its passages are edited
    beside it (letters of an event have their own way). ``item`` is the row of the year that it is about, named by
    ``title``, where there is a letter for each of several.
    """

    kind: str
    group: str
    is_ready: bool
    state: str
    missing_link: ActionLink | None
    goes_out: bool
    letter: Letter | None
    formal: bool = False
    can_be_urgent: bool = False
    awaits_draft: bool = False
    has_own_texts: bool = False
    is_listed: bool = True
    state_answer: StateAnswer = field(default_factory=StateAnswer)
    item: int | None = None
    title: str = ""

    @property
    def can_be_made(self) -> bool:
        """Return whether it is ready, and neither the state of its event nor a halt stops it."""
        return self.is_ready and not self.state_answer.is_stopped


@record
class DocumentLibrary:
    """The documents of one event, year or 団体 and their outgoing log, newest first."""

    scope: DocumentScope
    title: str
    rows: tuple[DocumentRow, ...]
    log: tuple[Outgoing, ...]

    @property
    def event_id(self) -> int:
        """Return the event, 0 for documents of a year or a 団体."""
        return self.scope.event_id or 0

    @property
    def listed_rows(self) -> tuple[DocumentRow, ...]:
        """Return the listed documents, without those that are part of another one."""
        return tuple(row for row in self.rows if row.is_listed)

    def row(self, kind: str, item: int | None = None) -> DocumentRow | None:
        """Return one document by its kind or alias, or None if it is not applicable.

        Args:
            item: which of several; None, or one that is gone = the newest.
        """
        named = {row.kind: row for row in self.rows} | {row.kind: row for row in self.rows if row.item == item}
        return named.get(kind) or named.get(host_document_of(kind))

    def scope_of(self, row: DocumentRow) -> DocumentScope:
        """Return the scope of one of its documents: that of the library, with the row's ``item`` if it has one."""
        return replace(self.scope, item=row.item) if row.item is not None else self.scope


@cached_queries
def read_library(
    store: Store, *, event_id: int | None = None, scope: DocumentScope | None = None, today: date
) -> DocumentLibrary:
    """Return the documents of one event (``event_id``), or of the year or 団体 of ``scope``, as of today.

    Raises ``UserError`` when that is gone.
    """
    about = scope_of(event_id, scope)
    subject = read_subject(store, about)
    # Several kinds ask for a passage of theirs: all of the subject are read at once, and answer those.
    belongs_to: dict[str, Any] = {name: value for name, value in keys_of(store, about).items() if value is not None}
    rows(store.database, DocumentPassage, **belongs_to)
    log = list_outgoing(store, scope=about)
    known = read_known_letters(store, about, on=today)
    fitting = [paper for paper in documents_about(about) if paper.is_applicable(subject)]
    of_event = next((paper for paper in fitting if paper.event_status is not None), None)
    stands = event_status_of(store, of_event, about, today, subject) if of_event is not None else None
    papers = []
    kept = kept_kinds(store, known.letters)
    for paper in fitting:
        ready, answer = paper.is_ready(store, subject), state_answer(paper, stands, today)
        for item, title in _letters_of_kind(store, paper, about):
            mine = replace(subject, scope=replace(about, item=item))
            revision = paper.revision(store, mine.scope)
            letter = letter_among(known, paper.kind, formal=paper.formal, on=today, revision=revision)
            holder = kept.get(paper.kind)
            if holder is not None and letter_with_kept(store, paper, mine.scope, today) is not None:
                ready, answer = True, StateAnswer() if holder.state.is_issued else answer
            elif lacks_copy(store, letter):
                ready, answer = True, copy_missing(store, paper, mine.scope)
            elif ready:
                answer = with_halts(store, paper, mine.scope, today, answer)
            papers.append((paper, mine, title, letter, ready, answer))
    return DocumentLibrary(
        scope=about,
        title=subject.title,
        rows=tuple(
            DocumentRow(
                kind=paper.kind,
                group=paper.group,
                is_ready=ready,
                state=_state_words(answer, paper.state_words(store, mine, today))
                if ready
                else _missing_words(store, paper, about, today),
                missing_link=None if ready else paper.missing_link(about),
                goes_out=paper.goes_out,
                letter=letter,
                formal=paper.formal,
                can_be_urgent=paper.can_be_urgent,
                awaits_draft=any(one.awaits_draft for one in known.letters if one.document_kind == paper.kind),
                is_listed=paper.is_in_library,
                has_own_texts=(about.event_id is None or paper.worded_in_library)
                and bool(paper.passages(store, mine.scope, today)),
                state_answer=answer,
                item=mine.scope.item,
                title=title,
            )
            for paper, mine, title, letter, ready, answer in papers
        ),
        log=log,
    )


def _missing_words(store: Store, document_kind: DocumentKind, about: DocumentScope, today: date) -> str:
    """Return why a document can't be made yet, with what the year of its subject calls its visits."""
    words = document_kind.missing_words
    return in_visit_words(words, year_of(store, about, on=today).kinds) if "派遣" in words else words


def _letters_of_kind(
    store: Store, document_kind: DocumentKind, about: DocumentScope
) -> Sequence[tuple[int | None, str]]:
    """Return id and title of each row of a year that has a letter of this kind, where there are several.

    Else one entry: the ``item`` of ``about`` (None for a whole year) and "".
    """
    found = document_kind.letters_of_year(store, about) if document_kind.letters_of_year is not None else ()
    return [(one.id, one.title) for one in found] if len(found) > 1 else [(about.item, "")]


def _state_words(answer: StateAnswer, words: str) -> str:
    return answer.words if answer.is_stopped else join_nonempty(words, answer.words)


def way_words(row: Outgoing) -> str:
    """Return how a document left: 「印刷 2部」「印刷 1部（控え用）」「PDF そのまま保存」「文 コピー」."""
    if row.way.is_print:
        return f"印刷 {row.copies}部{'（控え用）' if row.print_use.is_copy else ''}"
    shape = {**FORMAT_WORDS, "txt": "文", "ics": "カレンダー"}.get(row.format, row.format)
    return f"{shape} {row.way}"
