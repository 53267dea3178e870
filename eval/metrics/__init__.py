"""One short function for each thing measured; pure, deterministic, without a model.

Knows nothing of files, runs or reports. Each module names its sources; `catalogue` holds the name,
title and description under which a metric appears in a report.
"""
