"""Context, result, links and errors of user actions, shared by every service."""
