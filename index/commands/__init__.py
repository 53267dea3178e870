"""The commands of `python -m index`, each a function; `index.cli` makes a program of them."""
