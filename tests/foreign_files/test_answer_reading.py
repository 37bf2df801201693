"""Cells of others are read as they were meant, or asked about: a no is never a yes, a need never nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.applications.intake.application_answers import parse_channel, parse_companions, parse_need
from app.foreign_files.cells import answer_words
from app.foreign_files.cells.answer_reading import (
    No,
    Nothing,
    Text,
    Unclear,
    Yes,
    is_unanswered,
    parse_answer,
    parse_heading,
    parse_one_of,
    parse_tick,
)
from app.foreign_files.cells.names_in_cells import NamesInCell, can_be_name, parse_names, split_name

CONSENT, LENT, STATE = (
    parse_heading("consent", "写真の掲載"),
    parse_heading("device", "端末の貸出"),
    parse_heading("state", "参加"),
)
NEED, COMING = parse_heading("need", "配慮が必要なこと"), parse_heading("companions", "同行者")
QUESTIONS = (CONSENT, LENT, STATE)
DENIALS = (
    "しません",
    "しない",
    "せず",
    "しかねます",
    "いたしかねます",
    "できません",
    "できない",
    "は拒否",
    "はご遠慮します",
    "はしません",
    "なし",
    "しないでください",
    "したくない",
    "はしたくありません",
)
AGREED = {
    "同意": CONSENT,
    "承諾": CONSENT,
    "許可": CONSENT,
    "希望": CONSENT,
    "協力": CONSENT,
    "掲載": CONSENT,
    "撮影": CONSENT,
    "公開": CONSENT,
    "借用": LENT,
    "貸与": LENT,
    "貸出": LENT,
    "参加": STATE,
    "出席": STATE,
    "受講": STATE,
}
YES_ALONE = ("はい", "○", "OK", "yes", "TRUE", "お願いします")


@pytest.mark.parametrize("asked", [*QUESTIONS, NEED])
def test_what_a_tool_writes_into_an_empty_cell_says_nothing(asked):
    assert {parse_answer(cell, asked) for cell in ("nan", "NaN", "NaT", "None", "#N/A")} == {Nothing()}


@pytest.mark.parametrize("asked", QUESTIONS)
@given(data=st.data())
def test_what_denies_a_known_yes_is_never_a_yes(asked, data):
    noun = data.draw(st.sampled_from([word for word, of in AGREED.items() if of is asked]))
    before = data.draw(
        st.sampled_from(["", "今回は", "申し訳ありませんが、", "写真の" if asked is CONSENT else "私は"])
    )
    between = data.draw(st.sampled_from(["", "は", "に", "を", "を希望"]))
    cell = before + noun + between + data.draw(st.sampled_from(DENIALS))

    assert not isinstance(parse_answer(cell, asked), Yes), cell


@pytest.mark.parametrize("asked", QUESTIONS)
@given(
    known=st.sampled_from([*AGREED, *YES_ALONE]),
    beside=st.text(min_size=1, max_size=12).filter(lambda text: any(sign.isalnum() for sign in text)),
    front=st.booleans(),
)
def test_a_yes_with_a_word_beside_it_that_nobody_knows_is_never_a_yes(asked, known, beside, front):
    strange = f"{beside}謎" if front else f"謎{beside}"
    cell = f"{strange}{known}" if front else f"{known}{strange}"

    assert isinstance(parse_answer(cell, asked), Unclear), cell


@given(text=st.text(max_size=30), around=st.sampled_from(["", "なし", "不要", "いいえ", "ません", "ない"]))
def test_no_need_outside_the_words_for_none_is_stored_empty(text, around):
    cell = f"{text}膝{around}"

    for heading in ("配慮が必要なこと", "手話通訳を希望しますか", "配慮は不要ですか"):
        assert cell.strip() in parse_need(cell, heading).word


WORDS = tuple(
    dict.fromkeys(
        word
        for listed in (
            answer_words.COMMON,
            answer_words.CONSENT,
            answer_words.LENDING,
            answer_words.STATE,
            answer_words.NEEDS,
        )
        for kind in "yoh-nz"
        if kind in listed
        for word in listed[kind].split()
    )
)


@given(word=st.sampled_from(WORDS), asked=st.sampled_from([*QUESTIONS, NEED]), data=st.data())
def test_width_kana_case_blanks_and_composition_change_nothing(word, asked, data):
    read = parse_answer(word, asked)
    other = data.draw(st.sampled_from([_katakana, _wide, str.upper, _apart, _decomposed, lambda text: f"　{text} "]))

    again = parse_answer(other(word), asked)
    assert type(again) is type(read), (word, other(word))


def _katakana(text):
    return "".join(chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in text)


def _wide(text):
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def _apart(text):
    return " ".join(text)


def _decomposed(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("heading", "cell", "read"),
    [
        ("撮影不可の方は○", "○", No),
        ("撮影不可の方は○", "", Nothing),
        ("撮影不可の方は○", "×", Unclear),
        ("写真掲載（可・不可）", "○", Yes),
        ("写真掲載（可・不可）", "不可", No),
        ("掲載の同意（同意しない場合は×）", "×", No),
        ("掲載の同意（同意しない場合は×）", "○", Yes),
        ("掲載の同意（不可の方は○）", "○", Unclear),
        ("撮影", "後ろ姿なら可", Unclear),
        ("撮影", "不可能ではない", Unclear),
        ("撮影", "問題ありません", Yes),
        ("撮影", "掲載は可、撮影は不可", Unclear),
        ("撮影", "結構です", Unclear),
        ("撮影", "可?", Unclear),
        ("撮影", "ﾀﾞﾒ", No),
        ("撮影", "－", Nothing),
        ("掲載を希望されない方は「不可」とご記入ください", "はい", Unclear),
        ("顔出しNGの方", "○", No),
    ],
)
def test_a_consent_is_read_with_what_its_heading_asks(heading, cell, read):
    assert isinstance(parse_answer(cell, parse_heading("consent", heading)), read)


@pytest.mark.parametrize(
    ("heading", "cell", "read"),
    [
        ("貸出は不要ですか", "はい", No),
        ("貸出は不要ですか", "いいえ", Yes),
        ("端末", "持っていません", Yes),
        ("端末", "スマホ持参、タブレットを借りたい", Unclear),
        ("端末", "持っていないので借りたい", Yes),
        ("端末", "iPhone 13", No),
        ("端末", "ガラケー", Nothing),
        ("端末の貸出", "1台", Yes),
        ("持参", "1", No),
        ("端末", "区のタブレットを使用", Yes),
        ("端末", "なし（要貸出）", Yes),
        ("端末", "もっていない", Yes),
        ("端末", "できれば貸与", Unclear),
    ],
)
def test_a_device_is_lent_or_brought_by_what_is_asked(heading, cell, read):
    assert isinstance(parse_answer(cell, parse_heading("device", heading)), read)


@pytest.mark.parametrize(
    ("heading", "cell", "read"),
    [
        ("状態", "Cancelled", No),
        ("状態", "欠", No),
        ("状態", "未処理", Yes),
        ("状態", "キャンセル待ち", Unclear),
        ("状態", "キャンセルしません", Unclear),
        ("状態", "いいえ", Unclear),
        ("参加", "いいえ", No),
        ("欠席", "○", No),
        ("欠席", "", Nothing),
        ("処理状況", "×", Unclear),
        ("出欠", "×", No),
        ("状態", "要連絡の上、保留", Unclear),
    ],
)
def test_a_state_takes_nobody_out_that_does_not_say_so(heading, cell, read):
    assert isinstance(parse_answer(cell, parse_heading("state", heading)), read)


NEEDED = (
    "耳が聞こえません",
    "目が見えません",
    "長く歩けません",
    "右手が使えず",
    "不自由（左足）",
    "無線補聴器",
    "非常食アレルギー",
    "未就学児同伴",
    "段差不可",
    "手話通訳をお願いします。難しければ筆記でも構いません。",
    "車いすなし",
)
NONE_NEEDED = (
    "特になし",
    "とくになし",
    "ナシ",
    "特にないです",
    "必要ありません",
    "不要",
    "該当なし",
    "N/A",
    "－",
    "×",
    "FALSE",
    "いいえ",
    "今のところありません",
    "配慮は必要ありません",
    "0",
    "ﾅｼ",
    "な し",
    "希望しません",
    "特に配慮の必要はありません。",
)


@pytest.mark.parametrize("cell", NEEDED)
def test_a_need_that_ends_as_a_denial_does_is_kept_word_for_word(cell):
    assert parse_answer(cell, NEED) == Text(cell)


@pytest.mark.parametrize("cell", NONE_NEEDED)
def test_a_known_word_for_none_is_no_need(cell):
    assert parse_answer(cell, NEED) == Nothing()


@pytest.mark.parametrize(
    ("heading", "cell", "word", "asked"),
    [
        ("手話通訳を希望しますか", "はい", "手話通訳", False),
        ("車いすで参加しますか", "TRUE", "車いす", False),
        ("手話通訳を希望しますか", "いいえ", "", False),
        ("配慮の有無", "あり", "配慮の有無：あり", True),
        ("手話通訳を希望しますか", "できれば", "手話通訳：できれば", True),
        ("配慮は不要ですか", "はい", "", False),
        ("配慮［要約筆記］", "○", "要約筆記", False),
        ("お手伝いは不要ですか", "いいえ", "お手伝いは不要ですか：いいえ", True),
        ("階段の上り下りができない方は○", "○", "階段の上り下りができない", False),
        ("移動に支障がありますか", "はい", "移動に支障がある", False),
        ("耳が聞こえない方は○をつけてください", "○", "耳が聞こえない", False),
        ("困ることはありますか", "はい", "困ることはありますか：はい", True),
        ("介助者がいない方は○", "○", "介助者：○", True),
        ("一人で歩けますか", "いいえ", "一人で歩けますか：いいえ", True),
        ("手話通訳を必要としない方は○", "○", "", False),
        ("手話通訳（1:不要 2:必要）", "2", "手話通訳", False),
        ("段差や階段に不安はありませんか", "不安なし", "", False),
        ("送迎の希望", "息子の車で行くので結構です", "送迎：息子の車で行くので結構です", True),
        ("サポートの希望", "その日の体調しだいです", "サポートの希望：その日の体調しだいです", True),
        ("配慮事項", "別紙のとおり", "配慮事項：別紙のとおり", True),
        ("託児の希望", "1", "託児", False),
        ("手話通訳・車いす席", "車いす席", "車いす席", False),
        ("手話通訳・車いす席", "手話通訳は不要", "手話通訳・車いす席：手話通訳は不要", True),
        ("必要な支援（1.手話通訳 2.車いす席 3.筆談 4.なし）", "３", "筆談", False),
        ("必要な支援（1.手話通訳 2.車いす席 3.筆談 4.なし）", "①③", "手話通訳・筆談", False),
        ("必要な支援（1.手話通訳 2.車いす席 3.筆談 4.なし）", "4", "", False),
        ("車椅子席", "１席", "車椅子席：１席", True),
        ("配慮事項", "別に", "配慮事項：別に", True),
        ("配慮事項", "前回と同じでお願いします", "配慮事項：前回と同じでお願いします", True),
    ],
)
def test_a_yes_stores_the_need_that_its_heading_names(heading, cell, word, asked):
    found = parse_need(cell, heading)

    assert (found.word, bool(found.questions)) == (word, asked)


@pytest.mark.parametrize(
    ("cell", "names", "asked"),
    [
        ("いません", (), False),
        ("本人のみ", (), False),
        ("1人で参加", (), False),
        ("はい", (), True),
        ("1名", (), True),
        ("妻", (), True),
        ("会長", (), True),
        ("見本 太郎・見本 次郎", ("見本 太郎", "見本 次郎"), False),
        ("見本太郎・見本次郎", ("見本太郎", "見本次郎"), False),
        ("佐々木・健太郎", (), True),
        ("副会長の見本", (), True),
        ("見本夫妻", (), True),
        ("見本 太郎 副会長", ("見本 太郎",), False),
        ("見本さん", (), True),
        ("見本 花さん", ("見本 花",), False),
        ("妻　見本花子", ("見本花子",), False),
        ("友人の見本千代さんと妹さんの見本八重さん", ("見本千代", "見本八重"), False),
        ("友人の看護師さん", (), True),
        ("娘の花子", (), True),
        ("見本正・見本よし江", ("見本正", "見本よし江"), False),
        ("見本清と見本トミです。", ("見本清", "見本トミ"), False),
        ("見本さと子", ("見本さと子",), False),
        ("妻と見本花子", (), True),
        ("見本正と妻", (), True),
        ("見本町会の見本花子", (), True),
        ("見本まこと見本まさと", (), True),
        ("見本先生", (), True),
        ("会計の見本花子", (), True),
        ("付添いはおりません、まだ足腰は丈夫です", (), True),
        ("なし、見本花子", (), True),
        ("本人、見本花子", ("見本花子",), False),
        ("妹 清子", (), True),
        ("見本次郎（夫）、見本ゆり（孫・小3）", ("見本次郎", "見本ゆり"), False),
        ("見本光男（79歳）", ("見本光男",), False),
        ("見本さくら(8歳) 見本大地(5歳)", ("見本さくら", "見本大地"), False),
        ("見本（旧姓山田） 花子", (), True),
        ("見本 誠、同 恵子", ("見本 誠",), True),
        ("見本ケアセンター　佐藤", (), True),
        ("長男の見本健一が同道いたします", ("見本健一",), False),
        ("阿部のぞみ", ("阿部のぞみ",), False),
        ("見本ひとみと", ("見本ひとみと",), False),
        ("車いす", (), True),
        ("有　加藤美代", ("加藤美代",), False),
        ("見本太郎→見本次郎", (), True),
        ("見本 太郎様、見本 花子（妻）", ("見本 太郎", "見本 花子"), False),
        ("見本 太郎 他2名", ("見本 太郎",), True),
        ("娘が付き添います", (), True),
        ("椎名 直人", ("椎名 直人",), False),
        ("やました ますみ", ("やました ますみ",), False),
        ("王 林", ("王 林",), False),
        ("夫 太郎", (), True),
        ("母（見本花子）", (), True),
        ("見本花子 母", (), True),
    ],
)
def test_a_person_is_made_only_of_what_can_be_a_name(cell, names, asked):
    found = parse_names(cell)

    assert (found.names, bool(found.unclear)) == (names, asked)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("見本 花子 様", "見本 花子"),
        ("見本 花緒（みほん はなお）", "見本 花緒"),
        ("見本 花江(会長)", "見本 花江"),
        ("会長　見本 花代", "見本 花代"),
        ("見本 花恵 ㊞", "見本 花恵"),
        ("見本 花絵 印", "見本 花絵"),
        ("○見本 花香", "見本 花香"),
        ("①見本 花佳", "見本 花佳"),
        ("（仮）見本 花音", "見本 花音"),
        ("見本・花乃", "見本・花乃"),
        ("見本 花 子", "見本 花 子"),
        ("鵜殿", "鵜殿"),
        ("𠮷田 さち", "𠮷田 さち"),
        ("見本　花枝　外２名", "見本　花枝　外２名"),
        ("葛󠄀城 花", "葛󠄀城 花"),
    ],
)
def test_what_stands_beside_a_name_is_parted_and_the_name_stays_as_typed(written, name):
    assert split_name(written).name == name


@pytest.mark.parametrize("written", ["なし", "はい", "1名", "会長", "妻", "未定", "後日連絡します", "○", "-", "2"])
def test_what_is_no_name_is_nobodys(written):
    assert not can_be_name(written)


def test_an_empty_answer_has_many_words_and_a_tick_many_signs():
    assert all(map(is_unanswered, ["", "－", "無回答", "NA", "n/a", "（無回答）", "未記入"]))
    assert not any(map(is_unanswered, ["特になし", "LINE", "0"]))
    assert [parse_tick(cell) for cell in ("Y", "N", "1", "0", "はい", "いいえ", "多分")] == [
        True,
        False,
        True,
        False,
        True,
        False,
        None,
    ]


def test_a_way_is_named_alone_or_not_at_all():
    ways = ("ＦＡＸ", "電話にて受付", "WEB申込", "電話ではなくFAX", "FAX不可", "")

    assert [parse_channel(one, "") for one in ways] == ["FAX", "電話", "電子", "", "", ""]
    assert parse_one_of("未承認", answer_words.BOOKING_STATES, answer_words.BOOKING_FILLERS) == "申請中"
    assert parse_one_of("取消可能", answer_words.BOOKING_STATES, answer_words.BOOKING_FILLERS) == ""


@pytest.mark.parametrize(
    ("about", "heading", "cell"),
    [
        ("consent", "同意欄", "はい（条件あり）"),
        ("consent", "撮影", "可不可"),
        ("consent", "撮影", "同意する しない"),
        ("consent", "同意欄", "同意しますが写真は不可"),
        ("consent", "同意欄", "未"),
        ("consent", "写真撮影・掲載", "撮影は可"),
        ("consent", "写真の掲載", "広報紙は可"),
        ("consent", "写真の掲載", "わからない"),
        ("consent", "写真の掲載", "基本的に可"),
        ("consent", "写真・動画の撮影", "写真は可"),
        ("consent", "撮影を希望されない方は「×」", "○"),
        ("consent", "掲載可否", "なし"),
        ("consent", "掲載", "差し支え不可"),
        ("state", "出欠", "参加　欠席"),
        ("need", "配慮", "必要　不要"),
        ("need", "配慮", "有　無"),
        ("state", "状態", "連絡なし"),
        ("state", "状態", "NG"),
        ("state", "状態", "分からない"),
        ("state", "状態", "キャンセル連絡なし"),
        ("device", "タブレットの貸出", "スマホあり"),
        ("companions", "同行者", "？"),
        ("companions", "同行者", "ひとり"),
    ],
)
def test_two_answers_conditions_and_steps_of_the_office_are_asked_about(about, heading, cell):
    found = (
        parse_companions(cell).questions if about == "companions" else parse_answer(cell, parse_heading(about, heading))
    )

    assert found
    assert not isinstance(found, Yes | No | Nothing), found


@pytest.mark.parametrize(
    "cell", ["できません", "利用できません", "参加できません", "杖なしでは歩けません", "卵なし", "介助者なし"]
)
def test_what_cannot_be_done_is_a_need_and_no_word_for_none(cell):
    assert parse_answer(cell, NEED) == Text(cell)


def test_a_consent_to_the_one_medium_that_is_asked_for_is_a_consent():
    assert isinstance(parse_answer("広報紙への掲載に同意します", parse_heading("consent", "広報紙への掲載")), Yes)
    assert isinstance(parse_answer("SNSは不可", parse_heading("consent", "写真の掲載")), Unclear)


EXPLAINED = "写真に写りたくない方は「はい」、写ってよい方は「いいえ」とお書きください"


@pytest.mark.parametrize(
    ("about", "heading", "cell", "read"),
    [
        ("consent", "写真掲載：□可　□不可", "○", Yes),
        ("consent", "顔が写ることに問題はありますか", "はい", No),
        ("consent", "写真の掲載は控えてほしい", "○", No),
        ("consent", "集合写真の受け取りを希望しますか", "はい", Unclear),
        ("consent", "撮影（0:可 1:不可）", "1", No),
        ("consent", "撮影（0:可 1:不可）", "3", Unclear),
        ("consent", "撮影に差し支えはありませんか", "いいえ", Unclear),
        ("consent", "写真を載せては困りますか", "はい", No),
        ("consent", "写真を載せては困りますか", "いいえ、こまりません", Yes),
        ("consent", "写真掲載（1.不可　2.可）", "1", No),
        ("consent", "写真掲載（1.不可　2.可）", "②", Yes),
        ("consent", "写真の可否", "職場に知られたくないので不可", No),
        ("consent", "写真の可否", "正面からは不可", Unclear),
        ("consent", "写真の可否", "不可（後ろ姿は可）", Unclear),
        ("consent", "写真の可否", "同意する　○同意しない", No),
        ("device", "機器（1 借りる 2 自分の物を使う）", "2", No),
        ("device", "端末をお貸ししましょうか", "大丈夫です", Unclear),
        ("device", "タブレットの貸出", "不要（孫のお古のiPadを持参）", No),
        ("state", "出欠", "法事と重なり、欠席させていただきます", No),
        ("state", "出欠", "欠席（前回）", Unclear),
        ("state", "出欠", "ご欠席の方に丸", No),
        ("state", "出欠（1:欠席 2:出席）", "1", No),
        ("state", "キャンセルの有無", "なし", Yes),
        ("state", "キャンセルの有無", "あり", No),
        ("state", "キャンセルの有無", "×", Yes),
        ("state", "辞退届の有無", "無", Yes),
        ("state", "欠席届の有無", "有", No),
        ("state", "キャンセル申請はありましたか", "なし", Yes),
        ("state", "参加・不参加の連絡の有無", "有", Unclear),
        ("consent", "撮影拒否届の有無", "有", No),
        ("consent", "撮影拒否届の有無", "無", Unclear),
        ("device", "タブレットの貸出", "貸していただけませんか", Yes),
        ("consent", "写真の掲載", "あきまへん", No),
        ("companions", "お連れ様がいない方は○", "○", Nothing),
        ("companions", "お連れ様がいない方は○", "×", Unclear),
        ("companions", "お連れ様がいない方は○", "FALSE", Unclear),
        ("companions", "同行者なし", "レ", Nothing),
        ("companions", "同行者（1.あり　2.なし）", "2", Nothing),
        ("companions", "同行者（あり・なし）", "○", Unclear),
        ("companions", "同行者氏名（いない場合は×）", "×", Nothing),
        ("companions", "同行者はいませんか", "いいえ", Unclear),
        ("device", "スマホの操作で不安な点", "なし", Unclear),
        ("device", "端末（持参／貸与）", "なし", Unclear),
        ("device", "スマートフォンをお持ちでない方は○", "○", Yes),
        ("need", "配慮は必要ありませんか", "いいえ", Unclear),
        ("consent", EXPLAINED, "いいえ", Yes),
        ("consent", EXPLAINED, "はい。", No),
        ("consent", EXPLAINED, "○", Unclear),
        ("consent", "掲載してかまわない方は×、困る方は○", "×", Yes),
        ("consent", "同意しない方は「はい」、未成年の方は「いいえ」", "いいえ", Unclear),
        ("state", "出席の方は「1」、欠席の方は「2」をご記入ください", "2", No),
        ("need", "手話通訳が必要な方は「1」、必要ない方は「2」をご記入ください", "2", Nothing),
    ],
)
def test_a_heading_of_another_matter_or_of_the_denied_pole_turns_what_a_bare_answer_says(about, heading, cell, read):
    assert isinstance(parse_answer(cell, parse_heading(about, heading)), read)


@pytest.mark.parametrize(
    ("about", "heading", "cell", "read"),
    [
        ("consent", "撮影（可・不可）", "□可　☑不可", No),
        ("consent", "撮影（可・不可）", "■可 □不可", Yes),
        ("consent", "撮影（可・不可）", "□可　□不可", Unclear),
        ("need", "拡大文字資料【必要・不必要】", "☑必要　☐不必要", Yes),
        ("consent", "掲載に支障がありますか", "支障ありません", Yes),
        ("consent", "掲載に支障がありますか", "支障あり", No),
        ("state", "取消（取り消された方に×）", "×", No),
        ("state", "取消", "取消なし", Yes),
        ("state", "出欠", "出席×　欠席○", No),
        ("state", "出欠", "○出席 ×欠席", Yes),
        ("state", "出欠", "×欠席 ×出席", Unclear),
        ("state", "出欠", "出席×二次会○", Unclear),
        ("consent", "写真", "可×・不可○", No),
        ("consent", "写真・動画", "写真○ 動画×", Unclear),
        ("device", "端末", "貸与× 持参○", No),
    ],
)
def test_boxes_of_a_cell_and_what_stands_against_it_are_read(about, heading, cell, read):
    assert isinstance(parse_answer(cell, parse_heading(about, heading)), read)


@pytest.mark.parametrize(
    ("about", "heading", "cell", "read"),
    [
        (
            "state",
            "出欠",
            "ぜひ参加したかったのですが、あいにく通院の日と重なりまして、今回は欠席いたします。次回はぜひ。",
            No,
        ),
        ("state", "状態", "申し込みましたが、キャンセルします", No),
        ("state", "状態", "申し込みましたが、参加します", Unclear),
        ("state", "出欠", "参加したかったのですが、行けることになりました", Unclear),
        ("state", "出欠", "参加したかったのですが欠席届は出していません", Unclear),
        ("state", "出欠", "欠席します。次回は参加します", Unclear),
        ("state", "出欠", "申し訳ありませんが、腰痛のため欠席します", No),
        ("state", "出欠", "すみませんが、妻は欠席します", Unclear),
        ("state", "状態", "繰上当選（欠員のため）", Yes),
        ("state", "状態", "繰上げ", Unclear),
        ("device", "端末（貸与・持参）", "貸与でなくてよい。自分のスマホで。", No),
        ("device", "タブレットの貸出", "なくてよい", No),
        ("device", "端末", "持参でなくてよい", Unclear),
        ("device", "端末", "なくてよい、借ります", Unclear),
        ("device", "タブレットの貸出", "タブレットでなくていいです", Unclear),
        ("device", "端末", "自分のアイパットを持って行きます", No),
        ("device", "端末", "スマートホン持参", No),
        ("consent", "写真", "No problem!", Yes),
        ("consent", "写真", "Yes, please.", Yes),
        ("consent", "写真", "no problem with face blurred", Unclear),
        ("consent", "写真", "I do not agree", No),
        ("consent", "写真", "No, thank you", No),
    ],
)
def test_an_answer_is_read_behind_a_wish_an_apology_or_in_another_spelling(about, heading, cell, read):
    assert isinstance(parse_answer(cell, parse_heading(about, heading)), read)


@pytest.mark.parametrize(
    ("heading", "cell", "word", "asked"),
    [
        ("手話通訳", "ないと困ります", "手話通訳", False),
        ("手話通訳", "あると助かります", "手話通訳", False),
        ("手話通訳", "要ります", "手話通訳", False),
        ("手話通訳", "必須です", "手話通訳", False),
        ("手話通訳", "yes please", "手話通訳", False),
        ("手話通訳", "なくてもいいです", "", False),
        ("手話通訳", "要らんよ", "", False),
        ("筆談", "はい、お願いしす", "筆談：はい、お願いしす", True),
        ("筆談", "たのんます", "筆談：たのんます", True),
        ("筆談", "お願い致しまーす", "筆談：お願い致しまーす", True),
        ("手話通訳", "○ 2名分", "手話通訳：○ 2名分", True),
        ("手話通訳", "いいえ、自分のを使います", "手話通訳：いいえ、自分のを使います", True),
        ("車いす席", "あると困ります", "車いす席：あると困ります", True),
        ("配慮事項", "必須", "配慮事項：必須", True),
        ("配慮事項", "段差があると困ります", "段差があると困ります", False),
        ("配慮事項", "みみがとおい", "みみがとおい", False),
        ("手話通訳", "難聴", "難聴", False),
        ("食物アレルギー", "エビ", "エビ", False),
    ],
)
def test_an_answer_that_names_no_need_is_kept_with_the_need_of_its_heading(heading, cell, word, asked):
    found = parse_need(cell, heading)

    assert (found.word, bool(found.questions)) == (word, asked)


@pytest.mark.parametrize(
    "cell",
    [
        "盲導犬のサクラ",
        "愛犬ポチ",
        "猫",
        "ボランティアの見本花子",
        "ケアマネの見本良子",
        "二階の見本花子",
        "PTAの見本花子",
        "車いす利用者",
        "歩行器",
        "手話通訳 見本花子",
    ],
)
def test_what_comes_along_and_is_nobody_and_whoever_is_named_by_a_place_is_asked_about(cell):
    assert parse_names(cell) == NamesInCell(unclear=(cell,))


@pytest.mark.parametrize("cell", ["犬飼花子", "井の頭太郎", "竹の内サクラ", "見本美の里", "見本菊の", "見本よしの"])
def test_a_name_with_a_sign_of_these_stays_a_name(cell):
    assert parse_names(cell) == NamesInCell((cell,))
