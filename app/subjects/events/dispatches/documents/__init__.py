"""Content of the documents of 派遣."""
