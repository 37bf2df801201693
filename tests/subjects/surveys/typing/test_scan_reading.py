"""A scanned page is read as it was filled in, however it lay on the glass; nothing is read into it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from PIL import Image

from app.subjects.surveys.typing.intake.page_fitting import Unfitted, fit_page
from app.subjects.surveys.typing.intake.scanned_sheets import ScanReader
from db.records.surveys import Answer, EventSurvey
from tests.support.in_full import times
from tests.support.scan_rounds import try_sheets
from tests.support.scanned_sheets import CONTENTED, GOOD, Printed
from tests.support.scans import BALL, DOTS, FAINT, MARKER, Hand, printed_pages
from tests.support.survey_sheets import AFTER, answered, fixed_survey, survey_of


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    store, event_id = fixed_survey(tmp_path_factory.mktemp("scan"))
    yield Printed(store, event_id), survey_of(store, event_id)
    store.database.conn.close()


def read(sheet, *pages, known=()):
    printed, survey = sheet
    small = [page.tobytes() for page in printed_pages(printed.pdf, (1240, 1754))]
    prints = {form.code: pixels for form, pixels in zip(printed.forms, small, strict=True)}
    reader = ScanReader(
        survey_id=survey.id, questions=survey.questions, forms={False: printed.forms, True: ()}, prints=prints
    )
    for page in pages:
        reader.take(page.tobytes(), page.width, page.height)
    return reader.result(known)


def answers_of(found):
    return {one.code: one.answer for one in found.answers if one.settled}


@pytest.mark.parametrize("kind", ["tick", "leaving", "cross", "filled", "ring"])
@pytest.mark.parametrize("pen", [BALL, FAINT, MARKER], ids=["ball", "faint", "marker"])
def test_a_mark_of_any_kind_is_read_as_it_is_or_left_open(sheet, kind, pen):
    (found,) = read(sheet, *sheet[0].filled(kind=kind, pen=pen)).sheets
    got, truth = answers_of(found), answered()
    assert {code: answer for code, answer in got.items() if answer != truth[code]} == {}
    if kind in ("tick", "cross") or (kind != "ring" and pen is not MARKER):
        assert got == truth


@pytest.mark.parametrize(
    "copier",
    [
        replace(GOOD, turn=90), replace(GOOD, turn=180), replace(GOOD, turn=270), replace(GOOD, skew=3), replace(GOOD, skew=-3),
        replace(GOOD, scale=0.92), replace(GOOD, scale=1.08), replace(GOOD, shift=(3, -3)), replace(GOOD, jpeg=40),
        replace(GOOD, noise=9, paper=236), replace(GOOD, dots=150 / 25.4), replace(GOOD, dots=300 / 25.4),
    ],
    ids=["90", "180", "270", "+3", "-3", "92%", "108%", "shift", "jpeg", "noise", "150dpi", "300dpi"],
)  # fmt: skip
def test_however_the_page_lay_it_reads_the_same(sheet, copier):
    (found,) = read(sheet, *sheet[0].filled(copier=copier)).sheets
    assert answers_of(found) == answered()


def test_in_the_shadow_of_a_lid_less_is_proposed_and_nothing_wrong(sheet):
    got, truth = answers_of(read(sheet, *sheet[0].filled(copier=replace(GOOD, shadow=True))).sheets[0]), answered()
    assert {code: answer for code, answer in got.items() if answer != truth[code]} == {}
    assert len(got) >= 8


def test_black_and_white_alone_gives_single_clear_marks_and_no_silence(sheet):
    scan = read(sheet, *sheet[0].filled({**CONTENTED, "pace": ""}, copier=replace(GOOD, tones="two")))
    got = answers_of(scan.sheets[0])
    assert scan.two_toned
    assert got["satisfaction"] == Answer(chosen=("満足",))
    assert not {"pace", "useful", "comments"} & set(got)


def test_a_corner_under_a_staple_or_a_hand_is_found_by_the_other_three(sheet):
    pages = [page.copy() for page in sheet[0].pages]
    for page in pages:
        Hand(page, Random(1)).line([(196, 5), (206, 12), (198, 14)], MARKER)
    (found,) = read(sheet, *(GOOD.scan(page) for page in pages)).sheets
    assert all(answer == Answer() for answer in answers_of(found).values())
    pages[0].paste(255, (0, 0, round(13 * DOTS), round(13 * DOTS)))
    pages[0].paste(255, (round(196 * DOTS), 0, pages[0].width, round(13 * DOTS)))
    scan = GOOD.scan(pages[0])
    with pytest.raises(Unfitted, match="marks"):
        fit_page(scan.tobytes(), scan.width, scan.height)


def test_nothing_written_is_no_answer_and_what_is_written_waits_to_be_typed(sheet):
    blank, full = sheet[0].filled({}), sheet[0].filled({**CONTENTED, "useful": "17"}, written=("comments", "useful"))
    none, some = read(sheet, *blank, *full).sheets
    assert answers_of(none) == {question.code: Answer() for question in sheet[1].questions}
    opened = {one.code: one for one in some.answers if not one.settled}
    assert set(opened) == {"useful", "comments"}
    assert opened["useful"].answer == Answer(chosen=("講師の説明", "その他"))


def test_pages_of_another_paper_or_none_are_named_and_the_others_go_on(sheet, tmp_path):
    other = fixed_survey(tmp_path / "other")
    survey = survey_of(*other)
    with other[0].change(action="設問", by="見本", now=AFTER, subject="surveys", event_id=other[1]) as change:
        change.update(EventSurvey, survey.id, questions=survey.questions[:-1])
    changed = Printed(*other).filled()
    other[0].database.conn.close()
    white = GOOD.scan(Image.new("L", sheet[0].pages[0].size, 255))
    letter = Image.new("L", sheet[0].pages[0].size, 255)
    Hand(letter, Random(2)).line([(40, 60), (150, 60), (40, 90), (150, 140)], MARKER)
    one = sheet[0].filled()
    scan = read(sheet, one[0], white, GOOD.scan(letter), one[1], *changed, one[0].resize((500, 707)))
    assert len(scan.sheets) == 1
    assert [line.split("　")[0] for line in scan.said] == ["2ページ", "3ページ", "5～6ページ", "7ページ"]
    assert [word in line for word, line in zip(("何も印刷", "四隅の印が見つかりません", "変わっています", "粗すぎ"), scan.said, strict=True)] == [True] * 4


def test_a_page_known_by_its_sign_is_passed_over(sheet):
    pages = sheet[0].filled(), sheet[0].filled(seed=3)
    whole = read(sheet, *pages[0], *pages[1])
    again = read(sheet, *pages[0], *pages[1], known=whole.sheets[0].scan.split()[:1])
    assert (len(whole.sheets), len(again.sheets), again.known) == (2, 1, 1)
    assert again.sheets[0].scan == whole.sheets[1].scan
    assert all(sign.isalpha() for sheet in whole.sheets for sign in sheet.scan.split())


def test_random_sheets_are_never_read_wrongly(tmp_path):
    tally = try_sheets(tmp_path, times(60, of=10), seed=500)
    assert tally.wrong == []
    assert sum(count for (_way, state), count in tally.ways.items() if state == "right") > 10
