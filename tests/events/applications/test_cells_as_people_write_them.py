"""Cells as people write them, in 18 kinds: what a careful clerk makes of each stands in a table beside the files."""

import csv
from datetime import date

import pytest

from app.commands.import_options import columns_from_words
from app.events.applications.intake.application_cells import WishSplitter
from app.events.applications.intake.application_fields import propose_columns
from app.events.applications.intake.application_rows import read_applications
from app.events.applications.services import application_import
from app.events.applications.services.application_target import APPLICATIONS_TARGET
from app.foreign_files.foreign_shape import source_key
from db.records.applications import ColumnMap, ImportTarget
from tests.fixtures.survey.samples import REPORTS
from tests.support.application_rows import year_store
from tests.support.sample import NOW, sample_store
from tests.support.stores import made_by

CHOSEN = {
    "n01": ("12月18日（金）のご都合はいかがですか=状態",),
    "n02": ("チラシや区報に当日の写真を使うことがあります=撮影",),
    "n03": ("ご本人の出欠=状態", "区報・SNSへの掲載=掲載"),
    "n08": ("あてはまるものすべてにチェックしてください=該当するもの",),
    "n11": ("12月18日のホームページ・電子回覧板講習会に参加されますか=状態",),
}
"""The columns that a form of that kind has to be told, as the command takes them."""
with (REPORTS / "n_expected.tsv").open(encoding="utf-8") as table:
    WANTED = list(csv.DictReader(table, delimiter="\t"))
FILES = sorted({one["file"] for one in WANTED if one["want"].startswith("applications") and "n04" not in one["file"]})
store = made_by(sample_store, scope="module")


@pytest.mark.parametrize("name", FILES)
def test_what_an_applicant_wrote_comes_out_or_is_asked(store, name):
    lines = [one for one in WANTED if one["file"] == name]
    path = REPORTS / name
    file = application_import.read_application_file(path)
    words = CHOSEN.get(name[:3], ())
    choices = APPLICATIONS_TARGET.choices(APPLICATIONS_TARGET.fields)
    number = int(lines[0]["want"].split()[1])
    found = application_import.preview_applications(
        store, path=path, event_id=number, columns=columns_from_words(file, words, choices), today=NOW.date()
    )
    assert [one.name for one in found.mapped.open_columns if one.must_choose] == []
    rows = {one.row: one for one in found.rows}
    read = {
        one.row: one for one in read_applications(file, {one.index: one.field for one in found.mapped.columns}).rows
    }
    wrong = [
        (one["row"], one["field"], one["want"], _seen(rows[int(one["row"])], one["field"]))
        for one in lines[1:]
        if not _fits(rows[int(one["row"])], read[int(one["row"])], one["field"], one["want"])
    ]
    assert wrong == []


def _seen(row, field):
    return row.outcome, row.reason, getattr(row, field, "") if field != "received" else row.received_at


OUTCOMES = {"新規": "in", "更新": "updated", "確認が必要": "ask", "取り込まない": "out", "重複": "known"}


def _fits(row, read, field, want):
    allowed, outcome = want.split("|"), OUTCOMES[row.outcome]
    if outcome in allowed or (outcome == "out" and field != "outcome"):
        return True
    if field == "kept":
        return any(want in text for text in read.values.values())
    if field == "wishes":
        return want in map(str, read.dates)
    seen = {
        "outcome": "two" if row.people > 1 else outcome,
        "mates": str(len(row.companions)),
        "received": str(row.received_at.date()) if row.received_at else "",
    }
    # What the door is told is the stricter answer about taking and publishing pictures.
    seen |= {"photo": "不可" if "不可" in (row.photo, row.publication) else row.photo}
    value = seen.get(field, str(getattr(row, field, "")))
    return value in allowed or (want == "nothing" and not value) or (field == "care" and allowed[0] in value)


