"""What the page of 年度まとめ is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.year_end.summary.services.year_summary import read_summary
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_summary_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_summary,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme_id=1｜fiscal_year=2026｜today=2026-12-01｜basis=仕様書4(1)から(4)まで｜lecture_names=講習会｜lectu
        　　res_source=仕様書4(1)カ「令和7年度デジタル活用講習会実績」｜record_line=令和8年度（令和8年12月1日現在）
        　　　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数111人・実人数76人、延べ団体72団体・実団
        　　体39団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたもの。出席の記録による。｜line_to_cop
        　　y=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数111人・
        　　実人数76人、延べ団体72団体・実団体39団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたもの
        　　。出席の記録による
        　・kinds 3
        　・　・kind=講習会｜form=講習｜name=講習会｜short_name=講習会｜spec_words=7回程度｜window_words=9/1–12/25
        　　｜planned=2｜undecided=0｜people_spec=10人から20人程度｜outlook=見込みどおり｜is_as_specified=✓
        　・　・　・per_event 16、16、14、12、17
        　・　・　・counts events=5｜visits=75｜people=57｜group_visits=56｜groups=38｜roster_events=5｜typed_events
        　　=0｜unknown_events=0｜visits_from_roster=75｜unnamed=0｜events_without_groups=0
        　・　・　・applied known=81｜unknown=0｜missing=0｜exact=81｜has_number=✓
        　・　・　・earlier number=58｜source=令和7年度の係の記録｜is_typed=✓
        　・　・kind=派遣｜form=派遣｜name=アドバイザー派遣｜short_name=派遣｜spec_words=3団体・3日程度｜window_word
        　　s=9/1–R9 3/15｜planned=1｜undecided=0｜people_spec=10人程度｜outlook=見込みどおり｜is_as_specified=✓
        　・　・　・per_event 9、9
        　・　・　・counts events=2｜visits=18｜people=18｜group_visits=2｜groups=2｜roster_events=2｜typed_events=0
        　　｜unknown_events=0｜visits_from_roster=18｜unnamed=0｜events_without_groups=0
        　・　・　・applied known=19｜unknown=0｜missing=0｜exact=19｜has_number=✓
        　・　・kind=意見交換会｜form=意見交換｜name=意見交換会｜short_name=意見交換会｜spec_words=全2回｜window_wor
        　　ds=9/1–R9 2/14｜planned=1｜undecided=0｜people_spec=10人から20人程度｜outlook=見込みどおり｜is_as_speci
        　　fied=✓
        　・　・　・per_event 18
        　・　・　・counts events=1｜visits=18｜people=18｜group_visits=14｜groups=14｜roster_events=1｜typed_events
        　　=0｜unknown_events=0｜visits_from_roster=18｜unnamed=0｜events_without_groups=0
        　・　・　・applied known=19｜unknown=0｜missing=0｜exact=19｜has_number=✓
        　・total name=計｜short_name=計｜planned=4｜undecided=0｜is_as_specified=✓
        　・　・counts events=8｜visits=111｜people=76｜group_visits=72｜groups=39｜roster_events=8｜typed_events=0
        　　｜unknown_events=0｜visits_from_roster=111｜unnamed=0｜events_without_groups=0
        　・　・applied known=119｜unknown=0｜missing=0｜exact=119｜has_number=✓
        　・attendance 8
        　・　・event=Event 1｜people=16｜lowest=10｜highest=20｜id=1
        　・　・event=Event 2｜people=16｜lowest=10｜highest=20｜id=2
        　・　・event=Event 3｜people=14｜lowest=10｜highest=20｜id=3
        　・　・event=Event 8｜people=9｜lowest=10｜highest=10｜id=8
        　・　・event=Event 4｜people=12｜lowest=10｜highest=20｜id=4
        　・　・event=Event 11｜people=18｜lowest=10｜highest=20｜id=11
        　・　・event=Event 5｜people=17｜lowest=10｜highest=20｜id=5
        　・　・event=Event 9｜people=9｜lowest=10｜highest=10｜id=9
        　・branches 18
        　・　・name=第1支部｜registered=3
        　・　・　・counts events=8｜visits=20｜people=14｜group_visits=8｜groups=3｜roster_events=6｜typed_events=0
        　　｜unknown_events=2｜visits_from_roster=20｜unnamed=0｜events_without_groups=0
        　・　・name=第2支部｜registered=3
        　・　・　・counts events=8｜visits=4｜people=3｜group_visits=4｜groups=3｜roster_events=3｜typed_events=0｜
        　　unknown_events=5｜visits_from_roster=4｜unnamed=0｜events_without_groups=0
        　・　・name=第3支部｜registered=3
        　・　・　・counts events=8｜visits=7｜people=5｜group_visits=5｜groups=3｜roster_events=3｜typed_events=0｜
        　　unknown_events=5｜visits_from_roster=7｜unnamed=0｜events_without_groups=0
        　・　・name=第4支部｜registered=3
        　・　・　・counts events=8｜visits=18｜people=13｜group_visits=7｜groups=3｜roster_events=6｜typed_events=0
        　　｜unknown_events=2｜visits_from_roster=18｜unnamed=0｜events_without_groups=0
        　・　・name=第5支部｜registered=3
        　・　・　・counts events=8｜visits=5｜people=3｜group_visits=4｜groups=2｜roster_events=4｜typed_events=0｜
        　　unknown_events=4｜visits_from_roster=5｜unnamed=0｜events_without_groups=0
        　・　・name=第6支部｜registered=2
        　・　・　・counts events=8｜visits=3｜people=2｜group_visits=3｜groups=2｜roster_events=3｜typed_events=0｜
        　　unknown_events=5｜visits_from_roster=3｜unnamed=0｜events_without_groups=0
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －programme_id=1｜fiscal_year=2026｜today=2026-12-01｜basis=仕様書4(1)から(4)まで｜lecture_names=講習会｜lec
        　　tures_source=仕様書4(1)カ「令和7年度デジタル活用講習会実績」｜record_line=令和8年度（令和8年12月1日現在
        　　）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数111人・実人数76人、延べ団体72団体・実
        　　団体39団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたもの。出席の記録による。｜line_to_c
        　　opy=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数111人
        　　・実人数76人、延べ団体72団体・実団体39団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたも
        　　の。出席の記録による
        ＋programme_id=1｜fiscal_year=2026｜today=2026-12-01｜lecture_names=講習会｜record_line=令和8年度（令和8年12
        　　月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数記録なし・実人数、延べ団体記
        　　録なし・実団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたもの。出席の記録による。｜line_
        　　to_copy=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数
        　　記録なし・実人数、延べ団体記録なし・実団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたも
        　　の。出席の記録による。参加者の満足計は83件（うち23件は確定前）中67人（80.7％）。｜words=令和8年度
        －　・　・　・per_event 16、16、14、12、17
        －　・　・　・counts events=5｜visits=75｜people=57｜group_visits=56｜groups=38｜roster_events=5｜typed_even
        　　ts=0｜unknown_events=0｜visits_from_roster=75｜unnamed=0｜events_without_groups=0
        ＋　・　・　・counts events=5｜visits=0｜people=0｜group_visits=0｜groups=0｜roster_events=0｜typed_events=0
        　　｜unknown_events=5｜visits_from_roster=0｜unnamed=0｜events_without_groups=0
        －　・　・　・earlier number=58｜source=令和7年度の係の記録｜is_typed=✓
        ＋　・　・　・earlier number=58｜is_typed=✓
        －　・　・　・per_event 9、9
        －　・　・　・counts events=2｜visits=18｜people=18｜group_visits=2｜groups=2｜roster_events=2｜typed_events
        　　=0｜unknown_events=0｜visits_from_roster=18｜unnamed=0｜events_without_groups=0
        ＋　・　・　・counts events=2｜visits=0｜people=0｜group_visits=0｜groups=0｜roster_events=0｜typed_events=0
        　　｜unknown_events=2｜visits_from_roster=0｜unnamed=0｜events_without_groups=0
        －　・　・　・per_event 18
        －　・　・　・counts events=1｜visits=18｜people=18｜group_visits=14｜groups=14｜roster_events=1｜typed_even
        　　ts=0｜unknown_events=0｜visits_from_roster=18｜unnamed=0｜events_without_groups=0
        ＋　・　・　・counts events=1｜visits=0｜people=0｜group_visits=0｜groups=0｜roster_events=0｜typed_events=0
        　　｜unknown_events=1｜visits_from_roster=0｜unnamed=0｜events_without_groups=0
        －　・　・counts events=8｜visits=111｜people=76｜group_visits=72｜groups=39｜roster_events=8｜typed_events=
        　　0｜unknown_events=0｜visits_from_roster=111｜unnamed=0｜events_without_groups=0
        ＋　・　・counts events=8｜visits=0｜people=0｜group_visits=0｜groups=0｜roster_events=0｜typed_events=0｜un
        　　known_events=8｜visits_from_roster=0｜unnamed=0｜events_without_groups=0
        －　・　・event=Event 1｜people=16｜lowest=10｜highest=20｜id=1
        －　・　・event=Event 2｜people=16｜lowest=10｜highest=20｜id=2
        －　・　・event=Event 3｜people=14｜lowest=10｜highest=20｜id=3
        －　・　・event=Event 8｜people=9｜lowest=10｜highest=10｜id=8
        －　・　・event=Event 4｜people=12｜lowest=10｜highest=20｜id=4
        －　・　・event=Event 11｜people=18｜lowest=10｜highest=20｜id=11
        －　・　・event=Event 5｜people=17｜lowest=10｜highest=20｜id=5
        －　・　・event=Event 9｜people=9｜lowest=10｜highest=10｜id=9
        －　・branches 18
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －programme_id=1｜fiscal_year=2026｜today=2026-12-01｜basis=仕様書4(1)から(4)まで｜lecture_names=講習会｜lec
        　　tures_source=仕様書4(1)カ「令和7年度デジタル活用講習会実績」｜record_line=令和8年度（令和8年12月1日現在
        　　）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数111人・実人数76人、延べ団体72団体・実
        　　団体39団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたもの。出席の記録による。｜line_to_c
        　　opy=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数111人
        　　・実人数76人、延べ団体72団体・実団体39団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたも
        　　の。出席の記録による
        ＋programme_id=1｜fiscal_year=2026｜today=2026-12-01｜basis=仕様書4(1)から(4)まで｜lecture_names=講習会｜lec
        　　tures_source=仕様書4(1)カ「令和7年度デジタル活用講習会実績」｜record_line=令和8年度（令和8年12月1日現在
        　　）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数110人・実人数75人、延べ団体72団体・実
        　　団体39団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたもの。出席の記録による。｜line_to_c
        　　opy=令和8年度（令和8年12月1日現在）　講習会5回、アドバイザー派遣2回、意見交換会1回　計8回　延べ人数110人
        　　・実人数75人、延べ団体72団体・実団体39団体。延べは回ごとに数えた合計、実は同じ人・同じ団体を1と数えたも
        　　の。出席の記録による
        －　・　・　・per_event 16、16、14、12、17
        －　・　・　・counts events=5｜visits=75｜people=57｜group_visits=56｜groups=38｜roster_events=5｜typed_even
        　　ts=0｜unknown_events=0｜visits_from_roster=75｜unnamed=0｜events_without_groups=0
        ＋　・　・　・per_event 16、16、13、12、17
        ＋　・　・　・counts events=5｜visits=74｜people=56｜group_visits=56｜groups=38｜roster_events=5｜typed_even
        　　ts=0｜unknown_events=0｜visits_from_roster=74｜unnamed=0｜events_without_groups=0
        －　・　・kind=派遣｜form=派遣｜name=アドバイザー派遣｜short_name=派遣｜spec_words=3団体・3日程度｜window_wo
        　　rds=9/1–R9 3/15｜planned=1｜undecided=0｜people_spec=10人程度｜outlook=見込みどおり｜is_as_specified=✓
        ＋　・　・kind=派遣｜form=派遣｜name=アドバイザー派遣｜short_name=派遣｜spec_words=3団体・3日程度｜window_wo
        　　rds=9/1–R9 3/15｜planned=0｜undecided=1｜people_spec=10人程度｜outlook=見込みどおり｜is_as_specified=✓
        －　・total name=計｜short_name=計｜planned=4｜undecided=0｜is_as_specified=✓
        －　・　・counts events=8｜visits=111｜people=76｜group_visits=72｜groups=39｜roster_events=8｜typed_events=
        　　0｜unknown_events=0｜visits_from_roster=111｜unnamed=0｜events_without_groups=0
        ＋　・total name=計｜short_name=計｜planned=3｜undecided=1｜is_as_specified=✓
        ＋　・　・counts events=8｜visits=110｜people=75｜group_visits=72｜groups=39｜roster_events=8｜typed_events=
        　　0｜unknown_events=0｜visits_from_roster=110｜unnamed=0｜events_without_groups=0
        －　・　・event=Event 3｜people=14｜lowest=10｜highest=20｜id=3
        ＋　・　・event=Event 3｜people=13｜lowest=10｜highest=20｜id=3
        """,
    )
