"""Every kind of paper of an event in every state it can stand in: made, marked on every page, or stopped
with a way on."""

import html
import io
import re
import tempfile
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pypdf
import pytest

from app.actions.user_error import UserError
from app.documents.event_phase import EventPhase, EventState
from app.documents.rules import NO_RESULT, state_effect
from app.documents.services import documents
from app.documents.services.document_kind import DOCUMENTS
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState, event_status_of, state_answer
from app.documents.services.kept_letters.kept_papers import kept_document
from app.event.services import event_cancellation, event_moves
from app.events.calls.services import calls
from app.events.dispatches.services import dispatch_requests
from app.history import services as history_services
from app.main_window.action_routes import route_to
from db.records.dispatches import DispatchRequest
from db.records.event_status import EventStatus
from db.records.events import Event, EventResult
from db.rows import by_id, row
from tests.support.cancelling import cancel_event
from tests.support.sample import BY, NOW, acting
from tests.support.world import World

WHO = {"by": BY, "now": NOW}
TODAY = NOW.date()
OF_AN_EVENT = tuple(one for one in DOCUMENTS if one.about == "実施回")
COMING = {"講習会": "L6", "派遣": "D3", "意見交換会": "E2"}
HELD = {"講習会": "L2", "派遣": "D1", "意見交換会": "E1"}
PHASES = [one for one in EventPhase if one is not EventPhase.WITHOUT_DAY]
"""An event that never had a day is as one that is planned."""
CASES = [
    (kind, word, (HELD if word in ("実施済", "結果未記録") else COMING)[kind])
    for kind in COMING
    for word in (
        *(one.value for one in PHASES if one is not EventPhase.WITHOUT_NEW_DAY),
        "延期",
        "日時の変更",
        "日程変更",
    )
    if kind == "派遣" or word not in ("取下げ", "不採択", "選定前")
]


def effect(paper, state):
    return state_effect(paper.event_role, state, names_no_place=paper.names_no_place)


@pytest.fixture(scope="module")
def world():
    with tempfile.TemporaryDirectory() as place:
        made = World(Path(place))
        yield made
        made.store.database.conn.close()


def decide(world, event_id, kind):
    calls.decide_change(
        acting(world.store), event_id=event_id, kind=kind, decided_at=NOW, decided_by="課長", reason="見本の都合"
    )


def bring_to(world, event_id, word):
    """Bring an event into a state by what a clerk does."""
    store = world.store
    if word in ("中止", "延期", "日時の変更", "会場未定"):
        decide(world, event_id, "会場の変更" if word == "会場未定" else word)
    elif word == "日程変更":
        decide(world, event_id, "日時の変更")
        day = by_id(store.database, Event, event_id).event_date + timedelta(days=7)
        event_moves.move_event(acting(store), event_id=event_id, new_date=day, reason="見本の都合")
    elif word in ("取下げ", "不採択", "選定前"):
        wish = row(store.database, DispatchRequest, event_id=event_id)
        if wish.handed_on is not None:
            dispatch_requests.note_form_handed_over(acting(store), wish_id=wish.id, on=None)
        dispatch_requests.decide_dispatch_request(
            acting(store), wish_id=wish.id, outcome="" if word == "選定前" else word, decided_on=TODAY, reason="都合"
        )
    elif word == "結果未記録":
        with store.change(action="結果を消した", **WHO) as change:
            change.delete(EventResult, row(store.database, EventResult, event_id=event_id).id)
            change.update(Event, event_id, status=EventStatus.PLANNED)


@contextmanager
def standing(world, event_id, word):
    """Hold an event in a state for a while; undo takes everything back, so that one store serves all."""
    since = world.store.database.execute("SELECT max(seq) FROM journal").fetchone()[0]
    bring_to(world, event_id, word)
    try:
        yield
    finally:
        with suppress(UserError):
            while True:
                history_services.undo(world.store, since=since, **WHO)


