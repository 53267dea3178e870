"""Public retrieval benchmarks, indexed and searched by the product's own pipeline."""
