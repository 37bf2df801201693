"""Registers what the subject of headcounts adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.events.headcount import services as headcount_services

DOCUMENTS: Final = headcount_services.DOCUMENTS
NOTIFICATIONS: Final = headcount_services.NOTIFICATIONS
