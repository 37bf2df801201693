"""Qt: what screens of other subjects use of the register."""
