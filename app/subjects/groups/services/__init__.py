"""What a user can do, without Qt: 班分け of an 意見交換会.."""
