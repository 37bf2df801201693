"""What of a row of a ledger somebody holds until the end of the contract (特22-1), in the words of 返還・廃棄証明書."""

from __future__ import annotations

from typing import Final, Literal

from db.frozen_record import frozen_record

Holder = Literal["受託者", "区"]
WHOLE_QUANTITY: Final = "一式"
"""The quantity of what is not counted: more of the same is no other thing."""


@frozen_record
class HeldItem:
    """One thing that is held.

    Attributes:
        item, medium, quantity: as a 返還・廃棄証明書 names it (情報項目, 媒体名, 数量).
        returned_on: the day (ISO) on which its own row says that it came back, "" = it does not say so. holder: who
            holds it.
    """

    item: str
    medium: str
    quantity: str = "1件"
    returned_on: str = ""
    holder: Holder = "受託者"
