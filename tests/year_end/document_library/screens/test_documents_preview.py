"""Every paper of an event is shown as it prints, or says what is missing; papers are drawn one at a time."""

from threading import Lock

import pytest
from PySide6.QtCore import Qt

from app.documents.screens.document_view import DocumentView
from app.events.materials.services import materials
from app.window.app_context import bind_action
from app.window.background_task import bind_arguments
from app.year_end.document_library.screens import DocumentsTab
from tests.support.doing import do
from tests.support.event_pages import open_folds
from tests.support.sample import event_id
from tests.support.sample_desk import handout, session, shown
from tests.support.stray_windows import StrayWindows
from tests.support.waiting import wait_idle


@pytest.fixture
def screen(qtbot, desk):
    return shown(qtbot, DocumentsTab(desk), desk, event_id=6)


def on_paper(view: DocumentView) -> str:
    document = view.preview.pages.source.document
    return "".join(document.getAllText(number).text() for number in range(document.pageCount()))


def go(qtbot, desk, screen, event_id: int, kind: str = "") -> None:
    screen.open_with(event_id=event_id, kind=kind)
    do(qtbot, desk, screen.refresh)


def test_what_is_to_be_done_comes_first_and_shows_its_paper(screen):
    assert screen.kind == "資料確認結果通知"
    assert "第6回" in on_paper(screen.paper)


def test_each_paper_of_an_event_is_drawn_when_chosen(screen, desk, qtbot):
    go(qtbot, desk, screen, 2)
    open_folds(screen.list)
    ready = [row.kind for row in screen.list.model.records() if row.document is not None and row.document.is_ready]
    between = ["参加人数連絡書", "参加人数変更連絡書", "資料確認結果通知", "実施報告書", "実施報告書確認票"]
    assert {kind for kind in ready if kind in between} == set(between)
    said = dict(zip(between, ("参加人数連絡書", "変更", "確認した結果", "実施報告書", "確認票"), strict=True))
    for kind in ready:
        do(qtbot, desk, screen.list.choose, lambda row, kind=kind: row.kind == kind)
        words = on_paper(screen.paper).replace(" ", "")
        assert said.get(kind, "") in words
        assert len(words) > 20, kind
    assert "アンケート集計表" in ready
    do(qtbot, desk, screen.list.choose, lambda row: row.kind == "アンケート用紙")
    assert not screen.paper.xlsx_button.isVisible()


def test_a_paper_that_cannot_be_made_says_why_and_leads_there(screen, desk, qtbot):
    do(qtbot, desk, screen.list.choose, lambda row: row.kind == "参加人数連絡書")
    assert "まだ作成できません" in screen.paper.none.words()
    assert not screen.paper.pdf_button.isVisible()
    assert not screen.letter.isVisible()

    with qtbot.waitSignal(desk.navigation_requested) as going:
        qtbot.mouseClick(screen.paper.none.offer_button, Qt.MouseButton.LeftButton)
    assert going.args == ["participants", {"event_id": 6}]


def test_a_change_elsewhere_is_seen_on_the_paper_at_once(screen, desk, qtbot):
    before = on_paper(screen.paper)
    judged = handout(desk.store, 6, "Instagramの投稿").versions[0].version
    do(
        qtbot,
        desk,
        desk.write,
        bind_action(materials.add_finding, version_id=judged.id, page="3", text="見本の追記を直す。"),
    )

    assert "見本の追記を直す" in on_paper(screen.paper).replace("\r\n", "")
    assert before != on_paper(screen.paper)


def test_a_name_that_no_font_holds_is_named_before_anything_is_printed(screen, desk, qtbot):
    found = handout(desk.store, 6, "Instagramの投稿").material
    do(qtbot, desk, desk.write, bind_action(materials.change_material, material_id=found.id, title="講習資料ಠ"))

    assert "「講習資料ಠ」の「ಠ」" in screen.paper.preview.words()
    assert "置き換えることはしません" in screen.paper.preview.words()
    assert not screen.paper.pdf_button.isEnabled()


