"""The tour, chapter by chapter; each module names its ACTS."""
