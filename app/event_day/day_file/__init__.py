"""当日持出しファイル: export of one event for the venue, and import afterwards."""
