"""Services of 年度の期日と年度の切り替え, without Qt."""
