"""The window: draws the world, turns keys into commands."""
