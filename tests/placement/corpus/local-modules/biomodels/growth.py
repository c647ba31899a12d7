"""Growth curves."""

from math import exp


def logistic(t, capacity=100.0, rate=0.8, middle=5.0):
    """Size of a population at time t."""
    return capacity / (1 + exp(-rate * (t - middle)))
