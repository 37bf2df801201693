"""The forms of the 特記事項.

管理責任者 (特6), 教育 (特9), 変更 (特8), 再委託 (特15-2), 返還・廃棄 (特22-2), 事故等 (特25-1), 訓練 (特25-3).
What the clause requires is asked for in its words; the rest is the ward's and may stay empty."""

from __future__ import annotations

from app.ledgers.rules import NO, YES
from app.programme.rules import ANNEX, cited, titled
from app.registers.workers.rules import ABSENT, TOOK_PART
from app.submissions.deliverables.rules.submission_form import FormColumn, FormItem, FormSheet, SubmissionForm
from db.records.incidents import IncidentSort

SELECTION = "管理責任者選任届"
LESSONS = "教育実施報告書"
CHANGES = "管理責任者・従事者変更届"
SUBCONTRACT = "再委託先安全管理措置確認書"
CERTIFICATE = "返還・廃棄証明書"
INCIDENT = "事故等報告書"
DRILL = "事故対応訓練・手順確認記録"
ALLOWANCE = "許可・承認申請書"

LESSON_WAYS = ("集合", "オンライン", "動画・資料", "個別")
CHANGED = ("氏名", "所属", "役割", "従事開始日", "従事終了予定日")
RETURNED, BY_SOFTWARE = "返還", "消去ソフト"
DISPOSALS = (
    RETURNED, "裁断", "溶解", "物理破壊", BY_SOFTWARE, "サービス上の削除（複製を含む）", "アカウントの削除", "専門業者",
)  # fmt: skip
"""Disposal methods that are irreversible (特18(7)); 「ごみ箱」 and 「初期化だけ」 are not."""
ALLOWED_SORTS = (
    "従事者以外の管理責任者", "第三者への提供", "再委託", "再々委託", "持出し", "履行以外の複写・複製", "物品の持込み",
    "廃棄の外部委託",
)  # fmt: skip
"""What needs the ward's permission (特6, 14, 15-1, 15-3, 18(1), 18(5), 21, 22-3)."""
GOODS_SORT = "物品の持込み"
GRADES = ("情報", "重要情報", "個人情報")
MEASURES = tuple(
    (clause.removeprefix(ANNEX.short), words)
    for clause, words in (
        (cited("区の手順の遵守と同等以上の規程"), "委託者の手順を守り、同等以上の対策の規程を設ける"),
        (cited("管理責任者の選任と提出、従事者以外は許可"), "個人情報の管理責任者を選任する"),
        (cited("従事者の氏名・所属・従事期間の提出", "変更の速やかな提出"),
         "従事者の氏名・所属・従事期間を記録し、変更を届け出る"),
        (cited("周知と教育、実施結果の提出"), "特記事項を周知し、必要な教育を行う"),
        (cited("区が行う教育の受講"), "委託者が行う教育を受ける"),
        (cited("知り得た情報を漏らさない（終了後も）"), "知り得た情報を漏らさない（契約の終了後も）"),
        (cited("収集は必要な範囲・適正な手段", "目的外に使わない"), "必要な範囲で収集し、ほかの用途に使わない"),
        (cited("第三者に提供しない"), "第三者に提供しない"),
        (cited("再委託の制限と確認", "再委託先の契約・監督"),
         "再々委託は区の承認を得て、同等以上の規定を契約に定める"),
        (cited("情報の授受"), "授受を従事者に限り、媒体・メールを暗号化し、送付を記録する"),
        (cited("情報の管理（持出し、複写、施錠、廃棄）"),
         "持ち出し・複写・施錠・廃棄を管理簿で管理し、機器の対策を行う"),
        (cited("重要情報を扱う外部サービスの選定", "重要情報を扱わない外部サービスのリスク"),
         "外部サービスは確認票の項目を満たすものに限る"),
        (cited("物品等の持ち込みの禁止"), "区の許可なく物品等を履行場所に持ち込まない"),
        (cited("返還・処分と証明、外部委託の承認"), "終了時に返還または確実に処分し、証明する"),
        (cited("調査・報告・改善の指示", "監査への協力"), "調査・監査に応じる"),
        (cited("事故等の対応・報告・訓練"), "事故等を直ちに区と受託者に報告し、原因を分析し、再発を防ぐ"),
    )
)  # fmt: skip
"""第5条 to 第25条 of the 特記事項 as they bind a subcontractor, shortened."""
_DAYS = "日付は、年・月・日の順に、年から記入してください。"
_KEEP = "見出しや項目名を書きかえたり、列を消したりしないでください。"


