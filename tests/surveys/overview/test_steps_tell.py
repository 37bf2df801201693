"""What the page of アンケートの段階 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.surveys.overview.services import read_steps
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_steps_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_steps, s, event_id=event_id(s, "講習会", 4), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        done_count=3｜is_reference_only=✓
        　・view event=Event 4｜survey=EventSurvey 4｜attendance=12｜programme=Programme 1｜clause=仕4(1)ケ｜counted
        　　_total=11
        　・　・responses SurveyResponse 44、SurveyResponse 45、SurveyResponse 46、SurveyResponse 47、SurveyResponse
        　　 48、SurveyResponse 49、SurveyResponse 50、SurveyResponse 51、SurveyResponse 52、SurveyResponse 53、Surv
        　　eyResponse 54
        　・steps 5
        　・　・number=1｜title=設問を決める｜state=済｜words=10問　協議 10/13(火)
        　・　・number=2｜title=用紙・オンライン｜state=済｜words=オンライン 3件
        　・　・number=3｜title=回答を入れる｜state=済｜words=11件（紙 8・オンライン 3）
        　・　・number=4｜title=確かめる｜state=確認が必要｜words=受託者の数 未入力 9問
        　・　・number=5｜title=確定する｜state=途中｜words=未確定
        　・check survey=EventSurvey 4｜unsettled_count=0｜compared_count=0｜waiting_count=0
        　・　・questions 11
        　・　・　・title=回収した枚数｜base=11｜written_count=0｜compared_count=0
        　・　・　・　・rows 2
        　・　・　・　・　・title=回収した枚数｜text=紙｜own_count=8
        　・　・　・　・　・title=回収した枚数｜text=オンライン｜own_count=3
        　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜type=SA｜base=11｜written_count=11｜compar
        　　ed_count=0｜has_missing_counts=✓｜id=position
        　・　・　・　・rows 7
        　・　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=会長｜own_count=2
        　・　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=副会長｜own_count=1
        　・　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=会計｜own_count=5
        　・　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=広報・デジタル担当｜own_count
        　　=0
        　・　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=その他の役員｜own_count=3
        　・　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=会員｜own_count=0
        　・　・　・　・　・code=position｜label=問1｜title=町会・自治会での役割｜text=無回答｜own_count=0
        　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜type=SA｜base=11｜written_count=11｜comp
        　　ared_count=0｜has_missing_counts=✓｜id=satisfaction
        　・　・　・　・rows 6
        　・　・　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜text=とても満足｜own_count=5
        　・　・　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜text=満足｜own_count=4
        　・　・　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜text=どちらともいえない｜own_cou
        　　nt=2
        　・　・　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜text=不満｜own_count=0
        　・　・　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜text=とても不満｜own_count=0
        　・　・　・　・　・code=satisfaction｜label=問2｜title=講習会全体の満足度｜text=無回答｜own_count=0
        　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜type=SA｜base=11｜written_cou
        　　nt=11｜compared_count=0｜has_missing_counts=✓｜id=understanding
        　・　・　・　・rows 6
        　・　・　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜text=よく理解できた｜
        　　own_count=1
        　・　・　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜text=だいたい理解でき
        　　た｜own_count=5
        　・　・　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜text=どちらともいえな
        　　い｜own_count=4
        　・　・　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜text=あまり理解できな
        　　かった｜own_count=0
        　・　・　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜text=まったく理解でき
        　　なかった｜own_count=1
        　・　・　・　・　・code=understanding｜label=問3｜title=講習の内容は理解できましたか｜text=無回答｜own_coun
        　　t=0
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －done_count=3｜is_reference_only=✓
        －　・view event=Event 4｜survey=EventSurvey 4｜attendance=12｜programme=Programme 1｜clause=仕4(1)ケ｜count
        　　ed_total=11
        ＋done_count=0｜is_reference_only=✓
        ＋　・view event=Event 4｜survey=EventSurvey 4｜programme=Programme 1｜counted_total=11
        －　・　・number=1｜title=設問を決める｜state=済｜words=10問　協議 10/13(火)
        －　・　・number=2｜title=用紙・オンライン｜state=済｜words=オンライン 3件
        －　・　・number=3｜title=回答を入れる｜state=済｜words=11件（紙 8・オンライン 3）
        ＋　・　・number=1｜title=設問を決める｜state=途中｜words=10問　協議中
        ＋　・　・number=2｜title=用紙・オンライン｜state=確認が必要｜words=オンライン 3件
        ＋　・　・number=3｜title=回答を入れる｜state=確認が必要｜words=11件（紙 8・オンライン 3）
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_steps_to_come_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_steps, s, event_id=event_id(s, "講習会", 7), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        done_count=0
        　・view event=Event 7｜programme=Programme 1｜clause=仕4(1)ケ｜counted_total=0
        　・steps 5
        　・　・number=1｜title=設問を決める｜state=未着手｜words=設問を選ぶと始まります
        　・　・number=2｜title=用紙・オンライン｜state=未着手
        　・　・number=3｜title=回答を入れる｜state=未着手
        　・　・number=4｜title=確かめる｜state=未着手
        　・　・number=5｜title=確定する｜state=未着手
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・view event=Event 7｜programme=Programme 1｜clause=仕4(1)ケ｜counted_total=0
        ＋　・view event=Event 7｜programme=Programme 1｜counted_total=0
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
