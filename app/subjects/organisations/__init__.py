"""団体: who there is, and where events take place."""
