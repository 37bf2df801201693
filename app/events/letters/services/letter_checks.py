"""Checks what a letter must not lack for its 施行, and what to know before it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from app.actions.action_id import ActionLink
from app.actions.get_or_raise import get_or_raise
from app.calendar.dates import long_date
from app.calendar.office_days import OfficeCalendar
from app.common.join_nonempty import join_nonempty
from app.documents.document_frame import issue_day_of
from app.documents.services.document_context import letter_of
from app.documents.services.document_doubts import DayOver
from app.documents.services.document_kind import DocumentStop
from app.documents.services.document_scope import DocumentScope
from app.event.rules.participation import groups_words
from app.event.rules.recruitment import DECISION
from app.events.letters.rules.change_letters import (
    AFTER,
    BEFORE,
    BY_PHONE,
    CHANGED_ITEMS,
    NO_REPLACEMENT,
    REPLACEMENT,
    WHY_CANCELLED,
    WHY_CHANGED,
    WHY_REVOKED,
    is_reason_unchecked,
    same_words,
)
from app.events.letters.rules.drafting_texts import OVER, guideline_to_write, is_application_closed, past_event_day
from app.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    DRAFTING,
    INVITATION,
    KINDS,
    LETTERS,
    PLACE_REVOCATION,
    REASON,
    REVOCATION,
    LetterFacts,
)
from app.events.letters.rules.recruitment_texts import RECRUITMENT
from app.events.letters.services import letter_building
from app.events.letters.services.earlier_letters import sent_on
from app.events.letters.services.letter_addressees import (
    addressees,
    goes_to_organisation,
    read_options,
    without_address_words,
)
from app.events.letters.services.letter_batches import selections_of_letter
from app.programme.rules import most_people_words
from app.programme.services import office_calendar
from app.registers.register.rules import HEAD_ROLES
from db.digits import one_width
from db.name_key import name_key
from db.records.dispatches import DispatchRequest
from db.records.events import Event
from db.redactions import text_beside_name
from db.rows import rows
from db.store import Store

NO_HEAD_WORDS = "会長名の登録がなく「御中」"
_UNTIL = re.compile(r"(\d{1,2})月(\d{1,2})日(?:（[^）]*）)?まで")
_RECENT = timedelta(days=60)
"""A deadline that lies longer ago is rather one of the year that follows, as the text states no year."""
_APPLIED = re.compile(r"申込み?(?:者)?(?:[がはの]|は?計)?\s*(\d{1,9})人(?!程度|前後|以上|以下|未満|を超え)")
_AGREED = re.compile(r"協議[^。]*\d")


def issue_blockers(
    store: Store, *, event: Event, kind: str, on: date, facts: LetterFacts | None = None
) -> tuple[DocumentStop, ...]:
    """Return what blocks the 施行 of a letter on the day ``on``, with links to correct it; () if it is no letter.

    Args:
        facts: the facts of that day, if read already.
    """
    if kind not in LETTERS:
        return ()
    facts = facts or letter_building.read_letter_facts(store, event=event, on=on, kind=kind)
    texts = _texts(store, event, kind, facts, on)
    found = [*_missing_details(event, kind), *_before_selection(store, event, kind, on)]
    if kind == DECISION and facts.people_over_limit:
        found += _people_over_limit(event, facts, _texts(store, event, DRAFTING, facts, on))
    if kind == PLACE_REVOCATION and not texts[REASON]:
        found.append(DocumentStop("決定を取り消す理由を書いてください。", _passages_link(event, kind)))
    if kind == CHANGE:
        found += _change(event, facts, texts)
    if kind == CANCELLATION:
        found += _cancellation(event, facts, texts)
    if kind == REVOCATION and not texts[WHY_REVOKED]:
        found.append(DocumentStop(f"「{WHY_REVOKED}」がまだ書かれていません。", _passages_link(event, kind)))
    found += _deadlines_on_closed_days(_passages_link(event, kind), texts, on, office_calendar(store))
    return tuple(found)


def _texts(store: Store, event: Event, kind: str, facts: LetterFacts, on: date) -> dict[str, str]:
    """Return the text of a letter of the day ``on`` by passage, stripped."""
    rows = letter_building.passages_of(store, event=event, kind=kind, facts=facts, on=on)
    return {row.part: row.text.strip() for row in rows}


def _passages_link(event: Event, kind: str) -> ActionLink:
    return ActionLink("通知の文", event_id=event.id, kind=kind)


def _missing_details(event: Event, kind: str) -> Iterable[DocumentStop]:
    if kind in (DECISION, INVITATION):
        if event.event_date is None:
            yield DocumentStop("実施日が決まっていません。", ActionLink("日程を決める", event_id=event.id))
        if not event.venue.strip():
            yield DocumentStop("会場が決まっていません。", ActionLink("会場", event_id=event.id))


def _before_selection(store: Store, event: Event, kind: str, on: date) -> Iterable[DocumentStop]:
    """Yield that the letter would bear an earlier day than the selection that it tells."""
    for day in [one.made_at.date() for one in selections_of_letter(store, event, kind)[:1]]:
        if on < day:
            yield DocumentStop(
                f"{kind}の日付（{long_date(on)}）が、参加者を決めた日（{long_date(day)}）より前です。"
                "決めた日か、そのあとの日付にしてください。",
                ActionLink("発信・決裁", event_id=event.id, kind=kind),
            )


def _people_over_limit(event: Event, facts: LetterFacts, drafted: Mapping[str, str]) -> Iterable[DocumentStop]:
    """Yield what is wrong with the reason for more people than 仕様書4 エ allows.

    There is none, it names no number of a 協議, or it states another number of applications than there are now.
    """
    most = most_people_words(facts.numbers)
    more = f"決定した{facts.chosen[0]}人は、仕様の{most}を{facts.people_over_limit}人超えています。"
    reason = drafted.get(OVER, "")
    there = _passages_link(event, DRAFTING)
    if not reason:
        yield DocumentStop(f"{more}起案資料に「{OVER}」を書いてください。", there)
    if not _AGREED.search(reason):
        yield DocumentStop(
            f"{'' if not reason else more}人数についての協議番号がありません。"
            f"協議を記録し、番号を「{OVER}」に書いてください。",
            ActionLink("協議の記録"),
        )
    counted = {int(number) for number in _APPLIED.findall(one_width(reason))}
    if counted - {facts.applied[0]}:
        wrong = "、".join(f"{number}人" for number in sorted(counted - {facts.applied[0]}))
        said = f"「{OVER}」の申込みの人数（{wrong}）が、いまの申込み（{facts.applied[0]}人）と違います。"
        yield DocumentStop(said, there)


def _change(event: Event, facts: LetterFacts, texts: Mapping[str, str]) -> Iterable[DocumentStop]:
    """Yield what a 変更通知 still lacks.

    A 日時 or 会場 before or after, a difference between them, a reason, an earlier letter.
    """
    here = _passages_link(event, CHANGE)
    pairs = [(name, texts[f"{BEFORE}{name}"], texts[f"{AFTER}{name}"]) for name in CHANGED_ITEMS]
    for name, before, after in pairs:
        if not before:
            yield DocumentStop(f"「{BEFORE}{name}」がまだ書かれていません。", here)
        if not after:
            yield DocumentStop(f"「{AFTER}{name}」がまだ書かれていません。", here)
    if all(same_words(before, after) for _name, before, after in pairs):
        yield DocumentStop("日時も会場も、変更前と変更後が同じです。", here)
    if not texts[WHY_CHANGED]:
        yield DocumentStop(f"「{WHY_CHANGED}」がまだ書かれていません。", here)
    if facts.earlier_letter is None:
        earlier = DECISION if event.form.recruits else INVITATION
        words = "さきに出した決定通知または開催通知の日付と番号が記録されていません。"
        yield DocumentStop(words, _passages_link(event, earlier))


def _cancellation(event: Event, facts: LetterFacts, texts: Mapping[str, str]) -> Iterable[DocumentStop]:
    """Yield what a 中止通知 still lacks: a recorded decision, a reason, the 会場 of 代わりの開催."""
    here = _passages_link(event, CANCELLATION)
    if facts.decision is None:
        yield DocumentStop(
            "中止を判断した日時と判断した者が記録されていません。「中止・変更の連絡」で記録してください。",
            ActionLink("中止・変更の連絡", event_id=event.id),
        )
    if not texts[WHY_CANCELLED]:
        yield DocumentStop(f"「{WHY_CANCELLED}」がまだ書かれていません。", here)
    replacement = texts[REPLACEMENT]
    if replacement and replacement != NO_REPLACEMENT and len(replacement.split("\n")) < 2:
        yield DocumentStop(f"代わりの開催の会場がありません。「{REPLACEMENT}」の2行目に書いてください。", here)


def _deadlines_on_closed_days(
    link: ActionLink, texts: Mapping[str, str], on: date, calendar: OfficeCalendar
) -> Iterable[DocumentStop]:
    """Yield the deadlines before the letter's own day, on one on which the office is closed, or that does not exist."""
    for part, text in texts.items():
        for month, day in _UNTIL.findall(text):
            try:
                near = [date(year, int(month), int(day)) for year in (on.year - 1, on.year, on.year + 1)]
            except ValueError:
                yield DocumentStop(f"「{part}」の{month}月{day}日という日はありません。", link)
                continue
            until = min(near, key=lambda one: abs(one - on))  # the text states no year
            reason = calendar.closed_reason(until)
            if on - _RECENT < until < on:
                words = f"「{part}」の期限の{long_date(until)}は、通知の日付（{long_date(on)}）より前です。"
                yield DocumentStop(DayOver(words), link)
            elif reason is not None:
                yield DocumentStop(f"「{part}」の期限の{long_date(until)}は閉庁日です（{reason}）。", link)


