"""A program ended at two hundred of its writings while it erases for good; ``make test`` ends it at six."""

from tests.faults import stopping
from tests.faults.report import Report

NAME = "erasing"
SAYS = (
    "消去とその続き（控え・バックアップ・閲覧用の写し）の途中の書込みごとに、プログラムを210回止め、"
    "開き直すと消し終わり、ほかに何も失われないことを確かめます。"
)


def run(report: Report) -> bool:
    """Stop at the calls, spread evenly, and say what was wrong."""
    return stopping.run_part(report, "erasing_stops", 210, 30)
