"""What left is its kept copy: a 公文書 is fixed at 起案, filled at 施行, and asked again it is what left."""

import io
import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pypdf
import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.screens.letter_differences_panel import DifferencesPanel
from app.documents.services import copy_retention, document_saving, notification
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState, override_stop
from app.documents.services.documents import notified_mail_text, render
from app.documents.services.file_saving import SaveOptions
from app.documents.services.issued_copies import copy_words, open_copy
from app.documents.services.kept_letters import letter_corrections
from app.documents.services.kept_letters.kept_erasing import plan_kept_erasing
from app.documents.services.kept_letters.scanned_copy import take_in_copy
from app.documents.services.stored_files import read_file
from app.event.services.event_moves import move_event
from app.event.services.event_results import mark_held
from app.events.letters.services import undelivered
from app.events.letters.services.letter_page import build_each, build_letters
from app.events.roster.services.entry_changes import set_state
from app.history.services import history_lines
from app.home.today.services.home import read_home
from app.registers.register.services.organisation_merge import merge_organisations
from app.settings.disposal.services.disposal import erase_marked, mark_person_for_erasing
from app.year_end.document_library.services import read_event_documents
from db.records.calls import ChangeDecision, DecisionKind
from db.records.documents import (
    BY_ISSUE,
    DecisionWay,
    DifferenceAnswer,
    KeptPaper,
    Letter,
    LetterForm,
    LetterState,
    Notification,
    Outgoing,
    OutgoingWay,
    StoredFile,
)
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Entry, EntryState
from db.rows import by_id, rows
from db.tables import journal
from db.tables.documents import erased_files
from tests.support.doing import do
from tests.support.erased import given_up, text_in
from tests.support.letter_people import GUEST, LONG, LONGEST, TAKASAKI, Letters, read_letters
from tests.support.letter_steps import (
    DAY,
    LATER,
    WHO,
    answer,
    call_anew,
    document,
    later,
    page_of,
    pdf,
    put,
    put_all,
    rename,
)
from tests.support.paper_words import said_by
from tests.support.years import BY, NOW, acting


def test_it_is_fixed_when_put_up_and_free_again_when_taken_back(people):
    def words():
        return said_by(build_letters(people.store, event_id=people.event_id, kind="決定通知", now=LATER["now"]))

    put(people, LetterState.IN_APPROVAL)
    drafted, drafting = words(), said_by(document(people, "起案資料"))
    before = rename(people)
    set_state(later(people.store), entry_id=people.entries[1], state=EntryState.WITHDRAWN)
    assert before in drafted
    assert words() == drafted
    assert said_by(document(people, "起案資料")) == drafting
    put(people, LetterState.DRAFT)
    assert "濱田 直" in words()
    assert before not in words()


def test_what_left_is_the_same_to_the_byte_whatever_the_records_say_later(issued, tmp_path):
    scope = DocumentScope(event_id=issued.event_id)
    left, one = pdf(issued), build_letters(issued.store, event_id=issued.event_id, kind="決定通知", now=LATER["now"])
    assert one.kept is not None
    assert one.kept.words == "出した時の写し"
    keys = [each.addressee for each in rows(issued.store.database, KeptPaper, document_kind="決定通知")]
    alone = pdf(issued, chosen=keys[:1])
    rename(issued)
    set_state(later(issued.store), entry_id=issued.entries[1], state=EntryState.WITHDRAWN)
    move_event(later(issued.store), event_id=issued.event_id, new_date=date(2026, 10, 20), reason="会場の都合")
    assert pdf(issued) == left
    assert pdf(issued, chosen=keys[:1]) == alone
    assert "391" in said_by(build_letters(issued.store, event_id=issued.event_id, kind="決定通知", now=NOW))
    (row,) = rows(issued.store.database, Outgoing, way=OutgoingWay.ISSUE)
    copy = open_copy(issued.store, outgoing_id=row.id)
    assert copy.agrees
    assert len(row.kept_papers) == len(keys)
    shelf = read_library(issued.store, scope=scope, today=LATER["now"].date())
    assert shelf.row("決定通知").can_be_made
    assert not shelf.row("決定通知").state_answer.why
    document_saving.save_document(
        later(issued.store),
        event_id=issued.event_id,
        kind="決定通知",
        format="pdf",
        options=SaveOptions(path=tmp_path / "写し.pdf", reason="再送"),
    )
    again = rows(issued.store.database, Outgoing, document_kind="決定通知", order="id")[-1]
    assert (again.facts, again.kept_papers) == (row.facts, row.kept_papers), "a copy says what left"
    page = read_letters(issued.store, event_id=issued.event_id, kind="決定通知", now=LATER["now"])
    assert [each.key for each in page.addressees] == keys
    assert "改名町会" not in "".join(each.full_name for each in page.addressees)
    each = build_each(issued.store, event_id=issued.event_id, kind="決定通知", now=LATER["now"])
    assert [one.file_stem.rpartition("-")[2] for one in each] == [LONG]
    with pytest.raises(UserError, match="宛先が1件も選ばれていません"):
        build_letters(issued.store, event_id=issued.event_id, kind="決定通知", now=LATER["now"], chosen=())


