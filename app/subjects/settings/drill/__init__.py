"""復元の点検: what came of really restoring a backup, its record and its paper."""
