"""アンケート, the list of the year's surveys, and the pages of one."""
