"""The text of a 仕様書 as clauses, two of them side by side, and the numbers they state."""

from dataclasses import replace

import pytest

from app.programme.intake import preset
from app.programme.rules import clause_fields, contract_values, with_values
from app.year_end.specification.rules import (
    SpecParagraph,
    cites,
    clauses_in,
    compare_paragraphs,
    find_value,
    mark_changes,
    propose_kinds,
    shorten,
    split_paragraphs,
    values_of_item,
)
from db.records.event_form import EventForm
from db.records.programme import EventKind, Programme
from tests.support.specification import NEXT_YEAR, THIS_YEAR


def test_every_paragraph_has_its_clause_and_numbers_of_pages_fall_away():
    found = split_paragraphs(THIS_YEAR)
    assert [one.clause for one in found] == [
        "", "1", "3", "4", "4(1)", "4(1)ア", "4(1)イ", "4(1)ウ", "4(1)エ", "4(1)オ", "5", "7", "", "特6", "特7", "特18",
    ]  # fmt: skip
    # コ does not follow オ: it is no clause that anybody could cite, but none of its words is lost.
    assert found[9].text.endswith("実施報告書を提出すること。")
    assert "- 1 -" not in "".join(one.text for one in found)
    assert (found[8].title, found[8].body[:9]) == ("参加人数", "各回10人から20人"[:9])


@pytest.mark.parametrize(
    ("first", "title"),
    [("あ" * 30, "あ" * 30), ("あ" * 31, ""), ("あ" * 29 + "。", "")],
)
def test_a_first_line_of_up_to_thirty_letters_that_is_no_sentence_is_a_heading(first, title):
    paragraph = SpecParagraph(clause="4", text=f"{first}\n町会の講習会を開催すること。")
    assert paragraph.title == title
    assert paragraph.body == ("町会の講習会を開催すること。" if title else paragraph.text)


def test_a_paragraph_behind_the_mark_of_a_list_is_one_of_its_own():
    """A converter of files writes 「- 3 乙は」; what stands behind it must be compared for itself."""
    found = split_paragraphs(
        THIS_YEAR + "(外部サービス)\n第19条 乙は、つぎに掲げる事項を遵守する。\n2 乙は、事業者を選定する。\n"
        "国内で運用できること。\n- 3 乙は、サービスを選定する。\n制御できること。\n"
        "- 4 乙が提供する場合は、仕様を遵守する。\n"
    )
    assert {one.clause: one.text for one in found[-4:]} == {
        "特19": "(外部サービス)\n乙は、つぎに掲げる事項を遵守する。",
        "特19-2": "乙は、事業者を選定する。\n国内で運用できること。",
        "特19-3": "乙は、サービスを選定する。\n制御できること。",
        "特19-4": "乙が提供する場合は、仕様を遵守する。",
    }


def test_lost_numbers_of_items_come_back_and_rows_of_a_table_are_no_articles():
    text = """1 件名
試しの委託
2 委託内容
町会の講習会
役員を対象とした講習会を開催すること。
ア 内容
つぎの順に行う。
1 趣旨説明 5分
2 自己紹介 10分
3 まとめ 5分
イ 報告
終了後に報告書を提出すること。
意見の交換会
役員が情報を交換する会を開催すること。
ア 内容
協議の上、決定する。
3 支払
30日以内に支払う。
"""
    assert [one.clause for one in split_paragraphs(text)] == [
        "1",
        "2",
        "2(1)",
        "2(1)ア",
        "2(1)イ",
        "2(2)",
        "2(2)ア",
        "3",
    ]


def test_items_with_their_numbers_follow_each_other_and_begin_their_letters_anew():
    text = """1 件名
試しの委託
2 委託内容
(1) 講習会
ア 内容
イ 報告
(2) 交換会
協議の上、決定する。
ア 内容
(3) 派遣
デ ジタル機器は、受託者が用意する。
3 支払
"""
    found = split_paragraphs(text)
    assert [one.clause for one in found] == [
        "1", "2", "2(1)", "2(1)ア", "2(1)イ", "2(2)", "2(2)ア", "2(3)", "3",
    ]  # fmt: skip
    assert found[7].text == "派遣\nデ ジタル機器は、受託者が用意する。", "デ numbers nothing"


def test_wide_numbers_read_as_narrow_ones_and_broken_lines_are_joined():
    (first, second) = split_paragraphs("１　件名\n" + "長" * 40 + "\n" + "い行。\n２．目的\n短い。")
    assert (first.clause, second.clause) == ("1", "2")
    assert first.body == "長" * 40 + "い行。"


