"""Content of the document of a 復元の点検."""
