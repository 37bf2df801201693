"""Incidents of the sample year, each run through the service that staff would use, at its own time.

A 抽選 with 補欠, a 中止 with telephone calls, letters in every state, headcounts notified and then changed, a moved
event, checked-out data, a renamed 団体, and last year's totals. None of these events was held, so none counts among
the people and responses of the year.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.documents.services import document_saving, documents
from app.documents.services.document_passages import set_passage
from app.documents.services.document_scope import DocumentScope
from app.documents.services.notification import notify
from app.documents.services.notification_kinds import CONTRACTOR
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE
from app.event.rules.recruitment import ADDED_BY_MOVE, DECISION
from app.event.services.agreements import open_topic, settle_topics
from app.event.services.event_moves import move_event
from app.event.services.recruitment import tick_step
from app.event_day.checkouts.services import record_checkout, record_return
from app.event_day.day.rules import KIND, STEPS
from app.event_day.day.services.guide_documents import mark_guide_checked
from app.events.agreements.services import save_record
from app.events.arrangements.services import add_arrangement
from app.events.calls.services import calls
from app.events.headcount import services as headcount_services
from app.events.letters.rules.letter_texts import CANCELLATION, REFUSAL_LETTER
from app.events.roster.rules import SelectionTerms
from app.events.roster.services.admissions import enable_admission_numbers
from app.events.roster.services.entry_changes import record_absence, set_state
from app.events.roster.services.selections import save_selection
from app.ledgers.services import ledger_writing
from app.registers.register.services import organisations, subsidies
from app.registers.register.services.planned_changes import save_planned_change
from app.registers.venues.services import cancel_booking
from app.sample.services.sample_dispatches import fill_dispatches
from app.sample.services.sample_events import STAFF, SampleEvents
from app.sample.services.sample_presentations import fill_presentations
from app.sample.services.sample_protection import fill_protection
from app.sample.services.sample_submission_forms import fill_submission_forms
from app.surveys.compare.services import save_earlier
from app.year_end.summary.services.typed_numbers import save_earlier_figures, set_reason
from app.year_end.summary.services.year_answers import save_answer
from db.record import record
from db.records.agreements import Agreement
from db.records.calls import CallOutcome, CallTarget, DecisionKind
from db.records.documents import LetterForm, LetterState
from db.records.events import RecruitmentStep
from db.records.organisations import Organisation, PlannedChange, PlannedField, Subsidy
from db.records.protection import Checkout
from db.records.roster import Arrangement, ArrangementKind, Entry, EntryState, SelectionMethod
from db.records.surveys import EarlierQuestion
from db.records.venues import Booking
from db.rows import by_id, row, rows
from db.store import Store

CANCELLED, COMING, OPEN, MOVED = "L8", "L6", "L7", "D3"
CHIEF = "見本　係長"
APPLICANTS = "申込団体"
SEED = "4F2A9-1C077"
_LOTTERY_PLACES = 12
_PLANNED_CHANGES: tuple[tuple[int, PlannedField, str, date], ...] = (
    (1, PlannedField.ADDRESS, "みほん区さくら町9-8-7　見本会館", date(2026, 12, 7)),
    (3, PlannedField.PRESIDENT, "見本　のぞみ", date(2027, 4, 12)),
)
"""Changes announced by 団体: index of the 団体, what, from which day."""
_moment = datetime.fromisoformat
_COMING_EVENT_PLACES = 20


@record
class _Office:
    """The staff of the sample: ``run_service`` calls a service at a given moment."""

    store: Store
    sample: SampleEvents

    def run_service(self, service: Callable[..., ActionResult], moment_text: str, **given: Any) -> ActionResult:
        """Call a service as the sample's clerk (``STAFF``) at a moment (「2026-11-25 10:00」)."""
        return service(ActionContext(self.store, STAFF, _moment(moment_text)), **given)

    def event_id(self, key: str) -> int:
        """Return the id of an event by its key in the data."""
        return self.sample.event_ids[key]


def tell_story(store: Store, sample: SampleEvents) -> None:
    """Run all incidents, ordered by day as far as they depend on each other."""
    office = _Office(store=store, sample=sample)
    _fill_register(office)
    _fill_last_year(office)
    _fill_moved_dispatch(office)
    _fill_checkouts(office)
    _fill_coming_event(office)
    _fill_oversubscribed_event(office)
    _fill_cancelled_event(office)
    _fill_attendee_guide(office)
    _fill_ledgers(office)
    _fill_year_summary(office)
    _fill_contract_change(office)
    fill_submission_forms(store, sample, office.run_service)
    fill_protection(store, office.run_service)
    fill_dispatches(store, sample, office.run_service)
    fill_presentations(store, sample, office.run_service)
    _fill_enquiries(office)


