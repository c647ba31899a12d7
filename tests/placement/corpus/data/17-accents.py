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
# # Le relevé d'août

# %%
import csv

with open("data/relevé d'août.csv", encoding="utf-8", newline="") as fichier:
    lignes = list(csv.reader(fichier, delimiter=";"))

# %%
lignes[0], len(lignes)
