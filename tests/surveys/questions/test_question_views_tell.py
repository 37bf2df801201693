"""What the page of 設問 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.surveys.questions.services.questionnaires import list_questionnaires, read_origin, read_questionnaire
from app.surveys.questions.services.survey_documents import read_definition, read_questionnaire_copies
from app.surveys.questions.services.surveys import list_surveys, read_survey
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view


def test_the_survey_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_survey, s, event_id=event_id(s, "講習会", 2)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 2｜survey=EventSurvey 2｜attendance=16｜programme=Programme 1｜clause=仕4(1)ケ｜counted_total=15
        　・responses SurveyResponse 16、SurveyResponse 17、SurveyResponse 18、SurveyResponse 19、SurveyResponse 20
        　　、SurveyResponse 21、SurveyResponse 22、SurveyResponse 23、SurveyResponse 24、SurveyResponse 25、SurveyR
        　　esponse 26、SurveyResponse 27、SurveyResponse 28、SurveyResponse 29、SurveyResponse 30
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 2｜survey=EventSurvey 2｜attendance=16｜programme=Programme 1｜clause=仕4(1)ケ｜counted_total=
        　　15
        ＋event=Event 2｜survey=EventSurvey 2｜programme=Programme 1｜counted_total=15
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_survey_to_come_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_survey, s, event_id=event_id(s, "講習会", 7)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 7｜programme=Programme 1｜clause=仕4(1)ケ｜counted_total=0
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 7｜programme=Programme 1｜clause=仕4(1)ケ｜counted_total=0
        ＋event=Event 7｜programme=Programme 1｜counted_total=0
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_all_surveys_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            list_surveys,
            s,
            fiscal_year=2026,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
         9
        　・event=Event 1｜state=集計確定｜question_count=10｜paper=11｜online=4｜doubtful_count=0｜attendance=16｜a
        　　greed_on=2026-08-25｜is_fixed=✓｜counted_by=受託者｜counted_on=2026-09-18｜is_frozen=✓｜counted_total=15
        　　｜id=1
        　・event=Event 2｜state=集計確定｜question_count=10｜paper=10｜online=5｜doubtful_count=0｜attendance=16｜a
        　　greed_on=2026-09-14｜is_fixed=✓｜counted_by=受託者｜counted_on=2026-10-08｜is_frozen=✓｜counted_total=15
        　　｜id=2
        　・event=Event 3｜state=集計確定｜question_count=10｜paper=9｜online=4｜doubtful_count=0｜attendance=14｜ag
        　　reed_on=2026-09-29｜is_fixed=✓｜counted_by=受託者｜counted_on=2026-10-23｜is_frozen=✓｜counted_total=13
        　　｜id=3
        　・event=Event 4｜state=集計を確認中｜question_count=10｜paper=8｜online=3｜doubtful_count=0｜attendance=12
        　　｜agreed_on=2026-10-13｜is_fixed=✓｜counted_by=受託者｜counted_on=2026-11-06｜counted_total=11｜id=4
        　・event=Event 11｜state=集計確定｜question_count=10｜paper=13｜online=4｜doubtful_count=0｜attendance=18｜
        　　agreed_on=2026-10-27｜is_fixed=✓｜counted_by=受託者｜counted_on=2026-11-20｜is_frozen=✓｜counted_total=1
        　　7｜id=11
        　・event=Event 5｜state=回収中｜question_count=10｜paper=12｜online=0｜doubtful_count=0｜attendance=17｜agr
        　　eed_on=2026-10-30｜is_fixed=✓｜counted_by=未記録｜counted_total=12｜id=5
        　・event=Event 6｜state=設問を協議中｜question_count=10｜paper=0｜online=0｜doubtful_count=0｜agreed_on=202
        　　6-08-24｜counted_by=未記録｜counted_total=0｜id=6
        　・event=Event 7｜state=未着手｜question_count=0｜paper=0｜online=0｜doubtful_count=0｜counted_total=0｜id=
        　　7
        　・event=Event 12｜state=未着手｜question_count=0｜paper=0｜online=0｜doubtful_count=0｜counted_total=0｜id
        　　=12
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・event=Event 1｜state=集計確定｜question_count=10｜paper=11｜online=4｜doubtful_count=0｜attendance=16
        　　｜agreed_on=2026-08-25｜is_fixed=✓｜counted_by=受託者｜counted_on=2026-09-18｜is_frozen=✓｜counted_total
        　　=15｜id=1
        －　・event=Event 2｜state=集計確定｜question_count=10｜paper=10｜online=5｜doubtful_count=0｜attendance=16
        　　｜agreed_on=2026-09-14｜is_fixed=✓｜counted_by=受託者｜counted_on=2026-10-08｜is_frozen=✓｜counted_total
        　　=15｜id=2
        －　・event=Event 3｜state=集計確定｜question_count=10｜paper=9｜online=4｜doubtful_count=0｜attendance=14｜
        　　agreed_on=2026-09-29｜is_fixed=✓｜counted_by=受託者｜counted_on=2026-10-23｜is_frozen=✓｜counted_total=1
        　　3｜id=3
        －　・event=Event 4｜state=集計を確認中｜question_count=10｜paper=8｜online=3｜doubtful_count=0｜attendance=
        　　12｜agreed_on=2026-10-13｜is_fixed=✓｜counted_by=受託者｜counted_on=2026-11-06｜counted_total=11｜id=4
        －　・event=Event 11｜state=集計確定｜question_count=10｜paper=13｜online=4｜doubtful_count=0｜attendance=18
        　　｜agreed_on=2026-10-27｜is_fixed=✓｜counted_by=受託者｜counted_on=2026-11-20｜is_frozen=✓｜counted_total
        　　=17｜id=11
        －　・event=Event 5｜state=回収中｜question_count=10｜paper=12｜online=0｜doubtful_count=0｜attendance=17｜a
        　　greed_on=2026-10-30｜is_fixed=✓｜counted_by=未記録｜counted_total=12｜id=5
        －　・event=Event 6｜state=設問を協議中｜question_count=10｜paper=0｜online=0｜doubtful_count=0｜agreed_on=2
        　　026-08-24｜counted_by=未記録｜counted_total=0｜id=6
        ＋　・event=Event 1｜state=集計確定｜question_count=10｜paper=11｜online=4｜doubtful_count=0｜agreed_on=2026
        　　-08-24｜is_frozen=✓｜counted_total=15｜id=1
        ＋　・event=Event 2｜state=集計確定｜question_count=10｜paper=10｜online=5｜doubtful_count=0｜agreed_on=2026
        　　-08-24｜is_frozen=✓｜counted_total=15｜id=2
        ＋　・event=Event 3｜state=集計確定｜question_count=10｜paper=9｜online=4｜doubtful_count=0｜agreed_on=2026-
        　　08-24｜is_frozen=✓｜counted_total=13｜id=3
        ＋　・event=Event 4｜state=回収中｜question_count=10｜paper=8｜online=3｜doubtful_count=0｜agreed_on=2026-08
        　　-24｜counted_total=11｜id=4
        ＋　・event=Event 11｜state=集計確定｜question_count=10｜paper=13｜online=4｜doubtful_count=0｜agreed_on=202
        　　6-08-24｜is_frozen=✓｜counted_total=17｜id=11
        ＋　・event=Event 5｜state=回収中｜question_count=10｜paper=12｜online=0｜doubtful_count=0｜agreed_on=2026-0
        　　8-24｜counted_total=12｜id=5
        ＋　・event=Event 6｜state=設問を協議中｜question_count=10｜paper=0｜online=0｜doubtful_count=0｜agreed_on=2
        　　026-08-24｜counted_total=0｜id=6
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・event=Event 3｜state=集計確定｜question_count=10｜paper=9｜online=4｜doubtful_count=0｜attendance=14｜
        　　agreed_on=2026-09-29｜is_fixed=✓｜counted_by=受託者｜counted_on=2026-10-23｜is_frozen=✓｜counted_total=1
        　　3｜id=3
        ＋　・event=Event 3｜state=集計確定｜question_count=10｜paper=9｜online=4｜doubtful_count=0｜attendance=13｜
        　　agreed_on=2026-09-29｜is_fixed=✓｜counted_by=受託者｜counted_on=2026-10-23｜is_frozen=✓｜counted_total=1
        　　3｜id=3
        """,
    )


