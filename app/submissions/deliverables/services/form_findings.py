"""Values and faults of a stored form, kept in the points of its received document."""

from __future__ import annotations

from app.submissions.deliverables.intake import FormFault
from db.records.submissions.received import ReceivedPaper


def figures_in(paper: ReceivedPaper) -> dict[str, str]:
    """Return the numbers of a stored form at the points judged ○, by the items of 数字の突合."""
    return {item: look.note for item, look in paper.points.items() if look.result.is_fine and look.note}


def faults_in(paper: ReceivedPaper) -> tuple[FormFault, ...]:
    """Return the faults of a stored form for the contractor, in the order of its sheets."""
    found = []
    for key, look in paper.points.items():
        read, _, todo = look.note.partition("\n")
        if look.result.is_doubtful and todo:
            found.append(FormFault(cell=look.page, sheet=key.partition(" ")[0], problem_text=read, todo=todo))
    return tuple(found)
