import csv

import matplotlib.pyplot as plt


def tracer_masses(chemin):
    with open(chemin, encoding="utf-8") as fichier:
        masses = [float(ligne["masse"]) for ligne in csv.DictReader(fichier)]
    plt.plot(sorted(masses), marker="o")
