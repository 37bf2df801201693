"""Pure rules on handouts (rights, and matching pages of two versions)."""
