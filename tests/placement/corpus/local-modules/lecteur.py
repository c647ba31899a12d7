try:
    import polars_fast as moteur
except ImportError:
    moteur = None


def lire(ligne):
    return ligne.split(";") if moteur is None else moteur.split(ligne)
