"""Records of personal data taken out of the office (持出し管理簿)."""

from __future__ import annotations

from datetime import datetime

from db.fields import Key, Note
from db.record import data_field, optional_field, record, text_field


@record
class Checkout:
    """One check-out of 重要情報 and its return (特18(2): the first eight fields are the clause's own).

    ``contents`` 格納情報, ``taken_at`` 持ち出し日時, ``taken_by`` 持ち出した者, ``approved_by`` 承認者,
    ``purpose`` 用途, ``destination`` 持ち出し先, ``returned_at`` 返却日時, ``return_checked_by`` 返却確認者.
    ``merged_at`` is when the changes of a 当日持出しファイル were written into the roster. Never deleted.
    """

    id: Key = 0
    event_id: Key | None = None
    outgoing_id: Key | None = None
    contents: str = data_field("格納情報", names_row=True, erasing="free")
    taken_at: datetime = data_field("持ち出し日時")
    taken_by: str = data_field("持ち出した者", erasing="staff")
    approved_by: str = text_field("承認者", "staff")
    purpose: str = text_field("用途", "word")
    destination: str = text_field("持ち出し先", "word")
    due_back_at: datetime | None = optional_field("返却予定")
    returned_at: datetime | None = optional_field("返却日時")
    return_checked_by: str = text_field("返却確認者", "staff")
    medium: str = data_field("媒体", erasing="word", default="紙")
    reference: str = text_field("整理番号", "word")
    copies: int = data_field("部数", default=1)
    returned_copies: int | None = optional_field("返却部数")
    encryption: str = text_field("暗号化の方法", "word")
    disposed_at: datetime | None = optional_field("廃棄した日時")
    cancelled: bool = data_field("取消", default=False)
    note: Note = ""
    merged_at: datetime | None = optional_field("名簿に戻した日時")
