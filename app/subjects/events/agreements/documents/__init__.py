"""Content of the documents of 協議 and 打合せ."""
