"""A letter from its 起案 to its 施行 and back, with what each step says, what is kept, logged and asked about."""

from datetime import datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_saving, issued_copies
from app.documents.services.document_saving import DecisionDetails, IssueEnding, set_letter_state
from app.documents.services.document_scope import DocumentScope
from app.documents.services.kept_letters import letter_corrections, letter_differences, recorded_later
from db.records.documents import DecisionWay, KeptPaper, Letter, LetterForm, LetterState, Notification
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper
from tests.support.view_lines import view_lines
from tests.support.years import BY, NOW

KIND, DRAFT = "決定通知", "起案資料"
LEFT_OUT = ("id", "event_id", "letter_id", "sha256", "by", "at", "facts", "content_file_id", "file_id")


def on(day, hour=9):
    return datetime.combine(NOW.date() + timedelta(days=day), NOW.time().replace(hour=hour))


class Story:
    """The letter of an event; keeps what acts say and what stands in the folder after them."""

    def __init__(self, people):
        self.people, self.store, self.lines = people, people.store, []
        self.scope = DocumentScope(event_id=people.event_id)

    def do(self, act, day, **given):
        try:
            self.lines.append(f"→{act(ActionContext(self.store, BY, on(day)), **given).message}")
        except UserError as error:
            self.lines.append(f"×{' / '.join(error.args)}")

    def state(self, day, state, kind=KIND, form=LetterForm.FORMAL, **given):
        self.do(set_letter_state, day, scope=self.scope, kind=kind, form=form, state=state, **given)

    def change(self, record, row_id, **values):
        with self.store.change(action="直した", by=BY, now=on(1)) as change:
            change.update(record, row_id, **values)

    def rename(self, number, name, group=""):
        entry = by_id(self.store.database, Entry, self.people.entries[number])
        self.change(Person, entry.person_id, name=name)
        if group:
            self.change(Organisation, entry.organisation_id, name=group)

    def asked(self, day, *kinds):
        """Write down what each kind says otherwise, and what a step of yesterday may have said."""
        for kind in kinds or (KIND,):
            found = letter_differences.read_comparison(self.store, scope=self.scope, kind=kind, now=on(day))
            self.lines += [f"違い {kind}　{found.kept_words}", *(f"・{one.words}" for one in found.differences)]
        later = recorded_later.read_recorded_later(
            self.store, scope=self.scope, kind=KIND, day=on(day - 1).date(), issued=True, now=on(day)
        )
        if later is not None:
            printed = later.printed.name if later.printed else ""
            self.lines.append(f"あとから記録　起案{len(later.put_up)}通・いま{len(later.today)}通　{printed}")

    def kept(self):
        """Write down the letters, what is kept of them, the log and what was told."""
        for record in (Letter, KeptPaper, Notification):
            found = rows(self.store.database, record)
            self.lines += [f"■{record.__name__}", *("　".join(view_lines(one, *LEFT_OUT)) for one in found)]
        self.lines.append("■出力")
        for one in document_saving.list_outgoing(self.store, scope=self.scope):
            said = (
                f"{one.document_kind} {one.way}", f"第{one.version}版", one.format, issued_copies.copy_words(one),
                issued_copies.recipient_kind(one), one.reason, issued_copies.scope_words(self.store, one),
                *(f"{key}＝{value}" for key, value in one.detail.items() if len(value) < 40),
            )  # fmt: skip
            self.lines.append("　".join(filter(None, said)))

    def answer(self, day, number, answer, **given):
        about = {"scope": self.scope, "kind": KIND}
        found = letter_differences.read_comparison(self.store, **about, now=on(day)).differences
        keys = [found[number].key] if number < len(found) else ["x"]
        self.do(letter_corrections.answer_difference, day, **about, differences=keys, answer=answer, **given)


@pytest.fixture
def story(people):
    return Story(people)


APPROVED = {"decided_on": on(1).date(), "document_number": "391"}
ISSUED = APPROVED | {"issued_on": on(1).date()}


