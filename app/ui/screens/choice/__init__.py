"""参加者を決める: 先着順, 抽選 or 区の調整, seen before it is saved."""
