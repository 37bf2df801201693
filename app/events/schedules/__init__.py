"""Comparison of schedules (日程の比べ), 年間計画 and the ward's own calendar."""
