from entrainement import boucle


def lancer():
    return boucle(epochs=1)
