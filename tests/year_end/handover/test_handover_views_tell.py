"""What the page of 引継 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.year_end.handover.services import read_handover, read_staff_change
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_handover_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_handover, s, fiscal_year=2026, now=NOW) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        progress_words=講習会5回・派遣2回・意見交換会1回を実施、4回が予定。検査までの提出物21件のうち10件が確認済。
        　　｜policy_words=約束は報告書5章「今後の支援方針」
        　・people[前任者] 区民協働担当係　見本　係員
        　・people[引継日] 令和9年3月31日（水）
        　・open_items 63
        　・　・subject=第4回 講習会｜day=2026-11-05｜due=R8.11.5（木）｜label=アンケートの検算をする｜who=区｜detai
        　　l=11件
        　・　・subject=第5回 講習会｜day=2026-11-24｜due=R8.11.24（火）｜label=アンケートの検算をする｜who=区｜deta
        　　il=12件
        　・　・subject=第6回 講習会｜day=2026-11-24｜due=R8.11.24（火）｜label=資料の確認を終える｜who=区｜detail=1
        　　 / 3点｜clause=仕4(1)キ｜basis=仕4(1)キ 2週間前
        　・　・subject=第3回 講習会｜day=2026-11-26｜due=R8.11.26（木）｜label=実施報告書の修正版の提出｜who=受託者
        　・　・subject=第6回 講習会｜day=2026-11-27｜due=R8.11.27（金）｜label=会場の使用を決める｜who=区｜detail=
        　　見本つつじ台区民館 研修室 R8.12.8（火）
        　・　・subject=第4回 講習会｜day=2026-11-29｜due=R8.11.29（日）｜label=実施報告書の提出｜who=受託者｜clause
        　　=仕4(1)コ｜basis=仕4(1)コ 1か月以内 休日の場合 R8.11.30（月）
        　・　・subject=第6回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=持出しの返却を記録する｜who=区｜detai
        　　l=紙 1部
        　・　・subject=第6回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=資料の確認結果を通知する｜who=区｜det
        　　ail=講習資料「Instagramの投稿と注意点」 第1版
        　・　・subject=第7回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=受付締切｜who=区｜detail=申込 22人
        　・　・subject=第7回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=辞退した方に受理を知らせる｜who=区｜d
        　　etail=1団体 1人
        　・　・subject=第3回 派遣｜day=2026-12-01｜due=R8.12.1（火）｜label=参加人数の変更を連絡する｜who=区｜detai
        　　l=実施日 R9.1.13（水） → R9.1.20（水）　9→8人
        　・　・subject=第8回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=不在 2団体へ再架電・未連絡 6団体へ電
        　　話｜who=区｜detail=10:00
        　・first_weeks 5
        　・　・subject=年度に共通｜day=2027-04-12｜due=R9.4.12（月）｜label=見本そよかぜ自治会の会長が替わる｜who=
        　　区｜detail=替わる日に登録へ反映｜of_year=✓｜in_first_weeks=✓
        　・　・subject=年度に共通｜day=2027-04-20｜due=R9.4.20（火）｜label=会長改選 支部長への照会｜who=区｜detail
        　　=担当係｜of_year=✓｜in_first_weeks=✓
        　・　・subject=年度に共通｜day=2027-04-30｜due=R9.4.30（金）｜label=請求書の提出｜who=受託者｜of_year=✓｜in
        　　_first_weeks=✓
        　・　・subject=年度に共通｜day=2027-05-31｜due=R9.5.31（月）｜label=出納閉鎖｜who=区｜of_year=✓｜in_first_w
        　　eeks=✓
        　・　・subject=年度に共通｜day=2027-05-31｜due=仮 〜R9 5/31(月)｜label=支払を終える｜who=区｜of_year=✓｜in_
        　　first_weeks=✓
        　・rows[決めたことと理由] 7
        　・　・R8.8.5、会場の無料Wi-Fi　有線に区のルーター2台をつなぐ。 / 無料Wi-Fiは予備とする。、R8.7.10（金）の
        　　下見で20台を同時に試した。団体のアカウントを、だれでも入れる回線で作らせないため。　仕4(1)ク、第2号
        　・　・R8.8.5、資料の大きさ　14ポイントのUD書体、A4縦、1回20ページまでとする。、昨年度のアンケートで「字が
        　　小さい」が4件あったため。　仕4(1)キ、第3号
        　・　・R8.9.25、機材　ルーター2台を受託者が持参する。、会場にネット環境がないときは受託者が整備する（仕4(2)
        　　ク）。費用の追加はない。　仕4(2)ク、第18号
        　・　・R8.9.28、内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。、第1回のアンケートの集
        　　計による。　仕4(1)カ、第19号
        　・　・R8.9.28、設問　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。、回ごとの比較を人数で示すた
        　　め。　仕4(1)ケ、第20号
        　・　・R8.10.8、事前ヒアリング　R9.3までは受託者、R9.4からは区が電話で確かめ、つぎの募集を案内する。、契約
        　　の期間がR9.3までであるため。　仕4(2)カ、第24号
        　・　・R8.10.14、内容　4班とし、各班にファシリテーターを1人置く。、仕様は「各グループに配置」である。20人程
        　　度を1班5人で分ける。　仕4(3)カ、第25号
        　・rows[もののありか] 14
        　・　・持出し中　配慮の手配の一覧、見本つつじ台区民館、1、返却の予定　R8.12.1
        　・　・業務データ（このアプリ）のフォルダー、設定「バックアップ・表示」、1、開く前に、使用中の人を確かめる
        　　。
        　・　・実施報告書、文書管理システム、5、
        　・　・管理責任者選任届、紙ファイル、1、
        　・　・従事者・配置表の届、紙ファイル、1、
        　・　・教育実施報告書、紙ファイル、1、
        　・　・実施報告書の数字、文書管理システム、1、
        　・　・変更届、文書管理システム、1、
        　・　・事故等報告書、文書管理システム、2、
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・open_items 63
        ＋　・open_items 85
        ＋　・　・subject=第1回 講習会｜day=2026-09-11｜due=R8.9.11（金）｜label=実施結果を記録する｜who=区
        ＋　・　・subject=第2回 講習会｜day=2026-10-01｜due=R8.10.1（木）｜label=実施結果を記録する｜who=区
        ＋　・　・subject=第1回 講習会｜day=2026-10-13｜due=R8.10.13（火）｜label=届いた報告書の内容確認｜who=区
        ＋　・　・subject=第3回 講習会｜day=2026-10-16｜due=R8.10.16（金）｜label=実施結果を記録する｜who=区
        ＋　・　・subject=第1回 派遣｜day=2026-10-22｜due=R8.10.22（木）｜label=実施結果を記録する｜who=区
        ＋　・　・subject=第4回 講習会｜day=2026-10-30｜due=R8.10.30（金）｜label=実施結果を記録する｜who=区
        ＋　・　・subject=第2回 講習会｜day=2026-11-02｜due=R8.11.2（月）｜label=届いた報告書の内容確認｜who=区
        ＋　・　・subject=第1回 意見交換会｜day=2026-11-13｜due=R8.11.13（金）｜label=実施結果を記録する｜who=区
        ＋　・　・subject=第1回 派遣｜day=2026-11-16｜due=R8.11.16（月）｜label=届いた報告書の内容確認｜who=区
        ＋　・　・subject=第5回 講習会｜day=2026-11-18｜due=R8.11.18（水）｜label=実施結果を記録する｜who=区
        －　・　・subject=第6回 講習会｜day=2026-11-24｜due=R8.11.24（火）｜label=資料の確認を終える｜who=区｜detail
        　　=1 / 3点｜clause=仕4(1)キ｜basis=仕4(1)キ 2週間前
        －　・　・subject=第3回 講習会｜day=2026-11-26｜due=R8.11.26（木）｜label=実施報告書の修正版の提出｜who=受託
        　　者
        －　・　・subject=第6回 講習会｜day=2026-11-27｜due=R8.11.27（金）｜label=会場の使用を決める｜who=区｜detail
        　　=見本つつじ台区民館 研修室 R8.12.8（火）
        －　・　・subject=第4回 講習会｜day=2026-11-29｜due=R8.11.29（日）｜label=実施報告書の提出｜who=受託者｜clau
        　　se=仕4(1)コ｜basis=仕4(1)コ 1か月以内 休日の場合 R8.11.30（月）
        －　・　・subject=第6回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=持出しの返却を記録する｜who=区｜det
        　　ail=紙 1部
        －　・　・subject=第6回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=資料の確認結果を通知する｜who=区｜d
        　　etail=講習資料「Instagramの投稿と注意点」 第1版
        －　・　・subject=第7回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=受付締切｜who=区｜detail=申込 22人
        －　・　・subject=第7回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=辞退した方に受理を知らせる｜who=区
        　　｜detail=1団体 1人
        －　・　・subject=第3回 派遣｜day=2026-12-01｜due=R8.12.1（火）｜label=参加人数の変更を連絡する｜who=区｜det
        　　ail=実施日 R9.1.13（水） → R9.1.20（水）　9→8人
        －　・　・subject=第8回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=不在 2団体へ再架電・未連絡 6団体へ
        　　電話｜who=区｜detail=10:00
        －　・rows[決めたことと理由] 7
        －　・　・R8.8.5、会場の無料Wi-Fi　有線に区のルーター2台をつなぐ。 / 無料Wi-Fiは予備とする。、R8.7.10（金）
        　　の下見で20台を同時に試した。団体のアカウントを、だれでも入れる回線で作らせないため。　仕4(1)ク、第2号
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －progress_words=講習会5回・派遣2回・意見交換会1回を実施、4回が予定。検査までの提出物21件のうち10件が確認済
        　　。｜policy_words=約束は報告書5章「今後の支援方針」
        ＋progress_words=講習会5回・派遣2回・意見交換会1回を実施、3回が予定。検査までの提出物20件のうち10件が確認済
        　　。｜policy_words=約束は報告書5章「今後の支援方針」
        －　・open_items 63
        ＋　・open_items 65
        －　・　・subject=第6回 講習会｜day=2026-11-24｜due=R8.11.24（火）｜label=資料の確認を終える｜who=区｜detail
        　　=1 / 3点｜clause=仕4(1)キ｜basis=仕4(1)キ 2週間前
        －　・　・subject=第6回 講習会｜day=2026-11-27｜due=R8.11.27（金）｜label=会場の使用を決める｜who=区｜detail
        　　=見本つつじ台区民館 研修室 R8.12.8（火）
        ＋　・　・subject=第6回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=オンライン回答の締切を直す｜who=区
        　　｜detail=締切 R8.12.15（火）（実施は R8.12.17（木））
        ＋　・　・subject=第6回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=未連絡 8団体へ電話｜who=区｜detail=
        　　日時の変更
        ＋　・　・subject=第6回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=通知後の変更連絡｜who=区｜detail=決
        　　定通知　宛先 8団体 14人 → 8団体 13人
        ＋　・　・subject=第6回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=変更通知で知らせる｜who=区｜detail=
        　　実施日 R8.12.8（火） → R8.12.17（木）　8団体 13人
        ＋　・　・subject=第6回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=会場の予約を直す｜who=区｜detail=見
        　　本つつじ台区民館 研修室 R8.12.8（火）の予約のまま（実施は R8.12.17（木））
        －　・　・subject=第7回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=受付締切｜who=区｜detail=申込 22人
        －　・　・subject=第7回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=辞退した方に受理を知らせる｜who=区
        　　｜detail=1団体 1人
        －　・　・subject=第3回 派遣｜day=2026-12-01｜due=R8.12.1（火）｜label=参加人数の変更を連絡する｜who=区｜det
        　　ail=実施日 R9.1.13（水） → R9.1.20（水）　9→8人
        －　・　・subject=第8回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=不在 2団体へ再架電・未連絡 6団体へ
        　　電話｜who=区｜detail=10:00
        ＋　・　・subject=第6回 講習会｜day=2026-12-01｜due=R8.12.1（火）｜label=辞退した方に受理を知らせる｜who=区
        　　｜detail=1団体 1人
        """,
    )


def test_the_change_of_staff_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_staff_change, s, fiscal_year=2026, today=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        predecessor=区民協働担当係　見本　係員｜day=令和9年3月31日（水）｜last_day=2027-03-31
        　・homework Homework 4、Homework 5
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・homework Homework 4、Homework 5
        ＋　・homework Homework 1、Homework 4、Homework 5
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
