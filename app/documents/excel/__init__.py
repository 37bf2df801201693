"""openpyxl writing lives here and nowhere else: one frame that writes every document as xlsx."""
