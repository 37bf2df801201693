"""The page of 仕様書の読み比べ: a new draft is dropped, read, confirmed number by number, and the start of the year
follows."""

from app.documents.screens.document_view import DocumentDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.year.dates.screens import StartYearDialog
from app.year.dates.services import next_year_draft
from app.year_end.specification.documents import KIND
from app.year_end.specification.screens import SpecificationScreen
from db.records.year.specification import NextValue, SpecificationText, SpecificationYear
from db.rows import row
from tests.support.doing import do
from tests.support.sample import NOW
from tests.support.sample_desk import dialog_over, rows_in_sight, shown
from tests.support.specification import NEXT_YEAR, THIS_YEAR
from tests.support.waiting import wait_idle


def test_a_draft_is_read_beside_this_year_and_the_next_year_starts_with_what_was_confirmed(qtbot, desk, tmp_path):
    screen = shown(qtbot, SpecificationScreen(desk), desk, width=1366)
    assert screen.view.words.startswith("変わった段落")

    refused = tmp_path / "仕様書.docx"
    refused.write_bytes(b"PK\x03\x04")
    do(qtbot, desk, screen.take_file, refused)
    assert "PDFかテキスト" in screen.problem.words()

    for side, text in (("この年度", THIS_YEAR), ("つぎの年度", NEXT_YEAR)):
        path = tmp_path / f"{side}.txt"
        path.write_bytes(text.encode("cp932"))
        do(qtbot, desk, screen.take_file, path, SpecificationYear(side))
        do(qtbot, desk, screen.reload)
    assert row(desk.store.database, SpecificationText, side="つぎの年度").text == NEXT_YEAR
    assert not screen.problem.words()

    screen.paper.click()
    printed = dialog_over(screen, DocumentDialog)
    wait_idle(qtbot, desk)
    assert (printed.view.kind, printed.view.content.kind) == (KIND, KIND)
    printed.reject()

    assert screen.table.choose(lambda one: one.pair.clause == "4(1)ウ")
    assert "1週間前" in screen.panel.texts[1].text()
    assert "<u>" in screen.panel.texts[1].text()
    assert "参加人数連絡書" in screen.panel.hanging.plain_text()
    do(qtbot, desk, screen.panel.take.click)
    assert row(desk.store.database, NextValue, key="講習会.headcount_period").value == "1週間前"

    screen.panel.type.click()
    dialog = dialog_over(screen, FormDialog)
    dialog.form.set_values({"講習会.people_max": 25})
    do(qtbot, desk, dialog.main.click)
    do(qtbot, desk, screen.reload)
    assert row(desk.store.database, NextValue, key="講習会.people_max").value == "25"

    same = len(screen._matching_keys(screen.view))
    assert same
    do(qtbot, desk, screen.same.click)
    do(qtbot, desk, screen.reload)
    assert screen._matching_keys(screen.view) == []

    draft = next_year_draft(desk.store, today=NOW.date())
    start = StartYearDialog(screen, draft)
    qtbot.addWidget(start)
    (lectures,) = (one for one in start.step.numbers.numbers() if one.kind == "講習会")
    assert (lectures.people_max, lectures.headcount_period) == (25, "1週間前")


def test_on_a_low_page_four_paragraphs_are_in_sight(qtbot, desk):
    screen = shown(qtbot, SpecificationScreen(desk), desk, width=766, height=438)
    assert not screen.kept.isVisible()
    assert screen.counts.toolTip() == screen.kept.text() != ""
    assert rows_in_sight(screen.table) >= 4
    screen.resize(1190, 720)
    qtbot.waitUntil(screen.kept.isVisible)
    assert screen.counts.toolTip() == ""
