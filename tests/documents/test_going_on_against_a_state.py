"""Nobody is trapped by the state of an event: why, where to go, a reason that is kept and printed, and 控え in every
state."""

import io
from datetime import date, timedelta

import pypdf
import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_saving, document_states, documents, issued_copies
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState
from app.documents.services.file_saving import SaveOptions
from app.documents.services.issued_copies import OVERRIDE_REASON_KEY, open_copy
from app.event.services import event_cancellation, event_moves
from app.event_day.day.services import day_pack
from app.event_day.day.services.day_pack import PackChoice
from app.events.calls.services import calls
from app.events.letters.services import letter_page
from app.main_window.action_routes import route_to
from app.year_end.document_library.services import read_event_documents
from db.records.calls import DecisionKind
from db.records.documents import Letter, LetterForm, LetterState, PrintUse
from db.records.event_form import EventForm
from db.records.events import Event
from db.rows import by_id, row
from db.tables import journal
from tests.support.sample import BY, NOW, acting

WHO = {"by": BY, "now": NOW}
KIND = "開催通知"
DECISION = "決定通知"
REASON = "判断の前に出したものの写しを、団体の求めで作り直す"


@pytest.fixture
def coming(world):
    return world.events["L6"]


def cancel(world, event_id):
    calls.decide_change(
        acting(world.store),
        event_id=event_id,
        kind=DecisionKind.CANCELLATION,
        decided_at=NOW,
        decided_by="課長",
        reason="大雪のため",
    )


def build(world, event_id, kind=KIND):
    return documents.build_document(world.store, event_id=event_id, kind=kind, now=NOW)


def pages_of(content):
    reader = pypdf.PdfReader(io.BytesIO(documents.render(content, format="pdf").data))
    return ["".join(page.extract_text().split()) for page in reader.pages]


def go_on(world, event_id, kind=KIND, reason=REASON):
    return document_states.override_stop(
        acting(world.store), scope=DocumentScope(event_id=event_id), kind=kind, reason=reason
    )


def test_a_reason_makes_the_paper_all_the_same_and_stands_on_every_page_in_the_log_and_in_the_journal(
    world, coming, tmp_path
):
    cancel(world, coming)
    with pytest.raises(StoppedByState, match="帳票の画面で理由を書くと"):
        build(world, coming)
    with pytest.raises(UserError, match="理由が書かれていません"):
        go_on(world, coming, reason="　")
    go_on(world, coming)

    content = build(world, coming)
    assert (content.state_mark, content.passed_reason) == ("中止", REASON)
    assert all("中止" in page and REASON in page for page in pages_of(content))
    one = letter_page.build_letters(world.store, event_id=coming, kind=KIND, now=NOW)
    assert one.passed_reason == REASON, "letters chosen one by one ask the same rule"
    drawn = documents.render(content, format="pdf")
    document_saving.save_document(
        acting(world.store),
        event_id=coming,
        kind=KIND,
        format="pdf",
        options=SaveOptions(path=tmp_path / "決定通知.pdf", reason="窓口で渡す"),
        rendered=drawn,
    )
    (left, *_) = document_saving.list_outgoing(world.store, event_id=coming)
    assert left.detail[OVERRIDE_REASON_KEY] == REASON
    assert any(REASON in entry.action for entry in journal.entries(world.store.database, event_id=coming))
    listed = read_library(world.store, event_id=coming, today=NOW.date()).row(KIND)
    assert (listed.can_be_made, REASON in listed.state) == (True, True)
    # It holds for this kind as long as the event stands so, and for nothing else.
    for kind in ("参加申込書", "募集チラシ"):
        with pytest.raises(StoppedByState):
            build(world, coming, kind)
    event_cancellation.restore_event(acting(world.store), event_id=coming)
    assert build(world, coming).passed_reason == ""
    with pytest.raises(UserError, match="止まっていません"):
        go_on(world, coming)
    # Cancelled once more it stands so anew: what was written the time before says nothing of that.
    calls.decide_change(
        ActionContext(world.store, BY, NOW + timedelta(days=2)),
        event_id=coming,
        kind=DecisionKind.CANCELLATION,
        decided_at=NOW + timedelta(days=2),
        decided_by="課長",
        reason="講師の急病のため",
    )
    with pytest.raises(StoppedByState):
        documents.build_document(world.store, event_id=coming, kind=KIND, now=NOW + timedelta(days=2))


