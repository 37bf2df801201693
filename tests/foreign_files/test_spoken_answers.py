"""What somebody says in free text about taking part, pictures, a loan, needs or companions is found, and no more."""

import pytest

from app.foreign_files.cells.spoken_answers import acts_in, answered_by, asked_by


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("欠席するかもしれません", {"state"}),
        ("12/10の回に変更希望", {"state"}),
        ("当日は私のかわりに副会長が伺います", {"state"}),
        ("写真には写りたくありません", {"consent"}),
        ("顔が写らなければ大丈夫です", {"consent"}),
        ("ホームページには載せないでほしいです", {"consent"}),
        ("タブレットを貸してください", {"device"}),
        ("妻（例野　春）と2人で参ります", {"companions"}),
        ("娘が付き添います", {"companions", "need"}),
        ("足が悪いので前の席がいい", {"need"}),
        ("駐車場はありますか", set()),
        ("スマホの写真の撮り方を知りたい", set()),
        ("参加できるのを楽しみにしています", set()),
        ("LINEで友人とやり取りしたい", set()),
        ("会場に行く道がわかりません", set()),
        ("子ども会の役員もしています", set()),
    ],
)
def test_what_asks_for_an_act_is_found_in_free_text(text, acts):
    assert set(acts_in(text)) == acts


@pytest.mark.parametrize("text", ["はい", "ない", "なし", "特にない", "希望する", "○", "0", "1", "ある", "いいえ"])
def test_a_bare_answer_is_about_nothing(text):
    assert answered_by(text) == ()


@pytest.mark.parametrize(
    ("heading", "about"),
    [
        ("当日の出欠", "state"),
        ("12月18日の講習会に参加されますか", "state"),
        ("ご都合はいかがですか", "state"),
        ("区報・SNSへの掲載", "consent"),
        ("端末の貸出", "device"),
        ("座席の希望", "need"),
        ("お一緒に参加される方", "companions"),
        ("ご連絡先", ""),
        ("操作で不安なこと", ""),
        ("LINEアカウントの有無", ""),
        ("この講習会を何で知りましたか", ""),
        ("Wi-Fiに接続したことがありますか", ""),
        ("過去の参加の有無", ""),
        ("参加人数", ""),
    ],
)
def test_what_a_heading_asks_for(heading, about):
    assert asked_by(heading) == ((about,) if about else ())
