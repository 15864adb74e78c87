"""Scripts that model, light and bake everything that is seen; none of it is needed to play."""
