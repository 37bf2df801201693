"""The tab 当日: findings lead to where they are mended, papers are ticked, shown, printed, saved, and noted as taken
out."""

from __future__ import annotations

import io

import pypdf
import pytest
from app.subjects.day.screens.pack_box import SaveFilesDialog
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.papers.screens.leaving_dialog import SaveDialog
from app.papers.services.paper_saving import list_outgoing
from app.subjects.day.screens import pack_box
from app.subjects.day.screens.day_dialogs import DayTakeoutDialog, HandoutDialog
from app.subjects.day.screens.day_panel import DayPanel
from app.subjects.day.services import day_building
from app.subjects.takeouts.services.takeouts import list_takeouts
from app.widgets.pdf_printing import Printed
from tests.support.sample import NOW, event_id
from tests.support.sample_desk import dialog_over, shown, sitting
from tests.support.waiting import wait_idle

PRINTED = Printed(pages=6, copies=1, printer="見本", mono=True, both_sides=False)


@pytest.fixture
def desk(tmp_path):
    with sitting(tmp_path) as found:
        yield found


@pytest.fixture
def panel(desk, qtbot):
    made = DayPanel(desk, embedded=True)
    made.arrive(event_id=event_id(desk.store, "講習会", 6))
    shown(qtbot, made, desk, width=1366, height=720)
    wait_idle(qtbot, desk)
    return made


def sent(monkeypatch) -> list[bytes]:
    """Take the place of the printer: keep what went there and say it was printed."""
    found = []

    def take(data, *, printed, **_given):
        found.append(data)
        printed(PRINTED)

    monkeypatch.setattr(pack_box, "print_paper", take)
    return found


def test_the_day_shows_what_to_look_at_the_papers_and_the_first_of_them(panel):
    assert len(panel.check.rows) == 5
    ticked = [kind for kind, box in panel.pack.boxes.items() if box.isChecked()]
    assert ticked == ["受付名簿", "当日進行表・機材チェック表", "実施確認票"]
    assert panel.paper.kind == "受付名簿"
    assert panel.pack.editors["アンケート用紙"].value() == 16
    assert "配布資料" in panel.pack.beside.text()


def test_a_finding_leads_to_where_it_is_mended(panel, desk, qtbot):
    with qtbot.waitSignal(desk.going) as going:
        panel.check.buttons[0].click()
    assert going.args[0] == "roster"
    assert going.args[1]["event_id"] == event_id(desk.store, "講習会", 6)


def test_names_of_a_finding_are_folded_until_asked_for(panel, qtbot):
    assert "仮名" not in "".join(part.text() for part in panel.check.findChildren(QLabel))
    turn = [part for part in panel.check.findChildren(type(panel.check.buttons[0])) if part.text() == "内訳を表示"][1]
    qtbot.mouseClick(turn, Qt.MouseButton.LeftButton)
    assert "仮名" in "".join(part.text() for part in panel.check.findChildren(QLabel))


def test_each_paper_is_shown_when_its_eye_is_pressed(panel, desk, qtbot):
    for kind in ("実施確認票", "名札"):
        qtbot.mouseClick(panel.pack.eyes[kind], Qt.MouseButton.LeftButton)
        wait_idle(qtbot, desk)
        assert panel.paper.kind == kind
    assert not panel.paper.xlsx_button.isVisible()


def test_the_set_is_printed_in_order_logged_and_offers_the_ledger(panel, desk, qtbot, monkeypatch):
    printed = sent(monkeypatch)
    panel.pack.editors["受付名簿"].box.setText("3")
    qtbot.mouseClick(panel.pack.print_button, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, desk)

    text = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed[0])).pages]
    assert [f"{number}／3" in text[number - 1] for number in (1, 2, 3)] == [True] * 3
    log = list_outgoing(desk.store, event_id=event_id(desk.store, "講習会", 6))
    assert {"当日資料一式", "受付名簿", "実施確認票"} <= {row.document_kind for row in log}
    assert "受付名簿 3部" in panel.offer.words()

    panel.note_button.click()
    dialog = dialog_over(panel, DayTakeoutDialog)
    dialog.form.set_values({"approved_by": "見本　係長"})
    dialog.keep()
    wait_idle(qtbot, desk)
    mine = list_takeouts(desk.store, now=NOW, event_id=event_id(desk.store, "講習会", 6)).rows
    (row,) = [one for one in mine if one.takeout.contents == "受付名簿"]
    assert (row.takeout.copies, row.takeout.approved_by) == (3, "見本　係長")
    assert not panel.offer.isVisible()


