"""What the core and the content raise when a rule is broken; refusals that players may expect are events instead."""


class GameError(Exception):
    """A broken rule. The message names the rule, the value, the place (file, key path) and the remedy."""
