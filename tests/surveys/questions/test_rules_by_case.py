"""Questions case by case: what is remarked, what is refused, what an address may be, and how a set is changed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from app.surveys.answers.parts import response_name
from app.surveys.questions.rules import (
    address_fault,
    address_warnings,
    agreement_day,
    assign_codes,
    check_questions,
    compare_versions,
    duplicate_question,
    first_question_fault,
    move_question,
    parse_number,
    remove_question,
    renamed_options,
    replace_question,
    reused_code,
    scale_finding,
    wording_fault,
)
from db.records.surveys import EventSurvey, Question, Questionnaire, SurveyResponse
from tests.support.paper_lines import assert_says

NOW = datetime(2026, 9, 1, 9, 5, 7)
STEPS = ("とても満足", "満足", "どちらともいえない", "不満", "とても不満")


def asked(title: str = "使いたいもの", kind: str = "SA", *options: str, **given: Any) -> Question:
    return Question(code=given.pop("code", "a"), title=title, type=kind, options=options or ("はい", "いいえ"), **given)


SATISFIED = asked("全体の満足度", "SA", *STEPS, code="s", positive=STEPS[:2], role="satisfaction")


def remarked(*questions: Question, people: int | None = 40) -> list[str]:
    found = check_questions(questions, people=people)
    return [f"{one.code}｜{one.weight}｜{one.text}｜{one.why}" for one in found] or ["なし"]


def test_remarks_about_the_whole_set():
    role, age = asked("役割をお聞かせください", code="r"), asked("年代", code="y")
    words = asked("年代", "FA", code="y")
    many = [asked(f"設問{number}", code=f"q{number}") for number in range(11)]
    cases = [
        remarked(SATISFIED), remarked(), remarked(asked()), remarked(asked("満足しましたか", "FA")),
        remarked(SATISFIED, role, age, people=10), remarked(SATISFIED, role, age, people=None),
        remarked(SATISFIED, role, age, people=29), remarked(SATISFIED, role, age, people=30),
        remarked(SATISFIED, role, age, people=0), remarked(SATISFIED, role, words, people=10),
        remarked(SATISFIED, replace(SATISFIED, code="t")), remarked(SATISFIED, *many[:9]),
        remarked(SATISFIED, *many[:10]),
    ]  # fmt: skip
    assert_says(
        [f"{number}　{line}" for number, lines in enumerate(cases, 1) for line in lines],
        """
        1　なし
        2　なし
        3　｜参考｜満足度を聞く設問がありません。｜実施報告書の満足計が空になり、前の年と比べられません。
        4　なし
        5　y｜注意｜問2で役割を、問3で年代を聞いています。｜回答する人は10人の見込みです。役割と年代を組み合わせると
        　　1人に絞られ、無記名の回答が誰のものか分かります。どちらか一方にしてください。
        6　y｜注意｜問2で役割を、問3で年代を聞いています。｜1回に回答する人は多くありません。役割と年代を組み合わせ
        　　ると1人に絞られ、無記名の回答が誰のものか分かります。どちらか一方にしてください。
        7　y｜注意｜問2で役割を、問3で年代を聞いています。｜回答する人は29人の見込みです。役割と年代を組み合わせると
        　　1人に絞られ、無記名の回答が誰のものか分かります。どちらか一方にしてください。
        8　なし
        9　y｜注意｜問2で役割を、問3で年代を聞いています。｜1回に回答する人は多くありません。役割と年代を組み合わせ
        　　ると1人に絞られ、無記名の回答が誰のものか分かります。どちらか一方にしてください。
        10　なし
        11　t｜注意｜問1と問2が、どちらも満足度の設問になっています。｜実施報告書と年度の比較に出す満足計は1つです。
        　　全体の満足度だけを「満足計」にしてください。
        12　なし
        13　なし
        """,
    )


def test_remarks_about_one_question():
    long = "あ" * 60
    ticks = ("A", "B", "C")
    cases = [
        asked("お名前", "FA"), asked("電話番号", "FA"), asked("住所", "FA", personal=True), asked("派遣を希望しますか"),
        asked("町会名", "FA"), asked("支部", "FA"), asked("性別"), asked("見本さんの説明"), asked("みなさんの感想"),
        asked("説明", note="見本先生の話"), asked("説明", "SA", "見本講師の話", "ほか"),
        asked(long), asked(long + "い"), asked("3つまで選んでください", "MA", *ticks, max_select=3),
        asked("3つまで選んでください", "MA", *ticks, max_select=2), asked("３つまで選んでください", "MA", *ticks),
        asked("いくつでも", "MA", *ticks, max_select=2), asked("いくつでも", "MA", *ticks),
        asked("選ぶ", "MA", *ticks, max_select=4), asked("選ぶ", "MA", *ticks, max_select=1),
        asked("満足しましたか"), asked("満足しましたか", "MA", *ticks), asked("分かりましたか", role="understanding"),
        asked("選ぶ", "SA", "あ" * 30, "B"), asked("選ぶ", "SA", *(f"選択肢{number}" for number in range(10))),
        asked("選ぶ", "SA", *(f"選択肢{number}" for number in range(13))), asked("選ぶ", "SA", "ア イ", "アイ"),
        asked("選ぶ", "MA", "A", "その他"), asked("選ぶ", "MA", "A", "その他", has_other=True),
        asked("選ぶ", "MA", "A", "特になし"), asked("選ぶ", "MA", "A", "特になし", exclusive_option="特になし"),
        asked("選ぶ", "SA", "A", "特になし"), asked("人数", "NUM"),
    ]  # fmt: skip
    assert_says(
        [f"{one.title[:12]}　{line}" for one in cases for line in remarked(SATISFIED, one)],
        """
        お名前　a｜注意｜問2は、個人が分かることを聞いています。｜無記名の用紙です。必要なときは、名前を書く別の用紙
        　　にしてください。
        電話番号　a｜注意｜問2は、個人が分かることを聞いています。｜無記名の用紙です。必要なときは、名前を書く別の用
        　　紙にしてください。
        住所　a｜注意｜問2は、個人が分かることを聞いています。｜無記名の用紙です。必要なときは、名前を書く別の用紙に
        　　してください。
        派遣を希望しますか　a｜注意｜問2は、派遣の希望を聞いています。｜希望には団体名が要ります。名前を書く別の用紙
        　　にして、無記名のこの用紙から外してください。
        町会名　a｜注意｜問2は、団体や支部を聞いています。｜人数が少ないため、ほかの設問と組み合わせると1人に絞られ
        　　ます。なくても困らないときは外してください。
        支部　なし
        性別　a｜注意｜問2は、性別を聞いています。｜人数が少ないため、ほかの設問と組み合わせると1人に絞られます。な
        　　くても困らないときは外してください。
        見本さんの説明　a｜注意｜問2に「見本さん」とあります。｜人の名前を出さず、「講師の説明」のように役割で書いて
        　　ください。
        みなさんの感想　なし
        説明　a｜注意｜問2に「見本先生」とあります。｜人の名前を出さず、「講師の説明」のように役割で書いてください。
        説明　なし
        ああああああああああああ　なし
        ああああああああああああ　a｜参考｜問2の設問文が61字あります。｜1つの文で1つのことを聞くと、迷わず答えられま
        　　す。
        3つまで選んでください　なし
        3つまで選んでください　a｜注意｜問2の文は「3つまで」ですが、選べる数は2つまでです。｜文と上限をそろえてくだ
        　　さい。
        ３つまで選んでください　a｜注意｜問2の文は「３つまで」ですが、選べる数は上限なしです。｜文と上限をそろえてく
        　　ださい。
        いくつでも　a｜注意｜問2の文は「いくつでも」ですが、選べる数は2つまでです。｜文と上限をそろえてください。
        いくつでも　なし
        選ぶ　a｜注意｜問2は4つまで選べますが、選択肢は3つです。｜上限を選択肢の数より小さくするか、空にしてください
        　　。
        選ぶ　a｜注意｜問2は複数回答ですが、1つまでしか選べません。｜1つだけ選ぶ設問は、単一回答にしてください。
        満足しましたか　a｜注意｜問2に、足して示す選択肢が選ばれていません。｜満足計（肯定計）が出ません。「とても満
        　　足」「満足」のように選んでください。
        満足しましたか　なし
        分かりましたか　a｜注意｜問2に、足して示す選択肢が選ばれていません。｜満足計（肯定計）が出ません。「とても満
        　　足」「満足」のように選んでください。
        選ぶ　a｜参考｜問2の選択肢「ああああああああああああああああああああああああああああああ」が長すぎます（30字
        　　）。｜用紙で2行になります。短い言い方にしてください。
        選ぶ　なし
        選ぶ　なし
        選ぶ　a｜注意｜問2に、空白だけが違う選択肢「アイ」があります。｜数えるときに2つに分かれます。1つにしてくださ
        　　い。
        選ぶ　a｜参考｜問2の「その他」に、書く欄がありません。｜何のことか分からない回答になります。「その他」に書く
        　　欄を付けてください。
        選ぶ　なし
        選ぶ　a｜参考｜問2の「特になし」を、ほかと一緒に選べます。｜「ほかと一緒に選べない選択肢」にすると、入力のと
        　　きに気づけます。
        選ぶ　なし
        選ぶ　なし
        人数　なし
        """,
    )


def test_the_two_sides_of_a_scale_have_as_many_steps():
    cases = [
        SATISFIED, replace(SATISFIED, options=STEPS[:4]), replace(SATISFIED, options=STEPS[1:]),
        replace(SATISFIED, options=(*STEPS, "わからない")), replace(SATISFIED, options=STEPS[:2]),
        asked("分かりやすさ", "SA", "よく分かった", "分かった", "分からなかった", "全く分からなかった", scale=True),
        asked("速さ", "SA", "速い", "やや速い", "遅い", "とても遅い", scale=True, positive=("速い",)),
        asked("速さ", "SA", "速い", "やや速い", "遅い", "とても遅い", scale=True, positive=("速い", "やや速い")),
        asked("速さ", "SA", "速い", "やや速い", "遅い", "とても遅い", "止まる", scale=True, positive=("速い", "遅い")),
        asked("速さ", "SA", "速い", "やや速い", "遅い", scale=True, positive=("速い", "やや速い")),
        asked("速さ", "SA", "速い", "遅い", "止まる"), asked("速さ", "MA", *STEPS),
    ]  # fmt: skip
    assert_says(
        [f"{'・'.join(one.options)}　{scale_finding(one) or 'なし'}" for one in cases],
        """
        とても満足・満足・どちらともいえない・不満・とても不満　なし
        とても満足・満足・どちらともいえない・不満　は、「どちらともいえない」の前が2段階、後が1段階です。
        満足・どちらともいえない・不満・とても不満　は、「どちらともいえない」の前が1段階、後が2段階です。
        とても満足・満足・どちらともいえない・不満・とても不満・わからない　なし
        とても満足・満足　なし
        よく分かった・分かった・分からなかった・全く分からなかった　なし
        速い・やや速い・遅い・とても遅い　は、足す選択肢が1段階、反対の側が3段階です。
        速い・やや速い・遅い・とても遅い　なし
        速い・やや速い・遅い・とても遅い・止まる　なし
        速い・やや速い・遅い　は、足す選択肢が2段階、反対の側が1段階です。
        速い・遅い・止まる　なし
        とても満足・満足・どちらともいえない・不満・とても不満　なし
        """,
    )


def test_what_cannot_be_asked_is_refused_with_its_number():
    first = asked(code="a")
    cases = [
        [first, replace(first)], [asked("　")], [asked("選ぶ", "SA", "A", " ")], [asked("選ぶ", "MA", "A", "A")],
        [Question(code="a", title="選ぶ", type="SA", options=("A",))], [Question(code="a", title="書く", type="FA")],
        [asked(positive=("よい",))], [asked(exclusive_option="なし")], [asked(kind="MA", max_select=0)],
        [asked(kind="MA", max_select=1)], [asked(max_select=0)],
        [first, asked(code="b", asked_of="a", asked_of_options=("はい",))],
        [asked(code="b", asked_of="a", asked_of_options=("はい",)), first], [first, asked(code="b", asked_of="a")],
        [Question(code="a", title="書く", type="FA"), asked(code="b", asked_of="a", asked_of_options=("はい",))],
        [first, asked(code="b", asked_of="a", asked_of_options=("はい", "たぶん"))],
        [asked(code=""), asked(code="")],
    ]  # fmt: skip
    said = []
    for questions in cases:
        fault = first_question_fault(questions)
        said.append(f"{fault.happened}｜{fault.todo}" if fault else "なし")
    assert_says(
        said,
        """
        同じ番号の設問が2つあります。｜番号を変えてください。
        問1の設問文が空です。｜設問文を書いてください。
        問1に空の選択肢があります。｜選択肢を書くか、その行を消してください。
        問1に選択肢「A」が2つあります。｜どちらかを消すか、言い方を変えてください。
        問1の選択肢が足りません。｜2つ以上の選択肢を書いてください。
        なし
        問1の「よい」が選択肢にありません。｜選択肢を確かめてください。
        問1の「なし」が選択肢にありません。｜選択肢を確かめてください。
        問1の選べる数が0になっています。｜1以上の数にするか、上限を空にしてください。
        なし
        なし
        なし
        問1は、前にない設問の答えで聞く相手を決めています。｜並べ直すか、「聞く相手」で選び直すか、全員に聞く設問に
        　　してください。
        問2の聞く相手が選ばれていません。｜「聞く相手」で選び直すか、全員に聞く設問にしてください。
        問2の聞く相手を決める設問に、選択肢がありません。｜「聞く相手」で選び直すか、全員に聞く設問にしてください。
        問2の聞く相手「たぶん」が、前の設問の選択肢にありません。｜「聞く相手」で選び直すか、全員に聞く設問にしてく
        　　ださい。
        なし
        """,
    )


def test_with_answers_only_the_wording_may_change():
    before = (asked(code="a"), asked("感想", "FA", code="b"))
    cases = [
        before, before[:1], (before[1], before[0]), (replace(before[0], title="新しい文", note="説明"), before[1]),
        (replace(before[0], positive=("はい",), role="intent"), before[1]),
        (before[0], replace(before[1], type="NUM")), (replace(before[0], options=("はい", "いや")), before[1]),
        (replace(before[0], max_select=2), before[1]),
    ]  # fmt: skip
    found = [wording_fault(before, after) for after in cases]
    assert_says(
        [f"{one.happened}｜{one.todo}" if one else "なし" for one in found],
        """
        なし
        回答が入っているため、設問の追加、削除、並べ替えはできません。｜設問文と、満足計などに数える選択肢は直せます
        　　。
        回答が入っているため、設問の追加、削除、並べ替えはできません。｜設問文と、満足計などに数える選択肢は直せます
        　　。
        なし
        なし
        回答が入っているため、問2の種類と選択肢は変えられません。｜設問文と、満足計などに数える選択肢は直せます。
        回答が入っているため、問1の種類と選択肢は変えられません。｜設問文と、満足計などに数える選択肢は直せます。
        回答が入っているため、問1の種類と選択肢は変えられません。｜設問文と、満足計などに数える選択肢は直せます。
        """,
    )


def test_an_address_of_a_form_is_refused_or_doubted():
    good = "https://forms.example.jp/r/abc"
    cases = [
        "", good, f" {good} ", f"{good} x", f"{good}\tx", "forms.example.jp/r", "http://forms.example.jp/r",
        "ftp://forms.example.jp", f"{good}。", f"{good})", "https://forms.example.jp/あ", f"{good}/edit",
        f"{good}/viewform?usp=pp_url&entry.1=x", f"{good}?{'a' * 120}", f"{good}?{'a' * 400}", f"{good}?{'a' * 4000}",
    ]  # fmt: skip
    said = [f"{one[:44]!r}　{address_fault(one)}{'・'.join(address_warnings(one))}" for one in cases]
    assert_says(
        [one.rstrip("　") for one in said],
        """
        ''
        'https://forms.example.jp/r/abc'
        ' https://forms.example.jp/r/abc '
        'https://forms.example.jp/r/abc x'　フォームのURLに空白や改行が入っています。ブラウザーの場所の欄から、もう
        　　一度コピーしてください。
        'https://forms.example.jp/r/abc\\tx'　フォームのURLに空白や改行が入っています。ブラウザーの場所の欄から、も
        　　う一度コピーしてください。
        'forms.example.jp/r'　フォームのURLは https:// で始まります。ブラウザーの場所の欄から、もう一度コピーしてく
        　　ださい。
        'http://forms.example.jp/r'　http:// で始まる場所です。多くのフォームは https:// で始まります。
        'ftp://forms.example.jp'　フォームのURLは https:// で始まります。ブラウザーの場所の欄から、もう一度コピーし
        　　てください。
        'https://forms.example.jp/r/abc。'　フォームのURLに「。」があります。全角や日本語の文字が混ざっていないか確
        　　かめてください。・フォームのURLの終わりが「。」です。文から写した記号が付いていないか確かめてください。
        'https://forms.example.jp/r/abc)'　フォームのURLの終わりが「)」です。文から写した記号が付いていないか確かめ
        　　てください。
        'https://forms.example.jp/あ'　フォームのURLに「あ」があります。全角や日本語の文字が混ざっていないか確かめて
        　　ください。
        'https://forms.example.jp/r/abc/edit'　編集または集計の画面の場所のようです。回答する人が開く場所（「送信」
        　　で出るリンク）に替えてください。
        'https://forms.example.jp/r/abc/viewform?usp='　回答があらかじめ入った場所のようです。何も入っていない場所に
        　　替えてください。
        'https://forms.example.jp/r/abc?aaaaaaaaaaaaa'
        'https://forms.example.jp/r/abc?aaaaaaaaaaaaa'　フォームのURLが長いため（431字分）、QRコードが細かくなり読み
        　　取りにくくなります。151字分までの短い場所にしてください。
        'https://forms.example.jp/r/abc?aaaaaaaaaaaaa'　フォームのURLが長すぎて（4031文字）、QRコードにできません。
        　　フォームの「短いURL」を使ってください。
        """,
    )


def test_a_set_is_changed_and_its_branches_follow():
    one, two = asked(code="a"), asked("次の問", code="b", asked_of="a", asked_of_options=("はい",))
    three = asked("感想", "FA", code="c")
    questions = (one, two, three)
    orders = [
        move_question(questions, code, place) for code, place in (("a", 1), ("c", 0), ("a", 9), ("b", -3), ("b", 1))
    ]
    assert ["".join(each.code for each in order) for order in orders] == ["bac", "cab", "bca", "bac", "abc"]
    copied = duplicate_question((SATISFIED, three), "s")
    assert [(each.code, each.title, each.positive, each.role) for each in copied[1:2]] == [
        ("", "全体の満足度（複製）", (), None)
    ]
    assert [each.code for each in copied] == ["s", "", "c"]
    assert remove_question(questions, "b") == (one, three)
    edited = replace_question(questions, replace(one, options=("使う", "いいえ")))
    assert (edited[0].options, edited[1].asked_of_options) == (("使う", "いいえ"), ("使う",))
    assert replace_question(questions, replace(three, title="ご感想"))[1] == two
    assert replace_question(questions, asked(code="z")) == questions
    assert renamed_options(("A", "B", "C"), ("B", "A", "D")) == {"A": "A", "B": "B", "C": "D"}
    assert renamed_options(("A", "B"), ("B",)) == {"B": "B"}
    assert renamed_options(("A", "B"), ("B", "C")) == {"B": "B"}


def test_new_questions_get_codes_of_their_own_and_branches_lead_to_them():
    new = (
        asked(code=""),
        asked(code="*1"),
        asked(code="b", asked_of="*1", asked_of_options=("はい",)),
        asked(code="*2"),
    )
    found = assign_codes(new, now=NOW, used_codes={"s260901090507"})
    assert [one.code for one in found] == ["s260901090507a", "s260901090507b", "b", "s260901090507c"]
    assert found[2].asked_of == "s260901090507b"
    assert assign_codes(found, now=NOW, used_codes=()) == found
    other = {"a": [asked("別の問", "SA", "はい", "いいえ"), asked("別の問", "FA")]}
    assert reused_code([], [asked()], other) is None, "the same options"
    assert reused_code([], [asked("別の問", "SA", "A", "B")], other) is None, "the same title"
    taken = asked("使い方", "SA", "A", "B")
    assert reused_code([], [taken], other) is taken
    assert reused_code([asked()], [taken], other) is None
    assert reused_code([], [replace(taken, type="FA", options=())], other) is not None
    assert reused_code([], [replace(taken, code="n")], other) is None


def test_the_day_of_the_talk_is_that_of_the_unchanged_template():
    day, other = date(2026, 8, 1), date(2026, 8, 5)
    questions = (asked(),)
    master = Questionnaire(name="講習会", kind="講習会", questions=questions, agreed_on=day)
    survey = EventSurvey(event_id=1, title="アンケート", questions=questions)
    assert agreement_day(survey, master) == day
    assert agreement_day(replace(survey, agreed_on=other), master) == other
    assert agreement_day(replace(survey, questions=()), master) is None
    assert agreement_day(survey, None) is None


def test_numbers_are_read_with_their_unit():
    cases = ["12", "１２人", " 3 名 ", "1.5時間", "-2", "十", "", "12人くらい", "30%", "5.", "1,000円", "007"]
    assert_says(
        [f"{one!r}　{parse_number(one)!r}" for one in cases],
        """
        '12'　'12'
        '１２人'　'12'
        ' 3 名 '　'3'
        '1.5時間'　'1.5'
        '-2'　'-2'
        '十'　''
        ''　''
        '12人くらい'　''
        '30%'　'30'
        '5.'　''
        '1,000円'　'1000'
        '007'　'007'
        """,
    )


def test_versions_are_compared_by_code_and_say_what_differs():
    old = (
        asked(code="a"), SATISFIED, asked("選ぶ", "MA", "A", "B", "C", code="m", max_select=2),
        asked("消える", code="x"),
        asked("次", code="b", asked_of="a", asked_of_options=("はい",)),
    )  # fmt: skip
    new = (
        replace(old[0], title="使うもの"), replace(SATISFIED, options=STEPS[:4]),
        replace(old[2], options=("B", "A", "C"), max_select=3), replace(old[4], asked_of="", asked_of_options=()),
        asked("増える", code="n"), replace(old[3], code="y", title="別"),
    )  # fmt: skip
    said = []
    for one in (*compare_versions(old, new), *compare_versions(new, new[:1]), *compare_versions((), new[:1])):
        fields = [one.change, *one.differences]
        said.append("｜".join([getattr(one.new or one.old, "code", ""), *fields]))
    assert_says(
        said,
        """
        a｜文だけ変更｜設問文「使いたいもの」→「使うもの」
        s｜選択肢を変更｜選択肢「とても不満」がなくなった
        m｜聞き方を変更｜2つまで→3つまで
        b｜聞き方を変更｜聞く相手　「はい」の方→全員
        n｜新設
        y｜新設
        x｜廃止
        a｜同じ
        s｜廃止
        m｜廃止
        b｜廃止
        n｜廃止
        y｜廃止
        a｜新設
        """,
    )


@pytest.mark.parametrize(
    ("response", "name"),
    [
        ({"source": "紙", "number": 12}, "紙 12"),
        ({"source": "紙", "number": None}, "紙"),
        ({"source": "オンライン", "answered_at": datetime(2026, 10, 1, 15, 40)}, "オンライン 10/1(木) 15:40"),
        ({"source": "オンライン"}, "オンライン"),
    ],
)
def test_a_response_is_called_by_its_number_or_its_time_and_where_there_is_none_by_its_way_alone(response, name):
    assert response_name(SurveyResponse(survey_id=1, **response), date(2026, 10, 5)) == name
