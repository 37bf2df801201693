"""帳票 on the screen: documents with a true preview, saving, printing and notifying."""
