"""Models and pictures of any maker, from files that nobody vouches for to clean goods; see `importer.import_file`."""
