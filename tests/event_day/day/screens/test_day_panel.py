"""The tab 当日: one step is framed and any opens, papers are ticked, shown and printed, what left before a change says
so, and what is taken out comes back."""

import io
from datetime import datetime, time

import pypdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton

from app.actions.action_context import ActionContext
from app.documents.screens.document_print import PrintDoubtsDialog
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.doubts_box import DoubtsBox
from app.documents.screens.save_dialog import SaveDialog
from app.documents.services.document_saving import list_outgoing
from app.event.parts import ResultDialog
from app.event.services.event_records import read_event_records
from app.event_day.checkouts.services import list_checkouts, record_return
from app.event_day.day.rules import KIND as GUIDE
from app.event_day.day.rules import LARGE_KIND as LARGE_GUIDE
from app.event_day.day.screens import pack_output
from app.event_day.day.screens.day_dialogs import DayCheckoutDialog
from app.event_day.day.screens.day_panel import DayPanel, GuideDialog
from app.event_day.day.screens.pack_dialog import PackDialog
from app.event_day.day.screens.pack_output import SaveFilesDialog
from app.event_day.day.services import day_document_content
from app.event_day.day.services.day_pack import PackChoice
from app.event_day.day.services.guide_documents import read_guide
from app.event_day.reception import services as reception_services
from app.event_day.reception.parts import ClosingDialog
from app.events.calls.services import calls
from app.events.materials.parts import HandoutDialog
from app.events.materials.services.distributed_handouts import distributed_handouts
from app.events.roster.services.entry_changes import record_absence
from app.main_window.action_routes import route_to
from app.widgets.pdf.pdf_printing import PrintResult
from db.records.calls import DecisionKind
from db.records.documents import DocumentPassage, Outgoing, OutgoingWay
from db.records.events import Event
from db.records.roster import Entry
from db.records.venues import Venue
from db.rows import rows
from db.tables import events
from tests.support.cancelling import cancel_event
from tests.support.doing import do
from tests.support.pressing import press_key
from tests.support.sample import BY, NOW, event_id
from tests.support.sample_desk import dialog_over, shown
from tests.support.waiting import wait_idle

PRINTED = PrintResult(pages=6, copies=1, mono=True, both_sides=False)
DAY_SET = ["受付名簿", "当日進行表・機材チェック表", "実施確認票", "名札", "当日のしおり"]


@pytest.fixture
def held(desk):
    return event_id(desk.store, "講習会", 6)


@pytest.fixture
def panel(desk, qtbot, held):
    made = shown(qtbot, DayPanel(desk, embedded=True), desk, width=1366, height=720, event_id=held)
    wait_idle(qtbot, desk)
    return made


def sent(monkeypatch) -> list[bytes]:
    """Take the place of the printer: keep what went there and say it was printed."""
    found = []

    def take(data, *, on_printed, **_given):
        found.append(data)
        on_printed(PRINTED)

    monkeypatch.setattr(pack_output, "print_document", take)
    return found


def at(panel, qtbot, moment: datetime) -> None:
    """Let the clock stand at a moment."""
    panel.app_context._clock = lambda: moment
    do(qtbot, panel.app_context, panel.reload)


def framed(panel) -> tuple[str, list[str]]:
    """The step in force, and the words of all filled buttons in sight."""
    filled = [one for one in panel.findChildren(QAbstractButton) if one.isVisible() and one.property("kind") == "main"]
    return panel.steps.framed_step, [one.text() for one in filled]


def press(qtbot, desk, button) -> None:
    """Press a button of the bar, once the last act is shown, and wait for what it did."""
    qtbot.waitUntil(lambda: not button.is_resting)
    do(qtbot, desk, button.click)


def printed_words(panel) -> dict[str, str]:
    """What the list says of each paper."""
    cells = ((line, panel.papers.table.model.columns[2].show(line)) for line in panel.papers.lines())
    return {line.title: cell.text for line, cell in cells}


