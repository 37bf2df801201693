"""What the page of 数の突き合わせ is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.year_end.consistency.services.event_numbers import read_event_numbers
from app.year_end.consistency.services.suspected_misreadings import read_suspected_misreadings
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_numbers_of_a_lecture_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_event_numbers, s, event_id=event_id(s, "講習会", 2)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 2｜agreeing=22｜contradictions=0｜id=2｜outdated=0
        　・facts id=2｜kind=講習会｜year_kind=EventKind 1｜form=講習｜ordinal=2｜subject=LINE講習会｜event_date=202
        　　6-09-30｜start_time=14:00｜end_time=16:00｜booked_minutes=120｜minutes=120｜question_minutes=20｜lecture
        　　r=講師　見本　亮介（見本企画株式会社） / 補助講師　例野　さくら、髙見本　由美子（同）｜network=有｜witne
        　　ss=区民協働担当係　2人｜tablet_side=区｜full_title=第2回 LINE講習会｜length_words=120分｜ordinal_words=
        　　第2回｜participant_title=デジタル活用講習会　第2回「LINE講習会」｜room=第1会議室｜title=デジタル
        　・　・venue_facts venue=見本ほしぞら地域集会所｜room=第1会議室｜terms=区立施設・使用料は区の負担｜phone=03
        　　-0000-2002｜address=見本台2丁目8番3号｜access=見本台バス停から徒歩3分
        　・　・agenda AgendaItem 8、AgendaItem 9、AgendaItem 10、AgendaItem 11、AgendaItem 12、AgendaItem 13、Agend
        　　aItem 14
        　・　・equipment EquipmentItem 7、EquipmentItem 8、EquipmentItem 9、EquipmentItem 10、EquipmentItem 11、Equ
        　　ipmentItem 12
        　・　・people applied=18｜applied_organisations=13｜decided=18｜decided_organisations=13｜expected=18｜expe
        　　cted_organisations=13｜own_devices=6｜lent_devices=10｜unknown_devices=2｜care_count=1｜attended=16｜att
        　　ended_organisations=12｜absent=2｜walk_ins=0｜used_lent=10｜used_own=6｜photo_allowed=15｜photo_refused=
        　　1｜unmarked=0｜used_unknown=0
        　・　・copies people=18｜spare=2｜is_notified=✓｜total=20
        　・　・responses paper=10｜online=5｜rate=93.8｜attended=16｜fixed_on=2026-10-08｜returned=15
        　・ours[申込] 18
        　・ours[決定] 18
        　・ours[参加予定] 18
        　・ours[出席] 16
        　・ours[欠席] 2
        　・ours[団体（予定）] 13
        　・ours[団体（出席）] 12
        　・ours[貸与端末] 10
        　・ours[印刷部数] 20
        　・ours[時間] 120
        　・ours[回収] 15
        　・ours[回収率] 93.8
        　・ours[満足計] 11
        　・ours[活用の意向あり] 11
        　・ours[問1] 0・4・2・4・5・0・0
        　・ours[問2] 2・9・2・0・0・2
        　・ours[問3] 7・5・2・0・0・1
        　・ours[問4] 0・6・9・0・0・0
        　・ours[問5] 1・3・8・1・1・1
        　・ours[問6] 9・5・4・3・2・1・0・2・0
        　・ours[問7] 9・6・6・4・4・3・3・0・0
        　・ours[問8] 7・5・4・4・4・2・0・0・1・0
        　・ours[問9] 7・4・2・1・0・1
        　・sources 3
        　・　・key=人数連絡｜title=人数連絡 第2報｜day=2026-09-28｜occasion=連絡｜own=✓
        　・　・　・values[参加予定] 18
        　・　・　・values[団体（予定）] 13
        　・　・　・values[貸与端末] 10
        　・　・　・values[印刷部数] 20
        　・　・key=受託者の集計｜title=受託者の集計｜day=2026-10-08｜occasion=受領
        　・　・　・values[回収] 15
        　・　・　・values[回収率] 93.8
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 2｜agreeing=22｜contradictions=0｜id=2｜outdated=0
        －　・facts id=2｜kind=講習会｜year_kind=EventKind 1｜form=講習｜ordinal=2｜subject=LINE講習会｜event_date=2
        　　026-09-30｜start_time=14:00｜end_time=16:00｜booked_minutes=120｜minutes=120｜question_minutes=20｜lectu
        　　rer=講師　見本　亮介（見本企画株式会社） / 補助講師　例野　さくら、髙見本　由美子（同）｜network=有｜wit
        　　ness=区民協働担当係　2人｜tablet_side=区｜full_title=第2回 LINE講習会｜length_words=120分｜ordinal_words
        　　=第2回｜participant_title=デジタル活用講習会　第2回「LINE講習会」｜room=第1会議室｜title=デジタル
        －　・　・venue_facts venue=見本ほしぞら地域集会所｜room=第1会議室｜terms=区立施設・使用料は区の負担｜phone=
        　　03-0000-2002｜address=見本台2丁目8番3号｜access=見本台バス停から徒歩3分
        ＋event=Event 2｜agreeing=22｜contradictions=1｜id=2｜outdated=0
        ＋　・facts id=2｜kind=講習会｜year_kind=EventKind 1｜form=講習｜ordinal=2｜subject=LINE講習会｜event_date=2
        　　026-09-30｜start_time=14:00｜end_time=16:00｜booked_minutes=120｜minutes=120｜question_minutes=20｜lectu
        　　rer=講師　見本　亮介（見本企画株式会社） / 補助講師　例野　さくら、髙見本　由美子（同）｜network=有｜tab
        　　let_side=区｜full_title=第2回 LINE講習会｜length_words=120分｜ordinal_words=第2回｜participant_title=デ
        　　ジタル活用講習会　第2回「LINE講習会」｜title=デジタル活用講習会　第2回「LINE講習会」｜title_witho
        ＋　・　・venue_facts venue=見本ほしぞら地域集会所｜terms=区立施設・使用料は区の負担
        －　・　・people applied=18｜applied_organisations=13｜decided=18｜decided_organisations=13｜expected=18｜ex
        　　pected_organisations=13｜own_devices=6｜lent_devices=10｜unknown_devices=2｜care_count=1｜attended=16｜a
        　　ttended_organisations=12｜absent=2｜walk_ins=0｜used_lent=10｜used_own=6｜photo_allowed=15｜photo_refuse
        　　d=1｜unmarked=0｜used_unknown=0
        ＋　・　・people applied=18｜applied_organisations=13｜decided=18｜decided_organisations=13｜expected=18｜ex
        　　pected_organisations=13｜own_devices=0｜lent_devices=0｜unknown_devices=18｜care_count=0｜unmarked=18
        －　・ours[出席] 16
        －　・ours[欠席] 2
        －　・ours[団体（出席）] 12
        －　・ours[貸与端末] 10
        －　・　・key=受託者の集計｜title=受託者の集計｜day=2026-10-08｜occasion=受領
        ＋　・　・key=受託者の集計｜title=受託者の集計｜occasion=受領
        ＋　・　・　・values[満足計] 11
        ＋　・　・　・values[活用の意向あり] 11
        ＋　・　・　・values[問1] 0・4・2・4・5・0・0
        ＋　・　・　・values[問2] 2・9・2・0・0・2
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_numbers_of_a_visit_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_event_numbers, s, event_id=event_id(s, "派遣", 1)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 8｜agreeing=8｜contradictions=0｜id=8｜outdated=0
        　・facts id=8｜kind=派遣｜year_kind=EventKind 2｜form=派遣｜ordinal=1｜subject=派遣 見本あおば町会｜organis
        　　ation_id=1｜organisation_name=見本あおば町会｜event_date=2026-10-21｜start_time=10:00｜end_time=12:00｜b
        　　ooked_minutes=120｜minutes=110｜question_minutes=30｜lecturer=見本　亮介、補助　例野　さくら（見本企画株
        　　式会社）｜network=無｜witness=区民協働担当係　2人｜full_title=第1回 派遣 見本あおば町会｜length_words=進
        　　行の合計110分｜ordinal_words=第1回｜participant_title=アドバイザー派遣による個別支援｜title=
        　・　・venue_facts venue=見本あおば会館｜terms=使用料なし
        　・　・tools LINE公式アカウント、ホームページ
        　・　・agenda AgendaItem 50、AgendaItem 51、AgendaItem 52、AgendaItem 53、AgendaItem 54、AgendaItem 55、Age
        　　ndaItem 56、AgendaItem 57
        　・　・equipment EquipmentItem 43、EquipmentItem 44、EquipmentItem 45
        　・　・people applied=10｜applied_organisations=1｜decided=10｜decided_organisations=1｜expected=10｜expect
        　　ed_organisations=1｜own_devices=9｜lent_devices=0｜unknown_devices=1｜care_count=1｜attended=9｜attended
        　　_organisations=1｜absent=1｜walk_ins=0｜used_lent=0｜used_own=9｜photo_allowed=8｜photo_refused=1｜unmar
        　　ked=0｜used_unknown=0
        　・　・copies people=10｜spare=2｜is_notified=✓｜total=12
        　・ours[申込] 10
        　・ours[決定] 10
        　・ours[参加予定] 10
        　・ours[出席] 9
        　・ours[欠席] 1
        　・ours[団体（予定）] 1
        　・ours[団体（出席）] 1
        　・ours[印刷部数] 12
        　・ours[時間] 110
        　・sources 2
        　・　・key=人数連絡｜title=人数連絡 第1報｜day=2026-10-14｜occasion=連絡｜own=✓
        　・　・　・values[参加予定] 10
        　・　・　・values[団体（予定）] 1
        　・　・　・values[印刷部数] 12
        　・　・key=届いた報告書｜title=届いた報告書 第1版｜day=2026-11-09｜occasion=受領
        　・　・　・values[申込] 10
        　・　・　・values[出席] 9
        　・　・　・values[欠席] 1
        　・　・　・values[団体（出席）] 1
        　・　・　・values[印刷部数] 12
        　・　・　・values[時間] 110
        　・rows 9
        　・　・name=申込｜ours=10｜unit=人
        　・　・　・cells 2
        　・　・　・　・status=載らない｜acceptance_id=0
        　・　・　・　・　・source key=人数連絡｜title=人数連絡 第1報｜day=2026-10-14｜occasion=連絡｜own=✓
        　・　・　・　・　・　・values[参加予定] 10
        　・　・　・　・　・　・values[団体（予定）] 1
        　・　・　・　・　・　・values[印刷部数] 12
        　・　・　・　・value=10｜status=一致｜acceptance_id=0
        　・　・　・　・　・source key=届いた報告書｜title=届いた報告書 第1版｜day=2026-11-09｜occasion=受領
        　・　・　・　・　・　・values[申込] 10
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・facts id=8｜kind=派遣｜year_kind=EventKind 2｜form=派遣｜ordinal=1｜subject=派遣 見本あおば町会｜organ
        　　isation_id=1｜organisation_name=見本あおば町会｜event_date=2026-10-21｜start_time=10:00｜end_time=12:00
        　　｜booked_minutes=120｜minutes=110｜question_minutes=30｜lecturer=見本　亮介、補助　例野　さくら（見本企
        　　画株式会社）｜network=無｜witness=区民協働担当係　2人｜full_title=第1回 派遣 見本あおば町会｜length_word
        　　s=進行の合計110分｜ordinal_words=第1回｜participant_title=アドバイザー派遣による個別支援｜title=
        ＋　・facts id=8｜kind=派遣｜year_kind=EventKind 2｜form=派遣｜ordinal=1｜subject=派遣 見本あおば町会｜organ
        　　isation_id=1｜organisation_name=見本あおば町会｜event_date=2026-10-21｜start_time=10:00｜end_time=12:00
        　　｜booked_minutes=120｜minutes=110｜question_minutes=30｜lecturer=見本　亮介、補助　例野　さくら（見本企
        　　画株式会社）｜network=無｜full_title=第1回 派遣 見本あおば町会｜length_words=進行の合計110分｜ordinal_wo
        　　rds=第1回｜participant_title=アドバイザー派遣による個別支援｜title=アドバイザー派遣による個別支援　第1回
        －　・　・people applied=10｜applied_organisations=1｜decided=10｜decided_organisations=1｜expected=10｜expe
        　　cted_organisations=1｜own_devices=9｜lent_devices=0｜unknown_devices=1｜care_count=1｜attended=9｜attend
        　　ed_organisations=1｜absent=1｜walk_ins=0｜used_lent=0｜used_own=9｜photo_allowed=8｜photo_refused=1｜unm
        　　arked=0｜used_unknown=0
        ＋　・　・people applied=10｜applied_organisations=1｜decided=10｜decided_organisations=1｜expected=10｜expe
        　　cted_organisations=1｜own_devices=0｜lent_devices=0｜unknown_devices=10｜care_count=0｜unmarked=10
        －　・ours[出席] 9
        －　・ours[欠席] 1
        －　・ours[団体（出席）] 1
        ＋　・　・　・　・　・　・values[出席] 9
        ＋　・　・　・　・　・　・values[欠席] 1
        ＋　・　・　・　・　・　・values[団体（出席）] 1
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_numbers_of_an_exchange_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_event_numbers, s, event_id=event_id(s, "意見交換会", 1))
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 11｜agreeing=20｜contradictions=2｜id=11｜outdated=0
        　・facts id=11｜kind=意見交換会｜year_kind=EventKind 3｜form=意見交換｜ordinal=1｜subject=意見交換会｜event
        　　_date=2026-11-12｜start_time=14:00｜end_time=16:00｜booked_minutes=120｜minutes=120｜question_minutes=0
        　　｜lecturer=見本　亮介（見本企画株式会社）｜network=有｜witness=区民協働担当係　2人｜groups=4｜facilitato
        　　r_count=4｜full_title=第1回 意見交換会｜length_words=120分｜ordinal_words=第1回｜participant_title=デジ
        　　タル意見交換会　第1回｜room=第1会議室｜title=デジタル意見交換会　第1回｜title_withou
        　・　・venue_facts venue=見本ほしぞら地域集会所｜room=第1会議室｜terms=区立施設・使用料は区の負担｜phone=03
        　　-0000-2002｜address=見本台2丁目8番3号｜access=見本台バス停から徒歩3分
        　・　・facilitators[1] 例野　一子
        　・　・facilitators[2] 仮井　三郎
        　・　・facilitators[3] 見本木　ゆり
        　・　・facilitators[4] 渡邉見本　大地
        　・　・agenda AgendaItem 74、AgendaItem 75、AgendaItem 76、AgendaItem 77、AgendaItem 78、AgendaItem 79、Age
        　　ndaItem 80、AgendaItem 81、AgendaItem 82
        　・　・equipment EquipmentItem 51、EquipmentItem 52、EquipmentItem 53、EquipmentItem 54、EquipmentItem 55、
        　　EquipmentItem 56、EquipmentItem 57、EquipmentItem 58
        　・　・people applied=19｜applied_organisations=15｜decided=19｜decided_organisations=15｜expected=19｜expe
        　　cted_organisations=15｜own_devices=0｜lent_devices=0｜unknown_devices=19｜care_count=1｜attended=18｜att
        　　ended_organisations=14｜absent=1｜walk_ins=0｜used_lent=0｜used_own=0｜photo_allowed=17｜photo_refused=1
        　　｜unmarked=0｜used_unknown=18
        　・　・copies people=19｜spare=2｜is_notified=✓｜total=21
        　・　・responses paper=13｜online=4｜rate=94.4｜attended=18｜fixed_on=2026-11-20｜returned=17
        　・ours[申込] 19
        　・ours[決定] 19
        　・ours[参加予定] 19
        　・ours[出席] 18
        　・ours[欠席] 1
        　・ours[団体（予定）] 15
        　・ours[団体（出席）] 14
        　・ours[印刷部数] 21
        　・ours[時間] 120
        　・ours[回収] 17
        　・ours[回収率] 94.4
        　・ours[満足計] 11
        　・ours[活用の意向あり] 12
        　・ours[問1] 1・3・3・6・1・2・1
        　・ours[問2] 2・9・4・0・0・2
        　・ours[問3] 8・4・3・0・0・2
        　・ours[問4] 6・8・2・1・0・0
        　・ours[問5] 3・1・11・2・0・0
        　・ours[問6] 8・7・6・4・3・3・1・1・0
        　・ours[問7] 6・6・5・4・4・3・1・3・0
        　・ours[問8] 7・6・6・5・3・3・1・0・0
        　・ours[問9] 6・6・5・0・0・0
        　・sources 3
        　・　・key=人数連絡｜title=人数連絡 第1報｜day=2026-11-05｜occasion=連絡｜own=✓
        　・　・　・values[参加予定] 19
        　・　・　・values[団体（予定）] 15
        　・　・　・values[印刷部数] 21
        　・　・key=受託者の集計｜title=受託者の集計｜day=2026-11-20｜occasion=受領
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・facts id=11｜kind=意見交換会｜year_kind=EventKind 3｜form=意見交換｜ordinal=1｜subject=意見交換会｜eve
        　　nt_date=2026-11-12｜start_time=14:00｜end_time=16:00｜booked_minutes=120｜minutes=120｜question_minutes=
        　　0｜lecturer=見本　亮介（見本企画株式会社）｜network=有｜witness=区民協働担当係　2人｜groups=4｜facilitat
        　　or_count=4｜full_title=第1回 意見交換会｜length_words=120分｜ordinal_words=第1回｜participant_title=デジ
        　　タル意見交換会　第1回｜room=第1会議室｜title=デジタル意見交換会　第1回｜title_withou
        －　・　・venue_facts venue=見本ほしぞら地域集会所｜room=第1会議室｜terms=区立施設・使用料は区の負担｜phone=
        　　03-0000-2002｜address=見本台2丁目8番3号｜access=見本台バス停から徒歩3分
        －　・　・facilitators[1] 例野　一子
        －　・　・facilitators[2] 仮井　三郎
        －　・　・facilitators[3] 見本木　ゆり
        －　・　・facilitators[4] 渡邉見本　大地
        ＋　・facts id=11｜kind=意見交換会｜year_kind=EventKind 3｜form=意見交換｜ordinal=1｜subject=意見交換会｜eve
        　　nt_date=2026-11-12｜start_time=14:00｜end_time=16:00｜booked_minutes=120｜minutes=120｜question_minutes=
        　　0｜lecturer=見本　亮介（見本企画株式会社）｜network=有｜full_title=第1回 意見交換会｜length_words=120分
        　　｜ordinal_words=第1回｜participant_title=デジタル意見交換会　第1回｜title=デジタル意見交換会　第1回｜tit
        　　le_without_organisation=デジタル意見交換会　第1回｜venue=見本ほしぞら地域集会所
        ＋　・　・venue_facts venue=見本ほしぞら地域集会所｜terms=区立施設・使用料は区の負担
        －　・　・people applied=19｜applied_organisations=15｜decided=19｜decided_organisations=15｜expected=19｜ex
        　　pected_organisations=15｜own_devices=0｜lent_devices=0｜unknown_devices=19｜care_count=1｜attended=18｜a
        　　ttended_organisations=14｜absent=1｜walk_ins=0｜used_lent=0｜used_own=0｜photo_allowed=17｜photo_refused
        　　=1｜unmarked=0｜used_unknown=18
        ＋　・　・people applied=19｜applied_organisations=15｜decided=19｜decided_organisations=15｜expected=19｜ex
        　　pected_organisations=15｜own_devices=0｜lent_devices=0｜unknown_devices=19｜care_count=0｜unmarked=19
        －　・ours[出席] 18
        －　・ours[欠席] 1
        －　・ours[団体（出席）] 14
        －　・　・key=受託者の集計｜title=受託者の集計｜day=2026-11-20｜occasion=受領
        ＋　・　・key=受託者の集計｜title=受託者の集計｜occasion=受領
        ＋　・　・　・values[回収] 17
        ＋　・　・　・values[回収率] 94.4
        ＋　・　・　・values[満足計] 11
        ＋　・　・　・values[活用の意向あり] 12
        ＋　・　・　・values[問1] 1・3・3・6・1・2・1
        ＋　・　・　・values[問2] 2・9・4・0・0・2
        ＋　・　・　・values[問3] 8・4・3・0・0・2
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_what_may_be_misread_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_suspected_misreadings, s, fiscal_year=2026, today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        words=行だけから調べたのは、配慮の「はい・いいえ」だけの言葉、氏名でない言葉の人、会長の欄、アンケートの「そ
        　　の他」にある選択肢です。撮影・端末・状態の返事は、行からは分からないため調べていません。比べる前の取り込
        　　み（前の版で取り込んだ申込のファイル）はありません。
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
