"""Everything that belongs to one row of the due list (document, form, 供覧, corrections)."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.received.services import ReceivedView, correction_key, read_received
from app.submissions.deliverables.intake import FormFault
from app.submissions.deliverables.rules.outstanding_texts import CORRECTION_REQUEST
from app.submissions.deliverables.services.circulation import circulations_of
from app.submissions.deliverables.services.form_findings import faults_in, figures_in
from app.submissions.deliverables.services.outstanding import OutstandingView, read_outstanding
from db.record import record
from db.records.documents import Notification
from db.records.submissions.received import ReceivedPaper
from db.rows import by_id, rows
from db.store import Store
from db.tables import reports


@record
class RelatedItems:
    """What belongs to a row.

    ``view`` is the newest document of the row, None = not received. ``form`` is the form received beside it, or the
    document itself if that is a form with faults; ``faults`` are its faults. ``notification`` is that of its 修正依頼
    while that waits; ``not_notified`` says that it is still due. ``read_count`` numbers were read from the form,
    ``figures_to_enter`` of them are missing in 数字の突合 (0 once the check is closed). ``circulations`` are the 供覧
    in words.
    """

    outstanding: OutstandingView
    view: ReceivedView | None
    form: ReceivedPaper | None
    faults: tuple[FormFault, ...]
    read_count: int
    figures_to_enter: int
    circulations: tuple[str, ...]
    notification: Notification | None = None
    not_notified: bool = False

    @property
    def point_count(self) -> int:
        """Return how many points a 修正依頼 would have."""
        return len(self.outstanding.outstanding.points)


def read_related_items(store: Store, *, row_id: str, programme_id: int, today: date) -> RelatedItems:
    """Return what belongs to a row; raises ``UserError`` when it is no longer in the list."""
    outstanding = read_outstanding(store, row_id=row_id, programme_id=programme_id, today=today)
    row = outstanding.row
    view = read_received(store, paper_id=row.paper_id) if row.paper_id else None
    form = by_id(store.database, ReceivedPaper, row.form_id)
    if form is None and view is not None and faults_in(view.paper):
        form = view.paper
    found = figures_in(form) if form is not None else {}
    rounds = circulations_of(store, paper_id=row.paper_id) if row.paper_id else ()
    asked = view is not None and view.paper.status.is_returned
    told = _notification_of(store, view.paper) if view is not None and asked else None
    return RelatedItems(
        outstanding=outstanding,
        view=view,
        form=form,
        faults=faults_in(form) if form is not None else (),
        read_count=len(found),
        figures_to_enter=_count_figures_to_enter(store, row.paper_id, found)
        if row.form_id and view is not None and not view.closed_reason
        else 0,
        circulations=tuple(join_nonempty(short_date(act.told_on, today), act.told_to, act.reason) for act in rounds),
        notification=told,
        not_notified=row.not_notified,
    )


def _notification_of(store: Store, paper: ReceivedPaper) -> Notification | None:
    """Return the newest valid notification of a version's 修正依頼, or None."""
    hangs = {"event_id": paper.event_id} if paper.event_id is not None else {"programme_id": paper.programme_id}
    key = CORRECTION_REQUEST if paper.event_id is not None else correction_key(paper)
    acts = rows(store.database, Notification, key=key, version=paper.version, withdrawn=False, order="-id", **hangs)
    return next((one for one in acts if one.is_notified), None)


def _count_figures_to_enter(store: Store, report_id: int, found: dict[str, str]) -> int:
    """Return how many numbers of a form are missing in 数字の突合."""
    figures = reports.figures_of_report(store.database, report_id) if found else ()
    return sum(not one.theirs.strip() and bool(found.get(one.item)) for one in figures)
