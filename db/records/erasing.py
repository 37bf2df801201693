"""Records of erasings, with the cells of each row history and the images rewritten."""

from __future__ import annotations

from datetime import date

from db.fields import (
    HiddenKey,
    HiddenWord,
    Key,
    RecordedAt,
)
from db.record import data_field, record


@record
class ErasedRow:
    """The erased cells of one row history, from the insert of a row to its deletion.

    ``born`` is the number of its first journal entry and ``link`` that entry's chain value, which identifies
    it even beyond a gap; ``cells`` maps each column to its redaction.
    """

    table: HiddenWord
    row_id: Key
    born: Key
    link: HiddenWord
    cells: dict[str, str] = data_field(is_hidden=True, default_factory=dict)


@record
class ErasedImage:
    """A journal entry below the erasing whose payload was rewritten, with the keyed hash of the new one."""

    seq: Key
    hash: HiddenWord


@record
class ErasedFile:
    """A stored file due for erasing, hidden since its mark; ``gone`` = erased for good.

    ``keyed_hash`` is its name; ``disposal_id`` the disposal that marked it. This row is deleted when the same
    content is received again.
    """

    id: Key = 0
    keyed_hash: HiddenKey
    since: date = data_field("消す印を付けた日")
    gone: bool = data_field("消去済み", default=False)
    disposal_id: Key | None = None


@record
class Erasing:
    """One erasing, never undone; ``token`` (32 hex digits) identifies it wherever it is repeated.

    ``lives`` are the row histories with redactions and no old value; ``files`` are the names of stored files
    erased with them.
    """

    id: Key = 0
    token: str = data_field("消去の名", erasing="sum")
    at: RecordedAt
    lives: tuple[ErasedRow, ...] = data_field("消した欄", erasing="follows", default=())
    files: tuple[str, ...] = data_field("消した保管ファイル", erasing="follows", default=())
    images: tuple[ErasedImage, ...] = data_field("書き直した履歴", erasing="follows", default=())
