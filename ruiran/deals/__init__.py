"""What is claimed of which deal; acts that several articles tell: `claims`, `deals`."""
