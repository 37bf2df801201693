"""A document that holds every block with the hardest names, for the tests of the PDF frame."""

from app.documents.blocks import (
    Block,
    Bullets,
    Closing,
    Column,
    DocumentContent,
    Figure,
    GroupFlow,
    Heading,
    KeyFigures,
    KeyValues,
    Letterhead,
    Paragraph,
    StageChart,
    StageLine,
    Table,
    TallyChart,
    TallyRow,
    Title,
)

LONG_NAME = "みほん学園町七丁目・八丁目パークサイドガーデンヒルズ管理組合連合自治会"
NAMES = ("髙﨑 千鶴子", "渡邉 正", "葛󠄀城 麻衣子", "𠮷田 榮一", "勅使河原 惣右衛門", "佐久間 アレクサンドラ 美智子")
SA_NOTE = (
    "注　ｎ＝15（回収数）。単位は人および％（小数第2位を四捨五入）。無回答を含めて100％とする。"
    "ｎが30未満のため％は参考値。"
)
MA_NOTE = (
    "注　％は回収数（ｎ＝15）に対する割合。複数回答のため合計は100％にならない。"
    "単位は人および％（小数第2位を四捨五入）。無回答も1行とする。ｎが30未満のため％は参考値。"
)


def content(*blocks: Block, look: str = "report", **changes: object) -> DocumentContent:
    """Put blocks into an otherwise plain document."""
    values: dict[str, object] = {
        "kind": "実施報告書",
        "reference": "R8-講02-実施報告書",
        "version": 1,
        "look": look,
        "blocks": blocks,
        "first_sheet": "概要",
        "file_stem": "R8-講02-実施報告書-第1版",
        "header_left": "令和8年度 町会・自治会デジタル活用支援事業委託",
        "header_right": "第1版",
        "footer_left": "参加者の個人情報　なし",
        "footer_right": "作成　令和8年9月24日 15時20分",
        "properties": {"title": "実施報告書"},
    }
    return DocumentContent(**{**values, **changes})  # type: ignore[arg-type]


