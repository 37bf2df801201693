"""受付: the door on the day, and the paper list afterwards."""
