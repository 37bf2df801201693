"""Items of the クラウドサービス確認票: requirements on the provider (特19-2(1)–(8)) and the service (特19-3(1)–(10),
F-26),
and the twelve risks of the 別表 for a service without 重要情報 (F-27, 特20).

The wording is the program's own; the numbers follow the order in the clause."""

from __future__ import annotations

from typing import Final

from app.ledgers.rules import FAILS, FITS, MAY, MAY_NOT, OUTSIDE, CheckItem, CheckList, CheckPart, LedgerColumn

SAAS: Final = "SaaS型"


def _items(first: int, clause: str, texts: tuple[str, ...]) -> tuple[CheckItem, ...]:
    """Return the items of one chapter of the check sheet."""
    return tuple(
        CheckItem(
            number=number,
            text=text,
            clause=f"{clause}({place})",
            not_applicable_when=("type", SAAS) if number == _KEYS else None,
            not_applicable_reason="SaaS型のため（特19-3(6)後段）" if number == _KEYS else "",
        )
        for place, (number, text) in enumerate(enumerate(texts, first), 1)
    )


_KEYS: Final = 14
"""Item about encryption keys, which does not apply to SaaS (特19-3(6))."""

CLOUD: Final = CheckList(
    key="cloud",
    title="クラウドサービス確認票",
    subtitle="重要情報を取り扱うもの（18項目）",
    sign="S",
    clause="特19-2・特19-3",
    header_columns=(
        LedgerColumn("service", "サービス"),
        LedgerColumn("provider", "提供者"),
        LedgerColumn("type", "型", "choice", choices=("IaaS型", "PaaS型", SAAS)),
        LedgerColumn("region", "リージョン", is_required=False, hint="日本（東京）など。分からないときは空のまま"),
        LedgerColumn("use", "使い道・情報", hint="派遣の事前アンケート（氏名、役職、回答）"),
        LedgerColumn("begins", "利用開始", "day", is_required=False),
        LedgerColumn("ends", "利用終了", "day", is_required=False),
    ),
    header_lines=(("service", "type", "provider", "region"), ("use", "begins", "ends")),
    parts=(
        CheckPart(
            title="提供者について",
            basis="特19-2(1)から(8)まで",
            items=_items(1, "特19-2", (
                "国内の法令・合意管轄", "国内のリージョン、海外に保存しない", "終了・変更の事前通知、移行方法",
                "対策不十分のときの改善・賠償",
                "目的外の接近・利用をしない", "対策と体制の評価（認証等）", "意図しない変更を防ぐ体制",
                "事故のときの分担・連絡",
            )),
        ),
        CheckPart(
            title="サービスについて",
            basis="特19-3(1)から(10)まで",
            items=_items(9, "特19-3", (
                "利用者の管理（発行から削除まで）", "情報・機能ごとの接近の制限", "保存・通信の暗号化（推奨リスト）",
                "記録の取得、種類と範囲の確認",
                "時刻の統一、同期の方法", "鍵の管理（生成から廃棄まで）", "通信網の分離（SaaS：他の利用者を制御）",
                "仮想計算機の分離（SaaS：同上）", "終了時の確実な削除（複製を含む）", "特殊な利用者・資格情報の廃棄",
            )),
        ),
    ),
    note="要旨は条文を短くしたもの。「適合」と「対象外」には根拠が要る。"
         "不適合または要確認が1つでもあるうちは、総合判定は「選定可」にならない。",
    unfit_text="すべての項目を満たすまで、重要情報を扱うサービスとして選定できません。",
)  # fmt: skip

RISKS: Final = CheckList(
    key="cloud_risks",
    title="クラウドサービスのリスク確認票",
    subtitle="重要情報を取り扱わないもの（別表12項目）",
    sign="R",
    clause="特20・別表",
    header_columns=(
        LedgerColumn("service", "サービス"),
        LedgerColumn("provider", "提供者"),
        LedgerColumn("terms", "約款の版・改定日", hint="変わったときは改訂して確かめ直します"),
        LedgerColumn("use", "使い道・情報", hint="講習会のアンケート（無記名の回答）"),
        LedgerColumn("begins", "利用開始", "day", is_required=False),
        LedgerColumn("ends", "利用終了", "day", is_required=False),
    ),
    header_lines=(("service", "provider"), ("terms", "begins", "ends"), ("use",)),
    parts=(
        CheckPart(
            title="利用に係るリスク",
            basis="別表",
            items=tuple(
                CheckItem(number=number, text=text, clause=f"別表{number}")
                for number, text in enumerate((
                    "情報の適正な取扱いの確認が容易でなくなる", "運用の詳細が公開されず、対策が難しい",
                    "国外で保存・処理され、国外の法や検閲を受ける", "一つの基盤の共用による情報漏えい",
                    "機器の環境の急変、供給網の対策の確認が難しい", "提供者が情報を自由に利用・分析し得る",
                    "改ざんされても提供者が責任を負わない", "突然の停止。取扱い・賠償・復旧の保証がない",
                    "消去・破壊されても復元に応じない", "約款が事前の通知なく一方的に変わる",
                    "確実な消去が難しい", "個別の対応に応じず、解決に時間を要する",
                ), 1)
            ),
        ),
    ),
    own_words={
        FITS: "許容", FAILS: "許容できない", OUTSIDE: "低減して許容", MAY: "利用可", MAY_NOT: "利用不可",
    },
    signs={FITS: "許", FAILS: "不", OUTSIDE: "低"},
    fourth_requires="measure",
    note="要旨は別表を短くしたもの。「許容」には約款の該当箇所が、「低減して許容」には対策が要る。"
         "許容できないまたは要確認が1つでもあるうちは、総合判定は「利用可」にならない。",
    unfit_text="別表のリスクがすべて許容できるまで、そのサービスを利用できません。",
)  # fmt: skip
