"""Files on disk: written whole, named for every system, kept encrypted."""
