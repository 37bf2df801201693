"""年度の期日と年度の切り替え, the due dates of a whole year, its start and its end."""
