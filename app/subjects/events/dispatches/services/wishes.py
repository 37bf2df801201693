"""派遣希望票 of a year: written down from the signed paper, decided on, handed on only with consent.

- ``read_wishes(store, fiscal_year) -> WishList``; ``save_wish``; ``remove_wish``; ``attach_slip``
- ``decide_wish`` 決定・不採択・取下げ with its reason; ``link_event`` the 派遣 that it became; ``note_handed`` the slip
  itself went to the contractor
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.acts.act import Act, deed
from app.acts.action_id import Asked
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.papers.services.stored_files import keep_file
from app.programme.services.programme import read_programme
from app.programme.services.programme_view import view_of
from app.subjects.events.dispatches.rules import (
    LectureLink,
    against_choosing,
    choice_goal,
    chosen_against_words,
    event_of_slip,
    lecture_links,
    may_tell_contact,
    not_told_words,
    tools_wished,
    unlinked,
)
from app.subjects.events.event.rules.recruitment import CHOICE_STEP
from app.subjects.events.event.services.recruitment import slips_close_on, tick_open
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.organisations.register.services.organisations import check_organisation, insert_organisation
from app.subjects.organisations.register.services.written_names import still_written
from db.engine import Database
from db.fields import corrections, differing, with_values
from db.frozen_record import frozen_record
from db.journal import Change
from db.name_key import plain_organisation
from db.records.dispatches import DispatchWish, Outcome
from db.records.events import Event, RecruitmentStep
from db.records.organisations import Organisation
from db.records.programme import Programme
from db.rows import by_id, rows
from db.store import Store
from db.tables import dispatches, events, roster

SUBJECT = "dispatches"
SLIP_TASK: Final = "希望票の選定"
_SIGNED_ONLY = "署名のとおりに入力してください。署名がまだのときは、「代表者の署名がある」の印を外します。"


@frozen_record
class WishRow:
    """One slip as a list shows it; ``links`` are the 講習会 of the 団体, ``warning`` that there are none."""

    id: int
    wish: DispatchWish
    organisation: Organisation
    event: Event | None
    links: tuple[LectureLink, ...]
    warning: str

    @property
    def state(self) -> str:
        """決定, 不採択, 取下げ or 選定前."""
        return self.wish.outcome or "選定前"


@frozen_record
class WishList:
    """The slips of a year in the order of their receipt, never a ranking; ``dispatches`` are its 派遣, ``lectures`` its
    講習会, ``closes`` the last day of its slips (None = none is set)."""

    programme_id: int
    fiscal_year: int
    rows: tuple[WishRow, ...]
    dispatches: tuple[Event, ...]
    lectures: tuple[Event, ...]
    registered: Mapping[int, Organisation]
    planned: int
    closes: date | None

    def count(self, outcome: Outcome) -> int:
        """How many ended so ("" = not decided)."""
        return sum(one.wish.outcome == outcome for one in self.rows)


def read_wishes(store: Store, *, fiscal_year: int | None = None) -> WishList:
    """Return the slips of a year with everything a decision rests on.

    Raises:
        Refusal: that year was not started here.
    """
    database = store.database
    view = read_programme(store, fiscal_year=fiscal_year)
    programme = view.programme
    found = rows(database, DispatchWish, programme_id=programme.id, order=("received_on", "id"))
    events = rows(database, Event, programme_id=programme.id)
    known = {one.id: one for one in rows(database, Organisation)}
    lectures = [one for one in events if one.kind == "講習会"]
    wanted = {one.organisation_id for one in found}
    entries = defaultdict(list)
    written: dict[int | str, int] = {plain_organisation(known[one].name): one for one in wanted}
    for entry in roster.entries_of(database, [one.id for one in lectures]) if wanted else ():
        side = entry.organisation_id or written.get(entry.group)
        if side in wanted:
            entries[side].append(entry)
    by_id = {one.id: one for one in events}
    listed = []
    for one in found:
        links = lecture_links(lectures, entries[one.organisation_id])
        listed.append(
            WishRow(
                id=one.id,
                wish=one,
                organisation=known[one.organisation_id],
                event=by_id.get(one.event_id or 0),
                links=links,
                warning=unlinked(one, links),
            )
        )
    return WishList(
        programme_id=programme.id,
        fiscal_year=programme.fiscal_year,
        rows=tuple(listed),
        dispatches=tuple(one for one in events if one.kind == "派遣" and one.status != "中止"),
        lectures=tuple(one for one in lectures if one.status != "中止"),
        registered=known,
        planned=view.numbers["派遣"].planned,
        closes=slips_close_on(store, programme_id=programme.id, calendar=view.calendar),
    )


def slip_follow_ups(store: Store, today: date) -> Iterator[FollowUp]:
    """Give one row for each slip of an open year without a 実施回: it waits for its choice, or for its 派遣."""
    every = rows(store.database, DispatchWish, order=("received_on", "id"))
    waiting = [one for one in every if one.event_id is None and one.outcome in ("", "決定")]
    for programme_id in dict.fromkeys(one.programme_id for one in waiting):
        programme = get_or_refuse(store.database, Programme, programme_id)
        if programme.closed_on is not None:
            continue
        slips = [one for one in every if one.programme_id == programme_id]
        visits = rows(store.database, Event, programme_id=programme_id, kind="派遣")
        calendar = view_of(store.database, programme, today).calendar
        closes = slips_close_on(store, programme_id=programme_id, calendar=calendar, dispatches=visits)
        for one in waiting:
            if one not in slips or event_of_slip(one, visits, slips) is not None:
                continue
            name = get_or_refuse(store.database, Organisation, one.organisation_id).name
            yield FollowUp(
                task=f"{SLIP_TASK}:{one.id}",
                event_id=None,
                label="派遣の実施回を追加する" if one.outcome else "希望票の選定を記録する",
                detail=name,
                due=one.decided_on if one.outcome and one.decided_on else choice_goal(one, closes),
                basis=f"{name}の希望票（{short_date(one.received_on, today)} 受領）に、実施回がまだありません。",
                rule="目安日",
                asked=Asked("派遣の希望票", organisation_id=one.organisation_id),
            )


def links_of(database: Database, *, organisation_id: int, programme_id: int) -> tuple[LectureLink, ...]:
    """Return the 講習会 of a year that link a 団体 to a 派遣, also those where the roster has its name alone, as it was
    written before the register knew it."""
    entries = dispatches.entries_in_lectures(database, organisation_id, programme_id)
    organisation = get_or_refuse(database, Organisation, organisation_id)
    entries += [
        one
        for one in dispatches.unlinked_entries_in_lectures(database, programme_id)
        if one.group == plain_organisation(organisation.name)
    ]
    events = rows(database, Event, id=sorted({one.event_id for one in entries})) if entries else []
    return lecture_links(events, entries)


_OF_LATER_ACTS: Final = (
    "outcome",
    "decided_on",
    "reason",
    "event_id",
    "lecture_id",
    "unlinked_reason",
    "exception_reason",
    "file_id",
    "file_name",
    "handed_on",
    "handed_how",
)
"""What of a 希望票 is written when it is decided, kept as a file and handed over, and never as it is corrected."""


@deed
def save_wish(act: Act, *, wish: DispatchWish, new_name: str = "") -> Saved:
    """Keep a slip as it was written on the paper, or told before it came (``id`` 0 = a new one); decision and file stay
    as they are.

    Args:
        new_name: the slip is of a 団体 that the register does not know: it is added under this name in the same act.

    Raises:
        Refusal: signed, but by nobody; a signature taken away from a slip that is with the contractor; a day that lies
            ahead, nothing wished for, the 団体 is gone, or the new one is registered already.
    """
    if new_name.strip():
        organisation = Organisation(name=new_name.strip())
        check_organisation(act.database, organisation)
    elif not wish.organisation_id:
        raise Refusal(
            "どの団体の希望票か、まだ選ばれていません。",
            "団体名を入力し、出てきた団体か「新しく加える」を選んでください。",
        )
    else:
        organisation = get_or_refuse(act.database, Organisation, wish.organisation_id)
    if wish.signed and not wish.signer.strip():
        raise Refusal("署名した代表者の氏名がまだ入力されていません。", _SIGNED_ONLY)
    _check_day(wish.received_on, act.today, "受け取った日")
    if wish.consent_on is not None:
        _check_day(wish.consent_on, act.today, "同意を確かめた日")
    if not (wish.tools or wish.wish.strip()):
        raise Refusal("希望するものがまだ入力されていません。", "希望票のとおりに入力してください。")
    if wish.people is not None and (wish.phones or 0) > wish.people:
        raise Refusal(
            f"スマートフォンを持って来る方（{wish.phones}人）が、参加する人数（{wish.people}人）を超えています。",
            "希望票の数をご確認ください。",
        )
    if wish.consent == "同意あり" and wish.consent_on is None:
        wish = replace(wish, consent_on=wish.received_on)
    before = get_or_refuse(act.database, DispatchWish, wish.id) if wish.id else None
    if before is not None:
        if before.outcome and before.decided_on is not None and wish.received_on > before.decided_on:
            raise Refusal(
                f"受け取った日が、{before.outcome}とした日（{short_date(before.decided_on, act.today)}）より後です。",
                f"日付をご確認ください。{before.outcome}とした日がちがうときは、先に「選定を直す」で直してください。",
            )
        if before.handed_on is not None and not (wish.signed and wish.consent == "同意あり"):
            raise Refusal(
                f"希望票は{short_date(before.handed_on, act.today)}に受託者へ渡しています。",
                "署名または同意を取り消すときは、先に渡した記録を取り消し、受託者に返してもらってください。",
            )
        wish = with_values(wish, {name: getattr(before, name) for name in _OF_LATER_ACTS})
    action = f"{organisation.name}の派遣希望票を{'直した' if wish.id else '記録した'}"
    with act.change(action, SUBJECT, event_id=wish.event_id) as change:
        if not organisation.id:
            wish = replace(
                wish, organisation_id=insert_organisation(change, organisation, day=act.today, marked_by=act.by)
            )
        row_id = change.keep(DispatchWish, before, **corrections(before, wish))
        taken = _take_tools(change, act.database, wish, tools_wished(before)) if before is not None else ""
    written = still_written(act.database, organisation.name) if not organisation.id else ""
    others = [
        one
        for one in rows(
            act.database, DispatchWish, programme_id=wish.programme_id, organisation_id=wish.organisation_id
        )
        if one.id != row_id
    ]
    added = f"「{organisation.name}」を団体の名簿に加え、" if not organisation.id else f"{organisation.name}の"
    more = (
        f"この年度の希望票は、ほかにもあります（{short_date(others[0].received_on, act.today)} 受領）。"
        if others
        else ""
    )
    waits = "" if wish.signed else "署名のある用紙が届いたら、「署名」に印を付けてください。"
    closes = _closes(act, wish.programme_id) if wish.outcome == "決定" else None
    known = chosen_against_words(wish, closes, act.today) or waits
    return Saved(f"{added}派遣希望票を保存しました。{taken}{known}{more}{written}", row_id)


@deed
def remove_wish(act: Act, *, wish_id: int) -> Saved:
    """Delete a slip that was written down by mistake; raises ``Refusal`` once it was decided on."""
    wish = get_or_refuse(act.database, DispatchWish, wish_id)
    organisation = get_or_refuse(act.database, Organisation, wish.organisation_id)
    if wish.outcome:
        raise Refusal(
            "決定した希望票は、削除できません。", "取り下げのときは「取下げ」にしてください。記録は残ります。"
        )
    with act.change(f"{organisation.name}の派遣希望票を削除した", SUBJECT) as change:
        change.delete(DispatchWish, wish.id)
    return Saved(f"{organisation.name}の派遣希望票を削除しました。", wish.id)


@deed
def attach_slip(act: Act, *, wish_id: int, data: bytes, name: str) -> Saved:
    """Keep the scanned slip, encrypted, in place of an earlier file; the paper stays where 原本の所在 says."""
    wish = get_or_refuse(act.database, DispatchWish, wish_id)
    organisation = get_or_refuse(act.database, Organisation, wish.organisation_id)
    action = f"{organisation.name}の派遣希望票の写しを保管した"
    with act.change(action, SUBJECT, event_id=wish.event_id) as change:
        kept = keep_file(act.store, change, data=data, name=name, now=act.now)
        change.update(DispatchWish, wish.id, file_id=kept.id, file_name=name)
    return Saved(f"希望票の写し「{name}」を保管しました。", wish.id)


@deed
def decide_wish(
    act: Act,
    *,
    wish_id: int,
    outcome: Outcome,
    decided_on: date,
    reason: str,
    event_id: int | None = None,
    lecture_id: int | None = None,
    unlinked_reason: str = "",
    exception_reason: str = "",
) -> Saved:
    """Note how a slip was decided, and why.

    Args:
        outcome: "" takes the decision back. reason: 選定理由, or the published rule by which it was declined.
        event_id: the 派遣 that it became; it may be given later. lecture_id: the 講習会 that links the 団体 to it.
        unlinked_reason: why a 団体 without such a link was chosen (「主に」). exception_reason: why a slip was chosen
            that came late or is not signed.

    Raises:
        Refusal: no reason, or none for what stands against choosing it, a day that lies ahead or before the receipt,
            an event of another 団体 or no 派遣, or a slip that is with the contractor and would no longer be chosen.
    """
    database = act.database
    wish = get_or_refuse(database, DispatchWish, wish_id)
    organisation = get_or_refuse(database, Organisation, wish.organisation_id)
    if outcome != "決定" and wish.handed_on is not None:
        raise Refusal(
            f"希望票は{short_date(wish.handed_on, act.today)}に受託者へ渡しています。",
            "受託者から返してもらい、渡した記録を取り消してから変えてください。",
        )
    if not outcome:
        values = {
            "outcome": "",
            "decided_on": None,
            "reason": "",
            "event_id": None,
            "lecture_id": None,
            "unlinked_reason": "",
            "exception_reason": "",
        }
        with act.change(f"{organisation.name}の派遣の決定を取り消した", SUBJECT, event_id=wish.event_id) as change:
            change.update(DispatchWish, wish.id, **values)
            _open_step(change, database, wish)
        return Saved(f"{organisation.name}の希望票を選定前に戻しました。", wish.id)
    if not reason.strip():
        raise Refusal(f"{outcome}の理由がまだ入力されていません。", "募集要項の「決め方」にそって書いてください。")
    _check_day(decided_on, act.today, "決定した日")
    if decided_on < wish.received_on:
        raise Refusal("決定した日が、希望票を受け取った日より前です。", "日付をご確認ください。")
    links = links_of(database, organisation_id=organisation.id, programme_id=wish.programme_id)
    if outcome == "決定":
        if event_id is not None:
            _check_event(database, event_id, wish)
        if lecture_id is not None and lecture_id not in {link.event.id for link in links}:
            raise Refusal(
                "選んだ講習会に、この団体の名簿の記録がありません。", "つながりのある講習会を選んでください。"
            )
        if not exception_reason.strip():
            _check_exceptions(act, wish)
    else:
        event_id = lecture_id = None
    decided = replace(
        wish,
        outcome=outcome,
        decided_on=decided_on,
        reason=reason.strip(),
        event_id=event_id,
        lecture_id=lecture_id,
        unlinked_reason=unlinked_reason.strip(),
        exception_reason=exception_reason.strip() if outcome == "決定" else "",
    )
    action = f"{organisation.name}の派遣を{outcome}とした"
    with act.change(action, SUBJECT, event_id=event_id) as change:
        change.update(DispatchWish, wish.id, **differing(wish, decided))
        _open_step(change, database, wish)
        # The step of the 派遣 that a slip became is done by it, on the day of the decision.
        tick_open(act.database, change, decided.event_id, CHOICE_STEP, on=decided.decided_on, who=act.by)
        taken = _take_tools(change, database, decided)
    warning = unlinked(decided, links) if outcome == "決定" and not unlinked_reason.strip() else ""
    return Saved(f"{organisation.name}の派遣を{outcome}としました。{taken}{warning}", wish.id)


def _check_exceptions(act: Act, wish: DispatchWish) -> None:
    """What came late or is not signed is chosen with a reason, which is kept and stands in the 起案資料."""
    against = against_choosing(wish, _closes(act, wish.programme_id), act.today)
    if against:
        raise Refusal(
            f"{'。また、'.join(against)}。",
            "それでも選ぶときは、「それでも選ぶ理由」に書いてください。記録に残り、起案資料に載ります。",
        )


def _closes(act: Act, programme_id: int) -> date | None:
    """The last day of the slips of a year."""
    view = read_programme(act.store, programme_id=programme_id)
    return slips_close_on(act.store, programme_id=programme_id, calendar=view.calendar)


@deed
def link_event(act: Act, *, wish_id: int, event_id: int) -> Saved:
    """Note which 派遣 a chosen slip became, and that its step 選定 is done.

    Raises:
        Refusal: the slip was not chosen, or the event is none of its year and 団体, or has a slip already.
    """
    database = act.database
    wish = get_or_refuse(database, DispatchWish, wish_id)
    organisation = get_or_refuse(database, Organisation, wish.organisation_id)
    if wish.outcome != "決定":
        raise Refusal(
            f"{organisation.name}の派遣は、まだ決まっていません。", "選定を記録してから、実施回に結び付けてください。"
        )
    _check_event(database, event_id, wish)
    event = get_or_refuse(database, Event, event_id)
    action = f"{organisation.name}の希望票を{event.full_title}に結び付けた"
    with act.change(action, SUBJECT, event_id=event_id) as change:
        change.update(DispatchWish, wish.id, event_id=event_id)
        linked = replace(wish, event_id=event_id)
        tick_open(act.database, change, linked.event_id, CHOICE_STEP, on=linked.decided_on, who=act.by)
        taken = _take_tools(change, database, linked)
    return Saved(f"{event.full_title}に、{organisation.name}の希望票を結び付けました。{taken}", wish.id)


def _take_tools(change: Change, database: Database, wish: DispatchWish, before: tuple[str, ...] = ()) -> str:
    """Give the 派遣 of a slip the tools wished for, as long as nobody typed others; return what is said of that.

    Args:
        before: the tools that the slip asked for until now: a 派遣 that has exactly those follows the slip.
    """
    tools = tools_wished(wish)
    event = by_id(database, Event, wish.event_id or 0)
    if event is None or event.tools not in ((), before) or event.tools == tools:
        return ""
    change.update(Event, event.id, tools=tools)
    return f"対象ツールを、希望票のとおり「{'、'.join(tools)}」にしました。" if tools else ""


def _open_step(change: Change, database: Database, before: DispatchWish) -> None:
    """A step that was done by a decision is open again without it; one that was done on another day stays."""
    for step in events.steps(database, before.event_id) if before.event_id is not None else ():
        if step.name == CHOICE_STEP and step.done_on == before.decided_on:
            change.update(RecruitmentStep, step.id, done_on=None, done_by="")


@deed
def note_handed(act: Act, *, wish_id: int, on: date | None, how: str = "") -> Saved:
    """Note that the slip itself was handed to the contractor; ``on`` None takes the note back.

    Raises:
        Refusal: it was not chosen or does not agree that the contractor learns name and telephone.
    """
    wish = get_or_refuse(act.database, DispatchWish, wish_id)
    organisation = get_or_refuse(act.database, Organisation, wish.organisation_id)
    if on is not None:
        if not may_tell_contact(wish):
            raise Refusal(
                f"{organisation.name}の希望票は、受託者へ渡せません。",
                f"{not_told_words(wish)}ためです。派遣が決まり、署名のある希望票で同意があるときに限り渡せます。",
            )
        _check_day(on, act.today, "渡した日")
    action = (
        f"{organisation.name}の希望票を受託者へ渡した" if on else f"{organisation.name}の希望票を渡した記録を取り消した"
    )
    with act.change(action, SUBJECT, event_id=wish.event_id) as change:
        change.update(DispatchWish, wish.id, handed_on=on, handed_how=how.strip() if on else "")
    return Saved(f"{action}ことを記録しました。" if on else f"{action}。", wish.id)


def _check_event(database: Database, event_id: int, wish: DispatchWish) -> None:
    event = get_or_refuse(database, Event, event_id)
    if event.kind != "派遣" or event.programme_id != wish.programme_id:
        raise Refusal("その実施回は、この年度の派遣ではありません。", "派遣の実施回を選んでください。")
    if event.organisation_id not in (None, wish.organisation_id):
        raise Refusal(f"{event.full_title}は、ほかの団体への派遣です。", "この団体の実施回を選んでください。")
    others: Sequence[DispatchWish] = rows(database, DispatchWish, event_id=event_id)
    if any(one.id != wish.id and one.outcome == "決定" for one in others):
        raise Refusal(f"{event.full_title}には、別の希望票が結び付いています。", "実施回を選び直してください。")


def _check_day(day: date, today: date, what: str) -> None:
    if day > today:
        raise Refusal(f"{what}が本日より後です。", "日付をご確認ください。")
