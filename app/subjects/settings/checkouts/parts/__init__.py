"""The 持出し管理簿 as a list, of all events or of one."""
