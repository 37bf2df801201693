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
from app.event.rules.event_warning import WITHIN_TOLERANCE
from app.event.services import event_cancellation, event_moves
from app.events.calls.services import calls
from app.events.letters.rules.letter_texts import LETTERS
from app.events.letters.services import large_print, undelivered
from app.events.letters.services.letter_addressees import set_letter_option
from app.events.letters.services.letter_building import mail_text
from app.events.letters.services.letter_documents import DOCUMENTS
from app.events.letters.services.letter_page import read_page
from app.events.letters.services.merge_list import read_merge_list
from app.events.roster.rules import SelectionTerms
from app.events.roster.services import selections
from app.events.roster.services.entry_changes import set_state
from app.events.roster.services.entry_moves import move_to_event
from db.records.applications import Application
from db.records.calls import CallOutcome, DecisionKind
from db.records.dispatches import DispatchRequest
from db.records.documents import DocumentPassage, LetterForm, LetterState, Notification, PostSort
from db.records.events import AgendaItem, Event
from db.records.organisations import Contact, Organisation, Person
from db.records.programme import Office, Programme
from db.records.roster import Device, Entry, EntryState, SelectionMethod
from db.records.year.rights import DataRequest, Decision, RequestKind
from db.rows import by_id, row, rows
from tests.support.paper_lines import assert_paper, came, lines_of
from tests.support.view_lines import view_lines
from tests.support.years import BY, add_dispatch, add_lecture, the_event

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
                        event_id=self.event_id,
                        person_id=person,
                        organisation_id=organisation,
                        way="電子",
                        applied_at=datetime(2026, 8, 3, hour),
                        **values,
                    )
                )

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
            method=SelectionMethod.WARD,
            capacity=5,
            waitlist_size=2,
            picked_entries=frozenset((first, second, unnamed, third, alone)),
        )
        self.do(selections.save_selection, 8, event_id=self.event_id, terms=terms, reason="応募の理由により")

    def do(self, act, day, **given):
        try:
            self.lines.append(f"→{act(ActionContext(self.store, BY, on(day)), **given).message}")
        except UserError as error:
            self.lines.append(f"×{' / '.join(error.args)}")

    def page(self, kind, day, *, texts=False):
        shelf = read_library(self.store, event_id=self.event_id, today=on(day).date())
        found = read_page(self.store, shelf, shelf.row(kind), now=on(day))
        shown = found.row
        self.lines += [
            f"■{kind} 9/{day}　{shown.state}{'' if shown.can_be_made else '（作成できない）'}",
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
                document_saving.set_letter_state,
                day,
                **event,
                kind=kind,
                form=LetterForm.FORMAL,
                state=state,
                **(known if state.is_issued else {}),
            )
        if told:
            self.do(notification.notify, day, **event, key=key or kind, told_to="申込団体", told_how="郵送")

    def merged(self, letter, day):
        """Write down the list for a mail merge of a letter: heads and rows."""
        found = read_merge_list(self.store, event_id=self.event_id, letter=letter, now=on(day))
        table = (found.columns, *found.rows)
        self.lines += [f"◇{found.letter}　{found.without_address}　{found.left_out}", "・".join(found.letters)]
        self.lines += ["｜".join(one).replace("\n", " / ") for one in table]

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


def test_labels_lists_and_sizes_follow_their_settings(story):
    event = {"event_id": story.event_id}
    story.select()
    story.merged("", 8)
    for kind, name, value in (
        ("決定通知", "宛名の単位", "1人ごと"), ("決定通知", "敬称", "殿"), ("決定通知", "窓あき封筒", "する"),
        ("宛名ラベル", "ラベルの宛先", "すべての団体"), ("区報原稿", "字数の目安", "30"),
        ("区報原稿", "字数の目安", "三十"), ("会長あて案内文", "宛名の単位", "団体ごと"),
        ("宛名ラベル", "ラベルの面数", "7"),
    ):  # fmt: skip
        story.do(set_letter_option, 8, **event, kind=kind, name=name, value=value)
    story.page("決定通知", 8)
    story.page("宛名ラベル", 8)
    story.page("会長あて案内文", 8)
    story.page("区報原稿", 8, texts=True)
    story.merged("決定通知", 8)
    story.merged("宛名ラベル", 8)
    story.do(large_print.set_large_print, 8, **event, kind="決定通知", addressees=["e1", "e4"], large=True)
    story.do(large_print.set_large_print, 8, **event, kind="決定通知", addressees=["e4"], large=False)
    story.do(large_print.set_large_print, 8, **event, kind="参加申込書", addressees=["all"], large=True)
    story.page("決定通知", 8)
    story.page("参加申込書", 8)
    story.paper("封入・宛名の突合せ表", 8)
    story.paper("宛名ラベル", 8)
    with story.store.change(action="利用停止", by=BY, now=FIRST) as change:
        person = by_id(story.store.database, Entry, story.ids[0]).person_id
        change.insert(
            DataRequest(
                kind=RequestKind.SUSPENSION,
                person_id=person,
                decided_on=on(8).date(),
                decision=Decision.SUSPENDED,
                stops_letters=True,
                number=1,
                programme_id=1,
                requester="髙﨑 千鶴子",
                asked="通知",
                days=30,
                extra_days=30,
                basis="",
                received_on=on(1).date(),
                by=BY,
                at=FIRST,
            )
        )
    story.page("決定通知", 8)
    assert_paper(story.lines, "宛先と設定")


