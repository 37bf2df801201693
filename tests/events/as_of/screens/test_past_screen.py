"""その日の状態 on the screen: from 履歴 to a moment, step by step, by typing, by the list, on paper, and
back to now."""

from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.actions.action_context import ActionContext
from app.documents.screens.document_view import DocumentDialog
from app.events.as_of.documents import AS_OF
from app.events.as_of.screens import AsOfScreen
from app.home.changes.screens import ChangesScreen
from app.registers.register.services.organisations import create_organisation
from db.backups import as_of
from db.records.organisations import Organisation
from tests.support.doing import do
from tests.support.dressing import dress
from tests.support.paper_words import said_by
from tests.support.sample import event_id
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.waiting import press, wait_idle


@pytest.fixture
def desk(tmp_path, qapp):
    dress(qapp)
    with session(tmp_path) as made:
        made.gone = []
        made.navigation_requested.connect(lambda place, arguments: made.gone.append((place, arguments)))
        made.return_requested.connect(lambda place, arguments, _anywhere: made.gone.append((place, arguments)))
        yield made


def type_moment(qtbot, screen, text: str) -> None:
    screen.band.field.setText(text)
    do(qtbot, screen.app_context, screen.band.field.returnPressed.emit)


def test_a_clerk_goes_through_the_past_of_an_event_and_back(desk, qtbot):
    number = event_id(desk.store, "講習会", 8)
    changes = shown(qtbot, ChangesScreen(desk), desk, event_id=number)
    assert changes.table.choose(lambda row: "中止の判断" in row.words)
    wait_idle(qtbot, desk)
    line = changes.table.current()
    changes.detail.past.click()
    assert desk.gone[-1] == ("past", {"event_id": number, "seq": line.seq})

    changes.past.click()
    assert desk.gone[-1] == ("past", {"event_id": number})

    before = as_of.journal_headers(desk.store.database)[-1].seq
    screen = shown(qtbot, AsOfScreen(desk), desk, width=1366, event_id=number, seq=line.seq)
    assert screen.band.moment.text() == "令和8年11月30日（月） 16:20 時点"
    assert screen.state.text() == "中止"
    press(qtbot, desk, screen.band.earlier)
    assert screen.state.text().endswith("→ 今 中止")
    heads = [screen.dues.model.headerData(place, Qt.Orientation.Horizontal) for place in range(6)]
    assert heads[4:] == ["11/27(金) 11:20", "今　12/1(火) 9:05"]
    report = next(one for one in screen.view.deadlines if one.label == "実施報告書の提出")
    assert report.then.text.startswith("あと44日")
    assert report.is_changed

    # The list behind leads to each of the later steps, the typed day to its last.
    screen.changes.choose(lambda one: "会場の予約" in one.action)
    do(qtbot, desk, lambda: screen.changes.opened.emit(screen.changes.current()))
    assert screen.view.moment == datetime(2026, 11, 30, 16, 30)
    assert [one.action for one in screen.view.changes] == ["中止通知の扱いを公文書（起案中）に"]
    type_moment(qtbot, screen, "11/27 午前9時48分")
    assert screen.band.moment.text() == "令和8年11月27日（金） 9:48 時点"
    type_moment(qtbot, screen, "きのう")
    assert "日付として読めません" in screen.band.problem.text()
    type_moment(qtbot, screen, "12/24")
    assert "まだ先の日" in screen.band.problem.text()
    # The longest moment stands whole in its field: with the cursor behind it, its first letter is in sight.
    screen.band.field.setText("12/28(月) 23:59")
    screen.band.field.grab()
    assert screen.band.field.cursorPositionAt(QPoint(10, 12)) == 0
    assert screen.view.moment == datetime(2026, 11, 27, 9, 48, 59, 999999)
    type_moment(qtbot, screen, "4/20")
    assert "組み立てられません" in screen.early.words()

    # No button writes, and nothing was written; the whole roster stands on request.
    type_moment(qtbot, screen, "11/30 16:00")
    assert screen.people.model.rowCount() == 0
    screen.whole.click()
    assert screen.people.model.rowCount() == 16
    verbs = {
        one.accessibleName() for one in screen.findChildren(QAbstractButton) if one.isVisible() and one.accessibleName()
    }
    assert verbs == {
        "前の変更",
        "つぎの変更",
        "この時点の状態を印刷",
        "今に戻る",
        "前の画面へ戻る",
        "変わった方だけにする",
    } | {one for one in verbs if one.startswith("ほか")}
    screen.undo()
    assert as_of.journal_headers(desk.store.database)[-1].seq == before

    screen.print_out()
    dialog = dialog_over(screen, DocumentDialog)
    wait_idle(qtbot, desk)
    said = said_by(dialog.view.content)
    assert "令和8年11月30日（月） 16:00 時点" in said
    assert "このあと変わったこと" in said
    assert dialog.view.kind == AS_OF
    dialog.reject()

    screen.activateWindow()
    screen.changes.view.setFocus()
    qtbot.waitUntil(screen.changes.view.hasFocus)
    QTest.keyClick(screen.changes.view, Qt.Key.Key_Escape)
    assert desk.gone[-1] == ("changes", {"event_id": number})


def test_no_list_stands_cut_at_the_first_moment(desk, qtbot):
    screen = AsOfScreen(desk)
    screen.open_with(event_id=event_id(desk.store, "講習会", 6), moment=datetime(2026, 11, 20, 9, 0))
    seen = []
    shown_at_first = screen._show

    def show(view):
        shown_at_first(view)
        # As it would be drawn now, before the loop turns again.
        for table in (screen.dues, screen.counts, screen.people):
            rows = sum(table.view.rowHeight(row) for row in range(table.model.rowCount()))
            seen.append((rows <= table.view.viewport().height(), table.view.height() <= table.height()))

    screen._show = show
    shown(qtbot, screen, desk, width=1366)
    assert len(seen) >= 3
    assert set(seen) == {(True, True)}


def test_the_button_that_takes_back_has_its_place_however_much_was_changed(desk, qtbot):
    change = create_organisation(
        ActionContext(desk.store, desk.user_name, desk.now()), organisation=Organisation(name="新しくできた町会")
    )
    screen = shown(qtbot, ChangesScreen(desk), desk, width=1093, height=566)
    assert screen.table.choose(lambda row: "新しくできた町会" in f"{row.words}{row.summary}"), change.words
    undo = screen.detail.undo
    wait_idle(qtbot, desk)
    assert undo.isVisible()
    place = undo.mapTo(screen, QPoint(0, 0))
    screen.detail.changed.show_text("\n".join(f"名称　前 → 後{number}" for number in range(40)))
    wait_idle(qtbot, desk)
    assert undo.visibleRegion().boundingRect() == undo.rect()
    assert undo.mapTo(screen, QPoint(0, 0)) == place