def test_the_reasons_of_an_event_are_read_once_for_its_whole_shelf(world, coming):
    cancel(world, coming)
    go_on(world, coming)
    asked = []
    world.store.database.conn.set_trace_callback(asked.append)
    shelf = read_library(world.store, event_id=coming, today=NOW.date())
    world.store.database.conn.set_trace_callback(None)
    assert sum(one.state_answer.is_stopped for one in shelf.rows) > 10
    assert sum("[paper_texts]" in one for one in asked) == 1


def test_every_way_asks_the_same_rule(world, coming):
    cancel(world, coming)
    for make in (
        lambda: documents.build_document(world.store, event_id=coming, kind=KIND, now=NOW),
        lambda: documents.document_mail_text(world.store, event_id=coming, kind=KIND, now=NOW),
        lambda: letter_page.build_letters(world.store, event_id=coming, kind=KIND, now=NOW),
        lambda: letter_page.build_each(world.store, event_id=coming, kind=KIND, now=NOW),
    ):
        with pytest.raises(StoppedByState) as stopped:
            make()
        assert (stopped.value.way.action, stopped.value.way.kind) == ("中止・変更の通知", "中止通知")
    place = route_to(stopped.value.way)
    assert (place.screen_name, dict(place.arguments)) == (
        "event",
        {"event_id": coming, "tab": "書類", "kind": "中止通知"},
    )
    assert read_event_documents(world.store, event_id=coming, now=NOW).page.row.can_be_made, (
        "what can be made is shown first"
    )


def issue(world, event_id, day):
    document_saving.set_letter_state(
        acting(world.store),
        event_id=event_id,
        kind=DECISION,
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=day,
        document_number="8練地協第1号",
        issued_on=day,
    )


def test_a_letter_issued_before_the_decision_is_written_down_later_and_one_issued_after_it_needs_a_reason(world):
    event_id = world.events["L7"]
    with world.store.change(action="会場を消した", by=BY, now=NOW) as change:
        change.update(Event, event_id, venue="")
    cancel(world, event_id)
    with pytest.raises(StoppedByState, match="この回は中止です"):
        issue(world, event_id, NOW.date())
    before = NOW.date() - timedelta(days=4)
    with pytest.raises(UserError) as other:
        issue(world, event_id, before)
    assert not isinstance(other.value, StoppedByState), "what else a letter lacks is another rule"
    go_on(world, event_id, DECISION)
    with pytest.raises(UserError) as other:
        issue(world, event_id, NOW.date())
    assert not isinstance(other.value, StoppedByState)


def test_what_was_issued_is_read_saved_and_printed_again_whatever_became_of_the_event(world, coming, tmp_path):
    drawn = documents.render(build(world, coming), format="pdf")
    saved = document_saving.save_document(
        acting(world.store),
        event_id=coming,
        kind=KIND,
        format="pdf",
        options=SaveOptions(path=tmp_path / "前.pdf", reason="郵送"),
        rendered=drawn,
    )
    cancel(world, coming)
    kept = open_copy(world.store, outgoing_id=saved.id)
    assert (kept.data, kept.agrees) == (drawn.data, True)
    issued_copies.save_copy(
        acting(world.store), outgoing_id=saved.id, options=SaveOptions(path=tmp_path / "後.pdf", reason="控え")
    )
    assert (tmp_path / "後.pdf").read_bytes() == drawn.data
    said = issued_copies.note_copy_print(
        acting(world.store), outgoing_id=saved.id, copies=2, pages=drawn.pages, use=PrintUse.COPY, how="白黒・両面"
    )
    newest = document_saving.list_outgoing(world.store, event_id=coming)[0]
    assert (said.id, newest.way, newest.copies, newest.print_use) == (newest.id, "印刷", 2, "控え用")
    assert newest.detail == {"もとの控え": str(saved.id), "印刷": "白黒・両面"}
    assert open_copy(world.store, outgoing_id=newest.id).data == drawn.data


