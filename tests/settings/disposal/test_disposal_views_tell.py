"""What the page of 消す時期 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from datetime import date

from app.settings.disposal.services.contract_end import read_contract_end
from app.settings.disposal.services.due_rows import read_due
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_what_is_due_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_due,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        waiting_for_day_file=0｜backups_until=2029-12-31
        　・lines 5
        　・　・id=signers:later｜title=派遣の希望票に署名した人の氏名｜events_text=派遣第1回 1・派遣第2回 1・派遣第3回
        　　 1｜count=6｜unit=件｜why=派遣の年度が終わった｜basis=アプリの目安・入力した日｜until=2027-03-31｜state=late
        　　r｜record_number=0
        　・　・id=photos:later｜title=写真の元のデータ｜events_text=講習会第2回 2・意見交換会第1回 2｜count=4｜unit=枚
        　　｜why=実施報告書への掲載が終わった｜basis=アプリの目安｜until=2027-03-31｜state=later｜record_number=0
        　・　・id=applicants:later｜title=申込者・参加者の連絡先｜events_text=講習会第5回 20・講習会第7回 20・意見交換
        　　会第1回 19 ほか9回｜count=120｜unit=件｜why=年度の事業が終わった｜basis=アプリの目安・入力した日｜until=2027
        　　-04-30｜state=later｜record_number=0
        　・　・id=participants:later｜title=申込者・参加者の氏名、配慮・備考｜events_text=講習会第5回 20・講習会第7回 2
        　　0・意見交換会第1回 19 ほか9回｜count=93｜unit=人｜why=年度の事業が終わった｜basis=アプリの目安・入力した日｜
        　　until=2027-04-30｜state=later｜record_number=0
        　・　・id=presenters:later｜title=事例発表者の氏名と連絡先｜events_text=意見交換会第2回 2｜count=2｜unit=件｜wh
        　　y=発表の会が終わった｜basis=アプリの目安・入力した日｜until=2027-04-30｜state=later｜record_number=0
        　・copies_until 1
        　・　・2026、2028-03-31
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・lines 5
        －　・　・id=signers:later｜title=派遣の希望票に署名した人の氏名｜events_text=派遣第1回 1・派遣第2回 1・派遣第3
        　　回 1｜count=6｜unit=件｜why=派遣の年度が終わった｜basis=アプリの目安・入力した日｜until=2027-03-31｜state=la
        　　ter｜record_number=0
        ＋　・lines 4
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_what_is_due_in_ten_years_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_due,
            s,
            today=date(2036, 4, 1),
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        waiting_for_day_file=0｜backups_until=2039-04-30
        　・lines 5
        　・　・id=signers:now｜title=派遣の希望票に署名した人の氏名｜events_text=派遣第1回 1・派遣第2回 1・派遣第3回 1
        　　｜count=6｜unit=件｜why=派遣の年度が終わった｜basis=アプリの目安・入力した日｜until=2027-03-31｜state=due｜r
        　　ecord_number=0｜is_due=✓
        　・　・id=photos:now｜title=写真の元のデータ｜events_text=講習会第2回 2・意見交換会第1回 2｜count=4｜unit=枚｜w
        　　hy=実施報告書への掲載が終わった｜basis=アプリの目安｜until=2027-03-31｜state=due｜record_number=0｜is_due=✓
        　・　・id=applicants:now｜title=申込者・参加者の連絡先｜events_text=講習会第5回 20・講習会第7回 20・意見交換会
        　　第1回 19 ほか9回｜count=120｜unit=件｜why=年度の事業が終わった｜basis=アプリの目安・入力した日｜until=2027-0
        　　4-30｜state=due｜record_number=0｜is_due=✓
        　・　・id=participants:now｜title=申込者・参加者の氏名、配慮・備考｜events_text=講習会第5回 20・講習会第7回 20
        　　・意見交換会第1回 19 ほか9回｜count=93｜unit=人｜why=年度の事業が終わった｜basis=アプリの目安・入力した日｜u
        　　ntil=2027-04-30｜state=due｜record_number=0｜is_due=✓
        　・　・id=presenters:now｜title=事例発表者の氏名と連絡先｜events_text=意見交換会第2回 2｜count=2｜unit=件｜why=
        　　発表の会が終わった｜basis=アプリの目安・入力した日｜until=2027-04-30｜state=due｜record_number=0｜is_due=✓
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・lines 5
        －　・　・id=signers:now｜title=派遣の希望票に署名した人の氏名｜events_text=派遣第1回 1・派遣第2回 1・派遣第3回
        　　 1｜count=6｜unit=件｜why=派遣の年度が終わった｜basis=アプリの目安・入力した日｜until=2027-03-31｜state=due
        　　｜record_number=0｜is_due=✓
        ＋　・lines 4
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_end_of_the_contract_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_contract_end, s, fiscal_year=2026, today=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        next_step=指示｜fiscal_year=2026｜remaining_count=9
        　・view programme=Programme 1｜office=Office 1｜contractor=Contractor 1
        　・　・kinds EventKind 1、EventKind 2、EventKind 3
        　・　・rows base=Programme 1
        　・　・　・numbers EventKind 1、EventKind 2、EventKind 3
        　・　・　・offices Office 1
        　・　・　・contractors Contractor 1
        　・rows 16
        　・　・id=アンケート回答用紙　紙　63枚｜state=left｜item=アンケート回答用紙｜medium=紙｜quantity=63枚｜sour
        　　ce=アンケートの記録｜state_text=証明なし
        　・　・　・line item=アンケート回答用紙｜medium=紙｜quantity=63枚｜holder=受託者｜source=アンケートの記録｜
        　　id=アンケート回答用紙　紙　63枚｜is_remaining=✓｜words=アンケート回答用紙　紙
        　・　・id=オンラインの回答　フォームサービス　20件｜state=left｜item=オンラインの回答｜medium=フォームサー
        　　ビス｜quantity=20件｜source=アンケートの記録｜state_text=証明なし
        　・　・　・line item=オンラインの回答｜medium=フォームサービス｜quantity=20件｜holder=受託者｜source=アンケ
        　　ートの記録｜id=オンラインの回答　フォームサービス　20件｜is_remaining=✓｜words=オンラインの回答　フォー
        　　ムサービス
        　・　・id=派遣の聞き取りの記録　紙・データ　2件｜state=left｜item=派遣の聞き取りの記録｜medium=紙・データ｜
        　　quantity=2件｜source=派遣の記録｜state_text=証明なし
        　・　・　・line item=派遣の聞き取りの記録｜medium=紙・データ｜quantity=2件｜holder=受託者｜since=2026-10-01
        　　｜source=派遣の記録｜id=派遣の聞き取りの記録　紙・データ　2件｜is_remaining=✓｜words=派遣の聞き取りの記
        　　録　紙・データ
        　・　・id=写真の元の画像　データ　4枚｜state=left｜item=写真の元の画像｜medium=データ｜quantity=4枚｜source
        　　=実施報告書の写真｜state_text=証明なし
        　・　・　・line item=写真の元の画像｜medium=データ｜quantity=4枚｜holder=受託者｜source=実施報告書の写真｜i
        　　d=写真の元の画像　データ　4枚｜is_remaining=✓｜words=写真の元の画像　データ
        　・　・id=当日資料の印刷・帳合い　再委託（見本印刷株式会社）　一式｜state=left｜item=当日資料の印刷・帳合い
        　　｜medium=再委託（見本印刷株式会社）｜quantity=一式｜source=許可・承認簿 3番｜state_text=証明なし
        　・　・　・line item=当日資料の印刷・帳合い｜medium=再委託（見本印刷株式会社）｜quantity=一式｜holder=受託
        　　者｜since=2026-09-01｜source=許可・承認簿 3番｜ledger=allowances｜id=当日資料の印刷・帳合い　再委託（見
        　　本印刷株式会社）　一式｜is_remaining=✓｜words=当日資料の印刷・帳合い　再委託（見本印刷株式会社）
        　・　・id=参加者向け案内の原稿（共有フォルダーの閲覧）　アクセス権限　1件｜state=left｜item=参加者向け案内
        　　の原稿（共有フォルダーの閲覧）｜medium=アクセス権限｜quantity=1件｜source=提供物台帳 1番｜state_text=証
        　　明なし
        　・　・　・line item=参加者向け案内の原稿（共有フォルダーの閲覧）｜medium=アクセス権限｜quantity=1件｜holde
        　　r=受託者｜since=2026-08-03｜source=提供物台帳 1番｜ledger=provided｜id=参加者向け案内の原稿（共有フォル
        　　ダーの閲覧）　アクセス権限　1件｜is_remaining=✓｜words=参加者向け案内の原稿（共有フォルダーの閲覧）　ア
        　　クセス権限
        　・　・id=貸与タブレットの設定資料　資料　1件｜state=left｜item=貸与タブレットの設定資料｜medium=資料｜quan
        　　tity=1件｜source=提供物台帳 2番｜state_text=証明なし
        　・　・　・line item=貸与タブレットの設定資料｜medium=資料｜quantity=1件｜holder=受託者｜since=2026-08-20｜
        　　source=提供物台帳 2番｜ledger=provided｜id=貸与タブレットの設定資料　資料　1件｜is_remaining=✓｜words=貸
        　　与タブレットの設定資料　資料
        　・　・id=提出した報告書・資料の控え　メール　一式｜state=left｜item=提出した報告書・資料の控え｜medium=メ
        　　ール｜quantity=一式｜source=情報授受簿 1・2・3番ほか24件｜state_text=証明なし
        　・　・　・line item=提出した報告書・資料の控え｜medium=メール｜quantity=一式｜holder=受託者｜since=2026-08
        　　-18｜source=情報授受簿 1・2・3番ほか24件｜ledger=transfers｜id=提出した報告書・資料の控え　メール　一式
        　　｜is_remaining=✓｜words=提出した報告書・資料の控え　メール
        　・　・id=区が伝えた書類・連絡（重要情報を含まないもの）　メール　一式｜state=left｜item=区が伝えた書類・連
        　　絡（重要情報を含まないもの）｜medium=メール｜quantity=一式｜source=情報授受簿 4・5・6番ほか25件｜state_t
        　　ext=証明なし
        　・　・　・line item=区が伝えた書類・連絡（重要情報を含まないもの）｜medium=メール｜quantity=一式｜holder=
        　　受託者｜since=2026-08-25｜source=情報授受簿 4・5・6番ほか25件｜ledger=transfers｜id=区が伝えた書類・連絡
        　　（重要情報を含まないもの）　メール　一式｜is_remaining=✓｜words=区が伝えた書類・連絡（重要情報を含まない
        　　もの）　メール
        　・　・id=第5回 LINE講習会（2回目）　アンケート用紙　紙　12枚｜state=ward｜item=第5回 LINE講習会（2回目）
        　　　アンケート用紙｜medium=紙｜quantity=12枚｜source=情報授受簿 56番｜state_text=受託者に返す｜needs_atten
        　　tion=✓
        　・　・id=takeouts:takeouts:2｜state=ward｜item=配慮の手配の一覧｜medium=紙｜quantity=1部｜source=持出し管
        　　理簿 2番｜state_text=持出し中　返却予定 12/1(火)｜needs_attention=✓
        　・　・id=due:signers:later｜state=ward｜item=派遣の希望票に署名した人の氏名｜medium=データ｜quantity=6件｜
        　　source=派遣第1回 1・派遣第2回 1・派遣第3回 1｜state_text=R9 3/31(水)　まで持つ
        　・order programme=Programme 1｜revision=1
        　・　・held_items
        　・　・　・lines 10
        　・　・　・　・item=アンケート回答用紙｜medium=紙｜quantity=63枚｜holder=受託者｜source=アンケートの記録｜i
        　　d=アンケート回答用紙　紙　63枚｜is_remaining=✓｜words=アンケート回答用紙　紙
        　・　・　・　・item=オンラインの回答｜medium=フォームサービス｜quantity=20件｜holder=受託者｜source=アンケ
        　　ートの記録｜id=オンラインの回答　フォームサービス　20件｜is_remaining=✓｜words=オンラインの回答　フォー
        　　ムサービス
        　・　・　・　・item=派遣の聞き取りの記録｜medium=紙・データ｜quantity=2件｜holder=受託者｜since=2026-10-01
        　　｜source=派遣の記録｜id=派遣の聞き取りの記録　紙・データ　2件｜is_remaining=✓｜words=派遣の聞き取りの記
        　　録　紙・データ
        　・　・　・　・item=写真の元の画像｜medium=データ｜quantity=4枚｜holder=受託者｜source=実施報告書の写真｜id
        　　=写真の元の画像　データ　4枚｜is_remaining=✓｜words=写真の元の画像　データ
        　・　・　・　・item=当日資料の印刷・帳合い｜medium=再委託（見本印刷株式会社）｜quantity=一式｜holder=受託者
        　　｜since=2026-09-01｜source=許可・承認簿 3番｜ledger=allowances｜id=当日資料の印刷・帳合い　再委託（見本
        　　印刷株式会社）　一式｜is_remaining=✓｜words=当日資料の印刷・帳合い　再委託（見本印刷株式会社）
        　・　・　・　・item=参加者向け案内の原稿（共有フォルダーの閲覧）｜medium=アクセス権限｜quantity=1件｜holder
        　　=受託者｜since=2026-08-03｜source=提供物台帳 1番｜ledger=provided｜id=参加者向け案内の原稿（共有フォルダ
        　　ーの閲覧）　アクセス権限　1件｜is_remaining=✓｜words=参加者向け案内の原稿（共有フォルダーの閲覧）　アク
        　　セス権限
        　・　・　・　・item=貸与タブレットの設定資料｜medium=資料｜quantity=1件｜holder=受託者｜since=2026-08-20｜s
        　　ource=提供物台帳 2番｜ledger=provided｜id=貸与タブレットの設定資料　資料　1件｜is_remaining=✓｜words=貸
        　　与タブレットの設定資料　資料
        　・　・　・　・item=提出した報告書・資料の控え｜medium=メール｜quantity=一式｜holder=受託者｜since=2026-08-
        　　18｜source=情報授受簿 1・2・3番ほか24件｜ledger=transfers｜id=提出した報告書・資料の控え　メール　一式｜
        　　is_remaining=✓｜words=提出した報告書・資料の控え　メール
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －next_step=指示｜fiscal_year=2026｜remaining_count=9
        ＋next_step=指示｜fiscal_year=2026｜remaining_count=8
        －　・rows 16
        ＋　・rows 14
        －　・　・id=派遣の聞き取りの記録　紙・データ　2件｜state=left｜item=派遣の聞き取りの記録｜medium=紙・データ
        　　｜quantity=2件｜source=派遣の記録｜state_text=証明なし
        －　・　・　・line item=派遣の聞き取りの記録｜medium=紙・データ｜quantity=2件｜holder=受託者｜since=2026-10-
        　　01｜source=派遣の記録｜id=派遣の聞き取りの記録　紙・データ　2件｜is_remaining=✓｜words=派遣の聞き取りの
        　　記録　紙・データ
        －　・　・id=due:signers:later｜state=ward｜item=派遣の希望票に署名した人の氏名｜medium=データ｜quantity=6件
        　　｜source=派遣第1回 1・派遣第2回 1・派遣第3回 1｜state_text=R9 3/31(水)　まで持つ
        ＋　・　・id=due:photos:later｜state=ward｜item=写真の元のデータ｜medium=データ｜quantity=4枚｜source=講習会
        　　第2回 2・意見交換会第1回 2｜state_text=R9 3/31(水)　まで持つ
        ＋　・　・id=due:applicants:later｜state=ward｜item=申込者・参加者の連絡先｜medium=データ｜quantity=120件｜s
        　　ource=講習会第5回 20・講習会第7回 20・意見交換会第1回 19 ほか9回｜state_text=R9 4/30(金)　まで持つ
        －　・　・　・lines 10
        ＋　・　・　・lines 9
        －　・　・　・　・item=派遣の聞き取りの記録｜medium=紙・データ｜quantity=2件｜holder=受託者｜since=2026-10-0
        　　1｜source=派遣の記録｜id=派遣の聞き取りの記録　紙・データ　2件｜is_remaining=✓｜words=派遣の聞き取りの記
        　　録　紙・データ
        ＋　・　・　・　・item=区が伝えた書類・連絡（重要情報を含まないもの）｜medium=メール｜quantity=一式｜holder=
        　　受託者｜since=2026-08-25｜source=情報授受簿 4・5・6番ほか25件｜ledger=transfers｜id=区が伝えた書類・連絡
        　　（重要情報を含まないもの）　メール　一式｜is_remaining=✓｜words=区が伝えた書類・連絡（重要情報を含まない
        　　もの）　メール
        ＋　・　・　・　・item=第5回 LINE講習会（2回目）　アンケート用紙｜medium=紙｜quantity=12枚｜holder=区｜since
        　　=2026-11-20｜source=情報授受簿 56番｜ledger=transfers｜id=第5回 LINE講習会（2回目）　アンケート用紙　紙
        　　　12枚｜words=第5回 LINE講習会（2回目）　アンケート用紙　紙
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_end_of_the_contract_after_it_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_contract_end, s, fiscal_year=2026, today=date(2027, 4, 5))
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        next_step=指示｜fiscal_year=2026｜remaining_count=9
        　・view programme=Programme 1｜office=Office 1｜contractor=Contractor 1
        　・　・kinds EventKind 1、EventKind 2、EventKind 3
        　・　・rows base=Programme 1
        　・　・　・numbers EventKind 1、EventKind 2、EventKind 3
        　・　・　・offices Office 1
        　・　・　・contractors Contractor 1
        　・rows 16
        　・　・id=アンケート回答用紙　紙　63枚｜state=left｜item=アンケート回答用紙｜medium=紙｜quantity=63枚｜sour
        　　ce=アンケートの記録｜state_text=証明なし
        　・　・　・line item=アンケート回答用紙｜medium=紙｜quantity=63枚｜holder=受託者｜source=アンケートの記録｜
        　　id=アンケート回答用紙　紙　63枚｜is_remaining=✓｜words=アンケート回答用紙　紙
        　・　・id=オンラインの回答　フォームサービス　20件｜state=left｜item=オンラインの回答｜medium=フォームサー
        　　ビス｜quantity=20件｜source=アンケートの記録｜state_text=証明なし
        　・　・　・line item=オンラインの回答｜medium=フォームサービス｜quantity=20件｜holder=受託者｜source=アンケ
        　　ートの記録｜id=オンラインの回答　フォームサービス　20件｜is_remaining=✓｜words=オンラインの回答　フォー
        　　ムサービス
        　・　・id=派遣の聞き取りの記録　紙・データ　2件｜state=left｜item=派遣の聞き取りの記録｜medium=紙・データ｜
        　　quantity=2件｜source=派遣の記録｜state_text=証明なし
        　・　・　・line item=派遣の聞き取りの記録｜medium=紙・データ｜quantity=2件｜holder=受託者｜since=2026-10-01
        　　｜source=派遣の記録｜id=派遣の聞き取りの記録　紙・データ　2件｜is_remaining=✓｜words=派遣の聞き取りの記
        　　録　紙・データ
        　・　・id=写真の元の画像　データ　4枚｜state=left｜item=写真の元の画像｜medium=データ｜quantity=4枚｜source
        　　=実施報告書の写真｜state_text=証明なし
        　・　・　・line item=写真の元の画像｜medium=データ｜quantity=4枚｜holder=受託者｜source=実施報告書の写真｜i
        　　d=写真の元の画像　データ　4枚｜is_remaining=✓｜words=写真の元の画像　データ
        　・　・id=当日資料の印刷・帳合い　再委託（見本印刷株式会社）　一式｜state=left｜item=当日資料の印刷・帳合い
        　　｜medium=再委託（見本印刷株式会社）｜quantity=一式｜source=許可・承認簿 3番｜state_text=証明なし
        　・　・　・line item=当日資料の印刷・帳合い｜medium=再委託（見本印刷株式会社）｜quantity=一式｜holder=受託
        　　者｜since=2026-09-01｜source=許可・承認簿 3番｜ledger=allowances｜id=当日資料の印刷・帳合い　再委託（見
        　　本印刷株式会社）　一式｜is_remaining=✓｜words=当日資料の印刷・帳合い　再委託（見本印刷株式会社）
        　・　・id=参加者向け案内の原稿（共有フォルダーの閲覧）　アクセス権限　1件｜state=left｜item=参加者向け案内
        　　の原稿（共有フォルダーの閲覧）｜medium=アクセス権限｜quantity=1件｜source=提供物台帳 1番｜state_text=証
        　　明なし
        　・　・　・line item=参加者向け案内の原稿（共有フォルダーの閲覧）｜medium=アクセス権限｜quantity=1件｜holde
        　　r=受託者｜since=2026-08-03｜source=提供物台帳 1番｜ledger=provided｜id=参加者向け案内の原稿（共有フォル
        　　ダーの閲覧）　アクセス権限　1件｜is_remaining=✓｜words=参加者向け案内の原稿（共有フォルダーの閲覧）　ア
        　　クセス権限
        　・　・id=貸与タブレットの設定資料　資料　1件｜state=left｜item=貸与タブレットの設定資料｜medium=資料｜quan
        　　tity=1件｜source=提供物台帳 2番｜state_text=証明なし
        　・　・　・line item=貸与タブレットの設定資料｜medium=資料｜quantity=1件｜holder=受託者｜since=2026-08-20｜
        　　source=提供物台帳 2番｜ledger=provided｜id=貸与タブレットの設定資料　資料　1件｜is_remaining=✓｜words=貸
        　　与タブレットの設定資料　資料
        　・　・id=提出した報告書・資料の控え　メール　一式｜state=left｜item=提出した報告書・資料の控え｜medium=メ
        　　ール｜quantity=一式｜source=情報授受簿 1・2・3番ほか24件｜state_text=証明なし
        　・　・　・line item=提出した報告書・資料の控え｜medium=メール｜quantity=一式｜holder=受託者｜since=2026-08
        　　-18｜source=情報授受簿 1・2・3番ほか24件｜ledger=transfers｜id=提出した報告書・資料の控え　メール　一式
        　　｜is_remaining=✓｜words=提出した報告書・資料の控え　メール
        　・　・id=区が伝えた書類・連絡（重要情報を含まないもの）　メール　一式｜state=left｜item=区が伝えた書類・連
        　　絡（重要情報を含まないもの）｜medium=メール｜quantity=一式｜source=情報授受簿 4・5・6番ほか25件｜state_t
        　　ext=証明なし
        　・　・　・line item=区が伝えた書類・連絡（重要情報を含まないもの）｜medium=メール｜quantity=一式｜holder=
        　　受託者｜since=2026-08-25｜source=情報授受簿 4・5・6番ほか25件｜ledger=transfers｜id=区が伝えた書類・連絡
        　　（重要情報を含まないもの）　メール　一式｜is_remaining=✓｜words=区が伝えた書類・連絡（重要情報を含まない
        　　もの）　メール
        　・　・id=第5回 LINE講習会（2回目）　アンケート用紙　紙　12枚｜state=ward｜item=第5回 LINE講習会（2回目）
        　　　アンケート用紙｜medium=紙｜quantity=12枚｜source=情報授受簿 56番｜state_text=受託者に返す｜needs_atten
        　　tion=✓
        　・　・id=takeouts:takeouts:2｜state=ward｜item=配慮の手配の一覧｜medium=紙｜quantity=1部｜source=持出し管
        　　理簿 2番｜state_text=持出し中　返却予定 R8 12/1(火)｜needs_attention=✓
        　・　・id=due:signers:now｜state=ward｜item=派遣の希望票に署名した人の氏名｜medium=データ｜quantity=6件｜so
        　　urce=派遣第1回 1・派遣第2回 1・派遣第3回 1｜state_text=3/31(水)　消す時期が来た｜needs_attention=✓
        　・order programme=Programme 1｜revision=1
        　・　・held_items
        　・　・　・lines 10
        　・　・　・　・item=アンケート回答用紙｜medium=紙｜quantity=63枚｜holder=受託者｜source=アンケートの記録｜i
        　　d=アンケート回答用紙　紙　63枚｜is_remaining=✓｜words=アンケート回答用紙　紙
        　・　・　・　・item=オンラインの回答｜medium=フォームサービス｜quantity=20件｜holder=受託者｜source=アンケ
        　　ートの記録｜id=オンラインの回答　フォームサービス　20件｜is_remaining=✓｜words=オンラインの回答　フォー
        　　ムサービス
        　・　・　・　・item=派遣の聞き取りの記録｜medium=紙・データ｜quantity=2件｜holder=受託者｜since=2026-10-01
        　　｜source=派遣の記録｜id=派遣の聞き取りの記録　紙・データ　2件｜is_remaining=✓｜words=派遣の聞き取りの記
        　　録　紙・データ
        　・　・　・　・item=写真の元の画像｜medium=データ｜quantity=4枚｜holder=受託者｜source=実施報告書の写真｜id
        　　=写真の元の画像　データ　4枚｜is_remaining=✓｜words=写真の元の画像　データ
        　・　・　・　・item=当日資料の印刷・帳合い｜medium=再委託（見本印刷株式会社）｜quantity=一式｜holder=受託者
        　　｜since=2026-09-01｜source=許可・承認簿 3番｜ledger=allowances｜id=当日資料の印刷・帳合い　再委託（見本
        　　印刷株式会社）　一式｜is_remaining=✓｜words=当日資料の印刷・帳合い　再委託（見本印刷株式会社）
        　・　・　・　・item=参加者向け案内の原稿（共有フォルダーの閲覧）｜medium=アクセス権限｜quantity=1件｜holder
        　　=受託者｜since=2026-08-03｜source=提供物台帳 1番｜ledger=provided｜id=参加者向け案内の原稿（共有フォルダ
        　　ーの閲覧）　アクセス権限　1件｜is_remaining=✓｜words=参加者向け案内の原稿（共有フォルダーの閲覧）　アク
        　　セス権限
        　・　・　・　・item=貸与タブレットの設定資料｜medium=資料｜quantity=1件｜holder=受託者｜since=2026-08-20｜s
        　　ource=提供物台帳 2番｜ledger=provided｜id=貸与タブレットの設定資料　資料　1件｜is_remaining=✓｜words=貸
        　　与タブレットの設定資料　資料
        　・　・　・　・item=提出した報告書・資料の控え｜medium=メール｜quantity=一式｜holder=受託者｜since=2026-08-
        　　18｜source=情報授受簿 1・2・3番ほか24件｜ledger=transfers｜id=提出した報告書・資料の控え　メール　一式｜
        　　is_remaining=✓｜words=提出した報告書・資料の控え　メール
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －next_step=指示｜fiscal_year=2026｜remaining_count=9
        ＋next_step=指示｜fiscal_year=2026｜remaining_count=8
        －　・rows 16
        ＋　・rows 14
        －　・　・id=派遣の聞き取りの記録　紙・データ　2件｜state=left｜item=派遣の聞き取りの記録｜medium=紙・データ
        　　｜quantity=2件｜source=派遣の記録｜state_text=証明なし
        －　・　・　・line item=派遣の聞き取りの記録｜medium=紙・データ｜quantity=2件｜holder=受託者｜since=2026-10-
        　　01｜source=派遣の記録｜id=派遣の聞き取りの記録　紙・データ　2件｜is_remaining=✓｜words=派遣の聞き取りの
        　　記録　紙・データ
        －　・　・id=due:signers:now｜state=ward｜item=派遣の希望票に署名した人の氏名｜medium=データ｜quantity=6件｜
        　　source=派遣第1回 1・派遣第2回 1・派遣第3回 1｜state_text=3/31(水)　消す時期が来た｜needs_attention=✓
        ＋　・　・id=due:photos:now｜state=ward｜item=写真の元のデータ｜medium=データ｜quantity=4枚｜source=講習会第
        　　2回 2・意見交換会第1回 2｜state_text=3/31(水)　消す時期が来た｜needs_attention=✓
        ＋　・　・id=due:applicants:now｜state=ward｜item=申込者・参加者の連絡先｜medium=データ｜quantity=120件｜sou
        　　rce=講習会第5回 20・講習会第7回 20・意見交換会第1回 19 ほか9回｜state_text=4/30(金)　消す時期が来た｜nee
        　　ds_attention=✓
        －　・　・　・lines 10
        ＋　・　・　・lines 9
        －　・　・　・　・item=派遣の聞き取りの記録｜medium=紙・データ｜quantity=2件｜holder=受託者｜since=2026-10-0
        　　1｜source=派遣の記録｜id=派遣の聞き取りの記録　紙・データ　2件｜is_remaining=✓｜words=派遣の聞き取りの記
        　　録　紙・データ
        ＋　・　・　・　・item=区が伝えた書類・連絡（重要情報を含まないもの）｜medium=メール｜quantity=一式｜holder=
        　　受託者｜since=2026-08-25｜source=情報授受簿 4・5・6番ほか25件｜ledger=transfers｜id=区が伝えた書類・連絡
        　　（重要情報を含まないもの）　メール　一式｜is_remaining=✓｜words=区が伝えた書類・連絡（重要情報を含まない
        　　もの）　メール
        ＋　・　・　・　・item=第5回 LINE講習会（2回目）　アンケート用紙｜medium=紙｜quantity=12枚｜holder=区｜since
        　　=2026-11-20｜source=情報授受簿 56番｜ledger=transfers｜id=第5回 LINE講習会（2回目）　アンケート用紙　紙
        　　　12枚｜words=第5回 LINE講習会（2回目）　アンケート用紙　紙
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
