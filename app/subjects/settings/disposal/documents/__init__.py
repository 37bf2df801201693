"""Content of the record of an erasure and of データ返還一式."""