def note_out(panel, qtbot) -> None:
    """Take the roster out by the filled button of its step."""
    press(qtbot, panel.app_context, panel.act)
    dialog = dialog_over(panel, DayCheckoutDialog)
    dialog.form.set_values({"approved_by": "見本　係長"})
    do(qtbot, panel.app_context, dialog.save_checkout)


def test_before_the_day_the_papers_are_in_force_and_ticked_and_what_is_open_is_said(panel):
    assert framed(panel) == ("紙", ["印を付けた 5種を印刷する"])
    assert [one.kind for one in panel.papers.choices()] == DAY_SET
    assert set(printed_words(panel).values()) == {"まだ", "14＋予備2＝16部（人数連絡前）"}
    assert panel.check.table.model.rowCount() == 5
    assert [row.title.text() for row in panel.steps.rows.values()] == [
        "紙をそろえる", "持ち出す", "受付", "実施を確かめる", "アンケートを集める", "持ち帰って返す", "出席を決める",
    ]  # fmt: skip


def test_a_whole_day_each_step_takes_the_frame_when_its_turn_comes(panel, desk, qtbot, monkeypatch, held):
    sent(monkeypatch)
    press(qtbot, desk, panel.papers.print_button)
    assert framed(panel) == ("持出し", ["持ち出す"])
    assert "9:05 印刷" in panel.steps.rows["紙"].words.text()
    note_out(panel, qtbot)
    assert framed(panel) == ("受付", ["受付を開く"])
    assert "受付名簿 2部" in panel.steps.rows["持出し"].words.text()
    at(panel, qtbot, datetime(2026, 12, 8, 13, 40))
    assert framed(panel) == ("受付", ["受付を開く"])
    people = [one for one in rows(desk.store.database, Entry, event_id=held) if one.absent_told_at is None]
    who = {"by": BY, "now": datetime(2026, 12, 8, 13, 50)}
    for one in people[:12]:
        reception_services.receive(ActionContext(desk.store, **who), entry_id=one.id)
    at(panel, qtbot, datetime(2026, 12, 8, 16, 5))
    assert framed(panel) == ("実施", ["実施を記録する"])
    press(qtbot, desk, panel.act)
    dialog = dialog_over(panel, ClosingDialog)
    assert "未確認 2人" in dialog.sums.plain_text()
    do(qtbot, desk, dialog.main.click)
    assert framed(panel) == ("返却", ["返す"])
    found = events.result(desk.store.database, held)
    assert (found.attended, found.absent) == (12, 0)
    press(qtbot, desk, panel.act)
    assert panel.outside.part == "持出し"
    for row in list_checkouts(desk.store, now=desk.now(), event_id=held).rows:
        record_return(
            ActionContext(desk.store, **who | {"now": desk.now()}),
            checkout_id=row.id,
            returned_at=desk.now(),
            checked_by="見本　係長",
        )
    QTest.keyClick(panel.outside, Qt.Key.Key_Escape)
    at(panel, qtbot, datetime(2026, 12, 8, 17, 0))
    assert framed(panel) == ("出席", ["出席を決める"])
    for one in people[12:]:
        reception_services.mark_absent(ActionContext(desk.store, BY, desk.now()), entry_id=one.id)
    at(panel, qtbot, datetime(2026, 12, 8, 17, 10))
    assert framed(panel) == ("", [])
    assert "出席 12人・欠席 2人" in panel.steps.rows["出席"].words.text()
    assert panel.steps.rows["返却"].words.text() == "すべて返却済　受付名簿 2部"
    assert panel.bar.words.plain_text() == "当日の仕事は、すべて終わりました。　印のない段は、記録がありません。"
    do(qtbot, desk, desk.undo)
    assert framed(panel) == ("出席", ["出席を決める"])


