"""Who did what to whom: `events`."""
