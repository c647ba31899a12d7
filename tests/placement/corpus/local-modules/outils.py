"""Petites fonctions du cours."""

import numpy as np


def moyenne_mobile(valeurs, largeur):
    """La moyenne de chaque fenêtre de `largeur` valeurs."""
    return np.convolve(valeurs, np.ones(largeur) / largeur, mode="valid").round(2)