def test_the_keyboard_stands_on_the_step_in_turn_and_goes_to_what_is_before_check_in(panel, qtbot):
    panel.activateWindow()
    panel.steps.setFocus()
    qtbot.waitUntil(panel.steps.rows["紙"].hasFocus)
    QTest.keyClick(panel.steps.rows["紙"], Qt.Key.Key_Down)
    assert panel.steps.rows["持出し"].hasFocus()
    at(panel, qtbot, datetime(2026, 12, 8, 13, 40))
    assert framed(panel)[0] == "受付"
    assert panel.steps.rows["受付"].hasFocus()
    QTest.keyClick(panel.steps.rows["受付"], Qt.Key.Key_Right)
    assert panel.check.table.view.hasFocus()
    saved = []
    panel.leaving.save_pdf = lambda *_given, **_more: saved.append(True)
    QTest.keyClick(panel.check.table.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (saved, panel.papers.pdf_button.key) == ([True], "Ctrl+S")


def test_any_step_opens_out_of_its_order_by_mouse_and_by_keys_alone(panel, desk, qtbot):
    number = event_id(desk.store, "講習会", 6)
    went = []
    desk.navigation_requested.connect(
        lambda place, given: went.append((place, given.get("tab", ""), given["event_id"]))
    )
    panel.steps.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    for step in ("回収", "出席"):
        QTest.mouseClick(panel.steps.rows[step], Qt.MouseButton.LeftButton)
    assert went == [("reception", "", number), ("event", "アンケート", number), ("attendance", "", number)]
    panel.steps.rows["返却"].setFocus()
    press_key(qtbot, desk, panel.steps.rows["返却"], Qt.Key.Key_Space)
    assert panel.outside.isVisible()
    QTest.keyClick(panel.outside, Qt.Key.Key_Escape)
    assert panel.steps.isVisible()
    QTest.keyClick(panel.steps.rows["紙"], Qt.Key.Key_Return)
    assert panel.papers.table.view.hasFocus()


def test_the_four_parts_stand_on_one_page_and_old_ways_lead_to_them(panel, desk, qtbot):
    for words, part in (("手配を開く", "配慮"), ("端末を開く", "貸与")):
        panel.show_steps()
        panel.check.table.choose(lambda row, words=words: route_to(row.link).label == words)
        do(qtbot, desk, panel.check.table.acted.emit, panel.check.table.current())
        assert panel.outside.part == part
    assert [line.part for line in panel.outside.list.model.records()] == ["持出し", "貸与", "持出しファイル", "配慮"]
    do(qtbot, desk, lambda: panel.outside.open("持出し"))
    panel.outside.list.choose(lambda line: line.part == "持出しファイル")
    assert panel.outside.day_file.isVisible()
    assert panel.view_state()["part"] == "持出しファイル"


def test_a_finding_leads_to_where_it_is_mended(panel, desk, qtbot):
    with qtbot.waitSignal(desk.navigation_requested) as going:
        panel.check.table.acted.emit(panel.check.table.model.records()[0])
    assert (going.args[0], going.args[1]["tab"]) == ("event", "参加者")
    assert going.args[1]["event_id"] == event_id(desk.store, "講習会", 6)


def test_papers_are_ticked_by_the_mouse_on_their_box_alone(panel):
    table = panel.papers.table
    view, titles = table.view, [line.title for line in table.model.records()]

    def tick(title, x):
        place = view.visualRect(view.rows.index(titles.index(title), 0))
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + x, place.center().y()))

    tick("当日のしおり", 12)
    assert [one.kind for one in panel.papers.choices()] == DAY_SET[:-1]
    assert [one.kind for one in panel.papers.joined_set()] == DAY_SET[:-1], "one PDF takes what is ticked, too"
    tick("名札", 60)
    assert table.current().title == "名札"
    assert [one.kind for one in panel.papers.choices()] == DAY_SET[:-1], "beside the box it only chooses"
    tick("当日のしおり", 12)
    tick(titles[-1], 12)
    assert len(table.model.records()) > len(titles), "the line of the others opens"
    assert [one.kind for one in panel.papers.choices()] == DAY_SET
    assert [one.kind for one in panel.papers.joined_set()] == DAY_SET


