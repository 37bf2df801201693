"""The 当日持出しファイル in the office: taking an event out, and bringing it back."""
