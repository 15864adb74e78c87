"""Goods that anybody can make of numbers, colours, words and a picture; one module each, found by `workbench`."""
