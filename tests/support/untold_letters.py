"""Papers of an event that go out and tell nothing: they would never be recorded as told, nor asked for on home."""

from typing import Final

from app.documents.services.document_kind import DOCUMENTS
from app.documents.services.notification_kinds import NOTIFICATIONS

TOLD_ELSEWHERE: Final = {"会場使用・減免申請書": "when it was handed in stands with its booking"}


def untold_letters() -> set[str]:
    """Return the kinds of paper of an event that go out and have no ``NotificationKind``."""
    told = {kind for one in NOTIFICATIONS for kind in one.names_in_log}
    return {one.kind for one in DOCUMENTS if one.about == "実施回" and one.goes_out} - told - TOLD_ELSEWHERE.keys()
