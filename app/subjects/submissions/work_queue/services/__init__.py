"""What a user can do, without Qt: the one list of what passes between ward and contractor."""