def _fill_register(office: _Office) -> None:
    """Rename a 団体, and enter planned changes, 補助金 and a stage mark."""
    for number, former in office.sample.data["former_names"].items():
        organisation = by_id(office.store.database, Organisation, office.sample.organisation_ids[int(number)])
        assert organisation is not None
        now_named = office.sample.data["organisations"][int(number)]
        assert organisation.name == former["name"]
        office.run_service(
            organisations.update_organisation,
            "2026-10-01 09:20",
            organisation=replace(organisation, name=now_named["name"], furigana=now_named["furigana"]),
        )
    for number, what, value, on in _PLANNED_CHANGES:
        office.run_service(
            save_planned_change,
            "2026-11-30 11:10",
            planned=PlannedChange(
                organisation_id=office.sample.organisation_ids[number],
                what=what,
                value=value,
                from_on=on,
                note="電話での届出 R8.11.30",
            ),
        )
    for number, amount, note in office.sample.data["subsidies"]:
        office.run_service(
            subsidies.save_subsidy,
            "2026-10-06 15:40",
            subsidy=Subsidy(
                organisation_id=office.sample.organisation_ids[number], fiscal_year=2026, amount=amount, note=note
            ),
        )
    office.run_service(
        organisations.mark_stage,
        "2026-11-18 10:05",
        organisation_id=office.sample.organisation_ids[1],
        tool="LINE公式アカウント",
        stage="2",
        marked_on=date(2026, 11, 17),
        source="第5回 LINE講習会で確認",
    )


def _fill_last_year(office: _Office) -> None:
    """Enter the totals of 令和7年度 as printed in its report."""
    earlier = office.sample.data["earlier"]
    office.run_service(
        save_earlier,
        "2026-08-05 14:00",
        fiscal_year=2025,
        kind="講習会",
        sheets=earlier["sheets"],
        events_held=earlier["events"],
        source="令和7年度 実施報告書（紙の写し）",
        questions=tuple(EarlierQuestion(**one) for one in earlier["questions"]),
    )


def _fill_year_summary(office: _Office) -> None:
    """Enter the typed parts of 年度まとめ: the year before, an answer to an enquiry, and why a report is late."""
    earlier = {"実施": 4, "延べ人数": 58, "実人数": 47, "延べ団体": 44, "実団体": 36}
    office.run_service(
        save_earlier_figures,
        "2026-09-30 14:00",
        fiscal_year=2025,
        kind="講習会",
        numbers=earlier,
        source="令和7年度の係の記録",
    )
    office.run_service(
        save_answer,
        "2026-11-20 15:10",
        fiscal_year=2026,
        question="今年度の講習会に何人が参加したか",
        asked_by="見本議員（区議会 決算の調べ）",
        asked_on=date(2026, 11, 20),
        quoted=("講習会/延べ人数", "講習会/実人数"),
        answer="11月20日現在、講習会は5回で延べ75人、実人数は57人です。",
    )
    office.run_service(
        set_reason,
        "2026-12-01 08:58",
        programme_id=1,
        item="講習会/実施報告書",
        reason="第4回は集計の数え直しのため12月4日に受領の見込み（11月30日、業務責任者に電話で確認）",
    )


def _fill_moved_dispatch(office: _Office) -> None:
    """Notify the headcount of a 派遣, move its day up to the 決裁 of the letter, and record one person's 欠席連絡.

    The 欠席連絡 is still to be notified.
    """
    event_id = office.event_id(MOVED)
    notice = office.run_service(headcount_services.make_headcount_notice, "2026-11-16 11:10", event_id=event_id)
    office.run_service(
        headcount_services.mark_headcount_notified,
        "2026-11-16 11:25",
        notice_id=notice.id,
        notified_to=CONTRACTOR,
        notified_how="メール",
    )
    office.run_service(
        move_event,
        "2026-11-19 10:30",
        event_id=event_id,
        new_date=date(2027, 1, 20),
        nature=AGREEMENT,
        reason="団体の新年会と重なるため、団体からの申し出により1週間後にする。",
    )
    for step in rows(office.store.database, RecruitmentStep, event_id=event_id, note=ADDED_BY_MOVE):
        office.run_service(tick_step, "2026-11-20 09:45", step_id=step.id)
    last = rows(office.store.database, Entry, event_id=event_id, order="-id")[1]
    office.run_service(record_absence, "2026-11-30 13:15", entry_id=last.id, note="通院のため")
    _move_letter_state(
        office, "2026-11-30 17:00", event_id, DECISION, LetterState.APPROVED, date(2026, 11, 30), "見本第531号"
    )


