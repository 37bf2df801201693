"""The tablets of a day from the register to 初期化: what is reserved, lent, late, and written into the ledger."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.notification import read_outgoing_view
from app.event.rules.notification_facts import TABLETS_READY
from app.events.tablets import services as tablets
from app.ledgers.services.ledger_reading import read_ledger
from app.programme.services import read_programme
from db.records.documents import Notification
from db.records.events import Event
from db.records.programme import EventKind
from db.records.roster import Device, Entry, EntryState, Tablet
from db.rows import rows
from tests.support.cancelling import cancel_event
from tests.support.paper_lines import assert_paper
from tests.support.view_lines import view_lines
from tests.support.years import BY, add_lecture, the_event

DAY, WEEK_AFTER = date(2026, 9, 24), date(2026, 10, 1)
BEFORE, ON, AFTER = (datetime(2026, 9, day, 9, 30) for day in (10, 24, 25))


class Story:
    """Two lectures of one day and one of the next week, five tablets of which one is out of use; keeps what is said."""

    def __init__(self, store):
        self.store, self.lines = store, []
        register = [
            *(Tablet(number=str(one), name="みほん機") for one in (1, 2, 3, 4)),
            Tablet(number="5", retired_on=DAY),
        ]
        self.do(tablets.set_tablets, tablets=register)
        self.first, self.same_day, self.later = (add_lecture(store, day) for day in (DAY, DAY, WEEK_AFTER))

    def people(self, event_id, *devices, since=1, **values):
        with self.store.change(action="用意", by=BY, now=BEFORE) as change:
            return [
                change.insert(Entry(event_id=event_id, state=EntryState.CHOSEN, number=number, device=device, **values))
                for number, device in enumerate(devices, since)
            ]

    def do(self, act, now=BEFORE, **given):
        """Do an act and write down what it says, or why it is refused, and the tablets of the event after it."""
        try:
            result = act(ActionContext(self.store, BY, now), **given)
            self.lines.append(f"→{result.message}")
        except UserError as error:
            self.lines.append(f"×{' / '.join(error.args)}")

    def loans(self, event_id, now=BEFORE):
        found = tablets.read_loans(self.store, event_id=event_id, today=now.date())
        self.lines += [
            f"第{event_id}回　要る{found.needed}・足りない{found.missing}・空き{found.free}・予備{found.spare}",
            *(
                f"{one.tablet.number}：{one.state}{'！' * (one in found.open_rows)}　{one.number or '－'}番{one.who}"
                f"{one.organisation}{'　予備' * one.is_spare}"
                for one in found.rows
            ),
        ]

    def ids(self, event_id, *numbers):
        found = tablets.read_loans(self.store, event_id=event_id, today=DAY).rows
        return [one.loan.id for one in found if one.tablet.number in numbers]

    def told(self):
        found = rows(self.store.database, Notification, document_kind=TABLETS_READY, event_id=self.first)
        self.lines += [
            f"伝えた：{'　'.join(view_lines(one, 'id', 'event_id', 'document_kind', 'key'))}" for one in found
        ]
        standing = read_outgoing_view(self.store, event_id=self.first).lines
        self.lines += [str(one.matter_status.status) for one in standing if one.document_kind == TABLETS_READY]


@pytest.fixture
def story(store):
    return Story(store)


def test_tablets_are_reserved_for_those_who_borrow_and_released_when_they_no_longer_do(story):
    first = story.first
    one, two, own = story.people(first, Device.LENT, Device.LENT, Device.OWN, organisation_name="みほん会")
    story.do(tablets.assign_tablets, event_id=first, spare=1)
    story.loans(first)
    story.told()
    story.do(tablets.assign_tablets, event_id=first, spare=1)
    story.people(story.same_day, Device.LENT, Device.LENT, Device.LENT)
    story.do(tablets.assign_tablets, event_id=story.same_day)
    story.loans(story.same_day)
    story.do(tablets.assign_tablets, event_id=story.same_day)
    story.loans(story.later)
    with story.store.change(action="用意", by=BY, now=BEFORE) as change:
        change.update(Entry, one, device=Device.OWN)
        change.update(Entry, own, device=Device.LENT)
        change.update(Event, first, start_time="13:00")
    story.do(tablets.assign_tablets, event_id=first, spare=0)
    story.loans(first)
    story.told()
    story.do(tablets.hand_out, ON, event_id=first, entry_ids=[two])
    story.do(tablets.release_tablets, event_id=first)
    story.do(tablets.release_tablets, event_id=first)
    story.loans(first, ON)
    story.told()
    assert_paper(story.lines, "割当て")


def test_a_tablet_is_lent_comes_back_and_is_initialised_and_the_ledger_says_so(story):
    first = story.first
    one, two, three, four = story.people(first, Device.LENT, Device.LENT, Device.OWN, Device.UNKNOWN)
    (nobody,) = story.people(first, Device.UNKNOWN, since=9)
    story.do(tablets.assign_tablets, event_id=first, spare=1)
    story.do(tablets.hand_out, ON, event_id=first, entry_ids=[one, two])
    story.do(tablets.hand_out, AFTER, event_id=first, entry_ids=[one])
    story.do(tablets.lend_spare, ON, entry_id=three)
    story.do(tablets.lend_spare, ON, entry_id=four)
    story.do(tablets.hand_out, ON, event_id=first, entry_ids=[four, nobody])
    with story.store.change(action="用意", by=BY, now=ON) as change:
        change.update(Entry, nobody, number=None)
    story.do(tablets.hand_out, ON, event_id=story.later, entry_ids=story.people(story.later, Device.LENT, since=9))
    story.loans(first, ON)
    story.loans(first, AFTER)
    story.do(tablets.confirm_initialised, ON, loan_ids=story.ids(first, "1"), checked_by="")
    story.do(tablets.note_returned, ON, loan_ids=story.ids(first, "1", "2", "3"))
    story.do(tablets.note_returned, ON, loan_ids=story.ids(first, "1", "2"))
    story.do(tablets.confirm_initialised, AFTER, loan_ids=story.ids(first, "1", "4"), checked_by=" 見本　係員 ")
    story.do(tablets.confirm_initialised, AFTER, loan_ids=story.ids(first, "2"), checked_by=" ")
    story.do(tablets.note_returned, ON, loan_ids=[999])
    with story.store.change(action="来なかった", by=BY, now=AFTER) as change:
        story.lines.append(str(tablets.release_loans(story.store, change, first, [one, three, four])))
    story.loans(first, AFTER)
    story.do(tablets.lend_spare, AFTER, entry_id=three)
    for now in (ON, AFTER):
        story.lines += view_lines(list(tablets.tablet_follow_ups(story.store.database, now.date())))
        story.lines += [
            f"{found.event_title} {found.event_date} {found.tablet.number} {found.state}"
            for found in tablets.open_loans(story.store, today=now.date())
        ]
    lines = read_ledger(story.store, key="tablet_loans", fiscal_year=2026, today=AFTER.date()).book.lines
    story.lines += [f"{line.key}｜{'｜'.join(line.cells.values())}｜{line.link.event_id}" for line in lines]
    for total in tablets.TABLET_LEDGER.totals:
        story.lines.append(f"{total.label}：{[line.number for line in lines if total.is_counted(line.cells)]}")
    story.do(tablets.set_tablets, tablets=[])
    assert_paper(story.lines, "貸出しから初期化まで")


def test_the_register_has_each_number_once(story):
    known = list(tablets.read_tablets(story.store))
    twice = [*known, replace(known[0], id=0, number=" 1 "), replace(known[1], id=0), replace(known[2], id=0)]
    for given in ([*known, Tablet(number=" ")], twice, [*known[1:], Tablet(number="6")]):
        story.do(tablets.set_tablets, tablets=given)
    story.lines.append("、".join(one.number for one in tablets.read_tablets(story.store)))
    assert_paper(story.lines, "台帳")


def test_a_year_that_lends_none_keeps_no_ledger_until_one_was_lent(story):
    def is_kept():
        return tablets.TABLET_LEDGER.is_kept(story.store, read_programme(story.store))

    clause = tablets.TABLET_LEDGER.clause(read_programme(story.store))
    assert (is_kept(), clause) == (True, "仕4(1)ク")
    with story.store.change(action="貸さない", by=BY, now=BEFORE) as change:
        for one in rows(story.store.database, EventKind):
            change.update(EventKind, one.id, lends_devices=False)
    assert not is_kept()
    (person,) = story.people(story.first, Device.LENT)
    story.do(tablets.assign_tablets, event_id=story.first)
    assert not is_kept()
    story.do(tablets.hand_out, ON, event_id=story.first, entry_ids=[person])
    assert is_kept()


def test_a_cancelled_event_has_no_tablets_to_be_ready(story):
    story.people(story.first, Device.LENT)
    story.do(tablets.assign_tablets, event_id=story.first)
    cancel_event(story.store, event_id=story.first, reason="大雪", by=BY, now=BEFORE)
    assert not the_event(story.store, story.first).status.counts
    lines = read_outgoing_view(story.store, event_id=story.first).lines
    assert TABLETS_READY not in [one.document_kind for one in lines if one.matter_status.status == "変更あり"]
