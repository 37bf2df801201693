"""Services for 受領した書類."""
