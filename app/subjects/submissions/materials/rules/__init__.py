"""Pure decisions about handouts: what rights hold back, which pages of two versions belong together."""
