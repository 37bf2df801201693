"""The document library, saving and printing, notifications, and the outgoing log."""
