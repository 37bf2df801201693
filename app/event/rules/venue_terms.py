"""States whose place an event is held at and who pays for it (仕様書4(1)イ, 4(2)イ, 4(3)イ)."""

from __future__ import annotations

from app.common.join_nonempty import join_nonempty
from db.records.events import Event


def venue_terms(event: Event) -> str:
    """Return 「区立施設・使用料は区の負担」, as far as it is known."""
    fee = {"": "", "無料": "使用料なし"}.get(event.fee_payer, f"使用料は{event.fee_payer}の負担")
    return join_nonempty(event.facility, fee, separator="・")