def test_papers_are_ticked_by_space_and_shown_by_enter(panel, desk, qtbot):
    view = panel.papers.table.view
    panel.papers.table.choose(lambda line: line.title == "名札")
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert [one.kind for one in panel.papers.choices()] == [one for one in DAY_SET if one != "名札"]
    assert panel.papers.table.current().title == "名札"
    assert panel.papers.print_button.text() == "印を付けた 4種を印刷する"
    QTest.keyClick(view, Qt.Key.Key_Space)
    press_key(qtbot, desk, view, Qt.Key.Key_Return)
    dialog = dialog_over(panel, DocumentDialog)
    assert dialog.view.kind == "名札"
    dialog.reject()
    assert [one.kind for one in panel.papers.choices()] == DAY_SET


def test_papers_under_the_fold_are_ticked_one_after_the_other(panel, qtbot):
    view = panel.papers.table.view

    def shown_titles() -> list[str]:
        return [line.title for line in panel.papers.table.model.records()]

    panel.papers.table.choose(lambda line: bool(line.folded_kinds))
    assert panel.papers.keys.text() == "Enter 開く", "Space ticks nothing here"
    QTest.keyClick(view, Qt.Key.Key_Return)
    before = shown_titles()
    for _paper in range(2):
        QTest.keyClick(view, Qt.Key.Key_Down)
        assert panel.papers.keys.text() == "Space 印　Enter 見る"
        QTest.keyClick(view, Qt.Key.Key_Space)
    assert shown_titles() == before, "fold and lines stay where they are"
    assert [one.kind for one in panel.papers.choices()][-3:] == ["席札", "当日のしおり", "当日のしおり（拡大版）"]
    panel.papers.table.choose(lambda line: line.title == "配布資料")
    assert panel.papers.keys.text() == "Enter 開く"


def test_what_is_not_of_the_set_is_folded_so_that_the_buttons_are_in_sight(desk, qtbot):
    panel = shown(
        qtbot, DayPanel(desk, embedded=True), desk, width=1190, height=604, event_id=event_id(desk.store, "講習会", 6)
    )
    wait_idle(qtbot, desk)

    def titles() -> list[str]:
        return [line.title for line in panel.papers.table.model.records()]

    def seen() -> bool:
        return panel.papers.pdf_button.visibleRegion().boundingRect() == panel.papers.pdf_button.rect()

    assert titles() == [*DAY_SET, "ほかの紙 4種"]
    qtbot.waitUntil(seen)
    view = panel.papers.table.view
    panel.papers.table.choose(lambda line: bool(line.folded_kinds))
    fold = view.visualRect(view.currentIndex().siblingAtColumn(2)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=fold)
    assert len(titles()) > 6, "one click anywhere in the line opens it, as on any fold"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=fold)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert titles()[6:] == ["席札", "当日のしおり（拡大版）", "アンケート用紙", "配布資料"]
    assert panel.papers.table.current().folded_kinds, "the keyboard stays on the line that was pressed"
    panel.papers.table.choose(lambda line: line.title == "席札")
    QTest.keyClick(view, Qt.Key.Key_Space)
    panel.papers.table.choose(lambda line: bool(line.folded_kinds))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert titles() == [*DAY_SET[:4], "席札", "当日のしおり", "ほかの紙 3種"]
    assert [one.kind for one in panel.papers.choices()] == [*DAY_SET[:4], "席札", "当日のしおり"]


def test_the_set_is_printed_in_order_and_logged(panel, desk, qtbot, monkeypatch):
    printed = sent(monkeypatch)
    panel.choose_papers()
    dialog = dialog_over(panel, PackDialog)
    dialog.editors["受付名簿"].box.setText("3")
    dialog.main.click()
    press(qtbot, desk, panel.papers.print_button)

    text = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed[0])).pages]
    assert [f"3部の{number}部目" in text[number - 1] for number in (1, 2, 3)] == [True] * 3
    log = list_outgoing(desk.store, event_id=event_id(desk.store, "講習会", 6))
    assert {"当日資料一式", "受付名簿", "実施確認票"} <= {row.document_kind for row in log}
    note_out(panel, qtbot)
    mine = list_checkouts(desk.store, now=NOW, event_id=event_id(desk.store, "講習会", 6)).rows
    (row,) = [one for one in mine if one.checkout.contents == "受付名簿"]
    assert (row.checkout.copies, row.checkout.approved_by) == (3, "見本　係長")


