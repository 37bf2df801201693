"""アンケート中間集計 as a paper of the year: shown, saved as PDF or Excel, printed, and kept in the log of what left.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``build_interim``, ``save_interim``, ``note_interim_print``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from app.documents import interim_totals, paper
from app.documents.blocks import DocumentContent
from app.services import papers
from app.services.interim_facts import read_interim
from app.services.leaving import Way, as_leaving
from app.services.paper_saving import SavedPaper
from app.services.programme import office_calendar, read_programme
from app.services.safe_file import write_whole
from app.services.saved import Saved
from db.records.papers import Outgoing
from db.store import Store

KIND = interim_totals.KIND


def build_interim(store: Store, *, as_of: date, fiscal_year: int | None = None, now: datetime) -> DocumentContent:
    """Return what the paper says of a year's events held up to ``as_of``; raises ``Refusal`` while nothing came back."""
    view = read_programme(store, fiscal_year=fiscal_year, on=now.date())
    context = paper.PaperContext(
        programme=view.programme,
        office=view.office,
        contractor=view.contractor,
        calendar=office_calendar(store),
        made_at=now,
    )
    return interim_totals.interim_totals(context, read_interim(store, as_of=as_of, fiscal_year=fiscal_year))


def save_interim(
    store: Store,
    *,
    as_of: date,
    fiscal_year: int | None = None,
    format: papers.Format,  # noqa: A002
    path: Path,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
    drawn: papers.Rendered | None = None,
    by: str,
    now: datetime,
) -> SavedPaper:
    """Write the paper to ``path`` and log it; undo does not reach past this.

    Args:
        drawn: the paper as it was shown, so that exactly that is saved; None draws it now.
        way: 暗号化して保存 needs ``password``. overwrite: replace a file that is there (the window asks first).

    Raises:
        Refusal: nothing came back yet, or no password where one is needed.
        StorageProblem: the file could not be written; nothing was logged.
    """
    if drawn is None or drawn.format != format:
        drawn = papers.render(build_interim(store, as_of=as_of, fiscal_year=fiscal_year, now=now), format=format)
    data = as_leaving(drawn.data, way, format=format, password=password)
    digest = sha256(data).hexdigest()
    row = _row(drawn.content, form=format, way=way, digest=digest, pages=drawn.pages, by=by, now=now)
    filed = replace(row, file_name=path.name, reason=reason.strip())
    with store.change(
        action=f"{KIND}を{'Excel' if format == 'xlsx' else 'PDF'}で保存", by=by, now=now, subject="papers", barrier=True
    ) as change:
        # Inside the change: a row that can't be kept leaves no file, a file that can't be written no row.
        row_id = change.insert(filed)
        write_whole(path, data, overwrite=overwrite)
    return SavedPaper(
        said=f"「{path.name}」を保存しました。", id=row_id, can_undo=False, path=path, pages=drawn.pages, sha256=digest
    )


def note_interim_print(
    store: Store, *, drawn: papers.Rendered, copies: int, how: str = "", by: str, now: datetime
) -> Saved:
    """Log that the paper was printed as it was shown; ``how`` tells colour and sides as chosen."""
    digest = sha256(drawn.data).hexdigest()
    row = _row(drawn.content, form="pdf", way="印刷", digest=digest, pages=drawn.pages, by=by, now=now)
    printed = replace(row, copies=copies, detail={"印刷": how} if how else {})
    with store.change(action=f"{KIND}を印刷（{copies}部）", by=by, now=now, subject="papers", barrier=True) as change:
        row_id = change.insert(printed)
    return Saved(said=f"{KIND}の印刷（{copies}部）を記録しました。", id=row_id, can_undo=False)


def _row(
    content: DocumentContent,
    *,
    form: str,
    way: str,
    digest: str,
    pages: int,
    by: str,
    now: datetime,
) -> Outgoing:
    return Outgoing(
        document_kind=KIND,
        reference=content.reference,
        version=content.version,
        format=form,
        way=way,  # type: ignore[arg-type]
        sha256=digest,
        pages=pages or None,
        personal=content.personal,
        by=by,
        at=now,
    )
