"""What the papers say: 日程の比べ for the 協議, 年間計画 for the wall."""
