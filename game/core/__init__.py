"""The world as plain data and pure rules; stdlib, NumPy and msgspec only."""