def _fill_checkouts(office: _Office) -> None:
    """Check out one list and return it, and check out another one."""
    back = office.run_service(
        record_checkout,
        "2026-11-17 11:30",
        checkout=_checkout(
            office.event_id("L5"), "受付名簿", "受付", "見本こもれび区民館", "2026-11-17 11:30", hours=6, copies=2
        ),
    )
    office.run_service(
        record_return,
        "2026-11-17 16:30",
        checkout_id=back.id,
        returned_at=_moment("2026-11-17 16:30"),
        checked_by=CHIEF,
    )
    office.run_service(
        record_checkout,
        "2026-12-01 08:40",
        checkout=_checkout(
            office.event_id(COMING),
            "配慮の手配の一覧",
            "会場の下見と席の打合せ",
            "見本つつじ台区民館",
            "2026-12-01 08:40",
            hours=8,
            copies=1,
        ),
    )


def _fill_attendee_guide(office: _Office) -> None:
    """Word and view the しおり of the coming event, and put 入場番号 on letters of one still open for applications."""
    event_id = office.event_id(COMING)
    steps = office.sample.data["guide_steps"]
    office.run_service(set_passage, "2026-11-27 10:20", event_id=event_id, kind=KIND, part=STEPS, text="\n".join(steps))
    office.run_service(mark_guide_checked, "2026-11-27 10:25", event_id=event_id)
    office.run_service(enable_admission_numbers, "2026-11-27 10:40", event_id=office.event_id(OPEN), on=True)


def _fill_ledgers(office: _Office) -> None:
    """Fill the ledgers: 従事者, the handover of 第5回's sheets with a recount, and unprotected online answers."""

    def enter(key: str, moment: str, **cells: str) -> str:
        """Enter a row into a ledger; return its key (「typed:12」)."""
        return (
            f"typed:{office.run_service(ledger_writing.enter_row, moment, key=key, fiscal_year=2026, cells=cells).id}"
        )

    for told, begins, name, role in office.sample.data["workers"]:
        enter(
            "workers",
            f"{max(told, '2026-08-03')} 10:00",
            begins=begins,
            name=name,
            belongs="見本企画株式会社",
            role=role,
            ends="2027-03-31",
            told=told,
        )
    sheets = {"name": "第5回 LINE講習会（2回目）　アンケート用紙", "sort": "重要情報", "form": "紙"}
    enter(
        "transfers",
        "2026-11-17 16:35",
        at="2026-11-17T16:30",
        direction="会場→受託者",
        quantity="12枚",
        giver=STAFF,
        receiver="受託見本　恵子",
        **sheets,
    )
    lent = enter(
        "transfers",
        "2026-11-20 10:35",
        at="2026-11-20T10:30",
        direction="受託者→区",
        quantity="14枚",
        giver="受託見本　恵子",
        receiver=STAFF,
        back="2026-12-04",
        **sheets,
    )
    office.run_service(
        ledger_writing.correct_row,
        "2026-11-20 13:30",
        key="transfers",
        fiscal_year=2026,
        row_key=lent,
        column="quantity",
        value="12枚",
        reason="数え直した（2枚を二重に数えていた）",
    )
    enter(
        "transfers",
        "2026-11-25 09:50",
        at="2026-11-25T09:40",
        direction="受託者→区",
        name="第5回 LINE講習会（2回目）　オンラインの回答",
        sort="重要情報",
        form="メール",
        quantity="5件",
        giver="受託見本　恵子",
        receiver=STAFF,
    )


def _fill_enquiries(office: _Office) -> None:
    """Enter enquiries, wishes and complaints of 団体; one question is still open."""
    # 団体, moment, channel, type, content, answer and the day on which it was done ("" = open).
    for number, at, way, sort, about, answer, done in office.sample.data["enquiries"]:
        organisation = office.sample.organisation_ids[number]
        office.run_service(
            ledger_writing.enter_row,
            f"{at[:10]} {at[11:]}" if done in ("", at[:10]) else f"{done} 17:00",
            key="enquiries",
            fiscal_year=2026,
            cells={
                "at": at, "way": way, "sort": sort, "organisation": str(organisation), "about": about,
                "answer": answer, "done": done, "taker": STAFF,
            },
        )  # fmt: skip


