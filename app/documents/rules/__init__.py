"""Pure decisions about documents: edition marks, names, notifications, states."""
