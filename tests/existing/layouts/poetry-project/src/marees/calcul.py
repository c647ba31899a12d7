"""Hauteurs d'eau."""

import numpy as np


def marnage(hauteurs):
    """Différence entre la plus haute et la plus basse mer, en mètres."""
    return round(float(np.ptp(hauteurs)), 2)
