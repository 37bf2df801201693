"""Numbers are found on the pages of a report by where they stand, and in no other case."""

import pytest

from app.submissions.reports.rules.number_extraction import (
    QuestionRows,
    WordRun,
    dependent_differences,
    find_numbers,
    half_width,
)

ASKED = QuestionRows(code="問1", rows=("会長", "会計", "無回答"), single=True)
ITEMS = ("設問　問1", "設問の合計　問1")


def page(*lines, number=1, size=10):
    """The runs of a page from its lines, each with its height and its words by their left edges."""
    start, runs = 0, []
    for y, line in lines:
        for x, text in line:
            runs.append(WordRun(page=number, start=start, text=text, x=x, y=y, width=size * len(text), height=size))
            start += len(text) + 1
    return runs


def across(*counts, head="人数"):
    return page(
        (100, [(50, "問1　役職")]),
        (120, [(50, "区分"), (150, "会長"), (200, "会計"), (250, "無回答"), (320, "計")]),
        (140, [(50, head), *((150 + 50 * place, count) for place, count in enumerate(counts))]),
    )


def down(*counts, rows=ASKED.rows):
    lines = [
        (120 + 20 * place, [(50, row), (200, count)])
        for place, (row, count) in enumerate(zip(rows, counts, strict=False))
    ]
    return page((100, [(50, "問1　役職")]), *lines)


@pytest.mark.parametrize(
    ("runs", "counts", "total", "places"),
    [
        (across("9", "6", "1", "16"), "9・6・1", "各16人", 1),
        (across("9人", "6人", "1人", "16人"), "9・6・1", "各16人", 1),
        (across("9", "6", "1", "17"), "9・6・1", "各16人", 3), (across("9", "6", "1"), "9・6・1", "各16人", 3),
        (across("9", "6"), "", "", 0), (across("9", "6", "1", "16", "100"), "", "", 0),
        (across("9", "6", "－"), "", "", 0), (across("9", "6", "1", "16", head="割合"), "", "", 0),
        (down("9人", "6人", "1人"), "9・6・1", "各16人", 3), (down("9", "6件", "1"), "9・6・1", "各16人", 3),
        (down("9", "6"), "", "", 0), (down("9", "6", "1.5"), "", "", 0),
        (down("9", "6", "1", rows=("1.会長", "・会計", "無回答")), "9・6・1", "各16人", 3),
        (down("9", "6", "1", rows=("会長", "書記", "無回答")), "", "", 0),
        (page((100, [(50, "問1　役職")]), (120, [(50, "会"), (80, "長"), (200, "9"), (260, "16")]),
              (140, [(50, "会計"), (120, "役員"), (200, "6")]), (160, [(50, "無回答"), (200, "1")])),
         "9・6・1", "各16人", 3),
        (page((100, [(50, "問2　役職")]), (120, [(50, "人数"), (150, "9"), (200, "6"), (250, "1")])), "", "", 0),
        ([], "", "", 0),
    ],
)  # fmt: skip
def test_the_rows_of_a_question_stand_side_by_side_or_below_each_other_with_or_without_their_sum(
    runs, counts, total, places
):
    found = find_numbers(runs, ITEMS, [ASKED], "")
    assert ["".join(one.words for one in found[item]) for item in ITEMS] == [counts, total]
    assert "".join(marked(runs, one) for one in found[ITEMS[0]]).replace("人", "").replace("件", "") == counts
    assert sum(len(one.spans) for one in found[ITEMS[1]]) == places, "the printed sum is shown, else all its rows"


