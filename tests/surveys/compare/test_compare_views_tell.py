"""What the page of 年度の集計 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.surveys.compare.services import read_interim, read_record_summary, read_year, read_year_options
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_interim_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_interim, s, as_of=TODAY, fiscal_year=2026) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        as_of=2026-12-01｜record_line=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1回
        　　　計8回　延べ人数111人・実人数76人、延べ団体72団体・実団体39団体。延べは回ごとに数えた合計、実は同じ人・
        　　同じ団体を1と数えたもの。出席の記録による。
        　・kinds 2
        　・　・kind=講習会｜response_count=66
        　・　・　・events 5
        　・　・　・　・event=Event 1｜attendance=16｜paper=11｜online=4｜rate=93.8｜frozen_on=2026-09-18
        　・　・　・　・　・satisfaction question=Question｜base=15｜other_count=0｜outside_count=0｜no_answer=0｜an
        　　swered_count=15｜over_limit_count=0｜not_asked_count=0｜sum_label=満足計｜sum_count=12｜sum_percent=80.0
        　　｜is_reference_only=✓
        　・　・　・　・　・　・options 5
        　・　・　・　・　・　・　・number=1｜text=とても満足｜count=8｜percent=53.3｜kind=option
        　・　・　・　・　・　・　・number=2｜text=満足｜count=4｜percent=26.7｜kind=option
        　・　・　・　・　・　・　・number=3｜text=どちらともいえない｜count=3｜percent=20.0｜kind=option
        　・　・　・　・　・　・　・number=4｜text=不満｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・　・　・number=5｜text=とても不満｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・　・channels 2
        　・　・　・　・　・　・　・question=Question｜base=11｜other_count=0｜outside_count=0｜no_answer=0｜answere
        　　d_count=11｜over_limit_count=0｜not_asked_count=0｜sum_label=満足計｜sum_count=9｜sum_percent=81.8｜is_r
        　　eference_only=✓
        　・　・　・　・　・　・　・　・options 5
        　・　・　・　・　・　・　・　・　・number=1｜text=とても満足｜count=6｜percent=54.5｜kind=option
        　・　・　・　・　・　・　・　・　・number=2｜text=満足｜count=3｜percent=27.3｜kind=option
        　・　・　・　・　・　・　・　・　・number=3｜text=どちらともいえない｜count=2｜percent=18.2｜kind=option
        　・　・　・　・　・　・　・　・　・number=4｜text=不満｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・　・　・　・　・number=5｜text=とても不満｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・　・　・question=Question｜base=4｜other_count=0｜outside_count=0｜no_answer=0｜answered
        　　_count=4｜over_limit_count=0｜not_asked_count=0｜sum_label=満足計｜sum_count=3｜sum_percent=75.0｜is_ref
        　　erence_only=✓
        　・　・　・　・　・　・　・　・options 5
        　・　・　・　・　・　・　・　・　・number=1｜text=とても満足｜count=2｜percent=50.0｜kind=option
        　・　・　・　・　・　・　・　・　・number=2｜text=満足｜count=1｜percent=25.0｜kind=option
        　・　・　・　・　・　・　・　・　・number=3｜text=どちらともいえない｜count=1｜percent=25.0｜kind=option
        　・　・　・　・　・　・　・　・　・number=4｜text=不満｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・　・　・　・　・number=5｜text=とても不満｜count=0｜percent=0.0｜kind=option
        　・　・　・　・　・intent question=Question｜base=15｜other_count=0｜outside_count=0｜no_answer=0｜answered
        　　_count=15｜over_limit_count=0｜not_asked_count=0｜sum_label=肯定計｜sum_count=10｜sum_percent=66.7｜is_r
        　　eference_only=✓
        　・　・　・　・　・　・options 5
        　・　・　・　・　・　・　・number=1｜text=すぐに使いたい｜count=7｜percent=46.7｜kind=option
        　・　・　・　・　・　・　・number=2｜text=準備をして使いたい｜count=3｜percent=20.0｜kind=option
        　・　・　・　・　・　・　・number=3｜text=どちらともいえない｜count=3｜percent=20.0｜kind=option
        　・　・　・　・　・　・　・number=4｜text=あまり使いたくない｜count=1｜percent=6.7｜kind=option
        　・　・　・　・　・　・　・number=5｜text=使いたくない｜count=1｜percent=6.7｜kind=option
        　・　・　・　・　・　・channels 2
        　・　・　・　・　・　・　・question=Question｜base=11｜other_count=0｜outside_count=0｜no_answer=0｜answere
        　　d_count=11｜over_limit_count=0｜not_asked_count=0｜sum_label=肯定計｜sum_count=7｜sum_percent=63.6｜is_r
        　　eference_only=✓
        　・　・　・　・　・　・　・　・options 5
        　・　・　・　・　・　・　・　・　・number=1｜text=すぐに使いたい｜count=4｜percent=36.4｜kind=option
        　・　・　・　・　・　・　・　・　・number=2｜text=準備をして使いたい｜count=3｜percent=27.3｜kind=option
        　・　・　・　・　・　・　・　・　・number=3｜text=どちらともいえない｜count=2｜percent=18.2｜kind=option
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －as_of=2026-12-01｜record_line=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1
        　　回　計8回　延べ人数111人・実人数76人、延べ団体72団体・実団体39団体。延べは回ごとに数えた合計、実は同じ人
        　　・同じ団体を1と数えたもの。出席の記録による。
        ＋as_of=2026-12-01｜record_line=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1
        　　回　計8回　延べ人数記録なし・実人数、延べ団体記録なし・実団体。延べは回ごとに数えた合計、実は同じ人・同
        　　じ団体を1と数えたもの。出席の記録による。
        －　・　・　・　・event=Event 1｜attendance=16｜paper=11｜online=4｜rate=93.8｜frozen_on=2026-09-18
        ＋　・　・　・　・event=Event 1｜paper=11｜online=4｜frozen_on=2026-09-18
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －as_of=2026-12-01｜record_line=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1
        　　回　計8回　延べ人数111人・実人数76人、延べ団体72団体・実団体39団体。延べは回ごとに数えた合計、実は同じ人
        　　・同じ団体を1と数えたもの。出席の記録による。
        ＋as_of=2026-12-01｜record_line=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1
        　　回　計8回　延べ人数110人・実人数75人、延べ団体72団体・実団体39団体。延べは回ごとに数えた合計、実は同じ人
        　　・同じ団体を1と数えたもの。出席の記録による。
        """,
    )


