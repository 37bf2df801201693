"""参加人数連絡書 and its change: as recorded, with little recorded, changed."""

from __future__ import annotations

from tests.support.paper_lines import assert_says, changes
from tests.support.sample_years import paper


def test_the_numbers_as_it_is(sample_year, bare_year, changed_year):
    said = paper(sample_year, "参加人数連絡書", "講習会", 2)
    assert_says(
        said,
        """
        見本企画株式会社 / 　業務責任者　受託見本　恵子　様｜令和8年9月18日｜練馬区地域文化部協働推進課区民協働担当
        　　係｜事務連絡
        参加人数連絡書｜仕様書4(1)エに基づき、つぎのとおり参加人数を連絡します。
        記
        1　事業名　デジタル活用講習会　第2回「LINE講習会」
        2　日時　令和8年9月30日（水）　午後2時から午後4時まで
        3　会場　見本ほしぞら地域集会所　第1会議室
        4　参加予定人数
        参加予定人数｜17｜人｜第1報 / 仕様の範囲　10人から20人程度
        ［内訳｜数｜備考］
        参加団体｜12団体｜
        貸与タブレットを使用する方｜10人｜区が準備
        端末を持参する方｜6人｜
        端末　未確認｜1人｜持参するかどうかを、まだ確認していない方
        配慮を必要とする方｜1件｜必要な対応は6のとおり
        5　配布資料の部数　19部（参加予定17人＋予備2部）
        6　必要な対応　拡大資料1部　ご対応をお願いします。
        7　変更の連絡　人数に変更が生じたときは、変更連絡書により連絡します。
        練馬区地域文化部協働推進課区民協働担当係｜〒176-0001　練馬区練馬1丁目17番1号 ココネリ3階｜電話　03-6759-9119
        　　　FAX　03-6757-2026
        """,
    )
    assert_says(
        changes(said, paper(bare_year, "参加人数連絡書", "講習会", 2))[:30],
        """
        －見本企画株式会社 / 　業務責任者　受託見本　恵子　様｜令和8年9月18日｜練馬区地域文化部協働推進課区民協働担
        　　当係｜事務連絡
        －参加人数連絡書｜仕様書4(1)エに基づき、つぎのとおり参加人数を連絡します。
        ＋見本企画株式会社｜令和8年9月18日｜練馬区地域文化部｜事務連絡
        ＋参加人数連絡書｜つぎのとおり参加人数を連絡します。
        －3　会場　見本ほしぞら地域集会所　第1会議室
        ＋3　会場　見本ほしぞら地域集会所 第1会議室
        －練馬区地域文化部協働推進課区民協働担当係｜〒176-0001　練馬区練馬1丁目17番1号 ココネリ3階｜電話　03-6759-91
        　　19　FAX　03-6757-2026
        ＋練馬区地域文化部｜練馬区練馬1丁目17番1号 ココネリ3階
        """,
    )
    assert_says(
        changes(said, paper(changed_year, "参加人数連絡書", "講習会", 2))[:24],
        """

        """,
    )


def test_the_numbers_of_a_visit_as_it_is(sample_year, bare_year, changed_year):
    said = paper(sample_year, "参加人数連絡書", "派遣", 1)
    assert_says(
        said,
        """
        見本企画株式会社 / 　業務責任者　受託見本　恵子　様｜令和8年10月14日｜練馬区地域文化部協働推進課区民協働担当
        　　係｜事務連絡
        参加人数連絡書｜仕様書4(2)エに基づき、つぎのとおり参加人数を連絡します。
        記
        1　事業名　アドバイザー派遣による個別支援　第1回
        2　日時　令和8年10月21日（水）　午前10時から正午まで
        3　会場　見本あおば会館
        4　参加予定人数
        参加予定人数｜10｜人｜第1報 / 仕様の範囲　10人程度
        ［内訳｜数｜備考］
        参加団体｜1団体｜
        端末を持参する方｜9人｜
        端末　未確認｜1人｜持参するかどうかを、まだ確認していない方
        配慮を必要とする方｜1件｜必要な対応は6のとおり
        5　配布資料の部数　12部（参加予定10人＋予備2部）
        6　必要な対応　拡大資料1部　ご対応をお願いします。
        7　変更の連絡　人数に変更が生じたときは、変更連絡書により連絡します。
        練馬区地域文化部協働推進課区民協働担当係｜〒176-0001　練馬区練馬1丁目17番1号 ココネリ3階｜電話　03-6759-9119
        　　　FAX　03-6757-2026
        """,
    )
    assert_says(
        changes(said, paper(bare_year, "参加人数連絡書", "派遣", 1))[:30],
        """
        －見本企画株式会社 / 　業務責任者　受託見本　恵子　様｜令和8年10月14日｜練馬区地域文化部協働推進課区民協働担
        　　当係｜事務連絡
        －参加人数連絡書｜仕様書4(2)エに基づき、つぎのとおり参加人数を連絡します。
        ＋見本企画株式会社｜令和8年10月14日｜練馬区地域文化部｜事務連絡
        ＋参加人数連絡書｜つぎのとおり参加人数を連絡します。
        －練馬区地域文化部協働推進課区民協働担当係｜〒176-0001　練馬区練馬1丁目17番1号 ココネリ3階｜電話　03-6759-91
        　　19　FAX　03-6757-2026
        ＋練馬区地域文化部｜練馬区練馬1丁目17番1号 ココネリ3階
        """,
    )
    assert_says(
        changes(said, paper(changed_year, "参加人数連絡書", "派遣", 1))[:24],
        """

        """,
    )


def test_the_numbers_to_come_as_it_is(sample_year, bare_year, changed_year):
    said = paper(sample_year, "参加人数連絡書", "講習会", 7)
    assert_says(
        said,
        """
        （作成しない）参加人数がまだまとまっていません。保存済みのデータは変わっていません。「人数連絡」で人数を確か
        　　め、人数連絡を作成してください。
        """,
    )
    assert_says(
        changes(said, paper(bare_year, "参加人数連絡書", "講習会", 7))[:30],
        """

        """,
    )
    assert_says(
        changes(said, paper(changed_year, "参加人数連絡書", "講習会", 7))[:24],
        """

        """,
    )


def test_the_changed_numbers_as_it_is(sample_year, bare_year, changed_year):
    said = paper(sample_year, "参加人数変更連絡書", "講習会", 3)
    assert_says(
        said,
        """
        （作成しない）人数の変更はまだありません。保存済みのデータは変わっていません。変更があったときに作成できます
        　　。
        """,
    )
    assert_says(
        changes(said, paper(bare_year, "参加人数変更連絡書", "講習会", 3))[:30],
        """

        """,
    )
    assert_says(
        changes(said, paper(changed_year, "参加人数変更連絡書", "講習会", 3))[:24],
        """

        """,
    )


def test_the_changed_numbers_of_an_exchange_as_it_is(sample_year, bare_year, changed_year):
    said = paper(sample_year, "参加人数変更連絡書", "意見交換会", 1)
    assert_says(
        said,
        """
        （作成しない）人数の変更はまだありません。保存済みのデータは変わっていません。変更があったときに作成できます
        　　。
        """,
    )
    assert_says(
        changes(said, paper(bare_year, "参加人数変更連絡書", "意見交換会", 1))[:30],
        """

        """,
    )
    assert_says(
        changes(said, paper(changed_year, "参加人数変更連絡書", "意見交換会", 1))[:24],
        """

        """,
    )
