"""The grower's desk: orders to pack, papers to print, boxes on their way. Never part of the game's start."""
