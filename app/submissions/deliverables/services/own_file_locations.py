"""The place in the window where an own file belongs that somebody tries to import, by its name."""

from __future__ import annotations

from app.documents.services.document_kind import DOCUMENTS
from app.foreign_files.own_files import OwnFileLocation
from app.ledgers.services.ledger import LEDGERS
from app.submissions.deliverables.documents import ENDING


def location_of(name: str) -> OwnFileLocation | None:
    """Return what the own file called ``name`` is (様式, 管理簿, 書類) and on which page it belongs, or None."""
    if any(name == ledger.title for ledger in LEDGERS):
        return OwnFileLocation(file_type="管理簿", page="情報保護")
    if not any(name in (paper.kind, *paper.aliases) for paper in DOCUMENTS):
        return None
    return (
        OwnFileLocation(file_type="様式", page="資料・報告")
        if name.endswith(ENDING)
        else OwnFileLocation(file_type="書類", page="帳票")
    )
