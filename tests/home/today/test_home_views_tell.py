"""What the page of ホーム is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from datetime import date

from app.home.today.services.global_search import search_everything
from app.home.today.services.home import read_home
from app.home.today.services.week_sheet import read_week
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_home_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_home,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        today=2026-12-01｜today_words=令和8年12月1日（火）｜self_managed_words=第4回 キャッシュレス決済講習会 アンケ
        　　ートの検算 11件・第5回 LINE講習会（2回目） アンケートの検算 12件｜is_sample=✓｜has_events=✓｜late_waitin
        　　g_count=2
        　・rows 18
        　・　・date_words=11/24(火)｜is_main_action=✓
        　・　・　・task event=Event 6｜label=資料の確認を終える｜detail=1 / 3点｜basis_short=仕4(1)キ 2週間前｜anno
        　　unced_days=0｜fiscal_year=2026｜basis=仕様書4(1)キ。実施日の2週間前 = 11/24(火)｜bucket=期限超過｜clause
        　　=仕4(1)キ｜column=working｜days_left=-7｜due=2026-11-24｜event_date=2026-12-08｜event_id=6｜event_title=
        　　第6回 Instagram講習会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-20｜margin_ba
        　　sis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜next_actor=区｜no
        　・　・　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施日
        　　の2週間前 = 11/24(火)｜margin_basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜direction=befo
        　　re｜start=2026-12-08｜nominal=2026-11-24｜working=2026-11-24｜margin=2026-11-20｜contract=✓｜effective_d
        　　ate=2026-11-24｜last_day_in_time=2026-11-24
        　・　・　・　・state bucket=期限超過｜days_left=-7｜overdue_days=7｜short_words=7日超過｜open_words=開庁日
        　　 5日｜words=7日超過
        　・　・　・　・words name=資料確認｜label=資料の確認を終える｜action=資料を確認する｜next_actor=区｜unrecor
        　　ded_words=確認の記録なし
        　・　・date_words=11/29(日)｜is_main_action=✓｜awaits_contractor=✓
        　・　・　・task event=Event 4｜label=実施報告書の提出｜basis_short=仕4(1)コ 1か月以内 休日の場合 11/30(月)
        　　｜announced_days=0｜fiscal_year=2026｜basis=仕様書4(1)コ。実施日の翌日 10/30(金) から1か月 = 11/29(日)（
        　　民法140条・143条）。閉庁日のため民法142条により 11/30(月)｜bucket=期限超過｜clause=仕4(1)コ｜column=nomi
        　　nal｜days_left=-2｜due=2026-11-29｜event_date=2026-10-29｜event_id=4｜event_title=第4回 キャッシュレス決
        　　済講習会｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-27｜margin_basis=
        　・　・　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ
        　　。実施日の翌日 10/30(金) から1か月 = 11/29(日)（民法140条・143条）。閉庁日のため民法142条により 11/30(月
        　　)｜margin_basis=目安日 11/27(金)（直前の開庁日）｜direction=after｜start=2026-10-29｜nominal=2026-11-29
        　　｜working=2026-11-30｜margin=2026-11-27｜contract=✓｜effective_date=2026-11-29｜last_day_in_time=2026-11
        　　-30
        　・　・　・　・state bucket=期限超過｜days_left=-2｜overdue_days=1｜short_words=1日超過｜open_words=開庁日
        　　 1日｜words=1日超過
        　・　・　・　・words name=実施報告書｜label=実施報告書の提出｜action=報告書の提出を求める｜next_actor=受託
        　　者
        　・　・date_words=12/1(火)
        　・　・　・task label=希望票の選定を記録する｜detail=見本つきみ台三丁目東部地区防災・見守り活動連合自治会｜
        　　basis_short=目安日｜fiscal_year=0｜basis=見本つきみ台三丁目東部地区防災・見守り活動連合自治会の希望票（1
        　　1/24(火) 受領）に、実施回がまだありません。｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-01｜is
        　　_open=✓｜is_own_target=✓｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner
        　　=区｜owner_words=区｜rule=目安日｜short_words=本日まで｜state_words=本日まで｜task=希望票の選定:6
        　・　・　・　・deadline task=希望票の選定:6｜owner=区｜rule=目安日｜basis=見本つきみ台三丁目東部地区防災・
        　　見守り活動連合自治会の希望票（11/24(火) 受領）に、実施回がまだありません。｜direction=before｜start=2026
        　　-12-01｜nominal=2026-12-01｜working=2026-12-01｜margin=2026-12-01｜effective_date=2026-12-01｜last_day_i
        　　n_time=2026-12-01
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日
        　　｜words=本日まで
        　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        　・　・date_words=12/1(火)
        　・　・　・task event=Event 6｜label=持出しの返却を記録する｜detail=紙 1部｜basis_short=目安日 返却予定｜fi
        　　scal_year=2026｜basis=区の自主管理。持ち出し 12/1(火)　返却予定 12/1(火) 16:40｜bucket=今日｜column=marg
        　　in｜days_left=0｜due=2026-12-01｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2
        　　回目）｜is_open=✓｜kind=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0
        　　｜owner=区｜owner_words=区｜rule=返却予定｜short_words=本日まで｜state_words=
        　・　・　・　・deadline task=持出しの返却｜owner=区｜rule=返却予定｜basis=区の自主管理。持ち出し 12/1(火)
        　　　返却予定 12/1(火) 16:40｜direction=before｜start=2026-12-01｜nominal=2026-12-01｜working=2026-12-01｜m
        　　argin=2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日
        　　｜words=本日まで
        　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        　・　・date_words=12/1(火)
        　・　・　・task event=Event 6｜label=資料の確認結果を通知する｜detail=講習資料「Instagramの投稿と注意点」
        　　 第1版｜basis_short=目安日 未通知｜fiscal_year=2026｜basis=目安日。直していただく資料があります。結果を
        　　通知すると、受託者待ちに移ります｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-01｜event_date=20
        　　26-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜is_own_target=✓｜kind=講習
        　　会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区｜r
        　・　・　・　・deadline task=資料確認結果の連絡｜owner=区｜rule=未通知｜basis=目安日。直していただく資料が
        　　あります。結果を通知すると、受託者待ちに移ります｜direction=before｜start=2026-12-08｜nominal=2026-12-01
        　　｜working=2026-12-01｜margin=2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日
        　　｜words=本日まで
        　・　・　・　・words name=資料確認結果の連絡｜label=資料の確認結果を通知する｜action=資料の確認結果を伝える
        　　｜next_actor=区
        　・　・date_words=12/1(火)
        　・　・　・task event=Event 7｜label=受付締切｜detail=申込 22人｜basis_short=目安日 17日前｜step_id=54｜fis
        　　cal_year=2026｜basis=目安日。17日前 12/1(火)｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-01｜e
        　　vent_date=2026-12-18｜event_id=7｜event_title=第7回 ホームページ・電子回覧板講習会｜is_open=✓｜is_own_ta
        　　rget=✓｜kind=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜
        　　owner_words=区｜rule=17日前｜short_words=本日まで｜state_words=本日
        　・　・　・　・deadline task=募集の段取り｜owner=区｜rule=17日前｜basis=目安日。17日前 12/1(火)｜direction=
        　　before｜start=2026-12-18｜nominal=2026-12-01｜working=2026-12-01｜margin=2026-12-01｜effective_date=2026
        　　-12-01｜last_day_in_time=2026-12-01
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日
        　　｜words=本日まで
        　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        　・　・date_words=12/1(火)
        　・　・　・task event=Event 7｜label=辞退した方に受理を知らせる｜detail=1団体 1人｜basis_short=目安日 受け
        　　たらすぐ｜fiscal_year=2026｜basis=目安日。アプリの目安：受けたらすぐに。辞退受理通知で伝えるか、電話など
        　　で伝えたことを記録すると消えます｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-01｜event_date=20
        　　26-12-18｜event_id=7｜event_title=第7回 ホームページ・電子回覧板講習会｜is_open=✓｜is_own_target=✓｜kind
        　　=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=
        　　区｜rule=受
        　・　・　・　・deadline task=辞退の受理の連絡｜owner=区｜rule=受けたらすぐ｜basis=目安日。アプリの目安：受
        　　けたらすぐに。辞退受理通知で伝えるか、電話などで伝えたことを記録すると消えます｜direction=before｜start=
        　　2026-12-18｜nominal=2026-12-01｜working=2026-12-01｜margin=2026-12-01｜effective_date=2026-12-01｜last_d
        　　ay_in_time=2026-12-01
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日
        　　｜words=本日まで
        　・　・　・　・words name=辞退の受理の連絡｜label=辞退した方に受理を知らせる｜action=作成したものを伝える｜
        　　next_actor=区
        　・　・date_words=12/1(火)
        　・　・　・task event=Event 10｜label=参加人数の変更を連絡する｜detail=実施日 R9 1/13(水) → R9 1/20(水)　9
        　　→8人｜basis_short=目安日 未通知｜fiscal_year=2026｜basis=目安日。連絡したあとに変わりました。変更連絡を
        　　伝えると消えます｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-01｜event_date=2027-01-20｜event_
        　　id=10｜event_title=第3回 派遣 見本わかば町会｜is_open=✓｜is_own_target=✓｜kind=派遣｜margin=2026-12-01｜
        　　next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区→受託者｜rule
        　・　・　・　・deadline task=人数の変更連絡｜owner=区｜rule=未通知｜basis=目安日。連絡したあとに変わりまし
        　　た。変更連絡を伝えると消えます｜direction=before｜start=2027-01-20｜nominal=2026-12-01｜working=2026-12-
        　　01｜margin=2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －today=2026-12-01｜today_words=令和8年12月1日（火）｜self_managed_words=第4回 キャッシュレス決済講習会 アン
        　　ケートの検算 11件・第5回 LINE講習会（2回目） アンケートの検算 12件｜is_sample=✓｜has_events=✓｜late_wait
        　　ing_count=2
        ＋today=2026-12-01｜today_words=令和8年12月1日（火）｜passed_words=いちばん古いもの 9/11(金) 実施結果を記録
        　　する｜self_managed_words=第4回 キャッシュレス決済講習会 アンケートの検算 11件・第5回 LINE講習会（2回目）
        　　 アンケートの検算 12件｜is_sample=✓｜has_events=✓｜late_waiting_count=2
        －　・　・　・task event=Event 6｜label=資料の確認を終える｜detail=1 / 3点｜basis_short=仕4(1)キ 2週間前｜an
        　　nounced_days=0｜fiscal_year=2026｜basis=仕様書4(1)キ。実施日の2週間前 = 11/24(火)｜bucket=期限超過｜clau
        　　se=仕4(1)キ｜column=working｜days_left=-7｜due=2026-11-24｜event_date=2026-12-08｜event_id=6｜event_titl
        　　e=第6回 Instagram講習会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-20｜margin_
        　　basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜next_actor=区｜no
        －　・　・　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施
        　　日の2週間前 = 11/24(火)｜margin_basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜direction=be
        　　fore｜start=2026-12-08｜nominal=2026-11-24｜working=2026-11-24｜margin=2026-11-20｜contract=✓｜effective
        　　_date=2026-11-24｜last_day_in_time=2026-11-24
        ＋　・　・　・task event=Event 6｜label=資料の確認を終える｜detail=1 / 3点｜basis_short=2週間前｜announced_d
        　　ays=0｜fiscal_year=2026｜basis=実施日の2週間前 = 11/24(火)｜bucket=期限超過｜column=working｜days_left=-
        　　7｜due=2026-11-24｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_con
        　　tract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-20｜margin_basis=中14日で数えた目安日 11/20(金)（閉
        　　庁日の前の開庁日）｜next_actor=区｜nominal=2026-11-24｜open_words=開庁
        ＋　・　・　・　・deadline task=資料確認｜owner=区｜rule=2週間前｜basis=実施日の2週間前 = 11/24(火)｜margin_
        　　basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜direction=before｜start=2026-12-08｜nominal=
        　　2026-11-24｜working=2026-11-24｜margin=2026-11-20｜contract=✓｜effective_date=2026-11-24｜last_day_in_ti
        　　me=2026-11-24
        －　・　・　・task event=Event 4｜label=実施報告書の提出｜basis_short=仕4(1)コ 1か月以内 休日の場合 11/30(月
        　　)｜announced_days=0｜fiscal_year=2026｜basis=仕様書4(1)コ。実施日の翌日 10/30(金) から1か月 = 11/29(日)
        　　（民法140条・143条）。閉庁日のため民法142条により 11/30(月)｜bucket=期限超過｜clause=仕4(1)コ｜column=no
        　　minal｜days_left=-2｜due=2026-11-29｜event_date=2026-10-29｜event_id=4｜event_title=第4回 キャッシュレス
        　　決済講習会｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-27｜margin_basis=
        －　・　・　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)
        　　コ。実施日の翌日 10/30(金) から1か月 = 11/29(日)（民法140条・143条）。閉庁日のため民法142条により 11/30(
        　　月)｜margin_basis=目安日 11/27(金)（直前の開庁日）｜direction=after｜start=2026-10-29｜nominal=2026-11-2
        　　9｜working=2026-11-30｜margin=2026-11-27｜contract=✓｜effective_date=2026-11-29｜last_day_in_time=2026-1
        　　1-30
        ＋　・　・　・task event=Event 4｜label=実施報告書の提出｜basis_short=1か月以内 休日の場合 11/30(月)｜announ
        　　ced_days=0｜fiscal_year=2026｜basis=実施日の翌日 10/30(金) から1か月 = 11/29(日)（民法140条・143条）。閉
        　　庁日のため民法142条により 11/30(月)｜bucket=期限超過｜column=nominal｜days_left=-2｜due=2026-11-29｜even
        　　t_date=2026-10-29｜event_id=4｜event_title=第4回 キャッシュレス決済講習会｜is_contract_duty=✓｜is_open=✓
        　　｜kind=講習会｜margin=2026-11-27｜margin_basis=目安日 11/27(金)（直前の開庁日）｜next_acto
        ＋　・　・　・　・deadline task=実施報告書｜owner=受託者｜rule=1か月以内｜basis=実施日の翌日 10/30(金) から1
        　　か月 = 11/29(日)（民法140条・143条）。閉庁日のため民法142条により 11/30(月)｜margin_basis=目安日 11/27(
        　　金)（直前の開庁日）｜direction=after｜start=2026-10-29｜nominal=2026-11-29｜working=2026-11-30｜margin=2
        　　026-11-27｜contract=✓｜effective_date=2026-11-29｜last_day_in_time=2026-11-30
        ＋　・　・date_words=12/1(火)
        ＋　・　・　・task label=提案書の根拠を確かめる　出典が変わった 3件｜detail=協議記録 第19号（変わった） ほか
        　　2件｜basis_short=目安日 決めるまで｜fiscal_year=0｜basis=目安日。根拠に集めたあとに、出典が変わりました
        　　。新しい内容にするか、理由を書いてこのままにすると消えます｜bucket=今日｜column=margin｜days_left=0｜due
        　　=2026-12-01｜is_open=✓｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=
        　　区｜owner_words=区｜rule=決めるまで｜short_words=本日まで｜state_words=本日まで｜task=提案書の根拠の出典
        　　:1
        ＋　・　・　・　・deadline task=提案書の根拠の出典:1｜owner=区｜rule=決めるまで｜basis=目安日。根拠に集めた
        　　あとに、出典が変わりました。新しい内容にするか、理由を書いてこのままにすると消えます｜direction=before｜
        　　start=2026-12-01｜nominal=2026-12-01｜working=2026-12-01｜margin=2026-12-01｜effective_date=2026-12-01｜
        　　last_day_in_time=2026-12-01
        ＋　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0
        　　日｜words=本日まで
        ＋　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        ＋　・　・date_words=12/1(火)
        ＋　・　・　・task event=Event 6｜label=通知後の変更連絡｜detail=決定通知　会場 見本つつじ台区民館 研修室 →
        　　 見本つつじ台区民館｜basis_short=目安日 未通知｜fiscal_year=2026｜basis=目安日。伝えたあとに変わりました
        　　。もう一度伝えるか、理由を書いて見送ると消えます｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-0
        　　1｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜is_own_targ
        　　et=✓｜kind=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜ow
        　　ner_word
        ＋　・　・　・　・deadline task=変わったことの連絡｜owner=区｜rule=未通知｜basis=目安日。伝えたあとに変わり
        　　ました。もう一度伝えるか、理由を書いて見送ると消えます｜direction=before｜start=2026-12-08｜nominal=2026
        　　-12-01｜working=2026-12-01｜margin=2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        ＋　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0
        　　日｜words=本日まで
        ＋　・　・　・　・words name=変わったことの連絡｜label=通知後の変更連絡｜action=変わったことを伝える｜next_a
        　　ctor=区
        －　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0
        　　日｜words=本日まで
        －　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        －　・　・date_words=12/1(火)
        －　・　・　・task event=Event 7｜label=辞退した方に受理を知らせる｜detail=1団体 1人｜basis_short=目安日 受
        　　けたらすぐ｜fiscal_year=2026｜basis=目安日。アプリの目安：受けたらすぐに。辞退受理通知で伝えるか、電話な
        　　どで伝えたことを記録すると消えます｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-01｜event_date=
        　　2026-12-18｜event_id=7｜event_title=第7回 ホームページ・電子回覧板講習会｜is_open=✓｜is_own_target=✓｜ki
        　　nd=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_word
        　　s=区｜rule=受
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・rows 18
        －　・　・date_words=11/24(火)｜is_main_action=✓
        －　・　・　・task event=Event 6｜label=資料の確認を終える｜detail=1 / 3点｜basis_short=仕4(1)キ 2週間前｜an
        　　nounced_days=0｜fiscal_year=2026｜basis=仕様書4(1)キ。実施日の2週間前 = 11/24(火)｜bucket=期限超過｜clau
        　　se=仕4(1)キ｜column=working｜days_left=-7｜due=2026-11-24｜event_date=2026-12-08｜event_id=6｜event_titl
        　　e=第6回 Instagram講習会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-20｜margin_
        　　basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜next_actor=区｜no
        －　・　・　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施
        　　日の2週間前 = 11/24(火)｜margin_basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜direction=be
        　　fore｜start=2026-12-08｜nominal=2026-11-24｜working=2026-11-24｜margin=2026-11-20｜contract=✓｜effective
        　　_date=2026-11-24｜last_day_in_time=2026-11-24
        －　・　・　・　・state bucket=期限超過｜days_left=-7｜overdue_days=7｜short_words=7日超過｜open_words=開庁
        　　日 5日｜words=7日超過
        －　・　・　・　・words name=資料確認｜label=資料の確認を終える｜action=資料を確認する｜next_actor=区｜unrec
        　　orded_words=確認の記録なし
        ＋　・rows 22
        －　・　・　・task event=Event 6｜label=持出しの返却を記録する｜detail=紙 1部｜basis_short=目安日 返却予定｜
        　　fiscal_year=2026｜basis=区の自主管理。持ち出し 12/1(火)　返却予定 12/1(火) 16:40｜bucket=今日｜column=ma
        　　rgin｜days_left=0｜due=2026-12-01｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会
        　　（2回目）｜is_open=✓｜kind=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days
        　　=0｜owner=区｜owner_words=区｜rule=返却予定｜short_words=本日まで｜state_words=
        ＋　・　・　・task event=Event 6｜label=オンライン回答の締切を直す｜detail=締切 12/15(火)（実施は 12/17(木)
        　　）｜basis_short=目安日 オンライン締切｜fiscal_year=2026｜basis=目安日。仕4(1)ケは紙とオンラインの両方で
        　　集める。実施日より前に締め切るとオンラインで答えられない｜bucket=今日｜column=margin｜days_left=0｜due=2
        　　026-12-01｜event_date=2026-12-17｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜kin
        　　d=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words
        　　=区｜r
        ＋　・　・　・　・deadline task=オンライン回答の締切｜owner=区｜rule=オンライン締切｜basis=目安日。仕4(1)ケ
        　　は紙とオンラインの両方で集める。実施日より前に締め切るとオンラインで答えられない｜direction=before｜star
        　　t=2026-12-01｜nominal=2026-12-01｜working=2026-12-01｜margin=2026-12-01｜effective_date=2026-12-01｜last
        　　_day_in_time=2026-12-01
        ＋　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0
        　　日｜words=本日まで
        ＋　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        ＋　・　・date_words=12/1(火)
        ＋　・　・　・task event=Event 6｜label=未連絡 8団体へ電話｜detail=日時の変更｜basis_short=目安日 日時の変更
        　　の判断 12/1(火) から｜fiscal_year=2026｜basis=目安日。日時の変更の連絡が全員に済むまで残ります｜bucket=
        　　今日｜column=margin｜days_left=0｜due=2026-12-01｜event_date=2026-12-17｜event_id=6｜event_title=第6回 I
        　　nstagram講習会（2回目）｜is_open=✓｜kind=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日
        　　｜overdue_days=0｜owner=区｜owner_words=区｜rule=日時の変更の判断 12/1(火) から｜short_words=本
        ＋　・　・　・　・deadline task=中止・変更の電話｜owner=区｜rule=日時の変更の判断 12/1(火) から｜basis=目安
        　　日。日時の変更の連絡が全員に済むまで残ります｜direction=before｜start=2026-12-01｜nominal=2026-12-01｜wo
        　　rking=2026-12-01｜margin=2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        ＋　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0
        　　日｜words=本日まで
        """,
    )


