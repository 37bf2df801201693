"""帳票: papers with their real preview and the ways they leave; Qt lives here."""
