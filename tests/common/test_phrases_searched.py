"""What somebody types as he would say it: its words, those that mean the same, and what of a list answers it best."""

import pytest

from app.common import phrase_search
from app.common.phrase_search import is_said, likely_answers, may_be_said, searched_words, subject_words

LISTED = [
    ("日付を変える", {"実施日を変える": 1.0, "日程の変更": 0.5}), ("中止にする", {"中止を決める": 1.0}),
    ("申込用紙を印刷", {"申込書を印刷する": 1.0}), ("パスワード", {"パスワードを変える": 1.0, "忘れたとき": 0.6}),
    ("席", {"席を決める": 1.0}), ("班", {"班を分ける": 1.0}),
]  # fmt: skip
ORDINARY = [(f"{number}番", {f"資料{number}を保存する": 1.0}) for number in range(4)]


@pytest.mark.parametrize(
    ("text", "said", "may", "words"),
    [
        ("日付を変えたい", True, True, ("日付", "変")), ("申込用紙はどこ", True, True, ("申込用紙",)),
        ("小林さん", True, True, ("小林",)), ("3人", False, True, ()), ("延期", False, True, ("延期",)),
        ("写真をけしたい", True, True, ("写真", "けし")), ("ＬＩＮＥ 講習", False, False, ("line", "講習")),
        ("LINE", False, True, ("line",)), ("", False, False, ()), ("変えて変える", True, True, ("変",)),
        ("しゅれっだー", True, True, ("シュレッダー",)),
    ],
)  # fmt: skip
def test_a_phrase_is_about_its_words_without_endings(text, said, may, words):
    assert (is_said(text), may_be_said(text), subject_words(text)) == (said, may, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("回中止", ("中止", "ちゅうし", "やめ", "休止", "取止", "台風", "大雨", "大雪")), ("小林さん", ("小林",)),
        ("班を分ける", ()), ("申込用紙一", ("申込用紙", "ちらし", "チラシ", "用紙", "申込書")),
        ("つうち", ("つうち", "おく", "手紙", "案内", "通知", "連絡", "郵送")),
        ("シュレッダー", ("シュレッダー", "けし", "けす", "すて", "削除", "廃棄", "消去")),
        ("パスワードを忘れた", ("パスワード", "ログイン", "暗証番号", "回復")),
    ],
)  # fmt: skip
def test_a_text_is_looked_for_by_the_words_that_mean_the_same(text, words):
    assert searched_words(text) == words


@pytest.mark.parametrize(
    ("text", "answers", "ranks"),
    [
        ("日付を変えたい", ["日付を変える", "パスワード"], [0.761, 0, 0, 0.761, 0, 0]),
        ("申込用紙はどこ", ["申込用紙を印刷"], [0, 0, 0.7, 0, 0, 0]),
        ("パスワードを忘れた", ["パスワード"], [0, 0, 0, 0.736, 0, 0]),
        ("台風で中止にする", ["中止にする"], [0, 0.85, 0, 0, 0, 0]),
        ("決める", ["中止にする", "席"], [0, 0.8, 0, 0, 0.8, 0]),
        ("班を決める", ["中止にする", "席", "班"], [0, 0.405, 0, 0, 0.405, 0.395]),
        ("印刷の日程変更", ["申込用紙を印刷", "日付を変える", "パスワード"], [0.274, 0, 0.608, 0.274, 0, 0]),
        ("全然ない言葉", [], [0] * 6), ("", [], [0] * 6),
    ],
)  # fmt: skip
def test_what_answers_best_stands_first(text, answers, ranks):
    assert likely_answers(text, LISTED) == answers
    assert [round(one, 3) for one in phrase_search._ranks(text, [texts for _, texts in LISTED])] == ranks


def test_of_what_answers_only_a_part_three_are_offered_and_of_what_answers_the_most_all():
    assert likely_answers("資料", ORDINARY) == ["0番", "1番", "2番", "3番"]
    assert likely_answers("資料の謎", ORDINARY) == ["0番", "1番", "2番"]
    assert likely_answers("資料の謎の森の奥", ORDINARY) == []
    for weight, count in ((0.5, 4), (0.25, 3), (0.24, 0)):  # ranks of 0.4 and 0.2, and just below
        assert len(likely_answers("変える", [(at, {"変える": weight}) for at in range(4)])) == count
