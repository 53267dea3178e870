"""A grid over settings → one run a combination → leaderboard and Pareto front.

Knows how a product is opened with other settings; nothing of how an answer is made.
"""