def print_doubts(
    store: Store,
    *,
    event: Event,
    kind: str,
    on: date,
    facts: LetterFacts | None = None,
    stops: tuple[DocumentStop, ...] | None = None,
) -> tuple[str, ...]:
    """Return what blocks the 施行 of a letter, or is to be known before it is printed on the day ``on``.

    Of a paper of recruitment only that its day is late, of a 起案資料 what is still to be filled in; of others ().

    Args:
        facts: the facts of that day, if read already.
        stops: what blocks the 施行 that day, if read already.
    """
    if kind not in (*LETTERS, *KINDS, *RECRUITMENT):
        return ()
    facts = facts or letter_building.read_letter_facts(store, event=event, on=on, kind=kind)
    if kind in LETTERS:
        if stops is None:
            stops = issue_blockers(store, event=event, kind=kind, on=on, facts=facts)
        return (*(one.words for one in stops), *_print_hints(store, event, kind, on, facts))
    if kind in RECRUITMENT:
        return tuple(_late_issue_hints(facts, on))
    return tuple(_placeholder_hints(event, facts, _texts(store, event, kind, facts, on), kind))


def _print_hints(store: Store, event: Event, kind: str, on: date, facts: LetterFacts) -> Iterable[str]:
    """Yield what should be looked at before a letter is printed.

    A reason nobody checked, calls not made, no substitute day, another signer, a 決定通知 not yet issued.
    """
    texts = _texts(store, event, kind, facts, on) if kind in (CHANGE, CANCELLATION) else {}
    if texts:
        part = WHY_CHANGED if kind == CHANGE else WHY_CANCELLED
        said = texts[part]
        if facts.decision is not None and said == facts.decision.reason.strip() and is_reason_unchecked(facts.decision):
            yield (
                f"「{part}」は、入力したとおりに「{said}」と出ます。文として終わっているか、「中止・変更の連絡」か"
                "この通知の文で確かめてください。"
            )
    if kind == CANCELLATION:
        if not texts[REPLACEMENT]:
            yield f"行うとも行わないとも記録がないため、「{REPLACEMENT}」は書きません。記録すると入ります。"
        if not texts[BY_PHONE]:
            yield "電話での連絡の記録がありません。中止は、先に電話で知らせます。"
        elif waiting := groups_words(*facts.not_called):
            whom = "相手" if facts.not_called[1] else "団体"
            yield (f"電話がまだ済んでいない{whom}が{waiting}あります。その{whom}への通知に「{BY_PHONE}」は入りません。")
    yield from addressee_hints(store, event, kind, on)
    by, reply_from = facts.absence_by, facts.reply_from
    if kind in (DECISION, INVITATION) and by is not None and reply_from is not None and on <= by < reply_from:
        yield (
            f"欠席・代理の連絡の期限（{long_date(by)}）は、届いて返事ができる日（{long_date(reply_from)}ごろ）より前です。"
            "日付を早めるか、「欠席・代理出席」の文を直してください。"
        )
    if kind == INVITATION:
        decided = letter_of(store, DocumentScope(event_id=event.id), DECISION, formal=True, on=on)
        if decided is None or (decided.form.is_formal and not decided.state.is_issued):
            yield "決定通知をまだ施行していません。参加の決定を知らせるときは、決定通知を使います。"