def test_an_issue_is_told_and_another_way_may_still_be_recorded(issued):
    def told():
        view = notification.read_outgoing_view(issued.store, event_id=issued.event_id)
        return [(one.status, one.notification.told_how) for one in view.lines if one.document_kind == "決定通知"]

    assert told() == [("通知済", "施行（郵送）")]
    notification.notify(
        acting(issued.store), event_id=issued.event_id, key="決定通知", told_to="申込団体", told_how="手渡し"
    )
    assert told() == [("通知済", "手渡し")]


def test_an_issue_cannot_be_undone_and_is_taken_back_with_a_reason(issued):
    left = pdf(issued)
    (row,) = rows(issued.store.database, Outgoing, way=OutgoingWay.ISSUE)
    newest = journal.entries(issued.store.database)[:1]
    assert [one.outgoing_id for one in history_lines(issued.store, newest)] == [row.id], "履歴 opens what left"
    with pytest.raises(UserError):
        undo_last(issued)
    scope = DocumentScope(event_id=issued.event_id)
    document_saving.withdraw_issue(later(issued.store), scope=scope, kind="決定通知", reason="施行日の誤り")
    view = notification.read_outgoing_view(issued.store, event_id=issued.event_id)
    assert [one.status for one in view.lines if one.document_kind == "決定通知"] == ["未作成"]
    rename(issued)
    content = build_letters(issued.store, event_id=issued.event_id, kind="決定通知", now=LATER["now"])
    assert content.kept is not None
    assert content.kept.words == "決裁した内容"
    assert "改名町会" not in said_by(content)
    put(issued, LetterState.DRAFT)
    (row,) = rows(issued.store.database, Outgoing, way=OutgoingWay.ISSUE)
    assert open_copy(issued.store, outgoing_id=row.id).data == left, "the log keeps what was drawn"


def undo_last(people: Letters) -> None:
    from app.history.services import undo

    undo(people.store, **LATER)


def test_what_it_says_otherwise_is_told_in_words_and_answered_once(issued):
    assert page_of(issued).differences == ()
    before = rename(issued)
    move_event(later(issued.store), event_id=issued.event_id, new_date=date(2026, 10, 20), reason="会場の都合")
    found = {one.part: one for one in page_of(issued).differences}
    assert list(found) == ["宛先", "日時", "参加される方", "欠席・代理出席"]
    assert (found["参加される方"].before, found["参加される方"].after) == (
        f"{before}　様（会長）",
        "濱田 直　様（会長）",
    )
    assert found["日時"].words.startswith("日時：令和8年9月10日（木）")
    with pytest.raises(UserError, match="理由"):
        answer(issued, "日時", DifferenceAnswer.NOT_TO_TELL)
    answer(issued, "日時", DifferenceAnswer.TOLD, told_on=DAY, told_how="電話", told_to="会長")
    assert [one.part for one in page_of(issued).differences] == ["宛先", "参加される方", "欠席・代理出席"]
    move_event(later(issued.store), event_id=issued.event_id, new_date=date(2026, 10, 21), reason="会場の都合")
    assert "日時" in [one.part for one in page_of(issued).differences], "what went further is asked again"


@pytest.fixture
def store(people):
    return people.store


