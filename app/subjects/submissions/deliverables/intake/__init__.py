"""What a form that came back filled means: recognised, read by its named cells, its errors named by cell."""
