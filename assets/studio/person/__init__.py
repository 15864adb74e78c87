"""The person and everything worn: shapes as functions of space, meshed, weighted and written as GLB."""
