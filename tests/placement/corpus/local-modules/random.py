"""Un exercice d'élève qui porte le nom d'un module de Python."""


def lancer_piece():
    return "pile"
