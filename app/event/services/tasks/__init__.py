"""Tasks of events and of the year: their kinds, their dates and what completes them."""
