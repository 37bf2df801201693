"""問合せ・相談台帳: questions, complaints and information received, from whom, and how they were answered."""
