"""Builds the documents of 派遣 from their records, with checks of what must not be missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from app.actions.action_id import ActionLink
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar import dates
from app.calendar.office_days import OfficeCalendar
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import DocumentContext, Passage
from app.documents.file_format import TEXT_FORMATS
from app.documents.rules import names_in_text
from app.documents.services.document_context import document_context_of, event_document_context, letter_of
from app.documents.services.document_doubts import DayOver
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentStop, DocumentSubject
from app.documents.services.document_passages import passage_texts
from app.documents.services.document_scope import DocumentScope, year_at, year_of
from app.event.rules.agenda import has_usual_content
from app.event.rules.recruitment import (
    FLYER,
    FORMS_CLOSE_BEFORE,
    FREE,
    RESULTS_AFTER_CLOSING,
    closing_step,
    fee_words,
    step_due,
)
from app.event.services.event_document import event_document_kind
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import EventRecords
from app.event.services.event_state import states_of
from app.event.services.recruitment import call_on, read_calls, request_forms_close_on
from app.events.dispatches import documents as papers
from app.events.dispatches.documents import (
    APPLY,
    CALL_FOR_REQUESTS,
    CHOOSING,
    CLOSES,
    CONTACT_SHEET,
    DECLINE_NOTICE,
    HOW_MANY,
    LEAD,
    LETTER_REASON,
    NEXT_YEAR,
    OFFERS,
    OUTCOME,
    REQUEST_FORM,
    RESULT,
    SLIP,
    SUBJECT,
    UNDER,
    USE,
    WHAT,
    WHEN,
    WHERE,
    WHO,
)
from app.events.dispatches.rules import count_organisations, lectures_before_visits, may_share_contact, polite_reason
from app.events.dispatches.services.contact_consent import contact_of, request_of_visit
from app.events.dispatches.services.dispatch_requests import kind_of_request, number_of_visits, numbered_visits
from app.events.letters.rules.letter_texts import THANKS
from app.programme.holds import backup_term
from app.programme.rules import (
    REQUEST_FORMS,
    hours_words,
    in_own_words,
    lecture_names,
    people_words,
    planned_words,
    promise_text,
)
from app.programme.services import ProgrammeView, programme_of_event, read_programme, visit_words
from db.engine import Database
from db.records.dispatches import DispatchRequest, RequestOutcome
from db.records.documents import Letter, Notification
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event, RecruitmentStep
from db.records.organisations import Organisation
from db.records.programme import EventKind, Office, Programme, VisitStep
from db.rows import row, rows
from db.store import Store
from db.tables.documents import venue_names

_APPLICATION_DEADLINE = re.compile(r"申込み[^\n]{0,6}?(\d{1,2})月(\d{1,2})日(?:（[^）]*）)?まで")
_RANKING_WORDS = re.compile(r"\d+\s*点|順位|評価|優れ|劣|より(?:も)?(?:高|低|多|少)")
_DAYS_OPEN_BEFORE = 60
"""Days before the first 派遣 on which requests close by default."""


# 募集要項 and 希望票


def visits_of(view: ProgrammeView, scope: DocumentScope) -> EventKind:
    """Return the kind of visits that a document of a year is about: the one of ``item``, else the first."""
    return numbered_visits(view).get(scope.item or 1) or view.numbers_of_form(EventForm.VISIT)


def document_revision(_store: Store, scope: DocumentScope) -> int:
    """Return the number of the kind of visits of a document, under which its texts are kept."""
    return scope.item or 1


def documents_of_visits(store: Store, scope: DocumentScope) -> Sequence[DocumentItem]:
    """Return the kinds of visits of a year, the first one last: its documents are those of the year itself."""
    view = read_programme(store, fiscal_year=scope.fiscal_year, with_names=False)
    return [DocumentItem(id=number, title=one.name) for number, one in reversed(numbered_visits(view).items())]


def call_passages(store: Store, scope: DocumentScope, on: date) -> Sequence[Passage]:
    """Return the default wording of the 募集要項, with numbers and period of the year's contract (仕様書4(2)ア).

    The last day whose report still fits into 履行期間 is shown to the ward only; the public sees the contract's days.
    """
    view = year_of(store, scope, on=on)
    numbers = visits_of(view, scope)
    closes, result = _closing_day(store, view, numbers, on), _result_day(store, view, numbers, on)
    name, last, lectures = numbers.name, numbers.window_end, lectures_before_visits(view.kinds, numbers)
    own = partial(in_own_words, office=view.office)
    whom = numbers.audience or own("区内の町会・自治会")
    first = f"{dates.long_date_plain(numbers.window_start)}から"
    asked = f"{lecture_names(lectures)}への参加、" if lectures else ""
    titles = "・".join(one.title for one in lectures)
    is_one_day = numbers.days == numbers.planned and numbers.visits_per_request == 1
    until, told = "1年を通して受け付けます。", "受け付けたあとに、"
    if numbers.recruitment.closes:
        until, told = f"{dates.long_date(closes)}まで（必着）", f"{dates.month_day(result)}までに、全団体へ"
    who_comes = fill_nonempty("{}が", numbers.lecturer)
    fee = fee_words(view.setting_of(FLYER))
    return (
        Passage(UNDER, f"集会所に{who_comes}うかがい、団体に合わせていっしょに始めます。"
                                 + ("\n費用はかかりません。" if fee == FREE else f"\n参加費　{fee}")),
        Passage(WHO, f"{whom}　{planned_words(numbers)}"
                               + (f"\n主に、今年度の{titles}に参加した団体" if lectures else "")),
        Passage(WHAT, _offered_words(numbers), lines=3),
        Passage(WHEN, f"{first}{dates.long_date(last)}までの間で、"
                                + ("1団体につき1日、" if is_one_day else "")
                                + (f"希望票1枚につき{numbers.visits_per_request}回まで、各回"
                                   if numbers.visits_per_request > 1 else "")
                                + f"{hours_words(numbers)}（相談して決めます）"),
        Passage(WHERE, "団体の集会所など。"
                                 + (own("インターネットがない会場では、区の委託事業者が通信機器を用意します。")
                                    if numbers.clause_equipment else "")),
        Passage(HOW_MANY, f"{'' if numbers.audience else '役員など'}{people_words(numbers)}", lines=1),
        Passage(APPLY, until + "\n"
                                 f"「{name}希望票」に記入し、{_ways_in(view.office)}お出しください。"),
        *((Passage(CHOOSING, f"希望が多いときは、{asked}希望する内容、"
                                    f"これまでの{name}の有無、日程を見て決めます。"),)
          if VisitStep.SELECTION in numbers.steps else ()),
        Passage(RESULT, told
                                  + "文書でお知らせします。", lines=1),
        Passage(USE, f"希望票の連絡先は、{name}の決定と日程の相談に使います。"
                               + own("区の委託事業者には、") + f"{name}が決まり、希望票で同意をいただいた場合に限り、"
                               "代表者の氏名と電話番号を知らせます。", lines=3),
    )  # fmt: skip


def _ways_in(office: Office) -> str:
    """Return 「郵送・FAX・窓口で」 as far as the office has an address and a number, else 「問合せ先へ」."""
    if office.address:
        return "郵送・FAX・窓口で" if office.fax else "郵送・窓口で"
    return "FAXで" if office.fax else "問合せ先へ"


def _offered_words(kind: EventKind) -> str:
    """Return what a 団体 can ask for: the content of the contract, where it names any."""
    if has_usual_content(kind):
        return (
            "LINE、Instagram、ホームページ、キャッシュレス決済など、団体が希望するもの。"
            "初期設定、投稿の練習、運用ルールづくりを行います。"
        )
    return f"{'、'.join(kind.content)}など、団体が希望するもの。" if kind.content else "団体が希望するもの。"


def form_passages(store: Store, scope: DocumentScope, on: date) -> Sequence[Passage]:
    """Return the passages of the 希望票 that staff may word: its last day, and how long it is kept."""
    view = year_of(store, scope, on=on)
    numbers, backups = visits_of(view, scope), backup_term(store.database, on)
    kept = promise_text(REQUEST_FORMS, view.programme, "この希望票", backups=backups, method="廃棄")
    return (
        *(
            (Passage(CLOSES, dates.long_date(_closing_day(store, view, numbers, on)), lines=1),)
            if numbers.recruitment.closes
            else ()
        ),
        Passage(SLIP, kept),
    )


def _closing_day(store: Store, view: ProgrammeView, kind: EventKind, on: date) -> date:
    """Return the last day for requests by the 段取り of the 派遣, else one counted back from the first dated 派遣.

    Without one it is counted back from the first day of their period; it is an open day then.
    """
    known = request_forms_close_on(store.database, kind, on)
    if known is not None:
        return known
    visits = rows(store.database, Event, programme_id=kind.programme_id, kind=kind.kind)
    first = min((one.event_date for one in visits if one.status.counts and one.event_date is not None), default=None)
    before = _DAYS_OPEN_BEFORE if first is None else FORMS_CLOSE_BEFORE
    start = first or kind.window_start or date(view.programme.fiscal_year, 9, 1)
    return view.calendar.open_on_or_before(start - timedelta(days=before))


def _result_day(store: Store, view: ProgrammeView, kind: EventKind, on: date) -> date:
    """Return by when all 団体 are told: as the 段取り of the 派遣 says, else as many days after the closing day."""
    known = request_results_on(store.database, kind, on)
    closes = _closing_day(store, view, kind, on)
    return known or view.calendar.open_on_or_before(closes + timedelta(days=RESULTS_AFTER_CLOSING))


def call_doubts(store: Store, scope: DocumentScope, kind: str, today: date) -> tuple[str, ...]:
    """Return what to know before 募集要項 or 希望票 goes out: the closing day that it states has passed.

    () for a document of another ``kind``, or if its passage has another day.
    """
    parts = {CALL_FOR_REQUESTS: (APPLY, call_passages), REQUEST_FORM: (CLOSES, form_passages)}
    if kind not in parts or scope.fiscal_year is None:
        return ()
    view = year_of(store, scope, on=today)
    numbers = visits_of(view, scope) if view.kinds_of_form(EventForm.VISIT) else None
    if numbers is None or not numbers.recruitment.closes:
        return ()
    closes = _closing_day(store, view, numbers, today)
    if closes >= today:
        return ()
    part, passages = parts[kind]
    if dates.long_date(closes) not in texts_of(store, scope, kind, passages(store, scope, today))[part]:
        return ()
    name = numbers.name
    passed = f"希望票の締切（{dates.long_date(closes)}）を過ぎています。"
    is_set = request_forms_close_on(store.database, numbers, today) is not None
    counted = "" if is_set else f"{name}の段取りに締切がないため、自動で数えた日です。"
    todo = "段取りの締切を直して" if is_set else "実施回に日付を入れて"
    return (DayOver(f"{passed}{counted}「{part}」の日付を書き直すか、{name}の{todo}ください。"),)


def texts_of(store: Store, scope: DocumentScope, kind: str, defaults: Sequence[Passage]) -> dict[str, str]:
    """Return the passages of a document, with what was typed over them."""
    return passage_texts(store, scope, kind, defaults, revision=document_revision(store, scope))


def visits_context(
    store: Store, scope: DocumentScope, kind: str, now: datetime
) -> tuple[ProgrammeView, EventKind, DocumentContext]:
    """Return the year of a document of this ``kind``, its kind of visits, and its context, which names that alone."""
    view = year_at(store, scope, now)
    visits = visits_of(view, scope)
    return view, visits, replace(document_context_of(store, scope, kind, now), kinds=(visits,))


def build_call(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 募集要項 of a year; raises ``UserError`` while the rule of selection is missing."""
    texts = texts_of(store, scope, CALL_FOR_REQUESTS, call_passages(store, scope, now.date()))
    if not texts.get(CHOOSING, CHOOSING).strip():
        raise UserError(
            "募集要項の「決め方」がまだ書かれていません。", "不採択通知の理由は、ここに書いた決め方によります。"
        )
    _view, kind, context = visits_context(store, scope, CALL_FOR_REQUESTS, now)
    return papers.call_for_requests(context, texts, kind=kind)


