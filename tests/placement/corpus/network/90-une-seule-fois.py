# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Télécharger une fois pour toutes

# %%
from os.path import basename, exists
from urllib.request import urlretrieve


def telecharge(adresse):
    nom = basename(adresse)
    if not exists(nom):
        urlretrieve(adresse, nom)


# %%
telecharge("https://data.example.org/marees/tides.csv")

# %%
with open("tides.csv") as fichier:
    print(fichier.readline())
