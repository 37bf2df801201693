"""参加人数: the numbers expected and telling them to the contractor."""
