"""What the papers of 提出物 say, as blocks."""