def issued_one(world):
    """The event of the sample whose 決定通知 is 施行, with what it was issued with."""
    for name in ("L6", "L5", "L4", "L2"):
        letter = row(world.store.database, Letter, event_id=world.events[name], document_kind=DECISION)
        if (
            letter is not None
            and letter.state == "施行"
            and by_id(world.store.database, Event, letter.event_id).status == "予定"
        ):
            return letter
    raise LookupError


def test_an_issued_letter_stays_as_it_left_and_the_change_has_a_letter_of_its_own(world):
    event_id = issued_one(world).event_id
    day = by_id(world.store.database, Event, event_id).event_date
    moved = day + timedelta(days=7)
    left = pages_of(build(world, event_id, DECISION))
    event_moves.move_event(acting(world.store), event_id=event_id, new_date=moved, reason="会場の都合")
    # Who decided is written down afterwards: what people have in mind stays what the letter told.
    calls.decide_change(
        acting(world.store),
        event_id=event_id,
        kind=DecisionKind.NEW_TIME,
        decided_at=NOW,
        decided_by="課長",
        reason="会場の都合のため",
    )
    assert pages_of(build(world, event_id, DECISION)) == left
    changed = "".join(pages_of(build(world, event_id, "変更通知")))
    assert f"{day.month}月{day.day}日" in changed
    assert f"{moved.month}月{moved.day}日" in changed
    assert f"{moved.month}月{moved.day}日" in "".join(pages_of(build(world, event_id, "募集チラシ"))), (
        "a flyer prints the new day"
    )
    # Its 施行 taken back, it is what was decided, and stops as people know that day.
    document_saving.withdraw_issue(
        acting(world.store), scope=DocumentScope(event_id=event_id), kind=DECISION, reason="出し直す"
    )
    with pytest.raises(StoppedByState, match="変わったことは、変更通知で知らせます"):
        build(world, event_id, DECISION)
    scope = DocumentScope(event_id=event_id)
    document_states.override_stop(acting(world.store), scope=scope, kind=DECISION, reason="出し直す")
    assert f"{moved.month}月{moved.day}日" not in "".join(pages_of(build(world, event_id, DECISION)))
    document_saving.set_letter_state(acting(world.store), event_id=event_id, kind=DECISION, form=LetterForm.FORMAL)
    assert f"{moved.month}月{moved.day}日" in "".join(pages_of(build(world, event_id, DECISION)))


def test_one_paper_of_the_day_that_cannot_be_made_leaves_the_others_of_the_set(world, coming):
    choices = (PackChoice(kind="実施確認票"), PackChoice(kind="班札"))
    contents = day_pack.build_pack(world.store, event_id=coming, choices=choices, now=NOW)
    assert [content.kind for content, _ in contents.items] == ["実施確認票"]
    drawn = day_pack.draw_pack(contents)
    assert "班札は入っていません" in drawn.open_words
    with pytest.raises(UserError):
        day_pack.build_pack(world.store, event_id=coming, choices=choices[1:], now=NOW)
    cancel(world, coming)
    view = day_pack.read_pack(world.store, event_id=coming, now=NOW)
    handed = ("当日のしおり", "当日のしおり（拡大版）")
    assert all("「中止」の印" in one.state for one in view.rows if one.is_ready and one.kind not in handed)
    assert {one.mark for one in view.rows if one.kind in handed} == {"中止のため作成しません"}


def test_an_event_without_a_day_is_put_off_like_any_other(world):
    with world.store.change(action="日のない回", **WHO) as change:
        made = change.insert(Event(kind="講習会", form=EventForm.LECTURE, subject="見本の講習会"))
    calls.decide_change(
        acting(world.store),
        event_id=made,
        kind=DecisionKind.POSTPONEMENT,
        decided_at=NOW,
        decided_by="課長",
        reason="会場の都合のため",
    )
    with pytest.raises(StoppedByState, match="この回は延期です"):
        build(world, made, "募集チラシ")
    event_moves.move_event(
        acting(world.store), event_id=made, new_date=date(2026, 12, 22), reason="会場が決まった", nature="協議で足りる"
    )
    assert build(world, made, "募集チラシ").state_mark == ""
