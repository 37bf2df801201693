"""What 引継書 says, as blocks."""
