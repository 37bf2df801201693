"""事例発表: who is asked to present an example at an event, the returned 承諾書, and what it allows."""