def selection_form(*, about: str, subject: str) -> SubmissionForm:
    """Return F-01 (特6) on who is responsible for the personal data, a worker or else with a 許可."""
    items = (
        FormItem("選任の氏名", "管理責任者の氏名"),
        FormItem("選任の所属", "所属"),
        FormItem("選任の役職", "役職", needed=False),
        FormItem("選任の連絡先", "連絡先", needed=False, hint="平日の昼の電話番号"),
        FormItem("選任の日", "選任日", kind="day"),
        FormItem("選任の情報", "取り扱う個人情報", needed=False, hint="アンケートの回答など"),
        FormItem(
            "選任の従事者",
            "従事者の中からの選任",
            kind="choice",
            choices=(YES, NO),
            hint="従事者から選んだとき「有」",
        ),
        FormItem("選任の理由", "従事者以外から選ぶ理由", needed=False, hint="「無」のときは必ず"),
        FormItem("選任の許可日", "区の許可の日", kind="day", needed=False, hint="「無」のときは必ず"),
    )
    return SubmissionForm(
        title=SELECTION, about=about, subject=subject,
        pages=(FormSheet(sheet="選任", lead="1つの契約に1枚を提出してください。", items=items),),
        instructions=(
            "個人情報の管理に責任を持つ人を、従事者の中から選んで記入してください。",
            "従事者以外から選ぶときは、先に「許可・承認申請書」で区の許可を得てください。",
            "選んだ人は「従事者・配置表」にも、役割「管理責任者」で記入してください。",
            "届け出た内容が変わったときは、「管理責任者・従事者変更届」を速やかに提出してください。",
            f"{_DAYS}{_KEEP}",
        ),
        submission_sentence=f"個人情報の管理に責任を持つ者を選任したので、"
        f"{titled('管理責任者の選任と提出、従事者以外は許可')}により提出します。",
        ward_boxes=("従事者名簿との照合", "従事者以外のときの許可"),
        personal=True,
    )  # fmt: skip


def lessons_form(*, about: str, subject: str) -> SubmissionForm:
    """Return F-04 (特9) on who was taught when and what, handed out with everybody in the 従事者名簿 filled in."""
    items = (
        FormItem("教育の方法", "方法", kind="choice", choices=LESSON_WAYS),
        FormItem("教育の講師", "教えた人", needed=False),
        FormItem("教育の資料", "使った資料", needed=False),
        FormItem("遵守", "遵守すべき事項", kind="choice", choices=(YES, NO), hint="教えたとき「有」"),
        FormItem("罰則", "罰則の内容", kind="choice", choices=(YES, NO), hint="教えたとき「有」"),
        FormItem("民事", "民事上の責任", kind="choice", choices=(YES, NO), hint="教えたとき「有」"),
        FormItem("退職後", "終了後・退職後も守ること", kind="choice", choices=(YES, NO), needed=False),
    )
    columns = (
        FormColumn("name", "氏名", width=34),
        FormColumn("belongs", "所属", width=40),
        FormColumn("state", "受講", kind="choice", choices=(TOOK_PART, ABSENT), width=18),
        FormColumn("held", "受講日", kind="day", needed=False, width=24),
        FormColumn("reason", "未受講の理由", needed=False, width=27),
        FormColumn("again", "補講の予定日", kind="day", needed=False, width=24),
    )
    return SubmissionForm(
        title=LESSONS, about=about, subject=subject,
        pages=(
            FormSheet(sheet="教育", lead="行った教育について記入してください。", items=items),
            FormSheet(sheet="受けた人", lead="1人を1行に記入してください。", columns=columns, lines=12),
        ),
        instructions=(
            "従事者名簿の人は、あらかじめ入っています。受講した人に「受講」と受講日を記入してください。",
            "受講していない人は「未受講」とし、理由と補講の予定日を記入してください。補講のあとにもう一度提出します。",
            f"{_DAYS}{_KEEP}",
        ),
        submission_sentence=f"本契約の従事者に対する教育を実施したので、"
        f"{titled('周知と教育、実施結果の提出')}により報告します。",
        ward_boxes=("全員の受講または補講の予定", "従事者名簿との照合"),
        personal=True,
    )  # fmt: skip


