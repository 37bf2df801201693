"""One document that has every block in it, with the names, numbers and lengths that break layouts."""

import pytest

from app.documents import blocks as b

LONG_GROUP = "みほん大泉学園町七丁目・八丁目パークサイドガーデンヒルズ管理組合連合自治会"
RARE_NAMES = ("髙﨑　千鶴子", "渡邉　榮一", "葛\U000e0100城　麻衣子", "𠮷田　榮一", "グエン　ティ　フオン　タオ")
NOTE_SA = (
    "ｎ＝15（回収数）。単位は人および％（小数第2位を四捨五入）。無回答を含めて100％とする。ｎが30未満のため％は参考値。"
)
NOTE_MA = (
    "％は回収数（ｎ＝15）に対する割合。複数回答のため合計は100％にならない。単位は人および％（小数第2位を四捨五入）。"
    "無回答も1行とする。ｎが30未満のため％は参考値。"
)


def single(code, title, options, none, **more):
    base = sum(count for _, count in options) + none
    rows = [
        b.TallyRow(number=str(place), text=text, count=count, percent=f"{count * 100 / max(base, 1):.1f}")
        for place, (text, count) in enumerate(options, 1)
    ]
    rows.append(b.TallyRow(number="", text="無回答", count=none, percent="", kind="none"))
    return b.TallyChart(
        code=code, title=title, type="SA", base=base, rows=tuple(rows), note=NOTE_SA, reference_only=True, **more
    )


def several(code, title, options, special, none, base):
    rows = [
        b.TallyRow(number=str(place), text=text, count=count, percent="")
        for place, (text, count) in enumerate(options, 1)
    ]
    rows += [
        b.TallyRow(number=str(len(rows) + place), text=text, count=count, percent="", kind=kind)
        for place, (text, count, kind) in enumerate(special, 1)
    ]
    rows.append(b.TallyRow(number="", text="無回答", count=none, percent="", kind="none"))
    return b.TallyChart(
        code=code, title=title, type="MA", base=base, rows=tuple(rows), note=NOTE_MA, reference_only=True
    )


def tally_blocks():
    steps = ("とても満足", "満足", "どちらともいえない", "やや不満", "不満")
    roles = (("会長", 4), ("副会長", 3), ("会計", 2), ("広報・デジタル担当", 3), ("その他の役員", 2))
    ages = (("40代以下", 1), ("50代", 2), ("60代", 4), ("70代", 6), ("80代以上", 1))
    speed = (("速い", 4), ("やや速い", 3), ("ちょうどよい", 7), ("遅い", 0))
    wanted = (
        ("他町会の活用事例", 11),
        ("公式アカウントとオープンチャットの比較", 9),
        ("アカウントの作成（操作体験）", 8),
        ("運用上の注意点", 7),
        ("記事の投稿（操作体験）", 6),
        ("質問・個別相談", 4),
    )
    return (
        single("問1", "町会・自治会での役割", roles, 1),
        single("問2", "年代", ages, 1),
        single("問3", "講習会全体の満足度", tuple(zip(steps, (6, 6, 1, 1, 0), strict=True)), 1,
               sum_label="満足計", sum_count=12, sum_percent="80.0"),
        single("問4", "進む速さ", speed, 1),
        several("問6", "参考になった内容", wanted, (("その他", 1, "other"), ("特になし", 0, "exclusive")), 1, 15),
        several("問7", "団体で使いたいツール", (("LINE公式アカウント", 8), ("ホームページ", 4)),
            (("その他", 1, "other"),), 0, 15),
        single("問8", "続けて使うか", (("はい", 0), ("いいえ", 0)), 0),
        b.TallyChart(code="問9", title="参加した回数", type="NUM", base=5, note="", rows=(
            b.TallyRow(number="", text="1回", count=3, percent="60.0"),
            b.TallyRow(number="", text="2回", count=2, percent="40.0"),
        )),
    )  # fmt: skip