def test_several_differences_are_answered_at_once_from_the_list_of_them(people, desk_at, qtbot):
    put_all(people)
    rename(people)
    move_event(later(people.store), event_id=people.event_id, new_date=date(2026, 10, 20), reason="会場の都合")
    panel = DifferencesPanel(desk_at(LATER["now"]))
    qtbot.addWidget(panel)
    scope = DocumentScope(event_id=people.event_id)

    def show():
        panel.show_differences(scope, "決定通知", page_of(people).differences, kept_words="出した時の写し")

    show()
    assert panel.about.text() == "1行めの答え"
    panel.list.view.selectAll()
    wrong = {"correction": "訂正の通知", "told_on": DAY, "told_to": "8見本第391号の2"}
    panel.form.set_values({"answer": DifferenceAnswer.WRONG, **wrong})
    panel._show_fields()
    assert panel.about.text() == "1行めの答え", "what was wrong is put right one by one"
    do(qtbot, panel.app_context, panel.record.click)
    assert panel.problem.words() == ""
    left = [one.part for one in page_of(people).differences]
    assert left == ["日時", "参加される方", "欠席・代理出席"], "what was wrong is put right one by one"
    show()
    panel.list.choose(lambda one: one.part == "参加される方")
    panel.form.set_values({"answer": DifferenceAnswer.NOT_TO_TELL})
    panel._show_fields()
    assert panel.about.text() == "2行めの答え"
    panel.list.choose(lambda one: one.part == "日時")
    panel.form.set_values({"answer": DifferenceAnswer.NOT_TO_TELL})
    panel.list.view.selectAll()
    assert panel.about.text() == "1・2・3行めの答え"
    panel.form.set_values({"answer": DifferenceAnswer.NOT_TO_TELL, "reason": "電話で伝えた"})
    do(qtbot, panel.app_context, panel.record.click)
    assert page_of(people).differences == ()


def test_an_organisation_whose_president_was_unknown_as_its_letter_left_is_asked_about_its_name_alone(people):
    set_state(ActionContext(people.store, **WHO), entry_id=people.entries[4], state=EntryState.CHOSEN, reason="繰上げ")
    third = by_id(people.store.database, Entry, people.entries[4]).organisation_id
    put_all(people)
    with people.store.change(action="会長を加えた", **LATER) as change:
        change.insert(Person(organisation_id=third, name="川北 一郎", role="会長"))
        change.insert(
            Contact(organisation_id=third, kind="住所", value="練馬区みほん町4-5-6", purpose="決定通知の送付")
        )
    assert page_of(people).differences == (), "it was right on the day it left"
    with people.store.change(action="団体名を直した", **LATER) as change:
        change.update(Organisation, third, name="みほん川北町内会")
    assert [(one.part, one.before, one.after) for one in page_of(people).differences] == [
        ("宛先", "みほん川北町会　御中", "みほん川北町内会\n　会長　川北 一郎　様")
    ]


def test_what_became_known_before_a_letter_left_is_asked(people):
    set_state(ActionContext(people.store, **WHO), entry_id=people.entries[4], state=EntryState.CHOSEN, reason="繰上げ")
    third = by_id(people.store.database, Entry, people.entries[4]).organisation_id
    put(people, LetterState.IN_APPROVAL)
    with people.store.change(action="会長を加えた", **LATER) as change:
        change.insert(Person(organisation_id=third, name="川北 一郎", role="会長"))
    assert [one.part for one in page_of(people).differences] == ["宛先"]


def test_whoever_does_not_come_is_not_asked_about_another_day_or_place(people):
    put_all(people, "落選通知")
    move_event(later(people.store), event_id=people.event_id, new_date=date(2026, 10, 20), reason="会場の都合")
    assert page_of(people, "落選通知").differences == ()


def test_a_copy_of_a_letter_that_left_is_nothing_new_to_tell_once_what_changed_is_answered(issued, tmp_path):
    call_anew(issued)
    answer(issued, "宛先", DifferenceAnswer.NOT_TO_TELL, reason="本人に伝えた")
    for form in ("pdf", "docx"):
        document_saving.save_document(
            ActionContext(issued.store, by=BY, now=LATER["now"] + timedelta(hours=3)),
            event_id=issued.event_id,
            kind="決定通知",
            format=form,
            options=SaveOptions(path=tmp_path / f"写し.{form}", reason="控え"),
        )
        view = notification.read_outgoing_view(issued.store, event_id=issued.event_id)
        assert [one.status for one in view.lines if one.matter_kind == "決定通知"] == ["通知済", "見送り"]