def changes_form(*, about: str, subject: str) -> SubmissionForm:
    """Return F-03 (特8) on changes to the 選任届 and the 従事者の届."""
    columns = (
        FormColumn("name", "届け出た氏名", width=36),
        FormColumn("what", "変わった項目", kind="choice", choices=CHANGED, width=28),
        FormColumn("old", "変更前", width=36),
        FormColumn("new", "変更後", width=36),
        FormColumn("on", "変更日", kind="day", width=25),
        FormColumn("reason", "理由", needed=False, width=14),
    )
    return SubmissionForm(
        title=CHANGES, about=about, subject=subject,
        pages=(FormSheet(sheet="変更", lead="1つの変更を1行に記入してください。", columns=columns, lines=10),),
        instructions=(
            "変わったことを、1行に1つずつ記入してください。区の記録にある変更は、あらかじめ入っています。",
            "従事者が加わったときは、この様式ではなく「従事者・配置表」で届け出てください。",
            f"{_DAYS}{_KEEP}",
        ),
        submission_sentence=f"提出した書面の内容に変更があったので、"
        f"{titled('変更の速やかな提出')}により届け出ます。",
        ward_boxes=("従事者名簿の訂正", "管理責任者の変更の有無"),
        personal=True,
    )  # fmt: skip


def subcontract_form(*, about: str, subject: str) -> SubmissionForm:
    """Return F-10 (特15-2) on a subcontractor's measures under the 特記事項."""
    items = (
        FormItem("再委託先", "再委託先の名称"),
        FormItem("再委託先の所在地", "所在地"),
        FormItem("再委託の業務", "再委託する業務"),
        FormItem("再委託の情報", "取り扱う個人情報"),
        FormItem("再委託の元", "元の契約の委託者", needed=False, hint="再々委託のとき"),
        FormItem("再委託の確認日", "確認した日", kind="day"),
        FormItem("再委託の締結", "契約を結ぶ予定日", kind="day", hint="確認した日より後"),
        FormItem("再委託の確認者", "確認した人"),
    )
    columns = (
        FormColumn("clause", "該当する条", width=24),
        FormColumn("measure", "安全管理措置", width=72),
        FormColumn("how", "確認の方法", kind="choice", choices=("書面", "実地", "聴取"), width=22),
        FormColumn("result", "結果", kind="choice", choices=("適", "否", "該当なし"), width=20),
        FormColumn("ground", "根拠・是正", needed=False, width=27),
    )
    return SubmissionForm(
        title=SUBCONTRACT, about=about, subject=subject,
        pages=(
            FormSheet(sheet="再委託先", lead="再委託先ごとに、1つのファイルにしてください。", items=items),
            FormSheet(sheet="確認", lead="どの行にも方法と結果を記入してください。", columns=columns,
                     lines=len(MEASURES), grows=False),
        ),
        instructions=(
            "再委託契約を結ぶ前に確認し、区に提出してください。再々委託のときは、行う者ごとに提出します。",
            "「否」の行には、いつまでにどう直すかを「根拠・是正」に記入してください。",
            f"{_DAYS}{_KEEP}",
        ),
        submission_sentence="つぎの再委託先で特記事項の安全管理措置が講じられることを確認したので、"
               f"{cited('再委託先の安全管理措置の確認')}により提出します。",
        ward_boxes=("すべての措置が適または該当なし", "契約を結ぶ前の確認", "許可・承認簿への記入"),
    )  # fmt: skip


