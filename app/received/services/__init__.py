"""What a user can do, without Qt: 受領した書類."""
