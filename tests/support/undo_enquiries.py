"""Undo of 応対メモ and of 留守."""

from typing import Any

from app.home.today.services import absences
from app.year.enquiries import services
from db.records.year.enquiries import ContactMemo
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, done


def memo(**more: Any) -> ContactMemo:
    """A 応対メモ as its form gives it."""
    return ContactMemo(programme_id=1, received_at=NOW, about="駐輪場はあるか", **{"answerer": "", "by": "", **more})


SCENARIOS: Scenarios = {
    services.save_memo: lambda _w: {"memo": memo(caller="見本　太郎", phone="03-0000-1111")},
    absences.record_absence: lambda _w: {
        "person": "見本　係員", "colleague": "見本　同僚", "begins_on": NOW.date(), "until": NOW.date()},
    absences.end_absence: lambda w: {"absence_id": done(absences.record_absence, w)},
}  # fmt: skip
