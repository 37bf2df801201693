"""報告書: the list of all events' reports, the form that is filled here, and the check of what was received."""
