"""What the subjects of registers declare to other packages (no Qt)."""

from __future__ import annotations

from app.registers.register.services import organisation_view
from app.registers.register.services.mistake_reports import report_follow_ups
from app.registers.register.services.planned_changes import planned_change_follow_ups
from app.registers.register.services.subsidies import subsidy_follow_ups
from app.registers.venues import services as venues_services
from app.registers.venues.services import booking_follow_ups
from app.registers.workers.services import TRAININGS, WORKERS

DOCUMENTS = (
    *organisation_view.DOCUMENTS,
    *venues_services.DOCUMENTS,
)
DOCUMENT_SUBJECTS = (("団体", organisation_view.read_organisation_subject),)
EVENTLESS_FOLLOW_UPS = (
    planned_change_follow_ups,
    report_follow_ups,
)
YEAR_FOLLOW_UPS = (subsidy_follow_ups,)
NOTIFICATIONS = (*venues_services.NOTIFICATIONS,)
DOCUMENT_HALTS = (*venues_services.HALTS,)
FOLLOW_UPS = (booking_follow_ups,)
LEDGERS = (
    WORKERS,
    TRAININGS,
)