def test_home_in_september_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_home,
            s,
            today=date(2026, 9, 24),
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        today=2026-09-24｜today_words=令和8年9月24日（木）｜is_sample=✓｜has_events=✓｜late_waiting_count=0
        　・rows 7
        　・　・date_words=9/24(木)
        　・　・　・task event=Event 6｜label=資料の確認結果を通知する｜detail=講習資料「Instagramの投稿と注意点」
        　　 第1版｜basis_short=目安日 未通知｜fiscal_year=2026｜basis=目安日。直していただく資料があります。結果を
        　　通知すると、受託者待ちに移ります｜bucket=今日｜column=margin｜days_left=0｜due=2026-09-24｜event_date=20
        　　26-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜is_own_target=✓｜kind=講習
        　　会｜margin=2026-09-24｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区｜r
        　・　・　・　・deadline task=資料確認結果の連絡｜owner=区｜rule=未通知｜basis=目安日。直していただく資料が
        　　あります。結果を通知すると、受託者待ちに移ります｜direction=before｜start=2026-12-08｜nominal=2026-09-24
        　　｜working=2026-09-24｜margin=2026-09-24｜effective_date=2026-09-24｜last_day_in_time=2026-09-24
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日
        　　｜words=本日まで
        　・　・　・　・words name=資料確認結果の連絡｜label=資料の確認結果を通知する｜action=資料の確認結果を伝える
        　　｜next_actor=区
        　・　・date_words=9/24(木)
        　・　・　・task event=Event 7｜label=辞退した方に受理を知らせる｜detail=1団体 1人｜basis_short=目安日 受け
        　　たらすぐ｜fiscal_year=2026｜basis=目安日。アプリの目安：受けたらすぐに。辞退受理通知で伝えるか、電話など
        　　で伝えたことを記録すると消えます｜bucket=今日｜column=margin｜days_left=0｜due=2026-09-24｜event_date=20
        　　26-12-18｜event_id=7｜event_title=第7回 ホームページ・電子回覧板講習会｜is_open=✓｜is_own_target=✓｜kind
        　　=講習会｜margin=2026-09-24｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=
        　　区｜rule=受
        　・　・　・　・deadline task=辞退の受理の連絡｜owner=区｜rule=受けたらすぐ｜basis=目安日。アプリの目安：受
        　　けたらすぐに。辞退受理通知で伝えるか、電話などで伝えたことを記録すると消えます｜direction=before｜start=
        　　2026-12-18｜nominal=2026-09-24｜working=2026-09-24｜margin=2026-09-24｜effective_date=2026-09-24｜last_d
        　　ay_in_time=2026-09-24
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日
        　　｜words=本日まで
        　・　・　・　・words name=辞退の受理の連絡｜label=辞退した方に受理を知らせる｜action=作成したものを伝える｜
        　　next_actor=区
        　・　・date_words=9/24(木)
        　・　・　・task event=Event 8｜label=通知の記録｜detail=決定通知（1団体 10人）｜basis_short=目安日 未通知｜
        　　fiscal_year=2026｜basis=目安日。施行しましたが、伝えた記録がありません｜bucket=今日｜column=margin｜days
        　　_left=0｜due=2026-09-24｜event_date=2026-10-21｜event_id=8｜event_title=第1回 派遣 見本あおば町会｜is_op
        　　en=✓｜is_own_target=✓｜kind=派遣｜margin=2026-09-24｜next_actor=区｜open_words=開庁日 0日｜overdue_days=
        　　0｜owner=区｜owner_words=区｜rule=未通知｜short_words=本日まで｜state_words=本日まで｜t
        　・　・　・　・deadline task=作成したものの連絡｜owner=区｜rule=未通知｜basis=目安日。施行しましたが、伝え
        　　た記録がありません｜direction=before｜start=2026-10-21｜nominal=2026-09-24｜working=2026-09-24｜margin=2
        　　026-09-24｜effective_date=2026-09-24｜last_day_in_time=2026-09-24
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日
        　　｜words=本日まで
        　・　・　・　・words name=作成したものの連絡｜label=通知の記録｜action=作成したものを伝える｜next_actor=区
        　・　・date_words=9/24(木)
        　・　・　・task event=Event 9｜label=通知の記録｜detail=決定通知（1団体 9人）｜basis_short=目安日 未通知｜f
        　　iscal_year=2026｜basis=目安日。施行しましたが、伝えた記録がありません｜bucket=今日｜column=margin｜days_
        　　left=0｜due=2026-09-24｜event_date=2026-11-25｜event_id=9｜event_title=第2回 派遣 見本そよかぜ自治会｜is
        　　_open=✓｜is_own_target=✓｜kind=派遣｜margin=2026-09-24｜next_actor=区｜open_words=開庁日 0日｜overdue_da
        　　ys=0｜owner=区｜owner_words=区｜rule=未通知｜short_words=本日まで｜state_words=本日まで｜
        　・　・　・　・deadline task=作成したものの連絡｜owner=区｜rule=未通知｜basis=目安日。施行しましたが、伝え
        　　た記録がありません｜direction=before｜start=2026-11-25｜nominal=2026-09-24｜working=2026-09-24｜margin=2
        　　026-09-24｜effective_date=2026-09-24｜last_day_in_time=2026-09-24
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日
        　　｜words=本日まで
        　・　・　・　・words name=作成したものの連絡｜label=通知の記録｜action=作成したものを伝える｜next_actor=区
        　・　・date_words=9/24(木)
        　・　・　・task event=Event 10｜label=参加人数の変更を連絡する｜detail=実施日 R9 1/13(水) → R9 1/20(水)　9
        　　→8人｜basis_short=目安日 未通知｜fiscal_year=2026｜basis=目安日。連絡したあとに変わりました。変更連絡を
        　　伝えると消えます｜bucket=今日｜column=margin｜days_left=0｜due=2026-09-24｜event_date=2027-01-20｜event_
        　　id=10｜event_title=第3回 派遣 見本わかば町会｜is_open=✓｜is_own_target=✓｜kind=派遣｜margin=2026-09-24｜
        　　next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区→受託者｜rule
        　・　・　・　・deadline task=人数の変更連絡｜owner=区｜rule=未通知｜basis=目安日。連絡したあとに変わりまし
        　　た。変更連絡を伝えると消えます｜direction=before｜start=2027-01-20｜nominal=2026-09-24｜working=2026-09-
        　　24｜margin=2026-09-24｜effective_date=2026-09-24｜last_day_in_time=2026-09-24
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日
        　　｜words=本日まで
        　・　・　・　・words name=人数の変更連絡｜label=参加人数の変更を連絡する｜action=人数の変更を連絡する｜next
        　　_actor=区｜owner_words=区→受託者
        　・　・date_words=9/24(木)
        　・　・　・task event=Event 13｜label=不在 2団体へ再架電・未連絡 6団体へ電話｜detail=10:00｜basis_short=目
        　　安日 中止の判断 11/30(月) から｜fiscal_year=2026｜basis=目安日。中止の連絡が全員に済むまで残ります｜buck
        　　et=今日｜column=margin｜days_left=0｜due=2026-09-24｜event_date=2026-12-10｜event_id=13｜event_title=第8
        　　回 情報発信の注意点講習会｜is_open=✓｜kind=講習会｜margin=2026-09-24｜next_actor=区｜open_words=開庁日 0
        　　日｜overdue_days=0｜owner=区｜owner_words=区｜rule=中止の判断 11/30(月) から｜short_words=本
        　・　・　・　・deadline task=中止・変更の電話｜owner=区｜rule=中止の判断 11/30(月) から｜basis=目安日。中止
        　　の連絡が全員に済むまで残ります｜direction=before｜start=2026-09-24｜nominal=2026-09-24｜working=2026-09-
        　　24｜margin=2026-09-24｜effective_date=2026-09-24｜last_day_in_time=2026-09-24
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日
        　　｜words=本日まで
        　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        　・　・date_words=9/18(金)
        　・　・　・task event=Event 2｜label=会場の使用を決める｜detail=見本ほしぞら地域集会所 第1会議室 9/30(水)｜
        　　basis_short=目安日 会場の取消期限｜fiscal_year=2026｜basis=目安日。見本ほしぞら地域集会所 第1会議室（9/3
        　　0(水)）を取り消せる最後の日。使うことが決まったら「使うことを確認した」にします｜bucket=目安日過ぎ｜colu
        　　mn=margin｜days_left=-6｜due=2026-09-18｜event_date=2026-09-30｜event_id=2｜event_title=第2回 LINE講習会
        　　｜is_open=✓｜kind=講習会｜margin=2026-09-18｜next_actor=区｜open_words=開庁日 1日｜overdue_days=0｜owner
        　　=区｜owner_wor
        　・　・　・　・deadline task=会場の取消期限｜owner=区｜rule=会場の取消期限｜basis=目安日。見本ほしぞら地域
        　　集会所 第1会議室（9/30(水)）を取り消せる最後の日。使うことが決まったら「使うことを確認した」にします｜di
        　　rection=before｜start=2026-09-18｜nominal=2026-09-18｜working=2026-09-18｜margin=2026-09-18｜effective_d
        　　ate=2026-09-18｜last_day_in_time=2026-09-18
        　・　・　・　・state bucket=目安日過ぎ｜days_left=-6｜overdue_days=0｜short_words=目安日を6日過ぎ｜open_wor
        　　ds=開庁日 1日｜words=目安日を6日過ぎ
        　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        　・later_rows 48
        　・　・date_words=9/29(火)
        　・　・　・task event=Event 2｜label=当日資料一式を用意する｜basis_short=目安日 前の開庁日｜announced_days=
        　　7｜fiscal_year=2026｜basis=目安日。実施日の前の開庁日 = 9/29(火)｜bucket=来週から｜column=margin｜days_l
        　　eft=5｜due=2026-09-29｜event_date=2026-09-30｜event_id=2｜event_title=第2回 LINE講習会｜is_open=✓｜is_ow
        　　n_target=✓｜kind=講習会｜margin=2026-09-29｜margin_basis=目安日。実施日の前の開庁日 = 9/29(火)｜next_act
        　　or=区｜open_words=開庁日 3日｜overdue_days=0｜owner=区｜owner_words=区｜rul
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －today=2026-09-24｜today_words=令和8年9月24日（木）｜is_sample=✓｜has_events=✓｜late_waiting_count=0
        －　・rows 7
        ＋today=2026-09-24｜today_words=令和8年9月24日（木）｜passed_words=いちばん古いもの 9/11(金) 実施結果を記録
        　　する｜is_sample=✓｜has_events=✓｜late_waiting_count=0
        ＋　・rows 15
        ＋　・　・date_words=9/24(木)
        ＋　・　・　・task label=提案書の根拠を確かめる　出典が変わった 3件｜detail=協議記録 第19号（変わった） ほか
        　　2件｜basis_short=目安日 決めるまで｜fiscal_year=0｜basis=目安日。根拠に集めたあとに、出典が変わりました
        　　。新しい内容にするか、理由を書いてこのままにすると消えます｜bucket=今日｜column=margin｜days_left=0｜due
        　　=2026-09-24｜is_open=✓｜margin=2026-09-24｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=
        　　区｜owner_words=区｜rule=決めるまで｜short_words=本日まで｜state_words=本日まで｜task=提案書の根拠の出典
        　　:1
        ＋　・　・　・　・deadline task=提案書の根拠の出典:1｜owner=区｜rule=決めるまで｜basis=目安日。根拠に集めた
        　　あとに、出典が変わりました。新しい内容にするか、理由を書いてこのままにすると消えます｜direction=before｜
        　　start=2026-09-24｜nominal=2026-09-24｜working=2026-09-24｜margin=2026-09-24｜effective_date=2026-09-24｜
        　　last_day_in_time=2026-09-24
        ＋　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0
        　　日｜words=本日まで
        ＋　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        ＋　・　・date_words=9/24(木)
        ＋　・　・　・task event=Event 2｜label=参加人数の変更を連絡する｜detail=持参する端末 6台 → 未確認 ほか3件
        　　｜basis_short=目安日 未通知｜fiscal_year=2026｜basis=目安日。連絡したあとに変わりました。変更連絡を伝え
        　　ると消えます｜bucket=今日｜column=margin｜days_left=0｜due=2026-09-24｜event_date=2026-09-30｜event_id=2
        　　｜event_title=第2回 LINE講習会｜is_open=✓｜is_own_target=✓｜kind=講習会｜margin=2026-09-24｜next_actor=
        　　区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区→受託者｜rule=未通知｜short_words
        ＋　・　・　・　・deadline task=人数の変更連絡｜owner=区｜rule=未通知｜basis=目安日。連絡したあとに変わりま
        　　した。変更連絡を伝えると消えます｜direction=before｜start=2026-09-30｜nominal=2026-09-24｜working=2026-0
        　　9-24｜margin=2026-09-24｜effective_date=2026-09-24｜last_day_in_time=2026-09-24
        ＋　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0
        　　日｜words=本日まで
        ＋　・　・　・　・words name=人数の変更連絡｜label=参加人数の変更を連絡する｜action=人数の変更を連絡する｜ne
        　　xt_actor=区｜owner_words=区→受託者
        ＋　・　・date_words=9/24(木)
        ＋　・　・　・task event=Event 3｜label=参加人数の変更を連絡する｜detail=持参する端末 6台 → 未確認 ほか3件
        　　｜basis_short=目安日 未通知｜fiscal_year=2026｜basis=目安日。連絡したあとに変わりました。変更連絡を伝え
        　　ると消えます｜bucket=今日｜column=margin｜days_left=0｜due=2026-09-24｜event_date=2026-10-15｜event_id=3
        　　｜event_title=第3回 Instagram講習会｜is_open=✓｜is_own_target=✓｜kind=講習会｜margin=2026-09-24｜next_ac
        　　tor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区→受託者｜rule=未通知｜short_
        ＋　・　・　・　・deadline task=人数の変更連絡｜owner=区｜rule=未通知｜basis=目安日。連絡したあとに変わりま
        　　した。変更連絡を伝えると消えます｜direction=before｜start=2026-10-15｜nominal=2026-09-24｜working=2026-0
        　　9-24｜margin=2026-09-24｜effective_date=2026-09-24｜last_day_in_time=2026-09-24
        ＋　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0
        　　日｜words=本日まで
        ＋　・　・　・　・words name=人数の変更連絡｜label=参加人数の変更を連絡する｜action=人数の変更を連絡する｜ne
        　　xt_actor=区｜owner_words=区→受託者
        ＋　・　・date_words=9/24(木)
        ＋　・　・　・task event=Event 4｜label=参加人数の変更を連絡する｜detail=持参する端末 5台 → 未確認 ほか2件
        　　｜basis_short=目安日 未通知｜fiscal_year=2026｜basis=目安日。連絡したあとに変わりました。変更連絡を伝え
        　　ると消えます｜bucket=今日｜column=margin｜days_left=0｜due=2026-09-24｜event_date=2026-10-29｜event_id=4
        　　｜event_title=第4回 キャッシュレス決済講習会｜is_open=✓｜is_own_target=✓｜kind=講習会｜margin=2026-09-24
        　　｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区→受託者｜rule=未通知｜s
        　　hort_
        ＋　・　・　・　・deadline task=人数の変更連絡｜owner=区｜rule=未通知｜basis=目安日。連絡したあとに変わりま
        　　した。変更連絡を伝えると消えます｜direction=before｜start=2026-10-29｜nominal=2026-09-24｜working=2026-0
        　　9-24｜margin=2026-09-24｜effective_date=2026-09-24｜last_day_in_time=2026-09-24
        ＋　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0
        　　日｜words=本日まで
        ＋　・　・　・　・words name=人数の変更連絡｜label=参加人数の変更を連絡する｜action=人数の変更を連絡する｜ne
        　　xt_actor=区｜owner_words=区→受託者
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・rows 7
        ＋　・rows 13
        －　・　・　・task event=Event 6｜label=資料の確認結果を通知する｜detail=講習資料「Instagramの投稿と注意点」
        　　 第1版｜basis_short=目安日 未通知｜fiscal_year=2026｜basis=目安日。直していただく資料があります。結果を
        　　通知すると、受託者待ちに移ります｜bucket=今日｜column=margin｜days_left=0｜due=2026-09-24｜event_date=20
        　　26-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜is_own_target=✓｜kind=講習
        　　会｜margin=2026-09-24｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区｜r
        －　・　・　・　・deadline task=資料確認結果の連絡｜owner=区｜rule=未通知｜basis=目安日。直していただく資料
        　　があります。結果を通知すると、受託者待ちに移ります｜direction=before｜start=2026-12-08｜nominal=2026-09-
        　　24｜working=2026-09-24｜margin=2026-09-24｜effective_date=2026-09-24｜last_day_in_time=2026-09-24
        ＋　・　・　・task event=Event 6｜label=オンライン回答の締切を直す｜detail=締切 12/15(火)（実施は 12/17(木)
        　　）｜basis_short=目安日 オンライン締切｜fiscal_year=2026｜basis=目安日。仕4(1)ケは紙とオンラインの両方で
        　　集める。実施日より前に締め切るとオンラインで答えられない｜bucket=今日｜column=margin｜days_left=0｜due=2
        　　026-09-24｜event_date=2026-12-17｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜kin
        　　d=講習会｜margin=2026-09-24｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words
        　　=区｜r
        ＋　・　・　・　・deadline task=オンライン回答の締切｜owner=区｜rule=オンライン締切｜basis=目安日。仕4(1)ケ
        　　は紙とオンラインの両方で集める。実施日より前に締め切るとオンラインで答えられない｜direction=before｜star
        　　t=2026-09-24｜nominal=2026-09-24｜working=2026-09-24｜margin=2026-09-24｜effective_date=2026-09-24｜last
        　　_day_in_time=2026-09-24
        ＋　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0
        　　日｜words=本日まで
        ＋　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        ＋　・　・date_words=9/24(木)
        ＋　・　・　・task event=Event 6｜label=未連絡 8団体へ電話｜detail=日時の変更｜basis_short=目安日 日時の変更
        　　の判断 12/1(火) から｜fiscal_year=2026｜basis=目安日。日時の変更の連絡が全員に済むまで残ります｜bucket=
        　　今日｜column=margin｜days_left=0｜due=2026-09-24｜event_date=2026-12-17｜event_id=6｜event_title=第6回 I
        　　nstagram講習会（2回目）｜is_open=✓｜kind=講習会｜margin=2026-09-24｜next_actor=区｜open_words=開庁日 0日
        　　｜overdue_days=0｜owner=区｜owner_words=区｜rule=日時の変更の判断 12/1(火) から｜short_words=本
        ＋　・　・　・　・deadline task=中止・変更の電話｜owner=区｜rule=日時の変更の判断 12/1(火) から｜basis=目安
        　　日。日時の変更の連絡が全員に済むまで残ります｜direction=before｜start=2026-09-24｜nominal=2026-09-24｜wo
        　　rking=2026-09-24｜margin=2026-09-24｜effective_date=2026-09-24｜last_day_in_time=2026-09-24
        ＋　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0
        　　日｜words=本日まで
        ＋　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        ＋　・　・date_words=9/24(木)
        ＋　・　・　・task event=Event 6｜label=通知後の変更連絡｜detail=決定通知　宛先 8団体 14人 → 8団体 13人｜ba
        　　sis_short=目安日 未通知｜fiscal_year=2026｜basis=目安日。伝えたあとに変わりました。もう一度伝えるか、理
        　　由を書いて見送ると消えます｜bucket=今日｜column=margin｜days_left=0｜due=2026-09-24｜event_date=2026-12-
        　　17｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜is_own_target=✓｜kind=講習会｜mar
        　　gin=2026-09-24｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区｜rule
        ＋　・　・　・　・deadline task=変わったことの連絡｜owner=区｜rule=未通知｜basis=目安日。伝えたあとに変わり
        　　ました。もう一度伝えるか、理由を書いて見送ると消えます｜direction=before｜start=2026-12-17｜nominal=2026
        　　-09-24｜working=2026-09-24｜margin=2026-09-24｜effective_date=2026-09-24｜last_day_in_time=2026-09-24
        """,
    )


def test_the_week_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_week,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        task_count=24
        　・groups 5
        　・　・ 2
        　・　・　・期限超過
        　・　・　・ 2
        　・　・　・　・day=R8.11.24（火）｜left=7日超過｜what=資料の確認を終える　1 / 3点｜event=講06 Instagram講習
        　　会（2回目）｜owner=区｜basis=仕4(1)キ
        　・　・　・　・day=R8.11.29（日）｜left=1日超過｜what=実施報告書の提出｜event=講04 キャッシュレス決済講習会
        　　｜owner=受託者｜basis=仕4(1)コ
        　・　・ 2
        　・　・　・今日
        　・　・　・ 7
        　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=希望票の選定を記録する　見本つきみ台三丁目東部地区防
        　　災・見守り活動連合自治会｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=持出しの返却を記録する　紙 1部｜event=講06 Instagram
        　　講習会（2回目）｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=資料の確認結果を通知する　講習資料「Instagramの投稿と
        　　注意点」 第1版｜event=講06 Instagram講習会（2回目）｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=受付締切　申込 22人｜event=講07 ホームページ・電子回
        　　覧板講習会｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=辞退した方に受理を知らせる　1団体 1人｜event=講07 ホ
        　　ームページ・電子回覧板講習会｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=参加人数の変更を連絡する　実施日 R9.1.13（水） → R9.
        　　1.20（水）　9→8人｜event=派03 見本わかば町会｜owner=区→受託者｜basis=目安日
        　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=不在 2団体へ再架電・未連絡 6団体へ電話　10:00｜event=
        　　講08 情報発信の注意点講習会｜owner=区｜basis=目安日
        　・　・ 2
        　・　・　・目安日を過ぎたもの
        　・　・　・ 1
        　・　・　・　・day=R8.11.27（金）｜left=4日過ぎ｜what=会場の使用を決める　見本つつじ台区民館 研修室 R8.12.8
        　　（火）｜event=講06 Instagram講習会（2回目）｜owner=区｜basis=目安日
        　・　・ 2
        　・　・　・今週
        　・　・　・ 8
        　・　・　・　・day=R8.12.3（木）｜left=あと2日｜what=参加人数を連絡する　14人｜event=講06 Instagram講習会（
        　　2回目）｜owner=区→受託者｜basis=仕4(1)エ
        　・　・　・　・day=R8.12.3（木）｜left=あと2日｜what=参加者を決める｜event=講07 ホームページ・電子回覧板講
        　　習会｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.4（金）｜left=あと3日｜what=資料の確認を終える　0 / 1点｜event=講07 ホームページ・
        　　電子回覧板講習会｜owner=区｜basis=仕4(1)キ
        　・　・　・　・day=R8.12.4（金）｜left=あと3日｜what=設問を協議して決める　10問｜event=講06 Instagram講習会
        　　（2回目）｜owner=区・受託者｜basis=目安日
        　・　・　・　・day=R8.12.4（金）｜left=あと3日｜what=決定通知を出す｜event=講07 ホームページ・電子回覧板講
        　　習会｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.4（金）｜left=あと3日｜what=宿題：撮影の了解の取り方（案）を作る　区　見本　係員｜
        　　event=意01 意見交換会｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.4（金）｜left=あと3日｜what=届いた報告書の内容確認　差 1件｜event=意01 意見交換会
        　　｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.4（金）｜left=あと3日｜what=会場の承認を確かめる　見本こもれび区民館 研修室1 R9.2.
        　　3（水）｜event=意02 意見交換会｜owner=区｜basis=目安日
        　・　・ 2
        　・　・　・来週
        　・　・　・ 6
        　・　・　・　・day=R8.12.7（月）｜left=あと6日｜what=見本こもれび自治会の住所が変わる　替わる日に登録へ反映
        　　｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.7（月）｜left=あと6日｜what=当日資料一式を用意する｜event=講06 Instagram講習会（2
        　　回目）｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.8（火）｜left=あと7日｜what=会場の使用を決める　見本ほしぞら地域集会所 第1会議室 R
        　　8.12.18（金）｜event=講07 ホームページ・電子回覧板講習会｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.10（木）｜left=あと9日｜what=宿題：会館の電源とコンセントの数を確かめる　区　見本
        　　　係長｜event=派01 見本あおば町会｜owner=区｜basis=目安日
        　・　・　・　・day=R8.12.11（金）｜left=あと10日｜what=参加人数を連絡する　22人｜event=講07 ホームページ・
        　　電子回覧板講習会｜owner=区→受託者｜basis=仕4(1)エ
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －task_count=24
        －　・groups 5
        ＋remark=ほかに、区の目安日を過ぎたものが11件あります（ホームにまとめてあります）。｜task_count=22
        ＋　・groups 4
        －　・　・　・　・day=R8.11.24（火）｜left=7日超過｜what=資料の確認を終える　1 / 3点｜event=講06 Instagram講
        　　習会（2回目）｜owner=区｜basis=仕4(1)キ
        －　・　・　・　・day=R8.11.29（日）｜left=1日超過｜what=実施報告書の提出｜event=講04 キャッシュレス決済講習
        　　会｜owner=受託者｜basis=仕4(1)コ
        ＋　・　・　・　・day=R8.11.24（火）｜left=7日超過｜what=資料の確認を終える　1 / 3点｜event=講06 Instagram講
        　　習会（2回目）｜owner=区
        ＋　・　・　・　・day=R8.11.29（日）｜left=1日超過｜what=実施報告書の提出｜event=講04 キャッシュレス決済講習
        　　会｜owner=受託者
        －　・　・　・ 7
        ＋　・　・　・ 10
        ＋　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=提案書の根拠を確かめる　出典が変わった 3件　協議記
        　　録 第19号（変わった） ほか2件｜owner=区｜basis=目安日
        ＋　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=通知後の変更連絡　決定通知　会場 見本つつじ台区民館
        　　 研修室 → 見本つつじ台区民館｜event=講06 Instagram講習会（2回目）｜owner=区｜basis=目安日
        －　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=参加人数の変更を連絡する　実施日 R9.1.13（水） → R
        　　9.1.20（水）　9→8人｜event=派03 見本わかば町会｜owner=区→受託者｜basis=目安日
        ＋　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=参加人数の変更を連絡する　持参する端末 5台 → 未確
        　　認 ほか2件｜event=派03 見本わかば町会｜owner=区→受託者｜basis=目安日
        ＋　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=通知後の変更連絡　事例発表の依頼　会場 見本こもれび
        　　区民館 研修室1 → 見本こもれび区民館 ほか1件｜event=意02 意見交換会｜owner=区｜basis=目安日
        －　・　・　・目安日を過ぎたもの
        －　・　・　・ 1
        －　・　・　・　・day=R8.11.27（金）｜left=4日過ぎ｜what=会場の使用を決める　見本つつじ台区民館 研修室 R8.12
        　　.8（火）｜event=講06 Instagram講習会（2回目）｜owner=区｜basis=目安日
        －　・　・ 2
        －　・　・　・ 8
        －　・　・　・　・day=R8.12.3（木）｜left=あと2日｜what=参加人数を連絡する　14人｜event=講06 Instagram講習会
        　　（2回目）｜owner=区→受託者｜basis=仕4(1)エ
        ＋　・　・　・ 6
        ＋　・　・　・　・day=R8.12.3（木）｜left=あと2日｜what=参加人数を連絡する　14人｜event=講06 Instagram講習会
        　　（2回目）｜owner=区→受託者
        －　・　・　・　・day=R8.12.4（金）｜left=あと3日｜what=資料の確認を終える　0 / 1点｜event=講07 ホームページ
        　　・電子回覧板講習会｜owner=区｜basis=仕4(1)キ
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －task_count=24
        －　・groups 5
        ＋task_count=27
        ＋　・groups 4
        －　・　・　・ 2
        －　・　・　・　・day=R8.11.24（火）｜left=7日超過｜what=資料の確認を終える　1 / 3点｜event=講06 Instagram講
        　　習会（2回目）｜owner=区｜basis=仕4(1)キ
        ＋　・　・　・ 1
        －　・　・　・ 7
        ＋　・　・　・ 13
        ＋　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=オンライン回答の締切を直す　締切 R8.12.15（火）（実
        　　施は R8.12.17（木））｜event=講06 Instagram講習会（2回目）｜owner=区｜basis=目安日
        ＋　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=未連絡 8団体へ電話　日時の変更｜event=講06 Instagra
        　　m講習会（2回目）｜owner=区｜basis=目安日
        ＋　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=通知後の変更連絡　決定通知　宛先 8団体 14人 → 8団
        　　体 13人｜event=講06 Instagram講習会（2回目）｜owner=区｜basis=目安日
        ＋　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=変更通知で知らせる　実施日 R8.12.8（火） → R8.12.1
        　　7（木）　8団体 13人｜event=講06 Instagram講習会（2回目）｜owner=区｜basis=目安日
        ＋　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=会場の予約を直す　見本つつじ台区民館 研修室 R8.12.8
        　　（火）の予約のまま（実施は R8.12.17（木））｜event=講06 Instagram講習会（2回目）｜owner=区｜basis=目安日
        ＋　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=辞退した方に受理を知らせる　1団体 1人｜event=講06 I
        　　nstagram講習会（2回目）｜owner=区｜basis=目安日
        －　・　・　・　・day=R8.12.1（火）｜left=本日まで｜what=参加人数の変更を連絡する　実施日 R9.1.13（水） → R
        　　9.1.20（水）　9→8人｜event=派03 見本わかば町会｜owner=区→受託者｜basis=目安日
        """,
    )