@pytest.mark.parametrize("what", ["held on its day", "day is past", "put off", "cancelled"])
def test_a_change_waits_in_the_list_of_documents_as_on_home_until_its_event_is_over(issued, what):
    call_anew(issued)
    event = by_id(issued.store.database, Event, issued.event_id)
    on = event.event_date if what == "held on its day" else event.event_date + timedelta(days=3)
    if what == "held on its day":
        mark_held(ActionContext(issued.store, BY, datetime.combine(on, time(17))), event_id=issued.event_id)
    elif what != "day is past":
        kind = DecisionKind.POSTPONEMENT if what == "put off" else DecisionKind.CANCELLATION
        told = "令和8年9月10日（木）　午後2時から午後4時まで"
        by: dict[str, Any] = {"decided_at": LATER["now"], "decided_by": "課長", "reason": "大雪"}
        with issued.store.change(action="決めた", **LATER) as change:
            change.insert(ChangeDecision(event_id=event.id, kind=kind, before_time=told, **by))
            if what == "cancelled":
                change.update(Event, event.id, status=EventStatus.CANCELLED)

    def listed(today):
        now = datetime.combine(today, time(18))
        found = read_event_documents(issued.store, event_id=issued.event_id, kind="決定通知", now=now)
        return [one.status for one in found.rows if one.kind == "決定通知"]

    assert listed(event.event_date - timedelta(days=3)) == (["通知済"] if what == "held on its day" else ["変更あり"])
    assert listed(on) == (["変更あり"] if what == "put off" else ["通知済"])
    owed = [one.task.detail for one in read_home(issued.store, today=on).rows]
    assert ("前の名前で出した通知1件" in owed) == (what == "put off")


def test_the_day_to_answer_by_of_a_letter_issued_days_after_its_draft_is_nothing_otherwise(people):
    put(people, LetterState.IN_APPROVAL, by=BY, now=NOW - timedelta(days=7))
    for state in (LetterState.APPROVED, LetterState.ISSUED):
        put(people, state)
    assert page_of(people).differences == ()


def test_what_changed_before_the_issue_needs_a_new_draft_or_the_consent_of_who_decides(people):
    put(people, LetterState.IN_APPROVAL)
    rename(people)
    with pytest.raises(UserError, match="起案したあとに、つぎのことが変わりました。宛先"):
        put(people, LetterState.APPROVED)
    scope = DocumentScope(event_id=people.event_id)
    who = later(people.store)
    with pytest.raises(UserError, match="了承"):
        letter_corrections.agree_to_changes(who, scope=scope, kind="決定通知", agreed_on=None, agreed_by="課長")
    letter_corrections.agree_to_changes(who, scope=scope, kind="決定通知", agreed_on=DAY, agreed_by="課長")
    for state in (LetterState.APPROVED, LetterState.ISSUED):
        put(people, state, on=LATER["now"].date(), **LATER)
    content = build_letters(people.store, event_id=people.event_id, kind="決定通知", now=LATER["now"])
    assert "改名町会" in said_by(content)
    assert page_of(people).differences == ()


def erase_one(people: Letters, entry_id: int) -> str:
    """Erase whoever has this place, who asked for it; return the name."""
    whose = by_id(people.store.database, Person, by_id(people.store.database, Entry, entry_id).person_id)
    mark_person_for_erasing(
        later(people.store),
        person_id=whose.id,
        reason="電話で本人から申出",
        places=given_up(people.store, whose.id, LATER["now"]),
    )
    erase_marked(people.store, LATER["now"] + timedelta(days=1))
    return whose.name


def kept_texts(people: Letters, kind: str) -> list[str]:
    """Return what each kept letter of a kind says, contents and pages; "" = erased."""
    said = []
    for one in rows(people.store.database, KeptPaper, document_kind=kind):
        numbers = [number for number in (one.content_file_id, one.file_id) if number is not None]
        parts = [read_file(people.store, number) for number in numbers]
        pages = [pypdf.PdfReader(io.BytesIO(part)) for part in parts if part.startswith(b"%PDF")]
        said.append(
            "".join(part.decode() for part in parts if not part.startswith(b"%PDF"))
            + "".join(page.extract_text() for one in pages for page in one.pages)
        )
    return said


