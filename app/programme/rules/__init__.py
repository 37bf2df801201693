"""Pure decisions about the settings of a year."""
