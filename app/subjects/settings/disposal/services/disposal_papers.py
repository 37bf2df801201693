"""The record of each erasing as a paper of the year in which it was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from app.acts.refusal import Refusal
from app.calendar.dates import short_date
from app.calendar.wareki import era_year_short
from app.data_folder.services.second_place import read_second_place
from app.papers.blocks import DocumentContent
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperItem, PaperKind, PaperSubject
from app.papers.services.paper_scope import PaperScope, year_of
from app.papers.services.saved_out import SavedOut, read_saved_out, saved_with
from app.programme.rules.retention import APPLICANTS, PARTICIPANTS, REQUEST, RETENTIONS
from app.subjects.settings.disposal.papers.disposal_record import KIND, Places, RecordFacts, SavedFile, disposal_record
from app.subjects.settings.disposal.services.due import hold_of, read_due
from app.subjects.settings.disposal.services.named_texts import texts_in_words
from app.subjects.settings.disposal.services.personal_rows import people_of
from db.backups import finish_erasing
from db.backups.keeping import last_day_in_backups
from db.records.disposals import Disposal, DisposalItem
from db.rows import by_id, rows
from db.store import Store

_OF_KNOWN_PEOPLE: Final = frozenset({REQUEST.key, PARTICIPANTS.key, APPLICANTS.key})
"""The kinds whose rows tell of people by their number; 発表者 and 署名した人 stand by their name alone."""


def build_record(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return the record of the press that ``scope.item`` belongs to, the newest where none is named.

    Raises:
        Refusal: nothing was erased yet, or it is not finished everywhere.
    """
    view = year_of(store, scope, on=now.date())
    named = by_id(store.database, Disposal, scope.item) if scope.item else None
    done = [one for one in rows(store.database, Disposal, order="id") if one.erased_at is not None]
    one = named if named in done else (done[-1] if done else None)
    if one is None:
        raise Refusal(
            "消したものは、まだありません。", "「設定」の「情報保護」から「消す時期が来たもの」を開いてください。"
        )
    if finish_erasing.is_due(store):
        raise Refusal("消去が、まだ終わっていません。", "開き直すと続きを行います。終わると記録を作成できます。")
    kinds = tuple(each for each in done if (each.fiscal_year, each.number) == (one.fiscal_year, one.number))
    day = kinds[0].erased_at.date() if kinds[0].erased_at is not None else now.date()
    holds = tuple(
        (kind.what, hold) for kind in RETENTIONS if (hold := hold_of(store.database, kind.key, day)) is not None
    )
    texts = list(dict.fromkeys(item for each in kinds for item in each.items if item.column))
    coming = [line for line in read_due(store, today=now.date()).lines if line.state in ("due", "later")]
    saved, looked = _saved_files(store, kinds)
    facts = RecordFacts(
        number=one.number,
        year_words=era_year_short(date(one.fiscal_year, 4, 1)),
        kinds=kinds,
        holds=holds,
        backups_until=last_day_in_backups(day - timedelta(days=1)),
        next_due=(coming[0].what, coming[0].until) if coming else None,
        saved=saved,
        looked=looked,
        second_place=read_second_place(store).wanted is not None,
        named=_places([item for item in texts if not item.sort]),
        unsure=_places([item for item in texts if item.sort in ("shared", "surname")]),
        others=sum(item.sort == "another" for item in texts),
    )
    return disposal_record(context_of(store, view, scope, KIND, now), facts)


def _saved_files(store: Store, kinds: Sequence[Disposal]) -> tuple[tuple[SavedFile, ...], int | None]:
    """The files outside that may hold those who were erased, and how many were held against them; None where it is not
    known by their numbers who went."""
    if not {one.kind for one in kinds} <= _OF_KNOWN_PEOPLE:
        return tuple(_saved_file(one) for one in read_saved_out(store)), None
    found = saved_with(store, people_of(store.database, [item for one in kinds for item in one.items]))
    files = [_saved_file(one) for one in found.sure] + [_saved_file(one, unsure=True) for one in found.unknown]
    return tuple(files), found.looked


def _saved_file(one: SavedOut, *, unsure: bool = False) -> SavedFile:
    return SavedFile(
        paper=one.row.document_kind,
        day=one.row.at.date(),
        by=one.row.by,
        locked=one.locked,
        where=one.where,
        unsure=unsure,
    )


def _places(items: Sequence[DisposalItem]) -> Places:
    return Places(number=len(items), words=texts_in_words(items))


def _ready(store: Store, _subject: PaperSubject) -> bool:
    return any(one.erased_at is not None for one in rows(store.database, Disposal))


def _records(store: Store, _scope: PaperScope) -> Sequence[PaperItem]:
    found: dict[tuple[int, int], PaperItem] = {}
    for one in rows(store.database, Disposal, order="id"):
        if one.erased_at is not None:
            title = f"第{one.number}号　{short_date(one.erased_at.date())}"
            found.setdefault((one.fiscal_year, one.number), PaperItem(id=one.id, title=title))
    return tuple(found.values())


RECORD: Final = PaperKind(
    kind=KIND,
    about="年度",
    shelf="管理簿",
    build=build_record,
    ready=_ready,
    items=_records,
    missing="消したものの記録ができると作成できます。",
    todo="消す時期が来たもの",
    inside=True,
    rests_on=("特22",),
)