def certificate_form(*, about: str, subject: str) -> SubmissionForm:
    """Return F-28 and F-30 in one (特22-2, 特18(7)), with six items for each thing returned or destroyed."""
    columns = (
        FormColumn("item", "情報項目", width=42),
        FormColumn("medium", "媒体名"),
        FormColumn("quantity", "数量", width=16),
        FormColumn("way", "廃棄または消去の方法", kind="choice", choices=DISPOSALS),
        FormColumn("tool", "ソフト名・方式・業者名", needed=False, width=22),
        FormColumn("who", "責任者", width=20),
        FormColumn("done", "年月日", kind="day", width=20),
    )
    items = (
        FormItem("証明の立会い", "立会い", needed=False, hint="区の職員が立ち会ったときの日時と氏名"),
        FormItem("証明の残存", "残存の有無", kind="choice", choices=(NO, YES), hint="残りがなければ「無」"),
        FormItem("証明の残り", "残っているものと理由", needed=False),
        FormItem("証明の添付", "添付", needed=False, hint="業者の証明書、ソフトの実行記録など"),
    )
    return SubmissionForm(
        title=CERTIFICATE, about=about, subject=subject,
        pages=(
            FormSheet(sheet="証明", lead="1つの情報・媒体を1行に記入してください。", columns=columns, lines=10),
            FormSheet(sheet="立会い・残り", items=items),
        ),
        instructions=(
            "区の記録に残っているものは、あらかじめ入っています。情報項目と媒体名は書きかえずに、処理を記入してください。",
            "区の記録にないもの（録音、録画、複製など）は、行を加えて記入してください。",
            "6項目（情報項目、媒体名、数量、方法、責任者、年月日）は、どの行にも記入してください。",
            "消去ソフトのときはソフト名と方式を、専門業者のときは業者名を記入してください。",
            f"{_DAYS}{_KEEP}",
        ),
        submission_sentence="本契約により取り扱った情報を、つぎのとおり返還し、または復元できない方法で廃棄・消去したことを証明します。",
        ward_boxes=("6項目の記載", "回収した枚数・台帳との照合"),
    )  # fmt: skip


def incident_form(*, about: str, subject: str) -> SubmissionForm:
    """Return F-35 (特25-1); 第一報, 続報 and 最終 are versions of it, unknown items are 調査中."""
    facts = (
        FormItem("事故の報", "報の別", kind="choice", choices=("第一報", "続報", "最終")),
        FormItem(
            "事故の種別",
            "種別",
            kind="choice",
            choices=tuple(IncidentSort),
        ),
        FormItem("事故の発生日", "発生した日", kind="day", needed=False),
        FormItem("事故の発生時刻", "発生した時刻", needed=False, hint="16:25 など"),
        FormItem("事故の把握日", "把握した日", kind="day"),
        FormItem("事故の把握時刻", "把握した時刻"),
        FormItem("事故の第一報日", "区へ第一報をした日", kind="day"),
        FormItem("事故の第一報時刻", "区へ第一報をした時刻"),
        FormItem("事故の内容", "内容", hint="本人の氏名は書かない"),
        FormItem("事故の数量", "数量・対象者数", hint="分からないときは「調査中」"),
        FormItem("事故の場所", "発生場所"),
        FormItem("事故の状況", "発生状況"),
        FormItem("事故の再委託先", "再委託先で起きたときの名称", needed=False),
        FormItem("事故の原因", "原因", needed=False, hint="最終の報では必ず"),
    )
    columns = (
        FormColumn("on", "予定日または行った日", kind="day"),
        FormColumn("what", "講じた措置・再発防止策", width=80),
        FormColumn("who", "する人・した人", width=28),
        FormColumn(
            "state",
            "区分",
            kind="choice",
            choices=("措置", "再発防止（予定）", "再発防止（実施済）"),
            width=27,
        ),
    )
    return SubmissionForm(
        title=INCIDENT, about=about, subject=subject,
        pages=(
            FormSheet(sheet="事故等", lead="分からないことは「調査中」と記入してください。", items=facts),
            FormSheet(sheet="措置", lead="1つの措置・再発防止策を1行に記入してください。", columns=columns, lines=5),
        ),
        instructions=(
            "まず電話で区に知らせてください。この様式は、第一報・続報・最終の順に、そのつど提出します。",
            "本人の氏名や連絡先は書かないでください。人数と情報の項目だけを書きます。",
            "最終の報には、原因と、実施した再発防止策の日を記入してください。",
            f"{_DAYS}{_KEEP}",
        ),
        submission_sentence=f"事故等について、{titled('事故等のときにすること')}により報告します。",
        ward_boxes=("最終の報を受領", "再発防止策の実施を確かめた", "記録を閉じる"),
    )  # fmt: skip


