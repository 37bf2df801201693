"""事例発表: who is asked to tell an example at an event, the 承諾書 that comes back, and what it allows."""
