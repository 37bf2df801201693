"""設定 of the year: numbers with their clauses, closed days, who we are, how papers go out, the size of letters."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionId, ActionLink
from app.main_window.action_routes import route_to
from app.programme import services as programme_services
from app.programme.rules import copies_until
from app.settings.pages.screens.document_settings_page import DocumentSettingsPage
from app.settings.pages.screens.office_page import OfficePage
from app.settings.pages.screens.settings_page import SettingsPage
from app.settings.pages.screens.settings_screen import OFFICE, EditionPage, SettingsScreen
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.form_dialog import FormDialog
from app.window import theme
from app.window.appearance import chosen_colours, chosen_lock_minutes
from app.window.ui_settings import recall
from app.year.dates.services import next_year_draft, start_year
from db.records.year.practices import OwedPaper, OwnDate
from tests.support.doing import do
from tests.support.duty_references import duty_references
from tests.support.left_papers import outgoing
from tests.support.sessions import open_dialog, radio
from tests.support.settings_pages import no_doors, shown_settings, turn_to
from tests.support.waiting import press, read_again, wait_idle
from tests.support.years import NOW


@pytest.fixture
def screen(desk_at, qtbot, store) -> SettingsScreen:
    return shown_settings(qtbot, desk_at, store)


@pytest.fixture
def page_of(screen, qtbot):
    return lambda name: turn_to(qtbot, screen, name)


def test_the_list_says_how_much_of_the_protection_is_to_be_looked_at(screen):
    screen._show_doubts(3)
    at = [screen.list.item(row).text() for row in range(screen.list.count())].index("情報保護　要確認 3")
    assert screen.choice.itemText(at) == "情報保護　要確認 3"
    screen._show_doubts(0)
    assert screen.list.item(at).text() == "情報保護"


def test_what_is_asked_for_first_comes_in_turns_of_its_own(screen, qtbot):
    screen.open_with(page="papers")
    assert not screen.findChildren(DocumentSettingsPage), "one turn for the frame"
    qtbot.waitUntil(lambda: any(page.isVisible() for page in screen.findChildren(DocumentSettingsPage)))
    (papers,), (office,) = screen.findChildren(DocumentSettingsPage), screen.findChildren(OfficePage)
    tab = office.nextInFocusChain()
    while not papers.isAncestorOf(tab) and tab is not office:
        tab = tab.nextInFocusChain()
    assert tab is not office
    assert not office.isAncestorOf(tab.nextInFocusChain()), "Tab goes down the page"


def test_the_letter_stands_beside_the_form_and_goes_under_it_when_the_window_becomes_narrow(screen, page_of, qtbot):
    page = page_of("office")
    area = next(one for one in screen.findChildren(QScrollArea) if one.isAncestorOf(page))
    for width, beside in ((1360, True), (820, False), (1360, True)):
        do(qtbot, screen.app_context, screen.resize, width, 600)

        def in_place(beside: bool = beside) -> bool:
            fits = area.horizontalScrollBar().maximum() == 0
            return fits and (page.letterhead.x() > page.office_form.width()) == beside

        qtbot.waitUntil(in_place)


def leave_with(qtbot, box: QWidget, text: str) -> None:
    """Type into a field and leave it, as saving goes by leaving."""
    assert isinstance(box, QLineEdit)
    box.setFocus()
    box.setText(text)
    box.textEdited.emit(text)
    box.editingFinished.emit()


def save_with(qtbot, page, box: QWidget, text: str) -> None:
    """Type into the last field, leave it, and wait until that is saved."""
    leave_with(qtbot, box, text)
    wait_idle(qtbot, page.app_context)


def save(qtbot, page, dialog) -> None:
    do(qtbot, page.app_context, dialog.save)


def test_every_number_stands_with_its_clause(page_of, store):
    page = page_of("numbers")

    shown = {kind: page.numbers.cell(kind, "report_period").clause.text() for kind in ("講習会", "派遣", "意見交換会")}
    assert shown == {"講習会": "仕4(1)コ", "派遣": "仕4(2)ケ", "意見交換会": "仕4(3)コ"}
    assert page.numbers.numbers() == tuple(programme_services.read_programme(store).kinds)


def test_what_the_list_of_duties_says_of_a_page_stands_on_it(screen, page_of):
    """Fourteen rows led to 設定›契約, which has no field for 契約保証金, 遅延利息 or 自動更新."""
    claimed = duty_references("g")
    assert not [one for one in claimed if not one.words]
    said: dict[str, str] = {}
    for name in dict.fromkeys(one.name for one in claimed):
        page = page_of(str(route_to(ActionLink(cast("ActionId", name))).arguments["page"]))
        parts = (*page.findChildren(QLabel), *page.findChildren(QAbstractButton), *page.bar_buttons)
        said[name] = "\n".join(part.text() for part in parts)
    assert [one for one in claimed if one.words not in said[one.name]] == []


def test_a_number_is_saved_when_it_is_left_and_can_go_back(page_of, store, qtbot):
    page = page_of("numbers")
    said: list[str] = []
    page.app_context.message_shown.connect(lambda sentence, _undo: said.append(sentence))

    save_with(qtbot, page, page.numbers.editor("講習会", "people_max"), "２４")
    assert programme_services.read_programme(store).kind("講習会").people_max == 24
    assert "講習会の数を保存しました。" in said[0]

    cell = page.numbers.cell("講習会", "people_max")
    assert cell.back.isVisible()
    press(qtbot, page.app_context, cell.back)
    assert programme_services.read_programme(store).kind("講習会").people_max == 20
    assert not cell.back.isVisible()


def test_a_day_of_its_own_is_given_up_by_taking_its_mark_away(page_of, store, qtbot):
    page = page_of("practices")
    wait_idle(qtbot, page.app_context)
    press(qtbot, page.app_context, page.dates.editor(OwnDate.DRILL))
    own = programme_services.read_programme(store).programme.own_dates
    assert own == (OwnDate.INTERIM, OwnDate.ACCOUNTS)


def test_the_practices_of_a_year_are_tables_of_rows(page_of, store, qtbot):
    page = page_of("practices")
    with store.change(action="印刷した", by="見本", now=NOW, subject="papers") as change:
        change.insert(outgoing("アドバイザー派遣希望票", programme_id=1, by="見本", at=NOW))
    assert [len(page.tables[name].model.records()) for name in ("requirements", "owed", "retention")] == [10, 5, 9]
    copies = page.tables["retention"].model.records()[-2]
    page.tables["retention"].opened.emit(copies)
    wait_idle(qtbot, page.app_context)
    dialog = open_dialog(FormDialog)
    words = "".join(one.text() for one in dialog.findChildren(QLabel))
    assert "「アドバイザー派遣希望票」は、もう出しています" in words
    dialog.form.set_values({"months": 60, "basis": "文書管理規程"})
    save(qtbot, page, dialog)
    assert copies_until(programme_services.read_programme(store).programme) == date(2032, 3, 31)

    page.tables["owed"].delete_asked.emit(page.tables["owed"].model.records()[:1])
    wait_idle(qtbot, page.app_context)
    assert len(programme_services.read_programme(store).programme.owed) == 4
    do(qtbot, page.app_context, page._ask_row, "owed", None)
    dialog = open_dialog(FormDialog)
    dialog.form.set_values({"paper": "月報", "when": "なるべく早く", "clause": ""})
    save(qtbot, page, dialog)
    assert "決まりとして読めません" in "".join(one.text() for one in dialog.findChildren(QLabel))
    dialog.form.set_values({"when": "求めたとき", "day": date(2026, 12, 20), "why": "協議第3号による"})
    save(qtbot, page, dialog)
    today, then = (
        programme_services.read_programme(store, on=day).programme for day in (NOW.date(), date(2026, 12, 20))
    )
    assert (len(today.owed), then.owed[-1]) == (4, OwedPaper(paper="月報", when="求めたとき", clause=""))
    save_with(qtbot, page, page.wording.editor("branch"), "地区")
    assert programme_services.read_programme(store).programme.branch == "地区"


def test_a_period_that_cannot_be_read_is_said_beside_it_and_not_saved(page_of, store, qtbot):
    page = page_of("numbers")

    save_with(qtbot, page, page.numbers.editor("派遣", "material_period"), "だいたい2週間")

    assert page.numbers.cell("派遣", "material_period").find_problem()
    assert programme_services.read_programme(store).kind("派遣").material_period == "2週間前"


def test_what_a_rule_refuses_is_said_and_the_stored_number_comes_back(page_of, store, qtbot):
    page = page_of("numbers")

    leave_with(qtbot, page.numbers.editor("講習会", "people_min"), "30")
    qtbot.waitUntil(lambda: bool(page.problem.words()))
    wait_idle(qtbot, page.app_context)

    assert "人数の上限が、下限より小さくなっています。" in page.problem.words()
    assert programme_services.read_programme(store).kind("講習会").people_min == 10
    assert page.numbers.editor("講習会", "people_min").text() == "10"


def test_everything_goes_back_after_a_question(page_of, store, qtbot):
    page = page_of("numbers")
    leave_with(qtbot, page.numbers.editor("講習会", "planned"), "9")
    save_with(qtbot, page, page.numbers.editor("意見交換会", "report_period"), "3週間以内")

    page.reset.click()
    press(qtbot, page.app_context, open_dialog(DialogFrame).main)

    view = programme_services.read_programme(store)
    assert (view.kind("講習会").planned, view.kind("意見交換会").report_period) == (7, "1か月以内")
    assert page.numbers.editor("講習会", "planned").text() == "7"


def test_what_a_kind_is_called_stays_when_the_numbers_go_back(page_of, store, qtbot):
    context = ActionContext(store, "見本 次郎", NOW)
    visit, exchange = (programme_services.read_programme(store).kind(kind) for kind in ("派遣", "意見交換会"))
    named = replace(visit, title="訪問支援", name="訪問", name_in_text="訪問", sign="訪", content=("操作の支援",))
    programme_services.describe_kind(context, kind=named)
    programme_services.describe_kind(context, kind=replace(exchange, name="派遣", sign=visit.sign))
    page = page_of("numbers")
    # The names were changed beside the window: it may have read the year before.
    read_again(qtbot, page)
    assert not page.reset.isVisible(), "the numbers are those of the 仕様書"
    save_with(qtbot, page, page.numbers.editor("派遣", "minutes"), "90")

    page.reset.click()
    dialog = open_dialog(DialogFrame)
    words = "".join(one.text() for one in dialog.findChildren(QLabel))
    assert "訪問の「回数・人数・期限」の表を、項番も含めて" in words, "only the kind with other numbers is named"
    press(qtbot, page.app_context, dialog.main)

    view = programme_services.read_programme(store)
    assert view.kind("派遣") == named
    assert view.kind("意見交換会").name == "派遣", "a name that another kind has taken does not come back"
    assert not page.reset.isVisible()


def test_the_numbers_of_another_year_are_not_set_back_to_those_of_this_one(page_of, screen, store, qtbot):
    draft = next_year_draft(store, today=NOW.date())
    start_year(ActionContext(store, "見本 次郎", NOW), draft=draft)
    screen.app_context.choose_year(draft.programme.fiscal_year)
    page = page_of("numbers")

    save_with(qtbot, page, page.numbers.editor("講習会", "planned"), "9")

    for key in ("window_start", "planned"):
        assert not page.numbers.cell("講習会", key).back.isVisible(), "what its 仕様書 says is not known"
    assert not page.reset.isVisible()


def test_the_answer_about_the_clauses_is_kept_and_opens_them(page_of, store, qtbot):
    page = page_of("numbers")
    assert not page.numbers.editor("講習会", "clause_window").isVisible()

    press(qtbot, page.app_context, radio(page.question, "違うところがある"))
    assert programme_services.read_programme(store).programme.clauses_checked == "相違"
    save_with(qtbot, page, page.numbers.editor("講習会", "clause_window"), "仕4(1)あ")

    assert programme_services.read_programme(store).kind("講習会").clause_window == "仕4(1)あ"


def test_the_contract_and_the_targets_are_saved(page_of, store, qtbot):
    page = page_of("numbers")

    leave_with(qtbot, page.contract.editor("proposal_period"), "3週間以内")
    leave_with(qtbot, page.targets.editor("review_open_days"), "7")
    save_with(qtbot, page, page.targets.editor("announce_days"), "10、3、1")

    saved = programme_services.read_programme(store).programme
    assert (saved.proposal_period, saved.review_open_days, saved.announce_days) == ("3週間以内", 7, (10, 3, 1))


def test_another_persons_change_is_shown_when_the_page_reads_again(page_of, store, qtbot):
    page = page_of("numbers")
    numbers = programme_services.read_programme(store).kind("派遣")
    programme_services.change_numbers(ActionContext(store, "見本 次郎", NOW), numbers=replace(numbers, minutes=90))

    do(qtbot, page.app_context, page.app_context.changed.emit, None)

    assert page.numbers.editor("派遣", "minutes").text() == "90"


def test_a_closed_day_is_added_and_taken_away_again(page_of, store, qtbot):
    page = page_of("closed_days")
    assert "加えた閉庁日はありません。" in page.list._none.words()

    leave_with(qtbot, page.form.editor("day"), "10/13")
    leave_with(qtbot, page.form.editor("reason"), "庁舎の設備点検")
    press(qtbot, page.app_context, page.add)
    assert [row.day for row in programme_services.read_programme(store).closed_days] == [date(2026, 10, 13)]
    assert (page.list.model.cell(0, 0).text, page.form.value("reason")) == ("令和8年10月13日（火）", "")

    do(qtbot, page.app_context, page.list.acted.emit, page.list.model.records()[0])
    assert programme_services.read_programme(store).closed_days == ()


def test_a_day_that_is_closed_anyway_is_refused_in_words(page_of, qtbot):
    page = page_of("closed_days")
    leave_with(qtbot, page.form.editor("day"), "11/3")
    leave_with(qtbot, page.form.editor("reason"), "祝日")

    page.add.click()
    qtbot.waitUntil(lambda: bool(page.problem.words()))

    assert "もう閉庁日です" in page.problem.words()


def test_who_we_are_is_saved_field_by_field_and_shown_as_a_letter(page_of, store, qtbot):
    page = page_of("office")

    leave_with(qtbot, page.office_form.editor("staff"), "みほん山田、みほん林")
    save_with(qtbot, page, page.contractor_form.editor("representative"), "代表 見本 太郎")

    view = programme_services.read_programme(store)
    assert view.office.staff == "みほん山田、みほん林"
    assert (view.contractor.name, view.contractor.representative) == ("みほん受託株式会社", "代表 見本 太郎")
    assert "担当　みほん山田、みほん林" in page.letterhead.words()


def test_the_guideline_that_a_drafting_rests_on_is_kept_beside_its_other_settings(page_of, store, qtbot):
    page = page_of("papers")
    form = page.forms["起案資料"]

    leave_with(qtbot, form.editor("保存年限・分類"), "5年（令和13年度末まで）")
    save_with(qtbot, page, form.editor("根拠"), "みほん事業実施要領　第6（参加者の決定）")

    saved = {one.document_kind: one for one in programme_services.read_programme(store).document_settings}
    assert saved["起案資料"].extra == {
        "根拠": "みほん事業実施要領　第6（参加者の決定）",
        "保存年限・分類": "5年（令和13年度末まで）",
    }
    read_again(qtbot, page)
    assert form.values()["根拠"] == "みほん事業実施要領　第6（参加者の決定）"


def test_a_paper_gets_its_own_form_and_sender(page_of, store, qtbot):
    page = page_of("papers")
    form = page.forms["資料確認結果通知"]

    radio(form, "公文書（起案・決裁）").click()
    save_with(qtbot, page, form.editor("sender"), "練馬区地域文化部長")

    saved = {one.document_kind: one for one in programme_services.read_programme(store).document_settings}
    assert (saved["資料確認結果通知"].form, saved["資料確認結果通知"].sender) == ("公文書", "練馬区地域文化部長")
    assert "参加人数連絡書" not in saved


def test_a_letter_to_people_gets_a_sender_and_stays_a_formal_one(page_of, store, qtbot):
    page = page_of("papers")

    save_with(qtbot, page, page.forms["決定通知"].editor("sender"), "練馬区地域文化部協働推進課長")

    saved = {one.document_kind: one for one in programme_services.read_programme(store).document_settings}
    assert (saved["決定通知"].form, saved["決定通知"].sender) == ("公文書", "練馬区地域文化部協働推進課長")


def test_a_packaged_program_says_there_what_it_was_made_from(desk_at, qtbot, tmp_path: Path, monkeypatch):
    (tmp_path / "版.txt").write_text("デジ活デスク 0.1.0\nPython　3.11.9\n", encoding="utf-8-sig")

    def said() -> str:
        page = EditionPage(desk_at(), no_doors(tmp_path))
        qtbot.addWidget(page)
        return "\n".join(one.text() for one in page.findChildren(QLabel))

    assert "ソースから起動しています" in said()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert "デジ活デスク 0.1.0\nPython　3.11.9" in said()
    assert "困ったときに尋ねる先\nまだ書かれていません。" in said()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "dejikatsu-desk"))
    (tmp_path / "知らせ先.txt").write_text("情報システム課　内線 1234\n<b>版</b>の受取先", encoding="utf-8")
    assert "困ったときに尋ねる先\n情報システム課　内線 1234\n<b>版</b>の受取先" in said()


def test_the_letters_grow_at_once_and_are_remembered(page_of, qapp: QApplication, qtbot):
    page = page_of("look")

    radio(page, "特大").click()

    qtbot.waitUntil(lambda: qapp.font().pointSizeF() == 14)
    assert theme.size() == "特大"
    assert recall("look/size") == "特大"
    assert qapp.font().pointSizeF() == theme.points("body") == 14


def test_colours_and_the_minutes_until_the_lock_are_chosen_at_once_and_remembered(page_of, qapp, qtbot):
    page = page_of("look")
    minutes = []
    page.app_context.lock_minutes_changed.connect(minutes.append)
    try:
        radio(page, "はっきりした色（高コントラスト）").click()
        qtbot.waitUntil(theme.is_high_contrast)
        assert chosen_colours() == "高コントラスト"
    finally:
        radio(page, "ふつうの色").click()
        qtbot.waitUntil(lambda: not theme.is_high_contrast())

    box = page.form.editor("lock")
    box.setCurrentIndex(3)
    box.activated.emit(3)
    assert (minutes, chosen_lock_minutes()) == ([20.0], 20)


def test_the_list_of_pages_folds_down_on_a_narrow_window(screen):
    assert screen.list.isVisible()

    screen.resize(911, 480)

    assert (screen.list.isVisible(), screen.choice.isVisible()) == (False, True)
    assert screen.choice.count() == screen.list.count() == 6


def test_the_first_part_is_there_at_once_the_next_a_turn_later_and_what_was_asked_for_stays_in_sight(qtbot, screen):
    screen.open_with(page="papers")
    page = screen._page_of(OFFICE)
    beside = page.part("office")
    assert page.findChildren(SettingsPage) == [beside]  # one long turn of the window less

    wait_idle(qtbot, screen.app_context)
    asked = page.part("papers")
    # What came afterwards stands above it, and what was asked for stays in sight.
    bar = page.area.verticalScrollBar()
    qtbot.waitUntil(lambda: beside.y() < asked.y() and bar.value() == min(asked.y(), bar.maximum()))


def test_what_others_changed_beside_the_page_stays_when_a_field_is_saved(page_of, store, qtbot):
    """Each page saves what was typed on it; it was shown before a colleague changed a name, an hour and an address."""
    numbers, office = page_of("numbers"), page_of("office")
    context = ActionContext(store, "見本 次郎", NOW)
    view = programme_services.read_programme(store)
    lecture, visit = view.kind("講習会"), view.kind("派遣")
    programme_services.describe_kind(context, kind=replace(visit, name="出前講座", sign="出"))
    programme_services.describe_kind(context, kind=replace(lecture, name="派遣", sign="派"))
    programme_services.change_programme(context, programme=replace(view.programme, review_open_days=9))
    programme_services.set_office(context, office=replace(view.office, phone="03-0000-0001"))

    leave_with(qtbot, numbers.numbers.editor("派遣", "minutes"), "90")
    leave_with(qtbot, numbers.contract.editor("proposal_period"), "3週間以内")
    leave_with(qtbot, office.office_form.editor("fax"), "03-0000-0002")
    wait_idle(qtbot, numbers.app_context)
    wait_idle(qtbot, office.app_context)

    found = programme_services.read_programme(store)
    assert [(one.kind, one.name) for one in found.kinds if one.kind in ("講習会", "派遣")] == [
        ("講習会", "派遣"),
        ("派遣", "出前講座"),
    ]
    assert found.kind("派遣").minutes == 90
    assert (found.programme.review_open_days, found.programme.proposal_period) == (9, "3週間以内")
    assert (found.office.phone, found.office.fax) == ("03-0000-0001", "03-0000-0002")
