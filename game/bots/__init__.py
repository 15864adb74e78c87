"""Headless players: the tour and its kin."""