def test_what_an_earlier_version_remembered_by_number_is_no_choice_of_anybody(store):
    path = next(REPORTS.glob("n01_*"))
    file = application_import.read_application_file(path)
    with store.change(action="列の対応を覚えた", by="準備", now=NOW, subject="applications") as change:
        change.insert(
            ColumnMap(
                target=ImportTarget.APPLICATIONS,
                source_key=source_key(file),
                columns={"1": "name", "5": ""},
                remembered_at=NOW,
            )
        )
    found = application_import.preview_applications(store, path=path, event_id=7, today=NOW.date())
    assert [(one.index, one.choice) for one in found.mapped.open_columns if one.must_choose] == [(5, "status")]
    assert found.mapped.is_remembered


HEADS = ("受付日時", "お名前", "団体名", "電話番号")
ROWS = ("見本　一", "見本　二", "見本　三", "見本　四", "見本　五", "見本　六", "見本　七")
year = made_by(
    lambda place: year_store(place, organisations=[("第1支部", "みほん一丁目町会"), ("第4支部", "みほん町会")]),
    scope="module",
)


def seen(year, tmp_path, heading, cells, *, replaces="", **given):
    """Return the preview of a form with one more column (or one in the place of another), its cells from the top."""
    heads = [heading if head == replaces else head for head in HEADS] + ([] if replaces else [heading])
    base = [
        dict(zip(HEADS, (f"2026/9/{n} 9:00", name, "みほん一丁目町会", f"03-0000-18{n:02d}"), strict=True))
        for n, name in enumerate(ROWS[: len(cells)], 1)
    ]
    lines = [[*(row | {replaces or heading: text}).values()] for row, text in zip(base, cells, strict=True)]
    path = tmp_path / "申込.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heads, *lines])
    return application_import.preview_applications(year, path=path, event_id=1, today=date(2026, 9, 16), **given)


def must_choose(preview):
    return [(one.name, one.choice) for one in preview.mapped.open_columns if one.must_choose]


@pytest.mark.parametrize("heading", ["個人情報の取扱いへの同意", "利用規約への同意", "同意事項"])
def test_a_consent_to_something_else_says_nothing_about_pictures(year, tmp_path, heading):
    found = seen(year, tmp_path, heading, ["同意する", "同意します", "同意しない"])
    assert [row.photo for row in found.rows] == ["", "", ""]
    assert must_choose(found) == [(heading, "")]


@pytest.mark.parametrize(
    "heading", ["お顔が写ってもよいですか", "姿を撮ることについて", "映っても差し支えありませんか"]
)
def test_a_heading_that_asks_for_pictures_in_other_words_must_be_chosen(year, tmp_path, heading):
    assert must_choose(seen(year, tmp_path, heading, ["○", "", "○"])) == [(heading, "photo")]


def test_what_an_office_shall_know_is_a_need_whatever_it_is(year, tmp_path):
    told = seen(year, tmp_path, "休憩で知っておいてほしいこと", ["出入口の近くを希望", "特になし", ""])
    assert [row.care for row in told.rows] == ["出入口の近くを希望", "", ""]


def test_two_questions_about_devices_that_disagree_are_asked(year, tmp_path):
    heads = [*HEADS, "端末の貸出", "スマホをお持ちの方"]
    told = [("希望しない", "持っている"), ("希望しない", "持っていない"), ("希望する", "")]
    path = tmp_path / "申込.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = zip(ROWS, told, strict=False)
        csv.writer(out).writerows([heads, *(["2026/9/1", name, "", "03-0000-1801", *pair] for name, pair in rows)])
    found = application_import.preview_applications(year, path=path, event_id=1, today=date(2026, 9, 16)).rows
    assert [row.device for row in found] == ["持参", "", "貸与"]
    assert [bool("端末の答えが2とおり" in row.reason) for row in found] == [False, True, False]


@pytest.mark.parametrize("heading", ["広報紙への掲載", "写真撮影および掲載"])
def test_a_form_with_one_question_about_pictures_fills_the_one_field(year, tmp_path, heading):
    choices = APPLICATIONS_TARGET.choices(APPLICATIONS_TARGET.fields)
    found = seen(year, tmp_path, heading, ["可", "不可"], columns={1: "name", 4: choices["掲載"]})
    assert [(row.photo, row.publication) for row in found.rows] == [("可", ""), ("不可", "")]
    assert propose_columns(["氏名", heading]) == {0: "name", 1: "photo"}


