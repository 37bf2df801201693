"""Lines end where Japanese lines may end."""

import pytest

from app.documents.pdf.render import numbered_sheets
from app.documents.pdf.typesetting import layout
from app.documents.pdf.typesetting.line_breaking import break_lines, justify_lines
from app.documents.pdf.typesetting.typefaces import open_collection
from tests.support.in_full import some, times
from tests.support.sample_papers import sample_papers

TEXT = (
    "参加者の多くはLINEを日常の連絡に使っており、公式アカウントの画面にも抵抗なく入ることができた。"
    "一方、「友だち」と「会員」の違い、個人のLINEと団体のアカウントの違いでつまずく方が目立ち、"
    "令和8年9月10日（木）は16人のうち11人が120分で記事の投稿まで到達した（出席率93.8％）。"
)
NOT_FIRST = "、。）」ー・％っ"
NOT_LAST = "（「"


@pytest.fixture
def face():
    return open_collection().face("gothic")


@pytest.mark.parametrize("measure", range(8, 50))
def test_no_line_starts_or_ends_with_a_forbidden_character(face, measure):
    for setting in (break_lines, justify_lines):
        lines = [line.text for line in setting(TEXT, face, measure)]
        assert "".join(lines) == TEXT
        assert not any(line[0] in NOT_FIRST for line in lines)
        assert not any(line[-1] in NOT_LAST for line in lines)


@pytest.mark.parametrize("measure", range(9, 50))
@pytest.mark.parametrize("unit", ["令和8年", "9月10日（木）", "16人", "120分", "93.8％", "LINE"])
def test_a_number_stays_with_its_counter_and_a_date_with_its_weekday(face, measure, unit):
    for setting in (break_lines, justify_lines):
        joined = "\n".join(line.text for line in setting(TEXT, face, measure))
        assert unit in joined


@pytest.mark.parametrize("measure", range(9, 50))
def test_no_line_is_wider_than_its_measure_but_for_a_hanging_mark(face, measure):
    for line in break_lines(TEXT, face, measure):
        kept = line.text[:-1] if line.text[-1] in "、。" else line.text
        assert face.width(kept) <= measure + 1e-6
    for line in justify_lines(TEXT, face, measure):
        assert line.width <= measure + 1.61


@pytest.mark.parametrize("measure", range(20, 50))
def test_a_paragraph_does_not_end_in_a_line_of_one_to_three_characters(face, measure):
    assert len(justify_lines(TEXT, face, measure)[-1].text) > 3


@pytest.mark.parametrize("measure", range(8, 14))
def test_a_title_tears_no_foreign_word_that_fits_a_line(face, measure):
    title = "町会広報のためのInstagram講習会（写真と動画の投稿、QRコードの使いかた）"
    lines = [line.text for line in break_lines(title, face, measure, names=True)]
    assert "".join(lines) == title
    assert any("Instagram" in line for line in lines)
    assert any("QR" in line for line in lines)


def test_a_name_is_broken_only_at_its_space(face):
    lines = [line.text for line in break_lines("勅使河原 惣右衛門", face, 6, names=True)]
    assert lines == ["勅使河原", "惣右衛門"]


@pytest.mark.parametrize(
    "text",
    [
        "葛\U000e0100城" * 4 + "町会南葛\U000e0100について通知する",
        "か\u3099いき\u3099あ\u3099について" * 3,
        "第3回辻\U000e0100町会および",
    ],
)
def test_a_sign_is_never_torn_from_the_selector_or_the_mark_that_follows_it(face, text):
    alone = "\U000e0100\u3099"
    for measure in range(1, 14):
        for setting in (break_lines, justify_lines):
            lines = [line.text for line in setting(text, face, measure)]
            assert "".join(lines) == text
            assert not any(line[0] in alone for line in lines)