@pytest.mark.parametrize(
    ("words", "clauses"),
    [
        ("仕4(1)コ・(2)ケ・(3)コ", ("4(1)コ", "4(2)ケ", "4(3)コ")), ("仕4コ・ケ", ("4コ", "4ケ")), ("特7", ("特7",)),
        ("仕4(2)柱書", ("4(2)",)), ("特記事項第17条(1)", ("特17(1)",)), ("仕様書4(1)キ・ケ", ("4(1)キ", "4(1)ケ")),
        ("特19-2(3)", ("特19-2(3)",)), ("特記事項第19条第2項(3)・第22条第2項", ("特19-2(3)", "特22-2")),
        ("目安日", ()), ("", ()),
    ],
)  # fmt: skip
def test_a_basis_is_read_as_clauses(words, clauses):
    assert clauses_in(words) == clauses


def test_items_belong_to_their_paragraph_and_a_table_to_none():
    text = """
1 件名
見本事業
情報の保護および管理に関する特記事項
(情報の授受)
第17条 乙は、つぎに掲げる事項を実施しなければならない。
(1) 限ること。
(2) 守ること。
- 2 乙は、記録しなければならない。
(疑義の決定)
第29条 甲乙協議の上、定めるものとする。
別表(第20条関係)
	確認が容易ではなくなる。
1 これは別表の行である。
"""
    outside = """
機密保持及び個人情報保護に関する特記事項
(安全管理措置)
第6条 乙は、管理に努めなければならない。
- 2 乙は、持ち出してはならない。
- 8 は読み飛ばされる。
- 3 乙は、次の各号に定めるところによる。
- (1) 保管すること。
- (2) 暗号化すること。
- 4 乙は、点検する。
"""
    both = [one.clause for one in split_paragraphs(f"{text}{outside}")]
    assert both == [
        "1", "", "特17", "特17(1)", "特17(2)", "特17-2", "特29", "別表",
        "", "機6", "機6-2", "機6-3", "機6-3(1)", "機6-3(2)", "機6-4",
    ]  # fmt: skip
    # It may be read by itself, too.
    assert [one.clause for one in split_paragraphs(outside)] == both[8:]
    assert not any("別表" in one.text for one in split_paragraphs(text) if one.clause == "特29")


def test_what_is_cited_above_inside_or_anywhere_finds_its_paragraph():
    known = {"4", "4(1)", "4(1)コ", "4(2)コ", "特18", "特1"}
    assert cites("4コ", "4(2)コ", known)
    assert cites("4(1)", "4(1)コ", known)
    assert cites("特18(2)", "特18", known)
    assert cites("4(4)", "4", known)
    assert not cites("4(4)", "4(1)コ", known)
    assert not cites("特1", "特18", known)
    assert not cites("4(1)コ", "4(2)コ", known)
    assert not cites("4(1)コ", "4(1)", known)


def test_paragraphs_that_belong_together_are_found_although_their_number_moved():
    pairs = {
        (pair.old.clause if pair.old else None, pair.new.clause if pair.new else None): pair.change
        for pair in compare_paragraphs(split_paragraphs(THIS_YEAR), split_paragraphs(NEXT_YEAR))
        if pair.change != "同じ"
    }
    assert pairs == {
        ("1", "1"): "変更", ("3", "3"): "変更", ("4(1)ア", "4(1)ア"): "変更", ("4(1)イ", None): "削除",
        ("4(1)ウ", "4(1)イ"): "変更", ("4(1)エ", "4(1)ウ"): "変更", (None, "4(1)エ"): "追加",
        ("4(1)オ", "4(1)オ"): "変更",
    }  # fmt: skip
    # Every paragraph of both texts stands exactly once.
    both = compare_paragraphs(split_paragraphs(THIS_YEAR), split_paragraphs(NEXT_YEAR))
    assert [pair.new for pair in both if pair.new] == list(split_paragraphs(NEXT_YEAR))
    assert sorted(pair.old.text for pair in both if pair.old) == sorted(one.text for one in split_paragraphs(THIS_YEAR))


def test_changed_words_are_marked_on_both_sides_and_nothing_is_lost():
    old, new = "各回10人から20人程度。5日前までに連絡する。", "各回15人から２０人程度。1週間前までに連絡する。"
    left, right = mark_changes(old, new)
    assert ("".join(words for words, _ in left), "".join(words for words, _ in right)) == (old, new)
    assert [words for words, changed in left if changed] == ["10", "5日前"]
    assert [words for words, changed in right if changed] == ["15", "1週間前"]


