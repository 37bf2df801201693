"""Charts drawn on the screen from the same content that the PDF draws."""
