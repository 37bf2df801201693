"""The frame of a paper: office, contractor and settings of its 発信日, and how the paper goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from app.papers import paper
from app.papers.services.paper_kind import revision_of
from app.papers.services.paper_scope import PaperScope, ScopeKeys, keys_of, year_of
from app.programme.services.programme_view import ProgrammeView, setting_among, settings_of_event
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.papers import Letter
from db.records.programme import PaperSetting
from db.store import Store
from db.tables import papers


def paper_context(
    store: Store,
    view: ProgrammeView,
    event: Event,
    kind: str,
    now: datetime,
    *,
    formal: bool = False,
    given_on: date | None = None,
) -> paper.PaperContext:
    """Return ``context_of`` for a paper of an event.

    Args:
        view: the settings of the event's year as of ``now``. formal, given_on: as for ``context_of``.
    """
    return context_of(store, view, PaperScope(event_id=event.id), kind, now, formal=formal, given_on=given_on)


def context_of(
    store: Store,
    view: ProgrammeView,
    scope: PaperScope,
    kind: str,
    now: datetime,
    *,
    formal: bool = False,
    given_on: date | None = None,
) -> paper.PaperContext:
    """Return the office, the contractor and the settings that a paper of ``kind`` carries: those of its 発信日.

    Args:
        view: the settings of the paper's year as of ``now``. formal: a 公文書 at first.
        given_on: the day on which it was given, which counts where no 施行日 is noted.
    """
    known = letters_in_year(store, scope, view)
    context = paper.PaperContext(
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


def letter_of(store: Store, scope: PaperScope, kind: str, *, formal: bool = False, on: date) -> Letter | None:
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
    settings: tuple[PaperSetting, ...]


def read_known_letters(store: Store, scope: PaperScope, *, on: date) -> KnownLetters:
    """Return how all outgoing papers of a scope go; raises ``Refusal`` when what they are about is gone."""
    keys = keys_of(store, scope)
    letters = tuple(papers.letters_of(store.database, **keys))
    if scope.event_id is None:
        settings = year_of(store, scope, on=on).rows.paper_settings
    else:
        settings = settings_of_event(store.database, scope.event_id)
    return KnownLetters(keys=keys, letters=letters, settings=settings)


def letters_in_year(store: Store, scope: PaperScope, view: ProgrammeView) -> KnownLetters:
    """Return the same when the settings of the paper's year were read already; a master (event 0) is of no year."""
    keys = ScopeKeys(
        event_id=scope.event_id,
        programme_id=view.programme.id if scope.fiscal_year is not None else None,
        organisation_id=scope.organisation_id,
    )
    settings = () if scope.event_id == 0 else view.rows.paper_settings
    return KnownLetters(keys=keys, letters=tuple(papers.letters_of(store.database, **keys)), settings=settings)


def letter_among(known: KnownLetters, kind: str, *, formal: bool, on: date, revision: int = 1) -> Letter | None:
    """Return ``letter_of`` from what was read already; ``revision`` as ``PaperKind`` declares it."""
    every = [one for one in known.letters if one.document_kind == kind]
    found = [one for one in every if one.revision == revision] or (every if revision == 1 else [])
    if found:
        return found[-1]
    setting = setting_among(known.settings, kind, on)
    if setting is None and formal:
        return Letter(**known.keys, document_kind=kind, revision=revision, form="公文書")
    if setting is None or setting.form not in ("メール", "公文書"):
        return None
    form: Literal["公文書", "メール"] = "公文書" if setting.form == "公文書" else "メール"
    return Letter(**known.keys, document_kind=kind, revision=revision, form=form)
