"""The sheets with a secret: recovery key and temporary password; drawn in memory, printed, stored in no file."""

from __future__ import annotations

from datetime import datetime

from app.calendar import dates
from app.documents.blocks import Block, Bullets, DocumentContent, Figure, KeyFigures, KeyValues, Paragraph, Title


def secret_sheet(kind: str, blocks: tuple[Block, ...], *, mark: str) -> DocumentContent:
    """Return a sheet with a secret; ``mark`` is printed at the right of its header (「取扱注意」)."""
    return DocumentContent(
        kind=kind,
        reference=kind,
        version=0,
        look="form",
        blocks=blocks,
        first_sheet=kind,
        file_stem=kind,
        header_left="デジ活デスク",
        header_right=mark,
        properties={"title": kind},
    )


FIRST_LOGIN_KIND = "仮のパスワード"


def first_password_sheet(
    *, name: str, login_id: str, password: str, folder: str, issued_by: str, issued_at: datetime
) -> DocumentContent:
    """Return the sheet with a temporary password.

    Args:
        name: display name. password: in groups joined by "-", which are typed too. folder: the data folder as its users
            know it. issued_by: display name. issued_at: local time.
    """
    blocks = (
        Title(
            f"{name}さんの仮のパスワード",
            lead="デジ活デスクの鍵を替えるため、いままでのパスワードは使えなくなります。つぎのログイン1回のパスワードです。",
        ),
        KeyFigures(
            figures=(
                Figure("ID", login_id, unit=""),
                Figure("仮のパスワード", password, unit=""),
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


RECOVERY_KIND = "回復キー"


def recovery_sheet(*, key: str, folder: str, issued_by: str, issued_at: datetime) -> DocumentContent:
    """Return the sheet with the recovery key.

    Args:
        key: eight groups of five signs joined by "-". folder: the data folder as its users know it.
        issued_by: display name. issued_at: local time.
    """
    groups = key.split("-")
    half = len(groups) // 2
    figures = tuple(Figure(str(number), group, unit="") for number, group in enumerate(groups, 1))
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
