"""アクセス記録点検表: what was counted in a month, what was seen in it, and who confirmed that."""

from __future__ import annotations

from app.calendar import dates
from app.calendar.wareki import month_words
from app.documents import document_frame
from app.documents.blocks import Column, DocumentContent, KeyValues, SignBoxes, Table, Title
from db.records.accounts import AccessReview

KIND = "アクセス記録点検表"


def review_words(review: AccessReview | None) -> str:
    """Return whether a month was reviewed, by whom, and who confirmed it."""
    if review is None:
        return "この月の点検は、まだ記録していません。"
    done = f"点検　{review.by}　{dates.table_date(review.at.date())}"
    return f"{done}　確認　{review.confirmed_by or 'ほかの人の確認を待っています'}"


def access_review(context: document_frame.DocumentContext, review: AccessReview) -> DocumentContent:
    """Build the 点検表 of one month."""
    confirmed = dates.table_date(review.confirmed_at.date()) if review.confirmed_at is not None else ""
    return document_frame.frame_document(
        context,
        kind=KIND,
        reference=f"{review.month:%Y%m}-アクセス記録",
        blocks=(
            Title(KIND),
            KeyValues(rows=(("対象月", month_words(review.month)), ("記録の件数", f"{review.total}件"))),
            Table(
                columns=(Column("観点", 70), Column("件数", 20, align="right"), Column("該当行", 80)),
                rows=tuple((one.point, f"{one.count}件", "、".join(map(str, one.numbers))) for one in review.figures),
                name="点検の結果",
            ),
            KeyValues(rows=(("所見", review.remarks), ("処置", review.treatment or "なし"))),
            SignBoxes(
                boxes=(
                    ("点検者", f"{review.by}　{dates.table_date(review.at.date())}"),
                    ("確認者", f"{review.confirmed_by}　{confirmed}".strip()),
                )
            ),
        ),
    )
