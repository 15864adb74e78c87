"""How trees grow: pure functions of species, tree id and time, the same to the last bit on every machine."""