def addressee_hints(store: Store, event: Event, kind: str, on: date) -> Iterable[str]:
    """Yield a warning for each letter to another than who signed the request of a 派遣, else the 会長 who applied."""
    at_it = goes_to_organisation(event, kind)
    slips = rows(
        store.database, DispatchRequest, organisation_id=event.organisation_id, programme_id=event.programme_id
    )
    of_it = [text_beside_name(one.signer) for one in reversed(slips) if at_it and one.event_id in (None, event.id)]
    signer = next(filter(None, of_it), "")
    unit = "団体ごと" if at_it else read_options(store.database, kind, event_id=event.id, on=on).unit
    for to in addressees(store, event=event, kind=kind, unit=unit, today=on):
        head = signer or next((one.name for one in to.people if one.role == to.role in HEAD_ROLES), "")
        if head and name_key(to.person) != name_key(head):
            name = join_nonempty(to.role, to.person)
            whose, slip = (
                ("希望票に署名した方", "希望票の代表者") if signer else (f"{to.organisation}の申込の会長", "申込")
            )
            yield f"宛名は{name or f'、{NO_HEAD_WORDS}'}です。{whose}は{head}です。" + (
                f"替わったときは「団体」の会長を、書き間違いのときは{slip}を直します。"
                if name
                else "会長のときは、「団体」に加えると宛名に入ります。"
            )