def build_form(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the empty 希望票 of a year."""
    texts = texts_of(store, scope, REQUEST_FORM, form_passages(store, scope, now.date()))
    view, kind, context = visits_context(store, scope, REQUEST_FORM, now)
    lecture = lecture_names(lectures_before_visits(view.kinds, kind))
    return papers.request_form(context, texts, kind=kind, lecture=lecture)


# 不採択通知


def _declined_request(store: Store, scope: DocumentScope) -> DispatchRequest | None:
    """Return the declined request of a 団体 that was received last, of any year, or None."""
    return row(
        store.database,
        DispatchRequest,
        organisation_id=scope.organisation_id or 0,
        outcome=RequestOutcome.REFUSED,
        order=("-received_on", "-id"),
    )


def _required_declined(store: Store, scope: DocumentScope) -> DispatchRequest:
    """Return the declined request of a 団体 that was received last; raises ``UserError`` if there is none."""
    organisation = get_or_raise(store.database, Organisation, scope.organisation_id or 0)
    wish = _declined_request(store, scope)
    if wish is None:
        raise UserError(
            f"「{organisation.name}」に、不採択とした希望票はありません。",
            f"「事業」の「{visit_words(store.database, '派遣')}」で選定を記録してください。",
        )
    return wish


def _year_of_request(store: Store, request: DispatchRequest, on: date) -> ProgrammeView:
    return read_programme(store, programme_id=request.programme_id, on=on)


def decline_passages(store: Store, scope: DocumentScope, on: date) -> Sequence[Passage]:
    """Return the default wording of the 不採択通知; empty if no request of the 団体 was declined."""
    wish = _declined_request(store, scope)
    return (
        _decline_wording(store, wish, on, letter_of(store, scope, DECLINE_NOTICE, formal=True, on=on))
        if wish is not None
        else ()
    )


def _decision_date_text(request: DispatchRequest, letter: Letter | None) -> str:
    """Return 「不採択（令和8年9月14日決定）」 with the day of the 決裁 of its letter, before that 「不採択」."""
    known = letter is not None and letter.form.is_formal and letter.state.is_decided
    day = letter.decided_on if known and letter is not None else None
    return f"不採択（{dates.long_date_plain(day)}決定）" if day is not None and day >= request.received_on else "不採択"


def _decline_wording(store: Store, request: DispatchRequest, on: date, letter: Letter | None) -> Sequence[Passage]:
    view = _year_of_request(store, request, on)
    decided = request.decided_on or on
    kind = kind_of_request(view, request)
    every = rows(store.database, DispatchRequest, programme_id=request.programme_id)
    same = [one for one in every if kind_of_request(view, one).kind == kind.kind]
    asked = count_organisations(one for one in same if one.received_on <= decided)
    kept = promise_text(
        REQUEST_FORMS,
        view.programme,
        "いただいた希望票",
        backups=backup_term(store.database, on),
        end=request.dispose_on,
        method="廃棄",
    )
    return (
        Passage(SUBJECT, f"{kind.name_in_text}の結果について（通知）", lines=1),
        Passage(
            LEAD, f"{in_own_words(THANKS, view.office)}{dates.long_date_plain(request.received_on)}に"
                 f"希望票をいただいた{kind.name_in_text}について、"
                 f"慎重に検討しましたが、つぎのとおり、今年度はご希望に添えないこととなりました。", lines=3,
        ),
        Passage(OUTCOME, _decision_date_text(request, letter), lines=1),
        Passage(LETTER_REASON, f"募集する{planned_words(kind)}に対し、"
                                  f"{asked}団体から希望がありました。"
                                  f"{polite_reason(request.reason)}", lines=3),
        Passage(OFFERS, "\n".join(_alternatives(store, view, on)), lines=6),
        Passage(
            NEXT_YEAR, f"次年度に{kind.name}を行う場合は、募集の際にあらためてお申し込みください。"
        ),
        Passage(SLIP, f"{kept}委託事業者には渡していません。"),
    )  # fmt: skip


def _alternatives(store: Store, view: ProgrammeView, on: date) -> Iterable[str]:
    """Yield the numbered lines of what is offered instead: two for each upcoming event that is open for applications
    (name; day and closing day), then one for advice by telephone.
    """
    number = 0
    found = rows(
        store.database,
        Event,
        programme_id=view.programme.id,
        status=EventStatus.PLANNED,
        order=("event_date nulls last", "id"),
    )
    states = states_of(store.database, found, on)
    for one in found:
        closes = _application_deadline(store, one, view.calendar)
        if not (states[one.id].phase.will_be_held and one.form.recruits):
            continue
        if one.event_date is None or one.event_date <= on or closes is None or closes < on:
            continue
        number += 1
        name = view.with_numbers_of(one.event_date).kind(one.kind).title
        nth = fill_nonempty("　第{}回", one.ordinal)
        topic = f"「{one.subject}」" if one.subject and not one.form.in_groups else ""
        yield f"（{number}）{name}{nth}{topic}"
        when = f"{dates.long_date(one.event_date)}{dates.clock_words(one.start_time)}から"
        yield f"　　　{when}　申込み　{dates.month_day(closes)}まで"
    yield f"（{number + 1}）電話による相談（平日　午前8時30分から午後5時まで）"


def _application_deadline(store: Store, event: Event, calendar: OfficeCalendar) -> date | None:
    """Return the day on which applications for an event close, None if no step says it."""
    closes = closing_step(rows(store.database, RecruitmentStep, event_id=event.id, order=("position", "id")))
    return step_due(closes, event.event_date, calendar) if closes is not None else None


def decline_stops(store: Store, scope: DocumentScope, on: date) -> tuple[DocumentStop, ...]:
    """Return what blocks the 施行 of a 不採択通知 on a day, each with the place where it can be corrected."""
    wish = _declined_request(store, scope)
    slip = ActionLink("派遣の希望票", organisation_id=scope.organisation_id)
    if wish is None:
        return (DocumentStop("不採択とした希望票がありません。", slip),)
    texts = texts_of(store, scope, DECLINE_NOTICE, decline_passages(store, scope, on))
    return tuple(_decline_stops(store, wish, texts, on, slip))


def _decline_stops(
    store: Store, request: DispatchRequest, texts: dict[str, str], on: date, slip: ActionLink
) -> Iterable[DocumentStop]:
    """Yield what blocks the 施行 of the 不採択通知 of a request.

    It is with the contractor; the reason is empty, names another 団体 or compares; an offered 申込み has closed; or the
    募集要項 have no rule of selection.
    """
    here = ActionLink("帳票", organisation_id=request.organisation_id, kind=DECLINE_NOTICE)
    if request.handed_on is not None:
        words = (
            f"希望票は{dates.long_date(request.handed_on)}に受託者へ渡しています。返してもらい、記録を直してください。"
        )
        yield DocumentStop(words, slip)
    wording = texts.get(LETTER_REASON, "")
    if not wording.strip():
        yield DocumentStop(f"「{LETTER_REASON}」がまだ書かれていません。", here)
    others = {one.organisation_id for one in rows(store.database, DispatchRequest, programme_id=request.programme_id)}
    found = rows(store.database, Organisation, id=sorted(others - {request.organisation_id}))
    said = names_in_text([one.name for one in found], wording, place_names=venue_names(store.database))
    for one in found:
        if one.name in said:
            where = f"「{LETTER_REASON}」に、ほかの団体の名（{one.name}）があります。"
            words = f"{where}募集要項の「決め方」だけで書いてください。"
            yield DocumentStop(words, here)
    if ranking := _RANKING_WORDS.search(wording):
        words = (
            f"「{LETTER_REASON}」に、比べる言葉（{ranking[0]}）があります。募集要項の「決め方」だけで書いてください。"
        )
        yield DocumentStop(words, here)
    for month, day in _APPLICATION_DEADLINE.findall(texts.get(OFFERS, "")):
        closes = _nearest_date(int(month), int(day), on)
        if closes is not None and closes < on:
            yield DocumentStop(DayOver(f"「{OFFERS}」の申込みの締切（{month}月{day}日）を過ぎています。"), here)
    view = _year_of_request(store, request, on)
    year = DocumentScope(
        fiscal_year=view.programme.fiscal_year, item=number_of_visits(view, kind_of_request(view, request))
    )
    if not texts_of(store, year, CALL_FOR_REQUESTS, call_passages(store, year, on)).get(CHOOSING, CHOOSING).strip():
        words = "募集要項の「決め方」がまだ書かれていません。理由は、公表した決め方によります。"
        yield DocumentStop(words, ActionLink("年度の帳票", kind=CALL_FOR_REQUESTS))


def _nearest_date(month: int, day: int, on: date) -> date | None:
    """Return the date nearest to ``on``, as the text has no year; None if none of these years has the day."""
    days = []
    for year in (on.year - 1, on.year, on.year + 1):
        with suppress(ValueError):
            days.append(date(year, month, day))
    return min(days, key=lambda one: abs(one - on), default=None)


def build_decline(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 不採択通知 to one 団体; raises ``UserError`` if there is no declined request."""
    return draft_decline(store, _required_declined(store, scope), now)


def draft_decline(
    store: Store, request: DispatchRequest, now: datetime, *, addressee_placeholder: str = ""
) -> DocumentContent:
    """Return the 不採択通知 for one declined request, as worded by staff for its 団体.

    Args:
        addressee_placeholder: for a draft that names nobody (``decline_letter``).
    """
    scope = DocumentScope(organisation_id=request.organisation_id)
    organisation = get_or_raise(store.database, Organisation, request.organisation_id)
    view = _year_of_request(store, request, now.date())
    context = document_context_of(store, scope, DECLINE_NOTICE, now, view=view, formal=True)
    texts = texts_of(store, scope, DECLINE_NOTICE, _decline_wording(store, request, context.issue_day, context.letter))
    return papers.decline_letter(
        context, request, texts, organisation=organisation.name, addressee_placeholder=addressee_placeholder
    )


def decline_doubts(store: Store, scope: DocumentScope, kind: str, today: date) -> tuple[str, ...]:
    """Return what to know before a 不採択通知 is issued (its 決裁, and what would block its 施行); for others ()."""
    if kind != DECLINE_NOTICE or scope.organisation_id is None:
        return ()
    return (*_open_decision_doubts(store, scope, today), *(one.words for one in decline_stops(store, scope, today)))


def _open_decision_doubts(store: Store, scope: DocumentScope, on: date) -> Iterable[str]:
    """Yield what is doubtful about the 決裁 of a 不採択通知; nothing unless it is a 公文書."""
    letter, wish = letter_of(store, scope, DECLINE_NOTICE, formal=True, on=on), _declined_request(store, scope)
    if letter is None or not letter.form.is_formal or wish is None:
        return
    if letter.decided_on is None:
        yield "決裁がまだ記録されていません。決裁の前は「案」です。"
    elif letter.decided_on < wish.received_on:
        yield "この団体への前の年度の通知の決裁が残っています。施行を取り消し、新しい決裁を記録してください。"


# contact sheet for the contractor


def build_contact(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the 派遣先の連絡先 for the contractor; raises ``UserError`` as ``contact_of``."""
    told = contact_of(store, event_id=event.id)
    view = programme_of_event(store, event, on=now.date())
    context = event_document_context(
        store, event, CONTACT_SHEET, now, view=view, given_on=_contact_handed_on(store, event.id)
    )
    return papers.contact_sheet(
        context,
        read_event_facts(store, event),
        organisation=told.organisation,
        person=join_nonempty(told.signer_role, told.signer),
        phones=told.phones,
        agreed_on=told.agreed_on,
    )


def _contact_handed_on(store: Store, event_id: int) -> date | None:
    """Return the day on which the contact sheet of an event was first handed to the contractor, or None."""
    given = rows(store.database, Notification, event_id=event_id, document_kind=CONTACT_SHEET, order=("told_on", "id"))
    return next((one.told_on for one in given if one.is_notified), None)


def contact_doubts(store: Store, scope: DocumentScope, kind: str, today: date) -> tuple[str, ...]:
    """Return a warning if the 派遣先の連絡先 is dated after the event; () for a document of another ``kind``."""
    if kind != CONTACT_SHEET or scope.event_id is None:
        return ()
    event = get_or_raise(store.database, Event, scope.event_id)
    letter = letter_of(store, scope, CONTACT_SHEET, on=today)
    on = (letter.issued_on if letter else None) or _contact_handed_on(store, event.id) or today
    if event.event_date is None or on <= event.event_date:
        return ()
    return (
        (
            f"日付（{dates.long_date(on)}）が、実施日（{dates.long_date(event.event_date)}）より後です。"
            f"渡した日を発信日に入れてください。"
        ),
    )


def _is_contact_available(store: Store, records: EventRecords) -> bool:
    wish = request_of_visit(store.database, records.event)
    return wish is not None and may_share_contact(wish)


def _has_visits(store: Store, subject: DocumentSubject) -> bool:
    """Return whether 団体 are called for the kind of visits of a document."""
    view = read_programme(store, fiscal_year=subject.scope.fiscal_year, with_names=False)
    return visits_of(view, subject.scope).recruitment.is_called


def knows_visits(subject: DocumentSubject) -> bool:
    """Return whether a year, or any year of a 団体, has a kind of visits."""
    return any(one.form.at_organisation for one in subject.kinds)


def _has_declined(store: Store, subject: DocumentSubject) -> bool:
    return _declined_request(store, subject.scope) is not None


def _year_of_decline(store: Store, scope: DocumentScope) -> DocumentScope:
    """Return the year of whose selection a 不採択通知 tells, or the scope itself where no request was declined."""
    wish = _declined_request(store, scope)
    if wish is None:
        return scope
    return DocumentScope(fiscal_year=get_or_raise(store.database, Programme, wish.programme_id).fiscal_year)


DOCUMENTS = (
    *(
        DocumentKind(
            kind=kind, clauses=("clause_selection",), build=build,
            is_ready=_has_visits, is_applicable=knows_visits,
            passages=passages, letters_of_year=documents_of_visits, revision=document_revision,
            missing_words="年度を始めると作成できます。", todo="契約",
        )
        for kind, build, passages in (
            (CALL_FOR_REQUESTS, build_call, call_passages),
            (REQUEST_FORM, build_form, form_passages),
        )
    ),
    DocumentKind(
        kind=DECLINE_NOTICE, formats=TEXT_FORMATS,
        about="団体", group="団体", build=build_decline, is_ready=_has_declined,
        is_applicable=knows_visits,
        passages=decline_passages,
        missing_words="派遣の希望票を不採択とすると作成できます。", todo="派遣の希望票",
        goes_out=True, formal=True, personal=True, stops=decline_stops, drafted_in=_year_of_decline,
        parts_of_its_day=(OFFERS,),
    ),
    event_document_kind(
        kind=CONTACT_SHEET, group="募集・通知", event_role="案内", build=build_contact, ready=_is_contact_available,
        fits=lambda file: file.event.form.at_organisation,
        missing_words="派遣が決まり、希望票に受託者へ知らせる同意があるときに作成できます。", todo="派遣の希望票",
        goes_out=True, personal=True, recipient="受託者",
    ),
)  # fmt: skip


def request_results_on(database: Database, kind: EventKind, on: date) -> date | None:
    """Return by when all 団体 are told; None while no day is known, or it does not lie behind the closing day."""
    call = call_on(kind, read_calls(database, kind), on)
    return call.results if call is not None and call.results is not None and call.results > call.closes else None