def _found(key, text, clause="4(1)ウ"):
    value = next(one for one in contract_values(preset().programme, preset().kinds) if one.key == key)
    found = find_value(value, SpecParagraph(clause=clause, text=f"見出し\n{text}"))
    return found.text if found else None


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("講習会.planned", "全８回程度", "8"), ("講習会.strict", "全8回程度", "程度"),
        ("講習会.strict", "全8回", "程度なし"),
        ("派遣.planned", "4団体程度", "4"), ("派遣.days", "令和9年9月1日から令和10年3月15日までのうち4日間程度", "4"),
        ("講習会.people_min", "各回10人から20人程度", "10"), ("講習会.people_max", "各回10～25人程度", "25"),
        ("派遣.people_max", "各回10人程度", "10"), ("講習会.headcount_period", "実施日の１週間前までに", "1週間前"),
        ("講習会.report_period", "終了後１箇月以内に", "1か月以内"), ("講習会.report_period", "5日前まで", None),
        ("講習会.minutes", "各回1時間30分程度", "90"), ("講習会.minutes", "2時間半", "150"),
        ("講習会.minutes", "90分", "90"),
        ("講習会.window_start", "令和9年9月1日から令和9年12月24日まで", "2027-09-01"),
        ("講習会.window_end", "令和9年9月1日から令和9年12月24日まで", "2027-12-24"),
        ("講習会.window_end", "令和9年9月1日から", None), ("年度.term_end", "翌日から令和10年3月31日まで",
            "2028-03-31"),
        ("年度.term_end", "令和10年2月31日まで", None), ("講習会.clause_planned", "全8回", "仕4(1)ウ"),
        ("講習会.planned", "協議する", None), ("年度.title", "令和9年度 町会支援\n以上", "令和9年度 町会支援"),
        ("講習会.people_strict", "各回10人から20人程度", "程度"), ("派遣.people_strict", "各回15人", "程度なし"),
        ("講習会.people_strict", "各回10～20人。回数は7回程度", "程度なし"), ("講習会.people_strict", "7回程度", None),
        ("講習会.minutes_strict", "各回2時間程度", "程度"), ("講習会.minutes_strict", "各回2時間30分", "程度なし"),
        ("年度.term_begins", "契約締結日から令和10年3月31日まで", "契約締結日"),
        ("年度.term_begins", "令和10年3月31日まで", None),
    ],
)  # fmt: skip
def test_numbers_are_read_from_the_next_text(key, text, value):
    assert _found(key, text) == value


def test_every_clause_of_the_contract_and_its_kinds_can_be_proposed():
    given = preset()
    values = {one.key: one for one in contract_values(given.programme, given.kinds)}
    named = {key.partition(".")[2] for key, one in values.items() if one.value_type == "項番"}
    assert named == {*clause_fields(Programme), *clause_fields(EventKind)}
    assert (values["講習会.clause_venue"].label, values["年度.clause_payment"].label) == (
        "講習会　項番（会場）",
        "契約　項番（支払）",
    )
    moved = SpecParagraph(clause="4(2)ウ", text="実施場所\n区が指定する。")
    assert find_value(values["講習会.clause_venue"], moved).text == "仕4(2)ウ"
    # A clause that is written in another way is still the same one.
    kept = replace(values["講習会.clause_venue"], text="仕4(2)ウ柱書")
    assert find_value(kept, moved).text == "仕4(2)ウ柱書"


@pytest.mark.parametrize(
    ("key", "said", "found"),
    [
        ("講習会.material_period", "実施日の10営業日前までに提出する。", "10営業日前"),
        ("講習会.headcount_period", "実施日の前日までに連絡する。", "前日"),
        ("講習会.report_period", "実施した月の翌月10日までに提出する。", "翌月10日まで"),
    ],
)
def test_a_period_is_found_on_its_side_whatever_this_year_says(key, said, found):
    owner, _dot, name = key.partition(".")
    kinds = [
        replace(one, **{name: ""}) if one.kind == owner and name != "report_period" else one for one in preset().kinds
    ]
    value = next(one for one in contract_values(preset().programme, kinds) if one.key == key)
    stated = find_value(value, SpecParagraph(clause="4(1)キ", text=said))
    assert stated is not None
    assert stated.text == found
    _programme, (kind, *_rest) = with_values(preset().programme, kinds, {key: stated.text})
    assert getattr(kind, name) == found
    if name != "report_period":
        assert getattr(with_values(preset().programme, kinds, {key: "求めない"})[1][0], name) == ""


