"""名札, 席札 and 班札 as PDF: ten tags on a sheet at their places, names as large as they fit, both sides of a card."""

import io
import re
from itertools import pairwise

import pypdf
import pypdfium2
import pytest

from app.documents.blocks import DocumentContent, NameTag, NameTags, SeatCard, TableCard
from app.documents.pdf.printable import sizes_of_name, sizes_of_organisation, sizes_of_reading, unprintable_characters
from app.documents.pdf.render import render_pdf
from app.documents.pdf.typesetting.name_setting import NameTooLong
from app.documents.pdf.typesetting.sizes import PAGE_EDGE

EVENT = "デジタル活用講習会　令和8年9月10日（木）"
NAMES = ("髙﨑 千鶴子", "渡邊 正", "葛󠄀城 麻衣子", "𠮷田 榮一", "勅使河原 惣右衛門", "佐久間 アレクサンドラ 美智子")


def card(*blocks) -> DocumentContent:
    return DocumentContent(
        kind="名札", reference="x", version=1, look="card", first_sheet="名札", file_stem="名札", blocks=blocks
    )


def pages_of(*blocks) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(card(*blocks)).data))
    return [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]


def tag(name: str, **given) -> NameTag:
    return NameTag(event=EVENT, organisation=given.pop("organisation", "見本町会"), name=name, reading="よみ", **given)


def test_ten_tags_stand_on_a_sheet_and_each_name_comes_back():
    tags = tuple(tag(NAMES[number % len(NAMES)], role="会長", group="2班") for number in range(11))
    found = pages_of(NameTags(tags=tags))

    assert [page.count("見本町会") for page in found] == [10, 1]
    for name in NAMES:
        assert name.replace(" ", "") in found[0]
    assert "撮影不可" not in found[0]


def test_a_tag_lies_where_its_cut_marks_say():
    """91×55 mm, the first at 14 and 11 mm: the second column begins 91 mm further right, rows 55 mm lower."""
    places = []

    def note(text, _cm, matrix, _font, _size):
        if text.strip().startswith("デジタル"):
            places.append((round(matrix[4] / 72 * 25.4, 1), round(297 - matrix[5] / 72 * 25.4, 1)))

    reader = pypdf.PdfReader(io.BytesIO(render_pdf(card(NameTags(tags=(tag("神 一"),) * 10))).data))
    reader.pages[0].extract_text(visitor_text=note)

    assert {x for x, _ in places} == {20.0, 111.0}
    rows = sorted({y for _, y in places})
    assert [round(after - before) for before, after in pairwise(rows)] == [55] * 4


def test_a_long_name_takes_two_lines_at_its_space_and_stays_large():
    long, short = sizes_of_name("佐久間 アレクサンドラ 美智子")[1], sizes_of_name("神 一")[1]

    assert (short.size, short.lines, short.is_usual) == (30, 1, True)
    assert long.lines == 2
    assert long.size >= 18
    assert long.words.startswith("名札 ")


def test_a_long_association_shrinks_before_it_wraps():
    roster, tag_size = sizes_of_organisation("大泉学園町七丁目・八丁目パークサイドガーデンヒルズ管理組合連合自治会")

    assert (roster.lines, roster.size) == (2, 7.75)
    assert (tag_size.lines, tag_size.size >= 9) == (2, True)


def test_a_reading_is_ten_points_on_a_tag_and_smaller_before_it_takes_a_second_line():
    short, long = (
        sizes_of_reading("たかさき ちづこ")[1],
        sizes_of_reading("さくま あれくさんどら みちこ まりあ えりざべす はなよ")[1],
    )

    assert (short.size, short.lines, short.is_usual) == (10, 1, True)
    assert (long.size < 10, long.lines) == (True, 1)


def test_a_name_that_fits_no_tag_stops_the_print():
    with pytest.raises(NameTooLong) as problem:
        render_pdf(card(NameTags(tags=(tag("あ" * 40),))))
    assert (problem.value.text, problem.value.place) == ("あ" * 40, "名札")


