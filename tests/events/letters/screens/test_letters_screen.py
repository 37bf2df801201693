"""The page of a letter in the tab 書類: texts beside the real pages, who gets one, how they go."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.documents.screens.document_print import PrintDoubtsDialog
from app.documents.screens.outgoing_log import log_list
from app.documents.screens.save_dialog import SaveDocumentDialog
from app.documents.services.document_context import letter_of
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import render
from app.events.letters.parts import SaveEachDialog
from app.events.letters.services import letter_addressees, letter_page
from app.events.letters.services.letter_page import KINDS
from app.programme.services import read_programme, set_office
from app.widgets.dialogs.form_dialog import FormDialog
from app.window.app_context import bind_action
from app.year_end.document_library.screens import DocumentsTab
from db.records.dispatches import DispatchRequest
from db.records.documents import Outgoing
from db.records.events import Event
from db.rows import rows
from tests.support.doing import do
from tests.support.event_pages import open_folds
from tests.support.letter_pages import read_letters
from tests.support.sample import NOW, back_to_draft
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.stray_windows import StrayWindows
from tests.support.waiting import wait_idle

EVENT = 6
UNDECIDED = 7
"""第7回: its 決定通知 is an 案 still; that of 第6回 is 施行."""
TO_PRESIDENTS = "会長あて案内文"


@pytest.fixture
def screen(qtbot, desk):
    return shown(qtbot, DocumentsTab(desk), desk, width=1366, height=720, event_id=EVENT, kind="決定通知")


@pytest.fixture
def open_screen(qtbot, desk):
    """The letters of 第6回, taken back to 案."""
    back_to_draft(desk.store, EVENT)
    return shown(qtbot, DocumentsTab(desk), desk, width=1366, height=720, event_id=EVENT, kind="決定通知")


@pytest.fixture
def draft(qtbot, desk):
    return shown(qtbot, DocumentsTab(desk), desk, width=1366, height=720, event_id=UNDECIDED, kind="決定通知")


def press(qtbot, desk, button) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    do(qtbot, desk, lambda: qtbot.mouseClick(button, Qt.MouseButton.LeftButton))


def choose_more(qtbot, desk, button) -> None:
    """Choose the entry of 「…」 that a button without room has become."""
    bar = button.parentWidget()
    do(qtbot, desk, next(act for words, act in bar._menu_actions() if words == button.text()))


def on_paper(screen) -> str:
    document = screen.paper.preview.pages.source.document
    return "".join(document.getAllText(number).text() for number in range(document.pageCount()))


def pages(screen) -> int:
    return screen.paper.preview.page_count()


def field(screen, part: str):
    return next(one for one in screen.texts.fields if one.part == part)


def passage(desk, part: str, kind: str = "決定通知"):
    page = read_letters(desk.store, event_id=EVENT, kind=kind, now=NOW)
    return next(one for one in page.passages if one.part == part)


def go(qtbot, desk, screen, kind: str) -> None:
    do(qtbot, desk, lambda: screen.list.choose(lambda row: row.kind == kind))


def test_the_letters_of_an_event_stand_there_one_after_another(screen):
    assert screen.kind == "決定通知"
    assert pages(screen) == len(screen.to.list.model.records()) == 8
    assert "参加決定" in on_paper(screen)
    assert "決裁前です" not in screen.notices.words()


def test_a_letter_that_is_not_decided_says_so(draft):
    assert "決裁前です" in draft.notices.words()


def test_a_file_made_in_word_takes_the_step_and_is_what_left(draft, desk, qtbot, tmp_path):
    """Put up as edited, refused at 施行 while it says otherwise and nobody agreed, then kept."""
    go(qtbot, desk, draft, TO_PRESIDENTS)
    panel, path = draft.letter, tmp_path / "案内文.docx"
    assert draft.paper.docx_button.is_offered
    assert not draft.paper.xlsx_button.is_offered
    content = letter_page.build_letters(desk.store, event_id=UNDECIDED, kind=TO_PRESIDENTS, now=NOW)
    file = docx.Document(io.BytesIO(render(content, format="docx").data))

    def hand_in(sentence: str) -> FormDialog:
        file.add_paragraph(sentence)
        file.save(path)
        do(qtbot, desk, lambda: panel.hand_in_file(path))
        return dialog_over(draft, FormDialog)

    def state() -> str:
        return letter_of(desk.store, DocumentScope(event_id=UNDECIDED), TO_PRESIDENTS, on=desk.today()).state

    draft.parts.show_page(2)
    press(qtbot, desk, panel._group.button(2))
    assert panel.hand_in.text() == "直したファイルで起案する"
    press(qtbot, desk, hand_in("上履きをお持ちください。").main)
    assert state() == "起案中"
    assert "上履き" in on_paper(draft)
    assert "いまの記録との違いは調べません" in draft.differences.words.text()
    panel.form.set_values({"decided_on": date(2026, 12, 1), "document_number": "8練地協第10412号"})
    do(qtbot, desk, panel.take_step)

    assert panel.hand_in.text() == "別に仕上げたファイルで施行にする"
    dialog = hand_in("車での来場はご遠慮ください。")
    assert dialog.form.value("document_number") == "8練地協第10412号"
    dialog.form.set_values({"issued_on": date(2026, 12, 1)})
    press(qtbot, desk, dialog.main)
    assert state() == "決裁済"
    dialog.form.set_values({"agreed_on": date(2026, 12, 1), "agreed_by": "協働推進課長"})
    press(qtbot, desk, dialog.main)
    assert state() == "施行"
    assert "車での来場" in on_paper(draft)


def test_a_text_is_seen_while_it_is_typed_and_kept_when_the_field_is_left(open_screen, desk, qtbot):
    open_screen.parts.show_page(0)
    one = field(open_screen, "持ち物")
    one.editor.box.setFocus()
    one.editor.box.setPlainText("この通知、筆記用具、うわばき")
    qtbot.waitUntil(lambda: "うわばき" in on_paper(open_screen))
    assert passage(desk, "持ち物").edited is False

    field(open_screen, "参加費").editor.box.setFocus()
    do(qtbot, desk, one.save)
    assert passage(desk, "持ち物").text == "この通知、筆記用具、うわばき"
    assert field(open_screen, "持ち物").back.isVisible()
    assert "実施回を変えても変わりません" in field(open_screen, "持ち物").state.text()

    press(qtbot, desk, field(open_screen, "持ち物").back)
    assert "うわばき" not in passage(desk, "持ち物").text
    assert not field(open_screen, "持ち物").back.isVisible()


def test_an_edit_can_be_undone(open_screen, desk, qtbot):
    one = field(open_screen, "参加費")
    one.editor.show_value("500円")
    do(qtbot, desk, one.save)
    assert "500円" in on_paper(open_screen)
    do(qtbot, desk, desk.undo)
    assert passage(desk, "参加費").text == "無料"
    assert field(open_screen, "参加費").text == "無料"


def test_somebody_left_out_gets_no_letter(screen, desk, qtbot):
    screen.parts.show_page(1)
    first = screen.to.list.model.records()[0]
    screen.to.list.choose(lambda row: row.id == first.id)
    do(qtbot, desk, lambda: screen.to.list.acted.emit(screen.to.list.current()))
    assert pages(screen) == 7
    assert first.addressee.organisation not in on_paper(screen)
    assert screen.to.count.text() == "8件中　7件に出す"

    press(qtbot, desk, screen.to.everybody)
    assert pages(screen) == 8


def test_one_letter_can_be_looked_at_alone(screen, desk, qtbot):
    screen.parts.show_page(1)
    screen.to.list.choose(lambda row: row.addressee.organisation == "見本わかば町会")
    press(qtbot, desk, screen.to.alone)
    assert pages(screen) == 1
    assert "見本わかば町会" in on_paper(screen)
    press(qtbot, desk, screen.to.all)
    assert pages(screen) == 8


def test_letters_may_go_to_each_person(open_screen, desk, qtbot):
    open_screen.parts.show_page(2)
    form = open_screen.options.form
    form.editor(letter_addressees.UNIT)
    desk.write(
        bind_action(
            letter_addressees.set_letter_option,
            event_id=EVENT,
            kind="決定通知",
            name=letter_addressees.UNIT,
            value="1人ごと",
        )
    )
    wait_idle(qtbot, desk)
    assert pages(open_screen) == 14
    assert open_screen.options.form.value(letter_addressees.UNIT) == "1人ごと"


def test_a_formal_letter_gets_its_number_after_the_decision(draft, desk, qtbot):
    draft.parts.show_page(2)
    panel = draft.letter
    assert panel._group.button(2).isChecked()
    press(qtbot, desk, panel.next)
    assert (panel.next.text(), panel.next.is_filled) == ("決裁日と文書番号を入れる", False), "no key before it is typed"
    press(qtbot, desk, panel.next)
    assert panel.form.editor("decided_on").hasFocus()
    panel.form.set_values({"decided_on": NOW.date(), "document_number": "8練地協第391号"})
    press(qtbot, desk, panel.next)
    assert letter_of(desk.store, DocumentScope(event_id=UNDECIDED), "決定通知", on=desk.today()).state == "決裁済"
    assert "8練地協第391号" in on_paper(draft)
    assert "決裁前" not in draft.notices.words()


def test_a_number_that_is_typed_is_read_back_as_it_will_be_printed(draft, desk, qtbot):
    office = read_programme(desk.store).office
    do(qtbot, desk, lambda: desk.write(bind_action(set_office, office=replace(office, document_symbol="8練地協第"))))
    draft.parts.show_page(2)
    panel = draft.letter
    press(qtbot, desk, panel.next)

    def helps() -> str:
        return panel.form._under["document_number"].text()

    assert helps() == "文書管理システムで付いた番号。例：1234 →「8練地協第1234号」"
    box = panel.form.editor("document_number")
    qtbot.keyClicks(box, "56")
    assert helps() == "「8練地協第56号」と印字します。"
    box.editingFinished.emit()
    assert helps() == "「8練地協第56号」と印字します。"


def test_every_ready_paper_is_drawn_and_others_say_what_is_missing(screen, desk, qtbot):
    assert all(one.document is None or one.document.can_be_made for one in screen.list.model.records())
    view = screen.list.view
    heads = {row: screen.list.model.heading(row) for row in range(screen.list.model.rowCount())}
    fold = next(row for row, head in heads.items() if head is not None and head.title == "いまは作らないもの")
    assert screen.list.model.heading(fold).words() == "いまは作らないもの 21件　スペースで開きます"
    view.scrollTo(view.model().index(fold, 0))
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(fold, 0)).center()
    )
    assert screen.kind == "決定通知"
    open_folds(screen.list)
    letters = [one for one in screen.list.model.records() if one.kind in KINDS]
    for row in [one.document for one in letters]:
        go(qtbot, desk, screen, row.kind)
        assert screen.kind == row.kind
        if row.is_ready:
            assert pages(screen) > 0, row.kind
        else:
            assert "まだ作成できません" in screen.paper.none.words()
    assert {one.kind for one in letters if not one.document.is_ready} == {
        "落選通知", "辞退受理通知", "決定取消通知", "起案資料（中止・変更）", "中止通知", "変更通知",
        "中止・変更の取消通知",
    }  # fmt: skip
    with qtbot.waitSignal(desk.navigation_requested) as going:
        qtbot.mouseClick(screen.paper.none.offer_button, Qt.MouseButton.LeftButton)
    assert going.args[0] == "calls"


def test_beside_a_letter_that_is_kept_or_not_made_any_more_no_texts_of_today_stand(screen, desk, qtbot):
    assert screen.texts.fields == []
    assert screen.texts._none.text() == "出した時の写しです。文面は変えられません。"
    cancelled = next(one for one in rows(desk.store.database, Event, kind="講習会") if one.ordinal == 8)
    screen.open_with(event_id=cancelled.id, kind="開催通知")
    do(qtbot, desk, screen.reload)

    assert screen.kind == "開催通知"
    assert screen.paper.none.isVisible()
    assert screen.texts.fields == []
    assert "作成できるようになると、文面を直せます" in screen.texts._none.text()


def test_the_text_of_a_manuscript_can_be_copied_with_its_count(screen, desk, qtbot):
    go(qtbot, desk, screen, "区報原稿")
    body = field(screen, "本文")
    assert "字／200字" in body.count.text()
    press(qtbot, desk, screen.texts.copy)
    assert QGuiApplication.clipboard().text().startswith("Instagram講習会（2回目）\n▷日時")


def test_labels_start_where_the_sheet_is_free(screen, desk, qtbot):
    go(qtbot, desk, screen, "宛名ラベル")
    screen.parts.show_page(2)
    assert pages(screen) == 1
    screen.options.form.set_values({"開始位置": 9})
    do(qtbot, desk, lambda: screen.options._save("開始位置"))
    assert pages(screen) == 2


def test_what_is_shown_is_saved_and_asks_for_a_password_first(screen, desk, qtbot):
    press(qtbot, desk, screen.paper.pdf_button)
    dialog = dialog_over(screen, SaveDocumentDialog)
    assert dialog.form.value("way") == "暗号化して保存"
    dialog.reject()


def test_a_closing_day_that_is_over_asks_once_why_the_paper_leaves(screen, desk, tmp_path, qtbot):
    """It was said before each saving and printing, and nobody had to answer."""
    screen.open_with(event_id=EVENT, kind="募集チラシ")
    do(qtbot, desk, screen.reload)

    def ask():
        press(qtbot, desk, screen.paper.pdf_button)
        return dialog_over(screen, SaveDocumentDialog)

    def ask_printing():
        do(qtbot, desk, screen.paper.print_out)
        return dialog_over(screen, PrintDoubtsDialog)

    printing = ask_printing()
    assert printing.form.isVisible()
    printing.main.click()
    assert printing.isVisible(), "no printer is asked for without a reason"
    printing.reject()
    dialog = ask()
    dialog.choose_folder(tmp_path)
    do(qtbot, desk, dialog.main.click)
    assert list(tmp_path.glob("*.pdf")) == []
    assert dialog.form.editor("day_reason").isVisible()
    dialog.form.set_values({"day_reason": "定員まで間があり、受付を続ける"})
    do(qtbot, desk, dialog.main.click)
    assert len(list(tmp_path.glob("*.pdf"))) == 1
    (row,) = rows(desk.store.database, Outgoing, event_id=EVENT, document_kind="募集チラシ", order="-id", limit=1)
    log = log_list()
    log.show_rows((row,))
    assert "過ぎた日を載せた理由：定員まで間があり、受付を続ける" in log.model.columns[0].show(row).second
    again = ask()
    assert not again.form.editor("day_reason").isVisible()
    again.reject()
    printing = ask_printing()
    assert not printing.form.isVisible(), "what is known is still said, and not asked"
    printing.reject()


def test_each_letter_goes_into_a_file_of_its_own(screen, desk, tmp_path, qtbot):
    do(qtbot, desk, screen.paper.save_each)
    dialog = dialog_over(screen, SaveEachDialog)
    dialog.choose_folder(tmp_path)
    dialog.form.set_values({"password": "asagao himawari", "again": "asagao himawari"})
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.save()
    wait_idle(qtbot, desk)
    folder = Path(saved.args[0])
    assert len(list(folder.glob("*.pdf"))) == 8


def test_a_folder_open_for_reading_only_lets_nothing_change(tmp_path, qtbot):
    with session(tmp_path, read_only=True) as desk:
        made = shown(qtbot, DocumentsTab(desk), desk, width=1366, event_id=UNDECIDED, kind="決定通知")
        assert field(made, "持ち物").editor.box.isReadOnly()
        assert not made.paper.pdf_button.isEnabled()
        assert not made.paper.each_button.isEnabled()


def test_the_screen_folds_into_tabs_and_opens_no_stray_window(desk, qtbot):
    with StrayWindows() as strays:
        made = DocumentsTab(desk)
        strays._allowed = (made,)
        made.open_with(event_id=EVENT)
        shown(qtbot, made, desk, width=900, height=440)
        assert made.parts.narrow
        for number in range(5):
            made.parts.tabs.choose(number)
        do(qtbot, desk, lambda: made.resize(1366, 720))
        assert not made.parts.narrow
    assert strays.found == []


def test_whoever_is_led_to_another_paper_of_the_event_stays_there(screen, desk, qtbot):
    shows = []
    show = screen.texts.show_page
    screen.texts.show_page = lambda page: (shows.append(page.kind), show(page))

    screen.open_with(event_id=EVENT, kind="ホームページ原稿")
    screen.reload()
    qtbot.waitUntil(lambda: len(shows) > 3 or (bool(shows) and not desk.tasks.is_busy))

    assert shows == ["ホームページ原稿"]
    assert screen.kind == "ホームページ原稿"


def test_a_letter_of_a_dispatch_says_that_somebody_else_signed_its_slip(desk):
    event = next(one for one in rows(desk.store.database, Event, kind="派遣") if one.ordinal == 3)
    slip = next(one for one in rows(desk.store.database, DispatchRequest) if one.event_id == event.id)
    back_to_draft(desk.store, event.id)

    def said() -> list[str]:
        page = read_letters(desk.store, event_id=event.id, kind="決定通知", now=NOW)
        return [one for one in page.cautions if "署名した方" in one]

    assert said() == []
    with desk.store.change(action="署名", by="見本", now=NOW) as change:
        change.save(replace(slip, signer="見本　𠮷子"))
    [words] = said()
    assert words.startswith("宛名は会長")
    assert "見本　𠮷子" in words


def test_the_numbers_and_the_map_are_switched_on_for_this_event_alone(open_screen, desk, qtbot):
    open_screen.parts.show_page(2)
    form = open_screen.options.form
    form.set_values({"入場番号": True})
    do(qtbot, desk, lambda: form.committed.emit("入場番号"))
    assert pages(open_screen) == 8
    assert "入場番号" in on_paper(open_screen)
    assert open_screen.options.form.value("入場番号") is True
    others = [one for one in rows(desk.store.database, Event) if one.id != EVENT and one.admissions]
    assert [one.ordinal for one in others] == [7]  # the one of the sample year


def test_at_125_percent_none_of_the_three_columns_is_cut(qtbot, desk):
    screen = shown(qtbot, DocumentsTab(desk), desk, width=1091, height=560, event_id=EVENT, kind="決定通知")
    assert not screen.parts.narrow
    # 1366 × 768 at 125 % less the side bar and the margins of the page.
    assert screen.parts.minimumSizeHint().width() <= 1091 - 144 - 48


def test_the_paper_one_came_for_is_in_sight_in_the_list(qtbot, desk):
    screen = shown(qtbot, DocumentsTab(desk), desk, width=1366, height=480, event_id=EVENT, kind="変更通知")
    view = screen.list.view

    def in_sight():
        row = view.visualRect(view.currentIndex())
        return screen.list.current().kind == "変更通知" and view.viewport().rect().contains(row)

    qtbot.waitUntil(in_sight)


def test_the_list_says_what_the_second_letter_to_the_same_people_is_for(screen):
    said = {one.kind: screen.list.model.columns[0].show(one).second for one in screen.list.model.records()}
    assert said["開催通知"] == "案　念のための日時・会場の知らせ"
    assert said["決定通知"] == "11/25(水) 郵送　8団体 14人"


def test_who_asks_for_large_letters_gets_a_large_one(screen, desk, qtbot):
    assert "大きな文字の希望" in screen.notices.words()
    assert screen.to.wished.text().startswith("大きな文字の希望")
    wished = screen.to._wishes.keys
    before = pages(screen)
    screen.parts.show_page(1)

    def marked(words: str) -> set[str]:
        model = screen.to.list.model
        return {one.id for one in model.records() if words in model.columns[0].show(one).second}

    assert (marked("大きな文字の希望あり"), marked("拡大版で出す")) == (wished, set())
    press(qtbot, desk, screen.to.large_wished)
    assert screen.to.large == wished
    assert (marked("大きな文字の希望あり"), marked("拡大版で出す")) == (set(), wished)
    assert "大きな文字の希望" not in screen.notices.words()
    assert pages(screen) > before
    assert f"うち拡大版{len(wished)}件" in screen.to.count.text()
    assert f"うち拡大版{len(wished)}通" in screen.paper.content.file_stem
    assert screen.paper.docx_button.is_offered
    assert not screen.to.large_wished.isVisible()

    screen.to.list.choose(lambda row: not row.is_large)
    press(qtbot, desk, screen.to.large_one)
    assert len(screen.to.large) == len(wished) + 1
    press(qtbot, desk, screen.to.large_one)
    assert screen.to.large == wished

    choose_more(qtbot, desk, screen.paper.size_button)
    assert "決定通知（拡大版）" in screen.paper.content.file_stem
    choose_more(qtbot, desk, screen.paper.size_button)
    assert pages(screen) == before
    assert "大きな文字の希望" in screen.notices.words()
    assert not screen.paper.xlsx_button.is_offered

    go(qtbot, desk, screen, "参加申込書")
    assert screen.to.large == frozenset()
    assert "大きな文字の希望" in screen.notices.words()
    choose_more(qtbot, desk, screen.paper.size_button)
    assert "大きな文字の希望" not in screen.notices.words()
    assert "参加申込書（拡大版）" in screen.paper.content.file_stem
    go(qtbot, desk, screen, "支部長あて依頼文")
    assert (screen.kind, screen.paper.size_button.is_offered) == ("支部長あて依頼文", False)