@pytest.mark.parametrize(
    ("lines", "clauses"),
    [
        # articles: up to three may be left out, none comes again or ends as a sentence
        ("1 件名|4 場所", ["1", "4"]),
        ("1 件名|5 場所", ["1"]),
        ("3 件名", ["3"]),
        ("4 件名", [""]),
        ("3 件名|3 内容|2 場所", ["3"]),
        ("1 件名|2 ここで行う。", ["1"]),
        ("1 件名|2\t内容", ["1"]),
        # a list within an article goes on, and nothing is left out behind it
        ("1 件名|2 内容|1 趣旨|2 紹介|3 まとめ", ["1", "2"]),
        ("1 件名|2 内容|1 趣旨|2 紹介|4 期間", ["1", "2"]),
        ("1 件名|2 内容|1 趣旨|3 期間", ["1", "2", "3"]),
        # items and letters follow one another; ア begins again
        ("1 件名|(1) あ|ア い|イ う|エ え|ア お", ["1", "1(1)", "1(1)ア", "1(1)イ", "1(1)ア"]),
        ("1 件名|(1) あ|ア い|(2) か|イ き|(4) く", ["1", "1(1)", "1(1)ア", "1(2)"]),
        ("(1) あ|ア い", [""]),
        ("1 件名|デ あ", ["1"]),
        ("1 内容|講習|役員が集まる。|デ あ", ["1", "1(1)"]),
        # an annex begins behind an article, that about secrecy anywhere
        ("1 件名|第1条 あ|第3条 い", ["1", "特1", "特3"]),
        ("1 件名|第2条 あ", ["1"]),
        ("1 件名|情報の特記事項|第2条 あ|別表1|2 甲", ["1", "", "特2", "別表"]),
        ("1 件名|情報の特記事項|2 あ", ["1", ""]),
        ("情報の特記事項|1 件名", ["", "1"]),
        ("機密保持に関する特記事項|第6条 あ", ["", "機6"]),
        ("1 件名|第1条 あ|2 い|4 う|3 え|(1) か|(3) き|(2) く", ["1", "特1", "特1-2", "特1-3", "特1-3(1)", "特1-3(2)"]),
        # headings that lost their number
        ("1 内容|講習|役員が集まる。", ["1", "1(1)"]),
        ("1 内容|説明である|交流|会を開く。", ["1"]),
        ("1 内容|ア 講習|役員が集まる。|交流|会を開く。", ["1", "1ア", "1(1)"]),
        ("1 内容|ア 講習|役員が集まる|交流|会を開く。", ["1", "1ア"]),
        ("1 内容|ア 講習|役員が集まる。|交流|イ 会を開く。", ["1", "1ア", "1イ"]),
        (f"1 内容|{'あ' * 24}|役員が集まる。", ["1", "1(1)"]),
        (f"1 内容|{'あ' * 25}|役員が集まる。", ["1"]),
    ],
)  # fmt: skip
def test_a_line_begins_a_clause_only_where_its_number_can_follow(lines, clauses):
    text = lines.replace("|", "\n")
    found = split_paragraphs(text)
    assert [one.clause for one in found] == clauses
    words = "".join(one.text for one in found)
    assert all(line.split()[-1] in words for line in text.splitlines()), "no words are lost"


@pytest.mark.parametrize(
    ("first", "is_joined"),
    [
        ("い" * 23, False),
        ("い" * 24, True),
        ("い" * 23 + "。", False),
        ("い" * 23 + "）", False),
        ("い" * 23 + "、", True),
    ],
)
def test_a_line_that_the_page_wrapped_is_joined_with_the_next(first, is_joined):
    _article, found = split_paragraphs(f"1 件名\n(1) 目的\n説明である\n{first}\nう")
    assert found.text == f"目的\n説明である\n{first}{'' if is_joined else chr(10)}う"


