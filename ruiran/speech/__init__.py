"""Who says what: `quotations`."""
