"""アンケート用紙 of both sizes: as recorded, with little recorded, changed."""

from __future__ import annotations

from tests.support.paper_lines import assert_says, changes
from tests.support.sample_years import paper


def test_the_sheet_of_a_lecture_as_it_is(sample_year, bare_year, changed_year):
    said = paper(sample_year, "アンケート用紙", "講習会", 2)
    assert_says(
        said,
        """
        講習会アンケート｜デジタル活用講習会　第2回「LINE講習会」｜令和8年9月30日（水）｜お名前は書かないでください
        　　。今後の事業の改善に使います。｜あてはまるものの □ に ✓ を付けてください。｜紙かスマートフォンのどちら
        　　か一方でお答えください。｜主催　練馬区　　実施者　見本企画株式会社｜問合せ先　練馬区協働推進課区民協働担
        　　当係　03-6759-9119｜回答フォーム　https://example.jp/mihon/k02-answer｜https://example.jp/mihon/k02-answ
        　　er｜スマートフォンでも｜回答できます｜10月7日（水）まで
        position｜問1｜町会・自治会での役割｜SA｜1つ｜1｜会長｜2｜副会長｜3｜会計｜4｜広報・デジタル担当｜5｜その他
        　　の役員｜6｜会員
        satisfaction｜問2｜講習会全体の満足度｜SA｜1つ｜1｜とても満足｜2｜満足｜3｜どちらともいえない｜4｜不満｜5｜
        　　とても不満
        understanding｜問3｜講習の内容は理解できましたか｜SA｜1つ｜1｜よく理解できた｜2｜だいたい理解できた｜3｜どち
        　　らともいえない｜4｜あまり理解できなかった｜5｜まったく理解できなかった
        pace｜問4｜進む速さ｜SA｜1つ｜1｜速い｜2｜やや速い｜3｜ちょうどよい｜4｜やや遅い｜5｜遅い
        length｜問5｜講習会の長さ｜SA｜1つ｜1｜長い｜2｜やや長い｜3｜ちょうどよい｜4｜やや短い｜5｜短い
        useful｜問6｜参考になった内容（いくつでも）｜MA｜1｜講師の説明｜2｜ほかの町会・自治会の事例｜3｜操作の体験｜
        　　4｜運用するときの注意点｜5｜質問・個別相談｜6｜配布資料｜7｜その他｜8｜特になし｜7
        tools｜問7｜団体で使いたいツール（いくつでも）｜MA｜1｜LINE｜2｜LINE公式アカウント｜3｜Instagram｜4｜ホーム
        　　ページ・ブログ｜5｜電子回覧板｜6｜キャッシュレス決済｜7｜その他｜8｜特になし｜7
        obstacles｜問8｜取り入れるときに困ること（3つまで）｜MA｜1｜操作を教える人がいない｜2｜役員の負担が増える｜3
        　　｜個人情報の取扱いが不安｜4｜後任への引継ぎが難しい｜5｜会員の理解が得られない｜6｜端末または通信環境が
        　　ない｜7｜費用がかかる｜8｜その他｜9｜特になし｜8
        intent｜問9｜自分の団体で使ってみたいと思いますか｜SA｜1つ｜1｜すぐに使いたい｜2｜準備をして使いたい｜3｜ど
        　　ちらともいえない｜4｜あまり使いたくない｜5｜使いたくない
        comments｜問10｜ご意見・ご要望をお書きください｜FA｜お名前や電話番号など、個人が分かることは書かないでくださ
        　　い。
        ご協力ありがとうございました。
        """,
    )
    assert_says(
        changes(said, paper(bare_year, "アンケート用紙", "講習会", 2))[:30],
        """
        －講習会アンケート｜デジタル活用講習会　第2回「LINE講習会」｜令和8年9月30日（水）｜お名前は書かないでくださ
        　　い。今後の事業の改善に使います。｜あてはまるものの □ に ✓ を付けてください。｜紙かスマートフォンのどち
        　　らか一方でお答えください。｜主催　練馬区　　実施者　見本企画株式会社｜問合せ先　練馬区協働推進課区民協働
        　　担当係　03-6759-9119｜回答フォーム　https://example.jp/mihon/k02-answer｜https://example.jp/mihon/k02-an
        　　swer｜スマートフォンでも｜回答できます｜10月7日（水）まで
        ＋講習会アンケート｜デジタル活用講習会　第2回「LINE講習会」｜令和8年9月30日（水）｜お名前は書かないでくださ
        　　い。今後の事業の改善に使います。｜あてはまるものの □ に ✓ を付けてください。｜主催　練馬区　　実施者
        　　　見本企画株式会社｜問合せ先　練馬区
        """,
    )
    assert_says(
        changes(said, paper(changed_year, "アンケート用紙", "講習会", 2))[:24],
        """

        """,
    )


def test_the_sheet_of_an_exchange_as_it_is(sample_year, bare_year, changed_year):
    said = paper(sample_year, "アンケート用紙", "意見交換会", 2)
    assert_says(
        said,
        """
        （作成しない）この実施回の設問がまだありません。保存済みのデータは変わっていません。「アンケート」で設問を決
        　　めてください。
        """,
    )
    assert_says(
        changes(said, paper(bare_year, "アンケート用紙", "意見交換会", 2))[:30],
        """

        """,
    )
    assert_says(
        changes(said, paper(changed_year, "アンケート用紙", "意見交換会", 2))[:24],
        """

        """,
    )


def test_the_large_sheet_as_it_is(sample_year, bare_year, changed_year):
    said = paper(sample_year, "アンケート用紙（拡大版）", "講習会", 7, most=30)
    assert_says(
        said,
        """
        （作成しない）この実施回の設問がまだありません。保存済みのデータは変わっていません。「アンケート」で設問を決
        　　めてください。
        """,
    )
    assert_says(
        changes(said, paper(bare_year, "アンケート用紙（拡大版）", "講習会", 7, most=30))[:30],
        """

        """,
    )
    assert_says(
        changes(said, paper(changed_year, "アンケート用紙（拡大版）", "講習会", 7, most=30))[:24],
        """

        """,
    )
