"""Expected numbers of participants and telling them to the contractor (参加人数連絡書, 変更連絡).

- ``set_expected_counts(act, event_id, rows) -> Saved`` (``rows``: ``ExpectedCount`` without id or position)
- ``set_count_source(act, event_id, source) -> Saved`` (``source`` 「名簿」 or 「入力」)
- ``make_headcount_notice(act, event_id, reason) -> Saved`` – the snapshot; does not close the deadline
- ``mark_headcount_told(act, notice_id, told_to, told_how, told_by, told_on) -> Saved`` – closes it
- ``remove_headcount_notice(act, notice_id) -> Saved`` – only while it was not told
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal, reason_given
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.papers.services.notification import tell, withdraw_within
from app.subjects.events.event.rules.attendance import headcount_totals, same_numbers
from app.subjects.events.event.services.event_file import read_course, required_event
from app.subjects.events.event.services.expected_counts import expected_of
from app.subjects.events.event.services.tasks.closings import headcount_changed
from app.subjects.events.headcount.services.headcount_view import notice_title
from app.subjects.events.headcount.services.typed_organisations import linked
from db.records.events import CountSource, Event
from db.records.participants import HEADCOUNT_KEY, ExpectedCount, HeadcountNotice, KnownNotice
from db.store import Store
from db.tables import organisations, participants
from db.tables import participants as table


@deed
def set_expected_counts(act: Act, *, event_id: int, rows: Sequence[ExpectedCount]) -> Saved:
    """Make ``rows`` the expected numbers, in the order given; 団体名 are kept exactly as typed.

    A row with an ``id`` keeps it; a name that means one 団体 of the register beyond doubt is linked to it, like one of
    an application. A row that a colleague added since the form was opened stays.

    Raises:
        Refusal: a row without a 団体 or with a number below zero. Above capacity only warns.
    """
    event = required_event(act.database, event_id)
    for row in rows:
        if not row.organisation_name.strip():
            raise Refusal("団体名が空の行があります。", "団体名を書くか、その行を消してください。")
        if min(row.people, row.own_devices, row.lent_devices, row.care_count) < 0:
            raise Refusal(f"{row.organisation_name}に、0より小さい数があります。", "数を確かめてください。")
    rows = linked(rows, organisations.everything(act.database))
    present = {row.id: row for row in table.expected(act.database, event_id)}
    with act.change("参加予定人数を変えた", "participants", event_id=event_id) as change:
        kept = set()
        for position, row in enumerate(rows):
            row_id = row.id if row.id in present else 0
            kept.add(change.save(replace(row, id=row_id, event_id=event_id, position=position)))
        for row_id in present.keys() - kept:
            if not change.is_unseen(ExpectedCount, row_id):
                change.delete(ExpectedCount, row_id)
    totals = headcount_totals(rows)
    return Saved(f"{event.full_title}の参加予定を{totals.people}人・{totals.organisations}団体にしました。", event_id)


@deed
def set_count_source(act: Act, *, event_id: int, source: CountSource) -> Saved:
    """Take the expected numbers from the roster (「名簿」) or as they are typed by 団体 (「入力」).

    Neither is lost: the other ones stay and can be chosen again.

    Raises:
        Refusal: the event is gone, or it is so already.
    """
    event = required_event(act.database, event_id)
    if event.count_source == source:
        raise Refusal("人数の出どころは、もうそのとおりです。", "画面を開き直してください。")
    words = "名簿の人数" if source == "名簿" else "入力した人数"
    with act.change(f"参加予定人数を{words}にした", "participants", event_id=event_id) as change:
        change.update(Event, event_id, count_source=source)
    people = headcount_totals(expected_of(act.database, required_event(act.database, event_id))).people
    return Saved(f"{event.full_title}の参加予定を、{words}（{people}人）にしました。", event_id)


@deed
def make_headcount_notice(act: Act, *, event_id: int, reason: str = "") -> Saved:
    """Make the snapshot for 参加人数連絡書, or for its 変更連絡 once the former was told.

    While a notice is not told yet it is brought up to date instead of counting on: a revision that
    nobody received must not exist. Making it does not close the deadline; telling does.

    Args:
        reason: why the numbers changed; needed for a 変更連絡.

    Raises:
        Refusal: no numbers yet, nothing changed since they were told, or no reason for a change.
    """
    event = required_event(act.database, event_id)
    rows = expected_of(act.database, event)
    totals = headcount_totals(rows)
    notices = table.notices(act.database, event_id)
    told = next((row for row in reversed(notices) if row.told_on is not None), None)
    draft = next((row for row in notices if row.told_on is None), None)
    if not rows:
        raise Refusal("参加予定人数がまだ入力されていません。", "団体ごとの人数を入力してください。")
    changed = told is not None and (
        not same_numbers(told, totals) or headcount_changed(read_course(act.store, event)) is not None
    )
    if told is not None and not changed and draft is None:
        raise Refusal(
            f"第{told.revision}報で連絡した内容から変わっていません。", "人数や日程が変わったときに作成できます。"
        )
    if told is not None and not reason.strip():
        raise Refusal("変わった理由が書かれていません。", "理由を書いてください。変更連絡に載ります。")
    revision = draft.revision if draft else (told.revision + 1 if told else 1)
    words = notice_title(revision)
    with act.change(f"人数連絡の{words}を作成した", "participants", event_id=event_id) as change:
        notice_id = change.keep(
            HeadcountNotice,
            draft,
            event_id=event_id,
            revision=revision,
            people=totals.people,
            organisations=totals.organisations,
            own_devices=totals.own_devices,
            lent_devices=totals.lent_devices,
            care_count=totals.care_count,
            care_request=totals.care_request,
            made_on=act.today,
            reason=reason,
        )
    return Saved(f"{event.full_title}の{words}を作成しました。連絡したら「連絡済」にします。", notice_id)


@deed
def mark_headcount_told(
    act: Act, *, notice_id: int, told_to: str, told_how: str, told_by: str = "", told_on: date | None = None
) -> Saved:
    """Note that the numbers were told to the contractor; this closes 人数連絡.

    Args:
        told_to: who took it. told_how: メール, 電話 …. told_by: who told (default ``by``).
        told_on: the day (default: the day of ``now``); it may lie before the day of typing.

    Raises:
        Refusal: already told, nobody or no way named, a day still to come or before the notice was made.
    """
    notice = _known(act.store, notice_id)
    words = notice_title(notice.revision)
    if notice.told_on is not None:
        raise Refusal(f"{words}は、もう連絡済です。", "人数が変わったときは変更連絡を作成します。")
    saved = tell(
        act,
        event_id=notice.event_id,
        key=HEADCOUNT_KEY,
        told_on=told_on,
        told_to=told_to,
        told_how=told_how,
        told_by=told_by,
    )
    day = told_on or act.today
    said = f"{words}（{notice.people}人）を{short_date(day, act.today)}連絡済にしました。"
    return replace(saved, said=said, id=notice_id)


def _known(store: Store, notice_id: int) -> KnownNotice:
    """Return a notice with what told it; raises ``Refusal`` when it is gone."""
    event_id = get_or_refuse(store.database, HeadcountNotice, notice_id).event_id
    return next(row for row in table.notices(store.database, event_id) if row.id == notice_id)


@deed
def remove_headcount_notice(act: Act, *, notice_id: int) -> Saved:
    """Delete a notice that was not told; a told one stays as the record of what the contractor knows."""
    notice = _known(act.store, notice_id)
    words = notice_title(notice.revision)
    if notice.told_on is not None:
        raise Refusal(f"{words}は連絡済のため、消せません。", "人数が変わったときは変更連絡を作成します。")
    with act.change(f"人数連絡の{words}を消した", "participants", event_id=notice.event_id) as change:
        change.delete(HeadcountNotice, notice_id)
    return Saved(f"{words}を消しました。", notice_id)


@deed
def withdraw_told(act: Act, *, notice_id: int, reason: str) -> Saved:
    """Take back that the numbers were told; the notice waits to be told again and the deadline is open.

    Raises:
        Refusal: no reason, it was not told, or a later notice was made.
    """
    notice = _known(act.store, notice_id)
    words = notice_title(notice.revision)
    why = reason_given(reason, "連絡済")
    if notice.act is None:
        raise Refusal(f"{words}は、連絡済になっていません。", "画面を開き直してください。")
    later = [row for row in participants.notices(act.database, notice.event_id) if row.revision > notice.revision]
    if later:
        raise Refusal(
            f"{notice_title(later[-1].revision)}が作成されているため、{words}の連絡済は取り消せません。",
            "先に、あとの連絡を取り消してください。",
        )
    with act.change(
        f"人数連絡の{words}の連絡済を取り消した（{why}）", "participants", event_id=notice.event_id
    ) as change:
        withdraw_within(act.store, change, notice.act, reason=why, who=act.by, at=act.now)
    return Saved(f"{words}の連絡済を取り消しました。連絡した記録は「取消」として残ります。", notice_id)