def test_the_block_of_a_question_ends_where_the_next_begins():
    counted = [(150, "9"), (200, "6"), (250, "1")]
    other = (110, [(50, "問2　満足度")])
    same = (110, [(50, "問1（再掲）")])
    for between, words in ((other, []), (same, ["9・6・1"])):
        runs = page((100, [(50, "問1　役職")]), between, (140, [(50, "人数"), *counted]))
        assert [one.words for one in find_numbers(runs, ITEMS[:1], [ASKED], "")[ITEMS[0]]] == words


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ([(50, "出席"), (150, "18人")], "18人"), ([(50, "出席"), (150, "18"), (172, "人")], "18人"),
        ([(50, "出席"), (150, "18人"), (182, "件")], "18人"), ([(50, "出席"), (150, "18人でした")], ""),
        ([(50, "出席"), (150, "18人／20人")], "18人"), ([(50, "出席"), (150, "18（予定20）")], "18人"),
        ([(50, "出席"), (150, "18・20")], ""), ([(50, "出席"), (150, "18"), (172, "人"), (300, "備考")], "18人"),
        ([(50, "出席"), (150, "18"), (172, "名")], "18名"), ([(50, "出席"), (150, "18"), (172, "台")], ""),
        ([(50, "出席"), (150, "18"), (200, "台")], "18人"), ([(50, "出席"), (150, "18"), (172, "人数")], ""),
        ([(50, "出席"), (150, "18"), (172, "（うち当日2人）")], "18人"), ([(50, "出席"), (150, "１８")], "18人"),
        ([(50, "出席"), (150, "1,018人")], "1018人"), ([(50, "出席"), (150, "第2会議室")], ""),
        ([(50, "欠席"), (150, "2人")], ""),
    ],
)  # fmt: skip
def test_the_unit_of_a_number_may_stand_apart_and_another_unit_is_another_number(line, found):
    runs = page((100, line))
    numbers = find_numbers(runs, ["出席"], [], "")["出席"]
    assert "".join(one.words for one in numbers) == found
    assert [marked(runs, one).removesuffix("人") for one in numbers] == ([found.removesuffix("人")] if found else [])


def marked(runs, number):
    """What a found number marks on its page, in half width and without separators."""
    text = " ".join(one.text for one in runs if one.page == number.page)
    parts = ("".join(half_width(text[start : start + length]).split()) for start, length in number.spans)
    return "・".join(one.replace(",", "") for one in parts)


@pytest.mark.parametrize(
    ("runs", "found"),
    [
        # on one line: half of the height in common, and not before the label
        (page((100, [(50, "出席")]), (105, [(100, "18人")])), ["18人"]),
        (page((100, [(50, "出席")]), (106, [(100, "18人")])), []),
        (page((105, [(50, "出席")]), (100, [(100, "18人")])), ["18人"]),
        (page((100, [(50, "出席"), (69, "18人")])), ["18人"]), (page((100, [(50, "出席"), (68, "18人")])), []),
        # below: more than a third of the narrower one in common, down to 42 pt
        (page((100, [(50, "出席")]), (120, [(63, "18人")])), ["18人"]),
        (page((100, [(50, "出席")]), (120, [(64, "18人")])), []),
        (page((100, [(50, "出席")]), (108, [(50, "18人")])), ["18人"]),
        (page((100, [(50, "出席")]), (107, [(50, "18人")])), []),
        (page((100, [(50, "出席")]), (152, [(50, "18人")])), ["18人"]),
        (page((100, [(50, "出席")]), (153, [(50, "18人")])), []),
        (page((100, [(50, "出席")])) + page((120, [(50, "18人")]), number=2), []),
        # of two below the upper one, of two beside the nearer one
        (page((100, [(50, "出席")]), (120, [(50, "18人")]), (140, [(50, "19人")])), ["18人"]),
        (page((100, [(50, "出席"), (150, "18人"), (200, "19人")])), ["18人"]),
        (page((100, [(50, "出席")]), (120, [(35, "17人"), (52, "18人")])), ["18人"]),
        (page((100, [(50, "出席"), (150, "18人")]), (120, [(50, "19人")])), ["18人"]),
        (page((100, [(50, "出席"), (150, "うち"), (200, "18人")])), []),
        # a unit apart belongs to the number up to one and a half of its height
        (page((100, [(50, "出席"), (150, "18"), (184, "台")])), []),
        (page((100, [(50, "出席"), (150, "18"), (185, "台")])), ["18人"]),
        # in a sentence, each different number once, with its first page
        (page((100, [(50, "出席者は、1,018人でした。")])), ["1018人"]), (page((100, [(50, "未出席 18人")])), []),
        (page((100, [(50, "出席 15人")]), number=2) + page((100, [(50, "出席 16人")])), ["16人", "15人"]),
        (page((100, [(50, "出席 16名")]), (140, [(50, "出席 16人")])), ["16名"]),
    ],
)  # fmt: skip
def test_a_number_belongs_to_the_label_that_it_is_near(runs, found):
    numbers = find_numbers(runs, ["出席"], [], "")["出席"]
    assert [one.words for one in numbers] == found
    assert [marked(runs, one).rstrip("人名") for one in numbers] == [one.rstrip("人名") for one in found]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([(50, "スライド"), (150, "第3版")], "第3版"), ([(50, "スライド（第3版）")], "第3版"),
        ([(50, "スライド"), (150, "区"), (200, "3版")], "第3版"), ([(50, "スライド（"), (150, "第3版）")], "第3版"),
        ([(50, "スライド"), (150, "区"), (200, "済"), (250, "第3版")], ""), ([(50, "資料"), (150, "第3版")], ""),
        ([(50, "資料 第2版、スライド 第3版")], "第3版"), ([(50, "・「スライド」"), (150, "第3版　第4版")], "第3版"),
        ([(50, "スライドの原稿"), (150, "第3版")], ""), ([(50, "スライド"), (150, "3部")], ""),
    ],
)  # fmt: skip
def test_the_version_of_a_handout_stands_beside_or_behind_its_title(lines, found):
    item = "資料の版　スライド"
    runs = page((100, lines))
    numbers = find_numbers(runs, [item], [], "")[item]
    assert ["".join(one.words for one in numbers), len(numbers)] == [found, bool(found)]
    assert all(int("".join(filter(str.isdigit, marked(runs, one)))) == 3 for one in numbers)


