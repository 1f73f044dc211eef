"""Actors, persons, weapons, places, sums and numbers: `mentions`."""
