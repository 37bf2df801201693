"""The frame of a paper: office, contractor and settings of its 発信日, and how the paper goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from app.documents import document_frame
from app.documents.services.document_kind import revision_of
from app.documents.services.document_scope import DocumentScope, ScopeKeys, keys_of, year_of
from app.programme.services.programme_view import ProgrammeView, setting_in_force, settings_of_event
from db.frozen_record import frozen_record
from db.records.documents import Letter
from db.records.events import Event
from db.records.programme import DocumentSetting
from db.store import Store
from db.tables import documents


def event_document_context(
    store: Store,
    view: ProgrammeView,
    event: Event,
    kind: str,
    now: datetime,
    *,
    formal: bool = False,
    given_on: date | None = None,
) -> document_frame.DocumentContext:
    """Return ``document_context_of`` for a paper of an event.

    Args:
        view: the settings of the event's year as of ``now``. formal, given_on: as for ``document_context_of``.
    """
    return document_context_of(
        store, view, DocumentScope(event_id=event.id), kind, now, formal=formal, given_on=given_on
    )


def document_context_of(
    store: Store,
    view: ProgrammeView,
    scope: DocumentScope,
    kind: str,
    now: datetime,
    *,
    formal: bool = False,
    given_on: date | None = None,
) -> document_frame.DocumentContext:
    """Return the office, the contractor and the settings that a paper of ``kind`` carries: those of its 発信日.

    Args:
        view: the settings of the paper's year as of ``now``. formal: a 公文書 at first.
        given_on: the day on which it was given, which counts where no 施行日 is noted.
    """
    known = letters_in_year(store, scope, view)
    context = document_frame.DocumentContext(
        programme=view.programme,
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
    """Return how the outgoing paper goes: as noted for it, else as 設定 says (None = 事務連絡).

    Args:
        formal: without a word in 設定 this kind is a 公文書, which needs 起案 and 決裁. on: today, for 設定.
    """
    known = read_known_letters(store, scope, on=on)
    return letter_among(known, kind, formal=formal, on=on, revision=revision_of(store, scope, kind))


@frozen_record
class KnownLetters:
    """How the outgoing papers of one scope go: what was noted for each, and all that 設定 says in its year."""

    keys: ScopeKeys
    letters: tuple[Letter, ...]
    settings: tuple[DocumentSetting, ...]


def read_known_letters(store: Store, scope: DocumentScope, *, on: date) -> KnownLetters:
    """Return how all outgoing papers of a scope go; raises ``UserError`` when what they are about is gone."""
    keys = keys_of(store, scope)
    letters = tuple(documents.letters_of(store.database, **keys))
    if scope.event_id is None:
        settings = year_of(store, scope, on=on).rows.document_settings
    else:
        settings = settings_of_event(store.database, scope.event_id)
    return KnownLetters(keys=keys, letters=letters, settings=settings)


def letters_in_year(store: Store, scope: DocumentScope, view: ProgrammeView) -> KnownLetters:
    """Return the same when the settings of the paper's year were read already; a master (event 0) is of no year."""
    keys = ScopeKeys(
        event_id=scope.event_id,
        programme_id=view.programme.id if scope.fiscal_year is not None else None,
        organisation_id=scope.organisation_id,
    )
    settings = () if scope.event_id == 0 else view.rows.document_settings
    return KnownLetters(keys=keys, letters=tuple(documents.letters_of(store.database, **keys)), settings=settings)


def letter_among(known: KnownLetters, kind: str, *, formal: bool, on: date, revision: int = 1) -> Letter | None:
    """Return ``letter_of`` from what was read already; ``revision`` as ``DocumentKind`` declares it."""
    every = [one for one in known.letters if one.document_kind == kind]
    found = [one for one in every if one.revision == revision] or (every if revision == 1 else [])
    if found:
        return found[-1]
    setting = setting_in_force(known.settings, kind, on)
    if setting is None and formal:
        return Letter(**known.keys, document_kind=kind, revision=revision, form="公文書")
    if setting is None or setting.form not in ("メール", "公文書"):
        return None
    form: Literal["公文書", "メール"] = "公文書" if setting.form == "公文書" else "メール"
    return Letter(**known.keys, document_kind=kind, revision=revision, form=form)