def test_papers_of_recruitment_say_what_the_office_and_the_event_have(story):
    story.paper("支部長あて依頼文", 1)
    said, story.lines = story.lines, []
    for kind in ("募集チラシ", "参加申込書", "区報原稿"):
        story.paper(kind, 1)
        story.page(kind, 9)
    with story.store.change(action="変更", by=BY, now=FIRST) as change:
        office = row(story.store.database, Office)
        change.update(Office, office.id, phone="", fax="")
        change.update(Programme, row(story.store.database, Programme).id, branch="")
        change.insert(
            DocumentPassage(
                event_id=story.event_id,
                document_kind="募集チラシ",
                part="申込フォームのURL",
                text="https://form.example/1",
            )
        )
        change.insert(AgendaItem(event_id=story.event_id, position=1, title="操作", minutes=30, form="実習"))
        change.update(Event, story.event_id, content="", subject="講習会", lecturer="講師　見本 太郎\n補助 例野")
    before, story.lines = story.lines, []
    for kind in ("募集チラシ", "参加申込書", "区報原稿"):
        story.paper(kind, 1)
        story.page(kind, 9)
    said += [*before, "（区の電話・FAX・支部なし、申込フォームあり）", *came(before, story.lines)]
    assert_paper(said, "募集の書類")


def test_a_visit_is_told_to_its_organisation_before_and_after_somebody_is_named(story):
    first, *_ = story.groups
    story.event_id = add_dispatch(story.store, date(2026, 10, 15), organisation_id=first)
    for kind in ("決定通知", "起案資料", "開催通知", "辞退受理通知"):
        story.page(kind, 8, texts=kind in ("決定通知", "起案資料"))
    story.paper("決定通知", 8)
    with story.store.change(action="用意", by=BY, now=FIRST) as change:
        of_it = {"organisation_id": first}
        for number in range(8):
            person = change.insert(Person(name=f"若葉 {number}", **of_it))
            device = Device.LENT if number else Device.UNKNOWN
            change.insert(Entry(event_id=story.event_id, person_id=person, device=device, **of_it))
        change.insert(DispatchRequest(programme_id=1, received_on=on(1).date(), signer="見本 次郎", **of_it))
    before, story.lines = story.lines, []
    for kind in ("決定通知", "起案資料"):
        story.page(kind, 8, texts=True)
    story.paper("決定通知", 8)
    before += ["（8人の名が分かった）", *came(before, story.lines)]
    story.lines = before
    story.issue("決定通知", 8, "501")
    story.do(
        event_moves.move_event, 10, event_id=story.event_id, new_date=date(2026, 10, 16), reason="団体の都合のため"
    )
    story.page("変更通知", 10)
    story.paper("変更通知", 10)
    story.standing()
    assert_paper(story.lines, "派遣")


def test_an_event_in_the_place_of_a_cancelled_one_is_told_with_who_was_taken_over(story):
    story.select()
    story.issue("決定通知", 8, "391")
    decided = {"decided_at": on(14), "decided_by": "課長", "reason": "大雨警報の発表"}
    story.do(calls.decide_change, 14, event_id=story.event_id, kind=DecisionKind.CANCELLATION, **decided)
    cancelled, instead = story.event_id, add_lecture(story.store, date(2026, 10, 8), subject="LINE講習会")
    settled = {"nature": WITHIN_TOLERANCE, "day_words": "", "replacement_id": instead}
    story.do(calls.set_substitute, 14, event_id=cancelled, **settled)
    for entry_id in (*story.ids[:2], story.ids[3]):
        story.do(move_to_event, 14, entry_id=entry_id, event_id=instead, reason="振替")
    story.page("中止通知", 14, texts=True)
    story.event_id = instead
    story.page("決定通知", 14, texts=True)
    story.page("起案資料", 14, texts=True)
    story.paper("決定通知", 14)
    assert_paper(story.lines, "振替")


def test_the_papers_of_an_event_are_declared_with_their_group_form_and_part():
    lines = []
    for one in DOCUMENTS:
        said = [name for name in ("build_for", "on_outgoing") if getattr(one, name) is not None]
        plain = [value for value in vars(one).values() if value and not callable(value)]
        lines.append("　".join("・".join(each) if isinstance(each, tuple) else str(each) for each in (*plain, *said)))
    assert_paper(lines, "書類の表")
