"""What is opened, copied or refused is recorded with how many people stand in it, and with what it was for."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.actions.action_context import ActionContext
from app.contributions import register_contributions
from app.documents.screens.copy_dialog import IssuedCopyDialog
from app.documents.screens.document_view import DocumentDialog
from app.documents.services import document_saving
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.event_day.checkouts import services as checkouts
from app.registers.register.screens.people_page import PeoplePage
from app.settings.access.services import read_month
from db.accesses.sessions import begin_recording, write_accesses
from db.files.storage_errors import RestrictedError
from db.records.documents import OutgoingPerson
from db.records.protection import Checkout
from db.rows import rows
from tests.support.doing import do
from tests.support.sample import BY, NOW, event_id
from tests.support.sample_desk import empty_screen, give_users, shown


@pytest.fixture
def recording(desk):
    register_contributions()
    give_users(desk.store)
    begin_recording(desk.store, pc="MADO-01", now=NOW)
    return desk


def lines(desk):
    write_accesses(desk.store)
    return read_month(desk.store, month=NOW.date().replace(day=1)).lines


def said(desk, act):
    return [(one.what, one.access.count, one.purpose, one.result) for one in lines(desk) if one.access.act == act]


def test_a_paper_in_sight_and_its_kept_copy_count_whom_they_name_and_say_what_it_was_saved_for(
    recording, qtbot, tmp_path
):
    about = event_id(recording.store, "講習会", 6)
    behind, scope = empty_screen(qtbot, recording), DocumentScope(event_id=about)
    dialog = shown(qtbot, DocumentDialog(behind, scope=scope, kind="受付名簿"), recording)
    context = ActionContext(recording.store, BY, NOW)
    paper = {"event_id": about, "kind": "受付名簿", "format": "pdf"}
    saved = document_saving.save_document(
        context, **paper, options=SaveOptions(path=tmp_path / "a.pdf", reason="会場の受付に置くため")
    )
    people = len(rows(recording.store.database, OutgoingPerson, outgoing_id=saved.id))
    assert people > 10
    assert shown(qtbot, IssuedCopyDialog(dialog, outgoing_id=saved.id), recording).isVisible()
    opened = dict(one[:2] for one in said(recording, "閲覧"))
    title = "　第6回 Instagram講習会（2回目）"
    assert {opened[f"受付名簿{title}"], opened[f"控え{title}"]} == {people}
    assert [one[1:] for one in said(recording, "出力")] == [(people, "会場の受付に置くため", "済")]
    given = {
        "event_id": about,
        "purpose": "受付用",
        "options": SaveOptions(path=tmp_path / "b.xlsx", reason="係の場所"),
    }
    checkouts.export_for_purpose(context, **given)
    with recording.store.change(action="持ち出した", by=BY, now=NOW, subject="takeouts") as change:
        change.insert(Checkout(contents="名簿", taken_at=NOW, taken_by=BY, purpose="会場の下見"))
    assert [one[2] for one in said(recording, "出力")] == ["会場の下見", "受付用", "会場の受付に置くため"]


def test_rows_copied_by_the_keyboard_are_an_output_and_a_refused_copy_is_a_refusal(recording, qtbot):
    page = shown(qtbot, PeoplePage(recording), recording)
    do(qtbot, recording, page.reload)
    page.table.choose(lambda _row: True)
    do(qtbot, recording, qtbot.keyClick, page.table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    ((what, count, *_rest),) = said(recording, "出力")
    assert ("コピー" in what, count) == (True, 1)
    recording.store.restriction = "reader"
    recording.store.read_only = True
    do(qtbot, recording, qtbot.keyClick, page.table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    with pytest.raises(RestrictedError), recording.store.change(action="", by=BY, now=NOW + timedelta(minutes=1)):
        pass
    recording.store.restriction = ""
    recording.store.read_only = False
    assert [one[3] for one in said(recording, "拒否")] == ["拒否"] * 2
