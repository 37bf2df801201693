"""What 従事者 declares to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.subjects.settings.workers.services.trainings import TRAININGS
from app.subjects.settings.workers.services.workers import WORKERS

LEDGERS: Final = (WORKERS, TRAININGS)
