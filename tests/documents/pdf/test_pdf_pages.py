"""What a reader finds on the pages: texts as typed, marks, repeated headings, whole rows."""

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from app.documents.blocks import (
    Bullets,
    Column,
    DocumentContent,
    GroupFlow,
    Heading,
    KeyValues,
    LetterItems,
    Paragraph,
    Table,
    TallyChart,
    TallyRow,
)
from app.documents.pdf.output.pdf_encryption import encrypt_pdf
from app.documents.pdf.printable import MissingCharacter, MissingGlyph, missing_characters
from app.documents.pdf.render import render_pdf
from tests.documents.pdf import everything_on_paper as papers
from tests.documents.pdf import letters_and_forms as others
from tests.support.second_reader import text_read_by_pdfium

ALL = (papers.report, others.letter, others.result_letter, others.roster, others.form)


def pages_of(content: DocumentContent) -> list[str]:
    """Return the text of every page without the spaces a layout puts between its parts."""
    reader = PdfReader(io.BytesIO(render_pdf(content).data))
    return [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]


@pytest.mark.parametrize("build", ALL)
def test_a_paper_counts_its_pages_rightly(build):
    made = render_pdf(build())
    assert len(PdfReader(io.BytesIO(made.data)).pages) == made.pages


@pytest.mark.parametrize("build", ALL)
def test_the_same_content_gives_the_same_bytes(build):
    assert render_pdf(build()).data == render_pdf(build()).data


@pytest.mark.parametrize("build", ALL)
def test_every_font_named_in_the_file_is_embedded(build):
    reader = PdfReader(io.BytesIO(render_pdf(build()).data))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            shown = font.get_object()
            assert "Helvetica" not in shown["/BaseFont"]
            assert "/FontFile2" in shown["/FontDescriptor"].get_object()


@pytest.fixture(scope="module")
def roster_said():
    return "".join(pages_of(others.roster()))


@pytest.mark.parametrize("name", papers.NAMES)
def test_a_rare_name_is_read_back_as_typed(name, roster_said):
    assert name.replace(" ", "") in roster_said


@pytest.mark.parametrize("build", [others.roster, others.letter])
def test_a_second_reader_also_gives_rare_names_back(build, qapp):
    text = text_read_by_pdfium(render_pdf(build()).data)
    assert "葛󠄀城" in text
    if build is others.roster:
        assert all(name in text for name in papers.NAMES)


def test_forty_people_take_two_pages_and_nobody_is_lost_or_doubled():
    pages = pages_of(others.roster())
    assert len(pages) == 2
    shown = "".join(pages)
    assert shown.count("みほんなまえ") == 40


def test_a_table_that_runs_over_repeats_its_heading_and_says_so():
    first, second = pages_of(others.roster())
    assert "氏名（ふりがな）" in first
    assert "氏名（ふりがな）" in second
    assert "（つづき）" not in first
    assert "（つづき）" in second


def test_a_page_never_starts_with_a_ditto_mark():
    rows = tuple((str(number), papers.LONG_NAME if number == 0 else "〃") for number in range(60))
    table = Table(columns=(Column(title="No", width=20), Column(title="団体", width=145)), rows=rows)
    pages = pages_of(papers.content(table))
    assert len(pages) > 1
    assert all(papers.LONG_NAME in page for page in pages)


def test_a_long_association_is_wrapped_and_not_cut():
    assert papers.LONG_NAME in "".join(pages_of(others.roster()))


def test_an_unforeseeably_long_word_is_still_printed_in_full():
    word = "みほん" * 60
    table = Table(columns=(Column(title="氏名", width=20),), rows=((word,),))
    assert word in "".join(pages_of(papers.content(table)))


@pytest.mark.parametrize("build", ALL)
def test_the_sample_mark_stands_on_every_page(build):
    content = replace(build(), sample=True, stamp="様式・受託者確認前")
    for page in pages_of(content):
        assert "見本" in page
        assert "様式・受託者確認前" in page


def test_a_real_paper_carries_no_sample_mark():
    assert not any("見本" in page for page in pages_of(others.letter()))


def test_every_page_says_its_number_and_the_number_of_pages():
    pages = pages_of(papers.report())
    for number, page in enumerate(pages, start=1):
        assert f"{number}/{len(pages)}" in page


def test_a_heading_is_not_left_alone_at_the_foot():
    table = Table(columns=(Column(title="項目", width=165),), rows=tuple((f"行{n}",) for n in range(3)))
    for lines in range(30, 46):
        filler = Paragraph(text="\n".join("文" for _ in range(lines)), align="center")
        pages = pages_of(papers.content(filler, Heading(level=1, number="1", text="見出しの語"), table))
        page = next(page for page in pages if "見出しの語" in page)
        assert "行1" in page


def test_total_and_note_stay_with_the_row_above():
    for count in range(34, 42):
        table = Table(
            columns=(Column(title="項目", width=165),),
            rows=(*((f"行{n}終",) for n in range(count)), ("合計の行",)),
            total_row=True,
            note="注　表の注です。",
        )
        page = next(page for page in pages_of(papers.content(table)) if "合計の行" in page)
        assert f"行{count - 1}終" in page
        assert "表の注です" in page


