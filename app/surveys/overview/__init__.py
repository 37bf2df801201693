"""アンケート: the surveys of the year, and the pages of one."""
