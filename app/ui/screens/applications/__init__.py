"""申込: taken in from a file, typed from the telephone, listed, changed and withdrawn."""