@pytest.mark.parametrize(("kind", "word", "name"), CASES)
def test_every_kind_meets_every_state_as_it_declares(world, kind, word, name):
    store, event_id = world.store, world.events[name]
    scope = DocumentScope(event_id=event_id)
    with standing(world, event_id, word):
        state = event_status_of(store, OF_AN_EVENT[0], DocumentScope(event_id=event_id), TODAY).state
        assert state.word == ("予定" if word == "日程変更" else word)
        shelf = read_library(store, event_id=event_id, today=TODAY)
        for paper in OF_AN_EVENT:
            answer = state_answer(paper, event_status_of(store, paper, scope, TODAY), TODAY)
            meeting = effect(paper, state)
            assert answer.is_stopped == (meeting == "停止" or answer.reissued), paper.kind
            listed = shelf.row(paper.kind)
            kept = kept_document(store, paper, scope, TODAY)
            if kept is not None and kept.kept.has_left:
                assert documents.build_document(store, event_id=event_id, kind=paper.kind, now=NOW) == kept
                assert listed.can_be_made
                assert (listed.state_answer.why, kept.state_mark) == ("", "")
            elif answer.is_stopped:
                assert route_to(answer.link).label, paper.kind
                with pytest.raises(StoppedByState, match=re.escape(answer.why[:10])):
                    documents.build_document(store, event_id=event_id, kind=paper.kind, now=NOW)
                assert listed is None or not listed.can_be_made
                assert listed is None or not listed.is_ready or listed.state == answer.short
            elif meeting == "印":
                assert answer.mark == (NO_RESULT if word == "結果未記録" else word)
                if listed is not None and listed.is_ready:
                    assert f"「{answer.mark}」" in listed.state
                    content = documents.build_document(store, event_id=event_id, kind=paper.kind, now=NOW)
                    assert content.state_mark == answer.mark
            else:
                assert answer.mark == ""


def test_the_table_in_the_docs_says_the_same(project_folder):
    text = (project_folder / "docs" / "papers.md").read_text(encoding="utf-8").partition("## How")[2]
    written = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    ]
    assert written[0] == ["paper", "is", *PHASES]
    declared = [
        [one.kind, one.event_role, *(effect(one, EventState(phase=phase)) for phase in PHASES)] for one in OF_AN_EVENT
    ]
    assert written[2:] == declared
    assert {one.event_role for one in DOCUMENTS if one.about != "実施回"} == {"回によらない"}
    assert {one.event_role for one in OF_AN_EVENT} & {"回によらない"} == set()


LARGE = 14.0


def marks_of(data):
    """For every page the texts in large type with where they stand, in millimetres from the left and the top."""
    found = []
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        seen = []
        height = float(page.mediabox.height)

        def visit(text, _cm, tm, _font, size, seen=seen, height=height):
            if text.strip():
                seen.append((text.strip(), size, tm[4] * 25.4 / 72, (height - tm[5]) * 25.4 / 72))

        page.extract_text(visitor_text=visit)
        found.append(seen)
    return found


