"""What a user can do, without Qt: 年度の期日と年度の切り替え."""
