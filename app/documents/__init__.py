"""Everything that all documents share: blocks, PDF, Excel, document kinds, saving and the outgoing log."""