def test_a_letter_is_put_up_changed_agreed_to_issued_and_taken_back(story):
    for day, given in (
        (0, {}), (0, {"decided_on": on(0).date()}), (0, {"document_number": "391"}),
        (0, APPROVED), (1, APPROVED),
    ):  # fmt: skip
        story.state(day, LetterState.APPROVED, **given)
    story.state(1, LetterState.DRAFT, form=LetterForm.OFFICE, issued_on=on(1).date())
    story.state(1, LetterState.DRAFT, form=LetterForm.OFFICE)
    story.state(0, LetterState.IN_APPROVAL)
    story.rename(1, "濱田 直", "改名町会")
    story.asked(2, KIND, DRAFT)
    agreed = {"scope": story.scope, "kind": KIND, "agreed_by": "課長"}
    for day, given in ((2, {"agreed_on": None}), (2, {"agreed_on": on(3).date()}), (2, {"agreed_on": on(2).date()})):
        story.state(2, LetterState.APPROVED, **APPROVED)
        story.do(letter_corrections.agree_to_changes, day, **agreed | given)
    story.do(letter_corrections.agree_to_changes, 2, **agreed | {"agreed_on": on(2).date()})
    for given in (
        {"issued_on": None}, {"issued_on": on(0).date()}, {"issued_on": on(1).date()},
    ):  # fmt: skip
        story.state(2, LetterState.ISSUED, **APPROVED | given)
    story.do(letter_corrections.agree_to_changes, 2, **agreed | {"agreed_on": on(2).date()})
    story.state(2, LetterState.APPROVED, **ISSUED)
    story.state(2, LetterState.ISSUED, **ISSUED | {"document_number": "392"})
    story.state(2, LetterState.ISSUED, **ISSUED | {"issued_on": on(2).date()})
    story.state(2, LetterState.ISSUED, **ISSUED)
    story.kept()
    given = {"scope": story.scope, "kind": KIND}
    story.do(document_saving.withdraw_issue, 3, **given, reason="")
    story.do(document_saving.withdraw_issue, 3, **given, reason="出していない", ending=IssueEnding.NOT_SENT)
    story.do(document_saving.withdraw_issue, 3, **given, reason="もう一度")
    story.state(3, LetterState.ISSUED, **ISSUED)
    story.do(document_saving.withdraw_issue, 4, **given, reason="欠番", ending=IssueEnding.VOID)
    story.state(4, LetterState.DRAFT)
    story.kept()
    assert_paper(story.lines, "起案から施行の取消まで")


def test_what_changed_after_it_left_is_answered_or_put_right(story):
    story.state(0, LetterState.IN_APPROVAL)
    story.state(1, LetterState.ISSUED, **ISSUED)
    story.rename(0, "正しい 名", "正しい町会")
    story.change(Event, story.people.event_id, start_time="13:00")
    story.asked(2)
    tellings = {"told_on": on(2).date(), "told_how": "電話", "told_to": "会長"}
    story.answer(2, 9, "伝えることではない", reason="細かい")
    story.answer(2, 0, "伝えることではない")
    story.answer(2, 0, "ほかの方法で伝えた", **tellings | {"told_on": on(3).date()})
    story.answer(2, 0, "ほかの方法で伝えた", **tellings | {"told_to": " "})
    for number, answer in ((0, "ほかの方法で伝えた"), (0, "伝えることではない")):
        story.answer(2, number, answer, **tellings, reason="形だけの違い")
        story.asked(2)
    story.rename(0, "正しい 名前", "正しい町会自治会")
    story.asked(3)
    story.answer(3, 0, "出した時に誤っていた", told_on=on(3).date(), told_how="差替え", told_to="課長")
    story.asked(3)
    story.kept()
    assert_paper(story.lines, "出したあとの違い")


def test_a_cancellation_leaves_by_word_of_mouth_and_its_draft_follows(story):
    story.people.decide("中止")
    story.state(1, LetterState.IN_APPROVAL, kind="中止通知")
    oral = {"way": DecisionWay.ORAL, "at": on(1, 8), "by": "課長", "heard_by": "係長"}
    for day, more in (
        (1, {"heard_by": ""}), (1, {"at": on(1, 10)}), (1, {}),
    ):  # fmt: skip
        story.state(day, LetterState.ISSUED, kind="中止通知", decision=DecisionDetails(**oral | more), **ISSUED)
    story.state(1, LetterState.ISSUED, decision=DecisionDetails(**oral), **ISSUED)
    draft = {"scope": story.scope, "kind": "中止通知"}
    for drafted_on in (None, on(0).date(), on(3).date(), on(2).date(), on(2).date()):
        story.do(document_saving.record_later_draft, 2, **draft, drafted_on=drafted_on)
    story.kept()
    assert_paper(story.lines, "口頭決裁")
