"""Letters, a roster and a form with the hardest names, for the tests of the PDF frame."""

from app.documents.blocks import (
    BigNumber,
    Choice,
    Closing,
    Column,
    Contact,
    DocumentContent,
    Heading,
    KeyValues,
    Letterhead,
    LetterItems,
    Paragraph,
    SheetBreak,
    Table,
    Title,
)
from tests.documents.pdf.everything_on_paper import LONG_NAME, NAMES, content


def letter() -> DocumentContent:
    """A headcount notice with a result of materials behind it."""
    return content(
        Letterhead(
            reference="事務連絡",
            date="令和8年9月3日",
            addressee="株式会社みほんデジ企画\n　業務責任者　葛󠄀城 修一郎　様",
            sender=("練馬区地域文化部協働推進課長", "（公印省略）"),
        ),
        Title(text="参加人数連絡書", lead="仕様書4(1)エに基づき、つぎのとおり参加人数を連絡します。"),
        Paragraph(text="記", style="letter", align="center"),
        LetterItems(
            rows=(
                ("事業名", "デジタル活用講習会 第2回「LINE講習会」"),
                ("日時", "令和8年9月10日（木）　午後2時から午後4時まで"),
                ("会場", "練馬区立区民・産業プラザ（ココネリ3階）研修室1"),
                ("参加予定人数", ""),
            )
        ),
        BigNumber(
            label="参加予定人数", value="17", unit="人", note="前回の連絡　なし（第1報）\n仕様の範囲　10人から20人程度"
        ),
        Table(
            columns=(
                Column(title="内訳", width=62),
                Column(title="数", width=22, align="right"),
                Column(title="備考", width=40),
            ),
            rows=(
                ("参加団体", "12団体", ""),
                ("貸与タブレットを使用する方", "10人", "区が準備"),
                ("端末を持参する方", "7人", ""),
                ("配慮を必要とする方", "2件", "必要な対応は6のとおり"),
            ),
        ),
        LetterItems(
            rows=(
                ("配布資料の部数", "19部（参加予定17人＋予備2部）"),
                ("必要な対応", "拡大資料1部、前方の席1　ご対応をお願いします。"),
                ("変更の連絡", "人数に変更が生じたときは、変更連絡書により連絡します。"),
            ),
            start=5,
        ),
        Closing(),
        Contact(
            lines=(
                "練馬区地域文化部協働推進課区民協働担当係",
                "〒176-0001　練馬区練馬1丁目17番1号",
                "電話　03-0000-0001",
            )
        ),
        look="letter",
        header_left="",
        header_right="",
        footer_left="",
        footer_right="",
        outgoing=True,
    )


def result_letter() -> DocumentContent:
    """A material result with rings in a column and findings to answer by hand."""
    words = ("確認済", "修正後使用可", "再提出")
    return content(
        Letterhead(
            reference="8練地協第10377号",
            date="令和8年8月25日",
            addressee="株式会社みほんデジ企画\n代表取締役　葛󠄀城 修一郎　様",
            sender=("練馬区地域文化部協働推進課長", "（公印省略）"),
        ),
        Title(
            text="資料確認結果通知書",
            lead="令和8年8月19日に提出のあったデジタル活用講習会 "
            "第2回「LINE講習会」（令和8年9月10日（木）実施）の資料について、"
            "仕様書4(1)キに基づき確認した結果を、つぎのとおり通知します。",
        ),
        Heading(level=2, number="1", text="確認の結果"),
        Table(
            columns=(
                Column(title="No", width=9, align="center"),
                Column(title="資料名", width=66),
                Column(title="版", width=15, align="center"),
                Column(title="ページ", width=15, align="right"),
                Column(title="結果", width=47, choices=words),
                Column(title="指摘", width=13, align="right"),
            ),
            rows=(
                ("1", "次第", "第1版", "1", "確認済", "0件"),
                ("2", "講習資料「はじめてのLINE公式アカウント」", "第1版", "22", "修正後使用可", "4件"),
                ("3", "操作手順書「アカウントの作成から配信まで」", "第1版", "12", "再提出", "2件"),
            ),
        ),
        Heading(level=2, number="2", text="指摘一覧", right="計3件（必須2件、お願い1件）"),
        Table(
            columns=(
                Column(title="No", width=9, align="center"),
                Column(title="資料", width=11, align="center"),
                Column(title="ページ", width=13, align="right"),
                Column(title="区分", width=23),
                Column(title="指摘", width=66),
                Column(title="対応（受託者が記入）", width=31),
                Column(title="確認", width=12, align="center"),
            ),
            rows=(
                (
                    "1",
                    "2",
                    "3",
                    "必須\n（仕様書4(1)ア）",
                    "事業名を「令和8年度 町会・自治会デジタル活用支援事業」と表記する。",
                    "",
                    "",
                ),
                (
                    "2",
                    "2",
                    "7",
                    "必須\n（特記事項18）",
                    "他団体の画面に会員の氏名が読み取れる。伏せるか差し替える。",
                    "",
                    "",
                ),
                ("3", "3", "11", "お願い", "費用の説明に確認日（いつ現在か）を入れる。", "", ""),
            ),
            ruled=True,
            note="注　「必須」は修正を確認するまで印刷しないでください。「お願い」は対応の有無を記入してください。",
        ),
        Heading(level=2, number="3", text="修正版の提出"),
        KeyValues(rows=(("修正版の提出", "令和8年8月26日（水）正午までにご提出をお願いします。"),)),
        Choice(label="全体の結果", words=words, chosen="修正後使用可"),
        Choice(label="次回の提出", words=("要", "不要"), chosen="要"),
        Closing(),
        Contact(lines=("練馬区地域文化部協働推進課区民協働担当係", "電話　03-0000-0001")),
        look="letter",
        header_left="",
        header_right="",
        footer_left="",
        footer_right="",
    )


