"""A paper that its event stops, in the window: why, where to go on, and made with a reason from the same place."""

import pytest

from app.actions.action_context import ActionContext
from app.documents.screens.letter_panel import LetterPanel
from app.documents.screens.stop_override import GO_ON
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.events.calls.services import calls
from app.events.letters.parts import PAPER
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.year_end.document_library.screens import DocumentsTab
from db.records.calls import DecisionKind
from db.records.documents import Letter
from db.rows import row
from tests.support.doing import do
from tests.support.sample import BY, NOW, event_id
from tests.support.sample_desk import dialog_over, shown
from tests.support.waiting import press

KIND = "開催通知"
REASON = "団体の求めで写しを作り直す"


@pytest.fixture
def cancelled(desk):
    found = event_id(desk.store, "講習会", 6)
    calls.decide_change(
        ActionContext(desk.store, BY, NOW),
        event_id=found,
        kind=DecisionKind.CANCELLATION,
        decided_at=NOW,
        decided_by="課長",
        reason="大雪のため",
    )
    return found


def write_reason(qtbot, desk, over) -> None:
    dialog = dialog_over(over, ReasonDialog)
    dialog.form.set_values({"reason": REASON})
    press(qtbot, desk, dialog.main)


def test_a_stopped_paper_says_why_leads_on_and_is_made_with_a_reason(qtbot, desk, cancelled):
    screen = shown(qtbot, DocumentsTab(desk), desk, width=1366, height=720, event_id=cancelled, kind=KIND)
    paper = screen.paper

    assert paper.none.isVisible()
    assert "この回は中止です（12/1(火)から）。開催通知は作成しません" in paper.none.words()
    assert not paper.pdf_button.isVisible()
    went = []
    desk.navigation_requested.connect(lambda place, given: went.append((place, dict(given))))
    press(qtbot, desk, paper.none.first_button())
    assert went == [("event", {"event_id": cancelled, "tab": "書類", "kind": "中止通知"})]

    other = paper.none._other
    assert other.text() == GO_ON
    press(qtbot, desk, other)
    write_reason(qtbot, desk, screen)
    do(qtbot, desk, screen.reload)
    assert paper.content is not None
    assert (paper.content.state_mark, paper.content.passed_reason) == ("中止", REASON)
    assert paper.pdf_button.isVisible()
    assert "全ページに「中止」と入ります" in paper.note.text()


def test_the_shelf_marks_what_is_stopped_and_what_bears_the_state(qtbot, desk, cancelled):
    screen = shown(qtbot, DocumentsTab(desk), desk, width=1366, height=720, event_id=cancelled, kind="受付名簿")
    assert screen.paper.content.state_mark == "中止"
    rows = {one.kind: one for one in read_library(desk.store, event_id=cancelled, today=NOW.date()).rows}
    assert (rows[KIND].can_be_made, rows["受付名簿"].can_be_made, rows["中止通知"].can_be_made) == (False, True, True)
    assert "「中止」の印が入ります" in rows["受付名簿"].state


def test_a_letter_that_is_stopped_is_issued_with_a_reason_from_its_own_frame(qtbot, desk, cancelled):
    store = desk.store
    kept = row(store.database, Letter, event_id=cancelled, document_kind="開催通知")
    with store.change(action="用意", by=BY, now=NOW) as change:
        if kept is not None:
            change.delete(Letter, kept.id)
        change.insert(
            Letter(
                event_id=cancelled,
                document_kind="開催通知",
                form="公文書",
                state="決裁済",
                decided_on=NOW.date(),
                document_number="8練地協第9号",
            )
        )
    scope = DocumentScope(event_id=cancelled)
    panel = LetterPanel(desk)
    panel.show_letter(scope, read_library(store, event_id=cancelled, today=NOW.date()).row("開催通知"))
    shown(qtbot, panel, desk, width=400, height=700)
    panel.form.set_values({"issued_on": NOW.date()})
    press(qtbot, desk, panel.next)
    write_reason(qtbot, desk, panel)
    issued = row(store.database, Letter, event_id=cancelled, document_kind="開催通知")
    assert (issued.state, issued.issued_on) == ("施行", NOW.date())


def test_who_only_reads_is_told_and_offered_no_way_past(qtbot, desk, cancelled):
    desk.set_read_only(True)
    screen = shown(qtbot, DocumentsTab(desk), desk, width=911, height=512, event_id=cancelled, kind=KIND)
    do(qtbot, desk, screen.parts.show_part, PAPER)
    assert "この回は中止です" in screen.paper.none.words()
    assert screen.paper.none._other.isHidden()