def test_whether_day_or_month_comes_first_is_asked_once_for_the_column(year, tmp_path):
    days = ["5/9/2026", "6/9/2026", "7/9/2026 10:00"]
    found = seen(year, tmp_path, "申込日", days, replaces="受付日時")
    (asked,) = found.questions
    assert (asked.heading, asked.words, len(asked.names)) == ("申込日", "5/9/2026", 3)
    given = {asked.key: "日／月／年"}
    answered = seen(year, tmp_path, "申込日", days, replaces="受付日時", answers=given)
    assert [row.received_at.isoformat()[:10] for row in answered.rows] == ["2026-09-05", "2026-09-06", "2026-09-07"]
    assert [row.outcome for row in answered.rows] == ["新規"] * 3
    assert [one.answer for one in answered.questions] == ["日／月／年"]
    assert seen(year, tmp_path, "申込日", [*days, "13/9/2026"], replaces="受付日時").questions == ()


@pytest.mark.parametrize("heading", ["懇親会に参加されますか", "懇親会の出欠", "講習会後の昼食会に出席しますか"])
def test_who_stays_away_from_something_else_stays_an_applicant(year, tmp_path, heading):
    found = seen(year, tmp_path, heading, ["参加する", "参加しない", "参加する"])
    assert [row.outcome for row in found.rows] == ["新規"] * 3
    assert must_choose(found) == [(heading, "")]


@pytest.mark.parametrize("heading", ["当日の出欠", "LINE講習会の出欠", "この講座に参加されますか", "参加しますか？"])
def test_who_stays_away_from_the_event_is_left_out_without_a_question(year, tmp_path, heading):
    found = seen(year, tmp_path, heading, ["出席", "欠席", "出席"])
    assert [row.outcome for row in found.rows] == ["新規", "取り込まない", "新規"]


def test_a_tick_at_a_wish_that_names_no_event_has_to_be_chosen(year, tmp_path):
    found = seen(year, tmp_path, "オンライン参加を希望しますか", ["希望する", "希望しない", "希望する"])
    assert must_choose(found) == [("オンライン参加を希望しますか", "wishes")]


def test_a_cell_of_mail_that_is_no_address_is_asked_and_no_address_is_nothing(year, tmp_path):
    cells = ["hanako@example.jp", "ｉｃｈｉｒｏ＠example.jp", "持っていません", "anonymous", "a..b.@example.ne.jp"]
    found = seen(year, tmp_path, "メールアドレス", [*cells, "a@example.jp、b@example.jp", "jiro@example,jp"])
    assert [row.outcome for row in found.rows] == ["新規"] * 5 + ["確認が必要"] * 2
    result = application_import.read_application_file(tmp_path / "申込.csv")
    rows = read_applications(result, {column.index: column.field for column in found.mapped.columns}).rows
    assert [row.values["email"] for row in rows[:4]] == ["hanako@example.jp", "ichiro@example.jp", "", ""]


@pytest.mark.parametrize(("number", "outcome"), [("03-0000-1899", "確認が必要"), ("", "新規")])
def test_the_same_name_under_another_number_is_asked(year, tmp_path, number, outcome):
    path = tmp_path / "申込.csv"
    path.write_text(
        f"受付日時,氏名,団体名,電話番号\n2026/9/2,見本　一,みほん一丁目町会,03-0000-1801\n"
        f"2026/9/2,同上,みほん一丁目町会,{number}\n",
        encoding="utf-8",
    )
    found = application_import.preview_applications(year, path=path, event_id=1)
    asked = [one for one in found.rows[1].doubtful_fields if one == "name"]
    assert bool(asked) == (outcome == "確認が必要")