def _checkout(
    event_id: int, contents: str, purpose: str, carrier: str, moment_text: str, *, hours: int, copies: int
) -> Checkout:
    """Return an entry of the 持出し管理簿 by the sample's staff, due back ``hours`` after it was taken.

    ``carrier`` is the destination, ``moment_text`` when it was taken (「2026-11-17 11:30」).
    """
    taken = _moment(moment_text)
    return Checkout(
        event_id=event_id,
        contents=contents,
        taken_at=taken,
        taken_by=STAFF,
        approved_by="見本　課長",
        purpose=purpose,
        destination=carrier,
        due_back_at=taken + timedelta(hours=hours),
        copies=copies,
    )


def _fill_coming_event(office: _Office) -> None:
    """第6回: select everybody who applied, and issue the 決定通知."""
    event_id = office.event_id(COMING)
    office.run_service(
        save_selection,
        "2026-11-20 16:30",
        event_id=event_id,
        terms=SelectionTerms(method=SelectionMethod.FIRST_COME, capacity=_COMING_EVENT_PLACES),
    )
    _move_letter_state(
        office,
        "2026-11-25 09:30",
        event_id,
        DECISION,
        LetterState.ISSUED,
        date(2026, 11, 24),
        "見本第512号",
        date(2026, 11, 25),
    )
    office.run_service(notify, "2026-11-25 15:00", event_id=event_id, key=DECISION, told_to=APPLICANTS, told_how="郵送")


def _fill_oversubscribed_event(office: _Office) -> None:
    """第7回: more applicants than about twenty; the policy is agreed before the selection, and one withdraws."""
    event_id = office.event_id(OPEN)
    topic = office.run_service(
        open_topic,
        "2026-11-26 14:00",
        event_id=event_id,
        topic="人数",
        asked_on=date(2026, 11, 26),
        partner=CONTRACTOR,
        content="申込みが20人程度を超えた。会場の定員は30人であり、20人を超えて受け入れても支障がないことを確かめた。",
    )
    office.run_service(
        settle_topics,
        "2026-11-30 11:00",
        agreement_ids=[topic.id],
        note="受け入れる人数は、参加者を決めるときに区が定める。超えるときは講師の補助を1人増やす。"
        "契約金額は変えない。",
    )
    _move_letter_state(office, "2026-12-01 08:50", event_id, DECISION, LetterState.DRAFT)
    last = rows(office.store.database, Entry, event_id=event_id, state=EntryState.APPLIED, order="-id")[0]
    office.run_service(
        set_state,
        "2026-11-30 15:05",
        entry_id=last.id,
        state=EntryState.WITHDRAWN,
        reason="ご家族の用事のため（会長から電話）",
    )


def _fill_contract_change(office: _Office) -> None:
    """Request one more 派遣 than in the contract; 契約課 has not answered yet."""
    office.run_service(
        save_record,
        "2026-11-30 16:50",
        record=Agreement(
            programme_id=1,
            topic="派遣する団体の数",
            content="希望票が契約の団体数より多い。1団体を加えて派遣できるか。",
            ward_view="今年度のうちに、希望した団体のすべてに派遣したい。",
            contractor_view="アドバイザーの日程は取れる。1団体分の費用が要る。",
            reason="希望した団体を年度のうちに支援するため。数と契約金額が変わるので、契約課の確認が要る。",
            clause="仕4(2)ア",
            way="電話",
            asked_on=date(2026, 11, 27),
            ward_people="見本　係員",
            partner="業務責任者　受託見本　恵子",
            nature=CONTRACT_CHANGE,
            section_asked_on=date(2026, 11, 30),
            section_person="契約課　見本　契子",
            original_place="文書管理システム",
        ),
    )


def _fill_cancelled_event(office: _Office) -> None:
    """第8回: draw lots for too many applicants, then cancel it because the hall closes, and call everybody."""
    event_id = office.event_id(CANCELLED)
    terms = SelectionTerms(
        method=SelectionMethod.LOTS, capacity=_LOTTERY_PLACES, seed=SEED, organisations_first=True, waitlist_size=3
    )
    office.run_service(save_selection, "2026-11-25 10:00", event_id=event_id, terms=terms)
    office.run_service(
        add_arrangement,
        "2026-11-26 09:10",
        arrangement=Arrangement(
            event_id=event_id,
            kind=ArrangementKind.SIGN_LANGUAGE,
            content="手話通訳2人（14:00–16:00）",
            ordered_to="見本手話通訳派遣センター",
            phone="03-0000-3001",
            ordered_on=date(2026, 11, 26),
            settled_on=date(2026, 11, 27),
            settled_by=STAFF,
        ),
    )
    _move_letter_state(
        office,
        "2026-11-27 09:40",
        event_id,
        DECISION,
        LetterState.ISSUED,
        date(2026, 11, 26),
        "見本第524号",
        date(2026, 11, 27),
    )
    office.run_service(notify, "2026-11-27 15:00", event_id=event_id, key=DECISION, told_to=APPLICANTS, told_how="郵送")
    _fill_withdrawn_letters(office, event_id)
    office.run_service(
        calls.decide_change,
        "2026-11-30 16:20",
        event_id=event_id,
        kind=DecisionKind.CANCELLATION,
        decided_at=_moment("2026-11-30 16:05"),
        decided_by=CHIEF,
        reason="会場の空調設備が故障し、12月中の使用ができなくなったため。",
        no_replacement=True,
    )
    _fill_calls(office, event_id)
    room = row(office.store.database, Booking, event_id=event_id)
    assert room is not None
    office.run_service(cancel_booking, "2026-11-30 16:30", booking_id=room.id, reason="空調設備の故障")
    _move_letter_state(office, "2026-12-01 08:55", event_id, CANCELLATION, LetterState.IN_APPROVAL)


