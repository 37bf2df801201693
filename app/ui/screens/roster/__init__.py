"""実施回の参加者: who comes to an event, and what happens to each place."""
