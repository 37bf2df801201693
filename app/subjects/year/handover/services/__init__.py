"""What a user can do, without Qt: 引継書."""