def _fill_withdrawn_letters(office: _Office, event_id: int) -> None:
    """Issue and print the letters to those not selected, then withdraw them because of their wording."""
    numbered = (date(2026, 11, 26), "見本第525号")
    _move_letter_state(
        office, "2026-11-27 09:45", event_id, REFUSAL_LETTER, LetterState.ISSUED, *numbered, date(2026, 11, 27)
    )
    now = _moment("2026-11-27 09:50")
    drawn = documents.render_document(
        office.store, scope=DocumentScope(event_id=event_id), kind=REFUSAL_LETTER, format="pdf", now=now
    )
    office.run_service(
        document_saving.log_print,
        "2026-11-27 09:50",
        event_id=event_id,
        kind=REFUSAL_LETTER,
        copies=1,
        pages=drawn.pages,
        rendered=drawn,
    )
    office.run_service(
        document_saving.withdraw_issue,
        "2026-11-27 11:20",
        scope=DocumentScope(event_id=event_id),
        kind=REFUSAL_LETTER,
        reason="補欠の順の書き方を改めるため、発送前に取り消した。",
    )


def _fill_calls(office: _Office, event_id: int) -> None:
    """Record the calls of the evening: who was reached, who was not, and who is left for the morning."""
    call = partial(office.run_service, calls.note_call, event_id=event_id)
    keys = [f"o{number}" for number in dict.fromkeys(_organisations_to_call(office, event_id))]
    call("2026-11-30 16:32", key=keys[0], outcome=CallOutcome.REACHED)
    call("2026-11-30 16:36", key=keys[1], outcome=CallOutcome.REACHED)
    call(
        "2026-11-30 16:41",
        key=keys[2],
        outcome=CallOutcome.ABSENT,
        again_at=_moment("2026-12-01 13:00"),
        note="留守電に入れた",
    )
    call(
        "2026-11-30 16:45",
        key=keys[3],
        outcome=CallOutcome.MESSAGE,
        again_at=_moment("2026-12-01 10:00"),
        note="ご家族に伝言",
    )
    call("2026-12-01 08:45", key=keys[4], outcome=CallOutcome.REACHED)
    other = partial(office.run_service, calls.note_other_call, event_id=event_id)
    other(
        "2026-11-30 16:25",
        target=CallTarget.CONTRACTOR,
        outcome=CallOutcome.REACHED,
        note="業務責任者に口頭。メールでも送る。",
    )
    other("2026-11-30 16:28", target=CallTarget.VENUE, outcome=CallOutcome.REACHED, note="使用料の扱いは追って連絡")


def _organisations_to_call(office: _Office, event_id: int) -> list[int]:
    """Return the id of the 団体 of each entry that is 決定, in the order of the list; one of several people repeats."""
    entries = rows(office.store.database, Entry, event_id=event_id, state=EntryState.CHOSEN)
    return [entry.organisation_id for entry in entries if entry.organisation_id is not None]


def _move_letter_state(
    office: _Office,
    moment_text: str,
    event_id: int,
    kind: str,
    state: LetterState,
    decided_on: date | None = None,
    number: str = "",
    issued_on: date | None = None,
) -> None:
    office.run_service(
        document_saving.set_letter_state,
        moment_text,
        event_id=event_id,
        kind=kind,
        form=LetterForm.FORMAL,
        state=state,
        decided_on=decided_on,
        document_number=number,
        issued_on=issued_on,
    )


def morning_of(today: date) -> datetime:
    """Return the moment at which the sample's today begins for its user: 8:30."""
    return datetime.combine(today, time(8, 30))
