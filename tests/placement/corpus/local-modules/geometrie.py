from math import pi


def aire_disque(r):
    return pi * r**2


def perimetre_disque(r):
    return 2 * pi * r
