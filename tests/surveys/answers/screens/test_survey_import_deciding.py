"""取り込み: columns in other words, doubtful rows decided all alike and one by one, texts given to
options, the record."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.surveys.answers.intake.survey_columns import KEEP_AS_TEXT, LEFT_OUT
from app.surveys.answers.screens import import_page
from app.surveys.answers.screens.import_page import ImportRecordDialog, TextMappingDialog
from app.surveys.answers.screens.response_detail import COUNT_IN, LEAVE_OUT, RowDecisionDialog
from app.surveys.answers.services.survey_decisions import KEEP_ONE, LEAVE_ROW_OUT
from app.surveys.questions.services import surveys
from app.widgets.note_box import NoteBox
from db.records.surveys import Answer
from tests.support.answer_files import write_book, write_csv
from tests.support.doing import do
from tests.support.survey_pages import opened, show_survey
from tests.support.survey_sheets import answered, form_file, survey_of

PAGE = "取り込み"
ODD = answered(satisfaction=Answer(out_of_list=("ふつう",)))
TRIAL = answered(comments=Answer(text="テスト送信です"))
UNHAPPY = answered(satisfaction=Answer(chosen=("不満",)))


@pytest.fixture
def page(qtbot, desk_at, surveyed):
    return show_survey(qtbot, desk_at, *surveyed, PAGE)


def _choose(line, columns):
    place = next(n for n in range(line.box.count()) if line.box.itemData(n) == columns)
    line.box.setCurrentIndex(place)
    line.box.activated.emit(place)


def test_with_other_headings_every_question_waits_for_its_column_and_none_is_called_unanswered(
    qtbot, surveyed, page, tmp_path
):
    questions = survey_of(*surveyed).questions
    heads = ["タイムスタンプ", "名札の記号", *(f"項目{place}" for place in range(len(questions)))]
    cells = [", ".join(answered()[one.code].chosen) or answered()[one.code].text for one in questions]
    rows = [heads, ["2026/09/30 16:00:00", "A-12", *cells]]
    _hand_in(qtbot, page, write_csv(tmp_path / "回答.csv", rows))
    mapping = page.import_page.mapping
    waiting = [line for line in mapping.table.lines.values() if line.state == "選ぶ"]
    assert waiting
    assert waiting[0].box.hasFocus()
    for place, question in enumerate(questions, start=2):
        _choose(mapping.table.lines[question.code], (place,))
    assert mapping.continue_button.isEnabled()
    do(qtbot, page, mapping.continue_button.click)
    _take(qtbot, page)
    (sheet,) = _sheets(surveyed)
    assert {code: one.chosen for code, one in sheet.answers.items()} == {
        one.code: answered()[one.code].chosen for one in questions
    }
    assert sheet.extra == {}


def _hand_in(qtbot, panel, path):
    do(qtbot, panel, panel.import_page.show_file, path)
    return panel.import_page.preview


def _decide(qtbot, panel, kind, way):
    box = panel.import_page.preview.decision_panel.boxes[kind]
    box.setCurrentIndex(box.findData(way))
    do(qtbot, panel, box.activated.emit, box.currentIndex())


def _sheets(surveyed):
    store, event_id = surveyed
    return surveys.read_survey(store, event_id=event_id).responses


def _take(qtbot, panel):
    do(qtbot, panel, qtbot.keyClick, panel.import_page.preview.import_button, Qt.Key.Key_Space)


def test_kinds_of_doubt_are_decided_for_all_their_rows_alike(qtbot, surveyed, page, tmp_path):
    rows = [answered(), UNHAPPY, TRIAL, TRIAL | {"satisfaction": Answer(chosen=("不満",))}]
    badges = ["101", "101", "102", "103"]
    preview = _hand_in(qtbot, page, form_file(tmp_path / "回答.csv", *surveyed, rows, badges=badges))
    assert preview.decision_panel.summary.plain_text().startswith("まだ決めていない行が4行あります。")

    _decide(qtbot, page, "再送信", KEEP_ONE)
    assert preview.decision_panel.summary.plain_text().startswith("4行のうち、まだ決めていない行が2行あります。")
    _decide(qtbot, page, "試し送信", LEAVE_ROW_OUT)

    assert preview.chips.chips["確認が必要"].count == 0
    assert "4行とも決めました" in preview.decision_panel.summary.plain_text()
    model = preview.table.model
    below = [preview.table.view.text_below(model.record(row)) for row in range(4)]
    assert ["集計に入れない" in words for words in below] == [True, False, True, True]
    assert "決めたこと　再送信（後の回答を採る）" in below[0]
    place = next(at for at, column in enumerate(model.columns) if column.key == "outcome")
    shown = [model.cell(row, place) for row in range(4)]
    assert [cell.text or cell.badge for cell in shown] == ["集計に入れない", "新規", "集計に入れない", "集計に入れない"]
    chips = preview.chips.chips
    assert [chips[word].count for word in ("すべて", "新規", "集計に入れない")] == [4, 1, 3]
    chips["集計に入れない"].click()
    assert model.rowCount() == 3, "the rows that its number counts"
    _take(qtbot, page)
    assert [sheet.counted for sheet in _sheets(surveyed)] == [False, True, False, False]
    assert "4件の回答を取り込みました。うち3件は集計に入れません。" in page.import_page.start_page.result.words()


def test_one_row_is_decided_by_itself_and_leaving_it_out_asks_why(qtbot, surveyed, page, tmp_path):
    preview = _hand_in(qtbot, page, form_file(tmp_path / "回答.csv", *surveyed, [TRIAL, answered()]))
    preview.table.choose(lambda row: row.row == 1)
    qtbot.keyClick(preview.table.view, Qt.Key.Key_Return)
    dialog = opened(page, RowDecisionDialog)
    assert any("試し送信らしい回答" in box.words() for box in dialog.findChildren(NoteBox))

    dialog.form.set_values({"way": LEAVE_OUT})
    dialog.main.click()
    assert "理由を書いてください" in dialog.form.problem_shown("reason")
    dialog.form.set_values({"way": COUNT_IN, "reason": "本人の感想と確かめた"})
    do(qtbot, page, dialog.main.click)
    _take(qtbot, page)

    first = _sheets(surveyed)[0]
    assert (first.counted, first.decision) == (True, "本人の感想と確かめた")


def test_a_text_outside_the_list_is_given_to_an_option(qtbot, surveyed, page, tmp_path):
    preview = _hand_in(qtbot, page, form_file(tmp_path / "回答.csv", *surveyed, [ODD, ODD, answered()]))
    assert preview.decision_panel.text_mapping_button.text() == "選択肢に振り分ける（1種類）"

    preview.decision_panel.text_mapping_button.click()
    dialog = opened(page, TextMappingDialog)
    box = dialog.boxes["satisfaction", "ふつう"]
    box.setCurrentIndex(box.findData("どちらともいえない"))
    do(qtbot, page, dialog.main.click)
    assert preview.chips.chips["確認が必要"].count == 0
    _take(qtbot, page)

    assert _sheets(surveyed)[0].answers["satisfaction"].chosen == ("どちらともいえない",)
    assert (
        page.import_page.start_page.imports.model.cell(0, 2).second
        == "決めたこと：選択肢にない言葉1種類に選択肢を当てた"
    )


def test_columns_in_other_words_are_proposed_confirmed_and_remembered(qtbot, surveyed, page, tmp_path):
    path = form_file(tmp_path / "回答.csv", *surveyed, [answered(), UNHAPPY])
    title = next(one.title for one in survey_of(*surveyed).questions if one.code == "satisfaction")
    text = path.read_text(encoding="utf-8").replace(f'"{title}"', '"Ｑ２．きょうの満足度（５段階）"')
    path.write_text(text, encoding="utf-8")
    panel = page

    do(qtbot, panel, panel.import_page.show_file, path)
    mapping = panel.import_page.mapping
    assert mapping.isVisible()
    assert "見出しの言葉が設問と違う列が1つ" in mapping.explanation.words()
    (line,) = [one for one in mapping.table.lines.values() if one.state == "提案"]
    assert line.field.key == "satisfaction"
    assert line.field.known_share == "2 / 2"
    assert line.box.hasFocus()
    do(qtbot, panel, qtbot.keyClick, mapping.continue_button, Qt.Key.Key_Space)
    _take(qtbot, panel)
    assert _sheets(surveyed)[1].answers["satisfaction"].chosen == ("不満",)

    do(qtbot, panel, panel.import_page.show_file, path)
    assert panel.import_page.preview.isVisible()
    assert panel.import_page.preview.chips.chips["重複"].count == 2


def test_a_question_in_two_columns_or_in_none_cannot_be_gone_on_with(qtbot, surveyed, page, tmp_path):
    preview = _hand_in(qtbot, page, form_file(tmp_path / "回答.csv", *surveyed, [answered()]))
    preview.columns_asked.emit()
    mapping = page.import_page.mapping
    first, second = (mapping.table.lines[code] for code in ("satisfaction", "pace"))

    _choose(second, first.columns)
    assert "同じ列を2つの設問に当てています　問4" in mapping.missing.words()
    assert not mapping.continue_button.isEnabled()
    _choose(second, ())
    assert "列がない設問 1つ　問4" in mapping.missing.words()
    assert mapping.continue_button.isEnabled()
    assert mapping.chosen_uses()[first.columns[0]] == "satisfaction"
    mapping.cancel_button.click()
    assert page.import_page.preview.isVisible()


def test_a_column_beside_the_questions_is_kept_only_where_the_box_says_so(qtbot, surveyed, page, tmp_path):
    question = survey_of(*surveyed).questions[1]
    heads = ["タイムスタンプ", "メールアドレス", "会場の広さ", "ひとこと欄", question.title]
    rows = [heads, ["2026/09/30 16:00:00", "m@example.jp", "広い", "なし", "満足"]]
    _hand_in(qtbot, page, write_csv(tmp_path / "回答.csv", rows))
    others = {one.column.heading: one for one in page.import_page.mapping.unmapped_columns.values()}
    assert others["メールアドレス"].use_box.findData(KEEP_AS_TEXT) < 0

    others["ひとこと欄"].use_box.setCurrentIndex(others["ひとこと欄"].use_box.findData(LEFT_OUT))
    page.import_page.mapping.few_confirmed_box.click()
    do(qtbot, page, page.import_page.mapping.continue_button.click)
    _take(qtbot, page)

    (sheet,) = _sheets(surveyed)
    assert sheet.extra == {"会場の広さ": "広い"}


def test_a_workbook_with_several_sheets_lets_one_choose(qtbot, surveyed, page, tmp_path):
    import openpyxl

    question = survey_of(*surveyed).questions[1]
    path = write_book(tmp_path / "回答.xlsx", [["タイムスタンプ", question.title], ["2026/09/30 16:00:00", "満足"]])
    book = openpyxl.load_workbook(path)
    more = book.create_sheet("二回目")
    for row in (["タイムスタンプ", question.title], ["2026/09/30 16:30:00", "不満"], ["2026/09/30 16:31:00", "不満"]):
        more.append(row)
    book.save(path)
    _hand_in(qtbot, page, path)
    mapping = page.import_page.mapping
    other = next(
        n
        for n in range(mapping.sheet_box.count())
        if mapping.sheet_box.itemData(n) != page.import_page.current_draft.preview.survey_file.file.sheet
    )
    mapping.sheet_box.setCurrentIndex(other)
    do(qtbot, page, mapping.sheet_box.activated.emit, other)

    assert page.import_page.current_draft.preview.survey_file.file.sheet == mapping.sheet_box.itemData(other)


def test_the_record_of_an_import_shows_what_was_decided_and_takes_it_back(qtbot, surveyed, page, tmp_path):
    preview = _hand_in(qtbot, page, form_file(tmp_path / "回答.csv", *surveyed, [TRIAL, ODD], badges=["1", "2"]))
    _decide(qtbot, page, "試し送信", LEAVE_ROW_OUT)
    assert preview.import_button.text() == "2件を取り込む"
    _take(qtbot, page)
    imports = page.import_page.start_page.imports
    imports.choose(lambda _row: True)
    qtbot.keyClick(imports.view, Qt.Key.Key_Return)

    dialog = opened(page, ImportRecordDialog)
    words = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "試し送信（1件）は数えない" in words
    assert "まだ決めていません" in words
    assert "受付でお渡しした番号（3桁）" in words
    do(qtbot, page, dialog.undo.click)
    assert _sheets(surveyed) == ()


def test_an_import_whose_replaced_answer_stays_out_is_taken_back_only_after_it_was_said(
    qtbot, surveyed, page, tmp_path, monkeypatch
):
    _hand_in(qtbot, page, form_file(tmp_path / "回答.csv", *surveyed, [answered()], badges=["1"]))
    _take(qtbot, page)
    start = page.import_page.start_page
    (taken,) = page.import_page._view.imports
    monkeypatch.setattr(
        import_page, "unrestored_words", lambda _sheets, _import_id: "前の回答1件は、集計に戻りません。"
    )
    do(qtbot, page, start.undo_asked.emit, taken)
    assert len(_sheets(surveyed)) == 1
    dialog = opened(page, ImportRecordDialog)
    assert "前の回答1件は、集計に戻りません。" in [one.text() for one in dialog.findChildren(QLabel)]
    do(qtbot, page, dialog.undo.click)
    assert _sheets(surveyed) == ()
