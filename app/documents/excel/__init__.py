"""Writing every document as xlsx; the only package that uses openpyxl for writing."""
