"""情報保護: transfers between ward and contractor, other ledgers, and the duties of the contract."""