def test_a_landscape_table_turns_its_page_and_only_that():
    reader = PdfReader(io.BytesIO(render_pdf(others.form()).data))
    sides = [page.mediabox.width > page.mediabox.height for page in reader.pages]
    assert sides == [False, True, True, False]


def test_a_character_no_font_holds_stops_the_paper_and_names_it():
    content = papers.content(Paragraph(text="みほん\U0002f800太郎さん"))
    unknown = papers.content(Paragraph(text="みほん\U000e0200\u0ca0太郎さん"))
    assert missing_characters(papers.report()) == ()
    found = missing_characters(unknown)
    assert MissingCharacter("みほん\U000e0200\u0ca0太郎さん", "\u0ca0") in found
    with pytest.raises(MissingGlyph, match=r"「ಠ」（U\+0CA0）.*置き換えることはしません"):
        render_pdf(unknown)
    assert missing_characters(content) in ((), (MissingCharacter("みほん\U0002f800太郎さん", "\U0002f800"),))


def test_a_variant_no_font_holds_is_refused_and_not_shown_as_its_ordinary_form():
    content = papers.content(Paragraph(text="葛\U000e01ef城"))
    with pytest.raises(MissingGlyph, match=r"U\+845B U\+E01EF"):
        render_pdf(content)


def test_a_variant_is_drawn_by_another_glyph_than_the_ordinary_character():
    plain = render_pdf(papers.content(Paragraph(text="葛城"))).data
    variant = render_pdf(papers.content(Paragraph(text="葛󠄀城"))).data
    shapes = [PdfReader(io.BytesIO(data)).pages[0]["/Resources"]["/Font"] for data in (plain, variant)]
    files = [
        b"".join(font.get_object()["/FontDescriptor"]["/FontFile2"].get_data() for font in fonts.values())
        for fonts in shapes
    ]
    assert files[0] != files[1]


def test_tabs_and_unseen_characters_do_not_stop_a_paper():
    pages = pages_of(papers.content(Paragraph(text="前\u200b後\ufeff\t終")))
    assert "前後終" in pages[0]


def test_a_protected_paper_opens_only_with_its_password():
    data = encrypt_pdf(render_pdf(others.letter()).data, "合言葉-2026")
    reader = PdfReader(io.BytesIO(data))
    assert reader.is_encrypted
    assert not reader.decrypt("ちがう")
    assert reader.decrypt("合言葉-2026")
    assert "参加人数連絡書" in reader.pages[0].extract_text()


def test_an_empty_password_is_refused():
    with pytest.raises(ValueError, match="パスワードが空"):
        encrypt_pdf(b"", "")


SENTENCES = "".join(f"第{number}文は、どれだけ長い記述でも落とさずに印刷する。" for number in range(200))


@pytest.mark.parametrize(
    "block",
    [
        Table(
            columns=(Column(title="No", width=9), Column(title="記述", width=156)), rows=(("1", SENTENCES), ("2", "終"))
        ),
        KeyValues(rows=(("記述", SENTENCES), ("終", "終"))),
        Bullets(items=(SENTENCES, "終")),
        Paragraph(text=SENTENCES),
        LetterItems(rows=(("記述", SENTENCES),)),
        GroupFlow(name="1班", facilitator="", members="", steps=(("課題", SENTENCES), ("発表", ""))),
    ],
    ids=lambda block: type(block).__name__,
)
def test_a_text_longer_than_a_page_is_printed_in_full(block):
    bare = {"header_left": "", "header_right": "", "footer_left": "", "footer_right": ""}
    pages = pages_of(papers.content(Heading(level=1, number="1", text="概要"), block, **bare))
    # A sentence may run over the turn of a page: what stands on every page is taken out first.
    text = "".join(
        page.replace(f"{n}/{len(pages)}", "", 1).replace("（つづき）No記述", "", 1) for n, page in enumerate(pages, 1)
    )
    for number in range(200):
        assert f"第{number}文は" in text


def test_a_question_with_very_many_options_shows_them_all():
    rows = tuple(TallyRow(number=str(n), text=f"選択肢{n}番", count=n % 3, percent="1.0") for n in range(1, 61))
    for kind in ("SA", "MA"):
        chart = TallyChart(code="問1", title="多い問", type=kind, base=60, rows=rows, note="注　ｎ＝60。")
        pages = pages_of(papers.content(chart))
        assert len(pages) == 1
        assert all(f"選択肢{n}番" in pages[0] for n in range(1, 61))


def test_a_row_with_more_cells_than_columns_is_refused():
    with pytest.raises(ValueError, match="見出しより多い欄"):
        render_pdf(papers.content(Table(columns=(Column(title="項目", width=20),), rows=(("1", "2"),))))


def test_a_line_end_in_a_text_of_one_line_is_drawn_as_a_space():
    letter = others.letter()
    head = replace(letter.blocks[0], sender=("練馬区地域文化部\n協働推進課長", "（公印省略）"), reference="事務\n連絡")
    text = "".join(pages_of(replace(letter, blocks=(head, *letter.blocks[1:]))))
    assert "練馬区地域文化部協働推進課長" in text
    assert "事務連絡" in text