def overview_blocks():
    return (
        b.Letterhead(
            addressee="（宛先）練馬区長",
            date="令和8年9月24日",
            sender=("株式会社みほんデジ企画", "代表取締役　葛\U000e0100城　修一郎"),
        ),
        b.Title(
            text="実施報告書",
            subtitle="デジタル活用講習会　第2回「LINE講習会」",
            lead="仕様書4(1)コに基づき、つぎのとおり報告します。"
            "（提出期限　令和8年10月10日（土）　講習会終了後1か月以内）",
        ),
        b.KeyFigures(
            figures=(
                b.Figure(label="出席者", value="16", unit="人", note="申込18人"),
                b.Figure(label="参加団体", value="12", unit="団体", note="申込13団体"),
                b.Figure(label="アンケート回収", value="15", unit="件", note="回収率　93.8％"),
                b.Figure(label="満足計", value="12", unit="人", note="15人中　80.0％（参考値）"),
                b.Figure(label="活用の意向あり", value="", unit="人", note=""),
            )
        ),
        b.Bullets(
            title="要点",
            items=(
                "16人のうち11人が記事の投稿まで到達した。全員がアカウントの作成を終えた。",
                (
                    "満足計は15人中12人。一方、進む速さを「速い」「やや速い」とした方が7人あり、"
                    "操作体験の時間配分が課題である。"
                ),
            ),
        ),
        b.Heading(level=1, number="1", text="概要"),
        b.KeyValues(
            rows=(
                ("日時", "令和8年9月10日（木）　午後2時から午後4時まで（120分）"),
                ("会場", "みほん産業プラザ（3階）研修室1"),
                ("講師", "講師　　濵口　亮介（株式会社みほんデジ企画）\n補助講師　渡邉　さくら、髙﨑　由美子（同）"),
                ("参加者数", "申込　18人（13団体）　出席　16人（12団体）　欠席　2人\n申込のない当日参加　0人"),
                ("使用端末", ""),
            )
        ),
        b.Heading(level=2, number="（1）", text="仕様との対照", right="根拠：仕様書4(1)ア・エ・オ・キ"),
        b.Table(
            name="仕様との対照",
            columns=(
                b.Column(title="項目", width=28),
                b.Column(title="仕様", width=66),
                b.Column(title="実績", width=50),
                b.Column(title="判定", width=21, align="center"),
            ),
            rows=(
                ("実施日", "R8.9.1 から R8.12.25 まで", "R8.9.10（木）", "期間内"),
                ("参加人数", "各回10人から20人程度", "16人", "範囲内"),
                ("実施時間", "各回2時間程度（質問・個別相談を含む）", "120分（質問・個別相談　20分）", "範囲内"),
                ("資料の確認", "実施日の2週間前まで（R8.8.27（木））", "R8.8.27（木）確認完了", "期限内"),
            ),
        ),
    )


def content_blocks():
    return (
        b.Heading(level=1, number="2", text="実施内容", sheet="実施内容"),
        b.Heading(level=2, number="（1）", text="時間割"),
        b.Table(
            name="時間割",
            total_row=True,
            columns=(
                b.Column(title="時刻", width=15, align="right"),
                b.Column(title="分", width=11, align="right"),
                b.Column(title="項目", width=46),
                b.Column(title="形式", width=15, align="center"),
                b.Column(title="内容", width=78),
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
                ("14:45", "75", "操作体験", "実習", ""),
                ("16:00", "120", "終了", "", ""),
            ),
        ),
        b.Heading(level=2, number="（2）", text="主な質疑応答"),
        b.Table(
            name="質疑",
            columns=(b.Column(title="質問", width=66), b.Column(title="回答", width=99)),
            rows=(
                (
                    "役員が交代したとき、公式アカウントの管理者はどう引き継ぐのか。",
                    (
                        "管理者権限を2人以上に付けておき、新しい役員を追加してから旧役員を外す。"
                        "個人のLINEを使わず団体用の端末で登録する方法もある。"
                    ),
                ),
                ('=HYPERLINK("みほん")', "＝SUM(A1)も＋1も文字のまま。"),
            ),
        ),
        b.Heading(level=1, number="3", text="配布資料", right="印刷部数＝申込18人＋予備2部", sheet="配布資料"),
        b.Table(
            name="配布資料",
            total_row=True,
            ruled=True,
            columns=(
                b.Column(title="No", width=9, align="center"),
                b.Column(title="資料名", width=70),
                b.Column(title="版", width=16, align="center"),
                b.Column(title="ページ", width=16, align="right"),
                b.Column(title="確認日", width=22, align="right"),
                b.Column(title="印刷", width=11, align="right"),
                b.Column(title="配布", width=11, align="right"),
                b.Column(title="確認", width=10, tick=True),
            ),
            rows=(
                ("1", "次第", "第1版", "1", "R8.8.25", "20", "16", ""),
                ("2", "講習資料「はじめてのLINE公式アカウント」", "第2版", "24", "R8.8.27", "20", "16", ""),
                ("", "計", "", "25", "", "40", "32", ""),
            ),
            note="残部は区に返却する。",
        ),
        b.Choice(label="1　次第", words=("確認済", "修正後使用可", "再提出"), chosen="修正後使用可"),
        b.Choice(label="2　講習資料", words=("確認済", "修正後使用可", "再提出"), chosen="確認済"),
    )


