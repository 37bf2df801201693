"""What the register of 団体 declares to other packages (no Qt)."""

from __future__ import annotations

from typing import Final

from app.registers.register.services import organisation_view
from app.registers.register.services.planned_changes import planned_change_follow_ups
from app.registers.register.services.subsidies import subsidy_follow_ups

DOCUMENTS: Final = organisation_view.DOCUMENTS
DOCUMENT_SUBJECTS: Final = (("団体", organisation_view.read_organisation_subject),)
EVENTLESS_FOLLOW_UPS: Final = (planned_change_follow_ups,)
YEAR_FOLLOW_UPS: Final = (subsidy_follow_ups,)
