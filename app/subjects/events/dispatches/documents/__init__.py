"""What the papers of 派遣 say."""
