"""What can be done with ledgers: read, enter, correct, answer, check, print."""