def test_a_view_that_cannot_be_seen_draws_only_when_it_is_shown(desk, qtbot):
    view = DocumentView(desk)
    qtbot.addWidget(view)
    do(qtbot, desk, view.show_document, 2, "参加人数連絡書")
    assert view.content is None
    shown(qtbot, view, desk)

    assert view.content.kind == "参加人数連絡書"
    assert view.preview.page_count() == 1


def test_papers_are_drawn_one_after_another(desk, qtbot):
    at_work, most, lock = [], [], Lock()

    def draw(number: int) -> int:
        with lock:
            at_work.append(number)
            most.append(len(at_work))
        sum(range(200_000))
        with lock:
            at_work.remove(number)
        return number

    done = []
    for number in range(8):
        desk.run_in_background(bind_arguments(draw, number=number), done.append, owner=desk, drawing=True)
    wait_idle(qtbot, desk)

    assert done == list(range(8))
    assert max(most) == 1


def test_nothing_can_leave_a_folder_that_is_open_for_reading_only(tmp_path, qtbot):
    with session(tmp_path, read_only=True) as desk:
        screen = shown(qtbot, DocumentsTab(desk), desk, event_id=6)
        assert screen.paper.preview.page_count() == 1
        assert not screen.paper.pdf_button.isEnabled()
        assert not screen.paper.print_button.isEnabled()
        assert "閲覧専用" in screen.paper.note.text()


def test_the_screen_shows_no_stray_window_and_folds_into_tabs(desk, qtbot):
    with StrayWindows() as strays:
        made = DocumentsTab(desk)
        strays._allowed = (made,)
        shown(qtbot, made, desk, width=855, height=464, event_id=6)

    assert strays.found == []
    assert made.parts.narrow
    do(qtbot, desk, made.list.opened.emit, made.list.current())
    assert made.paper.isVisible()
    assert not made.list.isVisible()


def test_whoever_was_sent_to_a_paper_sees_it_where_it_stands_in_a_tab_of_its_own(screen, desk, qtbot):
    screen.resize(850, 450)
    qtbot.waitUntil(lambda: screen.parts.narrow)
    assert not screen.paper.isVisible(), "without a paper in mind one begins at the list"
    go(qtbot, desk, screen, 2, "実施報告書")
    assert screen.paper.isVisible()
    screen.parts.tabs.choose(0)
    screen.restore_state(screen.full_state())
    assert not screen.paper.isVisible(), "who comes back stands where one stood"


def test_in_a_narrow_window_the_tab_chosen_is_the_one_shown_whatever_pages_the_next_paper_has(screen, desk, qtbot):
    screen.resize(850, 450)
    qtbot.waitUntil(lambda: screen.parts.narrow)
    for event, kind in ((6, "募集チラシ"), (2, "実施報告書"), (6, "決定通知"), (2, "実施報告書")):
        go(qtbot, desk, screen, event, kind)
        assert screen.parts.tabs.current() == 1
        assert screen.paper.isVisible(), kind
        assert not screen.log.isVisible(), kind


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_P, "print_button"), (Qt.Key.Key_S, "pdf_button")])
def test_a_key_prints_and_a_key_saves_the_document_shown(screen, desk, qtbot, key, name):
    go(qtbot, desk, screen, 6, "募集チラシ")
    pressed = []
    button = getattr(screen.paper, name)
    button.clicked.disconnect()
    button.clicked.connect(lambda: pressed.append(screen.kind))
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    for part in (screen.list.view, screen.paper.preview.pages):
        part.setFocus()
        qtbot.keyClick(part, key, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["募集チラシ"] * 2


def test_the_document_that_was_asked_for_is_in_sight_in_the_list(qtbot, desk, screen):
    third = event_id(desk.store, "講習会", 3)
    go(qtbot, desk, screen, third, "受講証")
    view = screen.list.view

    def is_in_sight() -> bool:
        row = view.visualRect(view.currentIndex())
        return screen.list.current().kind == "受講証" and view.viewport().visibleRegion().contains(row.center())

    qtbot.waitUntil(is_in_sight)
