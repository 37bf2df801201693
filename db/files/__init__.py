"""Files on disk (atomic writing, valid names, encryption, repair)."""
