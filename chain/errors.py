"""What goes wrong on the chain's side, in words that a player can act on."""


class ChainError(Exception):
    """Something on the chain's side failed. The message names what, where, and the remedy."""
