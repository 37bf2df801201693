"""Numbers are found on the pages of a report by where they stand, and in no other case."""

import pytest

from app.submissions.reports.rules.number_extraction import QuestionRows, WordRun, dependent_differences, find_numbers

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
        (page((100, [(50, "問2　役職")]), (120, [(50, "人数"), (150, "9"), (200, "6"), (250, "1")])), "", "", 0),
        ([], "", "", 0),
    ],
)  # fmt: skip
def test_the_rows_of_a_question_stand_side_by_side_or_below_each_other_with_or_without_their_sum(
    runs, counts, total, places
):
    found = find_numbers(runs, ITEMS, [ASKED], "")
    assert ["".join(one.words for one in found[item]) for item in ITEMS] == [counts, total]
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
        ([(50, "出席"), (150, "18"), (172, "名")], "18名"), ([(50, "出席"), (150, "18"), (172, "台")], ""),
        ([(50, "出席"), (150, "18"), (200, "台")], "18人"), ([(50, "出席"), (150, "18"), (172, "人数")], ""),
        ([(50, "出席"), (150, "18"), (172, "（うち当日2人）")], "18人"), ([(50, "出席"), (150, "１８")], "18人"),
        ([(50, "出席"), (150, "1,018人")], "1018人"), ([(50, "出席"), (150, "第2会議室")], ""),
        ([(50, "欠席"), (150, "2人")], ""),
    ],
)  # fmt: skip
def test_the_unit_of_a_number_may_stand_apart_and_another_unit_is_another_number(line, found):
    assert "".join(one.words for one in find_numbers(page((100, line)), ["出席"], [], "")["出席"]) == found


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


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ([(50, "2 前回との比較")], ["15人", "16人"]), ([(50, "2"), (90, "前回との比較")], ["15人", "16人"]),
        ([(50, "第2章 昨年の推移")], ["15人", "16人"]), ([(50, "2 結果")], ["15人", "20人", "16人"]),
        ([(50, "前回との比較")], ["15人", "20人", "16人"]),
        ([(50, "表"), (90, "2 前回との比較")], ["15人", "20人", "16人"]),
    ],
)  # fmt: skip
def test_the_numbers_of_a_chapter_about_other_years_are_left_out_up_to_the_next_chapter(heading, found):
    lines = [(number, [(50, "出席"), (150, f"{count}人")]) for number, count in ((120, 15), (220, 20), (320, 16))]
    below = [page((lines[place][0] + 20, [(50, "見本")])) for place in (0, 1, 2)]
    runs = page((80, [(50, "1 結果")]), size=20) + page(lines[0]) + page((200, heading), size=20) + page(lines[1])
    runs += page((300, [(50, "3 まとめ")]), size=20) + page(lines[2]) + [one for line in below for one in line]
    assert [one.words for one in find_numbers(runs, ("出席",), [], "")["出席"]] == found


@pytest.mark.parametrize(
    ("theirs", "follows"),
    [
        ({"出席": "15人", "回収率": "80.0％"}, {"回収率": "出席"}),
        ({"出席": "15人", "回収数": "11件", "回収率": "73.3％"}, {"回収率": "出席"}),
        ({"回収数": "11件", "回収率": "68.8％", ITEMS[1]: "各11人"}, {"回収率": "回収数", ITEMS[1]: "回収数"}),
        ({"回収数": "11件", "回収率": "69.0％", ITEMS[1]: "各10人"}, {}),
        ({"回収率": "74.0％"}, {}), ({"出席": "15人"}, {}), ({"出席": "0人", "回収率": "0％"}, {}),
        ({"出席": "", "回収率": "80.0％"}, {}), ({ITEMS[1]: "各11人"}, {}),
    ],
)  # fmt: skip
def test_a_difference_that_only_follows_from_another_names_it(theirs, follows):
    ours = {"出席": "16人", "回収数": "12件", "回収率": "75.0％", ITEMS[1]: "各12人"}
    assert dependent_differences(ours | theirs, ours) == follows
    assert dependent_differences(theirs, {}) == {}