def drill_form(*, about: str, subject: str) -> SubmissionForm:
    """Return F-36 (特25-3) on a review or drill of the procedure for incidents."""
    items = (
        FormItem("訓練の種別", "種別", kind="choice", choices=("手順の確認", "訓練")),
        FormItem("訓練の日", "実施日", kind="day"),
        FormItem("訓練の想定", "想定", hint="名簿の置き忘れ、メールの誤送信など"),
        FormItem("訓練の参加", "参加者", hint="氏名または人数"),
        FormItem("訓練の手順", "使った手順とその版", needed=False),
        FormItem("訓練の内容", "実施した内容と結果"),
        FormItem("訓練の分", "かかった時間", kind="count", unit="分", needed=False),
        FormItem("訓練の改善", "改善すること", hint="ないときは「なし」"),
        FormItem("訓練のつぎ", "つぎの予定日", kind="day", needed=False),
    )
    return SubmissionForm(
        title=DRILL,
        about=about,
        subject=subject,
        pages=(FormSheet(sheet="訓練", lead="1回を1つのファイルにしてください。", items=items),),
        instructions=("事故等が起きたときの手順を確認し、または訓練したときに記入してください。", f"{_DAYS}{_KEEP}"),
        submission_sentence="事故等の対応手順の確認または訓練を行ったので、"
        f"{cited('手順の確認・訓練')}の記録として提出します。",
        ward_boxes=("契約の期間に1回以上", "改善することの確認"),
    )


def allowance_form(*, about: str, subject: str) -> SubmissionForm:
    """Return F-09 and F-17 in one, by which the contractor requests permission in advance."""
    sorts = tuple(one for one in ALLOWED_SORTS if one != GOODS_SORT)
    columns = (
        FormColumn("sort", "種別", kind="choice", choices=sorts),
        FormColumn("what", "内容", width=38),
        FormColumn("grade", "情報の区分", kind="choice", choices=GRADES, width=20),
        FormColumn("party", "相手方・場所"),
        FormColumn("reason", "理由", width=19),
        FormColumn("begins", "始まる日", kind="day", width=22),
        FormColumn("ends", "終わる日", kind="day", needed=False, width=21),
    )
    return SubmissionForm(
        title=ALLOWANCE, about=about, subject=subject,
        pages=(FormSheet(sheet="申請", lead="1つの申請を1行に記入してください。", columns=columns, lines=8),),
        instructions=(
            "区の許可・承認を得てから行うことを、行う前に提出してください。許可または不許可は、区から連絡します。",
            "個人情報を含む再委託は、「再委託先安全管理措置確認書」を一緒に提出してください。",
            "物品を履行場所に持ち込むときは、「物品持込許可申請書」を使ってください。",
            f"{_DAYS}{_KEEP}",
        ),
        submission_sentence=f"{ANNEX.title}の規定により、つぎのとおり許可・承認を申請します。",
        ward_boxes=("許可・承認", "不許可・不承認", "条件"),
    )  # fmt: skip