def test_the_honorific_stays_with_its_name_and_a_post_may_follow_on_the_next_line(face):
    lines = [line.text for line in break_lines("見本田 四五六　様（デジタル推進部長）", face, 9, names=True)]

    assert lines[0].endswith("様")
    assert lines[1].startswith("（")


WORDS = (
    "および", "または", "について", "アドバイザー派遣", "意見交換会", "通知する", "ひな形", "理解できた",
    "理解できなかった",
    "アンケート", "自治会", "ください",
)  # fmt: skip


@pytest.mark.parametrize("measure", range(10, 40))
@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_never_torn_where_the_line_is_long_enough(face, measure, word):
    text = f"この会の{word}、電話{word}はがきで、案のとおり{word}ので、{word}を用意し{word}。" * 2
    for setting in (break_lines, justify_lines):
        lines = [line.text for line in setting(text, face, measure)]
        assert "".join(lines) == text
        assert "\n".join(lines).count(word) == text.count(word)


def test_a_narrow_column_keeps_a_word_whole_as_long_as_that_costs_no_line(face):
    assert [line.text for line in break_lines("2 よく理解できた", face, 7)][-1] == "理解できた"
    assert len(break_lines("思いますか理解できなかった", face, 7)) == 2


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("3 ちょうどよい", 6.6, ["3 ちょうど", "よい"]),
        ("理解できなかった", 6.6, ["理解", "できなかった"]),
        ("5 使いたくない", 6.6, ["5 使い", "たくない"]),
        ("1 とても満足", 5.7, ["1 とても", "満足"]),
        ("第4回 キャッシュレス決済講習会", 10.6, ["第4回 キャッシュレス", "決済講習会"]),
        ("防災・見守り活動連合自治会", 12.3, ["防災・見守り", "活動連合自治会"]),
        ("ウイルス対策", 4.8, ["ウイルス", "対策"]),
        ("自社に大判の印刷機がない", 7.1, ["自社に大判の", "印刷機がない"]),
    ],
)
def test_a_word_of_a_narrow_cell_is_not_torn(face, text, measure, lines):
    assert [line.text for line in break_lines(text, face, measure)] == lines


def test_a_short_run_of_kanji_stays_whole_in_a_cell_as_long_as_that_costs_no_line(face):
    assert [line.text for line in break_lines("届いた報告書の内容確認　差 1件", face, 10.5)] == [
        "届いた報告書の",
        "内容確認　差 1件",
    ]
    assert break_lines("見本つつじ台区民館　研修室", face, 10.5)[0].text == "見本つつじ台"


def test_no_line_of_the_sample_papers_tears_one_of_these_words(monkeypatch):
    set_lines: list[tuple[str, float, list[str]]] = []

    def noted(original):
        def noting(text, face, measure, *rest, **named):
            lines = original(text, face, measure, *rest, **named)
            set_lines.append((text, measure, [line.text for line in lines]))
            return lines

        return noting

    for name in ("break_lines", "justify_lines"):
        monkeypatch.setattr(layout, name, noted(getattr(layout, name)))
    collection = open_collection()
    for paper in some(sample_papers(), of=3):
        numbered_sheets(paper, collection)
    torn = [
        (word, lines)
        for text, measure, lines in set_lines
        for word in WORDS
        if measure >= 12 and word in text and "\n".join(lines).count(word) < text.count(word)
    ]
    assert len(set_lines) > times(1000, of=3)
    assert torn == []


@pytest.mark.parametrize(
    ("text", "measure", "first"),
    [
        ("第7回 ホームページ・電子回覧板講習会", 11.5, "第7回 ホームページ・"),
        ("第1回講習会 資料「次第」 第1版", 11, "第1回講習会 資料"),
        ("見本つつじ台区民館 研修室", 8.5, "見本つつじ台"),
    ],
)  # fmt: skip
def test_a_cell_breaks_at_a_mark_or_before_a_bracket_and_keeps_a_house_whole(face, text, measure, first):
    assert break_lines(text, face, measure)[0].text == first
