"""The letters of one event from the applications to the 中止 and its revocation, as their pages and papers say it."""

from datetime import date, datetime, timedelta
from itertools import takewhile

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.contributions import register_contributions
from app.documents.services import document_saving, notification
from app.documents.services.document_library import read_library
from app.documents.services.documents import build_document
from app.documents.services.kept_letters.kept_papers import split_letters
from app.event.services import event_cancellation, event_moves
from app.events.calls.services import calls
from app.events.letters.rules.letter_texts import LETTERS
from app.events.letters.services import undelivered
from app.events.letters.services.letter_building import mail_text
from app.events.letters.services.letter_page import read_page
from app.events.roster.rules import SelectionTerms
from app.events.roster.services import selections
from app.events.roster.services.entry_changes import set_state
from db.records.applications import Application
from db.records.calls import CallOutcome, DecisionKind
from db.records.documents import LetterForm, LetterState, Notification, PostSort
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Device, Entry, EntryState, SelectionMethod
from db.rows import rows
from tests.support.paper_lines import assert_paper, came, lines_of
from tests.support.view_lines import view_lines
from tests.support.years import BY, add_lecture, the_event

DAY = date(2026, 9, 24)
FIRST = datetime(2026, 9, 1, 9)


def on(day):
    return FIRST + timedelta(days=day - 1)


class Story:
    """A 講習会 with people of four 団体 and one of none; keeps what its letters say."""

    def __init__(self, store):
        register_contributions()
        self.store, self.lines = store, []
        self.event_id = add_lecture(store, DAY)
        with store.change(action="用意", by=BY, now=FIRST) as change:
            self.groups = [
                change.insert(Organisation(name=name, branch=branch))
                for name, branch in (("みほん町会", "第1支部"), ("例町会", "第2支部"), ("川北会", ""))
            ]
            first, second, third = self.groups
            head = change.insert(Person(organisation_id=first, name="髙﨑 千鶴子", role="会長"))
            change.insert(
                Contact(organisation_id=first, kind="住所", value="〒176-0001 練馬1-1", purpose="決定通知の送付")
            )
            applied = change.insert(Application(organisation_name="例町会", large_print="はい", way="FAX"))
            change.insert(
                Contact(application_id=applied, kind="住所", value="176-0002練馬2-2", purpose="決定通知の送付")
            )

            def add(hour, name, organisation=None, **values):
                person = values.pop("person_id", None) or (
                    change.insert(Person(organisation_id=organisation, name=name)) if name else None
                )
                return change.insert(
                    Entry(
                        event_id=self.event_id, person_id=person, organisation_id=organisation, way="電子",
                        applied_at=datetime(2026, 8, 3, hour), **values,
                    )
                )  # fmt: skip

            self.ids = [
                add(1, "", first, person_id=head, role="会長", device=Device.OWN),
                add(2, "見本 花子", first, device=Device.LENT, care="拡大資料を希望"),
                add(3, "", first),
                add(4, "例野 一", second, role="会長", application_id=applied),
                add(5, "例野 二", second, application_id=applied),
                add(8, "川北 三", third),
                add(6, "独 四"),
                add(7, "仮 五", organisation_name="かり会"),
                add(9, "当日 六", first, walk_in=True),
            ]

    def select(self):
        """Take five of eight on the day after the closing day; two of the others wait."""
        first, second, unnamed, third, _waits, _out, alone, *_ = self.ids
        terms = SelectionTerms(
            method=SelectionMethod.WARD, capacity=5, waitlist_size=2,
            picked_entries=frozenset((first, second, unnamed, third, alone)),
        )  # fmt: skip
        self.do(selections.save_selection, 8, event_id=self.event_id, terms=terms, reason="応募の理由により")

    def do(self, act, day, **given):
        try:
            self.lines.append(f"→{act(ActionContext(self.store, BY, on(day)), **given).message}")
        except UserError as error:
            self.lines.append(f"×{' / '.join(error.args)}")

    def page(self, kind, day, *, texts=False):
        shelf = read_library(self.store, event_id=self.event_id, today=on(day).date())
        found = read_page(self.store, shelf, shelf.row(kind), now=on(day))
        row = found.row
        self.lines += [
            f"■{kind} 9/{day}　{row.state}{'' if row.can_be_made else '（作成できない）'}",
            f"　{found.large_print.words if found.large_print else ''}{''.join(sorted(found.large))}{found.kept_words}",
            *(f"！{one}" for one in found.cautions),
            *(f"止 {one.words} → {one.link.action} {one.link.kind}" for one in found.stops),
            *view_lines(found.addressees),
            *view_lines(found.differences),
        ]
        if texts:
            self.lines += [f"{one.part}：{one.text}".replace("\n", " / ") for one in found.passages]

    def paper(self, kind, day):
        """Write down the first letter whole, of the others what is another; of a 起案資料 no draft."""
        content = build_document(self.store, event_id=self.event_id, kind=kind, now=on(day))
        first, *more = (lines_of(one) for one in split_letters(content))
        if kind.startswith("起案資料"):
            first = [*takewhile(lambda one: not one.startswith("別紙1"), first), *first[first.index("宛先一覧｜✓") :]]
        self.lines += [f"□{kind} 9/{day}", *first, *(line for one in more for line in came(first, one))]

    def issue(self, kind, day, number, key="", *, told=True):
        """Put a letter up, issue it and note that it was told."""
        event = {"event_id": self.event_id}
        for state in (LetterState.IN_APPROVAL, LetterState.ISSUED):
            known = {"decided_on": on(day).date(), "document_number": number, "issued_on": on(day).date()}
            self.do(
                document_saving.set_letter_state, day, **event, kind=kind, form=LetterForm.FORMAL, state=state,
                **(known if state.is_issued else {}),
            )  # fmt: skip
        if told:
            self.do(notification.notify, day, **event, key=key or kind, told_to="申込団体", told_how="郵送")

    def standing(self):
        """Write down what of the letters was told, and what waits."""
        for one in notification.read_outgoing_view(self.store, event_id=self.event_id).lines:
            status = one.matter_status
            if one.document_kind in LETTERS:
                said = "、".join(each.words for each in status.changed_facts)
                self.lines.append(f"［{status.status}］{status.matter.key}　{status.matter.title}　{said}")


