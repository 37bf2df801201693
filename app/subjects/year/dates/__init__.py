"""年度の期日と年度の切り替え: what a year as a whole owes, its start and its end."""
