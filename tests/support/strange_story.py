"""A whole year of any definition by acts: each event from its date to its checked report, then completion, 検査 and
支払."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import itemgetter

from app.actions.action_context import ActionContext
from app.documents.services.document_kind import documents_about, read_subject
from app.documents.services.document_saving import set_letter_state
from app.documents.services.document_scope import DocumentScope
from app.event.rules.recruitment import DECISION
from app.event.services.event_changes import create_event
from app.event.services.event_drafts import EventDraft
from app.event_day.reception.services import close_reception, record_attendance
from app.events.applications.services.manual_entry import TypedApplication, add_application
from app.events.discussion import services as discussion
from app.events.dispatches.services import dispatch_requests, support
from app.events.groups.services import propose_groups
from app.events.headcount import services as headcount
from app.events.materials.services import materials
from app.events.roster.rules import SelectionTerms
from app.events.roster.services import roster
from app.events.roster.services.selections import save_selection
from app.events.tablets.services import assign_tablets, set_tablets
from app.programme.services import read_programme
from app.received.services import ReceiptScope, confirm_paper, judge_point, read_received, receive_paper
from app.surveys.data_entry.services import add_paper_response
from app.surveys.questions.services import surveys
from app.surveys.tally.services.survey_freezing import freeze_tally
from app.year_end.completion.services import checks, inspections, payments
from app.year_end.completion.services.completion import read_completion
from app.year_end.summary.services.typed_numbers import set_reason
from app.year_end.summary.services.year_summary import read_summary
from db.records.discussion import DiscussionStep, SummaryPart
from db.records.dispatches import DispatchFollowUp, DispatchRequest, DispatchSupport, RequestOutcome
from db.records.documents import LetterForm, LetterState
from db.records.organisations import Organisation
from db.records.participants import ExpectedCount
from db.records.programme import EventKind
from db.records.roster import Device, Entry, Tablet
from db.records.submissions.materials import MaterialResult
from db.records.submissions.received import PointResult, Receipt
from db.records.surveys import Answer
from db.records.year.completion import Payment
from db.rows import rows
from db.store import Store
from tests.support.completion import an_inspection, as_the_register_has_it, know_contract
from tests.support.handout_pdfs import handout
from tests.support.strange_years import check_report

NAME = "見本 花子"
BEGINS = date(2026, 7, 1)
NOTICE_DAY, INSPECTED, INVOICE_DAY, PAID = date(2027, 3, 25), date(2027, 3, 30), date(2027, 4, 5), date(2027, 4, 20)
_REPLIES = 5
_TABLETS = 5
_YEAR = ReceiptScope(programme_id=1)

Act = Callable[[ActionContext], object]


@dataclass
class Story:
    """The acts of a year in the order of their days; ``events`` are the ids of each kind's events, once they are
    entered."""

    store: Store

    def __post_init__(self) -> None:
        self.events: dict[str, list[int]] = {}
        self._acts = iter(sorted(self._planned(), key=itemgetter(0)))
        self._next: tuple[datetime, Act] | None = next(self._acts, None)

    def go_on(self, until: date) -> None:
        """Carry out what comes up to and on a day."""
        while self._next is not None and self._next[0].date() <= until:
            at, act = self._next
            act(ActionContext(self.store, NAME, at))
            self._next = next(self._acts, None)

    def _planned(self) -> Iterator[tuple[datetime, Act]]:
        """Yield every act of the year with its moment: the 団体 and events, each event, the end of the contract."""
        kinds = read_programme(self.store).kinds
        for position, kind in enumerate(kinds):
            yield _at(BEGINS, 9, position), lambda context, kind=kind: self._enter(context, kind)
            for number in range(kind.planned):
                held = _EventStory(self, kind, number)
                yield from held.acts()
        yield from _end_of_year(self.store)

    def _enter(self, context: ActionContext, kind: EventKind) -> None:
        self.events[kind.kind] = [self._enter_event(context, kind, number) for number in range(kind.planned)]

    def _enter_event(self, context: ActionContext, kind: EventKind, number: int) -> int:
        organisation = self.organisation(context, f"みほん{kind.sign}{number + 1}町会")
        visit = {"organisation_id": organisation.id, "organisation_name": organisation.name}
        draft = EventDraft(
            kind=kind.kind,
            form=kind.form,
            subject=f"みほんの題{number % 2 + 1}",
            event_date=day_of(kind, number),
            start_time="10:00",
            end_time=f"{(_at(BEGINS, 10) + timedelta(minutes=kind.minutes)).time():%H:%M}",
            venue="みほん会館",
            venue_capacity=kind.people_max,
            hands_on=True,
            network="有",
            lecturer="見本　教子",
            groups=3 if kind.form.in_groups else None,
            facilitators=3 if kind.form.in_groups else None,
            **(visit if kind.form.at_organisation else {}),
        )
        return create_event(context, draft=draft).id

    def organisation(self, context: ActionContext, name: str) -> Organisation:
        """Return the 団体 of a name, added to the register if it is new."""
        known = rows(self.store.database, Organisation, name=name)
        if not known:
            with context.change(f"{name}を加えた", "organisations") as change:
                change.insert(Organisation(name=name, branch="第1支部"))
            known = rows(self.store.database, Organisation, name=name)
        return known[0]


def day_of(kind: EventKind, number: int) -> date:
    """Return the day of an event of a kind: evenly within its window, some weeks after it begins where there is
    room."""
    room = (kind.window_end - kind.window_start).days
    return kind.window_start + timedelta(days=round(room * (number + 1) / (kind.planned + 1)))


class _EventStory:
    """What happens to one event."""

    def __init__(self, story: Story, kind: EventKind, number: int) -> None:
        self._story, self._kind, self._number = story, kind, number
        self._day = day_of(kind, number)

    @property
    def _id(self) -> int:
        return self._story.events[self._kind.kind][self._number]

    def acts(self) -> Iterator[tuple[datetime, Act]]:
        """Yield the acts of the event, each with its moment."""
        kind, before = self._kind, lambda days, hour=10: _at(self._day - timedelta(days=days), hour)
        if kind.form.at_organisation:
            yield _at(BEGINS + timedelta(days=5)), self._ask_for_it
            yield _at(BEGINS + timedelta(days=20)), self._choose
            yield before(24), self._hear
        if kind.form.recruits:
            yield before(30), self._apply
            yield before(15), self._select
        yield before(14), self._issue
        yield before(25), self._check_material
        if kind.has_survey:
            yield before(20), self._agree_on_questions
        if kind.form.in_groups:
            yield before(7), lambda context: propose_groups(context, event_id=self._id, count=3)
        yield before(8), self._tell_numbers
        if kind.lends_devices and kind.form.recruits:
            yield before(4), self._lend
        yield _at(self._day, 18), self._hold
        if kind.form.in_groups:
            yield _at(self._day + timedelta(days=1)), self._write_up
        if kind.has_survey:
            yield _at(self._day + timedelta(days=3)), self._count
        if kind.form.at_organisation:
            yield _at(self._day + timedelta(days=5)), self._follow_up
        yield (
            _at(self._day + timedelta(days=12)),
            lambda context: check_report(context, self._id, kind, data=handout()),
        )

    def _ask_for_it(self, context: ActionContext) -> None:
        organisation = self._story.organisation(context, f"みほん{self._kind.sign}{self._number + 1}町会")
        wish = DispatchRequest(
            programme_id=1,
            organisation_id=organisation.id,
            received_on=context.today,
            received_how="郵送",
            receipt_number=f"第{self._number + 1}号",
            signed=True,
            signer="仮名　和子",
            signer_role="会長",
            tools=("LINE公式アカウント",),
            wish="行事と防災を知らせたい",
            days="いつでもよい",
            venue="みほん会館",
            network="有",
            people=self._kind.people_min,
            phones=self._kind.people_min,
            consent="同意あり",
            original_place="紙ファイル",
        )
        dispatch_requests.save_dispatch_request(context, wish=wish)

    def _choose(self, context: ActionContext) -> None:
        organisation = self._story.organisation(context, f"みほん{self._kind.sign}{self._number + 1}町会")
        (wish,) = rows(context.database, DispatchRequest, organisation_id=organisation.id)
        dispatch_requests.decide_dispatch_request(
            context,
            wish_id=wish.id,
            outcome=RequestOutcome.CHOSEN,
            decided_on=context.today,
            reason="役員がそろって参加する。",
            event_id=self._id,
            unlinked_reason="はじめて希望した団体のため",
        )

    def _hear(self, context: ActionContext) -> None:
        hearing = DispatchSupport(
            event_id=self._id,
            hearing_on=context.today,
            hearing_how="電話",
            hearing_people="受託者、区　見本　係員",
            issue="担当者が替わった。",
            agreed="運用の決まりに30分をあてる。",
            equipment="投影機",
        )
        support.save_hearing(context, support=hearing)

    def _apply(self, context: ActionContext) -> None:
        for number in range(self._kind.people_min + 1):
            organisation = self._story.organisation(context, f"みほん{self._kind.sign}{number % 4 + 1}町会")
            typed = TypedApplication(
                event_id=self._id,
                organisation_id=organisation.id,
                name=f"見本　{_figure(number)}",
                furigana="みほん",
                device=Device.LENT if self._kind.lends_devices and number < _TABLETS else "持参",
                way="電話",
                phone=f"03-0000-{1000 + number}",
            )
            add_application(context, typed=typed)

    def _select(self, context: ActionContext) -> None:
        save_selection(
            context, event_id=self._id, terms=SelectionTerms(method="先着順", capacity=self._kind.people_max)
        )
        roster.assign_roster_numbers(context, event_id=self._id)

    def _issue(self, context: ActionContext) -> None:
        scope = DocumentScope(event_id=self._id)
        subject = read_subject(context.store, scope)
        for paper in documents_about(scope):
            if paper.kind == DECISION and paper.is_applicable(subject) and paper.is_ready(context.store, subject):
                set_letter_state(
                    context,
                    event_id=self._id,
                    kind=DECISION,
                    form=LetterForm.FORMAL,
                    state=LetterState.ISSUED,
                    decided_on=context.today,
                    document_number=f"見本第{self._id}号",
                    issued_on=context.today,
                )

    def _check_material(self, context: ActionContext) -> None:
        made = materials.add_material(context, event_id=self._id, title="テキスト").id
        version = materials.receive_version(context, material_id=made, name="テキスト.pdf", data=handout(), pages=5).id
        materials.set_result(context, version_id=version, result=MaterialResult.CHECKED)

    def _agree_on_questions(self, context: ActionContext) -> None:
        survey = surveys.choose_questionnaire(context, event_id=self._id).id
        surveys.fix_questionnaire(context, survey_id=survey, agreed_on=context.today)

    def _tell_numbers(self, context: ActionContext) -> None:
        if self._kind.form.at_organisation:
            expected = ExpectedCount(
                event_id=self._id,
                position=0,
                organisation_name=f"みほん{self._kind.sign}{self._number + 1}町会",
                people=self._kind.people_min,
            )
            headcount.set_expected_counts(context, event_id=self._id, rows=[expected])
        notice = headcount.make_headcount_notice(context, event_id=self._id).id
        headcount.mark_headcount_notified(context, notice_id=notice, notified_to="見本 花子", notified_how="メール")

    def _lend(self, context: ActionContext) -> None:
        if not rows(context.database, Tablet):
            lent = [Tablet(number=str(number), name="貸与タブレット") for number in range(1, _TABLETS + 2)]
            set_tablets(context, tablets=lent)
        assign_tablets(context, event_id=self._id, spare=1)

    def _hold(self, context: ActionContext) -> None:
        if self._kind.form.at_organisation:
            organisation = self._story.organisation(context, f"みほん{self._kind.sign}{self._number + 1}町会")
            with context.change("出席を入れた", "roster", event_id=self._id) as change:
                for number in range(self._kind.people_min):
                    entry = Entry(event_id=self._id, organisation_id=organisation.id, state="決定", number=number + 1)
                    change.insert(entry)
        numbers = [one.number for one in rows(context.database, Entry, event_id=self._id) if one.number]
        came = numbers[: max(1, len(numbers) - 1)]
        record_attendance(context, event_id=self._id, present=came, absent=numbers[len(came) :])
        close_reception(context, event_id=self._id, witness="見本　係員")

    def _write_up(self, context: ActionContext) -> None:
        for group in (1, 2, 3):
            for step, text in (("課題", "担い手が足りない"), ("分類", "*担い手の不足 9"), ("発表", "*係を分ける")):
                wanted = DiscussionStep(step)
                discussion.save_step(context, event_id=self._id, group_number=group, step=wanted, text=text)
        discussion.save_point(
            context, event_id=self._id, part=SummaryPart.LINKS, cells=("係を分ける", "", "会長", "4月", "役員会")
        )

    def _count(self, context: ActionContext) -> None:
        survey = surveys.read_survey(context.store, event_id=self._id).survey
        for number in range(1, _REPLIES + 1):
            answers = {one.code: Answer(chosen=one.options[:1]) for one in survey.questions if one.options}
            add_paper_response(context, survey_id=survey.id, number=number, answers=answers)
        freeze_tally(context, survey_id=survey.id, uncompared="受託者の集計は、まだ来ていない")

    def _follow_up(self, context: ActionContext) -> None:
        asked = DispatchFollowUp(
            event_id=self._id,
            asked_on=context.today,
            way="電話",
            question="案内の貼り方を知りたい。",
            answer="手順書を案内した。",
            answered_on=context.today,
            state="完了",
        )
        support.save_follow_up(context, follow_up=asked)


def _end_of_year(store: Store) -> Iterator[tuple[datetime, Act]]:
    """Yield the end of the contract: what it asks for as papers, 業務完了届, 検査, 請求書, 支払."""
    yield _at(date(2026, 9, 1), 8), lambda _context: know_contract(store)
    if read_programme(store).programme.proposal_period:
        yield _at(date(2027, 3, 10)), lambda context: _receive(context, "提案書", confirm=True)
    yield _at(date(2027, 3, 20)), _say_why
    yield _at(NOTICE_DAY), lambda context: _receive(context, "業務完了届")
    yield _at(INSPECTED), _inspect
    yield _at(INVOICE_DAY), lambda context: _receive(context, "請求書")
    yield _at(PAID), _pay


def _receive(context: ActionContext, kind: str, *, confirm: bool = False) -> None:
    receipt = Receipt(received_on=context.today, received_how="持参", original_place="紙ファイル")
    paper = receive_paper(context, kind=kind, scope=_YEAR, receipt=receipt).id
    for point in read_received(context.store, paper_id=paper).points:
        judge_point(context, paper_id=paper, point=point, result=PointResult.FINE)
    if confirm:
        confirm_paper(context, paper_id=paper, on=context.today)


def _say_why(context: ActionContext) -> None:
    for line in read_summary(context.store, today=context.today, fiscal_year=2026).blocking_lines:
        set_reason(context, programme_id=1, item=line.line.key, reason="みほんの年度のため")


def _inspect(context: ActionContext) -> None:
    notice = read_completion(context.store, fiscal_year=2026, today=context.today).notice
    assert notice is not None
    said = {name: notice.register.values.get(name, "") for one in notice.points for name in one.point.fields}
    said |= {"届出の日付": NOTICE_DAY.isoformat(), "完了年月日": NOTICE_DAY.isoformat()}
    checks.note_reading(context, paper_id=notice.paper.id, said=said)
    for name in read_completion(context.store, fiscal_year=2026, today=context.today).notice.open_names:
        checks.accept_point(context, paper_id=notice.paper.id, point=name, reason="受託者に確かめた")
    checks.finish_check(context, paper_id=notice.paper.id, on=context.today, first_by="見本　太郎")
    inspections.save_inspection(context, inspection=an_inspection(context.today))


def _pay(context: ActionContext) -> None:
    invoice = read_completion(context.store, fiscal_year=2026, today=context.today).invoice
    assert invoice is not None
    said = as_the_register_has_it(invoice, INVOICE_DAY - timedelta(days=2))
    checks.note_reading(context, paper_id=invoice.paper.id, said=said)
    for name in read_completion(context.store, fiscal_year=2026, today=context.today).invoice.open_names:
        checks.accept_point(context, paper_id=invoice.paper.id, point=name, reason="受託者に確かめた")
    checks.finish_check(
        context, paper_id=invoice.paper.id, on=context.today, first_by="見本　太郎", second_by="見本　次郎"
    )
    payment = Payment(programme_id=1, ordered_on=context.today, order_number="8-1", paid_on=context.today)
    payments.save_payment(context, payment=payment)


def _figure(number: int) -> str:
    """Return a number as kanji, for a name."""
    return "".join("〇一二三四五六七八九"[int(one)] for one in str(number))


def _at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))
