"""What the page of 集計 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.surveys.tally.services.survey_check import read_check
from app.surveys.tally.services.survey_cross import read_cross
from app.surveys.tally.services.survey_tally import read_tally
from app.surveys.tally.services.survey_themes import read_themes
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import event_id
from tests.support.view_lines import view


def test_the_tally_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_tally, s, event_id=event_id(s, "講習会", 2)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        　・survey_view event=Event 2｜survey=EventSurvey 2｜attendance=16｜programme=Programme 1｜clause=仕4(1)ケ｜coun
        　　ted_total=15
        　・　・responses SurveyResponse 16、SurveyResponse 17、SurveyResponse 18、SurveyResponse 19、SurveyResponse 20
        　　、SurveyResponse 21、SurveyResponse 22、SurveyResponse 23、SurveyResponse 24、SurveyResponse 25、SurveyRespo
        　　nse 26、SurveyResponse 27、SurveyResponse 28、SurveyResponse 29、SurveyResponse 30
        　・tally base=15｜paper=10｜online=5｜left_out_total=0｜attendance=16｜return_rate=93.8
        　・　・questions 10
        　・　・　・question=Question｜base=15｜other_count=0｜outside_count=0｜no_answer=0｜answered_count=15｜over_lim
        　　it_count=0｜not_asked_count=0｜sum_count=0｜is_reference_only=✓
        　・　・　・　・options 6
        　・　・　・　・　・number=1｜text=会長｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・number=2｜text=副会長｜count=4｜percent=26.7｜kind=option
        　・　・　・　・　・number=3｜text=会計｜count=2｜percent=13.3｜kind=option
        　・　・　・　・　・number=4｜text=広報・デジタル担当｜count=4｜percent=26.7｜kind=option
        　・　・　・　・　・number=5｜text=その他の役員｜count=5｜percent=33.3｜kind=option
        　・　・　・　・　・number=6｜text=会員｜count=0｜percent=0.0｜kind=option
        　・　・　・　・channels 2
        　・　・　・　・　・question=Question｜base=10｜other_count=0｜outside_count=0｜no_answer=0｜answered_count=10｜
        　　over_limit_count=0｜not_asked_count=0｜sum_count=0｜is_reference_only=✓
        　・　・　・　・　・　・options 6
        　・　・　・　・　・　・　・number=1｜text=会長｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・　・　・number=2｜text=副会長｜count=3｜percent=30.0｜kind=option
        　・　・　・　・　・　・　・number=3｜text=会計｜count=1｜percent=10.0｜kind=option
        　・　・　・　・　・　・　・number=4｜text=広報・デジタル担当｜count=2｜percent=20.0｜kind=option
        　・　・　・　・　・　・　・number=5｜text=その他の役員｜count=4｜percent=40.0｜kind=option
        　・　・　・　・　・　・　・number=6｜text=会員｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・question=Question｜base=5｜other_count=0｜outside_count=0｜no_answer=0｜answered_count=5｜ov
        　　er_limit_count=0｜not_asked_count=0｜sum_count=0｜is_reference_only=✓
        　・　・　・　・　・　・options 6
        　・　・　・　・　・　・　・number=1｜text=会長｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・　・　・number=2｜text=副会長｜count=1｜percent=20.0｜kind=option
        　・　・　・　・　・　・　・number=3｜text=会計｜count=1｜percent=20.0｜kind=option
        　・　・　・　・　・　・　・number=4｜text=広報・デジタル担当｜count=2｜percent=40.0｜kind=option
        　・　・　・　・　・　・　・number=5｜text=その他の役員｜count=1｜percent=20.0｜kind=option
        　・　・　・　・　・　・　・number=6｜text=会員｜count=0｜percent=0.0｜kind=option
        　・　・　・question=Question｜base=15｜other_count=0｜outside_count=0｜no_answer=2｜answered_count=13｜over_lim
        　　it_count=0｜not_asked_count=0｜sum_label=満足計｜sum_count=11｜sum_percent=73.3｜is_reference_only=✓
        　・　・　・　・options 5
        　・　・　・　・　・number=1｜text=とても満足｜count=2｜percent=13.3｜kind=option
        　・　・　・　・　・number=2｜text=満足｜count=9｜percent=60.0｜kind=option
        　・　・　・　・　・number=3｜text=どちらともいえない｜count=2｜percent=13.3｜kind=option
        　・　・　・　・　・number=4｜text=不満｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・number=5｜text=とても不満｜count=0｜percent=0.0｜kind=option
        　・　・　・　・channels 2
        　・　・　・　・　・question=Question｜base=10｜other_count=0｜outside_count=0｜no_answer=0｜answered_count=10｜
        　　over_limit_count=0｜not_asked_count=0｜sum_label=満足計｜sum_count=8｜sum_percent=80.0｜is_reference_only=✓
        　・　・　・　・　・　・options 5
        　・　・　・　・　・　・　・number=1｜text=とても満足｜count=1｜percent=10.0｜kind=option
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・survey_view event=Event 2｜survey=EventSurvey 2｜attendance=16｜programme=Programme 1｜clause=仕4(1)ケ
        　　｜counted_total=15
        ＋　・survey_view event=Event 2｜survey=EventSurvey 2｜attendance=16｜programme=Programme 1｜counted_total=1
        　　5
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_tally_under_way_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_tally, s, event_id=event_id(s, "講習会", 5)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        　・survey_view event=Event 5｜survey=EventSurvey 5｜attendance=17｜programme=Programme 1｜clause=仕4(1)ケ｜coun
        　　ted_total=12
        　・　・responses SurveyResponse 55、SurveyResponse 56、SurveyResponse 57、SurveyResponse 58、SurveyResponse 59
        　　、SurveyResponse 60、SurveyResponse 61、SurveyResponse 62、SurveyResponse 63、SurveyResponse 64、SurveyRespo
        　　nse 65、SurveyResponse 66
        　・tally base=12｜paper=12｜online=0｜left_out_total=0｜attendance=17｜return_rate=70.6
        　・　・questions 10
        　・　・　・question=Question｜base=12｜other_count=0｜outside_count=0｜no_answer=0｜answered_count=12｜over_lim
        　　it_count=0｜not_asked_count=0｜sum_count=0｜is_reference_only=✓
        　・　・　・　・options 6
        　・　・　・　・　・number=1｜text=会長｜count=1｜percent=8.3｜kind=option
        　・　・　・　・　・number=2｜text=副会長｜count=5｜percent=41.7｜kind=option
        　・　・　・　・　・number=3｜text=会計｜count=1｜percent=8.3｜kind=option
        　・　・　・　・　・number=4｜text=広報・デジタル担当｜count=3｜percent=25.0｜kind=option
        　・　・　・　・　・number=5｜text=その他の役員｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・number=6｜text=会員｜count=2｜percent=16.7｜kind=option
        　・　・　・question=Question｜base=12｜other_count=0｜outside_count=0｜no_answer=0｜answered_count=12｜over_lim
        　　it_count=0｜not_asked_count=0｜sum_label=満足計｜sum_count=12｜sum_percent=100.0｜is_reference_only=✓
        　・　・　・　・options 5
        　・　・　・　・　・number=1｜text=とても満足｜count=5｜percent=41.7｜kind=option
        　・　・　・　・　・number=2｜text=満足｜count=7｜percent=58.3｜kind=option
        　・　・　・　・　・number=3｜text=どちらともいえない｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・number=4｜text=不満｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・number=5｜text=とても不満｜count=0｜percent=0.0｜kind=option
        　・　・　・question=Question｜base=12｜other_count=0｜outside_count=0｜no_answer=0｜answered_count=12｜over_lim
        　　it_count=0｜not_asked_count=0｜sum_label=肯定計｜sum_count=12｜sum_percent=100.0｜is_reference_only=✓
        　・　・　・　・options 5
        　・　・　・　・　・number=1｜text=よく理解できた｜count=6｜percent=50.0｜kind=option
        　・　・　・　・　・number=2｜text=だいたい理解できた｜count=6｜percent=50.0｜kind=option
        　・　・　・　・　・number=3｜text=どちらともいえない｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・number=4｜text=あまり理解できなかった｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・number=5｜text=まったく理解できなかった｜count=0｜percent=0.0｜kind=option
        　・　・　・question=Question｜base=12｜other_count=0｜outside_count=0｜no_answer=1｜answered_count=11｜over_lim
        　　it_count=0｜not_asked_count=0｜sum_count=0｜is_reference_only=✓
        　・　・　・　・options 5
        　・　・　・　・　・number=1｜text=速い｜count=1｜percent=8.3｜kind=option
        　・　・　・　・　・number=2｜text=やや速い｜count=3｜percent=25.0｜kind=option
        　・　・　・　・　・number=3｜text=ちょうどよい｜count=6｜percent=50.0｜kind=option
        　・　・　・　・　・number=4｜text=やや遅い｜count=1｜percent=8.3｜kind=option
        　・　・　・　・　・number=5｜text=遅い｜count=0｜percent=0.0｜kind=option
        　・　・　・question=Question｜base=12｜other_count=0｜outside_count=0｜no_answer=0｜answered_count=12｜over_lim
        　　it_count=0｜not_asked_count=0｜sum_count=0｜is_reference_only=✓
        　・　・　・　・options 5
        　・　・　・　・　・number=1｜text=長い｜count=1｜percent=8.3｜kind=option
        　・　・　・　・　・number=2｜text=やや長い｜count=3｜percent=25.0｜kind=option
        　・　・　・　・　・number=3｜text=ちょうどよい｜count=7｜percent=58.3｜kind=option
        　・　・　・　・　・number=4｜text=やや短い｜count=1｜percent=8.3｜kind=option
        　・　・　・　・　・number=5｜text=短い｜count=0｜percent=0.0｜kind=option
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・survey_view event=Event 5｜survey=EventSurvey 5｜attendance=17｜programme=Programme 1｜clause=仕4(1)ケ
        　　｜counted_total=12
        ＋　・survey_view event=Event 5｜survey=EventSurvey 5｜programme=Programme 1｜counted_total=12
        －　・tally base=12｜paper=12｜online=0｜left_out_total=0｜attendance=17｜return_rate=70.6
        ＋　・tally base=12｜paper=12｜online=0｜left_out_total=0
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_cross_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_cross, s, event_id=event_id(s, "講習会", 2)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 2｜note=ｎ＝15（回収数。非該当の回答を除く）。単位は人。2人以下の欄も伏せていない（区の内部用）
        　　。｜row_title=問2　講習会全体の満足度｜column_title=問1　町会・自治会での役割｜is_masked_on_document=✓｜
        　　internal_reason=回収が15件で、30件に満たないためです（公表した集計と合わせると、誰の回答か分かるおそれ）
        　　。
        　・choice row=satisfaction｜column=position｜key=satisfaction|position|回|
        　・questions 9
        　・　・position、問1、町会・自治会での役割
        　・　・satisfaction、問2、講習会全体の満足度
        　・　・understanding、問3、講習の内容は理解できましたか
        　・　・pace、問4、進む速さ
        　・　・length、問5、講習会の長さ
        　・　・useful、問6、参考になった内容（いくつでも）
        　・　・tools、問7、団体で使いたいツール（いくつでも）
        　・　・obstacles、問8、取り入れるときに困ること（3つまで）
        　・　・intent、問9、自分の団体で使ってみたいと思いますか
        　・table total=15
        　・　・rows とても満足、満足、どちらともいえない、不満、とても不満、無回答
        　・　・columns 会長、副会長、会計、広報・デジタル担当、その他の役員、会員、無回答
        　・　・cells 6
        　・　・　・0、2、0、0、0、0、0
        　・　・　・0、2、1、2、4、0、0
        　・　・　・0、0、0、2、0、0、0
        　・　・　・0、0、0、0、0、0、0
        　・　・　・0、0、0、0、0、0、0
        　・　・　・0、0、1、0、1、0、0
        　・　・row_totals 2、9、2、0、0、2
        　・　・column_totals 0、4、2、4、5、0、0
        　・　・answers 15
        　・　・　・channel=0
        　・　・　・　・rows 1
        　・　・　・　・columns 4
        　・　・　・channel=0
        　・　・　・　・rows 0
        　・　・　・　・columns 1
        　・　・　・channel=0
        　・　・　・　・rows 1
        　・　・　・　・columns 4
        　・　・　・channel=0
        　・　・　・　・rows 2
        　・　・　・　・columns 3
        　・　・　・channel=0
        　・　・　・　・rows 1
        　・　・　・　・columns 1
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


def test_the_check_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_check, s, event_id=event_id(s, "講習会", 4)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        survey=EventSurvey 4｜unsettled_count=0｜compared_count=0｜waiting_count=0
        　・questions 11
        　・　・title=回収した枚数｜base=11｜written_count=0｜compared_count=0
        　・　・　・rows 2
        　・　・　・　・title=回収した枚数｜text=紙｜own_count=8
        　・　・　・　・title=回収した枚数｜text=オンライン｜own_count=3
        　・　・code=position｜label=問1｜title=町会・自治会での役割｜type=SA｜base=11｜written_count=11｜compared_c
        　　ount=0｜has_missing_counts=✓｜id=position
        　・　・　・rows 7
        　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=会長｜own_count=2
        　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=副会長｜own_count=1
        　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=会計｜own_count=5
        　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=広報・デジタル担当｜own_count=0
        　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=その他の役員｜own_count=3
        　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=会員｜own_count=0
        　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=無回答｜own_count=0
        　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜type=SA｜base=11｜written_count=11｜compared
        　　_count=0｜has_missing_counts=✓｜id=satisfaction
        　・　・　・rows 6
        　・　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜text=とても満足｜own_count=5
        　・　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜text=満足｜own_count=4
        　・　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜text=どちらともいえない｜own_count=2
        　・　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜text=不満｜own_count=0
        　・　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜text=とても不満｜own_count=0
        　・　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜text=無回答｜own_count=0
        　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜type=SA｜base=11｜written_count=1
        　　1｜compared_count=0｜has_missing_counts=✓｜id=understanding
        　・　・　・rows 6
        　・　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜text=よく理解できた｜own_
        　　count=1
        　・　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜text=だいたい理解できた｜
        　　own_count=5
        　・　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜text=どちらともいえない｜
        　　own_count=4
        　・　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜text=あまり理解できなかっ
        　　た｜own_count=0
        　・　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜text=まったく理解できなか
        　　った｜own_count=1
        　・　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜text=無回答｜own_count=0
        　・　・code=pace｜label=問4｜title=進む速さ｜type=SA｜base=11｜written_count=11｜compared_count=0｜has_miss
        　　ing_counts=✓｜id=pace
        　・　・　・rows 6
        　・　・　・　・code=pace｜label=問4｜title=進む速さ｜text=速い｜own_count=2
        　・　・　・　・code=pace｜label=問4｜title=進む速さ｜text=やや速い｜own_count=2
        　・　・　・　・code=pace｜label=問4｜title=進む速さ｜text=ちょうどよい｜own_count=7
        　・　・　・　・code=pace｜label=問4｜title=進む速さ｜text=やや遅い｜own_count=0
        　・　・　・　・code=pace｜label=問4｜title=進む速さ｜text=遅い｜own_count=0
        　・　・　・　・code=pace｜label=問4｜title=進む速さ｜text=無回答｜own_count=0
        　・　・code=length｜label=問5｜title=講習会の長さ｜type=SA｜base=11｜written_count=11｜compared_count=0｜ha
        　　s_missing_counts=✓｜id=length
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


def test_the_themes_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_themes, s, event_id=event_id(s, "講習会", 2)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 2｜survey=EventSurvey 2
        　・questions 2
        　・　・code=tools｜label=問7｜title=団体で使いたいツール（いくつでも）　その他の記入｜base=15
        　・　・　・comments 3
        　・　・　・　・sheet_id=16｜question_code=tools｜number=1｜text=予定を合わせるアプリ｜source=紙｜quote_deci
        　　sion=引用する｜quoted_words=予定を合わせるアプリ
        　・　・　・　・sheet_id=20｜question_code=tools｜number=2｜text=写真を共有するアプリ｜source=紙｜quote_deci
        　　sion=引用する｜quoted_words=写真を共有するアプリ
        　・　・　・　・sheet_id=26｜question_code=tools｜number=3｜text=予定を合わせるアプリ｜source=オンライン｜qu
        　　ote_decision=引用する｜quoted_words=予定を合わせるアプリ
        　・　・code=comments｜label=問10｜title=ご意見・ご要望をお書きください｜base=15
        　・　・　・comments 5
        　・　・　・　・sheet_id=18｜question_code=comments｜number=1｜text=同じ内容をもう一度、少人数で受けたい。｜
        　　source=紙｜quote_decision=引用する｜quoted_words=同じ内容をもう一度、少人数で受けたい。
        　・　・　・　・sheet_id=20｜question_code=comments｜number=2｜text=ほかの町会の失敗談まで聞けたのがよかった
        　　。｜source=紙｜quote_decision=引用する｜quoted_words=ほかの町会の失敗談まで聞けたのがよかった。
        　・　・　・　・sheet_id=21｜question_code=comments｜number=3｜text=字が大きく、資料が読みやすかった。｜sour
        　　ce=紙｜quote_decision=引用する｜quoted_words=字が大きく、資料が読みやすかった。
        　・　・　・　・sheet_id=23｜question_code=comments｜number=4｜text=専門の言葉に説明がほしい。｜source=紙｜q
        　　uote_decision=引用する｜quoted_words=専門の言葉に説明がほしい。
        　・　・　・　・sheet_id=27｜question_code=comments｜number=5｜text=役員会で説明できる1枚の資料があるとよい
        　　。｜source=オンライン｜quote_decision=引用する｜quoted_words=役員会で説明できる1枚の資料があるとよい。
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