def test_who_asks_to_be_erased_goes_from_the_kept_letters_and_nobody_else(issued):
    put_all(issued, "落選通知")
    files = {one.id: one.keyed_hash for one in rows(issued.store.database, StoredFile)}
    alone = rows(issued.store.database, KeptPaper, document_kind="落選通知")
    left = {one.id: (one.sha256, one.pages) for one in rows(issued.store.database, KeptPaper)}

    gone = erase_one(issued, issued.entries[3])
    own, other = kept_texts(issued, "落選通知")
    assert own == "", "a letter of his own goes, content and pages"
    assert GUEST in other
    (row,) = rows(issued.store.database, Outgoing, way=OutgoingWay.ISSUE, document_kind="落選通知")
    assert left == {one.id: (one.sha256, one.pages) for one in rows(issued.store.database, KeptPaper)}, "sums stay"
    copy = open_copy(issued.store, outgoing_id=row.id)
    assert copy.agreement_words == "控えは記録と一致（2通のうち1通は消去）"
    content = build_letters(issued.store, event_id=issued.event_id, kind="落選通知", now=LATER["now"])
    assert content.kept is not None
    assert len(content.kept.ids) == 1
    with pytest.raises(UserError, match="消去"):
        pdf(issued, kind="落選通知", chosen=[alone[0].addressee])
    assert files[alone[0].file_id] in erased_files(issued.store.database)

    whose = erase_one(issued, issued.entries[0])
    for kind in ("決定通知", "起案資料"):
        said = kept_texts(issued, kind)
        assert all(whose not in one and gone not in one for one in said)
        assert any("お申出により" in one for one in said)
    assert TAKASAKI in "".join(kept_texts(issued, "決定通知")), "who stands beside him stays"
    for name in (gone, whose):
        assert name not in text_in(issued.store)
    (copy,) = rows(issued.store.database, Outgoing, way=OutgoingWay.ISSUE, document_kind="決定通知")
    opened = open_copy(issued.store, outgoing_id=copy.id)
    assert opened.agrees
    assert re.search(r"通のうち1通は氏名の一部を消去）$", opened.agreement_words)


def test_a_letter_that_may_name_somebody_of_its_event_who_stays_does_not_go_with_the_others(issued):
    going, staying = (by_id(issued.store.database, Entry, issued.entries[place]) for place in (0, 3))
    letter = rows(issued.store.database, KeptPaper)[0]
    with issued.store.change(action="前の版の写し", **WHO) as change:
        change.update(KeptPaper, letter.id, entries=())

    def goes(*held: Entry) -> bool:
        plan = plan_kept_erasing(issued.store, [going], names=(), by_request=False, held=held)
        return letter.id in {one.id for one in plan.gone}

    assert (goes(), goes(Entry(id=99, event_id=99)), goes(staying)) == (True, True, False)


def test_at_its_end_the_copy_goes_with_content_and_pages(issued):
    (row,) = rows(issued.store.database, Outgoing, way=OutgoingWay.ISSUE)
    spring = datetime(2033, 4, 2, 9, 0)
    assert row.id in [one.id for one in copy_retention.read_expired(issued.store, today=spring.date()).rows]
    copy_retention.erase_expired(ActionContext(issued.store, by=BY, now=spring), outgoing_ids=[row.id])
    assert set(kept_texts(issued, "決定通知")) == {""}
    assert set(kept_texts(issued, "起案資料")) == {""}
    (row,) = rows(issued.store.database, Outgoing, way=OutgoingWay.ISSUE)
    assert copy_words(row).startswith("控えは保存期間を過ぎて消去")
    assert not copy_retention.read_expired(issued.store, today=spring.date()).rows


def test_the_row_of_a_letter_that_changed_goes_when_its_last_difference_is_answered(issued):
    rename(issued)

    def status():
        view = notification.read_outgoing_view(issued.store, event_id=issued.event_id)
        return [one.status for one in view.lines if one.document_kind == "決定通知"]

    parts = [one.part for one in page_of(issued).differences]
    assert len(parts) > 1
    for part in parts:
        assert status() == ["変更あり"]
        answer(issued, part, DifferenceAnswer.TOLD, told_on=DAY, told_how="電話", told_to="会長")
    assert status() == ["通知済", "見送り"]
    undo_last(issued)
    assert status() == ["変更あり"]


def issue_by_word_of_mouth(people: Letters, *, kind: str = "中止通知", **given: Any):
    details = {"way": DecisionWay.ORAL, "at": NOW, "by": "協働推進課長", "heard_by": "係長"} | given
    return document_saving.set_letter_state(
        acting(people.store),
        event_id=people.event_id,
        kind=kind,
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=DAY,
        document_number="402",
        issued_on=DAY,
        decision=document_saving.DecisionDetails(**details),
    )


