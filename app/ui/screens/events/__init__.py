"""事業・日程: the list and the month, typing an event, and everything about one event."""