@pytest.mark.parametrize(
    ("heading", "words", "matter"),
    [
        ("送迎バスの利用", "当日行けなくなりました", "状態"),
        ("会員番号", "本人は欠席、代わりに長男", "状態"),
        ("昼食（お弁当）", "2個（同行の母の分も）", "同行者"),
    ],
)
def test_a_rare_word_in_a_column_that_nobody_uses_is_asked_in_its_row(year, tmp_path, heading, words, matter):
    found = seen(year, tmp_path, heading, ["利用する", "利用しない", "帰りのみ", words, "なし"])
    assert must_choose(found) == []
    assert [row.outcome for row in found.rows] == ["新規", "新規", "新規", "確認が必要", "新規"]
    assert matter in found.rows[3].reason


def test_what_a_column_is_about_is_asked_once_for_the_column(year, tmp_path):
    cells = ["参加する", "参加しません", "参加しません"]
    found = seen(year, tmp_path, "懇親会に参加されますか", cells, columns={1: "name", 4: ""})
    assert [row.outcome for row in found.rows] == ["新規"] * 3
    told = seen(year, tmp_path, "LINEで困っていること", ["LINEで孫と一緒に話したい", "文字が小さい", "特になし"])
    assert [row.outcome for row in told.rows] == ["新規"] * 3


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("所属団体・支部", "organisation"), ("交通手段", ""), ("申込手段", "way"), ("到達日時", "received_at"),
        ("電話番号2", "phone"), ("お子さま連れ", ""), ("お申込み日", "received_at"), ("事務局宛メッセージ", "note"),
        ("事務局に伝えたいこと", "note"), ("担当者へのご連絡", "note"), ("支部への質問", "note"),
        ("事務局記入欄", "memo"), ("携帯電話への連絡", "phone"),
    ],
)  # fmt: skip
def test_headings_of_other_offices(heading, field):
    assert propose_columns(["氏名2", heading]) == {0: "name"} | ({1: field} if field else {})


def test_two_names_of_one_family_are_asked_and_one_of_foreign_words_is_not(year, tmp_path):
    two = ["見本 正夫・とし子", "見本 正夫・トシ子", "見本 正夫｜とし子", "見本 正夫-とし子", "見本 正夫とトシ子"]
    found = seen(year, tmp_path, "お名前", [*two, "ジョン・スミス"], replaces="お名前")
    assert [row.outcome for row in found.rows] == ["確認が必要"] * len(two) + ["新規"]


def test_a_need_of_before_is_kept_and_asked(year, tmp_path):
    before = ["去年は車いすでしたが、今は歩けます", "車いすでしたが治りました", "前回は席を前に。今回はどこでも"]
    now = ["以前から耳が遠く、今回も前の席を希望", "骨折しましたが車いすで伺います", "今は車いすです"]
    found = seen(year, tmp_path, "配慮が必要なこと", [*before, *now])
    assert [row.outcome for row in found.rows] == ["確認が必要"] * 3 + ["新規"] * 3
    assert all(text in row.care for row, text in zip(found.rows, [*before, *now], strict=True))


def test_a_heading_that_asks_for_the_name_and_its_reading_is_that_of_the_name():
    assert propose_columns(["お名前（フリガナもご記入ください）", "団体名"]) == {0: "name", 1: "organisation"}
    assert propose_columns(["氏名", "お名前のフリガナ"]) == {0: "name", 1: "furigana"}


def test_none_in_other_languages_is_no_need_and_no_role(year, tmp_path):
    found = seen(year, tmp_path, "配慮が必要なこと", ["Không", "없음", "没有", "ninguna", "手話通訳"])
    assert [row.care for row in found.rows] == ["", "", "", "", "手話通訳"]
    assert [row.role for row in seen(year, tmp_path, "町会での役職", ["特になし", "副会長"]).rows] == ["", "副会長"]


