"""変更 as read from the journal: in words with names, where each was made, and the effect of undoing it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from app.actions.action_id import ActionId, ActionLink
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty
from app.history.services import FieldChange, HistoryLine, history_lines, table_name, undo_entry_problem
from db.mapping import TABLE_OF
from db.record import RowsById, record
from db.records.accounts import JournalEntry
from db.records.documents import Notification
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.rows import by_id, rows, rows_by_id
from db.store import Store
from db.tables import journal


@record
class ChangeLocation:
    """The words of a place without an event, and the link to it (None = no place to open)."""

    words: str = ""
    link: ActionLink | None


_OF_EVENT: Mapping[str, ActionId] = {
    "surveys": "アンケート", "roster": "名簿", "participants": "参加人数", "selections": "参加者の決定",
    "reports": "報告書",
    "materials": "資料", "papers": "変わったことを伝える", "calls": "中止・変更の連絡",
    "confirmations": "確認の電話",
    "change_decisions": "中止・変更の連絡",
    "discussion": "討議の記録", "takeouts": "持出し管理簿", "applications": "申込を受け付ける",
    "deadlines": "実施回の期限を見る",
    "received": "報告書", "bookings": "実施回", "incidents": "事故の対応",
}  # fmt: skip
_OF_YEAR: Mapping[str, tuple[str, ActionId | None]] = {
    "programme": ("年度と契約", "契約"), "agreements": ("協議・打合せ", "協議の記録"),
    "deadlines": ("年度の期日", "年度の期日"),
    "received": ("資料・報告", "提出物"), "completion": ("完了・検査・支払", "完了の手続きを進める"),
    "proposal": ("提案書の根拠", "提案書の根拠"),
    "specification": ("仕様書の読み比べ", "仕様書の読み比べ"), "ledgers": ("管理簿", "管理簿"),
    "handover": ("引継書", "引継書"),
    "takeouts": ("持出し管理簿", "持出し管理簿"), "venues": ("会場・予約", None), "bookings": ("会場・予約", None),
    "accounts": ("利用者", None),
    "surveys": ("アンケート", "アンケート"), "paper_texts": ("書類の文", None), "papers": ("書類", None),
    "organisations": ("団体", None),
    "participants": ("団体", None), "events": ("事業", None),
    "selections": ("団体の選定", "派遣の希望票"),
    "summary": ("年度", "年度まとめ"), "dispatches": ("希望票", "派遣の希望票"),
    "presentations": ("事例発表", "事例発表"),
    "shape": ("データの形", None), "copies": ("控え", None),
    "backups": ("バックアップ", "2つ目の場所"), "drill": ("復元の点検", "復元の点検"),
    "incidents": ("事故の対応", "事故の対応"), "protected_places": ("保護された保存先", "保護された保存先"),
    "disposal": ("消す時期が来たもの", "消す時期が来たもの"), "erasing": ("消去", "消す時期が来たもの"),
}  # fmt: skip
_ACTIONS_WITHOUT_ROW = frozenset({"申込を受け付ける"})


def concerned_id(entry: JournalEntry, record: type[Organisation | Person]) -> int | None:
    """Return the id of the last 団体, or the last person, that an action wrote, or None."""
    about = (
        item.row_id for item in reversed(entry.changes) if item.table == TABLE_OF[record] and item.after is not None
    )
    return next(about, None)


def location_of(
    entry: JournalEntry, event: Event | None, *, existing_rows: Container[tuple[type[Any], int]]
) -> ChangeLocation:
    """Return where an action was made: in its event, else at its 団体 or person, else the place of its subject.

    Without an event the link is None once the 団体 or person is gone, and for a subject without a place.

    Args:
        existing_rows: those rows of ``concerned_id`` that still exist, by record and id.
    """
    if event is not None:
        what = _OF_EVENT.get(entry.subject, "実施回")
        return ChangeLocation(link=ActionLink("参加者" if what in _ACTIONS_WITHOUT_ROW else what, event_id=event.id))
    words, asked = _OF_YEAR.get(entry.subject, ("", None))
    if (organisation := concerned_id(entry, Organisation)) is not None:
        gone = (Organisation, organisation) not in existing_rows
        return ChangeLocation(words=words, link=None if gone else ActionLink("団体", organisation_id=organisation))
    if (person := concerned_id(entry, Person)) is not None:
        gone = (Person, person) not in existing_rows
        return ChangeLocation(words=words, link=None if gone else ActionLink("人", person_id=person))
    return ChangeLocation(words=words, link=ActionLink(asked) if asked is not None else None)


_NO_CHANGE = frozenset({"outgoing", "outgoing_people", "outgoing_organisations", "stored_files"})
"""Tables written by saving or printing a document, which are left out unless requested."""
_NAMES_SHOWN = 3
_LATER_SHOWN = 3
_NO_END = date.max - timedelta(days=1)
"""The last day that the journal can be read to."""


@record
class ChangeRow:
    """One action.

    Attributes:
        id: its number in the journal.
        location: the event, the 団体 or the place it concerns.
        kind: the kind of the event, for its icon ("" = no event).
        words: what was done, as the label of the action.
        summary: before → after in one or two lines.
        is_undone: it was undone since.
        link: to its place (None = none).
        event_id: the event whose state after it can be shown (None = none).
        outgoing_id: the row of the log with its 控え (None = none).
    """

    id: int
    at: datetime
    by: str
    location: str
    kind: str
    words: str
    summary: str
    is_undone: bool
    link: ActionLink | None
    event_id: int | None
    outgoing_id: int | None

    @property
    def seq(self) -> int:
        """Return the number of the action in the journal, which is ``id`` too."""
        return self.id

    @property
    def day(self) -> date:
        """Return the day of the action."""
        return self.at.date()


@record
class Changes:
    """The changes from ``since`` on, of one event or of all, newest first.

    ``rows`` are the newest of them (all without a limit), ``tally`` counts all by day and name of the user. The counts
    of today, since yesterday and since Monday do not depend on ``since``.
    """

    since: date
    rows: tuple[ChangeRow, ...]
    tally: dict[date, Counter[str]]
    count_today: int
    count_yesterday: int
    count_this_week: int

    @property
    def people(self) -> tuple[str, ...]:
        """Return who changed something, most recent first."""
        return tuple(dict.fromkeys(name for one in self.tally.values() for name in one))

    @property
    def count_left(self) -> int:
        """Return how many older changes ``rows`` leaves out."""
        return sum(one.total() for one in self.tally.values()) - len(self.rows)

    def counts_by_person(self) -> dict[date, str]:
        """Return the counts by person for each day (「見本 太郎 6・見本 花子 3」), "" for a single person."""
        return {
            day: "・".join(f"{name} {count}" for name, count in one.most_common()) if len(one) > 1 else ""
            for day, one in self.tally.items()
        }


@record
class ChangeDetails:
    """The details of one action.

    Attributes:
        parts: every changed field before and after, and every added or deleted row.
        undo_effects: what undoing it does, in sentences; () if it cannot be undone alone.
        undo_problem: why it cannot be undone alone and what to do instead ("" = it can).
        undo_verb: the label of the button, 「これだけを元に戻す」 or for one short field 「人数を 9人 に戻す」.
    """

    row: ChangeRow
    parts: tuple[FieldChange, ...]
    undo_effects: tuple[str, ...]
    undo_problem: str
    undo_verb: str


def week_of(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def read_changes(
    store: Store,
    *,
    since: date,
    today: date,
    event_id: int | None = None,
    saved: bool = False,
    limit: int | None = None,
) -> Changes:
    """Return what was changed from the day ``since`` on, of one event or of all.

    Args:
        since: the first day; ``date.min`` for all changes.
        saved: True also includes saving as a file and printing.
        limit: the most rows, the newest; None = all.
    """
    first = min(since, today - timedelta(days=1), week_of(today))
    every = journal.headers_between(
        store.database,
        first,
        _NO_END,
        apart=None if saved else _NO_CHANGE,
        event_id=event_id,
    )
    shown = [one for one in every if one.at.date() >= since]
    tally: dict[date, Counter[str]] = defaultdict(Counter)
    for one in shown:
        tally[one.at.date()][one.by] += 1
    return Changes(
        since=since,
        rows=tuple(_rows(store, journal.entries_of(store.database, {one.seq for one in shown[:limit]}))),
        tally=dict(tally),
        count_today=sum(one.at.date() >= today for one in every),
        count_yesterday=sum(one.at.date() >= today - timedelta(days=1) for one in every),
        count_this_week=sum(one.at.date() >= week_of(today) for one in every),
    )


def count_changes(store: Store, *, since: date) -> int:
    """Return how many changes of all events ``read_changes`` counts from the day ``since`` on, without reading them."""
    return journal.count_between(store.database, since, _NO_END, apart=_NO_CHANGE)


def read_change(store: Store, *, seq: int, by: str, today: date) -> ChangeDetails:
    """Return one action with its parts and the effect of undoing it alone.

    Args:
        seq: its number in the journal.
        by: who would undo it.

    Raises:
        UserError: there is no such action.
    """
    entry = journal.entry_of(store.database, seq)
    if entry is None:
        raise UserError("その変更は、履歴にありません。", "画面を開き直してください。")
    line = history_lines(store, [entry])[0]
    row = _rows(store, [entry])[0]
    refused = undo_entry_problem(store, entry=entry, by=by)
    single = _single_change(line.changes)
    verb = (
        f"{single.field}を {single.before} に戻す"
        if single is not None and len(single.before) < 24
        else "これだけを元に戻す"
    )
    return ChangeDetails(
        row=row,
        parts=line.changes,
        undo_effects=() if refused else _undo_effects(store, entry, line, today),
        undo_problem=refused,
        undo_verb=verb,
    )


def _rows(store: Store, found: Sequence[JournalEntry]) -> list[ChangeRow]:
    """Return the changes as rows, newest first."""
    wanted = {one.event_id for one in found if one.event_id is not None}
    events = rows_by_id(store.database, Event, id=sorted(wanted))
    there = _existing_rows(store, found, Organisation) | _existing_rows(store, found, Person)
    every = [_row(entry, line, events, there) for entry, line in zip(found, history_lines(store, found), strict=True)]
    return sorted(every, key=lambda row: (row.at, row.seq), reverse=True)


def _existing_rows(
    store: Store, found: Sequence[JournalEntry], record: type[Organisation | Person]
) -> set[tuple[type[Any], int]]:
    """Return the 団体 or people (``record``) that entries concern and that still exist, as (``record``, id)."""
    ids = {row_id for one in found if (row_id := concerned_id(one, record)) is not None}
    return {(record, one.id) for one in rows(store.database, record, id=sorted(ids))}


def _row(
    entry: JournalEntry, line: HistoryLine, events: RowsById[Event], there: Container[tuple[type[Any], int]]
) -> ChangeRow:
    """Return a journal entry as a row; ``there`` are the 団体 and people that still exist, for its link."""
    event = events.get(entry.event_id)
    place = location_of(entry, event, existing_rows=there)
    location = _location_text(event, line, entry, place.words)
    return ChangeRow(
        id=line.seq,
        at=line.at,
        by=line.by,
        location=location,
        kind=event.kind if event is not None else "",
        words=line.action.removeprefix(f"{location}："),  # beside its place
        summary=_summary(line.changes),
        is_undone=line.is_undone,
        link=place.link,
        event_id=entry.event_id if event is not None else None,
        outgoing_id=line.outgoing_id,
    )


def _location_text(event: Event | None, line: HistoryLine, entry: JournalEntry, words: str) -> str:
    """Return what a change concerned: the title of its event, the name of the 団体 or person that it is about, else
    ``words``, or the name of the first table written if that is "".
    """
    if event is not None:
        return event.full_title
    named = next((one.row_name for one in line.changes if "「" in one.row_name), "")
    about = named.partition("「")[2].rpartition("」")[0] if named else ""
    if about and entry.subject in ("organisations", "participants"):
        return about
    tables = [item.table for item in entry.changes if item.table not in _NO_CHANGE]
    return words or (table_name(tables[0]) if tables else "")


def _single_change(parts: Sequence[FieldChange]) -> FieldChange | None:
    """Return the only change if it is one of a field; None if there are more or a row was added or deleted."""
    return parts[0] if len(parts) == 1 and parts[0].field else None


def _summary(parts: Sequence[FieldChange]) -> str:
    """Return 「9人 → 8人」 with the name of the row; of several the first, its equals merged, with how many more."""
    single = _single_change(parts)
    if single is not None:
        return f"{single.row_name}　{single.before} → {single.after}"
    if not parts:
        return ""
    first = parts[0]
    alike = [one for one in parts if (one.field, one.before, one.after) == (first.field, first.before, first.after)]
    names = list(dict.fromkeys(one.row_name for one in alike))
    named = "、".join(names[:_NAMES_SHOWN]) + and_others(names, _NAMES_SHOWN, " ほか{}件")
    became = f"{first.field} {first.before} → {first.after}" if first.field else first.after
    more = len(parts) - len(alike)
    return f"{named}　{became}" + fill_nonempty("　ほか{}か所", more)


def _undo_effects(store: Store, entry: JournalEntry, line: HistoryLine, today: date) -> tuple[str, ...]:
    """Return sentences on what undoing a change alone does: what goes back, and of an event which later changes stay
    and whom it was told to since.
    """
    fields = list(dict.fromkeys(one.field for one in line.changes if one.field))
    said = [
        f"{len(line.changes)}か所が、この操作の前に戻ります（{'、'.join(fields[:3])}"
        f"{' など' if len(fields) > 3 else ''}）。"
        if fields
        else "加えたものは消え、消したものは戻ります。"
    ]
    if entry.event_id is None:
        return tuple(said)
    later = [
        one
        for one in journal.entries_between(store.database, entry.at.date(), _NO_END, event_id=entry.event_id)
        if one.seq > entry.seq and any(item.table not in _NO_CHANGE for item in one.changes) and one.undo_of is None
    ]
    # What was taken back since does not stay; what was repeated after that has an entry of its own.
    undone = journal.undone_entries(store.database, [one.seq for one in later])
    later = [one for one in later if one.seq not in undone]
    if later:
        named = "」「".join(one.action for one in later[:_LATER_SHOWN])
        more = and_others(later, _LATER_SHOWN, "ほか{}件")
        said.append(f"あとの変更「{named}」{more}は残ります。")
    told = [
        act
        for act in rows(store.database, Notification, event_id=entry.event_id)
        if act.is_notified and act.at > entry.at
    ]
    if told:
        act = told[-1]
        said.append(
            f"{short_date(act.told_on, today)} に{act.told_to}へ「{act.document_kind}」を伝えています。"
            f"内容が変わるときは、変更の連絡がもう一度要ります。"
        )
    return tuple(said)


def event_name(store: Store, *, event_id: int) -> str:
    """Return the name of an event in the window, "" where it does not exist."""
    event = by_id(store.database, Event, event_id)
    return event.full_title if event is not None else ""
