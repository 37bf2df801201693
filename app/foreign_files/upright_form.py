"""Knows the application form of one person (labels below each other), which is no list and must not be read as one."""

from __future__ import annotations

import re

from app.foreign_files.foreign_shape import ForeignFile
from app.foreign_files.heading_fold import fold_heading
from app.foreign_files.refusal import IntakeRefusal

_LABEL = re.compile(
    r"(?:(?:お|ご)?(?:氏名|名前)|ふりがな|フリガナ|団体名|団体|町会・?自治会名|町会名|自治会名|電話(?:番号)?|連絡先|携帯(?:電話)?"
    r"|fax(?:番号)?|(?:ご)?住所|役職|メール(?:アドレス)?|e-?mail|(?:希望|参加希望|希望する)(?:の)?(?:講習会|講座|日|日時)|(?:参加)?人数"
    r"|備考|配慮事項|申込日|申込者|参加者|代表者|生年月日|年齢|性別)(?:\(.*\))?[:：]?"
)
_FEWEST = 3
_MOST_ROWS = 60


def refuse_upright_form(file: ForeignFile) -> None:
    """Raise IntakeRefusal where labels such as 氏名 and 電話番号 stand among the data: the form of one person."""
    if len(file.rows) > _MOST_ROWS:
        return
    labels = {
        label
        for row in file.rows
        for cell in row.cells[: len(file.headings)]
        if len(cell) <= 30 and _LABEL.fullmatch(label := fold_heading(cell))
    }
    if len(labels) >= _FEWEST:
        raise IntakeRefusal(
            "「氏名」や「電話番号」などの見出しが縦に並ぶ、1件分の申込書のようですので、"
            "申込の画面の「電話の申込を入力する」で入力するか、1行に1件の一覧にしてから選んでください。"
        )