@pytest.mark.parametrize(
    ("heading", "replaces", "words"),
    [
        ("役職", "", "民生委員です。足が悪いです"), ("整理番号", "", "記入例"), ("整理番号", "", "（例）"),
        ("個人情報への同意", "", "同意する（写真は不可）"), ("受付日時", "受付日時", "R7.9.1"),
        ("役職", "", "会長（欠席）"), ("ご住所", "", "本町1-1（車いすのため1階）"),
        ("ご住所", "", "施設に入所中で、当日は欠席します"), ("FAX番号", "", "耳が不自由なのでFAX希望 03-1111-2223"),
        ("年齢", "", "80代 耳が聞こえにくい"), ("お名前", "お名前", "木村隆 090-1234-0000"),
        ("携帯電話", "電話番号", "090-1234-567"), ("希望する回", "", "第1回と第2回"), ("希望する回", "", "どれでも"),
        ("希望する回", "", "第1回（だめなら第2回）"), ("お名前", "お名前", "見本 八の母"),
        ("お名前", "お名前", "見本商店の見本"), ("連絡担当者", "", "妻の携帯へ"), ("FAX番号", "", "電話と同じ"),
        ("整理番号", "", "12→15"), ("ご住所", "", "本町1-1 郵便は娘へ"), ("交通手段", "", "電動車いす"),
    ],
)  # fmt: skip
def test_what_stands_beside_the_answer_of_a_field_is_asked(year, tmp_path, heading, replaces, words):
    number = dict.fromkeys(("携帯電話", "FAX番号"), "03-0000-1808")
    usual = {"お名前": "見本　八", "受付日時": "R8.9.1", "希望する回": "第1回", "連絡担当者": "見本 花"}
    plain = {"役職": "会長", "ご住所": "本町1-1", **usual, **number}.get(heading, "1")
    found = seen(year, tmp_path, heading, [plain, words], replaces=replaces)
    assert [row.outcome for row in found.rows] == ["新規", "確認が必要"]


def test_many_who_wish_for_no_event_in_particular_are_not_left_out(year, tmp_path):
    found = seen(year, tmp_path, "どちらの回を希望されますか", ["第1回", "どちらでも", "どちらでも", "第2回"])
    assert [row.outcome for row in found.rows] == ["新規", "確認が必要", "確認が必要", "取り込まない"]


def test_few_needs_make_no_column_of_needs(year, tmp_path):
    found = seen(year, tmp_path, "交通手段", ["徒歩", "車", "電動車いす", "バス", "タクシー（介助者と）"])
    assert [row.care for row in found.rows] == [""] * 5
    assert [row.outcome for row in found.rows] == ["新規", "新規", "確認が必要", "新規", "確認が必要"]


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("区のメールマガジンを希望する", ["希望する", "希望しない", "希望する"], "email"),
        ("電話連絡の可否", ["可", "不可", "可"], "phone"),
        ("欠", ["欠", "", ""], "status"),
    ],
)
def test_a_column_whose_cells_its_field_does_not_know_has_to_be_chosen(year, tmp_path, heading, cells, field):
    found = seen(year, tmp_path, heading, cells, replaces="電話番号" if field == "phone" else "")
    assert must_choose(found) == [(heading, field)]


