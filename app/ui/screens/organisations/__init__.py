"""団体・参加者: the register of 団体 and people, its import, and merging two entries."""
