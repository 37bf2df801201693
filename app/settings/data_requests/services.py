"""本人からの請求: 開示, 訂正 and 利用停止 as cases, their periods, and what comes next (個人情報保護法5章4節).

A period is stored with the request as it was when that came, so a rule set later moves no older deadline. Days of
補正 do not count (83条1項, 94条1項, 102条1項).
A case holds the records of its person by itself (``app.programme.holds``)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date_plain, short_date
from app.common.clauses import clause_of
from app.data_folder.services.accounts import account_managers
from app.documents.blocks import DocumentContent
from app.documents.rules import names_in_text
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentItem, DocumentKind
from app.documents.services.document_scope import DocumentScope, year_at
from app.event.services.tasks.follow_ups import FollowUp
from app.history.services import field_name, table_name, value_words
from app.programme.rules import (
    APPLICANTS,
    MEMOS,
    ORGANISATIONS,
    PARTICIPANTS,
    PRESENTERS,
    RIGHTS,
    SIGNERS,
    Retention,
    retention_words,
)
from app.programme.services import office_calendar, year_to_show
from app.settings.data_requests.documents import COVERED, FILE_RECORD, SHEET, file_record, person_sheet
from app.settings.disposal.services.erasure_requests import texts_naming
from app.settings.disposal.services.personal_rows import RECORDS, rows_of_person
from app.year.dates.services import PageStatus
from db.engine import Database
from db.fields import field_label, length_problems, specs
from db.mapping import TABLE_OF, to_row
from db.name_key import name_key
from db.record import group_by_key, record
from db.records.applications import Application
from db.records.dispatches import DispatchRequest
from db.records.disposals import DisposalItem
from db.records.documents import ReturnedLetter
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Contact, Membership, Person
from db.records.presentations import Presentation
from db.records.roster import Entry
from db.records.surveys import SurveyResponse
from db.records.year.enquiries import ContactMemo
from db.records.year.rights import DataRequest, MistakeReport, RequestKind, RequestStep, RequestTerm
from db.redactions import is_redacted_text
from db.row_history import walk_journal
from db.rows import by_id, rows, rows_of_each
from db.store import Store
from db.tables.documents import copies_with

TITLE: Final = "本人からの請求"
SUBJECT = "data_requests"
_CLAUSES: Mapping[RequestKind, str] = {
    RequestKind.DISCLOSURE: clause_of("開示を決める期間"), RequestKind.CORRECTION: clause_of("訂正を決める期間"),
    RequestKind.SUSPENSION: clause_of("利用停止を決める期間"),
}  # fmt: skip
_LATER = f"（{clause_of('訂正の請求', '利用停止の請求')}）"
_LAW_BEGAN = datetime.fromisoformat("2023-04-01")
MOST_DAYS = 30
"""Days that the law gives for a decision, and as many more; a 条例 can shorten both and lengthen neither."""
_DISCLOSED_DAYS = 90
"""Days from a disclosure in which a correction or suspension can be asked for (90条3項, 98条3項)."""
_CHOICE_DAYS = 30
"""Days from the notice in which somebody says how the data are to be disclosed (87条)."""
_OPPOSED_DAYS = 14
"""Days between the decision and a disclosure that a third party opposes (86条3項)."""


@record
class RequestLine:
    """One request with its steps as the list shows it: whose data, until when it is decided, what is next and in doubt.

    ``next_words`` "" = nothing is left to do.
    """

    request: DataRequest
    steps: tuple[RequestStep, ...]
    person: str
    due_words: str
    next_words: str
    doubts: tuple[str, ...]

    @property
    def id(self) -> int:
        """Return the id of the request."""
        return self.request.id


@record
class Requests:
    """All requests, the open ones first; ``is_manager`` = this user reads why something was decided."""

    lines: tuple[RequestLine, ...]
    terms: Mapping[RequestKind, RequestTerm]
    is_manager: bool


def deadline(request: DataRequest, steps: Sequence[RequestStep], today: date) -> date:
    """Return the last day to decide a request; while a 補正 is awaited it moves on with ``today``."""
    waited = sum(
        ((one.answered_on or today) - one.asked_on for one in steps if one.sort.is_completion), start=timedelta()
    )
    days = request.days + (request.extra_days if request.extended_on is not None else 0)
    return request.late_until or request.received_on + timedelta(days=days) + waited


def _due_words(store: Store, due: date, today: date) -> str:
    """Return a day, and the next open day where the office is closed on it: 「12/31(木)（休日の場合 1/4(月)）」."""
    open_day = office_calendar(store).open_on_or_after(due)
    later = f"（休日の場合 {short_date(open_day, today)}）" if open_day != due else ""
    return f"{short_date(due, today)}{later}"


def next_step(request: DataRequest, steps: Sequence[RequestStep], today: date) -> tuple[str, date] | None:
    """Return what is to be done next about a request and by when, None when nothing is left."""
    if request.is_settled:
        return None
    decided, notified = request.decided_on or today, request.notified_on or today
    waits = next((one.asked_on for one in steps if one.sort.is_completion and one.answered_on is None), None)
    found = (
        (request.decision.is_open and waits is not None, "補正を待つ", deadline(request, steps, today)),
        (request.decision.is_open, "開示・訂正・利用停止をするかを決める", deadline(request, steps, today)),
        (request.notified_on is None, "決定を通知する", decided),
        (
            request.carried_out_on is None and request.decision.is_granted,
            f"{request.kind}を実施する",
            notified + timedelta(days=_CHOICE_DAYS) if request.kind.is_disclosure else decided,
        ),
        (True, "審査請求に対応する（審査会への諮問、裁決）", request.appealed_on or today),
    )
    return next((words, due) for is_next, words, due in found if is_next)


def doubts(request: DataRequest, steps: Sequence[RequestStep]) -> tuple[str, ...]:
    """Return what does not agree with the law, as sentences; people decide what follows from it."""
    disclosed, decided, done = request.disclosed_on, request.decided_on, request.carried_out_on
    is_later = not request.kind.is_disclosure
    plain = deadline(replace(request, extended_on=None, late_until=None), steps, request.received_on)
    opposed = any(one.opposes for one in steps) and decided is not None
    found = (
        (is_later and disclosed is None, f"開示を受けた日がありません{_LATER}。"),
        (
            is_later and disclosed is not None and request.received_on > disclosed + timedelta(days=_DISCLOSED_DAYS),
            f"開示を受けた日から{_DISCLOSED_DAYS}日を過ぎています{_LATER}。",
        ),
        (request.capacity.is_agent and not request.agent, "代理人の氏名がありません。"),
        (not request.proof, "本人・代理権の確認がありません。"),
        ((request.extended_on or plain) > plain, "延長を、初めの期限のあとに知らせています。"),
        (
            opposed and done is not None and done < (decided or done) + timedelta(days=_OPPOSED_DAYS),
            f"反対の意見があるのに、決定から{_OPPOSED_DAYS}日を置かずに開示しています（{clause_of('反対の意見のあとの開示')}）。",
        ),
    )
    return tuple(words for is_so, words in found if is_so)


def terms_of(database: Database) -> dict[RequestKind, RequestTerm]:
    """Return the period of each kind of request: as the ward set it, else as the law says."""
    said = {one.kind: one for one in rows(database, RequestTerm)}
    usual = RequestTerm(
        kind=RequestKind.DISCLOSURE, days=MOST_DAYS, extra_days=MOST_DAYS, basis="", by="", at=_LAW_BEGAN
    )
    return {kind: said.get(kind) or replace(usual, kind=kind, basis=clause) for kind, clause in _CLAUSES.items()}


def read_requests(store: Store, *, today: date) -> Requests:
    """Return all requests; why they were decided so is read by managers alone."""
    read = rows_of_each(store.database, {DataRequest: "-id", RequestStep: "asked_on"})
    steps = group_by_key((one.request_id, one) for one in read[RequestStep])
    about = [one.person_id for one in read[DataRequest] if one.person_id]
    people = {one.id: one.name for one in rows(store.database, Person, id=about)}
    is_manager = bool(read[DataRequest]) and account_managers(store).may_manage
    lines = []
    for one in read[DataRequest]:
        mine = tuple(steps[one.id])
        coming = next_step(one, mine, today)
        lines.append(
            RequestLine(
                request=one if is_manager else replace(one, reason=""),
                steps=mine,
                person=people.get(one.person_id or 0, ""),
                due_words=_due_words(store, deadline(one, mine, today), today),
                next_words=coming[0] if coming is not None else "",
                doubts=doubts(one, mine),
            )
        )
    return Requests(
        lines=tuple(sorted(lines, key=lambda one: not one.next_words)),
        terms=terms_of(store.database),
        is_manager=is_manager,
    )


def save_request(context: ActionContext, *, request: DataRequest) -> ActionResult:
    """Save a request (``id`` 0 = a new one, which gets its number); nobody but a manager changes why it was decided so.

    Raises:
        UserError: a text is missing or too long, a day or a period is impossible, or the decision is none of its kind.
    """
    database, today = context.database, context.today
    known = by_id(database, DataRequest, request.id)
    reason = known.reason if known is not None else ""
    if request.reason != reason and not account_managers(context.store).may_manage:
        request = replace(request, reason=reason)
    term = terms_of(database)[request.kind]
    if request.cost is None and request.sheets is not None and term.sheet_cost is not None:
        request = replace(request, cost=request.sheets * term.sheet_cost)
    _check(request, today)
    year = year_to_show(context.store, today=request.received_on)
    if known is None:
        taken = [one.number for one in rows(database, DataRequest, programme_id=year.id)]
        request = replace(request, programme_id=year.id, number=max(taken, default=0) + 1)
    request = replace(request, **context.signature)
    with context.change(f"{request.kind}の請求を{'直した' if known else '受け付けた'}", SUBJECT) as change:
        row_id = change.correct(known, request)
    steps = rows(database, RequestStep, request_id=row_id)
    coming = next_step(request, steps, today)
    due = _due_words(context.store, coming[1], today) if coming else ""
    said = f"つぎは「{coming[0]}」、{due}までです。" if coming else "この請求は終わりました。"
    return ActionResult(f"請求 第{request.number}号を保存しました。{said}{''.join(doubts(request, steps))}", row_id)


def _check(request: DataRequest, today: date) -> None:
    long, decided = length_problems(request), request.decided_on
    uses = request.stops_letters or request.stops_lists or request.stops_exports
    days = (request.section_on, request.extended_on, decided, request.notified_on, request.carried_out_on)
    wrong = (
        (not request.requester.strip() or not request.asked.strip(), "請求した人か、請求の内容が書かれていません。"),
        (long, f"{'、'.join(long)}ため、残せません。"),
        (
            not 1 <= request.days <= MOST_DAYS or not 0 <= request.extra_days <= MOST_DAYS,
            f"期間は、決定も延長も{MOST_DAYS}日までです。法律より長くはできません。",
        ),
        (not request.basis.strip(), "期間の根拠が書かれていません。"),
        (request.received_on > today, "窓口の受付日が、本日より後です。"),
        (
            any(not request.received_on <= one <= today for one in days if one),
            "受付日より前か、本日より後の日があります。",
        ),
        (not request.decision.fits(request.kind), f"「{request.decision}」は、{request.kind}の決定ではありません。"),
        (request.decision.is_open != (decided is None), "決定と決定の日は、どちらも入れます。"),
        (
            request.decision.is_granted and not request.proof.strip(),
            "本人・代理権の確認がまだです。何で確かめたかを「受付を直す」で入れます。",
        ),
        ((request.notified_on or today) < (decided or date.min), "通知の日が、決定の日より前です。"),
        (request.notified_on is not None and decided is None, "決定がまだのため、通知の日は入れられません。"),
        ((request.carried_out_on or today) < (decided or date.min), "実施の日が、決定の日より前です。"),
        (
            request.kind.is_suspension and request.decision.is_granted and not uses,
            "利用停止の範囲が選ばれていません。手紙、名簿、書出しのどれを止めるかを選んでください。",
        ),
    )
    for is_wrong, words in wrong:
        if is_wrong:
            raise UserError(words, "直してから保存してください。")


def save_step(context: ActionContext, *, step: RequestStep) -> ActionResult:
    """Save a 補正 or the opinion of a third party (``id`` 0 = a new one); raises ``UserError`` for impossible days."""
    request = get_or_raise(context.database, DataRequest, step.request_id)
    if not request.received_on <= step.asked_on <= (step.answered_on or context.today) <= context.today:
        raise UserError("求めた日か答えの日が正しくありません。", "受付日から本日までの日を、順に入れてください。")
    known = by_id(context.database, RequestStep, step.id)
    with context.change(f"請求の{step.sort}を記録", SUBJECT) as change:
        change.correct(known, step)
    due = deadline(request, rows(context.database, RequestStep, request_id=request.id), context.today)
    words = _due_words(context.store, due, context.today)
    return ActionResult(f"{step.sort}を記録しました。決定の期限は{words}です。", request.id)


def save_term(context: ActionContext, *, term: RequestTerm) -> ActionResult:
    """Set how long the ward has for a kind of request from now on; raises ``UserError`` if the law gives less."""
    if not 1 <= term.days <= MOST_DAYS or not 0 <= term.extra_days <= MOST_DAYS or not term.basis.strip():
        raise UserError(
            f"期間は決定も延長も{MOST_DAYS}日までで、根拠が要ります。",
            "条例の条を書いてください。",
        )
    known = next(iter(rows(context.database, RequestTerm, kind=term.kind)), None)
    term = replace(term, id=known.id if known else 0, **context.signature)
    with context.change(f"{term.kind}の請求に答える期間を決めた", SUBJECT) as change:
        row_id = change.correct(known, term)
    return ActionResult(f"これから受け付ける{term.kind}の請求は、{term.days}日で決めます。", row_id)


def request_follow_ups(database: Database, today: date) -> list[FollowUp]:
    """Return what is to be done next about each open request; none says whose it is."""
    steps = group_by_key((one.request_id, one) for one in rows(database, RequestStep))
    found = []
    for one in rows(database, DataRequest):
        coming = next_step(one, steps[one.id], today)
        if coming is None:
            continue
        more = f"、延長{one.extra_days}日" if one.extended_on is not None else ""
        is_legal = one.decision.is_open
        found.append(
            FollowUp(
                task=TITLE,
                label=f"{one.kind}の請求：{coming[0]}",
                detail=f"第{one.number}号",
                due=coming[1],
                basis=f"{one.basis}（受付から{one.days}日{more}、補正の日数は除く）" if is_legal else "目安日",
                rule=TITLE,
                link=ActionLink("本人からの請求", request_id=one.id),
                clause=one.basis if is_legal else "",
                is_period=is_legal,
            )
        )
    return found


def requests_status(store: Store, *, programme_id: int, today: date) -> PageStatus:  # noqa: ARG001 - as every page
    """Return how many requests are open, of any year."""
    left = sum(not one.is_settled for one in rows(store.database, DataRequest))
    return PageStatus(words=f"終わっていない請求 {left}件" if left else "", is_done=not left)


_PURPOSES: Mapping[type[Any], Retention] = {
    Contact: APPLICANTS, Presentation: PRESENTERS, DispatchRequest: SIGNERS, ContactMemo: MEMOS, ReturnedLetter: MEMOS,
    MistakeReport: RIGHTS, DataRequest: RIGHTS, RequestStep: RIGHTS,
}  # fmt: skip
"""What the rows of a table are kept for, where it is not taking part."""


def build_person_sheet(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return everything that is recorded about the person ``scope.item``; raises ``UserError`` when that is gone."""
    database, person = store.database, get_or_raise(store.database, Person, scope.item)
    others = {one.name for one in rows(database, Person) if one.name != person.name}
    mine: tuple[type[Any], ...] = (Membership, Entry)
    found = [(one.item.table, one.item.row_id) for one in rows_of_person(database, person.id)]
    found += [(TABLE_OF[kind], one.id) for kind in mine for one in rows(database, kind, person_id=person.id)]
    written = _last_writings(database, found)
    titles = {one.id: one.full_title for one in rows(database, Event)}
    records: list[tuple[str, ...]] = []
    for table, row_id in dict.fromkeys(found):
        (one,) = rows(database, RECORDS[table], id=row_id)
        purpose = getattr(one, "purpose", "") or _PURPOSES.get(type(one), PARTICIPANTS).purpose
        held = [(name, field_name(table, name), value_words(table, name, value)) for name, value in _told_of(one)]
        if (event := titles.get(getattr(one, "event_id", 0) or 0)) is not None:
            held.insert(0, ("event_id", "実施回", event))
        for name, label, words in held:
            origin = written.get((table, row_id, name)) or written.get((table, row_id, "id"), "")
            records.append((table_name(table), label, _covered(words, others), origin, purpose))
    context = document_context_of(store, scope, SHEET, now)
    papers = [
        (one.document_kind, long_date_plain(one.at.date()), one.way, str(one.version))
        for one in copies_with(database, person_id=person.id, organisation_id=None)
    ]
    texts = [
        (
            _covered(one.location, others),
            _covered(one.text, others),
            "同じ氏名の人がいる" if one.item.sort.is_shared else "名字だけ" if one.item.sort else "氏名",
        )
        for one in texts_naming(database, [DisposalItem(table=table, row_id=row_id) for table, row_id in found])
        if (one.item.table, one.item.row_id) not in found
    ]
    return person_sheet(context, person_id=person.id, name=person.name, records=records, texts=texts, papers=papers)


