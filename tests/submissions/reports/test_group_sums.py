"""The numbers of the 班: their sums, and where the parts do not make the whole."""

from app.submissions.reports.rules.group_sums import all_notes, group_numbers, sum_remarks

ROWS = [
    ("1班", "役員の仕事", "5人・4団体　付箋 23枚", "例野", "課題", "担い手 9枚\n情報 8枚\n費用 6枚\n選定：担い手"),
    ("3班", "安否", "4人・3団体　付箋 21枚", "見本木", "課題", "防災 9枚\n参加 7枚"),
    ("", "", "", "", "", ""),
]


def test_notes_people_and_groups_are_added_up_and_what_differs_is_said():
    groups = group_numbers(ROWS)
    assert [(one.name, one.people, one.notes, one.parts) for one in groups] == [
        ("1班", 5, 23, (9, 8, 6)),
        ("3班", 4, 21, (9, 7)),
    ]
    assert all_notes(groups) == 44
    assert sum_remarks(groups, attended=10, expected=3) == (
        "3班：付箋21枚の内訳が9＋7＝16枚です。",
        "班の人数の合計が5＋4＝9人で、出席10人と合いません。",
        "班の記録が2班分で、3班と合いません。",
    )


def test_what_is_not_written_is_no_difference():
    groups = group_numbers([("1班", "題", "", "", "課題", "分類"), ("2班", "題", "4人", "", "", "")])
    assert sum_remarks(groups, attended=9, expected=None) == ()
    assert all_notes(groups) is None
