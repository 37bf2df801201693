"""What 日程の比べ, 年間計画 and the ward's own calendar offer without the window."""

from __future__ import annotations

from typing import Final

from app.subjects.schedules.services import comparison_papers, wall_papers
from app.subjects.schedules.services.ward_days import ward_day_follow_ups

PAPERS: Final = (*wall_papers.PAPERS, *comparison_papers.PAPERS)
FOLLOW_UPS: Final = (ward_day_follow_ups,)