def heads_of(data):
    """The head in print of every sheet of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    return [html.unescape(re.search(r"<oddHeader>(.*?)</oddHeader>", one, re.DOTALL)[1]) for one in sheets]


@pytest.mark.parametrize(("word", "name"), [("中止", "L6"), ("延期", "E2"), ("取下げ", "D3")])
def test_the_state_stands_large_on_every_page_and_sheet_inside_the_margins(world, word, name):
    event_id = world.events[name]
    with standing(world, event_id, word):
        shelf = read_library(world.store, event_id=event_id, today=TODAY)
        marked = [one.kind for one in shelf.rows if one.is_ready and one.state_answer.mark and one.can_be_made]
        assert len(marked) >= 3
        for kind in marked:
            content = documents.build_document(world.store, event_id=event_id, kind=kind, now=NOW)
            for page in marks_of(documents.render(content, format="pdf").data):
                stands = [
                    (x, y)
                    for text, size, x, y in page
                    if word in text and size >= (11 if content.look == "card" else LARGE)
                ]
                assert stands, kind
                assert all(x >= 10 and y >= 10 for x, y in stands), (kind, stands)
            if "xlsx" in next(one.formats for one in DOCUMENTS if one.kind == kind):
                data = documents.render(content, format="xlsx").data
                heads = heads_of(data)
                assert len(heads) == len(openpyxl.load_workbook(io.BytesIO(data)).worksheets)
                assert all(re.search(rf'&16&"[^"]+"&B{word}', head) for head in heads), (kind, heads)
                for sheet in openpyxl.load_workbook(io.BytesIO(data)):
                    first = next(cell for row in sheet.iter_rows(max_row=1) for cell in row if cell.value)
                    assert (first.value, first.font.sz, first.font.b) == (f"【{word}】", 16, True)


def test_without_a_state_nothing_is_marked_and_a_moved_event_prints_its_new_day(world):
    event_id = world.events["E2"]
    with standing(world, event_id, "日程変更"):
        day = by_id(world.store.database, Event, event_id).event_date
        content = documents.build_document(world.store, event_id=event_id, kind="募集チラシ", now=NOW)
        assert content.state_mark == ""
        text = "".join(
            page.extract_text()
            for page in pypdf.PdfReader(io.BytesIO(documents.render(content, format="pdf").data)).pages
        )
        assert f"{day.month}月{day.day}日" in re.sub(r"\s", "", text)


def test_a_day_that_is_over_has_no_result_yet_and_a_request_of_another_event_takes_nothing_away(world):
    store, event_id = world.store, world.events["L6"]
    report = next(one for one in OF_AN_EVENT if one.kind == "実施報告書")
    later = by_id(store.database, Event, event_id).event_date + timedelta(days=1)
    stands = event_status_of(store, report, DocumentScope(event_id=event_id), later)
    assert (stands.state.word, state_answer(report, stands, later).mark) == ("結果未記録", NO_RESULT)
    other = world.events["D1"]
    wish = row(store.database, DispatchRequest, event_id=other)
    with standing(world, other, "予定"):
        with store.change(action="もう1枚の希望票", **WHO) as change:
            change.insert(replace(wish, id=0, event_id=None, outcome="不採択", decided_on=TODAY))
        assert event_status_of(store, report, DocumentScope(event_id=other), TODAY).state.word == "実施済"


def test_what_is_held_without_numbers_is_marked_where_they_are_needed(world):
    event_id, report = world.events["L2"], next(one for one in OF_AN_EVENT if one.kind == "実施報告書")
    with standing(world, event_id, "実施済"):
        with world.store.change(action="人数を消した", **WHO) as change:
            result = row(world.store.database, EventResult, event_id=event_id)
            change.update(EventResult, result.id, attended=None)
        stands = event_status_of(world.store, report, DocumentScope(event_id=event_id), TODAY)
        assert (stands.state.word, state_answer(report, stands, TODAY).mark) == ("実施済", NO_RESULT)


def test_while_a_place_is_missing_what_asks_for_one_is_made_and_what_was_revoked_stops_nothing(world):
    store, event_id = world.store, world.events["L7"]
    with standing(world, event_id, "会場未定"):
        with pytest.raises(StoppedByState, match="新しい会場がまだ入っていません"):
            documents.build_document(store, event_id=event_id, kind="募集チラシ", now=NOW)
        assert documents.build_document(store, event_id=event_id, kind="会場使用・減免申請書", now=NOW).state_mark == ""
    with standing(world, event_id, "予定"):
        cancel_event(store, event_id=event_id, reason="大雪", **WHO)
        event_cancellation.restore_event(acting(store), event_id=event_id)
        assert documents.build_document(store, event_id=event_id, kind="募集チラシ", now=NOW)


def test_a_decision_says_when_it_was_made(world):
    event_id = world.events["L6"]
    with standing(world, event_id, "中止"):
        with pytest.raises(StoppedByState) as stopped:
            documents.build_document(world.store, event_id=event_id, kind="開催通知", now=NOW)
        assert stopped.value.happened.startswith("この回は中止です（12/1(火)から）。")
        assert (stopped.value.way.action, stopped.value.way.kind) == ("中止・変更の通知", "中止通知")
