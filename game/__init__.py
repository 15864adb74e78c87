"""Loquat, the game: core, content, client, server and bots."""
