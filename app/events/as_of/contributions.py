"""Registers what the subject of その日の状態 adds to the packages below."""

from __future__ import annotations

from typing import Final

from app.events.as_of import services as as_of_services

DOCUMENTS: Final = as_of_services.DOCUMENTS
