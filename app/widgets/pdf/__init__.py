"""Pages of a PDF: shown, enlarged, printed."""