def test_a_character_that_no_font_draws_is_found_before_printing():
    assert unprintable_characters(["見本　花子", "Wordの\v改行", "\U0003134a田"]) == {"\U0003134a田": ("\U0003134a",)}


def test_photographs_refused_stand_on_the_tag():
    assert "撮影不可" in pages_of(NameTags(tags=(tag("神 一", no_photo=True),)))[0]


def test_a_seat_card_is_read_from_both_sides():
    page = pages_of(SeatCard(name="勅使河原 惣右衛門", organisation="見本町会", event=EVENT))[0]

    assert page.count("勅使河原惣右衛門") == 2
    assert page.count("見本町会") == 2


def test_a_table_card_lists_nobody_unless_asked_to():
    plain = pages_of(TableCard(number="2", event=EVENT, when="午後2時から", facilitator="見本 進行"))[0]
    listed = pages_of(
        TableCard(
            number="2",
            event=EVENT,
            when="午後2時から",
            facilitator="見本 進行",
            members=(("みほん はなこ", "見本 花子", "見本町会"),),
        )
    )[0]

    assert plain.count("ファシリテーター見本進行") == 2
    assert "名簿" not in plain
    assert "2班の名簿" in listed
    assert "見本花子" in listed


def test_a_name_of_three_lines_keeps_clear_of_what_stands_above_and_below_it():
    name = "アレクサンドリーナ・ヴィクトリア・マリアテレジア・みほん"
    wide = "みほん学園町七丁目・八丁目パークサイドガーデンヒルズ管理組合連合自治会"
    heights = []

    def note(text, _cm, matrix, _font, _size):
        if text.strip():
            heights.append((round(297 - matrix[5] / 72 * 25.4, 1), text.strip()))

    one = tag(name, organisation=wide, role="デジタル推進担当部長兼広報副部長", group="3班", no_photo=True)
    page = pypdf.PdfReader(io.BytesIO(render_pdf(card(NameTags(tags=(one,)))).data)).pages[0]

    assert name in re.sub(r"\s", "", page.extract_text(visitor_text=note))
    lowest = max(height for height, text in heights if text in name)
    highest_of_foot = min(height for height, text in heights if text in one.role)
    assert lowest + 0.8 < highest_of_foot - 2


def test_a_name_of_32_signs_without_a_space_stands_whole_on_a_tag_and_a_longer_one_stops_it_and_is_named():
    name = "見本𠮷田髙﨑葛城アレクサンドラ美智子千鶴子榮一麻衣子例之介次郎太"
    assert len(name) == 32
    page = pypdf.PdfReader(io.BytesIO(render_pdf(card(NameTags(tags=(tag(name),)))).data)).pages[0]
    assert name in re.sub(r"\s", "", page.extract_text())
    with pytest.raises(NameTooLong, match=name * 2):
        render_pdf(card(NameTags(tags=(tag(name * 2),))))


@pytest.mark.parametrize(
    "block",
    [
        NameTags(tags=(tag("見本 花子", role="会長", group="2班", mark="中止"),) * 10),
        SeatCard(name="見本 花子", organisation="見本町会", event=EVENT),
        TableCard(number="2", event=EVENT, when="午後2時から", facilitator="見本 進行"),
    ],
)
def test_cut_marks_and_fold_lines_end_where_printers_still_print(block):
    page = pypdfium2.PdfDocument(render_pdf(card(block)).data)[0]
    a_mm = 144 / 25.4
    shown = page.render(scale=2, grayscale=True).to_pil()
    left, top, right, bottom = shown.point(lambda grey: 255 if grey < 215 else 0).getbbox()

    edges = (left / a_mm, top / a_mm, (shown.width - right) / a_mm, (shown.height - bottom) / a_mm)
    assert min(edges) > PAGE_EDGE - 0.2, edges
    assert edges[0] < PAGE_EDGE + 0.2, "the marks stand as far out as they can"
