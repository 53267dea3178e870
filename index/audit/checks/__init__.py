"""The checks on single articles: each takes an entry and a policy and gives its hits."""
