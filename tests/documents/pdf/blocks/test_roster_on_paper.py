"""The 受付名簿 as PDF: every name comes back as typed, twenty a page, numbered copies, nothing cut."""

import io
import re
from dataclasses import replace

import pypdf
import pypdfium2 as pdfium
import pytest

from app.documents.blocks import DocumentContent, RosterLine, RosterList, Title
from app.documents.pdf.render import render_pdf
from app.documents.pdf.typesetting.name_setting import NameTooLong

PEOPLE = (
    ("見本台南原町会", "見本台", "髙﨑 千鶴子", "たかさき ちづこ"),
    ("見本台南原町会", "見本台", "渡邊 正", "わたなべ ただし"),
    ("北町五丁目けやき自治会", "第12支部", "葛󠄀城 麻衣子", "かつらぎ まいこ"),
    ("光が丘第九アパート自治会", "光が丘", "𠮷田 榮一", "よしだ えいいち"),
    (
        "大泉学園町七丁目・八丁目パークサイドガーデンヒルズ管理組合連合自治会",
        "大泉",
        "勅使河原 惣右衛門",
        "てしがわら そうえもん",
    ),
    ("豊泉台団地第二住宅管理組合自治会連合協議会", "桜見台支部", "グエン ティ フオン タオ", "ぐえん てぃ ふおん たお"),
    ("THE GARDEN 平和原自治会", "", "佐久間 アレクサンドラ 美智子", "さくま あれくさんどら みちこ"),
    ('=COUNTA(B5:B251)&"団体"', "関", "神 一", "じん はじめ"),
    (
        "氷川台羽沢町会",
        "氷川台",
        "マリア エリザベス アレクサンドラ 美智子 ソフィア",
        "まりあ えりざべす あれくさんどら みちこ そふぃあ",
    ),
)


