"""What the subjects of registers declare to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.registers.register.services import organisation_view
from app.registers.register.services.planned_changes import planned_change_follow_ups
from app.registers.register.services.subsidies import subsidy_follow_ups
from app.registers.venues import services as venues_services
from app.registers.venues.services import booking_follow_ups
from app.registers.workers.services import TRAININGS, WORKERS

DOCUMENTS: Final = (
    *organisation_view.DOCUMENTS,
    *venues_services.DOCUMENTS,
)
DOCUMENT_SUBJECTS: Final = (("団体", organisation_view.read_organisation_subject),)
EVENTLESS_FOLLOW_UPS: Final = (planned_change_follow_ups,)
YEAR_FOLLOW_UPS: Final = (subsidy_follow_ups,)
NOTIFICATIONS: Final = (*venues_services.NOTIFICATIONS,)
DOCUMENT_HALTS: Final = (*venues_services.HALTS,)
FOLLOW_UPS: Final = (booking_follow_ups,)
LEDGERS: Final = (
    WORKERS,
    TRAININGS,
)