def report() -> DocumentContent:
    """A lecture report with every block a report can hold."""
    return content(
        Letterhead(
            addressee="（宛先）練馬区長",
            date="令和8年9月24日",
            sender=("株式会社みほんデジ企画", "代表取締役　葛󠄀城 修一郎", "（担当　濵口・渡邉）"),
        ),
        Title(
            text="実施報告書",
            subtitle="デジタル活用講習会 第2回「LINE講習会」",
            lead="仕様書4(1)コに基づき、つぎのとおり報告します。"
            "（提出期限　令和8年10月10日（土）　講習会終了後1か月以内）",
        ),
        KeyFigures(
            figures=(
                Figure(label="出席者", value="16", unit="人", note="申込18人"),
                Figure(label="参加団体", value="12", unit="団体", note="申込13団体"),
                Figure(label="アンケート回収", value="15", unit="件", note="回収率 93.8％"),
                Figure(label="満足計", value="12", unit="人", note="15人中 80.0％（参考値）"),
                Figure(label="活用の意向あり", value="", unit="人", note=""),
            )
        ),
        Bullets(
            title="要点",
            items=(
                "16人のうち11人が記事の投稿まで到達した。全員がアカウントの作成を終えた。",
                (
                    "満足計は15人中12人。一方、進む速さを「速い」「やや速い」とした方が7人あり、"
                    "操作体験の時間配分が課題である。"
                ),
                (
                    "困っていることは「操作を教える人がいない」9人が最も多い。"
                    "役員会説明用の資料と運用ルールのひな形を次回までに用意する。"
                ),
            ),
        ),
        Heading(level=1, number="1", text="概要"),
        KeyValues(
            rows=(
                ("日時", "令和8年9月10日（木）　午後2時から午後4時まで（120分）"),
                ("会場", "練馬区立区民・産業プラザ（ココネリ3階）研修室1"),
                ("講師", "講師　　濵口 亮介（株式会社みほんデジ企画）\n補助講師　渡邉 さくら、髙﨑 由美子（同）"),
                ("参加者数", "申込　18人（13団体）　出席　16人（12団体）　欠席　2人\n申込のない当日参加　0人"),
                ("使用端末", "貸与タブレット10台、持参したスマートフォン6台　計16台"),
                ("備考", ""),
            )
        ),
        Heading(level=2, number="(1)", text="仕様との対照", right="根拠：仕様書4(1)ア・エ・オ・キ"),
        Table(
            columns=(
                Column(title="項目", width=28),
                Column(title="仕様", width=66),
                Column(title="実績", width=50),
                Column(title="判定", width=21, align="center"),
            ),
            rows=(
                ("実施日", "R8.9.1 から R8.12.25 まで", "R8.9.10（木）", "期間内"),
                ("参加人数", "各回10人から20人程度", "16人", "範囲内"),
                ("実施時間", "各回2時間程度（質問・個別相談を含む）", "120分（質問・個別相談 20分）", "範囲内"),
                ("資料の確認", "実施日の2週間前まで（R8.8.27（木））", "R8.8.27（木）確認完了", "期限内"),
            ),
        ),
        Heading(level=1, number="2", text="実施内容"),
        Heading(level=2, number="(1)", text="時間割"),
        Table(
            columns=(
                Column(title="時刻", width=15, align="right"),
                Column(title="分", width=11, align="right"),
                Column(title="項目", width=46),
                Column(title="形式", width=15),
                Column(title="内容", width=78),
            ),
            rows=(
                ("14:00", "5", "開会、趣旨説明", "講義", "事業の目的、当日の流れおよび到達目標を説明した。"),
                (
                    "14:05",
                    "20",
                    "他町会の活用事例",
                    "講義",
                    "区内外の町会・自治会の公式アカウントおよびオープンチャットの運用例を5件紹介した。",
                ),
                (
                    "14:25",
                    "20",
                    "公式アカウントとオープンチャットの比較",
                    "講義",
                    "費用、匿名性、管理者の負担、既読の見え方の4点で比較し、メリットおよびデメリットを整理した。",
                ),
                ("14:55", "10", "休憩", "", ""),
                (
                    "15:05",
                    "30",
                    "操作体験",
                    "実習",
                    "練習用アカウントの作成から記事投稿まで行った。4班に分かれ、各班に補助者1人を置いた。",
                ),
                ("16:00", "120", "終了", "", ""),
            ),
            bold_rows=(5,),
            total_row=True,
        ),
        Heading(level=1, number="3", text="配布資料", right="印刷部数＝申込18人＋予備2部"),
        Table(
            columns=(
                Column(title="No", width=9, align="center"),
                Column(title="資料名", width=68),
                Column(title="版", width=16, align="center"),
                Column(title="ページ", width=15, align="right"),
                Column(title="区の確認日", width=24, align="right"),
                Column(title="印刷", width=11, align="right"),
                Column(title="配布", width=11, align="right"),
                Column(title="残部", width=11, align="right"),
            ),
            rows=(
                ("1", "次第", "第1版", "1", "R8.8.25", "20", "16", "4"),
                ("2", "講習資料「はじめてのLINE公式アカウント」", "第2版", "24", "R8.8.27", "20", "16", "4"),
                ("3", "操作手順書「アカウントの作成から配信まで」", "第2版", "12", "R8.8.27", "20", "16", "4"),
            ),
        ),
        Heading(level=1, number="4", text="アンケート集計", right="集計　受託者（令和8年9月18日）"),
        Heading(level=2, number="(1)", text="回収状況"),
        Table(
            columns=tuple(
                Column(title=title, width=33, align="right")
                for title in ("配布（出席者）", "紙", "オンライン", "回収　計", "回収率")
            ),
            rows=(("16人", "11件", "4件", "15件", "93.8％"),),
            note="注　回収率＝回収数÷出席者数。無記名で実施し、氏名および連絡先は収集していない。",
        ),
        Heading(level=2, number="(2)", text="設問ごとの集計"),
        *charts(),
        Heading(level=1, number="5", text="講師所感", right="記入：講師 濵口 亮介"),
        Paragraph(
            text="参加者の多くはLINEを日常の連絡に使っており、公式アカウントの画面にも抵抗なく入ることができた。"
            "一方、「友だち」と「会員」の違い、"
            "個人のLINEと団体のアカウントの違いでつまずく方が目立ち、操作体験の前半15分を用語の確認に充てた。\n"
            "操作体験では、班ごとに補助者を置いたことで遅れた方を待たせずに進行できた。"
            "記事の投稿まで到達した方は16人中11人であり、"
            "残る5人はアカウントの作成までで時間となった。速さを「速い」「やや速い」とした回答が7人あったことと合わせ、"
            "次回は令和8年10月15日（木）の講義を10分短縮し、操作体験に充てることが望ましい。"
        ),
        Heading(level=1, number="6", text="到達状況"),
        StageChart(
            words=("未着手", "検討中", "試行", "運用開始", "定期運用", "定着"),
            lines=(
                StageLine(tool="LINE公式アカウント", before=1, after=3, text="1 → 3"),
                StageLine(tool="LINEオープンチャット", before=3, after=1, text="3 → 1"),
                StageLine(tool="ホームページ", before=2, after=2, text="2（変化なし）"),
                StageLine(tool="Instagram", before=None, after=None, text="×　希望しない"),
            ),
            note="注　○ 派遣前（事前ヒアリング R8.10.28）　● 派遣終了時（R8.11.18）。"
            "段階は0（未着手）から5（定着）までの6段階。団体の間で比べるための数値ではない。",
        ),
        Heading(level=2, number="(1)", text="班ごとの討議内容"),
        GroupFlow(
            name="1班　役員の仕事を減らす",
            facilitator="渡邉",
            members="5人・4団体　付箋 23枚",
            steps=(
                ("課題（個人ワーク）", "毎月の回覧の仕分けに半日かかる\n同じ連絡を電話と紙で二重にしている"),
                ("分類・選定", "担い手の不足 9枚\n情報の伝達 8枚\n選定：役員の仕事を減らす"),
                ("解決策", "会議の案内を公式アカウントに一本化する\n会計は表計算のひな形に移す"),
                ("発表", "「まず役員会の案内だけ」から始める\n紙は6か月併用する"),
            ),
        ),
        Paragraph(text="ア　管理者は会長、副会長および広報担当の3人とし、役員改選の日に新旧で立ち会って引き継ぐ。"),
        Paragraph(text="写真は掲載しない。"),
        Closing(),
        stamp="様式・受託者確認前",
        sample=True,
    )


