"""会場・予約: the bookings of the year, the month, the venues, and a list taken in."""