def test_lines_that_were_wrapped_twice_are_one():
    (found,) = split_paragraphs(f"1 件名\n説明である\n{'い' * 24}\n{'う' * 24}\nえ")
    assert found.text.splitlines() == ["件名", "説明である", f"{'い' * 24}{'う' * 24}え"]


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("仕4(1)コ・(2)ケ", ("4(1)コ", "4(2)ケ")), ("仕4(1)コ・ケ・(2)", ("4(1)コ", "4(1)ケ", "4(2)")),
        ("仕4コ・ケ", ("4コ", "4ケ")), ("仕4・", ("4",)), ("仕3・あ", ("3",)),
        ("仕4(1)・特7条第2項と仕5", ("4(1)", "特7-2", "5")), ("機6-8(1)・仕(2)", ("機6-8(1)",)), ("仕4・仕4", ("4",)),
        ("コ", ()), ("(1)", ()), ("仕様書", ()), ("", ()),
    ],
)  # fmt: skip
def test_a_basis_cites_its_clauses_each_once_and_what_has_no_article_is_none(words, cited):
    assert clauses_in(words) == cited


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("各回90分とする。", "90"), ("各回2時間とする。", "120"), ("各回1時間半とする。", "90"),
        ("各回1.5時間とする。", "90"), ("各回1時間5分とする。", "65"), ("各回半日とする。", None),
    ],
)  # fmt: skip
def test_a_length_is_read_in_minutes(text, minutes):
    assert _found("講習会.minutes", text) == minutes


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("令和8年9月1日から令和8年12月25日まで", "2026-09-01", "2026-12-25"),
        ("2026年9月1日から2026年12月25日まで、令和9年1月31日を除く", "2026-09-01", "2026-12-25"),
        ("令和元年9月1日から令和2年1月5日まで", "2019-09-01", "2020-01-05"),
        ("令和9年2月29日から令和9年3月1日まで", "2027-03-01", None),
        ("令和8年9月1日から", "2026-09-01", None),
        ("9月1日から", None, None),
    ],
)
def test_of_two_days_the_first_begins_and_the_second_ends_and_a_day_that_does_not_exist_is_none(text, first, last):
    assert (_found("講習会.window_start", text), _found("講習会.window_end", text)) == (first, last)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("各回10人から20人程度", "10", "20"),
        ("各回10～20人程度", "10", "20"),
        ("各回15人程度", "15", "15"),
        ("各回数人", None, None),
    ],
)
def test_a_number_of_people_alone_is_the_least_and_the_most(text, least, most):
    assert (_found("講習会.people_min", text), _found("講習会.people_max", text)) == (least, most)


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("同じ", "同じ", (("同じ", False),), (("同じ", False),)),
        ("", "加えた", (), (("加えた", True),)),
        ("除いた", "", (("除いた", True),), ()),
        ("１０人", "10人", (("１０人", False),), (("10人", False),)),
    ],
)
def test_equal_words_are_one_run_and_what_one_side_lacks_is_marked(old, new, left, right):
    assert mark_changes(old, new) == (left, right)


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ([("あ" * 160, False)], "あ" * 160),
        ([("あ" * 161, False)], "あ" * 160 + "…"),
        ([("い" * 10, False), ("あ" * 150, True)], "い" * 10 + "あ" * 150),
        ([("い" * 28, False), ("あ" * 132, True), ("う" * 28, False)], "い" * 28 + "あ" * 132 + "う" * 28),
        ([("い" * 29, False), ("あ" * 132, True), ("う" * 29, False)], f"…{'い' * 14}{'あ' * 132}{'う' * 14}…"),
        ([("あ", True), ("い" * 160, False), ("う", True)], f"あ{'い' * 14}…{'い' * 14}う"),
        ([("あ" * 160, True), ("い", False)], "あ" * 160 + "い"),
        ([("あ" * 161, True), ("い", False)], "あ" * 160 + "…い"),
    ],
)
def test_a_long_side_is_printed_as_its_changes_with_fourteen_letters_around_them(runs, said):
    assert shorten(runs) == said


