"""Expected numbers of participants and telling them to the contractor (参加人数連絡書, 変更連絡).

- ``read_headcount(store, event_id, today) -> HeadcountView``
- ``set_expected_counts(store, event_id, rows, by, now) -> Saved`` (``rows``: ``ExpectedCount`` without id or position)
- ``make_headcount_notice(store, event_id, reason, by, now) -> Saved`` – the snapshot; does not close the deadline
- ``mark_headcount_told(store, notice_id, told_to, told_how, told_by, told_on, by, now) -> Saved`` – closes it
- ``remove_headcount_notice(store, notice_id, by, now) -> Saved`` – only while it was not told
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.rules.attendance import HeadcountTotals, device_warnings, headcount_totals, people_warnings, people_words
from app.rules.copies import CopiesNeeded, required_copies
from app.rules.dates import short_date
from app.rules.deadlines import HEADCOUNT
from app.rules.event_checks import EventWarning
from app.services.deadlines import read_year
from app.services.event_file import read_file, required_event
from app.services.event_tasks import tasks_of
from app.services.refusal import Refusal
from app.services.saved import Saved
from app.services.task import Task
from db.records.participants import ExpectedCount, HeadcountNotice
from db.store import Store
from db.tables import organisations
from db.tables import participants as table

_ITEMS: tuple[tuple[str, str, str], ...] = (
    ("参加予定人数", "人", "people"),
    ("参加団体", "団体", "organisations"),
    ("貸与する端末", "台", "lent_devices"),
    ("持参する端末", "台", "own_devices"),
    ("配慮を要する件数", "件", "care_count"),
)


@dataclass(frozen=True, kw_only=True)
class CountDifference:
    """One number as told before and as it is now; ``change`` 「+2」「-1」 or 「変更なし」."""

    item: str
    unit: str
    previous: int
    now: int
    change: str

    @property
    def changed(self) -> bool:
        """Whether the number differs."""
        return self.previous != self.now


@dataclass(frozen=True, kw_only=True)
class NoticeRow:
    """One notice: ``title`` 「第1報」「変更連絡（第2報）」, ``state`` 「作成済・未連絡」 or 「連絡済 9/18(金)」."""

    notice: HeadcountNotice
    title: str
    state: str


@dataclass(frozen=True, kw_only=True)
class OrganisationChoice:
    """A 団体 of the register to pick from."""

    id: int
    branch: str
    name: str


@dataclass(frozen=True, kw_only=True)
class HeadcountView:
    """Counts, totals and notices of one event.

    ``draft`` is a notice made but not told, ``draft_outdated`` True when the counts changed since;
    ``told`` the newest one told. ``differences`` compare it with now (empty before the first).
    ``next_kind`` is 参加人数連絡書 or 変更連絡 when one can be made, else "" and ``next_words`` says why.
    ``copies`` are final once ``told``, before that provisional. ``task`` is the deadline.
    """

    event_id: int
    title: str
    event_date: date | None
    rows: tuple[ExpectedCount, ...]
    totals: HeadcountTotals
    spec_words: str
    venue_capacity: int | None
    warnings: tuple[EventWarning, ...]
    notices: tuple[NoticeRow, ...]
    draft: HeadcountNotice | None
    draft_outdated: bool
    told: HeadcountNotice | None
    differences: tuple[CountDifference, ...]
    changed: bool
    next_kind: str
    next_words: str
    copies: CopiesNeeded
    copies_final: bool
    task: Task | None
    organisations: tuple[OrganisationChoice, ...]


def read_headcount(store: Store, *, event_id: int, today: date) -> HeadcountView:
    """Return the expected numbers of one event with what was told and what is to be told."""
    year = read_year(store, today)
    file = read_file(store, event_id)
    event, numbers = file.event, year.view.numbers[file.event.kind]
    totals, told = headcount_totals(file.expected), file.told
    draft = next((row for row in file.notices if row.told_on is None), None)
    differences = _differences(told, totals) if told is not None else ()
    next_kind, next_words = _next(totals, told, draft)
    warnings = people_warnings(numbers, totals.people, venue_capacity=event.venue_capacity) if file.expected else ()
    tasks = {task.task: task for task in tasks_of(file, year)}
    return HeadcountView(
        event_id=event_id,
        title=event.full_title,
        event_date=event.event_date,
        rows=file.expected,
        totals=totals,
        spec_words=people_words(numbers),
        venue_capacity=event.venue_capacity,
        warnings=(*warnings, *device_warnings(file.expected)),
        notices=tuple(_notice_row(row, today) for row in file.notices),
        draft=draft,
        draft_outdated=draft is not None and not _same(draft, totals),
        told=told,
        differences=differences,
        changed=any(row.changed for row in differences),
        next_kind=next_kind,
        next_words=next_words,
        copies=required_copies(told.people if told is not None else totals.people),
        copies_final=told is not None,
        task=tasks.get(HEADCOUNT),
        organisations=tuple(
            OrganisationChoice(id=row.id, branch=row.branch, name=row.name)
            for row in organisations.everything(store.database)
        ),
    )


def set_expected_counts(store: Store, *, event_id: int, rows: Sequence[ExpectedCount], by: str, now: datetime) -> Saved:
    """Make ``rows`` the expected numbers, in the order given; 団体名 are kept exactly as typed.

    A row with an ``id`` keeps it; a name that stands in the register exactly so is linked to it.

    Raises:
        Refusal: a row without a 団体 or with a number below zero. Above capacity only warns.
    """
    event = required_event(store.database, event_id)
    for row in rows:
        if not row.organisation_name.strip():
            raise Refusal("団体名が空の行があります。", "団体名を書くか、その行を消してください。")
        if min(row.people, row.own_devices, row.lent_devices, row.care_count) < 0:
            raise Refusal(f"{row.organisation_name}に、0より小さい数があります。", "数を確かめてください。")
    present = {row.id: row for row in table.expected(store.database, event_id)}
    with store.change(
        action="参加予定人数を変えた", by=by, now=now, subject="participants", event_id=event_id
    ) as change:
        kept = set()
        for position, row in enumerate(rows):
            known = row.organisation_id
            if known is None:
                found = organisations.named(store.database, row.organisation_name)
                known = found.id if found else None
            row_id = row.id if row.id in present else 0
            kept.add(change.save(replace(row, id=row_id, event_id=event_id, position=position, organisation_id=known)))
        for row_id in present.keys() - kept:
            change.delete(ExpectedCount, row_id)
    totals = headcount_totals(rows)
    return Saved(
        said=f"{event.full_title}の参加予定を{totals.people}人・{totals.organisations}団体にしました。", id=event_id
    )


def make_headcount_notice(store: Store, *, event_id: int, reason: str = "", by: str, now: datetime) -> Saved:
    """Make the snapshot for 参加人数連絡書, or for its 変更連絡 once the former was told.

    While a notice is not told yet it is brought up to date instead of counting on: a revision that
    nobody received must not exist. Making it does not close the deadline; telling does.

    Args:
        reason: why the numbers changed; needed for a 変更連絡.

    Raises:
        Refusal: no numbers yet, nothing changed since they were told, or no reason for a change.
    """
    event = required_event(store.database, event_id)
    rows = table.expected(store.database, event_id)
    totals = headcount_totals(rows)
    notices = table.notices(store.database, event_id)
    told = next((row for row in reversed(notices) if row.told_on is not None), None)
    draft = next((row for row in notices if row.told_on is None), None)
    if not rows:
        raise Refusal("参加予定人数がまだ入力されていません。", "団体ごとの人数を入力してください。")
    if told is not None and _same(told, totals) and draft is None:
        raise Refusal(f"第{told.revision}報で連絡した人数から変わっていません。", "人数が変わったときに作成できます。")
    if told is not None and not reason.strip():
        raise Refusal("人数が変わった理由が書かれていません。", "理由を書いてください。変更連絡に載ります。")
    revision = draft.revision if draft else (told.revision + 1 if told else 1)
    notice = HeadcountNotice(
        id=draft.id if draft else 0,
        event_id=event_id,
        revision=revision,
        people=totals.people,
        organisations=totals.organisations,
        own_devices=totals.own_devices,
        lent_devices=totals.lent_devices,
        care_count=totals.care_count,
        care_request="、".join(dict.fromkeys(row.care_request for row in rows if row.care_request)),
        made_on=now.date(),
        reason=reason,
    )
    words = _title(revision)
    with store.change(
        action=f"人数連絡の{words}を作成した", by=by, now=now, subject="participants", event_id=event_id
    ) as change:
        notice_id = change.save(notice)
    return Saved(said=f"{event.full_title}の{words}を作成しました。連絡したら「連絡済」にします。", id=notice_id)


def mark_headcount_told(
    store: Store,
    *,
    notice_id: int,
    told_to: str,
    told_how: str,
    told_by: str = "",
    told_on: date | None = None,
    by: str,
    now: datetime,
) -> Saved:
    """Note that the numbers were told to the contractor; this closes 人数連絡.

    Args:
        told_to: who took it. told_how: メール, 電話 …. told_by: who told (default ``by``).
        told_on: the day (default: the day of ``now``); it may lie before the day of typing.

    Raises:
        Refusal: already told, nobody or no way named, a day still to come or before the notice was made.
    """
    notice = _required(store, notice_id)
    day = told_on or now.date()
    if notice.told_on is not None:
        raise Refusal(f"{_title(notice.revision)}は、もう連絡済です。", "人数が変わったときは変更連絡を作成します。")
    if not told_to.strip() or not told_how.strip():
        raise Refusal("連絡した相手または方法が書かれていません。", "だれに、どの方法で連絡したかを書いてください。")
    if day > now.date():
        raise Refusal("連絡した日が、本日より後になっています。", "日付を確かめてください。")
    words = _title(notice.revision)
    with store.change(
        action=f"人数連絡の{words}を連絡済にした", by=by, now=now, subject="participants", event_id=notice.event_id
    ) as change:
        change.update(
            HeadcountNotice, notice_id, told_on=day, told_by=told_by or by, told_to=told_to, told_how=told_how
        )
    return Saved(said=f"{words}（{notice.people}人）を{short_date(day, now.date())}連絡済にしました。", id=notice_id)


def remove_headcount_notice(store: Store, *, notice_id: int, by: str, now: datetime) -> Saved:
    """Delete a notice that was not told; a told one stays as the record of what the contractor knows."""
    notice = _required(store, notice_id)
    words = _title(notice.revision)
    if notice.told_on is not None:
        raise Refusal(f"{words}は連絡済のため、消せません。", "人数が変わったときは変更連絡を作成します。")
    with store.change(
        action=f"人数連絡の{words}を消した", by=by, now=now, subject="participants", event_id=notice.event_id
    ) as change:
        change.delete(HeadcountNotice, notice_id)
    return Saved(said=f"{words}を消しました。", id=notice_id)


def _required(store: Store, notice_id: int) -> HeadcountNotice:
    notice = table.notice(store.database, notice_id)
    if notice is None:
        raise Refusal("この人数連絡は、もうありません。", "実施回を開き直してください。")
    return notice


def _title(revision: int) -> str:
    return f"第{revision}報" if revision == 1 else f"変更連絡（第{revision}報）"


def _notice_row(notice: HeadcountNotice, today: date) -> NoticeRow:
    state = f"連絡済 {short_date(notice.told_on, today)}" if notice.told_on else "作成済・未連絡"
    return NoticeRow(notice=notice, title=_title(notice.revision), state=state)


def _same(notice: HeadcountNotice, totals: HeadcountTotals) -> bool:
    return all(getattr(notice, name) == getattr(totals, name) for _, _, name in _ITEMS)


def _differences(told: HeadcountNotice, totals: HeadcountTotals) -> tuple[CountDifference, ...]:
    rows = []
    for item, unit, name in _ITEMS:
        before, after = getattr(told, name), getattr(totals, name)
        change = f"{after - before:+d}" if after != before else "変更なし"
        rows.append(CountDifference(item=item, unit=unit, previous=before, now=after, change=change))
    return tuple(rows)


def _next(totals: HeadcountTotals, told: HeadcountNotice | None, draft: HeadcountNotice | None) -> tuple[str, str]:
    """Which notice can be made now, or why none."""
    if totals.people == 0:
        return "", "団体ごとの人数を入力すると作成できます。"
    if draft is not None:
        words = "" if _same(draft, totals) else "作成したあとに人数が変わっています。作成し直してください。"
        return ("変更連絡" if draft.revision > 1 else "参加人数連絡書"), words
    if told is None:
        return "参加人数連絡書", ""
    if _same(told, totals):
        return "", f"第{told.revision}報で連絡した人数から変わっていません。"
    return "変更連絡", ""
