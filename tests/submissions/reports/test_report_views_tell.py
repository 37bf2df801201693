"""What the page of 報告書 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.submissions.reports.services.report_check import read_report_check
from app.submissions.reports.services.report_form import read_form_screen
from app.submissions.reports.services.report_photos import read_photos
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_form_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_form_screen, s, event_id=event_id(s, "講習会", 4), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        request_text=見本企画株式会社　業務責任者　受託見本　恵子　様 /  / デジタル活用講習会　第4回「キャッシュレス
        　　決済講習会」の実施報告書の様式をお送りします。 / 内容をご確認のうえ、つぎの項目を加え、メールでご提出く
        　　ださい。提出期限の令和8年11月29日（日）を過ぎています。提出の見込みをお知らせください。 / ・講師所感 /
        　　 ・要点（任意） / ・講師（任意） / ・主な質疑応答（任意） / ・自由記述の分類（任意） / ・課題と次回への
        　　改善（任意） / ・写真についての説明（任意） / ・撮影者（任意） / ・撮影不可の方が写っていないことの確認
        　　（任意） / ・元の画像を残す期間（任意） / ・前回の課題は、どうなったか（任意） / ・つぎの回への引継ぎ（
        　　任意）｜photo_refused=1
        　・form event=Event 4｜due=2026-11-29｜due_basis=仕様書4(1)コ。実施日の翌日 10/30(金) から1か月 = 11/29(日)
        　　（民法140条・143条）。閉庁日のため民法142条により 11/30(月)｜clause=仕4(1)コ
        　・　・chapters 15
        　・　・　・key=要点｜title=要点｜writer=受託者｜shape=text｜optional=✓｜hint=1行に1つ、3つまで
        　・　・　・key=講師｜title=講師｜writer=受託者｜shape=text｜optional=✓
        　・　・　・key=時間割内容｜title=時間割の内容｜writer=区｜shape=table｜optional=✓｜hint=空の行は進行表の内
        　　容のまま
        　・　・　・　・columns 項目、行ったこと
        　・　・　・key=質疑｜title=主な質疑応答｜writer=受託者｜shape=table｜optional=✓
        　・　・　・　・columns 質問、回答
        　・　・　・key=自由記述分類｜title=自由記述の分類｜writer=受託者｜shape=table｜optional=✓｜hint=設問は「問1
        　　0」のように、番号は記述の番号
        　・　・　・　・columns 設問、番号、分類
        　・　・　・key=所感｜title=講師所感｜writer=受託者｜shape=text
        　・　・　・key=課題と改善｜title=課題と次回への改善｜writer=受託者｜shape=table｜optional=✓
        　・　・　・　・columns 課題、根拠、改善の内容、担当、期限
        　・　・　・key=写真｜title=写真についての説明｜writer=受託者｜shape=text｜optional=✓｜hint=写真がないときは
        　　、空なら「写真は掲載しない。」と印刷します
        　・　・　・key=撮影者｜title=撮影者｜writer=受託者｜shape=text｜optional=✓
        　・　・　・key=撮影不可の確認｜title=撮影不可の方が写っていないことの確認｜writer=受託者｜shape=text｜optio
        　　nal=✓｜hint=例　席と撮影の向きを分け、全ての写真に写っていない
        　・　・　・key=元の画像｜title=元の画像を残す期間｜writer=受託者｜shape=text｜optional=✓｜hint=例　R9.3.31
        　　（水）までに受託者が消去し、証明書に記す
        　・　・　・key=前回の課題｜title=前回の課題は、どうなったか｜writer=受託者｜shape=table｜optional=✓｜hint=
        　　判定は「改善」または「続けて取り組む」。結果は人数・件数で書きます
        　・　・　・　・columns 前回の課題、今回したこと、今回の結果、判定
        　・　・points 3
        　・　・　・point=実施内容｜done=✓｜words=進行表と当日の記録から｜writer=区
        　・　・　・point=アンケートの集計結果｜words=回収 11件・集計は未確定｜writer=受託者
        　・　・　・point=講師からの所感｜words=まだ書かれていません｜writer=受託者
        　・task event=Event 4｜label=実施報告書の提出｜basis_short=仕4(1)コ 1か月以内 休日の場合 11/30(月)｜announc
        　　ed_days=0｜fiscal_year=0｜basis=仕様書4(1)コ。実施日の翌日 10/30(金) から1か月 = 11/29(日)（民法140条・1
        　　43条）。閉庁日のため民法142条により 11/30(月)｜bucket=期限超過｜clause=仕4(1)コ｜column=nominal｜days_le
        　　ft=-2｜due=2026-11-29｜event_date=2026-10-29｜event_id=4｜event_title=第4回 キャッシュレス決済講習会｜is
        　　_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-27｜margin_basis=目安日 11/
        　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ。実施日
        　　の翌日 10/30(金) から1か月 = 11/29(日)（民法140条・143条）。閉庁日のため民法142条により 11/30(月)｜margi
        　　n_basis=目安日 11/27(金)（直前の開庁日）｜direction=after｜start=2026-10-29｜nominal=2026-11-29｜working
        　　=2026-11-30｜margin=2026-11-27｜contract=✓｜effective_date=2026-11-29｜last_day_in_time=2026-11-30
        　・　・state bucket=期限超過｜days_left=-2｜overdue_days=1｜short_words=1日超過｜open_words=開庁日 1日｜wor
        　　ds=1日超過
        　・　・words name=実施報告書｜label=実施報告書の提出｜action=報告書の提出を求める｜next_actor=受託者
        　・sections 9
        　・　・state=任意
        　・　・　・section title=要点｜writer=受託者｜words=要点
        　・　・　・　・keys 要点
        　・　・　・chapters 1
        　・　・　・　・key=要点｜title=要点｜writer=受託者｜shape=text｜optional=✓｜hint=1行に1つ、3つまで
        　・　・state=済
        　・　・　・section number=1｜title=概要｜writer=区が記入｜words=1　概要
        　・　・　・　・keys 講師
        　・　・　・　・sources result
        　・　・　・chapters 1
        　・　・　・　・key=講師｜title=講師｜writer=受託者｜shape=text｜optional=✓
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －request_text=見本企画株式会社　業務責任者　受託見本　恵子　様 /  / デジタル活用講習会　第4回「キャッシュレ
        　　ス決済講習会」の実施報告書の様式をお送りします。 / 内容をご確認のうえ、つぎの項目を加え、メールでご提出
        　　ください。提出期限の令和8年11月29日（日）を過ぎています。提出の見込みをお知らせください。 / ・講師所感 /
        　　 ・要点（任意） / ・講師（任意） / ・主な質疑応答（任意） / ・自由記述の分類（任意） / ・課題と次回への
        　　改善（任意） / ・写真についての説明（任意） / ・撮影者（任意） / ・撮影不可の方が写っていないことの確認
        　　（任意） / ・元の画像を残す期間（任意） / ・前回の課題は、どうなったか（任意） / ・つぎの回への引継ぎ（
        　　任意）｜photo_refused=1
        －　・form event=Event 4｜due=2026-11-29｜due_basis=仕様書4(1)コ。実施日の翌日 10/30(金) から1か月 = 11/29(
        　　日)（民法140条・143条）。閉庁日のため民法142条により 11/30(月)｜clause=仕4(1)コ
        ＋request_text=見本企画株式会社　業務責任者　様 /  / デジタル活用講習会　第4回「キャッシュレス決済講習会」の
        　　実施報告書の様式をお送りします。 / 内容をご確認のうえ、つぎの項目を加え、メールでご提出ください。提出期
        　　限の令和8年11月29日（日）を過ぎています。提出の見込みをお知らせください。 / ・所感 / ・要点（任意） / ・
        　　（任意） / ・主な質疑応答（任意） / ・自由記述の分類（任意） / ・課題と次回への改善（任意） / ・写真につ
        　　いての説明（任意） / ・撮影者（任意） / ・撮影不可の方が写っていないことの確認（任意） / ・元の画像を残
        　　す期間（任意） / ・前回の課題は、どうなったか（任意） / ・つぎの回への引継ぎ（任意）｜photo_refused=0
        ＋　・form event=Event 4｜due=2026-11-29｜due_basis=実施日の翌日 10/30(金) から1か月 = 11/29(日)（民法140条
        　　・143条）。閉庁日のため民法142条により 11/30(月)
        －　・　・　・key=講師｜title=講師｜writer=受託者｜shape=text｜optional=✓
        ＋　・　・　・key=講師｜writer=受託者｜shape=text｜optional=✓
        －　・　・　・key=所感｜title=講師所感｜writer=受託者｜shape=text
        ＋　・　・　・key=所感｜title=所感｜writer=受託者｜shape=text
        －　・　・　・point=実施内容｜done=✓｜words=進行表と当日の記録から｜writer=区
        ＋　・　・　・point=実施内容｜words=進行表または出席数がまだです｜writer=区
        －　・task event=Event 4｜label=実施報告書の提出｜basis_short=仕4(1)コ 1か月以内 休日の場合 11/30(月)｜annou
        　　nced_days=0｜fiscal_year=0｜basis=仕様書4(1)コ。実施日の翌日 10/30(金) から1か月 = 11/29(日)（民法140条
        　　・143条）。閉庁日のため民法142条により 11/30(月)｜bucket=期限超過｜clause=仕4(1)コ｜column=nominal｜days
        　　_left=-2｜due=2026-11-29｜event_date=2026-10-29｜event_id=4｜event_title=第4回 キャッシュレス決済講習会
        　　｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-27｜margin_basis=目安日 11/
        －　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ。実施
        　　日の翌日 10/30(金) から1か月 = 11/29(日)（民法140条・143条）。閉庁日のため民法142条により 11/30(月)｜mar
        　　gin_basis=目安日 11/27(金)（直前の開庁日）｜direction=after｜start=2026-10-29｜nominal=2026-11-29｜worki
        　　ng=2026-11-30｜margin=2026-11-27｜contract=✓｜effective_date=2026-11-29｜last_day_in_time=2026-11-30
        ＋　・task event=Event 4｜label=実施報告書の提出｜basis_short=1か月以内 休日の場合 11/30(月)｜announced_days
        　　=0｜fiscal_year=0｜basis=実施日の翌日 10/30(金) から1か月 = 11/29(日)（民法140条・143条）。閉庁日のため
        　　民法142条により 11/30(月)｜bucket=期限超過｜column=nominal｜days_left=-2｜due=2026-11-29｜event_date=202
        　　6-10-29｜event_id=4｜event_title=第4回 キャッシュレス決済講習会｜is_contract_duty=✓｜is_open=✓｜kind=講
        　　習会｜margin=2026-11-27｜margin_basis=目安日 11/27(金)（直前の開庁日）｜next_actor=受託者｜n
        ＋　・　・deadline task=実施報告書｜owner=受託者｜rule=1か月以内｜basis=実施日の翌日 10/30(金) から1か月 = 1
        　　1/29(日)（民法140条・143条）。閉庁日のため民法142条により 11/30(月)｜margin_basis=目安日 11/27(金)（直前
        　　の開庁日）｜direction=after｜start=2026-10-29｜nominal=2026-11-29｜working=2026-11-30｜margin=2026-11-27
        　　｜contract=✓｜effective_date=2026-11-29｜last_day_in_time=2026-11-30
        －　・　・state=済
        ＋　・　・state=記入待ち
        －　・　・　・　・key=講師｜title=講師｜writer=受託者｜shape=text｜optional=✓
        ＋　・　・　・　・key=講師｜writer=受託者｜shape=text｜optional=✓
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_form_of_a_visit_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_form_screen, s, event_id=event_id(s, "派遣", 2), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        request_text=見本企画株式会社　業務責任者　受託見本　恵子　様 /  / アドバイザー派遣による個別支援　第2回（見
        　　本そよかぜ自治会）の実施報告書の様式をお送りします。 / 内容をご確認のうえ、つぎの項目を加え、令和8年12月
        　　16日（水）までにメールでご提出ください。 / ・事前ヒアリング / ・ツール別の段階 / ・今後の支援方針 / ・要
        　　点（任意） / ・アドバイザー（任意） / ・課題と目標（任意） / ・団体が決めた運用ルール（案）（任意） / ・
        　　できるようになったこと（任意） / ・できるようになったことの確かめ方（任意） / ・確かめた人数（ｎ）（任意
        　　） / ・支援の予定（任意） / ・フォローアップ（任意） / ・写真についての説明（任意） / ・撮影者（任意） /
        　　 ・撮影不可の方が写っていないことの確認（任意） / ・元の画像を残す期間（任意）｜photo_re
        　・form event=Event 9｜due=2026-12-16｜due_basis=仕様書4(2)ケ。実施日の翌日 11/26(木) から3週間 = 12/16(水)
        　　（民法140条）｜clause=仕4(2)ケ
        　・　・chapters 17
        　・　・　・key=要点｜title=要点｜writer=受託者｜shape=text｜optional=✓｜hint=1行に1つ、3つまで
        　・　・　・key=講師｜title=アドバイザー｜writer=受託者｜shape=text｜optional=✓
        　・　・　・key=ヒアリング｜title=事前ヒアリング｜writer=受託者｜shape=text
        　・　・　・key=課題と目標｜title=課題と目標｜writer=受託者｜shape=table｜optional=✓
        　・　・　・　・columns 把握した課題、当日の目標、結果
        　・　・　・key=時間割内容｜title=時間割の内容｜writer=区｜shape=table｜optional=✓｜hint=空の行は進行表の内
        　　容のまま
        　・　・　・　・columns 項目、行ったこと
        　・　・　・key=運用ルール｜title=団体が決めた運用ルール（案）｜writer=受託者｜shape=text｜optional=✓
        　・　・　・key=到達状況｜title=ツール別の段階｜writer=受託者｜shape=table｜hint=0から5、希望しないときは×
        　・　・　・　・columns ツール、前、後
        　・　・　・key=できること｜title=できるようになったこと｜writer=受託者｜shape=table｜optional=✓｜hint=前・
        　　後は人数、目標は2章の当日の目標の番号
        　・　・　・　・columns 内容、前、後、目標
        　・　・　・key=確かめ方｜title=できるようになったことの確かめ方｜writer=受託者｜shape=text｜optional=✓｜hin
        　　t=例　開始時および終了時に、同じ自己確認票（無記名・6項目）で確かめた。数が減ったときは「（内容）の理由
        　　　…」の行を加えます
        　・　・　・key=確かめた人数｜title=確かめた人数（ｎ）｜writer=受託者｜shape=text｜optional=✓｜hint=空のとき
        　　は出席者数
        　・　・　・key=支援方針｜title=今後の支援方針｜writer=受託者｜shape=text
        　・　・　・key=支援計画｜title=支援の予定｜writer=受託者｜shape=table｜optional=✓｜hint=時期は「R9.1」の形
        　　で。次年度4月以降の行も必要です。区の担当には協議の番号を書きます
        　・　・　・　・columns 時期、内容、担当、目標、区の役割
        　・　・points 2
        　・　・　・point=実施内容｜done=✓｜words=進行表と当日の記録から｜writer=区
        　・　・　・point=今後の支援方針｜words=まだ書かれていません｜writer=受託者
        　・task event=Event 9｜label=実施報告書の提出｜basis_short=仕4(2)ケ 3週間以内｜fiscal_year=0｜basis=仕様書4
        　　(2)ケ。実施日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜bucket=来週から｜clause=仕4(2)ケ｜colu
        　　mn=nominal｜days_left=15｜due=2026-12-16｜event_date=2026-11-25｜event_id=9｜event_title=第2回 派遣 見本
        　　そよかぜ自治会｜is_contract_duty=✓｜is_open=✓｜kind=派遣｜margin=2026-12-16｜margin_basis=目安日 12/16(
        　　水)（期限と同じ日）｜next_actor=受託者｜nominal=2026-12-16｜open_words=開庁日
        　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(2)ケ｜rule=3週間以内｜basis=仕様書4(2)ケ。実施日
        　　の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜margin_basis=目安日 12/16(水)（期限と同じ日）｜dire
        　　ction=after｜start=2026-11-25｜nominal=2026-12-16｜working=2026-12-16｜margin=2026-12-16｜contract=✓｜ef
        　　fective_date=2026-12-16｜last_day_in_time=2026-12-16
        　・　・state bucket=来週から｜days_left=15｜overdue_days=0｜short_words=あと15日｜open_words=開庁日 11日｜w
        　　ords=あと15日・開庁日 11日
        　・　・words name=実施報告書｜label=実施報告書の提出｜action=報告書の提出を求める｜next_actor=受託者
        　・sections 8
        　・　・state=任意
        　・　・　・section title=要点｜writer=受託者｜words=要点
        　・　・　・　・keys 要点
        　・　・　・chapters 1
        　・　・　・　・key=要点｜title=要点｜writer=受託者｜shape=text｜optional=✓｜hint=1行に1つ、3つまで
        　・　・state=済
        　・　・　・section number=1｜title=概要｜writer=区が記入｜words=1　概要
        　・　・　・　・keys 講師
        　・　・　・　・sources result
        　・　・　・chapters 1
        　・　・　・　・key=講師｜title=アドバイザー｜writer=受託者｜shape=text｜optional=✓
        　・　・　・facts 1
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －request_text=見本企画株式会社　業務責任者　受託見本　恵子　様 /  / アドバイザー派遣による個別支援　第2回（
        　　見本そよかぜ自治会）の実施報告書の様式をお送りします。 / 内容をご確認のうえ、つぎの項目を加え、令和8年12
        　　月16日（水）までにメールでご提出ください。 / ・事前ヒアリング / ・ツール別の段階 / ・今後の支援方針 / ・
        　　要点（任意） / ・アドバイザー（任意） / ・課題と目標（任意） / ・団体が決めた運用ルール（案）（任意） /
        　　 ・できるようになったこと（任意） / ・できるようになったことの確かめ方（任意） / ・確かめた人数（ｎ）（
        　　任意） / ・支援の予定（任意） / ・フォローアップ（任意） / ・写真についての説明（任意） / ・撮影者（任意
        　　） / ・撮影不可の方が写っていないことの確認（任意） / ・元の画像を残す期間（任意）｜photo_re
        －　・form event=Event 9｜due=2026-12-16｜due_basis=仕様書4(2)ケ。実施日の翌日 11/26(木) から3週間 = 12/16(
        　　水)（民法140条）｜clause=仕4(2)ケ
        ＋request_text=見本企画株式会社　業務責任者　様 /  / アドバイザー派遣による個別支援　第2回（見本そよかぜ自治
        　　会）の実施報告書の様式をお送りします。 / 内容をご確認のうえ、つぎの項目を加え、令和8年12月16日（水）まで
        　　にメールでご提出ください。 / ・事前ヒアリング / ・ツール別の段階 / ・今後の支援方針 / ・要点（任意） /
        　　 ・（任意） / ・課題と目標（任意） / ・団体が決めた運用ルール（案）（任意） / ・できるようになったこと（
        　　任意） / ・できるようになったことの確かめ方（任意） / ・確かめた人数（ｎ）（任意） / ・支援の予定（任意
        　　） / ・フォローアップ（任意） / ・写真についての説明（任意） / ・撮影者（任意） / ・撮影不可の方が写って
        　　いないことの確認（任意） / ・元の画像を残す期間（任意）｜photo_refused=0
        ＋　・form event=Event 9｜due=2026-12-16｜due_basis=実施日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条
        　　）
        －　・　・　・key=講師｜title=アドバイザー｜writer=受託者｜shape=text｜optional=✓
        ＋　・　・　・key=講師｜writer=受託者｜shape=text｜optional=✓
        －　・　・　・point=実施内容｜done=✓｜words=進行表と当日の記録から｜writer=区
        ＋　・　・　・point=実施内容｜words=進行表または出席数がまだです｜writer=区
        －　・task event=Event 9｜label=実施報告書の提出｜basis_short=仕4(2)ケ 3週間以内｜fiscal_year=0｜basis=仕様
        　　書4(2)ケ。実施日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜bucket=来週から｜clause=仕4(2)ケ｜c
        　　olumn=nominal｜days_left=15｜due=2026-12-16｜event_date=2026-11-25｜event_id=9｜event_title=第2回 派遣
        　　 見本そよかぜ自治会｜is_contract_duty=✓｜is_open=✓｜kind=派遣｜margin=2026-12-16｜margin_basis=目安日 12
        　　/16(水)（期限と同じ日）｜next_actor=受託者｜nominal=2026-12-16｜open_words=開庁日
        －　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(2)ケ｜rule=3週間以内｜basis=仕様書4(2)ケ。実施
        　　日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜margin_basis=目安日 12/16(水)（期限と同じ日）｜di
        　　rection=after｜start=2026-11-25｜nominal=2026-12-16｜working=2026-12-16｜margin=2026-12-16｜contract=✓｜
        　　effective_date=2026-12-16｜last_day_in_time=2026-12-16
        ＋　・task event=Event 9｜label=実施報告書の提出｜basis_short=3週間以内｜fiscal_year=0｜basis=実施日の翌日 1
        　　1/26(木) から3週間 = 12/16(水)（民法140条）｜bucket=来週から｜column=nominal｜days_left=15｜due=2026-12-
        　　16｜event_date=2026-11-25｜event_id=9｜event_title=第2回 派遣 見本そよかぜ自治会｜is_contract_duty=✓｜is
        　　_open=✓｜kind=派遣｜margin=2026-12-16｜margin_basis=目安日 12/16(水)（期限と同じ日）｜next_actor=受託者
        　　｜nominal=2026-12-16｜open_words=開庁日 11日｜overdue_days=0｜owner=受託者｜o
        ＋　・　・deadline task=実施報告書｜owner=受託者｜rule=3週間以内｜basis=実施日の翌日 11/26(木) から3週間 = 1
        　　2/16(水)（民法140条）｜margin_basis=目安日 12/16(水)（期限と同じ日）｜direction=after｜start=2026-11-25
        　　｜nominal=2026-12-16｜working=2026-12-16｜margin=2026-12-16｜contract=✓｜effective_date=2026-12-16｜last
        　　_day_in_time=2026-12-16
        －　・　・state=済
        ＋　・　・state=記入待ち
        －　・　・　・　・key=講師｜title=アドバイザー｜writer=受託者｜shape=text｜optional=✓
        ＋　・　・　・　・key=講師｜writer=受託者｜shape=text｜optional=✓
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_check_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_report_check,
            s,
            report_id=1,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 1｜report=Report 1｜due=2026-10-10｜limit=2026-10-13｜due_basis=仕様書4(1)コ。実施日の翌日 9/11(
        　　金) から1か月 = 10/10(土)（民法140条・143条）。閉庁日のため民法142条により 10/13(火)。土曜日が民法142条
        　　の休日に当たるかには争いがある｜clause=仕4(1)コ｜period=1か月以内｜in_time=✓｜open_differences=0｜untype
        　　d=0｜closed_words=確認済の報告書は変更できません。｜data=✓｜intent=問9｜open_count=0
        　・versions Report 1
        　・figures ReportFigure 1、ReportFigure 2、ReportFigure 3、ReportFigure 4、ReportFigure 5、ReportFigure 6、
        　　ReportFigure 7、ReportFigure 8、ReportFigure 9、ReportFigure 10、ReportFigure 11、ReportFigure 12、Repor
        　　tFigure 13、ReportFigure 14、ReportFigure 15、ReportFigure 16、ReportFigure 17、ReportFigure 18、ReportF
        　　igure 19、ReportFigure 20、ReportFigure 21、ReportFigure 22、ReportFigure 23
        　・points 実施内容、アンケートの集計結果、講師からの所感
        　・questions 9
        　・　・code=問1｜single=✓
        　・　・　・rows 会長、副会長、会計、広報・デジタル担当、その他の役員、会員、無回答
        　・　・code=問2｜single=✓
        　・　・　・rows とても満足、満足、どちらともいえない、不満、とても不満、無回答
        　・　・code=問3｜single=✓
        　・　・　・rows よく理解できた、だいたい理解できた、どちらともいえない、あまり理解できなかった、まったく理
        　　解できなかった、無回答
        　・　・code=問4｜single=✓
        　・　・　・rows 速い、やや速い、ちょうどよい、やや遅い、遅い、無回答
        　・　・code=問5｜single=✓
        　・　・　・rows 長い、やや長い、ちょうどよい、やや短い、短い、無回答
        　・　・code=問6
        　・　・　・rows 運用するときの注意点、ほかの町会・自治会の事例、操作の体験、質問・個別相談、講師の説明、配
        　　布資料、その他、特になし、無回答
        　・　・code=問7
        　・　・　・rows LINE、Instagram、LINE公式アカウント、電子回覧板、キャッシュレス決済、ホームページ・ブログ、
        　　その他、特になし、無回答
        　・　・code=問8
        　・　・　・rows 操作を教える人がいない、後任への引継ぎが難しい、役員の負担が増える、個人情報の取扱いが不安
        　　、会員の理解が得られない、端末または通信環境がない、費用がかかる、その他、特になし、無回答
        　・　・code=問9｜single=✓
        　・　・　・rows すぐに使いたい、準備をして使いたい、どちらともいえない、あまり使いたくない、使いたくない、
        　　無回答
        　・current_figures ReportFigure 1、ReportFigure 2、ReportFigure 3、ReportFigure 4、ReportFigure 5、ReportFi
        　　gure 6、ReportFigure 7、ReportFigure 8、ReportFigure 9、ReportFigure 10、ReportFigure 11、ReportFigure 1
        　　2、ReportFigure 13、ReportFigure 14、ReportFigure 15、ReportFigure 16、ReportFigure 17、ReportFigure 18
        　　、ReportFigure 19、ReportFigure 20、ReportFigure 21、ReportFigure 22、ReportFigure 23
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 1｜report=Report 1｜due=2026-10-10｜limit=2026-10-13｜due_basis=仕様書4(1)コ。実施日の翌日 9/1
        　　1(金) から1か月 = 10/10(土)（民法140条・143条）。閉庁日のため民法142条により 10/13(火)。土曜日が民法142
        　　条の休日に当たるかには争いがある｜clause=仕4(1)コ｜period=1か月以内｜in_time=✓｜open_differences=0｜unty
        　　ped=0｜closed_words=確認済の報告書は変更できません。｜data=✓｜intent=問9｜open_count=0
        ＋event=Event 1｜report=Report 1｜due=2026-10-10｜limit=2026-10-13｜due_basis=実施日の翌日 9/11(金) から1か
        　　月 = 10/10(土)（民法140条・143条）。閉庁日のため民法142条により 10/13(火)。土曜日が民法142条の休日に当た
        　　るかには争いがある｜period=1か月以内｜in_time=✓｜open_differences=0｜untyped=0｜closed_words=確認済の報
        　　告書は変更できません。｜data=✓｜intent=問9｜open_count=3
        ＋　・unchecked_points 実施内容、アンケートの集計結果、講師からの所感
        ＋　・outdated 出席 16人→なし、欠席 2人→なし、団体 11団体→なし
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_check_of_another_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_report_check,
            s,
            report_id=4,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 8｜report=Report 4｜due=2026-11-11｜limit=2026-11-11｜due_basis=仕様書4(2)ケ。実施日の翌日 10/22
        　　(木) から3週間 = 11/11(水)（民法140条）｜clause=仕4(2)ケ｜period=3週間以内｜in_time=✓｜open_differences=
        　　0｜untyped=0｜closed_words=確認済の報告書は変更できません。｜data=✓｜open_count=0
        　・versions Report 4
        　・figures ReportFigure 71、ReportFigure 72、ReportFigure 73、ReportFigure 74、ReportFigure 75、ReportFigur
        　　e 76、ReportFigure 77
        　・points 実施内容、今後の支援方針
        　・current_figures ReportFigure 71、ReportFigure 72、ReportFigure 73、ReportFigure 74、ReportFigure 75、Rep
        　　ortFigure 76、ReportFigure 77
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 8｜report=Report 4｜due=2026-11-11｜limit=2026-11-11｜due_basis=仕様書4(2)ケ。実施日の翌日 10/
        　　22(木) から3週間 = 11/11(水)（民法140条）｜clause=仕4(2)ケ｜period=3週間以内｜in_time=✓｜open_difference
        　　s=0｜untyped=0｜closed_words=確認済の報告書は変更できません。｜data=✓｜open_count=0
        ＋event=Event 8｜report=Report 4｜due=2026-11-11｜limit=2026-11-11｜due_basis=実施日の翌日 10/22(木) から3週
        　　間 = 11/11(水)（民法140条）｜period=3週間以内｜in_time=✓｜open_differences=0｜untyped=0｜closed_words=確
        　　認済の報告書は変更できません。｜data=✓｜open_count=2
        ＋　・unchecked_points 実施内容、今後の支援方針
        ＋　・outdated 出席 9人→なし、欠席 1人→なし、団体 1団体→なし
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_photos_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_photos,
            s,
            report_id=1,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
         2
        　・number=1｜photo=ReportPhoto 1｜data=✓
        　・number=2｜photo=ReportPhoto 2｜data=✓
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