def test_found_by_a_word_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(search_everything, s, text="見本あおば", today=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        text=見本あおば
        　・groups 6
        　・　・title=人｜total=13
        　・　・　・items 5
        　・　・　・　・icon=user｜title=仮名　和子｜detail=見本あおば町会（第1支部）・会長　第6回 Instagram講習会（
        　　2回目）（12/8(火)）に決定｜copy_text=仮名　和子｜is_highlighted=✓
        　・　・　・　・icon=user｜title=髙見本　清｜detail=見本あおば一丁目町会（第4支部）・会長　第8回 情報発信の
        　　注意点講習会（12/10(木)）に決定｜copy_text=髙見本　清｜is_highlighted=✓
        　・　・　・　・icon=user｜title=試山　節子｜detail=見本あおば町会（第1支部）・副会長　第6回 Instagram講習会
        　　（2回目）（12/8(火)）に決定｜copy_text=試山　節子｜is_highlighted=✓
        　・　・　・　・icon=user｜title=見本　三郎｜detail=見本あおば一丁目町会（第4支部）・副会長　第3回 Instagram
        　　講習会（10/15(木)）に出席｜copy_text=見本　三郎｜is_highlighted=✓
        　・　・　・　・icon=user｜title=齋藤見本　文子｜detail=見本あおば町会（第1支部）・役員　第1回 派遣 見本あお
        　　ば町会（10/21(水)）に出席｜copy_text=齋藤見本　文子｜is_highlighted=✓
        　・　・title=参加の予定｜total=2
        　・　・　・items 2
        　・　・　・　・icon=users-three｜title=仮名　和子　12/8(火) 第6回 Instagram講習会（2回目）｜detail=決定　名
        　　簿の行を開きます（欠席連絡は F4）｜copy_text=仮名　和子｜is_highlighted=✓
        　・　・　・　・icon=users-three｜title=試山　節子　12/8(火) 第6回 Instagram講習会（2回目）｜detail=決定　名
        　　簿の行を開きます（欠席連絡は F4）｜copy_text=試山　節子｜is_highlighted=✓
        　・　・title=団体の役員・連絡先｜total=2
        　・　・　・items 2
        　・　・　・　・icon=users-three｜title=見本あおば町会｜detail=第1支部　みほんあおばちょうかい　登録 10人｜c
        　　opy_text=見本あおば町会｜is_highlighted=✓
        　・　・　・　・icon=users-three｜title=見本あおば一丁目町会｜detail=第4支部　みほんあおばいっちょうめちょう
        　　かい　登録 3人｜copy_text=見本あおば一丁目町会｜is_highlighted=✓
        　・　・title=実施回｜total=1
        　・　・　・items 1
        　・　・　・　・icon=calendar-blank｜title=第1回 派遣 見本あおば町会｜detail=10/21(水)　見本あおば会館　実施
        　　済　出席 9人｜copy_text=第1回 派遣 見本あおば町会｜kind=派遣｜is_highlighted=✓
        　・　・title=協議の記録｜total=2
        　・　・　・items 2
        　・　・　・　・icon=chats｜title=派遣の後の確認をだれがするか｜detail=第24号　10/8(木)　R9.3までは受託者、R
        　　9.4からは区が電話で確かめ、つぎの募集を案内する。｜copy_text=R9.3までは受託者、R9.4からは区が電話で確か
        　　め、つぎの募集を案内する。
        　・　・　・　・icon=chats｜title=無料Wi-Fiのない会館の備えをどうするか｜detail=第18号　9/25(金)　ルーター2
        　　台を受託者が持参する。｜copy_text=ルーター2台を受託者が持参する。
        　・　・title=すること｜total=2
        　・　・　・items 2
        　・　・　・　・icon=list｜title=人の一覧を「見本あおば」で絞り込む｜detail=団体
        　・　・　・　・icon=user-plus｜title=「見本あおば」を新しい人として加える｜detail=団体｜creates_record=✓
        　・keys 見本あおば
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・　・icon=user｜title=仮名　和子｜detail=見本あおば町会（第1支部）・会長　第6回 Instagram講習会
        　　（2回目）（12/8(火)）に決定｜copy_text=仮名　和子｜is_highlighted=✓
        －　・　・　・　・icon=user｜title=髙見本　清｜detail=見本あおば一丁目町会（第4支部）・会長　第8回 情報発信
        　　の注意点講習会（12/10(木)）に決定｜copy_text=髙見本　清｜is_highlighted=✓
        －　・　・　・　・icon=user｜title=試山　節子｜detail=見本あおば町会（第1支部）・副会長　第6回 Instagram講習
        　　会（2回目）（12/8(火)）に決定｜copy_text=試山　節子｜is_highlighted=✓
        －　・　・　・　・icon=user｜title=見本　三郎｜detail=見本あおば一丁目町会（第4支部）・副会長　第3回 Instagr
        　　am講習会（10/15(木)）に出席｜copy_text=見本　三郎｜is_highlighted=✓
        －　・　・　・　・icon=user｜title=齋藤見本　文子｜detail=見本あおば町会（第1支部）・役員　第1回 派遣 見本あ
        　　おば町会（10/21(水)）に出席｜copy_text=齋藤見本　文子｜is_highlighted=✓
        ＋　・　・　・　・icon=user｜title=仮名　和子｜detail=見本あおば町会　第6回 Instagram講習会（2回目）（12/8(
        　　火)）に決定｜copy_text=仮名　和子｜is_highlighted=✓
        ＋　・　・　・　・icon=user｜title=髙見本　清｜detail=見本あおば一丁目町会　第8回 情報発信の注意点講習会（12
        　　/10(木)）に決定｜copy_text=髙見本　清｜is_highlighted=✓
        ＋　・　・　・　・icon=user｜title=試山　節子｜detail=見本あおば町会　第6回 Instagram講習会（2回目）（12/8(
        　　火)）に決定｜copy_text=試山　節子｜is_highlighted=✓
        ＋　・　・　・　・icon=user｜title=見本　三郎｜detail=見本あおば一丁目町会　第3回 Instagram講習会（10/15(木)
        　　）に決定｜copy_text=見本　三郎｜is_highlighted=✓
        ＋　・　・　・　・icon=user｜title=齋藤見本　文子｜detail=見本あおば町会　第1回 派遣 見本あおば町会（10/21(
        　　水)）に決定｜copy_text=齋藤見本　文子｜is_highlighted=✓
        －　・　・　・　・icon=users-three｜title=見本あおば町会｜detail=第1支部　みほんあおばちょうかい　登録 10人
        　　｜copy_text=見本あおば町会｜is_highlighted=✓
        －　・　・　・　・icon=users-three｜title=見本あおば一丁目町会｜detail=第4支部　みほんあおばいっちょうめちょ
        　　うかい　登録 3人｜copy_text=見本あおば一丁目町会｜is_highlighted=✓
        ＋　・　・　・　・icon=users-three｜title=見本あおば町会｜detail=登録 10人｜copy_text=見本あおば町会｜is_hig
        　　hlighted=✓
        ＋　・　・　・　・icon=users-three｜title=見本あおば一丁目町会｜detail=登録 3人｜copy_text=見本あおば一丁目
        　　町会｜is_highlighted=✓
        －　・　・　・　・icon=calendar-blank｜title=第1回 派遣 見本あおば町会｜detail=10/21(水)　見本あおば会館　実
        　　施済　出席 9人｜copy_text=第1回 派遣 見本あおば町会｜kind=派遣｜is_highlighted=✓
        ＋　・　・　・　・icon=calendar-blank｜title=第1回 派遣 見本あおば町会｜detail=10/21(水)　見本あおば会館　実
        　　施済｜copy_text=第1回 派遣 見本あおば町会｜kind=派遣｜is_highlighted=✓
        －　・　・　・　・icon=chats｜title=派遣の後の確認をだれがするか｜detail=第24号　10/8(木)　R9.3までは受託者
        　　、R9.4からは区が電話で確かめ、つぎの募集を案内する。｜copy_text=R9.3までは受託者、R9.4からは区が電話で確
        　　かめ、つぎの募集を案内する。
        －　・　・　・　・icon=chats｜title=無料Wi-Fiのない会館の備えをどうするか｜detail=第18号　9/25(金)　ルーター
        　　2台を受託者が持参する。｜copy_text=ルーター2台を受託者が持参する。
        ＋　・　・　・　・icon=chats｜title=派遣の後の確認をだれがするか｜detail=第24号
        ＋　・　・　・　・icon=chats｜title=無料Wi-Fiのない会館の備えをどうするか｜detail=第18号
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・　・　・icon=user｜title=仮名　和子｜detail=見本あおば町会（第1支部）・会長　第6回 Instagram講習会
        　　（2回目）（12/8(火)）に決定｜copy_text=仮名　和子｜is_highlighted=✓
        ＋　・　・　・　・icon=user｜title=仮名　和子｜detail=見本あおば町会（第1支部）・会長　第6回 Instagram講習会
        　　（2回目）（12/17(木)）に辞退｜copy_text=仮名　和子｜is_highlighted=✓
        －　・　・　・　・icon=user｜title=試山　節子｜detail=見本あおば町会（第1支部）・副会長　第6回 Instagram講習
        　　会（2回目）（12/8(火)）に決定｜copy_text=試山　節子｜is_highlighted=✓
        ＋　・　・　・　・icon=user｜title=試山　節子｜detail=見本あおば町会（第1支部）・副会長　第6回 Instagram講習
        　　会（2回目）（12/17(木)）に決定｜copy_text=試山　節子｜is_highlighted=✓
        －　・　・title=参加の予定｜total=2
        －　・　・　・items 2
        －　・　・　・　・icon=users-three｜title=仮名　和子　12/8(火) 第6回 Instagram講習会（2回目）｜detail=決定
        　　　名簿の行を開きます（欠席連絡は F4）｜copy_text=仮名　和子｜is_highlighted=✓
        －　・　・　・　・icon=users-three｜title=試山　節子　12/8(火) 第6回 Instagram講習会（2回目）｜detail=決定
        　　　名簿の行を開きます（欠席連絡は F4）｜copy_text=試山　節子｜is_highlighted=✓
        ＋　・　・title=参加の予定｜total=1
        ＋　・　・　・items 1
        ＋　・　・　・　・icon=users-three｜title=試山　節子　12/17(木) 第6回 Instagram講習会（2回目）｜detail=決定
        　　　名簿の行を開きます（欠席連絡は F4）｜copy_text=試山　節子｜is_highlighted=✓
        """,
    )


def test_found_by_a_day_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(search_everything, s, text="12/8", today=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        text=12/8
        　・groups 1
        　・　・title=実施回｜total=1
        　・　・　・items 1
        　・　・　・　・icon=calendar-blank｜title=第6回 Instagram講習会（2回目）｜detail=12/8(火)　見本つつじ台区民
        　　館 研修室　予定　参加予定 14人｜copy_text=第6回 Instagram講習会（2回目）｜kind=講習会｜is_highlighted=✓
        　・keys 12/8
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・　・icon=calendar-blank｜title=第6回 Instagram講習会（2回目）｜detail=12/8(火)　見本つつじ台区
        　　民館 研修室　予定　参加予定 14人｜copy_text=第6回 Instagram講習会（2回目）｜kind=講習会｜is_highlighted=
        　　✓
        ＋　・　・　・　・icon=calendar-blank｜title=第6回 Instagram講習会（2回目）｜detail=12/8(火)　見本つつじ台区
        　　民館　予定　参加予定 14人｜copy_text=第6回 Instagram講習会（2回目）｜kind=講習会｜is_highlighted=✓
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・groups 1
        －　・　・title=実施回｜total=1
        －　・　・　・items 1
        －　・　・　・　・icon=calendar-blank｜title=第6回 Instagram講習会（2回目）｜detail=12/8(火)　見本つつじ台区
        　　民館 研修室　予定　参加予定 14人｜copy_text=第6回 Instagram講習会（2回目）｜kind=講習会｜is_highlighted=
        　　✓
        """,
    )