def people_rows(count):
    return tuple(
        (
            str(place + 1),
            "",
            LONG_GROUP if place % 7 == 0 else f"みほん第{place}町会",
            "みほん",
            RARE_NAMES[place % len(RARE_NAMES)],
            "会長",
        )
        for place in range(count)
    )


PEOPLE_COLUMNS = (
    b.Column(title="No", width=9, align="center"),
    b.Column(title="受付", width=12, align="center", tick=True),
    b.Column(title="団体", width=60),
    b.Column(title="支部", width=20),
    b.Column(title="氏名", width=40),
    b.Column(title="役職", width=24),
)


def people_blocks():
    return (
        b.Heading(level=1, number="5", text="自由記述", sheet="自由記述"),
        b.Table(name="自由記述", columns=(
            b.Column(title="No", width=9, align="right"), b.Column(title="分類", width=38),
            b.Column(title="記述", width=118),
        ), group_rows=(0,), rows=(
            ("よかった点（2件）", "", ""),
            ("1", "よかった点", "手を動かしながら進んだので、家でもう一度できそうです。" * 12),
            ("2", "", "-1から+1へ、@みほん"),
        ), note="個人または団体が特定されるおそれのある語は「●●」に置き換える。"),
        b.Heading(level=1, number="6", text="名簿", sheet="名簿"),
        b.Table(name="名簿", columns=PEOPLE_COLUMNS, rows=people_rows(40), ruled=True, min_row_height=7.3),
    )  # fmt: skip


def closing_blocks():
    return (
        b.Heading(level=1, number="7", text="到達状況と討議", sheet="到達状況"),
        b.StageChart(
            words=("未着手", "検討中", "試行", "運用開始", "定期運用", "定着"),
            lines=(
                b.StageLine(tool="LINE公式アカウント", before=1, after=4, text="1 → 4"),
                b.StageLine(tool="ホームページ", before=2, after=2, text="2（変化なし）"),
                b.StageLine(tool="Instagram", before=None, after=None, text="×　希望しない"),
            ),
            note="○ 派遣前　● 派遣終了時。団体の間で比べるための数値ではない。",
        ),
        b.GroupFlow(
            name="1班　役員の仕事を減らす",
            facilitator="渡邉",
            members="5人・4団体　付箋　23枚",
            steps=(
                ("課題（個人ワーク）", "・毎月の回覧の仕分けに半日かかる\n・同じ連絡を電話と紙で二重にしている"),
                ("分類・選定", "・担い手の不足　9枚\n・情報の伝達　8枚"),
                ("解決策", "・会議の案内を公式アカウントに一本化する"),
                ("発表", "・「まず役員会の案内だけ」から始める"),
            ),
            note="付箋は1枚に1件。",
        ),
        b.Heading(level=1, number="8", text="講師所感", right="記入：講師　濵口　亮介", sheet="所感・改善"),
        b.Paragraph(
            text="　参加者の多くはLINEを日常の連絡に使っており、公式アカウントの画面にも抵抗なく入ることができた。" * 4
        ),
        b.Paragraph(text="掲載しない。", style="strong"),
        b.Heading(level=1, number="9", text="課題と次回への改善"),
        b.Table(
            name="課題と改善",
            columns=(
                b.Column(title="課題", width=34),
                b.Column(title="根拠", width=44),
                b.Column(title="改善の内容", width=48),
                b.Column(title="担当", width=20, align="center"),
                b.Column(title="期限", width=19, align="right"),
            ),
            rows=(
                (
                    "操作体験の時間が足りない",
                    "問5「速い」「やや速い」7人、自由記述5、投稿到達11/16人",
                    "事例紹介を20分から10分に短縮し、操作体験を40分とする。",
                    "受託者",
                    "R8.9.30",
                ),
                (
                    "役員の理解と引継ぎ",
                    "問8「後任への引継ぎ」7人",
                    "役員会説明用の1枚資料を作成する。",
                    "区・受託者",
                    "R8.10.30",
                ),
            ),
        ),
        b.Closing(),
        b.SheetBreak(sheet="連絡"),
        b.LetterItems(rows=(("事業名", "デジタル活用講習会　第2回「LINE講習会」"), ("参加予定人数", ""))),
        b.BigNumber(label="", value="17", unit="人", note="第1報\n仕様の範囲　10人から20人程度"),
        b.Paragraph(text="人数に変更が生じたときは、変更連絡書により連絡します。", style="note", align="right"),
        b.Contact(lines=("みほん区地域文化部協働推進課区民協働担当係", "電話　03-0000-0001")),
    )


