"""reportlab lives here and nowhere else: one frame that draws every document as PDF."""
