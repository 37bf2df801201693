"""Pure decisions about ledgers: columns and their values, rows with numbers and corrections, when a
ledger is checked."""
