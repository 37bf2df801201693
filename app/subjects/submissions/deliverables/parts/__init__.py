"""Qt: what other screens open of this subject: the receipt of a paper of the year."""
