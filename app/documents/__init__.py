"""What a document says (frozen content) and, below, how it looks in PDF and Excel."""
