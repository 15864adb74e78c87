"""Contracts, the dev node and the adapter that speaks for the game to any EVM chain."""
