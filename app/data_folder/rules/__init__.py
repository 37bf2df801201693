"""Pure decisions about the folder."""