def _late_issue_hints(facts: LetterFacts, on: date) -> Iterable[str]:
    if facts.apply_by is not None and on > facts.apply_by:
        yield DayOver(f"日付（{long_date(on)}）が、申込期限（{long_date(facts.apply_by)}）より後です。")


def _placeholder_hints(event: Event, facts: LetterFacts, texts: Mapping[str, str], kind: str) -> Iterable[str]:
    """Yield what should be looked at before a 起案資料 is printed.

    That 実施要領 is missing in the settings; in a first 起案資料 also a closing day to come, a past event day and
    too many people.
    """
    if kind == DRAFTING and facts.apply_by is not None and not is_application_closed(facts):
        yield f"申込みの締切（{long_date(facts.apply_by)}）を過ぎていません。締切の翌日からの日付で起案してください。"
    held = past_event_day(facts)
    if kind == DRAFTING and held is not None:
        yield f"実施日（{long_date(held)}）を過ぎています。起案の日は、書き入れてください。"
    if kind == DRAFTING and facts.people_over_limit:
        yield from (one.words for one in _people_over_limit(event, facts, texts))
    if guideline_to_write(facts.office) in texts.values():
        yield facts.in_own_words("決定の根拠とする区の実施要領が、設定の「所属・担当者」にありません。")


def letter_doubts(store: Store, scope: DocumentScope, kind: str, today: date) -> tuple[str, ...]:
    """Return what to know of a letter, 起案資料 or labels of an event before they are saved or printed.

    Of labels only the addressees without an address.
    """
    if scope.event_id is None:
        return ()
    event = get_or_raise(store.database, Event, scope.event_id)
    if kind == letter_building.LABELS:
        options = read_options(store.database, kind, event_id=event.id, on=today)
        noon = datetime.combine(today, time(12))
        to = letter_building.letter_addressees(store, event=event, kind=kind, options=options, now=noon)
        return tuple(filter(None, [without_address_words(to)]))
    on = issue_day_of(letter_of(store, scope, kind, on=today), sent_on(store, event.id, kind), today)
    return print_doubts(store, event=event, kind=kind, on=on)
