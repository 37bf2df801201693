"""Sheets from a scan in the typing page: one look and one Enter for a clear one, and nothing entered twice or lost."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.subjects.surveys.questions.services import surveys
from app.subjects.surveys.tally.services import survey_freezing
from app.subjects.surveys.typing.screens import scan_reading
from app.subjects.surveys.typing.services import survey_entry
from app.subjects.surveys.typing.services.survey_second_entry import add_second_entry
from db.records.surveys import Answer
from tests.support.scanned_sheets import CONTENTED, Printed, scan_file
from tests.support.survey_pages import press, settle, show_survey
from tests.support.survey_sheets import AFTER, answered, fixed_survey, survey_of, type_sheets
from tests.support.waiting import wait_idle
from tests.support.years import BY

ENTRY = "検算・代行入力"
TWO_PACES = {**CONTENTED, "pace": "23"}


@pytest.fixture
def surveyed(tmp_path):
    return fixed_survey(tmp_path / "year")


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    store, event_id = fixed_survey(tmp_path_factory.mktemp("printed"))
    sheet = Printed(store, event_id)
    store.database.conn.close()
    return sheet


def _sheets(store, event_id):
    return surveys.read_survey(store, event_id=event_id).paper


def _read(qtbot, panel, monkeypatch, path: Path):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(path), ""))
    qtbot.mouseClick(panel.entry.start.scan_button, Qt.MouseButton.LeftButton)
    _wait(qtbot, panel)


def _wait(qtbot, panel):
    # What is read in one thread is asked for in the next: the forms, their drawing, the pages.
    for _ in range(4):
        wait_idle(qtbot, panel.desk)
    settle(qtbot, panel)


def test_a_clear_sheet_is_saved_with_one_key_and_the_next_one_comes(qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    _read(qtbot, panel, monkeypatch, scan_file(tmp_path / "scan.pdf", *printed.filled(), *printed.filled(seed=2)))

    entry = panel.entry
    assert entry.paper.isVisibleTo(panel)
    assert entry.board.entry.question is None
    assert entry.board.entry.answers == answered()
    assert entry.paper.picture.rings[("position", "1")]
    assert len([solid for solid in entry.paper.picture.rings.values() if solid]) == 10
    assert panel.window().focusWidget() is entry.board
    assert "Enter" in entry.hint.text()

    press(qtbot, panel, "⏎")
    settle(qtbot, panel)
    (first,) = _sheets(store, event_id)
    assert (first.number, first.answers, first.problems, first.typed_by) == (1, answered(), (), BY)
    assert entry.head.number.text() == "2"
    press(qtbot, panel, "⏎")
    settle(qtbot, panel)
    assert [sheet.number for sheet in _sheets(store, event_id)] == [1, 2]
    assert entry.start.isVisibleTo(panel)
    assert "すべて確かめて保存しました" in entry.start.scan_note.words()
    assert not entry.start.scan_on.isVisibleTo(panel)


def test_the_keyboard_stands_at_what_is_open_and_goes_from_there_to_the_next_open_one(
    qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path
):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    pages = printed.filled({**TWO_PACES, "useful": "17"}, written=("useful", "comments"))
    _read(qtbot, panel, monkeypatch, scan_file(tmp_path / "scan.pdf", *pages))

    entry, board = panel.entry, panel.entry.board
    assert board.entry.question.code == "pace"
    assert "2つ以上に印" in entry.paper.why.plain()
    assert entry.paper.picture.shown_question[0] == 0
    assert [entry.paper.picture.rings.get(("pace", number)) for number in "123"] == [None, False, False]
    press(qtbot, panel, "3")
    assert board.entry.question.code == "useful"
    assert entry.paper.picture.shown_question[0] == 1
    line = board.rows[5].line
    press(qtbot, panel, "⏎")
    assert panel.window().focusWidget() is line
    qtbot.keyClicks(line, "abc")
    press(qtbot, panel, "⏎")
    assert board.entry.question.code == "comments"
    qtbot.keyClicks(board.rows[9].line, "xyz")
    press(qtbot, panel, "⏎")
    assert board.entry.question is None
    press(qtbot, panel, "⏎")
    settle(qtbot, panel)
    (sheet,) = _sheets(store, event_id)
    assert sheet.answers == answered(
        useful=Answer(chosen=("講師の説明", "その他"), other="abc"), comments=Answer(text="xyz")
    )


def test_every_answer_is_corrected_by_its_key_and_no_answer_is_shown_as_such(
    qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path
):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    _read(qtbot, panel, monkeypatch, scan_file(tmp_path / "scan.pdf", *printed.filled({**CONTENTED, "length": ""})))
    board = panel.entry.board

    assert board.entry.question is None
    assert panel.entry.paper.picture.said == {"length": "無回答"}
    taken = [chip.choice.text for chip in board.rows[4].chips if chip.taken]
    assert taken == ["無回答"]
    qtbot.mouseClick(board.rows[1], Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    press(qtbot, panel, "5")
    assert board.entry.question is None
    assert panel.entry.paper.picture.rings.get(("satisfaction", "2")) is None
    assert panel.entry.paper.picture.rings[("satisfaction", "5")]
    press(qtbot, panel, "←")
    assert board.entry.question.code == "comments"
    press(qtbot, panel, "⏎⏎")
    settle(qtbot, panel)
    assert _sheets(store, event_id)[0].answers == answered(satisfaction=Answer(chosen=("とても不満",)), length=Answer())


def test_the_same_file_read_again_enters_nothing_twice_and_ctrl_z_makes_a_sheet_readable_again(
    qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path
):
    store, event_id = surveyed
    file = scan_file(tmp_path / "scan.pdf", *printed.filled(), *printed.filled(seed=2), *printed.filled(seed=3))
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    _read(qtbot, panel, monkeypatch, file)
    press(qtbot, panel, "⏎⏎")
    settle(qtbot, panel)
    qtbot.mouseClick(panel.entry.head.stop_button, Qt.MouseButton.LeftButton)
    settle(qtbot, panel)
    assert surveys.read_survey(store, event_id=event_id).drafts == ()

    _read(qtbot, panel, monkeypatch, file)
    assert "2枚は、このスキャンからもう入力してある" in panel.entry.start.scan_note.words()
    press(qtbot, panel, "⏎")
    settle(qtbot, panel)
    assert len(_sheets(store, event_id)) == 3
    _read(qtbot, panel, monkeypatch, file)
    assert panel.entry.start.isVisibleTo(panel)
    assert "これから入力する用紙はありません" in panel.entry.start.scan_note.words()
    assert len(_sheets(store, event_id)) == 3

    panel.desk.undo()
    settle(qtbot, panel)
    assert [sheet.number for sheet in _sheets(store, event_id)] == [1, 2]
    _read(qtbot, panel, monkeypatch, file)
    press(qtbot, panel, "⏎")
    settle(qtbot, panel)
    assert [sheet.number for sheet in _sheets(store, event_id)] == [1, 2, 3]
    scans = [sheet.scan for sheet in _sheets(store, event_id)]
    assert len(set(scans)) == 3
    with pytest.raises(Exception, match="もう入力されています"):
        survey_entry.add_paper_sheet(
            store, survey_id=survey_of(store, event_id).id, number=9, answers=answered(), scan=scans[0].split()[1], by=BY, now=AFTER
        )


def test_a_sheet_left_half_way_is_kept_and_comes_back_with_its_picture(
    qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path
):
    store, event_id = surveyed
    file = scan_file(tmp_path / "scan.pdf", *printed.filled({**TWO_PACES, "tools": "18"}), *printed.filled(seed=2))
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    _read(qtbot, panel, monkeypatch, file)
    press(qtbot, panel, "2")
    qtbot.mouseClick(panel.entry.head.stop_button, Qt.MouseButton.LeftButton)
    settle(qtbot, panel)
    (draft,) = surveys.read_survey(store, event_id=event_id).drafts
    assert draft.answers["pace"] == Answer(chosen=("やや速い",))

    _read(qtbot, panel, monkeypatch, file)
    assert panel.entry.paper.isVisibleTo(panel)
    assert panel.entry.board.entry.answers["pace"] == Answer(chosen=("やや速い",))
    assert panel.entry.board.entry.question.code == "tools"
    press(qtbot, panel, "1⏎⏎⏎")
    settle(qtbot, panel)
    assert [sheet.number for sheet in _sheets(store, event_id)] == [1, 2]
    assert surveys.read_survey(store, event_id=event_id).drafts == ()


def test_what_belongs_to_no_sheet_is_said_before_the_first_and_more_sheets_than_came_back_are_a_warning(
    qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path
):
    store, event_id = surveyed
    one, two = printed.filled(), printed.filled(seed=2)
    white = one[0].point([250] * 256)
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    panel.entry.start.form.set_values({"total": 1})
    _read(qtbot, panel, monkeypatch, scan_file(tmp_path / "scan.pdf", one[0], one[1], white, two[0], one[1]))
    words = panel.entry.start.scan_note.words()
    assert "2枚を読み取りました" in words
    assert "3ページ　何も印刷されていない" in words
    assert "5ページ　前のページと同じ画像" in words
    assert "読み取った2枚、用紙の枚数1枚です" in words
    assert panel.window().focusWidget() is panel.entry.start.scan_on

    qtbot.keyClick(panel.entry.start.scan_on, Qt.Key.Key_Space)
    press(qtbot, panel, "⏎")
    settle(qtbot, panel)
    assert "2ページ目がスキャンにありません" in panel.entry.paper.place.text()
    assert panel.entry.board.entry.question.code == "useful"
    assert "このページはスキャンにありません" in panel.entry.paper.why.plain()


def _locked(tmp_path, data):
    import pikepdf

    source, path = tmp_path / "plain.pdf", tmp_path / "locked.pdf"
    source.write_bytes(data)
    with pikepdf.open(source) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    return path


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.pdf", b"%PDF-1.4 broken", "壊れて"),
        ("x.pdf", b"", "空です"),
        ("x.txt", "あいうえお".encode(), "スキャンした用紙のファイルではありません"),
        ("x.zip", b"PK\x03\x04abc", "スキャンした用紙のファイルではありません"),
        ("x.jpg", b"\xff\xd8\xff\xe0broken", "壊れて"),
        ("x.png", b"\x89PNG\r\n\x1a\n", "読めません"),
    ],
)
def test_what_is_no_scan_is_refused_in_a_sentence_and_nothing_is_changed(
    qtbot, desk_at, surveyed, monkeypatch, tmp_path, name, data, why
):
    store, event_id = surveyed
    path = tmp_path / name
    path.write_bytes(data)
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    _read(qtbot, panel, monkeypatch, path)
    assert why in panel.entry.start.note.words()
    assert panel.entry.start.isVisibleTo(panel)
    assert _sheets(store, event_id) == ()


def test_a_locked_and_a_lost_file_say_so(qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    _read(qtbot, panel, monkeypatch, _locked(tmp_path, printed.pdf))
    assert "パスワード" in panel.entry.start.note.words()
    _read(qtbot, panel, monkeypatch, tmp_path / "gone.pdf")
    assert "見つかりません" in panel.entry.start.note.words()


@pytest.mark.parametrize("ending", ["jpg", "png", "tiff"])
def test_a_picture_is_read_as_a_pdf_is(qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path, ending):
    store, event_id = surveyed
    first, second = printed.filled()
    path = tmp_path / f"scan.{ending}"
    if ending == "tiff":
        first.save(path, save_all=True, append_images=[second], compression="tiff_lzw")
    else:
        first.save(path)
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    _read(qtbot, panel, monkeypatch, path)
    if panel.entry.start.scan_on.isVisibleTo(panel):
        qtbot.keyClick(panel.entry.start.scan_on, Qt.Key.Key_Space)
    truth = answered()
    got = panel.entry.board.entry.answers
    assert {code: got[code] for code in ("position", "pace")} == {code: truth[code] for code in ("position", "pace")}
    assert (panel.entry.board.entry.question is None) == (ending == "tiff")


def test_two_hundred_pages_are_read_behind_a_window_that_goes_on_and_can_be_stopped(
    qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path
):
    store, event_id = surveyed
    file = scan_file(tmp_path / "scan.pdf", *(printed.filled()[number % 2] for number in range(8)) , quality=60)
    many = tmp_path / "many.pdf"
    import pikepdf

    with pikepdf.open(file) as source, pikepdf.new() as target:
        for _ in range(25):
            target.pages.extend(source.pages)
        target.save(many)
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    told = []
    jobs = []
    panel.desk.tasks.long_started.connect(jobs.append)
    ticks = [time.perf_counter()]
    timer = QTimer(panel)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(5)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(many), ""))
    qtbot.mouseClick(panel.entry.start.scan_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(job.can_stop for job in jobs), timeout=60_000)
    job = next(job for job in jobs if job.can_stop)
    job.progressed.connect(lambda done, total: told.append((done, total)))
    qtbot.waitUntil(lambda: len(told) >= 3, timeout=60_000)
    job.stop()
    _wait(qtbot, panel)
    timer.stop()
    assert told[0][1] == 200
    assert panel.entry.start.isVisibleTo(panel)
    assert panel.entry.start.scan_note.words() == ""
    assert _sheets(store, event_id) == ()
    longest = max(after - before for before, after in pairwise(ticks))
    assert longest < 0.3, longest


def test_a_scan_that_is_read_while_somebody_types_waits_on_the_start(
    qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path
):
    store, event_id = surveyed
    file = scan_file(tmp_path / "scan.pdf", *printed.filled())
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(file), ""))
    qtbot.mouseClick(panel.entry.start.scan_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.entry.start.begin_button, Qt.MouseButton.LeftButton)
    press(qtbot, panel, "12")
    _wait(qtbot, panel)
    assert panel.entry.board.entry.place == 2
    assert not panel.entry.paper.isVisibleTo(panel)
    qtbot.mouseClick(panel.entry.head.stop_button, Qt.MouseButton.LeftButton)
    settle(qtbot, panel)
    assert panel.window().focusWidget() is panel.entry.start.scan_on
    qtbot.keyClick(panel.entry.start.scan_on, Qt.Key.Key_Space)
    assert panel.entry.board.entry.answers == answered()


def test_the_button_rests_where_nothing_can_be_typed_and_with_the_second_typing(qtbot, desk_at, surveyed):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY, read_only=True)
    assert not panel.entry.start.scan_button.isEnabled()
    type_sheets(store, event_id, 1)
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    panel.entry.start.form.set_values({"typing": "second"})
    panel.entry.start.form.changed.emit("typing")
    assert not panel.entry.start.scan_button.isVisibleTo(panel)
    survey_freezing.freeze_tally(store, survey_id=survey_of(store, event_id).id, uncompared="紙だけ", by=BY, now=AFTER)
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    assert not panel.entry.start.scan_button.isEnabled()


def test_a_file_dropped_on_the_start_is_read(qtbot, desk_at, surveyed, printed, tmp_path):
    store, event_id = surveyed
    file = scan_file(tmp_path / "scan.pdf", *printed.filled())
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    given = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPoint(10, 10), *given)
    panel.entry.start.dragEnterEvent(entered)
    assert entered.isAccepted()
    panel.entry.start.dropEvent(QDropEvent(QPointF(10, 10), *given))
    _wait(qtbot, panel)
    assert panel.entry.board.entry.answers == answered()


def test_the_second_typing_compares_a_scanned_sheet_as_any_other(qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    _read(qtbot, panel, monkeypatch, scan_file(tmp_path / "scan.pdf", *printed.filled()))
    press(qtbot, panel, "⏎")
    settle(qtbot, panel)
    saved = add_second_entry(
        store, survey_id=survey_of(store, event_id).id, number=1, answers=answered(pace=Answer(chosen=("遅い",))), typist="別の人", by=BY, now=AFTER
    )
    assert saved.id
    assert len(surveys.read_survey(store, event_id=event_id).second) == 1


@pytest.mark.parametrize("size", [(1190, 720), (855, 464), (1744, 1032)], ids=["1366", "911", "1920"])
def test_answers_and_picture_both_have_their_place(qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path, size):
    store, event_id = surveyed
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY, size=size)
    pages = [*printed.filled(), *printed.filled(TWO_PACES, seed=2)]
    _read(qtbot, panel, monkeypatch, scan_file(tmp_path / "scan.pdf", *pages))
    for _ in range(2):
        qtbot.waitUntil(lambda: panel.entry.board.height() > 40)
        picture = _inside(panel, panel.entry.paper.picture)
        board = _inside(panel, panel.entry.board)
        assert picture.height() >= 90
        assert not picture.intersects(board)
        assert panel.rect().contains(picture)
        assert panel.rect().contains(board)
        for row in panel.entry.board.rows:
            assert all(chip.x() + chip.width() <= row.width() for chip in row.chips if chip.isVisibleTo(row))
        press(qtbot, panel, "⏎")
        settle(qtbot, panel)


def _inside(panel: QWidget, part: QWidget):
    area = part.rect()
    area.moveTopLeft(part.mapTo(panel, QPoint(0, 0)))
    return area


def test_no_file_of_the_scan_stays_anywhere(qtbot, desk_at, surveyed, printed, monkeypatch, tmp_path):
    store, event_id = surveyed
    file = scan_file(tmp_path / "scan.pdf", *printed.filled())
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    panel = show_survey(qtbot, desk_at, store, event_id, ENTRY)
    _read(qtbot, panel, monkeypatch, file)
    press(qtbot, panel, "⏎")
    settle(qtbot, panel)
    grown = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert not [path for path in grown if path.stat().st_size > 200_000 and "files" in path.parts]
    assert store.database.execute("SELECT count(*) FROM stored_files").fetchone()[0] == 0
    assert scan_reading.MOST_PAGES >= 200
