"""What 従事者 declares to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.registers.workers.services import TRAININGS, WORKERS

LEDGERS: Final = (WORKERS, TRAININGS)
