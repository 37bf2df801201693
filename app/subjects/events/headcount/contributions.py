"""What 参加人数 offers without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.events.headcount.services import headcount_notification, headcount_view

DOCUMENTS: Final = headcount_view.DOCUMENTS
NOTIFICATIONS: Final = headcount_notification.NOTIFICATIONS
