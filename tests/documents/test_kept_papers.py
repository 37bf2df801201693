"""What left is its kept copy: a 公文書 is fixed at 起案, filled at 施行, and asked again it is what left."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pypdf
import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.contributions import register_contributions
from app.documents.services import document_saving, letter_corrections, notification
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document, render
from app.documents.services.issued_copies import open_copy
from app.event.services.event_moves import move_event
from app.events.letters.services.letter_page import build_each, build_letters, read_letters
from app.events.roster.services.entry_changes import set_state
from app.history.services import history_lines
from db.records.documents import DifferenceAnswer, KeptPaper, LetterForm, LetterState, Outgoing, OutgoingWay
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, EntryState
from db.rows import by_id, rows
from db.tables import journal
from tests.support.letter_people import LONG, Letters
from tests.support.paper_words import said_by
from tests.support.years import BY, NOW

WHO: dict[str, Any] = {"by": BY, "now": NOW}
LATER: dict[str, Any] = {"by": BY, "now": NOW + timedelta(days=2)}
DAY = NOW.date()


@pytest.fixture
def people(tmp_path):
    register_contributions()
    found = Letters(tmp_path / "data")
    yield found
    found.close()


def put(people: Letters, state: LetterState, *, kind: str = "決定通知", on: date = DAY, **who: Any) -> None:
    reached = list(LetterState).index(state)
    document_saving.set_letter_state(
        ActionContext(people.store, **(who or WHO)),
        event_id=people.event_id,
        kind=kind,
        form=LetterForm.FORMAL,
        state=state,
        decided_on=on if reached >= 2 else None,
        document_number="391" if reached >= 2 else "",
        issued_on=on if reached >= 3 else None,
    )


def put_all(people: Letters, kind: str = "決定通知") -> None:
    for state in list(LetterState)[1:]:
        put(people, state, kind=kind)


def pdf(people: Letters, kind: str = "決定通知", **given: Any) -> bytes:
    content = build_letters(people.store, event_id=people.event_id, kind=kind, now=LATER["now"], **given)
    return render(content, format="pdf").data


def rename(people: Letters) -> str:
    """Correct the name of somebody of the letter; return the name before."""
    entry = by_id(people.store.database, Entry, people.entries[0])
    person = by_id(people.store.database, Person, entry.person_id)
    with people.store.change(action="氏名を直した", **LATER) as change:
        change.update(Person, person.id, name="濱田 直")
        change.update(Organisation, entry.organisation_id, name="改名町会")
    return person.name


def test_it_is_fixed_when_put_up_and_free_again_when_taken_back(people):
    def words():
        return said_by(build_letters(people.store, event_id=people.event_id, kind="決定通知", now=LATER["now"]))

    put(people, LetterState.IN_APPROVAL)
    drafted, drafting = words(), said_by(document(people, "起案資料"))
    before = rename(people)
    set_state(ActionContext(people.store, **LATER), entry_id=people.entries[1], state=EntryState.WITHDRAWN)
    assert before in drafted
    assert words() == drafted
    assert said_by(document(people, "起案資料")) == drafting
    put(people, LetterState.DRAFT)
    assert "濱田 直" in words()
    assert before not in words()


def document(people: Letters, kind: str):
    return build_document(people.store, event_id=people.event_id, kind=kind, now=LATER["now"])


def test_what_left_is_the_same_to_the_byte_whatever_the_records_say_later(people, tmp_path):
    put_all(people)
    scope = DocumentScope(event_id=people.event_id)
    left, one = pdf(people), build_letters(people.store, event_id=people.event_id, kind="決定通知", now=LATER["now"])
    assert one.kept is not None
    assert one.kept.words == "出した時の写し"
    keys = [each.addressee for each in rows(people.store.database, KeptPaper, document_kind="決定通知")]
    alone = pdf(people, chosen=keys[:1])
    rename(people)
    set_state(ActionContext(people.store, **LATER), entry_id=people.entries[1], state=EntryState.WITHDRAWN)
    move_event(
        ActionContext(people.store, **LATER), event_id=people.event_id, new_date=date(2026, 10, 20), reason="会場の都合"
    )
    assert pdf(people) == left
    assert pdf(people, chosen=keys[:1]) == alone
    assert "391" in said_by(build_letters(people.store, event_id=people.event_id, kind="決定通知", now=NOW))
    (row,) = rows(people.store.database, Outgoing, way=OutgoingWay.ISSUE)
    copy = open_copy(people.store, outgoing_id=row.id)
    assert copy.agrees
    assert len(row.kept_papers) == len(keys)
    shelf = read_library(people.store, scope=scope, today=LATER["now"].date())
    assert shelf.row("決定通知").can_be_made
    assert not shelf.row("決定通知").state_answer.why
    document_saving.save_document(
        ActionContext(people.store, **LATER),
        event_id=people.event_id,
        kind="決定通知",
        format="pdf",
        path=tmp_path / "写し.pdf",
        reason="再送",
    )
    again = rows(people.store.database, Outgoing, document_kind="決定通知", order="id")[-1]
    assert (again.facts, again.kept_papers) == (row.facts, row.kept_papers), "a copy says what left"
    page = read_letters(people.store, event_id=people.event_id, kind="決定通知", now=LATER["now"])
    assert [each.key for each in page.addressees] == keys
    assert "改名町会" not in "".join(each.full_name for each in page.addressees)
    each = build_each(people.store, event_id=people.event_id, kind="決定通知", now=LATER["now"])
    assert [one.file_stem.rpartition("-")[2] for one in each] == [LONG]
    with pytest.raises(UserError, match="宛先が1件も選ばれていません"):
        build_letters(people.store, event_id=people.event_id, kind="決定通知", now=LATER["now"], chosen=())


def test_an_issue_is_told_and_another_way_may_still_be_recorded(people):
    put_all(people)

    def told():
        view = notification.read_outgoing_view(people.store, event_id=people.event_id)
        return [(one.status, one.notification.told_how) for one in view.lines if one.document_kind == "決定通知"]

    assert told() == [("通知済", "施行（郵送）")]
    notification.notify(
        ActionContext(people.store, **WHO),
        event_id=people.event_id,
        key="決定通知",
        told_to="申込団体",
        told_how="手渡し",
    )
    assert told() == [("通知済", "手渡し")]


def test_an_issue_cannot_be_undone_and_is_taken_back_with_a_reason(people):
    put_all(people)
    (row,) = rows(people.store.database, Outgoing, way=OutgoingWay.ISSUE)
    newest = journal.entries(people.store.database)[:1]
    assert [one.outgoing_id for one in history_lines(people.store, newest)] == [row.id], "履歴 opens what left"
    with pytest.raises(UserError):
        undo_last(people)
    scope = DocumentScope(event_id=people.event_id)
    document_saving.withdraw_issue(
        ActionContext(people.store, **LATER), scope=scope, kind="決定通知", reason="施行日の誤り"
    )
    view = notification.read_outgoing_view(people.store, event_id=people.event_id)
    assert [one.status for one in view.lines if one.document_kind == "決定通知"] == ["未作成"]
    rename(people)
    content = build_letters(people.store, event_id=people.event_id, kind="決定通知", now=LATER["now"])
    assert content.kept is not None
    assert content.kept.words == "決裁した内容"
    assert "改名町会" not in said_by(content)


def undo_last(people: Letters) -> None:
    from app.history.services import undo

    undo(people.store, **LATER)


def page_of(people: Letters, kind: str = "決定通知"):
    return read_letters(people.store, event_id=people.event_id, kind=kind, now=LATER["now"])


def answer(people: Letters, part: str, given: DifferenceAnswer, **more: Any):
    (one,) = [one for one in page_of(people).differences if one.part == part]
    return letter_corrections.answer_difference(
        ActionContext(people.store, **LATER),
        scope=DocumentScope(event_id=people.event_id),
        kind="決定通知",
        difference=one.key,
        answer=given,
        **more,
    )


def test_what_it_says_otherwise_is_told_in_words_and_answered_once(people):
    put_all(people)
    assert page_of(people).differences == ()
    before = rename(people)
    move_event(
        ActionContext(people.store, **LATER), event_id=people.event_id, new_date=date(2026, 10, 20), reason="会場の都合"
    )
    found = {one.part: one for one in page_of(people).differences}
    assert list(found) == ["宛先", "日時", "参加される方", "欠席・代理出席"]
    assert (found["参加される方"].before, found["参加される方"].after) == (
        f"{before}　様（会長）",
        "濱田 直　様（会長）",
    )
    assert found["日時"].words.startswith("日時：令和8年9月10日（木）")
    with pytest.raises(UserError, match="理由"):
        answer(people, "日時", DifferenceAnswer.NOT_TO_TELL)
    answer(people, "日時", DifferenceAnswer.TOLD, told_on=DAY, told_how="電話", told_to="会長")
    assert [one.part for one in page_of(people).differences] == ["宛先", "参加される方", "欠席・代理出席"]
    move_event(
        ActionContext(people.store, **LATER), event_id=people.event_id, new_date=date(2026, 10, 21), reason="会場の都合"
    )
    assert "日時" in [one.part for one in page_of(people).differences], "what went further is asked again"


def test_a_wrong_name_is_put_right_under_the_same_number_and_the_wrong_letter_stays(people):
    put_all(people)
    first, before = pdf(people), rename(people)
    answer(people, "参加される方", DifferenceAnswer.WRONG, told_on=DAY, told_how="差替え", told_to="課長")
    content = build_letters(people.store, event_id=people.event_id, kind="決定通知", now=LATER["now"])
    assert "濱田 直　様（会長）" in said_by(content)
    assert "391" in said_by(content)
    assert "改名町会" not in said_by(content), "the other difference has not been answered"
    issues = rows(people.store.database, Outgoing, way=OutgoingWay.ISSUE)
    assert open_copy(people.store, outgoing_id=issues[0].id).data == first
    sent = open_copy(people.store, outgoing_id=issues[1].id)
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sent.data)).pages)
    assert "差替えについて" in words
    assert before.split()[-1] in words
    assert "参加される方" not in [one.part for one in page_of(people).differences]


def test_what_changed_before_the_issue_needs_a_new_draft_or_the_consent_of_who_decides(people):
    put(people, LetterState.IN_APPROVAL)
    rename(people)
    with pytest.raises(UserError, match="起案したあとに、つぎのことが変わりました。宛先"):
        put(people, LetterState.APPROVED)
    scope = DocumentScope(event_id=people.event_id)
    who = ActionContext(people.store, **LATER)
    with pytest.raises(UserError, match="了承"):
        letter_corrections.agree_to_changes(who, scope=scope, kind="決定通知", agreed_on=None, agreed_by="課長")
    letter_corrections.agree_to_changes(who, scope=scope, kind="決定通知", agreed_on=DAY, agreed_by="課長")
    put(people, LetterState.APPROVED)
    put(people, LetterState.ISSUED)
    content = build_letters(people.store, event_id=people.event_id, kind="決定通知", now=LATER["now"])
    assert "改名町会" in said_by(content)
    assert page_of(people).differences == ()
