"""What people look at: notebooks, figures, the trace of an event, agreement with hand coding."""
