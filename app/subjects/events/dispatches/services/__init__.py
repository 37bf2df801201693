"""What can be done with 派遣: each change one function."""