@pytest.mark.parametrize(
    ("heading", "replaces", "words"),
    [
        ("お名前", "お名前", "見本 ハル・夫"), ("お名前", "お名前", "（故）見本 三郎"),
        ("お名前", "お名前", "見本 三郎（要確認）"), ("よみ", "", "？"), ("メモ（受付）", "", "→6/17へ変更"),
        ("メモ（受付）", "", "要約筆記"), ("区分", "", "補欠"), ("整理券", "", "A3（欠）"),
        ("整理券", "", "返却（参加できず）"), ("友人紹介", "", "佐藤さんも一緒に参加"),
        ("お名前", "お名前", "見本 花子　入院中"), ("お名前", "お名前", "見本 花子 2名"),
        ("お名前", "お名前", "見本 花子　重複"), ("お名前", "お名前", "見本花子　他"),
        ("お名前", "お名前", "故　見本 一郎"), ("お名前", "お名前", "見本 花子 82歳"),
        ("お名前", "お名前", "△見本花子"), ("お名前", "お名前", "見本花子（テスト）"),
        ("お名前", "お名前", "見本花子（メール）"), ("お名前", "お名前", "お孫さん"),
        ("お名前", "お名前", "会長 見本花子 代理 副会長 見本"), ("よみ", "", "さとう（キャンセル）"),
        ("よみ", "", "みもと でなく みほん　のぶえ"), ("よみ", "", "ミホンデハナクミモト"),
        ("よみ", "", "みほん／みもと"), ("よみ", "", "おなじ"), ("役職", "", "会長（3月まで）"),
        ("役職", "", "会長。いまは顧問"), ("役職", "", "〃（副）"), ("住所", "", "〃 202号室"),
        ("住所", "", "見本町2-2（裏木戸から）"), ("住所", "", "見本町2-2（隣の2-1でも可）"),
        ("役職", "", "副会長→会長"), ("役職", "", "会長を辞めました"), ("役職", "", "役員（写真不可）"),
        ("整理番号", "", "3-欠"), ("整理番号", "", "12→15"), ("住所", "", "転居予定"),
        ("住所", "", "練馬区見本1-1（郵送不可）"), ("申込方法", "", "電話で欠席連絡"),
        ("配慮事項", "", "写真は撮らないでください"), ("配慮事項", "", "車いす。タブレットも借りたい"),
        ("メモ（受付）", "", "写真NG"), ("メモ（受付）", "", "キャンセル待ち1番"),
        ("参加の理由", "", "スマホを持っていないので貸してほしい"), ("申込の時刻", "", "来場せず、1時半に電話あり"),
    ],
)  # fmt: skip
def test_a_word_beside_names_notes_and_numbers_is_asked(year, tmp_path, heading, replaces, words):
    usual = {"よみ": "みほん", "役職": "会長", "整理番号": "12", "住所": "見本町1-1", "申込の時刻": "9:00"}.get(
        heading, "Ａ"
    )
    plain = ["見本　八", "見本　九", "見本　十"] if replaces else [usual] * 3
    found = seen(year, tmp_path, heading, [*plain, words], replaces=replaces)
    assert [row.outcome for row in found.rows] == ["新規"] * 3 + ["確認が必要"]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("よみ", "みほん　ます"), ("よみ", "マリア・ルイス サントス"), ("よみ", "ﾐﾅｸﾁ ﾊﾙ"),
        ("役職", "班長（駅前）"), ("役職", "副会長（3丁目・今井地区）"), ("役職", "会計と防災部長"), ("役職", "元会長"),
        ("住所", "見本町1-2（さくら荘2-201）"), ("住所", "見本町1-2 からたちハイツ（三本方）"),
    ],
)  # fmt: skip
def test_what_a_field_may_hold_is_not_asked(year, tmp_path, heading, words):
    usual = {"よみ": "みほん", "役職": "会長", "住所": "見本町1-1"}.get(heading, "Ａ")
    found = seen(year, tmp_path, heading, [usual] * 3 + [words])
    assert [row.outcome for row in found.rows] == ["新規"] * 4


@pytest.mark.parametrize(
    "words",
    [
        "当日は都合がつきそうにないです", "今回は見合わせます", "他の予定と重なってしまい…",
        "入院することになりました", "山田さんに代わってもらいます", "まだ行けるかわかりません",
        "写真は勘弁してください", "名前は出さないでください", "カメラはちょっと", "スマホがないので用意してほしい",
        "タブレットは持っていません", "2名で参加します",
    ],
)  # fmt: skip
def test_what_an_applicant_says_in_other_words_is_asked(year, tmp_path, words):
    plain = ["パソコンは持っています", "スマホの操作がわからない", "交代で広報をしています", "写真の撮り方を習いたい"]
    found = seen(year, tmp_path, "備考", [*plain, words])
    assert [row.outcome for row in found.rows] == ["新規"] * 4 + ["確認が必要"]


def test_no_reading_no_address_and_no_name_beside_are_nothing(year, tmp_path):
    assert [row.furigana for row in seen(year, tmp_path, "よみ", ["なし", "みほん"]).rows] == ["", "みほん"]
    names = ["見本　花 子", "見本 信子（のぶこ）", "見本　みつえ", "見本 マリア テレサ"]
    outcomes = [row.outcome for row in seen(year, tmp_path, "お名前", names, replaces="お名前").rows]
    assert outcomes == ["新規"] * 3 + ["確認が必要"]


