"""Registers what the subject of headcounts adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.subjects.events.headcount.services import headcount_notification, headcount_view

DOCUMENTS: Final = headcount_view.DOCUMENTS
NOTIFICATIONS: Final = headcount_notification.NOTIFICATIONS
