"""Records of personal data taken out of the office (持出し管理簿)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from db.fields import Key, Note, Spec
from db.record import record


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
    contents: Annotated[str, Spec("格納情報", names_row=True, erasing="free")]
    taken_at: Annotated[datetime, Spec("持ち出し日時")]
    taken_by: Annotated[str, Spec("持ち出した者", erasing="staff")]
    approved_by: Annotated[str, Spec("承認者", erasing="staff")] = ""
    purpose: Annotated[str, Spec("用途", erasing="word")] = ""
    destination: Annotated[str, Spec("持ち出し先", erasing="word")] = ""
    due_back_at: Annotated[datetime | None, Spec("返却予定")] = None
    returned_at: Annotated[datetime | None, Spec("返却日時")] = None
    return_checked_by: Annotated[str, Spec("返却確認者", erasing="staff")] = ""
    medium: Annotated[str, Spec("媒体", erasing="word")] = "紙"
    reference: Annotated[str, Spec("整理番号", erasing="word")] = ""
    copies: Annotated[int, Spec("部数")] = 1
    returned_copies: Annotated[int | None, Spec("返却部数")] = None
    encryption: Annotated[str, Spec("暗号化の方法", erasing="word")] = ""
    disposed_at: Annotated[datetime | None, Spec("廃棄した日時")] = None
    cancelled: Annotated[bool, Spec("取消")] = False
    note: Note = ""
    merged_at: Annotated[datetime | None, Spec("名簿に戻した日時")] = None