def _last_writings(database: Database, wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int, str], str]:
    """Return by which act, on which day, each column of some rows was written as it stands."""
    found = {}
    for step in walk_journal(database):
        for change in step.changes:
            if (change["table"], change["row_id"]) in wanted:
                before, origin = change["before"] or {}, f"{long_date_plain(step.on)} {step.action}"
                for name, value in (change["after"] or {}).items():
                    if before.get(name) != value:
                        found[change["table"], change["row_id"], name] = origin
    return found


def _told_of(one: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a row that are filled in, with their stored values."""
    stored = to_row(one)
    return ((name, stored[name]) for name in _told_fields(type(one)) if stored[name])


def _told_fields(kind: type[Any]) -> list[str]:
    """Return the fields that say something of a person, without who recorded it."""
    declared = ((name, told.spec) for name, told in specs(kind).items())
    return [name for name, spec in declared if spec.label and not spec.is_hidden and spec.erasing != "staff"]


def _covered(text: str, others: Collection[str]) -> str:
    for name in names_in_text(others, text):
        text = re.sub(r"\s*".join(map(re.escape, "".join(name.split()))), COVERED, text)
    return text


def build_file_record(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return what the 個人情報ファイル簿 says of the data; raises ``UserError`` for a year not started here."""
    view = year_at(store, scope, now)
    people = [one for one in rows(store.database, Person) if not is_redacted_text(one.name)]
    named = {one.application_id for one in rows(store.database, Entry) if one.person_id is not None}
    alone = [one for one in rows(store.database, Application) if one.id not in named and not is_redacted_text(one.name)]
    texts = [one.presenter for one in rows(store.database, Presentation, of_contractor=False)]
    texts += [one.signer for one in rows(store.database, DispatchRequest)]
    keys = {name_key(one) for one in texts if one and not is_redacted_text(one)}
    keys -= {name_key(one.name) for one in people}
    visits = (SIGNERS,) if view.kinds_of_form(EventForm.VISIT) else ()
    kinds = [one for one in RECORDS.values() if one is not SurveyResponse and (visits or one is not DispatchRequest)]
    items = {TABLE_OF[kind]: dict.fromkeys(field_label(kind, name) for name in _told_fields(kind)) for kind in kinds}
    asked = (APPLICANTS, PARTICIPANTS, PRESENTERS, ORGANISATIONS, *visits, MEMOS, RIGHTS)
    return file_record(
        document_context_of(store, scope, FILE_RECORD, now),
        people=len(people) + len(alone) + len(keys),
        on=now.date(),
        purposes=[one.purpose for one in asked],
        items=[f"{table_name(table)}（{'、'.join(labels)}）" for table, labels in items.items()],
        kept=[f"{one.records}　{retention_words(one)}" for one in view.kept_rows],
    )


def _people_of_requests(store: Store, _scope: DocumentScope) -> Sequence[DocumentItem]:
    ids = {one.person_id for one in rows(store.database, DataRequest) if one.person_id}
    return [DocumentItem(id=one.id, title=one.name) for one in rows(store.database, Person, id=sorted(ids))]


DOCUMENTS = (
    DocumentKind(
        kind=SHEET,
        group="管理簿",
        build=build_person_sheet,
        items=_people_of_requests,
        is_ready=lambda store, _subject: bool(rows(store.database, DataRequest, limit=1)),
        missing_words="本人からの請求を受け付けると作成できます。",
        todo=TITLE,
        personal=True,
        is_internal=True,
        names_all=True,
    ),
    DocumentKind(
        kind=FILE_RECORD,
        group="管理簿",
        build=build_file_record,
        missing_words="",
        todo=TITLE,
        clauses=(clause_of("個人情報ファイル簿"),),
    ),
)
