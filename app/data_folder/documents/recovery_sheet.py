"""The sheet with the recovery key: what it is for, where to keep it, the key in groups that can be typed."""

from __future__ import annotations

from datetime import datetime

from app.calendar import dates
from app.data_folder.documents.secret_sheet import secret_sheet
from app.documents.blocks import Bullets, DocumentContent, Figure, KeyFigures, KeyValues, Paragraph, Title

RECOVERY_KIND = "回復キー"


def recovery_sheet(*, key: str, folder: str, issued_by: str, issued_at: datetime) -> DocumentContent:
    """Return the sheet with the recovery key.

    Args:
        key: eight groups of five signs joined by "-". place: the data folder as its users know it.
        issued_by: display name. issued_at: local time.
    """
    groups = key.split("-")
    half = len(groups) // 2
    figures = tuple(Figure(label=str(number), value=group, unit="") for number, group in enumerate(groups, 1))
    blocks = (
        Title("回復キー", lead="デジ活デスクのパスワードを忘れたときに、データを開くための鍵です。"),
        KeyFigures(figures=figures[:half]),
        KeyFigures(figures=figures[half:]),
        Paragraph("番号の順に入力します。大文字と小文字の区別はなく、間の空白やハイフンは入力しなくてもかまいません。"),
        KeyValues(
            rows=(
                ("データの場所", folder),
                ("発行した日時", f"{dates.long_date(issued_at.date())}　{issued_at:%H:%M}"),
                ("発行した人", issued_by),
            )
        ),
        Bullets(
            title="保管のしかた",
            items=(
                "この紙だけでデータを開けます。封をして、鍵のかかる場所に保管してください。",
                "データのあるPCや共有フォルダーと同じ場所には置かないでください。写真やファイルにも残しません。",
                "使うときは、ログイン画面の「回復キーで開く」を選びます。開いたあと、新しいパスワードを決めます。",
                "新しい回復キーを発行すると、この紙は使えなくなります。細断して廃棄してください。",
            ),
        ),
    )
    return secret_sheet(RECOVERY_KIND, blocks, mark="取扱注意")
