"""復元の点検: the result of a trial restore of a backup, its record and its document."""
