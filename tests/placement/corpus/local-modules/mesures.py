import csv


def charger():
    with open("mesures.csv", encoding="utf-8") as fichier:
        return [float(ligne["valeur"]) for ligne in csv.DictReader(fichier)]