def charts() -> tuple[Block, ...]:
    """One SA, one SA without answers, and one MA question."""
    return (
        TallyChart(
            code="問3",
            title="講習会全体の満足度",
            type="SA",
            base=15,
            rows=(
                TallyRow(number="1", text="とても満足", count=6, percent="40.0"),
                TallyRow(number="2", text="満足", count=6, percent="40.0"),
                TallyRow(number="3", text="どちらともいえない", count=1, percent="6.7"),
                TallyRow(number="4", text="やや不満", count=1, percent="6.7"),
                TallyRow(number="5", text="不満", count=0, percent="0.0"),
                TallyRow(number="", text="無回答", count=1, percent="6.7", kind="none"),
            ),
            note=SA_NOTE,
            reference_only=True,
            sum_label="満足計",
            sum_count=12,
            sum_percent="80.0",
        ),
        TallyChart(
            code="問4",
            title="説明のわかりやすさ",
            type="SA",
            base=0,
            rows=tuple(
                TallyRow(number=str(n), text=text, count=0, percent="")
                for n, text in enumerate(
                    ("とてもわかりやすい", "わかりやすい", "わかりにくい", "とてもわかりにくい"), start=1
                )
            ),
            note=SA_NOTE,
        ),
        TallyChart(
            code="問6",
            title="参考になった内容",
            type="MA",
            base=15,
            rows=(
                TallyRow(number="1", text="他町会の活用事例", count=11, percent="73.3"),
                TallyRow(number="2", text="公式アカウントとオープンチャットの比較", count=9, percent="60.0"),
                TallyRow(number="4", text="運用上の注意点", count=7, percent="46.7"),
                TallyRow(number="7", text="その他", count=1, percent="6.7", kind="other"),
                TallyRow(number="8", text="特になし", count=0, percent="0.0", kind="exclusive"),
                TallyRow(number="", text="無回答", count=1, percent="6.7", kind="none"),
            ),
            note=MA_NOTE,
            reference_only=True,
        ),
    )
