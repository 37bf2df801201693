"""What 持出し管理簿 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.settings.takeouts.services.takeout_ledger import TAKEOUTS
from app.subjects.settings.takeouts.services.takeouts import takeout_follow_ups

LEDGERS: Final = (TAKEOUTS,)
FOLLOW_UPS: Final = (takeout_follow_ups,)
