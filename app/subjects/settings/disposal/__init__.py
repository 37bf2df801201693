"""消す時期が来たもの: what falls due by the rules of retention, its mark, its erasing and the record of it."""
