"""One module a rule; `step` calls them top to bottom."""