def _split(*paragraphs):
    return [SpecParagraph(clause=clause, text=text) for clause, text in paragraphs]


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        # what the new text lacks follows what stood before it, or stands first
        (
            [("1", "目的"), ("2", "期間"), ("3", "あいうえお"), ("4", "支払")], [("1", "期間"), ("2", "支払")],
            [("1", "目的", "削除"), ("1", "期間", "項番だけ"), ("3", "あいうえお", "削除"), ("2", "支払", "項番だけ")],
        ),
        # of two that are alike each is taken once, the nearer one first
        ([("1", "文"), ("2", "文")], [("1", "文"), ("2", "文")], [("1", "文", "同じ"), ("2", "文", "同じ")]),
        ([("1", "文")], [("1", "文"), ("2", "文")], [("1", "文", "同じ"), ("2", "文", "追加")]),
        # the same heading in the same item is enough, whatever stands below it; without it six letters of ten are
        ([("4(1)ア", "会場\n区の施設。")], [("4(1)イ", "会場\n体育館とする。")], [("4(1)イ", "会場", "変更")]),
        ([("1", "あいうえおかきくけこ")], [("1", "あいうえおかさしすせ")], [("1", "あいうえおかさしすせ", "変更")]),
        ([("1", "あいうえおかきくけこ")], [("1", "あいうえおさしすせそ")], [
            ("1", "あいうえおかきくけこ", "削除"), ("1", "あいうえおさしすせそ", "追加")]),
        # the same heading weighs more than words, the same item more than the place, the place more than nothing
        (
            [("9", "会場\n区の施設を使う。"), ("8", "会場等\n区の施設を使うこと。")],
            [("4", "会場\n区の施設を使うこと。")],
            [("4", "会場", "変更"), ("8", "会場等", "削除")],
        ),
        (
            [("4(2)イ", "会場\n区内"), ("4(1)イ", "会場\n区内")], [("4(1)ア", "会場\n区内")],
            [("4(2)イ", "会場", "削除"), ("4(1)ア", "会場", "項番だけ")],
        ),
        (
            [("1", "目的"), ("2", "文")], [("3", "文"), ("4", "文")],
            [("1", "目的", "削除"), ("3", "文", "追加"), ("4", "文", "項番だけ")],
        ),
        ([], [("1", "あ" * 31)], [("1", "あ" * 24, "追加")]),
        ([("特7", "同文")], [("特8", "同文")], [("特8", "同文", "項番だけ")]),
        ([("1", "同文")], [("別表", "同文")], [("1", "同文", "削除"), ("別表", "同文", "追加")]),
        # nothing of an annex answers to the 仕様書, and nothing without a clause to one with
        ([("7", "同文")], [("特7", "同文")], [("7", "同文", "削除"), ("特7", "同文", "追加")]),
        ([("", "同文")], [("1", "同文")], [("", "同文", "削除"), ("1", "同文", "追加")]),
    ],
)  # fmt: skip
def test_each_paragraph_finds_its_own_and_what_is_left_stands_where_it_was(old, new, pairs):
    found = compare_paragraphs(_split(*old), _split(*new))
    assert [(one.clause, one.title, one.change) for one in found] == pairs


def test_a_new_item_is_named_by_its_heading_and_a_kind_that_no_item_names_is_left_out():
    items = _split(
        ("4", "出前"),
        ("4(1)", "講座\nデジタル活用講習会を開催すること。"),
        ("4(2)", "　スマホ出前講座の実施"),
        ("4(3)", "出前の意見交換に関する業務"),
        ("4(4)", "実績の報告"),
        ("4(5)", "あ" * 41),
        ("4(6)", "一日"),
        ("4(7)", "一龠"),
        ("5(1)", "出張"),
    )
    found = propose_kinds(items, preset().kinds)
    assert [(one.is_new, one.clause, one.kind, one.title, one.name, one.sign, one.form) for one in found] == [
        (True, "4(2)", "", "スマホ出前講座", "スマホ出前講座", "出", EventForm.VISIT),
        (True, "4(3)", "", "出前の意見交換", "出前の意見交換", "前", EventForm.EXCHANGE),
        (True, "4(5)", "", "あ" * 40, "あ" * 40, "", EventForm.LECTURE),
        (True, "4(6)", "", "一日", "一日", "一", EventForm.LECTURE),
        (True, "4(7)", "", "一龠", "一龠", "龠", EventForm.LECTURE),
        (False, "", "派遣", "アドバイザー派遣による個別支援", "派遣", "派", EventForm.VISIT),
        (False, "", "意見交換会", "デジタル意見交換会", "意見交換会", "意", EventForm.EXCHANGE),
    ]
    assert propose_kinds(items, [replace(one, clause_item="") for one in preset().kinds]) == ()


def test_a_paragraph_is_about_what_it_begins_with_before_what_it_mentions():
    given = preset()
    inside = _split(
        ("4(4)", "期間"),
        ("4(5)", "期間"),
        ("4(5)ア", "場所\n期間中は毎回変わる。"),
        ("4(5)イ", "期間は、令和9年9月1日から令和9年12月24日までとする。"),
    )
    found = values_of_item(given.kinds[0], "4(5)", inside, given.programme)
    assert {name: one.text for name, one in found.items()} == {
        "clause_item": "仕4(5)", "clause_window": "仕4(5)イ",
        "window_start": "2027-09-01", "window_end": "2027-12-24",
    }  # fmt: skip