def roster(people: int = 40) -> DocumentContent:
    """A reception roster; every third person belongs to the association above."""
    organisations = ("みほん台南町会", "みほん五丁目けやき自治会", LONG_NAME, "みほん川北町会")
    rows = []
    for number in range(people):
        same = number % 3 == 2
        rows.append(
            (
                str(number + 1),
                "",
                "〃" if same else organisations[(number // 3) % 4],
                "みほん",
                f"みほん なまえ\n{NAMES[number % len(NAMES)]}",
                ("会長", "副会長", "広報担当")[number % 3],
                "貸与" if number % 2 else "持参",
                str(number // 5 + 1),
                "●" if number == 8 else "",
                "",
            )
        )
    return content(
        Title(
            text="受付名簿",
            subtitle="デジタル活用講習会 第2回「LINE講習会」",
            lead="令和8年9月10日（木）　午後2時から午後4時まで（受付 "
            "午後1時30分から）　区民・産業プラザ（ココネリ3階）研修室1",
        ),
        Table(
            columns=(
                Column(title="No", width=9, align="center"),
                Column(title="受付", width=12, tick=True, align="center"),
                Column(title="団体", width=73),
                Column(title="支部", width=18),
                Column(title="氏名（ふりがな）", width=60),
                Column(title="役職", width=26),
                Column(title="端末", width=15, align="center"),
                Column(title="班", width=10, align="center"),
                Column(title="配慮", width=12, align="center"),
                Column(title="備考", width=26),
            ),
            rows=tuple(rows),
            ruled=True,
            min_row_height=7.3,
            note="注　●は配慮あり。内容は担当者が別に保持する。",
        ),
        look="roster",
        header_left="整理番号 R8-講02-名簿　第2版",
        header_right="取扱注意（個人情報）　終了後回収　2部の1部目",
        footer_left="参加者の個人情報　あり",
        personal=True,
    )


def form() -> DocumentContent:
    """A form with ticks, a group row, a total, a landscape table and a forced page."""
    return content(
        Title(text="配布資料チェック表（帳合い）", subtitle="令和8年9月10日（木）　研修室1"),
        KeyValues(
            rows=(
                ("実施日・会場", "令和8年9月10日（木）　午後2時から　　区民・産業プラザ 研修室1"),
                ("必要部数", "20部 ＝ 参加予定 18人 ＋ 予備 2部（2部と10％（1.8→2部）の大きいほう）"),
            )
        ),
        Table(
            columns=(
                Column(title="重ね順", width=13, align="center"),
                Column(title="資料名", width=52),
                Column(title="版", width=14, align="center"),
                Column(title="ページ", width=14, align="right"),
                Column(title="印刷", width=12, align="center"),
                Column(title="枚／部", width=13, align="right"),
                Column(title="部数", width=11, align="right"),
                Column(title="版を\n確認", width=11, align="center", tick=True),
                Column(title="印刷数", width=12, align="right"),
                Column(title="帳合い", width=13, align="center", tick=True),
            ),
            rows=(
                ("1", "次第", "第1版", "1", "片面", "1", "20", "", "部", ""),
                ("2", "講習資料「はじめてのLINE公式アカウント」", "第2版", "24", "両面", "12", "20", "", "部", ""),
                ("あとから足すもの", *[""] * 9),
                ("3", "アンケート用紙（用紙コード R8K02-Q1）", "第1版", "2", "両面", "1", "20", "", "部", ""),
                ("", "計（1人分）", "", "27", "", "14", "", "", "", ""),
            ),
            group_rows=(2,),
            total_row=True,
            ruled=True,
            min_row_height=12,
            note="注　用紙の合計　A4 14枚×20部＝280枚。版は区が確認した版（R8.8.27 確認完了）であること。",
        ),
        BigNumber(label="必要部数", value="20", unit="部"),
        SheetBreak(sheet="一覧", page=True),
        Heading(level=1, number="10", text="団体の一覧", right="横長"),
        Table(
            columns=(Column(title="団体", width=100), Column(title="担当", width=61), Column(title="備考", width=100)),
            rows=tuple((LONG_NAME, NAMES[number % len(NAMES)], "") for number in range(30)),
            landscape=True,
        ),
        Paragraph(text="以下は縦の用紙に戻る。", style="strong"),
        Paragraph(text="注　小さな注。", style="note"),
        look="form",
    )
