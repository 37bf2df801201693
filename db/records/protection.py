"""Records of personal data taken out of the office (持出し管理簿)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from db.fields import Spec
from db.frozen_record import frozen_record


@frozen_record
class Checkout:
    """One check-out of 重要情報 and its return (特18(2): the first eight fields are the clause's own).

    ``contents`` 格納情報, ``taken_at`` 持ち出し日時, ``taken_by`` 持ち出した者, ``approved_by`` 承認者,
    ``purpose`` 用途,
    ``destination`` 持ち出し先, ``returned_at`` 返却日時, ``return_checked_by`` 返却確認者. ``merged_at`` when
    the changes
    of a 当日持出しファイル were written into the roster. Never deleted.
    """

    id: int = 0
    event_id: int | None = None
    outgoing_id: int | None = None
    contents: str
    taken_at: datetime
    taken_by: str
    approved_by: str = ""
    purpose: str = ""
    destination: str = ""
    due_back_at: datetime | None = None
    returned_at: datetime | None = None
    return_checked_by: str = ""
    medium: str = "紙"
    reference: str = ""
    copies: int = 1
    returned_copies: int | None = None
    encryption: str = ""
    disposed_at: datetime | None = None
    cancelled: bool = False
    note: str = ""
    merged_at: Annotated[datetime | None, Spec("名簿に戻した日時")] = None