def test_a_paper_older_than_a_change_says_so_and_one_button_prints_only_those(panel, desk, qtbot, monkeypatch, held):
    printed = sent(monkeypatch)
    press(qtbot, desk, panel.papers.print_button)
    assert [printed_words(panel)[kind] for kind in DAY_SET] == ["9:05 印刷"] * 5
    assert panel.papers.choices() == ()
    assert not panel.papers.print_button.isEnabled()
    one = next(one for one in rows(desk.store.database, Entry, event_id=held) if one.device == "持参")
    record_absence(ActionContext(desk.store, "同僚", NOW), entry_id=one.id)
    do(qtbot, desk, panel.reload)
    assert printed_words(panel)["受付名簿"] == "印刷のあと 名簿 14人 → 13人"
    changed = [one.kind for one in panel.papers.choices()]
    assert "受付名簿" in changed
    assert framed(panel) == ("紙", [f"変わった {len(changed)}種を印刷する"])
    press(qtbot, desk, panel.papers.print_button)
    assert len(printed) == 2
    assert printed_words(panel)["受付名簿"] == "9:05 印刷"
    assert panel.steps.framed_step == "持出し"


def test_papers_of_a_past_day_come_back_today(panel, desk, qtbot, held):
    dialog = DayCheckoutDialog(
        panel,
        event_id=held,
        contents="控え",
        copies=1,
        destination="見本区民館",
        day=NOW.date().replace(day=1, month=11),
    )
    dialog.form.set_values({"approved_by": "見本　係長"})
    do(qtbot, desk, dialog.save_checkout)
    (row,) = [one for one in list_checkouts(desk.store, now=NOW, event_id=held).rows if one.checkout.contents == "控え"]
    assert row.checkout.due_back_at.date() == desk.today()


def test_papers_of_an_evening_come_back_after_it(panel, desk, qtbot):
    held = panel.view.event.id
    with desk.store.change(action="時刻", by=BY, now=NOW) as change:
        change.update(Event, held, end_time="20:30")
    do(qtbot, desk, panel.reload)
    panel.record_checkout()
    dialog = dialog_over(panel, DayCheckoutDialog)
    dialog.form.set_values({"approved_by": "見本　係長"})
    do(qtbot, desk, dialog.save_checkout)
    row = max(list_checkouts(desk.store, now=NOW, event_id=held).rows, key=lambda one: one.id).checkout
    assert row.due_back_at == datetime.combine(panel.view.event.event_date, time(21, 30))


