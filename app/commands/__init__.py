"""The maintenance commands, beside the window: thin doors to the same rules and services, without Qt."""