def whole_document(**changes):
    given = {
        "kind": "実施報告書",
        "reference": "R8-講02-実施報告書",
        "version": 1,
        "look": "report",
        "first_sheet": "概要",
        "file_stem": "R8-講02-実施報告書-第1版",
        "header_left": "令和8年度 町会・自治会デジタル活用支援事業委託",
        "header_right": "R8-講02-報告　第1版",
        "footer_left": "参加者の個人情報　なし",
        "footer_right": "作成　令和8年9月24日　15時20分",
        "stamp": "様式・受託者確認前",
        "sample": True,
        "properties": {"title": "実施報告書　第2回", "created": "2026-09-24T15:20:00"},
        "blocks": (
            *overview_blocks(),
            *content_blocks(),
            b.Heading(level=1, number="4", text="アンケート集計", right="集計　受託者（R8.9.18）", sheet="集計"),
            b.Paragraph(text="ｎ＝15（回収数）。紙11件、オンライン4件。", style="note"),
            *tally_blocks(),
            *people_blocks(),
            *closing_blocks(),
        ),
    }
    return b.DocumentContent(**{**given, **changes})


@pytest.fixture(scope="session")
def document():
    """A report with every block."""
    return whole_document()


@pytest.fixture(scope="session")
def letter():
    """A letter as the ward sends it."""
    return whole_document(
        kind="参加人数連絡書",
        look="letter",
        header_left="",
        header_right="",
        footer_left="",
        footer_right="",
        stamp="",
        sample=False,
        outgoing=True,
        first_sheet="人数連絡",
        blocks=(
            b.Letterhead(
                addressee="株式会社みほんデジ企画\n　業務責任者　髙﨑　由美子　様",
                date="令和8年9月3日",
                sender=("みほん区地域文化部協働推進課区民協働担当係",),
                reference="事務連絡",
            ),
            b.Title(text="参加人数連絡書", lead="仕様書4(1)エに基づき、つぎのとおり参加人数を連絡します。"),
            b.Paragraph(text="記", style="letter", align="center"),
            b.LetterItems(
                rows=(
                    ("事業名", "デジタル活用講習会　第2回「LINE講習会」"),
                    ("日時", "令和8年9月10日（木）　午後2時から午後4時まで"),
                    ("会場", "みほん産業プラザ"),
                    ("参加予定人数", ""),
                )
            ),
            b.BigNumber(label="", value="17", unit="人", note="第1報\n仕様の範囲　10人から20人程度"),
            b.Table(
                name="内訳",
                columns=(
                    b.Column(title="内訳", width=62),
                    b.Column(title="数", width=22, align="right"),
                    b.Column(title="備考", width=40),
                ),
                rows=(("参加団体", "12団体", ""), ("貸与タブレットを使用する方", "10人", "区が準備")),
            ),
            b.LetterItems(rows=(("必要な対応", "拡大資料1部、前方の席1　ご対応をお願いします。"),)),
            b.Closing(),
            b.Contact(lines=("みほん区地域文化部協働推進課区民協働担当係", "電話　03-0000-0001　FAX　03-0000-0002")),
        ),
    )


@pytest.fixture(scope="session")
def roster():
    """A landscape list of forty people."""
    return whole_document(
        kind="受付名簿",
        look="roster",
        first_sheet="受付名簿",
        personal=True,
        header_left="取扱注意（個人情報）　終了後回収　2部の1部目",
        blocks=(
            b.Title(text="受付名簿", subtitle="デジタル活用講習会　第2回「LINE講習会」"),
            b.Table(
                name="受付名簿",
                ruled=True,
                min_row_height=7.3,
                rows=tuple((*row, "", "") for row in people_rows(40)),
                columns=(
                    *PEOPLE_COLUMNS[:2],
                    b.Column(title="団体", width=90),
                    *PEOPLE_COLUMNS[3:],
                    b.Column(title="配慮", width=15, align="center"),
                    b.Column(title="備考", width=51),
                ),
            ),
            b.Paragraph(text="申込　40人　貸与タブレット　11台"),
        ),
    )
