"""中止・変更の連絡: the decision, and every call about it with who made it, when and with what outcome.

- ``decide_change(act, event_id, kind, decided_at, decided_by, reason, nature) -> Saved``
- ``note_call(act, event_id, key, outcome, entry_ids, again_at, note) -> Saved`` one line of the list, or
  some of its people
- ``note_other_call(act, event_id, target, whom, outcome, again_at, note) -> Saved``
- ``set_substitute(act, event_id, day_words, nature, content, asked) -> Saved``
- ``set_call_text(act, event_id, key, text) -> Saved``
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.subjects.events.calls.services.call_sheet import (
    AGAIN,
    MESSAGE,
    NOT_NEEDED,
    REACHED,
    CallLine,
    call_sheet,
)
from app.subjects.events.event.rules.change_decisions import begins_otherwise
from app.subjects.events.event.rules.event_warning import CONTRACT_CHANGE, WITHIN_ABOUT
from app.subjects.events.event.services.agreements import SUBSTITUTE_TOPIC, agree_on_count, ask_contract_section
from app.subjects.events.event.services.event_cancellation import cancel_within, restore_within
from app.subjects.events.event.services.event_facts import read_facts
from app.subjects.events.event.services.event_file import required_event
from app.subjects.events.event.services.told_event import known_facts, place_told, told_rows, when_told
from app.subjects.events.letters.rules import change_texts
from app.subjects.events.letters.rules.change_letters import same_words
from app.subjects.events.letters.services.earlier_letters import current_decision
from db.engine import Database
from db.records.agreements import Agreement
from db.records.calls import Call, CallOutcome, CallTarget, ChangeDecision, DecisionKind
from db.records.events import Event
from db.records.papers import PaperText
from db.rows import rows
from db.store import Store
from db.tables import calls as table
from db.tables import events

TEXTS = "中止・変更の連絡"


@deed
def decide_change(
    act: Act,
    *,
    event_id: int,
    kind: DecisionKind,
    decided_at: datetime,
    decided_by: str,
    reason: str,
    nature: str = WITHIN_ABOUT,
) -> Saved:
    """Write down who decided what, when and why; a 中止 cancels the event with it.

    The same kind again corrects what was written; another kind is a new decision, and everybody is to be called
    anew. What day, time and place people have in mind is kept with it, and that the reason was seen as letters say it:
    in the very words of ``reason``. ``nature`` says how fewer events than
    the specification are settled (only for a 中止 that is new).

    Raises:
        Refusal: the event was held, or person or reason is missing.
    """
    event = required_event(act.database, event_id)
    if event.status == "実施済":
        raise Refusal(f"{event.full_title}は実施済です。", "中止・変更にできるのは、予定の実施回です。")
    if not decided_by.strip() or not reason.strip():
        missing = "判断した者" if not decided_by.strip() else "理由"
        raise Refusal(f"{missing}が書かれていません。", "書いてから記録してください。履歴に残ります。")
    standing = current_decision(act.database, event)
    same = standing is not None and standing.kind == kind
    known = {} if same else _as_known(act.store, event, kind)
    action = f"{event.full_title}の{kind}の判断を記録した"
    with act.change(action, "change_decisions", event_id=event_id) as change:
        row_id = change.keep(
            ChangeDecision,
            standing if same else None,
            event_id=event_id,
            kind=kind,
            decided_at=decided_at,
            decided_by=decided_by.strip(),
            reason=reason.strip(),
            reason_seen=True,
            **known,
        )
        told = f"{reason.strip()}（{_when(decided_at)} {decided_by.strip()}の判断）"
        if kind == "中止" and event.status == "予定":
            day = decided_at.date()
            cancel_within(act.store, change, event_id=event_id, reason=told, decided_on=day, nature=nature, now=act.now)
        elif kind == "中止":
            change.update(Event, event_id, cancelled_on=decided_at.date(), cancel_reason=told)
        elif event.status == "中止":
            restore_within(change, event_id=event_id)
    said = (
        f"{event.full_title}を中止にしました。" if kind == "中止" and event.status == "予定" else "判断を記録しました。"
    )
    return Saved(said, row_id)


@deed
def note_call(
    act: Act,
    *,
    event_id: int,
    key: str,
    outcome: CallOutcome,
    entry_ids: Collection[int] = (),
    again_at: datetime | None = None,
    note: str = "",
) -> Saved:
    """Note one call to a line of the list; time and caller come by themselves.

    Args:
        key: the line. entry_ids: only these of its people; empty = all. outcome: 連絡済, 不在・再架電 or 伝言.
        again_at: when to call again (不在・再架電 and 伝言), None while nobody said. note: 留守電 and the like.

    Raises:
        Refusal: nothing was decided yet, or the line is gone.
    """
    sheet = call_sheet(act.database, required_event(act.database, event_id))
    decision = _standing(sheet.decision)
    line = next((one for one in sheet.lines if one.key == key), None)
    if line is None:
        raise Refusal("この団体は、いまの名簿にありません。", "画面を開き直してください。")
    rows = _calls(
        line, decision, entry_ids, outcome, again_at if outcome in (AGAIN, MESSAGE) else None, note, act.by, act.now
    )
    people = len(entry_ids) or len(line.people)
    with act.change(f"中止・変更の電話を記録（{outcome} {people}人）", "calls", event_id=event_id) as change:
        ids = [change.insert(row) for row in rows]
    return Saved(f"{line.name}　{outcome}　{act.now.hour}:{act.now.minute:02d}", ids[-1])


@deed
def note_other_call(
    act: Act,
    *,
    event_id: int,
    target: CallTarget,
    whom: str = "",
    outcome: CallOutcome,
    again_at: datetime | None = None,
    note: str = "",
) -> Saved:
    """Note a call to the 受託者 (業務責任者), the venue, 手話・要約筆記 or the presenters; 対象外 where there is none.

    ``whom`` tells several of one target apart.
    """
    decision = _standing(current_decision(act.database, required_event(act.database, event_id)))
    row = Call(
        event_id=event_id,
        decision_id=decision.id,
        target=target,
        whom=whom,
        outcome=outcome,
        at=act.now,
        by=act.by,
        again_at=again_at if outcome in (AGAIN, MESSAGE) else None,
        note=note.strip(),
    )
    with act.change(f"中止・変更の連絡を記録（{target} {outcome}）", "calls", event_id=event_id) as change:
        row_id = change.insert(row)
    words = "対象外にしました。" if outcome == NOT_NEEDED else f"{outcome}　{act.now.hour}:{act.now.minute:02d}"
    return Saved(f"{target}　{words}", row_id)


@deed
def set_substitute(
    act: Act,
    *,
    event_id: int,
    day_words: str,
    nature: str,
    content: str = "",
    asked: str = "",
    instead: int | None = None,
) -> Saved:
    """Write down the 振替 and how it is settled: within 程度, by 協議, or by asking 契約課 (仕様書7).

    Args:
        day_words: the new day in words, empty while it is open; the texts take it up.
        asked: day, person and answer of 契約課, empty while there is none (協議中 stays). instead: the event that takes
            place instead; where no day is given, it is the day of the texts.

    Raises:
        Refusal: nothing was decided, or that event is of another kind or cancelled itself.
    """
    event = required_event(act.database, event_id)
    decision = _standing(current_decision(act.database, event))
    other = required_event(act.database, instead) if instead is not None else None
    if other is not None and (other.status == "中止" or not _may_replace(other, event)):
        raise Refusal(
            f"{other.full_title}は、代わりの回にできません。", "同じ年度・同じ種別の、中止でない回を選んでください。"
        )
    if other is not None and other.event_date is not None and not day_words.strip():
        day_words = change_texts.when_words(read_facts(act.store, other))
    about = content.strip() or (f"振替 {day_words.strip()}" if day_words.strip() else "振替の日程と実施回数")
    with act.change(f"{event.full_title}の振替の扱いを記録した", "agreements", event_id=event_id) as change:
        change.update(ChangeDecision, decision.id, substitute=day_words.strip())
        for one in rows(act.database, Event, replaces=event_id):
            change.update(Event, one.id, replaces=None)
        if other is not None:
            change.update(Event, other.id, replaces=event_id)
        if nature == CONTRACT_CHANGE:
            ask_contract_section(act.store, change, event_id=event_id, reason=about, asked=asked, now=act.now)
        elif day_words.strip():
            change.insert(
                Agreement(event_id=event_id, topic=SUBSTITUTE_TOPIC, content=about, asked_on=act.today, nature=nature)
            )
        else:
            agree_on_count(change, event_id=event_id, reason=about, now=act.now)
    return Saved("振替の扱いを協議に記録しました。", decision.id)


def _may_replace(other: Event, event: Event) -> bool:
    """Whether an event can take place for another one: of its kind and year, and not itself."""
    return other.id != event.id and (other.kind, other.programme_id) == (event.kind, event.programme_id)


def replacements_of(database: Database, event: Event) -> tuple[Event, ...]:
    """Return the events that can take place for a cancelled one, the one that does so first."""
    found = [one for one in events.all_of(database, event.programme_id) if _may_replace(one, event)]
    kept = [one for one in found if one.status != "中止" and one.replaces in (None, event.id)]
    return tuple(sorted(kept, key=lambda one: one.replaces != event.id))


@deed
def set_call_text(act: Act, *, event_id: int, key: str, text: str) -> Saved:
    """Keep one of the texts as edited; an empty text brings back the app's own wording."""
    event = required_event(act.database, event_id)
    decision = _standing(current_decision(act.database, event))
    part = f"{decision.id}/{key}"
    present = next((row for row in table.texts(act.database, event_id, TEXTS) if row.part == part), None)
    with act.change(f"{TEXTS}の「{key}」を直した", "paper_texts", event_id=event_id) as change:
        if text.strip():
            row_id = change.keep(PaperText, present, event_id=event_id, document_kind=TEXTS, part=part, text=text)
        else:
            row_id = 0
            if present is not None:
                change.delete(PaperText, present.id)
    return Saved(f"「{key}」を保存しました。" if text.strip() else f"「{key}」をはじめの文に戻しました。", row_id)


