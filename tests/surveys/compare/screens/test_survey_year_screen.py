"""The surveys of the year on the screen: comparing, earlier years, 中間集計 saved."""

from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.documents.screens.save_dialog import SaveDialog
from app.surveys.compare import services as compare_services
from app.surveys.compare.screens import EarlierSurveyDialog, SurveyYearScreen
from app.surveys.overview.screens import SurveyList
from db.records.surveys import EarlierQuestion
from db.tables import documents, surveys
from tests.support.doing import do
from tests.support.sample import BY, NOW
from tests.support.sample_desk import dialog_over, session, shown


@pytest.fixture
def desk(tmp_path):
    """The sample year before last year's totals were typed in."""
    with session(tmp_path) as found:
        (typed,) = surveys.earlier_counts(found.store.database)
        compare_services.remove_earlier(ActionContext(found.store, BY, NOW), earlier_id=typed.id)
        yield found


def _screen(qtbot: Any, desk: Any, page: str) -> SurveyYearScreen:
    return shown(qtbot, SurveyYearScreen(desk), desk, kind="講習会", page=page)


def _texts(screen: SurveyYearScreen) -> list[tuple[str, ...]]:
    return list(screen.compare.table.export_content()[1])


def test_two_events_are_compared_in_people_and_points(qtbot, desk):
    screen = _screen(qtbot, desk, "比べる")

    headings, rows = screen.compare.table.export_content()

    assert headings[0] == "設問"
    assert headings[-2:] == ("差（人）", "差（ポイント）")
    total = next(row for row in rows if "満足計" in row)
    assert (total[3], total[5]) == ("12", "56")
    assert total[-2] == "+44"


def test_every_event_stands_beside_the_others(qtbot, desk):
    screen = _screen(qtbot, desk, "比べる")

    do(qtbot, desk, screen.compare.all_events_box.click)

    headings = screen.compare.table.export_content()[0]
    assert next(one for one in headings if one.endswith("人数")) == "第1回 事例紹介講習会　人数"
    assert not any("差" in one for one in headings[2:])


def test_an_earlier_year_is_typed_in_and_stands_beside_this_one(qtbot, desk):
    screen = _screen(qtbot, desk, "前の年度の集計")
    screen.earlier.add_button.click()
    dialog = dialog_over(screen.window(), EarlierSurveyDialog)
    dialog.form.set_values({"sheets": 40, "source": "年間実績総括"})
    for name, count in {"とても満足": 10, "満足": 20, "どちらともいえない": 8, "無回答": 2}.items():
        dialog.grid.boxes["satisfaction", name].setText(str(count))
    do(qtbot, desk, dialog.main.click)

    (kept,) = surveys.earlier_counts(desk.store.database)
    assert (kept.fiscal_year, kept.sheets, kept.questions[0].base) == (2025, 40, 40)
    do(qtbot, desk, screen.show_page, "比べる")
    assert screen.compare.first_source.itemText(0) == "令和7年度　講習会"
    screen.compare.first_source.setCurrentIndex(0)
    screen.compare.first_source.activated.emit(0)
    assert any("満足計" in row and row[3] == "30" for row in _texts(screen))


def test_numbers_that_do_not_add_up_are_said_in_the_dialog_and_nothing_is_kept(qtbot, desk):
    screen = _screen(qtbot, desk, "前の年度の集計")
    screen.earlier.add_button.click()
    dialog = dialog_over(screen.window(), EarlierSurveyDialog)
    dialog.form.set_values({"sheets": 40})
    dialog.grid.boxes["satisfaction", "満足"].setText("12")
    do(qtbot, desk, dialog.main.click)
    assert "足すと12人で、ｎ（40）と合いません" in dialog.refusal.words()
    dialog.grid.boxes["satisfaction", "満足"].setText("十二")
    dialog.main.click()

    assert "数として読めません" in dialog.refusal.words()
    assert surveys.earlier_counts(desk.store.database) == []


def test_a_list_fills_the_dialog_and_what_this_year_does_not_ask_is_kept(qtbot, desk, tmp_path):
    path = tmp_path / "前年.csv"
    lines = [
        "設問の記号,設問,選択肢,人数",
        "satisfaction,満足度,とても満足,5",
        "satisfaction,満足度,無回答,1",
        "tv,テレビ,見る,6",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    screen = _screen(qtbot, desk, "前の年度の集計")
    screen.earlier.add_button.click()
    dialog = dialog_over(screen.window(), EarlierSurveyDialog)

    do(qtbot, desk, dialog.read_file, path)

    assert dialog.grid.boxes["satisfaction", "とても満足"].text() == "5"
    assert dialog.form.value("sheets") == 6
    assert "「テレビ」" in dialog.file_notes.words()
    do(qtbot, desk, dialog.main.click)
    (kept,) = surveys.earlier_counts(desk.store.database)
    assert [one.code for one in kept.questions] == ["satisfaction", "tv"]


def test_an_earlier_year_is_removed_by_delete_and_comes_back_by_undo(qtbot, desk):
    question = EarlierQuestion(code="satisfaction", title="満足度", base=3, counts={"満足": 3})
    compare_services.save_earlier(
        ActionContext(desk.store, BY, NOW), fiscal_year=2025, kind="講習会", sheets=3, questions=(question,)
    )
    screen = _screen(qtbot, desk, "前の年度の集計")
    do(qtbot, desk, screen.earlier.table.delete_asked.emit, [screen.earlier.table.model.records()[0]])
    assert surveys.earlier_counts(desk.store.database) == []

    do(qtbot, desk, desk.undo)

    assert len(surveys.earlier_counts(desk.store.database)) == 1


def test_interim_totals_are_shown_for_a_day_and_saved(qtbot, desk, tmp_path):
    screen = _screen(qtbot, desk, "中間集計")
    qtbot.waitUntil(lambda: screen.interim.document_view.preview.page_count() > 1)
    do(qtbot, desk, screen.interim.days[0].click)
    assert screen.interim.as_of.isoformat() == "2026-09-30"
    qtbot.waitUntil(lambda: screen.interim.document_view.preview.page_count() > 0)

    screen.interim.document_view.pdf_button.click()
    qtbot.waitUntil(lambda: bool(screen.window().findChildren(SaveDialog)))
    dialog = dialog_over(screen.window(), SaveDialog)
    dialog.choose_folder(tmp_path)
    do(qtbot, desk, dialog.main.click)

    assert (tmp_path / "R8-アンケート中間集計-20260930.pdf").read_bytes().startswith(b"%PDF")
    row = documents.all_outgoing(desk.store.database)[0]
    assert (row.document_kind, row.event_id, row.programme_id) == ("アンケート中間集計", None, 1)


def test_the_list_of_surveys_leads_to_the_year(qtbot, desk):
    part = SurveyList(desk)
    qtbot.addWidget(part)
    gone: list[Any] = []
    desk.navigation_requested.connect(lambda place, given: gone.append((place, given)))

    part.tabs.choose(1)
    acts = dict(part.menu_actions())
    for words in ("中間集計", "設問のひな形"):
        acts[words]()

    assert gone[:2] == [("survey_year", {"page": page}) for page in ("比べる", "中間集計")]
    assert gone[2:] == [("questionnaires", {})]
    assert part.tabs.current() == 0
    year = SurveyYearScreen(desk)
    qtbot.addWidget(year)
    year.tabs.choose(0)
    assert gone[3:] == [("survey", {})]
    assert year.tabs.current() == 1