def test_a_cancellation_leaves_by_word_of_mouth_and_its_draft_is_asked_for_until_it_is_recorded(people):
    people.decide("中止")
    with pytest.raises(UserError, match="口頭決裁では施行にできません"):
        issue_by_word_of_mouth(people, kind="決定通知")
    with pytest.raises(UserError, match="聞いた人"):
        issue_by_word_of_mouth(people, heard_by=" ")
    with pytest.raises(UserError, match="これからの日時"):
        issue_by_word_of_mouth(people, at=NOW + timedelta(hours=1))
    issue_by_word_of_mouth(people)
    kept = build_letters(people.store, event_id=people.event_id, kind="中止通知", now=NOW).kept
    assert kept is not None
    assert kept.words == "出した時の写し"

    def asked():
        home = read_home(people.store, today=LATER["now"].date())
        every = (*home.rows, *home.passed_targets, *home.later_rows)
        return [one.task.label for one in every if one.task.task == "事後の起案"]

    assert asked() == ["急施の起案を行い、決裁日を記録する"]
    scope = DocumentScope(event_id=people.event_id)
    who = later(people.store)
    for wrong in (None, DAY - timedelta(days=1), DAY + timedelta(days=3)):
        with pytest.raises(UserError, match="口頭決裁の日から本日まで"):
            document_saving.record_later_draft(who, scope=scope, kind="中止通知", drafted_on=wrong)
    document_saving.record_later_draft(who, scope=scope, kind="中止通知", drafted_on=DAY + timedelta(days=1))
    assert asked() == []
    undo_last(people)
    assert len(asked()) == 1


def test_what_was_never_sent_gives_its_number_back_or_voids_it(issued):
    scope, who = DocumentScope(event_id=issued.event_id), later(issued.store)
    ending = document_saving.IssueEnding
    document_saving.withdraw_issue(who, scope=scope, kind="決定通知", reason="会場の確認", ending=ending.NOT_SENT)
    (letter,) = rows(issued.store.database, Letter, document_kind="決定通知")
    assert (letter.state, letter.document_number) == (LetterState.APPROVED, "391")
    put(issued, LetterState.ISSUED)
    document_saving.withdraw_issue(who, scope=scope, kind="決定通知", reason="書式の誤り", ending=ending.VOID)
    (letter,) = rows(issued.store.database, Letter, document_kind="決定通知")
    assert (letter.state, letter.document_number, letter.decided_on) == (LetterState.IN_APPROVAL, "", None)
    (_, gone) = rows(issued.store.database, Outgoing, way=OutgoingWay.WITHDRAWAL, order="id")
    assert "391を欠番にした：書式の誤り" in gone.reason


def test_what_left_before_copies_were_kept_is_not_drawn_again_under_its_number(issued):
    with issued.store.change(action="写しを残す前の版の形にした", **LATER) as change:
        for one in rows(issued.store.database, KeptPaper):
            change.delete(KeptPaper, one.id)
    scope, who = DocumentScope(event_id=issued.event_id), later(issued.store)
    with pytest.raises(StoppedByState, match="写しはありません"):
        pdf(issued)
    row = read_library(issued.store, scope=scope, today=DAY).row("決定通知")
    assert row.state_answer.lacks_copy
    override_stop(who, scope=scope, kind="決定通知", reason="問合せに答えるため")
    made = build_letters(issued.store, event_id=issued.event_id, kind="決定通知", now=LATER["now"])
    assert made.state_mark == "いまの記録からの参考"
    assert "391" not in said_by(made)
    undo_last(issued)

    scan = render(build_letters(issued.store, event_id=issued.event_id, kind="落選通知", now=NOW), format="pdf").data
    take_in_copy(who, scope=scope, kind="決定通知", data=scan, pages=2)
    assert pdf(issued) == scan
    page = page_of(issued)
    assert page.differences == ()
    with pytest.raises(UserError, match="写し（PDF）だけ"):
        render(build_letters(issued.store, event_id=issued.event_id, kind="決定通知", now=NOW), format="xlsx")
    with pytest.raises(UserError, match="もうあります"):
        take_in_copy(who, scope=scope, kind="決定通知", data=scan, pages=2)
    undo_last(issued)
    assert read_library(issued.store, scope=scope, today=DAY).row("決定通知").state_answer.lacks_copy