def _calls(
    line: CallLine,
    decision: ChangeDecision,
    entry_ids: Collection[int],
    outcome: CallOutcome,
    again_at: datetime | None,
    note: str,
    by: str,
    now: datetime,
) -> list[Call]:
    """One call for the whole 団体; one for each person where only some were reached, or the 団体 is not registered."""
    whole = Call(
        event_id=decision.event_id,
        decision_id=decision.id,
        target="団体",
        organisation_id=line.organisation_id,
        outcome=outcome,
        at=now,
        by=by,
        again_at=again_at,
        note=note.strip(),
    )
    known = [person.entry_id for person in line.people]
    if any(one not in known for one in entry_ids):
        raise Refusal("この人は、いまの名簿のこの団体にありません。", "画面を開き直してください。")
    wanted = list(entry_ids)
    if line.organisation_id is not None and not wanted and outcome != REACHED:
        # Somebody of the 団体 may have been reached before: the others' absence does not undo that.
        wanted = [one.entry_id for one in line.people if one.state != REACHED]
        wanted = [] if len(wanted) in (0, len(known)) else wanted
    if line.organisation_id is not None and not wanted:
        return [whole]
    return [replace(whole, entry_id=one) for one in wanted or known]


def _standing(decision: ChangeDecision | None) -> ChangeDecision:
    if decision is None:
        raise Refusal("判断がまだ記録されていません。", "先に「1 判断」で区分、判断した者、理由を記録してください。")
    return decision


def _as_known(store: Store, event: Event, kind: DecisionKind) -> dict[str, str]:
    """What people have in mind now, for the texts of a change: what they were told last, where the event is otherwise
    by now; nobody is telephoned about a day that he was never told."""
    facts = read_facts(store, event)
    known = known_facts(store.database, told_rows(store.database, event))
    place, told_place = change_texts.place_words(facts), place_told(known)
    when, told_when = change_texts.when_words(facts), when_told(known).replace("　", "")
    other_place = bool(told_place) and not same_words(told_place, place)
    other_day = bool(told_when) and begins_otherwise(told_when, event.event_date, event.start_time)
    known_as: dict[str, str] = {}
    if kind == "会場の変更" or other_place:
        known_as["before_place"] = told_place if other_place else place
    if kind == "延期" and other_day:  # 「もとの日時」 is from which day it is put off, told or not
        known_as["told_time"] = told_when
    if other_day and kind != "延期":
        known_as["before_time"] = told_when
    elif kind in ("延期", "日時の変更") and event.event_date is not None:
        known_as["before_time"] = when
    return known_as


def _when(moment: datetime) -> str:
    return f"{short_date(moment.date())} {moment.hour}:{moment.minute:02d}"
