"""Moods of the orchard: those of the fruit market, with thinner fog by day, for one looks far over the hills."""

from assets.studio.market_moods import MARKET

ORCHARD = {**MARKET, "day": {**MARKET["day"], "fog_density": 0.0032}}
