"""The species of the game, for tests."""

from pathlib import Path

from game.content.species import load_species

SPECIES = load_species(Path(__file__).resolve().parents[3])
