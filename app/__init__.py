"""デジ活デスク: the window, its services, documents and rules."""
