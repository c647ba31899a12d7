"""Models of living things."""