def line(number: int) -> RosterLine:
    organisation, branch, name, reading = PEOPLE[(number - 1) % len(PEOPLE)]
    return RosterLine(
        number=str(number),
        organisation=organisation,
        branch=branch,
        name=name,
        reading=reading,
        role="副会長・デジタル推進委員長" if number % 5 == 0 else "会長",
        device="貸与",
        group=str(1 + number // 6),
        care=number % 7 == 0,
        no_photo=number % 4 == 0,
    )


def roster(count: int, *, copies: int = 0, lines: tuple[RosterLine, ...] = ()) -> DocumentContent:
    return DocumentContent(
        kind="受付名簿",
        reference="R8-講02-名簿",
        version=1,
        look="roster",
        first_sheet="受付名簿",
        file_stem="名簿",
        header_left="名簿番号　R8-講02-名簿　第1版",
        header_right="取扱注意（個人情報）　終了後回収",
        numbered_copies=copies,
        blocks=(
            Title(text="受付名簿", subtitle="デジタル活用講習会　第2回", lead="令和8年9月10日（木）"),
            RosterList(
                lines=lines or tuple(map(line, range(1, count + 1))),
                totals=f"予定　{count}人",
                counted=(("出席", "人"),),
                grouped=True,
            ),
        ),
    )


def pages_of(content: DocumentContent) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(content).data))
    return [page.extract_text() for page in reader.pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("count", [1, 20, 21, 40, pytest.param(1000, marks=pytest.mark.in_full)])
def test_every_name_comes_back_as_it_was_typed(count):
    text = squeezed("".join(pages_of(roster(count))))

    for number in range(1, min(count, len(PEOPLE)) + 1):
        organisation, _, name, reading = PEOPLE[number - 1]
        assert squeezed(name) in text
        assert squeezed(reading) in text
        assert squeezed(organisation) in text
    assert text.count(squeezed(PEOPLE[0][2])) == (count + len(PEOPLE) - 1) // len(PEOPLE)
    assert "…" not in text


def usual(count: int) -> tuple[RosterLine, ...]:
    return tuple(replace(line(1), number=str(number), group="1") for number in range(1, count + 1))


@pytest.mark.parametrize(
    ("count", "pages"),
    [(1, 1), (19, 1), (20, 1), (24, 2), (40, 2), (44, 3), pytest.param(1000, 50, marks=pytest.mark.in_full)],
)
def test_twenty_people_stand_on_a_page_and_the_totals_on_the_last(count, pages):
    found = pages_of(roster(count, lines=usual(count)))

    assert len(found) == pages
    assert [("予定" in page and "当日受付" in page) for page in found] == [False] * (pages - 1) + [True]
    assert all(page.count("髙﨑") == 20 for page in found[:-1])


@pytest.mark.parametrize(
    ("count", "on_pages"), [(21, [21]), (22, [11, 11]), (23, [12, 11]), (41, [21, 20]), (43, [22, 21])]
)
def test_fewer_than_four_people_do_not_stand_on_a_page_of_their_own(count, on_pages):
    found = pages_of(roster(count, lines=usual(count)))

    assert [page.count("髙﨑") for page in found] == on_pages
    assert ["当日受付" in page for page in found] == [False] * (len(found) - 1) + [True]


@pytest.mark.parametrize("room", ["研修室1", "2階　大会議室（多目的室）"])
def test_a_venue_is_not_torn_under_the_title(room):
    lead = f"令和8年9月10日（木）　午後2時から午後4時まで（受付　午後1時30分から）　見本こもれび区民館　{room}"
    content = roster(3)
    (title,) = [block for block in content.blocks if isinstance(block, Title)]
    (page,) = pages_of(replace(content, blocks=(replace(title, lead=lead), *content.blocks[1:])))

    assert "見本こもれび区民館" in page


def test_the_same_association_is_a_ditto_mark_but_never_in_the_first_row_of_a_page():
    found = pages_of(roster(24, lines=usual(24)))

    assert [page.count("見本台南原町会") for page in found] == [1, 1]
    assert [page.count("〃") for page in found] == [19, 3]


def test_every_copy_carries_its_number_and_counts_its_own_pages():
    found = pages_of(roster(24, lines=usual(24), copies=2))

    assert [re.search("終了後回収[ 　]*(2部の.部目)", page).group(1) for page in found] == [
        "2部の1部目",
        "2部の1部目",
        "2部の2部目",
        "2部の2部目",
    ]
    assert [re.search(r"\d / \d", page).group() for page in found] == ["1 / 2", "2 / 2", "1 / 2", "2 / 2"]


def test_a_place_without_a_name_is_a_line_to_write_on():
    empty = RosterLine(number="1", organisation="見本町会", device="持参")
    text = pages_of(roster(1, lines=(empty,)))[0]

    assert "氏名未定" not in text
    assert "見本町会" in text


def test_a_care_need_is_a_dot_without_a_word_and_photographs_a_mark():
    text = pages_of(roster(1, lines=(replace(line(1), care=True, no_photo=True),)))[0]

    assert "●" in text
    assert "撮影不可" in text


def test_what_fits_at_no_size_stops_the_print_and_is_named():
    name = "ながすぎてどこにもはいらないうえにくうはくもないなまえのひと" * 2
    with pytest.raises(NameTooLong) as problem:
        render_pdf(roster(1, lines=(replace(line(1), name=name),)))

    assert problem.value.text == name
    assert problem.value.place == "受付名簿"


@pytest.mark.parametrize("length", [24, 60, 100])
def test_one_long_cell_beside_the_name_makes_its_row_higher_and_stops_no_list(length):
    long = ("連合会防災部長兼広報担当" * 9)[:length]
    lines = tuple(replace(line(n), **{field: long}) for n, field in enumerate(("role", "branch", "note"), 1))
    found = "".join(squeezed(page) for page in pages_of(roster(3, lines=lines)))
    assert sum(found.count(sign) for sign in "防広") >= 3 * sum(long.count(sign) for sign in "防広")
    assert found.count(long) >= 2


def test_names_of_32_signs_stand_whole_in_their_row_and_a_long_title_beside_the_marks():
    name = "見本𠮷田髙﨑葛城アレクサンドラ美智子千鶴子榮一麻衣子例之介次郎太"
    reading = "みほんよしだたかさきかつらぎあれくさんどらみちこちづこえいい"
    assert len(name) == 32
    content = roster(3, lines=tuple(replace(line(n), name=name, reading=reading) for n in (1, 2, 3)))
    title = "デジタル意見交換会　第2回「見本区民館別館多目的総合交流研修施設第二会議室兼視聴覚室北棟三階」"
    blocks = tuple(replace(one, subtitle=title) if isinstance(one, Title) else one for one in content.blocks)
    (page,) = pages_of(replace(content, blocks=blocks))
    assert squeezed(page).count(name) == 3
    assert squeezed(page).count(reading) == 3
    assert title.replace("　", "") in squeezed(page)
    assert not [one for one in page.split("\n") if title[-12:] in one and "デジタル" in one], "on two lines"


def test_a_reading_keeps_clear_of_the_rule_above_it_on_the_fullest_page():
    content = roster(20, lines=usual(20))
    title, block = content.blocks
    lead = "令和8年9月30日（水）　午後2時から午後4時まで（受付　午後1時30分から）　練馬区役所　本庁舎19階会議室"
    content = replace(content, blocks=(replace(title, lead=lead), replace(block, walk_ins=2)))
    page = pdfium.PdfDocument(render_pdf(content).data)[0]
    text = page.get_textpage()
    marks = [(text.get_text_range(at, 1), text.get_charbox(at)) for at in range(text.count_chars())]
    below_names = [box[1] for mark, box in marks if mark == "鶴"][:-1]
    above_readings = [box[3] for mark, box in marks if mark == "た"][1:]
    between = [name - reading for name, reading in zip(below_names, above_readings, strict=True)]
    assert min(between) > 0.8 / 25.4 * 72, between
