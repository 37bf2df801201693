"""The maintenance commands: thin doors to the same services that the window uses, without Qt."""