def test_the_set_is_saved_encrypted_as_one_pdf_or_as_files(panel, desk, qtbot, tmp_path):
    do(qtbot, desk, panel.papers.pdf_button.click)
    dialog = dialog_over(panel, SaveDialog)
    assert dialog.form.value("name") == "R8-講06-当日の紙"
    dialog.choose_folder(tmp_path)
    dialog.form.set_values({"password": "correct horse battery", "again": "correct horse battery"})
    do(qtbot, desk, dialog.save)
    assert pypdf.PdfReader(tmp_path / "R8-講06-当日の紙.pdf").is_encrypted
    assert printed_words(panel)["受付名簿"] == "9:05 保存"

    assert dialog.doubts.words() == "", "the しおり is not of this set"
    with desk.store.change(action="会場を直した", by=BY, now=NOW) as change:
        change.update_each(Venue, {one.id: {"refuge": ""} for one in rows(desk.store.database, Venue)})
    panel.choose_papers()
    choice = dialog_over(panel, PackDialog)
    for kind in (*DAY_SET, LARGE_GUIDE):
        choice.boxes[kind].setChecked(True)
    do(qtbot, desk, choice.files_button.click)
    dialog = dialog_over(panel, SaveFilesDialog)
    said = dialog.doubts.words()
    assert f"{GUIDE}：見本つつじ台区民館の避難場所が、会場の一覧にありません。" in said
    assert said.count("避難場所") == 1, "both sizes of the しおり lack it, it is said once"
    assert link_in(dialog, "会場の一覧を開く").isVisible()
    dialog.choose_folder(tmp_path)
    dialog.form.set_values({"way": OutgoingWay.PLAIN, "reason": "印刷室に渡す"})
    dialog.form.changed.emit("way")
    do(qtbot, desk, dialog.save)
    names = sorted(path.suffix for path in (tmp_path / "R8-講06-当日の紙").iterdir())
    assert names == [".pdf"] * 6 + [".xlsx"] * 3

    do(qtbot, desk, lambda: panel.leaving.print_out(panel.view.event.id, (PackChoice(kind=GUIDE),), whole_sheets=True))
    question = dialog_over(panel, PrintDoubtsDialog)
    assert "避難場所が、会場の一覧にありません。" in question.findChild(DoubtsBox).words()
    question.reject()


def test_the_warning_about_unseen_texts_leads_to_them_and_the_same_set_is_asked_again(panel, desk, qtbot):
    checked = rows(desk.store.database, DocumentPassage, event_id=panel.view.event.id, document_kind=GUIDE)
    with desk.store.change(action="見ていない", by=BY, now=NOW) as change:
        for one in checked:
            change.delete(DocumentPassage, one.id)
    panel.leaving.save_pdf(panel.view.event.id, (PackChoice(kind=GUIDE),), whole_sheets=True)
    wait_idle(qtbot, desk)
    dialog = dialog_over(panel, SaveDialog)
    assert "見て確かめるまで" in dialog.doubts.words()
    door = next(one for one in dialog.doubts.findChildren(QPushButton) if one.text() == "しおりの文面を見る")
    door.click()
    wait_idle(qtbot, desk)
    guide = dialog_over(panel, GuideDialog)
    guide.main.click()
    wait_idle(qtbot, desk)
    again = dialog_over(panel, SaveDialog)
    assert again is not dialog
    assert "見て確かめるまで" not in again.doubts.words()
    again.reject()


def test_what_the_venue_lacks_leads_to_the_venue_where_it_is_entered(panel, desk, qtbot):
    gone = []
    desk.navigation_requested.connect(lambda screen, arguments: gone.append((screen, arguments)))
    (venue,) = rows(desk.store.database, Venue, name=panel.view.event.venue)

    def asked():
        panel.leaving.save_pdf(panel.view.event.id, (PackChoice(kind=GUIDE),), whole_sheets=True)
        wait_idle(qtbot, desk)
        return dialog_over(panel, SaveDialog)

    dialog = asked()
    link_in(dialog, "会場の一覧を開く").click()
    wait_idle(qtbot, desk)
    assert (gone, dialog.isVisible()) == ([("venues", {"venue_id": 0})], False)
    with desk.store.change(action="入れた", by=BY, now=NOW) as change:
        change.update(Venue, venue.id, refuge="見本公園")
    dialog = asked()
    assert not link_in(dialog, "会場の一覧を開く").isVisible(), "the list says it all"
    dialog.reject()


def link_in(dialog, text: str):
    return next(one for one in dialog.doubts.findChildren(QPushButton) if one.text() == text)


def test_a_wrong_number_of_copies_is_marked_and_the_choice_stays_open(panel, desk, qtbot, monkeypatch):
    panel.choose_papers()
    dialog = dialog_over(panel, PackDialog)
    for typed in ("0", "二部", "301"):
        dialog.editors["受付名簿"].box.setText(typed)
        dialog.main.click()
        assert dialog.isVisible()
        assert dialog.editors["受付名簿"].box.property("wrong") is True
    dialog.reject()
    assert next(one.copies for one in panel.papers.choices() if one.kind == "受付名簿") == 2