def test_found_by_a_paper_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(search_everything, s, text="決定通知", today=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        text=決定通知
        　・groups 3
        　・　・title=帳票｜total=1
        　・　・　・items 1
        　・　・　・　・icon=printer｜title=決定通知｜detail=第6回 Instagram講習会（2回目）｜copy_text=決定通知｜is_
        　　highlighted=✓
        　・　・title=書類・記録｜total=2
        　・　・　・items 2
        　・　・　・　・icon=file-text｜title=決定通知の連絡｜detail=11/27(金) 見本　係員　第8回 情報発信の注意点講
        　　習会　第0版 TXT（控えあり）｜copy_text=決定通知の連絡｜is_highlighted=✓
        　・　・　・　・icon=file-text｜title=決定通知の連絡｜detail=11/25(水) 見本　係員　第6回 Instagram講習会（2
        　　回目）　第0版 TXT（控えあり）｜copy_text=決定通知の連絡｜is_highlighted=✓
        　・　・title=すること｜total=2
        　・　・　・items 2
        　・　・　・　・icon=caret-right｜title=入場番号を付ける｜detail=第6回 Instagram講習会（2回目）｜is_highligh
        　　ted=✓
        　・　・　・　・icon=caret-right｜title=通知・募集の書類を開く｜detail=第6回 Instagram講習会（2回目）｜is_hi
        　　ghlighted=✓
        　・keys 決定通知
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
