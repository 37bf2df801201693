"""持出し管理簿, and exports of an event's list for a purpose."""