def test_the_year_in_a_line_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_record_summary,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        text=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数111人・
        　　実人数76人、延べ団体72団体・実団体39団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたもの
        　　。出席の記録による。
        　・rows 4
        　・　・ 2
        　・　・　・講習会
        　・　・　・events=5｜visits=75｜people=57｜group_visits=56｜groups=38｜roster_events=5｜typed_events=0｜unk
        　　nown_events=0｜visits_from_roster=75｜unnamed=0｜events_without_groups=0
        　・　・ 2
        　・　・　・アドバイザー派遣
        　・　・　・events=2｜visits=18｜people=18｜group_visits=2｜groups=2｜roster_events=2｜typed_events=0｜unkno
        　　wn_events=0｜visits_from_roster=18｜unnamed=0｜events_without_groups=0
        　・　・ 2
        　・　・　・意見交換会
        　・　・　・events=1｜visits=18｜people=18｜group_visits=14｜groups=14｜roster_events=1｜typed_events=0｜unk
        　　nown_events=0｜visits_from_roster=18｜unnamed=0｜events_without_groups=0
        　・　・ 2
        　・　・　・計
        　・　・　・events=8｜visits=111｜people=76｜group_visits=72｜groups=39｜roster_events=8｜typed_events=0｜un
        　　known_events=0｜visits_from_roster=111｜unnamed=0｜events_without_groups=0
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －text=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数111人
        　　・実人数76人、延べ団体72団体・実団体39団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたも
        　　の。出席の記録による。
        ＋text=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数記録な
        　　し・実人数、延べ団体記録なし・実団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたもの。出
        　　席の記録による。
        －　・　・　・events=5｜visits=75｜people=57｜group_visits=56｜groups=38｜roster_events=5｜typed_events=0｜u
        　　nknown_events=0｜visits_from_roster=75｜unnamed=0｜events_without_groups=0
        ＋　・　・　・events=5｜visits=0｜people=0｜group_visits=0｜groups=0｜roster_events=0｜typed_events=0｜unkno
        　　wn_events=5｜visits_from_roster=0｜unnamed=0｜events_without_groups=0
        －　・　・　・events=2｜visits=18｜people=18｜group_visits=2｜groups=2｜roster_events=2｜typed_events=0｜unk
        　　nown_events=0｜visits_from_roster=18｜unnamed=0｜events_without_groups=0
        ＋　・　・　・events=2｜visits=0｜people=0｜group_visits=0｜groups=0｜roster_events=0｜typed_events=0｜unkno
        　　wn_events=2｜visits_from_roster=0｜unnamed=0｜events_without_groups=0
        －　・　・　・events=1｜visits=18｜people=18｜group_visits=14｜groups=14｜roster_events=1｜typed_events=0｜u
        　　nknown_events=0｜visits_from_roster=18｜unnamed=0｜events_without_groups=0
        ＋　・　・　・events=1｜visits=0｜people=0｜group_visits=0｜groups=0｜roster_events=0｜typed_events=0｜unkno
        　　wn_events=1｜visits_from_roster=0｜unnamed=0｜events_without_groups=0
        －　・　・　・events=8｜visits=111｜people=76｜group_visits=72｜groups=39｜roster_events=8｜typed_events=0｜
        　　unknown_events=0｜visits_from_roster=111｜unnamed=0｜events_without_groups=0
        ＋　・　・　・events=8｜visits=0｜people=0｜group_visits=0｜groups=0｜roster_events=0｜typed_events=0｜unkno
        　　wn_events=8｜visits_from_roster=0｜unnamed=0｜events_without_groups=0
        ＋　・notes 出席者数の記録がない8回は入っていない。
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －text=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数111人
        　　・実人数76人、延べ団体72団体・実団体39団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたも
        　　の。出席の記録による。
        ＋text=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数110人
        　　・実人数75人、延べ団体72団体・実団体39団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたも
        　　の。出席の記録による。
        －　・　・　・events=5｜visits=75｜people=57｜group_visits=56｜groups=38｜roster_events=5｜typed_events=0｜u
        　　nknown_events=0｜visits_from_roster=75｜unnamed=0｜events_without_groups=0
        ＋　・　・　・events=5｜visits=74｜people=56｜group_visits=56｜groups=38｜roster_events=5｜typed_events=0｜u
        　　nknown_events=0｜visits_from_roster=74｜unnamed=0｜events_without_groups=0
        －　・　・　・events=8｜visits=111｜people=76｜group_visits=72｜groups=39｜roster_events=8｜typed_events=0｜
        　　unknown_events=0｜visits_from_roster=111｜unnamed=0｜events_without_groups=0
        ＋　・　・　・events=8｜visits=110｜people=75｜group_visits=72｜groups=39｜roster_events=8｜typed_events=0｜
        　　unknown_events=0｜visits_from_roster=110｜unnamed=0｜events_without_groups=0
        """,
    )


def test_the_years_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_year,
            s,
            fiscal_year=2026,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        fiscal_year=2026｜kind=講習会
        　・kinds EventKind 1、EventKind 3
        　・sources 7
        　・　・key=前1｜earlier_id=1
        　・　・　・source label=令和7年度　講習会｜response_count=54｜note=令和7年度 実施報告書（紙の写し）｜has_to
        　　tals_only=✓
        　・　・　・　・questions 7
        　・　・　・　・　・code=position｜title=町会・自治会での役割｜type=SA｜base=54
        　・　・　・　・　・　・counts[会長] 16
        　・　・　・　・　・　・counts[副会長] 9
        　・　・　・　・　・　・counts[会計] 7
        　・　・　・　・　・　・counts[広報・デジタル担当] 6
        　・　・　・　・　・　・counts[その他の役員] 10
        　・　・　・　・　・　・counts[会員] 5
        　・　・　・　・　・　・counts[無回答] 1
        　・　・　・　・　・code=satisfaction｜title=講習会全体の満足度｜type=SA｜base=54
        　・　・　・　・　・　・counts[とても満足] 17
        　・　・　・　・　・　・counts[満足] 25
        　・　・　・　・　・　・counts[どちらともいえない] 8
        　・　・　・　・　・　・counts[不満] 2
        　・　・　・　・　・　・counts[とても不満] 1
        　・　・　・　・　・　・counts[無回答] 1
        　・　・　・　・　・code=understanding｜title=講師の説明は分かりやすかったですか｜type=SA｜base=54
        　・　・　・　・　・　・counts[よく理解できた] 14
        　・　・　・　・　・　・counts[だいたい理解できた] 27
        　・　・　・　・　・　・counts[どちらともいえない] 7
        　・　・　・　・　・　・counts[あまり理解できなかった] 4
        　・　・　・　・　・　・counts[まったく理解できなかった] 1
        　・　・　・　・　・　・counts[無回答] 1
        　・　・　・　・　・code=pace｜title=進む速さ｜type=SA｜base=54
        　・　・　・　・　・　・counts[速い] 6
        　・　・　・　・　・　・counts[やや速い] 13
        　・　・　・　・　・　・counts[ちょうどよい] 29
        　・　・　・　・　・　・counts[やや遅い] 4
        　・　・　・　・　・　・counts[遅い] 1
        　・　・　・　・　・　・counts[無回答] 1
        　・　・　・　・　・code=useful｜title=参考になった内容（いくつでも）｜type=MA｜base=54
        　・　・　・　・　・　・counts[講師の説明] 24
        　・　・　・　・　・　・counts[ほかの町会・自治会の事例] 29
        　・　・　・　・　・　・counts[操作の体験] 21
        　・　・　・　・　・　・counts[運用するときの注意点] 19
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


def test_years_to_choose_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_year_options,
            s,
            fiscal_year=2026,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
         111
        　・key=2026|講習会|町会・自治会での役割|会長｜kind=講習会｜question=問1　町会・自治会での役割｜option=会長
        　　｜count=6｜base=66｜percent=9.1｜is_preliminary=✓｜id=2026|講習会|町会・自治会での役割|会長
        　・key=2026|講習会|町会・自治会での役割|副会長｜kind=講習会｜question=問1　町会・自治会での役割｜option=副
        　　会長｜count=17｜base=66｜percent=25.8｜is_preliminary=✓｜id=2026|講習会|町会・自治会での役割|副会長
        　・key=2026|講習会|町会・自治会での役割|会計｜kind=講習会｜question=問1　町会・自治会での役割｜option=会計
        　　｜count=11｜base=66｜percent=16.7｜is_preliminary=✓｜id=2026|講習会|町会・自治会での役割|会計
        　・key=2026|講習会|町会・自治会での役割|広報・デジタル担当｜kind=講習会｜question=問1　町会・自治会での役割
        　　｜option=広報・デジタル担当｜count=13｜base=66｜percent=19.7｜is_preliminary=✓｜id=2026|講習会|町会・自
        　　治会での役割|広報・デジタル担当
        　・key=2026|講習会|町会・自治会での役割|その他の役員｜kind=講習会｜question=問1　町会・自治会での役割｜opti
        　　on=その他の役員｜count=11｜base=66｜percent=16.7｜is_preliminary=✓｜id=2026|講習会|町会・自治会での役割|
        　　その他の役員
        　・key=2026|講習会|町会・自治会での役割|会員｜kind=講習会｜question=問1　町会・自治会での役割｜option=会員
        　　｜count=5｜base=66｜percent=7.6｜is_preliminary=✓｜id=2026|講習会|町会・自治会での役割|会員
        　・key=2026|講習会|講習会全体の満足度|とても満足｜kind=講習会｜question=問2　講習会全体の満足度｜option=と
        　　ても満足｜count=25｜base=66｜percent=37.9｜is_preliminary=✓｜id=2026|講習会|講習会全体の満足度|とても満
        　　足
        　・key=2026|講習会|講習会全体の満足度|満足｜kind=講習会｜question=問2　講習会全体の満足度｜option=満足｜cou
        　　nt=31｜base=66｜percent=47.0｜is_preliminary=✓｜id=2026|講習会|講習会全体の満足度|満足
        　・key=2026|講習会|講習会全体の満足度|どちらともいえない｜kind=講習会｜question=問2　講習会全体の満足度｜op
        　　tion=どちらともいえない｜count=8｜base=66｜percent=12.1｜is_preliminary=✓｜id=2026|講習会|講習会全体の満
        　　足度|どちらともいえない
        　・key=2026|講習会|講習会全体の満足度|不満｜kind=講習会｜question=問2　講習会全体の満足度｜option=不満｜cou
        　　nt=0｜base=66｜percent=0.0｜is_preliminary=✓｜id=2026|講習会|講習会全体の満足度|不満
        　・key=2026|講習会|講習会全体の満足度|とても不満｜kind=講習会｜question=問2　講習会全体の満足度｜option=と
        　　ても不満｜count=0｜base=66｜percent=0.0｜is_preliminary=✓｜id=2026|講習会|講習会全体の満足度|とても不満
        　・key=2026|講習会|講習の内容は理解できましたか|よく理解できた｜kind=講習会｜question=問3　講習の内容は理解
        　　できましたか｜option=よく理解できた｜count=27｜base=66｜percent=40.9｜is_preliminary=✓｜id=2026|講習会|
        　　講習の内容は理解できましたか|よく理解できた
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
