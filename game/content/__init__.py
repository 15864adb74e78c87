"""Place and good files to validated structs, and back."""