def test_those_who_mean_to_use_it_are_those_who_said_yes_where_no_number_bears_that_name():
    asked = page((100, [(50, "問1　役職")]), (120, [(50, "肯定計　9人")]), (140, [(50, "問3　活用")]))
    runs = [*asked, *page((160, [(50, "肯定計　12人")]))]
    item = "活用の意向あり"
    assert [one.words for one in find_numbers(runs, [item], [], "問3")[item]] == ["12人"]
    assert find_numbers(runs, [item], [], "")[item] == ()
    assert find_numbers(runs, ["出席"], [], "問3")["出席"] == ()
    named = [*runs, *page((200, [(50, "活用の意向あり 11人")]))]
    assert [one.words for one in find_numbers(named, [item], [], "問3")[item]] == ["11人"]
    before = page((80, [(50, "肯定計　9人")]), (100, [(50, "肯定計　12人"), (250, "問3　活用")]))
    assert [one.words for one in find_numbers(before, [item], [], "問3")[item]] == ["12人"], "its line begins before it"


def minutes(*lines, head="分"):
    """A timetable: what is done, and under the heading how long."""
    cells = [(120 + 20 * n, [(50, words), (200, length)]) for n, (words, length) in enumerate(lines)]
    return page((100, [(50, "内容"), (200, head)]), *cells)


@pytest.mark.parametrize(
    ("runs", "found", "places"),
    [
        (minutes(("開会", "5"), ("説明", "45"), ("計", "50")), ["50分"], 1),
        (minutes(("開会", "5"), ("説明", "45"), ("15:00", "50")), ["50分"], 1),
        (minutes(("開会", "5"), ("説明", "45"), ("実習", "50")), ["100分"], 3),
        (minutes(("開会", "5"), ("説明", "45"), ("計", "60")), ["110分"], 3),
        (minutes(("説明", "60"), ("終了", "60")), ["120分"], 2),
        (minutes(("開会", "5分"), ("説明", "45分"), head="所要（分）"), ["50分"], 2),
        (minutes(("説明", "120")), [], 0),
        (minutes(("開会", "5"), ("説明", "45"), head="時刻"), [], 0),
        (page((100, [(50, "合計 120分")])), ["120分"], 1),
        (page((100, [(50, "合計"), (100, "120 分")])), ["120分"], 1),
    ],
)
def test_the_minutes_of_a_timetable_are_its_printed_sum_or_those_of_its_lines(runs, found, places):
    numbers = find_numbers(runs, ("時間割の分",), [], "")["時間割の分"]
    assert [one.words for one in numbers] == found
    assert sum(len(one.spans) for one in numbers) == places
    assert places != 1 or marked(runs, numbers[0]).rstrip(" 分") == found[0].rstrip("分")


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ([(50, "2 前回との比較")], ["15人", "16人"]), ([(50, "2"), (90, "前回との比較")], ["15人", "16人"]),
        ([(50, "第2章 昨年の推移")], ["15人", "16人"]), ([(50, "2 結果")], ["15人", "20人", "16人"]),
        ([(50, "前回との比較")], ["15人", "20人", "16人"]),
        ([(50, "表"), (90, "2 前回との比較")], ["15人", "20人", "16人"]),
        ([(50, "第"), (80, "2"), (110, "前年との比較")], ["15人", "16人"]),
        ([(50, "第"), (80, "2"), (110, "章"), (140, "前年との比較")], ["15人", "20人", "16人"]),
    ],
)  # fmt: skip
def test_the_numbers_of_a_chapter_about_other_years_are_left_out_up_to_the_next_chapter(heading, found):
    lines = [(number, [(50, "出席"), (150, f"{count}人")]) for number, count in ((120, 15), (220, 20), (320, 16))]
    below = [page((lines[place][0] + 20, [(50, "見本")])) for place in (0, 1, 2)]
    runs = page((80, [(50, "1 結果")]), size=20) + page(lines[0]) + page((200, heading), size=20) + page(lines[1])
    runs += page((300, [(50, "3 まとめ")]), size=20) + page(lines[2]) + [one for line in below for one in line]
    assert [one.words for one in find_numbers(runs, ("出席",), [], "")["出席"]] == found