def test_what_leaves_as_it_was_put_up_is_told_as_it_was_put_up(people):
    put(people, LetterState.IN_APPROVAL)
    set_state(later(people.store), entry_id=people.entries[1], state=EntryState.WITHDRAWN)
    move_event(later(people.store), event_id=people.event_id, new_date=date(2026, 10, 20), reason="会場の都合")
    for one in page_of(people).differences:
        answer(people, one.part, DifferenceAnswer.NOT_TO_TELL, reason="このまま出し、あとで知らせる")
    for state in (LetterState.APPROVED, LetterState.ISSUED):
        put(people, state, on=LATER["now"].date(), **LATER)
    (row,) = rows(people.store.database, Outgoing, way=OutgoingWay.ISSUE)
    told = next(one for one in rows(people.store.database, Notification) if one.document_kind == "決定通知")
    for facts in (row.facts["決定通知"], told.facts):
        assert facts["実施日"] == "2026-09-10"
        assert facts["宛先"].startswith("1団体 3人")
    assert told.title == "1団体 3人"


def test_a_letter_to_nobody_cannot_be_recorded_as_issued(people):
    with people.store.change(action="見本の参加者を外した", **WHO) as change:
        for one in people.entries:
            change.delete(Entry, one)
    put(people, LetterState.APPROVED)
    with pytest.raises(UserError, match="出す相手が、まだいません"):
        put(people, LetterState.ISSUED)
    assert not rows(people.store.database, Letter, state=LetterState.ISSUED)
    assert not rows(people.store.database, Notification)


def test_the_newest_letter_that_told_somebody_is_the_one_that_is_compared(issued):
    rename(issued)
    move_event(later(issued.store), event_id=issued.event_id, new_date=date(2026, 9, 17), reason="会場の都合")
    assert "日時" in [one.part for one in page_of(issued).differences]
    for state in list(LetterState)[1:]:
        put(issued, state, kind="変更通知", on=LATER["now"].date(), **LATER)
    assert page_of(issued).differences == (), "the 変更通知 told day and name as they are now"
    assert page_of(issued, "変更通知").differences == ()
    issued.decide("中止")
    assert page_of(issued, "変更通知").differences == (), "a 中止 has a letter of its own"


def test_whose_organisation_was_merged_is_compared_with_the_letter_to_the_other(people):
    put_all(people, "落選通知")
    refused, waiting = (by_id(people.store.database, Entry, people.entries[one]) for one in (3, 4))
    merge_organisations(later(people.store), keep_id=waiting.organisation_id, drop_id=refused.organisation_id)
    (found,) = [one for one in page_of(people, "落選通知").differences if one.part == "宛先"]
    assert found.before.startswith(LONGEST)
    assert "みほん川北町会" in found.after, "who was written to as 御中 and has a person now was told rightly"


def test_who_asked_to_be_erased_is_no_difference(issued):
    erase_one(issued, issued.entries[0])
    assert all("お申出により" not in one.before for one in page_of(issued).differences)


def test_the_first_letters_are_still_compared_while_the_second_is_made(issued):
    who = later(issued.store)
    set_state(who, entry_id=issued.entries[4], state=EntryState.CHOSEN, reason="空きが出たため")
    rename(issued)
    page = page_of(issued)
    assert [one.full_name for one in page.addressees] == ["みほん川北町会"], "the second is made"
    assert page.kept_words == ""
    assert [one.part for one in page.differences] == ["宛先", "参加される方"]
    answer(issued, "参加される方", DifferenceAnswer.NOT_TO_TELL, reason="本人に伝わっている")
    assert "参加される方" not in [one.part for one in page_of(issued).differences]
    for state in list(LetterState)[1:]:
        put(issued, state, on=LATER["now"].date(), **LATER)
    assert len(rows(issued.store.database, Outgoing, way=OutgoingWay.ISSUE)) == 2
    acts = rows(issued.store.database, Notification, document_kind="決定通知")
    told = [one.key for one in acts if one.told_how == BY_ISSUE]
    assert told == ["決定通知", "決定通知／2"], "the second told those whom it named, and nobody else"


def test_the_mail_of_a_letter_says_what_the_letter_says(issued):
    move_event(later(issued.store), event_id=issued.event_id, new_date=date(2026, 10, 20), reason="会場の都合")
    scope = DocumentScope(event_id=issued.event_id)
    said = notified_mail_text(issued.store, scope=scope, kind="決定通知", now=LATER["now"])
    assert "令和8年9月10日（木）" in said
    assert "10月20日" not in said