@pytest.fixture
def story(store):
    return Story(store)


def test_before_anything_left_each_page_says_to_whom_it_goes_and_what_is_missing(story):
    for kind in ("決定通知", "落選通知", "起案資料", "会長あて案内文"):
        story.page(kind, 1, texts=kind == "会長あて案内文")
    story.select()
    for kind in ("決定通知", "落選通知", "起案資料", "宛名ラベル"):
        story.page(kind, 8, texts=True)
    for kind in ("開催通知", "辞退受理通知", "決定取消通知", "中止通知", "変更通知", "中止・変更の取消通知"):
        story.page(kind, 8)
    story.paper("決定通知", 8)
    story.paper("落選通知", 8)
    story.paper("起案資料", 8)
    assert_paper(story.lines, "募集のとき")


def test_after_the_letters_left_who_moves_up_or_leaves_gets_his_own(story):
    _first, second, _unnamed, third, waits, _out, alone, last, _ = story.ids
    story.select()
    story.issue("決定通知", 8, "391")
    story.issue("落選通知", 8, "392")
    story.standing()
    told = rows(story.store.database, Notification, document_kind="決定通知")[-1].id
    post = {"notification_id": told, "posted_on": on(9).date(), "post_sort": PostSort.TRACED}
    story.do(undelivered.record_posting, 9, **post, pieces=3)
    story.do(undelivered.record_posting, 9, **post, pieces=2)
    back = {"notification_id": told, "entry_ids": [alone], "returned_on": on(10).date()}
    story.do(undelivered.note_undelivered, 10, **back, reason="転居先不明")
    story.do(undelivered.note_undelivered, 10, **back, reason="もう一度")
    story.lines += undelivered.returned_words(story.store, notification_id=told, today=on(10).date())
    story.lines += [str(one) for one in undelivered.named_addressees(story.store, notification_id=told)]
    story.standing()
    story.do(set_state, 11, entry_id=waits, state=EntryState.CHOSEN, reason="空きが出たため")
    story.do(set_state, 11, entry_id=last, state=EntryState.NOT_CHOSEN, reason="会場の都合")
    story.do(set_state, 11, entry_id=second, state=EntryState.WITHDRAWN, reason="都合がつかない")
    story.do(set_state, 11, entry_id=third, state=EntryState.REVOKED, reason="団体の申出")
    for kind in ("決定通知", "落選通知", "辞退受理通知", "決定取消通知", "起案資料"):
        story.page(kind, 11, texts=kind in ("辞退受理通知", "決定取消通知", "起案資料"))
    story.paper("辞退受理通知", 11)
    story.standing()
    assert_paper(story.lines, "通知のあと")


def test_a_change_and_a_cancellation_are_told_to_who_knew_of_the_event_and_taken_back_as_well(story):
    story.select()
    story.issue("決定通知", 8, "391")
    story.issue("落選通知", 8, "392", told=False)
    story.do(event_moves.move_event, 10, event_id=story.event_id, new_date=date(2026, 10, 1), reason="会場の都合のため")
    story.page("変更通知", 10, texts=True)
    story.paper("変更通知", 10)
    story.paper("起案資料（中止・変更）", 10)
    story.standing()
    story.issue("変更通知", 11, "420")
    decided = {"decided_at": on(14), "decided_by": "課長", "reason": "大雨警報の発表"}
    story.do(calls.decide_change, 14, event_id=story.event_id, kind=DecisionKind.CANCELLATION, **decided)
    story.page("中止通知", 14, texts=True)
    story.do(calls.note_call, 14, event_id=story.event_id, key=f"o{story.groups[0]}", outcome=CallOutcome.REACHED)
    story.page("中止通知", 14)
    story.paper("中止通知", 14)
    story.paper("起案資料（中止・変更）", 14)
    story.lines += mail_text(
        story.store, event=the_event(story.store, story.event_id), kind="中止通知", today=on(14).date()
    ).split("\n")
    story.issue("中止通知", 15, "430")
    story.standing()
    story.do(event_cancellation.restore_event, 16, event_id=story.event_id)
    story.page("中止・変更の取消通知", 16, texts=True)
    story.paper("中止・変更の取消通知", 16)
    story.standing()
    assert_paper(story.lines, "中止・変更")