def test_a_reading_as_above_is_asked_where_the_name_is_another(year, tmp_path):
    found = seen(year, tmp_path, "よみ", ["みほん　いち", "同上"])
    assert [row.outcome for row in found.rows] == ["新規", "確認が必要"]
    assert found.rows[1].furigana == ""


def test_a_column_of_numbers_of_another_shape_is_asked_of_no_row(year, tmp_path):
    found = seen(year, tmp_path, "整理番号", ["いろは", "にほへ", "とちり", "ぬるを"])
    assert [row.outcome for row in found.rows] == ["新規"] * 4


def test_ways_to_apply_are_no_form_of_one_person(year, tmp_path):
    found = seen(year, tmp_path, "申込方法", ["電話（娘から）", "FAX", "メール", "窓口"])
    assert [row.outcome for row in found.rows] == ["新規"] * 4


def test_a_column_of_needs_where_most_have_none_is_one(year, tmp_path):
    found = seen(year, tmp_path, "お手伝いが必要なこと", ["なし", "トイレの介助", "特になし"])
    assert [row.care for row in found.rows] == ["", "トイレの介助", ""]
    assert must_choose(found) == []


@pytest.mark.parametrize(("heading", "shown"), [("会場までの交通", "会場までの交通：バス"), ("備考", "バス")])
def test_words_stand_with_what_their_column_asks(year, tmp_path, heading, shown):
    found = seen(year, tmp_path, heading, ["バス"], columns={1: "name", 4: "note"})
    assert [one.words for one in found.questions] == [shown]


@pytest.mark.parametrize(
    ("heading", "words", "field", "value"),
    [
        ("一緒に来る方", "1名", "people", 2),
        ("人数", "私ひとり", "people", 1),
        ("FAX番号", "なし", "fax", ""),
        ("ご住所", "なし", "address", ""),
        ("お名前", "見本 ハル", "name", "見本 ハル"),
    ],
)
def test_a_plain_cell_is_taken_without_a_question(year, tmp_path, heading, words, field, value):
    chosen = {"一緒に来る方": "同行者の氏名"}.get(heading, "")
    path = tmp_path / "申込.csv"
    found = seen(year, tmp_path, heading, [words], replaces="お名前" if heading == "お名前" else "")
    if chosen:
        columns = {one.index: one.field for one in found.mapped.columns} | {len(HEADS): "names"}
        found = application_import.preview_applications(
            year, path=path, event_id=1, today=date(2026, 9, 16), columns=columns
        )
    [row] = found.rows
    assert (row.outcome, getattr(row, field)) == ("新規", value)


@pytest.mark.parametrize(
    ("heading", "words", "kept"),
    [
        ("申込方法", "支部長さんにことづけ", "経路「支部長さんにことづけ」"),
        ("同行者", "山田 次郎（5歳）", "同行者「山田 次郎（5歳）」"),
    ],
)
def test_what_no_field_holds_stays_in_the_remarks(year, tmp_path, heading, words, kept):
    path = tmp_path / "申込.csv"
    found = seen(year, tmp_path, heading, [words])
    [row] = found.rows
    file = application_import.read_application_file(path)
    [read] = read_applications(file, {one.index: one.field for one in found.mapped.columns}).rows
    assert (row.outcome, read.remark_words) == ("新規", (kept,))


@pytest.mark.parametrize("cell", ["第1回・第2回", "第1希望：9月24日 第2希望：10月7日", "9/24と10/7", "①9/24②10/7"])
def test_two_days_are_two_wishes(year, tmp_path, cell):
    days = WishSplitter("", [cell], lambda text: 2 * (text in DAYS), columns=1)
    assert len(days.split(cell)) == 2


DAYS = ("第1回", "第2回", "9月24日", "10月7日", "9/24", "10/7")
