"""Content of この人についての記録, which helps to answer a request, and of 個人情報ファイル簿の記載事項."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.calendar.dates import long_date_plain
from app.common.clauses import clause_of
from app.documents import document_frame
from app.documents.blocks import DocumentContent, Heading, KeyValues, Paragraph, Title
from app.documents.list_sheet import PERSONAL, fitted_table
from app.programme.rules import in_own_words, in_visit_words

SHEET = "この人についての記録"
FILE_RECORD = "個人情報ファイル簿の記載事項"
COVERED = "●●"
MOST_UNLISTED = 1_000
"""Persons from whom on a file has to be listed (施行令19条2項)."""
_SEARCHED = (
    "所見、応対メモ、議事録、本人のことば、備考など、すべての記録の文を、氏名と名字で探しました。受け取ったファイル、画像、"
    "紙、控えのファイルの中は、探していません。"
)
_AID = (
    "請求に答えるときに、記録のある所を探すための一覧です。開示する文書ではありません。何を開示し、訂正し、止めるかは、"
    "ここに並ぶものを1件ずつ確かめて決めます。"
)
_OTHERS = f"登録のあるほかの人の氏名は「{COVERED}」にしてあります。登録のない人の氏名は、文に残っています。"
LISTED = "本人の数が1,000人以上のため、個人情報ファイル簿に載せて公表する"
UNLISTED = "本人の数が1,000人に満たないため、法では個人情報ファイル簿に載せなくてよい。条例の定めを確かめる"
_BY_HAND = "（区が記入）"


def person_sheet(
    context: document_frame.DocumentContext,
    *,
    person_id: int,
    name: str,
    records: Sequence[tuple[str, ...]],
    texts: Sequence[tuple[str, ...]],
    papers: Sequence[tuple[str, ...]],
) -> DocumentContent:
    """Build the list of what is recorded about a person, whence and what for, of texts and papers with the name."""
    columns = ("記録", "項目", "内容", "どこから", "何のために")
    return document_frame.frame_document(
        context,
        kind=SHEET,
        reference=f"{context.programme.year_code}-人{person_id:04d}",
        blocks=(
            Title(SHEET, subtitle=name),
            Paragraph(_AID),
            Paragraph(_OTHERS, style="note"),
            Heading(1, "1", "記録", right=f"{len(records)}項目"),
            fitted_table(SHEET, columns, records),
            Heading(1, "2", "名前の出てくる文", right=f"{len(texts)}か所"),
            Paragraph(_SEARCHED, style="note"),
            fitted_table("文", ("どこに", "文", "何で見つけたか"), texts or [("なし", "", "")]),
            Heading(1, "3", "名前の載る、出した書類", right=f"{len(papers)}件"),
            fitted_table("書類", ("書類", "出した日", "方法", "版"), papers or [("なし", "", "", "")]),
        ),
        footer_left=PERSONAL,
        personal=True,
    )


def file_record(
    context: document_frame.DocumentContext,
    *,
    people: int,
    on: date,
    purposes: Sequence[str],
    items: Sequence[str],
    kept: Sequence[str],
) -> DocumentContent:
    """Build what the ward's 個人情報ファイル簿 says of the data of a year, and whether the law asks for it."""
    visits = any(one.form.at_organisation for one in context.kinds)
    office, rule = context.office, clause_of("個人情報ファイル簿", "人数の少ないファイル")
    is_listed = people >= MOST_UNLISTED
    rows = (
        ("個人情報ファイルの名称", f"{context.programme.title}の申込者・参加者・団体役員"),
        ("行政機関等の名称", office.ward),
        ("事務をつかさどる組織", office.full_name),
        ("利用目的", in_visit_words("／".join(purposes), context.kinds)),
        ("記録項目", in_own_words("、".join(items), office)),
        (
            "記録範囲",
            f"申込者・参加者、団体の役員、事例発表者{'、希望票に署名した人' if visits else ''}、申出・請求をした人",
        ),
        ("記録情報の収集方法", "本人か団体からの申込み・届出・申出"),
        ("要配慮個人情報", "「配慮」に、心身の障害などが書かれることがある"),
        ("経常的な提供先", _BY_HAND),
        ("開示等の請求を受ける組織", f"{office.full_name}　{office.address}"),
        ("訂正・利用停止の特別の手続", _BY_HAND),
        ("ファイルの種別", "電子計算機で処理するファイル"),
        ("保存の期間", "、".join(kept)),
        ("本人の数", f"{people:,}人（{long_date_plain(on)}現在）"),
        ("公表", f"{LISTED if is_listed else UNLISTED}（{rule}）"),
    )
    return document_frame.frame_document(
        context,
        kind=FILE_RECORD,
        reference=f"{context.programme.year_code}-{FILE_RECORD}",
        blocks=(Title(FILE_RECORD), KeyValues(rows=rows)),
    )
