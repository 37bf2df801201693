"""Services of 情報保護: ledgers, duties, protected folders."""
