"""The paper of a 復元の点検."""
