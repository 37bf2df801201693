"""Reads the context of a document: office, contractor and settings of its 発信日, and its letter form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.documents import document_frame
from app.documents.services.document_kind import revision_of
from app.documents.services.document_scope import DocumentScope, ScopeKeys, keys_of, year_at, year_of
from app.programme.services import ProgrammeView, programme_of_event, setting_in_force, settings_of_event
from db.record import record
from db.records.documents import Letter, LetterForm
from db.records.events import Event
from db.records.programme import DocumentSetting
from db.store import Store
from db.tables import documents


def event_document_context(
    store: Store,
    event: Event,
    kind: str,
    now: datetime,
    *,
    view: ProgrammeView | None = None,
    formal: bool = False,
    given_on: date | None = None,
) -> document_frame.DocumentContext:
    """Return ``document_context_of`` for a document of an event.

    Args:
        view: the settings of the event's year as of ``now``; None = read here.
        formal, given_on: as for ``document_context_of``.
    """
    known = view or programme_of_event(store, event, on=now.date())
    return document_context_of(
        store, DocumentScope(event_id=event.id), kind, now, view=known, formal=formal, given_on=given_on
    )


def document_context_of(
    store: Store,
    scope: DocumentScope,
    kind: str,
    now: datetime,
    *,
    view: ProgrammeView | None = None,
    formal: bool = False,
    given_on: date | None = None,
) -> document_frame.DocumentContext:
    """Return office, contractor and settings for a document of ``kind``, valid on its 発信日.

    Args:
        view: the settings of the document's year as of ``now``, None = read here. formal: a 公文書 at first.
        given_on: the day on which it was given, which counts where no 施行日 is noted.
    """
    view = view or year_at(store, scope, now)
    known = letters_in_year(store, scope, view)
    context = document_frame.DocumentContext(
        programme=view.programme,
        kinds=view.kinds,
        office=view.office,
        contractor=view.contractor,
        calendar=view.calendar,
        made_at=now,
        letter=letter_among(known, kind, formal=formal, on=now.date(), revision=revision_of(store, scope, kind)),
        given_on=given_on,
    )
    names = view.with_names_of(context.issue_day)
    return replace(context, office=names.office, contractor=names.contractor, setting=names.setting_of(kind))


def letter_of(store: Store, scope: DocumentScope, kind: str, *, formal: bool = False, on: date) -> Letter | None:
    """Return the form and state of an outgoing document: as recorded, else by 設定 (None = 事務連絡).

    Args:
        formal: without an entry in 設定 this kind is a 公文書, which needs 起案 and 決裁. on: today, for 設定.
    """
    known = read_known_letters(store, scope, on=on)
    return letter_among(known, kind, formal=formal, on=on, revision=revision_of(store, scope, kind))


@record
class KnownLetters:
    """Form and state of all outgoing documents of one scope as recorded, and the settings of its year."""

    keys: ScopeKeys
    letters: tuple[Letter, ...]
    settings: tuple[DocumentSetting, ...]


def read_known_letters(store: Store, scope: DocumentScope, *, on: date) -> KnownLetters:
    """Return form and state of all outgoing documents of a scope; raises ``UserError`` if its subject is gone."""
    keys = keys_of(store, scope)
    letters = tuple(documents.letters_of(store.database, **keys))
    if scope.event_id is None:
        settings = year_of(store, scope, on=on).rows.document_settings
    else:
        settings = settings_of_event(store.database, scope.event_id)
    return KnownLetters(keys=keys, letters=letters, settings=settings)


def letters_in_year(store: Store, scope: DocumentScope, view: ProgrammeView) -> KnownLetters:
    """Return what ``read_known_letters`` does, with settings already read; a master (event 0) has no settings."""
    keys = ScopeKeys(
        event_id=scope.event_id,
        programme_id=view.programme.id if scope.fiscal_year is not None else None,
        organisation_id=scope.organisation_id,
    )
    settings = () if scope.event_id == 0 else view.rows.document_settings
    return KnownLetters(keys=keys, letters=tuple(documents.letters_of(store.database, **keys)), settings=settings)


def letter_among(known: KnownLetters, kind: str, *, formal: bool, on: date, revision: int = 1) -> Letter | None:
    """Return ``letter_of`` among already read letters, or None for a 事務連絡 of which nothing is recorded.

    ``formal`` as for ``letter_of``; ``revision`` as ``DocumentKind`` declares it. One by 設定 alone has the id 0.
    """
    every = [one for one in known.letters if one.document_kind == kind]
    found = [one for one in every if one.revision == revision] or (every if revision == 1 else [])
    if found:
        return found[-1]
    setting = setting_in_force(known.settings, kind, on)
    if setting is None and formal:
        return Letter(**known.keys, document_kind=kind, revision=revision, form=LetterForm.FORMAL)
    if setting is None or setting.form not in (LetterForm.MAIL, LetterForm.FORMAL):
        return None
    return Letter(**known.keys, document_kind=kind, revision=revision, form=LetterForm(setting.form))
