"""Every ledger of the house, declared by its subject: list, entry, corrections, checks, print form; it knows no
subject."""
