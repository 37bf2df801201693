"""廃棄の記録 of each erasure as a document of the year in which it was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.calendar.wareki import era_year_short
from app.common.clauses import clause_of
from app.data_folder.services.second_folder import read_second_folder
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.documents.services.saved_outside import SavedOutside, files_naming, read_saved_outside
from app.programme.holds import backup_term
from app.programme.rules import APPLICANTS, BASIS, PARTICIPANTS, REQUEST, RETENTIONS, in_visit_words
from app.programme.services import visits_of_all_years
from app.settings.disposal.documents import (
    DISPOSAL_RECORD_KIND,
    ErasureFacts,
    SavedFile,
    TextLocations,
    disposal_record,
)
from app.settings.disposal.services.due_rows import active_hold, read_due, retention_rules
from app.settings.disposal.services.naming_texts import locations_words
from app.settings.disposal.services.personal_rows import people_of
from db.backups import finish_erasing
from db.records.disposals import Disposal, DisposalItem
from db.rows import by_id, rows
from db.store import Store

_OF_KNOWN_PEOPLE = frozenset({REQUEST.key, PARTICIPANTS.key, APPLICANTS.key})
"""Kinds whose rows refer to people by id; 発表者 and 署名した人 are identified by name only."""


def build_record(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the record of the erasure that ``scope.item`` belongs to, by default the newest.

    Raises:
        UserError: nothing was erased yet, or an erasure is not finished everywhere.
    """
    named = by_id(store.database, Disposal, scope.item)
    done = [one for one in rows(store.database, Disposal) if one.erased_at is not None]
    one = named if named in done else (done[-1] if done else None)
    if one is None:
        raise UserError(
            "消したものは、まだありません。", "「設定」の「情報保護」から「消す時期が来たもの」を開いてください。"
        )
    if finish_erasing.is_due(store):
        raise UserError("消去が、まだ終わっていません。", "開き直すと続きを行います。終わると記録を作成できます。")
    kinds = tuple(each for each in done if (each.fiscal_year, each.number) == (one.fiscal_year, one.number))
    day = kinds[0].erased_at.date() if kinds[0].erased_at is not None else now.date()
    called = visits_of_all_years(store.database)
    holds = tuple(
        (in_visit_words(kind.data_name, called), hold)
        for kind in RETENTIONS
        if (hold := active_hold(store.database, kind.key, day)) is not None
    )
    texts = list(dict.fromkeys(item for each in kinds for item in each.items if item.column))
    coming = [line for line in read_due(store, today=now.date(), by_walk=True).lines if line.state in ("due", "later")]
    saved, looked = _outside_files(store, kinds)
    rules = retention_rules(store.database)
    facts = ErasureFacts(
        rules="・".join(dict.fromkeys(rules.get(one.kind, BASIS) for one in kinds)),
        number=one.number,
        year_words=era_year_short(date(one.fiscal_year, 4, 1)),
        kinds=kinds,
        holds=holds,
        backups_until=backup_term(store.database, now.date()).last_day(day - timedelta(days=1)),
        next_due=(coming[0].title, coming[0].until) if coming else None,
        outside_files=saved,
        checked_files=looked,
        has_second_folder=read_second_folder(store).target is not None,
        naming_texts=_text_locations([item for item in texts if not item.sort]),
        uncertain_texts=_text_locations([item for item in texts if item.sort.is_unsure]),
        judged_as_others=sum(item.sort.is_another for item in texts),
    )
    return disposal_record(document_context_of(store, scope, DISPOSAL_RECORD_KIND, now), facts)


def _outside_files(store: Store, kinds: Sequence[Disposal]) -> tuple[tuple[SavedFile, ...], int | None]:
    """Return the outside files that may hold erased people, and how many files were compared.

    The number is None when the erased people are not known by id.
    """
    if not {one.kind for one in kinds} <= _OF_KNOWN_PEOPLE:
        return tuple(map(_outside_file, read_saved_outside(store))), None
    found = files_naming(store, people_of(store.database, [item for one in kinds for item in one.items]))
    files = [_outside_file(one) for one in found.certain] + [_outside_file(one, unsure=True) for one in found.unknown]
    return tuple(files), found.checked_count


def _outside_file(one: SavedOutside, *, unsure: bool = False) -> SavedFile:
    return SavedFile(
        document=one.row.document_kind,
        day=one.row.at.date(),
        by=one.row.by,
        locked=one.is_encrypted,
        where=one.folder,
        is_uncertain=unsure,
    )


def _text_locations(items: Sequence[DisposalItem]) -> TextLocations:
    return TextLocations(count=len(items), words=locations_words(items))


def _is_available(store: Store, _subject: DocumentSubject) -> bool:
    return any(one.erased_at is not None for one in rows(store.database, Disposal))


def _records(store: Store, _scope: DocumentScope) -> Sequence[DocumentItem]:
    found: dict[tuple[int, int], DocumentItem] = {}
    for one in rows(store.database, Disposal):
        if one.erased_at is not None:
            title = f"第{one.number}号　{short_date(one.erased_at.date())}"
            found.setdefault((one.fiscal_year, one.number), DocumentItem(id=one.id, title=title))
    return tuple(found.values())


RECORD = DocumentKind(
    kind=DISPOSAL_RECORD_KIND,
    group="管理簿",
    build=build_record,
    is_ready=_is_available,
    items=_records,
    missing_words="消したものの記録ができると作成できます。",
    todo="消す時期が来たもの",
    is_internal=True,
    clauses=(clause_of("返還・処分と証明、外部委託の承認"),),
)