def test_from_the_day_of_the_event_on_no_answer_is_asked_for(issued):
    rename(issued)
    assert page_of(issued).asks
    on_the_day = read_letters(issued.store, event_id=issued.event_id, kind="決定通知", now=datetime(2026, 9, 10, 9))
    assert on_the_day.differences
    assert not on_the_day.asks


def test_a_letter_that_told_it_settles_the_ones_before_it(people):
    who = later(people.store)
    put_all(people)
    rename(people)

    def waits() -> list[str]:
        view = notification.read_outgoing_view(people.store, event_id=people.event_id)
        return [one.document_kind for one in view.lines if one.status == "変更あり"]

    assert waits() == ["決定通知"]
    move_event(who, event_id=people.event_id, new_date=date(2026, 9, 17), reason="会場の都合")
    for state in list(LetterState)[1:]:
        put(people, state, kind="変更通知", on=LATER["now"].date(), **LATER)
    assert waits() == [], "the 変更通知 told the name too"
    set_state(who, entry_id=people.entries[1], state=EntryState.WITHDRAWN)
    assert [one.part for one in page_of(people, "変更通知").differences] == ["参加される方"]
    for state in list(LetterState)[1:]:
        put(people, state, kind="辞退受理通知", on=LATER["now"].date(), **LATER)
    move_event(who, event_id=people.event_id, new_date=date(2026, 9, 18), reason="会場の都合")
    assert page_of(people, "辞退受理通知").differences == (), "who comes no more is not told of another day"


def test_an_issue_taken_back_leaves_the_other_letter_of_that_day_told(issued):
    for day in (17, 18):
        move_event(later(issued.store), event_id=issued.event_id, new_date=date(2026, 9, day), reason="会場")
        for state in list(LetterState)[1:]:
            put(issued, state, kind="変更通知", on=LATER["now"].date(), **LATER)
    scope = DocumentScope(event_id=issued.event_id)
    document_saving.withdraw_issue(later(issued.store), scope=scope, kind="変更通知", reason="施行日の誤り")
    acts = rows(issued.store.database, Notification, document_kind="変更通知", told_how=BY_ISSUE, order="id")
    assert [(one.facts["実施日"], one.withdrawn) for one in acts] == [("2026-09-17", False), ("2026-09-18", True)]


def test_of_two_that_left_by_word_of_mouth_each_gets_its_draft(issued):
    scope, who = DocumentScope(event_id=issued.event_id), acting(issued.store)
    for day in (17, 18):
        move_event(who, event_id=issued.event_id, new_date=date(2026, 9, day), reason="会場の都合")
        issue_by_word_of_mouth(issued, kind="変更通知")
    for waiting in (True, True, False):
        row = read_library(issued.store, scope=scope, today=DAY).row("変更通知")
        assert row.awaits_draft == waiting
        if waiting:
            document_saving.record_later_draft(who, scope=scope, kind="変更通知", drafted_on=DAY)
    assert all(one.drafted_on == DAY for one in rows(issued.store.database, Letter, document_kind="変更通知"))


def test_a_letter_that_did_not_arrive_still_waits_when_another_one_leaves(people):
    put_all(people, "落選通知")
    (told,) = rows(people.store.database, Notification, document_kind="落選通知")
    undelivered.note_undelivered(
        later(people.store),
        notification_id=told.id,
        entry_ids=[people.entries[3]],
        returned_on=LATER["now"].date(),
        reason="宛所不明",
    )
    put_all(people)
    view = notification.read_outgoing_view(people.store, event_id=people.event_id)
    assert [one.status for one in view.lines if one.document_kind == "落選通知"] == ["変更あり"]
    assert build_letters(people.store, event_id=people.event_id, kind="落選通知", now=LATER["now"]).kept is not None


def test_who_is_decided_after_a_change_was_told_gets_his_letter_with_it_unstopped(issued):
    who = later(issued.store)
    move_event(who, event_id=issued.event_id, new_date=date(2026, 9, 17), reason="会場の都合")
    set_state(who, entry_id=issued.entries[4], state=EntryState.CHOSEN, reason="空きが出たため")
    with pytest.raises(StoppedByState, match="9/10"):
        build_letters(issued.store, event_id=issued.event_id, kind="決定通知", now=LATER["now"])
    for state in list(LetterState)[1:]:
        put(issued, state, kind="変更通知", on=LATER["now"].date(), **LATER)
    said = said_by(build_letters(issued.store, event_id=issued.event_id, kind="決定通知", now=LATER["now"]))
    assert "令和8年9月17日" in said
