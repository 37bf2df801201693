"""Records the decision about a 中止 or change, and every call about it with caller, time and outcome."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import (
    clock_time,
    short_date,
)
from app.event.rules.change_decisions import start_time_differs
from app.event.rules.event_state import is_carried_out
from app.event.rules.event_warning import CONTRACT_CHANGE, WITHIN_TOLERANCE
from app.event.rules.notification_facts import notified_place_words
from app.event.services.agreements import (
    CONTRACT_TOPIC,
    COUNT_TOPIC,
    SUBSTITUTE_TOPIC,
    agree_on_count,
    ask_contract_section,
    settled_number,
)
from app.event.services.event_cancellation import (
    cancel_in_change,
    confirm_use_anew,
    open_topic_sentence,
    restore_in_change,
)
from app.event.services.event_facts import read_event_facts
from app.event.services.event_moves import time_before_untold_move
from app.event.services.event_notifications import (
    facts_known_to_participants,
    notified_time_words,
    read_notification_rows,
)
from app.event.services.event_records import read_event_or_error
from app.events.calls import rules as calls_rules
from app.events.calls.services.call_sheet import (
    REACHED,
    CallLine,
    read_call_sheet,
    required_call_person,
    required_line,
)
from app.events.letters.rules.change_letters import same_words
from app.events.letters.services.earlier_letters import current_decision
from app.events.roster.services.entry_changes import note_answer
from db.engine import Database
from db.records.agreements import Agreement
from db.records.calls import Call, CallOutcome, CallTarget, ChangeDecision, DecisionKind
from db.records.documents import DocumentPassage
from db.records.events import Event
from db.records.venues import Booking
from db.rows import rows
from db.store import Store
from db.tables import calls as table
from db.tables import events

TEXTS = "中止・変更の連絡"


def decide_change(
    context: ActionContext,
    *,
    event_id: int,
    kind: DecisionKind,
    decided_at: datetime,
    decided_by: str,
    reason: str,
    nature: str = WITHIN_TOLERANCE,
    no_replacement: bool = False,
) -> ActionResult:
    """Record who decided what, when and why; a 中止 also cancels the event, another kind restores a cancelled one.

    The same kind again corrects the record; another kind is a new decision, for which everybody has to be called again.
    So is the same kind on a later day once the new day or place of the first is entered.
    The day, time and place that people know are stored with it, and that the reason was reviewed, as letters quote it.
    That a room of a day that is given up is used has to be confirmed anew.

    Args:
        nature: for a new 中止: how fewer events than the specification are settled.
        no_replacement: nothing is held in place of a 中止, as the letters say then.

    Raises:
        UserError: the event was held or its request ended, or person or reason is missing.
    """
    kind = DecisionKind(kind)
    event = read_event_or_error(context.database, event_id)
    if not (event.status.is_planned or event.status.is_cancelled):
        raise UserError(f"{event.full_title}は{event.status}です。", "中止・変更にできるのは、予定の実施回です。")
    if not decided_by.strip() or not reason.strip():
        missing = "判断した者" if not decided_by.strip() else "理由"
        raise UserError(f"{missing}が書かれていません。", "書いてから記録してください。履歴に残ります。")
    standing = current_decision(context.database, event)
    again = standing is not None and is_carried_out(event, standing) and decided_at.date() > standing.decided_at.date()
    same = standing is not None and standing.kind == kind and not again
    if kind.revokes and not same:
        raise UserError(f"{event.full_title}に、{kind}の記録はありません。", "画面を開き直してください。")
    known = {} if same else _known_time_and_place(context.store, event, kind)
    with context.change(f"{event.full_title}の{kind}の判断を記録した", "change_decisions", event_id=event_id) as change:
        row_id = change.update_or_insert(
            ChangeDecision,
            standing if same else None,
            event_id=event_id,
            kind=kind,
            decided_at=decided_at,
            decided_by=decided_by.strip(),
            reason=reason.strip(),
            reason_seen=True,
            no_replacement=no_replacement and kind.is_cancellation,
            **known,
        )
        told = f"{reason.strip()}（{_when(decided_at)} {decided_by.strip()}の判断）"
        if kind.is_cancellation and event.status.is_planned:
            day = decided_at.date()
            cancel_in_change(
                context.store, change, event_id=event_id, reason=told, decided_on=day, nature=nature, now=context.now
            )
        elif kind.is_cancellation:
            change.update(Event, event_id, cancelled_on=decided_at.date(), cancel_reason=told)
        elif event.status.is_cancelled:
            restore_in_change(change, event_id=event_id)
        if (
            kind.moves_day
            and not same
            and event.event_date is not None
            and not start_time_differs(known.get("before_time", ""), event.event_date, event.start_time)
        ):
            rooms = rows(context.database, Booking, event_id=event_id, day=event.event_date)
            confirm_use_anew(change, rooms)
    said = (
        f"{event.full_title}を中止にしました。"
        if kind.is_cancellation and event.status.is_planned
        else "判断を記録しました。"
    )
    if not kind.is_cancellation and event.status.is_cancelled:
        said += open_topic_sentence(context.store, event)
    return ActionResult(said, row_id)


def note_call(
    context: ActionContext,
    *,
    event_id: int,
    key: str,
    outcome: CallOutcome,
    entry_ids: Collection[int] = (),
    again_at: datetime | None = None,
    note: str = "",
) -> ActionResult:
    """Record one call to a line of the list, by the present user and time.

    Args:
        key: the line.
        entry_ids: only these of its people; empty = all, of a registered 団体 for another outcome than 連絡済 only
            those not reached yet.
        outcome: 連絡済, 不在・再架電 or 伝言; of the 取消し of a 中止 連絡済 says that they come, 欠席 makes them 辞退.
        again_at: when to call again (不在・再架電 and 伝言), None if not set.
        note: 留守電 and the like.

    Raises:
        UserError: nothing was decided yet, or the line is gone.
    """
    outcome = CallOutcome(outcome)
    sheet = read_call_sheet(context.database, read_event_or_error(context.database, event_id))
    decision = _require_decision(sheet.decision)
    line = required_line(sheet, key)
    if outcome.is_absent and not entry_ids:
        entry_ids = [one.entry_id for one in line.people if one.state != REACHED]
    rows = _calls(
        line,
        decision,
        entry_ids,
        outcome,
        again_at if outcome.is_to_repeat else None,
        note,
        context.by,
        context.now,
    )
    answered = entry_ids or [one.entry_id for one in line.people]
    with context.change(f"中止・変更の電話を記録（{outcome} {len(answered)}人）", "calls", event_id=event_id) as change:
        ids = [change.insert(row) for row in rows]
        if decision.kind.revokes:
            note_answer(context.database, change, answered, outcome)
    return ActionResult(f"{line.name}　{outcome}　{clock_time(context.now)}", ids[-1])


def note_other_call(
    context: ActionContext,
    *,
    event_id: int,
    target: CallTarget,
    whom: str = "",
    outcome: CallOutcome,
    again_at: datetime | None = None,
    note: str = "",
) -> ActionResult:
    """Record a call to the 受託者 (業務責任者), the venue, 手話・要約筆記 or the presenters; 対象外 if there is none.

    Args:
        whom: name that tells several of one target apart. again_at: when to call again, if so.
        note: what was said.
    Raises:
        UserError: nothing was decided about the event.
    """
    outcome = CallOutcome(outcome)
    decision = _require_decision(current_decision(context.database, read_event_or_error(context.database, event_id)))
    row = Call(
        event_id=event_id,
        decision_id=decision.id,
        target=target,
        whom=whom,
        outcome=outcome,
        **context.signature,
        again_at=again_at if outcome.is_to_repeat else None,
        note=note.strip(),
    )
    with context.change(f"中止・変更の連絡を記録（{target} {outcome}）", "calls", event_id=event_id) as change:
        row_id = change.insert(row)
    words = "対象外にしました。" if outcome.is_not_needed else f"{outcome}　{clock_time(context.now)}"
    return ActionResult(f"{target}　{words}", row_id)


def set_substitute(
    context: ActionContext,
    *,
    event_id: int,
    day_words: str,
    nature: str,
    content: str = "",
    contract_reply: str = "",
    replacement_id: int | None = None,
) -> ActionResult:
    """Record the 振替 and how it is settled: within 程度, by 協議, or by asking 契約課 (仕様書7).

    A 協議 about it that is still open goes on, in the new words; it is not begun twice.

    Args:
        day_words: the new day in words for the texts, empty while it is open.
        nature: how it is settled; ``CONTRACT_CHANGE`` asks 契約課.
        content: what the 協議 is about, empty = 振替 with the day.
        contract_reply: day, person and answer of 契約課, empty while there is none (協議中 stays); only used with
            ``CONTRACT_CHANGE``.
        replacement_id: the event that replaces this one, in place of any before; None = none does. Without
            ``day_words`` its day is used in the texts.

    Raises:
        UserError: nothing was decided, or that event is of another kind or year, or cancelled itself.
    """
    event = read_event_or_error(context.database, event_id)
    decision = _require_decision(current_decision(context.database, event))
    other = read_event_or_error(context.database, replacement_id) if replacement_id is not None else None
    if other is not None and (not other.status.counts or not _can_replace(other, event)):
        raise UserError(
            f"{other.full_title}は、代わりの回にできません。", "同じ年度・同じ種別の、中止でない回を選んでください。"
        )
    if other is not None and other.event_date is not None and not day_words.strip():
        day_words = calls_rules.when_words(read_event_facts(context.store, other))
    about = content.strip() or _substitute_words(day_words)
    topic = CONTRACT_TOPIC if nature == CONTRACT_CHANGE else SUBSTITUTE_TOPIC if day_words.strip() else COUNT_TOPIC
    topics = (topic,) if topic == CONTRACT_TOPIC else (SUBSTITUTE_TOPIC, COUNT_TOPIC)
    open_ones = [
        one
        for one in rows(context.database, Agreement, event_id=event_id, topic=topics)
        if one.is_open and one.confirmed_on is None
    ]
    # The topics other than 振替の日程 are asked of more than a 振替: there its words tell which it is.
    before = _substitute_words(decision.substitute)
    known = next((one for one in open_ones if one.content == about), None) or next(
        (one for one in open_ones if one.topic == SUBSTITUTE_TOPIC or one.content == before), None
    )
    with context.change(f"{event.full_title}の振替の扱いを記録した", "agreements", event_id=event_id) as change:
        gone = {"no_replacement": False} if day_words.strip() or other is not None else {}
        change.update(ChangeDecision, decision.id, substitute=day_words.strip(), **gone)
        for one in rows(context.database, Event, replaces=event_id):
            change.update(Event, one.id, replaces=None)
        if other is not None:
            change.update(Event, other.id, replaces=event_id)
        if known is not None:  # recorded once more, for the event in its place or the answer
            answered: dict[str, Any] = (
                {
                    "settled_on": context.today,
                    "note": contract_reply,
                    "ordinal": settled_number(context.store, known),
                }
                if nature == CONTRACT_CHANGE and contract_reply.strip()
                else {}
            )
            change.update(Agreement, known.id, topic=topic, content=about, nature=nature, **answered)
        elif nature == CONTRACT_CHANGE:
            ask_contract_section(
                context.store, change, event_id=event_id, reason=about, contract_reply=contract_reply, now=context.now
            )
        elif day_words.strip():
            change.insert(
                Agreement(
                    event_id=event_id, topic=SUBSTITUTE_TOPIC, content=about, asked_on=context.today, nature=nature
                )
            )
        else:
            agree_on_count(change, event_id=event_id, reason=about, now=context.now)
    return ActionResult("振替の扱いを協議に記録しました。", decision.id)


def _substitute_words(day_words: str) -> str:
    """Return what the 協議 about a 振替 to this day is about, empty = the day is open."""
    return f"振替 {day_words.strip()}" if day_words.strip() else "振替の日程と実施回数"


def _can_replace(other: Event, event: Event) -> bool:
    return other.id != event.id and (other.kind, other.programme_id) == (event.kind, event.programme_id)


def replacements_of(database: Database, event: Event) -> tuple[Event, ...]:
    """Return the events that can replace a cancelled one, the one that does so first.

    They are of its kind and year, not cancelled and do not replace another one.
    """
    found = [one for one in events.events_of_year(database, event.programme_id) if _can_replace(one, event)]
    kept = [one for one in found if one.status.counts and one.replaces in (None, event.id)]
    return tuple(sorted(kept, key=lambda one: one.replaces != event.id))


def set_call_text(context: ActionContext, *, event_id: int, key: str, text: str) -> ActionResult:
    """Save the text ``key`` (one of ``TEXT_KEYS``) for the present decision; "" restores the default.

    Raises:
        UserError: nothing was decided about the event.
    """
    event = read_event_or_error(context.database, event_id)
    decision = _require_decision(current_decision(context.database, event))
    part = f"{decision.id}/{key}"
    present = next((row for row in table.passages(context.database, event_id, TEXTS) if row.part == part), None)
    with context.change(f"{TEXTS}の「{key}」を直した", "paper_texts", event_id=event_id) as change:
        if text.strip():
            row_id = change.update_or_insert(
                DocumentPassage, present, event_id=event_id, document_kind=TEXTS, part=part, text=text
            )
        else:
            row_id = 0
            if present is not None:
                change.delete(DocumentPassage, present.id)
    return ActionResult(
        f"「{key}」を保存しました。" if text.strip() else f"「{key}」をはじめの文に戻しました。", row_id
    )


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
    """Return one call for the 団体, or one for each person if only some were reached or it is not registered."""
    whole = Call(
        event_id=decision.event_id,
        decision_id=decision.id,
        target=CallTarget.ORGANISATION,
        organisation_id=line.organisation_id,
        outcome=outcome,
        at=now,
        by=by,
        again_at=again_at,
        note=note.strip(),
    )
    known = [person.entry_id for person in line.people]
    for one in entry_ids:
        required_call_person(line, one)
    wanted = [one for one in entry_ids if one]  # who is called for a visited 団体 has no place of his own
    if line.organisation_id is not None and not wanted and not outcome.is_reached:
        # Somebody of the 団体 may have been reached before, which the others' absence does not undo.
        wanted = [one.entry_id for one in line.people if one.state != REACHED]
        wanted = [] if len(wanted) in (0, len(known)) else wanted
    if line.organisation_id is not None and not wanted:
        return [whole]
    return [replace(whole, entry_id=one) for one in wanted or known]


def _require_decision(decision: ChangeDecision | None) -> ChangeDecision:
    """Return the decision, or raise that there is none yet."""
    if decision is None:
        raise UserError("判断がまだ記録されていません。", "先に「1 判断」で区分、判断した者、理由を記録してください。")
    return decision


def _known_time_and_place(store: Store, event: Event, kind: DecisionKind) -> dict[str, str]:
    """Return the day and place that people know now as fields of the decision: before_time, before_place, told_time.

    Nobody is called about a day of which they were never notified. What they know is noted also where it is as the
    event: after a move of which they heard by telephone, or on the same day, the letter of before says another day.
    Called about a move that no letter preceded, they are asked to come on the new day in place of the one before.
    """
    facts = read_event_facts(store, event)
    known = facts_known_to_participants(store.database, read_notification_rows(store.database, event))
    place, told_place = calls_rules.place_words(facts), notified_place_words(known)
    when, told_when = calls_rules.when_words(facts), notified_time_words(known)
    other_place = bool(told_place) and not same_words(told_place, place)
    other_day = bool(told_when) and start_time_differs(told_when, event.event_date, event.start_time)
    known_as = {}
    if kind.moves_venue and not other_place:
        known_as["before_place"] = place
    elif told_place:
        known_as["before_place"] = told_place
    if kind.is_postponement and other_day:  # 「もとの日時」 is the day from which it is postponed, notified or not
        known_as["told_time"] = told_when
    untold = time_before_untold_move(store, event) if kind.moves_time and not told_when else ""
    if untold:
        known_as["before_time"] = untold
    elif kind.moves_day and not (other_day and kind.moves_time):
        known_as |= {"before_time": when} if event.event_date is not None else {}
    elif told_when:
        known_as["before_time"] = told_when
    return known_as


def _when(moment: datetime) -> str:
    """Return 「9/24(木) 8:10」."""
    return f"{short_date(moment.date())} {clock_time(moment)}"