def test_that_the_ward_prints_is_kept_for_the_event(panel, desk, qtbot):
    panel.choose_papers()
    dialog = dialog_over(panel, PackDialog)
    assert list(dialog.options) == ["資料を区で印刷する"]
    dialog.options["資料を区で印刷する"].setChecked(True)
    do(qtbot, desk, dialog.main.click)

    assert day_document_content.read_options(desk.store, event_id=event_id(desk.store, "講習会", 6)).ward_prints


def test_handouts_without_a_kept_file_say_so_and_cannot_be_ticked(panel, desk, qtbot):
    panel.papers.toggle(next(line for line in panel.papers.table.model.records() if line.folded_kinds))
    panel.papers.table.choose(lambda line: line.title == "配布資料")
    press_key(qtbot, desk, panel.papers.table.view, Qt.Key.Key_Return)
    dialog = dialog_over(panel, HandoutDialog)

    assert not any(box.isEnabled() for box in dialog.boxes.values())
    assert not dialog.main.isEnabled()
    assert dialog.form.value("copies") == 16
    assert dialog.doubts.isHidden()
    dialog.reject()
    number = event_id(desk.store, "講習会", 6)
    cancel_event(desk.store, event_id=number, reason="講師の急病のため。", by=BY, now=NOW)
    do(qtbot, desk, panel.open_handouts)
    dialog = dialog_over(panel, HandoutDialog)
    assert "この回は中止です" in dialog.doubts.words(), "what other papers of the event say is said here, too"
    dialog.reject()


def test_handouts_that_left_stand_among_the_papers_with_their_time(panel, desk, qtbot, held):
    given = {"event_id": held, "document_kind": "配布資料", "format": "pdf", "way": OutgoingWay.PLAIN}
    with desk.store.change(action="用意", by=BY, now=NOW) as change:
        for one in distributed_handouts(read_event_records(desk.store, held)):
            change.insert(Outgoing(**given, reference=one.material.title, version=one.latest.version, by=BY, at=NOW))
    do(qtbot, desk, panel.reload)
    assert printed_words(panel)["配布資料"].startswith(f"{NOW:%-H:%M} 保存")


def test_an_event_without_people_says_what_is_missing_and_enter_leads_there(panel, desk, qtbot):
    do(qtbot, desk, lambda: panel.open_with(event_id=event_id(desk.store, "意見交換会", 2)))

    assert "参加者を登録すると作成できます" in printed_words(panel)["受付名簿"]
    assert "受付名簿" not in [one.kind for one in panel.papers.choices()]
    panel.papers.table.choose(lambda line: line.title == "受付名簿")
    with qtbot.waitSignal(desk.navigation_requested) as going:
        QTest.keyClick(panel.papers.table.view, Qt.Key.Key_Return)
    assert (going.args[0], going.args[1]["tab"]) == ("event", "参加者")
    links = {step: row.link.text() for step, row in panel.steps.rows.items() if row.link.isVisible()}
    assert links == {"紙": "班分け", "実施": "討議の記録"}
    with qtbot.waitSignal(desk.navigation_requested) as going:
        panel.steps.rows["実施"].link.click()
    assert going.args[0] == "discussion"


def test_a_cancelled_event_has_no_step_in_force_but_asks_back_what_is_outside(panel, desk, qtbot, held):
    who = {"by": BY, "now": NOW}
    given = {"kind": DecisionKind.CANCELLATION, "decided_at": NOW, "decided_by": "課長", "reason": "大雪のため"}
    calls.decide_change(ActionContext(desk.store, **who), event_id=held, **given)
    do(qtbot, desk, panel.reload)
    assert "中止" in panel.note.words()
    assert "持ち出したものの返却か、タブレットの初期化の記録がまだです。" in panel.note.words()
    assert framed(panel) == ("返却", ["返す"])
    for row in list_checkouts(desk.store, now=NOW, event_id=held).rows:
        record_return(ActionContext(desk.store, **who), checkout_id=row.id, returned_at=NOW, checked_by="見本　係長")
    do(qtbot, desk, panel.reload)
    assert framed(panel) == ("", [])
    do(qtbot, desk, desk.undo)
    assert framed(panel) == ("返却", ["返す"])


