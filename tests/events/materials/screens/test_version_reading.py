"""Two versions of a handout page by page: exactly the pages that changed are named, with the places that changed."""

import pytest

from app.events.materials.screens.pdf_comparison import Difference, PdfNotReadable, compare_versions
from tests.support.handout_pdfs import BLUE_FOURTH, PAGES, handout, scanned

OLD = handout()


def compared(old: bytes, new: bytes) -> Difference:
    told: list[tuple[int, int]] = []
    found = compare_versions(lambda done, total: told.append((done, total)), old, new)
    assert told[-1][0] == told[-1][1] == found.old_pages + found.new_pages
    return found


def named(found: Difference) -> list[tuple[str, int | None, int | None]]:
    return [(one.change, one.old, one.new) for one in found.changes]


def test_one_changed_digit_is_that_page_and_that_place():
    found = compared(
        OLD, handout(swap=("Write 12 words: what is said in line 7", "Write 12 words: what is said in line 8"))
    )
    assert named(found) == [("変わった", 3, 3)]
    (spot,) = found.changes[0].areas
    assert spot.width < 24
    assert spot.height < 30
    assert spot.y < 842 - (720 - 18 * 6) < spot.y + spot.height


def test_a_changed_title_and_its_lines_are_framed_and_nothing_beside_them():
    found = compared(OLD, handout([*PAGES[:2], "Write 13 words", *PAGES[3:]], version=2))
    assert named(found) == [("変わった", 3, 3)]
    assert all(spot.x > 55 and spot.y > 60 and spot.y + spot.height < 380 for spot in found.changes[0].areas)


def test_a_page_put_in_is_named_alone_although_every_number_after_it_changed():
    found = compared(OLD, handout([*PAGES[:3], "Ask before you show a face", *PAGES[3:]], version=2))
    assert named(found) == [("加わった", None, 4)]
    assert [(pair.old, pair.new) for pair in found.pairs] == [(1, 1), (2, 2), (3, 3), (None, 4), (4, 5), (5, 6)]
    back = compared(handout([*PAGES[:3], "Ask before you show a face", *PAGES[3:]]), OLD)
    assert named(back) == [("なくなった", 4, None)]


def test_an_exchanged_picture_is_framed_where_it_stands():
    found = compared(OLD, handout(pictures=BLUE_FOURTH, version=2))
    assert named(found) == [("変わった", 4, 4)]
    (spot,) = found.changes[0].areas
    assert (spot.x, spot.y) == pytest.approx((360, 842 - 240), abs=10)
    assert (spot.width, spot.height) == pytest.approx((180, 120), abs=20)


def test_all_three_together_name_exactly_these_pages():
    pages = [*PAGES[:2], "Write 13 words", PAGES[3], "Ask before you show a face", PAGES[4]]
    found = compared(OLD, handout(pages, pictures=BLUE_FOURTH, version=2))
    assert named(found) == [("変わった", 3, 3), ("変わった", 4, 4), ("加わった", None, 5)]


def test_scans_without_words_are_told_apart_by_their_look():
    found = compared(scanned([40, 90, 140, 190]), scanned([40, 90, 250, 190]))
    assert named(found) == [("変わった", 3, 3)]
    put_in = compared(scanned([40, 90, 190]), scanned([40, 90, 140, 190]))
    assert named(put_in) == [("加わった", None, 3)]


def test_a_page_as_large_as_a_wall_is_compared_in_the_room_of_any_other():
    wall = (14000, 14000)
    found = compared(scanned([40], size=wall), scanned([140], size=wall))
    assert named(found) == [("変わった", 1, 1)]
    assert named(compared(scanned([40]), scanned([40], size=(842, 595)))) == [("変わった", 1, 1)]


def test_the_same_file_changed_nowhere_and_what_is_no_pdf_is_said():
    assert compared(OLD, OLD).changes == ()
    with pytest.raises(PdfNotReadable):
        compared(OLD, b"%PDF-1.7 torn")