def test_the_templates_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            list_questionnaires,
            s,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
         3
        　・questionnaire=Questionnaire 3｜event_count=1｜id=3
        　・questionnaire=Questionnaire 2｜event_count=6｜id=2
        　・questionnaire=Questionnaire 1｜event_count=0｜id=1
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """

        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_one_template_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_questionnaire, s, questionnaire_id=1) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        questionnaire=Questionnaire 1
        　・kinds EventKind 1、EventKind 3
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """

        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_where_it_comes_from_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_origin,
            s,
            survey_id=1,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        questionnaire=Questionnaire 2｜is_unchanged=✓
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """

        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_copies_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_questionnaire_copies, s, event_id=event_id(s, "講習会", 6))
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        large=0｜words=14＋予備2＝16部（人数連絡前）
        　・standard people=14｜spare=2｜total=16｜words=14＋予備2＝16部
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """

        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －large=0｜words=14＋予備2＝16部（人数連絡前）
        －　・standard people=14｜spare=2｜total=16｜words=14＋予備2＝16部
        ＋large=0｜words=13＋予備2＝15部（人数連絡前）
        ＋　・standard people=13｜spare=2｜total=15｜words=13＋予備2＝15部
        """,
    )


def test_the_form_online_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_definition, s, event_id=event_id(s, "講習会", 6), now=NOW)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        title=講習会アンケート｜text=フォームの題名 / 講習会アンケート /  / フォームの説明 / デジタル活用講習会　第6
        　　回「Instagram講習会（2回目）」　令和8年12月8日（火） / お名前は書かないでください。今後の事業の改善に使
        　　います。 / 紙かスマートフォンのどちらか一方でお答えください。 / 回答の締切　令和8年12月15日（火） / 主催
        　　　練馬区　　実施者　見本企画株式会社 / 問合せ先　練馬区協働推進課区民協働担当係　03-6759-9119 /  / 問1 /
        　　 町会・自治会での役割 / 種類　ラジオボタン（1つ選ぶ） / 選択肢 / 会長 / 副会長 / 会計 / 広報・デジタル担
        　　当 / その他の役員 / 会員 / 必須　しない（紙と同じく、無回答でも送れるようにします） /  / 問2 / 講習会全
        　　体の満足度 / 種類　ラジオボタン（1つ選ぶ） / 選択
        　・lead デジタル活用講習会　第6回「Instagram講習会（2回目）」　令和8年12月8日（火）、お名前は書かないでくだ
        　　さい。今後の事業の改善に使います。、紙かスマートフォンのどちらか一方でお答えください。、回答の締切　令和
        　　8年12月15日（火）、主催　練馬区　　実施者　見本企画株式会社、問合せ先　練馬区協働推進課区民協働担当係　0
        　　3-6759-9119
        　・questions 10
        　・　・number=問1｜title=町会・自治会での役割｜form_type=ラジオボタン（1つ選ぶ）｜required=しない（紙と同じ
        　　く、無回答でも送れるようにします）
        　・　・　・options 会長、副会長、会計、広報・デジタル担当、その他の役員、会員
        　・　・number=問2｜title=講習会全体の満足度｜form_type=ラジオボタン（1つ選ぶ）｜required=しない（紙と同じく
        　　、無回答でも送れるようにします）
        　・　・　・options とても満足、満足、どちらともいえない、不満、とても不満
        　・　・number=問3｜title=講習の内容は理解できましたか｜form_type=ラジオボタン（1つ選ぶ）｜required=しない（
        　　紙と同じく、無回答でも送れるようにします）
        　・　・　・options よく理解できた、だいたい理解できた、どちらともいえない、あまり理解できなかった、まったく
        　　理解できなかった
        　・　・number=問4｜title=進む速さ｜form_type=ラジオボタン（1つ選ぶ）｜required=しない（紙と同じく、無回答で
        　　も送れるようにします）
        　・　・　・options 速い、やや速い、ちょうどよい、やや遅い、遅い
        　・　・number=問5｜title=講習会の長さ｜form_type=ラジオボタン（1つ選ぶ）｜required=しない（紙と同じく、無回
        　　答でも送れるようにします）
        　・　・　・options 長い、やや長い、ちょうどよい、やや短い、短い
        　・　・number=問6｜title=参考になった内容（いくつでも）｜form_type=チェックボックス（複数選ぶ）｜required=
        　　しない（紙と同じく、無回答でも送れるようにします）｜other_hint=「その他」は、フォームの「その他」を追加
        　　して入れます（書く欄が付きます）
        　・　・　・options 講師の説明、ほかの町会・自治会の事例、操作の体験、運用するときの注意点、質問・個別相談、
        　　配布資料、その他、特になし
        　・　・number=問7｜title=団体で使いたいツール（いくつでも）｜form_type=チェックボックス（複数選ぶ）｜requir
        　　ed=しない（紙と同じく、無回答でも送れるようにします）｜other_hint=「その他」は、フォームの「その他」を追
        　　加して入れます（書く欄が付きます）
        　・　・　・options LINE、LINE公式アカウント、Instagram、ホームページ・ブログ、電子回覧板、キャッシュレス決
        　　済、その他、特になし
        　・　・number=問8｜title=取り入れるときに困ること（3つまで）｜form_type=チェックボックス（複数選ぶ）｜requi
        　　red=しない（紙と同じく、無回答でも送れるようにします）｜limit=選べる数は3つまで（回答の検証）｜other_hin
        　　t=「その他」は、フォームの「その他」を追加して入れます（書く欄が付きます）
        　・　・　・options 操作を教える人がいない、役員の負担が増える、個人情報の取扱いが不安、後任への引継ぎが難し
        　　い、会員の理解が得られない、端末または通信環境がない、費用がかかる、その他、特になし
        　・　・number=問9｜title=自分の団体で使ってみたいと思いますか｜form_type=ラジオボタン（1つ選ぶ）｜required=
        　　しない（紙と同じく、無回答でも送れるようにします）
        　・　・　・options すぐに使いたい、準備をして使いたい、どちらともいえない、あまり使いたくない、使いたくない
        　・　・number=問10｜title=ご意見・ご要望をお書きください｜form_type=段落（長い文）｜required=しない（紙と同
        　　じく、無回答でも送れるようにします）｜note=お名前や電話番号など、個人が分かることは書かないでください。
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －title=講習会アンケート｜text=フォームの題名 / 講習会アンケート /  / フォームの説明 / デジタル活用講習会
        　　　第6回「Instagram講習会（2回目）」　令和8年12月8日（火） / お名前は書かないでください。今後の事業の改善
        　　に使います。 / 紙かスマートフォンのどちらか一方でお答えください。 / 回答の締切　令和8年12月15日（火） /
        　　 主催　練馬区　　実施者　見本企画株式会社 / 問合せ先　練馬区協働推進課区民協働担当係　03-6759-9119 /  /
        　　 問1 / 町会・自治会での役割 / 種類　ラジオボタン（1つ選ぶ） / 選択肢 / 会長 / 副会長 / 会計 / 広報・デジ
        　　タル担当 / その他の役員 / 会員 / 必須　しない（紙と同じく、無回答でも送れるようにします） /  / 問2 / 講
        　　習会全体の満足度 / 種類　ラジオボタン（1つ選ぶ） / 選択
        －　・lead デジタル活用講習会　第6回「Instagram講習会（2回目）」　令和8年12月8日（火）、お名前は書かないでく
        　　ださい。今後の事業の改善に使います。、紙かスマートフォンのどちらか一方でお答えください。、回答の締切　令
        　　和8年12月15日（火）、主催　練馬区　　実施者　見本企画株式会社、問合せ先　練馬区協働推進課区民協働担当係
        　　　03-6759-9119
        ＋title=講習会アンケート｜text=フォームの題名 / 講習会アンケート /  / フォームの説明 / デジタル活用講習会
        　　　第6回「Instagram講習会（2回目）」　令和8年12月8日（火） / お名前は書かないでください。今後の事業の改善
        　　に使います。 / 紙かスマートフォンのどちらか一方でお答えください。 / 主催　練馬区　　実施者　見本企画株式
        　　会社 / 問合せ先　練馬区 /  / 問1 / 町会・自治会での役割 / 種類　ラジオボタン（1つ選ぶ） / 選択肢 / 会長
        　　 / 副会長 / 会計 / 広報・デジタル担当 / その他の役員 / 会員 / 必須　しない（紙と同じく、無回答でも送れる
        　　ようにします） /  / 問2 / 講習会全体の満足度 / 種類　ラジオボタン（1つ選ぶ） / 選択肢 / とても満足 / 満
        　　足 / どちらともいえない / 不満 / とても不満 / 必須　しな
        ＋　・lead デジタル活用講習会　第6回「Instagram講習会（2回目）」　令和8年12月8日（火）、お名前は書かないでく
        　　ださい。今後の事業の改善に使います。、紙かスマートフォンのどちらか一方でお答えください。、主催　練馬区
        　　　　実施者　見本企画株式会社、問合せ先　練馬区
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －title=講習会アンケート｜text=フォームの題名 / 講習会アンケート /  / フォームの説明 / デジタル活用講習会
        　　　第6回「Instagram講習会（2回目）」　令和8年12月8日（火） / お名前は書かないでください。今後の事業の改善
        　　に使います。 / 紙かスマートフォンのどちらか一方でお答えください。 / 回答の締切　令和8年12月15日（火） /
        　　 主催　練馬区　　実施者　見本企画株式会社 / 問合せ先　練馬区協働推進課区民協働担当係　03-6759-9119 /  /
        　　 問1 / 町会・自治会での役割 / 種類　ラジオボタン（1つ選ぶ） / 選択肢 / 会長 / 副会長 / 会計 / 広報・デジ
        　　タル担当 / その他の役員 / 会員 / 必須　しない（紙と同じく、無回答でも送れるようにします） /  / 問2 / 講
        　　習会全体の満足度 / 種類　ラジオボタン（1つ選ぶ） / 選択
        －　・lead デジタル活用講習会　第6回「Instagram講習会（2回目）」　令和8年12月8日（火）、お名前は書かないでく
        　　ださい。今後の事業の改善に使います。、紙かスマートフォンのどちらか一方でお答えください。、回答の締切　令
        　　和8年12月15日（火）、主催　練馬区　　実施者　見本企画株式会社、問合せ先　練馬区協働推進課区民協働担当係
        　　　03-6759-9119
        ＋title=講習会アンケート｜text=フォームの題名 / 講習会アンケート /  / フォームの説明 / デジタル活用講習会
        　　　第6回「Instagram講習会（2回目）」　令和8年12月17日（木） / お名前は書かないでください。今後の事業の改
        　　善に使います。 / 紙かスマートフォンのどちらか一方でお答えください。 / 回答の締切　令和8年12月15日（火）
        　　 / 主催　練馬区　　実施者　見本企画株式会社 / 問合せ先　練馬区協働推進課区民協働担当係　03-6759-9119 /
        　　  / 問1 / 町会・自治会での役割 / 種類　ラジオボタン（1つ選ぶ） / 選択肢 / 会長 / 副会長 / 会計 / 広報・
        　　デジタル担当 / その他の役員 / 会員 / 必須　しない（紙と同じく、無回答でも送れるようにします） /  / 問2 /
        　　 講習会全体の満足度 / 種類　ラジオボタン（1つ選ぶ） / 選
        ＋　・lead デジタル活用講習会　第6回「Instagram講習会（2回目）」　令和8年12月17日（木）、お名前は書かないで
        　　ください。今後の事業の改善に使います。、紙かスマートフォンのどちらか一方でお答えください。、回答の締切
        　　　令和8年12月15日（火）、主催　練馬区　　実施者　見本企画株式会社、問合せ先　練馬区協働推進課区民協働担
        　　当係　03-6759-9119
        """,
    )
