"""情報保護: what passes between the ward and the contractor, and which ledgers are to be checked."""
