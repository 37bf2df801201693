"""Mark documents based on fixed totals that the records no longer confirm."""

from __future__ import annotations

from datetime import date, datetime

from app.documents.document_frame import table_day
from app.documents.services.document_marks import DocumentMark
from app.documents.services.document_scope import DocumentScope
from app.surveys.tally.services import confirmed_tallies
from db.record import record
from db.store import Store
from db.tables import surveys

STAMP_TEXT = "集計確定後に記録が変更"
TODO_TEXT = "「アンケート」の「集計」にある「集計を確定し直す」を押すと、いまの記録でそろいます。"


@record
class OutdatedTotals:
    """Totals fixed on a day, with what has changed in the records since, in words."""

    frozen_on: date
    differences: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the sentence for documents (「集計はR8.9.20に確定したもので、そのあと記録が変わった（…）。」)."""
        return (
            f"集計は{table_day(self.frozen_on)}に確定したもので、そのあと記録が変わった（"
            f"{'、'.join(self.differences)}）。"
        )


def outdated_totals(store: Store, *, event_id: int) -> OutdatedTotals | None:
    """Return outdated fixed totals of an event, None = they are not outdated.

    None also while the totals are open, without a survey, and for totals whose context was not stored.
    """
    survey = surveys.survey_of_event(store.database, event_id)
    kept = confirmed_tallies.tally_state(store, survey)
    if survey is None or survey.frozen_at is None or kept is None:
        return None
    differing = confirmed_tallies.tally_difference_words(kept, confirmed_tallies.current_tally_state(store, event_id))
    return OutdatedTotals(frozen_on=survey.frozen_at.date(), differences=differing) if differing else None


def outdated_marks(store: Store, scope: DocumentScope, _kind: str, _now: datetime) -> tuple[DocumentMark, ...]:
    """Return the mark that the fixed totals of the event of ``scope`` are outdated, for a document of any kind.

    () while they are not, or without an event.
    """
    aged = outdated_totals(store, event_id=scope.event_id) if scope.event_id is not None else None
    return (DocumentMark(stamp=STAMP_TEXT, words=aged.words),) if aged is not None else ()