def test_papers_of_a_past_day_come_back_today(panel, desk, qtbot):
    held = event_id(desk.store, "講習会", 6)
    dialog = DayTakeoutDialog(
        desk,
        event_id=held,
        contents="控え",
        copies=1,
        destination="見本区民館",
        day=NOW.date().replace(day=1, month=11),
        parent=panel,
    )
    dialog.form.set_values({"approved_by": "見本　係長"})
    dialog.keep()
    wait_idle(qtbot, desk)
    (row,) = [one for one in list_takeouts(desk.store, now=NOW, event_id=held).rows if one.takeout.contents == "控え"]
    assert row.takeout.due_back_at.date() == desk.today()


def test_the_set_is_saved_encrypted_as_one_pdf_or_as_files(panel, desk, qtbot, tmp_path):
    qtbot.mouseClick(panel.pack.pdf_button, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, desk)
    dialog = dialog_over(panel, SaveDialog)
    assert dialog.form.value("name") == "R8-講06-当日セット"
    dialog.choose_folder(tmp_path)
    dialog.form.set_values({"password": "correct horse battery", "again": "correct horse battery"})
    dialog.save()
    wait_idle(qtbot, desk)
    assert pypdf.PdfReader(tmp_path / "R8-講06-当日セット.pdf").is_encrypted

    qtbot.mouseClick(panel.pack.files_button, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, desk)
    dialog = dialog_over(panel, SaveFilesDialog)
    dialog.choose_folder(tmp_path)
    dialog.form.set_values({"way": "そのまま保存", "reason": "印刷室に渡す"})
    dialog.form.changed.emit("way")
    dialog.save()
    wait_idle(qtbot, desk)
    names = sorted(path.suffix for path in (tmp_path / "R8-講06-当日セット").iterdir())
    assert names == [".pdf"] * 3 + [".xlsx"] * 3


def test_a_wrong_number_of_copies_is_marked_and_nothing_leaves(panel, desk, qtbot, monkeypatch):
    printed = sent(monkeypatch)
    panel.pack.editors["受付名簿"].box.setText("0")
    qtbot.mouseClick(panel.pack.print_button, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, desk)

    assert printed == []
    assert panel.pack.editors["受付名簿"].box.property("wrong") is True


def test_that_the_ward_prints_is_kept_for_the_event(panel, desk, qtbot):
    box = panel.pack.options["資料を区で印刷する"]
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, desk)

    assert day_building.read_options(desk.store, event_id=event_id(desk.store, "講習会", 6)).ward_prints
    assert panel.pack.options["資料を区で印刷する"].isChecked()
    assert not panel.pack.options["班札に名簿を載せる"].isVisible()


def test_the_way_on_goes_to_the_door_and_its_paper_list(panel, desk, qtbot):
    number = event_id(desk.store, "講習会", 6)
    wanted = {"受付を開く": ("reception", {"event_id": number}),
              "紙の名簿から出欠": ("attendance", {"event_id": number}),
              "持出し管理簿": ("takeouts", {"event_id": number})}  # fmt: skip
    for words, going_to in wanted.items():
        button = next(one for one in panel.work.buttons if one.text() == words)
        with qtbot.waitSignal(desk.going) as going:
            button.click()
        assert tuple(going.args) == going_to
    assert not panel.work.groups.isVisible()


def test_handouts_without_a_kept_file_say_so_and_cannot_be_ticked(panel, desk, qtbot):
    panel.open_handouts()
    wait_idle(qtbot, desk)
    dialog = dialog_over(panel, HandoutDialog)

    assert not any(box.isEnabled() for box in dialog.boxes.values())
    assert not dialog.main.isEnabled()
    assert dialog.form.value("copies") == 16
    dialog.reject()


def test_an_event_without_people_says_what_is_missing(panel, desk, qtbot):
    panel.arrive(event_id=event_id(desk.store, "意見交換会", 2))
    wait_idle(qtbot, desk)

    assert not panel.pack.boxes["受付名簿"].isEnabled()
    panel.show_paper("受付名簿")
    assert "まだ作成できません" in panel.paper.none.words()


@pytest.mark.parametrize(("width", "height"), [(911, 512), (1190, 640), (1740, 960)])
def test_nothing_is_cut_at_any_size(desk, qtbot, width, height):
    made = DayPanel(desk)
    made.arrive(event_id=event_id(desk.store, "講習会", 6))
    shown(qtbot, made, desk, width=width, height=height)
    wait_idle(qtbot, desk)

    def whole() -> bool:
        return all(
            part.height() >= part.heightForWidth(part.width()) and part.width() >= part.minimumSizeHint().width()
            for part in (made.check, made.pack)
        )

    qtbot.waitUntil(whole)
