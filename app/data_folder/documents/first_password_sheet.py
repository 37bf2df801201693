"""The sheet with a person's temporary password: handed over in a closed envelope, shredded after the first login."""

from __future__ import annotations

from datetime import datetime

from app.calendar import dates
from app.data_folder.documents.secret_sheet import secret_sheet
from app.documents.blocks import Bullets, DocumentContent, Figure, KeyFigures, KeyValues, Paragraph, Title

FIRST_LOGIN_KIND = "仮のパスワード"


def first_password_sheet(
    *, name: str, login_id: str, password: str, folder: str, issued_by: str, issued_at: datetime
) -> DocumentContent:
    """Return the sheet with a temporary password.

    Args:
        name: display name. password: in groups joined by "-", which are typed too. place: the data folder as its users
            know it. issued_by: display name. issued_at: local time.
    """
    blocks = (
        Title(
            f"{name}さんの仮のパスワード",
            lead="デジ活デスクの鍵を替えるため、いままでのパスワードは使えなくなります。つぎのログイン1回のパスワードです。",
        ),
        KeyFigures(
            figures=(
                Figure(label="ID", value=login_id, unit=""),
                Figure(label="仮のパスワード", value=password, unit=""),
            )
        ),
        Paragraph("英字は、すべて小文字です。間の「-」も入力します。数字の0と1、英字のi、l、oは使っていません。"),
        Bullets(
            title="ログインのしかた",
            items=(
                "デジ活デスクを開き、ID と、この紙の仮のパスワードを入力します。",
                "ご自分の新しいパスワード（12文字以上）を決めます。ほかの人には教えないでください。",
                "ログインできたら、この紙は細断してください。仮のパスワードは、もう使えません。",
            ),
        ),
        KeyValues(
            rows=(
                ("データの場所", folder),
                ("作った日時", f"{dates.long_date(issued_at.date())}　{issued_at:%H:%M}"),
                ("作った人", issued_by),
            )
        ),
    )
    return secret_sheet(FIRST_LOGIN_KIND, blocks, mark="親展・取扱注意")
