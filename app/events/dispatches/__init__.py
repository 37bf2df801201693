"""派遣: signed requests, selection of 団体, hearing, stages before and after, follow-ups, and their documents."""