def test_past_the_day_the_record_is_asked_for_and_numbers_can_be_typed_instead(panel, desk, qtbot):
    at(panel, qtbot, datetime(2026, 12, 9, 9, 0))
    assert framed(panel) == ("実施", ["実施を記録する"])
    press(qtbot, desk, panel.act)
    closing = dialog_over(panel, ClosingDialog)
    assert "まだ1人も受付していません" in "".join(part.text() for part in closing.findChildren(QLabel))
    closing.leave_button.click() if closing.leave_button.text() == "人数を入力する" else closing._type()
    wait_idle(qtbot, desk)
    dialog = dialog_over(panel, ResultDialog)
    dialog.form.set_values({"attended": 11})
    do(qtbot, desk, dialog.main.click)
    assert "出席 11人　区が代わりに入力した数" in panel.steps.rows["実施"].words.text()
    assert panel.steps.framed_step == "返却"


def test_the_clock_puts_the_next_step_in_force_without_anybody_reading_again(panel, desk, qtbot):
    moments = [datetime(2026, 12, 8, 13, 29, 59)]
    panel.app_context._clock = lambda: moments[-1]
    do(qtbot, desk, panel.reload)
    assert panel.steps.framed_step == "紙"
    assert panel._turn.isActive()
    moments.append(datetime(2026, 12, 8, 13, 30, 1))
    panel._turn.timeout.emit()
    assert panel.steps.framed_step == "受付"


def test_who_only_reads_sees_the_steps_and_can_write_nothing(panel, desk, qtbot):
    desk.read_only = True
    desk.lock_changed.emit()
    assert panel.steps.framed_step == "紙"
    assert not panel.papers.print_button.isEnabled()
    assert not panel.papers.pdf_button.isEnabled()
    do(qtbot, desk, lambda: panel.open_checkouts("持出しファイル"))
    assert not panel.outside.day_file.take_button.isEnabled()


def test_at_most_thirty_five_controls_are_in_sight(panel):
    """The tab's own; the frame, the head and the tabs of an event add 22."""
    own = [one for one in panel.findChildren(QAbstractButton) if one.isVisible()]
    assert len(own) <= 35 - 22


@pytest.mark.parametrize(("width", "height"), [(911, 512), (1190, 640), (1740, 960)])
def test_nothing_is_cut_at_any_size(desk, qtbot, width, height):
    made = shown(qtbot, DayPanel(desk), desk, width=width, height=height, event_id=event_id(desk.store, "講習会", 6))
    wait_idle(qtbot, desk)

    def whole() -> bool:
        return all(
            part.height() >= part.heightForWidth(part.width()) and part.width() >= part.minimumSizeHint().width()
            for part in (made.check, made.steps)
        )

    qtbot.waitUntil(whole)


def test_the_texts_of_the_guide_are_worded_and_looked_at_before_they_are_printed(panel, desk, qtbot):
    held = event_id(desk.store, "講習会", 7)
    do(qtbot, desk, lambda: panel.open_with(event_id=held))
    do(qtbot, desk, panel.papers.guide_button.click)
    dialog = dialog_over(panel, GuideDialog)
    assert "「きょうの目あて」「きょうのまとめ」は提案のままです" in dialog.words.text()
    field = next(one for one in dialog.texts.fields if one.part == "手順")
    field.editor.show_value("電源を入れる　右の横")
    do(qtbot, desk, dialog.main.click)
    view = read_guide(desk.store, event_id=held, on=NOW.date())
    assert view.unchecked == ()
    assert next(one for one in view.texts if one.part == "手順").text == "電源を入れる　右の横"
    do(qtbot, desk, desk.undo)
    assert read_guide(desk.store, event_id=held, on=NOW.date()).unchecked == ("きょうの目あて", "きょうのまとめ")
