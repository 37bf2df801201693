"""会場・予約: where events take place and the life of a booking."""
