"""Pure decisions about how papers are set."""
