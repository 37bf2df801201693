"""申込: from a file or the telephone into the rosters."""
