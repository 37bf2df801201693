"""派遣 in depth: the signed slips, why a 団体 was chosen, hearing, stages before and after, follow-ups, and their
papers."""