@pytest.mark.parametrize(
    ("size", "later", "found"),
    [(12.5, "3 まとめ", ["16人"]), (12, "3 まとめ", ["20人", "16人"]), (12.5, "5 まとめ", []), (12.5, "2 まとめ", [])],
)
def test_such_a_chapter_begins_with_a_heading_in_larger_letters_and_ends_with_the_next_number(size, later, found):
    lines = [page((number, [(50, "出席"), (150, f"{count}人")])) for number, count in ((120, 20), (320, 16))]
    runs = (
        page((100, [(50, "2 前回との比較")]), size=size) + lines[0] + page((300, [(50, later)]), size=size) + lines[1]
    )
    assert [one.words for one in find_numbers(runs, ("出席",), [], "")["出席"]] == found


@pytest.mark.parametrize(
    ("heading", "below", "found"),
    [
        ([(50, "2 前回との比較")], "見本", []),
        ([(50, "表"), (90, "2 前回との比較")], "見本", ["20人"]),
        ([(50, "2 結果")], "前回より多い", ["20人"]),
    ],
)
def test_words_before_or_below_a_heading_are_not_its_own(heading, below, found):
    runs = page((100, heading), size=20) + page((130, [(150, below)]), (150, [(50, "出席"), (150, "20人")]))
    assert [one.words for one in find_numbers(runs, ("出席",), [], "")["出席"]] == found


def test_the_groups_that_came_may_stand_in_brackets_behind_the_people():
    runs = page((100, [(50, "出席　16人（11団体）")]))
    (number,) = find_numbers(runs, ["団体"], [], "")["団体"]
    assert (number.words, marked(runs, number)) == ("11団体", "11団体")


@pytest.mark.parametrize(
    ("theirs", "follows"),
    [
        ({"出席": "15人", "回収率": "80.0％"}, {"回収率": "出席"}),
        ({"出席": "15人", "回収数": "11件", "回収率": "73.3％"}, {"回収率": "出席"}),
        ({"回収数": "11件", "回収率": "68.8％", ITEMS[1]: "各11人"}, {"回収率": "回収数", ITEMS[1]: "回収数"}),
        ({"回収数": "11件", "回収率": "69.0％", ITEMS[1]: "各10人"}, {}),
        ({"回収率": "74.0％"}, {}), ({"出席": "15人"}, {}), ({"出席": "8人", "回収数": "6件"}, {}),
        ({"出席": "0人", "回収率": "0％"}, {}),
        ({"出席": "", "回収率": "80.0％"}, {}), ({ITEMS[1]: "各11人"}, {}), ({"出席": "なし", "回収率": "80.0％"}, {}),
        ({"出席": "15人", "回収数": "なし", "回収率": "80.0％"}, {}), ({"出席": "15人", "回収率": "不明"}, {}),
    ],
)  # fmt: skip
def test_a_difference_that_only_follows_from_another_names_it(theirs, follows):
    ours = {"出席": "16人", "回収数": "12件", "回収率": "75.0％", ITEMS[1]: "各12人"}
    assert dependent_differences(ours | theirs, ours) == follows
    assert dependent_differences(theirs, {}) == {}
