"""What the page of 利用者 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.data_folder.services.drill import read_drill_baseline
from tests.support.paper_lines import assert_says, changes
from tests.support.view_lines import view


def test_the_baseline_of_a_drill_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_drill_baseline,
            s,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        seq=183
        　・counts[account_questions] 0
        　・counts[acts] 33
        　・counts[agenda_items] 98
        　・counts[agreement_files] 0
        　・counts[agreements] 57
        　・counts[answer_sheets] 83
        　・counts[applications] 108
        　・counts[arrangements] 11
        　・counts[backup_places] 0
        　・counts[bookings] 10
        　・counts[budget_memos] 1
        　・counts[calendar_entries] 0
        　・counts[calls] 7
        　・counts[change_decisions] 1
        　・counts[check_sheets] 1
        　・counts[closed_days] 0
        　・counts[column_maps] 0
        　・counts[comment_marks] 0
        　・counts[comment_themes] 0
        　・counts[confirmed_states] 4
        　・counts[contacts] 161
        　・counts[contract_terms] 0
        　・counts[contractors] 1
        　・counts[deadline_overrides] 0
        　・counts[discussion_lines] 42
        　・counts[discussion_points] 10
        　・counts[dispatch_follow_ups] 3
        　・counts[dispatch_supports] 2
        　・counts[dispatch_wishes] 6
        　・counts[disposal_holds] 0
        　・counts[disposals] 0
        　・counts[earlier_counts] 1
        　・counts[earlier_figures] 5
        　・counts[entries] 183
        　・counts[equipment_items] 72
        　・counts[erased_files] 0
        　・counts[erasings] 0
        　・counts[event_results] 8
        　・counts[event_surveys] 7
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """

        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －seq=183
        ＋seq=188
        －　・counts[agreements] 57
        ＋　・counts[agreements] 58
        －　・counts[change_decisions] 1
        ＋　・counts[change_decisions] 2
        """,
    )
