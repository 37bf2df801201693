"""参加人数: expected numbers by 団体 and telling them to the contractor."""
