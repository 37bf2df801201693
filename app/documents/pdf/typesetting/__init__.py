"""What every page is set with: type, lines, measures, the pen, and how pieces are dealt to pages."""
