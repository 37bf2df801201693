"""Counts the exported data sheet of many generated surveys again and compares every printed figure."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.support.recount import ANSWER_SETS, RecountDesk, check_rate, compare


def run(examples: int, *, seed: int = 1) -> list[str]:
    """Export and recount ``examples`` surveys drawn from ``seed``; return what did not agree (empty =
    everything did)."""
    with tempfile.TemporaryDirectory(prefix="desk-recount-") as place:
        desk = RecountDesk(Path(place))

        @seeded(seed)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(sheets=ANSWER_SETS, attended=st.one_of(st.none(), st.integers(1, 60)))
        def recounted(sheets: list, attended: int | None) -> None:
            if all(out for _answers, _source, out in sheets):
                sheets = [*sheets, ({}, "紙", False)]
            pdf, book = desk.export(sheets, attended)
            compare(pdf, book)
            check_rate(pdf, sum(not out for _answers, _source, out in sheets), attended)

        try:
            recounted()
        except AssertionError as problem:
            return [f"数え直しが印刷された数と合いません。{problem}"]
        finally:
            desk.store.database.conn.close()
    return []
