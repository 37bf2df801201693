"""受託者の元データで数え直す: report and raw file side by side, in both ways of counting, recorded and not taken in."""

import pytest
from PySide6.QtWidgets import QLabel

from app.surveys.answers.parts import ColumnsDialog
from app.surveys.answers.services.survey_import import RECOUNT
from app.surveys.questions.services import surveys
from app.surveys.tally.screens.comparison_dialog import ComparisonDialog, RecountDialog
from db.records.surveys import Answer
from tests.support.doing import do
from tests.support.survey_pages import opened, show_survey
from tests.support.survey_sheets import answered, fixed_survey, form_file, type_sheets

UNHAPPY = answered(satisfaction=Answer(chosen=("不満",)))


@pytest.fixture
def surveyed(tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    type_sheets(store, event_id, 2)
    return store, event_id


@pytest.fixture
def comparison(qtbot, desk_at, surveyed):
    panel = show_survey(qtbot, desk_at, *surveyed, "照合")
    do(qtbot, panel, panel.check_page.open_comparison)
    return panel, opened(panel, ComparisonDialog)


def _type(dialog, text, number):
    box = next(box for box in dialog.boxes if box.row.code == "satisfaction" and box.row.text == text)
    box.setText(str(number))


def _recount(qtbot, panel, dialog, path):
    dialog.ask_file = lambda: path
    do(qtbot, panel, dialog.recount_button.click)
    return opened(panel, RecountDialog)


def test_the_raw_file_stands_beside_the_report_and_only_a_record_is_kept(qtbot, surveyed, comparison, tmp_path):
    store, event_id = surveyed
    panel, dialog = comparison
    _type(dialog, "満足", 2)
    _type(dialog, "不満", 1)
    path = form_file(tmp_path / "元データ.csv", store, event_id, [answered(), UNHAPPY, UNHAPPY], badges=["1", "2", "2"])

    recount = _recount(qtbot, panel, dialog, path)
    assert (
        "元データ 3行を数えました。元データは取り込んでいません。2か所を比べ、差が 2か所"
        in recount.summary.plain_text()
    )
    assert [one.text() for one in recount.findChildren(QLabel)].count("▲ +1") == 1

    do(qtbot, panel, recount.merged.click)
    assert "3行のうち2行（1行を除く）" in recount.summary.plain_text()
    assert "差が 1か所" in recount.summary.plain_text()
    do(qtbot, panel, recount.main.click)

    view = surveys.read_survey(store, event_id=event_id)
    assert len(view.responses) == 2
    assert view.imports[0].reason.startswith(f"{RECOUNT}　再送信・二度押し・試し送信を除いた2件を数え")
    assert dialog.isVisible()
    dialog.reject()
    do(qtbot, panel, panel.show_page, "取り込み")
    cell = panel.import_page.start_page.imports.model.cell(0, 2)
    assert (cell.text, "差は1か所" in cell.second) == (f"{RECOUNT}（取り込んでいません）", True)


def test_columns_in_other_words_are_settled_first(qtbot, surveyed, comparison, tmp_path):
    panel, dialog = comparison
    _type(dialog, "満足", 1)
    path = form_file(tmp_path / "元データ.csv", *surveyed, [answered(), UNHAPPY])
    text = path.read_text(encoding="utf-8").replace('"講習会全体の満足度"', '"今日の満足度はどうでしたか"')
    path.write_text(text, encoding="utf-8")

    recount = _recount(qtbot, panel, dialog, path)
    columns = opened(panel, ColumnsDialog)
    do(qtbot, panel, columns.mapping.continue_button.click)

    assert "1か所を比べ、差はありません" in recount.summary.plain_text()
    assert recount.missing.words() == ""


def test_without_numbers_to_compare_with_nothing_can_be_recorded(qtbot, surveyed, comparison, tmp_path):
    panel, dialog = comparison

    recount = _recount(qtbot, panel, dialog, form_file(tmp_path / "元データ.csv", *surveyed, [answered()]))

    assert "比べていません" in recount.summary.plain_text()
    assert not recount.main.isEnabled()


def test_a_file_that_cannot_be_read_is_said_in_words(qtbot, comparison, tmp_path):
    panel, dialog = comparison
    broken = tmp_path / "元データ.csv"
    broken.write_bytes(b"")

    recount = _recount(qtbot, panel, dialog, broken)

    assert "空" in recount.refusal.words()
    assert not recount.main.isEnabled()
